"""Changes to another type, and single answers that carry the advice, against brute force over the whole space."""

from itertools import combinations, product
from pathlib import Path

import pytest

from spectrum_cli.engine.assess import assess, prepare
from spectrum_cli.engine.changes import find_moves, smallest_changes, value_at, what_if, with_changes
from spectrum_cli.engine.openness import compile_grid
from spectrum_cli.files.decision_file import read_decision_file
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.decision import Answer
from tests.engine.small_rules import AGENDA, STAGE, prepared, question, rule
from tests.engine.small_rules import RULES as SMALL_RULES

RULES = prepare(load_rule_base("practice"))
GRID = compile_grid(RULES.rule_base)
SIZES = [len(points) for points in GRID.points]
TYPE_AT = {point: GRID.type_of(GRID.openness(point)) for point in product(*(range(size) for size in SIZES))}
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))


def scopes():
    for path in EXAMPLES:
        decision = read_decision_file(str(path)).decision
        yield pytest.param(decision.answers, id=path.stem)
        for part in decision.parts:
            yield pytest.param(decision.part_answers(part), id=f"{path.stem}-{part.id}")


SCOPES = list(scopes())


def types_in(levels):
    box = (range(size) if level is None else [level] for level, size in zip(levels, SIZES, strict=True))
    return {TYPE_AT[point] for point in product(*box)}


def brute_force_size(levels, target):
    """The fewest changed answers after which only the target type is possible."""
    for size in range(1, len(levels) + 1):
        for chosen in combinations(range(len(levels)), size):
            for picked in product(*(range(SIZES[place]) for place in chosen)):
                changed = list(levels)
                for place, level in zip(chosen, picked, strict=True):
                    changed[place] = level
                if types_in(changed) == {target}:
                    return size
    return None


@pytest.mark.parametrize("answers", SCOPES)
def test_the_changes_named_give_the_type_and_no_smaller_set_does(answers):
    found = assess(answers, RULES)
    result = what_if(found, RULES)
    assert {target.type for target in result.targets} == set(RULES.rule_base.types) - {found.type}
    for target in result.targets:
        size = brute_force_size(GRID.levels(answers), target.type.order)
        assert target.sets, target.type.id
        for entry in target.sets:
            assert len(entry.changes) == size
            changed = with_changes(answers, {change.criterion.key: change.after for change in entry.changes})
            after = assess(changed, RULES)
            assert after.certain
            assert after.type is target.type


@pytest.mark.parametrize("answers", SCOPES)
def test_the_answers_to_double_check_are_exactly_those_that_change_the_advice_alone(answers):
    found = assess(answers, RULES)
    flips = {
        (flip.criterion.key, GRID.level(flip.criterion.key, flip.after)): flip.type
        for flip in what_if(found, RULES).flips
    }
    for criterion in GRID.criteria:
        answer = answers.get(criterion.key)
        if answer is None or answer.value is None:
            assert not [key for key, _ in flips if key == criterion.key]
            continue
        for item in criterion.answers:
            value = (item.value,) if criterion.key in RULES.list_keys else item.value
            level = GRID.level(criterion.key, value)
            after = assess(with_changes(answers, {criterion.key: value}), RULES).type
            expected = after if after is not found.type and level != GRID.level(criterion.key, answer.value) else None
            assert flips.get((criterion.key, level)) is expected


def test_of_the_changes_to_the_same_questions_only_the_smallest_are_kept():
    made = GRID.levels({"openness.stage": Answer("made", 1, 1, 1, 1)})
    assert made[0] == 0
    for target in range(1, 6):
        found = smallest_changes(GRID, made, target)
        for _, changed in found:
            places = [place for place, (one, two) in enumerate(zip(made, changed, strict=True)) if one != two]
            rivals = [
                steps
                for steps, other in found
                if places == [p for p, (one, two) in enumerate(zip(made, other, strict=True)) if one != two]
            ]
            assert len(set(rivals)) == 1


CRITERION = next(criterion for criterion in GRID.criteria if criterion.id == "open-to-change")


