"""The spectrum for a wall: six key questions that can be read from some steps away, promises to be read close by.

A3 landscape, 4 units a millimetre. A4 has the same shape.
"""

from typing import NamedTuple

from spectrum_cli.model.assessment import Assessment
from spectrum_cli.model.rulebase import ParticipationType
from spectrum_cli.render import words
from spectrum_cli.render.pictures import drawing
from spectrum_cli.render.pictures.drawing import BLUE, INK, LINE, MUTED, PAPER, PURPLE, TINT
from spectrum_cli.render.pictures.spectrum import (
    OWN_DRAWING,
    fit_line,
    flag,
    flag_span,
    label_place,
    plan_against,
    stop,
    stop_colour,
    where_it_stands,
    whisker,
)
from spectrum_cli.render.spectrum_line import position

WIDTH, HEIGHT = 1680, 1188
_LEFT, _RIGHT = 54.0, 1626.0
_STEP = (_RIGHT - _LEFT) / 6
_ROOM = _STEP - 26
_FOOT = 20
_LARGEST, _SMALLEST = 44, 22
_PROMISE, _WHO = "The promise", "Who takes part"


class _Column(NamedTuple):
    """The words of one type, wrapped."""

    question: list[str]
    promise: list[str]
    who: list[str]


def spectrum_poster(
    types: tuple[ParticipationType, ...],
    found: Assessment | None,
    acknowledgement: str,
    title: str,
    uid: str = "poster",
    *,
    rules: str = "",
) -> str:
    """Return the poster as SVG text, without a marker where ``found`` is None."""
    said = [(fit_line(found), False)] if found else []
    if found and (plan := plan_against(found)):
        said.append((plan, found.plan.verdict == "over-promise"))
    about = "Where this decision stands" if found else "Six ways to take part in a decision"
    out, y = drawing.heading(uid, _LEFT, _RIGHT - _LEFT, about, title, said, scale=1.7)
    axis = y + (158 if found else 70)
    notes = (
        f"Key questions: {acknowledgement}. {OWN_DRAWING}",
        f"The promises are our own words. {words.NO_TYPE_IS_BETTER}{f' {rules}.' if rules else ''}",
    )
    small, end = drawing.small_print(_LEFT, _RIGHT - _LEFT, 0, notes, size=_FOOT)
    foot = HEIGHT - 28 - end
    small, _ = drawing.small_print(_LEFT, _RIGHT - _LEFT, foot, notes, size=_FOOT)
    bottom = foot - 36
    name_size = min(38.0, 38 * _ROOM / max(drawing.text_width(kind.name, 38, bold=True) for kind in types))
    top = axis + 44 + name_size + 20
    size, columns = _largest(types, bottom - top)
    out += _card(found, axis + 44, bottom)
    out += _axis(types, found, axis, uid)
    if found:
        out += _marker(types, found, axis)
    for kind, column in zip(types, columns, strict=True):
        x, colour = _x(kind.order), stop_colour(types, kind)
        base = axis + 44 + name_size
        out.append(drawing.text(x, base, kind.name, size=round(name_size, 1), fill=colour, bold=True, anchor="middle"))
        out += _words(column, columns, x, top, size)
    return drawing.document(uid, WIDTH, HEIGHT, _title(found, title), describe(types, found), [*out, *small])


def describe(types: tuple[ParticipationType, ...], found: Assessment | None) -> str:
    """Return what the poster shows, in words."""
    text = f"A line with six stops from doing TO people to doing WITH people: {words.names(types)}. "
    text += where_it_stands(found) if found else ""
    return text + " ".join(
        f"{kind.name}: {kind.key_question} {_PROMISE}: {kind.promise} {_WHO}: {kind.who}" for kind in types
    )


def _title(found: Assessment | None, title: str) -> str:
    shown = drawing.cut(drawing.plain(title), 1000, 16)
    if found is None:
        return f"{shown}: the six types of participation"
    return f"{shown}: {found.type.name if found.type else 'no type yet'}"


def _x(place: float) -> float:
    return _LEFT + _STEP * (place + 0.5)


def _largest(types: tuple[ParticipationType, ...], room: float) -> tuple[float, list[_Column]]:
    """Return the largest size at which all words fit under one another, and the words wrapped for it."""
    for size in range(_LARGEST, _SMALLEST, -1):
        columns = [
            _Column(
                drawing.balanced(f"“{kind.key_question}”", _ROOM, size),
                drawing.wrap(kind.promise, _ROOM, _detail(size)),
                drawing.wrap(kind.who, _ROOM, _detail(size)),
            )
            for kind in types
        ]
        words_of = (word for kind in types for word in f"“{kind.key_question}”".split())
        widest = max(drawing.text_width(word, size) for word in words_of)
        if widest <= _ROOM and _height(columns, size) <= room:
            return size, columns
    return _SMALLEST, [
        _Column(
            drawing.wrap(f"“{kind.key_question}”", _ROOM, _SMALLEST, most=6),
            drawing.wrap(kind.promise, _ROOM, _detail(_SMALLEST), most=6),
            drawing.wrap(kind.who, _ROOM, _detail(_SMALLEST), most=3),
        )
        for kind in types
    ]


