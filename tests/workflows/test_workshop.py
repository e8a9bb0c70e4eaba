"""What the sheets of a pack say."""

import pytest

from spectrum_cli.model.decision_format import TYPE_IDS
from spectrum_cli.workflows.workshop import BLANK_CARDS, NoTypeYet, Session
from tests.render.pack.packs import ONE_OF_EACH, OPEN, pack_of, pack_of_text

FIRST = "spectrum: 1\ntitle: A plan\n"


def test_there_is_one_example_of_each_type() -> None:
    assert {kind: pack_of(name).type.id for kind, name in ONE_OF_EACH.items()} == {kind: kind for kind in TYPE_IDS}


@pytest.mark.parametrize("kind", TYPE_IDS)
@pytest.mark.parametrize("minutes", [20, 45, 90, 95, 180])
def test_the_agenda_fills_the_session_and_names_who_leads(kind: str, minutes: int) -> None:
    agenda = pack_of(ONE_OF_EACH[kind], Session(minutes=minutes)).agenda
    assert sum(step.minutes for step in agenda.steps) == minutes == agenda.minutes
    assert all(step.title and step.what and step.who for step in agenda.steps)
    assert any(step.is_break for step in agenda.steps) == (minutes >= 45)
    assert agenda.before
    assert agenda.after


def test_every_type_has_an_agenda_of_its_own() -> None:
    agendas = {kind: [step.title for step in pack_of(name).agenda.steps] for kind, name in ONE_OF_EACH.items()}
    for one in TYPE_IDS:
        for other in TYPE_IDS:
            if one < other:
                shared = set(agendas[one]) & set(agendas[other])
                assert len(shared) < len(agendas[one]) / 2 + 1, (one, other, shared)


@pytest.mark.parametrize(
    ("here", "expected"),
    [(5, "stay in one group"), (6, "stay in one group"), (7, "2 groups of 3 or 4"), (24, "4 groups of 6")],
)
def test_people_are_parted_into_groups_that_can_talk(here: int, expected: str) -> None:
    assert expected in " ".join(pack_of("hospital-discharge", Session(participants=here)).agenda.grouping)


def test_without_numbers_nothing_is_said_about_groups() -> None:
    assert pack_of_text(FIRST + OPEN).agenda.grouping == ()


@pytest.mark.parametrize("a_page", [4, 6])
def test_cards_fill_whole_pages_and_begin_with_the_key_question(a_page: int) -> None:
    pack = pack_of("hospital-discharge", Session(cards_a_page=a_page))
    assert len(pack.cards) % a_page == 0
    assert [card.number for card in pack.cards] == list(range(1, len(pack.cards) + 1))
    assert (pack.cards[0].kind, pack.cards[0].text) == ("key", pack.type.key_question)
    assert sum(card.kind == "own" for card in pack.cards) >= BLANK_CARDS
    assert all((card.text == "") == (card.kind == "own") for card in pack.cards)


def test_cards_ask_about_what_is_open_and_what_is_unanswered() -> None:
    pack = pack_of_text(FIRST + "openness: {stage: aim, open_to_change: [method, resources]}")
    assert sum(card.kind == "open" for card in pack.cards) == 2
    asked = {card.text for card in pack.cards if card.kind == "unanswered"}
    assert len(asked) == 4
    assert not any(card.kind == "unanswered" for card in pack_of_text(FIRST + OPEN).cards)


def test_an_over_promise_stands_on_the_cover() -> None:
    (warning,) = pack_of("village-surgery").warnings
    assert warning == "Do not send this out as ENGAGE. ENGAGE promises more than this decision allows."


def test_a_plan_for_less_and_one_that_is_not_shown_are_named_too() -> None:
    (less,) = pack_of_text(FIRST + OPEN + "\nplan: {type: consult}").warnings
    assert "more than that is open" in less
    (more,) = pack_of_text(FIRST + "openness: {exchange: discussion}\nplan: {type: co-produce}").warnings
    assert "does not show yet" in more
    assert pack_of_text(FIRST + OPEN + "\nplan: {type: co-produce}").warnings == ()


def test_what_is_open_is_said_or_said_to_be_unknown() -> None:
    assert "does not say yet" in pack_of_text(FIRST + "openness: {stage: aim}").open_note
    nothing = pack_of_text(FIRST + "openness: {stage: made, open_to_change: [nothing]}")
    assert (nothing.open_aspects, nothing.open_note) == ((), "Nothing in this decision is open to change.")
    some = pack_of_text(FIRST + "openness: {stage: aim, open_to_change: [method, resources]}")
    assert (len(some.open_aspects), some.open_note) == (2, "")


def test_who_brings_what_holds_only_what_is_named() -> None:
    pack = pack_of_text(
        FIRST
        + OPEN
        + "\nsupport: {skills: {state: planned, owner: Ann, by: 2027-01-01}, power: met, policy: {state: met}}"
    )
    assert [(item.who, item.by) for item in pack.bringing] == [("Ann", "2027-01-01")]
    states = {item.what.split(",")[0]: item.state for item in pack.checklist}
    assert states["Differences in power and responsibility"] == "met"
    assert len(pack.checklist) == 15


@pytest.mark.parametrize("kind", TYPE_IDS)
def test_only_co_produce_has_a_sheet_of_quality_indicators(kind: str) -> None:
    pack = pack_of(ONE_OF_EACH[kind])
    assert (pack.quality is not None) == (kind == "co-produce")
    assert ("Nobody was asked" in pack.feedback.intro) == (kind in ("inform", "educate"))


def test_methods_say_whether_they_fit_the_numbers() -> None:
    few = {method.name: method.fits_here for method in pack_of("hospital-discharge", Session(participants=3)).methods}
    many = {method.name: method.fits_here for method in pack_of("hospital-discharge", Session(participants=40)).methods}
    assert few["World café"] is False
    assert many["World café"] is True
    assert all(method.fits_here is None for method in pack_of_text(FIRST + OPEN).methods)


def test_the_facilitator_is_told_what_the_decision_asks_to_watch() -> None:
    pack = pack_of_text(FIRST + OPEN + "\nneed: {unequal_effect: true, contested: high}")
    watch = pack.notes[-1].paragraphs
    assert any("hit harder" in text for text in watch)
    assert any("from outside" in text for text in watch)


def test_a_part_has_a_pack_of_its_own() -> None:
    pack = pack_of_text(
        FIRST + "openness: {stage: made}\nparts:\n- id: hall\n  title: The hall\n"
        "  openness: {stage: aim, open_to_change: [method], use_of_input: shapes, exchange: joint-work,\n"
        "    starting_position: open, agenda: invited}",
        part="hall",
    )
    assert (pack.title, pack.part_of, pack.type.id) == ("The hall", "Part of: A plan", "co-design")


def test_a_file_that_says_nothing_about_openness_has_no_pack() -> None:
    with pytest.raises(NoTypeYet):
        pack_of_text(FIRST)


def test_pictures_come_with_their_words() -> None:
    for name in ONE_OF_EACH.values():
        pictures = pack_of(name).pictures
        assert pictures[0].id == "spectrum"
        assert all(len(picture.description) > 40 and picture.title for picture in pictures)
