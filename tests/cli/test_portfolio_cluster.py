"""``spectrum portfolio --cluster`` as a whole command."""

import json
import os
import pty
import signal
import subprocess
import time
from pathlib import Path

import pytest
from pyarrow import parquet

from tests.cli.command import COMMAND, environment, shown_until_the_end, spectrum
from tests.workflows.clustered import generate
from tests.workflows.decisions import BROKEN, CLEAN, OVER, write


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    write(tmp_path / "plans", a=CLEAN, b=OVER, c=BROKEN)
    return tmp_path


def test_a_run_writes_a_folder_says_the_sum_and_nothing_of_what_dask_says(plans: Path) -> None:
    words = ("portfolio", "plans", "--cluster", "local:1", "--fail-on", "over-promise")
    ran = spectrum(*words, "-o", "rows/", cwd=plans)
    alone = spectrum("portfolio", "plans", "-o", "rows.parquet", cwd=plans)
    assert (ran.code, ran.out, ran.err) == (2, alone.out, alone.err)
    assert ran.err.startswith("plans/c.yaml:2:8: SP204 owner is a text, not a mapping of keys\n")
    [part] = (plans / "rows").glob("part-*.parquet")
    assert parquet.read_table(plans / "rows").equals(parquet.read_table(plans / "rows.parquet"))
    assert json.loads((plans / "rows" / "_run.json").read_text(encoding="utf-8"))["finished"] is True

    (plans / "plans" / "c.yaml").unlink()
    again = spectrum(*words, "-o", "rows", "--group-by", "advised", "--columns", "file,verdict", cwd=plans)
    shown = spectrum("portfolio", "plans", "--group-by", "advised", "--columns", "file,verdict", cwd=plans)
    assert (again.code, again.out, again.err) == (1, shown.out, "")
    assert not part.exists()
    found = spectrum(*words, "-o", "rows", cwd=plans)
    assert (found.code, found.err) == (1, "spectrum: 1 part was there already\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--cluster", "local:2"], "give one folder for the Parquet files"),
        (["--cluster", "local:2", "-o", "a", "-o", "b"], "give one folder for the Parquet files"),
        (["--cluster", "local:2", "-o", "rows.parquet"], "a folder of Parquet files, not one file"),
        (["--cluster", "local:2", "-o", "rows", "-j", "2"], "the cluster says how many processes"),
        (["--cluster", "many", "-o", "rows"], "or a scheduler's address such as tcp://10.0.0.5:8786, not 'many'"),
        (["--cluster", "local:2", "-o", "plans/a.yaml"], "plans/a.yaml is no folder"),
        (["--cluster", "local:2", "-o", "plans"], "plans holds other files"),
        (["--cluster", "local:2", "--history"], "this does not go with --history"),
    ],
)
def test_what_does_not_go_together_is_said_at_once(plans: Path, words: list[str], told: str) -> None:
    ran = spectrum("portfolio", "plans", *words, cwd=plans, COLUMNS="200")
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert "Traceback" not in ran.err
    assert not (plans / "rows").exists()


def test_another_run_in_the_folder_is_refused_unless_forced(plans: Path) -> None:
    (plans / "rows").mkdir()
    told = {"identity": "x", "today": "2026-01-01", "rule_base": "uk", "rule_base_version": "9", "finished": True}
    (plans / "rows" / "_run.json").write_text(json.dumps(told), encoding="utf-8")
    ran = spectrum("portfolio", "plans/a.yaml", "--cluster", "local:1", "-o", "rows", cwd=plans)
    assert ran == (
        2,
        "",
        "spectrum: rows holds a finished run, of 2026-01-01 with the rules uk 9; give a new folder, or --force to "
        "replace its parts\n",
    )
    ran = spectrum("portfolio", "plans/a.yaml", "--cluster", "local:1", "-o", "rows", "--force", cwd=plans)
    assert (ran.code, ran.err) == (0, "")


def interrupted(folder: Path, words: list[str | Path], when: str) -> tuple[int, bytes]:
    """Run at a terminal and press Ctrl-C as soon as there is such a file. Returns the status and what was shown."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.execve(COMMAND, [COMMAND, *words], environment(TERM="xterm-256color"))
    deadline = time.monotonic() + 60
    while not list(folder.glob(when)) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.write(terminal, b"\x03")
    shown = shown_until_the_end(terminal)
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status), shown


def test_ctrl_c_leaves_whole_parts_and_says_how_to_go_on(tmp_path: Path) -> None:
    generate(tmp_path / "in", 12_000)
    words: list[str | Path] = ["portfolio", "in/files", "in/b.jsonl", "--cluster", "local:1", "-o", "rows"]
    status, shown = interrupted(tmp_path, words, "rows/part-*")
    assert status == 130
    assert b"what is written stays; the same command goes on from there" in shown
    assert b"reading" in shown
    assert b"Traceback" not in shown
    parts = list((tmp_path / "rows").glob("part-*.parquet"))
    assert all(parquet.read_table(part).num_rows for part in parts)
    assert {entry.name for entry in (tmp_path / "rows").iterdir()} == {"_run.json", *(part.name for part in parts)}
    ran = spectrum(*words, cwd=tmp_path)
    assert f"spectrum: {len(parts)} part" in ran.err
    alone = spectrum(*words[:3], "-o", "rows.parquet", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, alone.out)
    assert parquet.read_table(tmp_path / "rows").equals(parquet.read_table(tmp_path / "rows.parquet"))


def test_ctrl_c_while_the_workers_start_is_as_quiet(plans: Path) -> None:
    words: list[str | Path] = ["portfolio", "plans", "--cluster", "local:2", "-o", "rows"]
    status, shown = interrupted(plans, words, "rows/_run.json")
    assert status == 130
    lines = shown.decode("utf-8").replace("^C", "").split("\r\n")
    assert [line for line in lines if line] == ["spectrum: what is written stays; the same command goes on from there"]


def test_the_workers_end_with_a_run_that_is_killed(tmp_path: Path) -> None:
    generate(tmp_path / "in", 12_000)
    command = [COMMAND, "portfolio", "in/files", "--cluster", "local:1", "-o", "rows"]
    marked = environment(SPECTRUM_TEST_RUN=str(tmp_path))
    process = subprocess.Popen(command, cwd=tmp_path, env=marked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not list((tmp_path / "rows").glob("part-*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(_marked(tmp_path)) > 1
    process.send_signal(signal.SIGKILL)
    process.wait()
    while _marked(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _marked(tmp_path)


def _marked(folder: Path) -> list[int]:
    """Return the processes that were started, at any remove, with a mark in their environment."""
    import psutil

    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("SPECTRUM_TEST_RUN") == str(folder):
                found.append(process.pid)
        except psutil.Error:
            continue
    return found
