"""Proofs about rules: each can come up and makes a difference, and no two contradict or repeat each other."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, product
from operator import eq

from spectrum_cli.engine.assess import PreparedRules, assess
from spectrum_cli.engine.conditions import keys_read
from spectrum_cli.engine.verify_diagram import Node, Path
from spectrum_cli.engine.verify_openness import Typed, complete_files, held_to
from spectrum_cli.engine.verify_space import Space, answers_of, comparisons
from spectrum_cli.model.rulebase import ADVISED_TYPE, NEED_GAP, Rule
from spectrum_cli.model.verification import RULE_FOLDERS, Fault, Place, Proof, Shown, Values

MOST_GAPS = 300_000
"""How many ways to leave answers out are tried for a note that asks whether something is stated."""

NO_FLOOR = -1


@dataclass(frozen=True, slots=True)
class _Rules:
    """All that the proofs start from: the rules with their conditions as functions."""

    space: Space
    typed: Typed
    prepared: PreparedRules
    floors: tuple[tuple[Rule, Node], ...]
    estimates: tuple[tuple[Rule, Node], ...]
    notes: tuple[tuple[Rule, Node], ...]

    @property
    def every(self) -> tuple[tuple[Rule, Node], ...]:
        return (*self.typed.gates, *self.estimates, *self.floors, *self.notes)


def prove_rules(space: Space, typed: Typed, prepared: PreparedRules) -> Iterator[Proof | Fault | Shown]:
    """Yield the proofs about rules, what is wrong, and answers that show each type and rule."""

    def conditions(kind: str) -> tuple[tuple[Rule, Node], ...]:
        return tuple((rule, space.condition(rule.when)) for rule in space.rule_base.of_kind(kind))

    rules = _Rules(space, typed, prepared, conditions("floor"), conditions("estimate"), conditions("note"))
    yield from _lists(rules)
    yield from _types(rules)
    for kind, some, reached in (
        ("gate", typed.gates, _gate_reached),
        ("floor", rules.floors, _floor_reached),
        ("estimate", rules.estimates, _estimate_reached),
        ("note", rules.notes, _note_reached),
    ):
        yield from _all_reached(rules, kind, some, reached)
    contradictions = list(_contradictions(rules))
    yield from contradictions
    named = {place.id for fault in contradictions if isinstance(fault, Fault) for place in _places(fault)}
    yield from _differences(rules, named)


def _places(fault: Fault) -> Iterator[Place]:
    yield fault.at
    yield from (place for _, place in fault.related)


def _at(rule: Rule, *path: str) -> Place:
    return Place(RULE_FOLDERS[rule.kind], rule.id, path)


def _order(rules: _Rules, rule: Rule) -> int:
    effect = "holds_to" if rule.kind == "gate" else "asks_for"
    return rules.space.rule_base.type(rule.effect[effect]).order


# Lists


def _lists(rules: _Rules) -> Iterator[Proof | Fault]:
    """No rule depends on the order in which a list is written."""
    diagrams = rules.space.diagrams
    ill: list[Rule] = []
    for rule, node in rules.every:
        for _, part in diagrams.each(node):
            number = diagrams.top(part)
            children = diagrams.children(part, number)
            if any(children[one] != children[other] for one, other in rules.space.variables[number].reordered):
                ill.append(rule)
                key = rules.space.variables[number].key
                yield Fault(
                    "SP912",
                    f"the {rule.kind} {rule.id} depends on the order in which the list {key} is written",
                    _at(rule, "when"),
                    "Let it read all answers that have equal points, or use 'includes'.",
                )
                break
    yield Proof("lists", "No rule depends on the order in which a list is written.", len(rules.every), "rules", not ill)


# What can be reached


def _types(rules: _Rules) -> Iterator[Proof | Fault | Shown]:
    space = rules.space
    missing = []
    for kind in space.rule_base.types:
        path = space.diagrams.find(rules.typed.type, partial(eq, kind.order))
        if path is None:
            missing.append(kind)
            hint = "Look at the bands, and for gates that leave no answers for it."
            yield Fault("SP911", f"no complete file has the type {kind.name}", Place("types", kind.id, ("id",)), hint)
        else:
            yield Shown("type", kind.id, f"The type is {kind.name}.", space.values(path, complete=True))
    yield Proof(
        "reach-types",
        "Every type can be reached.",
        complete_files(space),
        "complete files",
        not missing,
        f"{len(space.rule_base.types) - len(missing)} of {len(space.rule_base.types)} types shown",
    )


Reached = Callable[[_Rules, Rule, Node], "Shown | Fault | None"]
"""Finds answers that show a rule, or what is wrong; None where a higher layer overrules it, as it may."""


def _all_reached(
    rules: _Rules, kind: str, some: Sequence[tuple[Rule, Node]], reached: Reached
) -> Iterator[Proof | Fault | Shown]:
    if not some:
        return
    found = [result for rule, node in some if (result := reached(rules, rule, node)) is not None]
    yield from found
    shown, overruled = sum(isinstance(result, Shown) for result in found), len(some) - len(found)
    keys = _keys(rules, kind, some)
    yield Proof(
        f"reach-{kind}s",
        {
            "gate": "Every gate can hold and be the one that counts, unless a higher layer overrules it.",
            "floor": "Every floor can hold.",
            "estimate": "Every estimate can hold while its question is unanswered.",
            "note": "Every note can hold.",
        }[kind],
        complete_files(rules.space) if kind == "gate" else rules.space.size(keys),
        "complete files" if kind == "gate" else f"kinds of file, by {len(keys)} {'key' if len(keys) == 1 else 'keys'}",
        shown == len(found),
        f"{shown} of {len(some)} {kind}s shown" + (f", {overruled} overruled" if overruled else ""),
    )


def _keys(rules: _Rules, kind: str, some: Sequence[tuple[Rule, Node]]) -> list[str]:
    """Return the keys of answers that decide whether some rules hold."""
    questions = [criterion.key for criterion in rules.space.grid.criteria]
    read = dict.fromkeys(key for rule, _ in some for key in keys_read(rule.when))
    if kind == "gate" or ADVISED_TYPE in read or NEED_GAP in read:
        read |= dict.fromkeys(questions)
    if NEED_GAP in read:
        read |= dict.fromkeys(key for floor, _ in rules.floors for key in keys_read(floor.when))
    if kind == "estimate":
        read |= dict.fromkeys(rule.effect["counts"] for rule, _ in some)
    return [key for key in read if key not in (ADVISED_TYPE, NEED_GAP)]


def _beside(rules: _Rules, rule: Rule, some: Sequence[tuple[Rule, Node]]) -> list[tuple[Rule, Node]]:
    """Return the other rules of the rule's own layer and of those below: what it was written beside."""
    places = {layer.id: place for place, layer in enumerate(rules.space.rule_base.layers)}
    return [item for item in some if item[0] is not rule and places[item[0].layer] <= places[rule.layer]]


