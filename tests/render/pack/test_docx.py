"""The document, read back: what it says, in which styles, and for those who do not see it."""

import io
import re
import sys
import zipfile
from functools import cache

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table

from spectrum_cli.model.pack import Pack
from spectrum_cli.model.plain_text import one_line
from spectrum_cli.render.assets import FONTS
from spectrum_cli.render.pack.docx import render_docx
from spectrum_cli.render.pack.docx_parts import hidden_font
from spectrum_cli.render.pack.office import FONT
from spectrum_cli.workflows.workshop import Session
from tests.render.pack.packs import HOSTILE, LONG, ONE_OF_EACH, pack_of, pack_of_kind, pack_of_text

EACH = pytest.mark.parametrize("kind", ONE_OF_EACH)
HEBREW = "\u05d0\u05d9\u05da \u05d0\u05e0\u05d7\u05e0\u05d5 2027"


@cache
def made(kind: str) -> tuple[Pack, DocumentObject, bytes]:
    pack = pack_of_kind(kind)
    data = render_docx(pack)
    return pack, Document(io.BytesIO(data)), data


def words(document: DocumentObject) -> str:
    return "\n".join(
        "".join(text.text or "" for text in part.iter(qn("w:t"))) for part in document.element.iter(qn("w:p"))
    )


def table_with(document: DocumentObject, first_cell: str) -> Table:
    return next(table for table in document.tables if table.cell(0, 0).text == first_cell)


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


@EACH
def test_headings_begin_with_the_title_and_leave_no_level_out(kind: str) -> None:
    pack, document, _ = made(kind)
    told = [(item.style.name, item.text.strip()) for item in document.paragraphs]
    assert [text for style, text in told if style == "Title"] == [pack.title]
    headings = [(int(style[-1]), text) for style, text in told if style.startswith("Heading")]
    assert all(text for _, text in headings)
    level = 0
    for deeper, text in headings:
        assert deeper <= level + 1, text
        level = deeper
    wanted = ("cover.open", "cover.fixed", "cover.promise", "cover.not_promised", "inputs.heading", "checklist.heading")
    wanted += ("methods.heading", "notes.heading", "cards.heading")
    tops = [text for level, text in headings if level == 1]
    assert [text for text in tops if text in {pack.texts(f"workshop.{name}") for name in wanted}] == [
        pack.texts(f"workshop.{name}") for name in wanted
    ]
    assert [text for text in tops if text in {picture.title for picture in pack.pictures}] == [
        picture.title for picture in pack.pictures
    ]


