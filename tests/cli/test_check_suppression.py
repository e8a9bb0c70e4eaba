"""Findings are answered for in the file itself, in YAML and in Markdown."""

from pathlib import Path

import pytest

from tests.cli.command import Ran
from tests.workflows.decisions import BROKEN, CLEAN, OVER
from tests.workflows.inside import check

PLAN_LINE = "plan: {type: co-design}"
REASON = "# spectrum: ignore[SP301] the board has agreed to share the decision"


def codes(ran: Ran) -> list[str]:
    return [line.split(": ", 1)[1].split()[1] for line in ran.out.splitlines()[:-1]]


@pytest.mark.parametrize("place", [f"{PLAN_LINE}  {REASON}", f"{REASON}\n{PLAN_LINE}"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("markdown", [False, True])
def test_with_a_reason_a_finding_is_suppressed_and_counted(
    place: str, end: str, markdown: bool, tmp_path: Path
) -> None:
    text = OVER.replace(PLAN_LINE, place)
    text = f"---\n{text}---\n\n# A proposal\n\n{PLAN_LINE}\n" if markdown else text
    (tmp_path / ("a.md" if markdown else "a.yaml")).write_text(text, newline=end)
    for _ in range(2):
        ran = check(cwd=tmp_path)
        assert (ran.code, codes(ran)) == (0, [])
        assert ran.out == "No findings. 1 file checked. 1 finding suppressed.\n"


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# spectrum: ignore[SP301]", ["SP301", "SP391"]),
        ("# spectrum: ignore because", ["SP301", "SP391"]),
        ("# spectrum: ignore[SP302] because", ["SP301", "SP392"]),
        ("# spectrum: ignore[SP301, SP302] because", ["SP392"]),
    ],
)
def test_without_a_reason_or_with_a_wrong_code_it_has_no_effect_and_is_reported(
    comment: str, expected: list[str], tmp_path: Path
) -> None:
    (tmp_path / "a.yaml").write_text(OVER.replace(PLAN_LINE, f"{PLAN_LINE}  {comment}"))
    assert codes(check(cwd=tmp_path)) == expected
    assert codes(check("--ignore", "SP39", cwd=tmp_path)) == [code for code in expected if code < "SP39"]


def test_a_comment_that_is_not_needed_any_more_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(f"{REASON}\n{CLEAN}")
    ran = check(cwd=tmp_path)
    assert (ran.code, codes(ran)) == (0, ["SP392"])
    assert "SP301 is not found here any more" in ran.out


def test_one_that_is_needed_stays_so_when_its_code_is_not_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(OVER.replace(PLAN_LINE, f"{PLAN_LINE}  {REASON}"))
    assert codes(check("--ignore", "SP301", cwd=tmp_path)) == []
    assert codes(check("--select", "SP39", cwd=tmp_path)) == []


def test_problems_of_reading_cannot_be_suppressed(tmp_path: Path) -> None:
    lines = [f"{line}  # spectrum: ignore[SP202, SP204] because" for line in BROKEN.splitlines()]
    (tmp_path / "a.yaml").write_text("\n".join(lines) + "\n")
    ran = check(cwd=tmp_path)
    assert (ran.code, codes(ran)) == (2, ["SP204", "SP202"])


def test_decisions_that_carry_each_other_out_in_a_circle_are_shown(tmp_path: Path) -> None:
    folder = tmp_path / "two words"
    folder.mkdir()
    for name, other in (("a", "b"), ("b", "../c"), ("d", "none")):
        (folder / f"{name}.yaml").write_text(f"{CLEAN}place: {{implements: {other}.yaml}}\n")
    (tmp_path / "c.yaml").write_text(f"{CLEAN}place: {{implements: two words/a.yaml}}\n")
    ran = check(cwd=tmp_path)
    assert (ran.code, codes(ran)) == (1, ["SP352", "SP352", "SP352", "SP351"])
    circle = "two words/a.yaml -> two words/b.yaml -> c.yaml -> two words/a.yaml"
    assert f"in a circle: {circle}" in ran.out