def _gate_reached(rules: _Rules, rule: Rule, node: Node) -> Shown | Fault | None:
    """Find a file that the gate holds down; where possible, one that no other gate holds as low."""
    space = rules.space
    order = _order(rules, rule)
    others = held_to(space, [gate for gate in rules.typed.gates if gate[0] is not rule])
    whole = space.complete()
    alone = space.diagrams.combine(
        lambda holds, other, complete: complete and holds is True and other > order, node, others, whole
    )
    path = space.diagrams.find(alone, bool)
    if path is None:
        counts = space.diagrams.combine(
            lambda holds, held, complete: complete and holds is True and held == order, node, rules.typed.held, whole
        )
        path = space.diagrams.find(counts, bool)
    if path is not None:
        kind = rule.effect["holds_to"].upper()
        return Shown("gate", rule.id, f"The gate holds the openness to {kind}.", space.values(path, complete=True))
    holds = space.diagrams.combine(lambda held, complete: complete and held is True, node, whole)
    if space.diagrams.find(holds, bool) is None:
        return _never(rule)
    beside = _beside(rules, rule, rules.typed.gates)
    counted = space.diagrams.combine(
        lambda held, other, complete: complete and held is True and other >= order, node, held_to(space, beside), whole
    )
    if space.diagrams.find(counted, bool) is not None:
        return None
    return Fault(
        "SP911",
        f"the gate {rule.id} never counts: whenever it holds, another one holds lower",
        _at(rule, "effect", "holds_to"),
        "Remove it, or let it hold lower.",
        _whose(rules, rule, node, beside, lambda other: _order(rules, other) < order),
    )


