"""Findings that an author has answered for in the file: ``# spectrum: ignore[SP301] reason``.

The comment stands at the end of the line of the finding, or on a line of its own above it. It needs a code and a
reason; without a reason it has no effect. One that no longer suppresses anything is a finding itself.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spectrum_cli.model.checking import CheckInfo
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.document import Source
from spectrum_cli.model.location import Span

NO_REASON = CheckInfo(
    "SP391", "suppressed-without-reason", "A finding is suppressed without a reason", Severity.WARNING
)
UNUSED = CheckInfo("SP392", "unused-suppression", "A suppression no longer suppresses anything", Severity.WARNING)

_COMMENT = re.compile(
    r"(?<!\S)#[ \t]*spectrum:[ \t]*ignore\b[ \t]*(?:\[(?P<codes>[^\]\n]*)\])?[ \t]*(?P<reason>[^\n\r]*)"
)


@dataclass(frozen=True, slots=True)
class Suppression:
    """One comment: where it stands, the line that it speaks of, its codes and its reason."""

    span: Span
    line_text: str
    about: int
    codes: tuple[str, ...]
    reason: str


def find_suppressions(source: Source) -> list[Suppression]:
    """Return the comments in a text that suppress findings."""
    if not _COMMENT.search(source.text):
        return []
    found = []
    lines = source.text.split("\n")
    for number, line in enumerate(lines, start=1):
        comment = _COMMENT.search(line)
        if comment is None:
            continue
        about = number
        if not line[: comment.start()].strip():
            about = next(
                (later for later in range(number + 1, len(lines) + 1) if not _is_blank(lines[later - 1])), number
            )
        codes = tuple(code.strip() for code in (comment["codes"] or "").split(",") if code.strip())
        span = Span(number, comment.start() + 1, number, comment.end() + 1)
        found.append(Suppression(span, line.rstrip("\r"), about, codes, comment["reason"].strip(" \t-–—:")))
    return found


def _is_blank(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def suppress(
    source: Source, findings: Iterable[Diagnostic], not_looked_for: Sequence[str] = ()
) -> tuple[list[Diagnostic], int]:
    """Return the findings that remain, with those about the suppressions themselves, and how many were suppressed.

    Codes that were not looked for in this run may be suppressed all the same: nobody knows whether they are needed.
    """
    suppressions = find_suppressions(source)
    if not suppressions:
        return list(findings), 0
    used = {(item.span.line, code) for item in suppressions for code in item.codes if code in not_looked_for}
    remaining: list[Diagnostic] = []
    count = 0
    for finding in findings:
        by = _suppressed_by(finding, suppressions)
        if by is None:
            remaining.append(finding)
        else:
            used.update(by)
            count += 1
    remaining.extend(_about(source, suppressions, used))
    return remaining, count


def _suppressed_by(finding: Diagnostic, suppressions: Sequence[Suppression]) -> set[tuple[int, str]] | None:
    if finding.span is None:
        return None
    by = {
        (item.span.line, code)
        for item in suppressions
        for code in item.codes
        if item.about == finding.span.line and item.reason and code == finding.code
    }
    return by or None


def _about(source: Source, suppressions: Sequence[Suppression], used: set[tuple[int, str]]) -> Iterable[Diagnostic]:
    for item in suppressions:

        def finding(info: CheckInfo, message: str, hint: str, item: Suppression = item) -> Diagnostic:
            return Diagnostic(info.code, info.severity, message, source.name, item.span, item.line_text[:400], hint)

        if not item.codes:
            yield finding(NO_REASON, "this does not say what it suppresses", "Write: # spectrum: ignore[SP301] reason")
        elif not item.reason:
            yield finding(
                NO_REASON,
                f"{', '.join(item.codes)} is suppressed without a reason, so it is reported all the same",
                f"Write the reason behind it: # spectrum: ignore[{', '.join(item.codes)}] reason",
            )
        else:
            unused = [code for code in item.codes if (item.span.line, code) not in used]
            if unused:
                yield finding(UNUSED, f"{', '.join(unused)} is not found here any more", "Delete the comment.")
