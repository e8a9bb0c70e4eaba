"""Made together, then carried out elsewhere: blue and pink become purple, return to blue, or remain purple.

This decision's own case is marked where the section ``place`` says enough.
"""

from typing import NamedTuple

from spectrum_cli.model.assessment import Assessment
from spectrum_cli.model.decision import text_of
from spectrum_cli.model.decision_format import TYPE_IDS
from spectrum_cli.model.rulebase import ParticipationType
from spectrum_cli.render import words
from spectrum_cli.render.pictures import drawing
from spectrum_cli.render.pictures.drawing import BLUE, INK, LINE, MUTED, PAPER, PINK, PURPLE, TINT
from spectrum_cli.render.pictures.spectrum import OWN_DRAWING, WIDTH

TOGETHER, BACK_TO_BLUE, BETWEEN, STILL_PURPLE = 1.0, 2.0, 2.5, 3.0
_ROWS = (
    (
        "Nationally, together",
        "Blue and pink become purple: what the system and people put in makes a joint result.",
        "become purple",
    ),
    (
        "Locally, without people",
        "Purple returns to blue: people's influence is diluted, and what matters most to them can be lost.",
        "returns to blue",
    ),
    (
        "Locally, with people",
        "Purple remains purple: where people take part in full here too, it stays true to what was agreed.",
        "remains purple",
    ),
)
_FEEDBACK = (
    "Even where purple remains purple, the wider population is asked for independent feedback, by the quality "
    "indicators that were agreed together."
)
_CO_DESIGN, _ENGAGE = TYPE_IDS.index("co-design"), TYPE_IDS.index("engage")
_LEFT, _RIGHT, _TEXT = 40.0, 1160.0, 60.0
_A3 = 297 / 420


class Mark(NamedTuple):
    """A row in which this decision stands; perhaps only, where ``sure`` is false. ``role`` is what it does there."""

    row: float
    sure: bool
    role: str = ""


class OwnCase(NamedTuple):
    """Where this decision stands in the picture, and why."""

    marks: tuple[Mark, ...]
    said: tuple[str, ...]

    def at(self, row: float) -> Mark | None:
        """Return the mark of a row, the surest where there are several."""
        there = [mark for mark in self.marks if mark.row == row]
        return next((mark for mark in there if mark.sure), there[0] if there else None)


class _Look(NamedTuple):
    """The sizes of one variant: of words, of the discs, and how far the discs are apart."""

    heading: float
    sentence: float
    word: float
    colour: float
    radius: float
    discs_from: float
    scale: float


_PAGE = _Look(20, 16.5, 15.5, 13.5, 47, 512, 1)
_POSTER = _Look(27, 21, 18, 17, 54, 500, 1.25)


def national_local_svg(
    types: tuple[ParticipationType, ...],
    found: Assessment,
    acknowledgement: str,
    title: str,
    uid: str = "place",
    *,
    poster: bool = False,
    rules: str = "",
) -> str | None:
    """Return the picture with this decision's own case marked, or None where ``place`` says nothing that it can show.

    As a ``poster`` it is A3 landscape with larger words.
    """
    case = own_case(types, found)
    if case is None:
        return None
    look = _POSTER if poster else _PAGE
    said = [(sentence, False) for sentence in case.said]
    about = "National and local: what becomes of people's input"
    out, y = drawing.heading(uid, _TEXT, _RIGHT - _TEXT - 20, about, title, said, scale=look.scale)
    y += 24 * look.scale
    notes = (_FEEDBACK, f"{acknowledgement}. {OWN_DRAWING}", rules)
    small, end = drawing.small_print(_TEXT, _RIGHT - _TEXT - 20, 0, notes, size=14 * look.scale)
    height = WIDTH * _A3
    row = (height - y - end - 44 * look.scale) / 3 if poster else 172
    look = look._replace(radius=min(look.radius, row * 0.31))
    for number in (1, 2, 3):
        out += _row(uid, number, y + (number - 1) * row, row, look, case)
    between = case.at(BETWEEN)
    if between and not case.at(STILL_PURPLE):
        out += _mark(y + 2 * row, between, look)
    foot = y + 3 * row + 30 * look.scale
    small, end = drawing.small_print(_TEXT, _RIGHT - _TEXT - 20, foot, notes, size=14 * look.scale)
    shown = drawing.cut(drawing.plain(title), 1000, 16)
    return drawing.document(
        uid,
        WIDTH,
        round(height, 3) if poster else round(end + 20),
        f"{shown}: national and local",
        describe(case),
        [*out, *small],
    )


