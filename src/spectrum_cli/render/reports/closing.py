"""The sum of a run in plain words."""

from spectrum_cli.model.diagnostic import Severity
from spectrum_cli.model.report import Summary
from spectrum_cli.render.reports.escaping import defused, shown
from spectrum_cli.render.words import rules_line


def closing_line(summary: Summary) -> str:
    """Return one line: what was found, in how many files, what was left out, and why the exit status is not 0."""
    sentences = [counted({severity: summary.count(severity) for severity in Severity}) or "No findings"]
    if summary.nothing_examined:
        sentences = ["No file was checked"]
        files = []
    else:
        files = [f"{amount(summary.checked, 'file')} checked"]
    if summary.not_read:
        files.append(f"{summary.not_read} could not be read")
    if summary.left_out:
        files.append(f"{summary.left_out} left out because there is no decision in {_them(summary.left_out)}")
    hidden = []
    if summary.suppressed:
        hidden.append(f"{amount(summary.suppressed, 'finding')} suppressed")
    if summary.baseline:
        hidden.append(f"{amount(summary.baseline, 'finding')} known from the baseline")
    sentences += [", ".join(part) for part in (files, hidden) if part]
    if summary.exit_status and summary.reason:
        sentences.append(f"Exit status {summary.exit_status}: {shown(summary.reason).rstrip('.')}")
    return defused(". ".join(sentences) + ".\n")


def rules_sentence(summary: Summary) -> str:
    """Return one line with the rule base that the checks went by, or nothing where it is not known."""
    return f"{defused(shown(rules_line(summary.rules)))}.\n" if summary.rules else ""


def counted(counts: dict[Severity, int]) -> str:
    """Return counts as in "2 errors, 1 warning and 3 notes", without those that are 0."""
    told = [amount(count, severity) for severity, count in counts.items() if count]
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def amount(count: int, word: str) -> str:
    """Return a number with its noun."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _them(count: int) -> str:
    return "it" if count == 1 else "them"
