"""The classes that answers fall into, and conditions as diagrams over them."""

from itertools import product

import pytest

from spectrum_cli.engine.conditions import compile_condition
from spectrum_cli.engine.verify_openness import Typed, complete_files, held_to, type_function
from spectrum_cli.engine.verify_space import LARGEST, Space, answers_of, comparisons
from spectrum_cli.model.decision import Answer, Fixed
from spectrum_cli.model.decision_format import FIELDS, TYPE_IDS
from tests.engine.small_rules import (
    AGENDA,
    DUTY,
    GUESS,
    IMPACT,
    LISTS,
    MADE,
    OPEN,
    OURS_ALONE,
    RULES,
    STAGE,
    prepared,
    question,
    rule,
)


def space(*more, but=(), **how):
    rules = prepared(*more, but=but, **how)
    return Space(rules.rule_base, rules.grid)


def noted(condition, **how):
    """The space of the small rule base without its rules, but with a note."""
    return space(rule("note", "new", condition, "X"), but=RULES, **how)


def classes(found, key):
    return [(item.value, item.level) for item in found.classes(found.numbers[key])]


def values(found, key):
    return [value for value, _ in classes(found, key)]


# Variables and classes


def test_the_questions_come_first_then_what_rules_read_in_the_order_of_the_format_then_the_advice():
    found = space()
    assert [variable.key for variable in found.variables] == [
        STAGE,
        AGENDA,
        "need.impact",
        "need.understanding",
        "need.duty",
        "time.weeks",
        "advice.type",
        "advice.gap",
    ]
    assert list(found.questions) == [0, 1]
    assert found.numbers == {variable.key: number for number, variable in enumerate(found.variables)}
    assert found.diagrams.sizes == (6, 4, 3, 3, 3, 3, 7, 7)


def test_a_question_has_a_class_for_each_level_and_one_for_unknown():
    found = space()
    assert classes(found, STAGE) == [
        ("made", 0),
        ("proposal", 1),
        ("options", 2),
        ("aim", 3),
        ("agenda", 4),
        (None, None),
    ]
    assert classes(found, AGENDA) == [("system", 0), ("invited", 1), ("together", 2), (None, None)]
    assert found.by_level(0) == [[0], [1], [2], [3], [4]]


def test_answers_that_no_rule_tells_apart_are_one_class():
    found = space()
    assert classes(found, "need.impact") == [("low", None), ("high", None), (None, None)]
    assert classes(found, "need.duty") == [("none", None), ("express", None), (None, None)]
    assert [variable.unknown for variable in found.variables] == [5, 3, 2, 2, 2, 2, 6, 6]


def test_the_advice_has_a_class_for_each_type_and_gap():
    found = space()
    assert values(found, "advice.type") == [*TYPE_IDS, None]
    assert values(found, "advice.gap") == [0, 1, 2, 3, 4, 5, None]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"at_most": 4}, [4, 5]),
        ({"at_least": 4}, [4, 3]),
        ({"is": 4}, [4, 3]),
        ({"in": [4, 9]}, [4, 3]),
        ({"at_least": 4, "at_most": 6}, [4, 3]),
        ({"at_least": 0}, [0]),
        ({"at_most": LARGEST}, [LARGEST]),
        ({"stated": True}, [0]),
    ],
)
def test_numbers_fall_on_either_side_of_what_they_are_compared_with(condition, expected):
    found = noted({"answer": "time.weeks", **condition})
    assert values(found, "time.weeks") == [*expected, None]


def test_what_lies_between_two_numbers_is_a_class_of_its_own():
    between = {"any": [{"answer": "time.weeks", "at_most": 3}, {"answer": "time.weeks", "at_least": 5}]}
    found = noted(between)
    assert values(found, "time.weeks") == [3, 4, 5, None]


def test_the_largest_number_has_fifteen_digits():
    assert LARGEST == 999_999_999_999_999


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("time.ongoing", [True, None]),
        ("plan.promise", ["Something is said here.", None]),
        ("people.groups", [("something",), None]),
        ("dates.opens", ["2027-01-05", None]),
        ("openness.fixed", [(Fixed("Something is fixed.", ""),), None]),
        ("support.skills", ["met", None]),
    ],
)
def test_each_kind_of_answer_has_an_example(key, expected):
    found = noted({"answer": key, "stated": True})
    assert values(found, key) == expected


def test_a_yes_or_no_has_both():
    assert values(noted({"answer": "time.ongoing", "is": True}), "time.ongoing") == [True, False, None]


