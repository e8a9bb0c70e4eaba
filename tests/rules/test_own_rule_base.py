"""What a team's own layer may change, what it may not, and how a framework of its own says so."""

import json
from itertools import product

import pytest
from hypothesis import given as forall
from hypothesis import strategies as st

from spectrum_cli.engine.conditions import compile_condition
from spectrum_cli.engine.verify_space import answers_of
from spectrum_cli.files.rulebase import NoRuleBase, load_rule_base, rules_folder
from spectrum_cli.files.rulebase_overrides import loosened
from spectrum_cli.workflows.rules import run_cases
from spectrum_cli.workflows.verify import verify
from tests.cli.command import spectrum
from tests.rules.broken import add_rule, copy_rules, edit

PEOPLEHUB = rules_folder() / "peoplehub"
ACKNOWLEDGEMENT = "Spectrum of Participation © peoplehub, used with acknowledgement"
HEADER = 'id: mine\ntitle: Ours\nversion: "1.0"\nnote: Ours.\nextends: practice\n'
TEXTS = """\
id: engage
promise: We will answer each of you in writing.
who: People from all nine villages.
because: Our charter asks for it.
source: {document: practice, passage: Promise, reference: "Our charter, section 2"}
since: "1.0"
"""


@pytest.fixture
def mine(tmp_path):
    """A layer of one's own that adds nothing yet."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "rulebase.yaml").write_text(HEADER, encoding="utf-8")
    return folder


def restate(mine, file, *changes):
    """Copy a file of the first layer into one's own and change it."""
    target = mine / file
    target.parent.mkdir(exist_ok=True)
    target.write_text((PEOPLEHUB / file).read_text(encoding="utf-8"), encoding="utf-8")
    for before, after in changes:
        edit(target, before, after)


def own_framework(mine):
    (mine / "rulebase.yaml").write_text(f"{HEADER}framework: own\n", encoding="utf-8")


def faults(mine):
    with pytest.raises(NoRuleBase) as caught:
        load_rule_base(str(mine))
    return [(item.code, item.file, item.span.line, item.message) for item in caught.value.diagnostics]


# What may be added


def test_a_layer_adds_floors_notes_gates_and_texts_and_is_verified(mine):
    add_rule(mine, "floors", "nearby", "{answer: place.level, is: local}", "{asks_for: educate}")
    add_rule(mine, "notes", "long", "{answer: time.weeks, at_least: 53}", "{says: This is long., about: fit}")
    add_rule(mine, "gates", "preferred", "{answer: openness.starting_position, is: settled}", "{holds_to: consult}")
    (mine / "texts").mkdir()
    (mine / "texts" / "engage.yaml").write_text(TEXTS, encoding="utf-8")
    found = verify(str(mine))
    assert found.diagnostics == ()
    assert found.rule_base.framework == "peoplehub"
    assert found.rule_base.acknowledgement == ACKNOWLEDGEMENT
    engage, shipped = found.rule_base.type("engage"), load_rule_base().type("engage")
    assert engage.promise == "We will answer each of you in writing."
    assert engage.who == "People from all nine villages."
    for name in ("not_promised", "key_question", "side", "order", "input_system", "band_from"):
        assert getattr(engage, name) == getattr(shipped, name)


@pytest.mark.parametrize("key", ["key_question: What do you want?", "side: to", "name: TALK", "order: 1"])
def test_texts_cannot_touch_what_makes_a_type(mine, key):
    (mine / "texts").mkdir()
    (mine / "texts" / "engage.yaml").write_text(f"{TEXTS}{key}\n", encoding="utf-8")
    ((code, _, line, message),) = faults(mine)
    assert (code, line) == ("SP902", 7)
    assert key.partition(":")[0] in message


def test_a_higher_layer_restates_one_text_and_keeps_the_other(mine, tmp_path):
    (mine / "texts").mkdir()
    (mine / "texts" / "engage.yaml").write_text(TEXTS, encoding="utf-8")
    above = tmp_path / "above"
    (above / "texts").mkdir(parents=True)
    (above / "rulebase.yaml").write_text(HEADER.replace("mine", "above").replace("practice", "../mine"), "utf-8")
    (above / "texts" / "engage.yaml").write_text(TEXTS.replace("nine", "ten").replace("promise", "# promise"), "utf-8")
    engage = load_rule_base(str(above)).type("engage")
    assert engage.who == "People from all ten villages."
    assert engage.promise == "We will answer each of you in writing."


@pytest.mark.parametrize(
    "change",
    [
        ("holds_to: consult", "holds_to: educate"),
        ("is: proposal", "at_most: proposal"),
        ("{answer: openness.stage, is: proposal}", "{any: [{answer: openness.stage, in: [proposal, options]}]}"),
        ("because: People", "because: Here too, people"),
    ],
)
def test_a_gate_of_the_same_id_may_be_stricter(mine, change):
    restate(mine, "gates/one-proposal.yaml", change)
    base = load_rule_base(str(mine))
    (gate,) = (rule for rule in base.rules if rule.id == "one-proposal")
    assert (gate.layer, gate.file) == ("mine", "mine/gates/one-proposal.yaml")
    assert load_rule_base(str(mine)).framework == "peoplehub"


