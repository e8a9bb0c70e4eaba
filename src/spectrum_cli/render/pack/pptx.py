"""The pack as slides for the room: few words, large; what the facilitator says stands in the notes.

Everything is a native shape that can be moved and changed. No text of a slide is smaller than 24 points, labels of
drawings and the foot left aside. What does not fit is cut with an ellipsis and stands whole in the notes.
"""

from collections.abc import Sequence
from typing import Any

from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Pt

from spectrum_cli.model.pack import Card, Note, Pack, Picture, Step
from spectrum_cli.render.pack.office import set_properties, spectrum_words, stops, without_times
from spectrum_cli.render.pack.pptx_parts import (
    FOOT,
    GAP,
    LEADING,
    LEAST_SIZE,
    LEFT,
    RIGHT,
    TOP,
    Box,
    Deck,
    Look,
    colour_of,
    describe,
    fitted,
    paint,
    row_height,
)
from spectrum_cli.render.pictures.drawing import BLUE, INK, MUTED, PAPER, PINK, PURPLE, plain, text_width

_AGENDA = (92, 142, 380, 242)
_FORM_ROWS = 7
_HALF = (RIGHT - LEFT - GAP) / 2


def render_pptx(pack: Pack) -> bytes:
    """Return the slides. Equal packs give equal bytes."""
    deck = Deck(pack.texts.language, pack.acknowledgement)
    set_properties(deck.presentation.core_properties, pack)
    _first(deck, pack)
    _scope(deck, pack)
    _promises(deck, pack)
    _agenda(deck, pack)
    _inputs(deck, pack)
    _talk(deck, pack)
    _line(deck, pack)
    for picture in pack.pictures:
        if picture.id == "place":
            _place(deck, pack, picture)
    _feedback(deck, pack)
    _next(deck, pack)
    return without_times(deck.finish())


def _first(deck: Deck, pack: Pack) -> None:
    text = pack.texts
    own = _note(pack, pack.type.name)
    notes = [pack.fit, pack.possible, *pack.warnings, *own, pack.readiness, pack.part_of]
    notes += [text("workshop.drawn_by_us"), pack.made_by]
    slide = deck.slide(pack.title, notes, layout=0)
    holder = slide.placeholders[1]
    holder.text_frame.word_wrap, holder.text_frame.margin_left = True, Pt(0)
    sizes = (32, 28, LEAST_SIZE)
    fit = fitted([pack.type.key_question], Box(0, 0, 820, 90), sizes, more="", bold=True)
    deck.write(holder.text_frame.paragraphs[0], fit.texts[0], Look(fit.size, INK, True))
    _pill(deck, slide.shapes, pack.type.name, LEFT, 284, 28)
    deck.text(slide.shapes, Box(LEFT, 446, 840, 22), (text("workshop.cover.quoted"),), Look(14, MUTED))


def _pill(deck: Deck, shapes: Any, words: str, left: float, top: float, size: float) -> None:
    """Draw words in white on a dark shape with round ends."""
    wide = _pill_width(words, size)
    shape = shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, Pt(left), Pt(top), Pt(wide), Pt(size * 1.6))
    shape.adjustments[0] = 0.5
    paint(shape, fill=PURPLE)
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(0)
    frame.vertical_anchor, frame.word_wrap = MSO_ANCHOR.MIDDLE, False
    deck.write(frame.paragraphs[0], words, Look(size, PAPER, bold=True, centred=True))


def _pill_width(words: str, size: float) -> float:
    return text_width(words, size, bold=True) * 1.15 + size * 1.4


def _note(pack: Pack, title: str) -> list[str]:
    return [said for note in pack.notes if note.title == title for said in note.paragraphs]


def _scope(deck: Deck, pack: Pack) -> None:
    text = pack.texts
    heads = text("workshop.cover.open"), text("workshop.cover.fixed")
    slide = deck.slide(text("workshop.slides.scope"), ())
    is_open = [pack.open_note] if pack.open_note else list(pack.open_aspects)
    fixed = [f"{plain(item.what)} ({plain(item.why) or text('workshop.cover.no_reason')})" for item in pack.fixed] or [
        text("workshop.cover.fixed_none")
    ]
    deck.pair(slide, heads, (is_open, fixed), more=text("workshop.slides.in_notes"))


