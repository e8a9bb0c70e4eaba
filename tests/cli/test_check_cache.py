"""Kept results save time and change nothing, whatever happens to the program or to the store."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from spectrum_cli.files.results import readable
from tests.cli.command import COMMAND, Ran, environment, spectrum
from tests.workflows.decisions import CLEAN, OVER, commit, many, write

STORE = ".spectrum_cache/results-1.sqlite"


def check(*arguments: str | Path, cwd: Path) -> Ran:
    return spectrum("check", "-f", "concise", *arguments, cwd=cwd)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Return what a run over 2,000 files gives, of one process that keeps nothing."""
    folder = many(tmp_path_factory.mktemp("many") / "p", 2000).parent
    return check("--no-cache", "--jobs", "1", "p", cwd=folder)


def test_a_second_run_gives_the_same_bytes_and_one_process_those_of_two(expected: Ran, tmp_path: Path) -> None:
    many(tmp_path / "p", 2000)
    assert check("--jobs", "2", "p", cwd=tmp_path) == expected
    assert check("--jobs", "1", "p", cwd=tmp_path) == expected
    assert check("--jobs", "2", "p", cwd=tmp_path) == expected
    assert check("--no-cache", "--jobs", "2", "p", cwd=tmp_path) == expected


def test_the_store_lies_beside_the_settings_and_git_and_checks_leave_it_out(tmp_path: Path) -> None:
    write(tmp_path / "p", a=CLEAN)
    (tmp_path / "spectrum.toml").write_text("")
    commit(tmp_path)
    assert check(cwd=tmp_path / "p").code == 0
    assert readable(tmp_path / STORE)
    assert (tmp_path / ".spectrum_cache" / ".gitignore").read_text() == "*\n"
    assert not (tmp_path / "p" / ".spectrum_cache").exists()
    write(tmp_path / ".spectrum_cache", b=OVER)
    assert check(cwd=tmp_path).out == "No findings. 1 file checked.\n"
    assert check("--since", "HEAD", cwd=tmp_path).out == "No file was checked.\n"


def test_no_cache_writes_nothing_and_reads_nothing(tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN)
    assert check("--no-cache", cwd=tmp_path).code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.parametrize("damage", ["garbage", "cut short", "another's", "a folder", "a file in place of the folder"])
def test_a_store_that_cannot_be_used_does_no_harm(damage: str, tmp_path: Path) -> None:
    many(tmp_path / "p", 50)
    first = check("p", cwd=tmp_path)
    store = tmp_path / STORE
    data = store.read_bytes()
    store.unlink()
    if damage == "a folder":
        store.mkdir()
    elif damage == "a file in place of the folder":
        for path in store.parent.iterdir():
            path.unlink()
        store.parent.rmdir()
        store.parent.write_text("mine")
    else:
        store.write_bytes({"garbage": b"\xff" * 9000, "cut short": data[:6000], "another's": b"spectrum"}[damage])
    for _ in range(2):
        assert check("p", cwd=tmp_path) == first
    assert readable(store) is not damage.startswith("a f")


@pytest.mark.parametrize("before", ["nothing", "garbage"])
def test_four_runs_at_once_give_the_same_and_leave_the_store_whole(before: str, expected: Ran, tmp_path: Path) -> None:
    many(tmp_path / "p", 2000)
    if before == "garbage":
        (tmp_path / ".spectrum_cache").mkdir()
        (tmp_path / STORE).write_bytes(b"\xff" * 50_000)
    runs = [
        subprocess.Popen(
            [COMMAND, "check", "-f", "concise", "p"],
            cwd=tmp_path,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for run in runs:
        out, err = run.communicate(timeout=60)
        assert Ran(run.returncode, out, err) == expected
    assert readable(tmp_path / STORE)
    assert check("p", cwd=tmp_path) == expected


def state_and_parent(process: str) -> tuple[str, str]:
    """Return what Linux says of a process: its state and who started it; nothing where it is gone."""
    try:
        state, parent, *_ = Path("/proc", process, "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return "", ""
    return state, parent


def started_by(process: int) -> list[str]:
    found = [path.name for path in Path("/proc").glob("[0-9]*")]
    return [one for one in found if state_and_parent(one)[1] == str(process)]


def running(process: str) -> bool:
    return state_and_parent(process)[0] not in ("", "Z")


@pytest.mark.parametrize("wait", [0.25, 0.5])
def test_a_run_that_is_killed_leaves_a_whole_store_no_output_and_no_workers(
    wait: float, expected: Ran, tmp_path: Path
) -> None:
    many(tmp_path / "p", 2000)
    run = subprocess.Popen(
        [COMMAND, "check", "-f", "json", "-o", "out.json", "--jobs", "2", "p"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    time.sleep(wait)
    workers = started_by(run.pid)
    run.send_signal(signal.SIGKILL)
    run.communicate(timeout=60)
    if (tmp_path / "out.json").exists():  # it was killed too late
        assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["findings"]
    until = time.monotonic() + 10
    while any(map(running, workers)) and time.monotonic() < until:
        time.sleep(0.02)
    assert not [process for process in workers if running(process)]
    assert not (tmp_path / STORE).exists() or readable(tmp_path / STORE)
    assert check("p", cwd=tmp_path) == expected
    assert readable(tmp_path / STORE)


def test_where_nothing_can_be_kept_the_run_goes_on(tmp_path: Path) -> None:
    many(tmp_path / "p", 50)
    first = check("--no-cache", "p", cwd=tmp_path)
    (tmp_path / ".spectrum_cache").symlink_to("/proc/none")
    assert check("p", cwd=tmp_path) == first
    assert os.readlink(tmp_path / ".spectrum_cache") == "/proc/none"
