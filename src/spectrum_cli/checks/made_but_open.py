"""The decision is made, and yet something in it is said to be open.

What it checks:
    Whether the stage is made while open_to_change names something that people can change. ('nothing' beside other
    answers in one list is found earlier, when the file is read: SP207.)

Why it matters:
    Both cannot be true of the same decision. People who read that something is open will want to change it.

Example:
    The pathway has been signed off, and the way it is done is said to be open:

        openness: {stage: made, open_to_change: [method]}

Instead:
    If one part is still open, describe it under parts with its own stage. If the whole still is, correct the stage.
    If neither is, write open_to_change: [nothing].
"""

from collections.abc import Iterator

from spectrum_cli.checks.scopes import has_note, listed, once, places
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.decision import texts_of
from spectrum_cli.model.diagnostic import Diagnostic, Severity

INFO = CheckInfo(
    "SP311", "made-but-open", "The decision is made, and yet something in it is said to be open", Severity.WARNING
)
RULE = "made-but-open"


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each scope of which the rule base says so."""
    for scope, _ in once(context, _is_made_but_open, "openness.open_to_change"):
        at, related = places(
            scope,
            ("openness.open_to_change", "this is said to be open"),
            ("openness.stage", "the decision is made"),
        )
        what = listed(texts_of(scope.answers, "openness.open_to_change"))
        yield context.finding(
            INFO,
            scope,
            at,
            f"the decision has been made, and yet this can change: {what} (note {RULE})",
            hint="Describe what is still open under parts with its own stage, correct the stage, or write [nothing].",
            related=related,
        )


def _is_made_but_open(scope: Scope) -> bool:
    return has_note(scope, RULE)
