"""The spectrum as a picture: six stops from TO to WITH, input by both sides, the relationship, the marker.

Hatching, position and words carry the meaning; colour only helps. Hatches are drawn as clipped lines because
renderers differ in how they repeat patterns.
"""

from html import escape

from spectrum_cli.model.assessment import Advice, Assessment
from spectrum_cli.model.plain_text import one_line
from spectrum_cli.model.rulebase import ParticipationType
from spectrum_cli.render import words
from spectrum_cli.render.spectrum_line import position

WIDTH, HEIGHT = 1200, 760
INK, MUTED, BLUE, PINK, PURPLE, PAPER = "#1B1B1F", "#55555F", "#0B5394", "#C2185B", "#5E2B97", "#FFFFFF"
FONT = "Atkinson Hyperlegible Next, Atkinson Hyperlegible, Arial, Helvetica, Liberation Sans, sans-serif"
_LEFT, _RIGHT = 78, 1104
_STEP = (_RIGHT - _LEFT) / 6
_AXIS, _RANGE, _BASE, _RELATION = 200, 150, 474, 648
_UNIT, _BAR = 16, 86
_TITLE_CHARS = 70


def render_svg(advice: Advice, *, part: str = "") -> str:
    """Return the picture for a whole file, or for one of its parts, as a file of its own."""
    scope = advice.scope(part)
    return spectrum_svg(advice.types, scope.assessment, advice.acknowledgement, scope.assessment.title or advice.title)


def spectrum_svg(
    types: tuple[ParticipationType, ...], found: Assessment, acknowledgement: str, title: str, uid: str = "spectrum"
) -> str:
    """Return the picture as SVG text. ``uid`` keeps ids apart where several stand in one page."""
    shown = _cut(one_line(title), _TITLE_CHARS)
    best = found.type.name if found.type else "no type yet"
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="{uid}-title {uid}-description" font-family="{FONT}">',
        f'<title id="{uid}-title">{escape(shown)}: {best}</title>',
        f'<desc id="{uid}-description">{escape(describe(types, found))}</desc>',
        f'<defs><linearGradient id="{uid}-axis"><stop offset="0" stop-color="{BLUE}"/>'
        f'<stop offset="1" stop-color="{PURPLE}"/></linearGradient></defs>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>',
        _text(_LEFT, 46, shown, size=_title_size(shown), weight=700),
        _text(_LEFT, 77, _subtitle(found), size=18, fill=MUTED),
    ]
    if found.type is not None:
        x = _x(found.type.order) - _STEP / 2 + 4
        out.append(
            f'<rect x="{x:.1f}" y="172" width="{_STEP - 8:.1f}" height="528" rx="12" fill="{PURPLE}" '
            f'fill-opacity=".08" stroke="{PURPLE}" stroke-opacity=".35" stroke-dasharray="4 4"/>'
        )
    out += _marker(types, found)
    out += _axis(types, found, uid)
    out += _bars(types, uid)
    out += _relationship()
    out.append(_text(_LEFT, HEIGHT - 38, f"{words.SIZES_ARE_RELATIVE} {words.NO_TYPE_IS_BETTER}", size=14, fill=MUTED))
    note = f"{acknowledgement}. This drawing is our own."
    out.append(_text(_LEFT, HEIGHT - 17, note, size=14, fill=MUTED))
    out.append("</svg>")
    return "\n".join(out) + "\n"


def describe(types: tuple[ParticipationType, ...], found: Assessment) -> str:
    """Return what the picture shows, in words."""
    text = f"A line with six stops from doing TO people to doing WITH people: {words.names(types)}. "
    if found.type is None:
        text += "There is no marker yet. "
    else:
        text += f"The marker stands at {found.type.name}, stop {found.type.order + 1} of 6. "
    if not found.certain:
        text += f"Still possible are {words.names(found.possible_types)}. "
    return (
        f"{text}Input by the system grows at every stop. Input from people is none at {types[0].name} and grows "
        f"up to {types[-1].name}. The relationship starts at CONSULT and is strongest at {types[-1].name}."
    )


def _subtitle(found: Assessment) -> str:
    if found.type is None:
        return f"No type yet. Possible: {words.names(found.possible_types, 'or')}"
    if found.certain:
        return f"{found.type.name} fits"
    return f"{found.type.name} fits best so far. Possible: {words.names(found.possible_types, 'or')}"


def _x(place: float) -> float:
    return _LEFT + _STEP * (place + 0.5)


def _text(x: float, y: float, text: str, *, size: float, fill: str = INK, weight: int = 400, anchor: str = "") -> str:
    more = f' text-anchor="{anchor}"' if anchor else ""
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}"{bold} fill="{fill}"{more}>{escape(text)}</text>'


