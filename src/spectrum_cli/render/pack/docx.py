"""The pack as a document for a word processor, to be changed before it is printed.

The spectrum is drawn as a table on the cover, so that it is there in every program and can be edited. The large
pictures are PNG, made where typst is installed: word processors do not draw every part of an SVG as a browser does,
and one that reads it would show it in place of the picture that is right. Without typst, their words stand there.
"""

import io

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_BREAK
from docx.shared import Length, Mm
from docx.table import Table, _Cell

from spectrum_cli.model.pack import Card, CheckItem, Fact, Pack, Picture, Sheet
from spectrum_cli.render.pack.docx_parts import (
    MARGIN,
    NARROW_MARGIN,
    PAPERS,
    Writer,
    fill,
    frame,
    more,
    shade,
    stripes,
    write,
)
from spectrum_cli.render.pack.office import as_png, set_properties, spectrum_words, stops, without_times
from spectrum_cli.render.pictures.drawing import LINE, PURPLE

_DOTS_PER_MM = 8
_CARD_HEADING, _FORM_HEADING, _POSTER_HEADING = 34, 54, 18
_WRITING_LINES, _WRITING_LINES_SMALL = 5, 3
_STATE_STYLES = {"missing": "State Missing", "unknown": "State Unknown"}


def render_docx(pack: Pack) -> bytes:
    """Return the document. Equal packs give equal bytes."""
    writer = Writer(pack.paper, pack.texts.language)
    set_properties(writer.document.core_properties, pack)
    writer.footer(pack.acknowledgement)
    _cover(writer, pack)
    _agenda(writer, pack)
    _bringing(writer, pack)
    _checklist(writer, pack)
    _methods(writer, pack)
    _notes(writer, pack)
    _cards(writer, pack)
    for sheet in (pack.feedback, pack.quality):
        if sheet is not None:
            _form(writer, sheet)
    for picture in pack.pictures:
        _poster(writer, picture)
    out = io.BytesIO()
    writer.document.save(out)
    return without_times(out.getvalue())


def _cover(writer: Writer, pack: Pack) -> None:
    text = pack.texts
    writer.paragraph(text("workshop.title"), "Kicker")
    writer.paragraph(pack.title, "Title")
    if pack.part_of:
        writer.paragraph(pack.part_of, "Subtitle")
    writer.paragraph(pack.fit, "Type Name")
    writer.paragraph(pack.type.key_question, "Quote")
    writer.paragraph(text("workshop.cover.quoted"), "Type Small")
    if pack.possible:
        writer.paragraph(pack.possible, "Type Text")
    for warning in pack.warnings:
        writer.paragraph(warning, "Warning")
    _line(writer, pack)
    _scope(writer, pack)
    _promises(writer, pack)
    writer.section()
    if pack.facts:
        _facts(writer, pack.facts, text("workshop.cover.heading"))
    for line in (text("workshop.drawn_by_us"), pack.made_by):
        writer.paragraph(line, "Small Print")


def _line(writer: Writer, pack: Pack) -> None:
    """Draw the spectrum as a table: the stop of this decision filled, possible ones dashed, each with its words."""
    writer.paragraph(pack.texts("workshop.slides.ends"), "Caption")
    told = stops(pack)
    table = writer.table("Stop Table", [1] * len(told), 2, about=spectrum_words(pack))
    for column, stop in enumerate(told):
        name, mark = table.cell(0, column), table.cell(1, column)
        if stop.here:
            frame(name, "single", PURPLE)
            shade(name, PURPLE)
        elif stop.possible:
            frame(name, "dashed", PURPLE)
        else:
            frame(name, "single", LINE, sides=("top", "bottom"))
        fill(name, stop.name, "Stop Here" if stop.here else "Stop")
        words = "stop_here" if stop.here else "stop_possible" if stop.possible else ""
        fill(mark, pack.texts(f"workshop.slides.{words}") if words else "", "Stop Mark")
    writer.paragraph(style="Gap")


def _scope(writer: Writer, pack: Pack) -> None:
    text = pack.texts
    writer.section(columns=2)
    _column(writer, text("workshop.cover.open"))
    for aspect in pack.open_aspects:
        writer.paragraph(aspect, "Open Item")
    if pack.open_note:
        writer.paragraph(pack.open_note, "Open Text")
    _column(writer, text("workshop.cover.fixed"), after_break=True)
    for fixed in pack.fixed:
        item = writer.paragraph(fixed.what, "Fixed Item")
        item.add_run().add_break()
        write(item, fixed.why or text("workshop.cover.no_reason"), "Aside")
    if not pack.fixed:
        writer.paragraph(text("workshop.cover.fixed_none"), "Fixed Text")


