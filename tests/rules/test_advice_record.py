"""A change of rules cannot pass without naming the examples whose advice it moved."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from spectrum_cli.files.rulebase import load_rule_base, rules_folder, shipped_layers
from tests.rules import advice_record
from tests.rules.advice_record import (
    CHANGELOG,
    RECORD,
    RULE_BASES,
    Record,
    Recorded,
    VersionNotRaised,
    current,
    entry_of,
    faults,
    main,
    moved,
    record_text,
    recorded,
    renewed,
)


def test_the_rules_advise_what_is_recorded_or_the_changelog_names_what_moved() -> None:
    found = faults(recorded(), current(), CHANGELOG.read_text(encoding="utf-8"))
    assert not found, "\n\n" + "\n\n".join(found)


def test_the_record_is_written_as_the_command_writes_it() -> None:
    assert RECORD.read_text(encoding="utf-8") == record_text(recorded())


def test_the_record_has_every_rule_base_with_every_example() -> None:
    record = recorded()
    assert tuple(record.rule_bases) == RULE_BASES == shipped_layers()
    assert len(record.examples) > 30
    assert all(set(item.advice) == set(record.examples) for item in record.rule_bases.values())


# What is said, and where it is to be written

BEFORE = Record(
    {"a.yaml": "1", "b.yaml": "2"},
    {"practice": Recorded("1.0", "sha256:old", {"1.0": []}, {"a.yaml": "consult", "b.yaml": "engage"})},
)


def now(version: str = "1.0", hash: str = "sha256:new", **advice: str) -> Record:
    told = {"a.yaml": "consult", "b.yaml": "engage", **{f"{name}.yaml": word for name, word in advice.items()}}
    return Record(BEFORE.examples, {"practice": Recorded(version, hash, {}, told)})


def test_nothing_is_left_to_do_where_nothing_changed() -> None:
    assert faults(BEFORE, now(hash="sha256:old"), "") == []


def test_a_move_without_a_new_version_is_told_with_every_step() -> None:
    assert faults(BEFORE, now(a="educate"), "") == [
        "practice 1.0: the advice moved for 1 example:\n"
        "     examples/a.yaml: consult -> educate\n"
        "  1. Raise version in rules/practice/rulebase.yaml; it is 1.0 as before.\n"
        "  2. Write in CHANGELOG.md under Rules:\n"
        "     - practice VERSION: WHAT CHANGED, WITH IDS. Moves a.yaml (consult before, educate now).\n"
        "  3. Write the record anew: python -m tests.rules.advice_record --write"
    ]
    with pytest.raises(VersionNotRaised):
        renewed(BEFORE, now(a="educate"))


def test_a_move_with_a_new_version_is_kept_and_the_changelog_must_name_it() -> None:
    later = now("1.1", a="educate", b="consult")
    (told,) = faults(BEFORE, later, "")
    assert "- practice 1.1: WHAT CHANGED, WITH IDS. Moves a.yaml" in told
    assert "Raise version" not in told
    kept = renewed(BEFORE, later)
    assert kept.rule_bases["practice"].moved == {"1.0": [], "1.1": ["a.yaml", "b.yaml"]}
    silent, half = "", "\n- practice 1.1: the gate x. Moves a.yaml\n  (consult before).\n- practice 1.2: b.yaml\n"
    whole = half.replace("before)", "before) and b.yaml")
    missing = "CHANGELOG.md does not name every example under Rules. Missing: practice 1.1: "
    assert faults(kept, later, silent) == [f"{missing}a.yaml, practice 1.1: b.yaml"]
    assert faults(kept, later, half) == [f"{missing}b.yaml"]
    assert faults(kept, later, whole) == []


def test_a_change_that_moves_nothing_only_asks_for_the_record() -> None:
    (told,) = faults(BEFORE, now(), "")
    assert told.startswith("practice 1.0: its files changed, and no example's advice moved.")
    assert renewed(BEFORE, now()).rule_bases["practice"].moved == {"1.0": []}


def test_what_the_program_moved_is_no_change_of_rules() -> None:
    later = now(hash="sha256:old", a="educate")
    (told,) = faults(BEFORE, later, "")
    assert "the program moved it" in told
    assert "Raise version" not in told
    assert renewed(BEFORE, later).rule_bases["practice"].moved == {"1.0": []}


def test_an_example_that_was_edited_itself_has_not_moved() -> None:
    later = replace(now(hash="sha256:old", a="educate"), examples={"a.yaml": "9", "b.yaml": "2"})
    assert moved("practice", BEFORE, later) == {}
    (told,) = faults(BEFORE, later, "")
    assert told.startswith("Examples were added, changed or removed.")


@pytest.mark.parametrize(
    ("changelog", "entry"),
    [
        ("", ""),
        ("\n- practice 1.1: one\n  two\n\n- uk 1.1: three\n", " one   two"),
        ("\n- practice 1.10: one\n- practice 1.1: two", " two"),
    ],
)
def test_an_entry_of_the_changelog_ends_where_the_next_begins(changelog: str, entry: str) -> None:
    assert entry_of(changelog, "practice", "1.1") == entry


# The command


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped rules in a folder of their own, which the record then speaks of."""
    for name in RULE_BASES:
        shutil.copytree(rules_folder() / name, tmp_path / name)
        path = tmp_path / name / "rulebase.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("extends: ", "extends: ../"), encoding="utf-8")
    record = tmp_path / "recorded.yaml"
    monkeypatch.setattr(advice_record, "RECORD", record)
    monkeypatch.setattr(advice_record, "load_rule_base", lambda name: load_rule_base(str(tmp_path / name)))
    first = current()
    kept = {name: replace(item, moved={item.version: []}) for name, item in first.rule_bases.items()}
    record.write_text(record_text(Record(first.examples, kept)), encoding="utf-8")
    return tmp_path


def replaced(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_the_command_prints_what_a_changed_rule_moved(edited: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert capsys.readouterr().out == "No example's advice moved against the record.\n"
    replaced(edited / "peoplehub" / "gates" / "one-proposal.yaml", "holds_to: consult", "holds_to: educate")
    before = (edited / "recorded.yaml").read_bytes()
    assert main([]) == 1
    told = capsys.readouterr().out
    assert "examples/village-surgery.yaml: consult -> educate" in told
    assert "Raise version in rules/peoplehub/rulebase.yaml" in told
    assert main(["--write"]) == 1
    assert "Not written: the advice moved, and the version of peoplehub is as before." in capsys.readouterr().err
    assert (edited / "recorded.yaml").read_bytes() == before
    for name in RULE_BASES:
        replaced(edited / name / "rulebase.yaml", 'version: "1.0"', 'version: "1.1"')
    assert main(["--write"]) == 1
    assert "Missing: peoplehub 1.1: " in capsys.readouterr().out
    assert "village-surgery.yaml" in recorded().rule_bases["uk"].moved["1.1"]


def test_another_word_is_no_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--odd"]) == 2
    assert "Usage: python -m tests.rules.advice_record [--write]" in capsys.readouterr().err
