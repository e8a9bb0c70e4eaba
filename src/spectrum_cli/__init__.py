"""spectrum: which type of participation fits a decision, and why."""

__version__ = "0.1.0"
