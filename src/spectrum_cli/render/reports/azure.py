"""Logging commands that Azure Pipelines turns into the errors and warnings of a run."""

from collections.abc import Sequence

from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.report import ReportOptions, Summary, portable_path
from spectrum_cli.render.reports.closing import closing_line
from spectrum_cli.render.reports.concise import concise_line, slug_of
from spectrum_cli.render.reports.escaping import shown


class AzureReport:
    """Writes one command for each error and warning. Azure has no lower kind, so notes are plain lines of the log."""

    def __init__(self, options: ReportOptions) -> None:
        self._slugs = options.slugs()

    def begin(self) -> str:
        return ""

    def file(self, _name: str, findings: Sequence[Diagnostic], /) -> str:
        return "".join(self._finding(item) for item in findings)

    def end(self, summary: Summary, /) -> str:
        if summary.nothing_examined and summary.exit_status:
            return _command({"type": "error"}, closing_line(summary).rstrip())
        return closing_line(summary)

    def _finding(self, item: Diagnostic) -> str:
        if item.severity is Severity.NOTE:
            return concise_line(item, self._slugs)
        properties = {"type": str(item.severity), "sourcepath": shown(portable_path(item.file))}
        if item.span:
            properties |= {"linenumber": str(item.span.line), "columnnumber": str(item.span.column)}
        properties["code"] = item.code
        text = "\n".join(shown(part) for part in (item.message, item.hint) if part)
        return _command(properties, f"{slug_of(item, self._slugs)}: {text}")


def _command(properties: dict[str, str], data: str) -> str:
    told = ";".join(f"{key}={escape_property(value)}" for key, value in properties.items())
    return f"##vso[task.logissue {told}]{escape_data(data)}\n"


def escape_data(text: str) -> str:
    """Return a text as the message of a command, which ends with the line. %AZP25 is how the agent reads a %."""
    return text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """Return a text as the value of a property, which ; and ] would end."""
    return escape_data(text).replace(";", "%3B").replace("]", "%5D")
