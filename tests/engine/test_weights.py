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
from tests.engine.small_rules import AGENDA, MADE, OURS_ALONE, STAGE, prepared, question, rule
from tests.engine.small_rules import RULES as SMALL_RULES

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


# By hand: two questions, the first at least as important as the second


def weighed(rules, *, samples=SAMPLES, seed=1969, **openness):
    answers = {f"openness.{key}": Answer(value, 1, 1, 1, 1) for key, value in openness.items()}
    return weight_analysis(assess(answers, rules), rules, samples=samples, seed=seed)


def test_the_shares_are_those_of_weights_drawn_evenly():
    """The openness is the weight of the second question, which lies evenly between 0 and a half."""
    result = weighed(prepared(but=SMALL_RULES), stage="made", agenda="together", samples=4000)
    assert (result.low, result.high) == (0, 50)
    assert [kind.id for kind in result.reached] == ["inform", "educate", "consult", "engage"]
    shares = {kind.id: share for kind, share in result.shares}
    expected = {"inform": 0.1, "educate": 0.4, "consult": 0.4, "engage": 0.1}
    assert shares == {kind: pytest.approx(share, abs=0.03) for kind, share in expected.items()}


def test_what_was_drawn_and_in_which_order_is_told():
    result = weighed(prepared(), stage="made", agenda="together", samples=7, seed=11)
    assert (result.samples, result.seed) == (7, 11)
    assert result.order == ((STAGE,), (AGENDA,))
    answers = {STAGE: Answer("made", 1, 1, 1, 1)}
    assert weight_analysis(assess(answers, prepared()), prepared(), samples=1).seed == 1969


def test_questions_of_equal_weight_are_one_group():
    equal = prepared(questions=(question(STAGE, 50, made=0, aim=100), question(AGENDA, 50, system=0, together=100)))
    assert weighed(equal, stage="made", agenda="together").order == ((STAGE, AGENDA),)
    assert [kind.id for kind in weighed(prepared(), stage="agenda", agenda="together").reached] == ["co-produce"]


def test_where_a_single_type_is_reached_without_a_gate_no_gate_decides():
    result = weighed(prepared(), stage="agenda", agenda="together")
    assert (result.low, result.high) == (100, 100)
    assert [kind.id for kind in result.reached] == ["co-produce"]
    assert not result.gate_decides


def test_a_gate_decides_where_the_weights_never_lead_below_its_type():
    def rules(aim):
        return prepared(
            questions=(question(STAGE, 60, made=0, aim=aim, agenda=100), question(AGENDA, 40, system=0, together=100))
        )

    just = weighed(rules(90), stage="aim", agenda="system")
    assert (just.low, just.high) == (45, 64.9)
    assert just.gate_decides
    below = weighed(rules(88), stage="aim", agenda="system")
    assert [kind.id for kind in below.reached] == ["consult", "engage"]
    assert not below.gate_decides


def test_a_gate_that_is_not_reached_does_not_decide():
    result = weighed(prepared(), stage="proposal", agenda="system")
    assert [kind.id for kind in result.reached] == ["educate", "consult"]
    assert not result.gate_decides


def test_an_unanswered_question_takes_no_weight():
    result = weighed(prepared(), stage="aim")
    assert (result.low, result.high) == (75, 75)
    assert [(kind.id, share) for kind, share in result.shares] == [("co-design", 1)]
    assert weighed(prepared(but=SMALL_RULES), stage="aim").high == 75
    late = weighed(prepared(), agenda="together")
    assert (late.low, late.high) == (100, 100)


def test_what_every_answer_to_an_open_question_is_held_to_holds_already():
    """No gate holds while the agenda is open, but each answer to it will be held to CONSULT."""
    always = rule("gate", "always", {"answer": AGENDA, "at_most": "together"}, "consult")
    result = weighed(prepared(always, but=(MADE, OURS_ALONE)), stage="agenda")
    assert (result.low, result.high) == (44.9, 44.9)
    assert [(kind.id, share) for kind, share in result.shares] == [("consult", 1)]
    assert not result.gate_decides


def test_without_samples_there_are_no_shares():
    result = weighed(prepared(), stage="aim", samples=0)
    assert result.shares == ()
    assert [kind.id for kind in result.reached] == ["co-design"]
