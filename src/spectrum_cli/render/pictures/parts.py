"""The parts of one file on the spectrum: a line for the whole and for each part, each with its marker and range."""

from collections import Counter

from spectrum_cli.model.assessment import Advice, Assessment
from spectrum_cli.model.rulebase import ParticipationType
from spectrum_cli.render import words
from spectrum_cli.render.pictures import drawing
from spectrum_cli.render.pictures.drawing import BLUE, INK, LINE, MUTED, PAPER, PURPLE, TINT
from spectrum_cli.render.pictures.spectrum import (
    OWN_DRAWING,
    WIDTH,
    axis_line,
    plan_against,
    stop_colour,
    whisker,
)
from spectrum_cli.render.spectrum_line import position

MOST_SHOWN = 12
_LEFT, _LINE, _END = 40.0, 424.0, 1118.0
_STEP = (_END - _LINE) / 6
_TEXT = _LEFT + 76
_LABEL = _LINE - _TEXT - 14
_ALL = WIDTH - 2 * _LEFT


def parts_svg(advice: Advice, uid: str = "parts", *, rules: str = "") -> str | None:
    """Return the picture of the whole and its parts, or None where the file has no parts.

    The first dozen parts are drawn, in the order of the file; of the others it says how many stand at each type.
    """
    if not advice.parts:
        return None
    parts = [part.assessment for part in advice.parts]
    shown, rest = parts[:MOST_SHOWN], parts[MOST_SHOWN:]
    said = [(f"The whole and its {_count(len(parts))}. {_mix(advice)}", False)]
    out, y = drawing.heading(uid, _LEFT, _ALL, "The parts of this decision on the spectrum", advice.title, said)
    out += _legend(y + 46, [advice.whole.assessment, *shown])
    axis = y + 104
    below: list[str] = []
    y = axis + 56
    for number, found in enumerate([advice.whole.assessment, *shown]):
        drawn, y = _lane(advice.types, found, number, y, uid)
        below += drawn
    if rest:
        drawn, y = _others(advice.types, rest, y)
        below += drawn
    out += [*_columns(advice.types, axis, y), *_axis(advice.types, axis, uid), *below]
    notes = (words.NO_TYPE_IS_BETTER, f"{advice.acknowledgement}. {OWN_DRAWING}", rules)
    small, end = drawing.small_print(_LEFT, _ALL, y + 34, notes)
    title = f"{drawing.cut(drawing.plain(advice.title), _ALL, 16)}: its {_count(len(parts))} on the spectrum"
    return drawing.document(uid, WIDTH, round(end + 20), title, describe(advice), [*out, *small])


def describe(advice: Advice) -> str:
    """Return what the picture shows, in words."""
    parts = [part.assessment for part in advice.parts]
    text = (
        f"A line with six stops from doing TO people to doing WITH people: {words.names(advice.types)}. "
        f"The whole: {_state(advice.whole.assessment)} "
    )
    text += "".join(
        f"Part {number}, {drawing.cut(_name(found), 300, 10)}: {_state(found)} "
        for number, found in enumerate(parts[:MOST_SHOWN], start=1)
    )
    rest = parts[MOST_SHOWN:]
    if rest:
        text += f"{_count(len(rest), more=True)}: {_counted(advice.types, rest)}."
    return text.strip()


def _count(number: int, *, more: bool = False) -> str:
    return f"{number}{' more' if more else ''} {'part' if number == 1 else 'parts'}"


def _name(found: Assessment) -> str:
    return drawing.plain(found.title) or drawing.plain(found.id)


def _differs(found: Assessment) -> bool:
    return bool(plan_against(found)) and found.type is not None


def _state(found: Assessment) -> str:
    """Say which type fits, what is still possible and what is planned, in few words."""
    text = f"{found.type.name} {'fits' if found.certain else 'so far'}." if found.type else "No type yet."
    if not found.certain:
        orders = [kind.order for kind in found.possible_types]
        first, last = found.possible_types[0].name, found.possible_types[-1].name
        gapless = orders == list(range(orders[0], orders[-1] + 1)) and len(orders) > 2
        text += f" Possible: {f'{first} to {last}' if gapless else words.names(found.possible_types, 'or')}."
    plan = found.plan
    if plan.type is None or plan.type is found.type:
        return text
    judged = {
        "over-promise": ", more than the decision allows",
        "not-shown": ", not shown yet to be open",
        "below": ", less than the decision would allow",
    }
    return f"{text} Planned: {plan.type.name}{judged.get(plan.verdict, '')}."


def _mix(advice: Advice) -> str:
    counted = _counted(advice.types, [part.assessment for part in advice.parts])
    return f"Types of the parts: {counted}."


def _counted(types: tuple[ParticipationType, ...], parts: list[Assessment]) -> str:
    counts = Counter(found.type for found in parts)
    said = [f"{counts[kind]} {kind.name}" for kind in types if counts[kind]]
    if counts[None]:
        said.append(f"{counts[None]} with no type yet")
    return words.joined(said)


def _x(place: float) -> float:
    return _LINE + _STEP * (place + 0.5)


