"""What is proved of a rule base that can be gone through by hand, and what is said of each fault, word for word."""

from dataclasses import replace

import pytest

from spectrum_cli.engine import verify_openness, verify_rules
from spectrum_cli.engine.verify import prove
from spectrum_cli.model.verification import Fault, Place, Proof, Shown
from tests.engine.small_rules import (
    AGENDA,
    DUTY,
    GUESS,
    LISTS,
    MADE,
    OPEN,
    OURS_ALONE,
    RULES,
    STAGE,
    prepared,
    rule,
    small,
)

LOWER = "Remove it, or let it hold lower."
MORE = "Remove it, or let it ask for more."
EXCLUDE = "Look for answers that exclude each other."
NOT_REACHED = "Look at the bands, and for gates that leave no answers for it."
IN_ITS_LAYER = "Keep one of the two. In a layer of its own, a gate replaces another by its id."


def answer(key, **comparison):
    return {"answer": key, **{name.rstrip("_"): value for name, value in comparison.items()}}


def new(kind, when, effect, layer="peoplehub"):
    return rule(kind, "new", when, effect, layer)


def when(folder, ident, *path):
    return Place(folder, ident, path or ("when",))


STAGE_MADE = answer(STAGE, is_="made")
HIGH, EXPRESS = answer("need.impact", is_="high"), answer("need.duty", is_="express")


# A sound rule base


def test_a_sound_rule_base_has_every_proof_with_the_size_of_its_space():
    found = prove(prepared())
    assert found.faults == ()
    assert found.proofs[:-1] == (
        Proof(
            "bands",
            "The bands cover 0 to 100 without hole or overlap, and each type's top lies in its own band.",
            10_001,
            "values of openness",
            True,
        ),
        Proof(
            "one-type",
            "Every complete file has exactly one type.",
            5 * 3,
            "complete files",
            True,
            "INFORM 1, EDUCATE 3, CONSULT 2, ENGAGE 4, CO-DESIGN 3, CO-PRODUCE 2",
        ),
        Proof(
            "monotone",
            "A more open answer never gives a less open type.",
            4 * 3 + 5 * 2,
            "steps of one answer between 15 complete files",
            True,
        ),
        Proof(
            "possible",
            "Filling in an unknown answer always leads to one of the types announced as possible, and to each of them.",
            5 + 3 + 1,
            "files with one answer or all of them missing",
            True,
        ),
        Proof("lists", "No rule depends on the order in which a list is written.", 7, "rules", True),
        Proof("reach-types", "Every type can be reached.", 15, "complete files", True, "6 of 6 types shown"),
        Proof(
            "reach-gates",
            "Every gate can hold and be the one that counts, unless a higher layer overrules it.",
            15,
            "complete files",
            True,
            "2 of 2 gates shown",
        ),
        Proof("reach-floors", "Every floor can hold.", 3 * 3, "kinds of file, by 2 keys", True, "2 of 2 floors shown"),
        Proof(
            "reach-estimates",
            "Every estimate can hold while its question is unanswered.",
            3 * 4,
            "kinds of file, by 2 keys",
            True,
            "1 of 1 estimates shown",
        ),
        Proof(
            "reach-notes",
            "Every note can hold.",
            3 * 6 * 4 * 3 * 3,
            "kinds of file, by 5 keys",
            True,
            "2 of 2 notes shown",
        ),
        Proof("contradictions", "No two rules of a kind contradict or repeat each other.", 3, "pairs of rules", True),
        Proof(
            "differences",
            "Every gate and floor makes a difference to its own layer: without it, some file would come out otherwise.",
            6 * 4 * 3 * 3,
            "kinds of file, by 4 keys",
            True,
        ),
    )


def test_sizes_are_whole_numbers():
    assert {type(proof.size) for proof in prove(prepared()).proofs} == {int}


def test_a_key_with_one_kind_of_answer_does_not_change_how_many_files_there_are():
    found = prove(prepared(new("note", answer("title", stated=True), "X")))
    assert found.faults == ()
    assert all(proof.holds for proof in found.proofs)


