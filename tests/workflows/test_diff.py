"""Two texts of one decision: what changed in the answers, the advice, the promise, and what people were told."""

import json
from pathlib import Path

import pytest
from hypothesis import given as forall
from hypothesis import settings

from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.engine.compare import difference, offer_changes
from spectrum_cli.files.decision_file import read_decision
from spectrum_cli.model.comparison import Difference, Direction, ScopeDifference, together
from spectrum_cli.model.decision import Decision
from spectrum_cli.model.document import Source
from spectrum_cli.workflows.diff import compare_texts
from spectrum_cli.workflows.narrowing import narrowed
from tests.cli.command import spectrum
from tests.workflows.answers import DECISIONS
from tests.workflows.decisions import CLEAN, commit

TODAY = "2027-02-15"
HEAD = "spectrum: 1\ntitle: Where the benches go\n"
SAME, WIDENED, NARROWED, MIXED, UNCLEAR = Direction


def read(text: str) -> Decision:
    reading = read_decision(Source("a.yaml", HEAD + text))
    assert reading.decision is not None, reading.diagnostics
    return reading.decision


def scopes(before: str, after: str, rules: PreparedRules, today: str = TODAY) -> tuple[ScopeDifference, ...]:
    return difference(read(before), read(after), rules, today)


# What must hold of any two texts


@settings(max_examples=150, deadline=None)
@forall(DECISIONS)
def test_a_text_does_not_differ_from_itself(practice: PreparedRules, decision: Decision) -> None:
    for scope in difference(decision, decision, practice, TODAY):
        assert (scope.status, scope.direction, scope.answers) == ("same", SAME, ())
        assert scope.timing.phase_before == scope.timing.phase_after
        assert scope.before == scope.after


@settings(max_examples=150, deadline=None)
@forall(DECISIONS, DECISIONS)
def test_what_is_wider_one_way_is_narrower_the_other_way(
    practice: PreparedRules, one: Decision, other: Decision
) -> None:
    there = {scope.id: scope for scope in difference(one, other, practice, TODAY)}
    back = {scope.id: scope for scope in difference(other, one, practice, TODAY)}
    assert there.keys() == back.keys()
    for ident, scope in there.items():
        assert scope.direction.reversed is back[ident].direction
        assert [(item.key, item.after, item.before) for item in back[ident].answers] == list(scope.answers)
        for item, reverse in zip(scope.offer, back[ident].offer, strict=True):
            assert item.direction.reversed is reverse.direction
            assert (item.lost, item.gained) == (reverse.gained, reverse.lost)
    whole = together([scope.direction for scope in there.values()])
    assert whole.reversed is together([scope.direction for scope in back.values()])


@settings(max_examples=150, deadline=None)
@forall(DECISIONS, DECISIONS)
def test_a_narrowed_offer_is_a_finding_exactly_where_participation_has_opened(
    practice: PreparedRules, one: Decision, other: Decision
) -> None:
    source = Source("a.yaml", "a: b\n" * 100)
    found = [item.message for item in narrowed(one, other, source, TODAY)]
    expected = [
        item.key
        for scope in difference(one, other, practice, TODAY)
        if scope.before is not None and scope.after is not None and scope.timing.opened
        for item in scope.offer
        if item.own and item.direction.narrows
    ]
    assert len(found) == len(expected)


@settings(max_examples=100, deadline=None)
@forall(DECISIONS, DECISIONS)
def test_texts_that_differ_in_no_answer_and_no_part_give_the_same_advice(
    practice: PreparedRules, one: Decision, other: Decision
) -> None:
    whole, *parts = difference(one, other, practice, TODAY)
    assert whole.before is not None
    assert whole.after is not None
    if not whole.answers:
        assert whole.before.type is whole.after.type
        for part in parts:
            if part.status == "same":
                assert part.before is not None
                assert part.after is not None
                assert part.before.possible_types == part.after.possible_types