def _legend(y: float, drawn: list[Assessment]) -> list[str]:
    """Explain the marks that are there."""
    out = [
        *_disc(_LEFT + 13, y - 5, "1", whole=False),
        drawing.text(_LEFT + 34, y, "a part, by its number", size=15, fill=MUTED),
        *drawing.pill(_LEFT + 258, y - 5, "whole", size=13, height=24),
        drawing.text(_LEFT + 298, y, "the whole", size=15, fill=MUTED),
    ]
    x = _LEFT + 396
    if not all(found.certain for found in drawn):
        out += [
            f'<path d="M{x:.1f} {y - 12:.1f}v14m0 -7h44m0 -7v14" stroke="{INK}" stroke-width="2.5" fill="none" '
            'stroke-linecap="round"/>',
            drawing.text(x + 58, y, "still possible", size=15, fill=MUTED),
        ]
        x += 178
    if any(_differs(found) for found in drawn):
        out += _flag(x + 33, y - 5, pole=False)
        out.append(drawing.text(x + 78, y, "planned, where that is another type", size=15, fill=MUTED))
    return out


def _disc(x: float, y: float, number: str, *, whole: bool) -> list[str]:
    if whole:
        return drawing.pill(x, y, "whole", size=13, height=24)
    return [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="13" fill="{PAPER}" stroke="{INK}" stroke-width="3"/>',
        drawing.text(x, y + 5, number, size=14, bold=True, anchor="middle"),
    ]


def _flag(x: float, y: float, *, pole: bool) -> list[str]:
    out = []
    if pole:
        out.append(f'<path d="M{x - 33:.1f} {y - 12:.1f}v37" stroke="{INK}" stroke-width="2"/>')
    return [
        *out,
        f'<rect x="{x - 33:.1f}" y="{y - 12:.1f}" width="66" height="22" fill="{PAPER}" stroke="{INK}" '
        'stroke-width="1.6" stroke-dasharray="4 3"/>',
        drawing.text(x, y + 4, "planned", size=13, bold=True, anchor="middle"),
    ]


def _columns(types: tuple[ParticipationType, ...], axis: float, end: float) -> list[str]:
    out = []
    for kind in types:
        x = _x(kind.order) - _STEP / 2 + 3
        if kind.order % 2 == 0:
            out.append(
                f'<rect x="{x:.1f}" y="{axis + 20:.1f}" width="{_STEP - 6:.1f}" height="{end - axis - 20:.1f}" '
                f'rx="8" fill="{TINT}"/>'
            )
    return out


def _axis(types: tuple[ParticipationType, ...], y: float, uid: str) -> list[str]:
    out = [
        *axis_line(uid, _LINE, _END, y, height=8),
        drawing.text(_LINE - 12, y + 6, "TO", size=17, fill=BLUE, bold=True, anchor="end"),
        drawing.text(_END + 12, y + 6, "WITH", size=17, fill=PURPLE, bold=True),
    ]
    for kind in types:
        colour = stop_colour(types, kind)
        out.append(
            f'<circle cx="{_x(kind.order):.1f}" cy="{y:.1f}" r="9" fill="{PAPER}" stroke="{colour}" stroke-width="4"/>'
        )
        out.append(drawing.text(_x(kind.order), y + 36, kind.name, size=15, fill=colour, bold=True, anchor="middle"))
    return out


def _lane(
    types: tuple[ParticipationType, ...], found: Assessment, number: int, top: float, uid: str
) -> tuple[list[str], float]:
    """Return the line of the whole (number 0) or of a part, and where it ends."""
    whole = number == 0
    title = drawing.wrap("The decision as a whole" if whole else _name(found), _LABEL, 16, bold=True, most=2)
    said = drawing.wrap(_state(found), _LABEL, 14)
    height = max(64.0, 30 + 20 * len(title) + 18 * len(said))
    middle = top + height / 2
    out = [f'<path d="M{_LEFT:g} {top:.1f}H{WIDTH - _LEFT:g}" stroke="{LINE}" stroke-width="1.5"/>']
    out += _disc(_LEFT + 32, middle, str(number), whole=whole)
    y = middle - (20 * len(title) + 18 * len(said)) / 2 + 14
    for row, line in enumerate(title):
        clip = f"{uid}-part-{number}-{row}"
        out += drawing.users_line(_TEXT, y + 20 * row, line, room=_LABEL, size=16, clip=clip, bold=True)
    out += drawing.lines(_TEXT, y + 20 * len(title), said, size=14, leading=18, fill=MUTED)
    out.append(
        f'<path d="M{_x(-0.45):.1f} {middle:.1f}H{_x(5.45):.1f}" stroke="{MUTED}" stroke-opacity=".5" '
        'stroke-width="1.5" stroke-dasharray="1 5" stroke-linecap="round"/>'
    )
    out += whisker(found, _x, middle, tick=8, width=2.6)
    if _differs(found) and found.plan.type is not None:
        out += _flag(_x(found.plan.type.order), middle - 1, pole=True)
    place = position(found, types)
    if place is not None:
        out += _disc(_x(place), middle, str(number), whole=whole)
    return out, top + height


def _others(types: tuple[ParticipationType, ...], rest: list[Assessment], top: float) -> tuple[list[str], float]:
    """Return the last line, which counts the parts that are not drawn, and where it ends."""
    counts = Counter(found.type for found in rest)
    middle = top + 34
    out = [
        f'<path d="M{_LEFT:g} {top:.1f}H{WIDTH - _LEFT:g}" stroke="{LINE}" stroke-width="1.5"/>',
        drawing.text(_TEXT, middle + 5, f"and {_count(len(rest), more=True)}", size=16, bold=True),
    ]
    if counts[None]:
        out.append(drawing.text(_TEXT, middle + 25, f"{counts[None]} with no type yet", size=14, fill=MUTED))
    for kind in types:
        if counts[kind]:
            out += drawing.pill(_x(kind.order), middle, f"{counts[kind]} more", size=14, hollow=True, height=26)
    return out, top + 72
