"""Decisions for the tests of ``spectrum check``, and the folders that they lie in."""

import os
import subprocess
from pathlib import Path

from tests.cli.command import environment

# Nothing is found in this one.
CLEAN = """\
spectrum: 1
title: Where the benches go
openness:
  stage: proposal
  open_to_change: [whether]
  use_of_input: considered
  exchange: responses
  starting_position: leaning
  agenda: system
  fixed: [{what: The number of benches, why: The money is for six}]
dates: {feedback: 2027-05-01}
support: {reasons: met, pros_and_cons: met, scope: met, effect_of_input: met}
plan: {type: consult}
"""
# Only SP301 is found here, an error on line 13.
OVER = CLEAN.replace("plan: {type: consult}", "plan: {type: co-design}")
OVER_PLACE = ":13:14: error SP301 "
# Two things are wrong here, on lines 2 and 3.
BROKEN = "spectrum: 1\nowner: {a: b}\nopenness: {stage: maid}\ntitle: Where the benches go\n"


def write(folder: Path, **files: str) -> Path:
    """Write YAML files, named by keywords, into a folder that is made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def many(folder: Path, number: int) -> Path:
    """Write a number of different files: clean, with a finding, broken, and without a decision."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds = (CLEAN, OVER, CLEAN + "parts: [{id: a, title: A part, plan: {type: engage}}]\n", BROKEN, "other: true\n")
    for item in range(number):
        (folder / f"{item:04}.yaml").write_text(f"# {item}\n{kinds[item % len(kinds)]}", encoding="utf-8")
    return folder


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, with nothing of the settings of whoever runs the tests."""
    return subprocess.run(
        ["git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false", *arguments],
        cwd=folder,
        env=environment(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_SYSTEM=os.devnull),
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def commit(folder: Path, message: str = "Some files") -> None:
    """Commit everything in a folder, which becomes a repository if it is none."""
    if not (folder / ".git").exists():
        git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
