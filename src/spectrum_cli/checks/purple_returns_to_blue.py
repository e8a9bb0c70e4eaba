"""What was worked out with people is carried out without them.

What it checks:
    Whether the decision that place.implements names is CO-DESIGN or CO-PRODUCE, while this one, which carries it out,
    is planned as INFORM, EDUCATE or CONSULT, or comes out as one of these (without a plan, or where the plan promises
    too much).

Why it matters:
    What people worked out together loses their influence when it is carried out without them. In the source's picture
    of the spectrum, purple returns to blue.

Example:
    A national plan was co-produced. The clinic that carries it out only asks for a yes or no:

        place: {implements: national-plan.yaml}
        plan: {type: consult}

Instead:
    Open something here too, as a whole or in a part: how it is done in this place. Or say to the people who worked
    out the larger decision what is carried out without them, and why.
"""

from collections.abc import Iterator

from spectrum_cli.checks.scopes import CO_DESIGN, CONSULT
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.rulebase import ParticipationType

INFO = CheckInfo(
    "SP353",
    "purple-returns-to-blue",
    "What was worked out with people is carried out without them",
    Severity.WARNING,
)


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding where the larger decision is shared with people and this one is not."""
    carried, scope = context.carries_out, context.whole
    if carried is None or carried.problem:
        return
    larger, here = carried.type or carried.planned, _offered(scope)
    if larger is None or here is None or larger.order < CO_DESIGN or here.order > CONSULT:
        return
    planned = here is scope.assessment.plan.type
    yield context.finding(
        INFO,
        scope,
        "place.implements",
        f"this carries out '{carried.title}', which is worked out with people ({larger.name}), and here "
        f"people get {here.name}",
        hint="Open how it is done here, as a whole or in a part, or say why it is carried out without people.",
        related=[(f"here people get {here.name}", "plan.type" if planned else "openness.stage")],
    )


def _offered(scope: Scope) -> ParticipationType | None:
    """Return what people get: the planned type unless it promises too much, else the advised one."""
    plan = scope.assessment.plan
    return plan.type if plan.type is not None and plan.verdict != "over-promise" else scope.assessment.type
