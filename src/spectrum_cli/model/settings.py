"""What a team has settled for its checks: plain values, with the defaults that hold where nothing is said."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from spectrum_cli.model.diagnostic import Severity

FAIL_ON = ("error", "warning", "note", "never")


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings for ``spectrum check``.

    ``include`` and ``exclude`` are patterns of paths as git writes them, relative to the settings file. ``select``
    and ``ignore`` name codes or their beginnings (``SP3``). ``minimum_weeks`` and ``feedback_weeks`` are ours: no
    law sets a number.
    """

    rules: str = "practice"
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    minimum_weeks: int = 4
    feedback_weeks: int = 12
    fail_on: str = "error"

    def selects(self, code: str) -> bool:
        """Whether a code is to be reported at all. What is ignored by a longer prefix beats what is selected."""
        chosen = max((len(prefix) for prefix in self.select if code.startswith(prefix)), default=-1)
        if self.select and chosen < 0:
            return False
        return max((len(prefix) for prefix in self.ignore if code.startswith(prefix)), default=-1) <= chosen
