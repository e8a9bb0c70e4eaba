import pytest
from hypothesis import given as forall
from hypothesis import strategies as st

from spectrum_cli.engine.advice import advise
from spectrum_cli.engine.assess import assess, prepare
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.decision import Answer, Decision, Part
from spectrum_cli.model.decision_format import FIELDS, Kind
from spectrum_cli.model.location import FILE_START

RULES = prepare(load_rule_base("practice"))

CONSULT = {
    "openness.stage": "proposal",
    "openness.open_to_change": ("whether",),
    "openness.use_of_input": "considered",
    "openness.exchange": "responses",
    "openness.starting_position": "preferred",
    "openness.agenda": "system",
}
CO_DESIGN = {
    "openness.stage": "aim",
    "openness.open_to_change": ("method",),
    "openness.use_of_input": "shapes",
    "openness.exchange": "joint-work",
    "openness.starting_position": "open",
    "openness.agenda": "invited",
}


def answers(values):
    return {key: Answer(value, 1, 1, 1, 1) for key, value in values.items()}


def assessed(values):
    return assess(answers(values), RULES)


def notes(found):
    return {note.rule.id for note in found.notes}


def openness_answers():
    def some(field):
        if field.kind is Kind.CHOICES:
            several = st.lists(st.sampled_from(field.answers[1:]), min_size=1, unique=True).map(tuple)
            return st.one_of(st.none(), st.just(("nothing",)), several)
        return st.one_of(st.none(), st.sampled_from(field.answers))

    fields = [field for key, field in FIELDS.items() if key.startswith("openness.") and field.answers]
    return st.fixed_dictionaries({field.key: some(field) for field in fields})


NEED = st.fixed_dictionaries(
    {
        "need.understanding": st.sampled_from([None, "low", "medium", "high"]),
        "need.impact": st.sampled_from([None, "low", "high"]),
        "people.taking_part": st.one_of(st.none(), st.integers(0, 10**6)),
        "support.skills": st.sampled_from([None, "met", "planned", "missing"]),
        "time.weeks": st.one_of(st.none(), st.integers(0, 600)),
    }
)


@forall(openness_answers(), NEED)
def test_the_estimate_is_possible_and_inside_its_own_band_and_range(openness, need):
    found = assessed({**openness, **need})
    room = found.openness
    if found.type is None:
        assert all(value is None for value in openness.values())
        assert room.value is None
        assert len(found.possible_types) == 6
        return
    assert found.type in found.possible_types
    assert found.type.band_from <= room.value
    assert room.value <= found.type.band_to or room.value < found.type.band_to + 0.1
    assert room.low <= room.value <= room.high


@forall(openness_answers(), NEED, st.data())
def test_filling_in_an_unknown_answer_lands_inside_the_announced_types(openness, need, data):
    before = assessed({**openness, **need})
    unknown = [key for key, value in openness.items() if value is None]
    if not unknown:
        assert before.certain
        return
    key = data.draw(st.sampled_from(unknown))
    field = FIELDS[key]
    value = data.draw(st.sampled_from(field.answers))
    filled = assessed({**openness, **need, key: (value,) if field.kind is Kind.CHOICES else value})
    assert set(filled.possible_types) <= set(before.possible_types)
    assert filled.type in before.possible_types


@forall(openness_answers(), NEED)
def test_nothing_but_openness_moves_what_is_possible(openness, need):
    assert assessed({**openness, **need}).possible_types == assessed(openness).possible_types


def test_contributions_name_their_answer_and_add_up():
    found = assessed(CONSULT)
    assert sum(item.points for item in found.contributions) == pytest.approx(found.openness.before_gates)
    assert [item.counted for item in found.contributions] == [
        "proposal",
        "whether",
        "considered",
        "responses",
        "preferred",
        "system",
    ]
    assert sum(item.most for item in found.contributions) == 100


def test_gates_that_hold_name_the_answers_that_they_read():
    gate = next(gate for gate in assessed(CONSULT).gates if gate.rule.id == "one-proposal")
    assert gate.rule.effect["holds_to"] == "consult"
    assert [(read.key, read.value, read.answer.line) for read in gate.answers] == [("openness.stage", "proposal", 1)]


