"""A session is filled to the minute, whatever its length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectrum_cli.engine.agenda import LONGEST, SHORTEST, Plan, fit
from spectrum_cli.files.texts import load_texts
from spectrum_cli.model.decision_format import TYPE_IDS

AGENDAS = {
    kind: [Plan(step["least"], step["share"], step["keep"]) for step in load_texts().all(f"workshop.agenda.{kind}")]
    for kind in TYPE_IDS
}


@given(st.sampled_from(TYPE_IDS), st.integers(SHORTEST, LONGEST))
def test_slots_follow_one_another_and_add_up(kind: str, minutes: int) -> None:
    plans = AGENDAS[kind]
    slots = fit(plans, minutes)
    clock = 0
    for slot in slots:
        assert (slot.start, slot.minutes > 0) == (clock, True)
        clock += slot.minutes
    assert clock == minutes
    steps = [slot.step for slot in slots if slot.step is not None]
    assert steps == sorted(steps)
    spent = {place: sum(slot.minutes for slot in slots if slot.step == place) for place in steps}
    assert all(spent[place] >= plans[place].least for place in spent)
    assert slots[0].step is not None
    assert slots[-1].step is not None


@given(st.sampled_from(TYPE_IDS), st.integers(45, LONGEST))
def test_nobody_sits_longer_than_two_hours_without_a_break(kind: str, minutes: int) -> None:
    together = 0
    breaks = 0
    for slot in fit(AGENDAS[kind], minutes):
        together = 0 if slot.step is None else together + slot.minutes
        breaks += slot.step is None
        assert together <= 120
    assert breaks >= 1


@pytest.mark.parametrize("kind", TYPE_IDS)
def test_ninety_minutes_hold_every_step_of_every_type(kind: str) -> None:
    slots = fit(AGENDAS[kind], 90)
    assert {slot.step for slot in slots if slot.step is not None} == set(range(len(AGENDAS[kind])))
    assert all(slot.minutes % 5 == 0 for slot in slots)


def test_a_short_session_leaves_out_what_is_kept_least() -> None:
    plans = [Plan(10, 1, 9), Plan(10, 1, 1), Plan(10, 1, 5)]
    assert [slot.step for slot in fit(plans, 20)] == [0, 2]


def test_a_long_step_is_parted_by_the_break_and_goes_on() -> None:
    slots = fit([Plan(5, 0, 9), Plan(20, 1, 9), Plan(5, 0, 9)], 90)
    assert [(slot.step, slot.goes_on) for slot in slots] == [
        (0, False),
        (1, False),
        (None, False),
        (1, True),
        (2, False),
    ]


@pytest.mark.parametrize("minutes", [SHORTEST - 1, LONGEST + 1, 0, -5])
def test_a_session_that_cannot_be_planned_is_refused(minutes: int) -> None:
    with pytest.raises(ValueError, match=str(minutes)):
        fit([Plan(1, 1, 1)], minutes)
