"""What the slides are built from: the look of the master, texts that fit, boxes, tables and words for drawings.

Lengths are points; a slide is 960 wide and 540 high. python-pptx leaves out languages and alternative texts; these
are written here as the format defines them.
"""

import io
from collections.abc import Iterable, Sequence
from math import inf
from typing import Any, NamedTuple, cast

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Pt

from spectrum_cli.render.pack.office import FALLBACK_FONT, FALLBACK_PANOSE, FONT, runs_left
from spectrum_cli.render.pictures.drawing import (
    BLUE,
    INK,
    LINE,
    MUTED,
    PAPER,
    PINK,
    PURPLE,
    TINT,
    plain,
    wrap,
)

WIDE, HIGH = 960, 540
LEFT, RIGHT = 56, 912
TOP, FOOT = 132, 492
LEAST_SIZE, GAP = 24, 24
LEADING = 1.2

# Offices seldom have the font, and what stands in for it may be wider than Arial.
_SPARE = 1.12
_FITS_NOWHERE = 2_000
_BOX_SIZES = (32, 28, LEAST_SIZE)
_CELL_SIDE, _CELL_TOP, _CELL_LINES = 10, 7.5, 2
_INSIDE, _INDENT, _LEAST_BOX = 18, 24, 170
_FOOT_SIZE = 12
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_BULLET = (f'<a:buFont xmlns:a="{_A}" typeface="{FALLBACK_FONT}"/>', f'<a:buChar xmlns:a="{_A}" char="\u2022"/>')
_NUMBER_FIELD = (
    f'<a:fld xmlns:a="{_A}" id="{{{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}}}" type="slidenum">'
    '<a:rPr lang="{language}"/><a:t>\u2039#\u203a</a:t></a:fld>'
)
_BAR = (
    '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    f'xmlns:a="{_A}"><p:nvSpPr><p:cNvPr id="90" name="Bar"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
    '</a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
    "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr/></a:p></p:txBody></p:sp>"
)
_COLOURS = {"dk2": INK, "lt2": TINT, "accent1": PURPLE, "accent2": BLUE, "accent3": PINK, "accent4": MUTED}
_DECORATIVE = (
    f'<a:ext xmlns:a="{_A}" uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
)


class Look(NamedTuple):
    """How a text looks: its size in points, colour, weight and side."""

    size: float
    colour: str = INK
    bold: bool = False
    centred: bool = False


class Fitted(NamedTuple):
    """Texts that fit into a room: their size, how high they are, and whether something had to be left out."""

    size: float
    texts: tuple[str, ...]
    height: float
    shortened: bool


class Box(NamedTuple):
    """A place on the slide."""

    left: float
    top: float
    width: float
    height: float


def fitted(
    texts: Sequence[str], room: Box, sizes: Iterable[float], *, more: str, bold: bool = False, gap: float = 0.35
) -> Fitted:
    """Return texts at the first size at which all of them fit into the room.

    If they fit at none, they are cut at the last size, and those for which there is no room at all are left out, with
    ``more`` in their place.
    """
    safe, size = [plain(text) for text in texts], 0.0
    for size in sizes:
        high = sum(_height(text, room.width, size, bold, gap) for text in safe)
        if high <= room.height:
            return Fitted(size, tuple(safe), high, False)
    lines = room.height / (size * LEADING)
    kept: list[str] = []
    left = lines
    for number, text in enumerate(safe):
        others = len(safe) - number - 1
        if others and left < 2 + gap:
            return Fitted(size, (*kept, more), room.height, True)
        most = max(1, int(left - others * (1 + gap)))
        rows = wrap(text, room.width / _SPARE, size, bold=bold, most=most)
        kept.append(_as_shown(text, rows))
        left -= len(rows) + gap
    return Fitted(size, tuple(kept), room.height, True)


def _height(text: str, width: float, size: float, bold: bool, gap: float) -> float:
    if len(text) > _FITS_NOWHERE:
        return inf
    return (len(wrap(text, width / _SPARE, size, bold=bold)) + gap) * size * LEADING


