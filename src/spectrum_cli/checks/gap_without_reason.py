"""The decision asks for more than is offered, and no reason is given.

What it checks:
    Whether the need stands above the advised type while no item of openness.fixed says why it is fixed.

Why it matters:
    Need never makes a decision more open. But people who are affected much and can change little ask why, and a gap
    that is not named comes back as a complaint.

Example:
    Only those who live with it know what would work, and they can say yes or no:

        openness: {stage: proposal, open_to_change: [whether], use_of_input: considered, exchange: responses}
        need: {lived_experience: high}

Instead:
    Open more of the decision, as a whole or in a part. Or say plainly why it cannot be opened: fixed: [{what: The
    present building will close, why: The lease cannot be renewed}].
"""

from collections.abc import Iterator

from spectrum_cli.checks.scopes import once, own
from spectrum_cli.model.assessment import Outcome
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.decision_format import FIELDS, TYPE_IDS
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.rulebase import ParticipationType

INFO = CheckInfo(
    "SP342",
    "gap-without-reason",
    "The decision asks for more than is offered, and no reason is given",
    Severity.WARNING,
)
NEED = tuple(key for key in FIELDS if key.startswith("need."))


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each scope with an unexplained gap, at the answers that raise the floor most."""
    for scope, (floor, offered) in once(context, _unexplained, "openness.fixed", *NEED):
        raising = _raising(scope)
        keys = [key for outcome in raising for key in outcome.keys]
        main = next(iter((*own(scope, *keys), *keys)))
        allow = "the answers allow" if scope.assessment.certain else "the answers so far point to"
        yield context.finding(
            INFO,
            scope,
            main,
            f"the need asks for {floor.name} at least; {allow} {offered.name}, and no reason is given",
            hint="Open more of the decision, or say under openness.fixed what is not open and why.",
            related=[
                (f"asks for {_asked(outcome).upper()} at least (floor {outcome.rule.id})", key)
                for outcome in raising
                for key in outcome.keys
                if key != main
            ],
        )


def _unexplained(scope: Scope) -> tuple[ParticipationType, ParticipationType] | None:
    """Return the floor and the type that is offered, if no reason is given for the gap between them."""
    found = scope.assessment
    if found.need.gap < 1 or any(item.why for item in found.fixed):
        return None
    return (found.need.floor, found.type) if found.need.floor and found.type else None


def _raising(scope: Scope) -> list[Outcome]:
    """Return the floors that stand above the advised type, the highest first."""
    found = scope.assessment
    above = [
        floor
        for floor in found.need.floors
        if floor.holds and found.type is not None and TYPE_IDS.index(_asked(floor)) > found.type.order
    ]
    return sorted(above, key=lambda floor: -TYPE_IDS.index(_asked(floor)))


def _asked(floor: Outcome) -> str:
    return floor.rule.effect["asks_for"]
