"""How open a decision is: what each answer adds, what is not stated, and where gates hold it."""

from spectrum_cli.model.assessment import Assessment, Contribution, Outcome
from spectrum_cli.model.rulebase import ParticipationType
from spectrum_cli.render import words
from spectrum_cli.render.pictures import drawing
from spectrum_cli.render.pictures.drawing import INK, MUTED, PAPER, PURPLE, TINT
from spectrum_cli.render.pictures.spectrum import OWN_DRAWING, WIDTH, stop_colour

_LEFT, _ZERO, _FULL, _RIGHT = 40.0, 440.0, 1120.0, 1160.0
_POINTS = _ZERO - 24
_ROW, _BAR = 48, 24
_HUNDRED = 100


def openness_svg(
    types: tuple[ParticipationType, ...],
    found: Assessment,
    acknowledgement: str,
    title: str,
    uid: str = "openness",
    *,
    rules: str = "",
) -> str:
    """Return the chart. Each bar starts where the one before it ended, so that the last ends at what they add up to.

    Questions that are not answered come last, hatched over all that they could add.
    """
    said = [(sentence, False) for sentence in (f"{_type_line(found)} {words.openness_line(found)}", _estimate(found))]
    about = "How open this decision is, question by question"
    out, y = drawing.heading(uid, _LEFT, _RIGHT - _LEFT, about, title, [(line, bold) for line, bold in said if line])
    names, y = _band_names(types, y + 34)
    top = y
    rows, y = _rows(found, y + 10, uid)
    held, end = _gates(types, found, y + 6, top)
    result, end = _result(found, end)
    out += _bands(types, top, end)
    out += [*names, *held, *rows, *result]
    scale, end = _scale(end)
    notes = (
        f"Each outlined bar is the most that a question can add. {words.NUMBERS_ARE_OURS}",
        f"{acknowledgement}. {OWN_DRAWING}",
        rules,
    )
    small, end = drawing.small_print(_LEFT, _RIGHT - _LEFT, end + 34, notes)
    shown = drawing.cut(drawing.plain(title), 1000, 16)
    return drawing.document(
        uid, WIDTH, round(end + 20), f"{shown}: how open it is", describe(types, found), [*out, *scale, *small]
    )


def describe(types: tuple[ParticipationType, ...], found: Assessment) -> str:
    """Return what the chart shows, in words."""
    bands = ", ".join(f"{kind.name} from {kind.band_from}" for kind in types)
    text = f"A scale of openness from 0 to 100: {bands}. "
    text += " ".join(
        f"{item.criterion.title}: {words.contribution_answer(item)}, {_points(item)}." for item in _sorted(found)
    )
    text += f" {' '.join(_gate_line(kind, gates) + '.' for kind, gates in _held(types, found))}"
    return f"{text.rstrip()} {words.openness_line(found)} {_type_line(found)}".strip()


def _sorted(found: Assessment) -> list[Contribution]:
    return sorted(found.contributions, key=lambda item: item.points is None)


def _points(item: Contribution) -> str:
    if item.points is None:
        return f"0 to {item.most}"
    return f"{words.number(item.points)} of {item.most}"


def _type_line(found: Assessment) -> str:
    if found.type is None:
        return f"No type yet. Possible: {words.names(found.possible_types, 'or')}."
    return f"{found.type.name}{' fits' if found.certain else ' fits best so far'}."


def _estimate(found: Assessment) -> str:
    if found.openness.value is None or all(item.points is not None for item in found.contributions):
        return ""
    return "For this estimate, the weights of what is not stated are shared out over what is."


def _held(types: tuple[ParticipationType, ...], found: Assessment) -> list[tuple[ParticipationType, list[Outcome]]]:
    """Return the types that gates hold the openness to, the least open first, each with its gates."""
    return [
        (kind, gates)
        for kind in types
        if (gates := [gate for gate in found.gates if gate.rule.effect["holds_to"] == kind.id])
    ]


