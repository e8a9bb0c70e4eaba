import pytest
from hypothesis import given as forall
from hypothesis import strategies as st

from spectrum_cli.engine.advice import advise
from spectrum_cli.engine.assess import assess, prepare
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.decision import Answer, Decision, Fixed, Part
from spectrum_cli.model.decision_format import FIELDS, Kind
from spectrum_cli.model.location import FILE_START
from tests.engine.small_rules import AGENDA, STAGE, prepared, question, rule

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


# By hand


def small_assessed(rules, values, **names):
    return assess({key: Answer(value, 4, 3, 4, 9) for key, value in values.items()}, rules, **names)


def test_gates_stand_lowest_first_and_then_in_the_order_of_their_questions():
    later = rule("gate", "a-later", {"answer": AGENDA, "is": "invited"}, "educate")
    earlier = rule("gate", "b-earlier", {"answer": STAGE, "is": "aim"}, "engage")
    lowest = rule("gate", "c-lowest", {"answer": AGENDA, "is": "together"}, "inform")
    both = rule("gate", "d-both", {"any": [{"answer": AGENDA, "is": "x"}, {"answer": STAGE, "is": "y"}]}, "engage")
    rules = prepared(later, earlier, lowest, both)
    assert [item.rule.id for item in rules.gates] == [
        "c-lowest",
        "made",
        "a-later",
        "b-earlier",
        "d-both",
        "ours-alone",
    ]
    assert [item.keys for item in rules.gates[3:]] == [(STAGE,), (AGENDA, STAGE), (AGENDA,)]


def test_what_is_prepared_is_all_that_an_assessment_reads():
    rules = prepared()
    assert [item.rule.id for item in rules.floors] == ["impact", "duty"]
    assert [item.rule.id for item in rules.estimates] == ["asked-in"]
    assert [item.rule.id for item in rules.notes] == ["hurry", "above"]
    assert rules.need_keys == ("need.impact", "need.duty")
    assert rules.orders == {kind.id: kind.order for kind in rules.rule_base.types}
    assert {key for key in rules.list_keys if key.startswith("openness")} == {"openness.open_to_change"}
    assert rules.prerequisites == ()


def test_what_the_need_asks_for_is_read_by_the_order_of_the_format():
    order = rule("floor", "order", {"answer": "need.contested", "at_least": "medium"}, "co-design")
    rules = prepared(order)
    asked = [small_assessed(rules, {"need.contested": word}).need.floor for word in ("low", "medium", "high")]
    assert [kind and kind.id for kind in asked] == [None, "co-design", "co-design"]


def test_a_note_reads_the_advised_type_by_its_order():
    wide = rule("note", "wide", {"answer": "advice.type", "at_least": "engage"}, "Mind.")
    rules = prepared(wide)
    given = {
        stage: [note.rule.id for note in small_assessed(rules, {STAGE: stage, AGENDA: "invited"}).notes]
        for stage in ("made", "proposal", "options", "aim")
    }
    assert given == {"made": [], "proposal": [], "options": ["wide"], "aim": ["wide"]}


def test_an_assessment_tells_every_step():
    found = small_assessed(
        prepared(),
        {STAGE: "made", AGENDA: "together", "need.impact": "high", "time.weeks": 3},
        ident="x",
        title="The colour",
    )
    assert (found.id, found.title) == ("x", "The colour")
    assert (found.type.id, [kind.id for kind in found.possible_types]) == ("educate", ["educate"])
    assert found.openness == (24.9, 24.9, 24.9, 40)
    assert [gate.rule.id for gate in found.gates] == ["made"]
    assert [(item.criterion.key, item.counted, item.points, item.most) for item in found.contributions] == [
        (STAGE, "made", 0, 60),
        (AGENDA, "together", 40, 40),
    ]
    assert found.contributions[0].read == (STAGE, Answer("made", 4, 3, 4, 9))
    assert (found.need.floor.id, found.need.gap, found.need.unanswered) == ("consult", 1, ("need.duty",))
    assert [(outcome.rule.id, outcome.holds) for outcome in found.need.floors] == [("impact", True), ("duty", None)]
    assert [note.rule.id for note in found.notes] == ["hurry", "above"]
    assert [(outcome.rule.id, outcome.holds) for outcome in found.trace] == [
        ("made", True),
        ("ours-alone", False),
        ("asked-in", None),
        ("impact", True),
        ("duty", None),
        ("hurry", True),
        ("above", True),
    ]
    gap = found.trace[-1].answers
    assert [(read.key, read.value, read.answer) for read in gap] == [("advice.gap", 1, Answer(1, 0, 0, 0, 0))]
    assert found.next_question is None
    assert found.estimates == ()
    assert small_assessed(prepared(), {}).id == small_assessed(prepared(), {}).title == ""


def test_the_advised_type_has_no_place_of_its_own():
    told = rule("note", "told", {"answer": "advice.type", "stated": True}, "Mind.")
    (note,) = (note for note in small_assessed(prepared(told), {STAGE: "made"}).notes if note.rule.id == "told")
    assert note.answers == (("advice.type", Answer("inform", 0, 0, 0, 0)),)
    assert all(type(place) is int for place in note.answers[0].answer[1:])


def test_an_unanswered_question_contributes_nothing_yet():
    found = small_assessed(prepared(), {STAGE: "aim", AGENDA: None})
    assert [(item.counted, item.points, item.most) for item in found.contributions] == [
        ("aim", 45, 60),
        (None, None, 40),
    ]
    assert found.contributions[1].read == (AGENDA, Answer(None, 4, 3, 4, 9))
    assert [item.criterion.key for item in found.contributions] == [STAGE, AGENDA]
    assert (found.next_question.criterion.key, found.next_question.expected) == (AGENDA, 1)
    absent = small_assessed(prepared(), {STAGE: "aim"}).contributions[1]
    assert absent.read == (AGENDA, None)


