"""The organisation's mind is made up, and yet people are asked.

What it checks:
    Whether starting_position is settled while people can answer or the plan is to ask them, and the decision has not
    been made. (A decision that has been made is another finding, SP302.)

Why it matters:
    A mind that cannot move makes the question a formality, and people notice. A preference that is said openly is
    fine.

Example:
    A proposal is put to people, and no answer can change the organisation's view:

        openness: {stage: proposal, starting_position: settled, exchange: responses}

Instead:
    Find out what could still change the view and say it. If nothing could, the decision has in fact been made:
    explain it.
"""

from collections.abc import Iterator

from spectrum_cli.checks.scopes import has_note, once, places, plan_to_ask
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.diagnostic import Diagnostic, Severity

INFO = CheckInfo(
    "SP313", "settled-yet-asking", "The organisation's mind is made up, and yet people are asked", Severity.WARNING
)
RULE = "settled-mind"


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each scope of which the rule base says so, or whose plan is to ask."""
    for scope, _ in once(context, _asks_with_a_settled_mind, "openness.starting_position"):
        noted = has_note(scope, RULE)
        at, related = places(
            scope,
            ("openness.starting_position", "the organisation's mind is made up"),
            ("openness.exchange", "people are invited to answer") if noted else ("plan.type", "people are to be asked"),
        )
        yield context.finding(
            INFO,
            scope,
            at,
            "people are asked although the organisation's mind is made up" + (f" (note {RULE})" if noted else ""),
            hint="Say what could still change it (preferred or leaning), or explain it and do not ask.",
            related=related,
        )


def _asks_with_a_settled_mind(scope: Scope) -> bool:
    if has_note(scope, RULE):
        return True
    settled = scope.value("openness.starting_position") == "settled"
    return settled and plan_to_ask(scope) is not None and scope.value("openness.stage") != "made"