def test_every_type_and_rule_is_shown_by_the_first_answers_that_do():
    stage_and_agenda = {
        "inform": ("made", "system"),
        "educate": ("made", "invited"),
        "consult": ("proposal", "invited"),
        "engage": ("proposal", "together"),
        "co-design": ("options", "together"),
        "co-produce": ("aim", "together"),
    }
    types = tuple(
        Shown("type", ident, f"The type is {ident.upper()}.", {STAGE: stage, AGENDA: agenda})
        for ident, (stage, agenda) in stage_and_agenda.items()
    )
    assert prove(prepared()).shown == (
        *types,
        Shown("gate", "made", "The gate holds the openness to EDUCATE.", {STAGE: "made", AGENDA: "system"}),
        Shown("gate", "ours-alone", "The gate holds the openness to ENGAGE.", {STAGE: "proposal", AGENDA: "system"}),
        Shown("floor", "impact", "The decision asks for CONSULT at least.", {"need.impact": "high"}),
        Shown("floor", "duty", "The decision asks for ENGAGE at least.", {"need.duty": "express"}),
        Shown("estimate", "asked-in", "openness.agenda counts as invited.", {"need.understanding": "high"}),
        Shown("note", "hurry", "The note is given.", {"time.weeks": 4}),
        Shown(
            "note",
            "above",
            "The note is given.",
            {STAGE: "made", AGENDA: "system", "need.impact": "high", "need.duty": "none"},
        ),
    )


def test_a_rule_base_without_rules_is_proved_too():
    found = prove(prepared(but=RULES))
    assert found.faults == ()
    sizes = {proof.id: (proof.size, proof.holds) for proof in found.proofs}
    assert [name for name in sizes if name.startswith("reach-")] == ["reach-types"]
    assert sizes["lists"] == sizes["contradictions"] == (0, True)
    assert sizes["differences"] == (6 * 4, True)


def test_one_key_is_told_of_as_one():
    found = prove(prepared(but=(DUTY,)))
    assert {proof.id: proof.space for proof in found.proofs}["reach-floors"] == "kinds of file, by 1 key"


# One change each


def gate_fault(code, message, hint, *path, related=()):
    return Fault(code, message, when("gates", "new", *path), hint, related)


HOLDS_TOO = (("the gate made always holds too", when("gates", "made")),)
FALLS = {
    "a later stage held lower": (
        new("gate", answer(STAGE, is_="options"), "educate"),
        "openness.stage: options gives EDUCATE where proposal, which is less open, gives CONSULT",
        "stage",
        ("CONSULT", {STAGE: "proposal", AGENDA: "invited"}),
        ("EDUCATE", {STAGE: "options", AGENDA: "invited"}),
    ),
    "the most open agenda held lower": (
        new("gate", answer(AGENDA, is_="together"), "consult"),
        "openness.agenda: together gives CONSULT where invited, which is less open, gives CO-DESIGN",
        "agenda",
        ("CO-DESIGN", {STAGE: "agenda", AGENDA: "invited"}),
        ("CONSULT", {STAGE: "agenda", AGENDA: "together"}),
    ),
}


@pytest.mark.parametrize(("added", "message", "name", "narrow", "wide"), FALLS.values(), ids=FALLS)
def test_a_more_open_answer_with_a_less_open_type_is_shown_by_two_files(added, message, name, narrow, wide):
    found = prove(prepared(added))
    files = f"counter-example-less-open-{name}.yaml and counter-example-more-open-{name}.yaml."
    assert found.faults[0] == gate_fault(
        "SP913", message, f"Two of the files made show it: {files}", "effect", "holds_to"
    )
    key = message.partition(":")[0]
    assert [item for item in found.shown if item.kind == "counter-example"] == [
        Shown("counter-example", f"{how}-{name}", f"{kind}, where {key} is {values[key]}", values)
        for how, (kind, values) in (("less-open", narrow), ("more-open", wide))
    ]
    assert not next(proof for proof in found.proofs if proof.id == "monotone").holds


def test_each_question_that_falls_somewhere_is_named():
    stage = rule("gate", "stage", answer(STAGE, is_="options"), "educate")
    agenda = rule("gate", "agenda", answer(AGENDA, is_="together"), "consult")
    found = prove(prepared(stage, agenda))
    assert [fault.message.partition(":")[0] for fault in found.faults if fault.code == "SP913"] == [STAGE, AGENDA]


