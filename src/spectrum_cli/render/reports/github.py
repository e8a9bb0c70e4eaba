"""Workflow commands that GitHub Actions turns into annotations."""

from collections import Counter
from collections.abc import Sequence

from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.report import ReportOptions, Summary, portable_path
from spectrum_cli.render.reports.closing import amount, closing_line, counted
from spectrum_cli.render.reports.concise import concise_line, slug_of
from spectrum_cli.render.reports.escaping import shown

# GitHub shows so many annotations of each kind for a step, and drops the others without a word.
SHOWN_PER_STEP = 10

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_ROOM = {
    Severity.ERROR: SHOWN_PER_STEP,
    Severity.WARNING: SHOWN_PER_STEP,
    # One place is kept for our own last line, which would else be dropped itself.
    Severity.NOTE: SHOWN_PER_STEP - 1,
}


class GitHubReport:
    """Writes one command a finding. What GitHub will not show is still in the log, and counted at the end."""

    def __init__(self, options: ReportOptions) -> None:
        self._slugs = options.slugs()
        self._counts: Counter[Severity] = Counter()

    def begin(self) -> str:
        return ""

    def file(self, _name: str, findings: Sequence[Diagnostic], /) -> str:
        return "".join(self._finding(item) for item in findings)

    def end(self, summary: Summary, /) -> str:
        if summary.nothing_examined and summary.exit_status:
            return _command("error", {"title": "spectrum check"}, closing_line(summary).rstrip())
        hidden = {severity: max(0, self._counts[severity] - room) for severity, room in _ROOM.items()}
        if not any(hidden.values()):
            return closing_line(summary)
        verb = "stands" if sum(hidden.values()) == 1 else "stand"
        text = (
            f"GitHub shows {SHOWN_PER_STEP} annotations of a kind for each step. "
            f"{amount(sum(hidden.values()), 'more finding')} {verb} in the log only: {counted(hidden)}."
        )
        return closing_line(summary) + _command("notice", {"title": "spectrum check"}, text)

    def _finding(self, item: Diagnostic) -> str:
        self._counts[item.severity] += 1
        if item.severity is Severity.NOTE and self._counts[Severity.NOTE] > _ROOM[Severity.NOTE]:
            return concise_line(item, self._slugs)
        properties = {"file": shown(portable_path(item.file))}
        span = item.span
        if span:
            properties |= {"line": str(span.line), "endLine": str(span.end_line)}
            # GitHub takes columns only within one line.
            if span.line == span.end_line:
                properties |= {"col": str(span.column), "endColumn": str(span.end_column)}
        properties["title"] = f"{item.code} {slug_of(item, self._slugs)}"
        text = "\n".join(shown(part) for part in (item.message, item.hint) if part)
        return _command(_COMMANDS[item.severity], properties, text)


def _command(name: str, properties: dict[str, str], data: str) -> str:
    told = ",".join(f"{key}={escape_property(value)}" for key, value in properties.items())
    return f"::{name} {told}::{escape_data(data)}\n"


def escape_data(text: str) -> str:
    """Return a text as the data of a command, which ends with the line."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """Return a text as the value of a property, which a comma or a colon would end."""
    return escape_data(text).replace(":", "%3A").replace(",", "%2C")
