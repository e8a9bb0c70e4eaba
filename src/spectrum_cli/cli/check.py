"""``spectrum check``."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spectrum_cli.cli import exits
from spectrum_cli.cli.options import RulesOption

if TYPE_CHECKING:
    from collections.abc import Callable

    from spectrum_cli.model.report import ReportFormat, ReportOptions, Summary
    from spectrum_cli.workflows.check_run import Run


class FindingsFormat(StrEnum):
    """How findings are written."""

    text = "text"
    concise = "concise"
    json = "json"
    github = "github"
    gitlab = "gitlab"
    sarif = "sarif"
    junit = "junit"
    azure = "azure"


class FailOn(StrEnum):
    """The severity from which on the exit status is 1."""

    error = "error"
    warning = "warning"
    note = "note"
    never = "never"


_CODES = "Codes or their beginning, such as SP301 or SP3, parted by commas."


def check(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATHS]...", help="Files, folders or patterns; - is standard input.")
    ] = None,
    format: Annotated[FindingsFormat, typer.Option("--format", "-f", help="How to write it.")] = FindingsFormat.text,
    output_file: Annotated[
        str, typer.Option("--output-file", "-o", metavar="FILE", help="Write the format there, and text here.")
    ] = "",
    files_from: Annotated[str, typer.Option("--files-from", metavar="FILE", help="Check the files it lists.")] = "",
    found: Annotated[bool, typer.Option("--found", help="Leave out named files that are no decision.")] = False,
    fail_on: Annotated[FailOn | None, typer.Option("--fail-on", help="Exit status 1 from this severity on.")] = None,
    select: Annotated[list[str] | None, typer.Option("--select", metavar="CODE", help=f"Only these. {_CODES}")] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="CODE", help=f"Not these. {_CODES}")] = None,
    minimum_weeks: Annotated[
        int | None, typer.Option("--minimum-weeks", metavar="N", min=0, max=520, help="Too little time below this.")
    ] = None,
    since: Annotated[
        str, typer.Option("--since", metavar="REV", help="Only files changed since; also finds narrowed offers.")
    ] = "",
    baseline: Annotated[str, typer.Option("--baseline", metavar="FILE", help="Show only what is not in it.")] = "",
    write_baseline: Annotated[
        str, typer.Option("--write-baseline", metavar="FILE", help="Keep what is found today as known.")
    ] = "",
    config: Annotated[str, typer.Option("--config", metavar="FILE", help="Settings, instead of those found.")] = "",
    rules: RulesOption = "",
    allow_empty: Annotated[bool, typer.Option("--allow-empty", help="No decision file is no fault.")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="Count the findings by code.")] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Check everything anew and keep nothing.")] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", metavar="N", min=0, help="Processes; 0 is as fits.")] = 0,
) -> None:
    """Find over-promises and other faults in many files.

    Example: spectrum check proposals/
    """
    from datetime import date

    from spectrum_cli.cli.output import write_error
    from spectrum_cli.files.git import NoHistory
    from spectrum_cli.files.settings import BadSettings
    from spectrum_cli.workflows.check_run import Request, prepare_run

    request = Request(
        paths=paths or (),
        files_from=files_from,
        as_found=found,
        config=config,
        overrides={
            "rules": rules or None,
            "fail_on": fail_on.value if fail_on else None,
            "select": _codes(select, "--select"),
            "ignore": _codes(ignore, "--ignore"),
            "minimum_weeks": minimum_weeks,
        },
        since=since,
        baseline=baseline,
        write_baseline=write_baseline,
        allow_empty=allow_empty,
        keep_results=not no_cache,
        processes=jobs,
        today=date.today().isoformat(),
    )
    try:
        run = prepare_run(request)
    except BadSettings as error:
        from spectrum_cli.cli.output import show_diagnostics

        show_diagnostics(error.diagnostics)
        raise typer.Exit(exits.COULD_NOT_RUN) from None
    except NoHistory as error:
        write_error(f"spectrum: --since {since}: {error}\n")
        raise typer.Exit(exits.COULD_NOT_RUN) from None
    except OSError as error:
        where = f"--files-from {files_from}: " if files_from else ""
        write_error(f"spectrum: {where}{(error.strerror or str(error)).lower()}\n")
        raise typer.Exit(exits.COULD_NOT_RUN) from None
    for option, file in (("--output-file", output_file), ("--write-baseline", write_baseline)):
        if file and run.reads(file):
            raise typer.BadParameter("this is a file that is checked; give another", param_hint=option)
    summary = _report(run, format, output_file)
    if statistics:
        write_error("".join(f"{count:7} {code}\n" for code, count in summary.by_code.items()))
    if summary.exit_status:
        raise typer.Exit(summary.exit_status)


def _codes(given: list[str] | None, option: str) -> tuple[str, ...] | None:
    """Return the codes that are asked for; refuse one that does not exist, which would select nothing at all."""
    if not given:
        return None
    from spectrum_cli.workflows.catalogue import catalogue

    there = [rule.code for rule in catalogue()]
    codes = tuple(code.strip().upper() for text in given for code in text.split(",") if code.strip())
    for code in codes:
        if not any(one.startswith(code) for one in there):
            raise typer.BadParameter(f"there is no code '{code}'; they look like SP301 or SP3", param_hint=option)
    return codes


def _report(run: "Run", format: FindingsFormat, output_file: str) -> "Summary":
    """Carry out a run with the report that is asked for, those that a place adds by itself, and a progress bar."""
    import os
    from contextlib import ExitStack

    from spectrum_cli.cli.output import gathered
    from spectrum_cli.cli.progress import progress
    from spectrum_cli.files.writing import writing_whole
    from spectrum_cli.render.reports import new_report
    from spectrum_cli.workflows.check_run import carry_out
    from spectrum_cli.workflows.processes import collect_seldom

    shown = FindingsFormat.text if output_file else format
    reports: list[tuple[ReportFormat, Callable[[str], object]]] = []
    collect_seldom()
    with ExitStack() as stack:
        step = stack.enter_context(progress("checking", len(run.targets)))
        if output_file:
            write = stack.enter_context(writing_whole(Path(output_file)))
            reports.append((new_report(format.value, _options(people=False, file=True)), write))
        write_out = stack.enter_context(gathered())
        reports.append((new_report(shown.value, _options(people=shown is FindingsFormat.text)), write_out))
        if shown is FindingsFormat.text and os.environ.get("GITHUB_ACTIONS") == "true":
            annotations = new_report("github", _options(people=False))
            reports.append((annotations, lambda text: write_out(_annotations_only(text))))
        return carry_out(run, reports, step)


def _annotations_only(text: str) -> str:
    """Return what the place reads as annotations; the text report has said the rest."""
    return "".join(line for line in text.splitlines(keepends=True) if line.startswith("::"))


def _options(*, people: bool, file: bool = False) -> "ReportOptions":
    import sys

    from spectrum_cli import __version__
    from spectrum_cli.cli.output import ascii_only, shows_colour
    from spectrum_cli.model.report import ReportOptions
    from spectrum_cli.workflows.catalogue import catalogue

    return ReportOptions(
        rules=catalogue(),
        version=__version__,
        colour=people and shows_colour(sys.stdout),
        ascii_only=not file and ascii_only(sys.stdout),
    )
