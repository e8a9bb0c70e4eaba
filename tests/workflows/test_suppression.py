"""A comment with a code and a reason answers for a finding; any other is reported."""

import pytest

from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.document import Source
from spectrum_cli.model.location import Span
from spectrum_cli.workflows.suppression import find_suppressions, suppress

LINE = "plan: {type: co-design}"


def left(text: str, *codes: str, line: int, not_looked_for: tuple[str, ...] = ()) -> tuple[list[str], int]:
    """Return the line and code of each finding that is left of some on one line, and how many were suppressed."""
    findings = [Diagnostic(code, Severity.ERROR, "", "a.yaml", Span(line, 1, line, 2)) for code in codes]
    remaining, count = suppress(Source("a.yaml", text), findings, not_looked_for)
    return [f"{item.span.line if item.span else 0} {item.code}" for item in remaining], count


@pytest.mark.parametrize("comment", ["# spectrum: ignore[SP301] agreed with the panel", "#spectrum:ignore[SP301]: so"])
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_comment_at_the_end_of_the_line_or_above_it_suppresses(comment: str, end: str) -> None:
    assert left(f"a: b{end or chr(10)}{LINE}  {comment}{end}", "SP301", line=2) == ([], 1)
    assert left(f"a: b\n{comment}{end or chr(10)}{LINE}{end}", "SP301", line=3) == ([], 1)


def test_between_a_comment_and_its_line_may_be_blank_lines_and_other_comments() -> None:
    text = f"# spectrum: ignore[SP301] one\n\n  # spectrum: ignore[SP302] two\n# more\n{LINE}\n"
    assert left(text, "SP301", "SP302", "SP303", line=5) == (["5 SP303"], 2)


def test_several_codes_stand_in_one_comment() -> None:
    text = f"{LINE} # spectrum: ignore[SP301, SP302 ,SP303] because\n"
    assert left(text, "SP301", "SP302", "SP303", line=1) == ([], 3)
    assert left(text, "SP301", line=1) == (["1 SP392"], 1)


@pytest.mark.parametrize("reason", ["", " ", " - ", " :", "\t", " —", "\r"])
def test_without_a_reason_nothing_is_suppressed(reason: str) -> None:
    text = f"{LINE}  # spectrum: ignore[SP301]{reason}\n"
    assert left(text, "SP301", line=1) == (["1 SP301", "1 SP391"], 0)


@pytest.mark.parametrize("comment", ["ignore", "ignore reason", "ignore[] reason", "ignore[ , ] reason"])
def test_without_a_code_nothing_is_suppressed(comment: str) -> None:
    assert left(f"{LINE}  # spectrum: {comment}\n", "SP301", line=1) == (["1 SP301", "1 SP391"], 0)


@pytest.mark.parametrize("code", ["SP302", "SP3", "SP30", "sp301", "promise-exceeds-openness"])
def test_a_wrong_code_suppresses_nothing_and_is_unused(code: str) -> None:
    assert left(f"{LINE}  # spectrum: ignore[{code}] reason\n", "SP301", line=1) == (["1 SP301", "1 SP392"], 0)


def test_a_comment_on_another_line_is_unused() -> None:
    text = f"a: b  # spectrum: ignore[SP301] reason\n{LINE}\n# spectrum: ignore[SP301] reason\n"
    assert left(text, "SP301", line=2) == (["2 SP301", "1 SP392", "3 SP392"], 0)


@pytest.mark.parametrize(
    "text",
    [
        "title: the sign a# spectrum: ignore[SP301] stands inside a word\n",
        "# spectrum: ignored files are listed elsewhere\n",
        "# specturm: ignore[SP301] reason\n",
        "notes: ignore[SP301] reason\n",
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert find_suppressions(Source("a.yaml", text)) == []


def test_what_was_not_looked_for_may_be_suppressed_all_the_same() -> None:
    text = f"{LINE}  # spectrum: ignore[SP371, SP301] reason\n"
    assert left(text, "SP301", line=1, not_looked_for=("SP371",)) == ([], 1)
    assert left(text, "SP371", line=1, not_looked_for=("SP371",)) == (["1 SP392"], 1)


def test_a_finding_about_a_comment_points_at_it() -> None:
    text = f"a: b\n{LINE}  # spectrum: ignore[SP301]\n"
    (found,), _ = suppress(Source("a.yaml", text), [])
    assert (found.code, found.severity, found.span) == ("SP391", Severity.WARNING, Span(2, 26, 2, 51))
    assert found.line_text == text.splitlines()[1]
    assert found.hint == "Write the reason behind it: # spectrum: ignore[SP301] reason"


def test_a_finding_without_a_place_is_never_suppressed() -> None:
    finding = Diagnostic("SP301", Severity.ERROR, "", "a.yaml")
    remaining, count = suppress(Source("a.yaml", f"{LINE}  # spectrum: ignore[SP301] reason\n"), [finding])
    assert (remaining[0], count) == (finding, 0)
