"""Finding, reading, refusing and keeping rule bases."""

import json
import shutil
import subprocess
import sys

import pytest

from spectrum_cli.files import rulebase
from spectrum_cli.files.rulebase import NoRuleBase, find_layers, load_rule_base, rules_folder, shipped_layers

GATE = rules_folder() / "peoplehub" / "gates" / "one-proposal.yaml"


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A rule base of one's own that is a copy of the first layer; nothing is kept outside the test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "copy"
    shutil.copytree(rules_folder() / "peoplehub", folder)
    return folder


def faults(folder):
    with pytest.raises(NoRuleBase) as caught:
        load_rule_base(str(folder))
    return caught.value.diagnostics


def edit(path, before, after):
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_the_shipped_layers_build_on_each_other():
    assert shipped_layers() == ("peoplehub", "practice", "uk")
    assert [layer.name for layer in find_layers("uk")] == ["peoplehub", "practice", "uk"]
    assert [layer.id for layer in load_rule_base("practice").layers] == ["peoplehub", "practice"]


def test_a_copy_of_a_layer_is_the_same_rule_base_with_a_hash_of_its_own_content(copy):
    mine, shipped = load_rule_base(str(copy)), load_rule_base("peoplehub")
    assert mine.hash == shipped.hash
    assert mine.rules[0].when == shipped.rules[0].when
    edit(copy / "gates" / "one-proposal.yaml", "One proposal is on the table", "There is one proposal")
    assert load_rule_base(str(copy)).hash != shipped.hash


@pytest.mark.parametrize(
    ("file", "before", "after", "line", "word"),
    [
        ("gates/one-proposal.yaml", "because:", "becuase:", 5, "because"),
        ("gates/one-proposal.yaml", "{holds_to: consult}", "{holds_to: consultation}", 4, "holds_to"),
        ("gates/one-proposal.yaml", "is: proposal}", "is: proposel}", 3, "proposal"),
        ("gates/one-proposal.yaml", "openness.stage, is", "need.impact, is", 3, "openness"),
        ("gates/one-proposal.yaml", "is: proposal}", "matches: proposal}", 3, "comparison"),
        ("gates/one-proposal.yaml", "passage: CONSULT", "passage: CONSLUT", 6, "CONSULT"),
        ("gates/one-proposal.yaml", "id: one-proposal", "id: two-proposals", 1, "file's name"),
        ("gates/one-proposal.yaml", 'since: "1.0"', "since: 1.0", 7, "quotation"),
        ("gates/one-proposal.yaml", "outcome: unknown", "outcome: fails", 9, "unknown"),
        ("gates/one-proposal.yaml", "title: One proposal is on the table\n", "", 1, "title"),
        ("gates/one-proposal.yaml", "title: One", "title: [One", 2, "bracket"),
        ("gates/one-proposal.yaml", "title: One", "title: &a One", 2, "anchor"),
        ("gates/talk-without-deciding.yaml", "  all:\n", "  not:\n", 4, "one of"),
        ("criteria/stage.yaml", "points: 75", "points: 5", 8, "never fall"),
        ("criteria/stage.yaml", "value: aim", "value: goal", 8, "exactly"),
        ("support/skills.yaml", "answer: support.skills", "answer: support.skill", 2, "support.skills"),
        ("rulebase.yaml", "engage: 45", "engage: 25", 11, "bands"),
        ("rulebase.yaml", "  consult: 25\n", "", 11, "bands"),
        ("notes/small-group.yaml", "at_least: 41", "at_least: many", 6, "whole number"),
        ("notes/small-group.yaml", "about: fit", "about: fun", 8, "about"),
        ("estimates/understanding-needs-questions.yaml", "as: questions", "as: question", 7, "questions"),
    ],
)
def test_a_broken_rule_is_refused_at_its_line(copy, file, before, after, line, word):
    edit(copy / file, before, after)
    found = [fault for fault in faults(copy) if fault.file.endswith(file)]
    assert any(fault.span.line == line and word in f"{fault.message} {fault.hint}" for fault in found), [
        (fault.span, fault.message, fault.hint) for fault in found
    ]
    assert all(fault.code in ("SP106", "SP107", "SP108", "SP901", "SP902", "SP903", "SP904") for fault in found)