def _as_shown(text: str, rows: Sequence[str]) -> str:
    """Return as much of a text as its lines hold, blanks as they were, with an ellipsis where it was cut."""
    held = "".join(rows).replace(" ", "")
    if held == text.replace(" ", ""):
        return text
    count, end = len(held.removesuffix("…")), 0
    while count and end < len(text):
        count -= text[end] != " "
        end += 1
    return f"{text[:end]}…"


def row_height(row: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> float:
    """Return how high a row of a table is."""
    lines = max(len(_cell_lines(text, width, bold)) for text, width in zip(row, widths, strict=True))
    return max(1, lines) * LEAST_SIZE * LEADING + 2 * _CELL_TOP


def _cell_lines(text: str, width: float, bold: bool) -> list[str]:
    return wrap(plain(text), (width - 2 * _CELL_SIDE) / _SPARE, LEAST_SIZE, bold=bold, most=_CELL_LINES)


class Deck:
    """Slides that are written one after the other, in a language."""

    def __init__(self, language: str, acknowledgement: str) -> None:
        self.presentation = Presentation()
        self.language = language
        self.acknowledgement = acknowledgement
        _drop_preview(self.presentation)
        self.presentation.slide_width, self.presentation.slide_height = Pt(WIDE), Pt(HIGH)
        _set_master(self.presentation, language)

    def slide(self, title: str, notes: Iterable[str], *, layout: int = 1) -> Slide:
        """Add a slide with its title and its notes. Layouts: 0 the first slide, 1 a title only."""
        slide: Slide = self.presentation.slides.add_slide(self.presentation.slide_layouts[layout])
        holder: Any = slide.shapes.title
        told = [text for text in notes if text]
        sizes, room = ((44, 40, 36, 32), Box(0, 0, 820, 190)) if layout == 0 else ((32, 28), Box(0, 0, 840, 84))
        fit = fitted([title], room, sizes, more="", bold=True, gap=0)
        holder.text_frame.word_wrap = True
        self.write(holder.text_frame.paragraphs[0], fit.texts[0], Look(fit.size, INK if layout == 0 else PURPLE, True))
        if fit.shortened:
            told.insert(0, title)
        self.add_notes(slide, told)
        return slide

    def write(self, paragraph: Any, text: str, look: Look) -> None:
        """Write a text into a paragraph: font, size and language named on the run, direction by its first letter."""
        safe = plain(text)
        run = paragraph.add_run()
        run.text = safe
        font = run.font
        font.size, font.bold, font.color.rgb = Pt(look.size), look.bold, colour_of(look.colour)
        set_font(run, self.language)
        if look.centred:
            paragraph.alignment = PP_ALIGN.CENTER
        if runs_left(safe):
            paragraph._p.get_or_add_pPr().set("rtl", "1")
            if not look.centred:
                paragraph.alignment = PP_ALIGN.RIGHT

    def text(self, shapes: Any, place: Box, texts: Sequence[str], look: Look, *, bullets: bool = False) -> Any:
        """Add a box of text without a border."""
        box = shapes.add_textbox(*(Pt(value) for value in place))
        self._fill(box.text_frame, texts, look, bullets=bullets, inside=0)
        return box

    def pair(self, slide: Slide, heads: Sequence[str], bodies: Sequence[Sequence[str]], *, more: str) -> None:
        """Draw two boxes side by side, a full line around what is open, a dashed one around what is not.

        Both are as high and their texts as large as the longer one asks for. What does not fit stands in the notes.
        """
        wide = (RIGHT - LEFT - GAP) / 2
        head, most = LEAST_SIZE * LEADING * 1.3 + 2 * _INSIDE, FOOT - TOP - 12
        rooms = [Box(0, 0, wide - 2 * _INSIDE - (_INDENT if len(body) > 1 else 0), most - head) for body in bodies]
        fits = [fitted(body, room, _BOX_SIZES, more=more) for body, room in zip(bodies, rooms, strict=True)]
        size = min(fit.size for fit in fits)
        fits = [fitted(body, room, (size,), more=more) for body, room in zip(bodies, rooms, strict=True)]
        high = min(most, max(_LEAST_BOX, head + max(fit.height for fit in fits)))
        for side, (heading, fit) in enumerate(zip(heads, fits, strict=True)):
            self._box(slide, Box(LEFT + side * (wide + GAP), TOP + 6, wide, high), heading, fit, fixed=side == 1)
            if fit.shortened:
                self.add_notes(slide, [f"{heading}:", *bodies[side]])

    def _box(self, slide: Slide, place: Box, heading: str, fit: Fitted, *, fixed: bool) -> None:
        colour = BLUE if fixed else PURPLE
        shape = slide.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *(Pt(value) for value in place))
        shape.adjustments[0] = 12 / min(place.width, place.height)
        dash = MSO_LINE_DASH_STYLE.DASH if fixed else None
        paint(shape, fill=PAPER if fixed else TINT, line=colour, width=3, dash=dash)
        frame = shape.text_frame
        self._fill(frame, (heading,), Look(LEAST_SIZE, colour, True), inside=_INSIDE)
        for text in fit.texts:
            paragraph = frame.add_paragraph()
            self._lay_out(paragraph, fit.size, bullets=len(fit.texts) > 1)
            self.write(paragraph, text, Look(fit.size))

    def plain_box(self, slide: Slide, place: Box, heading: str, text: str, *, more: str) -> bool:
        """Add a heading over a text, under a line. Returns whether the text had to be cut."""
        rule = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(place.left), Pt(place.top), Pt(place.width), Pt(4))
        paint(rule, fill=PURPLE)
        decorate(rule)
        head = LEAST_SIZE * LEADING * 1.35
        fit = fitted([text], Box(0, 0, place.width, place.height - head - 10), (LEAST_SIZE,), more=more)
        box = self.text(slide.shapes, place._replace(top=place.top + 10), (heading,), Look(LEAST_SIZE, PURPLE, True))
        paragraph = box.text_frame.add_paragraph()
        self._lay_out(paragraph, fit.size, bullets=False)
        self.write(paragraph, fit.texts[0], Look(fit.size))
        return fit.shortened

    def _fill(self, frame: Any, texts: Sequence[str], look: Look, *, inside: float, bullets: bool = False) -> None:
        frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP
        for side in ("margin_left", "margin_right", "margin_top", "margin_bottom"):
            setattr(frame, side, Pt(inside))
        for number, text in enumerate(texts):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            self._lay_out(paragraph, look.size, bullets=bullets)
            self.write(paragraph, text, look)

    def _lay_out(self, paragraph: Any, size: float, *, bullets: bool) -> None:
        paragraph.alignment, paragraph.line_spacing = PP_ALIGN.LEFT, 1.0
        paragraph.space_after = Pt(size * 0.35)
        if bullets:
            properties = paragraph._p.get_or_add_pPr()
            properties.set("marL", str(int(Pt(_INDENT))))
            properties.set("indent", str(-int(Pt(_INDENT))))
            for child in _BULLET:
                properties.append(parse_xml(child))

    def table(self, slide: Slide, rows: Sequence[Sequence[str]], widths: Sequence[float], about: str) -> Any:
        """Add a table whose first row is its header. ``widths`` are points; ``about`` says what it holds."""
        highs = [row_height(row, widths, bold=number == 0) for number, row in enumerate(rows)]
        shape = slide.shapes.add_table(len(rows), len(widths), Pt(LEFT), Pt(TOP), Pt(sum(widths)), Pt(sum(highs)))
        describe(shape, about)
        table = shape.table
        table.first_row, table.horz_banding = True, False
        for at, wide in enumerate(widths):
            table.columns[at].width = Pt(wide)
        for number, row in enumerate(rows):
            table.rows[number].height = Pt(highs[number])
            for at, text in enumerate(row):
                self._cell(table.cell(number, at), text, widths[at], head=number == 0)
        return table

    def _cell(self, cell: Any, text: str, width: float, *, head: bool) -> None:
        cell.margin_left = cell.margin_right = Pt(_CELL_SIDE)
        cell.margin_top = cell.margin_bottom = Pt(_CELL_TOP)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        cell.fill.solid()
        cell.fill.fore_color.rgb = colour_of(PURPLE if head else PAPER)
        _border(cell, LINE)
        shown = _as_shown(plain(text), _cell_lines(text, width, head))
        self.write(cell.text_frame.paragraphs[0], shown, Look(LEAST_SIZE, PAPER if head else INK, head))

    def finish(self) -> bytes:
        """Put the acknowledgement and the number at the foot of each slide, read last, and return the file."""
        for slide in self.presentation.slides:
            for holder in slide.slide_layout.placeholders:
                kind = holder.element.ph.get("type")
                if kind in ("ftr", "sldNum"):
                    slide.shapes.clone_placeholder(holder)
                    self._fill_foot(list(slide.shapes)[-1], number=kind == "sldNum")
        out = io.BytesIO()
        self.presentation.save(out)
        return out.getvalue()

    def _fill_foot(self, holder: Any, *, number: bool) -> None:
        paragraph = holder.text_frame.paragraphs[0]
        if number:
            paragraph._p.append(parse_xml(_NUMBER_FIELD.format(language=self.language)))
        else:
            self.write(paragraph, self.acknowledgement, Look(_FOOT_SIZE, MUTED))

    def add_notes(self, slide: Slide, texts: Iterable[str]) -> None:
        """Write texts below the notes of a slide."""
        frame: Any = slide.notes_slide.notes_text_frame
        for text in texts:
            if frame is None or not text:
                continue
            paragraph = frame.add_paragraph() if frame.text else frame.paragraphs[0]
            run = paragraph.add_run()
            run.text = plain(text)
            set_font(run, self.language)
            if runs_left(run.text):
                paragraph._p.get_or_add_pPr().set("rtl", "1")