def _detail(size: float) -> float:
    return max(17.0, min(26.0, round(size * 0.6, 1)))


def _tops(columns: list[_Column], size: float) -> tuple[float, float, float]:
    """Return where promises and the people begin, and where all ends, from the top of the questions on."""
    leading = _detail(size) * 1.26
    promise = max(len(column.question) for column in columns) * size * 1.16 + size * 0.6
    who = promise + (max(len(column.promise) for column in columns) + 1) * leading + leading * 0.7
    end = who + (max(len(column.who) for column in columns) + 1) * leading
    return promise, who, end


def _height(columns: list[_Column], size: float) -> float:
    return _tops(columns, size)[2]


def _words(column: _Column, columns: list[_Column], x: float, top: float, size: float) -> list[str]:
    detail = _detail(size)
    leading = detail * 1.26
    promise, who, _ = _tops(columns, size)
    left = x - _ROOM / 2
    out = drawing.lines(left, top + size * 0.8, column.question, size=size, leading=size * 1.16)
    for label, rows, at in ((_PROMISE, column.promise, promise), (_WHO, column.who, who)):
        y = top + at + detail * 0.8
        out += [
            f'<path d="M{left:.1f} {y - detail * 1.35:.1f}h{_ROOM:.1f}" stroke="{LINE}" stroke-width="2"/>',
            drawing.text(left, y, label, size=detail, fill=MUTED, bold=True),
            *drawing.lines(left, y + leading, rows, size=detail, leading=leading),
        ]
    return out


def _card(found: Assessment | None, top: float, bottom: float) -> list[str]:
    if found is None or found.type is None:
        return []
    x = _x(found.type.order) - _STEP / 2 + 3
    return [
        f'<rect x="{x:.1f}" y="{top - 54:.1f}" width="{_STEP - 6:.1f}" height="{bottom - top + 64:.1f}" rx="18" '
        f'fill="{TINT}" stroke="{PURPLE}" stroke-opacity=".5" stroke-width="3" stroke-dasharray="8 7"/>'
    ]


def _axis(types: tuple[ParticipationType, ...], found: Assessment | None, y: float, uid: str) -> list[str]:
    out = [
        f'<linearGradient id="{uid}-axis"><stop offset="0" stop-color="{BLUE}"/>'
        f'<stop offset="1" stop-color="{PURPLE}"/></linearGradient>',
        f'<rect x="{_LEFT:g}" y="{y - 22:.1f}" width="{_RIGHT - _LEFT:g}" height="44" rx="22" '
        f'fill="url(#{uid}-axis)"/>',
        drawing.text(_LEFT + 20, y + 10, "TO", size=28, fill=PAPER, bold=True),
        drawing.text(_RIGHT - 18, y + 10, "WITH", size=28, fill=PAPER, bold=True, anchor="end"),
    ]
    for kind in types:
        here = found is not None and kind is found.type
        out += stop(_x(kind.order), y, kind.order + 1, stop_colour(types, kind), here=here, radius=26)
    return out


def _marker(types: tuple[ParticipationType, ...], found: Assessment, axis: float) -> list[str]:
    line = axis - 66
    out = whisker(found, _x, line, tick=13, width=5)
    place = position(found, types)
    if place is None:
        middle = (_x(found.possible_types[0].order) + _x(found.possible_types[-1].order)) / 2
        return out + drawing.pill(middle, line - 46, "Somewhere here", size=28, height=50, hollow=True)
    x = _x(place)
    half = drawing.text_width("This decision", 28, bold=True) / 2 + 25
    span = flag_span(found, place, _x, 24, WIDTH)
    middle = label_place(x, half, span, WIDTH)
    out += drawing.pill(middle, line - 46, "This decision", size=28, height=50)
    out += [
        f'<path d="M{x:.1f} {line - 24:.1f}V{axis - 34:.1f}" stroke="{INK}" stroke-width="5"/>',
        f'<path d="M{x - 18:.1f} {axis - 50:.1f}h36l-18 27z" fill="{INK}" stroke="{PAPER}" stroke-width="3"/>',
        f'<circle cx="{x:.1f}" cy="{line:.1f}" r="13" fill="{PAPER}" stroke="{INK}" stroke-width="5"/>',
    ]
    return out + (flag(found, span, _x, line - 71, axis - 36, 24) if span else [])
