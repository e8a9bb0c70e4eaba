"""``spectrum portfolio --history`` as a whole command."""

import csv
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from spectrum_cli.model.history import HISTORY_NAMES
from tests.cli.command import Ran, environment, spectrum, spectrum_on_terminal
from tests.workflows.decisions import git
from tests.workflows.pasts import BENCHES, NARROWER, WIDER, commit_on

QUIET = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


@pytest.fixture
def council(tmp_path: Path) -> Path:
    folder = tmp_path / "council"
    commit_on(folder, "2026-01-10", "Begin", benches=BENCHES)
    commit_on(folder, "2026-02-10", "=cmd|' /C calc'!A0", benches=WIDER)
    commit_on(folder, "2026-04-10", "Offer less", benches=NARROWER)
    return folder


def history(folder: Path, *arguments: str, **variables: str) -> Ran:
    return spectrum("portfolio", *arguments, "--history", cwd=folder, **QUIET, **variables)


def test_the_past_is_told_and_narrowing_fails_only_where_that_is_asked_for(council: Path) -> None:
    ran = history(council)
    assert (ran.code, ran.err) == (0, "")
    assert "narrowed after participation opened on 2026-03-01: the stage went from options to proposal" in ran.out
    assert "1 decision in 3 texts.\n1 widened, 1 narrowed (1 after participation had opened)" in ran.out
    assert "Spectrum of Participation © peoplehub, used with acknowledgement." in ran.out
    assert history(council, "--fail-on", "narrowed").code == 1
    assert history(council, "--fail-on", "narrowed", "--since", "HEAD").code == 0


def test_a_terminal_shows_colour_and_a_pipe_does_not(council: Path) -> None:
    ran = spectrum_on_terminal("portfolio", council, "--history", COLUMNS="60", **QUIET)
    assert ran.code == 0
    assert "\x1b[1;33mnarrowed" in ran.out
    assert "\x1b" not in history(council).out


def test_files_hold_every_change_with_cells_that_are_no_formulas(council: Path) -> None:
    ran = history(council, "-o", "all.csv", "-o", "all.jsonl")
    assert ran.code == 0
    assert "Offer less" not in ran.out
    with (council / "all.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    lines = [json.loads(line) for line in (council / "all.jsonl").read_text(encoding="utf-8").splitlines()]
    assert tuple(rows[0]) == tuple(lines[0]) == HISTORY_NAMES
    assert [row["subject"] for row in rows] == ["Begin", "'=cmd|' /C calc'!A0", "Offer less"]
    assert lines[1]["subject"] == "=cmd|' /C calc'!A0"
    assert rows[2]["kinds"] == "narrowed;narrowed-after-opening;planned;advised"
    assert lines[2]["kinds"] == ["narrowed", "narrowed-after-opening", "planned", "advised"]
    assert (rows[0]["planned_before"], lines[0]["planned_before"]) == ("", None)
    assert {row["rule_base"] for row in rows} == {"practice"}
    again = history(council, "-o", "all.csv")
    assert (again.code, again.err) == (
        2,
        "spectrum: all.csv exists already and was left as it is; --force replaces it\n",
    )
    before = (council / "all.csv").read_bytes()
    assert history(council, "-o", "all.csv", "--force").code == 0
    assert (council / "all.csv").read_bytes() == before


def test_what_cannot_be_done_is_said_in_a_sentence(council: Path, tmp_path: Path) -> None:
    ran = history(tmp_path)
    assert ran.code == 2
    assert ran.err.startswith("spectrum: the history cannot be read: not a git repository")
    assert ran.err.count("\n") == 1
    (council / "empty").mkdir()
    ran = history(council, "empty")
    assert (ran.code, ran.err) == (2, "spectrum: there is no decision in the history of these paths\n")
    ran = history(council, "nowhere.yaml")
    assert (ran.code, ran.err) == (2, "spectrum: the history cannot be read: git knows nothing of nowhere.yaml\n")
    ran = history(council, PATH=str(tmp_path))
    assert (ran.code, ran.err) == (2, "spectrum: the history cannot be read: git is not installed\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--history", "--sort", "title"), "this does not go with --history"),
        (("--history", "--group-by", "owner"), "this does not go with --history"),
        (("--history", "--fail-on", "gap"), "with --history there is only narrowed"),
        (("--history", "-o", "all.sqlite"), "with --history the name must end in one of .csv"),
        (("--history", "plans.csv"), "has no history that can be read"),
        (("--history", "s3://bucket/plans"), "has no history that can be read"),
        (("--since", "2026-01-01"), "this goes with --history"),
        (("--fail-on", "narrowed"), "narrowed goes with --history"),
    ],
)
def test_options_that_tell_nothing_together_are_refused(council: Path, arguments: tuple[str, ...], told: str) -> None:
    (council / "plans.csv").write_text("title\nBenches\n", encoding="utf-8")
    ran = spectrum("portfolio", *arguments, cwd=council, COLUMNS="200", **QUIET)
    assert ran.code == 2
    assert told in ran.err
    assert "Traceback" not in ran.err


def _two_hundred_commits(folder: Path) -> None:
    """Make a repository in which each commit writes one of four files anew."""
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    stream = []
    for number in range(200):
        text = (WIDER if number // 4 % 2 else BENCHES) + f"# {number}\n"
        stream.append(
            f"commit refs/heads/main\nauthor T <t@example.org> {1767225600 + number * 86400} +0000\n"
            f"committer T <t@example.org> {1767225600 + number * 86400} +0000\n"
            f"data 6\nChange\nM 644 inline plans/{number % 4}.yaml\ndata {len(text)}\n{text}\n"
        )
    subprocess.run(
        ["git", "fast-import", "--quiet"],
        cwd=folder,
        env=environment(**QUIET),
        input="".join(stream).encode(),
        check=True,
    )


def test_two_hundred_commits_are_read_with_a_few_processes_of_git(tmp_path: Path) -> None:
    folder, programs, calls = tmp_path / "council", tmp_path / "programs", tmp_path / "calls"
    _two_hundred_commits(folder)
    programs.mkdir()
    counting = programs / "git"
    counting.write_text(f'#!/bin/sh\necho "$*" >> "{calls}"\nexec "{shutil.which("git")}" "$@"\n', encoding="utf-8")
    counting.chmod(0o755)
    ran = history(folder, "--limit", "0", PATH=f"{programs}{os.pathsep}{os.environ['PATH']}")
    assert ran.code == 0
    assert "4 decisions in 200 texts." in ran.out
    told = calls.read_text(encoding="utf-8").splitlines()
    assert len(told) == 3, told
    assert sum("cat-file --batch" in call for call in told) == 1