@pytest.mark.parametrize(
    ("old", "word", "expected"),
    [
        (("whether",), "options", ("whether", "options")),
        (("nothing",), "whether", ("whether",)),
        (("whether", "priorities"), "options", ("whether", "options")),
        (("quality_indicators", "resources"), "method", ("quality_indicators",)),
        (("whether",), "nothing", ("nothing",)),
        (None, "priorities", ("priorities",)),
    ],
)
def test_a_list_keeps_what_it_can_when_it_changes(old, word, expected):
    level = GRID.ranks[CRITERION.key][word]
    assert value_at(CRITERION, old, level, word, RULES) == expected


def test_changes_that_contradict_the_rest_of_the_file_are_left_out_or_marked():
    settled = {
        "openness.stage": "made",
        "openness.open_to_change": ("nothing",),
        "openness.use_of_input": "none",
        "openness.exchange": "responses",
        "openness.starting_position": "settled",
        "openness.agenda": "system",
    }
    answers = {key: Answer(value, 1, 1, 1, 1) for key, value in settled.items()}
    targets = {target.type.id: target for target in what_if(assess(answers, RULES), RULES).targets}
    assert targets["inform"].sets[0].contradictions == ()
    assert targets["consult"].sets[0].contradictions == ("settled-mind",)


def test_one_target_names_the_support_that_it_would_need():
    answers = {
        "openness.stage": Answer("proposal", 1, 1, 1, 1),
        "support.reasons": Answer("met", 1, 1, 1, 1),
        "support.scope": Answer("planned", 1, 1, 1, 1),
        "support.commitment": Answer("missing", 1, 1, 1, 1),
    }
    engage = RULES.rule_base.type("engage")
    result = what_if(assess(answers, RULES), RULES, engage)
    assert [target.type.id for target in result.targets] == ["engage"]
    needed = {item.id for item in result.targets[0].support_missing}
    assert "commitment" in needed
    assert "perspectives" in needed
    assert not needed & {"reasons", "scope", "skills"}
    assert result.flips == ()


# By hand


def small_assessed(rules, **openness):
    answers = {f"openness.{key}": Answer(value, 4, 3, 4, 9) for key, value in openness.items()}
    return assess(answers, rules)


def sets(rules, found, kind):
    (target,) = what_if(found, rules, rules.rule_base.type(kind)).targets
    return [
        ({item.criterion.key: (item.before, item.after) for item in entry.changes}, entry.contradictions)
        for entry in target.sets
    ]


AT_ODDS = {"all": [{"answer": STAGE, "at_least": "options"}, {"answer": AGENDA, "is": "system"}]}


def caution(condition, about="caution"):
    return rule("note", "odd", condition, {"says": "This is odd.", "about": about})


def test_changes_that_would_contradict_the_rest_are_left_out_while_others_do_the_same():
    rules = prepared(caution(AT_ODDS))
    found = small_assessed(rules, stage="proposal", agenda="system")
    by_stage, by_agenda = {STAGE: ("proposal", "options")}, {AGENDA: ("system", "invited")}
    assert sets(prepared(), found, "consult") == [(by_stage, ()), (by_agenda, ())]
    assert sets(rules, found, "consult") == [(by_agenda, ())]


@pytest.mark.parametrize(
    "note",
    [
        caution(AT_ODDS, about="fit"),
        caution({"answer": AGENDA, "stated": True}),
        caution({"all": [AT_ODDS, {"answer": "time.weeks", "stated": False}]}),
    ],
    ids=["a note on something else", "a note that is given already", "a note that rests on more than openness"],
)
def test_only_a_new_caution_about_openness_is_a_contradiction(note):
    rules = prepared(note)
    found = small_assessed(rules, stage="proposal", agenda="system")
    assert [contradictions for _, contradictions in sets(rules, found, "consult")] == [(), ()]


def test_the_least_and_the_most_open_type_have_a_move_on_one_side():
    rules = prepared()
    least = find_moves(small_assessed(rules, stage="made", agenda="system"), rules)
    assert {move.type.id for move in least} == {"educate"}
    most = find_moves(small_assessed(rules, stage="agenda", agenda="together"), rules)
    assert {move.type.id for move in most} == {"co-design"}
    above_least = find_moves(small_assessed(rules, stage="made", agenda="invited"), rules)
    assert {move.type.id for move in above_least} == {"inform", "consult"}


