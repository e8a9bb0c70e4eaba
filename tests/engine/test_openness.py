"""The whole space of complete answers is small enough to be proved by going through it."""

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given as forall
from hypothesis import strategies as st

from spectrum_cli.engine.changes import smallest_changes
from spectrum_cli.engine.openness import NotAGate, answer_ranks, compile_grid, gate_terms
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.decision import Answer
from tests.engine.small_rules import AGENDA, STAGE, prepared, question, rule, small

BASE = load_rule_base("practice")
GRID = compile_grid(BASE)
SIZES = [len(points) for points in GRID.points]
POINTS = list(product(*(range(size) for size in SIZES)))
PARTIAL = st.tuples(*(st.one_of(st.none(), st.integers(0, size - 1)) for size in SIZES))


def type_at(point):
    return GRID.type_of(GRID.openness(point))


def answers_at(point):
    """Answers whose levels are the point's; a list criterion gets a list."""
    found = {}
    for criterion, level in zip(GRID.criteria, point, strict=True):
        word = next(word for word, rank in GRID.ranks[criterion.key].items() if rank == level)
        found[criterion.key] = Answer((word,) if criterion.key.endswith("open_to_change") else word, 1, 1, 1, 1)
    return found


def completions(levels):
    return product(*([level] if level is not None else range(size) for level, size in zip(levels, SIZES, strict=True)))


def test_the_space_is_as_large_as_it_should_be():
    assert [criterion.id for criterion in GRID.criteria] == [
        "stage",
        "open-to-change",
        "use-of-input",
        "exchange",
        "starting-position",
        "agenda",
    ]
    assert len(POINTS) == 5 * 5 * 4 * 5 * 4 * 3


def test_a_more_open_answer_never_gives_a_less_open_decision():
    for point in POINTS:
        here = GRID.openness(point)
        for place, level in enumerate(point):
            if level + 1 < SIZES[place]:
                wider = (*point[:place], level + 1, *point[place + 1 :])
                assert GRID.openness(wider) >= here, (point, wider)


def test_every_type_is_reached_and_none_passes_its_gate():
    found = set()
    for point in POINTS:
        kind = type_at(point)
        found.add(kind)
        assert kind <= GRID.held_to(point)
    assert found == set(range(6))


def test_the_masks_say_what_the_conditions_of_the_gates_say(practice):
    orders = {kind.id: kind.order for kind in BASE.types}
    for point in POINTS:
        answers = answers_at(point)
        holding = [orders[gate.rule.effect["holds_to"]] for gate in practice.gates if gate.check(answers)]
        assert GRID.held_to(point) == min(holding, default=5), point


def test_gates_alone_decide_the_type_of_a_complete_file():
    """The sum places the marker inside the band; docs/calibration.md says so, and this keeps it true."""
    assert all(type_at(point) == GRID.held_to(point) for point in POINTS)


def test_bands_cover_the_scale_without_hole_or_overlap():
    assert GRID.band_low[0] == 0
    assert list(GRID.band_low) == sorted(set(GRID.band_low))
    for order, low in enumerate(GRID.band_low):
        assert GRID.type_of(low) == order
        assert GRID.type_of(GRID.band_top[order]) == order
        if order:
            assert GRID.type_of(low - 1) == order - 1
    assert GRID.type_of(10_000) == 5


@forall(PARTIAL)
def test_the_possible_types_are_exactly_those_of_all_completions(levels):
    assert GRID.possible(levels) == {type_at(point) for point in completions(levels)}


@forall(PARTIAL)
def test_the_next_question_is_the_one_that_narrows_most(levels):
    question = GRID.next_question(levels)
    if len(GRID.possible(levels)) == 1:
        assert question is None
        return

    def expected(place):
        criterion = GRID.criteria[place]
        ranks = [GRID.ranks[criterion.key][answer.value] for answer in criterion.answers]
        narrowed = [(*levels[:place], rank, *levels[place + 1 :]) for rank in ranks]
        return sum(len({type_at(point) for point in completions(box)}) for box in narrowed) / len(ranks)

    unknown = [place for place, level in enumerate(levels) if level is None]
    chosen, mean = question
    assert chosen in unknown
    assert mean == pytest.approx(expected(chosen))
    assert mean == pytest.approx(min(expected(place) for place in unknown))


