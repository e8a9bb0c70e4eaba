"""Files of rule tests: the ones that are kept here, ones that fail, and ones that cannot be used."""

from pathlib import Path

import pytest

from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.files.rulebase_tests import BadRuleTests, read_rule_tests
from spectrum_cli.workflows.rule_tests import run_rule_tests
from tests.cli.command import spectrum

CASES = Path(__file__).parent / "cases"
BASE = load_rule_base("practice")
KEPT = read_rule_tests([str(CASES)], BASE)


@pytest.mark.parametrize("layer", ["practice", "uk"])
@pytest.mark.parametrize("test", KEPT, ids=lambda test: test.name)
def test_a_kept_test_passes(test, layer):
    failed = [item for item in REPORTS[layer].differences if item.test.name == test.name]
    if layer == "uk":  # which adds notes and nothing else
        failed = [item for item in failed if item.expected.what != "notes"]
    assert [(item.expected.what, item.expected.words, item.found) for item in failed] == []


REPORTS = {layer: run_rule_tests([str(CASES)], layer) for layer in ("practice", "uk")}


def test_every_test_has_a_name_of_its_own():
    assert len({test.name for test in KEPT}) == len(KEPT) >= 10


def test_the_counts_are_those_of_all_rules_in_all_tests():
    report = REPORTS["practice"]
    assert {rule.id for rule, _ in report.counts} == {rule.id for rule in BASE.rules}
    assert all(sum(counts.values()) == len(KEPT) for _, counts in report.counts)


def written(folder, text):
    path = folder / "a-test.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_answers_under_sections_and_dotted_keys_are_the_same(tmp_path):
    text = (
        "- {name: one, given: {openness: {stage: made, exchange: questions}}, expect: {type: educate}}\n"
        "- {name: two, given: {openness.stage: made, openness.exchange: questions}, expect: {type: educate}}\n"
        "- {name: three, given: {openness.stage: made, openness: {exchange: questions}}, expect: {type: educate}}\n"
    )
    one, two, three = read_rule_tests([written(tmp_path, text)], BASE)
    values = [{key: answer.value for key, answer in test.answers.items()} for test in (one, two, three)]
    assert values[0] == values[1] == values[2]


def test_what_follows_in_a_decision_file_follows_in_a_test(tmp_path):
    text = "{name: days, given: {dates: {opens: 2027-01-04, closes: 2027-02-01}}, expect: {type: none}}\n"
    (test,) = read_rule_tests([written(tmp_path, text)], BASE)
    assert test.answers["time.weeks"].value == 4


def test_a_difference_is_told_at_its_place_with_what_came_out(tmp_path):
    text = (
        "name: a proposal\n"
        "given: {openness.stage: proposal}\n"
        "expect:\n"
        "  type: engage\n"
        "  gates: []\n"
        "  floors: []\n"
        "  plan: matches\n"
    )
    path = written(tmp_path, text)
    ran = spectrum("rules", "test", path)
    assert (ran.code, ran.err) == (1, "")
    told = [line for line in ran.out.splitlines() if line.startswith("FAILED")]
    assert told == [
        f"FAILED {path}:4:9: 'a proposal': type should be engage, is consult",
        f"FAILED {path}:5:10: 'a proposal': gates should be none, is one-proposal",
        f"FAILED {path}:7:9: 'a proposal': plan should be matches, is none",
    ]
    assert ran.out.splitlines()[-1].startswith("0 passed, 1 failed in 1 test file;")


def test_the_command_runs_folders_and_shows_what_never_came_up():
    ran = spectrum("rules", "test", CASES)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[-1].startswith("13 passed, 0 failed in 3 test files;")
    assert any(line.split() == ["options-forming", "gate", "0", "11", "2", "held"] for line in lines)
    assert any(line.startswith("153 passed, 0 failed") for line in lines)


HEAD = "name: one\ngiven: {}\n"


