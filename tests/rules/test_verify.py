"""What `spectrum rules verify` proves, held against other ways to find out, and against rule bases that are broken."""

import json
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given as forall
from hypothesis import strategies as st

from spectrum_cli.engine import verify_rules
from spectrum_cli.engine.assess import assess, prepare
from spectrum_cli.engine.conditions import compile_condition, keys_read
from spectrum_cli.engine.verify import prove
from spectrum_cli.engine.verify_openness import type_function
from spectrum_cli.engine.verify_space import Space, answers_of, comparisons
from spectrum_cli.files.decision_file import read_decision_file
from spectrum_cli.files.rulebase import NoRuleBase, load_rule_base
from spectrum_cli.model.decision_format import FIELDS, TYPE_IDS, Field, Kind
from spectrum_cli.model.rulebase import ADVISED_TYPE, NEED_GAP, CriterionAnswer
from spectrum_cli.model.verification import AUTHOR_CODES
from spectrum_cli.workflows.verify import verify, write_witnesses
from tests.cli.command import spectrum
from tests.rules.broken import add_rule, copy_rules, edit

LAYERS = ("peoplehub", "practice", "uk")
VERIFIED = {layer: verify(layer) for layer in LAYERS}
UK = prepare(load_rule_base("uk"))
SPACE = Space(UK.rule_base, UK.grid)
TYPED = type_function(SPACE)


# The shipped rules


@pytest.mark.parametrize("layer", LAYERS)
def test_the_shipped_rules_are_sound(layer):
    found = VERIFIED[layer]
    assert [(item.code, item.message) for item in found.diagnostics] == []
    assert all(proof.holds for proof in found.proofs)
    assert found.rule_base.framework == "peoplehub"


@pytest.mark.parametrize("layer", LAYERS)
def test_there_is_a_witness_for_every_type_rule_and_check(layer):
    found = VERIFIED[layer]
    shown = [(item.kind, item.id) for item in found.witnesses]
    assert len(shown) == len(set(shown))
    assert {name for kind, name in shown if kind == "type"} == set(TYPE_IDS)
    for rule in found.rule_base.rules:
        assert (rule.kind, rule.id) in shown
    assert sum(kind == "check" for kind, _ in shown) == (24 if layer == "peoplehub" else 26)