def paint(
    shape: Any, *, fill: str, line: str | None = None, width: float = 2, dash: MSO_LINE_DASH_STYLE | None = None
) -> None:
    """Fill and outline a shape in plain colours, without the shadow that a theme gives it."""
    unstyled(shape)
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour_of(fill)
    if line is None:
        shape.line.fill.background()
        return
    shape.line.color.rgb, shape.line.width = colour_of(line), Pt(width)
    if dash is not None:
        shape.line.dash_style = dash


def unstyled(shape: Any) -> None:
    """Take the theme's style from a shape: its shadow, and a line and a fill that are not ours."""
    for style in shape._element.findall(qn("p:style")):
        shape._element.remove(style)


def set_font(run: Any, language: str) -> None:
    """Name the font and the language on a run, with what to put in the font's place."""
    run.font.name = FONT
    properties = run._r.get_or_add_rPr()
    properties.set("lang", language)
    latin = properties.find(qn("a:latin"))
    latin.set("panose", FALLBACK_PANOSE)
    latin.set("pitchFamily", "34")
    latin.set("charset", "0")


def describe(shape: Any, about: str) -> None:
    """Say in words what a shape shows."""
    _properties(shape).set("descr", plain(about))


def decorate(shape: Any) -> None:
    """Mark a shape as one that says nothing that is not said in words."""
    properties = _properties(shape)
    extensions = properties.find(qn("a:extLst"))
    if extensions is None:
        extensions = properties.makeelement(qn("a:extLst"), {})
        properties.append(extensions)
    extensions.append(parse_xml(_DECORATIVE))


