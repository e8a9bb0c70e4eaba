"""The sentences that text and Markdown share, without any layout."""

from spectrum_cli.model.assessment import (
    Advice,
    Assessment,
    Contribution,
    Move,
    NextQuestion,
    Outcome,
    PrerequisiteState,
)
from spectrum_cli.model.decision import AnswerValue, Fixed
from spectrum_cli.model.decision_format import TYPE_IDS
from spectrum_cli.model.rulebase import ADVISED_TYPE, NEED_GAP, Origin, ParticipationType, RulesUsed

NUMBERS_ARE_OURS = "The weights and bands are our own, not the source's."
SIZES_ARE_RELATIVE = "Bar sizes are relative and illustrative, not measured."
NOT_LEGAL_ADVICE = "Facts of law are for orientation. They are not legal advice."
CROSSWALK_IS_APPROXIMATE = "All of this is approximate. Where other frameworks rank, that ranking is not taken over."
NO_TYPE_IS_BETTER = "No type is better than another: each fits different circumstances."

STATE_WORDS = {"met": "met", "planned": "planned", "missing": "missing", "unknown": "not stated"}


def number(value: float) -> str:
    """Return a number with at most two decimals, never rounded up."""
    return f"{int(value * 100 + 1e-6) / 100:.2f}".rstrip("0").rstrip(".")


def names(kinds: tuple[ParticipationType, ...], word: str = "and") -> str:
    """Join the names of types for a sentence."""
    return joined([kind.name for kind in kinds], word)


