"""The findings as JSON: a contract with a version, described in docs/check-json.md and docs/schema/findings-1.json."""

from collections.abc import Mapping, Sequence
from typing import Any

from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.report import ReportOptions, Summary
from spectrum_cli.render.reports.concise import slug_of
from spectrum_cli.render.reports.escaping import JsonItems, inert_json

FINDINGS_FORMAT = 1


class JsonReport:
    """Writes one object; each finding stands on a line of its own."""

    def __init__(self, options: ReportOptions) -> None:
        self._slugs = options.slugs()
        self._ascii_only = options.ascii_only
        self._items = JsonItems(ascii_only=options.ascii_only)

    def begin(self) -> str:
        return f'{{"format": {FINDINGS_FORMAT}, "findings": ['

    def file(self, _name: str, findings: Sequence[Diagnostic], /) -> str:
        return "".join(self._items.item(finding_data(item, self._slugs)) for item in findings)

    def end(self, summary: Summary, /) -> str:
        summed = inert_json(summary_data(summary), ascii_only=self._ascii_only)
        rules = inert_json(summary.rules._asdict() if summary.rules else None, ascii_only=self._ascii_only)
        return f'\n], "summary": {summed}, "rule_base": {rules}}}\n'


def finding_data(item: Diagnostic, slugs: Mapping[str, str]) -> dict[str, Any]:
    """Return a finding as plain data, in the order of the contract."""
    span = item.span
    return {
        "code": item.code,
        "slug": slug_of(item, slugs),
        "severity": str(item.severity),
        "message": item.message,
        "file": item.file,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
        "hint": item.hint or None,
        "related": [
            {
                "message": place.message,
                "file": place.file or item.file,
                "line": place.span.line,
                "column": place.span.column,
            }
            for place in item.related
        ],
    }


def summary_data(summary: Summary) -> dict[str, Any]:
    """Return the sum as plain data."""
    return {
        "files_checked": summary.checked,
        "files_without_decision": summary.left_out,
        "files_not_read": summary.not_read,
        "errors": summary.count(Severity.ERROR),
        "warnings": summary.count(Severity.WARNING),
        "notes": summary.count(Severity.NOTE),
        "codes": dict(sorted(summary.by_code.items())),
        "suppressed": summary.suppressed,
        "in_baseline": summary.baseline,
        "exit_status": summary.exit_status,
        "reason": summary.reason or None,
    }
