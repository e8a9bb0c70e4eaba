"""``spectrum advise``."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spectrum_cli.cli import exits
from spectrum_cli.cli.options import AdviceFormat, ForceOption, RulesOption, SeedOnlyOption, rule_base_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from spectrum_cli.engine.assess import PreparedRules
    from spectrum_cli.model.assessment import Advice
    from spectrum_cli.workflows.advise import AdvisedFile


class Picture(StrEnum):
    """What ``--format svg`` draws."""

    spectrum = "spectrum"
    parts = "parts"
    place = "place"
    openness = "openness"


def advise(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Decision files; - reads standard input.")],
    format: Annotated[
        AdviceFormat, typer.Option("--format", "-f", help="How to write the advice.")
    ] = AdviceFormat.text,
    picture: Annotated[
        Picture | None, typer.Option("--picture", help="What --format svg draws: spectrum unless you say.")
    ] = None,
    part: Annotated[str, typer.Option("--part", metavar="ID", help="Only this part of the decision.")] = "",
    compare: Annotated[bool, typer.Option("--compare", help="Compare several people's files on one decision.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="One line a file: the type and how sure it is.")] = False,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Write to a file instead.")] = "",
    force: ForceOption = False,
    rules: RulesOption = "",
    seed_only: SeedOnlyOption = False,
) -> None:
    """Say which participation type fits a decision, and why.

    Example: spectrum advise examples/ward-redesign.yaml
    """
    from spectrum_cli.cli.output import show_diagnostics
    from spectrum_cli.workflows.advise import advise_file, expand, prepare_rules

    paths = expand(files)
    if compare:
        _refuse_what_does_not_compare(paths, format, part, quiet)
    if len(paths) > 1 and format in (AdviceFormat.html, AdviceFormat.svg):
        raise typer.BadParameter(f"{format} is one document; give one file at a time", param_hint="FILE")
    _refuse_what_is_not_drawn(picture, format, part)
    if output and any(_same_file(output, path) for path in paths):
        raise typer.BadParameter("this is the file that is read; give another", param_hint="--output")
    prepared = prepare_rules(rule_base_name(rules, seed_only))
    if compare:
        text = _comparison(paths, prepared, format, to_file=bool(output))
        if output:
            from spectrum_cli.files.writing import write_whole

            write_whole(Path(output), text, replace=force)
        return
    failed = False
    collected: list[str] = []
    for number, path in enumerate(paths):
        result = advise_file(path, prepared, with_moves=not quiet)
        show_diagnostics(result.diagnostics)
        if result.advice is None:
            failed = True
        elif part and not _has_part(result.advice, part):
            failed = True
            continue
        if format is AdviceFormat.svg and not quiet:
            failed = not _draw(result, part, picture or Picture.spectrum, collected if output else None) or failed
            continue
        _write(result, format, part, quiet, collected if output else None, first=number == 0)
    if failed:
        raise typer.Exit(exits.COULD_NOT_RUN)
    if output:
        from spectrum_cli.files.writing import write_whole

        write_whole(Path(output), "".join(collected), replace=force)


def _refuse_what_is_not_drawn(picture: Picture | None, format: AdviceFormat, part: str) -> None:
    if picture is not None and format is not AdviceFormat.svg:
        raise typer.BadParameter("only --format svg draws a picture", param_hint="--picture")
    if picture is Picture.parts and part:
        raise typer.BadParameter("--picture parts shows all parts; leave this out", param_hint="--part")


def _refuse_what_does_not_compare(paths: list[str], format: AdviceFormat, part: str, quiet: bool) -> None:
    if len(paths) < 2:
        raise typer.BadParameter("--compare needs the files of two people or more", param_hint="FILE")
    if paths.count("-") > 1:
        raise typer.BadParameter("standard input holds one file; give the others by name", param_hint="FILE")
    if format in (AdviceFormat.html, AdviceFormat.svg):
        raise typer.BadParameter("--compare writes text, json or markdown", param_hint="--format")
    for option, given in (("--part", part), ("--quiet", quiet)):
        if given:
            raise typer.BadParameter("--compare shows everything at once; leave this out", param_hint=option)


def _comparison(paths: list[str], rules: "PreparedRules", format: AdviceFormat, *, to_file: bool) -> str:
    """Compare several people's files. Show the result, or return it where it goes to a file."""
    from spectrum_cli.cli.output import new_page, show_diagnostics, show_page, write_json_line, write_out
    from spectrum_cli.render.comparison import (
        comparison_json,
        comparison_json_failure,
        comparison_markdown,
        render_comparison,
    )
    from spectrum_cli.render.page import Page
    from spectrum_cli.workflows.compare import compare_people

    compared = compare_people(paths, rules)
    _warn_of_files_given_twice(paths)
    for person in compared.people:
        show_diagnostics(person.diagnostics)
    found = compared.comparison
    if found is None:
        if format is AdviceFormat.json and not to_file:
            write_json_line(comparison_json_failure(compared.people))
        raise typer.Exit(exits.COULD_NOT_RUN)
    if format is AdviceFormat.json:
        line = comparison_json(found)
        if not to_file:
            write_json_line(line)
        return line + "\n"
    if format is AdviceFormat.markdown:
        text = comparison_markdown(found)
        if not to_file:
            write_out(text)
        return text
    page = Page(80) if to_file else new_page()
    render_comparison(found, page)
    if not to_file:
        show_page(page)
    return page.text()