# The promise


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        ("openness: {stage: proposal}", "openness: {stage: aim}", WIDENED),
        ("openness: {stage: proposal}", "openness: {stage: made}", NARROWED),
        ("openness: {stage: proposal}", "openness: {stage: unknown}", UNCLEAR),
        ("openness: {stage: unknown}", "openness: {}", SAME),
        ("openness: {open_to_change: [whether]}", "openness: {open_to_change: [whether, options]}", WIDENED),
        ("openness: {open_to_change: [whether, options]}", "openness: {open_to_change: [options]}", NARROWED),
        ("openness: {open_to_change: [method]}", "openness: {open_to_change: [options]}", MIXED),
        ("openness: {open_to_change: [nothing]}", "openness: {open_to_change: [whether]}", WIDENED),
        ("openness: {open_to_change: [whether]}", "openness: {open_to_change: [nothing]}", NARROWED),
        ("openness: {open_to_change: [whether, method]}", "openness: {open_to_change: [method, whether]}", SAME),
        ("plan: {type: engage}", "plan: {type: consult}", NARROWED),
        ("plan: {type: engage}", "", UNCLEAR),
        ("plan: {promise: We listen.}", "plan: {promise: We decide.}", UNCLEAR),
        ("plan: {type: engage, promise: A}", "plan: {type: consult, promise: B}", NARROWED),
        ("openness: {stage: aim}\nplan: {type: inform}", "openness: {stage: made}\nplan: {type: engage}", MIXED),
        ("openness: {use_of_input: shapes}", "openness: {use_of_input: none}", SAME),
    ],
)
def test_the_promise_is_the_stage_what_is_open_the_planned_type_and_the_words(
    before: str, after: str, direction: Direction
) -> None:
    old, new = read(before), read(after)
    assert together([item.direction for item in offer_changes(old.answers, new.answers)]) is direction


def test_answers_are_told_with_both_lines_and_what_follows_from_dates_is_no_answer(practice: PreparedRules) -> None:
    before = "dates: {opens: 2027-01-01, closes: 2027-01-29}\nneed: {impact: high}\npeople: {groups: [b, a]}\n"
    after = "people: {groups: [a, b]}\ndates:\n  opens: 2027-01-01\n  closes: 2027-02-12\nneed: {impact: unknown}\n"
    (whole,) = scopes(before, after, practice)
    told = [
        (item.key, item.before and (item.before.value, item.before.line), item.after and item.after.line)
        for item in whole.answers
    ]
    assert told == [("dates.closes", ("2027-01-29", 3), 6), ("need.impact", ("high", 4), None)]


# Parts

PARTS = "openness: {stage: proposal}\nparts:\n"


def part(ident: str, answers: str) -> str:
    return f"  - {{id: {ident}, title: A part, {answers}}}\n"


def test_parts_are_added_removed_changed_or_the_same(practice: PreparedRules) -> None:
    before = PARTS + part("a", "openness: {stage: aim}") + part("b", "plan: {type: inform}") + part("c", "owner: X")
    after = PARTS + part("d", "openness: {stage: aim}") + part("b", "plan: {type: consult}") + part("c", "owner: X")
    found = {scope.id: scope for scope in scopes(before, after, practice)[1:]}
    assert {ident: (scope.status, scope.direction) for ident, scope in found.items()} == {
        "d": ("added", WIDENED),
        "b": ("changed", WIDENED),
        "c": ("same", SAME),
        "a": ("removed", NARROWED),
    }
    assert list(found) == ["d", "b", "c", "a"]
    assert found["d"].before is None
    assert found["a"].after is None


def test_what_a_part_only_takes_over_is_told_once_with_the_whole(practice: PreparedRules) -> None:
    rest = "parts:\n" + part("a", "owner: X")
    whole, found = scopes("openness: {stage: aim}\n" + rest, "openness: {stage: made}\n" + rest, practice)
    assert (whole.direction, found.direction, found.status) == (NARROWED, SAME, "same")
    assert found.offer[0].direction is NARROWED
    assert not found.offer[0].own
    assert found.before is not None
    assert found.after is not None
    assert found.before.type is not found.after.type


def test_a_part_that_takes_an_answer_over_instead_of_stating_it_has_changed(practice: PreparedRules) -> None:
    before = PARTS + part("a", "support: {skills: {state: met, owner: Ann}}")
    after = "support: {skills: planned}\n" + PARTS + part("a", "owner: X")
    _, found = scopes(before, after, practice)
    assert [item.key for item in found.answers] == ["owner", "support.skills", "support.skills.owner"]


# What people were told


