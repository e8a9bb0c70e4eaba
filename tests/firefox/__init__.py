"""The board in Firefox, driven by Mozilla's own client."""

import warnings

with warnings.catch_warnings():
    # What the client builds on serves old versions of Python too, and asks them for things that newer ones deprecate.
    warnings.simplefilter("ignore", DeprecationWarning)
    import marionette_driver.marionette  # noqa: F401