def _promises(writer: Writer, pack: Pack) -> None:
    text = pack.texts
    writer.section(columns=2)
    _column(writer, text("workshop.cover.promise"))
    writer.paragraph(pack.type.promise, "Open Text")
    if pack.own_promise:
        writer.paragraph(text("workshop.cover.own_promise"), "Heading 2")
        writer.paragraph(pack.own_promise, "Open Text")
    _column(writer, text("workshop.cover.not_promised"), after_break=True)
    writer.paragraph(pack.type.not_promised, "Fixed Text")


def _column(writer: Writer, heading: str, *, after_break: bool = False) -> None:
    """Begin a column. Programs differ in whether room above counts there, so there is none."""
    paragraph = writer.paragraph(style="Heading 1")
    paragraph.paragraph_format.space_before = Length(0)
    if after_break:
        paragraph.add_run().add_break(WD_BREAK.COLUMN)
    write(paragraph, heading)


def _facts(writer: Writer, facts: tuple[Fact, ...], about: str) -> None:
    table = writer.table("Fact Table", (1, 2.6), len(facts), about=about, row_names=True)
    for row, fact in zip(table.rows, facts, strict=True):
        fill(row.cells[0], fact.label, "Table Heading")
        fill(row.cells[1], fact.value)
    writer.after_table()


def _agenda(writer: Writer, pack: Pack) -> None:
    text, agenda = pack.texts, pack.agenda
    heading = writer.sheet(text("workshop.agenda.heading"))
    heading.add_run(" ")
    write(heading, text("workshop.minutes", count=agenda.minutes), "Aside")
    for line in agenda.grouping:
        writer.paragraph(line)
    writer.paragraph(text("workshop.agenda.before_heading"), "Heading 2")
    for chore in agenda.before:
        _chore(writer, pack, chore.what, chore.who, chore.when)
    about = text("workshop.agenda.heading")
    table = writer.table("Pack Table", (1.4, 1.8, 10.4, 2.7), len(agenda.steps) + 1, about=about, header=True)
    names = [text(f"workshop.agenda.{name}") for name in ("time", "length", "what", "who")]
    _header(table, names)
    for row, step in zip(table.rows[1:], agenda.steps, strict=True):
        time, length, what, who = row.cells
        fill(time, step.clock, "Table Heading")
        fill(length, str(step.minutes), "Table Number")
        fill(what, step.title, "Table Heading")
        more(what, step.what)
        fill(who, step.who)
        if step.is_break:
            for cell in row.cells:
                stripes(cell)
    writer.paragraph(text("workshop.agenda.total", count=agenda.minutes), "Small Print")
    writer.paragraph(text("workshop.agenda.after_heading"), "Heading 2")
    for chore in agenda.after:
        _chore(writer, pack, chore.what, chore.who)


def _chore(writer: Writer, pack: Pack, what: str, who: str, when: str = "") -> None:
    item = writer.paragraph(style="Check Item")
    writer.tick_box(item, pack.texts("workshop.slides.box"))
    if when:
        write(item, when, "Strong")
        item.add_run(" ")
    write(item, what)
    item.add_run(" ")
    write(item, f"({who})", "Aside")


def _header(table: Table, names: list[str]) -> None:
    for cell, name in zip(table.rows[0].cells, names, strict=True):
        fill(cell, name, "Table Heading")


def _bringing(writer: Writer, pack: Pack) -> None:
    text = pack.texts
    writer.sheet(text("workshop.inputs.heading"))
    _facts(writer, pack.inputs, text("workshop.inputs.heading"))
    writer.paragraph(text("workshop.inputs.quality"), "Small Print")
    if not pack.bringing:
        return
    about = text("workshop.inputs.table")
    writer.paragraph(about, "Caption")
    table = writer.table("Pack Table", (5, 3, 2), len(pack.bringing) + 1, about=about, header=True)
    _header(table, [text(f"workshop.inputs.{name}") for name in ("what", "responsible", "by")])
    for row, item in zip(table.rows[1:], pack.bringing, strict=True):
        told = (item.what, item.who or text("workshop.nobody"), item.by or text("workshop.no_date"))
        for cell, said in zip(row.cells, told, strict=True):
            fill(cell, said)
    writer.after_table()


def _checklist(writer: Writer, pack: Pack) -> None:
    writer.paragraph(pack.texts("workshop.checklist.heading"), "Heading 1")
    writer.paragraph(pack.readiness)
    for item in pack.checklist:
        _check(writer, pack, item)
    if any(item.state == "missing" for item in pack.checklist):
        writer.paragraph(pack.texts("workshop.checklist.missing_stops"), "Warning")


def _check(writer: Writer, pack: Pack, item: CheckItem) -> None:
    paragraph = writer.paragraph(style="Check Item")
    writer.tick_box(paragraph, pack.texts("workshop.slides.box"), ticked=item.state == "met")
    write(paragraph, item.what, "Strong")
    paragraph.add_run("  ")
    # Blanks that do not break keep the border at a distance from the word.
    paragraph.add_run(f"\u00a0{item.state_word}\u00a0", _STATE_STYLES.get(item.state, "State"))
    paragraph.add_run().add_break()
    told = ", ".join(said for said in (item.owner, item.by, item.evidence) if said)
    write(paragraph, f"{item.why} ({told})" if told else item.why, "Aside")


