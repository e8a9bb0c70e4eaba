"""The plan offers less than the decision leaves open.

What it checks:
    Whether the planned type is less open than the type that the answers point to.

Why it matters:
    No type is better than another. But where plan and answers differ, one of them does not say what is meant, and
    people may be left out of something that they could have changed, or get more than they were told.

Example:
    The plan speaks of telling people. The answers say that they can answer and are heard:

        openness: {stage: proposal, open_to_change: [whether], use_of_input: considered, exchange: responses}
        plan: {type: inform}

Instead:
    Plan the type that the answers point to, or correct the answers that are more open than you mean.
"""

from collections.abc import Iterator

from spectrum_cli.checks.scopes import once
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.rulebase import ParticipationType

INFO = CheckInfo("SP304", "promise-below-openness", "The plan offers less than the decision leaves open", Severity.NOTE)


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each scope whose plan is below the type that fits."""
    for scope, (planned, fits) in once(context, _offers_less, "plan.type"):
        found = scope.assessment
        answers = "the answers leave room for" if found.certain else "the answers so far point to"
        bounds = [gate for gate in found.gates if gate.rule.effect["holds_to"] == fits.id]
        yield context.finding(
            INFO,
            scope,
            "plan.type",
            f"the plan says {planned.name}; {answers} {fits.name}",
            hint=f"Plan {fits.id}, or correct the answers that are more open than you mean.",
            related=[
                (f"leaves room for {fits.name} (gate {gate.rule.id})", key) for gate in bounds for key in gate.keys
            ],
        )


def _offers_less(scope: Scope) -> tuple[ParticipationType, ParticipationType] | None:
    planned, fits = scope.assessment.plan.type, scope.assessment.type
    return (planned, fits) if planned and fits and scope.assessment.plan.verdict == "below" else None