def test_a_gate_that_a_higher_layer_overrules_is_no_fault(mine):
    add_rule(mine, "gates", "nothing-yet", "{answer: openness.stage, at_most: options}", "{holds_to: consult}")
    add_rule(mine, "floors", "all-of-us", "{answer: need.impact, at_least: medium}", "{asks_for: engage}")
    found = verify(str(mine))
    assert found.diagnostics == ()
    shown = {item.id for item in found.witnesses if item.kind == "gate"}
    assert {rule.id for rule in found.rule_base.of_kind("gate")} - shown == {"options-forming"}
    (proof,) = (proof for proof in found.proofs if proof.id == "reach-gates")
    assert proof.detail == "15 of 16 gates shown, 1 overruled"


# What may not be changed


def test_a_gate_may_not_hold_higher(mine):
    restate(mine, "gates/one-proposal.yaml", ("holds_to: consult", "holds_to: engage"))
    ((code, file, line, message),) = faults(mine)
    assert (code, line) == ("SP905", 4)
    assert file.endswith("mine/gates/one-proposal.yaml")
    assert "holds to engage, and peoplehub's to consult" in message


@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        ("gates/one-proposal.yaml", "is: proposal", "is: options", "openness.stage: proposal"),
        (
            "gates/one-proposal.yaml",
            "{answer: openness.stage, is: proposal}",
            "{all: [{answer: openness.stage, is: proposal}, {answer: openness.agenda, at_most: invited}]}",
            "openness.agenda: together, openness.stage: proposal",
        ),
        (
            "gates/talk-without-deciding.yaml",
            "at_most: shapes",
            "at_most: considered",
            "openness.exchange: discussion, openness.use_of_input: shapes",
        ),
        (
            "gates/only-the-how.yaml",
            "[method, quality_indicators]",
            "[method]",
            "openness.open_to_change: quality_indicators",
        ),
    ],
)
def test_a_gate_may_not_hold_in_fewer_cases_and_one_is_named(mine, file, before, after, told):
    restate(mine, file, (before, after))
    ((code, _, line, message),) = faults(mine)
    assert (code, line) == ("SP905", 3 if "talk" not in file else 4)
    assert f"with {told} where this one does not" in message


@pytest.mark.parametrize(
    ("file", "changes", "word"),
    [
        ("criteria/stage.yaml", [("weight: 30", "weight: 31")], "its weight and points"),
        ("types/engage.yaml", [("key_question: ", "key_question: So? ")], "its key question"),
        ("types/engage.yaml", [("promise: ", "promise: Well. ")], "its key question"),
    ],
)
def test_weights_and_types_are_the_frameworks(mine, file, changes, word):
    restate(mine, file, *changes)
    ((code, _, line, message),) = faults(mine)
    assert (code, line) == ("SP905", 1)
    assert word in message


def test_bands_are_the_frameworks(mine):
    bands = "bands: {inform: 0, educate: 1, consult: 2, engage: 3, co-design: 4, co-produce: 5}\n"
    (mine / "rulebase.yaml").write_text(HEADER + bands, encoding="utf-8")
    ((code, file, line, _),) = faults(mine)
    assert (code, line) == ("SP905", 6)
    assert file.endswith("mine/rulebase.yaml")


def test_other_rules_of_the_same_id_are_refused_as_ever(mine):
    source = rules_folder() / "practice" / "floors" / "high-impact.yaml"
    (mine / "floors").mkdir()
    (mine / "floors" / "high-impact.yaml").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    assert [fault[0] for fault in faults(mine)] == ["SP904"]


# A framework of its own


def test_a_framework_of_its_own_may_change_all_that_and_says_so(mine):
    own_framework(mine)
    restate(mine, "gates/one-proposal.yaml", ("is: proposal", "is: made"), ("holds_to: consult", "holds_to: engage"))
    restate(mine, "types/engage.yaml", ("key_question: ", "key_question: So? "))
    restate(mine, "criteria/stage.yaml", ("weight: 30", "weight: 29"))
    restate(mine, "criteria/agenda.yaml", ("weight: 5", "weight: 6"))
    bands = "bands: {inform: 0, educate: 1, consult: 2, engage: 3, co-design: 4, co-produce: 5}\n"
    with (mine / "rulebase.yaml").open("a", encoding="utf-8") as stream:
        stream.write(bands)
    base = load_rule_base(str(mine))
    assert load_rule_base(str(mine)).framework == "own"
    assert base.type("engage").key_question.startswith("So?")
    assert base.type("co-produce").band_from == 5
    assert base.criterion("openness.agenda").weight == 6
    assert base.acknowledgement == f"A framework of its own, not peoplehub's. It builds on the {ACKNOWLEDGEMENT}"