def _gate_line(kind: ParticipationType, gates: list[Outcome]) -> str:
    more = f" (and {len(gates) - 1} more)" if len(gates) > 1 else ""
    return f"Held to {kind.name}, {words.number(kind.band_to)} at most: {drawing.plain(gates[0].rule.title)}{more}"


def _x(points: float) -> float:
    return _ZERO + (_FULL - _ZERO) * min(max(points, 0), _HUNDRED) / _HUNDRED


def _ends(types: tuple[ParticipationType, ...]) -> list[tuple[ParticipationType, float, float]]:
    tops = [*(kind.band_from for kind in types[1:]), _HUNDRED]
    return [(kind, _x(kind.band_from), _x(top)) for kind, top in zip(types, tops, strict=True)]


def _band_names(types: tuple[ParticipationType, ...], y: float) -> tuple[list[str], float]:
    """Return the names over the bands and where they end; a name that would touch its neighbour stands higher."""
    ends: list[float] = []
    placed = []
    for kind, low, high in _ends(types):
        half = drawing.text_width(kind.name, 15, bold=True) / 2
        middle = (low + high) / 2
        level = next((at for at, end in enumerate(ends) if end + 8 < middle - half), len(ends))
        ends[level : level + 1] = [middle + half]
        placed.append((kind, middle, level))
    bottom = y + 20 * (len(ends) - 1)
    out = []
    for kind, middle, level in placed:
        base = bottom - 20 * level
        colour = stop_colour(types, kind)
        out.append(drawing.text(middle, base, kind.name, size=15, fill=colour, bold=True, anchor="middle"))
        if level:
            out.append(
                f'<path d="M{middle:.1f} {base + 5:.1f}V{bottom + 7:.1f}" stroke="{colour}" stroke-width="1.5"/>'
            )
    return out, bottom + 10


def _bands(types: tuple[ParticipationType, ...], top: float, end: float) -> list[str]:
    return [
        f'<rect x="{low + 1:.1f}" y="{top:.1f}" width="{high - low - 2:.1f}" height="{end - top:.1f}" '
        f'fill="{TINT if kind.order % 2 == 0 else PAPER}"/>'
        for kind, low, high in _ends(types)
        if high - low > 2
    ]


def _rows(found: Assessment, y: float, uid: str) -> tuple[list[str], float]:
    out: list[str] = []
    reached = 0.0
    for number, item in enumerate(_sorted(found)):
        middle = y + _ROW / 2
        room = _POINTS - 104 - _LEFT
        title = drawing.cut(item.criterion.title, room, 15.5, bold=True)
        answer = drawing.cut(words.contribution_answer(item), room, 14)
        out += [
            drawing.text(_LEFT, middle - 2, title, size=15.5, bold=True),
            drawing.text(_LEFT, middle + 16, answer, size=14, fill=MUTED),
            drawing.text(_POINTS, middle + 5, _points(item), size=15.5, bold=True, anchor="end"),
        ]
        start, full = _x(reached), _x(reached + item.most)
        top = middle - _BAR / 2
        box = f'x="{start:.1f}" y="{top:.1f}" width="{full - start:.1f}" height="{_BAR}"'
        if item.points is None:
            out.append(f'<rect {box} fill="{PAPER}"/>')
            out += drawing.hatch(
                f"{uid}-unknown-{number}",
                f"<rect {box}/>",
                (start, top, full - start, _BAR),
                colour=INK,
                opacity=0.75,
                width=1.6,
            )
            out.append(f'<rect {box} fill="none" stroke="{INK}" stroke-width="1.5" stroke-dasharray="4 3"/>')
            reached += item.most
        else:
            end = _x(reached + item.points)
            out.append(f'<rect {box} fill="{PAPER}" stroke="{MUTED}" stroke-width="1.2"/>')
            if item.points:
                out.append(
                    f'<rect x="{start:.1f}" y="{top:.1f}" width="{end - start:.1f}" height="{_BAR}" fill="{PURPLE}"/>'
                )
            reached += item.points
        at = _x(reached)
        if number < len(found.contributions) - 1:
            out.append(
                f'<path d="M{at:.1f} {top + _BAR:.1f}v{_ROW - _BAR}" stroke="{MUTED}" stroke-width="1.5" '
                'stroke-dasharray="2 3"/>'
            )
        y += _ROW
    return out, y