def test_a_type_cut_off_from_above_is_neither_reached_nor_announced():
    found = prove(prepared(new("gate", answer(AGENDA, is_="together"), "consult")))
    assert found.faults[1:] == (
        Fault(
            "SP916",
            "the possible types that are announced are not those that can be reached with openness.stage: options",
            Place("", "", ("bands",)),
            "Mend what SP912 and SP913 name first.",
        ),
        Fault("SP911", "no complete file has the type CO-PRODUCE", Place("types", "co-produce", ("id",)), NOT_REACHED),
    )
    details = {proof.id: proof.detail for proof in found.proofs if not proof.holds}
    assert details == {"monotone": "", "possible": "", "reach-types": "5 of 6 types shown"}


ONE_FAULT = {
    "a gate that holds nothing": (
        new("gate", answer(STAGE, is_="agenda"), "co-produce"),
        gate_fault(
            "SP914", "the gate new holds to the most open type, so it holds nothing", LOWER, "effect", "holds_to"
        ),
        {"differences": ""},
    ),
    "a gate that excludes itself": (
        new("gate", {"all": [STAGE_MADE, answer(STAGE, is_="aim")]}, "inform"),
        gate_fault("SP911", "the gate new can never hold", EXCLUDE),
        {"reach-gates": "2 of 3 gates shown"},
    ),
    "a gate above another": (
        new("gate", {"all": [STAGE_MADE, answer(AGENDA, is_="system")]}, "consult"),
        gate_fault(
            "SP911",
            "the gate new never counts: whenever it holds, another one holds lower",
            LOWER,
            "effect",
            "holds_to",
            related=HOLDS_TOO,
        ),
        {"reach-gates": "2 of 3 gates shown"},
    ),
    "a gate inside another": (
        new("gate", {"all": [STAGE_MADE, answer(AGENDA, is_="system")]}, "educate"),
        gate_fault(
            "SP914",
            "the gate new never makes a difference: whenever it holds, others hold to the same type or lower",
            LOWER,
            related=HOLDS_TOO,
        ),
        {"differences": ""},
    ),
    "the same gate twice": (
        new("gate", answer(STAGE, in_=["made"]), "educate"),
        gate_fault(
            "SP915",
            "the gates made and new say the same",
            IN_ITS_LAYER,
            related=(("the gate made", when("gates", "made")),),
        ),
        {"contradictions": "", "differences": ""},
    ),
    "a gate of a higher layer at odds with one below": (
        new("gate", STAGE_MADE, "inform", layer="practice"),
        gate_fault(
            "SP915",
            "the gates made and new contradict each other: they hold for the same files",
            IN_ITS_LAYER,
            related=(("the gate made", when("gates", "made")),),
        ),
        {"contradictions": ""},
    ),
    "the same floor twice": (
        new("floor", answer("need.impact", at_least="high"), "consult"),
        Fault(
            "SP915",
            "the floors impact and new say the same",
            when("floors", "new"),
            "Keep one of the two.",
            (("the floor impact", when("floors", "impact")),),
        ),
        {"contradictions": "", "differences": ""},
    ),
    "two floors at odds": (
        new("floor", answer("need.impact", at_least="high"), "engage"),
        Fault(
            "SP915",
            "the floors impact and new contradict each other: they hold for the same files",
            when("floors", "new"),
            "Keep one of the two.",
            (("the floor impact", when("floors", "impact")),),
        ),
        {"contradictions": "", "differences": ""},
    ),
    "a floor inside another": (
        new("floor", {"all": [HIGH, EXPRESS]}, "consult"),
        Fault(
            "SP914",
            "the floor new never makes a difference: whenever it holds, others ask for as much or more",
            when("floors", "new"),
            MORE,
            (("the floor impact always holds too", when("floors", "impact")),),
        ),
        {"differences": ""},
    ),
    "a floor that asks for nothing": (
        new("floor", answer("need.contested", is_="high"), "inform"),
        Fault(
            "SP914",
            "the floor new asks for the least open type, which every decision gives",
            when("floors", "new", "effect", "asks_for"),
            MORE,
        ),
        {"differences": ""},
    ),
    "a floor that reads the advice": (
        new("floor", answer("advice.type", is_="consult"), "engage"),
        Fault(
            "SP911",
            "the floor new can never hold",
            when("floors", "new"),
            "A floor is worked out before there is an advised type, so it cannot read one.",
        ),
        {"reach-floors": "2 of 3 floors shown"},
    ),
    "an estimate of what is answered": (
        new("estimate", answer(STAGE, is_="aim"), {"counts": STAGE, "as": "made"}),
        Fault(
            "SP911",
            "the estimate new can never hold while openness.stage is not answered",
            when("estimates", "new"),
            EXCLUDE,
        ),
        {"reach-estimates": "1 of 2 estimates shown"},
    ),
    "two estimates of one question": (
        new("estimate", answer("need.understanding", at_least="medium"), {"counts": AGENDA, "as": "system"}),
        Fault(
            "SP915",
            "the estimates asked-in and new can hold together, and both count openness.agenda",
            when("estimates", "new"),
            "Let their conditions exclude each other.",
            (("the estimate asked-in", when("estimates", "asked-in")),),
        ),
        {"contradictions": ""},
    ),
    "a note with a hole between its numbers": (
        new("note", answer("time.weeks", at_least=5, at_most=4), "X"),
        Fault("SP911", "the note new can never hold", when("notes", "new"), EXCLUDE),
        {"reach-notes": "2 of 3 notes shown"},
    ),
    "a note on a gap that no floor makes": (
        new("note", answer("advice.gap", at_least=4), "X"),
        Fault("SP911", "the note new can never hold", when("notes", "new"), EXCLUDE),
        {"reach-notes": "2 of 3 notes shown"},
    ),
    "a note before the advice on what is answered": (
        new("note", {"all": [answer("advice.type", stated=False), answer(STAGE, stated=True)]}, "X"),
        Fault("SP911", "the note new can never hold", when("notes", "new"), EXCLUDE),
        {"reach-notes": "2 of 3 notes shown"},
    ),
    "the same note twice": (
        new("note", answer("time.weeks", at_most=3), "there is  LITTLE time."),
        Fault(
            "SP915",
            "the notes hurry and new say the same",
            when("notes", "new", "effect", "says"),
            "Keep one of the two; 'any' joins their conditions.",
            (("the note hurry", when("notes", "hurry", "effect", "says")),),
        ),
        {"contradictions": ""},
    ),
}


