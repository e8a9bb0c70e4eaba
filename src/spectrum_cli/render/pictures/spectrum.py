"""The spectrum: six stops from TO to WITH, the input of both sides, the relationship, this decision's marker.

Also the same line as a poster.
"""

from collections.abc import Callable

from spectrum_cli.model.assessment import Assessment
from spectrum_cli.model.rulebase import ParticipationType
from spectrum_cli.render import words
from spectrum_cli.render.pictures import drawing
from spectrum_cli.render.pictures.drawing import BLUE, INK, MUTED, PAPER, PINK, PURPLE, TINT
from spectrum_cli.render.spectrum_line import position

WIDTH = 1200
OWN_DRAWING = "This drawing is our own."
_LEFT, _RIGHT = 78.0, 1104.0
_ROOM = _RIGHT - _LEFT + 40
_STEP = (_RIGHT - _LEFT) / 6
_UNIT, _BAR = 16, 86
_RELATION = ("no real relationship", "not yet", "starts", "a dialogue", "grows", "strong, trusting")


def spectrum_svg(
    types: tuple[ParticipationType, ...],
    found: Assessment,
    acknowledgement: str,
    title: str,
    uid: str = "spectrum",
    *,
    rules: str = "",
) -> str:
    """Return the picture as SVG text."""
    said = [(fit_line(found), False)]
    if plan := plan_against(found):
        said.append((plan, found.plan.verdict == "over-promise"))
    out, top = drawing.heading(uid, _LEFT, _ROOM, "Where this decision stands on the spectrum", title, said)
    out += _column(found, top)
    out += _marker(types, found, top)
    out += _axis(types, found, top + 126, uid)
    out += _bars(types, top + 400, uid)
    out += _relationship(types, top + 574)
    notes = (f"{words.SIZES_ARE_RELATIVE} {words.NO_TYPE_IS_BETTER}", f"{acknowledgement}. {OWN_DRAWING}", rules)
    small, end = drawing.small_print(_LEFT, _ROOM, top + 652, notes)
    best = found.type.name if found.type else "no type yet"
    shown = drawing.cut(drawing.plain(title), _ROOM, 16)
    return drawing.document(uid, WIDTH, round(end + 20), f"{shown}: {best}", describe(types, found), [*out, *small])


def describe(types: tuple[ParticipationType, ...], found: Assessment) -> str:
    """Return what the picture shows, in words."""
    first, last = types[0].name, types[-1].name
    starts = next((kind.name for kind in types if kind.people_size >= 2), last)
    return (
        f"A line with six stops from doing TO people to doing WITH people: {words.names(types)}. "
        f"{where_it_stands(found)}Input by the system grows at every stop. Input from people is none at {first} and "
        f"grows up to {last}. The relationship starts at {starts} and is strongest at {last}."
    )


def where_it_stands(found: Assessment) -> str:
    """Say where the marker, its range and the flag stand."""
    if found.type is None:
        text = "There is no marker yet. "
    else:
        text = f"The marker stands at {found.type.name}, stop {found.type.order + 1} of 6. "
    if not found.certain:
        text += f"Still possible are {words.names(found.possible_types)}. "
    if plan := plan_against(found):
        text += f"{'A hollow flag stands at the planned type. ' if found.type else ''}{plan} "
    return text


def fit_line(found: Assessment) -> str:
    """Say which type fits, and what is still possible."""
    if found.type is None:
        return f"No type yet. Possible: {words.names(found.possible_types, 'or')}"
    if found.certain:
        return f"{found.type.name} fits"
    return f"{found.type.name} fits best so far. Possible: {words.names(found.possible_types, 'or')}"


def plan_against(found: Assessment) -> str:
    """Say what is planned where it is another type than the advised one; else empty."""
    plan = found.plan.type
    if plan is None or plan is found.type:
        return ""
    judged = {
        "over-promise": " That promises more than the decision allows.",
        "not-shown": " The file does not show yet that so much is open.",
        "below": " The decision would allow more.",
    }
    return f"Planned: {plan.name}.{judged.get(found.plan.verdict, '')}"


def _x(place: float) -> float:
    return _LEFT + _STEP * (place + 0.5)


def _column(found: Assessment, top: float) -> list[str]:
    if found.type is None:
        return []
    x = _x(found.type.order) - _STEP / 2 + 4
    return [
        f'<rect x="{x:.1f}" y="{top + 98:.1f}" width="{_STEP - 8:.1f}" height="528" rx="12" fill="{TINT}" '
        f'stroke="{PURPLE}" stroke-opacity=".45" stroke-dasharray="4 4"/>'
    ]