@pytest.mark.parametrize("line", ['"framework": own', "'framework': own"])
def test_a_framework_of_its_own_cannot_be_declared_where_it_would_not_be_said(mine, line):
    (mine / "rulebase.yaml").write_text(f"{HEADER}{line}\n", encoding="utf-8")
    ((code, _, line_number, _),) = faults(mine)
    assert (code, line_number) == ("SP902", 6)


def test_a_layer_on_a_framework_of_its_own_does_not_make_it_peoplehubs_again(mine, tmp_path):
    own_framework(mine)
    above = tmp_path / "above"
    above.mkdir()
    (above / "rulebase.yaml").write_text(HEADER.replace("mine", "above").replace("practice", "../mine"), "utf-8")
    assert load_rule_base(str(above)).framework == "own"
    restate(above, "gates/one-proposal.yaml", ("holds_to: consult", "holds_to: engage"))
    assert [fault[0] for fault in faults(above)] == ["SP905"]


def test_a_copy_of_the_seed_is_a_framework_of_its_own_once_it_is_changed(tmp_path):
    rules = copy_rules(tmp_path)
    assert load_rule_base(str(rules)).framework == "peoplehub"
    assert load_rule_base(str(rules)).acknowledgement == ACKNOWLEDGEMENT
    edit(tmp_path / "peoplehub" / "gates" / "one-way.yaml", "holds_to: inform", "holds_to: educate")
    assert load_rule_base(str(rules)).framework == "own"
    assert "not peoplehub's" in load_rule_base(str(rules)).acknowledgement


def test_every_output_says_that_it_is_not_peoplehubs(mine, tmp_path):
    own_framework(mine)
    decision = tmp_path / "x.yaml"
    decision.write_text("spectrum: 1\ntitle: X\nopenness: {stage: proposal}\n", encoding="utf-8")
    for arguments in (
        ("advise", decision),
        ("advise", "--format", "json", decision),
        ("advise", "--format", "markdown", decision),
        ("advise", "--format", "html", decision),
        ("advise", "--format", "svg", decision),
        ("rules", "list"),
        ("rules", "verify"),
    ):
        ran = spectrum(*arguments, "--rules", mine)
        assert ran.code == 0
        assert "A framework of its own, not peoplehub" in " ".join(ran.out.split()), arguments
    for command in ("list", "verify"):
        data = json.loads(spectrum("rules", command, "--format", "json", "--rules", mine).out)
        assert data["rule_base"]["framework"] == "own"


# The proof that a gate is not looser, held against going through all answers

KEYS = ("openness.stage", "openness.use_of_input", "openness.agenda")
ORDERS = {
    item.key: {answer.value: answer.points for answer in item.answers}
    for item in load_rule_base().criteria
    if item.key in KEYS
}
RANKS = {key: {word: place for place, word in enumerate(order)} for key, order in ORDERS.items()}


def comparisons_of(key):
    words = list(ORDERS[key])
    return st.one_of(
        st.fixed_dictionaries({"answer": st.just(key), "is": st.sampled_from(words)}),
        st.fixed_dictionaries({"answer": st.just(key), "at_least": st.sampled_from(words)}),
        st.fixed_dictionaries({"answer": st.just(key), "at_most": st.sampled_from(words)}),
        st.fixed_dictionaries({"answer": st.just(key), "in": st.lists(st.sampled_from(words), min_size=1)}),
    )


GATES = st.recursive(
    st.sampled_from(KEYS).flatmap(comparisons_of),
    lambda inner: st.builds(
        lambda name, parts: {name: parts}, st.sampled_from(["all", "any"]), st.lists(inner, min_size=1)
    ),
    max_leaves=6,
)


@forall(GATES, GATES)
def test_a_gate_is_called_looser_just_where_it_is(before, after):
    checks = [compile_condition(condition, RANKS) for condition in (before, after)]
    escaped = []
    for words in product(*(ORDERS[key] for key in KEYS)):
        answers = answers_of(dict(zip(KEYS, words, strict=True)))
        if checks[0](answers) and not checks[1](answers):
            escaped.append(words)
    found = loosened(before, after, ORDERS)
    assert (found is not None) is bool(escaped)
    if found is not None:
        inside = [found.get(key, frozenset(ORDERS[key])) for key in KEYS]
        assert all(words in escaped for words in product(*inside))


def test_the_cases_of_a_restated_gate_are_run(mine):
    restate(mine, "gates/one-proposal.yaml", ("is: proposal", "at_most: proposal"))
    assert [(item.rule.id, item.case.name) for item in run_cases(str(mine)).failures] == [
        ("one-proposal", "already made")
    ]
