"""The report for people: each finding with its line, the place underlined, and what to do."""

import re
from collections.abc import Sequence

from spectrum_cli.model.diagnostic import Diagnostic, Related, Severity
from spectrum_cli.model.report import ReportOptions, Summary
from spectrum_cli.render.diagnostics import render_diagnostic
from spectrum_cli.render.reports.closing import closing_line, rules_sentence
from spectrum_cli.render.reports.escaping import defused, shown, writable

# The only place where a report is given colour: codes for a terminal (SGR).
_COLOUR = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}
_BOLD, _RELATED, _HINT = "1", "36", "2"

_HEAD = re.compile(r"(?P<place>.*?: )(?P<code>(?:\w+ )?SP\d{3}) (?P<message>.*)")
_UNDERLINE = re.compile(r"(?P<edge> +\| *)(?P<place>\^+|-+)(?P<message>.*)")


class TextReport:
    """Writes pictures of findings, and one line with the sum."""

    def __init__(self, options: ReportOptions) -> None:
        self._colour = options.colour
        self._any = False

    def begin(self) -> str:
        return ""

    def file(self, _name: str, findings: Sequence[Diagnostic], /) -> str:
        self._any = self._any or bool(findings)
        return "".join(_painted(picture(item), item.severity) if self._colour else picture(item) for item in findings)

    def end(self, summary: Summary, /) -> str:
        return ("\n" if self._any else "") + rules_sentence(summary) + closing_line(summary)


def picture(item: Diagnostic) -> str:
    """Return a finding over several lines. An error is not called one; the others are named by their severity."""
    word = "" if item.severity is Severity.ERROR else f"{item.severity} "
    if _is_plain(item):
        return defused(render_diagnostic(item, word, plain=True))
    return defused(
        render_diagnostic(
            item._replace(
                file=shown(item.file),
                message=shown(item.message),
                line_text=writable(item.line_text),
                hint=writable(item.hint),
                related=tuple(_related(place) for place in item.related),
            ),
            word,
        )
    )


def _is_plain(item: Diagnostic) -> bool:
    """Whether nothing needs to be made safe: most findings are plain ASCII, and a folder has many of them."""
    texts = item.file + item.message
    lines = item.line_text + item.hint
    for place in item.related:
        if place.file:
            return False
        texts += place.message
        lines += place.line_text
    return texts.isascii() and texts.isprintable() and lines.isascii() and item.hint.isprintable()


def _related(place: Related) -> Related:
    where = f" (in {shown(place.file)})" if place.file else ""
    return place._replace(message=shown(place.message) + where, line_text=writable(place.line_text))


def _painted(text: str, severity: Severity) -> str:
    """Give a picture colour. Its text is already free of controls, so that none of them is the file's own."""
    first, *others = text.removesuffix("\n").split("\n")
    head = _HEAD.fullmatch(first)
    if head:
        first = f"{_sgr(head['place'], _BOLD)}{_sgr(head['code'], _COLOUR[severity])} {head['message']}"
    lines = [first]
    for line in others:
        mark = _UNDERLINE.fullmatch(line)
        if mark:
            code = _COLOUR[severity] if mark["place"].startswith("^") else _RELATED
            line = mark["edge"] + _sgr(mark["place"] + mark["message"], code)
        elif line.startswith("  hint: "):
            line = _sgr(line, _HINT)
        lines.append(line)
    return "\n".join(lines) + "\n"


def _sgr(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"
