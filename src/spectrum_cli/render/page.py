"""Lines of styled text for a terminal of any width.

Layout is worked out on plain text, so that piped output needs nothing but strings; only a terminal that shows
colour pays for rich. Text from a file is passed as data and never read as markup.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

MIN_WIDTH = 20

STYLES = {
    "": "",
    "bold": "bold",
    "title": "bold underline",
    "mark": "bold reverse",
    "to": "blue",
    "with": "magenta",
    "warn": "bold yellow",
    "muted": "dim",
}

# What stands in for a sign where only ASCII can be shown.
ASCII_SIGNS = {
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "–": "-",
    "—": "-",
    "…": "...",
    "·": "-",
    "©": "(c)",
    "→": "->",
    "─": "-",
    "━": "=",
    "╌": "-",
    "█": "#",
    "▒": "+",
    "▼": "V",
    "├": "[",
    "┤": "]",
    "✓": "x",
}
_ASCII_TABLE = str.maketrans(ASCII_SIGNS)


class Piece(NamedTuple):
    """A run of text in one style."""

    text: str
    style: str = ""


Line = tuple[Piece, ...]


def cell_width(text: str) -> int:
    """Return how many columns a text takes in a terminal."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


class Page:
    """Collects lines. ``width`` is None where nothing is to be wrapped."""

    def __init__(self, width: int | None, *, ascii_only: bool = False) -> None:
        self.width = max(width, MIN_WIDTH) if width is not None else None
        self.ascii_only = ascii_only
        self.lines: list[Line] = []

    def raw(self, *pieces: Piece) -> None:
        """Add one line as it is."""
        self.lines.append(tuple(self._signs(piece) for piece in pieces))

    def blank(self) -> None:
        """Add an empty line, unless the last one is empty already."""
        if self.lines and self.lines[-1]:
            self.lines.append(())

    def heading(self, text: str) -> None:
        """Start a section."""
        self.blank()
        self.prose(Piece(text, "bold"))

    def prose(self, *pieces: Piece | str, indent: int = 0, hang: int = 0) -> None:
        """Add wrapped text; lines after the first stand ``hang`` columns further in."""
        styled = [self._signs(Piece(piece) if isinstance(piece, str) else piece) for piece in pieces]
        if self.width is None:
            self.lines.append((Piece(" " * indent), *styled) if indent else tuple(styled))
            return
        room = self.width
        line: list[Piece] = []
        used = 0
        pending_blank = False
        first = True
        for word, style in _words(styled):
            if word == " ":
                pending_blank = bool(line)
                continue
            size = cell_width(word)
            start = indent if first else indent + hang
            start = min(start, room // 3)
            if line and used + pending_blank + size > room:
                self.lines.append(tuple(line))
                line, used, pending_blank, first = [], 0, False, False
                start = min(indent + hang, room // 3)
            if not line:
                line = [Piece(" " * start)] if start else []
                used = start
                pending_blank = False
            if pending_blank:
                line.append(Piece(" "))
                used += 1
                pending_blank = False
            longest = room - min(indent + hang, room // 3)
            for chunk in _chunks(word, longest) if size > longest else (word,):
                if used + cell_width(chunk) > room and used > start:
                    self.lines.append(tuple(line))
                    start = min(indent + hang, room // 3)
                    line, used, first = ([Piece(" " * start)] if start else []), start, False
                line.append(Piece(chunk, style))
                used += cell_width(chunk)
        if line:
            self.lines.append(tuple(line))

    def table(self, rows: Iterable[tuple[str, ...]], *, indent: int = 2, style_last: str = "") -> None:
        """Add rows in aligned columns; the last column wraps, or rows fold where there is no room."""
        kept = [tuple(self._signs(Piece(cell)).text for cell in row) for row in rows]
        if not kept:
            return
        widths = [max(cell_width(row[column]) for row in kept) for column in range(len(kept[0]) - 1)]
        left = indent + sum(widths) + 2 * len(widths)
        last = max(cell_width(row[-1]) for row in kept)
        if self.width is not None and left + min(MIN_WIDTH, last) > self.width:
            for row in kept:
                first, *others = [cell.strip() for cell in row if cell.strip()] or [""]
                self.prose(f"{first}: {' '.join(others)}" if others else first, indent=indent, hang=2)
            return
        for row in kept:
            cells = [cell + " " * (size - cell_width(cell)) for cell, size in zip(row, widths, strict=False)]
            start = " " * indent + "  ".join([*cells, ""])
            if not row[-1]:
                self.lines.append((Piece(start.rstrip()),))
            elif self.width is None:
                self.lines.append((Piece(start), Piece(row[-1], style_last)))
            else:
                for number, chunk in enumerate(_wrapped(row[-1], self.width - left)):
                    self.lines.append((Piece(start if number == 0 else " " * left), Piece(chunk, style_last)))

    def text(self) -> str:
        """Return the lines as plain text."""
        return "".join("".join(piece.text for piece in line).rstrip() + "\n" for line in self.lines)

    def coloured(self) -> str:
        """Return the lines with colour and weight for a terminal."""
        from io import StringIO

        from rich.console import Console
        from rich.text import Text

        stream = StringIO()
        console = Console(
            file=stream,
            force_terminal=True,
            color_system="standard",
            width=10_000,
            emoji=False,
            markup=False,
            highlight=False,
            _environ={},  # rich fails on a COLUMNS such as "²"; the width is ours in any case
        )
        for line in self.lines:
            text = Text(no_wrap=True)
            for piece in line:
                text.append(piece.text, style=STYLES[piece.style])
            text.rstrip()
            console.print(text, soft_wrap=True)
        return stream.getvalue()

    def _signs(self, piece: Piece) -> Piece:
        return Piece(piece.text.translate(_ASCII_TABLE), piece.style) if self.ascii_only else piece


def _words(pieces: Iterable[Piece]) -> Iterator[tuple[str, str]]:
    for piece in pieces:
        for word in re.split(r"( +)", piece.text):
            if word:
                yield (" " if word.isspace() else word), piece.style


def _chunks(word: str, room: int) -> Iterator[str]:
    chunk = ""
    for sign in word:
        if chunk and cell_width(chunk + sign) > room:
            yield chunk
            chunk = ""
        chunk += sign
    yield chunk


def _wrapped(text: str, room: int) -> list[str]:
    page = Page(max(room, MIN_WIDTH))
    page.prose(text)
    return ["".join(piece.text for piece in line) for line in page.lines]


Draw = Callable[[Page], None]
