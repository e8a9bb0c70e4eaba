"""Small sessions whose slots can be worked out on paper."""

import pytest

from spectrum_cli.engine.agenda import LONGEST, SHORTEST, Plan, Slot, fit

ANYTHING = Plan(least=1, share=1, keep=1)


def lengths(plans, minutes):
    """The minutes of each step, without the breaks."""
    spent = {}
    for slot in fit(plans, minutes):
        if slot.step is not None:
            spent[slot.step] = spent.get(slot.step, 0) + slot.minutes
    return [spent.get(place, 0) for place in range(len(plans))]


def breaks(plans, minutes):
    return [(slot.start, slot.minutes) for slot in fit(plans, minutes) if slot.step is None]


@pytest.mark.parametrize(
    ("minutes", "each"),
    [
        (20, []),
        (44, []),
        (45, [5]),
        (74, [5]),
        (75, [10]),
        (149, [10]),
        (150, [15]),
        (225, [15, 15]),
        (300, [15, 15, 15]),
        (480, [15] * 5),
    ],
)
def test_longer_sessions_have_longer_and_more_breaks(minutes, each):
    assert [length for _, length in breaks([ANYTHING], minutes)] == each


def test_a_long_step_goes_on_after_each_break():
    assert fit([ANYTHING], 225) == [
        Slot(0, 65, 0, False),
        Slot(65, 15, None, False),
        Slot(80, 65, 0, True),
        Slot(145, 15, None, False),
        Slot(160, 65, 0, True),
    ]


def test_a_break_inside_a_step_stands_at_a_round_minute():
    assert fit([ANYTHING], 75) == [Slot(0, 30, 0), Slot(30, 10, None), Slot(40, 35, 0, True)]


@pytest.mark.parametrize(
    ("first", "second", "start"),
    [(30, 0, 30), (25, 0, 25), (20, 0, 40), (25, 20, 45), (35, 30, 35), (45, 0, 45), (60, 0, 40)],
)
def test_a_break_moves_to_the_nearest_end_of_a_step_up_to_a_quarter_of_an_hour_away(first, second, start):
    """Ninety minutes leave eighty without the break, so that it is wanted after forty."""
    plans = [Plan(first, 0, 1), *([Plan(second, 0, 1)] if second else []), Plan(5, 1, 1)]
    assert breaks(plans, 90) == [(start, 10)]


def test_an_end_that_is_further_away_than_that_is_left_alone():
    """In 91 minutes the break is wanted after forty and a half, and the step ends fifteen and a half before."""
    assert breaks([Plan(25, 0, 1), ANYTHING], 91) == [(40, 10)]


@pytest.mark.parametrize(
    ("shares", "minutes", "expected"),
    [
        ((1, 1), 40, [20, 20]),
        ((3, 1), 40, [30, 10]),
        ((1, 0), 40, [35, 5]),
        ((2, 1), 43, [28, 15]),
        ((1, 2), 43, [15, 28]),
        ((5, 3), 43, [27, 16]),
        ((1, 1), 43, [22, 21]),
    ],
)
def test_what_is_left_over_is_shared_out_and_the_largest_remainder_comes_first(shares, minutes, expected):
    assert lengths([Plan(1, share, 1) for share in shares], minutes) == expected


def test_steps_are_counted_in_fives_where_they_fit_so():
    assert lengths([Plan(18, 1, 1), Plan(18, 0, 1)], 40) == [20, 20]
    assert lengths([Plan(19, 1, 1), Plan(21, 0, 1)], 40) == [19, 21]


@pytest.mark.parametrize(
    ("plans", "expected"),
    [
        ([Plan(15, 1, 2), Plan(15, 1, 1)], [20, 0]),
        ([Plan(15, 1, 1), Plan(15, 1, 2)], [0, 20]),
        ([Plan(15, 1, 1), Plan(15, 1, 1)], [20, 0]),
        ([Plan(10, 1, 1), Plan(10, 1, 1)], [10, 10]),
        ([Plan(100, 1, 1)], [20]),
    ],
)
def test_what_does_not_fit_is_left_out_the_least_kept_and_of_equals_the_last_first(plans, expected):
    assert lengths(plans, 20) == expected


@pytest.mark.parametrize("minutes", [SHORTEST - 1, LONGEST + 1])
def test_a_session_that_is_too_short_or_too_long_is_refused(minutes):
    with pytest.raises(ValueError, match=f"^a session can be planned for 20 to 480 minutes, not for {minutes}$"):
        fit([ANYTHING], minutes)