@pytest.mark.parametrize(("added", "fault", "unproved"), ONE_FAULT.values(), ids=ONE_FAULT)
def test_a_fault_is_named_with_its_place_and_what_to_do(added, fault, unproved):
    found = prove(prepared(added))
    assert found.faults == (fault,)
    assert {proof.id: proof.detail for proof in found.proofs if not proof.holds} == unproved


def test_a_gate_that_says_less_than_one_below_contradicts_it_and_never_counts():
    faults = prove(prepared(new("gate", answer(STAGE, in_=["made"]), "consult"))).faults
    assert [fault.code for fault in faults] == ["SP911", "SP915"]
    assert faults[0].message == "the gate new never counts: whenever it holds, another one holds lower"
    assert faults[1].message == "the gates made and new contradict each other: they hold for the same files"


def test_gates_say_the_same_if_they_do_so_for_every_complete_file():
    added = new("gate", {"all": [STAGE_MADE, answer(AGENDA, at_least="system")]}, "educate")
    assert [fault.message for fault in prove(prepared(added)).faults] == ["the gates made and new say the same"]


def test_two_floors_that_leave_nothing_to_each_other_are_both_named_and_only_a_single_one_is_pointed_at():
    faults = prove(prepared(new("floor", {"any": [HIGH, EXPRESS]}, "consult"))).faults
    assert [(fault.at.id, [place.id for _, place in fault.related]) for fault in faults] == [
        ("impact", ["new"]),
        ("new", []),
    ]


def test_an_estimate_cannot_read_the_advice():
    added = new("estimate", answer("advice.gap", at_least=1), {"counts": STAGE, "as": "made"})
    (fault,) = prove(prepared(added)).faults
    assert fault.message == "the estimate new can never hold while openness.stage is not answered"
    assert fault.hint.endswith("estimate is worked out before there is an advised type, so it cannot read one.")


def test_estimates_of_two_questions_do_not_meet():
    added = new("estimate", answer("need.understanding", at_least="medium"), {"counts": STAGE, "as": "made"})
    found = prove(prepared(added))
    assert found.faults == ()
    sizes = {proof.id: proof.size for proof in found.proofs}
    assert sizes["contradictions"] == 4  # a pair of each kind


def test_estimates_that_exclude_each_other_may_count_the_same_question():
    added = new("estimate", answer("need.understanding", is_="low"), {"counts": AGENDA, "as": "system"})
    assert prove(prepared(added)).faults == ()


# Layers


