"""What must be in place for people, and the type that it is enough for."""

from spectrum_cli.model.assessment import PrerequisiteState, Readiness
from spectrum_cli.model.decision import Answers, text_of
from spectrum_cli.model.rulebase import ParticipationType, RuleBase


def assess_readiness(answers: Answers, advised: ParticipationType | None, rule_base: RuleBase) -> Readiness:
    """Compare the prerequisites of the advised type with what the file says is in place.

    A type needs everything that the types before it need. What is not stated is unknown: it neither counts as
    missing nor as met. Missing support never changes the advised type.
    """
    if advised is None:
        return Readiness("unknown", None, None, ())
    orders = {kind.id: kind.order for kind in rule_base.types}
    states: list[PrerequisiteState] = []
    supported = planned = advised.order
    for item in rule_base.support:
        order = orders[item.needed_from]
        if order > advised.order:
            continue
        answer = answers.get(item.key)
        state = str(answer.value) if answer is not None and answer.value is not None else "unknown"
        states.append(
            PrerequisiteState(
                item,
                state,
                text_of(answers, f"{item.key}.owner"),
                text_of(answers, f"{item.key}.by"),
                text_of(answers, f"{item.key}.evidence"),
                answer,
            )
        )
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
    types = rule_base.types
    return Readiness(state, types[supported], types[planned], tuple(states))