def _gates(types: tuple[ParticipationType, ...], found: Assessment, y: float, top: float) -> tuple[list[str], float]:
    """Return a line at the top of each type that gates hold to, its words on the left, and where they end."""
    out: list[str] = []
    for place, (kind, gates) in enumerate(_held(types, found)):
        x = next(high for band, _, high in _ends(types) if band is kind)
        rows = drawing.wrap(_gate_line(kind, gates), _POINTS - _LEFT, 14.5, bold=place == 0, most=2)
        middle = y + 9 + 19 * len(rows) / 2
        width, dash = (3.5, "") if place == 0 else (2, ' stroke-dasharray="7 4"')
        out += [
            f'<path d="M{x:.1f} {top:.1f}V{middle:.1f}" stroke="{INK}" stroke-width="{width:g}"{dash}/>',
            f'<path d="M{_ZERO - 12:.1f} {middle:.1f}H{x:.1f}" stroke="{INK}" stroke-width="1.5" '
            'stroke-dasharray="2 4"/>',
            f'<path d="M{x:.1f} {middle - 7:.1f}l-11 7l11 7z" fill="{INK}"/>',
            *drawing.lines(_LEFT, middle - 19 * len(rows) / 2 + 14, rows, size=14.5, leading=19, bold=place == 0),
        ]
        y += 18 + 19 * len(rows)
    return out, y


def _result(found: Assessment, y: float) -> tuple[list[str], float]:
    """Return the row of the openness itself, with its range, and where it ends."""
    room, middle = found.openness, y + 32
    value = "not known yet" if room.value is None else f"{words.number(room.value)} of 100"
    more = ""
    if room.low != room.high:
        more = f"between {words.number(room.low)} and {words.number(room.high)}"
    elif room.before_gates is not None and room.value is not None and room.before_gates > room.value:
        more = f"without the gates: {words.number(room.before_gates)}"
    out = [
        f'<path d="M{_LEFT:g} {y + 4:.1f}H{_FULL:g}" stroke="{INK}" stroke-width="1.5"/>',
        drawing.text(_LEFT, middle + (-2 if more else 6), "Openness", size=17, bold=True),
        drawing.text(_POINTS, middle + 6, value, size=17, bold=True, anchor="end"),
    ]
    if more:
        out.append(drawing.text(_LEFT, middle + 17, more, size=14, fill=MUTED))
    if room.low != room.high:
        low, high = _x(room.low), _x(room.high)
        out.append(
            f'<path d="M{low:.1f} {middle - 9:.1f}v18m0 -9H{high:.1f}m0 -9v18" '
            f'stroke="{INK}" stroke-width="3" fill="none" stroke-linecap="round"/>'
        )
    if room.value is not None:
        out.append(
            f'<circle cx="{_x(room.value):.1f}" cy="{middle:.1f}" r="9" fill="{PAPER}" stroke="{INK}" '
            'stroke-width="4"/>'
        )
    return out, y + 62


def _scale(y: float) -> tuple[list[str], float]:
    out = [f'<path d="M{_ZERO:g} {y:.1f}H{_FULL:g}" stroke="{INK}" stroke-width="1.5"/>']
    for points in range(0, _HUNDRED + 1, 20):
        out += [
            f'<path d="M{_x(points):.1f} {y:.1f}v6" stroke="{INK}" stroke-width="1.5"/>',
            drawing.text(_x(points), y + 22, str(points), size=14, fill=MUTED, anchor="middle"),
        ]
    return out, y + 22
