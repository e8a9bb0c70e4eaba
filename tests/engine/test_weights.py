"""What the advice is under other weightings of the same order."""

import random
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from spectrum_cli.engine.assess import assess, prepare
from spectrum_cli.engine.openness import compile_grid
from spectrum_cli.engine.weights import even_weights, importance, region_corners, weight_analysis
from spectrum_cli.files.decision_file import read_decision_file
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.decision import Answer

RULES = prepare(load_rule_base("practice"))
GRID = compile_grid(RULES.rule_base)
EXAMPLES = Path(__file__).parents[2] / "examples"
SAMPLES = 300


def keeps_the_order(weights):
    by_key = dict(zip([criterion.key for criterion in GRID.criteria], weights, strict=True))
    groups = [[by_key[criterion.key] for criterion in group] for group in importance(GRID)]
    return all(min(one) >= max(two) for one, two in pairwise(groups))


def example(name):
    return assess(read_decision_file(str(EXAMPLES / f"{name}.yaml")).decision.answers, RULES)


def test_the_corners_of_the_region_keep_the_order_and_are_all_there():
    corners = list(region_corners(GRID))
    assert len(corners) == len(set(corners)) == 7  # four questions in a row, then two of equal weight: 4 + 2 + 1
    for corner in corners:
        assert sum(corner) == 1
        assert keeps_the_order(corner)
    own = [Fraction(criterion.weight, 100) for criterion in GRID.criteria]
    assert keeps_the_order(own)


def test_drawn_weightings_keep_the_order_and_lie_inside_the_region():
    generator = random.Random(7)
    for _ in range(200):
        weights = even_weights(GRID, generator)
        assert keeps_the_order(weights)
        assert all(weight > 0 for weight in weights)


def test_ties_are_drawn_either_way():
    generator = random.Random(7)
    last = [even_weights(GRID, generator)[-2:] for _ in range(100)]
    assert {one > two for one, two in last} == {True, False}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_what_is_drawn_is_among_what_the_corners_allow(path):
    found = example(path.stem)
    result = weight_analysis(found, RULES, samples=SAMPLES)
    assert result is not None
    drawn = {kind for kind, share in result.shares if share}
    assert drawn <= set(result.reached)
    assert sum(share for _, share in result.shares) == pytest.approx(1)
    assert result.low <= result.high
    if found.certain and all(item.points is not None for item in found.contributions):
        assert found.type in result.reached
        assert result.low <= found.openness.value <= result.high


def test_where_a_gate_decides_no_weighting_does():
    result = weight_analysis(example("village-surgery"), RULES, samples=SAMPLES)
    assert result.gate_decides
    assert [kind.id for kind in result.reached] == ["consult"]


def test_where_weights_matter_it_is_said_exactly():
    """A made decision with answers asked for: whether it is more than INFORM hangs on how much the exchange counts."""
    result = weight_analysis(example("library-move"), RULES, samples=SAMPLES)
    assert not result.gate_decides
    assert [kind.id for kind in result.reached] == ["inform", "educate"]
    assert result.low == 0
    assert result.high == 13.75  # a quarter of the weight, at most, times 55 points


def test_the_same_seed_gives_the_same_shares_and_another_seed_nearly_the_same():
    found = example("library-move")
    one, two = (weight_analysis(found, RULES, seed=1, samples=2000) for _ in range(2))
    other = weight_analysis(found, RULES, seed=2, samples=2000)
    assert one == two
    inform = [{kind.id: share for kind, share in result.shares}["inform"] for result in (one, other)]
    assert inform[0] == pytest.approx(inform[1], abs=0.06)


def test_without_an_answer_about_openness_there_is_nothing_to_weigh():
    assert weight_analysis(assess({"need.impact": Answer("high", 1, 1, 1, 1)}, RULES), RULES) is None