def _floor_reached(rules: _Rules, rule: Rule, node: Node) -> Shown | Fault:
    space = rules.space
    path = space.diagrams.find(space.without_advice(node), lambda holds: holds is True)
    if path is None:
        return _never(rule)
    kind = rule.effect["asks_for"].upper()
    return Shown("floor", rule.id, f"The decision asks for {kind} at least.", space.values(path))


def _estimate_reached(rules: _Rules, rule: Rule, node: Node) -> Shown | Fault:
    """Find a file in which the estimate holds and its question is not answered."""
    space = rules.space
    counted = space.numbers[rule.effect["counts"]]
    open_still = space.diagrams.fix(space.without_advice(node), counted, len(space.classes(counted)) - 1)
    path = space.diagrams.find(open_still, lambda holds: holds is True)
    if path is None:
        return _never(rule, f" while {rule.effect['counts']} is not answered")
    shows = f"{rule.effect['counts']} counts as {rule.effect['as']}."
    return Shown("estimate", rule.id, shows, space.values(path))


def _note_reached(rules: _Rules, rule: Rule, node: Node) -> Shown | Fault:
    """Find a file in which the note holds.

    A comparison that holds while answers are missing holds for all that they can be, unless it asks whether they are
    stated. And each possible type is reached by some complete file. So, unless the note asks what is stated about
    openness, or a gap rests on that, no file with answers missing can show what no complete one shows.
    """
    space = rules.space
    keys = set(keys_read(rule.when))
    if keys & {ADVISED_TYPE, NEED_GAP}:
        path = _with_type(rules, node, with_gap=NEED_GAP in keys)
    else:
        path = space.diagrams.find(node, _is_true)
    values = None if path is None else space.values(path)
    if values is None and _gaps_matter(rules, rule):
        try:
            values = _with_gaps(rules, node)
        except _TooMany:
            return Fault(
                "SP918",
                f"whether the note {rule.id} can hold was not decided: there are too many ways to leave answers out",
                _at(rule, "when"),
                "Ask for fewer things that are not stated, or drop advice.type.",
            )
    if values is None:
        return _never(rule)
    return Shown("note", rule.id, "The note is given.", values)


def _with_type(rules: _Rules, node: Node, *, with_gap: bool) -> Path | None:
    """Find a complete file whose advised type, and gap if that is read, make a condition hold."""
    space = rules.space
    floor = _asked_for(rules, rules.floors) if with_gap else space.diagrams.leaf(NO_FLOOR)
    for order in range(len(space.rule_base.types)):
        holds = space.diagrams.fix(node, space.numbers[ADVISED_TYPE], order)
        here = space.diagrams.combine(lambda kind, order=order: kind == order, rules.typed.type)
        path = _with_gap(rules, holds, here, floor, order)
        if path is not None:
            return path
    return None


def _with_gap(rules: _Rules, node: Node, here: Node, floor: Node, order: int) -> Path | None:
    """Find a place where the advised type is of an order and the gap that follows makes a condition hold."""
    diagrams = rules.space.diagrams
    for size in range(len(rules.space.rule_base.types) - order):
        both = diagrams.combine(
            lambda holds, there, asked, size=size: holds is True and there and max(0, asked - order) == size,
            diagrams.fix(node, rules.space.numbers[NEED_GAP], size),
            here,
            floor,
        )
        path = diagrams.find(both, bool)
        if path is not None:
            return path
    return None


def _asked_for(rules: _Rules, floors: Iterable[tuple[Rule, Node]]) -> Node:
    """Return the order of the most open type that some floors ask for, NO_FLOOR where none holds."""
    diagrams = rules.space.diagrams
    result = diagrams.leaf(NO_FLOOR)
    for rule, node in floors:
        order = _order(rules, rule)
        result = diagrams.combine(
            lambda most, holds, order=order: max(most, order) if holds is True else most,
            result,
            rules.space.without_advice(node),
        )
    return result


class _TooMany(Exception):
    """More cases than can be gone through."""


def _gaps_matter(rules: _Rules, rule: Rule) -> bool:
    """Whether a note can hold with answers about openness missing and not with all of them given."""
    questions = {criterion.key for criterion in rules.space.grid.criteria}
    if NEED_GAP in keys_read(rule.when) and any(questions & set(keys_read(floor.when)) for floor, _ in rules.floors):
        return True
    asked = questions | {ADVISED_TYPE, NEED_GAP}
    return any("stated" in atom and atom["answer"] in asked for atom in comparisons(rule.when))


