"""One small group is to speak for a great many people.

What it checks:
    Whether CO-DESIGN or CO-PRODUCE is planned with one group (people.groups has a single entry, or at most 40 people
    take part) while 1000 people or more are affected, and independent feedback from the wider population is neither
    met nor planned. The numbers are ours.

Why it matters:
    Working in depth takes a small group, and a small group cannot know what everyone else needs. The source asks for
    independent feedback from the wider population beside it.

Example:
    Twelve people shape a service for a whole town, and nobody else is heard:

        people: {affected: 40000, taking_part: 12}
        plan: {type: co-design}

Instead:
    Plan a way for everyone else to be heard (support.independent_feedback), for example a short survey beside the
    group, or bring in further groups.
"""

from collections.abc import Iterator

from spectrum_cli.checks.scopes import CO_DESIGN, once, seen_to
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.decision import texts_of
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.rulebase import ParticipationType

INFO = CheckInfo(
    "SP314", "one-group-for-everyone", "One small group is to speak for a great many people", Severity.WARNING
)
MANY = 1000
SMALL = 40


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each scope with one group, many people affected and no wider feedback."""
    for scope, planned in once(context, _one_for_many, "people.groups", "people.taking_part", "people.affected"):
        single = len(texts_of(scope.answers, "people.groups")) == 1
        who = "one group" if single else f"{scope.value('people.taking_part')} people"
        yield context.finding(
            INFO,
            scope,
            "people.groups" if single else "people.taking_part",
            f"{planned.name} is planned with {who}, {scope.value('people.affected')} people are "
            "affected, and the wider population is not heard",
            hint="Plan support.independent_feedback, such as a survey beside the group, or bring in further groups.",
            related=[
                ("so many are affected", "people.affected"),
                ("no feedback from the wider population", "support.independent_feedback"),
                ("this is planned", "plan.type"),
            ],
        )


def _one_for_many(scope: Scope) -> ParticipationType | None:
    planned = scope.assessment.plan.type
    affected = scope.value("people.affected")
    many = isinstance(affected, int) and affected >= MANY
    if planned is None or planned.order < CO_DESIGN or not many or not _is_one_group(scope):
        return None
    return planned if not seen_to(scope, "support.independent_feedback") else None


def _is_one_group(scope: Scope) -> bool:
    taking_part = scope.value("people.taking_part")
    small = isinstance(taking_part, int) and taking_part <= SMALL
    return small or len(texts_of(scope.answers, "people.groups")) == 1