def test_the_trace_has_every_rule_once_with_its_outcome():
    found = assessed({"openness.stage": "made"})
    by_id = {outcome.rule.id: outcome.holds for outcome in found.trace}
    assert len(by_id) == len(found.trace) == len(RULES.rule_base.rules)
    assert by_id["decision-made"] is True
    assert by_id["one-proposal"] is False
    assert by_id["nothing-open"] is None


class TestTrapsThatRealCasesSet:
    def test_good_support_does_not_lift_the_type(self):
        everything = {key: "met" for key in FIELDS if key.startswith("support.")}
        found = assessed({**CO_DESIGN, **everything})
        assert found.type.id == "co-design"
        assert found.readiness.state == "ready"

    def test_scale_does_not_beat_openness(self):
        found = assessed({**CO_DESIGN, "openness.stage": "options", "people.taking_part": 106_000})
        assert found.type.id == "engage"
        assert "depth-takes-capacity" in notes(found)

    def test_few_answers_do_not_make_a_consultation_into_engagement(self):
        found = assessed({**CONSULT, "people.affected": 5000, "people.taking_part": 9})
        assert found.type.id == "consult"
        assert "breadth-of-consulting" in notes(found)

    def test_a_binding_yes_or_no_stays_a_consultation(self):
        assert assessed({**CONSULT, "openness.use_of_input": "shared"}).type.id == "consult"

    def test_a_settled_mind_is_no_gate_but_is_noted(self):
        found = assessed({**CONSULT, "openness.starting_position": "settled"})
        assert found.type.id == "consult"
        assert "settled-mind" in notes(found)

    def test_a_high_need_never_raises_the_type_of_a_made_decision(self):
        need = {
            "need.impact": "high",
            "need.duty": "express",
            "need.lived_experience": "high",
            "need.contested": "high",
        }
        found = assessed({**CONSULT, "openness.stage": "made", **need})
        assert found.type.id == "educate"
        assert found.need.floor.id == "engage"
        assert found.need.gap == 2
        assert {"duty-and-made", "need-above-openness"} <= notes(found)


@pytest.mark.parametrize(
    ("understanding", "expected"), [("high", "educate"), ("medium", "inform"), ("low", "inform"), (None, "inform")]
)
def test_within_a_made_decision_the_need_for_understanding_parts_educate_from_inform(understanding, expected):
    found = assessed({"openness.stage": "made", "need.understanding": understanding})
    assert found.type.id == expected
    assert [kind.id for kind in found.possible_types] == ["inform", "educate"]


def test_understanding_does_not_overrule_a_stated_one_way_exchange():
    found = assessed({"openness.stage": "made", "openness.exchange": "one-way", "need.understanding": "high"})
    assert found.type.id == "inform"
    assert found.certain
    assert found.need.floor.id == "educate"
    assert found.need.gap == 1


@pytest.mark.parametrize(
    ("planned", "verdict"),
    [
        (None, "none"),
        ("educate", "below"),
        ("consult", "matches"),
        ("engage", "over-promise"),
        ("co-produce", "over-promise"),
    ],
)
def test_the_plan_is_held_against_what_is_certain(planned, verdict):
    assert assessed({**CONSULT, "plan.type": planned}).plan.verdict == verdict


@pytest.mark.parametrize(
    ("stated", "planned", "verdict"),
    [
        ({}, "inform", "not-shown"),
        ({}, "co-produce", "not-shown"),
        ({"openness.exchange": "responses"}, "engage", "matches"),
        ({"openness.exchange": "responses", "openness.agenda": "system"}, "co-design", "over-promise"),
        ({"openness.agenda": "together", "openness.exchange": "questions"}, "educate", "matches"),
        ({"openness.use_of_input": "considered"}, "co-design", "over-promise"),
        ({"openness.starting_position": "preferred"}, "co-produce", "not-shown"),
    ],
)
def test_a_plan_above_the_estimate_is_not_shown_and_above_the_possible_an_over_promise(stated, planned, verdict):
    assert assessed({**stated, "plan.type": planned}).plan.verdict == verdict


def support(found):
    return {item.prerequisite.id: item.state for item in found.readiness.prerequisites}