@pytest.mark.parametrize("point", POINTS[:: len(POINTS) // 60])
def test_the_changes_to_another_type_are_the_fewest_there_are(point):
    kind = type_at(point)
    for target in range(6):
        if target == kind:
            continue
        distances = [
            sum(one != two for one, two in zip(point, other, strict=True))
            for other in POINTS
            if type_at(other) == target
        ]
        found = smallest_changes(GRID, point, target)
        assert found
        assert [steps for steps, _ in found] == sorted(steps for steps, _ in found)
        for _, changed in found:
            assert type_at(changed) == target
            assert sum(one != two for one, two in zip(point, changed, strict=True)) == min(distances)


def test_a_list_counts_by_its_most_open_item():
    key = "openness.open_to_change"
    assert GRID.level(key, ("whether", "resources")) == GRID.level(key, ("priorities",))
    assert GRID.level(key, ("quality_indicators",)) == GRID.level(key, ("method",))
    assert GRID.level(key, None) is None


@pytest.mark.parametrize(
    "condition",
    [
        {"answer": "need.impact", "is": "high"},
        {"not": {"answer": "openness.stage", "is": "made"}},
        {"answer": "openness.open_to_change", "includes": "whether"},
    ],
)
def test_a_gate_cannot_read_anything_but_the_answers_of_openness(condition):
    with pytest.raises(NotAGate, match=condition.get("answer", "not")):
        gate_terms(condition, GRID.ranks)


def test_the_engine_reads_no_files():
    """Kept by the import contracts too; here so that a plain test run shows it."""
    for module in (Path(__file__).parents[2] / "src" / "spectrum_cli" / "engine").glob("*.py"):
        text = module.read_text(encoding="utf-8")
        assert "import yaml" not in text
        assert " open(" not in text


# By hand


def terms(condition):
    return gate_terms(condition, compile_grid(small()).ranks)


MADE_OR_PROPOSAL = {"answer": STAGE, "at_most": "proposal"}
NOT_THE_FIRST = {"answer": STAGE, "at_least": "proposal"}
INVITED = {"answer": AGENDA, "is": "invited"}


def test_a_gate_is_taken_apart_into_alternatives():
    early, later, asked = {"made", "proposal"}, {"proposal", "options", "aim", "agenda"}, {"invited"}
    assert terms(MADE_OR_PROPOSAL) == [{STAGE: early}]
    assert terms({"any": [MADE_OR_PROPOSAL, INVITED]}) == [{STAGE: early}, {AGENDA: asked}]
    assert terms({"all": [MADE_OR_PROPOSAL, INVITED]}) == [{STAGE: early, AGENDA: asked}]
    assert terms({"all": [MADE_OR_PROPOSAL, NOT_THE_FIRST]}) == [{STAGE: {"proposal"}}]
    assert terms({"all": [{"any": [MADE_OR_PROPOSAL, NOT_THE_FIRST]}, INVITED]}) == [
        {STAGE: early, AGENDA: asked},
        {STAGE: later, AGENDA: asked},
    ]


@pytest.mark.parametrize(
    ("condition", "word"),
    [
        ({"any": [INVITED, {"answer": "need.impact", "is": "high"}]}, "need.impact"),
        ({"all": [INVITED, {"not": INVITED}]}, "not"),
    ],
)
def test_what_is_no_gate_is_no_part_of_one(condition, word):
    with pytest.raises(NotAGate, match=f"^{word}$"):
        terms(condition)


def test_answers_stand_in_the_order_of_their_points_or_as_they_are_written():
    assert answer_ranks(question(STAGE, 60, made=0, proposal=40, options=40, aim=100)) == {
        "made": 0,
        "proposal": 1,
        "options": 1,
        "aim": 2,
    }
    assert answer_ranks(question("need.impact", 0, low=None, high=None)) == {"low": 0, "high": 1}


def test_a_question_without_weight_is_no_question_of_openness():
    grid = compile_grid(small(questions=(*small().criteria, question("need.impact", 0, low=None, high=None))))
    assert [criterion.key for criterion in grid.criteria] == [STAGE, AGENDA]


def test_a_grid_holds_the_points_the_bands_and_the_gates_lowest_first():
    grid = compile_grid(small(rule("gate", "low", {"any": [INVITED, {"answer": STAGE, "is": "made"}]}, "inform")))
    assert grid.points == ((0, 1500, 3000, 4500, 6000), (0, 2000, 4000))
    assert grid.band_low == (0, 500, 2500, 4500, 6500, 8500)
    assert grid.band_top == (490, 2490, 4490, 6490, 8490, 10_000)
    assert grid.term_holds_to == (0, 0, 1, 3)
    assert grid.masks == (
        (0b1111, 0b1001, 0b1001, 0b1001, 0b1001),
        (0b1110, 0b0111, 0b0110),
    )


def test_a_point_is_held_to_the_lowest_gate_and_its_openness_to_that_types_top():
    grid = prepared().grid
    assert [grid.held_to((stage, agenda)) for stage, agenda in ((0, 0), (0, 2), (1, 0), (1, 1))] == [1, 1, 3, 5]
    assert [grid.openness(point) for point in ((0, 1), (0, 2), (4, 0), (4, 2))] == [2000, 2490, 6000, 10_000]


def test_the_estimate_shares_the_weights_out_over_what_is_answered():
    grid = prepared().grid
    assert grid.estimate((None, None)) is None
    assert grid.estimate((1, None)) == 2500
    assert grid.estimate((None, 1)) == 5000
    assert grid.estimate((1, 1)) == 3500
    thirds = prepared(questions=(question(STAGE, 30, made=0, aim=34), question(AGENDA, 70, system=0, together=1)))
    assert thirds.grid.estimate((1, 1)) == 30 * 34 + 70


def test_the_estimate_is_a_whole_number_rounded_down():
    three = (
        question(STAGE, 30, made=0, aim=34),
        question(AGENDA, 25, system=0, together=50),
        question("openness.exchange", 45, questions=0, discussion=100),
    )
    estimate = prepared(questions=three).grid.estimate((1, 1, None))
    assert (estimate, type(estimate)) == (4127, int)  # 2,270 points of 55


def test_the_levels_of_a_file_are_those_of_its_answers():
    grid = prepared().grid
    assert grid.levels({}) == (None, None)
    assert grid.levels({AGENDA: Answer("together", 1, 1, 1, 1)}) == (None, 2)
    assert grid.levels({STAGE: Answer("made", 1, 1, 1, 1), AGENDA: Answer(None, 1, 1, 1, 1)}) == (0, None)
    assert grid.corner((None, 1), most_open=True) == (4, 1)
    assert grid.corner((None, 1), most_open=False) == (0, 1)


def test_an_empty_list_is_no_answer():
    assert prepared().grid.level(STAGE, ()) is None


def test_the_next_question_is_told_with_how_many_types_stay():
    """The stage leaves 2, 3, 3, 3 and 3 types, the agenda all that two of its three answers can be."""
    grid = prepared().grid
    assert grid.next_question((None, None)) == (0, pytest.approx((2 + 3 + 3 + 3 + 3) / 5))
    assert grid.next_question((0, None)) == (1, 1)
    assert grid.next_question((4, 2)) is None
