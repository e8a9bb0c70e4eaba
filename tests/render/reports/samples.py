"""Files with findings for the tests of reports: clean, faulty, unreadable, nasty, and none at all."""

from collections import Counter
from collections.abc import Sequence

from spectrum_cli.model.diagnostic import Diagnostic, Related, Severity
from spectrum_cli.model.location import Span
from spectrum_cli.model.report import ReportOptions, RuleInfo, Summary, reading_rules
from spectrum_cli.model.rulebase import RulesUsed
from spectrum_cli.render.reports import new_report

RULES = (
    *reading_rules(),
    RuleInfo("SP301", "promise-exceeds-openness", "The plan promises more", Severity.ERROR, "People notice.", "Less."),
    RuleInfo("SP302", "no-feedback", "Nothing is said about feedback", Severity.WARNING),
    RuleInfo("SP303", "long-time", "It takes long", Severity.NOTE),
)
USED = RulesUsed("practice", "1.0", f"sha256:{'0123456789abcdef' * 4}", "peoplehub")
SLUGS = {rule.code: rule.slug for rule in RULES}

NASTY = (
    "plain",
    "",
    "commas, colons: and 100% %25 %0A %3A %AZP25 ; ] = [x]",
    "\x1b[31mred\x1b[0m \x9b2J \x07 \x00 \x7f",
    "first\nsecond\r\nthird\rfourth\x85fifth\u2028sixth\u2029",
    "\u202egnp.exe\u202c \u2066x\u2069 \u200b \ufeff \u061c",
    "]]> <script>alert('x')</script> <!-- & &amp; \"quoted\" --> <![CDATA[",
    "::error file=x::y",
    "\n::add-mask::y",
    "##vso[task.setvariable variable=PATH]x ##[error]y ##[set-env name=x]y ##teamcity[x]",
    "[a link](https://example.org) [1](1) {0} {{",
    "half \udce9 and \ud83d, no sign \ufffe \uffff",
    "Größe, 大きさ, \U0001f6b2, e\u0301",
    "key:\tvalue",
    "[/] [bold]x[/bold] :house:",
)
NASTY_FILES = (
    "plans/a, b: 100%.yaml",
    "plans/c d#e?f.yaml",
    "\x1b[31m.yaml",
    "a\nb.yaml",
    "\u202e.yaml",
    "::error::x.yaml",
    "##vso[task.complete result=Failed]x.yaml",
    "<script>&\"']]>.yaml",
    "caf\udce9.yaml",
    "Straße/大きさ.yaml",
    ".\\plans\\e.yaml",
    "./plans/f.yaml",
    "../outside.yaml",
    "/etc/absolute.yaml",
    "C:\\absolute.yaml",
    "<stdin>",
    "SP301: x.yaml",
)

File = tuple[str, tuple[Diagnostic, ...]]


def finding(
    code: str = "SP301",
    severity: Severity = Severity.ERROR,
    *,
    message: str = "the plan promises more than the decision allows",
    file: str = "plans/bridge.yaml",
    line: int = 31,
    hint: str = 'Plan "consult".',
) -> Diagnostic:
    return Diagnostic(
        code,
        severity,
        message,
        file,
        Span(line, 13, line, 22),
        "plan: {type: co-design}",
        hint,
        (Related("holds it to CONSULT (gate one-proposal)", Span(9, 10, 9, 18), "  stage: proposal"),),
    )


def unreadable(file: str = "plans/gone.yaml") -> Diagnostic:
    return Diagnostic("SP101", Severity.ERROR, "there is no such file", file)


def nasty_findings(file: str) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic(
            code,
            severity,
            text,
            file,
            Span(2, 3, 2 + number % 2, 5),
            text,
            text,
            (Related(text, Span(1, 1, 1, 2), text), Related(text, Span(4, 1, 5, 2), text, f"other{file}")),
        )
        for number, (text, (code, severity)) in enumerate(
            (text, kind)
            for text in NASTY
            for kind in (("SP301", Severity.ERROR), ("SP302", Severity.WARNING), ("SP303", Severity.NOTE))
        )
    )


CLEAN: File = ("plans/clean.yaml", ())
FAULTY: File = (
    "plans/bridge.yaml",
    (
        finding(),
        finding("SP302", Severity.WARNING, line=32),
        finding("SP303", Severity.NOTE, line=33, hint=""),
    ),
)
UNREADABLE: File = ("plans/gone.yaml", (unreadable(),))
CASES: dict[str, list[File]] = {
    "no file": [],
    "clean": [CLEAN],
    "clean, several": [CLEAN, ("plans/second.yaml", ())],
    "faulty": [FAULTY],
    "mixed": [CLEAN, FAULTY, CLEAN, UNREADABLE],
    "unreadable": [UNREADABLE],
    "code without a rule": [("x.yaml", (finding("SP999"),))],
    "nasty": [(name, nasty_findings(name)) for name in NASTY_FILES],
}


def summary_of(files: Sequence[File]) -> Summary:
    findings = [item for _, found in files for item in found]
    not_read = sum(any(item.code == "SP101" for item in found) for _, found in files)
    errors = any(item.severity is Severity.ERROR for item in findings)
    reason = "a file could not be read" if not_read else "errors were found" if errors else ""
    return Summary(
        checked=len(files) - not_read,
        not_read=not_read,
        by_severity=Counter(item.severity for item in findings),
        by_code=Counter(item.code for item in findings),
        exit_status=2 if not_read or not files else int(errors),
        reason=reason if files else "no file was found",
        rules=USED,
    )


def report(
    name: str,
    files: Sequence[File],
    summary: Summary | None = None,
    *,
    colour: bool = False,
    ascii_only: bool = False,
) -> str:
    """Return the whole report on some files."""
    made = new_report(name, ReportOptions(RULES, "1.2.3", colour, ascii_only))
    steps = [made.begin(), *(made.file(*file) for file in files), made.end(summary or summary_of(files))]
    return "".join(steps)