def test_the_most_open_item_of_a_list_is_the_one_that_counts():
    key = "openness.open_to_change"
    rules = prepared(
        but=prepared().rule_base.rules, questions=(question(key, 100, nothing=0, whether=25, options=50, method=50),)
    )
    found = small_assessed(rules, {key: ("whether", "method", "options")}).contributions[0]
    assert (found.counted, found.points) == ("method", 50)
    close = prepared(but=prepared().rule_base.rules, questions=(question(key, 100, nothing=0, whether=0, options=1),))
    assert small_assessed(close, {key: ("whether", "options")}).contributions[0].counted == "options"


def test_an_estimate_counts_for_its_question_only_while_that_is_unanswered():
    rules, high = prepared(), {"need.understanding": "high"}
    guessed = small_assessed(rules, {STAGE: "proposal", **high})
    assert (guessed.type.id, guessed.openness.value, guessed.openness.before_gates) == ("consult", 35, 35)
    assert [outcome.rule.id for outcome in guessed.estimates] == ["asked-in"]
    assert guessed.contributions[1].points is None
    assert small_assessed(rules, {STAGE: "proposal"}).openness.value == 25
    assert small_assessed(rules, {STAGE: "proposal", AGENDA: "system", **high}).openness.value == 15
    assert small_assessed(rules, {STAGE: "proposal", AGENDA: "together", **high}).openness.value == 55


def test_an_estimate_alone_is_no_answer_about_openness():
    found = small_assessed(prepared(), {"need.understanding": "high"})
    assert (found.type, found.openness) == (None, (None, 0, 100, None))


def test_the_estimate_is_brought_to_the_nearest_type_that_is_possible():
    """Each answer about the agenda will hold the file to INFORM or to CONSULT; EDUCATE lies between."""
    rules = prepared(
        rule("gate", "low", {"answer": AGENDA, "is": "system"}, "inform"),
        rule("gate", "high", {"answer": AGENDA, "is": "together"}, "consult"),
        but=prepared().rule_base.rules,
        questions=(question(STAGE, 60, made=0, proposal=10, aim=100), question(AGENDA, 40, system=0, together=100)),
    )
    found = small_assessed(rules, {STAGE: "proposal"})
    assert [kind.id for kind in found.possible_types] == ["inform", "consult"]
    assert found.openness == (4.9, 4.9, 44.9, 10)
    assert found.type.id == "inform"
    above = small_assessed(rules, {STAGE: "aim"})
    assert (above.type.id, above.openness.value) == ("consult", 44.9)


def test_the_nearest_possible_type_may_be_the_more_open_one():
    rules = prepared(
        rule("gate", "low", {"answer": AGENDA, "is": "system"}, "inform"),
        but=prepared().rule_base.rules,
        questions=(question(STAGE, 60, made=0, proposal=30), question(AGENDA, 40, system=0, together=100)),
    )
    found = small_assessed(rules, {STAGE: "proposal"})
    assert [kind.id for kind in found.possible_types] == ["inform", "engage"]
    assert found.openness == (45, 4.9, 58, 30)
    assert found.type.id == "engage"


def test_the_range_of_openness_is_told_before_anything_is_answered():
    rules = prepared(questions=(question(STAGE, 60, made=10, aim=100), question(AGENDA, 40, system=10, together=100)))
    assert small_assessed(rules, {}).openness == (None, 10, 100, None)


def test_a_need_below_the_openness_leaves_no_gap():
    need = small_assessed(prepared(), {STAGE: "agenda", AGENDA: "together", "need.impact": "high"}).need
    assert (need.floor.id, need.gap) == ("consult", 0)


def test_what_is_fixed_is_told_in_the_words_of_the_file():
    fixed = (Fixed("The budget", "It is voted"), Fixed("The date", ""))
    assert small_assessed(prepared(), {"openness.fixed": fixed}).fixed == fixed
    assert small_assessed(prepared(), {}).fixed == ()


@pytest.mark.parametrize(
    ("planned", "verdict"),
    [("inform", "below"), ("consult", "matches"), ("engage", "over-promise"), (None, "none")],
)
def test_the_plan_is_told_with_its_words(planned, verdict):
    values = {
        STAGE: "proposal",
        AGENDA: "invited",
        "plan.type": planned,
        "plan.promise": "We listen.",
        "plan.methods": ("survey", "walk"),
    }
    plan = small_assessed(prepared(), values).plan
    assert (plan.verdict, plan.promise, plan.methods) == (verdict, "We listen.", ("survey", "walk"))
    assert plan.answer == Answer(planned, 4, 3, 4, 9)
    assert (plan.type.id if plan.type else None) == planned
    assert small_assessed(prepared(), {}).plan.answer is None


@forall(st.lists(st.tuples(openness_answers(), NEED), min_size=2, max_size=12))
def test_what_is_remembered_from_other_decisions_changes_nothing(decisions):
    few = prepare(RULES.rule_base)
    for openness, need in decisions:
        given = answers({key: value for key, value in {**openness, **need}.items() if value is not None})
        assert assess(given, few) == assess(given, prepare(RULES.rule_base))


def test_no_more_is_remembered_than_is_good_for_memory(monkeypatch):
    monkeypatch.setattr("spectrum_cli.engine.assess.REMEMBERED", 2)
    few = prepare(RULES.rule_base)
    for stage in (*FIELDS["openness.stage"].answers, None):
        given = answers({"openness.stage": stage})
        assert assess(given, few) == assess(given, RULES)
        assert 1 <= len(few.standings) <= 2