def whisker(
    found: Assessment, x_of: Callable[[float], float], y: float, *, tick: float = 9, width: float = 3, gap: float = 0.45
) -> list[str]:
    """Return the range: a firm line over each type that is still possible, dots over one between them that is not."""
    if found.certain:
        return []
    orders = [kind.order for kind in found.possible_types]
    low, high = x_of(orders[0] - gap), x_of(orders[-1] + gap)
    firm, dots = f"M{low:.1f} {y:.1f}", ""
    for order in range(orders[0], orders[-1] + 1):
        after = order + 1 in orders
        end = x_of(order + 1 - gap if after and order in orders else order + gap)
        if order in orders:
            firm += f"H{end:.1f}"
        else:
            start, end = x_of(order - 1 + gap), x_of(order + 1 - gap)
            dots += f"M{start:.1f} {y:.1f}H{end:.1f}"
            firm += f"M{end:.1f} {y:.1f}"
    out = [
        f'<path d="M{low:.1f} {y - tick:.1f}v{tick * 2:g}M{high:.1f} {y - tick:.1f}v{tick * 2:g}{firm}" '
        f'stroke="{INK}" stroke-width="{width:g}" fill="none" stroke-linecap="round"/>'
    ]
    if dots:
        out.append(
            f'<path d="{dots}" stroke="{INK}" stroke-width="{width:g}" stroke-dasharray="0.1 {width * 2.6:.1f}" '
            'fill="none" stroke-linecap="round"/>'
        )
    return out


def flag_span(
    found: Assessment, place: float | None, x_of: Callable[[float], float], size: float, width: float
) -> tuple[float, float] | None:
    """Return from where to where the flag of the planned type goes; None where it is the advised type, or none is.

    It flies away from the marker, and stays in the picture.
    """
    plan = found.plan.type
    if plan is None or plan is found.type or place is None:
        return None
    wide, x = drawing.text_width(_flag_words(plan), size, bold=True) + size, x_of(plan.order)
    left = min(x, width - 8 - wide) if plan.order > place else max(x - wide, 8)
    return left, left + wide


def _flag_words(plan: ParticipationType) -> str:
    return f"planned: {plan.name}"


def flag(
    found: Assessment, span: tuple[float, float], x_of: Callable[[float], float], top: float, foot: float, size: float
) -> list[str]:
    """Return the hollow flag on its dashed pole, which ends at ``foot``."""
    plan = found.plan.type
    if plan is None:
        return []
    (left, right), high, stroke = span, size * 2.1, size / 7
    return [
        f'<path d="M{x_of(plan.order):.1f} {foot:.1f}V{top:.1f}" stroke="{INK}" stroke-width="{stroke:.1f}" '
        'stroke-dasharray="6 4"/>',
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{high:.1f}" fill="{PAPER}" '
        f'stroke="{INK}" stroke-width="{stroke:.1f}" stroke-dasharray="6 4"/>',
        drawing.text(
            (left + right) / 2, top + high / 2 + size * 0.36, _flag_words(plan), size=size, bold=True, anchor="middle"
        ),
    ]


def label_place(x: float, half: float, span: tuple[float, float] | None, width: float) -> float:
    """Return where the middle of the marker's label goes: over the marker, in the picture, and clear of the flag."""
    middle = min(max(x, half + 24), width - half - 24)
    if span is None:
        return middle
    return min(middle, span[0] - half - 8) if span[0] + span[1] > 2 * x else max(middle, span[1] + half + 8)


def _marker(types: tuple[ParticipationType, ...], found: Assessment, top: float) -> list[str]:
    line, axis = top + 76, top + 126
    out = whisker(found, _x, line)
    place = position(found, types)
    if place is None:
        middle = (_x(found.possible_types[0].order) + _x(found.possible_types[-1].order)) / 2
        return out + drawing.pill(middle, line - 29, "Somewhere here", hollow=True)
    x = _x(place)
    span = flag_span(found, place, _x, 14, WIDTH)
    out += drawing.pill(label_place(x, 70, span, WIDTH), line - 29, "This decision")
    out += [
        f'<path d="M{x:.1f} {line - 15:.1f}V{axis - 22:.1f}" stroke="{INK}" stroke-width="3"/>',
        f'<path d="M{x - 11:.1f} {axis - 30:.1f}h22l-11 17z" fill="{INK}" stroke="{PAPER}" stroke-width="2"/>',
        f'<circle cx="{x:.1f}" cy="{line:.1f}" r="8" fill="{PAPER}" stroke="{INK}" stroke-width="3"/>',
    ]
    return out + (flag(found, span, _x, line - 44, axis - 20, 14) if span else [])