@EACH
def test_the_look_is_in_the_styles_and_not_scattered_over_the_text(kind: str) -> None:
    _, document, _ = made(kind)
    looks = {child.tag for run in document.element.body.iter(qn("w:r")) if run.rPr is not None for child in run.rPr}
    assert looks <= {qn("w:rStyle")}
    used = {
        style.get(qn("w:val")) for style in document.element.body.iter(qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle"))
    }
    assert used <= {style.style_id for style in document.styles}
    assert {"Title", "Heading1", "Heading2", "ListBullet", "Quote", "PackTable", "CardTable", "FormTable"} <= used


@EACH
def test_tables_say_what_they_hold_and_their_rows_stay_whole(kind: str) -> None:
    pack, document, _ = made(kind)
    assert document.tables
    for table in document.tables:
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    with_header = [table for table in document.tables if table.style.name in ("Pack Table", "Form Table")]
    assert len(with_header) >= 3 + (pack.quality is not None)
    for table in with_header:
        heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert heads == [True] + [False] * (len(heads) - 1)
        assert all(cell.text for cell in table.rows[0].cells)


@EACH
def test_the_agenda_adds_up(kind: str) -> None:
    pack, document, _ = made(kind)
    rows = table_with(document, pack.texts("workshop.agenda.time")).rows[1:]
    assert sum(int(row.cells[1].text) for row in rows) == pack.agenda.minutes == 90
    assert [row.cells[0].text for row in rows] == [step.clock for step in pack.agenda.steps]
    striped = [bool(row.cells[0]._tc.xpath("./w:tcPr/w:shd[@w:val='thinDiagStripe']")) for row in rows]
    assert striped == [step.is_break for step in pack.agenda.steps]
    assert any(striped)


@EACH
def test_every_card_has_its_place_and_no_page_has_too_many(kind: str) -> None:
    pack, document, _ = made(kind)
    pages = [table for table in document.tables if table.style.name == "Card Table"]
    cells = [cell for page in pages for row in page.rows for cell in row.cells if cell.text]
    assert [cell.paragraphs[0].text for cell in cells] == [f"{card.number} · {card.label}" for card in pack.cards]
    assert all(card.text in cell.text for cell, card in zip(cells, pack.cards, strict=True))
    lines = [sum(item.style.name == "Writing Line" for item in cell.paragraphs) for cell in cells]
    assert [bool(count) for count in lines] == [card.kind == "own" for card in pack.cards]
    assert all(len(page.rows) * 2 <= pack.cards_a_page for page in pages)


@pytest.mark.parametrize(("paper", "cards"), [("a4", 4), ("a4", 6), ("a3", 6)])
def test_pages_have_the_size_that_was_asked_for_and_cards_fit_on_them(paper: str, cards: int) -> None:
    document = Document(io.BytesIO(render_docx(pack_of("diabetes-plan", Session(paper=paper, cards_a_page=cards)))))
    wide, high = {"a4": (210, 297), "a3": (297, 420)}[paper]
    for section in document.sections:
        turned = section.orientation == WD_ORIENT.LANDSCAPE
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (
            (high, wide) if turned else (wide, high)
        )
        assert min(section.left_margin, section.right_margin, section.top_margin).mm >= 11.9
    pages = [table for table in document.tables if table.style.name == "Card Table"]
    for page in pages[:-1]:
        assert len(page.rows) == cards // 2
    assert all(sum(row.height for row in page.rows) <= Mm(high - 36 - 20) for page in pages)


@EACH
def test_forms_and_posters_lie_on_their_side(kind: str) -> None:
    pack, document, _ = made(kind)
    turned = [section.orientation == WD_ORIENT.LANDSCAPE for section in document.sections]
    count = 1 + (pack.quality is not None) + len(pack.pictures)
    assert turned == [False] * (len(turned) - count) + [True] * count
    assert (pack.quality is not None) == (kind == "co-produce")
    forms = [table for table in document.tables if table.style.name == "Form Table"]
    assert [len(form.rows) - 1 for form in forms] == [
        sheet.rows for sheet in (pack.feedback, pack.quality) if sheet is not None
    ]


@EACH
def test_every_picture_is_told_in_words(kind: str) -> None:
    pack, document, _ = made(kind)
    shapes = list(document.element.body.iter(qn("wp:docPr")))
    assert [shape.get("descr") for shape in shapes] == [
        one_line(f"{picture.title}. {picture.description}") for picture in pack.pictures
    ]
    assert len({shape.get("id") for shape in shapes}) == len(shapes) == len(pack.pictures)


def test_without_typst_the_words_stand_where_the_pictures_would(monkeypatch: pytest.MonkeyPatch) -> None:
    pack = pack_of("diabetes-plan")
    monkeypatch.setitem(sys.modules, "typst", None)
    document = Document(io.BytesIO(render_docx(pack)))
    assert not list(document.element.body.iter(qn("wp:docPr")))
    told = [item.text for item in document.paragraphs if item.style.name == "Poster Words"]
    assert told == [one_line(picture.description) for picture in pack.pictures]


@EACH
def test_the_spectrum_is_on_the_cover_in_any_case(kind: str) -> None:
    pack, document, _ = made(kind)
    table = next(table for table in document.tables if table.style.name == "Stop Table")
    assert [cell.text for cell in table.rows[0].cells] == [
        "INFORM", "EDUCATE", "CONSULT", "ENGAGE", "CO-DESIGN", "CO-PRODUCE",
    ]  # fmt: skip
    marks = [cell.text for cell in table.rows[1].cells]
    assert marks[pack.type.order] == pack.texts("workshop.slides.stop_here")
    possible = [
        name.text
        for name, mark in zip(*(row.cells for row in table.rows), strict=True)
        if mark.text == "Still possible"
    ]
    named = set(re.findall("[A-Z][A-Z-]+", pack.possible)) - {pack.type.name}
    assert set(possible) == named
    assert f"stop {pack.type.order + 1} of 6" in table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))