def _with_gaps(rules: _Rules, node: Node) -> Values | None:
    """Find a file with answers about openness missing in which a note holds, by going through all of them.

    The best estimate of the type is the assessment's own; it depends on openness and on what estimates read.
    """
    space = rules.space
    diagrams = space.diagrams
    guessing = {key for estimate, _ in rules.estimates for key in keys_read(estimate.when)}
    numbers = [
        *space.questions,
        *sorted(space.numbers[key] for key in guessing if space.numbers[key] not in space.questions),
    ]
    if space.size([space.variables[number].key for number in numbers]) > MOST_GAPS:
        raise _TooMany
    floor = _asked_for(rules, rules.floors)
    advised, gap = space.numbers[ADVISED_TYPE], space.numbers[NEED_GAP]
    unknown = {number: len(space.classes(number)) - 1 for number in (advised, gap)}
    for chosen in product(*(range(len(space.classes(number))) for number in numbers)):
        path = dict(zip(numbers, chosen, strict=True))
        kind = assess(answers_of(space.values(path)), rules.prepared).type
        left, asked = node, floor
        for number, place in path.items():
            left, asked = diagrams.fix(left, number, place), diagrams.fix(asked, number, place)
        if kind is None:
            for number, place in unknown.items():
                left = diagrams.fix(left, number, place)
            rest = diagrams.find(left, _is_true)
        else:
            left = diagrams.fix(left, advised, kind.order)
            rest = _with_gap(rules, left, diagrams.leaf(True), asked, kind.order)
        if rest is not None:
            return space.values({**path, **rest})
    return None


def _is_true(value: Hashable) -> bool:
    return value is True


def _never(rule: Rule, when: str = "") -> Fault:
    hint = "Look for answers that exclude each other."
    if rule.kind in ("floor", "estimate") and {ADVISED_TYPE, NEED_GAP} & set(keys_read(rule.when)):
        article = "An" if rule.kind == "estimate" else "A"
        hint = f"{article} {rule.kind} is worked out before there is an advised type, so it cannot read one."
    return Fault("SP911", f"the {rule.kind} {rule.id} can never hold{when}", _at(rule, "when"), hint)


# Contradictions and repetitions


def _contradictions(rules: _Rules) -> Iterator[Proof | Fault]:
    pairs = 0
    faults: list[Fault] = []
    for kind, some in (("gate", rules.typed.gates), ("floor", rules.floors)):
        effect = "holds_to" if kind == "gate" else "asks_for"
        holds = [(rule, _where(rules, rule, node)) for rule, node in some]
        for (one, where), (other, there) in combinations(holds, 2):
            pairs += 1
            if where == there and rules.space.diagrams.find(where, bool) is not None:
                same = one.effect[effect] == other.effect[effect]
                what = "say the same" if same else "contradict each other: they hold for the same files"
                faults.append(
                    Fault(
                        "SP915",
                        f"the {kind}s {one.id} and {other.id} {what}",
                        _at(other, "when"),
                        "Keep one of the two."
                        + (" In a layer of its own, a gate replaces another by its id." if kind == "gate" else ""),
                        ((f"the {kind} {one.id}", _at(one, "when")),),
                    )
                )
    for (one, _), (other, _) in combinations(rules.notes, 2):
        pairs += 1
        if _plain(one.effect["says"]) == _plain(other.effect["says"]):
            faults.append(
                Fault(
                    "SP915",
                    f"the notes {one.id} and {other.id} say the same",
                    _at(other, "effect", "says"),
                    "Keep one of the two; 'any' joins their conditions.",
                    ((f"the note {one.id}", _at(one, "effect", "says")),),
                )
            )
    for (one, node), (other, beside) in combinations(rules.estimates, 2):
        pairs += 1
        faults += _two_estimates(rules, one, node, other, beside)
    yield from faults
    yield Proof(
        "contradictions",
        "No two rules of a kind contradict or repeat each other.",
        pairs,
        "pairs of rules",
        not faults,
    )


