"""The slides, read back: titles, words for drawings, sizes, notes."""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Pt

from spectrum_cli.model.pack import Pack
from spectrum_cli.model.plain_text import one_line
from spectrum_cli.render.pack.office import FONT
from spectrum_cli.render.pack.pptx import render_pptx
from spectrum_cli.render.pack.pptx_parts import FOOT, HIGH, LEADING, LEAST_SIZE, WIDE, Box, fitted
from spectrum_cli.render.pictures.drawing import BLUE, INK, MUTED, PAPER, PINK, PURPLE, TINT
from spectrum_cli.workflows.workshop import Session
from tests.render.pack.packs import HOSTILE, LONG, ONE_OF_EACH, pack_of, pack_of_kind, pack_of_text

KINDS = [*ONE_OF_EACH, "hostile"]
EACH = pytest.mark.parametrize("kind", KINDS)
HEBREW = "\u05d0\u05d9\u05da \u05d0\u05e0\u05d7\u05e0\u05d5"


@cache
def made(kind: str) -> tuple[Pack, Any, bytes]:
    pack = pack_of_kind(kind)
    data = render_pptx(pack)
    return pack, Presentation(io.BytesIO(data)), data


def all_shapes(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        yield shape
        if hasattr(shape, "shapes"):
            yield from all_shapes(shape.shapes)


def runs(element: Any) -> list[Any]:
    return list(element.iter(qn("a:r")))


def text_of(slide: Any) -> str:
    return "\n".join(
        "".join(piece.text or "" for piece in paragraph.iter(qn("a:t"))) for paragraph in slide._element.iter(qn("a:p"))
    )


def notes_of(slide: Any) -> str:
    return slide.notes_slide.notes_text_frame.text


def about(shape: Any) -> str:
    return shape._element.xpath("./*/p:cNvPr")[0].get("descr") or ""


def is_decoration(shape: Any) -> bool:
    return any(item.get("val") == "1" for item in shape._element.iter() if str(item.tag).endswith("}decorative"))


def agenda_slides(pack: Pack, deck: Any) -> list[Any]:
    return [slide for slide in deck.slides if slide.shapes.title.text.startswith(pack.texts("workshop.agenda.heading"))]


def table_of(slide: Any) -> Any:
    return next(shape for shape in slide.shapes if shape.has_table)


@EACH
def test_every_slide_has_a_title_of_its_own(kind: str) -> None:
    pack, deck, _ = made(kind)
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    wanted = ("slides.scope", "slides.promises", "inputs.heading", "slides.talk", "posters.spectrum")
    wanted += ("feedback.heading", "slides.next")
    assert [title for title in titles if title in {pack.texts(f"workshop.{name}") for name in wanted}] == [
        pack.texts(f"workshop.{name}") for name in wanted
    ]
    assert (deck.slide_width, deck.slide_height) == (Pt(WIDE), Pt(HIGH))


@EACH
def test_what_is_drawn_is_said_in_words_or_marked_as_decoration(kind: str) -> None:
    _, deck, _ = made(kind)
    for slide in deck.slides:
        for shape in slide.shapes:
            says = shape.has_text_frame and shape.text_frame.text.strip()
            number = shape.is_placeholder and list(shape._element.iter(qn("a:fld")))
            assert says or number or about(shape) or is_decoration(shape), (slide.shapes.title.text, shape.name)
            if not shape.has_text_frame:
                assert about(shape), shape.name


@EACH
def test_the_title_is_read_first_and_the_foot_last(kind: str) -> None:
    pack, deck, _ = made(kind)
    for slide in deck.slides:
        shapes = list(slide.shapes)
        assert shapes[0]._element is slide.shapes.title._element
        assert shapes[-2].text_frame.text == pack.acknowledgement
        assert next(shapes[-1]._element.iter(qn("a:fld"))).get("type") == "slidenum"


@EACH
def test_each_run_names_its_font_and_its_language(kind: str) -> None:
    _, deck, _ = made(kind)
    for slide in deck.slides:
        for run in chain(runs(slide._element), runs(slide.notes_slide._element)):
            assert run.rPr.get("lang") == "en-GB"
            assert run.rPr.find(qn("a:latin")).get("typeface") == FONT
    layouts = [deck.slide_master._element, *(layout._element for layout in deck.slide_layouts)]
    assert {item.get("lang") for root in layouts for item in root.iter() if item.get("lang")} == {"en-GB"}


@EACH
def test_words_on_a_slide_are_large(kind: str) -> None:
    pack, deck, _ = made(kind)
    small = {pack.acknowledgement, pack.texts("workshop.cover.quoted")}
    for slide in deck.slides:
        for shape in slide.shapes:
            least = 18 if hasattr(shape, "shapes") else LEAST_SIZE
            for run in runs(shape._element):
                if run.text not in small:
                    assert int(run.rPr.get("sz")) >= least * 100, run.text


@EACH
def test_nothing_leaves_the_slide(kind: str) -> None:
    _, deck, _ = made(kind)
    for slide in deck.slides:
        for shape in all_shapes(slide.shapes):
            assert shape.left >= 0, shape.name
            assert shape.top >= 0, shape.name
            assert shape.left + shape.width <= Pt(WIDE), shape.name
            assert shape.top + shape.height <= Pt(HIGH), shape.name


@pytest.mark.parametrize("minutes", [45, 90, 240, 480])
@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_the_agenda_adds_up_over_its_slides(kind: str, minutes: int) -> None:
    pack = pack_of(ONE_OF_EACH[kind], Session(minutes=minutes))
    slides = agenda_slides(pack, Presentation(io.BytesIO(render_pptx(pack))))
    rows = []
    for slide in slides:
        shape = table_of(slide)
        assert shape.table.first_row
        assert shape.top + sum(row.height for row in shape.table.rows) <= Pt(FOOT)
        rows += list(shape.table.rows)[1:]
        for row in list(shape.table.rows)[1:]:
            assert row.cells[2].text in notes_of(slide)
    assert sum(int(row.cells[1].text) for row in rows) == minutes
    assert [row.cells[0].text for row in rows] == [step.clock for step in pack.agenda.steps]
    assert [row.cells[2].text for row in rows] == [step.title for step in pack.agenda.steps]
    assert all(step.what in "".join(notes_of(slide) for slide in slides) for step in pack.agenda.steps)


@EACH
def test_the_spectrum_can_be_edited_and_shows_this_decision(kind: str) -> None:
    pack, deck, _ = made(kind)
    slide = next(item for item in deck.slides if item.shapes.title.text == pack.texts("workshop.posters.spectrum"))
    group = next(shape for shape in slide.shapes if hasattr(shape, "shapes"))
    assert f"stands at {pack.type.name}, stop {pack.type.order + 1} of 6" in about(group)
    told = text_of(slide)
    assert all(name in told for name in ("INFORM", "EDUCATE", "CONSULT", "ENGAGE", "CO-DESIGN", "CO-PRODUCE"))
    discs = [shape for shape in group.shapes if shape._element.xpath("./p:spPr/a:prstGeom[@prst='ellipse']")]
    assert len(discs) == 6
    filled = [shape.fill.fore_color.rgb == bytes_of(PURPLE) for shape in discs]
    assert filled == [order == pack.type.order for order in range(6)]
    named = set(re.findall("[A-Z][A-Z-]+", pack.possible)) - {pack.type.name}
    assert sum(shape.line.dash_style is not None for shape in discs) == len(named)
    assert not list(slide._element.iter(qn("p:pic")))


def bytes_of(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


@EACH
def test_what_people_are_asked_is_on_the_slide_and_the_rest_in_the_notes(kind: str) -> None:
    pack, deck, _ = made(kind)
    slide = next(item for item in deck.slides if item.shapes.title.text == pack.texts("workshop.slides.talk"))
    for card in pack.cards:
        if card.kind == "talk":
            assert card.text in text_of(slide)
        if card.kind in ("open", "unanswered"):
            assert card.text in notes_of(slide)
    told = "\n".join(notes_of(item) for item in deck.slides)
    assert all(said in told for note in pack.notes for said in note.paragraphs)
    assert pack.type.key_question in text_of(deck.slides[0])


@EACH
def test_what_is_open_has_a_full_line_and_what_is_not_a_dashed_one(kind: str) -> None:
    pack, deck, _ = made(kind)
    for title in ("slides.scope", "slides.promises"):
        slide = next(item for item in deck.slides if item.shapes.title.text == pack.texts(f"workshop.{title}"))
        boxes = [shape for shape in slide.shapes if shape._element.xpath("./p:spPr/a:prstGeom[@prst='roundRect']")]
        assert [box.line.dash_style is not None for box in boxes] == [False, True]
        for box in boxes:
            assert not box._element.findall(qn("p:style"))
        assert len({paragraph.runs[0].font.size for box in boxes for paragraph in box.text_frame.paragraphs[1:]}) == 1


def test_national_and_local_has_a_slide_where_the_file_says_so() -> None:
    for kind in ONE_OF_EACH:
        pack, deck, _ = made(kind)
        titles = [slide.shapes.title.text for slide in deck.slides]
        place = [picture for picture in pack.pictures if picture.id == "place"]
        assert (pack.texts("workshop.posters.place") in titles) == bool(place)
        for picture in place:
            slide = deck.slides[titles.index(picture.title)]
            assert one_line(picture.description) in notes_of(slide)
            assert one_line(picture.description) in [about(shape) for shape in slide.shapes]
    assert any(picture.id == "place" for picture in made("co-produce")[0].pictures)


def test_hostile_words_are_cut_on_the_slide_and_whole_in_the_notes() -> None:
    _, deck, data = made("hostile")
    assert deck.slides[0].shapes.title.text.endswith("…")
    assert deck.slides[0].shapes.title.text[:40] == one_line(HOSTILE)[:40]
    assert one_line(HOSTILE) in notes_of(deck.slides[0])
    scope = deck.slides[1]
    assert one_line(LONG) in notes_of(scope)
    assert len(text_of(scope)) < 600
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        told = "".join(archive.read(name).decode() for name in archive.namelist() if "/slides/slide" in name)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e]", told)
    assert "[U+202E]" in told


def test_words_from_right_to_left_are_marked_so() -> None:
    pack = pack_of_text(
        f"spectrum: 1\ntitle: {HEBREW}\nopenness: {{stage: aim, open_to_change: [method], use_of_input: shapes, "
        f"exchange: joint-work, starting_position: open, agenda: invited, fixed: [{HEBREW}, The money]}}\n"
    )
    deck = Presentation(io.BytesIO(render_pptx(pack)))
    title = deck.slides[0].shapes.title.text_frame.paragraphs[0]
    assert title.text == HEBREW
    assert title._p.pPr.get("rtl") == "1"
    marked = {item.get("rtl") for item in deck.slides[1]._element.iter(qn("a:pPr"))}
    assert {"1", None} <= marked


@EACH
def test_equal_packs_are_equal_files(kind: str) -> None:
    pack, deck, data = made(kind)
    assert render_pptx(pack) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name or "printer" in name]
    assert deck.core_properties.created == deck.core_properties.modified
    assert deck.core_properties.language == "en-GB"


