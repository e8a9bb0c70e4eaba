"""How open the decision is: answers to levels, levels to a type, and what is still possible.

Each criterion of openness has a few levels (answers with equal points share one), so a file is a point of a
small grid or, with answers missing, a box of points in it. Gates become bit masks over the grid: one ``and`` a
criterion tells which gates hold at a point. All sums are whole hundredths, so every reader of the same rule base
gets the same numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spectrum_cli.engine.conditions import allowed_answers
from spectrum_cli.model.decision import Answers, AnswerValue
from spectrum_cli.model.rulebase import Condition, Criterion, RuleBase

Levels = tuple[int | None, ...]
"""One level a criterion, in the order of the rule base; None where the answer is unknown."""

HUNDREDTHS = 100


class NotAGate(Exception):
    """A gate's condition reads something else than openness, or uses an operator that a grid cannot hold."""


@dataclass(frozen=True)
class Grid:
    """The openness part of a rule base, compiled.

    ``points[c][l]`` are the hundredths that level ``l`` of criterion ``c`` adds. ``masks[c][l]`` has bit ``t``
    set where term ``t`` of the gates is not ruled out by that level; terms are sorted by the type they hold to,
    so the lowest bit of a point's mask is the gate that counts. ``band_low`` and ``band_top`` are in hundredths.
    """

    criteria: tuple[Criterion, ...]
    ranks: Mapping[str, Mapping[str, int]]
    points: tuple[tuple[int, ...], ...]
    masks: tuple[tuple[int, ...], ...]
    term_holds_to: tuple[int, ...]
    band_low: tuple[int, ...]
    band_top: tuple[int, ...]
    _possible: dict[int, frozenset[int]] = field(default_factory=dict, compare=False)
    _sets: dict[frozenset[int], frozenset[int]] = field(default_factory=dict, compare=False)

    def levels(self, answers: Answers) -> Levels:
        """Return the level that each criterion has in a set of answers."""
        result = []
        for criterion in self.criteria:
            answer = answers.get(criterion.key)
            result.append(None if answer is None else self.level(criterion.key, answer.value))
        return tuple(result)

    def level(self, key: str, value: AnswerValue) -> int | None:
        """Return the level of one answer; a list counts by its most open item."""
        rank = self.ranks[key]
        if isinstance(value, tuple):
            return max((rank[str(item)] for item in value), default=None)
        return None if value is None else rank[str(value)]

    def held_to(self, point: Sequence[int]) -> int:
        """Return the order of the type that the gates hold a complete point to (the last type if none holds)."""
        mask = -1
        for masks, level in zip(self.masks, point, strict=True):
            mask &= masks[level]
        return self._held_by(mask)

    def _held_by(self, mask: int) -> int:
        lowest = (mask & -mask).bit_length() - 1
        return self.term_holds_to[lowest] if lowest >= 0 else len(self.band_low) - 1

    def openness(self, point: Sequence[int]) -> int:
        """Return the openness of a complete point in hundredths, gates applied."""
        return self.bounds(point)[0]

    def type_of(self, hundredths: int) -> int:
        """Return the order of the type whose band holds an openness. Bands are half-open, [low, next low)."""
        order = len(self.band_low) - 1
        while self.band_low[order] > hundredths:
            order -= 1
        return order

    def corner(self, levels: Levels, *, most_open: bool) -> tuple[int, ...]:
        """Fill in what is unknown with the least or the most open answer."""
        return tuple(
            level if level is not None else (len(points) - 1 if most_open else 0)
            for level, points in zip(levels, self.points, strict=True)
        )

    def bounds(self, levels: Sequence[int | None]) -> tuple[int, int]:
        """Return the openness in hundredths, gates applied, with the least and the most open answers filled in."""
        least = most = 0
        least_mask = most_mask = -1
        for points, masks, level in zip(self.points, self.masks, levels, strict=True):
            low, high = (0, -1) if level is None else (level, level)
            least += points[low]
            most += points[high]
            least_mask &= masks[low]
            most_mask &= masks[high]
        return min(least, self.band_top[self._held_by(least_mask)]), min(most, self.band_top[self._held_by(most_mask)])

    def possible(self, levels: Levels) -> frozenset[int]:
        """Return the orders of exactly those types that some completion of the levels reaches.

        Branch and bound: openness never falls when an answer becomes more open, so the two corners of a box
        bound it, and a box whose bounds are both found already holds nothing new.
        """
        number = self._number(levels)
        known = self._possible.get(number)
        if known is None:
            low, high = map(self.type_of, self.bounds(levels))
            found = {low, high}
            if high - low > 1:
                at = levels.index(None)
                for level in range(len(self.points[at])):
                    found |= self.possible((*levels[:at], level, *levels[at + 1 :]))
                    if len(found) > high - low:
                        break
            types = frozenset(found)
            known = self._possible[number] = self._sets.setdefault(types, types)
        return known

    def _number(self, levels: Levels) -> int:
        """Return a box's number: a tuple of levels for each that is remembered would take several times the room."""
        number = 0
        for level, points in zip(levels, self.points, strict=True):
            number = number * (len(points) + 1) + (0 if level is None else level + 1)
        return number

    def next_question(self, levels: Levels) -> tuple[int, float] | None:
        """Return the unknown criterion that narrows the possible types most, and how many then stay on average.

        Each answer counts alike. Ties go to the question whose worst answer leaves fewer types, then to the
        order of the rule base. None where no answer could change the type.
        """
        if len(self.possible(levels)) == 1:
            return None
        best: tuple[float, int, int] | None = None
        for index, level in enumerate(levels):
            if level is not None:
                continue
            criterion = self.criteria[index]
            rank = self.ranks[criterion.key]
            sizes = [
                len(self.possible((*levels[:index], rank[answer.value], *levels[index + 1 :])))
                for answer in criterion.answers
            ]
            candidate = (sum(sizes) / len(sizes), max(sizes), index)
            best = candidate if best is None or candidate < best else best
        return (best[2], best[0]) if best is not None else None

    def estimate(self, levels: Levels) -> int | None:
        """Return the openness in hundredths with the weights shared out over the answered criteria, no gates.

        None where no criterion is answered.
        """
        weight = total = 0
        for criterion, points, level in zip(self.criteria, self.points, levels, strict=True):
            if level is not None:
                weight += criterion.weight
                total += points[level]
        return total * 100 // weight if weight else None


