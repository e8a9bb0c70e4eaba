"""Repositories with a past, for the tests of ``spectrum portfolio --history``."""

from collections.abc import Sequence
from pathlib import Path

from spectrum_cli.model.history import Change, DecisionPast, HistoryTotals
from spectrum_cli.workflows.history import HistoryRequest, HistoryRun, carry_out_history, prepare_history
from tests.workflows.decisions import git

TODAY = "2026-11-25"
BENCHES = """\
spectrum: 1
title: Where the benches go
openness:
  stage: options
  open_to_change: [whether, method]
  use_of_input: shapes
  exchange: discussion
  starting_position: open
  agenda: system
dates: {opens: 2026-03-01}
plan: {type: engage}
"""
WIDER = BENCHES.replace("[whether, method]", "[whether, method, priorities]")
NARROWER = BENCHES.replace("stage: options", "stage: proposal").replace("type: engage", "type: consult")
BAD = BENCHES.replace("stage: options", "stage: maid")


def commit_on(folder: Path, day: str, subject: str = "A change", **files: str | None) -> None:
    """Commit files, named by keywords without their end, on a day; None deletes one."""
    if not (folder / ".git").exists():
        folder.mkdir(parents=True, exist_ok=True)
        git(folder, "init", "-q", "-b", "main")
    for name, text in files.items():
        path = folder / f"{name}.yaml"
        if text is None:
            path.unlink()
        else:
            path.write_text(text, encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "--allow-empty", "-m", subject, f"--date={day}T12:00:00+00:00")


def prepared(*paths: str | Path, since: str = "") -> HistoryRun:
    """Return a run over paths that is ready to begin."""
    return prepare_history(HistoryRequest([str(path) for path in paths], TODAY, since))


def told(*paths: str | Path, since: str = "") -> tuple[list[Change], HistoryTotals]:
    """Return all changes below paths, and their sum."""
    changes: list[Change] = []
    totals = carry_out_history(prepared(*paths, since=since), [changes.extend], lambda _done: None)
    return changes, totals


def kinds(changes: Sequence[Change]) -> list[str]:
    """Return for each change its day and what it did, the parts of it with their id."""
    return [f"{item.day} {f'{item.part}: ' if item.part else ''}{' '.join(item.kinds)}" for item in changes]


def past_of(*standings: tuple[str, object]) -> DecisionPast:
    """Return a past without changes that stands as given from day to day."""
    from spectrum_cli.model.history import Dated

    return DecisionPast("a.yaml", len(standings), (), tuple(Dated(day, standing) for day, standing in standings))  # type: ignore[arg-type]
