"""From answers to an assessment, in the order in which a person would reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from spectrum_cli.engine.conditions import Check, Ranks, compile_condition, keys_read
from spectrum_cli.engine.openness import HUNDREDTHS, Grid, Levels, answer_ranks, compile_grid
from spectrum_cli.engine.readiness import PreparedPrerequisite, assess_readiness, prepare_prerequisites
from spectrum_cli.model.assessment import (
    Assessment,
    Counted,
    Need,
    NextQuestion,
    Openness,
    Outcome,
    PlanVerdict,
)
from spectrum_cli.model.decision import Answer, Answers, AnswerValue, fixed_of, text_of, texts_of
from spectrum_cli.model.decision_format import FIELDS, TYPE_IDS, Kind
from spectrum_cli.model.rulebase import ADVISED_TYPE, NEED_GAP, ParticipationType, Rule, RuleBase

Holds = tuple[bool | None, ...]
"""What came of some rules: True, False, or None where it is unknown."""


REMEMBERED = 4_000
"""So many combinations of answers are remembered, the first ones: what is met often is met early.

The shipped questions about openness have 28,800 combinations; to remember all would take thirty megabytes.
"""


@dataclass(frozen=True, slots=True)
class PreparedRule:
    """A rule with its condition compiled and the keys that it reads."""

    rule: Rule
    check: Check
    keys: tuple[str, ...]


class Standing(NamedTuple):
    """What follows from the answers about openness alone, the same for all decisions that give these answers.

    ``gates`` are those that hold, the one that holds lowest first; ``gates_hold`` what came of each of them all.
    """

    levels: Levels
    possible: frozenset[int]
    possible_types: tuple[ParticipationType, ...]
    gates_hold: Holds
    gates: tuple[PreparedRule, ...]
    counted: tuple[Counted, ...]
    unanswered: tuple[str, ...]
    openness: Openness
    order: int | None
    next_question: NextQuestion | None


class NeedKnown(NamedTuple):
    """What follows from the answers about the need alone: what came of each floor, and the highest that holds."""

    holds: Holds
    floor: ParticipationType | None
    unanswered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreparedRules:
    """A rule base made ready to assess many decisions. It holds no state that matters between two of them.

    Gates are sorted: those that hold lowest first, then by the weight of the question that they read.
    """

    rule_base: RuleBase
    grid: Grid
    gates: tuple[PreparedRule, ...]
    floors: tuple[PreparedRule, ...]
    estimates: tuple[PreparedRule, ...]
    notes: tuple[PreparedRule, ...]
    need_keys: tuple[str, ...]
    prerequisites: tuple[PreparedPrerequisite, ...]
    orders: Mapping[str, int]
    list_keys: frozenset[str]
    listed: tuple[tuple[Rule, tuple[str, ...]], ...]
    note_checks: Mapping[int | None, tuple[Check | None, ...]]
    standings: dict[tuple[str | None, ...], Standing] = field(default_factory=dict, compare=False)
    needs: dict[tuple[AnswerValue, ...], NeedKnown] = field(default_factory=dict, compare=False)
    equal: dict[object, Any] = field(default_factory=dict, compare=False)


def prepare(rule_base: RuleBase) -> PreparedRules:
    """Compile a rule base once, for any number of decisions."""
    ranks = {key: {value: place for place, value in enumerate(item.answers)} for key, item in FIELDS.items()}
    ranks = {key: rank for key, rank in ranks.items() if rank}
    ranks |= {criterion.key: answer_ranks(criterion) for criterion in rule_base.criteria if criterion.key in ranks}
    ranks[ADVISED_TYPE] = {value: place for place, value in enumerate(TYPE_IDS)}

    def compiled(kind: str) -> tuple[PreparedRule, ...]:
        return tuple(
            PreparedRule(rule, compile_condition(rule.when, ranks), keys_read(rule.when))
            for rule in rule_base.of_kind(kind)
        )

    floors, estimates, notes = compiled("floor"), compiled("estimate"), compiled("note")
    grid = compile_grid(rule_base)
    places = {criterion.key: place for place, criterion in enumerate(grid.criteria)}
    orders = {kind.id: kind.order for kind in rule_base.types}
    gates = sorted(
        compiled("gate"), key=lambda gate: (orders[gate.rule.effect["holds_to"]], min(places[key] for key in gate.keys))
    )
    return PreparedRules(
        rule_base=rule_base,
        grid=grid,
        gates=tuple(gates),
        floors=floors,
        estimates=estimates,
        notes=notes,
        need_keys=tuple(dict.fromkeys(key for floor in floors for key in floor.keys)),
        prerequisites=prepare_prerequisites(rule_base),
        orders=orders,
        list_keys=frozenset(key for key, item in FIELDS.items() if item.kind is Kind.CHOICES),
        note_checks={
            order: tuple(None if _is_for_another(item.rule, order, ranks) else item.check for item in notes)
            for order in (None, *range(len(rule_base.types)))
        },
        listed=tuple((item.rule, item.keys) for item in (*gates, *estimates, *floors, *notes)),
    )


def _is_for_another(note: Rule, order: int | None, ranks: Ranks) -> bool:
    """Whether a note cannot hold with an advised type, because it asks for another one beside whatever else."""
    if order is None:
        return False
    advised = {ADVISED_TYPE: Answer(TYPE_IDS[order], 0, 0, 0, 0)}
    parts = [part for part in note.when.get("all", (note.when,)) if part.get("answer") == ADVISED_TYPE]
    return any(compile_condition(part, ranks)(advised) is False for part in parts)


def assess(answers: Answers, rules: PreparedRules, *, ident: str = "", title: str = "") -> Assessment:
    """Assess one decision or part: gates and openness, type, need, readiness, plan, notes.

    Pure: the same answers and rules give the same assessment.
    """
    standing = _standing(answers, rules)
    types, possible = rules.rule_base.types, standing.possible
    estimates = tuple([item.check(answers) for item in rules.estimates])
    if True in estimates:
        held = [item.rule for item, holds in zip(rules.estimates, estimates, strict=True) if holds]
        openness, order = _openness(standing.levels, possible, held, standing.gates, rules)
    else:
        openness, order = standing.openness, standing.order
    advised = types[order] if order is not None else None

    given = answers
    need, floors = _need(answers, advised, rules)
    if advised is not None:
        given = {**answers, ADVISED_TYPE: Answer(advised.id, 0, 0, 0, 0), NEED_GAP: Answer(need.gap, 0, 0, 0, 0)}
    notes = tuple([check is not None and check(given) for check in rules.note_checks[order]])
    return Assessment(
        id=ident,
        title=title,
        answers=answers,
        type=advised,
        possible_types=standing.possible_types,
        openness=openness,
        gates=tuple([Outcome(item.rule, True, item.keys, answers) for item in standing.gates]),
        counted=standing.counted,
        unanswered=standing.unanswered,
        estimates=_that_hold(rules.estimates, estimates, answers),
        need=need,
        readiness=assess_readiness(answers, advised, rules.prerequisites, types),
        next_question=standing.next_question,
        plan=_plan(answers, advised, possible, types),
        notes=_that_hold(rules.notes, notes, given),
        fixed=fixed_of(answers),
        rules=rules.listed,
        holds=(*standing.gates_hold, *estimates, *floors, *notes),
        given=given,
    )


def remember(known: dict[Any, Any], key: object, value: object) -> None:
    """Keep what was worked out, as long as there is room."""
    if len(known) < REMEMBERED:
        known[key] = value


def _that_hold(rules: tuple[PreparedRule, ...], holds: Holds, answers: Answers) -> tuple[Outcome, ...]:
    if True not in holds:
        return ()
    pairs = zip(rules, holds, strict=True)
    return tuple([Outcome(item.rule, True, item.keys, answers) for item, held in pairs if held])


def _standing(answers: Answers, rules: PreparedRules) -> Standing:
    """Return what follows from the answers about openness: looked up, or worked out and remembered."""
    counts: list[str | None] = []
    for key, rank in rules.grid.ranks.items():
        answer = answers.get(key)
        value: Any = None if answer is None else answer.value
        counts.append(max(value, key=rank.__getitem__) if type(value) is tuple else value)
    counted = tuple(counts)
    known = rules.standings.get(counted)
    if known is None:
        known = _work_out(counted, answers, rules)
        remember(rules.standings, counted, known)
    return known


def _work_out(counted: tuple[str | None, ...], answers: Answers, rules: PreparedRules) -> Standing:
    grid = rules.grid
    levels = grid.levels(answers)
    possible = grid.possible(levels)
    holds = tuple([item.check(answers) for item in rules.gates])
    gates = tuple([item for item, held in zip(rules.gates, holds, strict=True) if held])
    openness, order = _openness(levels, possible, (), gates, rules)
    question = grid.next_question(levels)
    unanswered = tuple([item.key for item, level in zip(grid.criteria, levels, strict=True) if level is None])
    one = rules.equal.setdefault  # of equal values one is kept, since there are few and many that hold them
    return Standing(
        levels=levels,
        possible=possible,
        possible_types=one(possible, tuple([rules.rule_base.types[index] for index in sorted(possible)])),
        gates_hold=one(("holds", holds), holds),
        gates=one(("gates", holds), gates),
        counted=tuple(
            [
                one((place, answer), Counted(grid.criteria[place], answer, _points(grid, place, levels[place])))
                for place, answer in enumerate(counted)
            ]
        ),
        unanswered=one(unanswered, unanswered),
        openness=openness,
        order=order,
        next_question=NextQuestion(grid.criteria[question[0]], question[1]) if question else None,
    )


def _points(grid: Grid, place: int, level: int | None) -> float | None:
    return None if level is None else grid.points[place][level] / HUNDREDTHS


def _openness(
    levels: Levels,
    possible: frozenset[int],
    estimates: Sequence[Rule],
    gates: Sequence[PreparedRule],
    rules: PreparedRules,
) -> tuple[Openness, int | None]:
    """Return the openness and the order of the best type, from the estimates and gates that hold.

    With answers missing, the weights are shared out over the answered criteria, gates that hold are applied,
    and the result is brought to the nearest type that is still possible.
    """
    grid = rules.grid
    low, high = grid.bounds(levels)
    assumed = list(levels)
    for rule in estimates:
        key = rule.effect["counts"]
        index = next(place for place, criterion in enumerate(grid.criteria) if criterion.key == key)
        if levels[index] is None:
            assumed[index] = grid.ranks[key][rule.effect["as"]]
    before = grid.estimate(tuple(assumed)) if any(level is not None for level in levels) else None
    if before is None:
        return Openness(None, low / HUNDREDTHS, high / HUNDREDTHS, None), None
    value = before if not gates else min(before, grid.band_top[rules.orders[gates[0].rule.effect["holds_to"]]])
    value = min(max(value, low), high)
    order = grid.type_of(value)
    if order not in possible:
        wanted = order
        order = min(possible, key=lambda candidate: (abs(candidate - wanted), candidate))
        value = max(grid.band_low[order], min(value, grid.band_top[order]))
    return Openness(value / HUNDREDTHS, low / HUNDREDTHS, high / HUNDREDTHS, before / HUNDREDTHS), order


def _need(answers: Answers, advised: ParticipationType | None, rules: PreparedRules) -> tuple[Need, Holds]:
    stated = tuple([None if (answer := answers.get(key)) is None else answer.value for key in rules.need_keys])
    known = rules.needs.get(stated)
    if known is None:
        holds = tuple([item.check(answers) for item in rules.floors])
        pairs = zip(rules.floors, holds, strict=True)
        asked = max([rules.orders[item.rule.effect["asks_for"]] for item, held in pairs if held], default=None)
        unanswered = tuple([key for key, value in zip(rules.need_keys, stated, strict=True) if value is None])
        known = NeedKnown(holds, rules.rule_base.types[asked] if asked is not None else None, unanswered)
        remember(rules.needs, stated, known)
    new, floor = tuple.__new__, known.floor
    gap = max(0, floor.order - advised.order) if floor is not None and advised is not None else 0
    pairs = zip(rules.floors, known.holds, strict=True)
    floors = tuple([new(Outcome, (item.rule, held, item.keys, answers)) for item, held in pairs])
    return Need(floor, gap, floors, known.unanswered), known.holds


def _plan(
    answers: Answers,
    advised: ParticipationType | None,
    possible: frozenset[int],
    types: tuple[ParticipationType, ...],
) -> PlanVerdict:
    answer = answers.get("plan.type")
    promise, methods = text_of(answers, "plan.promise"), texts_of(answers, "plan.methods")
    if answer is None or answer.value is None:
        return PlanVerdict(None, "none", answer, promise, methods)
    planned = next(kind for kind in types if kind.id == answer.value)
    if planned.order > max(possible):
        verdict = "over-promise"
    elif advised is None or planned.order > advised.order:
        verdict = "not-shown"
    elif planned is advised:
        verdict = "matches"
    else:
        verdict = "below"
    return PlanVerdict(planned, verdict, answer, promise, methods)
