"""Every case written inside every rule, and the texts that the rules carry."""

import pytest

from spectrum_cli.engine.assess import prepare
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.workflows.rules import outcome_of, run_cases

UK = load_rule_base("uk")
PREPARED = prepare(UK)
RULES = (*PREPARED.gates, *PREPARED.estimates, *PREPARED.floors, *PREPARED.notes)

KEY_QUESTIONS = {
    "inform": "This is what is happening.",
    "educate": "This is what is happening and why. Do you understand?",
    "consult": "This is what is happening and why. Do you agree or disagree?",
    "engage": "This is what might happen. What do you think about it?",
    "co-design": "This is what we want to achieve. How should we go about it?",
    "co-produce": "What are the biggest priorities and how can we work together to achieve them?",
}


@pytest.mark.parametrize(
    ("item", "case"),
    [pytest.param(item, case, id=f"{item.rule.id}-{case.name}") for item in RULES for case in item.rule.cases],
)
def test_a_rule_does_what_its_case_says(item, case):
    assert outcome_of(item, case) == case.outcome


@pytest.mark.parametrize("layer", ["peoplehub", "practice", "uk"])
def test_the_cases_of_each_rule_show_all_three_outcomes(layer):
    report = run_cases(layer)
    assert not report.failures
    assert report.counts
    for rule, counts in report.counts:
        assert min(counts.values()) >= 1, (rule.id, counts)


def test_a_wrong_case_is_found(tmp_path):
    folder = tmp_path / "mine"
    (folder / "notes").mkdir(parents=True)
    (folder / "rulebase.yaml").write_text(
        'id: mine\ntitle: Mine\nversion: "1.0"\nnote: A test.\nextends: practice\n', encoding="utf-8"
    )
    (folder / "notes" / "wrong.yaml").write_text(
        "id: wrong\ntitle: Wrong\nwhen: {answer: time.weeks, at_most: 2}\neffect: {about: fit, says: Short.}\n"
        'because: A test.\nsource: {document: practice, passage: A test, reference: Ours}\nsince: "1.0"\ncases:\n'
        "  - {name: short, answers: {time.weeks: 3}, outcome: holds}\n"
        "  - {name: long, answers: {time.weeks: 9}, outcome: fails}\n"
        "  - {name: not stated, answers: {}, outcome: unknown}\n",
        encoding="utf-8",
    )
    failures = run_cases(str(folder)).failures
    assert [(failure.rule.id, failure.case.name, failure.outcome) for failure in failures] == [
        ("wrong", "short", "fails")
    ]


def test_the_six_key_questions_are_quoted_word_for_word():
    assert {kind.id: kind.key_question for kind in UK.types} == KEY_QUESTIONS


def test_the_input_by_both_sides_grows_along_the_spectrum_and_starts_with_none_from_people():
    systems = [kind.system_size for kind in UK.types]
    people = [kind.people_size for kind in UK.types]
    assert systems == sorted(set(systems))
    assert people == sorted(set(people))
    assert people[0] == 0
    assert systems[0] > 0


def test_every_rule_says_why_and_where_it_comes_from():
    passages = {passage.id for passage in UK.passages}
    for item in (*UK.rules, *UK.criteria, *UK.support, *UK.types):
        assert item.since, item.id
        if item.source.document == "peoplehub":
            assert item.source.passage in passages, item.id
        else:
            assert item.source.reference, item.id
    for item in (*UK.rules, *UK.criteria, *UK.support):
        assert item.because.endswith((".", "?")), item.id


def test_each_layer_holds_only_what_it_says_it_does():
    for item in (*UK.rules, *UK.support):
        assert (item.layer == "peoplehub") == (item.source.document == "peoplehub"), item.id
        assert (item.layer == "uk") == (item.source.document == "law"), item.id


def test_no_text_calls_one_type_better():
    for kind in UK.types:
        text = " ".join([kind.promise, kind.not_promised, kind.influence, kind.who, kind.relationship]).lower()
        assert "better" not in text
        assert "best" not in text


def test_numbers_that_the_source_does_not_give_are_called_ours():
    for rule in UK.of_kind("note"):
        reads_a_number = any(
            isinstance(value, int) and not isinstance(value, bool) and value > 1 for value in _values(rule.when)
        )
        if reads_a_number:
            assert "ours" in rule.because, rule.id


def _values(condition):
    for name, value in condition.items():
        if name in ("all", "any"):
            for part in value:
                yield from _values(part)
        elif name == "not":
            yield from _values(value)
        elif name != "answer":
            yield value
