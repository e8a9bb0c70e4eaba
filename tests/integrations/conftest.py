"""A copy of the project as others would get it, and a folder of files to check."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BRIDGE = """\
spectrum: 1
title: A new bridge
openness:
  stage: proposal
  open_to_change: [whether]
  use_of_input: considered
  exchange: responses
  starting_position: open
  agenda: system
dates: {feedback: 2030-01-01}
plan: {type: co-design}
"""
OVER_PROMISE_LINE = 11
WARD = """\
spectrum: 1
title: A calmer ward
openness:
  stage: aim
  open_to_change: [method]
  use_of_input: shapes
  exchange: joint-work
  starting_position: open
  agenda: invited
  fixed: [The money]
dates: {feedback: 2030-01-01}
"""
COMPOSE = "services:\n  spectrum:\n    image: spectrum\n    environment: {openness: 3}\n"
NOTES = "# Notes\n\nA decision file begins so:\n\n```yaml\nspectrum: 1\n```\n"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def run(tmp_path_factory) -> Run:
    """Run a command with a home of its own, and without what pytest or a git hook left in the environment."""
    home = tmp_path_factory.mktemp("home")
    left_out = ("PYTHONPATH", "VIRTUAL_ENV", "COLUMNS", "FORCE_COLOR")
    clean = {key: value for key, value in os.environ.items() if key not in left_out and not key.startswith("GIT")}
    who = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for role in ("AUTHOR", "COMMITTER"):
        who |= {f"GIT_{role}_NAME": "A tester", f"GIT_{role}_EMAIL": "tester@example.org"}

    def run(*command: object, cwd: Path, env: Mapping[str, object] | None = None, **options: object) -> object:
        return subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env={**clean, "HOME": str(home), **who, **{key: str(value) for key, value in (env or {}).items()}},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            **options,
        )

    return run


@pytest.fixture(scope="session")
def copied(tmp_path_factory) -> Path:
    """What of the project is needed to install it, in a folder of its own."""
    folder = tmp_path_factory.mktemp("tool") / "spectrum"
    folder.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE", ".pre-commit-hooks.yaml", "action.yml"):
        shutil.copy(ROOT / name, folder)
    for name in ("src", "rules"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture(scope="session")
def wheel(run, copied, tmp_path_factory) -> Path:
    """The wheel that a team may keep in its project."""
    out = tmp_path_factory.mktemp("dist")
    done = run(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", out, copied, cwd=out)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture
def proposals(tmp_path) -> Path:
    """A team's folder: one over-promise, one clean decision, and files of other kinds."""
    folder = tmp_path / "team"
    (folder / "plans").mkdir(parents=True)
    for name, text in {
        "plans/bridge.yaml": BRIDGE,
        "plans/ward.yaml": WARD,
        "compose.yaml": COMPOSE,
        "notes.md": NOTES,
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
