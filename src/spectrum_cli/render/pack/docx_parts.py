"""What the document is built from: styles, sections, tables, tick boxes and pictures.

python-docx leaves out languages, alternative texts, tick boxes and the direction of writing; these are written here
as the format defines them.
"""

import io
import re
from collections.abc import Sequence
from itertools import count
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import quoteattr

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from spectrum_cli.render.assets import FONTS, asset
from spectrum_cli.render.pack.office import FALLBACK_FONT, FALLBACK_PANOSE, FONT, runs_left
from spectrum_cli.render.pictures.drawing import LINE, plain

PAPERS = {"a4": (210, 297), "a3": (297, 420)}
_SCALES = {"a4": 1.0, "a3": 1.35}  # a larger sheet is read from further away
_SIZE = re.compile('(<w:(?:sz|szCs) w:val=")(\\d+)"')
MARGIN, NARROW_MARGIN = 18, 12

_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_FONT_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_FONT_CONTENT = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_HIDDEN_BYTES = 32
_EMPTY_BOX, _TICKED_BOX = ("2610", "\u2610"), ("2612", "\u2612")
_NUMBERING = """<w:numbering {w}>
<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:lvlText w:val="\u2022"/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


class Writer:
    """A document that is written from its beginning to its end, in a language and on a kind of paper."""

    def __init__(self, paper: str, language: str) -> None:
        self.document: DocumentObject = Document()
        self.paper = paper
        self._ids = count(1)
        _drop_what_the_template_brings(self.document)
        _set_styles(self.document, language, scale=_SCALES[paper])
        _embed_fonts(self.document)
        first = self.document.sections[0]
        first.page_width, first.page_height = (Mm(side) for side in PAPERS[paper])
        first.left_margin = first.right_margin = first.top_margin = Mm(MARGIN)
        first.bottom_margin, first.footer_distance = Mm(MARGIN), Mm(9)

    @property
    def width(self) -> int:
        """The room between the margins, in the document's own unit."""
        section = self.document.sections[-1]
        return int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)

    def paragraph(self, text: str = "", style: str = "Normal") -> Paragraph:
        """Add a paragraph. Its text is made safe, and runs from right to left if its first letter does."""
        return write(self.document.add_paragraph(style=style), text)

    def sheet(self, heading: str) -> Paragraph:
        """Begin a sheet: a heading on a new page."""
        paragraph = self.paragraph(heading, "Heading 1")
        paragraph.paragraph_format.page_break_before = True
        paragraph.paragraph_format.space_before = Length(0)
        return paragraph

    def section(self, *, columns: int = 1, landscape: bool = False, margin: int = MARGIN) -> None:
        """End the section that is being written and begin another; one that is turned begins on a new page."""
        body = self.document.element.body
        sentinel = body.sectPr
        last = body[-2]
        if last.tag != qn("w:p") or last.xpath("./w:pPr/w:sectPr"):
            last = self.paragraph(style="After Table")._p
        last.get_or_add_pPr().append(sentinel.clone())
        section = self.document.sections[-1]
        section.start_type = WD_SECTION.NEW_PAGE if landscape else WD_SECTION.CONTINUOUS
        narrow, wide = PAPERS[self.paper]
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (Mm(wide), Mm(narrow)) if landscape else (Mm(narrow), Mm(wide))
        section.left_margin = section.right_margin = section.top_margin = Mm(margin)
        section.bottom_margin = Mm(max(margin, NARROW_MARGIN + 6))
        for old in sentinel.findall(qn("w:cols")):
            sentinel.remove(old)
        columns_of = OxmlElement("w:cols")
        columns_of.set(qn("w:num"), str(columns))
        columns_of.set(qn("w:space"), "454")
        sentinel.insert_element_before(columns_of, "w:docGrid")

    def table(
        self,
        style: str,
        widths: Sequence[float],
        rows: int,
        *,
        about: str,
        header: bool = False,
        row_names: bool = False,
    ) -> Table:
        """Add a table. ``widths`` are shares of the room; ``about`` says what it holds, for those who do not see it.

        No row is split between pages; the header row comes again on each.
        """
        table: Table = self.document.add_table(rows, len(widths), style)
        table.autofit = False
        _describe_table(table, about, header=header, row_names=row_names)
        shares = [round(self.width * share / sum(widths)) for share in widths]
        for column, wide in zip(table.columns, shares, strict=True):
            column.width = Length(wide)
        for at, row in enumerate(table.rows):
            _keep_whole(row, header=header and at == 0)
            for cell, wide in zip(row.cells, shares, strict=True):
                cell.width = Length(wide)
        return table

    def after_table(self) -> None:
        """Close a table with the paragraph that the format asks for, as low as can be."""
        self.paragraph(style="After Table")

    def picture(self, png: bytes, about: str, *, room: tuple[int, int]) -> None:
        """Add a picture that fits into a room of so much width and height."""
        run = self.paragraph(style="Poster").add_run()
        shape = run.add_picture(io.BytesIO(png), width=Length(room[0]))
        if shape.height > room[1]:
            shape.width, shape.height = Length(round(shape.width * room[1] / shape.height)), Length(room[1])
        properties = shape._inline.docPr
        properties.set("id", str(next(self._ids)))
        properties.set("name", f"Picture {properties.get('id')}")
        properties.set("descr", plain(about))

    def tick_box(self, paragraph: Paragraph, name: str, *, ticked: bool = False) -> None:
        """Add a box that can be ticked on the screen and, printed, by hand.

        The font with the sign is one that Word brings along; other programs take the sign from a font of theirs.
        """
        _, sign = _TICKED_BOX if ticked else _EMPTY_BOX
        paragraph._p.append(
            parse_xml(
                f'<w:sdt {nsdecls("w")} xmlns:w14="{_W14}"><w:sdtPr><w:rPr><w:rStyle w:val="TickBox"/></w:rPr>'
                f'<w:alias w:val={quoteattr(name)}/><w:id w:val="{1000 + next(self._ids)}"/>'
                f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/>'
                f'<w14:checkedState w14:val="{_TICKED_BOX[0]}" w14:font="MS Gothic"/>'
                f'<w14:uncheckedState w14:val="{_EMPTY_BOX[0]}" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
                f'<w:sdtContent><w:r><w:rPr><w:rStyle w:val="TickBox"/></w:rPr><w:t>{sign}</w:t></w:r>'
                "</w:sdtContent></w:sdt>"
            )
        )
        paragraph.add_run("\t")

    def footer(self, text: str) -> None:
        """Put a text and the number of the page at the foot of every page."""
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.style = "Footer"
        write(paragraph, text)
        paragraph.add_run(" \u00b7 ")
        field = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        paragraph._p.append(parse_xml(field))


