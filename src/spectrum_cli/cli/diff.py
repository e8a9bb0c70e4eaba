"""``spectrum diff``."""

from enum import StrEnum
from typing import Annotated

import typer

from spectrum_cli.cli import exits
from spectrum_cli.cli.options import RulesOption, SeedOnlyOption, rule_base_name


class DiffFormat(StrEnum):
    """How the difference is written."""

    text = "text"
    json = "json"
    markdown = "markdown"


class DiffFailOn(StrEnum):
    """What makes the exit status 1."""

    narrowed = "narrowed"
    changed = "changed"
    never = "never"


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A file, REVISION:PATH of a git repository, or -.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The same; - reads standard input for one of the two.")],
    format: Annotated[DiffFormat, typer.Option("--format", "-f", help="How to write it.")] = DiffFormat.text,
    fail_on: Annotated[
        DiffFailOn, typer.Option("--fail-on", help="Exit status 1 for a narrower promise, or for any change.")
    ] = DiffFailOn.never,
    rules: RulesOption = "",
    seed_only: SeedOnlyOption = False,
) -> None:
    """Show how the advice and the promise to people changed.

    Example: spectrum diff main:plans/clinic.yaml plans/clinic.yaml
    """
    from datetime import date

    from spectrum_cli.cli.output import new_page, show_diagnostics, show_page, write_json_line, write_out
    from spectrum_cli.files.reading import STDIN
    from spectrum_cli.workflows.advise import prepare_rules
    from spectrum_cli.workflows.diff import compare_texts

    if old == new == STDIN:
        raise typer.BadParameter("standard input holds one text; give a file for the other", param_hint="NEW")
    prepared = prepare_rules(rule_base_name(rules, seed_only))
    compared = compare_texts(old, new, prepared, date.today().isoformat())
    show_diagnostics((*compared.old.diagnostics, *compared.new.diagnostics))
    found = compared.difference
    if found is None:
        if format is DiffFormat.json:
            from spectrum_cli.render.diff import diff_json_failure

            write_json_line(diff_json_failure(compared.old, compared.new))
        raise typer.Exit(exits.COULD_NOT_RUN)
    if format is DiffFormat.json:
        from spectrum_cli.render.diff import diff_json

        write_json_line(diff_json(found))
    elif format is DiffFormat.markdown:
        from spectrum_cli.render.diff import diff_markdown

        write_out(diff_markdown(found))
    else:
        from spectrum_cli.render.diff import render_diff

        page = new_page()
        render_diff(found, page)
        show_page(page)
    narrower = fail_on is DiffFailOn.narrowed and found.direction.narrows
    if narrower or (fail_on is DiffFailOn.changed and found.changed):
        raise typer.Exit(exits.FINDINGS)
