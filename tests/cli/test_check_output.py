"""What ``spectrum check`` writes, where it writes it, and how it ends."""

import json
import os
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from spectrum_cli.__main__ import run
from spectrum_cli.cli import exits
from tests.cli.command import COMMAND, Ran, environment, spectrum, spectrum_on_terminal
from tests.workflows import inside
from tests.workflows.decisions import BROKEN, CLEAN, OVER, many, write

FORMATS = ["text", "concise", "json", "github", "gitlab", "sarif", "junit", "azure"]


def check(*arguments: str | Path, cwd: Path, **rest: object) -> Ran:
    return spectrum("check", *arguments, cwd=cwd, **{"GITHUB_ACTIONS": "", **rest})  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path, a=OVER, b=CLEAN, c=BROKEN, other="key: value\n")


def well_formed(format: str, text: str) -> bool:
    """Whether a report is whole, for those formats that other programs read."""
    if format == "junit":
        return ElementTree.fromstring(text) is not None
    return format not in ("json", "gitlab", "sarif") or json.loads(text) is not None


# Exit status


@pytest.mark.parametrize(
    ("texts", "arguments", "expected"),
    [
        ([CLEAN], [], 0),
        ([OVER], [], 1),
        ([CLEAN, OVER], [], 1),
        ([OVER], ["--fail-on", "never"], 0),
        ([BROKEN], [], 2),
        ([OVER, BROKEN], [], 2),
        ([BROKEN], ["--fail-on", "never"], 2),
        ([BROKEN], ["--write-baseline", "known.json"], 2),
        ([OVER], ["--write-baseline", "known.json"], 0),
        ([], [], 2),
        ([], ["--allow-empty"], 0),
    ],
)
def test_the_exit_status_is_2_for_what_cannot_be_read_else_1_for_findings(
    texts: list[str], arguments: list[str], expected: int, tmp_path: Path
) -> None:
    for number, text in enumerate(texts):
        write(tmp_path, **{f"n{number}": text})
    ran = check("--no-cache", *arguments, cwd=tmp_path)
    assert (ran.code, ran.err) == (expected, "")
    assert ran.out.endswith(".\n")
    assert (f"Exit status {expected}: " in ran.out) is bool(expected)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "nonsense"],
        ["--nonsense"],
        ["--fail-on", "high"],
        ["--minimum-weeks", "-1"],
        ["--minimum-weeks", "soon"],
        ["--jobs", "-1"],
        ["--config", "none.toml"],
        ["--rules", "none"],
        ["--files-from", "none"],
        ["--baseline", "none"],
        ["--output-file", "none/out"],
    ],
)
@pytest.mark.parametrize("format", ["text", "json"])
def test_wrong_usage_ends_with_2_a_word_on_standard_error_and_nothing_else(
    arguments: list[str], format: str, folder: Path
) -> None:
    ran = inside.check("-f", format, *arguments, cwd=folder)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err
    assert "Traceback" not in ran.err


# Standard output


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_but_the_report_is_on_standard_output(format: str, folder: Path) -> None:
    ran = check("-f", format, "--statistics", cwd=folder, FORCE_COLOR="1")
    assert ran.code == 2
    assert well_formed(format, ran.out)
    assert ("\x1b" in ran.out) is (format == "text")
    counts = [line.split() for line in ran.err.splitlines()]
    assert ["1", "SP301"] in counts
    assert [code for _, code in counts] == sorted({code for _, code in counts})


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_files_give_the_same_bytes(format: str, folder: Path) -> None:
    first = check("-f", format, cwd=folder)
    assert inside.check("-f", format, cwd=folder) == first
    assert inside.check("-f", format, "--no-cache", "--jobs", "2", cwd=folder) == first


