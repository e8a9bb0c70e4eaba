"""How much an advice depends on the weights.

The weights are ours; only their order of importance is stated. So the question is what the advice would be under all
weightings that keep that order. They form a region with few corners. The openness under a weighting is a weighted sum,
or a quotient of two where answers are missing, so its extremes lie at corners: whether any weighting changes the type
is exact. The share of weightings for each type is estimated from a sample drawn evenly from the region, as in
stochastic multicriteria acceptability analysis (SMAA; Lahdelma, Hokkanen and Salminen, 1998).
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.engine.openness import HUNDREDTHS, Grid, Levels
from spectrum_cli.model.assessment import Assessment, WeightAnalysis
from spectrum_cli.model.rulebase import Criterion

SAMPLES = 10_000
SEED = 1969
"""The year of Arnstein's ladder. Any other seed would do; it is printed with the result."""


def weight_analysis(
    assessment: Assessment, rules: PreparedRules, *, seed: int = SEED, samples: int = SAMPLES
) -> WeightAnalysis | None:
    """Return what the advice would be under other weightings; None where nothing about openness is answered."""
    grid, types = rules.grid, rules.rule_base.types
    levels = grid.levels(assessment.answers)
    if all(level is None for level in levels) or assessment.type is None:
        return None
    held_to = _held_to(assessment, rules)
    bounds = _Bounds(grid, levels, held_to)
    values = [value for corner in region_corners(grid) if (value := bounds.openness(corner)) is not None]
    low, high = min(values), max(values)
    reached = types[grid.type_of(int(low)) : grid.type_of(int(high)) + 1]
    generator = random.Random(seed)
    counts: Counter[int] = Counter()
    for _ in range(samples):
        value = bounds.openness(even_weights(grid, generator))
        if value is not None:
            counts[grid.type_of(int(value))] += 1
    total = sum(counts.values())
    return WeightAnalysis(
        order=tuple(tuple(criterion.key for criterion in group) for group in importance(grid)),
        low=int(low) / HUNDREDTHS,
        high=int(high) / HUNDREDTHS,
        reached=reached,
        gate_decides=len(reached) == 1 and bool(assessment.gates) and low >= grid.band_low[held_to],
        shares=tuple((types[order], counts[order] / total) for order in sorted(counts)) if total else (),
        seed=seed,
        samples=samples,
    )


def importance(grid: Grid) -> list[list[Criterion]]:
    """Return the criteria in groups of equal weight, the most important first."""
    groups: dict[int, list[Criterion]] = {}
    for criterion in grid.criteria:
        groups.setdefault(criterion.weight, []).append(criterion)
    return [groups[weight] for weight in sorted(groups, reverse=True)]


def region_corners(grid: Grid) -> Iterator[tuple[Fraction, ...]]:
    """Yield the corners of the region of weightings that keep the order of importance.

    A corner shares the weight evenly over some first groups and any part of the next one. Inside a group of equal
    weights no order is stated.
    """
    places = {criterion.key: place for place, criterion in enumerate(grid.criteria)}
    before: list[int] = []
    for group in importance(grid):
        own = [places[criterion.key] for criterion in group]
        for size in range(1, len(own) + 1):
            for some in combinations(own, size):
                chosen = {*before, *some}
                yield tuple(
                    Fraction(1, len(chosen)) if place in chosen else Fraction(0) for place in range(len(places))
                )
        before += own


def even_weights(grid: Grid, generator: random.Random) -> tuple[Fraction | float, ...]:
    """Draw one weighting evenly from the region: sorted shares of a broken stick, ties in the order shuffled."""
    sticks = sorted((generator.expovariate(1.0) for _ in grid.criteria), reverse=True)
    places = {criterion.key: place for place, criterion in enumerate(grid.criteria)}
    order: list[int] = []
    for group in importance(grid):
        own = [places[criterion.key] for criterion in group]
        generator.shuffle(own)
        order += own
    weights = [0.0] * len(order)
    for place, stick in zip(order, sticks, strict=True):
        weights[place] = stick
    return tuple(weights)


class _Bounds:
    """The openness of one file under any weights: shared out over what is answered, gates applied, never outside what
    the file can still become.
    """

    def __init__(self, grid: Grid, levels: Levels, held_to: int) -> None:
        self._top = grid.band_top[held_to]
        self._values = [
            None if level is None else Fraction(points[level], criterion.weight)
            for criterion, points, level in zip(grid.criteria, grid.points, levels, strict=True)
        ]
        self._complete = None not in self._values
        least, most = grid.corner(levels, most_open=False), grid.corner(levels, most_open=True)
        self._least = self._corner(grid, least)
        self._most = self._corner(grid, most)

    @staticmethod
    def _corner(grid: Grid, point: tuple[int, ...]) -> tuple[int, list[Fraction]]:
        values = [
            Fraction(points[level], criterion.weight)
            for criterion, points, level in zip(grid.criteria, grid.points, point, strict=True)
        ]
        return grid.band_top[grid.held_to(point)], values

    def openness(self, weights: Sequence[Fraction | float]) -> Fraction | float | None:
        """Return the openness in hundredths; None where all the weight lies on questions without an answer."""
        weight = sum(share for share, value in zip(weights, self._values, strict=True) if value is not None)
        if not weight:
            return None
        total = sum(share * value for share, value in zip(weights, self._values, strict=True) if value is not None)
        value = min(total * HUNDREDTHS / weight, self._top)
        if self._complete:
            return value
        low, high = (
            min(sum(share * item for share, item in zip(weights, values, strict=True)) * HUNDREDTHS / sum(weights), top)
            for top, values in (self._least, self._most)
        )
        return min(max(value, low), high)


def _held_to(assessment: Assessment, rules: PreparedRules) -> int:
    held = [rules.orders[gate.rule.effect["holds_to"]] for gate in assessment.gates]
    return min(held, default=len(rules.rule_base.types) - 1)