def _warn_of_files_given_twice(paths: list[str]) -> None:
    from spectrum_cli.cli.output import write_error
    from spectrum_cli.files.reading import shown_name
    from spectrum_cli.model.plain_text import visible

    for number, path in enumerate(paths):
        if any(_same_file(path, other) for other in paths[:number]):
            write_error(f"{visible(shown_name(path))}: this file is given twice; each person has one of their own\n")


def _same_file(one: str, other: str) -> bool:
    try:
        return Path(one).samefile(other)
    except (OSError, ValueError):
        return False


def _has_part(advice: "Advice", part: str) -> bool:
    known = [item.assessment.id for item in advice.parts]
    if part in known:
        return True
    from spectrum_cli.cli.output import write_error
    from spectrum_cli.model.plain_text import one_line, visible

    there = f"Its parts are: {', '.join(map(one_line, known))}." if known else "It has no parts."
    write_error(f"{visible(advice.file)}: there is no part '{one_line(part)}'. {there}\n")
    return False


def _document(format: AdviceFormat) -> "Callable[..., str]":
    if format is AdviceFormat.markdown:
        from spectrum_cli.render.markdown import render_markdown

        return render_markdown
    from spectrum_cli.render.html import render_html

    return render_html


def _draw(result: "AdvisedFile", part: str, picture: Picture, collected: list[str] | None) -> bool:
    """Show a picture, or add it to what will be written. Return whether there is one; if not, say why."""
    from spectrum_cli.cli.output import write_error, write_out
    from spectrum_cli.model.plain_text import visible
    from spectrum_cli.render.svg import NoPicture, render_svg

    if result.advice is None:
        return False
    try:
        text = render_svg(result.advice, part=part, picture=picture)
    except NoPicture as why:
        write_error(f"{visible(result.advice.file)}: {why}\n")
        return False
    if collected is None:
        write_out(text)
    else:
        collected.append(text)
    return True


def _write(
    result: "AdvisedFile", format: AdviceFormat, part: str, quiet: bool, collected: list[str] | None, *, first: bool
) -> None:
    """Show one result, or add it to what will be written to the output file."""
    from spectrum_cli.cli.output import new_page, show_page, write_json_line, write_out

    advice = result.advice
    if format is AdviceFormat.json:
        from spectrum_cli.render.json_format import render_json, render_json_failure

        told = result.diagnostics
        line = render_json(advice, part=part, diagnostics=told) if advice else render_json_failure(result.file, told)
        if collected is None:
            write_json_line(line)
        else:
            collected.append(line + "\n")
        return
    if advice is None:
        return
    if quiet:
        from spectrum_cli.render.terminal import render_quiet

        text = render_quiet(advice, part=part)
    elif format is not AdviceFormat.text:
        text = ("" if first else "\n") + _document(format)(advice, part=part)
    else:
        from spectrum_cli.render.page import Page
        from spectrum_cli.render.terminal import render_terminal

        page = new_page() if collected is None else Page(80)
        if not first:
            page.raw()
        render_terminal(advice, page, part=part)
        if collected is None:
            show_page(page)
            return
        text = page.text()
    if collected is None:
        write_out(text)
    else:
        collected.append(text)
