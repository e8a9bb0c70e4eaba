"""Exit codes, named. They are documented in docs/exit-codes.md."""

CLEAN = 0
FINDINGS = 1
COULD_NOT_RUN = 2
INTERRUPTED = 130
PIPE_CLOSED = 141
