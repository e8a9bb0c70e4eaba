"""Diagnostics as text: the place, the sentence, the line with the offence underlined, and what to do.

A path is never wrapped, so that it can be searched for and clicked.
"""

from spectrum_cli.model.diagnostic import Diagnostic
from spectrum_cli.model.location import Span
from spectrum_cli.model.plain_text import visible

_CONTEXT = 76


def render_diagnostic(item: Diagnostic, word: str = "", *, plain: bool = False) -> str:
    """Return one diagnostic, ending in a line break; with a word before its code, such as ``note``.

    ``plain`` says that it is known to be ASCII that needs no care: a folder has findings by the ten thousand.
    """
    span = item.span
    file = item.file if plain else visible(item.file)
    place = f"{file}:{span.line}:{span.column}" if span else file
    text = f"{place}: {word}{item.code} {item.message}\n"
    last = span.line if span else 0
    for related in item.related:
        last = max(last, related.span.line)
    width = len(str(last))
    if span and item.line_text.strip():
        text += _excerpt(item.line_text, span, width, "^")
    for related in item.related:
        if related.line_text.strip():
            text += _excerpt(related.line_text, related.span, width, "-", related.message)
    if item.hint:
        text += f"  hint: {item.hint if plain else visible(item.hint)}\n"
    return text


def _excerpt(text: str, span: Span, width: int, sign: str, message: str = "") -> str:
    """Show a line with its place underlined; only the part around it where the line is long."""
    line, column, end_line, end_column = span
    size = len(text)
    number, blank = str(line).rjust(width), " " * width
    message = message and f" {message}"
    if size <= _CONTEXT and text.isascii() and text.isprintable():
        end = end_column - 1 if end_line == line and end_column <= size else size
        underline = " " * (column - 1 if column <= size else size) + sign * max(1, end - column + 1)
        return f"  {number} | {text}\n  {blank} | {underline}{message}\n"
    start = max(0, column - 1 - _CONTEXT // 2) if size > _CONTEXT else 0
    shown_text = text[start : start + _CONTEXT]
    before = _safe(text[start : column - 1])
    end = end_column - 1 if end_line == line else size
    marked = _safe(text[column - 1 : min(end, start + _CONTEXT)])
    lead = "..." if start else ""
    tail = "..." if start + _CONTEXT < size else ""
    underline = " " * (len(lead) + _cells(before)) + sign * max(1, _cells(marked))
    return f"  {number} | {lead}{_safe(shown_text)}{tail}\n  {blank} | {underline}{message}\n"


def _safe(text: str) -> str:
    return visible(text.replace("\t", "    "))


def _cells(text: str) -> int:
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
