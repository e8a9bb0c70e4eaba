"""The findings as JUnit XML, for the test pages of GitLab, Jenkins and others.

Each file is a suite with one test: so the counts that a suite begins with are known while the report streams, and a
test has the same name when it fails as when it passes, by which GitLab tells what has been mended. Errors and
warnings stand in one failure, because Jenkins and others show only the first of several.
"""

from collections import Counter
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.report import ReportOptions, Summary, portable_path
from spectrum_cli.render.reports.closing import closing_line, counted
from spectrum_cli.render.reports.escaping import shown
from spectrum_cli.render.reports.text import picture

_NAME = "spectrum check"


class JUnitReport:
    """Writes a suite for each file."""

    def __init__(self, options: ReportOptions) -> None:
        self._ascii_only = options.ascii_only

    def begin(self) -> str:
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name={quoteattr(_NAME)}>\n'

    def file(self, name: str, findings: Sequence[Diagnostic], /) -> str:
        path = shown(portable_path(name))
        failures = [item for item in findings if item.severity is not Severity.NOTE]
        notes = [item for item in findings if item.severity is Severity.NOTE]
        inner = ""
        if failures:
            counts = Counter(item.severity for item in failures)
            told = counted({severity: counts[severity] for severity in Severity})
            kind = Severity.ERROR if counts[Severity.ERROR] else Severity.WARNING
            inner += f'<failure message={quoteattr(told)} type="{kind}">{_pictures(failures)}</failure>\n'
        if notes:
            inner += f"<system-out>{_pictures(notes)}</system-out>\n"
        return self._suite(path, inner, failures=bool(failures), attributes=f" file={quoteattr(path)}")

    def end(self, summary: Summary, /) -> str:
        suite = ""
        if summary.nothing_examined:
            # Jenkins fails on a report without any test; and no test at all must not look like success.
            kind = "failure" if summary.exit_status else "skipped"
            inner = f"<{kind} message={quoteattr(closing_line(summary).strip())}/>\n"
            suite = self._suite("files", inner, failures=kind == "failure", skipped=kind == "skipped")
        return f"{suite}</testsuites>\n"

    def _suite(self, name: str, inner: str, *, failures: bool, skipped: bool = False, attributes: str = "") -> str:
        text = (
            f'<testsuite name={quoteattr(name)} tests="1" failures="{failures:d}" errors="0" skipped="{skipped:d}">\n'
            f"<testcase classname={quoteattr(_NAME)} name={quoteattr(name)}{attributes}>\n{inner}</testcase>\n"
            "</testsuite>\n"
        )
        return text.encode("ascii", "xmlcharrefreplace").decode("ascii") if self._ascii_only else text


def _pictures(findings: Sequence[Diagnostic]) -> str:
    return escape("\n" + "".join(picture(item) for item in findings))