def _properties(shape: Any) -> Any:
    return shape._element.xpath("./*/p:cNvPr")[0]


def colour_of(colour: str) -> RGBColor:
    """Return a colour such as ``#5E2B97`` as slides know it."""
    red_green_blue: Any = RGBColor
    return cast(RGBColor, red_green_blue.from_string(colour.lstrip("#")))


def _border(cell: Any, colour: str) -> None:
    properties = cell._tc.get_or_add_tcPr()
    ink = f'<a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/></a:solidFill>'
    for at, side in enumerate("LRTB"):
        properties.insert(at, parse_xml(f'<a:ln{side} xmlns:a="{_A}" w="12700">{ink}</a:ln{side}>'))


def _set_master(presentation: Any, language: str) -> None:
    """Give the master our look: wide slides, titles on the left, the font, the colours, a bar at the left edge."""
    layouts = presentation.slide_layouts
    for layout in [layout for layout in layouts if layout.name not in ("Title Slide", "Title Only")]:
        layouts.remove(layout)
    master = presentation.slide_master
    places = {
        "title": Box(LEFT, 36, RIGHT - LEFT, 84),
        "body": Box(LEFT, TOP, RIGHT - LEFT, FOOT - TOP),
        "dt": Box(RIGHT - 220, 502, 120, 24),
        "ftr": Box(LEFT, 502, 560, 24),
        "sldNum": Box(RIGHT - 100, 502, 100, 24),
        "ctrTitle": Box(LEFT, 64, 840, 200),
        "subTitle": Box(LEFT, 342, 840, 96),
    }
    for owner in (master, *layouts):
        for holder in owner.placeholders:
            kind = holder.element.ph.get("type", "body")
            if owner is master or kind in ("ctrTitle", "subTitle"):
                holder.left, holder.top, holder.width, holder.height = (Pt(value) for value in places[kind])
        for words in owner._element.iter(qn("a:rPr"), qn("a:endParaRPr"), qn("a:defRPr")):
            if words.get("lang") is not None:
                words.set("lang", language)
    _set_titles(master)
    for style in layouts.get_by_name("Title Slide")._element.iter(qn("a:lvl1pPr")):
        style.set("algn", "l")
    bar = _BAR.format(width=int(Pt(20)), height=int(Pt(HIGH)))
    master.shapes._spTree.insert(2, parse_xml(bar))
    _set_theme(master)


