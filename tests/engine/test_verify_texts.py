"""Texts, sources and versions of a rule base: what is counted, and what is named where one is missing."""

from dataclasses import replace

import pytest

from spectrum_cli.engine.verify_texts import prove_texts
from spectrum_cli.model.rulebase import Counterpart, Layer, Origin, Passage, Prerequisite
from spectrum_cli.model.verification import Fault, Place, Proof
from tests.engine.small_rules import GUESS, IMPACT, MADE, OURS, QUESTIONS, rule, small

SOURCE = Origin("peoplehub", "types")
PASSAGE = Passage("types", "The types", "What they are.")
SEED, ABOVE = Layer("peoplehub", "1.2", "The seed", "Ours."), Layer("practice", "2.0", "Above", "Ours too.")
COUNTERPART = Counterpart(
    "ladder", "A ladder", "peoplehub", ("two",), ("one", "two"), "", "our reading", ("It differs.",), OURS, "1.0"
)
SUPPORT = Prerequisite("skills", "support.skills", "practice", "Skills", "consult", "So.", OURS, "1.0")
KIND = replace(small().types[0], source=SOURCE, since="1.0", crosswalk=())
BASE = replace(
    small(),
    layers=(SEED, ABOVE),
    types=(KIND,),
    criteria=(QUESTIONS[1],),
    rules=(MADE, GUESS),
    support=(SUPPORT,),
    passages=(PASSAGE,),
)


def proved(base):
    *faults, proof = prove_texts(base)
    assert isinstance(proof, Proof)
    return faults, proof


def faults_of(**changes):
    faults, proof = proved(replace(BASE, **changes))
    assert proof.holds is not bool(faults)
    return faults


def test_every_text_and_source_is_counted():
    faults, proof = proved(BASE)
    assert faults == []
    assert proof == Proof(
        "texts",
        "Every text, source and version is there, and every passage cited is in the outline of the source document.",
        proof.size,
        "texts",
        True,
        "5 sources, 1 passages",
    )


@pytest.mark.parametrize(
    ("changes", "more", "sources"),
    [
        ({"passages": (PASSAGE, replace(PASSAGE, id="more"))}, 3, 0),
        ({"layers": (SEED, ABOVE, replace(ABOVE, id="uk"))}, 4, 0),
        # An id, a kind, a layer, a file, a title, a reason, a version, a passage, and the two texts of a note's effect.
        ({"rules": (MADE, GUESS, rule("note", "n", MADE.when, "Mind."))}, 10, 1),
        # A gate's effect has one text.
        ({"rules": (MADE, GUESS, replace(MADE, id="again"))}, 9, 1),
        # A counterpart's note may be empty: framework, title, layer, mark, since, passage, three levels, a difference.
        ({"types": (replace(KIND, crosswalk=(COUNTERPART,)),)}, 10, 1),
        # Id, key, layer, title, needed_from, because, since, passage.
        ({"support": (SUPPORT, replace(SUPPORT, id="more"))}, 8, 1),
        # An answer has its word and its text.
        ({"criteria": (replace(QUESTIONS[1], answers=QUESTIONS[1].answers[:2]),)}, -2, 0),
    ],
)
def test_each_thing_adds_its_own_texts_and_source(changes, more, sources):
    before, after = proved(BASE)[1], proved(replace(BASE, **changes))[1]
    assert after.size - before.size == more
    assert after.detail == f"{5 + sources} sources, {len(changes.get('passages', BASE.passages))} passages"


def empty(name, *place):
    return Fault("SP917", f"{name} is empty", Place(*place), "Say it in a sentence.")