@pytest.mark.parametrize("format", FORMATS)
def test_a_stream_that_is_not_utf8_is_no_trouble(format: str, tmp_path: Path) -> None:
    write(tmp_path, a=OVER.replace("benches", "bénches 👩‍🦽").replace("}\n", "}  # é\n"))
    ran = check("-f", format, cwd=tmp_path, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (ran.code, ran.err) == (1, "")
    assert well_formed(format, ran.out)


@pytest.mark.parametrize(("format", "number"), [*((format, 1) for format in FORMATS), ("text", 600), ("json", 600)])
def test_broken_pipe_ends_quietly_with_141(format: str, number: int, tmp_path: Path) -> None:
    many(tmp_path, number)
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed_pipe:
        ran = check("-f", format, "--no-cache", "--jobs", "2", "--allow-empty", cwd=tmp_path, stdout=closed_pipe)
    assert (ran.code, ran.err) == (exits.PIPE_CLOSED, "")


def test_broken_pipe_after_the_first_line_ends_quietly(tmp_path: Path) -> None:
    many(tmp_path, 600)
    done = subprocess.run(
        ["bash", "-c", '"$0" check -f concise | head -1', COMMAND],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)


@pytest.mark.parametrize("format", FORMATS)
def test_disk_full_ends_with_2_and_one_line(format: str, folder: Path) -> None:
    with open("/dev/full", "wb") as full:
        ran = check("-f", format, cwd=folder, stdout=full)
    assert (ran.code, ran.err) == (2, "spectrum: the output could not be written: no space left on device\n")


# Another file


@pytest.mark.parametrize("format", FORMATS)
def test_the_format_goes_to_a_file_and_text_is_shown(format: str, folder: Path) -> None:
    expected = inside.check("-f", format, cwd=folder).out
    ran = check("-f", format, "--output-file", "out", cwd=folder)
    assert ran == inside.check("-f", "text", cwd=folder)
    assert (folder / "out").read_text(encoding="utf-8") == expected
    ran = check("-f", format, "-o", "out", cwd=folder, FORCE_COLOR="1", PYTHONIOENCODING="ascii")
    assert ran.code == 2
    assert (folder / "out").read_text(encoding="utf-8") == expected


def test_a_file_is_written_whole_or_not_at_all(folder: Path) -> None:
    (folder / "out").write_text("mine")
    before = sorted(folder.iterdir())
    with open("/dev/full", "wb") as full:
        ran = check("-f", "json", "-o", "out", "--no-cache", cwd=folder, stdout=full)
    assert (ran.code, ran.err) == (2, "spectrum: the output could not be written: no space left on device\n")
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed_pipe:
        ran = check("-f", "json", "-o", "out", "--no-cache", cwd=folder, stdout=closed_pipe)
    assert ran.code == exits.PIPE_CLOSED
    assert (folder / "out").read_text() == "mine"
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize("there", ["none/out", ".", "a.yaml/out"])
def test_a_file_that_cannot_be_written_ends_with_2_before_anything_is_shown(there: str, folder: Path) -> None:
    before = sorted(folder.iterdir())
    ran = check("-f", "json", "-o", there, "--no-cache", cwd=folder)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("spectrum: cannot write ")
    assert ran.err.count("\n") == 1
    assert sorted(folder.iterdir()) == before


def test_a_device_is_written_to_as_it_is_and_a_link_through(folder: Path) -> None:
    assert check("-f", "json", "-o", os.devnull, cwd=folder).code == 2
    assert Path(os.devnull).is_char_device()
    assert check("-f", "json", "-o", "/dev/full", cwd=folder).err.startswith("spectrum: cannot write /dev/full: no sp")
    (folder / "real").write_text("old")
    (folder / "link").symlink_to("real")
    assert check("-f", "json", "-o", "link", cwd=folder).code == 2
    assert (folder / "link").is_symlink()
    assert json.loads((folder / "real").read_text())


# In a pipeline, and on a terminal


def test_on_github_annotations_are_added_to_the_text_by_themselves(folder: Path) -> None:
    plain, there = check(cwd=folder), check(cwd=folder, GITHUB_ACTIONS="true")
    added = [line for line in there.out.splitlines() if line not in plain.out.splitlines()]
    assert there.code == plain.code
    assert any(line.startswith("::error file=a.yaml,line=13") for line in added)
    assert all(line.startswith("::") for line in added)
    assert check(cwd=folder, GITHUB_ACTIONS="false") == plain
    written = check("-f", "sarif", "-o", "out", cwd=folder, GITHUB_ACTIONS="true")
    assert written.out == there.out
    for format in ("json", "concise", "github"):
        assert check("-f", format, cwd=folder, GITHUB_ACTIONS="true") == check("-f", format, cwd=folder)


def test_a_long_run_on_a_terminal_shows_a_bar_and_leaves_nothing_of_it(tmp_path: Path) -> None:
    many(tmp_path, 2000)
    ran = spectrum_on_terminal("check", "-f", "concise", tmp_path / ".")
    assert ran.code == 2
    assert "checking" in ran.out
    assert "1200 files checked" in ran.out


# What cannot be provoked from outside


def test_an_interrupt_ends_with_130_and_leaves_no_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.chdir(folder)
    monkeypatch.setattr("spectrum_cli.workflows.check.Checker.check", interrupted)
    assert run(["check", "-o", "out", "."]) == exits.INTERRUPTED
    assert capsys.readouterr().out == ""
    assert not [path for path in folder.iterdir() if path.suffix == ".part" or path.name == "out"]