def _title_size(text: str) -> float:
    return 28 if len(text) <= 56 else 22


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _mix(start: str, end: str, share: float) -> str:
    pairs = [(int(start[at : at + 2], 16), int(end[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(one + (two - one) * share):02X}" for one, two in pairs)


def _marker(types: tuple[ParticipationType, ...], found: Assessment) -> list[str]:
    out = []
    if not found.certain:
        low, high = _x(found.possible_types[0].order - 0.45), _x(found.possible_types[-1].order + 0.45)
        out.append(
            f'<path d="M{low:.1f} {_RANGE - 9}v18M{low:.1f} {_RANGE}H{high:.1f}M{high:.1f} {_RANGE - 9}v18" '
            f'stroke="{INK}" stroke-width="3" fill="none" stroke-linecap="round"/>'
        )
    place = position(found, types)
    if place is None:
        return out
    x = _x(place)
    label = min(max(x, _LEFT + 66), _RIGHT - 66)
    out += [
        f'<rect x="{label - 66:.1f}" y="{_RANGE - 44}" width="132" height="30" rx="15" fill="{INK}"/>',
        _text(label, _RANGE - 23.5, "This decision", size=16, fill=PAPER, weight=700, anchor="middle"),
        f'<path d="M{x:.1f} {_RANGE - 15}V{_AXIS - 22}" stroke="{INK}" stroke-width="3"/>',
        f'<path d="M{x - 11:.1f} {_AXIS - 30}h22l-11 17z" fill="{INK}" stroke="{PAPER}" stroke-width="2"/>',
        f'<circle cx="{x:.1f}" cy="{_RANGE}" r="8" fill="{PAPER}" stroke="{INK}" stroke-width="3"/>',
    ]
    return out


def _axis(types: tuple[ParticipationType, ...], found: Assessment, uid: str) -> list[str]:
    out = [
        f'<rect x="{_LEFT - 6}" y="{_AXIS - 6}" width="{_RIGHT - _LEFT + 12}" height="12" rx="6" '
        f'fill="url(#{uid}-axis)"/>',
        _text(_LEFT - 12, _AXIS + 7, "TO", size=20, fill=BLUE, weight=700, anchor="end"),
        _text(_RIGHT + 10, _AXIS + 7, "WITH", size=20, fill=PURPLE, weight=700),
    ]
    for kind in types:
        x, colour = _x(kind.order), _mix(BLUE, PURPLE, kind.order / (len(types) - 1))
        here = kind is found.type
        fill, number = (INK, PAPER) if here else (PAPER, colour)
        out += [
            f'<circle cx="{x:.1f}" cy="{_AXIS}" r="13" fill="{fill}" stroke="{INK if here else colour}" '
            'stroke-width="5"/>',
            _text(x, _AXIS + 5.5, str(kind.order + 1), size=15, fill=number, weight=700, anchor="middle"),
            _text(x, _AXIS + 46, kind.name, size=20, fill=colour, weight=700, anchor="middle"),
        ]
        for row, line in enumerate(_wrap(kind.key_question, 19)):
            out.append(_text(x, _AXIS + 72 + row * 20, line, size=15.5, anchor="middle"))
    return out


def _wrap(text: str, most: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _bars(types: tuple[ParticipationType, ...], uid: str) -> list[str]:
    out = [
        _text(_LEFT, _BASE - 108, "Input from people", size=16, fill=PINK, weight=700),
        _text(_LEFT, _BASE + 74, "Input by the system, into people", size=16, fill=BLUE, weight=700),
    ]
    for kind in types:
        x = _x(kind.order) - _BAR / 2
        people, system = kind.people_size * _UNIT, kind.system_size * _UNIT
        if people:
            clip = f"{uid}-people-{kind.order}"
            top = _BASE - 2 - people
            lines = "".join(
                f"M{x + offset:.1f} {_BASE:.1f}l{people + 4:.1f} {-people - 4:.1f}"
                for offset in range(-int(people) - 4, _BAR, 9)
            )
            box = f'x="{x:.1f}" y="{top:.1f}" width="{_BAR}" height="{people:.1f}" rx="3"'
            out += [
                f'<clipPath id="{clip}"><rect {box}/></clipPath>',
                f'<rect {box} fill="{PINK}"/>',
                f'<path d="{lines}" clip-path="url(#{clip})" stroke="{PAPER}" stroke-opacity=".55" '
                'stroke-width="2.4"/>',
            ]
        else:
            out.append(_text(x + _BAR / 2, _BASE - 9, "none expected", size=15, fill=MUTED, anchor="middle"))
        out.append(f'<rect x="{x:.1f}" y="{_BASE + 2}" width="{_BAR}" height="{system:.1f}" rx="3" fill="{BLUE}"/>')
    out.append(f'<path d="M{_LEFT} {_BASE}H{_RIGHT}" stroke="{INK}" stroke-width="1.5"/>')
    return out


def _relationship() -> list[str]:
    start, end, steps = 1.6, 5.25, 40
    upper, lower = [], []
    for step in range(steps + 1):
        share = step / steps
        x, size = _x(start + (end - start) * share), share**1.35 * 17
        upper.append(f"{x:.1f} {_RELATION - size:.1f}")
        lower.append(f"{x:.1f} {_RELATION + size:.1f}")
    out = [
        _text(_LEFT, _RELATION - 26, "Relationship", size=16, fill=PURPLE, weight=700),
        f'<path d="M{_LEFT} {_RELATION}H{_x(start):.1f}" stroke="{MUTED}" stroke-width="2" stroke-dasharray="2 8" '
        'stroke-linecap="round"/>',
        f'<circle cx="{_x(end):.1f}" cy="{_RELATION}" r="17" fill="{PURPLE}"/>',
        f'<path d="M{"L".join(upper + lower[::-1])}Z" fill="{PURPLE}"/>',
    ]
    for text, place in (("no real relationship", 0.5), ("starts", 2), ("grows", 4), ("strong, trusting", 5)):
        out.append(_text(_x(place), _RELATION + 38, text, size=15.5, anchor="middle"))
    return out
