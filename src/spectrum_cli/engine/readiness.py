"""What must be in place for people, and the type that it is enough for."""

from typing import NamedTuple

from spectrum_cli.model.assessment import PrerequisiteState, Readiness
from spectrum_cli.model.decision import Answers, text_of
from spectrum_cli.model.rulebase import ParticipationType, Prerequisite, RuleBase


class PreparedPrerequisite(NamedTuple):
    """A prerequisite, the order of the type that needs it first, and the keys of its details."""

    item: Prerequisite
    order: int
    owner: str
    by: str
    evidence: str


def prepare_prerequisites(rule_base: RuleBase) -> tuple[PreparedPrerequisite, ...]:
    """Return the prerequisites in the order of the types that need them."""
    orders = {kind.id: kind.order for kind in rule_base.types}
    return tuple(
        PreparedPrerequisite(
            item, orders[item.needed_from], f"{item.key}.owner", f"{item.key}.by", f"{item.key}.evidence"
        )
        for item in rule_base.support
    )


def assess_readiness(
    answers: Answers,
    advised: ParticipationType | None,
    prerequisites: tuple[PreparedPrerequisite, ...],
    types: tuple[ParticipationType, ...],
) -> Readiness:
    """Compare the prerequisites of the advised type with what the file says is in place.

    A type needs everything that the types before it need. What is not stated is unknown: it neither counts as
    missing nor as met. Missing support never changes the advised type.
    """
    if advised is None:
        return Readiness("unknown", None, None, ())
    new = tuple.__new__
    states: list[PrerequisiteState] = []
    supported = planned = highest = advised.order
    for item, order, owner, by, evidence in prerequisites:
        if order > highest:
            break
        answer = answers.get(item.key)
        if answer is None:
            states.append(PrerequisiteState(item, "unknown", "", "", "", None))
            state = "unknown"
        else:
            state = str(answer.value) if answer.value is not None else "unknown"
            if owner in answers or by in answers or evidence in answers:
                details = (text_of(answers, owner), text_of(answers, by), text_of(answers, evidence))
                states.append(PrerequisiteState(item, state, *details, answer))
            else:
                states.append(new(PrerequisiteState, (item, state, "", "", "", answer)))
        if state != "met":
            supported = min(supported, order - 1)
            if state != "planned":
                planned = min(planned, order - 1)
    found = {entry.state for entry in states}
    if "missing" in found:
        state = "not-ready"
    elif "unknown" in found:
        state = "unknown"
    else:
        state = "planned" if "planned" in found else "ready"
    return Readiness(state, types[supported], types[planned], tuple(states))