def _set_titles(master: Any) -> None:
    style = next(master._element.iter(qn("p:titleStyle"))).find(qn("a:lvl1pPr"))
    style.set("algn", "l")
    run = style.find(qn("a:defRPr"))
    run.set("sz", "3200")
    run.set("b", "1")
    for holder in master.placeholders:
        frame = holder.element.txBody.find(qn("a:bodyPr"))
        kind = holder.element.ph.get("type")
        if kind in ("title", "ftr", "sldNum"):
            frame.set("lIns", "0")
            frame.set("rIns", "0")
        if kind == "title":
            frame.set("anchor", "b")
        if kind == "ftr":
            next(holder.element.iter(qn("a:lvl1pPr"))).set("algn", "l")


def _set_theme(master: Any) -> None:
    part = master.part.part_related_by(RT.THEME)
    theme = parse_xml(part.blob)
    for fonts in theme.iter(qn("a:majorFont"), qn("a:minorFont")):
        fonts.find(qn("a:latin")).set("typeface", FONT)
        fonts.find(qn("a:latin")).set("panose", FALLBACK_PANOSE)
    for name, colour in _COLOURS.items():
        for element in theme.iter(qn(f"a:{name}")):
            element[0].set("val", colour.lstrip("#"))
    part._blob = serialize_part_xml(theme)


def _drop_preview(presentation: Any) -> None:
    """Leave out the preview and the printer's settings of another presentation, which the template brings."""
    for relations in (presentation.part.package._rels, presentation.part.rels):
        for ident, relation in list(relations.items()):
            if relation.reltype.endswith(("/thumbnail", "/printerSettings")):
                relations.pop(ident)