def test_the_spaces_are_as_large_as_they_should_be():
    sizes = {proof.id: proof.size for proof in VERIFIED["uk"].proofs}
    assert sizes["bands"] == 10_001
    assert sizes["one-type"] == 5 * 5 * 4 * 5 * 4 * 3 == 6_000
    assert sizes["monotone"] == sum(6_000 // size * (size - 1) for size in (5, 5, 4, 5, 4, 3))
    assert sizes["possible"] == sum(6_000 // size for size in (5, 5, 4, 5, 4, 3)) + 1


def test_a_witness_that_is_written_is_a_file_that_shows_it(tmp_path):
    count = write_witnesses(VERIFIED["uk"], str(tmp_path / "shown"), force=False)
    files = sorted((tmp_path / "shown").iterdir())
    assert len(files) == count == len(VERIFIED["uk"].witnesses) + 1
    for file in files:
        reading = read_decision_file(str(file))
        assert reading.decision is not None
        assert not reading.diagnostics
        kind, _, name = file.stem.partition("-")
        found = assess(reading.decision.answers, UK)
        held = {outcome.rule.id for outcome in found.trace if outcome.holds}
        if kind == "type":
            assert (found.type.id, found.certain) == (name, True)
        elif kind == "gate":
            assert found.gates[0].rule.effect["holds_to"] == found.type.id
            assert name in held
        elif kind in ("floor", "estimate", "note"):
            assert name in held


# Other ways to find out


def test_the_type_function_is_what_the_grid_says_at_every_point():
    groups = [SPACE.by_level(number) for number in SPACE.questions]
    for levels in product(*(range(len(group)) for group in groups)):
        point = [group[level][0] for group, level in zip(groups, levels, strict=True)]
        point += [len(variable.classes) - 1 for variable in SPACE.variables[len(point) :]]
        assert SPACE.diagrams.at(TYPED.type, point) == UK.grid.type_of(UK.grid.openness(levels))


def some_value(key):
    if key == ADVISED_TYPE:
        return st.sampled_from([None, *TYPE_IDS])
    if key == NEED_GAP:
        return st.sampled_from([None, *range(6)])
    field = FIELDS[key]
    if field.kind is Kind.CHOICES:
        several = st.lists(st.sampled_from(field.answers[1:]), min_size=1, unique=True).map(tuple)
        return st.one_of(st.none(), st.just(("nothing",)), several)
    if field.kind is Kind.COUNT:
        return st.one_of(st.none(), st.integers(0, 1200))
    return st.sampled_from([None, True, False] if field.kind is Kind.FLAG else [None, *field.answers])


def class_of(number, value):
    """The class of a value: the one whose answers all comparisons treat alike."""
    variable = SPACE.variables[number]
    atoms = [atom for rule in UK.rule_base.rules for atom in comparisons(rule.when)]
    checks = [compile_condition(atom, SPACE.ranks) for atom in atoms if atom["answer"] == variable.key]

    def seen(one):
        answers = answers_of({variable.key: one})
        told = one if variable.key in (ADVISED_TYPE, NEED_GAP) else one is None
        level = UK.grid.level(variable.key, one) if number in SPACE.questions else None
        return (told, level, [check(answers) for check in checks])

    return next(place for place, item in enumerate(variable.classes) if seen(item.value) == seen(value))


@forall(st.fixed_dictionaries({variable.key: some_value(variable.key) for variable in SPACE.variables}))
def test_a_diagram_has_the_outcome_of_its_rule_everywhere(values):
    point = [class_of(number, values[variable.key]) for number, variable in enumerate(SPACE.variables)]
    answers = answers_of(values)
    for item in (*UK.gates, *UK.estimates, *UK.floors, *UK.notes):
        assert SPACE.diagrams.at(SPACE.condition(item.rule.when), point) is item.check(answers), item.rule.id


def test_ten_questions_with_five_answers_each_are_proved_without_a_list_of_all_files(monkeypatch):
    base = load_rule_base("practice")
    words = ("a", "b", "c", "d", "e")
    question, gate = base.criteria[0], base.of_kind("gate")[0]
    criteria, gates = [], []
    for number, weight in enumerate((17, 13, 12, 11, 10, 9, 8, 8, 7, 5)):
        key = f"openness.question_{number}"
        monkeypatch.setitem(FIELDS, key, Field(key, Kind.CHOICE, "A question.", "a", words))
        points = (0, 11 + number, 41 + number, 73 - number, 100)
        answers = tuple(CriterionAnswer(word, "An answer.", point) for word, point in zip(words, points, strict=True))
        criteria.append(replace(question, id=f"question-{number}", key=key, weight=weight, answers=answers))
        if number < 5:
            effect = {"holds_to": TYPE_IDS[number]}
            gates.append(replace(gate, id=f"gate-{number}", when={"answer": key, "is": "a"}, effect=effect))
    kept = tuple(rule for rule in base.rules if not any(key.startswith("openness.") for key in keys_read(rule.when)))
    needs = tuple(item for item in base.criteria if not item.weight)
    found = prove(prepare(replace(base, criteria=(*criteria, *needs), rules=(*gates, *kept))))
    assert [fault.message for fault in found.faults] == []
    sizes = {proof.id: proof.size for proof in found.proofs}
    assert sizes["one-type"] == 5**10
    assert sizes["possible"] == 10 * 5**9 + 1


# Broken copies, one change each


def added(kind, name, when, effect, layer="practice"):
    return lambda rules: add_rule(rules.parent / layer, kind, name, when, effect)


def edited(file, before, after):
    return lambda rules: edit(rules.parent / file, before, after)


def removed(*files):
    def remove(rules):
        for file in files:
            (rules.parent / file).unlink()

    return remove


BY_VERIFY = {
    "a stage that gives less than the one before": (
        edited("peoplehub/gates/options-forming.yaml", "holds_to: engage", "holds_to: educate"),
        ("SP913", "peoplehub/gates/options-forming.yaml", 4, "openness.stage: options gives EDUCATE where proposal"),
    ),
    "a gate on the most open answer": (
        added("gates", "too-open", "{answer: openness.agenda, is: together}", "{holds_to: consult}"),
        ("SP913", "practice/gates/too-open.yaml", 4, "openness.agenda: together gives CONSULT where invited"),
    ),
    "possible types that follow from it": (
        edited("peoplehub/gates/options-forming.yaml", "holds_to: engage", "holds_to: inform"),
        ("SP916", "peoplehub/rulebase.yaml", 11, "possible types that are announced"),
    ),
    "one of two answers with equal points": (
        edited("peoplehub/gates/only-the-how.yaml", "in: [method, quality_indicators]", "is: method"),
        ("SP912", "peoplehub/gates/only-the-how.yaml", 3, "tells [method] from [quality_indicators]"),
    ),
    "a note that hangs on the order of a list": (
        added("notes", "method-first", "{answer: openness.open_to_change, is: method}", "{says: So., about: fit}"),
        ("SP912", "practice/notes/method-first.yaml", 3, "order in which the list openness.open_to_change"),
    ),
    "a type that nothing reaches": (
        edited("peoplehub/gates/agenda-is-ours.yaml", "is: system", "at_least: system"),
        ("SP911", "peoplehub/types/co-produce.yaml", 1, "no complete file has the type CO-PRODUCE"),
    ),
    "a gate that excludes itself": (
        added(
            "gates",
            "both",
            "{all: [{answer: openness.stage, is: made}, {answer: openness.stage, is: aim}]}",
            "{holds_to: inform}",
        ),
        ("SP911", "practice/gates/both.yaml", 3, "the gate both can never hold"),
    ),
    "a gate above another": (
        added(
            "gates",
            "above",
            "{all: [{answer: openness.exchange, is: one-way}, {answer: openness.agenda, is: system}]}",
            "{holds_to: consult}",
        ),
        ("SP911", "practice/gates/above.yaml", 4, "the gate above never counts"),
    ),
    "a gate inside another": (
        added(
            "gates",
            "inside",
            "{all: [{answer: openness.exchange, is: one-way}, {answer: openness.agenda, is: system}]}",
            "{holds_to: inform}",
        ),
        ("SP914", "practice/gates/inside.yaml", 3, "the gate inside never makes a difference"),
    ),
    "a gate inside two others together": (
        added(
            "gates",
            "between",
            "{all: [{answer: openness.stage, at_most: proposal}, {answer: openness.agenda, is: system}]}",
            "{holds_to: consult}",
        ),
        ("SP914", "practice/gates/between.yaml", 3, "others hold to the same type or lower"),
    ),
    "a gate that holds nothing": (
        added("gates", "idle", "{answer: openness.stage, is: agenda}", "{holds_to: co-produce}"),
        ("SP914", "practice/gates/idle.yaml", 4, "holds to the most open type"),
    ),
    "the same gate twice": (
        added("gates", "again", "{answer: openness.stage, in: [proposal]}", "{holds_to: consult}"),
        ("SP915", "practice/gates/again.yaml", 3, "the gates one-proposal and again say the same"),
    ),
    "two gates at odds": (
        added("gates", "at-odds", "{answer: openness.stage, in: [proposal]}", "{holds_to: engage}"),
        ("SP915", "practice/gates/at-odds.yaml", 3, "contradict each other"),
    ),
    "the same floor twice": (
        added("floors", "again", "{answer: need.impact, at_least: high}", "{asks_for: consult}"),
        ("SP915", "practice/floors/high-impact.yaml", 3, "the floors again and high-impact say the same"),
    ),
    "two floors at odds": (
        added("floors", "more", "{answer: need.impact, at_least: high}", "{asks_for: engage}"),
        ("SP915", "practice/floors/more.yaml", 3, "the floors high-impact and more contradict each other"),
    ),
    "a floor below a wider one": (
        added(
            "floors",
            "narrow",
            "{all: [{answer: need.impact, is: high}, {answer: need.duty, is: express}]}",
            "{asks_for: consult}",
        ),
        ("SP914", "practice/floors/narrow.yaml", 3, "the floor narrow never makes a difference"),
    ),
    "a floor that asks for nothing": (
        added("floors", "none", "{answer: need.impact, is: low}", "{asks_for: inform}"),
        ("SP914", "practice/floors/none.yaml", 4, "asks for the least open type"),
    ),
    "a floor that reads the advice": (
        added("floors", "early", "{answer: advice.type, is: consult}", "{asks_for: engage}"),
        ("SP911", "practice/floors/early.yaml", 3, "the floor early can never hold"),
    ),
    "a note with a hole between its numbers": (
        edited("peoplehub/notes/small-group.yaml", "at_least: 41}", "at_least: 41, at_most: 40}"),
        ("SP911", "peoplehub/notes/small-group.yaml", 4, "the note small-group can never hold"),
    ),
    "a note on a type that the stage excludes": (
        added(
            "notes",
            "made-with-people",
            "{all: [{answer: advice.type, is: co-design}, {answer: openness.stage, is: made}]}",
            "{says: So., about: fit}",
        ),
        ("SP911", "practice/notes/made-with-people.yaml", 3, "the note made-with-people can never hold"),
    ),
    "a note on a gap that no floor makes": (
        added("notes", "wide", "{answer: advice.gap, at_least: 4}", "{says: So., about: fit}"),
        ("SP911", "practice/notes/wide.yaml", 3, "the note wide can never hold"),
    ),
    "a note on a type and a gap that exclude each other": (
        added(
            "notes",
            "wide",
            "{all: [{answer: advice.gap, at_least: 2}, {answer: advice.type, at_least: consult}]}",
            "{says: So., about: fit}",
        ),
        ("SP911", "practice/notes/wide.yaml", 3, "the note wide can never hold"),
    ),
    "a note before and after the advice": (
        added(
            "notes",
            "too-early",
            "{all: [{answer: advice.type, stated: false}, {answer: openness.stage, stated: true}]}",
            "{says: So., about: fit}",
        ),
        ("SP911", "practice/notes/too-early.yaml", 3, "the note too-early can never hold"),
    ),
    "the same note twice": (
        added(
            "notes",
            "shorter",
            "{answer: time.weeks, at_most: 2}",
            '{says: "There are  fewer than four weeks to gather views in depth and to answer them.", about: fit}',
        ),
        ("SP915", "practice/notes/shorter.yaml", 4, "the notes short-engagement and shorter say the same"),
    ),
    "an estimate for what is answered": (
        added(
            "estimates",
            "late",
            "{answer: openness.exchange, is: discussion}",
            "{counts: openness.exchange, as: discussion}",
        ),
        ("SP911", "practice/estimates/late.yaml", 3, "can never hold while openness.exchange is not answered"),
    ),
    "two estimates of one question": (
        added(
            "estimates",
            "other",
            "{answer: need.understanding, is: high}",
            "{counts: openness.exchange, as: one-way}",
        ),
        ("SP915", "practice/estimates/other.yaml", 3, "can hold together, and both count openness.exchange"),
    ),
    "a rule that is newer than its layer": (
        edited("practice/floors/high-impact.yaml", 'since: "1.0"', 'since: "1.1"'),
        ("SP917", "practice/floors/high-impact.yaml", 7, "since 1.1 is later"),
    ),
    "a finding without the floors it needs": (
        removed(
            "peoplehub/floors/reasons-matter.yaml",
            *(
                f"practice/floors/{name}.yaml"
                for name in (
                    "acceptance-needed",
                    "duty-to-involve",
                    "experience-helps",
                    "experience-needed",
                    "high-impact",
                    "open-conflict",
                )
            ),
        ),
        ("SP911", "practice/rulebase.yaml", 3, "no file was found that gives SP342"),
    ),
}


@pytest.mark.parametrize(("change", "expected"), BY_VERIFY.values(), ids=BY_VERIFY)
def test_a_broken_rule_base_is_not_verified(change, expected, tmp_path):
    rules = copy_rules(tmp_path)
    change(rules)
    found = verify(str(rules))
    code, file, line, word = expected
    told = [(item.code, item.file, item.span.line, item.message) for item in found.diagnostics]
    assert any(
        item[0] == code and item[1].endswith(f"/{file}") and item[2] == line and word in item[3] for item in told
    ), told
    assert not all(proof.holds for proof in found.proofs)
    for item in found.diagnostics:
        assert item.line_text
        assert item.hint.endswith(".")


BY_LOAD = {
    "an overlap of bands": (
        edited("peoplehub/rulebase.yaml", "engage: 45", "engage: 25"),
        ("SP903", "peoplehub/rulebase.yaml", 11, "bands must start at 0 and rise"),
    ),
    "bands that do not start at 0": (
        edited("peoplehub/rulebase.yaml", "inform: 0", "inform: 1"),
        ("SP903", "peoplehub/rulebase.yaml", 11, "bands must start at 0 and rise"),
    ),
    "no bands at all": (
        edited("peoplehub/rulebase.yaml", "bands:", "x-bands:"),
        ("SP902", "peoplehub/rulebase.yaml", 11, "unknown key x-bands"),
    ),
    "points that fall": (
        edited("peoplehub/criteria/exchange.yaml", "points: 70", "points: 50"),
        ("SP903", "peoplehub/criteria/exchange.yaml", 8, "never fall"),
    ),
    "a passage that is not there": (
        edited("peoplehub/gates/one-way.yaml", "passage: INFORM", "passage: TELL"),
        ("SP903", "peoplehub/gates/one-way.yaml", 6, "no passage TELL"),
    ),
    "no reason": (
        edited("practice/floors/high-impact.yaml", "because:", "x-because:"),
        ("SP902", "practice/floors/high-impact.yaml", 1, "because is missing"),
    ),
    "no source": (
        edited("practice/floors/high-impact.yaml", "source:", "x-source:"),
        ("SP902", "practice/floors/high-impact.yaml", 1, "source is missing"),
    ),
    "an empty text": (
        edited("peoplehub/types/engage.yaml", "name: ENGAGE", 'name: ""'),
        ("SP902", "peoplehub/types/engage.yaml", 2, "name"),
    ),
    "an estimate of a need": (
        edited(
            "peoplehub/estimates/understanding-needs-questions.yaml",
            "counts: openness.exchange, as: questions",
            "counts: need.impact, as: high",
        ),
        ("SP903", "peoplehub/estimates/understanding-needs-questions.yaml", 7, "need.impact is none"),
    ),
    "answers in another order than in a file": (
        edited("practice/criteria/impact.yaml", "value: low", "value: high"),
        ("SP903", "practice/criteria/impact.yaml", 7, "must be exactly low, medium, high"),
    ),
    "two questions for one answer": (
        edited("practice/criteria/impact.yaml", "answer: need.impact", "answer: need.acceptance"),
        ("SP904", "practice/criteria/impact.yaml", 2, "need.acceptance is asked for already"),
    ),
    "two prerequisites for one answer": (
        edited("practice/support/access.yaml", "answer: support.access", "answer: support.skills"),
        ("SP904", "practice/support/access.yaml", 2, "support.skills is asked for already"),
    ),
    "a passage listed twice": (
        edited("peoplehub/rulebase.yaml", "id: types", "id: definition"),
        ("SP904", "peoplehub/rulebase.yaml", 23, "definition is listed already"),
    ),
    "a passage added by a higher layer": (
        edited(
            "practice/rulebase.yaml",
            "note:",
            "passages:\n  - {id: mine, heading: Mine, gist: The source says what I want.}\nnote:",
        ),
        ("SP905", "practice/rulebase.yaml", 8, "listed in the first layer"),
    ),
}


@pytest.mark.parametrize(("change", "expected"), BY_LOAD.values(), ids=BY_LOAD)
def test_a_broken_rule_base_is_not_loaded(change, expected, tmp_path):
    rules = copy_rules(tmp_path)
    change(rules)
    with pytest.raises(NoRuleBase) as caught:
        load_rule_base(str(rules))
    code, file, line, word = expected
    told = [(item.code, item.file, item.span.line, item.message) for item in caught.value.diagnostics]
    assert any(
        item[0] == code and item[1].endswith(f"/{file}") and item[2] == line and word in item[3] for item in told
    ), told


def test_the_answers_of_a_need_stand_in_the_order_of_the_format(tmp_path):
    rules = copy_rules(tmp_path)
    path = rules / "criteria" / "impact.yaml"
    low, high = "value: low", "value: high"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(low, "value: X").replace(high, low).replace("value: X", high), encoding="utf-8")
    with pytest.raises(NoRuleBase) as caught:
        load_rule_base(str(rules))
    assert ["in this order" in item.message for item in caught.value.diagnostics] == [True]


# What is said of a fault


def test_a_counter_example_is_two_files_that_differ_in_one_answer(tmp_path):
    rules = copy_rules(tmp_path)
    edit(tmp_path / "peoplehub" / "gates" / "options-forming.yaml", "holds_to: engage", "holds_to: educate")
    found = verify(str(rules))
    narrow, wide = (item for item in found.witnesses if item.kind == "counter-example")
    prepared = prepare(found.rule_base)
    folder = tmp_path / "shown"
    write_witnesses(found, str(folder), force=False)
    one, other = (read_decision_file(str(folder / item.file)).decision.answers for item in (narrow, wide))
    differ = [key for key in one if key.startswith("openness.") and one[key].value != other[key].value]
    assert differ == ["openness.stage"]
    assert assess(one, prepared).type.order > assess(other, prepared).type.order


def test_a_subsumed_rule_points_at_the_one_that_does_its_work(tmp_path):
    rules = copy_rules(tmp_path)
    when = "{all: [{answer: need.impact, is: high}, {answer: need.duty, is: express}]}"
    add_rule(rules, "floors", "narrow", when, "{asks_for: consult}")
    (fault,) = verify(str(rules)).diagnostics
    (related,) = fault.related
    assert related.file.endswith("practice/floors/duty-to-involve.yaml")
    assert "when:" in related.line_text


@pytest.mark.parametrize(
    "when",
    [
        "{all: [{answer: advice.type, is: co-produce}, {answer: openness.stage, stated: false}]}",
        "{all: [{answer: advice.type, stated: false}, {answer: need.impact, is: high}]}",
        "{all: [{answer: advice.gap, stated: false}, {answer: time.weeks, stated: false}]}",
        "{all: [{answer: dates.opens, stated: true}, {answer: dates.closes, stated: true}, "
        "{answer: time.weeks, stated: false}]}",
        "{all: [{answer: plan.promise, stated: true}, {answer: openness.fixed, stated: true}, "
        "{answer: people.groups, stated: true}, {answer: owner, stated: true}]}",
    ],
)
def test_a_note_that_asks_what_is_missing_gets_a_witness_with_that_missing(when, tmp_path):
    rules = copy_rules(tmp_path)
    add_rule(rules, "notes", "missing", when, "{says: Something is missing., about: fit}")
    found = verify(str(rules))
    assert found.diagnostics == ()
    assert ("note", "missing") in {(item.kind, item.id) for item in found.witnesses}


def test_what_is_too_large_to_decide_is_said_and_not_guessed(tmp_path, monkeypatch):
    monkeypatch.setattr(verify_rules, "MOST_GAPS", 10)
    rules = copy_rules(tmp_path)
    when = "{all: [{answer: advice.type, is: inform}, {answer: openness.stage, stated: false}]}"
    add_rule(rules, "notes", "missing", when, "{says: So., about: fit}")
    assert [item.code for item in verify(str(rules)).diagnostics] == ["SP918"]


def test_every_code_has_a_meaning():
    codes = [info.code for info in AUTHOR_CODES]
    assert codes == sorted(set(codes))
    expected = {code for _, (code, *_) in (*BY_VERIFY.values(), *BY_LOAD.values())}
    assert {code for code in expected if code >= "SP905"} <= set(codes)


# The command


def test_the_command_ends_with_0_1_or_2(tmp_path):
    clean = spectrum("rules", "verify", "--seed-only")
    assert (clean.code, clean.err) == (0, "")
    assert "6,000 complete files" in clean.out
    assert clean.out.splitlines()[-1].endswith("no findings")
    rules = copy_rules(tmp_path)
    add_rule(rules, "gates", "idle", "{answer: openness.stage, is: agenda}", "{holds_to: co-produce}")
    found = spectrum("rules", "verify", "--rules", rules)
    assert found.code == 1
    assert found.out.startswith(f"{rules}/gates/idle.yaml:4:")
    assert found.out.splitlines()[-1].endswith("1 finding")
    edit(rules / "gates" / "idle.yaml", "title:", "titel:")
    refused = spectrum("rules", "verify", "--rules", rules)
    assert (refused.code, refused.out) == (2, "")
    assert "SP902" in refused.err


def test_the_json_has_proofs_witnesses_and_located_findings(tmp_path):
    rules = copy_rules(tmp_path)
    add_rule(rules, "gates", "idle", "{answer: openness.stage, is: agenda}", "{holds_to: co-produce}")
    ran = spectrum("rules", "verify", "--format", "json", "--rules", rules)
    assert ran.code == 1
    data = json.loads(ran.out)
    assert data["rule_base"]["framework"] == "peoplehub"
    assert {proof["id"] for proof in data["proofs"] if not proof["proved"]} >= {"differences"}
    (finding,) = data["diagnostics"]
    assert (finding["code"], finding["line"]) == ("SP914", 4)
    assert data["witnesses"][0]["text"].startswith("# Shows")
    assert "peoplehub, used with acknowledgement" in data["acknowledgement"]


def test_the_same_rules_give_the_same_bytes():
    first, second = (spectrum("rules", "verify", "--rules", "uk", "--format", "json") for _ in range(2))
    assert first == second


def test_witnesses_replace_nothing_unless_they_may(tmp_path):
    for arguments, code in ([], 0), ([], 2), (["--force"], 0):
        assert spectrum("rules", "verify", "--witnesses", tmp_path / "shown", *arguments).code == code