EMPTY = {
    "a type": ({"types": (replace(KIND, promise=""),)}, empty("promise", "types", "inform", ("id",))),
    "a type, of blanks": ({"types": (replace(KIND, who="  \n"),)}, empty("who", "types", "inform", ("id",))),
    "a difference of a counterpart": (
        {"types": (replace(KIND, crosswalk=(replace(COUNTERPART, differs=("It differs.", "")),)),)},
        empty("differs", "crosswalk", "ladder", ("id",)),
    ),
    "a level of a counterpart": (
        {"types": (replace(KIND, crosswalk=(replace(COUNTERPART, levels=("",)),)),)},
        empty("levels", "crosswalk", "ladder", ("id",)),
    ),
    "one of all levels": (
        {"types": (replace(KIND, crosswalk=(replace(COUNTERPART, all_levels=("one", "")),)),)},
        empty("all_levels", "crosswalk", "ladder", ("id",)),
    ),
    "a criterion": (
        {"criteria": (replace(QUESTIONS[1], because=""),)},
        empty("because", "criteria", "agenda", ("id",)),
    ),
    "an answer": (
        {
            "criteria": (
                replace(
                    QUESTIONS[1],
                    answers=(*QUESTIONS[1].answers[:1], replace(QUESTIONS[1].answers[1], text="")),
                ),
            )
        },
        empty("text", "criteria", "agenda", ("answers", 1)),
    ),
    "a gate": ({"rules": (replace(MADE, because=""),)}, empty("because", "gates", "made", ("id",))),
    "what a note says": (
        {"rules": (rule("note", "n", MADE.when, ""),)},
        empty("says", "notes", "n", ("id",)),
    ),
    "the passage of a rule": (
        {"rules": (replace(MADE, source=Origin("practice", "", "Ours")),)},
        empty("passage", "gates", "made", ("id",)),
    ),
    "a prerequisite": (
        {"support": (replace(SUPPORT, title=""),)},
        empty("title", "support", "skills", ("id",)),
    ),
    "a passage": ({"passages": (replace(PASSAGE, gist=""),)}, empty("gist", "", "", ("passages",))),
    "a layer": ({"layers": (SEED, replace(ABOVE, note=""))}, empty("note", "", "", ("id",))),
}


@pytest.mark.parametrize(("changes", "fault"), EMPTY.values(), ids=EMPTY)
def test_an_empty_text_is_named_where_it_stands(changes, fault):
    assert faults_of(**changes) == [fault]


def test_the_note_of_a_counterpart_may_be_empty_and_so_may_a_reference():
    assert COUNTERPART.note == ""
    assert faults_of(types=(replace(KIND, crosswalk=(COUNTERPART,)),)) == []
    assert KIND.source.reference == ""


SOURCES = {
    "a passage that is not in the outline": (
        Origin("peoplehub", "nowhere"),
        Fault(
            "SP917",
            "the source document has no passage nowhere",
            Place("gates", "made", ("source", "passage")),
            "The passages are listed in rulebase.yaml of the first layer.",
        ),
    ),
    "another document without a reference": (
        Origin("practice", "A page"),
        Fault(
            "SP917",
            "practice needs a reference",
            Place("gates", "made", ("source",)),
            "Name where it is written.",
        ),
    ),
}


@pytest.mark.parametrize(("source", "fault"), SOURCES.values(), ids=SOURCES)
def test_a_source_that_leads_nowhere_is_named(source, fault):
    assert faults_of(rules=(replace(MADE, source=source),)) == [fault]


@pytest.mark.parametrize("source", [SOURCE, Origin("practice", "A page", "Ours"), Origin("law", "s. 1", "An Act")])
def test_a_source_that_leads_somewhere_is_none(source):
    assert faults_of(rules=(replace(MADE, source=source),)) == []


@pytest.mark.parametrize(
    ("thing", "place"),
    [
        ({"rules": (replace(IMPACT, since="1.3"),)}, Place("floors", "impact", ("since",))),
        ({"rules": (replace(MADE, since="1.10"),)}, Place("gates", "made", ("since",))),
        ({"rules": (replace(GUESS, since="2.0"),)}, Place("estimates", "asked-in", ("since",))),
        ({"rules": (rule("note", "n", MADE.when, "X", "practice"),)}, None),
        ({"rules": (replace(MADE, since="1.2"),)}, None),
        ({"rules": (replace(MADE, since="1.1.9"),)}, None),
        ({"rules": (replace(MADE, layer="practice", since="2.0"),)}, None),
        ({"rules": (replace(MADE, layer="nowhere", since="9.0"),)}, None),
        ({"support": (replace(SUPPORT, since="2.1"),)}, Place("support", "skills", ("since",))),
        ({"criteria": (replace(QUESTIONS[1], since="1.3"),)}, Place("criteria", "agenda", ("since",))),
        (
            {"types": (replace(KIND, crosswalk=(replace(COUNTERPART, since="3.0"),)),)},
            Place("crosswalk", "ladder", ("since",)),
        ),
    ],
)
def test_nothing_is_newer_than_its_layer(thing, place):
    found = faults_of(**thing)
    if place is None:
        assert found == []
        return
    (changed,) = (item for items in thing.values() for item in items)
    since = changed.crosswalk[0].since if place.folder == "crosswalk" else changed.since
    assert found == [
        Fault(
            "SP917",
            f"since {since} is later than the version of its layer",
            place,
            "Raise the version in rulebase.yaml, or correct 'since'.",
        )
    ]
