"""``--output`` and ``new`` write whole files or none, and replace nothing unless told to."""

import json
from pathlib import Path

import pytest

from spectrum_cli.files.decision_file import read_decision_file
from spectrum_cli.model.decision_format import TYPE_IDS
from tests.cli.command import BROKEN, spectrum


@pytest.mark.parametrize("format", ["text", "json", "markdown", "html", "svg"])
def test_output_goes_to_the_file_and_nowhere_else(format: str, plan: Path, tmp_path: Path) -> None:
    there = tmp_path / "advice"
    ran = spectrum("advise", "--format", format, "-o", there, plan, FORCE_COLOR="1", PYTHONIOENCODING="ascii")
    assert ran == (0, "", "")
    assert "Where the benches go" in there.read_text(encoding="utf-8")
    assert "\x1b" not in there.read_text(encoding="utf-8")


def test_output_is_never_replaced_without_force(plan: Path, tmp_path: Path) -> None:
    there = tmp_path / "advice.txt"
    there.write_text("mine")
    ran = spectrum("advise", "-o", there, plan)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"spectrum: {there} exists already and was left as it is\n"
    assert there.read_text() == "mine"
    assert spectrum("advise", "-o", there, "--force", plan).code == 0
    assert there.read_text() != "mine"


@pytest.mark.parametrize("other", ["broken.yaml", "none.yaml"])
def test_nothing_is_written_where_one_file_of_several_is_broken(other: str, plan: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text(BROKEN)
    before = set(tmp_path.iterdir())
    ran = spectrum("advise", "-o", "advice.txt", plan, other, plan, cwd=tmp_path)
    assert ran.code == 2
    assert ran.err
    assert set(tmp_path.iterdir()) == before


def test_nothing_is_replaced_with_force_where_one_file_of_several_is_broken(
    plan: Path, broken: Path, tmp_path: Path
) -> None:
    there = tmp_path / "advice.txt"
    there.write_text("mine")
    assert spectrum("advise", "-o", there, "--force", plan, broken).code == 2
    assert there.read_text() == "mine"


@pytest.mark.parametrize("there", ["none/advice.txt", "folder", "plan.yaml/advice.txt"])
def test_output_that_cannot_be_written_ends_with_2_and_leaves_nothing_behind(
    there: str, plan: Path, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.rglob("*"))
    for force in ([], ["--force"]):
        ran = spectrum("advise", "-o", there, *force, plan, cwd=tmp_path)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("spectrum: ")
        assert ran.err.count("\n") == 1
    assert sorted(tmp_path.rglob("*")) == before


# new


@pytest.mark.parametrize("name", ["plan.yaml", "plan.yml", "plan.md", "plan.markdown", "Plan.MD"])
def test_new_makes_a_valid_file_in_which_all_six_types_are_possible(name: str, tmp_path: Path) -> None:
    made = spectrum("new", name, cwd=tmp_path)
    assert (made.code, made.err) == (0, "")
    assert made.out.startswith(f"Made {name}.")
    ran = spectrum("advise", "--format", "json", name, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["possible_types"] == list(TYPE_IDS)


@pytest.mark.parametrize(
    "title",
    [
        "Move the clinic",
        "Parks: phase two #4",
        'It\'s "new" \\ here',
        "[bold]a[/]",
        "No",
        "👩‍🦽 é",
        "{{ title }}",
        "a" * 5000,
    ],
)
@pytest.mark.parametrize("name", ["plan.yaml", "plan.md"])
def test_new_keeps_any_title(name: str, title: str, tmp_path: Path) -> None:
    assert spectrum("new", name, "--title", title, cwd=tmp_path).code == 0
    reading = read_decision_file(str(tmp_path / name))
    assert reading.diagnostics == ()
    assert reading.decision is not None
    assert reading.decision.title == title


@pytest.mark.parametrize(
    "title",
    ["two\nlines", "a\x1b[2Jb", "\u2028", " "],
)
def test_new_makes_one_line_of_any_title(title: str, tmp_path: Path) -> None:
    assert spectrum("new", "plan.yaml", "--title", title, cwd=tmp_path).code == 0
    assert read_decision_file(str(tmp_path / "plan.yaml")).decision is not None


def test_new_never_overwrites_a_file_a_link_or_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file.yaml").write_text("mine")
    (tmp_path / "link.yaml").symlink_to("nowhere.yaml")
    (tmp_path / "folder.yaml").mkdir()
    before = sorted(tmp_path.rglob("*"))
    for name in ("file.yaml", "link.yaml", "folder.yaml"):
        ran = spectrum("new", name, cwd=tmp_path)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == f"spectrum: {name} exists already and was left as it is\n"
    assert (tmp_path / "file.yaml").read_text() == "mine"
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["none/plan.yaml", "plan", ""])
def test_new_that_cannot_be_made_ends_with_2_and_a_sentence(name: str, tmp_path: Path) -> None:
    ran = spectrum("new", name, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("spectrum: ")
    assert list(tmp_path.iterdir()) == []
