"""From answers to an assessment, in the order in which a person would reason."""

from collections.abc import Mapping
from dataclasses import dataclass

from spectrum_cli.engine.conditions import Check, compile_condition, keys_read
from spectrum_cli.engine.openness import HUNDREDTHS, Grid, Levels, answer_ranks, compile_grid
from spectrum_cli.engine.readiness import PreparedPrerequisite, assess_readiness, prepare_prerequisites
from spectrum_cli.model.assessment import (
    AnswerRead,
    Assessment,
    Contribution,
    Need,
    NextQuestion,
    Openness,
    Outcome,
    PlanVerdict,
)
from spectrum_cli.model.decision import Answer, Answers, fixed_of, text_of, texts_of
from spectrum_cli.model.decision_format import FIELDS, TYPE_IDS, Kind
from spectrum_cli.model.rulebase import ADVISED_TYPE, NEED_GAP, Criterion, ParticipationType, Rule, RuleBase


@dataclass(frozen=True, slots=True)
class PreparedRule:
    """A rule with its condition compiled and the keys that it reads."""

    rule: Rule
    check: Check
    keys: tuple[str, ...]


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


def prepare(rule_base: RuleBase) -> PreparedRules:
    """Compile a rule base once, for any number of decisions."""
    ranks = {key: {value: place for place, value in enumerate(field.answers)} for key, field in FIELDS.items()}
    ranks = {key: rank for key, rank in ranks.items() if rank}
    ranks |= {criterion.key: answer_ranks(criterion) for criterion in rule_base.criteria if criterion.key in ranks}
    ranks[ADVISED_TYPE] = {value: place for place, value in enumerate(TYPE_IDS)}

    def compiled(kind: str) -> tuple[PreparedRule, ...]:
        return tuple(
            PreparedRule(rule, compile_condition(rule.when, ranks), keys_read(rule.when))
            for rule in rule_base.of_kind(kind)
        )

    floors = compiled("floor")
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
        estimates=compiled("estimate"),
        notes=compiled("note"),
        need_keys=tuple(dict.fromkeys(key for floor in floors for key in floor.keys)),
        prerequisites=prepare_prerequisites(rule_base),
        orders=orders,
        list_keys=frozenset(key for key, field in FIELDS.items() if field.kind is Kind.CHOICES),
    )


def assess(answers: Answers, rules: PreparedRules, *, ident: str = "", title: str = "") -> Assessment:
    """Assess one decision or part: gates and openness, type, need, readiness, plan, notes.

    Pure: the same answers and rules give the same assessment.
    """
    grid, types = rules.grid, rules.rule_base.types
    levels = grid.levels(answers)
    possible = grid.possible(levels)
    gates = _outcomes(rules.gates, answers)
    estimates = _outcomes(rules.estimates, answers)
    openness, order = _openness(levels, possible, estimates, gates, rules)
    advised = types[order] if order is not None else None

    extended = dict(answers)
    if advised is not None:
        extended[ADVISED_TYPE] = Answer(advised.id, 0, 0, 0, 0)
    need = _need(answers, advised, rules)
    if advised is not None:
        extended[NEED_GAP] = Answer(need.gap, 0, 0, 0, 0)
    notes = _outcomes(rules.notes, extended)
    question = grid.next_question(levels)
    return Assessment(
        id=ident,
        title=title,
        answers=answers,
        type=advised,
        possible_types=tuple([types[index] for index in sorted(possible)]),
        openness=openness,
        gates=tuple([outcome for outcome in gates if outcome.holds]),
        contributions=tuple(
            [
                _contribution(criterion, points, level, answers)
                for criterion, points, level in zip(grid.criteria, grid.points, levels, strict=True)
            ]
        ),
        estimates=tuple([outcome for outcome in estimates if outcome.holds]),
        need=need,
        readiness=assess_readiness(answers, advised, rules.prerequisites, types),
        next_question=NextQuestion(grid.criteria[question[0]], question[1]) if question else None,
        plan=_plan(answers, advised, possible, types),
        notes=tuple([outcome for outcome in notes if outcome.holds]),
        fixed=fixed_of(answers),
        trace=(*gates, *estimates, *need.floors, *notes),
    )


def _outcomes(rules: tuple[PreparedRule, ...], answers: Answers) -> tuple[Outcome, ...]:
    new = tuple.__new__
    return tuple([new(Outcome, (item.rule, item.check(answers), item.keys, answers)) for item in rules])


def _openness(
    levels: Levels,
    possible: frozenset[int],
    estimates: tuple[Outcome, ...],
    gates: tuple[Outcome, ...],
    rules: PreparedRules,
) -> tuple[Openness, int | None]:
    """Return the openness and the order of the best type.

    With answers missing, the weights are shared out over the answered criteria, gates that hold are applied,
    and the result is brought to the nearest type that is still possible.
    """
    grid = rules.grid
    low = grid.openness(grid.corner(levels, most_open=False))
    high = grid.openness(grid.corner(levels, most_open=True))
    assumed = list(levels)
    for outcome in estimates:
        if outcome.holds:
            key = outcome.rule.effect["counts"]
            index = next(place for place, criterion in enumerate(grid.criteria) if criterion.key == key)
            if levels[index] is None:
                assumed[index] = grid.ranks[key][outcome.rule.effect["as"]]
    before = grid.estimate(tuple(assumed)) if any(level is not None for level in levels) else None
    if before is None:
        return Openness(None, low / HUNDREDTHS, high / HUNDREDTHS, None), None
    lowest = next((gate for gate in gates if gate.holds), None)
    value = before if lowest is None else min(before, grid.band_top[rules.orders[lowest.rule.effect["holds_to"]]])
    value = min(max(value, low), high)
    order = grid.type_of(value)
    if order not in possible:
        wanted = order
        order = min(possible, key=lambda candidate: (abs(candidate - wanted), candidate))
        value = max(grid.band_low[order], min(value, grid.band_top[order]))
    return Openness(value / HUNDREDTHS, low / HUNDREDTHS, high / HUNDREDTHS, before / HUNDREDTHS), order


def _contribution(criterion: Criterion, points: tuple[int, ...], level: int | None, answers: Answers) -> Contribution:
    answer = answers.get(criterion.key)
    read = AnswerRead(criterion.key, answer)
    if level is None or answer is None:
        return Contribution(criterion, read, None, None, criterion.weight)
    value = answer.value
    counted = str(value) if not isinstance(value, tuple) else _most_open(criterion, value)
    return Contribution(criterion, read, counted, points[level] / HUNDREDTHS, criterion.weight)


def _most_open(criterion: Criterion, values: tuple[object, ...]) -> str:
    points = {item.value: item.points or 0 for item in criterion.answers}
    return max((str(value) for value in values), key=points.__getitem__)


def _need(answers: Answers, advised: ParticipationType | None, rules: PreparedRules) -> Need:
    floors = _outcomes(rules.floors, answers)
    asked = max([rules.orders[outcome.rule.effect["asks_for"]] for outcome in floors if outcome.holds], default=None)
    floor = rules.rule_base.types[asked] if asked is not None else None
    gap = max(0, floor.order - advised.order) if floor is not None and advised is not None else 0
    unanswered = tuple([key for key in rules.need_keys if (answer := answers.get(key)) is None or answer.value is None])
    return Need(floor, gap, floors, unanswered)


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
