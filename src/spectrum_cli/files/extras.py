"""Packages that not everybody needs, and how to say that one is missing."""


class MissingExtra(Exception):
    """What is asked for needs a package that is not installed. The message says which, and how to get it."""


def missing_extra(what: str, package: str, install: str) -> MissingExtra:
    """Return the fault of one thing that needs one package."""
    return MissingExtra(f"{what} needs the package {package}. Install it with: pip install '{install}'")
