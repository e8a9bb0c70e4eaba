"""What became of decisions, from the commits of scratch repositories."""

import os
from itertools import permutations
from pathlib import Path

import pytest

from spectrum_cli.engine.assess import prepare
from spectrum_cli.engine.compare import difference
from spectrum_cli.files.decision_file import read_decision
from spectrum_cli.files.git import NoHistory
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.document import Source
from spectrum_cli.workflows.history import narrowed_after_opening
from spectrum_cli.workflows.narrowing import narrowed
from tests.workflows.decisions import git
from tests.workflows.pasts import BAD, BENCHES, NARROWER, WIDER, commit_on, kinds, prepared, told

PART = "parts: [{id: path, title: The path, openness: {stage: options}, plan: {type: engage}}]\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository that is the current folder, and no settings of whoever runs the tests."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    folder = tmp_path / "council"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_offers_widen_and_narrow_with_their_commits_and_types(here: Path) -> None:
    commit_on(here, "2026-01-10", "Begin", benches=BENCHES)
    commit_on(here, "2026-02-10", "Offer more", benches=WIDER)
    commit_on(here, "2026-02-20", "Say nothing new", benches=WIDER + "# a remark\n")
    commit_on(here, "2026-04-10", "=Offer\tless", benches=NARROWER)
    changes, totals = told(".")
    assert kinds(changes) == [
        "2026-01-10 added",
        "2026-02-10 widened",
        "2026-04-10 narrowed narrowed-after-opening planned advised",
    ]
    last = changes[-1]
    assert last.details == (
        "the stage went from options to proposal",
        "not open to change any more: priorities",
    )
    assert (last.advised_before, last.advised_after) == ("engage", "consult")
    assert (last.planned_before, last.planned_after) == ("engage", "consult")
    assert (last.opened, last.subject, last.part) == ("2026-03-01", "=Offer less", None)
    assert last.commit == git(here, "rev-parse", "HEAD").strip()
    assert (totals.decisions, totals.versions) == (1, 4)


def test_an_offer_narrowed_before_the_opening_or_without_a_day_is_not_late(here: Path) -> None:
    commit_on(here, "2026-01-10", a=BENCHES, b=BENCHES.replace("dates: {opens: 2026-03-01}\n", ""))
    commit_on(here, "2026-02-28", a=NARROWER, b=NARROWER.replace("dates: {opens: 2026-03-01}\n", ""))
    changes, totals = told(".")
    assert kinds(changes)[1::2] == ["2026-02-28 narrowed planned advised"] * 2
    assert totals.kinds["narrowed-after-opening"] == 0


def test_moving_the_opening_while_narrowing_hides_nothing(here: Path) -> None:
    commit_on(here, "2026-01-10", a=BENCHES)
    commit_on(here, "2026-04-10", a=NARROWER.replace("2026-03-01", "2026-09-01"))
    assert "narrowed-after-opening" in told(".")[0][-1].kinds


def test_an_over_promise_comes_and_goes(here: Path) -> None:
    over = BENCHES.replace("type: engage", "type: co-produce")
    commit_on(here, "2026-01-10", a=BENCHES)
    commit_on(here, "2026-02-10", a=over)
    commit_on(here, "2026-05-10", a=BENCHES)
    changes, totals = told(".")
    assert kinds(changes)[1:] == [
        "2026-02-10 widened planned over-promise",
        "2026-05-10 narrowed narrowed-after-opening planned mended",
    ]
    assert [item.over_promises for item in totals.quarters()] == [1, 0, 0, 0]