def test_weights_that_do_not_add_up_are_refused(copy):
    edit(copy / "criteria" / "stage.yaml", "weight: 30", "weight: 31")
    assert ["101" in fault.message for fault in faults(copy)] == [True]


def test_points_that_do_not_reach_100_are_refused(copy):
    edit(copy / "criteria" / "stage.yaml", "points: 100", "points: 90")
    assert any("100" in fault.message for fault in faults(copy))


def test_all_faults_of_a_rule_base_are_named_in_one_run(copy):
    edit(copy / "gates" / "one-proposal.yaml", "because:", "becuase:")
    edit(copy / "criteria" / "agenda.yaml", "title:", "titel:")
    files = {fault.file for fault in faults(copy)}
    assert {f"{copy}/gates/one-proposal.yaml", f"{copy}/criteria/agenda.yaml"} <= files


def test_two_rules_with_one_id_are_refused_and_both_are_named(copy):
    folder = copy / "notes"
    shutil.copy(copy / "gates" / "one-proposal.yaml", folder / "one-proposal.yaml")
    edit(folder / "one-proposal.yaml", "effect: {holds_to: consult}", "effect: {about: fit, says: Twice.}")
    found = [fault for fault in faults(copy) if fault.code == "SP904"]
    assert len(found) == 1
    assert "gates/one-proposal.yaml" in found[0].message + found[0].related[0].message


def test_a_file_outside_the_known_folders_is_refused(copy):
    (copy / "gate").mkdir()
    shutil.copy(GATE, copy / "gate" / "one.yaml")
    assert any(fault.file.endswith("gate/one.yaml") for fault in faults(copy))


def test_a_missing_type_is_refused(copy):
    (copy / "types" / "engage.yaml").unlink()
    assert any("engage" in fault.message for fault in faults(copy))


def test_a_rule_base_that_is_not_there_names_the_nearest_and_all_shipped_ones():
    fault = faults("practise")[0]
    assert fault.code == "SP901"
    assert "practice" in fault.hint
    assert "peoplehub" in fault.hint


def test_the_file_of_a_rule_base_is_answered_with_its_folder(copy):
    (fault,) = faults(copy / "rulebase.yaml")
    assert (fault.code, fault.hint) == ("SP901", f"Give the folder of this file: {copy}.")


@pytest.mark.parametrize("extends", ["nowhere", '"nowhere"', "nowhere  # for now", "./rulebase.yaml"])
def test_a_layer_that_extends_what_is_not_there_is_refused_at_its_line(tmp_path, extends):
    text = f'id: mine\ntitle: Mine\nversion: "1.0"\nextends: {extends}\nnote: Mine.\n'
    (tmp_path / "rulebase.yaml").write_text(text, encoding="utf-8")
    (fault,) = faults(tmp_path)
    assert (fault.code, fault.file, fault.span.line) == ("SP901", f"{tmp_path}/rulebase.yaml", 4)
    underlined = fault.line_text[fault.span.column - 1 : fault.span.end_column - 1]
    assert underlined in ("nowhere", "./rulebase.yaml")
    assert "peoplehub, practice, uk" in fault.hint or "Give the folder of this file: ." in fault.hint


def test_a_layer_that_extends_nothing_is_told_how_to_build_on_a_shipped_one(tmp_path):
    (tmp_path / "rulebase.yaml").write_text('id: mine\ntitle: Mine\nversion: "1.0"\nnote: Mine.\n', encoding="utf-8")
    assert {fault.hint for fault in faults(tmp_path)} == {
        "To build on a shipped layer, add the line: extends: practice"
    }


