"""Where types stand in other frameworks is data like every rule, and refused at its line where it does not fit."""

import shutil
from pathlib import Path

import pytest

from spectrum_cli.files.rulebase import NoRuleBase, load_rule_base, rules_folder
from spectrum_cli.model.diagnostic import Diagnostic

OWN = """\
id: own
title: Our own steps
levels: [Tell, Ask]
mark: published
places:
  - {type: inform, levels: [Tell]}
  - {type: educate, levels: [Tell]}
  - {type: consult, levels: [Ask]}
  - {type: engage, levels: [Ask], note: In depth.}
  - {type: co-design, levels: []}
  - {type: co-produce, levels: []}
differs:
  - It has two steps.
source: {document: practice, passage: Our steps, reference: Our charter}
since: "1.0"
"""


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A rule base of one's own that adds a framework; nothing is kept outside the test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "ours"
    (folder / "crosswalk").mkdir(parents=True)
    (folder / "rulebase.yaml").write_text(
        'id: ours\ntitle: Ours\nversion: "1.0"\nnote: Ours.\nextends: practice\n', encoding="utf-8"
    )
    (folder / "crosswalk" / "own.yaml").write_text(OWN, encoding="utf-8")
    return folder


def faults(folder: Path, before: str, after: str) -> list[Diagnostic]:
    assert before in OWN
    (folder / "crosswalk" / "own.yaml").write_text(OWN.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(NoRuleBase) as caught:
        load_rule_base(str(folder))
    return list(caught.value.diagnostics)


def test_a_layer_adds_a_framework_of_its_own_and_what_is_kept_is_read_again_equal(ours: Path) -> None:
    base = load_rule_base(str(ours))
    told = base.type("engage").crosswalk
    assert [item.framework for item in told] == ["arnstein", "iap2", "tlap", "white", "own"]
    assert (told[-1].levels, told[-1].note, told[-1].mark, told[-1].layer) == (
        ("Ask",),
        "In depth.",
        "published",
        "ours",
    )
    assert load_rule_base(str(ours)) == base


@pytest.mark.parametrize(
    ("before", "after", "line", "word"),
    [
        ("{type: consult, levels: [Ask]}", "{type: consult, levels: [Aks]}", 8, "Ask"),
        ("  - {type: consult, levels: [Ask]}\n", "", 6, "each type has one place"),
        ("{type: educate,", "{type: inform,", 6, "each type has one place"),
        ("{type: consult,", "{type: consultation,", 8, "type must be one of"),
        ("mark: published", "mark: proven", 4, "mark"),
        ("differs:\n  - It has two steps.\n", "differs: []\n", 12, "differs"),
        (", reference: Our charter", "", 14, "need a reference"),
    ],
)
def test_a_framework_that_does_not_fit_is_refused_at_its_line(
    before: str, after: str, line: int, word: str, ours: Path
) -> None:
    (fault,) = faults(ours, before, after)
    assert fault.file.endswith("crosswalk/own.yaml")
    assert fault.span is not None
    assert (fault.span.line, word in f"{fault.message} {fault.hint}") == (line, True), fault


def test_the_shipped_frameworks_lie_in_the_practice_layer_each_with_a_comment_on_what_is_our_reading() -> None:
    folder = rules_folder() / "practice" / "crosswalk"
    assert sorted(path.name for path in folder.iterdir()) == ["arnstein.yaml", "iap2.yaml", "tlap.yaml", "white.yaml"]
    for path in folder.iterdir():
        assert "our own reading" in path.read_text(encoding="utf-8").partition("id:")[0]


def test_the_first_layer_stays_what_the_source_document_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    shutil.copytree(rules_folder() / "peoplehub", tmp_path / "copy")
    assert all(kind.crosswalk == () for kind in load_rule_base(str(tmp_path / "copy")).types)