@pytest.mark.parametrize(
    ("dates", "phase"),
    [
        ("", "not-stated"),
        ("opens: 2027-02-16", "not-open"),
        ("opens: 2027-02-15", "open"),
        ("opens: 2027-01-01, closes: 2027-02-15", "open"),
        ("opens: 2027-01-01, closes: 2027-02-14", "closed"),
        ("opens: 2027-01-01, closes: 2027-02-01, decision: 2027-02-15", "decided"),
        ("opens: 2027-01-01, decision: 2027-02-15, feedback: 2027-02-15", "fed-back"),
        ("closes: 2027-02-14", "closed"),
        ("closes: 2027-03-14", "not-stated"),
    ],
)
def test_how_far_participation_is_today(dates: str, phase: str, practice: PreparedRules) -> None:
    (whole,) = scopes("", f"dates: {{{dates}}}\n", practice)
    assert (whole.timing.phase_before, whole.timing.phase_after) == ("not-stated", phase)
    assert bool(whole.timing.opened) is ("opens" in dates and phase != "not-open")


def test_an_opening_that_was_put_off_counts_from_the_earlier_day(practice: PreparedRules) -> None:
    (whole,) = scopes(
        "dates: {opens: 2027-02-01}\npeople: {groups: [carers]}\n", "dates: {opens: 2027-09-01}\n", practice
    )
    timing = whole.timing
    assert (timing.opened, timing.phase_before, timing.phase_after) == ("2027-02-01", "open", "not-open")
    assert timing.groups == ("carers",)
    assert timing.days[0][1:] == ("2027-02-01", "2027-09-01", False)


# Reading