ROOM = Box(0, 0, 300, 200)


@pytest.mark.parametrize(
    ("texts", "whole"),
    [
        (["Short."], True),
        (["One", "Two", "Three"], True),
        (["word " * 200], False),
        (["x" * 900], False),
        (["x" * 1_500, "y" * 1_500], False),
        ([f"Point {number}" for number in range(30)], False),
        (["\u6f22" * 200], False),
        (["word " * 4_000], False),
    ],
)
def test_texts_are_made_smaller_and_then_cut_until_they_fit(texts: list[str], whole: bool) -> None:
    fit = fitted(texts, ROOM, (32, 28, 24), more="more")
    assert fit.shortened is not whole
    assert (list(fit.texts) == texts) is whole
    again = fitted(fit.texts, ROOM._replace(height=ROOM.height + 24 * LEADING), (24,), more="more")
    assert not again.shortened


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2 between two colours."""

    def light(colour: str) -> float:
        parts = [value / 255 for value in bytes_of(colour)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((light(one), light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"),
    [(INK, PAPER), (INK, TINT), (PURPLE, PAPER), (PURPLE, TINT), (BLUE, PAPER), (MUTED, PAPER), (PINK, PAPER)]
    + [(PAPER, colour) for colour in (PURPLE, BLUE, PINK)],
)
def test_words_stand_out_from_their_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5