def describe(case: OwnCase) -> str:
    """Return what the picture shows, in words."""
    text = "Three rows. " + " ".join(
        f"Row {number}, {heading[0].lower()}{heading[1:]}. {sentence}"
        for number, (heading, sentence, _) in enumerate(_ROWS, 1)
    )
    rows = sorted({mark.row for mark in case.marks})
    marked = [_row_name(row) for row in rows if (mark := case.at(row)) and mark.sure]
    text += f" This decision is marked at {words.joined(marked)}." if marked else ""
    perhaps = [_row_name(row) for row in rows if (mark := case.at(row)) and not mark.sure]
    text += f" It may stand at {words.joined(perhaps, 'or')}." if perhaps else ""
    return f"{text} {' '.join(case.said)}"


def _row_name(row: float) -> str:
    return "the line between rows 2 and 3" if row == BETWEEN else f"row {row:g}"


def own_case(types: tuple[ParticipationType, ...], found: Assessment) -> OwnCase | None:
    """Read this decision's own case from ``place``; None where that says nothing that the picture can show.

    A decision is the larger one where it is carried out locally or is national, and the local one where it carries
    out another. What people get is the advised type, or the planned one where that is less.
    """
    answers = found.answers
    carries_out = text_of(answers, "place.implements")
    level = text_of(answers, "place.level")
    local = text_of(answers, "place.local_participation")
    given = answers.get("place.implemented_locally")
    carried_out = given.value if given is not None else None
    gets = _gets(found)
    case = OwnCase((), ())
    if carries_out:
        case = _as_the_local_one(found, gets, drawing.cut(drawing.plain(carries_out), 360, 18))
    if carried_out or (local and carried_out is None):
        return _joined(case, _as_the_larger_one(types, found, gets, local, sure=carried_out is True))
    if level == "national" and found.type is not None and _offered(found, found.type).order >= _CO_DESIGN:
        sure = all(kind.order >= _CO_DESIGN for kind in gets)
        if carried_out is None:
            more = "The file does not say whether it is carried out locally: rows 2 and 3 are open."
        else:
            more = "It is not carried out locally, so rows 2 and 3 are about other decisions."
        start = f"{_people_get(gets)} here{': row 1' if sure else ''}. "
        return _joined(case, OwnCase((Mark(TOGETHER, sure),), (start + more,)))
    return case if case.said else None


def _joined(one: OwnCase, other: OwnCase) -> OwnCase:
    if not one.said:
        return other
    carrying = tuple(mark._replace(role="carrying out a larger one") for mark in one.marks)
    return OwnCase((*carrying, *other.marks), (*one.said, *other.said))


def _offered(found: Assessment, kind: ParticipationType) -> ParticipationType:
    """Return what people get where a type fits: that type, or the planned one where it is less."""
    plan = found.plan.type
    return plan if plan is not None and plan.order < kind.order else kind


def _gets(found: Assessment) -> tuple[ParticipationType, ...]:
    """Return the types that people may get, the least open first."""
    kinds = {kind.order: kind for kind in (_offered(found, possible) for possible in found.possible_types)}
    return tuple(kinds[order] for order in sorted(kinds))


def _people_get(gets: tuple[ParticipationType, ...]) -> str:
    if len(gets) == 1:
        return f"People get {gets[0].name}"
    return f"It is not settled yet whether people get {words.names(gets, 'or')}"


def _local_row(order: int) -> float:
    """Return the row in which people locally get the type of this order (-1 for none)."""
    return STILL_PURPLE if order >= _CO_DESIGN else BETWEEN if order == _ENGAGE else BACK_TO_BLUE


def _either(rows: set[float], role: str = "") -> tuple[Mark, ...]:
    """Return marks for several possible rows. What stands between two rows is marked at both."""
    split = {BACK_TO_BLUE, STILL_PURPLE} if BETWEEN in rows else set()
    return tuple(Mark(row, False, role) for row in sorted(rows - {BETWEEN} | split))


