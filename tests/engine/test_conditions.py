import pytest

from spectrum_cli.engine.conditions import allowed_answers, compile_condition, keys_read
from spectrum_cli.model.decision import Answer

RANKS = {
    "openness.stage": {"made": 0, "proposal": 1, "options": 2},
    "openness.open_to_change": {"nothing": 0, "whether": 1, "method": 2, "quality_indicators": 2, "resources": 3},
}
HOLDS, FAILS, UNKNOWN = True, False, None


def outcome(condition, **answers):
    given = {key.replace("__", "."): Answer(value, 1, 1, 1, 1) for key, value in answers.items()}
    return compile_condition(condition, RANKS)(given)


STAGE = {"answer": "openness.stage", "is": "proposal"}


@pytest.mark.parametrize(("stage", "expected"), [("proposal", HOLDS), ("options", FAILS), (None, UNKNOWN)])
def test_a_condition_on_an_unstated_answer_is_unknown_rather_than_false(stage, expected):
    assert outcome(STAGE, openness__stage=stage) is expected


def test_an_absent_answer_is_unknown_too():
    assert outcome(STAGE) is UNKNOWN


@pytest.mark.parametrize(
    ("condition", "value", "expected"),
    [
        ({"at_least": "proposal"}, "made", FAILS),
        ({"at_least": "proposal"}, "proposal", HOLDS),
        ({"at_least": "proposal"}, "options", HOLDS),
        ({"at_most": "proposal"}, "made", HOLDS),
        ({"at_most": "proposal"}, "options", FAILS),
        ({"in": ["made", "options"]}, "options", HOLDS),
        ({"in": ["made", "options"]}, "proposal", FAILS),
        ({"at_least": "proposal", "at_most": "proposal"}, "proposal", HOLDS),
        ({"at_least": "proposal", "at_most": "proposal"}, "options", FAILS),
    ],
)
def test_answers_are_compared_by_their_order(condition, value, expected):
    assert outcome({"answer": "openness.stage", **condition}, openness__stage=value) is expected


@pytest.mark.parametrize(
    ("condition", "value", "expected"),
    [
        ({"at_least": 10}, 9, FAILS),
        ({"at_least": 10}, 10, HOLDS),
        ({"at_most": 10}, 10, HOLDS),
        ({"at_most": 10}, 11, FAILS),
        ({"is": 0}, 0, HOLDS),
    ],
)
def test_numbers_are_compared_at_their_boundary(condition, value, expected):
    assert outcome({"answer": "people.affected", **condition}, people__affected=value) is expected


@pytest.mark.parametrize(
    ("condition", "value", "expected"),
    [
        ({"is": "method"}, ("whether", "method"), HOLDS),
        ({"is": "method"}, ("method", "resources"), FAILS),
        ({"at_most": "whether"}, ("nothing",), HOLDS),
        ({"includes": "whether"}, ("whether", "resources"), HOLDS),
        ({"includes": "nothing"}, ("whether", "resources"), FAILS),
        ({"in": ["method", "quality_indicators"]}, ("quality_indicators",), HOLDS),
    ],
)
def test_a_list_is_compared_by_its_most_open_answer_except_by_includes(condition, value, expected):
    assert outcome({"answer": "openness.open_to_change", **condition}, openness__open_to_change=value) is expected


@pytest.mark.parametrize(("stated", "expected"), [(True, FAILS), (False, HOLDS)])
def test_whether_an_answer_is_stated_is_never_unknown(stated, expected):
    assert outcome({"answer": "time.ongoing", "stated": stated}) is expected
    assert outcome({"answer": "time.ongoing", "stated": stated}, time__ongoing=False) is (not expected)


T, F, U = {"answer": "a.t", "is": 1}, {"answer": "a.f", "is": 1}, {"answer": "a.u", "is": 1}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"all": [T, T]}, HOLDS),
        ({"all": [T, U]}, UNKNOWN),
        ({"all": [U, F]}, FAILS),
        ({"any": [F, T]}, HOLDS),
        ({"any": [U, T]}, HOLDS),
        ({"any": [F, U]}, UNKNOWN),
        ({"any": [F, F]}, FAILS),
        ({"not": T}, FAILS),
        ({"not": F}, HOLDS),
        ({"not": U}, UNKNOWN),
    ],
)
def test_and_or_and_not_keep_the_third_value(condition, expected):
    assert outcome(condition, a__t=1, a__f=0, a__u=None) is expected


def test_the_keys_of_a_condition_are_named_once_each_in_order():
    condition = {"all": [STAGE, {"any": [{"not": STAGE}, {"answer": "need.duty", "is": "none"}]}]}
    assert keys_read(condition) == ("openness.stage", "need.duty")


def test_the_keys_inside_a_not_are_read_too():
    assert keys_read({"not": {"answer": "need.duty", "is": "none"}}) == ("need.duty",)
    inside = {"any": [STAGE, {"not": {"all": [{"answer": "need.duty", "is": "none"}, STAGE]}}]}
    assert keys_read(inside) == ("openness.stage", "need.duty")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"at_least": "proposal"}, {"proposal", "options"}),
        ({"at_most": "proposal"}, {"made", "proposal"}),
        ({"at_least": "proposal", "at_most": "proposal"}, {"proposal"}),
        ({"is": "made"}, {"made"}),
        ({"in": ["made", "options"]}, {"made", "options"}),
    ],
)
def test_the_answers_that_a_comparison_allows_follow_their_order_and_not_the_alphabet(condition, expected):
    assert allowed_answers({"answer": "openness.stage", **condition}, RANKS) == expected