def test_a_file_is_one_decision_under_all_its_names(here: Path) -> None:
    (here / "old").mkdir()
    commit_on(here, "2026-01-10", **{"old/a": BENCHES})
    git(here, "mv", "old/a.yaml", "b.yaml")
    commit_on(here, "2026-02-10")
    git(here, "mv", "b.yaml", "c.yaml")
    commit_on(here, "2026-04-10", c=NARROWER)
    changes, totals = told(".")
    assert [(item.file, item.file_then) for item in changes] == [("c.yaml", "old/a.yaml"), ("c.yaml", "c.yaml")]
    assert "narrowed-after-opening" in changes[-1].kinds
    assert totals.decisions == 1
    assert told("old")[0] == changes
    assert told("b.yaml")[0] == changes


def test_two_files_that_exchange_their_names_keep_their_pasts(here: Path) -> None:
    one, other = BENCHES, BENCHES.replace("Where the benches go", "Opening hours of the pool") + "# " + "x" * 900 + "\n"
    commit_on(here, "2026-01-10", a=one, b=other)
    git(here, "mv", "a.yaml", "t.yaml")
    git(here, "mv", "b.yaml", "a.yaml")
    git(here, "mv", "t.yaml", "b.yaml")
    commit_on(here, "2026-02-10")
    changes, totals = told(".")
    assert totals.decisions == 2
    assert all("added" in item.kinds for item in changes if item.day == "2026-01-10")


def test_a_deleted_file_is_told_and_comes_back_as_the_same(here: Path) -> None:
    commit_on(here, "2026-01-10", a=BENCHES, z="other: true\n")
    commit_on(here, "2026-04-10", a=None)
    assert kinds(told(".")[0]) == ["2026-01-10 added", "2026-04-10 deleted"]
    assert kinds(told("a.yaml")[0]) == ["2026-01-10 added", "2026-04-10 deleted"]
    commit_on(here, "2026-05-10", a=NARROWER)
    changes, totals = told(".")
    assert kinds(changes)[2:] == ["2026-05-10 returned narrowed narrowed-after-opening planned advised"]
    assert [item.decisions for item in totals.quarters()] == [1, 1, 1, 1]


def test_a_text_that_cannot_be_read_hides_no_narrowing(here: Path) -> None:
    commit_on(here, "2026-01-10", a=BENCHES)
    commit_on(here, "2026-04-10", a=BAD)
    commit_on(here, "2026-04-11", a=BAD + "# still\n")
    commit_on(here, "2026-04-12", a="nothing: here\n")
    commit_on(here, "2026-04-13", a=NARROWER)
    changes, totals = told(".")
    assert kinds(changes)[1:] == [
        "2026-04-10 unreadable",
        "2026-04-13 readable narrowed narrowed-after-opening planned advised",
    ]
    assert changes[1].details == ("SP202, line 4: unknown answer 'maid' for stage",)
    assert totals.versions == 5


def test_what_never_was_a_decision_is_not_told_unless_it_is_named(here: Path) -> None:
    commit_on(here, "2026-01-10", a="other: true\n", b=BENCHES)
    assert {item.file for item in told(".")[0]} == {"b.yaml"}
    assert kinds(told("a.yaml")[0]) == ["2026-01-10 unreadable"]


def test_parts_are_told_by_their_ids(here: Path) -> None:
    commit_on(here, "2026-01-10", a=BENCHES)
    commit_on(here, "2026-02-10", a=BENCHES + PART)
    commit_on(here, "2026-04-10", a=BENCHES + PART.replace("stage: options", "stage: made"))
    commit_on(here, "2026-05-10", a=BENCHES)
    changes = told(".")[0]
    assert kinds(changes)[1:] == [
        "2026-02-10 path: added",
        "2026-04-10 path: narrowed narrowed-after-opening advised over-promise",
        "2026-05-10 path: deleted widened",
    ]