def axis_line(uid: str, left: float, right: float, y: float, *, height: float = 12) -> list[str]:
    """Return the line from TO to WITH, without its stops."""
    return [
        f'<linearGradient id="{uid}-axis"><stop offset="0" stop-color="{BLUE}"/>'
        f'<stop offset="1" stop-color="{PURPLE}"/></linearGradient>',
        f'<rect x="{left - 6:.1f}" y="{y - height / 2:.1f}" width="{right - left + 12:.1f}" height="{height:g}" '
        f'rx="{height / 2:g}" fill="url(#{uid}-axis)"/>',
    ]


def stop_colour(types: tuple[ParticipationType, ...], kind: ParticipationType) -> str:
    """Return the colour of a stop, from blue to purple."""
    return drawing.mix(BLUE, PURPLE, kind.order / (len(types) - 1))


def stop(x: float, y: float, number: int, colour: str, *, here: bool, radius: float = 13) -> list[str]:
    """Return a numbered stop, filled where the decision stands."""
    return [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{INK if here else PAPER}" '
        f'stroke="{INK if here else colour}" stroke-width="{radius * 0.385:.2g}"/>',
        drawing.text(
            x,
            y + radius * 0.42,
            str(number),
            size=round(radius * 1.15),
            fill=PAPER if here else colour,
            bold=True,
            anchor="middle",
        ),
    ]


def _axis(types: tuple[ParticipationType, ...], found: Assessment, y: float, uid: str) -> list[str]:
    out = [
        *axis_line(uid, _LEFT, _RIGHT, y),
        drawing.text(_LEFT - 12, y + 7, "TO", size=20, fill=BLUE, bold=True, anchor="end"),
        drawing.text(_RIGHT + 12, y + 7, "WITH", size=20, fill=PURPLE, bold=True),
    ]
    for kind in types:
        x, colour = _x(kind.order), stop_colour(types, kind)
        out += stop(x, y, kind.order + 1, colour, here=kind is found.type)
        out.append(drawing.text(x, y + 46, kind.name, size=20, fill=colour, bold=True, anchor="middle"))
        rows = drawing.balanced(kind.key_question, _STEP - 22, 15.5, most=5)
        out += drawing.lines(x, y + 72, rows, size=15.5, leading=20, anchor="middle")
    return out


def _bars(types: tuple[ParticipationType, ...], base: float, uid: str) -> list[str]:
    out = [
        drawing.text(_LEFT + 11, base - 108, "Input from people", size=15, fill=PINK, bold=True),
        drawing.text(_LEFT + 11, base + 74, "Input by the system,", size=15, fill=BLUE, bold=True),
        drawing.text(_LEFT + 11, base + 94, "into people", size=15, fill=BLUE, bold=True),
    ]
    for kind in types:
        x = _x(kind.order) - _BAR / 2
        people, system = kind.people_size * _UNIT, kind.system_size * _UNIT
        if people:
            top = base - 2 - people
            shape = f'<rect x="{x:.1f}" y="{top:.1f}" width="{_BAR}" height="{people:.1f}" rx="3"/>'
            out.append(shape.replace("/>", f' fill="{PINK}"/>'))
            out += drawing.hatch(f"{uid}-people-{kind.order}", shape, (x, top, _BAR, people))
        else:
            out.append(drawing.text(x + _BAR / 2, base - 9, "none expected", size=15, fill=MUTED, anchor="middle"))
        out.append(f'<rect x="{x:.1f}" y="{base + 2:.1f}" width="{_BAR}" height="{system:.1f}" rx="3" fill="{BLUE}"/>')
    out.append(f'<path d="M{_LEFT:g} {base:.1f}H{_RIGHT:g}" stroke="{INK}" stroke-width="1.5"/>')
    return out


def _relationship(types: tuple[ParticipationType, ...], y: float) -> list[str]:
    start, end, steps = 1.6, len(types) - 0.75, 40
    upper, lower = [], []
    for step in range(steps + 1):
        share = step / steps
        x, size = _x(start + (end - start) * share), share**1.35 * 17
        upper.append(f"{x:.1f} {y - size:.1f}")
        lower.append(f"{x:.1f} {y + size:.1f}")
    out = [
        drawing.text(_LEFT + 11, y - 26, "Relationship", size=15, fill=PURPLE, bold=True),
        f'<path d="M{_LEFT:g} {y:.1f}H{_x(start):.1f}" stroke="{MUTED}" stroke-width="2" stroke-dasharray="2 8" '
        'stroke-linecap="round"/>',
        f'<circle cx="{_x(end):.1f}" cy="{y:.1f}" r="17" fill="{PURPLE}"/>',
        f'<path d="M{"L".join(upper + lower[::-1])}Z" fill="{PURPLE}"/>',
    ]
    for kind, label in zip(types, _RELATION, strict=False):
        out.append(drawing.text(_x(kind.order), y + 38, label, size=15.5, anchor="middle"))
    return out