def overruled(kind, first, second, layer="practice"):
    """Two rules of a kind on the same answers and one more, the second one in a higher layer."""
    wider = {"any": [first[0], second[0]]}
    return rule(kind, "lower", first[0], first[1]), rule(kind, "upper", wider, second[1], layer)


def test_a_gate_may_be_overruled_by_a_higher_layer():
    added = overruled("gate", (STAGE_MADE, "educate"), (answer(AGENDA, is_="system"), "inform"))
    found = prove(prepared(*added, but=(MADE, OURS_ALONE)))
    assert [
        fault.message for fault in found.faults if fault.code in ("SP911", "SP914") and fault.at.folder == "gates"
    ] == []
    gates = next(proof for proof in found.proofs if proof.id == "reach-gates")
    assert (gates.holds, gates.detail) == (True, "1 of 2 gates shown, 1 overruled")


def test_a_gate_is_not_overruled_by_its_own_layer():
    added = overruled("gate", (STAGE_MADE, "educate"), (answer(AGENDA, is_="system"), "inform"), layer="peoplehub")
    found = prove(prepared(*added, but=(MADE, OURS_ALONE)))
    assert "the gate lower never counts: whenever it holds, another one holds lower" in {
        fault.message for fault in found.faults
    }


def test_a_floor_of_a_lower_layer_keeps_its_difference_under_a_higher_one():
    found = prove(prepared(new("floor", {"any": [HIGH, answer("need.contested", is_="high")]}, "engage", "practice")))
    assert found.faults == ()


def test_a_floor_that_its_own_layer_outdoes_makes_no_difference():
    found = prove(prepared(new("floor", {"any": [HIGH, answer("need.contested", is_="high")]}, "engage")))
    assert [(fault.code, fault.at.id, fault.related[0][1].id) for fault in found.faults] == [("SP914", "impact", "new")]


def test_the_gate_that_is_pointed_at_is_one_that_holds_lower():
    """OURS_ALONE always holds too, and to the same type; MADE is the one that outdoes it."""
    both = new("gate", {"all": [STAGE_MADE, answer(AGENDA, is_="system")]}, "engage")
    found = prove(prepared(MADE, both, but=(MADE,)))
    never = next(fault for fault in found.faults if fault.code == "SP911")
    assert (never.at.id, never.related) == ("new", HOLDS_TOO)


def test_a_gate_beside_one_of_its_layer_with_the_same_effect_is_overruled_and_not_at_fault():
    """In its own layer the gate counts together with another; only the higher layer holds lower."""
    same = new("gate", {"all": [STAGE_MADE, answer(AGENDA, at_least="invited")]}, "educate")
    lower = rule("gate", "upper", {"answer": STAGE, "at_most": "proposal"}, "inform", "practice")
    found = prove(prepared(same, lower))
    assert "SP911" not in {fault.code for fault in found.faults if fault.at.folder == "gates"}
    gates = next(proof for proof in found.proofs if proof.id == "reach-gates")
    assert gates.detail == "2 of 4 gates shown, 2 overruled"


def test_a_gate_is_shown_where_no_other_holds_as_low_if_there_is_such_a_file():
    early = new("gate", answer(STAGE, at_most="proposal"), "educate")
    shown = {item.id: item.values for item in prove(prepared(early)).shown if item.kind == "gate"}
    assert shown["new"] == {STAGE: "proposal", AGENDA: "system"}
    assert shown["made"] == {STAGE: "made", AGENDA: "system"}


def test_an_estimate_may_ask_whether_its_own_question_is_answered():
    found = prove(prepared(new("estimate", answer(STAGE, stated=False), {"counts": STAGE, "as": "aim"})))
    assert found.faults == ()
    assert [(item.shows, item.values) for item in found.shown if item.id == "new"] == [
        ("openness.stage counts as aim.", {})
    ]


# Answers that are missing


MISSING = {
    "a type with the stage open": (
        {"all": [answer("advice.type", is_="co-produce"), answer(STAGE, stated=False)]},
        {STAGE: None, AGENDA: "together", "need.understanding": "low"},
    ),
    "a gap with the stage open": (
        {"all": [answer("advice.gap", at_least=3), answer(STAGE, stated=False)]},
        {STAGE: None, AGENDA: "system", "need.understanding": "low", "need.duty": "express"},
    ),
    "before the advice": (
        {"all": [answer("advice.type", stated=False), HIGH]},
        {STAGE: None, AGENDA: None, "need.impact": "high", "need.understanding": "low"},
    ),
    "before the gap": (
        {"all": [answer("advice.gap", stated=False), HIGH]},
        {STAGE: None, AGENDA: None, "need.impact": "high", "need.understanding": "low"},
    ),
}


