"""``spectrum portfolio``."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spectrum_cli.cli import exits
from spectrum_cli.cli.options import ForceOption, RulesOption

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from spectrum_cli.model.portfolio import Row, Totals
    from spectrum_cli.workflows.portfolio_run import PortfolioRun

    OutputWriter = Callable[..., AbstractContextManager[Callable[[Sequence[Row]], None]]]

# What writes a file, by the end of its name, as a module and a function in it. Each function takes the path, what
# all rows have in common, and whether to replace a file, and is a context that gives a function for batches of rows.
OUTPUTS = {
    ".html": "spectrum_cli.workflows.dashboard:dashboard_file",
    ".csv": "spectrum_cli.files.row_writers:csv_file",
    ".jsonl": "spectrum_cli.files.row_writers:json_lines_file",
    ".ndjson": "spectrum_cli.files.row_writers:json_lines_file",
    ".parquet": "spectrum_cli.files.row_writers:parquet_file",
    ".sqlite": "spectrum_cli.files.row_writers:sqlite_file",
    ".db": "spectrum_cli.files.row_writers:sqlite_file",
}
FAULTS_SHOWN = 50


def output_writer(suffix: str) -> "OutputWriter":
    """Return what writes the files whose names end so."""
    from importlib import import_module

    module, _, name = OUTPUTS[suffix].partition(":")
    writer: OutputWriter = getattr(import_module(module), name)
    return writer


class GroupBy(StrEnum):
    """What rows are put together by."""

    owner = "owner"
    place = "place"
    planned = "planned"
    advised = "advised"


class FailOn(StrEnum):
    """What makes the exit status 1."""

    over_promise = "over-promise"
    not_ready = "not-ready"
    gap = "gap"
    narrowed = "narrowed"


def portfolio(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATHS]...", help="Files, folders, patterns, tables (CSV, JSON Lines, Parquet), URLs."),
    ] = None,
    sort: Annotated[
        str, typer.Option("--sort", metavar="COLUMN", help="Sort by a column; -COLUMN sorts the other way round.")
    ] = "",
    group_by: Annotated[GroupBy | None, typer.Option("--group-by", help="Put rows together, with a sum each.")] = None,
    columns: Annotated[
        list[str] | None, typer.Option("--columns", metavar="NAMES", help="Columns to show, parted by commas.")
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="Show at most so many rows; 0 shows only the sums.")
    ] = 1000,
    output: Annotated[
        list[str] | None,
        typer.Option("--output", "-o", metavar="FILE", help=f"Write all rows: {' '.join(OUTPUTS)}. Can be repeated."),
    ] = None,
    force: ForceOption = False,
    fail_on: Annotated[
        list[FailOn] | None, typer.Option("--fail-on", help="Exit status 1 where there is one. Can be repeated.")
    ] = None,
    ignore_columns: Annotated[
        list[str] | None, typer.Option("--ignore-columns", metavar="NAMES", help="Columns of tables to leave alone.")
    ] = None,
    history: Annotated[
        bool, typer.Option("--history", help="Show how offers widened or narrowed over time, by commits of git.")
    ] = False,
    since: Annotated[
        str, typer.Option("--since", metavar="DAY_OR_REV", help="With --history: only what was committed since.")
    ] = "",
    rules: RulesOption = "",
    config: Annotated[str, typer.Option("--config", metavar="FILE", help="Settings, instead of those found.")] = "",
    jobs: Annotated[int, typer.Option("--jobs", "-j", metavar="N", min=0, help="Processes; 0 is as fits.")] = 0,
    cluster: Annotated[
        str,
        typer.Option(
            "--cluster", metavar="ADDRESS", help="Run on Dask: tcp://HOST:PORT or local:N. Writes a folder: -o FOLDER/."
        ),
    ] = "",
) -> None:
    """Show many decisions at once, and write them as a table.

    Example: spectrum portfolio examples/ --group-by owner
    """
    from datetime import date

    _only_with_history(history, since, fail_on or ())
    if history:
        from spectrum_cli.cli.portfolio_history import show_history

        of_table: dict[str, object] = {
            "--sort": sort,
            "--group-by": group_by,
            "--columns": columns,
            "--cluster": cluster,
        }
        _not_with_history(of_table, ignore_columns, jobs)
        status = show_history(
            paths or (),
            since=since,
            limit=limit,
            output=output or (),
            force=force,
            fail_on_narrowed=bool(fail_on),
            rules=rules,
            config=config,
        )
        raise typer.Exit(status)

    from spectrum_cli.cli.output import write_error
    from spectrum_cli.files.extras import MissingExtra
    from spectrum_cli.files.settings import BadSettings
    from spectrum_cli.workflows.portfolio_run import PortfolioRequest, prepare_portfolio

    _known_column(sort.removeprefix("-"), "--sort")
    shown = _names(columns)
    for name in shown:
        _known_column(name, "--columns")
    if cluster:
        from spectrum_cli.cli.portfolio_cluster import check_words

        check_words(cluster, output or (), jobs)
    files = [_output(file, force=force) for file in output or ()] if not cluster else []
    request = PortfolioRequest(
        paths=paths or (),
        today=date.today().isoformat(),
        rules=rules,
        config=config,
        ignore_columns=_names(ignore_columns),
        processes=jobs,
    )
    try:
        run = prepare_portfolio(request)
        for file in files:
            if run.reads(file):
                raise typer.BadParameter("this is a file that is read; give another", param_hint="--output")
        if cluster:
            from spectrum_cli.cli.portfolio_cluster import show_on_cluster
            from spectrum_cli.render.portfolio_table import Listing

            listing = Listing(sort=sort, group=group_by.value if group_by else "", limit=limit if shown else 0)
            folder = Path((output or [""])[0])
            totals = show_on_cluster(run, request.paths, cluster, folder, listing, shown, _Faults(), force=force)
        else:
            totals = _show(run, sort, group_by.value if group_by else "", shown, limit, files, force=force)
    except BadSettings as error:
        from spectrum_cli.cli.output import show_diagnostics

        show_diagnostics(error.diagnostics)
        raise typer.Exit(exits.COULD_NOT_RUN) from None
    except MissingExtra as error:
        write_error(f"spectrum: {error}\n")
        raise typer.Exit(exits.COULD_NOT_RUN) from None
    status = _status(totals, fail_on or ())
    if status:
        raise typer.Exit(status)


def _only_with_history(history: bool, since: str, fail_on: "Sequence[FailOn]") -> None:
    """Refuse what only tells something together with ``--history``, and what tells nothing there."""
    if since and not history:
        raise typer.BadParameter("this goes with --history", param_hint="--since")
    for kind in fail_on:
        if (kind is FailOn.narrowed) != history:
            told = "with --history there is only narrowed" if history else "narrowed goes with --history"
            raise typer.BadParameter(told, param_hint="--fail-on")


def _not_with_history(table: dict[str, object], ignore_columns: list[str] | None, jobs: int) -> None:
    for name, value in {**table, "--ignore-columns": ignore_columns, "--jobs": jobs}.items():
        if value:
            raise typer.BadParameter("this does not go with --history", param_hint=name)


def _names(given: list[str] | None) -> tuple[str, ...]:
    return tuple(name for text in given or () for part in text.split(",") if (name := part.strip()))


def _known_column(name: str, option: str) -> None:
    if not name:
        return
    from spectrum_cli.model.portfolio import NAMES

    if name not in NAMES:
        import difflib

        near = difflib.get_close_matches(name, NAMES, 1, 0.5)
        meant = f"; did you mean '{near[0]}'?" if near else f"; there are: {', '.join(NAMES)}"
        raise typer.BadParameter(f"there is no column '{name}'{meant}", param_hint=option)


def _output(file: str, *, force: bool) -> str:
    """Return the name of a file to write; refuse one that nobody writes or that must not be replaced."""
    suffix = Path(file).suffix.lower()
    if suffix not in OUTPUTS:
        known = ", ".join(OUTPUTS)
        raise typer.BadParameter(f"the name must end in one of {known}, not '{file}'", param_hint="--output")
    if not force and Path(file).exists():
        from spectrum_cli.files.writing import CannotWrite, shown

        raise CannotWrite(f"{shown(Path(file))} exists already and was left as it is; --force replaces it")
    return file


def _show(
    run: "PortfolioRun",
    sort: str,
    group: str,
    columns: tuple[str, ...],
    limit: int,
    files: list[str],
    *,
    force: bool,
) -> "Totals":
    """Carry out a run: write the files, then the table, or with files only the sum."""
    from contextlib import ExitStack

    from spectrum_cli.cli.output import new_page, show_page
    from spectrum_cli.cli.progress import progress
    from spectrum_cli.render.portfolio_table import Listing, render_portfolio
    from spectrum_cli.workflows.portfolio_run import carry_out
    from spectrum_cli.workflows.processes import collect_seldom

    listing = Listing(sort=sort, group=group, limit=0 if files and not columns else limit)
    faults = _Faults()
    collect_seldom()
    with ExitStack() as stack:
        takers: list[Callable[[Sequence[Row]], object]] = [listing.take, faults.take]
        for file in files:
            writer = output_writer(Path(file).suffix.lower())
            takers.append(stack.enter_context(writer(Path(file), run.info, replace=force)))
        step = stack.enter_context(progress("reading", run.files))
        totals = carry_out(run, [*takers, lambda rows: step(sum(not row.part_number for row in rows))])
    faults.show()
    page = new_page()
    render_portfolio(listing, totals, columns, _foot(run), page)
    show_page(page)
    return totals


def _foot(run: "PortfolioRun") -> tuple[str, ...]:
    from spectrum_cli.render.words import rules_line

    return f"{rules_line(run.rules)}.", f"{run.acknowledgement}."


class _Faults:
    """Keeps the first faults and counts the others."""

    def __init__(self) -> None:
        self.kept: list[Row] = []
        self.count = 0

    def take(self, rows: "Sequence[Row]") -> None:
        """Take what is faulty."""
        from spectrum_cli.model.portfolio import FAULTY

        for row in rows:
            if row.status == FAULTY:
                self.count += 1
                if len(self.kept) < FAULTS_SHOWN:
                    self.kept.append(row)

    def show(self) -> None:
        """Write them to standard error."""
        from spectrum_cli.cli.output import write_error
        from spectrum_cli.render.portfolio_table import fault_line

        write_error("".join(map(fault_line, self.kept)))
        if self.count > len(self.kept):
            more = self.count - len(self.kept)
            write_error(f"spectrum: {more:,} more could not be read; --output writes a row for each\n")


def _status(totals: "Totals", fail_on: "Sequence[FailOn]") -> int:
    from spectrum_cli.cli.output import write_error

    if totals.faulty:
        return exits.COULD_NOT_RUN
    if not totals.decisions:
        write_error("spectrum: there is no decision here\n")
        return exits.COULD_NOT_RUN
    counts = {FailOn.over_promise: totals.over_promises, FailOn.not_ready: totals.not_ready, FailOn.gap: totals.gaps}
    return exits.FINDINGS if any(counts[kind] for kind in fail_on) else exits.CLEAN