def joined(words: list[str], word: str = "and") -> str:
    """Join words with commas and a last ``and`` or ``or``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {word} {words[-1]}" if words else ""


def short_key(key: str) -> str:
    """Return the key without its section, as people say it."""
    return key.rpartition(".")[2]


def said(value: AnswerValue) -> str:
    """Return an answer as the author wrote it."""
    if isinstance(value, tuple):
        return f"[{', '.join(_item(item) for item in value)}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _item(item: str | Fixed) -> str:
    if isinstance(item, str):
        return item
    return f"{item.what} ({item.why})" if item.why else item.what


def verdict_line(found: Assessment) -> str:
    """Say in one sentence how sure the type is."""
    if found.type is None:
        first, last = found.possible_types[0].name, found.possible_types[-1].name
        return (
            f"Anything from {first} to {last} is still possible: nothing is said yet about how open this decision is."
        )
    if found.certain:
        missing = [item for item in found.contributions if item.points is None]
        if missing:
            return "The answers settle this: none that is still missing could change it."
        return "The answers settle this: every question about openness is answered."
    return f"This is the best estimate so far. Still possible: {names(found.possible_types, 'or')}."


def openness_line(found: Assessment) -> str:
    """Say how open the decision is, with the range while answers are missing."""
    room = found.openness
    if room.value is None:
        return f"Openness is somewhere between {number(room.low)} and {number(room.high)} of 100."
    text = f"Openness {number(room.value)} of 100"
    if room.low != room.high:
        text += f" (between {number(room.low)} and {number(room.high)} while answers are missing)"
    return text + "."


def plan_line(found: Assessment) -> str:
    """Compare the planned type with what the answers allow; empty without a plan."""
    plan = found.plan
    if plan.type is None:
        return ""
    planned = plan.type.name
    if plan.verdict == "over-promise":
        most = found.possible_types[-1].name
        line = f" (line {plan.answer.line})" if plan.answer and plan.answer.line else ""
        return f"The plan says {planned}{line}. That promises more than the decision allows: {most} at most."
    if plan.verdict == "not-shown":
        question = found.next_question
        asked = f" The answer to {question.criterion.key} would show it." if question else ""
        return f"The plan says {planned}. The file does not show yet that this much is open.{asked}"
    if plan.verdict == "matches":
        return f"The plan says {planned} too." if found.certain else f"The plan says {planned}, which fits so far."
    return f"The plan says {planned}. That is less than the decision would allow."


def deciding_gates(found: Assessment) -> tuple[list[Outcome], list[Outcome]]:
    """Return the gates that hold the openness lowest, and the other gates that hold."""
    holding = list(found.gates)
    if not holding:
        return [], []
    lowest = _order(holding[0])
    return (
        [gate for gate in holding if _order(gate) == lowest],
        [gate for gate in holding if _order(gate) > lowest],
    )


def _order(gate: Outcome) -> int:
    return TYPE_IDS.index(gate.rule.effect["holds_to"])


def why_without_gate(found: Assessment) -> str:
    """Say why the type fits where no gate holds the openness to it; empty where there is no type."""
    kind = found.type
    if kind is None:
        return ""
    if not found.certain:
        return "The answered questions point here; the open ones may move it."
    return (
        f"No gate holds it lower. {kind.decision} People's influence: {kind.influence[:1].lower()}{kind.influence[1:]}"
    )


def input_rows(kind: ParticipationType) -> list[tuple[str, str]]:
    """Return who puts in what, and what may be promised, as labels and texts."""
    return [
        ("By the system", kind.input_system),
        ("From people", kind.input_people),
        ("Who", kind.who),
        ("Relationship", kind.relationship),
        ("You can promise", kind.promise),
        ("You cannot promise", kind.not_promised),
    ]


def reads(outcome: Outcome) -> str:
    """Name the answers that a rule read, with their lines."""
    parts = []
    for read in outcome.answers:
        if read.key in (ADVISED_TYPE, NEED_GAP):
            continue
        if read.answer is None or read.value is None:
            parts.append(f"{short_key(read.key)} not stated")
        else:
            parts.append(f"{short_key(read.key)}: {said(read.value)}, line {read.answer.line}")
    return "; ".join(parts)


def origin(source: Origin) -> str:
    """Name the source of a rule."""
    if source.document == "peoplehub":
        return f"peoplehub: {source.passage}"
    what = "law" if source.document == "law" else "practice"
    return f"{what}: {source.passage}" + (f" ({source.reference})" if source.reference else "")


def contribution_answer(item: Contribution) -> str:
    """Return the answer that counted, or say that there is none."""
    return item.counted if item.counted is not None else "not stated"


def floor_line(found: Assessment) -> str:
    """Say what the decision asks for, against what is open; empty where no need is known."""
    need = found.need
    if need.floor is None or found.type is None:
        return ""
    if need.gap:
        stops = "one type" if need.gap == 1 else f"{need.gap} types"
        return (
            f"The decision asks for {need.floor.name} at least, which is {stops} above {found.type.name}. "
            "Widen what is open, or say plainly why not."
        )
    return f"The decision asks for {need.floor.name} at least, and {found.type.name} gives that."


def readiness_line(found: Assessment) -> str:
    """Say whether the type can be carried out, and what could honestly be offered today."""
    ready, kind = found.readiness, found.type
    if kind is None or ready.supported_type is None or ready.planned_type is None:
        return ""
    if ready.state == "ready":
        return f"{kind.name} fits and is ready: everything is in place."
    counted = {state: sum(item.state == state for item in ready.prerequisites) for state in STATE_WORDS}
    todo = joined(
        [
            f"{counted[state]} {word}"
            for state, word in (("missing", "missing"), ("unknown", "not stated"), ("planned", "still planned"))
            if counted[state]
        ]
    )
    start = f"{kind.name} fits; not ready" if ready.state == "not-ready" else f"{kind.name} fits"
    total = len(ready.prerequisites)
    text = f"{start}. Of {total} {'prerequisite' if total == 1 else 'prerequisites'}: {todo}. "
    text += f"What is shown to be in place today is enough for {ready.supported_type.name}"
    if ready.planned_type.order > ready.supported_type.order:
        text += f"; with what is planned, for {ready.planned_type.name}"
    return text + "."


def state_detail(item: PrerequisiteState) -> str:
    """Name who sees to a prerequisite, by when, and what shows it."""
    parts = [part for part in (item.owner, f"by {item.by}" if item.by else "", item.evidence) if part]
    return ", ".join(parts)


def move_changes(move: Move) -> list[str]:
    """Return the changes of a move, each as ``key: before to after``."""
    return [
        f"{change.criterion.key}: {said(change.after)}"
        + (f" instead of {said(change.before)}" if change.before is not None else "")
        for change in move.changes
    ]


def move_start(move: Move, found: Assessment) -> str:
    """Introduce a move in the direction it goes."""
    wider = found.type is not None and move.type.order > found.type.order
    return f"{move.type.name} would fit if this were {'more' if wider else 'less'} open"


def question_line(question: NextQuestion) -> str:
    """Say why this question comes next."""
    if question.expected == 1:
        return "It settles the type, whatever the answer is."
    return f"It narrows the advice most: on average {number(question.expected)} types would stay possible."


def mix_line(advice: Advice) -> str:
    """Name the types that the parts need."""
    return "; ".join(f"{kind.name}: {', '.join(ids)}" for kind, ids in advice.mix)


def need_reason(outcome: Outcome) -> str:
    """Name a floor's reason and what it asks for."""
    return f"{outcome.rule.title} ({reads(outcome)})"


def rules_used(advice: Advice) -> str:
    """Name the rule base so that the advice can be repeated."""
    return rules_line(advice.used)


def rules_line(used: RulesUsed) -> str:
    """Name a rule base at the beginning of a sentence."""
    return f"Rule base {rules_name(used)}"


def rules_name(used: RulesUsed) -> str:
    """Name a rule base with its version and the beginning of its hash."""
    return f"{used.id} {used.version} ({used.short_hash})"
