"""Several people's answers to one decision: where they differ, and whether it matters."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given as forall
from hypothesis import settings
from hypothesis import strategies as st

from spectrum_cli.engine.assess import PreparedRules, assess
from spectrum_cli.engine.compare import compare_parts, compare_whole, part_members
from spectrum_cli.files.decision_file import read_decision
from spectrum_cli.model.comparison import Disagreement, ScopeComparison
from spectrum_cli.model.decision import Answer, Decision
from spectrum_cli.model.document import Source
from spectrum_cli.workflows.compare import compare_people
from tests.cli.command import spectrum
from tests.workflows.answers import DECISIONS

HEAD = "spectrum: 1\ntitle: Where the benches go\n"
FULL = (
    "openness: {{stage: {stage}, open_to_change: [{open}], use_of_input: {use}, exchange: {exchange}, "
    "starting_position: leaning, agenda: invited}}\n"
)
ANN = FULL.format(stage="options", open="options", use="shapes", exchange="discussion")


def read(text: str) -> Decision:
    reading = read_decision(Source("a.yaml", HEAD + text))
    assert reading.decision is not None, reading.diagnostics
    return reading.decision


def compare(rules: PreparedRules, *texts: str) -> ScopeComparison:
    return compare_whole([read(text) for text in texts], rules)


def found(scope: ScopeComparison, key: str) -> Disagreement:
    return next(item for item in scope.disagreements if item.key == key)


# What must hold of any files


@settings(max_examples=100, deadline=None)
@forall(DECISIONS, st.integers(2, 4))
def test_equal_files_have_no_disagreement(practice: PreparedRules, decision: Decision, people: int) -> None:
    decisions = [decision] * people
    for scope in (compare_whole(decisions, practice), *compare_parts(decisions, practice)):
        assert scope.disagreements == ()
        assert scope.worded == ()
        assert len(scope.types) == 1
    whole = compare_whole(decisions, practice)
    assert whole.common.possible_types == whole.assessments[0].possible_types


@settings(max_examples=100, deadline=None)
@forall(st.lists(DECISIONS, min_size=2, max_size=4))
def test_what_all_agree_on_leaves_open_at_least_what_each_leaves_open(
    practice: PreparedRules, decisions: list[Decision]
) -> None:
    for scope in (compare_whole(decisions, practice), *compare_parts(decisions, practice)):
        common = set(scope.common.possible_types)
        for one in scope.assessments:
            assert common >= set(one.possible_types)
        for item in scope.disagreements:
            for one in scope.assessments:
                assert set(item.possible_types) >= set(one.possible_types)


@settings(max_examples=100, deadline=None)
@forall(DECISIONS, DECISIONS)
def test_the_order_of_two_people_changes_nothing_but_their_places(
    practice: PreparedRules, one: Decision, other: Decision
) -> None:
    there, back = compare_whole([one, other], practice), compare_whole([other, one], practice)
    assert [(item.key, item.matters, item.contradicts) for item in there.disagreements] == [
        (item.key, item.matters, item.contradicts) for item in back.disagreements
    ]
    assert {key for key, _ in there.agreed} == {key for key, _ in back.agreed}
    assert there.common.possible_types == back.common.possible_types


@settings(max_examples=100, deadline=None)
@forall(DECISIONS, DECISIONS)
def test_each_swap_is_what_the_file_would_give_and_none_is_left_out(
    practice: PreparedRules, one: Decision, other: Decision
) -> None:
    decisions = [one, other]
    scope = compare_whole(decisions, practice)
    for item in scope.disagreements:
        told = {(swap.person, str(swap.value)): swap.type for swap in item.swaps}
        for place, decision in enumerate(decisions):
            for view in item.views:
                if view.value is None or place in view.people:
                    continue
                changed = {**decision.answers, item.key: Answer(view.value, 0, 0, 0, 0)}
                after = assess(changed, practice).type
                before = scope.assessments[place].type
                assert told.get((place, str(view.value)), before) is after


@settings(max_examples=100, deadline=None)
@forall(DECISIONS, st.sampled_from(["openness.stage", "openness.exchange", "need.contested"]), st.data())
def test_where_two_people_differ_in_one_answer_it_matters_exactly_if_their_types_differ(
    practice: PreparedRules, decision: Decision, key: str, data: st.DataObject
) -> None:
    field = {"openness.stage": ("made", "aim"), "openness.exchange": ("one-way", "joint-work")}.get(
        key, ("low", "high")
    )
    values = data.draw(st.permutations(field))
    both = [
        replace(decision, answers={**decision.answers, key: Answer(value, 1, 1, 1, 1)}, parts=()) for value in values
    ]
    scope = compare_whole(both, practice)
    assert [item.key for item in scope.disagreements] == [key]
    assert scope.disagreements[0].contradicts
    assert scope.disagreements[0].matters is (len(scope.types) == 2)


# What is told


def test_who_says_what_in_the_order_of_the_format_and_those_who_do_not_say_last(practice: PreparedRules) -> None:
    scope = compare(
        practice,
        "openness: {stage: aim}\nneed: {impact: high}",
        "openness: {stage: made}",
        "openness: {stage: unknown}",
        "openness: {stage: made}\nneed: {impact: high}",
    )
    views = [(view.value, view.people, view.lines) for view in found(scope, "openness.stage").views]
    assert views == [("made", (1, 3), (3, 3)), ("aim", (0,), (3,)), (None, (2,), (0,))]
    assert found(scope, "openness.stage").contradicts
    assert not found(scope, "need.impact").contradicts


def test_a_disagreement_that_alone_changes_the_type_comes_first(practice: PreparedRules) -> None:
    ben = ANN.replace("stage: options", "stage: proposal") + "need: {impact: high}\n"
    scope = compare(practice, "need: {impact: low}\n" + ANN, ben)
    assert [(item.key, item.matters) for item in scope.disagreements] == [
        ("openness.stage", True),
        ("need.impact", False),
    ]
    (into_ann, into_ben) = scope.disagreements[0].swaps
    assert (into_ann.person, into_ann.value, into_ann.others) == (0, "proposal", (1,))
    assert into_ann.type is scope.assessments[1].type
    assert into_ben.type is scope.assessments[0].type


def test_people_with_the_same_type_for_different_reasons_still_disagree_in_what_matters(
    practice: PreparedRules,
) -> None:
    scope = compare(
        practice,
        ANN.replace("stage: options", "stage: proposal"),
        ANN.replace("open_to_change: [options]", "open_to_change: [whether]"),
    )
    assert [kind.id for kind in scope.types if kind] == ["consult"]
    assert [
        (item.key, [(swap.person, swap.type and swap.type.id) for swap in item.swaps]) for item in scope.disagreements
    ] == [
        ("openness.stage", [(0, "engage")]),
        ("openness.open_to_change", [(1, "engage")]),
    ]


def test_an_answer_that_only_some_give_is_told_apart_and_is_no_agreement(practice: PreparedRules) -> None:
    scope = compare(practice, "openness: {stage: made}\n", "need: {impact: high}\n")
    assert not any(item.contradicts for item in scope.disagreements)
    assert scope.agreed == ()
    assert found(scope, "openness.stage").matters
    assert len(scope.common.possible_types) == 6


def test_words_are_named_and_not_compared(practice: PreparedRules) -> None:
    scope = compare(practice, "owner: Ann\nnotes: a\nsummary: s", "owner: Ben\nnotes: b\nsummary: s")
    assert (scope.disagreements, scope.worded) == ((), ("owner",))


def test_the_order_of_a_list_is_no_disagreement(practice: PreparedRules) -> None:
    scope = compare(
        practice, "openness: {open_to_change: [method, options]}", "openness: {open_to_change: [options, method]}"
    )
    assert scope.disagreements == ()


def test_a_part_is_compared_by_what_is_said_for_it_among_those_who_have_it(practice: PreparedRules) -> None:
    parts = "parts: [{{id: x, title: X, openness: {{stage: {stage}}}}}]\n"
    decisions = [
        read("openness: {exchange: one-way}\n" + parts.format(stage="aim")),
        read("openness: {exchange: discussion}\n" + parts.format(stage="made")),
        read("parts: [{id: y, title: Y}]\n"),
    ]
    (scope,) = compare_parts(decisions, practice)
    assert (scope.id, scope.people) == ("x", (0, 1))
    assert [item.key for item in scope.disagreements] == ["openness.stage"]
    assert part_members(decisions) == {"x": (0, 1), "y": (2,)}


# The command


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "ann.yaml").write_text(HEAD + ANN, encoding="utf-8")
    (tmp_path / "ben.yaml").write_text(HEAD + ANN.replace("stage: options", "stage: proposal"), encoding="utf-8")
    (tmp_path / "broken.yaml").write_text(HEAD + "openness: {stage: maid}\n", encoding="utf-8")
    return tmp_path


def test_the_comparison_says_who_says_what_and_what_would_change(files: Path) -> None:
    ran = spectrum("advise", "ann.yaml", "ben.yaml", "--compare", cwd=files)
    assert (ran.code, ran.err) == (0, "")
    assert "They disagree, and it matters: ENGAGE or CONSULT. Settle first: openness.stage." in ran.out
    assert "with proposal, ann.yaml would give CONSULT" in ran.out
    assert "What all agree on" in ran.out


def test_people_who_agree_are_told_so(files: Path) -> None:
    (files / "cat.yaml").write_text(HEAD + ANN, encoding="utf-8")
    ran = spectrum("advise", "ann.yaml", "cat.yaml", "--compare", cwd=files)
    assert (ran.code, ran.err) == (0, "")
    assert "They agree on every answer: the advice is ENGAGE for each of them." in ran.out


@pytest.mark.parametrize("again", ["ann.yaml", "./ann.yaml", "link.yaml"])
def test_a_file_that_is_given_twice_is_compared_and_named(again: str, files: Path) -> None:
    (files / "link.yaml").symlink_to("ann.yaml")
    ran = spectrum("advise", "ann.yaml", "ben.yaml", again, "--compare", cwd=files)
    assert ran.code == 0
    assert ran.err == f"{again}: this file is given twice; each person has one of their own\n"


def test_what_the_comparison_cannot_write_is_said_before_anything_else(files: Path) -> None:
    ran = spectrum("advise", "ann.yaml", "ben.yaml", "--compare", "--format", "svg", cwd=files)
    assert "--compare writes text, json or markdown" in ran.err


def test_a_pattern_and_standard_input_name_people_too(files: Path) -> None:
    (files / "broken.yaml").unlink()
    ran = spectrum("advise", "*.yaml", "-", "--compare", "-f", "json", cwd=files, stdin=(HEAD + ANN).encode())
    assert [person["file"] for person in json.loads(ran.out)["people"]] == ["ann.yaml", "ben.yaml", "<stdin>"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["ann.yaml"],
        ["-", "-"],
        ["ann.yaml", "ben.yaml", "--format", "html"],
        ["ann.yaml", "ben.yaml", "--format", "svg"],
        ["ann.yaml", "ben.yaml", "--part", "x"],
        ["ann.yaml", "ben.yaml", "--quiet"],
        ["ann.yaml", "ben.yaml", "--output", "ann.yaml"],
    ],
)
def test_what_cannot_be_compared_is_a_usage_error(arguments: list[str], files: Path) -> None:
    ran = spectrum("advise", "--compare", *arguments, cwd=files)
    assert (ran.code, ran.out) == (2, "")
    assert "Usage: spectrum advise" in ran.err


def test_fewer_than_two_files_say_what_is_needed(files: Path) -> None:
    assert (
        "--compare needs the files of two people or more" in spectrum("advise", "ann.yaml", "--compare", cwd=files).err
    )


@pytest.mark.parametrize("format", ["text", "json", "markdown"])
def test_a_file_that_cannot_be_read_is_a_located_message_and_nothing_is_compared(format: str, files: Path) -> None:
    ran = spectrum("advise", "ann.yaml", "broken.yaml", "--compare", "-f", format, cwd=files)
    assert ran.code == 2
    assert ran.err.startswith("broken.yaml:3:19: SP202 ")
    if format == "json":
        assert json.loads(ran.out)["people"][1]["diagnostics"][0]["code"] == "SP202"
    else:
        assert ran.out == ""


@pytest.mark.parametrize("format", ["text", "json", "markdown"])
def test_the_comparison_can_be_written_to_a_file(format: str, files: Path) -> None:
    ran = spectrum("advise", "ann.yaml", "ben.yaml", "--compare", "-f", format, "-o", "out", cwd=files)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert "openness.stage" in (files / "out").read_text(encoding="utf-8")
    assert spectrum("advise", "ann.yaml", "ben.yaml", "--compare", "-f", format, "-o", "out", cwd=files).code == 2


def test_a_file_that_is_not_there_is_told_for_the_person_whose_it_is(files: Path, practice: PreparedRules) -> None:
    compared = compare_people([str(files / "ann.yaml"), str(files / "none.yaml")], practice)
    assert compared.comparison is None
    assert [len(person.diagnostics) for person in compared.people] == [0, 1]