@pytest.mark.parametrize(
    ("text", "code", "line", "word"),
    [
        ("name: one\ngiven: {}\n", "SP906", 1, "no expect"),
        ("given: {}\nexpect: {type: none}\n", "SP906", 1, "no name"),
        ("name: []\ngiven: {}\nexpect: {type: none}\n", "SP906", 1, "name is a single text"),
        ("- one\n", "SP906", 1, "a test is a group of keys"),
        ("spectrum: 1\ntitle: A decision\n", "SP906", 1, "this is a decision file"),
        (f"{HEAD}expects: {{}}\nexpect: {{type: none}}\n", "SP906", 3, "no key expects"),
        (f"{HEAD}expect: {{}}\n", "SP906", 3, "expect says nothing"),
        (f"{HEAD}expect: consult\n", "SP906", 3, "expect is a group"),
        (f"{HEAD}expect: {{typ: consult}}\n", "SP906", 3, "no key typ"),
        (f"{HEAD}expect: {{type: consulting}}\n", "SP906", 3, "no type consulting"),
        (f"{HEAD}expect:\n  gates: one-proposal\n", "SP906", 4, "gates is a list"),
        (f"{HEAD}expect:\n  gates: [one-propsal]\n", "SP906", 4, "practice 1.0 has no gate one-propsal"),
        (f"{HEAD}expect:\n  notes: [one-proposal]\n", "SP906", 4, "practice 1.0 has no note one-proposal"),
        (f"{HEAD}expect: {{plan: promised}}\n", "SP906", 3, "never promised"),
        (f"{HEAD}expect: {{type: none}}\nexpect: {{type: none}}\n", "SP906", 4, "stands twice"),
        ("name: one\ngiven: {openness.stage: maid}\nexpect: {type: none}\n", "SP202", 2, "unknown answer 'maid'"),
        ("name: one\ngiven: {openness.stag: made}\nexpect: {type: none}\n", "SP201", 2, "unknown key 'stag'"),
        ("name: one\ngiven: {open.stage: made}\nexpect: {type: none}\n", "SP201", 2, "unknown key 'open.stage'"),
        ("name: one\ngiven: {title: made}\nexpect: {type: none}\n", "SP906", 2, "title is no answer"),
        ("name: one\ngiven: [made]\nexpect: {type: none}\n", "SP906", 2, "given holds answers"),
        ("name: [\n", "SP106", 2, ""),
        ("", "SP105", 0, "empty"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_at_its_line(text, code, line, word, tmp_path):
    path = written(tmp_path, text)
    with pytest.raises(BadRuleTests) as caught:
        read_rule_tests([path], BASE)
    told = [(item.code, item.span.line if item.span else 0, item.message) for item in caught.value.diagnostics]
    assert any(item[:2] == (code, line) and word in item[2] for item in told), told
    assert all(item.file == path for item in caught.value.diagnostics)


def test_of_a_decision_file_only_one_thing_is_said(tmp_path):
    path = written(tmp_path, "spectrum: 1\ntitle: A decision\nopenness: {stage: made}\nneed: {impact: high}\n")
    with pytest.raises(BadRuleTests) as caught:
        read_rule_tests([path], BASE)
    assert [item.message for item in caught.value.diagnostics] == ["this is a decision file, not a file of rule tests"]


def test_a_test_with_very_many_faults_ends_where_a_decision_file_would(tmp_path):
    given = "".join(f"  openness.wrong{number}: x\n" for number in range(300))
    with pytest.raises(BadRuleTests) as caught:
        read_rule_tests([written(tmp_path, f"name: many\ngiven:\n{given}expect: {{type: none}}\n")], BASE)
    assert [item.code for item in caught.value.diagnostics].count("SP103") == 1


def test_files_that_cannot_be_used_end_the_command_with_2(tmp_path):
    ran = spectrum("rules", "test", tmp_path / "nowhere.yaml", written(tmp_path, "- one\n"))
    assert (ran.code, ran.out) == (2, "")
    assert "SP101 there is no such file" in ran.err
    assert "a-test.yaml:1:3: SP906 a test is a group of keys" in ran.err
    (tmp_path / "empty").mkdir()
    assert "SP906 there is no test in it" in spectrum("rules", "test", tmp_path / "empty").err