def test_a_rule_base_that_extends_itself_is_refused(copy):
    with (copy / "rulebase.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f"extends: {copy}\n")
    assert "circle" in faults(copy)[0].message


def test_a_rule_base_of_ones_own_extends_a_shipped_one(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "mine"
    (folder / "floors").mkdir(parents=True)
    (folder / "rulebase.yaml").write_text(
        'id: mine\ntitle: Ours\nversion: "2.1"\nnote: Ours.\nextends: practice\n', encoding="utf-8"
    )
    shutil.copy(rules_folder() / "practice" / "floors" / "high-impact.yaml", folder / "floors" / "some-impact.yaml")
    edit(folder / "floors" / "some-impact.yaml", "id: high-impact", "id: some-impact")
    base = load_rule_base(str(folder))
    assert [layer.id for layer in base.layers] == ["peoplehub", "practice", "mine"]
    assert base.version == "2.1"
    assert "some-impact" in {rule.id for rule in base.of_kind("floor")}


class TestKeeping:
    def kept(self, tmp_path):
        return list((tmp_path / "cache" / "spectrum-cli").glob("*.json"))

    def test_a_validated_rule_base_is_kept_and_read_again_equal(self, copy, tmp_path):
        first = load_rule_base(str(copy))
        (file,) = self.kept(tmp_path)
        assert json.loads(file.read_text(encoding="utf-8"))["hash"] == first.hash
        assert load_rule_base(str(copy)) == first

    def test_a_change_of_one_rule_is_seen_at_once(self, copy):
        load_rule_base(str(copy))
        edit(copy / "gates" / "one-proposal.yaml", "{holds_to: consult}", "{holds_to: educate}")
        gate = next(rule for rule in load_rule_base(str(copy)).rules if rule.id == "one-proposal")
        assert gate.effect["holds_to"] == "educate"

    @pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"hash": "sha256:0"}', "\x00\xff"])
    def test_a_kept_copy_that_cannot_be_read_is_ignored(self, copy, tmp_path, content):
        first = load_rule_base(str(copy))
        (file,) = self.kept(tmp_path)
        file.write_text(content, encoding="utf-8")
        assert load_rule_base(str(copy)) == first

    def test_a_kept_copy_cut_short_is_ignored(self, copy, tmp_path):
        first = load_rule_base(str(copy))
        (file,) = self.kept(tmp_path)
        data = json.loads(file.read_text(encoding="utf-8"))
        del data["types"][0]["promise"]
        file.write_text(json.dumps(data), encoding="utf-8")
        assert load_rule_base(str(copy)) == first

    @pytest.mark.parametrize("place", ["", "relative", "/dev/null/there"])
    def test_no_usable_place_to_keep_it_is_no_fault(self, copy, monkeypatch, place):
        monkeypatch.setenv("XDG_CACHE_HOME", place)
        monkeypatch.setenv("HOME", place)
        assert load_rule_base(str(copy)).id == "peoplehub"


def test_a_second_start_loads_neither_pydantic_nor_rich(tmp_path):
    """What a start imports is what it costs; `--help` may not even read YAML."""
    decision = tmp_path / "x.yaml"
    decision.write_text("spectrum: 1\ntitle: X\nopenness: {stage: made}\n", encoding="utf-8")
    code = (
        "import sys\n"
        "from spectrum_cli.__main__ import run\n"
        "status = run(sys.argv[1:])\n"
        "heavy = {'pydantic', 'yaml', 'rich.console'} & set(sys.modules)\n"
        "print(status, *sorted(heavy), file=sys.stderr)\n"
    )

    def imported(*arguments):
        done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
        return done.stderr.split()

    load_rule_base("practice")
    assert imported("--help") == ["0"]
    assert imported("--version") == ["0"]
    assert imported("advise", str(decision)) == ["0", "yaml"]
    assert imported("advise", "--format", "json", str(decision)) == ["0", "yaml"]


def test_the_place_of_the_rules_is_an_installed_package_or_a_checkout():
    folder = rules_folder()
    assert folder.name == "rules"
    assert (folder / "peoplehub" / rulebase.RULE_BASE_FILE).is_file()