def _promises(deck: Deck, pack: Pack) -> None:
    text = pack.texts
    heads = text("workshop.cover.promise"), text("workshop.cover.not_promised")
    slide = deck.slide(text("workshop.slides.promises"), ())
    bodies = ([pack.type.promise], [pack.type.not_promised])
    deck.pair(slide, heads, bodies, more=text("workshop.slides.in_notes"))
    own = [f"{text('workshop.cover.own_promise')}: {pack.own_promise}"] if pack.own_promise else []
    deck.add_notes(slide, [*own, *_note(pack, text("workshop.notes.promise.title"))])


def _agenda(deck: Deck, pack: Pack) -> None:
    text = pack.texts
    names = [text(f"workshop.agenda.{name}") for name in ("time", "length", "what", "who")]
    batches = _batches(pack.agenda.steps)
    heading = f"{text('workshop.agenda.heading')}, {text('workshop.minutes', count=pack.agenda.minutes)}"
    for number, batch in enumerate(batches, start=1):
        title = heading
        if len(batches) > 1:
            title = text("workshop.slides.part", heading=heading, number=number, count=len(batches))
        slide = deck.slide(title, [*(_told(step) for step in batch), *(pack.agenda.grouping if number == 1 else ())])
        deck.table(slide, [names, *(_row(step) for step in batch)], _AGENDA, text("workshop.agenda.heading"))


def _batches(steps: Sequence[Step]) -> list[list[Step]]:
    """Share the steps out over as few slides as hold them, about as many on each."""
    highs = [row_height(_row(step), _AGENDA) for step in steps]
    room = FOOT - TOP - row_height(["", "", "", ""], _AGENDA)
    even = sum(highs) / -(-sum(highs) // room)
    batches: list[list[Step]] = [[]]
    used = 0.0
    for step, high in zip(steps, highs, strict=True):
        if batches[-1] and (used + high > room or used >= even):
            batches.append([])
            used = 0.0
        batches[-1].append(step)
        used += high
    return batches


def _row(step: Step) -> list[str]:
    return [step.clock, str(step.minutes), step.title, step.who]


def _told(step: Step) -> str:
    return f"{step.clock} {step.title}. {step.what} ({step.who})"


def _inputs(deck: Deck, pack: Pack) -> None:
    text = pack.texts
    nobody, no_date = text("workshop.nobody"), text("workshop.no_date")
    notes = [text("workshop.inputs.quality")]
    notes += [f"{item.what}: {item.who or nobody}, {item.by or no_date}" for item in pack.bringing]
    slide = deck.slide(text("workshop.inputs.heading"), notes)
    high = (FOOT - TOP - 8) / 2
    for at, fact in enumerate(pack.inputs[:4]):
        row, column = divmod(at, 2)
        place = Box(LEFT + column * (_HALF + GAP), TOP + row * (high + 8), _HALF, high)
        more = text("workshop.slides.in_notes")
        if deck.plain_box(slide, place, fact.label, fact.value, more=more):
            deck.add_notes(slide, [f"{fact.label}: {fact.value}"])


def _talk(deck: Deck, pack: Pack) -> None:
    text = pack.texts
    asked = [card.text for card in pack.cards if card.kind == "talk"]
    told = {pack.type.name, text("workshop.notes.promise.title")}
    notes = [said for note in pack.notes if note.title not in told for said in _whole(note)]
    more = [_asked(card) for card in pack.cards if card.kind in ("open", "unanswered")]
    slide = deck.slide(text("workshop.slides.talk"), [*more, *notes])
    room = Box(LEFT, TOP + 8, RIGHT - LEFT, FOOT - TOP - 8)
    fit = fitted(asked, Box(0, 0, room.width, room.height), (40, 36, 32, 28, LEAST_SIZE), more="", gap=0.5)
    deck.text(slide.shapes, room, fit.texts, Look(fit.size), bullets=True)


def _whole(note: Note) -> tuple[str, ...]:
    return (f"{note.title}:", *note.paragraphs)


def _asked(card: Card) -> str:
    return f"{card.label}: {card.text}"


def _line(deck: Deck, pack: Pack) -> None:
    """Draw the spectrum: the line with its stops, the marker, what is still possible, and what both sides put in."""
    text = pack.texts
    about = " ".join((spectrum_words(pack), text("workshop.slides.bars")))
    slide = deck.slide(text("workshop.posters.spectrum"), [about, text("workshop.drawn_by_us")])
    group = slide.shapes.add_group_shape()
    ends = Box(LEFT, TOP, RIGHT - LEFT, LEAST_SIZE * LEADING)
    deck.text(group.shapes, ends, (text("workshop.slides.ends"),), Look(LEAST_SIZE))
    _stops(deck, group.shapes, pack)
    _bars(deck, group.shapes, pack)
    describe(group, about)


_LINE_AT, _STEP = 242, (RIGHT - LEFT) / 6
_NAME = 18
_MARK = 20


def _stops(deck: Deck, shapes: Any, pack: Pack) -> None:
    line = shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(LEFT), Pt(_LINE_AT - 2), Pt(RIGHT - LEFT), Pt(4))
    paint(line, fill=INK)
    for number, stop in enumerate(stops(pack)):
        middle, radius = LEFT + (number + 0.5) * _STEP, 17 if stop.here else 12
        place = [Pt(value) for value in (middle - radius, _LINE_AT - radius, 2 * radius, 2 * radius)]
        disc = shapes.add_shape(MSO_SHAPE.OVAL, *place)
        marked = stop.here or stop.possible
        dash = MSO_LINE_DASH_STYLE.SQUARE_DOT if stop.possible else None
        paint(disc, fill=PURPLE if stop.here else PAPER, line=PURPLE if marked else INK, width=3, dash=dash)
        name = Box(middle - _STEP / 2, _LINE_AT + 22, _STEP, _NAME * LEADING)
        deck.text(shapes, name, (stop.name,), Look(_NAME, PURPLE if marked else INK, bold=True, centred=True))
        if stop.here:
            _marker(deck, shapes, pack.texts("workshop.slides.stop_here"), middle)
        elif stop.possible:
            words = Box(middle - _STEP / 2, _LINE_AT + 22 + _NAME * LEADING, _STEP, _NAME * LEADING)
            deck.text(shapes, words, (pack.texts("workshop.slides.stop_possible"),), Look(_NAME, INK, centred=True))


