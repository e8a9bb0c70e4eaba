"""One line a finding, for searching and for tools that read lines."""

from collections.abc import Mapping, Sequence

from spectrum_cli.model.diagnostic import Diagnostic
from spectrum_cli.model.report import ReportOptions, Summary
from spectrum_cli.render.reports.closing import closing_line
from spectrum_cli.render.reports.escaping import defused, shown


class ConciseReport:
    """Writes ``file:line:column: severity code slug message``, and one line with the sum."""

    def __init__(self, options: ReportOptions) -> None:
        self._slugs = options.slugs()

    def begin(self) -> str:
        return ""

    def file(self, _name: str, findings: Sequence[Diagnostic], /) -> str:
        return "".join(concise_line(item, self._slugs) for item in findings)

    def end(self, summary: Summary, /) -> str:
        return closing_line(summary)


def concise_line(item: Diagnostic, slugs: Mapping[str, str]) -> str:
    """Return a finding on one line of its own. A finding about a whole file stands at its first character."""
    line, column = (item.span.line, item.span.column) if item.span else (1, 1)
    place = f"{shown(item.file)}:{line}:{column}"
    return defused(f"{place}: {item.severity} {item.code} {slug_of(item, slugs)} {shown(item.message)}\n")


def slug_of(item: Diagnostic, slugs: Mapping[str, str]) -> str:
    """Return the slug of a finding's code, or the code where it is not among the rules."""
    return slugs.get(item.code, item.code.lower())