def test_a_merge_counts_once_as_what_it_brought_to_the_main_line(here: Path) -> None:
    commit_on(here, "2026-01-10", a=BENCHES)
    git(here, "checkout", "-q", "-b", "side")
    commit_on(here, "2026-02-10", "On the side", a=WIDER)
    commit_on(here, "2026-02-11", "On the side again", a=NARROWER)
    git(here, "checkout", "-q", "main")
    commit_on(here, "2026-03-10", "On the main line", b=BENCHES)
    git(here, "merge", "-q", "--no-ff", "-m", "Bring in the side", "side")
    changes = [item for item in told("a.yaml")[0] if "added" not in item.kinds]
    assert [item.subject for item in changes] == ["Bring in the side"]
    assert "narrowed" in changes[0].kinds


def test_a_shallow_clone_tells_where_it_begins_and_takes_nothing_there_for_new(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit_on(here, "2026-01-10", a=BENCHES.replace("type: engage", "type: co-produce"))
    commit_on(here, "2026-02-10", "Wider", a=WIDER)
    commit_on(here, "2026-04-10", a=NARROWER)
    git(here.parent, "clone", "-q", "--depth", "2", here.as_uri(), "copy")
    monkeypatch.chdir(here.parent / "copy")
    (beginning,) = prepared(".").beginnings
    assert beginning.day == "2026-02-10"
    assert beginning.commit == git(here, "rev-parse", "HEAD~1").strip()
    changes, totals = told(".")
    assert kinds(changes) == ["2026-04-10 narrowed narrowed-after-opening planned advised"]
    assert totals.quarters()[0].name == "2026 Q1"
    monkeypatch.chdir(here)
    assert prepared(".").beginnings == []


def test_odd_names_and_subjects_pass_through(here: Path) -> None:
    names = ["with blank", "quote'\"", "line\nbreak", "-dash", ":colon", "emoji 😀", "[a]*?", "tab\there"]
    odd = [os.fsencode(f"{name}.yaml") for name in names] + [b"latin-\xe9.yaml"]
    for name in odd:
        (Path(os.fsdecode(bytes(here) + b"/" + name))).write_text(BENCHES, encoding="utf-8")
    commit_on(here, "2026-01-10", ":000000 \x1b[31mred ‮ <b>")
    changes, totals = told(".")
    assert totals.decisions == len(odd)
    assert {item.file for item in changes} == {name.decode("utf-8", "replace") for name in odd}
    assert {item.subject for item in changes} == {":000000 [U+001B][31mred [U+202E] <b>"}
    assert [item.file for item in told("[a]*?.yaml")[0]] == ["[a]*?.yaml"]
    assert len(told(os.fsdecode(b"latin-\xe9.yaml"))[0]) == 1


def test_folders_files_and_patterns_choose_also_what_is_gone(here: Path) -> None:
    (here / "plans").mkdir()
    (here / "other").mkdir()
    commit_on(here, "2026-01-10", **{"plans/a": BENCHES, "plans/b": BENCHES, "other/c": BENCHES})
    commit_on(here, "2026-02-10", **{"plans/a": None, "plans/b": None, "other/c": BENCHES})

    def files(*paths: str) -> set[str]:
        return {item.file for item in told(*paths)[0]}

    (here / "plans").rmdir()
    assert files("plans") == {"plans/a.yaml", "plans/b.yaml"}
    assert files("plans/b.yaml", "other") == {"plans/b.yaml", "other/c.yaml"}
    assert files("*/[ac].yaml") == {"plans/a.yaml", "other/c.yaml"}
    with pytest.raises(NoHistory, match=r"git knows nothing of plan/a\.yaml"):
        told("plan/a.yaml")


def test_settings_leave_files_out(here: Path) -> None:
    commit_on(here, "2026-01-10", a=BENCHES, b=BENCHES)
    (here / "spectrum.toml").write_text('exclude = ["b.yaml"]\n', encoding="utf-8")
    assert {item.file for item in told(".")[0]} == {"a.yaml"}


def test_since_a_day_or_a_revision_compares_with_what_was_there_before(here: Path) -> None:
    commit_on(here, "2026-01-10", a=BENCHES, b=BENCHES, gone=BENCHES)
    git(here, "tag", "first")
    commit_on(here, "2026-02-10", a=BAD, gone=None)
    git(here, "tag", "second")
    commit_on(here, "2026-04-10", a=NARROWER)
    expected = ["2026-04-10 readable narrowed narrowed-after-opening planned advised"]
    for since in ("2026-02-11", "2026-04-10", "second", "HEAD~1"):
        changes, totals = told(".", since=since)
        assert kinds(changes) == expected, since
        assert totals.decisions == 2
        assert totals.quarters(prepared(".", since=since).since)[-1].decisions == 2
    assert prepared(".", since="second").since == "2026-04-10"
    assert len(told(".", since="first")[0]) == 3
    assert told(".", since="2026-06-01")[0] == []
    for since, reason in (
        ("nowhere", "'nowhere' is neither a day"),
        ("-x", "'-x' is no revision"),
        ("2026-02-30", "there is no day 2026-02-30"),
    ):
        with pytest.raises(NoHistory, match=reason):
            told(".", since=since)


def test_a_link_and_another_repository_are_not_followed(here: Path) -> None:
    commit_on(here, "2026-01-10", a=BENCHES)
    (here / "link.yaml").symlink_to("a.yaml")
    commit_on(here / "inner.yaml", "2026-01-11", b=BENCHES)
    commit_on(here, "2026-01-12")
    assert {item.file for item in told(".")[0]} == {"a.yaml"}


def test_a_file_larger_than_a_decision_may_be_is_skipped_and_the_next_is_read(here: Path) -> None:
    commit_on(here, "2026-01-10", a=BENCHES + "# " + "x" * 3_000_000, b=BENCHES)
    changes = told(".")[0]
    assert kinds(changes) == ["2026-01-10 unreadable", "2026-01-10 added"]
    assert changes[0].details == ("SP103: the file is larger than 1 MiB",)


def test_settings_of_the_user_do_not_change_what_is_found(here: Path, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (here / "old").mkdir()
    commit_on(here, "2026-01-10", **{"old/a": BENCHES})
    git(here, "mv", "old/a.yaml", "a.yaml")
    commit_on(here, "2026-02-10")
    expected = told(".")
    config = tmp_path / "config"
    config.write_text(
        "[diff]\nrelative = true\nrenames = false\nnoprefix = true\nexternal = false\norderFile = nowhere\n"
        "[log]\nshowSignature = true\ndate = relative\nfollow = true\n[color]\nui = always\n[core]\nabbrev = 5\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    assert told(".") == expected


def test_no_repository_and_no_commit_are_said(tmp_path: Path) -> None:
    with pytest.raises(NoHistory, match="not a git repository"):
        told(tmp_path)
    git(tmp_path, "init", "-q", "-b", "main")
    with pytest.raises(NoHistory, match="does not have any commits yet"):
        told(tmp_path)


def test_late_narrowing_is_what_the_check_finds() -> None:
    """The comparison of two texts says the same as SP371, for every pair of many texts and every day."""
    rules = prepare(load_rule_base("practice"))
    texts = [BENCHES, WIDER, NARROWER, BENCHES + PART, NARROWER + PART.replace("options", "made")]
    texts += [BENCHES.replace("2026-03-01", "2026-06-01"), BENCHES.replace("[whether, method]", "[nothing]")]
    texts += [BENCHES.replace("plan: {type: engage}\n", PART), BENCHES.replace("dates: {opens: 2026-03-01}\n", "")]
    found = set()
    for one, other in permutations(texts, 2):
        before, source = read_decision(Source("a", one)).decision, Source("b", other)
        now = read_decision(source).decision
        assert before is not None
        assert now is not None
        for day in ("2026-02-28", "2026-03-01", "2026-07-01"):
            scopes = difference(before, now, rules, day)
            late = any(map(narrowed_after_opening, scopes))
            assert late == bool(list(narrowed(before, now, source, day))), (one, other, day)
            found.add(late)
    assert found == {True, False}