@pytest.mark.parametrize(("condition", "values"), MISSING.values(), ids=MISSING)
def test_a_note_on_what_is_missing_is_shown_by_a_file_that_lacks_it(condition, values):
    found = prove(prepared(new("note", condition, "X")))
    assert found.faults == ()
    assert [item for item in found.shown if item.id == "new"] == [Shown("note", "new", "The note is given.", values)]


def test_a_note_that_a_complete_file_shows_is_shown_by_one():
    either = {"any": [answer(STAGE, stated=False), answer(AGENDA, is_="system")]}
    found = prove(prepared(new("note", either, "X")))
    assert [item.values for item in found.shown if item.id == "new"] == [{STAGE: "made", AGENDA: "system"}]


def test_a_floor_on_a_missing_answer_can_make_a_gap_that_no_complete_file_has():
    asks = rule("floor", "later", answer(STAGE, stated=False), "co-produce")
    found = prove(prepared(asks, new("note", answer("advice.gap", at_least=4), "X")))
    assert found.faults == ()
    values = {item.id: item.values for item in found.shown}
    assert values["later"] == {STAGE: None}
    assert values["new"] == {STAGE: None, AGENDA: "system", "need.understanding": "low"}


def test_what_takes_too_many_cases_is_called_undecided(monkeypatch):
    cases = 6 * 4 * 2
    condition = {"all": [answer("advice.type", stated=False), answer(STAGE, stated=True)]}
    monkeypatch.setattr(verify_rules, "MOST_GAPS", cases + 6 * 4)
    assert [fault.code for fault in prove(prepared(new("note", condition, "X"))).faults] == ["SP911"]
    monkeypatch.setattr(verify_rules, "MOST_GAPS", 6 * 4)
    assert prove(prepared(new("note", condition, "X"))).faults == (
        Fault(
            "SP918",
            "whether the note new can hold was not decided: there are too many ways to leave answers out",
            when("notes", "new"),
            "Ask for fewer things that are not stated, or drop advice.type.",
        ),
    )


# Lists


def test_a_note_on_one_of_two_equal_answers_hangs_on_the_order_of_the_list():
    found = prove(
        prepared(new("note", answer(OPEN, is_="method"), "X"), questions=LISTS, but=(MADE, OURS_ALONE, GUESS))
    )
    assert found.faults[0] == Fault(
        "SP912",
        f"the note new depends on the order in which the list {OPEN} is written",
        when("notes", "new"),
        "Let it read all answers that have equal points, or use 'includes'.",
    )
    lists = next(proof for proof in found.proofs if proof.id == "lists")
    assert (lists.size, lists.holds) == (5, False)


@pytest.mark.parametrize(
    "condition", [answer(OPEN, in_=["method", "quality_indicators"]), answer(OPEN, includes="method")]
)
def test_a_note_on_both_or_on_what_a_list_holds_does_not(condition):
    found = prove(prepared(new("note", condition, "X"), questions=LISTS, but=(MADE, OURS_ALONE, GUESS)))
    assert [fault.code for fault in found.faults] == ["SP911"]  # EDUCATE lies between two answers


def test_a_gate_that_tells_equal_answers_apart_leaves_a_file_without_one_type():
    gate = new("gate", answer(OPEN, is_="method"), "engage")
    found = prove(prepared(gate, questions=LISTS, but=(MADE, OURS_ALONE, GUESS)))
    assert found.faults[:2] == (
        gate_fault(
            "SP912",
            f"the gate new tells [method] from [quality_indicators], which have equal points under {OPEN}",
            "Let the gate read both, or give the two answers different points.",
        ),
        Fault(
            "SP916",
            "the possible types that are announced are not those that can be reached where nothing is answered",
            Place("", "", ("bands",)),
            "Mend what SP912 and SP913 name first.",
        ),
    )
    one_type = next(proof for proof in found.proofs if proof.id == "one-type")
    assert (one_type.size, one_type.holds) == (5, False)
    assert one_type.detail == "INFORM 1, EDUCATE 0, CONSULT 1, ENGAGE 2, CO-DESIGN 0, CO-PRODUCE 1"