def compile_grid(rule_base: RuleBase) -> Grid:
    """Compile the criteria of openness, the bands and the gates of a rule base."""
    criteria = tuple(item for item in rule_base.criteria if item.weight)
    ranks = {item.key: answer_ranks(item) for item in criteria}
    orders = {kind.id: kind.order for kind in rule_base.types}
    terms: list[tuple[int, Mapping[str, frozenset[str]]]] = [
        (orders[gate.effect["holds_to"]], term)
        for gate in rule_base.of_kind("gate")
        for term in gate_terms(gate.when, ranks)
    ]
    terms.sort(key=lambda term: term[0])
    points: list[tuple[int, ...]] = []
    masks: list[tuple[int, ...]] = []
    for criterion in criteria:
        rank = ranks[criterion.key]
        level_points = [0] * (max(rank.values()) + 1)
        level_masks = [0] * len(level_points)
        for answer in criterion.answers:
            level = rank[answer.value]
            level_points[level] = criterion.weight * (answer.points or 0)
            for bit, (_, term) in enumerate(terms):
                if answer.value in term.get(criterion.key, rank):
                    level_masks[level] |= 1 << bit
        points.append(tuple(level_points))
        masks.append(tuple(level_masks))
    return Grid(
        criteria=criteria,
        ranks=ranks,
        points=tuple(points),
        masks=tuple(masks),
        term_holds_to=tuple(order for order, _ in terms),
        band_low=tuple(kind.band_from * HUNDREDTHS for kind in rule_base.types),
        band_top=tuple(round(kind.band_to * HUNDREDTHS) for kind in rule_base.types),
    )


def answer_ranks(criterion: Criterion) -> dict[str, int]:
    """Return the order of a criterion's answers, from 0; answers with equal points share a place."""
    if any(answer.points is None for answer in criterion.answers):
        return {answer.value: place for place, answer in enumerate(criterion.answers)}
    distinct = sorted({answer.points or 0 for answer in criterion.answers})
    return {answer.value: distinct.index(answer.points or 0) for answer in criterion.answers}


def gate_terms(condition: Condition, ranks: Mapping[str, Mapping[str, int]]) -> list[Mapping[str, frozenset[str]]]:
    """Return a gate's condition as alternatives, each a set of allowed answers for some criteria.

    Raises:
        NotAGate: the condition reads something else than openness, or uses ``not`` or ``includes``.
    """
    if "answer" in condition:
        if condition["answer"] not in ranks or "includes" in condition:
            raise NotAGate(condition["answer"])
        return [{condition["answer"]: allowed_answers(condition, ranks)}]
    if "any" in condition:
        return [term for part in condition["any"] for term in gate_terms(part, ranks)]
    if "all" in condition:
        joined: list[Mapping[str, frozenset[str]]] = [{}]
        for part in condition["all"]:
            alternatives = gate_terms(part, ranks)
            joined = [_both(one, other) for one in joined for other in alternatives]
        return joined
    raise NotAGate("not")


def _both(one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    merged = dict(one)
    for key, allowed in other.items():
        merged[key] = merged[key] & allowed if key in merged else allowed
    return merged
