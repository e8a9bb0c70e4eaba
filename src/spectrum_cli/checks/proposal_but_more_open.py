"""There is one proposal, and yet more than yes or no is said to be open.

What it checks:
    Whether the stage is proposal while open_to_change names more than whether it goes ahead.

Why it matters:
    A yes or no to one proposal and a search for options are different questions to people. The file can only be true
    of one of them, and people prepare differently for each.

Example:
    One proposal will be accepted or rejected, and other options are said to be welcome:

        openness: {stage: proposal, open_to_change: [whether, options]}

Instead:
    Write stage: options if other options are welcome. If not, keep [whether]. If only a detail is open, such as how
    it is done, describe it under parts.
"""

from collections.abc import Iterator

from spectrum_cli.checks.scopes import has_note, listed, once, places
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.decision import texts_of
from spectrum_cli.model.diagnostic import Diagnostic, Severity

INFO = CheckInfo(
    "SP315",
    "proposal-but-more-open",
    "There is one proposal, and yet more than yes or no is said to be open",
    Severity.WARNING,
)
RULE = "proposal-but-more-open"


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each scope of which the rule base says so."""
    for scope, _ in once(context, _is_more_open, "openness.open_to_change"):
        at, related = places(
            scope,
            ("openness.open_to_change", "this is said to be open"),
            ("openness.stage", "one proposal, accepted or rejected"),
        )
        more = [item for item in texts_of(scope.answers, "openness.open_to_change") if item != "whether"]
        yield context.finding(
            INFO,
            scope,
            at,
            f"one proposal will be accepted or rejected, and yet this can change: {listed(more)} (note {RULE})",
            hint="Write stage: options if other options are welcome, or open_to_change: [whether] if they are not.",
            related=related,
        )


def _is_more_open(scope: Scope) -> bool:
    return has_note(scope, RULE)