def _methods(writer: Writer, pack: Pack) -> None:
    text = pack.texts
    heading = text("workshop.methods.heading")
    writer.sheet(heading)
    if pack.planned_methods:
        writer.paragraph(pack.planned_methods)
    table = writer.table(
        "Pack Table", (3, 2.2, 4, 4), len(pack.methods) + 1, about=heading, header=True, row_names=True
    )
    _header(table, [heading, *(text(f"workshop.methods.{name}") for name in ("numbers", "fits", "not_when"))])
    for row, method in zip(table.rows[1:], pack.methods, strict=True):
        name, numbers, fits, not_when = row.cells
        fill(name, method.name, "Table Heading")
        fill(numbers, method.numbers)
        if method.fits_here is not None:
            write(
                more(numbers, ""), text(f"workshop.methods.{'here' if method.fits_here else 'other_numbers'}"), "Aside"
            )
        fill(fits, method.fits)
        fill(not_when, method.not_when)
    writer.paragraph(text("workshop.methods.ours"), "Small Print")


def _notes(writer: Writer, pack: Pack) -> None:
    writer.paragraph(pack.texts("workshop.notes.heading"), "Heading 1")
    for note in pack.notes:
        writer.paragraph(note.title, "Heading 2")
        for said in note.paragraphs:
            writer.paragraph(said, "List Bullet")


def _cards(writer: Writer, pack: Pack) -> None:
    """Write the cards, so many to a page. They are as high as the page allows below the guide."""
    text, size = pack.texts, pack.cards_a_page
    rows = size // 2
    high = PAPERS[pack.paper][1] - 2 * MARGIN - _CARD_HEADING
    for at in range(0, len(pack.cards), size):
        if at == 0:
            writer.sheet(text("workshop.cards.heading"))
        guide = writer.paragraph(text("workshop.cards.how"), "Cut Guide")
        guide.paragraph_format.page_break_before = at > 0 or None
        batch = pack.cards[at : at + size]
        about = f"{text('workshop.cards.heading')}, {batch[0].number}\u2013{batch[-1].number}"
        table = writer.table("Card Table", (1, 1), -(-len(batch) // 2), about=about)
        for row in table.rows:
            row.height, row.height_rule = Mm(high / rows), WD_ROW_HEIGHT_RULE.AT_LEAST
        cells = [cell for row in table.rows for cell in row.cells]
        for cell, card in zip(cells, batch, strict=False):
            _card(cell, card, pack, small=rows > 2)
        writer.after_table()


def _card(cell: _Cell, card: Card, pack: Pack, *, small: bool) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP
    fill(cell, f"{card.number} \u00b7 {card.label}", "Card Label")
    if card.text:
        paragraph = more(cell, "", "Card Text Small" if small else "Card Text")
        write(paragraph, card.text, "Strong" if card.kind == "key" else None)
    else:
        for _ in range(_WRITING_LINES_SMALL if small else _WRITING_LINES):
            more(cell, "", "Writing Line")
    if card.kind == "unanswered":
        more(cell, pack.texts("workshop.cards.unanswered_for"), "Small Print")


def _form(writer: Writer, sheet: Sheet) -> None:
    writer.section(landscape=True, margin=MARGIN)
    writer.paragraph(sheet.title, "Heading 1")
    writer.paragraph(" ".join(said for said in (sheet.intro, sheet.due) if said))
    table = writer.table("Form Table", [1] * len(sheet.columns), sheet.rows + 1, about=sheet.title, header=True)
    _header(table, list(sheet.columns))
    high = (PAPERS[writer.paper][0] - 2 * MARGIN - _FORM_HEADING) / sheet.rows
    for row in table.rows[1:]:
        row.height, row.height_rule = Mm(high), WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell in row.cells:
            fill(cell, "")
    writer.after_table()


def _poster(writer: Writer, picture: Picture) -> None:
    writer.section(landscape=True, margin=NARROW_MARGIN)
    heading = writer.paragraph(picture.title, "Heading 1")
    heading.paragraph_format.space_before = Length(0)
    wide, high = PAPERS[writer.paper][1], PAPERS[writer.paper][0]
    room = (Mm(wide - 2 * NARROW_MARGIN), Mm(high - NARROW_MARGIN - 16 - _POSTER_HEADING))
    png = as_png(picture.poster or picture.svg, (wide - 2 * NARROW_MARGIN) * _DOTS_PER_MM)
    if png is None:
        writer.paragraph(picture.description, "Poster Words")
    else:
        writer.picture(png, f"{picture.title}. {picture.description}", room=(int(room[0]), int(room[1])))
