"""A baseline hides what was known, and nothing else."""

import json
from pathlib import Path

import pytest

from tests.cli.command import Ran
from tests.workflows.decisions import BROKEN, CLEAN, OVER, write
from tests.workflows.inside import check


def known(cwd: Path, *arguments: str) -> Ran:
    return check("--baseline", "known.json", *arguments, cwd=cwd)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "p", a=OVER, b=OVER + "time: {weeks: 1}\n", c=CLEAN)
    ran = check("--write-baseline", "known.json", "p", cwd=tmp_path)
    assert (ran.code, ran.err, "SP301" in ran.out) == (0, "", True)
    return tmp_path


def test_what_is_known_is_hidden_and_counted(folder: Path) -> None:
    ran = known(folder, "p")
    assert (ran.code, ran.out.count("\n")) == (0, 1)
    assert "findings known from the baseline" in ran.out
    assert known(folder, "./p/a.yaml").code == 0


def test_what_is_new_is_shown_in_a_new_file_and_in_a_known_one(folder: Path) -> None:
    write(folder / "p", c=OVER, a=OVER + "time: {weeks: 1}\n")
    ran = known(folder, "p")
    lines = [line.split(" ")[:3] for line in ran.out.splitlines()[:-1]]
    assert ran.code == 1
    assert ["p/a.yaml:14:15:", "warning", "SP333"] in lines
    assert ["p/c.yaml:13:14:", "error", "SP301"] in lines
    assert ["p/a.yaml:13:14:", "error", "SP301"] not in lines


def test_moved_lines_and_edited_neighbours_stay_known_and_an_edited_line_does_not(folder: Path) -> None:
    moved = OVER.replace("title: Where", "# more\n# lines\ntitle: Just where").replace("dates:", "\ndates:")
    write(folder / "p", a=moved)
    assert known(folder, "p").code == 0
    write(folder / "p", a=moved.replace("\n", "\r\n"))
    assert known(folder, "p").code == 0
    write(folder / "p", a=moved.replace("{type: co-design}", "{type: co-produce}"))
    assert known(folder, "p").code == 1


def test_problems_of_reading_are_never_hidden(folder: Path) -> None:
    write(folder / "p", d=BROKEN)
    ran = check("--write-baseline", "known.json", "p", cwd=folder)
    assert (ran.code, "SP202" in ran.out) == (2, True)
    codes = {item["code"] for item in json.loads((folder / "known.json").read_text())["findings"]}
    assert "SP301" in codes
    assert all(code >= "SP3" for code in codes)
    ran = known(folder, "p")
    assert (ran.code, "SP202" in ran.out, "SP301" in ran.out) == (2, True, False)


def test_a_baseline_that_is_missing_or_broken_ends_with_2_and_the_way_to_make_one(tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN)
    ran = known(tmp_path, ".")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "known.json: SP121 there is no baseline here\n"
        "  hint: Make it once with: spectrum check --write-baseline known.json PATHS\n"
    )
    (tmp_path / "known.json").write_text("{}")
    ran = known(tmp_path, ".")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "known.json: SP121 this is no baseline\n  hint: Make it anew with --write-baseline.\n"


def test_a_baseline_that_cannot_be_written_ends_with_2(tmp_path: Path) -> None:
    write(tmp_path, a=OVER)
    ran = check("--write-baseline", "none/known.json", cwd=tmp_path)
    assert (ran.code, "SP301" in ran.out) == (2, True)
    assert ran.err == "spectrum: cannot write in none: no such file or directory\n"


@pytest.mark.parametrize("option", ["--write-baseline", "--output-file"])
def test_a_file_that_is_checked_is_never_written_over(option: str, tmp_path: Path) -> None:
    write(tmp_path, a=OVER)
    (tmp_path / "link").symlink_to(".")
    for name in ("a.yaml", "./a.yaml", tmp_path / "a.yaml", "link/a.yaml"):
        ran = check(option, name, ".", cwd=tmp_path)
        assert (ran.code, ran.out) == (2, "")
        assert (tmp_path / "a.yaml").read_text() == OVER
