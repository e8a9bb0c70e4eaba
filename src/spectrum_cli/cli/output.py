"""Standard output and error, whatever stands at the other end: a terminal, a pipe, a full disk."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from spectrum_cli.model.diagnostic import Diagnostic
    from spectrum_cli.render.page import Page


def text_width(stream: TextIO) -> int | None:
    """Return the columns to wrap at: COLUMNS, else the terminal's own, else None for a pipe or a file."""
    stated = os.environ.get("COLUMNS", "").strip()
    if stated.isascii() and stated.isdigit() and int(stated[:9]) > 0:
        return int(stated[:9])
    if not stream.isatty():
        return None
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def shows_colour(stream: TextIO) -> bool:
    """Whether to colour text: NO_COLOR wins over FORCE_COLOR, which wins over what the stream is."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    forced = os.environ.get("FORCE_COLOR", "")
    if forced not in ("", "0"):
        return True
    return forced != "0" and stream.isatty()


def ascii_only(stream: TextIO) -> bool:
    """Whether drawings must keep to ASCII: the stream's encoding or the locale says so."""
    encoding = (getattr(stream, "encoding", None) or "ascii").lower()
    locale = next((value for name in ("LC_ALL", "LC_CTYPE", "LANG") if (value := os.environ.get(name))), "")
    return not encoding.startswith("utf") or locale in ("C", "POSIX")


_TOGETHER = 64 * 1024
"""So many characters are worth a call of the system."""


class PipeClosed(Exception):
    """Whoever reads our output has stopped reading. Not an error, but the output is not whole."""


def write_out(text: str) -> None:
    """Write to standard output; signs that the stream cannot show are replaced, never an error.

    Raises:
        PipeClosed: the reader has gone.
        OSError: the system could not write, such as on a full disk.
    """
    _write(sys.stdout, text)


@contextmanager
def gathered() -> Iterator[Callable[[str], None]]:
    """Give a function that writes to standard output, many texts at once where nobody looks on.

    What was given is written in any case, also where the work fails half-way.

    Raises:
        PipeClosed, OSError: as :func:`write_out`.
    """
    if sys.stdout.isatty():
        yield write_out
        return
    waiting: list[str] = []
    size = 0

    def write(text: str) -> None:
        nonlocal size
        waiting.append(text)
        size += len(text)
        if size >= _TOGETHER:
            send()

    def send() -> None:
        nonlocal size
        text = "".join(waiting)
        waiting.clear()
        size = 0
        if text:
            write_out(text)

    try:
        yield write
    finally:
        send()


def write_error(text: str) -> None:
    """Write to standard error."""
    _write(sys.stderr, text)


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        raise PipeClosed from None


def write_json_line(line: str) -> None:
    """Write JSON, in plain ASCII where the stream is not UTF-8, so that it stays valid JSON."""
    if not (getattr(sys.stdout, "encoding", None) or "ascii").lower().startswith("utf"):
        import json

        line = json.dumps(json.loads(line))
    write_out(line + "\n")


def new_page() -> "Page":
    """Return an empty page as wide as standard output."""
    from spectrum_cli.render.page import Page

    return Page(text_width(sys.stdout), ascii_only=ascii_only(sys.stdout))


def show_page(page: "Page") -> None:
    """Write a page to standard output, in colour where that is wanted."""
    write_out(page.coloured() if shows_colour(sys.stdout) else page.text())


def show_diagnostics(diagnostics: "tuple[Diagnostic, ...]") -> None:
    """Write diagnostics to standard error."""
    from spectrum_cli.render.diagnostics import render_diagnostic

    write_error("".join(render_diagnostic(item) for item in diagnostics))