def _marker(deck: Deck, shapes: Any, words: str, middle: float) -> None:
    wide = _pill_width(words, _MARK)
    left = min(max(middle - wide / 2, LEFT), RIGHT - wide)
    _pill(deck, shapes, words, left, _LINE_AT - 66, _MARK)
    tip = shapes.add_shape(MSO_SHAPE.ISOSCELES_TRIANGLE, Pt(middle - 9), Pt(_LINE_AT - 35), Pt(18), Pt(13))
    tip.rotation = 180
    paint(tip, fill=PURPLE)


def _bars(deck: Deck, shapes: Any, pack: Pack) -> None:
    """Draw what both sides put in at each stop: from people upwards and hatched, by the system downwards."""
    base, unit, wide = 408, 11, 62
    for kind in pack.types:
        left = LEFT + (kind.order + 0.5) * _STEP - wide / 2
        people, system = kind.people_size * unit, kind.system_size * unit
        if people:
            place = [Pt(value) for value in (left, base - 2 - people, wide, people)]
            bar = shapes.add_shape(MSO_SHAPE.RECTANGLE, *place)
            paint(bar, fill=PAPER, line=PINK, width=1.5)
            bar.fill.patterned()
            bar.fill.pattern = MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL
            bar.fill.fore_color.rgb, bar.fill.back_color.rgb = colour_of(PINK), colour_of(PAPER)
        place = [Pt(value) for value in (left, base + 2, wide, system)]
        paint(shapes.add_shape(MSO_SHAPE.RECTANGLE, *place), fill=BLUE)
    rule = shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(LEFT), Pt(base - 1), Pt(RIGHT - LEFT), Pt(2))
    paint(rule, fill=INK)
    for words, top, colour in (("people_grow", base - 78, PINK), ("system_grows", base + 50, BLUE)):
        label = Box(LEFT, top, 420, _MARK * LEADING)
        deck.text(shapes, label, (pack.texts(f"workshop.slides.{words}"),), Look(_MARK, colour, bold=True))