def write(paragraph: Paragraph, text: str, style: str | None = None) -> Paragraph:
    """Add a text to a paragraph, with a character style if one is named."""
    safe = plain(text)
    if not safe:
        return paragraph
    run = paragraph.add_run(safe, style)
    if runs_left(safe):
        run.font.rtl = True
        if len(paragraph.runs) == 1:
            properties = paragraph._p.get_or_add_pPr()
            properties.insert_element_before(OxmlElement("w:bidi"), "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr")
    return paragraph


def fill(cell: _Cell, text: str, style: str = "Table Text") -> Paragraph:
    """Write the first paragraph of a cell."""
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    return write(paragraph, text)


def more(cell: _Cell, text: str, style: str = "Table Text") -> Paragraph:
    """Add another paragraph to a cell."""
    return write(cell.add_paragraph(style=style), text)


def shade(cell: _Cell, colour: str, *, pattern: str = "clear", ink: str = "auto") -> None:
    """Fill a cell with a colour, or with stripes of ``ink`` on it."""
    shading = OxmlElement("w:shd")
    for name, value in (("val", pattern), ("color", ink.lstrip("#")), ("fill", colour.lstrip("#"))):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def frame(
    cell: _Cell, kind: str, colour: str, *, eighths: int = 12, sides: Sequence[str] = ("top", "left", "bottom", "right")
) -> None:
    """Draw borders of a cell, ``eighths`` of a point wide."""
    borders = OxmlElement("w:tcBorders")
    for side in sides:
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", kind), ("sz", str(eighths)), ("space", "0"), ("color", colour.lstrip("#"))):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    cell._tc.get_or_add_tcPr().append(borders)


