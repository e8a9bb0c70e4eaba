"""The decision is made, and yet people are to be asked about it.

What it checks:
    Whether the stage is made while the plan is CONSULT or a more open type.

Why it matters:
    Being asked about something that is settled is the most common complaint of people who took part. The first of the
    Gunning principles of English law says the same: ask while the proposal can still change. It is found beside SP301,
    so that it can be counted by itself.

Example:
    The new opening hours have been settled, and a survey on them is planned:

        openness: {stage: made}
        plan: {type: consult, methods: [survey]}

Instead:
    Tell people and explain it (inform or educate). If part of it is still open, describe that under parts with its
    own answers and its own plan. If the decision can still be changed, the stage is not made.
"""

from collections.abc import Iterator

from spectrum_cli.checks.scopes import once, plan_to_ask
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.rulebase import ParticipationType

INFO = CheckInfo(
    "SP302", "made-yet-asking", "The decision is made, and yet people are to be asked about it", Severity.ERROR
)


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each scope that is decided and plans to ask."""
    for scope, planned in once(context, _asks_when_made, "plan.type"):
        yield context.finding(
            INFO,
            scope,
            "plan.type",
            f"the decision has been made, so {planned.name} would ask people about something that is settled",
            hint="Plan inform or educate. If a part is still open, describe it under parts.",
            related=[("the decision is made", "openness.stage")],
        )


def _asks_when_made(scope: Scope) -> ParticipationType | None:
    return plan_to_ask(scope) if scope.value("openness.stage") == "made" else None
