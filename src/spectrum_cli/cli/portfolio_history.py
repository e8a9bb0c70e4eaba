"""``spectrum portfolio --history``: what became of many decisions over time."""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from spectrum_cli.cli import exits
from spectrum_cli.cli.output import new_page, show_diagnostics, show_page, write_error
from spectrum_cli.cli.progress import progress
from spectrum_cli.files.git import NoHistory
from spectrum_cli.files.remote import is_url
from spectrum_cli.files.settings import BadSettings
from spectrum_cli.files.tables import is_table
from spectrum_cli.files.writing import CannotWrite, shown
from spectrum_cli.model.history import ChangeKind
from spectrum_cli.render.history import Timeline, render_history
from spectrum_cli.render.words import rules_line
from spectrum_cli.workflows.history import HistoryRequest, carry_out_history, prepare_history

if TYPE_CHECKING:
    from spectrum_cli.model.history import HistoryTotals
    from spectrum_cli.workflows.history import HistoryRun

# What writes a file of changes, by the end of its name, in the manner of the portfolio's own outputs.
HISTORY_OUTPUTS = {
    ".csv": "spectrum_cli.files.history_writers:csv_changes",
    ".jsonl": "spectrum_cli.files.history_writers:json_lines_changes",
    ".ndjson": "spectrum_cli.files.history_writers:json_lines_changes",
}


def show_history(
    paths: Sequence[str],
    *,
    since: str,
    limit: int,
    output: Sequence[str],
    force: bool,
    fail_on_narrowed: bool,
    rules: str,
    config: str,
) -> int:
    """Show what became of decisions, write the files, and return the exit status."""
    for path in paths:
        if is_url(path) or is_table(path):
            raise typer.BadParameter(
                f"'{path}' has no history that can be read; give files and folders of a git repository",
                param_hint="PATHS",
            )
    for file in output:
        _check_output(file, force=force)
    request = HistoryRequest(paths=paths, today=date.today().isoformat(), since=since, rules=rules, config=config)
    try:
        run = prepare_history(request)
        totals = _show(run, 0 if output else limit, output, force=force)
    except BadSettings as error:
        show_diagnostics(error.diagnostics)
        return exits.COULD_NOT_RUN
    except NoHistory as error:
        write_error(f"spectrum: the history cannot be read: {error}\n")
        return exits.COULD_NOT_RUN
    if not totals.decisions:
        write_error("spectrum: there is no decision in the history of these paths\n")
        return exits.COULD_NOT_RUN
    narrowed = totals.kinds[ChangeKind.NARROWED_AFTER_OPENING]
    return exits.FINDINGS if fail_on_narrowed and narrowed else exits.CLEAN


def _check_output(file: str, *, force: bool) -> None:
    if Path(file).suffix.lower() not in HISTORY_OUTPUTS:
        known = ", ".join(HISTORY_OUTPUTS)
        raise typer.BadParameter(
            f"with --history the name must end in one of {known}, not '{file}'", param_hint="--output"
        )
    if not force and Path(file).exists():
        raise CannotWrite(f"{shown(Path(file))} exists already and was left as it is; --force replaces it")


def _show(run: "HistoryRun", limit: int, files: Sequence[str], *, force: bool) -> "HistoryTotals":
    timeline = Timeline(limit=limit)
    with ExitStack() as stack:
        takers = [timeline.take]
        for file in files:
            module, _, name = HISTORY_OUTPUTS[Path(file).suffix.lower()].partition(":")
            writer = getattr(import_module(module), name)
            takers.append(stack.enter_context(writer(Path(file), run.info, replace=force)))
        step = stack.enter_context(progress("reading", run.versions))
        totals = carry_out_history(run, takers, step)
    if totals.decisions:
        page = new_page()
        foot = (
            f"{rules_line(run.rules)}, today's for all texts, whatever rules held when they were written.",
            f"{run.acknowledgement}.",
        )
        render_history(timeline, totals, totals.quarters(run.since), run.beginnings, foot, page)
        show_page(page)
    return totals