def test_boxes_can_be_ticked_and_are_where_the_file_says_so() -> None:
    pack, document, data = made("engage")
    boxes = re.findall(r'w14:checked w14:val="([01])"', part(data, "word/document.xml"))
    met = sum(item.state == "met" for item in pack.checklist)
    assert met > 0
    assert len(boxes) == len(pack.agenda.before) + len(pack.agenda.after) + len(pack.checklist)
    assert boxes.count("1") == met
    for item in pack.checklist:
        paragraph = next(line for line in document.paragraphs if item.what in line.text)
        assert item.state_word in paragraph.text.replace("\u00a0", " ")


@EACH
def test_the_language_is_british_english_and_the_file_says_who_and_what(kind: str) -> None:
    pack, document, data = made(kind)
    language = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    assert language.get(qn("w:val")) == language.get(qn("w:eastAsia")) == "en-GB"
    assert 'themeFontLang w:val="en-GB"' in part(data, "word/settings.xml")
    assert "en-US" not in part(data, "word/styles.xml") + part(data, "word/document.xml")
    properties = document.core_properties
    assert (properties.language, properties.author) == ("en-GB", "spectrum")
    assert pack.title in properties.title
    assert properties.created == properties.modified


def test_the_foot_of_each_page_has_its_number_and_the_acknowledgement() -> None:
    pack, document, data = made("co-design")
    assert all(section.footer.is_linked_to_previous or section.footer.paragraphs for section in document.sections)
    assert document.sections[-1].footer.paragraphs[0].text == f"{pack.acknowledgement} · "
    assert " PAGE " in part(data, "word/footer1.xml")


def test_the_font_is_inside_whole_and_another_is_named_for_programs_that_do_not_read_it() -> None:
    _, document, data = made("inform")
    table = part(data, "word/fontTable.xml")
    assert f'w:font w:name="{FONT}"><w:altName w:val="Arial"/>' in table
    keys = re.findall(r'w:fontKey="\{([0-9A-F-]{36})\}"', table)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for number, (key, weight) in enumerate(zip(keys, ("Regular", "Bold"), strict=True), start=1):
            hidden = archive.read(f"word/fonts/font{number}.odttf")
            font = (FONTS / f"AtkinsonHyperlegibleNext-{weight}.ttf").read_bytes()
            assert hidden[:32] != font[:32]
            assert hidden_font(hidden, key) == font
    assert document.settings.element.find(qn("w:embedTrueTypeFonts")) is not None


def test_hostile_words_stand_as_they_were_written() -> None:
    pack, document, data = made("hostile")
    text = words(document)
    assert one_line(HOSTILE) in text
    assert one_line(LONG) in text
    assert "[U+0007]" in text
    assert "[U+202E]" in text
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e]", part(data, "word/document.xml"))
    assert next(item.text for item in document.paragraphs if item.style.name == "Title") == one_line(pack.title)


def test_words_from_right_to_left_are_marked_so() -> None:
    pack = pack_of_text(
        f"spectrum: 1\ntitle: {HEBREW}\nopenness: {{stage: aim, open_to_change: [method], use_of_input: shapes, "
        f"exchange: joint-work, starting_position: open, agenda: invited, fixed: [{HEBREW}, The money]}}\n"
    )
    document = Document(io.BytesIO(render_docx(pack)))
    title = next(item for item in document.paragraphs if item.style.name == "Title")
    assert title.text == HEBREW
    fixed = [item for item in document.paragraphs if item.style.name == "Fixed Item"]
    for item, leftward in ((title, True), (fixed[0], True), (fixed[1], False)):
        assert (item._p.pPr.find(qn("w:bidi")) is not None) is leftward
        assert bool(item.runs[0].font.rtl) is leftward


@pytest.mark.parametrize("kind", [*ONE_OF_EACH, "hostile"])
def test_equal_packs_are_equal_files(kind: str) -> None:
    pack, _, data = made(kind)
    assert render_docx(pack) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None
        assert not [name for name in archive.namelist() if "thumbnail" in name]


def test_a_plan_that_promises_too_much_is_named_on_the_cover_in_a_frame() -> None:
    pack = pack_of_text(
        "spectrum: 1\ntitle: T\nopenness: {stage: made, open_to_change: [nothing]}\nplan: {type: co-design}\n"
    )
    assert pack.warnings
    document = Document(io.BytesIO(render_docx(pack)))
    told = [(item.style.name, item.text) for item in document.paragraphs]
    at = [text for _, text in told].index(pack.warnings[0])
    assert told[at][0] == "Warning"
    assert at < [text for _, text in told].index(pack.texts("workshop.cover.open"))
    assert not [item for item in made("engage")[1].paragraphs if item.text in pack.warnings]
