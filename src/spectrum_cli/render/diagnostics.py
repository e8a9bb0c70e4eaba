"""Diagnostics as text: the place, the sentence, the line with the offence underlined, and what to do.

A path is never wrapped, so that it can be searched for and clicked.
"""

from spectrum_cli.model.diagnostic import Diagnostic
from spectrum_cli.model.location import Span
from spectrum_cli.model.plain_text import visible

_CONTEXT = 76


def render_diagnostic(item: Diagnostic, word: str = "") -> str:
    """Return one diagnostic, ending in a line break; with a word before its code, such as ``note``."""
    span = item.span
    place = f"{visible(item.file)}:{span.line}:{span.column}" if span else visible(item.file)
    lines = [f"{place}: {word}{item.code} {item.message}"]
    width = len(str(max([span.line if span else 0, *(related.span.line for related in item.related)])))
    if span and item.line_text.strip():
        lines += _excerpt(item.line_text, span, width, "^")
    for related in item.related:
        if related.line_text.strip():
            lines += _excerpt(related.line_text, related.span, width, "-", related.message)
    if item.hint:
        lines.append(f"  hint: {visible(item.hint)}")
    return "\n".join(lines) + "\n"


def _excerpt(text: str, span: Span, width: int, sign: str, message: str = "") -> list[str]:
    """Show a line with its place underlined; only the part around it where the line is long."""
    if len(text) <= _CONTEXT and text.isascii() and text.isprintable():
        end = min(span.end_column - 1, len(text)) if span.end_line == span.line else len(text)
        underline = " " * min(span.column - 1, len(text)) + sign * max(1, end - span.column + 1)
        return [f"  {span.line:>{width}} | {text}", f"  {'':>{width}} | {underline}{' ' + message if message else ''}"]
    start = max(0, span.column - 1 - _CONTEXT // 2) if len(text) > _CONTEXT else 0
    shown_text = text[start : start + _CONTEXT]
    before = _safe(text[start : span.column - 1])
    end = span.end_column - 1 if span.end_line == span.line else len(text)
    marked = _safe(text[span.column - 1 : min(end, start + _CONTEXT)])
    lead = "..." if start else ""
    tail = "..." if start + _CONTEXT < len(text) else ""
    underline = " " * (len(lead) + _cells(before)) + sign * max(1, _cells(marked))
    return [
        f"  {span.line:>{width}} | {lead}{_safe(shown_text)}{tail}",
        f"  {'':>{width}} | {underline}{' ' + message if message else ''}",
    ]


def _safe(text: str) -> str:
    return visible(text.replace("\t", "    "))


def _cells(text: str) -> int:
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
