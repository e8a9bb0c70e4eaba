"""The plan promises more than the decision allows.

What it checks:
    Whether the planned participation type is more open than every type that the answers still allow.

Why it matters:
    People who are promised more influence than there is find out. The next invitation is then not believed. This is
    the harm that the whole tool is there to prevent.

Example:
    One proposal can be agreed to or not. People cannot set its priorities:

        openness: {stage: proposal}
        plan: {type: co-produce}

Instead:
    Plan the type that fits, or open more of the decision and say so in the answers.
"""

from collections.abc import Iterator

from spectrum_cli.checks.scopes import once
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.rulebase import ParticipationType

INFO = CheckInfo("SP301", "promise-exceeds-openness", "The plan promises more than the decision allows", Severity.ERROR)


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each scope whose plan is above every type that is still possible."""
    for scope, planned in once(context, _promises_too_much, "plan.type"):
        found = scope.assessment
        most = found.possible_types[-1]
        lowest = [gate for gate in found.gates if gate.rule.effect["holds_to"] == most.id]
        yield context.finding(
            INFO,
            scope,
            "plan.type",
            f"the plan promises {planned.name}; the decision allows {most.name} at most "
            f"({planned.name} starts at {planned.band_from} of 100, this reaches {found.openness.high:g})",
            hint=f"Plan {most.id}, or say what else is open and change the answers that hold it there.",
            related=[(f"holds it to {most.name} (gate {gate.rule.id})", key) for gate in lowest for key in gate.keys],
        )


def _promises_too_much(scope: Scope) -> ParticipationType | None:
    plan = scope.assessment.plan
    return plan.type if plan.verdict == "over-promise" else None