def _place(deck: Deck, pack: Pack, picture: Picture) -> None:
    """Draw what becomes of joint work where it is carried out; where this decision stands is in the notes."""
    slide = deck.slide(picture.title, [picture.description])
    group = slide.shapes.add_group_shape()
    high = (FOOT - TOP) / len(_PLACE)
    for number, (heading, discs) in enumerate(zip(pack.texts.all("workshop.slides.place"), _PLACE, strict=True)):
        middle = TOP + high * (number + 0.5)
        words = Box(LEFT, middle - LEAST_SIZE * LEADING, 330, LEAST_SIZE * LEADING * 2)
        deck.text(group.shapes, words, (heading,), Look(LEAST_SIZE, bold=True))
        for at, kind in enumerate(discs[:-1]):
            x = _DISCS_FROM + at * _DISC_STEP
            _disc(deck, group.shapes, pack, kind, x, middle)
            if at:
                _sign(group.shapes, MSO_SHAPE.MATH_PLUS, x - _DISC_STEP / 2, middle, 26, 26)
        start, end = x + _DISC + 14, _RESULT - _DISC - 14
        _sign(group.shapes, MSO_SHAPE.RIGHT_ARROW, (start + end) / 2, middle, end - start, 34)
        _disc(deck, group.shapes, pack, discs[-1], _RESULT, middle)
    describe(group, picture.description)


_PLACE = (("system", "people", "joint"), ("joint", "system", "system"), ("joint", "system", "people", "joint"))
_DISC_COLOURS = {"system": BLUE, "people": PINK, "joint": PURPLE}
_DISCS_FROM, _DISC_STEP, _RESULT, _DISC = 440, 118, 866, 44


def _disc(deck: Deck, shapes: Any, pack: Pack, kind: str, x: float, y: float) -> None:
    """Draw who puts in, or what comes of it: its name stands on the colour."""
    disc = shapes.add_shape(MSO_SHAPE.OVAL, Pt(x - _DISC), Pt(y - _DISC), Pt(2 * _DISC), Pt(2 * _DISC))
    paint(disc, fill=_DISC_COLOURS[kind])
    frame = disc.text_frame
    frame.margin_left = frame.margin_right = Pt(0)
    frame.word_wrap, frame.vertical_anchor = False, MSO_ANCHOR.MIDDLE
    words = pack.texts(f"workshop.slides.{kind}_disc")
    deck.write(frame.paragraphs[0], words, Look(_NAME, PAPER, bold=True, centred=True))


def _sign(shapes: Any, kind: MSO_SHAPE, x: float, y: float, wide: float, high: float) -> None:
    sign = shapes.add_shape(kind, Pt(x - wide / 2), Pt(y - high / 2), Pt(wide), Pt(high))
    paint(sign, fill=INK)


def _feedback(deck: Deck, pack: Pack) -> None:
    sheet = pack.feedback
    slide = deck.slide(sheet.title, [sheet.intro, sheet.due])
    rows = [list(sheet.columns), *([""] * len(sheet.columns) for _ in range(_FORM_ROWS))]
    deck.table(slide, rows, [(RIGHT - LEFT) / len(sheet.columns)] * len(sheet.columns), sheet.title)


# What comes next, and what to say where the file does not; nothing is said of an end that is not stated.
_NEXT = (("closes", ""), ("decided_by", "not_stated"), ("decision", "no_date"), ("feedback", "no_date"))


def _next(deck: Deck, pack: Pack) -> None:
    text = pack.texts
    said = {fact.label: plain(fact.value) for fact in pack.facts}
    told = []
    for name, unknown in _NEXT:
        label = text(f"workshop.cover.{name}")
        if label in said or unknown:
            told.append(f"{label}: {said.get(label) or text(f'workshop.{unknown}')}")
    notes = [f"{text('workshop.agenda.after_heading')}:", *(f"{item.what} ({item.who})" for item in pack.agenda.after)]
    notes.append(pack.feedback.due)
    slide = deck.slide(text("workshop.slides.next"), notes)
    room = Box(LEFT, TOP + 8, RIGHT - LEFT, FOOT - TOP - 8)
    more = text("workshop.slides.in_notes")
    inner = Box(0, 0, room.width - 24, room.height)
    fit = fitted(told, inner, (36, 32, 28, LEAST_SIZE), more=more, gap=0.5)
    deck.text(slide.shapes, room, fit.texts, Look(fit.size), bullets=True)
    if fit.shortened:
        deck.add_notes(slide, told)