def _as_the_local_one(found: Assessment, gets: tuple[ParticipationType, ...], carries_out: str) -> OwnCase:
    rows = {_local_row(kind.order) for kind in gets}
    start = f"This decision carries out a larger one ({carries_out}). {_people_get(gets)} here"
    if len(rows) > 1 or found.type is None:
        return OwnCase(_either(rows), (f"{start}.",))
    row = rows.pop()
    why = {
        BACK_TO_BLUE: ", with little say in how it is done: row 2, if the larger one was made together.",
        BETWEEN: ". Their ideas count, but they do not decide: between rows 2 and 3, if the larger one was made "
        "together.",
        STILL_PURPLE: ". They work it out here too: row 3, if the larger one was made together.",
    }[row]
    return OwnCase((Mark(row, True),), (f"{start}{why}",))


def _as_the_larger_one(
    types: tuple[ParticipationType, ...],
    found: Assessment,
    gets: tuple[ParticipationType, ...],
    local: str,
    *,
    sure: bool,
) -> OwnCase:
    start = f"{_people_get(gets)} here"
    if all(kind.order < _ENGAGE for kind in gets):
        return OwnCase((), (f"{start}, so there is no purple to keep: none of the three rows is this one.",))
    together = [kind.order >= _CO_DESIGN for kind in gets]
    certain = all(together) and found.type is not None
    marks = (Mark(TOGETHER, certain),) if any(together) else ()
    start += ": row 1. " if certain else ". " if any(together) else ", which is less than making it together. "
    where = "It is carried out locally" if sure else "If it is carried out locally, then"
    role = "carried out locally"
    if not local:
        said = f"{start}{where}; the file does not say how people take part there: row 2 or row 3."
        return OwnCase((*marks, *_either({BACK_TO_BLUE, STILL_PURPLE}, role)), (said,))
    kind = next((kind for kind in types if kind.id == local), None)
    row = _local_row(kind.order if kind else -1)
    shown = f"with {kind.name}" if kind else "without people"
    said = f"{start}{where} {shown}: {'between rows 2 and 3' if row == BETWEEN else f'row {row:g}'}."
    return OwnCase((*marks, Mark(row, sure and certain, role)), (said,))


def _row(uid: str, number: int, top: float, height: float, look: _Look, case: OwnCase) -> list[str]:
    mark = case.at(number)
    out = []
    if mark:
        out.append(
            f'<rect x="{_LEFT:g}" y="{top + 7:.1f}" width="{_RIGHT - _LEFT:g}" height="{height - 14:.1f}" rx="12" '
            f'fill="{TINT}" stroke="{PURPLE}" stroke-opacity=".45" stroke-dasharray="4 4"/>'
        )
    elif number > 1 and not case.at(number - 1):
        out.append(f'<path d="M{_TEXT:g} {top:.1f}H{_RIGHT - 20:g}" stroke="{LINE}" stroke-width="1.5"/>')
    heading, sentence, becomes = _ROWS[number - 1]
    room = look.discs_from - _TEXT - 40
    rows = drawing.wrap(f"{number}  {heading}", room, look.heading, bold=True)
    more = drawing.balanced(sentence, room, look.sentence)
    tall = len(rows) * look.heading * 1.25 + len(more) * look.sentence * 1.4
    y = top + (height - tall) / 2 + (8 if mark else 0)
    out += drawing.lines(_TEXT, y + look.heading * 0.9, rows, size=look.heading, leading=look.heading * 1.25, bold=True)
    y += len(rows) * look.heading * 1.25 + look.sentence
    out += drawing.lines(_TEXT, y, more, size=look.sentence, leading=look.sentence * 1.4, fill=MUTED)
    out += _sum(f"{uid}-{number}", number, top + height / 2 - look.colour * 0.85, becomes, look)
    return out + (_mark(top + 7, mark, look) if mark else [])


