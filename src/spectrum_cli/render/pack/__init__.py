"""The workshop pack in its formats: one module each, a pack in, the bytes of one file out."""
