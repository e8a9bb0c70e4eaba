"""The answers do not show yet that the plan can be kept.

What it checks:
    Whether the planned type is more open than the best estimate, while missing answers could still make it fit.

Why it matters:
    A promise that nobody has checked against the decision may turn out to be too large. It is cheaper to find that
    out before people are invited.

Example:
    Co-design is planned, but what people can change, and what becomes of their work, is not said:

        openness: {exchange: discussion, starting_position: preferred, agenda: system}
        plan: {type: co-design}

Instead:
    Answer the question that the finding names. Either the plan then fits, or it has to be changed.
"""

from collections.abc import Iterator

from spectrum_cli.checks.scopes import listed, names, once
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.rulebase import ParticipationType

INFO = CheckInfo(
    "SP303", "promise-not-shown", "The answers do not show yet that the plan can be kept", Severity.WARNING
)


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each scope whose plan is above the estimate, but still possible."""
    for scope, planned in once(context, _not_shown, "plan.type"):
        found = scope.assessment
        question = found.next_question
        so_far = "nothing is said about openness"
        if found.type is not None:
            missing = listed(names(scope.assessment.unanswered))
            so_far = f"the answers so far point to {found.type.name} (not stated: {missing})"
        yield context.finding(
            INFO,
            scope,
            "plan.type",
            f"the plan promises {planned.name}; {so_far}",
            hint=f"Answer {question.criterion.key} first: {question.criterion.question}" if question else "",
        )


def _not_shown(scope: Scope) -> ParticipationType | None:
    plan = scope.assessment.plan
    return plan.type if plan.verdict == "not-shown" else None
