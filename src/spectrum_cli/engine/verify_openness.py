"""Proofs about openness: bands, one type a file, more open is never less open, and what is still possible."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from spectrum_cli.engine.openness import HUNDREDTHS, Levels
from spectrum_cli.engine.verify_diagram import Node, Path
from spectrum_cli.engine.verify_space import Space
from spectrum_cli.model.rulebase import Rule
from spectrum_cli.model.verification import Fault, Place, Proof, Shown

ALL_BOXES = 100_000
"""Up to so many boxes with one answer missing, each is tried; beyond that, one of each kind."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The type of a complete file as a function of its answers: the order of the type, None where one is missing.

    ``held`` is the order of the type that the gates hold it to, ``gates`` has each gate's condition.
    """

    type: Node
    held: Node
    gates: tuple[tuple[Rule, Node], ...]


def type_function(space: Space) -> Typed:
    """Work out the type of every complete file: the band of the sum of the points, but no more than the gates allow.

    The sum is followed question by question, so that files with equal sums so far are one.
    """
    diagrams, grid = space.diagrams, space.grid
    known: dict[tuple[int, int], Node] = {}

    def banded(question: int, total: int) -> Node:
        node = known.get((question, total))
        if node is None:
            if question == len(space.questions):
                node = diagrams.leaf(grid.type_of(total))
            else:
                points = grid.points[question]
                node = diagrams.node(
                    question,
                    [
                        diagrams.leaf(None) if item.level is None else banded(question + 1, total + points[item.level])
                        for item in space.classes(question)
                    ],
                )
            known[question, total] = node
        return node

    gates = tuple((gate, space.condition(gate.when)) for gate in space.rule_base.of_kind("gate"))
    held = held_to(space, gates)
    return Typed(diagrams.combine(_lower, banded(0, 0), held), held, gates)


def held_to(space: Space, gates: Sequence[tuple[Rule, Node]]) -> Node:
    """Return the order of the type that some gates hold a file to, the last type where none of them holds."""
    diagrams = space.diagrams
    result = diagrams.leaf(len(space.rule_base.types) - 1)
    for gate, node in gates:
        order = space.rule_base.type(gate.effect["holds_to"]).order
        result = diagrams.combine(
            lambda lowest, holds, order=order: min(lowest, order) if holds else lowest, result, node
        )
    return result


def complete_files(space: Space) -> int:
    """Return how many complete files there are, answers of the same level counted once."""
    result = 1
    for points in space.grid.points:
        result *= len(points)
    return result


def prove_openness(space: Space, typed: Typed) -> Iterator[Proof | Fault | Shown]:
    """Yield the proofs about openness, and what is wrong."""
    yield from _bands(space)
    yield from _one_type(space, typed)
    yield from _monotone(space, typed)
    yield from _possible(space, typed)


# Bands


def _bands(space: Space) -> Iterator[Proof | Fault]:
    grid = space.grid
    lows, tops = grid.band_low, grid.band_top
    wrong = [
        hundredths
        for hundredths in range(100 * HUNDREDTHS + 1)
        if sum(
            low <= hundredths and (order + 1 == len(lows) or hundredths < lows[order + 1])
            for order, low in enumerate(lows)
        )
        != 1
    ]
    wrong += [top for order, top in enumerate(tops) if grid.type_of(top) != order]
    if wrong:
        value = wrong[0] / HUNDREDTHS
        yield Fault(
            "SP912",
            f"an openness of {value:g} does not lie in exactly one band",
            Place("", "", ("bands",)),
            "Let the bands rise from 0.",
        )
    yield Proof(
        "bands",
        "The bands cover 0 to 100 without hole or overlap, and each type's top lies in its own band.",
        100 * HUNDREDTHS + 1,
        "values of openness",
        not wrong,
    )


# One type


def _one_type(space: Space, typed: Typed) -> Iterator[Proof | Fault]:
    """Each complete file has one type: its answers say which gates hold, and the bit masks say the same."""
    faults = list(_told_apart(space, typed)) or list(_other_masks(space, typed))
    yield from faults
    weights = _one_class_a_level(space)
    counted = space.diagrams.tally(typed.type, weights)
    names = space.rule_base.types
    shares = ", ".join(f"{kind.name} {counted.get(kind.order, 0):,}" for kind in names)
    whole = sum(count for order, count in counted.items() if order is not None)
    size = complete_files(space)
    yield Proof(
        "one-type",
        "Every complete file has exactly one type.",
        size,
        "complete files",
        not faults and whole == size,
        shares,
    )


def _told_apart(space: Space, typed: Typed) -> Iterator[Fault]:
    """Yield the gates that treat two answers with equal points differently."""
    diagrams = space.diagrams
    for gate, node in typed.gates:
        told = set()
        for _, part in diagrams.each(node):
            number = diagrams.top(part)
            children = diagrams.children(part, number)
            for group in space.by_level(number):
                for place in group[1:]:
                    if children[place] != children[group[0]]:
                        told.add((number, group[0], place))
        for number, one, other in sorted(told):
            variable = space.variables[number]
            first, second = (_word(variable.classes[place].value) for place in (one, other))
            yield Fault(
                "SP912",
                f"the gate {gate.id} tells {first} from {second}, which have equal points under {variable.key}",
                Place("gates", gate.id, ("when",)),
                "Let the gate read both, or give the two answers different points.",
            )


def _word(value: object) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, tuple) else str(value)


def _other_masks(space: Space, typed: Typed) -> Iterator[Fault]:
    """Yield a fault if the masks that the assessment computes with say anything else than the conditions."""
    diagrams, grid = space.diagrams, space.grid
    last = len(grid.band_low) - 1
    held = diagrams.leaf(last)
    for term, order in enumerate(grid.term_holds_to):
        node = diagrams.leaf(True)
        for number in reversed(space.questions):
            masks = grid.masks[number]
            node = diagrams.node(
                number,
                [
                    diagrams.leaf(None)
                    if item.level is None
                    else node
                    if masks[item.level] >> term & 1
                    else diagrams.leaf(False)
                    for item in space.classes(number)
                ],
            )
        held = diagrams.combine(lambda lowest, holds, order=order: min(lowest, order) if holds else lowest, held, node)
    differs = diagrams.combine(lambda one, other, whole: whole and one != other, held, typed.held, space.complete())
    path = diagrams.find(differs, bool)
    if path is not None:
        place = Place("gates", typed.gates[0][0].id, ("when",))
        hint = "Please report this: it is a fault of the program."
        yield Fault("SP912", "the compiled gates and their conditions do not say the same", place, hint)


def _one_class_a_level(space: Space) -> list[list[int]]:
    weights = []
    for number, variable in enumerate(space.variables):
        first = {group[0] for group in space.by_level(number)} if number in space.questions else {0}
        weights.append([int(place in first) for place in range(len(variable.classes))])
    return weights


# More open is never less open


def _monotone(space: Space, typed: Typed) -> Iterator[Proof | Fault | Shown]:
    size = complete_files(space)
    steps = sum(size // len(points) * (len(points) - 1) for points in space.grid.points)
    found = _less_open(space, typed.type)
    for number, (narrow, wide) in sorted(found.items()):
        yield from _counter_example(space, typed, number, narrow, wide)
    yield Proof(
        "monotone",
        "A more open answer never gives a less open type.",
        steps,
        f"steps of one answer between {size:,} complete files",
        not found,
    )


def _less_open(space: Space, node: Node) -> dict[int, tuple[Path, Path]]:
    """Return, for each question whose more open answer gives a less open type somewhere, two places that show it."""
    diagrams = space.diagrams
    safe: set[tuple[Node, Node]] = set()

    def fall(one: Node, other: Node) -> dict[int, int] | None:
        """Return where one function has a higher value than the other."""
        if one == other or (one, other) in safe:
            return None
        number = diagrams.top(one, other)
        if number == len(diagrams.sizes):
            before, after = diagrams.value(one), diagrams.value(other)
            if isinstance(before, int) and isinstance(after, int) and before > after:
                return {}
        else:
            pairs = zip(diagrams.children(one, number), diagrams.children(other, number), strict=True)
            for place, (left, right) in enumerate(pairs):
                path = fall(left, right)
                if path is not None:
                    return {number: place, **path}
        safe.add((one, other))
        return None

    found: dict[int, tuple[Path, Path]] = {}
    for path, part in diagrams.each(node):
        number = diagrams.top(part)
        if number in found:
            continue
        children = diagrams.children(part, number)
        groups = space.by_level(number)
        for lower, upper in pairwise(groups):
            for one, other in product(lower, upper):
                below = fall(children[one], children[other])
                if below is not None and number not in found:
                    found[number] = ({**path, number: one, **below}, {**path, number: other, **below})
    return found


def _counter_example(space: Space, typed: Typed, number: int, narrow: Path, wide: Path) -> Iterator[Fault | Shown]:
    types = space.rule_base.types
    places = [_filled(space, path) for path in (narrow, wide)]
    before, after = (types[_order(space.diagrams.at(typed.type, place))] for place in places)
    key = space.variables[number].key
    words = [_word(space.classes(number)[place[number]].value) for place in places]
    holding = [gate for gate, node in typed.gates if space.diagrams.at(node, places[1]) is True]
    gate = min(holding, key=lambda item: space.rule_base.type(item.effect["holds_to"]).order)
    ident = key.rpartition(".")[2].replace("_", "-")
    told = [f"{name}-{ident}" for name in ("less-open", "more-open")]
    yield Fault(
        "SP913",
        f"{key}: {words[1]} gives {after.name} where {words[0]}, which is less open, gives {before.name}",
        Place("gates", gate.id, ("effect", "holds_to")),
        f"Two of the files made show it: counter-example-{told[0]}.yaml and counter-example-{told[1]}.yaml.",
    )
    for name, place, kind in zip(told, places, (before, after), strict=True):
        shows = f"{kind.name}, where {key} is {_word(space.classes(number)[place[number]].value)}"
        yield Shown("counter-example", name, shows, space.values(dict(enumerate(place[: len(space.questions)]))))


def _filled(space: Space, path: Path) -> list[int]:
    """Return a point: the named classes, the first for other questions of openness, "unknown" for the rest."""
    return [
        path.get(number, 0 if number in space.questions else len(variable.classes) - 1)
        for number, variable in enumerate(space.variables)
    ]


# What is possible


def _possible(space: Space, typed: Typed) -> Iterator[Proof | Fault]:
    """Hold the types that are announced as possible against those that filling in can reach."""
    size = complete_files(space)
    boxes = sum(size // len(points) for points in space.grid.points)
    wrong: Levels | None = None
    tried = 0
    for levels, reached in _boxes(space, typed, one_by_one=boxes <= ALL_BOXES):
        tried += 1
        if space.grid.possible(levels) != reached:
            wrong = levels
            break
    if wrong is not None:
        stated = [
            f"{space.variables[number].key}: {_word(space.classes(number)[space.by_level(number)[level][0]].value)}"
            for number, level in enumerate(wrong)
            if level is not None
        ]
        yield Fault(
            "SP916",
            "the possible types that are announced are not those that can be reached"
            + (f" with {', '.join(stated)}" if stated else " where nothing is answered"),
            Place("", "", ("bands",)),
            "Mend what SP912 and SP913 name first.",
        )
    detail = "" if boxes <= ALL_BOXES else f"one of each of their {tried - 1:,} kinds was tried"
    yield Proof(
        "possible",
        "Filling in an unknown answer always leads to one of the types announced as possible, and to each of them.",
        boxes + 1,
        "files with one answer or all of them missing",
        wrong is None,
        detail,
    )


def _boxes(space: Space, typed: Typed, *, one_by_one: bool) -> Iterator[tuple[Levels, set[Hashable]]]:
    """Yield boxes of files with one answer missing, then the one with all missing, each with the types it reaches."""
    diagrams = space.diagrams
    groups = [space.by_level(number) for number in space.questions]
    for number in space.questions:
        lines = [diagrams.fix(typed.type, number, group[0]) for group in groups[number]]
        if one_by_one:
            others = [[(group[0], level) for level, group in enumerate(found)] for found in groups]
            others[number] = [(0, -1)]
            for chosen in product(*others):
                point = [place for place, _ in chosen]
                levels = tuple(None if level < 0 else level for _, level in chosen)
                yield levels, {diagrams.at(line, point) for line in lines}
            continue
        kinds = diagrams.vectors(lines, lambda asked, place: space.classes(asked)[place].level is None)
        for reached, path in kinds.items():
            full = space.levels({**{other: groups[other][0][0] for other in space.questions}, **path})
            yield (*full[:number], None, *full[number + 1 :]), set(reached)
    yield (None,) * len(space.questions), diagrams.values(typed.type) - {None}


def _order(value: Hashable) -> int:
    assert isinstance(value, int)
    return value


def _lower(one: int | None, other: int) -> int | None:
    return None if one is None else min(one, other)