def stripes(cell: _Cell) -> None:
    """Fill a cell with thin slanting stripes, which show without colour too."""
    shade(cell, "#FFFFFF", pattern="thinDiagStripe", ink=LINE)


def _keep_whole(row: _Row, *, header: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def _describe_table(table: Table, about: str, *, header: bool, row_names: bool) -> None:
    properties = table._tbl.tblPr
    for look in properties.findall(qn("w:tblLook")):
        properties.remove(look)
    look = OxmlElement("w:tblLook")
    value = 0x0400 | 0x0200 | (0x0020 if header else 0) | (0x0080 if row_names else 0)
    wanted: dict[str, Any] = {"val": f"{value:04X}", "firstRow": int(header), "lastRow": 0}
    wanted |= {"firstColumn": int(row_names), "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    for name, setting in wanted.items():
        look.set(qn(f"w:{name}"), str(setting))
    description = OxmlElement("w:tblDescription")
    description.set(qn("w:val"), plain(about))
    properties.append(look)
    properties.append(description)


def _drop_what_the_template_brings(document: DocumentObject) -> None:
    """Leave out a preview of another document, styles of Word 2010, and empty data."""
    for relations in (document.part.rels, document.part.package.rels):
        for ident in [key for key, relation in relations.items() if _is_left_over(relation.reltype)]:
            del relations[ident]


def _is_left_over(relation: str) -> bool:
    return relation.endswith(("/thumbnail", "/stylesWithEffects", "/customXml"))


def _set_styles(document: DocumentObject, language: str, *, scale: float) -> None:
    text = asset("pack/styles.xml").replace("en-GB", language)
    text = _SIZE.sub(lambda found: f'{found[1]}{round(int(found[2]) * scale)}"', text)
    _replace_children(document.styles.element, parse_xml(text.encode()))
    numbering = document.part.numbering_part.element
    _replace_children(numbering, parse_xml(_NUMBERING.format(w=nsdecls("w"))))
    settings = document.settings.element
    for theme_language in settings.iter(qn("w:themeFontLang")):
        theme_language.set(qn("w:val"), language)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # Word says "compatibility mode" in its title bar below 15
    for zoom in settings.iter(qn("w:zoom")):
        zoom.set(qn("w:percent"), "100")


def _replace_children(element: Any, by: Any) -> None:
    for child in list(element):
        element.remove(child)
    for child in list(by):
        element.append(child)


def _embed_fonts(document: DocumentObject) -> None:
    """Carry the bundled font inside the document, so that it looks the same where the font is not installed.

    The format hides the first bytes of a font under a key that stands beside it. Programs that do not read it take
    the font named as its other.
    """
    table = document.part.part_related_by(RT.FONT_TABLE)
    embedded = []
    for number, (element, weight) in enumerate((("embedRegular", "Regular"), ("embedBold", "Bold")), start=1):
        data = (FONTS / f"AtkinsonHyperlegibleNext-{weight}.ttf").read_bytes()
        key = str(uuid5(NAMESPACE_URL, f"{FONT} {weight}")).upper()
        name = PackURI(f"/word/fonts/font{number}.odttf")
        part = Part(name, _FONT_CONTENT, hidden_font(data, key), document.part.package)
        embedded.append(f'<w:{element} r:id="{table.relate_to(part, _FONT_RELATION)}" w:fontKey="{{{key}}}"/>')
    table._blob = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w", "r")}>'
        f'<w:font w:name="{FONT}"><w:altName w:val="{FALLBACK_FONT}"/><w:panose1 w:val="{FALLBACK_PANOSE}"/>'
        f'<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>{"".join(embedded)}</w:font>'
        f'<w:font w:name="{FALLBACK_FONT}"><w:panose1 w:val="{FALLBACK_PANOSE}"/><w:charset w:val="00"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    ).encode()
    document.settings.element.insert(1, OxmlElement("w:embedTrueTypeFonts"))


def hidden_font(data: bytes, key: str) -> bytes:
    """Return a font as the format embeds it: the first 32 bytes joined with the key, last byte first, by "or else"."""
    reverse = bytes.fromhex(key.replace("-", ""))[::-1]
    start = bytes(byte ^ reverse[at % len(reverse)] for at, byte in enumerate(data[:_HIDDEN_BYTES]))
    return start + data[_HIDDEN_BYTES:]
