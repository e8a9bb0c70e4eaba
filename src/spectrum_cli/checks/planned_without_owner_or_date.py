"""Support is planned, but nobody or no day is named.

What it checks:
    Whether a support that is planned lacks an owner or the day by which it is in place.

Why it matters:
    What nobody has taken on, and what has no day, is easily still planned when people arrive.

Example:
    Reasons are to be explained, some day, by someone:

        support: {reasons: planned}

Instead:
    Write, for example, reasons: {state: planned, owner: Engagement team, by: 2027-04-30}.
"""

from collections.abc import Iterator

from spectrum_cli.checks.scopes import answered, listed, once_each
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.decision_format import SUPPORT_KEYS
from spectrum_cli.model.diagnostic import Diagnostic, Severity

INFO = CheckInfo(
    "SP322", "planned-without-owner-or-date", "Support is planned, but nobody or no day is named", Severity.NOTE
)


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each planned support without an owner or a day."""
    for scope, keys in once_each(context, _unsettled):
        for key in keys:
            name = key.removeprefix("support.")
            yield context.finding(
                INFO,
                scope,
                key,
                f"{name} is planned without {listed(_lacking(scope, key), 'or')}",
                hint=f"Write {name} as state, owner and by: who sees to it, and the day on which it is in place.",
            )


def _unsettled(scope: Scope) -> list[str]:
    return [key for key in answered(scope, SUPPORT_KEYS, "planned") if _lacking(scope, key)]


def _lacking(scope: Scope, key: str) -> list[str]:
    details = {f"{key}.owner": "an owner", f"{key}.by": "a day"}
    return [words for detail, words in details.items() if scope.value(detail) is None]