def differ(old: str, new: str, rules: PreparedRules) -> Difference:
    compared = compare_texts(old, new, rules, TODAY)
    assert compared.difference is not None, (compared.old.diagnostics, compared.new.diagnostics)
    return compared.difference


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one committed plan, which is narrower by now."""
    folder = tmp_path / "plans"
    folder.mkdir()
    plan = folder / "plan.yaml"
    plan.write_text(CLEAN, encoding="utf-8")
    commit(tmp_path)
    plan.write_text(CLEAN.replace("stage: proposal", "stage: made"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("old", ["HEAD:plans/plan.yaml", ":plans/plan.yaml", "main:./plans/plan.yaml"])
def test_a_text_that_git_has_kept_is_named_as_in_git(old: str, practice: PreparedRules) -> None:
    found = differ(old, "plans/plan.yaml", practice)
    assert found.direction is NARROWED
    assert found.old.file == old


def test_a_path_that_is_not_there_from_the_top_is_read_from_here(
    repository: Path, practice: PreparedRules, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / "plans")
    for old in ("HEAD:plan.yaml", "HEAD:./plan.yaml", "HEAD:plans/plan.yaml"):
        assert differ(old, "plan.yaml", practice).direction is NARROWED


@pytest.mark.usefixtures("repository")
def test_a_file_whose_name_holds_a_colon_is_a_file(practice: PreparedRules) -> None:
    Path("HEAD:plans").mkdir()
    Path("HEAD:plans/plan.yaml").write_text(HEAD, encoding="utf-8")
    assert differ("HEAD:plans/plan.yaml", "HEAD:plans/plan.yaml", practice).old.title == "Where the benches go"
    assert not differ("HEAD:plans/plan.yaml", "HEAD:plans/plan.yaml", practice).changed


@pytest.mark.parametrize(
    "name",
    ["HEAD:plans/none.yaml", "nothing:plans/plan.yaml", "HEAD:", "HEAD:plans", "--output=x:plan.yaml", ":", "a\0:b"],
)
def test_what_git_does_not_have_is_a_located_message(name: str, repository: Path, practice: PreparedRules) -> None:
    compared = compare_texts(name, "plans/plan.yaml", practice, TODAY)
    assert compared.difference is None
    assert [(item.code, item.file) for item in compared.old.diagnostics] == [("SP101", name)]
    assert sorted(path.name for path in repository.iterdir()) == [".git", "plans"]


def test_a_broken_text_in_git_is_told_with_its_line(repository: Path, practice: PreparedRules) -> None:
    Path("plans/plan.yaml").write_text(HEAD + "openness: {stage: maid}\n", encoding="utf-8")
    commit(repository)
    Path("plans/plan.yaml").write_text(CLEAN, encoding="utf-8")
    (fault,) = compare_texts("HEAD:plans/plan.yaml", "plans/plan.yaml", practice, TODAY).old.diagnostics
    assert (fault.code, fault.file, fault.span and fault.span.line) == ("SP202", "HEAD:plans/plan.yaml", 3)


def test_front_matter_is_compared_too(tmp_path: Path, practice: PreparedRules) -> None:
    for name, stage in (("old", "proposal"), ("new", "made")):
        (tmp_path / f"{name}.md").write_text(
            f"---\n{HEAD}openness: {{stage: {stage}}}\n---\n# Text\n", encoding="utf-8"
        )
    found = differ(str(tmp_path / "old.md"), str(tmp_path / "new.md"), practice)
    assert [(item.key, item.after and item.after.line) for item in found.whole.answers] == [("openness.stage", 4)]


# The command

WIDE = "openness: {stage: aim}\ndates: {opens: 2020-01-01}\n"
NARROW = "openness: {stage: made}\ndates: {opens: 2020-01-01}\n"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    for name, text in (("wide", WIDE), ("narrow", NARROW), ("broken", "openness: {stage: maid}\n")):
        (tmp_path / f"{name}.yaml").write_text(HEAD + text, encoding="utf-8")
    (tmp_path / "reworded.yaml").write_text(HEAD + WIDE + "notes: More.\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "fail_on", "code"),
    [
        ("wide", "narrow", "", 0),
        ("wide", "narrow", "never", 0),
        ("wide", "narrow", "narrowed", 1),
        ("wide", "narrow", "changed", 1),
        ("narrow", "wide", "narrowed", 0),
        ("narrow", "wide", "changed", 1),
        ("wide", "reworded", "narrowed", 0),
        ("wide", "reworded", "changed", 1),
        ("wide", "wide", "changed", 0),
        ("wide", "broken", "", 2),
        ("broken", "wide", "changed", 2),
        ("wide", "nowhere", "narrowed", 2),
    ],
)
@pytest.mark.parametrize("format", ["text", "json", "markdown"])
def test_the_exit_status(old: str, new: str, fail_on: str, code: int, format: str, texts: Path) -> None:
    options = ["--fail-on", fail_on] if fail_on else []
    ran = spectrum("diff", f"{old}.yaml", f"{new}.yaml", "--format", format, *options, cwd=texts)
    assert ran.code == code, ran
    if code == 2:
        assert "SP" in ran.err
        if format == "json":
            failure = json.loads(ran.out)
            assert failure["changed"] is None
            assert failure["old"]["diagnostics"] or failure["new"]["diagnostics"]
        else:
            assert ran.out == ""
    else:
        assert ran.err == ""
        assert ran.out


def test_one_of_the_two_can_be_standard_input_and_not_both(texts: Path) -> None:
    ran = spectrum("diff", "-", "narrow.yaml", "--fail-on", "narrowed", cwd=texts, stdin=(HEAD + WIDE).encode())
    assert ran.code == 1
    assert "From <stdin> to narrow.yaml" in ran.out
    ran = spectrum("diff", "-", "-", cwd=texts)
    assert (ran.code, ran.out) == (2, "")
    assert "standard input holds one text" in ran.err


def test_what_was_narrowed_after_opening_is_named_with_its_code_and_line(texts: Path) -> None:
    ran = spectrum("diff", "wide.yaml", "narrow.yaml", cwd=texts)
    assert "SP371, line 3 now: the stage went from aim to made, after participation opened on 2020-01-01" in ran.out
    assert "Tell the people who took part" in ran.out
    data = json.loads(spectrum("diff", "wide.yaml", "narrow.yaml", "-f", "json", cwd=texts).out)
    assert [item["code"] for item in data["narrowed_after_opening"]] == ["SP371"]
    assert (data["promise"], data["people"]["opened"]) == ("narrowed", "2020-01-01")


def test_a_warning_is_told_and_the_texts_are_still_compared(texts: Path) -> None:
    (texts / "cut.yaml").write_text("spectrum: 1\ntitle: Ward #4 plan\n", encoding="utf-8")
    ran = spectrum("diff", "cut.yaml", "wide.yaml", cwd=texts)
    assert ran.code == 0
    assert ran.err.startswith("cut.yaml:2:13: SP111 ")


def test_the_rules_can_be_chosen(texts: Path) -> None:
    data = json.loads(spectrum("diff", "wide.yaml", "narrow.yaml", "-f", "json", "--seed-only", cwd=texts).out)
    assert data["rule_base"]["id"] == "peoplehub"
    assert spectrum("diff", "wide.yaml", "narrow.yaml", "--rules", "none", cwd=texts).code == 2