def test_a_title_is_never_unknown():
    found = noted({"answer": "title", "stated": True})
    variable = found.variables[found.numbers["title"]]
    assert [item.value for item in variable.classes] == ["Something is said here."]
    assert variable.unknown is None


def test_a_list_has_a_class_for_each_level_while_no_rule_looks_closer():
    found = space(questions=LISTS, but=(MADE, OURS_ALONE, GUESS))
    assert classes(found, OPEN) == [
        (("nothing",), 0),
        (("whether",), 1),
        (("options",), 2),
        (("method",), 3),
        (("priorities",), 4),
        (None, None),
    ]
    assert found.variables[0].reordered == ()
    assert found.by_level(0) == [[0], [1], [2], [3], [4]]


def test_a_list_has_a_class_more_for_an_item_that_a_rule_looks_for():
    found = noted({"answer": OPEN, "includes": "whether"}, questions=LISTS)
    assert classes(found, OPEN) == [
        (("nothing",), 0),
        (("whether",), 1),
        (("options",), 2),
        (("method",), 3),
        (("priorities",), 4),
        (("options", "whether"), 2),
        (("method", "whether"), 3),
        (("priorities", "whether"), 4),
        (None, None),
    ]
    assert found.variables[0].reordered == ()
    assert found.by_level(0) == [[0], [1], [2, 5], [3, 6], [4, 7]]


def test_nothing_stands_in_no_list_with_anything_else():
    found = noted({"answer": OPEN, "includes": "nothing"}, questions=LISTS)
    assert [value for value in values(found, OPEN) if value and "nothing" in value] == [("nothing",)]


def test_a_list_of_everything_has_a_class_where_a_rule_asks_for_all_of_it():
    words = [word for word in FIELDS[OPEN].answers if word != "nothing"]
    found = noted({"all": [{"answer": OPEN, "includes": word} for word in words]}, questions=LISTS)
    lists = [value for value in values(found, OPEN) if value]
    assert len(lists) == 1 + 2 ** len(words) - 1
    assert max(lists, key=len) == ("priorities", *(word for word in words if word != "priorities"))


def test_a_list_that_counts_by_what_is_written_first_is_paired_with_itself():
    found = noted({"answer": OPEN, "is": "method"}, questions=LISTS)
    assert classes(found, OPEN)[3:5] == [(("method",), 3), (("priorities",), 4)]
    assert classes(found, OPEN)[5] == (("quality_indicators",), 3)
    assert found.variables[0].reordered == ((3, 5),)


# Conditions

CONDITIONS = {
    "one": {"answer": STAGE, "at_least": "options"},
    "not": {"not": {"answer": "need.impact", "is": "high"}},
    "all": {"all": [{"answer": STAGE, "is": "made"}, {"answer": "need.impact", "is": "high"}]},
    "any": {"any": [{"answer": STAGE, "is": "made"}, {"answer": "need.duty", "is": "express"}]},
    "all of three": {
        "all": [
            {"answer": STAGE, "at_most": "aim"},
            {"answer": AGENDA, "is": "invited"},
            {"answer": "need.impact", "is": "high"},
        ]
    },
    "any of three": {
        "any": [
            {"answer": STAGE, "is": "aim"},
            {"answer": AGENDA, "is": "invited"},
            {"not": {"answer": "need.impact", "is": "high"}},
        ]
    },
    "stated": {"any": [{"answer": STAGE, "stated": False}, {"answer": "time.weeks", "at_most": 4}]},
    "all in any": {
        "any": [
            {"all": [{"answer": STAGE, "is": "aim"}, {"answer": AGENDA, "is": "invited"}]},
            {"not": {"all": [{"answer": "need.impact", "is": "high"}, {"answer": AGENDA, "stated": True}]}},
        ]
    },
}


@pytest.mark.parametrize("condition", CONDITIONS.values(), ids=CONDITIONS)
def test_a_condition_is_the_same_function_as_the_one_that_the_assessment_asks(condition):
    found = space(rule("note", "new", condition, "X"))
    node = found.condition(condition)
    check = compile_condition(condition, found.ranks)
    read = sorted({found.numbers[atom["answer"]] for atom in comparisons(condition)})
    for chosen in product(*(range(len(found.classes(number))) for number in read)):
        point = [0] * len(found.variables)
        answers = {}
        for number, place in zip(read, chosen, strict=True):
            point[number] = place
            answers[found.variables[number].key] = found.classes(number)[place].value
        assert found.diagrams.at(node, point) is check(answers_of(answers)), answers


