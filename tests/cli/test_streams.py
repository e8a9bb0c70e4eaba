"""Standard input, output and error, whatever stands at their other ends."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from spectrum_cli.cli import exits
from tests.cli.command import BROKEN, COMMAND, PLAN, environment, spectrum

FORMATS = ["text", "json", "markdown", "html", "svg"]


# Standard input


def test_stdin_dash_is_read_and_called_stdin() -> None:
    ran = spectrum("advise", "--format", "json", "-", stdin=PLAN.encode())
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["file"] == "<stdin>"


def test_stdin_dash_with_a_fault_names_line_and_column() -> None:
    ran = spectrum("advise", "-", stdin=BROKEN.encode())
    assert ran.code == 2
    assert ran.err.startswith("<stdin>:3:19: SP202 ")


@pytest.mark.parametrize("data", [b"", b"\n", b"# nothing\n"])
def test_stdin_dash_with_nothing_in_it_ends_with_2(data: bytes) -> None:
    ran = spectrum("advise", "-", stdin=data)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("<stdin>: SP105 the file is empty")


def test_stdin_dash_where_standard_input_is_closed_ends_with_2_and_a_sentence() -> None:
    done = subprocess.run(
        ["sh", "-c", 'exec "$0" advise - <&-', COMMAND], env=environment(), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("<stdin>: SP101 there is no standard input\n")


# Standard output


@pytest.mark.parametrize("format", FORMATS)
def test_broken_pipe_ends_quietly_with_141(format: str, plan: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed_pipe:
        ran = spectrum("advise", "--format", format, plan, stdout=closed_pipe)
    assert (ran.code, ran.err) == (exits.PIPE_CLOSED, "")


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["about"], ["schema"], ["rules", "list"]])
def test_broken_pipe_is_no_trouble_for_any_command(arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed_pipe:
        ran = spectrum(*arguments, stdout=closed_pipe, PYTHONUNBUFFERED="1")
    assert (ran.code, ran.err) == (exits.PIPE_CLOSED, "")


def test_broken_pipe_after_the_first_line_ends_quietly(plan: Path) -> None:
    script = '"$0" advise "$1" "$1" "$1" "$1" | head -1'
    done = subprocess.run(
        ["bash", "-c", script, COMMAND, plan], env=environment(), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1


@pytest.mark.parametrize("format", FORMATS)
def test_disk_full_ends_with_2_and_one_line(format: str, plan: Path) -> None:
    with open("/dev/full", "wb") as full:
        ran = spectrum("advise", "--format", format, plan, stdout=full)
    assert ran.code == 2
    assert ran.err == "spectrum: the output could not be written: no space left on device\n"


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["about"], ["schema"], ["completion", "bash"]])
def test_disk_full_is_noticed_by_every_command(arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        ran = spectrum(*arguments, stdout=full)
    assert ran.code == 2
    assert ran.err == "spectrum: the output could not be written: no space left on device\n"


def test_disk_full_for_standard_error_does_not_change_the_code(broken: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run([COMMAND, "advise", broken], env=environment(), stderr=full, check=False)
    assert done.returncode == 2


# JSON


@pytest.mark.parametrize(
    "content", [BROKEN, "", "- a\n", "title: [\n", "\x00", "spectrum: 1\ntitle: a\n" + "x" * 1_100_000]
)
def test_json_on_failure_is_one_valid_object_for_a_broken_file(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(content)
    ran = spectrum("advise", "--format", "json", "a.yaml", cwd=tmp_path)
    found = json.loads(ran.out)
    assert ran.code == 2
    assert (found["file"], found["type"]) == ("a.yaml", None)
    assert found["diagnostics"][0]["code"].startswith("SP")
    assert found["diagnostics"][0]["code"] in ran.err


@pytest.mark.parametrize("path", ["none.yaml", ".", "none/a.yaml"])
def test_json_on_failure_is_one_valid_object_for_a_missing_file_and_a_folder(path: str, tmp_path: Path) -> None:
    ran = spectrum("advise", "--format", "json", path, cwd=tmp_path)
    assert ran.code == 2
    assert json.loads(ran.out)["diagnostics"][0]["code"] == "SP101"


def test_json_is_one_object_a_line_a_file_and_nothing_else(plan: Path, broken: Path) -> None:
    ran = spectrum("advise", "--format", "json", plan, broken, plan)
    assert ran.code == 2
    assert [json.loads(line)["file"] for line in ran.out.splitlines()] == [str(plan), str(broken), str(plan)]


@pytest.mark.parametrize("value", [".nan", ".inf", "1.0e+999", "9" * 5000])
def test_json_never_holds_what_json_does_not_know(value: str) -> None:
    text = f"spectrum: 1\ntitle: {value}\nowner: {value}\n"
    ran = spectrum("advise", "--format", "json", "-", stdin=text.encode())

    def refuse(word: str) -> None:
        raise AssertionError(word)

    assert json.loads(ran.out, parse_constant=refuse)["title"] == value


# Files


def unreadable(folder: Path) -> Path:
    """Return a file that cannot be opened: forbidden, or, as nothing is forbidden to root, a link to itself."""
    path = folder / "locked.yaml"
    path.write_text(PLAN)
    path.chmod(0)
    if os.access(path, os.R_OK):
        path.unlink()
        path.symlink_to(path.name)
    return path


def test_an_unreadable_file_ends_with_2_and_a_sentence(tmp_path: Path) -> None:
    path = unreadable(tmp_path)
    ran = spectrum("advise", path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"{path}: SP101 this ")
    assert "hint: " in ran.err


def test_a_folder_ends_with_2_and_what_to_give_instead(tmp_path: Path) -> None:
    ran = spectrum("advise", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"{tmp_path}: SP101 this is a folder, not a file\n")


def test_one_broken_file_of_several_ends_with_2_and_the_others_are_shown(plan: Path, broken: Path) -> None:
    other = plan.with_name("other.yaml")
    other.write_text(PLAN.replace("benches", "trees"))
    ran = spectrum("advise", "--quiet", plan, broken, "none.yaml", other)
    assert ran.code == 2
    assert [line.split(":")[0] for line in ran.out.splitlines()] == [str(plan), str(other)]
    assert f"{broken}:3:19: SP202" in ran.err
    assert "none.yaml: SP101 there is no such file" in ran.err


@pytest.mark.parametrize("pattern", ["plans/*.yaml", "plans/**/*.yaml", "plans/?.yaml", "plans/[ab].yaml"])
def test_windows_glob_a_quoted_pattern_is_expanded_in_a_stable_order(pattern: str, tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    for name in ("b.yaml", "a.yaml"):
        (tmp_path / "plans" / name).write_text(PLAN)
    ran = spectrum("advise", "--format", "json", pattern, cwd=tmp_path)
    assert ran.code == 0
    assert [json.loads(line)["file"] for line in ran.out.splitlines()] == ["plans/a.yaml", "plans/b.yaml"]


def test_windows_glob_a_pattern_that_fits_nothing_is_no_success(tmp_path: Path) -> None:
    ran = spectrum("advise", "plans/*.yaml", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("plans/*.yaml: SP101 there is no such file\n")


def test_windows_glob_a_file_whose_own_name_is_a_pattern_is_taken_as_it_is(tmp_path: Path) -> None:
    for name in ("[ab].yaml", "a.yaml"):
        (tmp_path / name).write_text(PLAN)
    ran = spectrum("advise", "--format", "json", "[ab].yaml", cwd=tmp_path)
    assert json.loads(ran.out)["file"] == "[ab].yaml"


@pytest.mark.parametrize(
    "name",
    [
        "two words.yaml",
        "two\nlines.yaml",
        "-dash.yaml",
        "--help.yaml",
        "[bold]a[red].yaml",
        "100%s.yaml",
        "{x}.yaml",
        "a;b&c'd\".yaml",
        "é👩‍🦽.yaml",
        ":house:.yaml",
        "\x1b[2J.yaml",
        "#1.yaml",
    ],
)
def test_a_file_may_have_any_name_and_the_name_comes_out_whole(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(PLAN)
    assert json.loads(spectrum("advise", "-f", "json", "--", name, cwd=tmp_path).out)["file"] == name
    path.write_text(BROKEN)
    ran = spectrum("advise", "--", name, cwd=tmp_path)
    shown = name.replace("\n", "[U+000A]").replace("\x1b", "[U+001B]")
    assert (ran.code, ran.err.split("\n")[0]) == (2, f"{shown}:3:19: SP202 unknown answer 'maid' for stage")


@pytest.mark.parametrize("name", ["two words.yaml", *(name for name in ("two\nlines.yaml", "\x1b[2J.yaml"))])
def test_quiet_is_one_line_a_file_whatever_its_name(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(PLAN)
    ran = spectrum("advise", "--quiet", name, cwd=tmp_path)
    assert (ran.code, ran.out.count("\n")) == (0, 1)
    assert "\x1b" not in ran.out


def test_non_utf8_file_name_is_shown_with_a_replacement_character(tmp_path: Path) -> None:
    path = bytes(tmp_path) + b"/caf\xe9.yaml"
    Path(os.fsdecode(path)).write_text(PLAN)
    ran = spectrum("advise", "--format", "json", path)
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["file"] == f"{tmp_path}/caf\ufffd.yaml"
    Path(os.fsdecode(path)).write_text(BROKEN)
    ran = spectrum("advise", path)
    assert (ran.code, ran.err.split(":")[0]) == (2, f"{tmp_path}/caf\ufffd.yaml")


def test_wrap_at_80_when_piped_a_path_is_never_broken(tmp_path: Path) -> None:
    folder = tmp_path / ("a-folder-with-a-long-name/" * 6)
    folder.mkdir(parents=True)
    (folder / "plan.yaml").write_text(BROKEN)
    for columns in ("20", "80", ""):
        ran = spectrum("advise", folder / "plan.yaml", COLUMNS=columns)
        assert ran.err.startswith(f"{folder / 'plan.yaml'}:3:19: SP202 ")


# Parts


def test_a_part_that_is_not_there_ends_with_2_and_names_those_that_are(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(PLAN + "parts: [{id: site, title: a}, {id: bus, title: b}]\n")
    ran = spectrum("advise", "--part", "train", "a.yaml", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "a.yaml: there is no part 'train'. Its parts are: site, bus.\n"
    found = spectrum("advise", "--part", "bus", "a.yaml", cwd=tmp_path)
    assert (found.code, found.err) == (0, "")


def test_a_part_of_a_file_without_parts_ends_with_2(plan: Path) -> None:
    ran = spectrum("advise", "--part", "a", plan)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith("there is no part 'a'. It has no parts.\n")