def test_a_move_takes_as_few_steps_as_any():
    """ENGAGE is reached from proposal and invited by one step of either answer, and by two steps of none."""
    rules = prepared()
    moves = find_moves(small_assessed(rules, stage="proposal", agenda="invited"), rules)
    up = [move.changes for move in moves if move.type.id == "engage"]
    assert [[(item.criterion.key, item.before, item.after) for item in changes] for changes in up] == [
        [(STAGE, "proposal", "options")],
        [(AGENDA, "invited", "together")],
    ]


def test_what_if_carries_the_assessment_that_it_is_about():
    found = assess({}, RULES)
    result = what_if(found, RULES)
    assert result.assessment is found
    assert result.flips == ()
    assert len(result.targets) == 6


def test_an_answer_to_double_check_is_told_as_it_is_and_as_it_would_be():
    rules = prepared()
    flips = what_if(small_assessed(rules, stage="proposal", agenda="invited"), rules).flips
    assert [(flip.criterion.key, flip.before, flip.after, flip.type.id) for flip in flips] == [
        (STAGE, "proposal", "made", "educate"),
        (STAGE, "proposal", "options", "engage"),
        (STAGE, "proposal", "aim", "co-design"),
        (STAGE, "proposal", "agenda", "co-design"),
        (AGENDA, "invited", "system", "educate"),
        (AGENDA, "invited", "together", "engage"),
    ]


def test_a_list_to_double_check_keeps_its_other_items():
    key = "openness.open_to_change"
    rules = prepared(but=SMALL_RULES, questions=(question(key, 100, nothing=0, whether=25, options=50, method=75),))
    flips = what_if(small_assessed(rules, open_to_change=("whether", "options")), rules).flips
    assert [(flip.after, flip.type.id) for flip in flips] == [
        (("nothing",), "inform"),
        (("whether",), "consult"),
        (("whether", "options", "method"), "co-design"),
    ]
    assert {flip.before for flip in flips} == {("whether", "options")}


def test_a_changed_answer_keeps_its_place_and_a_new_one_has_none():
    before = {STAGE: Answer("made", 4, 3, 4, 9)}
    after = with_changes(before, {STAGE: "aim", AGENDA: "invited"})
    assert after == {STAGE: Answer("aim", 4, 3, 4, 9), AGENDA: Answer("invited", 0, 0, 0, 0)}
    assert all(type(place) is int for place in after[AGENDA][1:])
    assert before == {STAGE: Answer("made", 4, 3, 4, 9)}


def test_support_that_is_planned_or_needed_later_is_not_missing():
    answers = {
        "openness.stage": Answer("proposal", 1, 1, 1, 1),
        "support.scope": Answer(None, 1, 1, 1, 1),
        "support.reasons": Answer("missing", 1, 1, 1, 1),
        "support.pros_and_cons": Answer("planned", 1, 1, 1, 1),
    }
    targets = {target.type.id: target for target in what_if(assess(answers, RULES), RULES).targets}
    assert [item.id for item in targets["inform"].support_missing] == []
    assert [item.id for item in targets["educate"].support_missing] == ["reasons"]
    orders = {kind.id: kind.order for kind in RULES.rule_base.types}
    for target in targets.values():
        assert all(orders[item.needed_from] <= target.type.order for item in target.support_missing)


def test_a_type_that_is_certain_already_needs_no_change():
    rules = prepared()
    found = small_assessed(rules, stage="proposal", agenda="invited")
    assert what_if(found, rules, rules.rule_base.type("consult")).targets == ()


def test_a_type_that_is_only_the_best_estimate_can_be_made_certain():
    rules = prepared()
    found = small_assessed(rules, stage="made")
    assert (found.type.id, found.certain) == ("inform", False)
    assert sets(rules, found, "inform") == [({AGENDA: (None, "system")}, ())]


def test_changes_with_equally_many_steps_are_all_kept():
    """From an unknown answer every answer is one step away."""
    grid = prepared().grid
    assert smallest_changes(grid, (None, 1), 4) == [(1, (3, 1)), (1, (4, 1))]
    assert smallest_changes(grid, (1, 1), 4) == [(2, (3, 1))]
    assert smallest_changes(grid, (0, 0), 5) == [(5, (3, 2))]


def test_a_change_changes_something_even_where_the_type_is_there_already():
    assert all(changed != (1, 1) for _, changed in smallest_changes(prepared().grid, (1, 1), 2))