def test_a_type_needs_everything_that_the_types_before_it_need():
    found = assessed(CO_DESIGN)
    assert set(support(found)) == {
        "reasons",
        "pros-and-cons",
        "scope",
        "effect-of-input",
        "commitment",
        "response-capacity",
        "challenges-and-resources",
        "perspectives",
        "access",
        "policy",
        "skills",
        "power",
        "investment",
    }
    assert set(support(found).values()) == {"unknown"}
    assert found.readiness.state == "unknown"
    assert found.readiness.supported_type.id == "inform"


CONSULT_NEEDS = ("reasons", "pros_and_cons", "scope", "effect_of_input", "commitment")


@pytest.mark.parametrize(
    ("changed", "state", "supported", "planned"),
    [
        ({}, "ready", "consult", "consult"),
        ({"scope": "planned"}, "planned", "educate", "consult"),
        ({"scope": "missing"}, "not-ready", "educate", "educate"),
        ({"scope": None}, "unknown", "educate", "educate"),
        ({"scope": None, "reasons": "missing"}, "not-ready", "inform", "inform"),
        ({"reasons": "planned", "commitment": "planned"}, "planned", "inform", "consult"),
    ],
)
def test_missing_support_says_what_could_be_offered_and_never_lowers_the_type(changed, state, supported, planned):
    stated = {f"support.{name}": changed.get(name, "met") for name in CONSULT_NEEDS}
    found = assessed({**CONSULT, **stated})
    assert found.type.id == "consult"
    assert found.readiness.state == state
    assert found.readiness.supported_type.id == supported
    assert found.readiness.planned_type.id == planned


def test_without_any_answer_about_openness_there_is_no_type_and_no_readiness():
    found = assessed({"need.impact": "high", "support.reasons": "met"})
    assert found.type is None
    assert not found.certain
    assert found.readiness.prerequisites == ()
    assert found.need.floor.id == "consult"
    assert found.need.gap == 0
    assert found.next_question is not None


def test_a_part_takes_over_answer_by_answer_and_has_its_own_advice():
    part = Part("leaflet", "The leaflet", answers({**CO_DESIGN, "openness.starting_position": None}), FILE_START)
    made = {**CONSULT, "openness.stage": "made", "plan.type": "co-produce", "need.impact": "high"}
    decision = Decision("x.yaml", "A pathway", answers(made), (part,))
    advice = advise(decision, RULES)
    assert advice.whole.assessment.type.id == "educate"
    own = advice.parts[0].assessment
    assert own.type.id == "co-design"
    assert own.plan.verdict == "over-promise"
    assert own.answers["need.impact"].value == "high"
    assert own.answers["openness.starting_position"].value is None
    assert [(kind.id, ids) for kind, ids in advice.mix] == [("co-design", ("leaflet",))]


def test_moves_are_given_only_where_the_type_is_certain():
    certain = advise(Decision("x", "X", answers(CONSULT)), RULES).whole
    assert {move.type.id for move in certain.moves} == {"educate", "engage"}
    up = next(move for move in certain.moves if move.type.id == "engage")
    assert {(change.criterion.id, change.before, change.after) for change in up.changes} == {
        ("stage", "proposal", "options"),
        ("open-to-change", ("whether",), ("whether", "options")),
    }
    open_still = advise(Decision("x", "X", answers({"openness.stage": "aim"})), RULES).whole
    assert open_still.moves == ()
    assert open_still.assessment.next_question is not None


def test_the_same_input_gives_the_same_advice():
    decision = Decision("x", "X", answers(CO_DESIGN))
    assert advise(decision, RULES) == advise(decision, RULES)


def test_the_seed_layer_alone_knows_no_floor_but_understanding(seed):
    found = assess(answers({**CONSULT, "need.impact": "high", "need.understanding": "high"}), seed)
    assert found.need.floor.id == "educate"
    assert "support.access" not in {item.prerequisite.key for item in found.readiness.prerequisites}


def test_facts_of_law_are_only_in_the_uk_layer(uk):
    values = {**CONSULT, "need.duty": "express", "need.unequal_effect": True}
    law = {note.rule.id for note in assess(answers(values), uk).notes if note.rule.effect["about"] == "law"}
    assert law == {"gunning", "duty-to-involve-nhs", "equality-duty"}
    assert not [note for note in assessed(values).notes if note.rule.effect["about"] == "law"]
