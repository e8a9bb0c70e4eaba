"""What a report on many files is made of: its three steps, the sum at its end, and the rules that it speaks of."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from spectrum_cli.model.checking import CheckInfo
from spectrum_cli.model.diagnostic import READING_CODES, Diagnostic, Severity
from spectrum_cli.model.rulebase import RulesUsed

# Permanent, like the codes: people write slugs into pipelines.
READING_SLUGS: Mapping[str, str] = {
    "SP101": "cannot-be-opened",
    "SP102": "not-utf-8",
    "SP103": "too-large",
    "SP104": "control-character",
    "SP105": "nothing-to-read",
    "SP106": "not-well-formed",
    "SP107": "key-stands-twice",
    "SP108": "anchor-alias-or-tag",
    "SP109": "several-documents",
    "SP110": "no-front-matter",
    "SP111": "text-after-hash",
    "SP201": "unknown-key",
    "SP202": "unknown-value",
    "SP203": "missing-key",
    "SP204": "wrong-shape",
    "SP205": "unreadable-number",
    "SP206": "unreadable-date",
    "SP207": "answer-must-stand-alone",
    "SP208": "part-id-stands-twice",
}
_READING_WARNINGS = ("SP111",)


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What a report can say about a code, whether anything was found under it or not."""

    code: str
    slug: str
    title: str
    severity: Severity
    why: str = ""
    instead: str = ""


def reading_rules() -> tuple[RuleInfo, ...]:
    """Return the codes about reading a file, which every report can contain."""
    return tuple(
        RuleInfo(
            item.code,
            READING_SLUGS[item.code],
            item.title,
            Severity.WARNING if item.code in _READING_WARNINGS else Severity.ERROR,
            item.meaning,
            item.mend,
        )
        for item in READING_CODES
    )


def check_rule(info: CheckInfo, doc: str = "") -> RuleInfo:
    """Return what a check says of itself: its info, with two of the four parts of its docstring."""
    return RuleInfo(
        info.code,
        info.slug,
        info.title,
        info.severity,
        doc_part(doc, "Why it matters:"),
        doc_part(doc, "Instead:"),
    )


def doc_part(doc: str, heading: str) -> str:
    """Return the indented text below a heading, on one line."""
    lines = iter(doc.splitlines())
    for line in lines:
        if line.strip() == heading:
            break
    part = []
    for line in lines:
        if line.strip() and not line.startswith(" "):
            break
        part.append(line)
    return " ".join(" ".join(part).split())


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What a format may need to know before the first file. Each format uses only its part of it.

    ``rules`` holds every code that can occur. ``colour`` is for people only. ``ascii_only`` is for a stream that is
    not UTF-8: JSON and XML then name other signs by number.
    """

    rules: Sequence[RuleInfo] = ()
    version: str = ""
    colour: bool = False
    ascii_only: bool = False

    def slugs(self) -> dict[str, str]:
        """Return the slug of each code."""
        return {rule.code: rule.slug for rule in self.rules}


@dataclass(frozen=True, slots=True)
class Summary:
    """The sum of a whole run.

    ``checked`` counts files that could be read, ``left_out`` those that hold no decision, ``not_read`` those that
    could not be read. What is suppressed or in the baseline is counted there and nowhere else. ``reason`` says in a
    few words why the exit status is what it is. ``rules`` are those that the checks went by.
    """

    checked: int = 0
    left_out: int = 0
    not_read: int = 0
    by_severity: Mapping[Severity, int] = field(default_factory=dict)
    by_code: Mapping[str, int] = field(default_factory=dict)
    suppressed: int = 0
    baseline: int = 0
    exit_status: int = 0
    reason: str = ""
    rules: RulesUsed | None = None

    def count(self, severity: Severity) -> int:
        """Return how many findings of a severity are reported."""
        return self.by_severity.get(severity, 0)

    @property
    def nothing_examined(self) -> bool:
        """Whether no file was even tried."""
        return not self.checked and not self.not_read


class ReportFormat(Protocol):
    """A report in three steps that yield text, so that it needs no more memory for many files than for one.

    ``file`` is called once for each file in order, also where nothing was found. An object makes one report.
    """

    def begin(self) -> str:
        """Return what comes before the first file."""
        ...

    def file(self, name: str, findings: Sequence[Diagnostic], /) -> str:
        """Return what there is to say about one file."""
        ...

    def end(self, summary: Summary, /) -> str:
        """Return what comes after the last file, with a line break at its end."""
        ...


def fingerprint(finding: Diagnostic, occurrence: int) -> str:
    """Return by what a finding is known again after lines have moved.

    ``occurrence`` counts equal findings in a file from 0: same code, same text on the line.
    """
    told = (finding.code, portable_path(finding.file), finding.line_text.strip(), str(occurrence))
    return sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def fingerprinted(findings: Sequence[Diagnostic]) -> Iterator[tuple[Diagnostic, str]]:
    """Yield the findings of one file, in order, each with its fingerprint."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        key = (finding.code, finding.file, finding.line_text.strip())
        yield finding, fingerprint(finding, seen[key])
        seen[key] += 1


def portable_path(file: str) -> str:
    """Return a file's name as it is written on every system: forward slashes, no leading ``./``."""
    return file.replace("\\", "/").removeprefix("./")
