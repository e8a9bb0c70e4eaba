"""Changes to another type, and single answers that carry the advice, against brute force over the whole space."""

from itertools import combinations, product
from pathlib import Path

import pytest

from spectrum_cli.engine.assess import assess, prepare
from spectrum_cli.engine.changes import smallest_changes, value_at, what_if, with_changes
from spectrum_cli.engine.openness import compile_grid
from spectrum_cli.files.decision_file import read_decision_file
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.decision import Answer

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
