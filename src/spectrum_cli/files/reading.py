"""From a path to text: opening, decoding and front matter, each failure a located diagnostic."""

import errno
import os
import re
import sys
from pathlib import Path

from spectrum_cli.model.decision_format import MAX_BYTES
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.document import Source
from spectrum_cli.model.location import Span

STDIN = "-"
STDIN_NAME = "<stdin>"
MARKDOWN_SUFFIXES = (".md", ".markdown")

# What YAML 1.1 does not count as printable; PyYAML and libyaml both stop at it, with no line.
# A byte-order mark past the start is left over where files were joined; the parsers do not agree about its column.
NOT_PRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_FENCE_OPEN = re.compile(r"---[ \t]*\r?(?:\n|\Z)")
_FENCE_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_FAULTS_SHOWN = 20
# Room for all that may be there is asked for only where it is needed: to get it takes longer than to read the file.
_USUAL_BYTES = 64 * 1024


class Unreadable(Exception):
    """A file that cannot be turned into text. It carries the diagnostics that say why."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(diagnostics[0].message)
        self.diagnostics = diagnostics


def shown_name(path: str) -> str:
    """Return a path as it can be printed anywhere: bytes that are not UTF-8 become a replacement character."""
    return STDIN_NAME if path == STDIN else os.fsencode(path).decode("utf-8", "replace")


def read_source(path: str) -> Source:
    """Read the file at a path, or standard input for ``-``.

    Raises:
        Unreadable: the file cannot be opened, is too large, is not UTF-8, is empty, holds control characters,
            or is a Markdown file without front matter.
    """
    name = shown_name(path)
    return decode(name, read_bytes(path), markdown=path.lower().endswith(MARKDOWN_SUFFIXES))


def read_bytes(path: str) -> bytes:
    """Read at most one byte more than a decision file may have.

    Raises:
        Unreadable: with the reason in plain words.
    """
    name = shown_name(path)
    try:
        if path == STDIN and sys.stdin is None:
            raise ValueError
        if path == STDIN:
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with open(path, "rb") as stream:
            data = stream.read(_USUAL_BYTES)
            return data if len(data) < _USUAL_BYTES else data + stream.read(MAX_BYTES + 1 - _USUAL_BYTES)
    except (OSError, ValueError) as error:
        message, hint = why_not_opened(path, error)
        raise Unreadable(Diagnostic("SP101", Severity.ERROR, message, name, hint=hint)) from None


def why_not_opened(path: str, error: OSError | ValueError) -> tuple[str, str]:
    if path == STDIN and isinstance(error, ValueError):
        return "there is no standard input", "Give a file, or send the text: ... | spectrum advise -"
    if isinstance(error, IsADirectoryError):
        return "this is a folder, not a file", "Give the files in it, such as FOLDER/*.yaml."
    if isinstance(error, FileNotFoundError):
        return "there is no such file", _near_file(path)
    if isinstance(error, PermissionError) and os.path.isdir(path):
        return "this folder may not be read", "Ask for permission to read it, or leave it out (exclude)."
    if isinstance(error, PermissionError):
        return "this file may not be read", "Ask for permission to read it."
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return "this is a link that leads back to itself", "Remove the link or point it at a file."
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "the path is not valid"
    return f"this file cannot be opened: {reason[:1].lower()}{reason[1:]}", ""


def _near_file(path: str) -> str:
    import difflib

    wanted = Path(path)
    try:
        names = [entry.name for entry in wanted.parent.iterdir()]
    except (OSError, ValueError):
        return ""
    near = difflib.get_close_matches(wanted.name, names, 1, 0.7)
    return f"Did you mean {shown_name(str(wanted.parent / near[0]))}?" if near else ""


def decode(name: str, data: bytes, *, markdown: bool = False) -> Source:
    """Turn a file's bytes into text.

    Raises:
        Unreadable: as for :func:`read_source`.
    """

    def fault(code: str, message: str, hint: str, span: Span | None = None, line: str = "") -> Diagnostic:
        return Diagnostic(code, Severity.ERROR, message, name, span, line, hint)

    if len(data) > MAX_BYTES:
        raise Unreadable(fault("SP103", "the file is larger than 1 MiB", "A decision file is a short text."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(_not_utf8(name, data, error)) from None
    if markdown:
        text = _front_matter(name, text)
    odd = list(NOT_PRINTABLE.finditer(text))[:_FAULTS_SHOWN]
    if odd:
        source = Source(name, text)
        raise Unreadable(
            *(
                fault(
                    "SP104",
                    f"the control character U+{ord(found[0]):04X} ({sign_name(found[0])}) stands here",
                    "Delete it. It cannot be seen in most editors.",
                    span := _span_at(text, found.start()),
                    source.line(span.line),
                )
                for found in odd
            )
        )
    if not text.strip():
        raise Unreadable(fault("SP105", "the file is empty", "Start from a template: spectrum new FILE."))
    return Source(name, text)


def _not_utf8(name: str, data: bytes, error: UnicodeDecodeError) -> Diagnostic:
    hint = "Save the file again with the encoding UTF-8."
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Diagnostic("SP102", Severity.ERROR, "the file is UTF-16, not UTF-8", name, Span(1, 1, 1, 2), "", hint)
    text = error.object  # without the byte-order mark, if there was one
    before = text[: error.start].decode("utf-8", "replace")
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    shown = text.split(b"\n")[line - 1].decode("utf-8", "replace").rstrip("\r")[:400]
    byte = text[error.start]
    message = f"byte 0x{byte:02X} on line {line} is not UTF-8"
    return Diagnostic("SP102", Severity.ERROR, message, name, Span(line, column, line, column + 1), shown, hint)


def _front_matter(name: str, text: str) -> str:
    """Return the front matter alone, with an empty first line so that the line numbers stay the file's own."""
    opening = _FENCE_OPEN.match(text)
    if opening is None:
        raise Unreadable(
            Diagnostic(
                "SP110",
                Severity.ERROR,
                "this Markdown file has no front matter",
                name,
                hint="Put the decision at the very top, between two lines of ---.",
            )
        )
    closing = _FENCE_CLOSE.search(text, opening.end())
    if closing is None:
        raise Unreadable(
            Diagnostic(
                "SP110",
                Severity.ERROR,
                "the front matter is never closed",
                name,
                Span(1, 1, 1, 4),
                "---",
                "Add a line of --- below the last line of the decision.",
            )
        )
    return "\n" + text[opening.end() : closing.start()]


def _span_at(text: str, index: int) -> Span:
    line = text.count("\n", 0, index) + 1
    column = index - text.rfind("\n", 0, index)
    return Span(line, column, line, column + 1)


def sign_name(sign: str) -> str:
    names = {
        "\x00": "NUL",
        "\x07": "BEL",
        "\x08": "backspace",
        "\x0c": "form feed",
        "\x1b": "ESC",
        "\x7f": "DEL",
        "\ufeff": "byte-order mark",
    }
    return names.get(sign, "not printable")