def test_the_order_of_answers_is_that_of_their_points_then_that_of_the_format():
    ranks = space(questions=LISTS, but=(MADE, OURS_ALONE, GUESS)).ranks
    assert ranks[OPEN]["method"] == ranks[OPEN]["quality_indicators"] == 3
    assert ranks[STAGE] == {word: place for place, word in enumerate(FIELDS[STAGE].answers)}
    assert ranks["advice.type"] == {word: place for place, word in enumerate(TYPE_IDS)}
    assert "time.weeks" not in ranks
    assert "plan.promise" not in ranks


def test_comparisons_are_named_one_by_one():
    condition = {"any": [{"all": [MADE.when, OURS_ALONE.when]}, {"not": IMPACT.when}, DUTY.when]}
    assert list(comparisons(condition)) == [MADE.when, OURS_ALONE.when, IMPACT.when, DUTY.when]
    assert list(comparisons(MADE.when)) == [MADE.when]


def test_complete_is_where_every_question_has_an_answer():
    found = space()
    node = found.complete()
    for stage, agenda in product(range(6), range(4)):
        point = [stage, agenda, *(len(variable.classes) - 1 for variable in found.variables[2:])]
        assert found.diagrams.at(node, point) is (stage != 5 and agenda != 3)


def test_before_the_advice_its_type_and_gap_are_unknown():
    found = space()
    both = {"all": [{"answer": "advice.type", "stated": False}, {"answer": "advice.gap", "stated": False}]}
    always = found.without_advice(found.condition(both))
    assert found.diagrams.is_leaf(always)
    assert found.diagrams.value(always) is True
    unknown = found.without_advice(found.condition({"answer": "advice.type", "is": "consult"}))
    assert found.diagrams.value(unknown) is None


def test_the_size_of_a_space_is_the_product_of_its_classes():
    found = space()
    assert found.size([]) == 1
    assert found.size([STAGE]) == 6
    assert found.size([STAGE, AGENDA, "need.impact"]) == 6 * 4 * 3


def test_a_place_is_told_as_answers():
    found = space()
    gap = found.numbers["advice.gap"]
    assert found.values({0: 1, 2: 1, gap: 2}) == {STAGE: "proposal", "need.impact": "high"}
    assert found.values({1: 3}) == {AGENDA: None}
    assert found.values({0: 0}, complete=True) == {STAGE: "made", AGENDA: "together"}
    assert found.values({gap - 1: 0}, complete=True) == {STAGE: "agenda", AGENDA: "together"}
    assert found.levels({0: 4, 2: 1}) == (4, None)
    assert found.levels({0: 5, 1: 0}) == (None, 0)


def test_values_become_answers_without_a_line():
    assert answers_of({STAGE: "made", AGENDA: None}) == {
        STAGE: Answer("made", 0, 0, 0, 0),
        AGENDA: Answer(None, 0, 0, 0, 0),
    }


# The type as a function


def test_the_type_is_that_of_the_sum_held_to_the_lowest_gate():
    found = space()
    typed = type_function(found)
    assert isinstance(typed, Typed)
    grid = found.grid
    for stage, agenda in product(range(5), range(3)):
        point = [stage, agenda, 0, 0, 0, 0, 0, 0]
        total = (0, 15, 30, 45, 60)[stage] + (0, 20, 40)[agenda]
        gates = [1 if stage == 0 else 5, 3 if agenda == 0 else 5]
        assert found.diagrams.at(typed.held, point) == min(gates)
        assert found.diagrams.at(typed.type, point) == min(grid.type_of(total * 100), *gates)
    assert found.diagrams.at(typed.type, [5, 0, 0, 0, 0, 0, 0, 0]) is None
    assert found.diagrams.at(typed.type, [0, 3, 0, 0, 0, 0, 0, 0]) is None
    assert [gate.id for gate, _ in typed.gates] == ["made", "ours-alone"]


def test_a_sum_a_hundredth_below_a_band_is_not_in_it():
    questions = (
        question(STAGE, 51, made=0, proposal=49, options=49, aim=49, agenda=49),
        question(AGENDA, 49, system=0, invited=0, together=0),
    )
    found = space(but=RULES, questions=questions)
    point = [1, 0, 0, 0]
    assert found.grid.openness((1, 0)) == 2499
    assert found.diagrams.at(type_function(found).type, point) == 1


def test_without_gates_the_last_type_is_what_a_file_is_held_to():
    found = space()
    assert found.diagrams.value(held_to(found, ())) == 5


def test_files_of_the_same_levels_are_counted_once():
    assert complete_files(space()) == 15
    assert complete_files(space(questions=LISTS, but=(MADE, OURS_ALONE, GUESS))) == 5