def test_a_counter_example_names_the_lowest_gate_and_writes_lists_out():
    high = rule("gate", "high", answer(OPEN, at_least="options"), "consult")
    low = rule("gate", "low", answer(OPEN, at_least="resources"), "inform")
    found = prove(prepared(high, low, questions=LISTS, but=(MADE, OURS_ALONE, GUESS)))
    fault = next(fault for fault in found.faults if fault.code == "SP913")
    assert fault == Fault(
        "SP913",
        f"{OPEN}: [priorities] gives INFORM where [method], which is less open, gives CONSULT",
        when("gates", "low", "effect", "holds_to"),
        "Two of the files made show it: counter-example-less-open-open-to-change.yaml "
        "and counter-example-more-open-open-to-change.yaml.",
    )
    shown = [(item.id, item.values) for item in found.shown if item.kind == "counter-example"]
    assert shown == [
        ("less-open-open-to-change", {OPEN: ("method",)}),
        ("more-open-open-to-change", {OPEN: ("priorities",)}),
    ]


def test_a_list_of_several_is_written_with_commas():
    apart = rule("gate", "apart", {"all": [answer(OPEN, is_="method"), answer(OPEN, includes="whether")]}, "engage")
    space = verify_openness.Space(small(apart, questions=LISTS, but=RULES), prepared(questions=LISTS, but=RULES).grid)
    (fault, *_) = verify_openness._told_apart(space, verify_openness.type_function(space))
    assert "tells [method] from [method, whether]" in fault.message


# Bands and masks that are not what they should be


def grid_with(**changes):
    rules = prepared()
    return replace(rules, grid=replace(rules.grid, **changes))


def test_a_value_in_no_band_or_in_two_is_named():
    low = (0, 500, 2500, 4500, 6500, 8500)
    for bands, value in (((100, *low[1:]), "0"), ((0, 500, 2500, 2000, 6500, 8500), "20")):
        found = list(verify_openness._bands(space_of(band_low=bands)))
        assert found[0] == Fault(
            "SP912",
            f"an openness of {value} does not lie in exactly one band",
            Place("", "", ("bands",)),
            "Let the bands rise from 0.",
        )
        assert not found[1].holds


def test_a_top_outside_its_own_band_is_named():
    top = (499, 2499, 4500, 6499, 8499, 10_000)
    fault, proof = verify_openness._bands(space_of(band_top=top))
    assert fault.message == "an openness of 45 does not lie in exactly one band"
    assert not proof.holds


def space_of(**changes):
    rules = grid_with(**changes)
    return verify_openness.Space(rules.rule_base, rules.grid)


def test_masks_that_do_not_say_what_the_conditions_say_are_a_fault_of_the_program():
    for place in range(2):
        masks = [list(item) for item in prepared().grid.masks]
        masks[place][0] = 0
        found = prove(grid_with(masks=tuple(tuple(item) for item in masks)))
        assert found.faults[0] == Fault(
            "SP912",
            "the compiled gates and their conditions do not say the same",
            when("gates", "made"),
            "Please report this: it is a fault of the program.",
        )


def test_boxes_of_one_kind_are_tried_once_where_there_are_many(monkeypatch):
    monkeypatch.setattr(verify_openness, "ALL_BOXES", 8)
    assert [proof.detail for proof in prove(prepared()).proofs if proof.id == "possible"] == [""]
    monkeypatch.setattr(verify_openness, "ALL_BOXES", 7)
    (proof,) = (proof for proof in prove(prepared()).proofs if proof.id == "possible")
    assert (proof.size, proof.holds) == (9, True)
    # Four with the agenda missing, as the stages aim and agenda leave the same types, and three with the stage missing.
    assert proof.detail == "one of each of their 7 kinds was tried"


def test_boxes_of_one_kind_show_what_is_announced_and_not_reached(monkeypatch):
    monkeypatch.setattr(verify_openness, "ALL_BOXES", 0)
    found = prove(prepared(new("gate", answer(AGENDA, is_="together"), "consult")))
    assert "SP916" in {fault.code for fault in found.faults}


def test_proofs_of_a_rule_base_are_taken_apart_by_what_they_are():
    found = prove(prepared(new("gate", answer(STAGE, is_="agenda"), "co-produce")))
    assert {type(item) for item in found.proofs} == {Proof}
    assert {type(item) for item in found.faults} == {Fault}
    assert {type(item) for item in found.shown} == {Shown}
    assert found.proofs[-1].id == "texts"
