"""``spectrum whatif``."""

from enum import StrEnum
from typing import Annotated

import typer

from spectrum_cli.cli import exits
from spectrum_cli.cli.options import RulesOption, SeedOnlyOption, rule_base_name


class WhatIfFormat(StrEnum):
    """How the answer is written."""

    text = "text"
    json = "json"
    markdown = "markdown"


class TypeName(StrEnum):
    """The six types."""

    inform = "inform"
    educate = "educate"
    consult = "consult"
    engage = "engage"
    co_design = "co-design"
    co_produce = "co-produce"


def whatif(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A decision file; - reads standard input.")],
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Try an answer. Can be given several times."),
    ] = None,
    to: Annotated[
        TypeName | None,
        typer.Option("--to", case_sensitive=False, help="Only how to reach this type, and what it needs."),
    ] = None,
    weights: Annotated[
        bool, typer.Option("--weights", help="Show how much the advice depends on our weights.")
    ] = False,
    format: Annotated[WhatIfFormat, typer.Option("--format", "-f", help="How to write it.")] = WhatIfFormat.text,
    part: Annotated[str, typer.Option("--part", metavar="ID", help="Only this part of the decision.")] = "",
    rules: RulesOption = "",
    seed_only: SeedOnlyOption = False,
) -> None:
    """Show what would change the advice, and what it hangs on.

    Example: spectrum whatif examples/village-surgery.yaml --to engage
    """
    from spectrum_cli.cli.output import new_page, show_diagnostics, show_page, write_error, write_json_line, write_out
    from spectrum_cli.workflows.advise import prepare_rules
    from spectrum_cli.workflows.whatif import CannotAsk, ask_what_if

    prepared = prepare_rules(rule_base_name(rules, seed_only))
    try:
        asked = ask_what_if(file, prepared, part=part, settings=set_ or (), to=to.value if to else "", weights=weights)
    except CannotAsk as error:
        from spectrum_cli.model.plain_text import visible

        if error.diagnostics:
            show_diagnostics(error.diagnostics)
        else:
            write_error(f"spectrum: {visible(str(error))}\n")
        raise typer.Exit(exits.COULD_NOT_RUN) from None
    if format is WhatIfFormat.json:
        from spectrum_cli.render.whatif import whatif_json

        write_json_line(whatif_json(asked))
    elif format is WhatIfFormat.markdown:
        from spectrum_cli.render.whatif import whatif_markdown

        write_out(whatif_markdown(asked))
    else:
        from spectrum_cli.render.whatif import render_whatif

        page = new_page()
        render_whatif(asked, page)
        show_page(page)
