"""A report as headings, sentences and rows, for a terminal and for Markdown alike.

What comes from a file is marked as :class:`Quoted` and made safe where it is written; everything else is our own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from spectrum_cli.model.plain_text import one_line
from spectrum_cli.render.markdown import escape
from spectrum_cli.render.page import Page, Piece

LONGEST = 160


class Quoted(str):
    """Text from a file, which may hold anything."""

    __slots__ = ()


Words = tuple[str, ...]
"""A sentence in pieces, those from a file marked as quoted."""


class Line(NamedTuple):
    """One sentence. ``level`` is 0 for a sentence of its own, 1 for a list item, 2 for one below an item."""

    words: Words
    style: str = ""
    level: int = 0


@dataclass(slots=True)
class Section:
    """A heading with its sentences, then rows of a table. The heading may be empty."""

    heading: Words = ()
    lines: list[Line] = field(default_factory=list)
    head: tuple[str, ...] = ()
    rows: list[tuple[Words, ...]] = field(default_factory=list)

    def say(self, *words: str, style: str = "") -> None:
        """Add a sentence."""
        self.lines.append(Line(words, style))

    def item(self, *words: str, style: str = "", level: int = 1) -> None:
        """Add an item of a list."""
        self.lines.append(Line(words, style, level))


def shortened(text: str) -> str:
    """Return a text from a file on one line, cut where it is very long."""
    told = one_line(text)
    return told if len(told) <= LONGEST else told[:LONGEST].rstrip() + "…"


def write_page(title: Words, sections: Iterable[Section], foot: Iterable[str], page: Page) -> None:
    """Write a report to a page."""
    page.prose(Piece(_plain(title), "title"))
    for section in sections:
        page.blank()
        if section.heading:
            page.heading(_plain(section.heading))
        for line in section.lines:
            if line.level:
                page.prose(Piece(f"- {_plain(line.words)}", line.style), indent=2 * line.level, hang=2)
            else:
                page.prose(Piece(_plain(line.words), line.style), indent=2 if section.heading else 0)
        page.table([tuple(_plain(cell) for cell in row) for row in section.rows])
    page.blank()
    for text in foot:
        page.prose(Piece(text, "muted"))


def write_markdown(title: Words, sections: Iterable[Section], foot: Iterable[str]) -> str:
    """Return a report as Markdown."""
    out = [f"# {_marked(title)}"]
    for section in sections:
        if section.heading:
            out += ["", f"## {_marked(section.heading)}"]
        before = 0
        for number, line in enumerate(section.lines):
            if not line.level or not before or number == 0:
                out.append("")
            text = _marked(line.words)
            if line.style in ("bold", "warn"):
                text = f"**{text}**"
            out.append(f"{'  ' * (line.level - 1)}- {text}" if line.level else text)
            before = line.level
        if section.rows:
            head = section.head or ("",) * len(section.rows[0])
            out += ["", _row(head), _row(("---",) * len(head))]
            out += [_row(tuple(_marked(cell) for cell in row)) for row in section.rows]
    out += ["", "---"]
    for text in foot:
        out += ["", text]
    return "\n".join(out) + "\n"


def _plain(words: Words) -> str:
    return "".join(one_line(word) if isinstance(word, Quoted) else word for word in words)


def _marked(words: Words) -> str:
    return "".join(escape(word) if isinstance(word, Quoted) else word for word in words)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"
