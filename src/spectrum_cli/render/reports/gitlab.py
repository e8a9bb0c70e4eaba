"""The report that GitLab shows in a merge request as Code Quality."""

from collections.abc import Sequence
from typing import Any

from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.report import ReportOptions, Summary, fingerprinted, portable_path
from spectrum_cli.render.reports.concise import slug_of
from spectrum_cli.render.reports.escaping import JsonItems, shown

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


class GitLabReport:
    """Writes one array of findings. The format has no place for a sum."""

    def __init__(self, options: ReportOptions) -> None:
        self._slugs = options.slugs()
        self._items = JsonItems(ascii_only=options.ascii_only)

    def begin(self) -> str:
        return "["

    def file(self, _name: str, findings: Sequence[Diagnostic], /) -> str:
        return "".join(self._items.item(self._data(item, mark)) for item, mark in fingerprinted(findings))

    def end(self, _summary: Summary, /) -> str:
        return "\n]\n"

    def _data(self, item: Diagnostic, mark: str) -> dict[str, Any]:
        hint = f" ({shown(item.hint)})" if item.hint else ""
        return {
            "description": f"{item.code} {shown(item.message)}{hint}",
            "check_name": slug_of(item, self._slugs),
            "fingerprint": mark,
            "severity": _SEVERITIES[item.severity],
            # The path is compared with those of the merge request, and a line is required.
            "location": {
                "path": portable_path(item.file),
                "lines": {"begin": item.span.line if item.span else 1},
            },
        }
