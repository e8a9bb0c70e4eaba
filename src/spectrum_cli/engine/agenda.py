"""Fits the steps of a session into the minutes that there are, to the minute, with breaks."""

from collections.abc import Sequence
from typing import NamedTuple

SHORTEST, LONGEST = 20, 480
_BREAK_EVERY = 75
_BREAK_FROM = 45


class Plan(NamedTuple):
    """A step as it may be planned: the minutes that it needs at least, its share of the rest, and how long it is kept.

    The lower ``keep`` is, the sooner a step is left out of a short session.
    """

    least: int
    share: int
    keep: int


class Slot(NamedTuple):
    """A stretch of the session. ``step`` is the place of its plan, or None for a break; ``goes_on`` after a break."""

    start: int
    minutes: int
    step: int | None
    goes_on: bool = False


def fit(plans: Sequence[Plan], minutes: int) -> list[Slot]:
    """Return slots that fill a session exactly.

    Steps are left out, least kept first, until the others fit; what is left over is shared out, in fives where the
    session is counted in fives. Breaks stand at even distances, at the nearest end of a step, or inside a long one.

    Raises:
        ValueError: the session is shorter or longer than can be planned.
    """
    if not SHORTEST <= minutes <= LONGEST:
        raise ValueError(f"a session can be planned for {SHORTEST} to {LONGEST} minutes, not for {minutes}")
    count, length = _breaks(minutes)
    room = minutes - count * length
    kept = list(range(len(plans)))
    while sum(plans[place].least for place in kept) > room and len(kept) > 1:
        kept.remove(min(kept, key=lambda place: (plans[place].keep, -place)))
    lengths = _shared([plans[place] for place in kept], room)
    return _with_breaks(list(zip(kept, lengths, strict=True)), room, count, length)


def _breaks(minutes: int) -> tuple[int, int]:
    """Return how many breaks a session has, and how long each is."""
    if minutes < _BREAK_FROM:
        return 0, 0
    length = 5 if minutes < _BREAK_EVERY else 10 if minutes < 2 * _BREAK_EVERY else 15
    return max(1, round(minutes / _BREAK_EVERY) - 1), length


def _shared(plans: Sequence[Plan], room: int) -> list[int]:
    """Share out the room: each step its least, and the rest by its share, the largest remainders first."""
    unit = 5 if room % 5 == 0 and sum(-(-plan.least // 5) * 5 for plan in plans) <= room else 1
    lengths = [-(-plan.least // unit) * unit for plan in plans]
    units = (room - sum(lengths)) // unit
    shares = sum(plan.share for plan in plans)
    exact = [units * plan.share / shares for plan in plans]
    given = [int(part) for part in exact]
    by_remainder = sorted(range(len(plans)), key=lambda place: (given[place] - exact[place], place))
    for place in by_remainder[: units - sum(given)]:
        given[place] += 1
    return [length + unit * more for length, more in zip(lengths, given, strict=True)]


def _with_breaks(steps: list[tuple[int, int]], room: int, count: int, length: int) -> list[Slot]:
    points = [_break_point(steps, room * number / (count + 1)) for number in range(1, count + 1)]
    slots: list[Slot] = []
    clock = worked = 0
    for place, minutes in steps:
        left, goes_on = minutes, False
        for point in points:
            if worked < point < worked + left:
                before = point - worked
                slots += [Slot(clock, before, place, goes_on), Slot(clock + before, length, None)]
                clock, worked, left, goes_on = clock + before + length, point, left - before, True
        slots.append(Slot(clock, left, place, goes_on))
        clock, worked = clock + left, worked + left
        if worked in points and worked < room:
            slots.append(Slot(clock, length, None))
            clock += length
    return slots


def _break_point(steps: Sequence[tuple[int, int]], wanted: float) -> int:
    """Return the end of a step near the wanted minute, or a round minute inside a step that goes on long around it."""
    ends = [0]
    for _, minutes in steps:
        ends.append(ends[-1] + minutes)
    near = min(ends[1:-1], key=lambda end: abs(end - wanted), default=0)
    if near and abs(near - wanted) <= 15:
        return near
    return round(wanted / 5) * 5
