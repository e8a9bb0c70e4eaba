"""``spectrum explain``."""

from typing import Annotated

import typer

from spectrum_cli.cli import exits
from spectrum_cli.cli.options import ListFormat, RulesOption, SeedOnlyOption, rule_base_name


def explain(
    what: Annotated[str, typer.Argument(metavar="WHAT", help="A type, key, rule, prerequisite or code.")],
    format: Annotated[ListFormat, typer.Option("--format", "-f", help="How to write it.")] = ListFormat.text,
    rules: RulesOption = "",
    seed_only: SeedOnlyOption = False,
) -> None:
    """Explain a type, question, rule, prerequisite or code.

    Example: spectrum explain co-design
    """
    from spectrum_cli.cli.output import new_page, show_page, write_error, write_json_line
    from spectrum_cli.workflows.explain import NothingToExplain, find_explanation

    try:
        explanation = find_explanation(what, rule_base_name(rules, seed_only))
    except NothingToExplain as error:
        write_error(f"spectrum: {error}\n")
        raise typer.Exit(exits.COULD_NOT_RUN) from None
    if format is ListFormat.json:
        from spectrum_cli.render.explanation import explanation_json

        write_json_line(explanation_json(explanation))
        return
    from spectrum_cli.render.explanation import render_explanation

    page = new_page()
    render_explanation(explanation, page)
    show_page(page)