def _two_estimates(rules: _Rules, one: Rule, node: Node, other: Rule, beside: Node) -> Iterator[Fault]:
    """Two estimates of one question must not hold together: only one of them could count."""
    if one.effect["counts"] != other.effect["counts"]:
        return
    together = rules.space.diagrams.combine(lambda held, too: held is True and too is True, node, beside)
    if rules.space.diagrams.find(rules.space.without_advice(together), bool) is not None:
        yield Fault(
            "SP915",
            f"the estimates {one.id} and {other.id} can hold together, and both count {one.effect['counts']}",
            _at(other, "when"),
            "Let their conditions exclude each other.",
            ((f"the estimate {one.id}", _at(one, "when")),),
        )


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _where(rules: _Rules, rule: Rule, node: Node) -> Node:
    """Return where a gate or floor holds; for a gate, only complete files count."""
    space = rules.space
    if rule.kind == "gate":
        return space.diagrams.combine(lambda held, whole: bool(whole and held is True), node, space.complete())
    return space.diagrams.combine(_is_true, space.without_advice(node))


# Rules that make no difference


def _differences(rules: _Rules, named: set[str]) -> Iterator[Proof | Fault]:
    """Rules that are named already, as repeating or contradicting each other, are not named again."""
    faults: list[Fault] = []
    for rule, node in rules.typed.gates:
        faults += _gate_without_effect(rules, rule, node)
    for rule, node in rules.floors:
        faults += _floor_without_effect(rules, rule, node)
    yield from (fault for fault in faults if fault.at.id not in named)
    keys = _keys(rules, "gate", (*rules.typed.gates, *rules.floors))
    yield Proof(
        "differences",
        "Every gate and floor makes a difference to its own layer: without it, some file would come out otherwise.",
        rules.space.size(keys),
        f"kinds of file, by {len(keys)} keys",
        not faults,
    )


def _gate_without_effect(rules: _Rules, rule: Rule, node: Node) -> Iterator[Fault]:
    space = rules.space
    order = _order(rules, rule)
    if order == len(space.rule_base.types) - 1:
        yield Fault(
            "SP914",
            f"the gate {rule.id} holds to the most open type, so it holds nothing",
            _at(rule, "effect", "holds_to"),
            "Remove it, or let it hold lower.",
        )
        return
    here = _where(rules, rule, node)
    beside = _beside(rules, rule, rules.typed.gates)
    others = held_to(space, beside)
    needed = space.diagrams.combine(lambda held, other: bool(held) and other > order, here, others)
    counts = space.diagrams.combine(lambda held, other: bool(held) and other == order, here, others)
    if space.diagrams.find(needed, bool) is None and space.diagrams.find(counts, bool) is not None:
        yield Fault(
            "SP914",
            f"the gate {rule.id} never makes a difference: whenever it holds, others hold to the same type or lower",
            _at(rule, "when"),
            "Remove it, or let it hold lower.",
            _whose(rules, rule, node, beside, lambda other: _order(rules, other) <= order),
        )


def _floor_without_effect(rules: _Rules, rule: Rule, node: Node) -> Iterator[Fault]:
    space = rules.space
    order = _order(rules, rule)
    if order == 0:
        yield Fault(
            "SP914",
            f"the floor {rule.id} asks for the least open type, which every decision gives",
            _at(rule, "effect", "asks_for"),
            "Remove it, or let it ask for more.",
        )
        return
    here = _where(rules, rule, node)
    beside = _beside(rules, rule, rules.floors)
    others = _asked_for(rules, beside)
    needed = space.diagrams.combine(lambda held, asked: bool(held) and asked < order, here, others)
    if space.diagrams.find(here, bool) is not None and space.diagrams.find(needed, bool) is None:
        yield Fault(
            "SP914",
            f"the floor {rule.id} never makes a difference: whenever it holds, others ask for as much or more",
            _at(rule, "when"),
            "Remove it, or let it ask for more.",
            _whose(rules, rule, node, beside, lambda other: _order(rules, other) >= order),
        )


def _whose(
    rules: _Rules, rule: Rule, node: Node, some: Sequence[tuple[Rule, Node]], strong_enough: Callable[[Rule], bool]
) -> tuple[tuple[str, Place], ...]:
    """Name a rule that is strong enough and holds whenever this one does, if there is a single one."""
    diagrams = rules.space.diagrams
    here = _where(rules, rule, node)
    for other, beside in some:
        if not strong_enough(other):
            continue
        without = diagrams.combine(lambda held, too: bool(held) and not too, here, _where(rules, other, beside))
        if diagrams.find(without, bool) is None:
            return ((f"the {other.kind} {other.id} always holds too", _at(other, "when")),)
    return ()
