"""spectrum: which type of participation fits a decision, and why.

What can be imported from here is in :mod:`spectrum_cli.api`, which is loaded when the first of it is asked for, so
that the command line starts quickly. Its types stand in ``__init__.pyi``.
"""

__version__ = "0.1.0"

__all__ = (
    "AdviceResult",
    "BadSettings",
    "CheckedFile",
    "Diagnostic",
    "MissingExtra",
    "NoRuleBase",
    "Row",
    "RuleBase",
    "UnreadableDecision",
    "WhatIfResult",
    "__version__",
    "advise",
    "check_files",
    "load_rule_base",
    "portfolio",
    "what_if",
)


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f"{__name__}.api"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
