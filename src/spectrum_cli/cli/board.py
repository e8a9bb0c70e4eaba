"""``spectrum board``."""

from pathlib import Path
from typing import Annotated

import typer

from spectrum_cli.cli import exits
from spectrum_cli.cli.options import ForceOption, RulesOption, SeedOnlyOption, rule_base_name


def board(
    file: Annotated[
        str, typer.Argument(metavar="[FILE]", help="A decision file to begin with; - reads standard input.")
    ] = "",
    output: Annotated[str, typer.Option("--output", "-o", metavar="PAGE", help="The page to make.")] = "board.html",
    force: ForceOption = False,
    rules: RulesOption = "",
    seed_only: SeedOnlyOption = False,
    language: Annotated[str, typer.Option("--language", metavar="LANG", help="Language of the page.")] = "en",
) -> None:
    """Make an offline page on which a group finds its place on the spectrum.

    Example: spectrum board examples/village-surgery.yaml -o board.html
    """
    from spectrum_cli.cli.output import show_diagnostics, write_out
    from spectrum_cli.files.rulebase import load_rule_base
    from spectrum_cli.files.texts import NoLanguage, load_texts
    from spectrum_cli.files.writing import write_whole
    from spectrum_cli.model.plain_text import visible
    from spectrum_cli.workflows.board import make_board

    try:
        texts = load_texts(language)
    except NoLanguage as error:
        raise typer.BadParameter(str(error), param_hint="--language") from None
    if file and _same_file(file, output):
        raise typer.BadParameter("this is the file that is read; give another", param_hint="--output")
    made = make_board(file, load_rule_base(rule_base_name(rules, seed_only)), texts)
    show_diagnostics(made.diagnostics)
    if made.page is None:
        raise typer.Exit(exits.COULD_NOT_RUN)
    write_whole(Path(output), made.page, replace=force)
    write_out(f"Made {visible(output)}. Open it in a browser; it needs no network.\n")


def _same_file(one: str, other: str) -> bool:
    try:
        return Path(one).samefile(other)
    except (OSError, ValueError):
        return False