def _mark(y: float, mark: Mark, look: _Look) -> list[str]:
    label = "This decision" if mark.sure else "Perhaps this decision"
    label += ": between 2 and 3" if mark.row == BETWEEN else f", {mark.role}" if mark.role else ""
    wide = drawing.text_width(label, 14.5 * look.scale, bold=True) + 26 * look.scale
    return drawing.pill(
        _TEXT - 4 + wide / 2, y, label, size=14.5 * look.scale, hollow=not mark.sure, height=26 * look.scale
    )


_SYSTEM, _PEOPLE, _JOINT, _FADED = "blue", "pink", "purple", "back to blue"
_SUMS = {
    1: ((_SYSTEM, "System", "input"), (_PEOPLE, "People's", "input"), (_JOINT, "Joint", "result")),
    2: ((_JOINT, "Joint", "result"), (_SYSTEM, "System", "alone"), (_FADED, "Back to", "old ways")),
    3: (
        (_JOINT, "Joint", "result"),
        (_SYSTEM, "Local", "system"),
        (_PEOPLE, "Local", "people"),
        (_JOINT, "Still", "joint"),
    ),
}


def _sum(uid: str, number: int, y: float, becomes: str, look: _Look) -> list[str]:
    """Return the discs of one row: what goes in, an arrow, what comes out. Under each stands its colour in words."""
    discs = _SUMS[number]
    out: list[str] = []
    gap = 40.0
    radius = look.radius if len(discs) == 3 else look.radius * 0.9
    x = look.discs_from + radius
    end = _RIGHT - 20 - look.radius * 1.12
    for at, (colour, first, second) in enumerate(discs[:-1]):
        if at:
            out.append(_plus(x - radius - gap / 2, y, look.scale))
        out += _disc(f"{uid}-{at}", x, y, radius, colour, first, second, look)
        last = x + radius
        x += 2 * radius + gap
    start, stop = last + 16, end - look.radius * 1.12 - 14
    out += _arrow(start, stop, y)
    out.append(drawing.text((start + stop) / 2 - 4, y - 14, becomes, size=look.word * 0.95, anchor="middle"))
    out += _disc(f"{uid}-out", end, y, look.radius * 1.12, *discs[-1], look)
    return out


def _plus(x: float, y: float, scale: float) -> str:
    arm = 9 * scale
    return (
        f'<path d="M{x - arm:.1f} {y:.1f}h{2 * arm:g}M{x:.1f} {y - arm:.1f}v{2 * arm:g}" stroke="{INK}" '
        f'stroke-width="{4 * scale:g}"/>'
    )


def _arrow(start: float, end: float, y: float) -> list[str]:
    return [
        f'<path d="M{start:.1f} {y:.1f}H{end - 14:.1f}" stroke="{INK}" stroke-width="4"/>',
        f'<path d="M{end - 16:.1f} {y - 10:.1f}l17 10l-17 10z" fill="{INK}"/>',
    ]


def _disc(uid: str, x: float, y: float, radius: float, colour: str, first: str, second: str, look: _Look) -> list[str]:
    """Return a disc with a hatched rim: plain for the system, slanting for people, crossed for both together."""
    fill = {_SYSTEM: BLUE, _PEOPLE: PINK, _JOINT: PURPLE, _FADED: BLUE}[colour]
    out = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}"/>']
    shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
    box = (x - radius, y - radius, 2 * radius, 2 * radius)
    if colour == _FADED:
        shape = f'<path d="M{x:.1f} {y - radius:.1f}a{radius:.1f} {radius:.1f} 0 0 0 0 {2 * radius:.1f}z"/>'
        out.append(shape.replace("/>", f' fill="{PURPLE}"/>'))
        box = (x - radius, y - radius, radius, 2 * radius)
    if colour != _SYSTEM:
        out += drawing.hatch(uid, shape, box, crossed=colour != _PEOPLE, width=2, opacity=0.7)
    inner = radius * 0.76
    out.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{inner:.1f}" fill="{fill}"/>')
    size = look.word if radius >= look.radius else look.word * 0.94
    out += [
        drawing.text(x, y - 2, first, size=size, fill=PAPER, bold=True, anchor="middle"),
        drawing.text(x, y + size, second, size=size, fill=PAPER, anchor="middle"),
        drawing.text(x, y + radius + look.colour * 1.4, colour, size=look.colour, fill=MUTED, anchor="middle"),
    ]
    return out
