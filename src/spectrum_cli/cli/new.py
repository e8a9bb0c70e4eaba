"""``spectrum new``."""

from typing import Annotated

import typer


def new(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to make: .yaml, or .md for front matter.")],
    title: Annotated[str, typer.Option("--title", "-t", help="What is to be decided.")] = "",
) -> None:
    """Make a commented decision file. Never overwrites.

    Example: spectrum new plans/clinic.yaml --title "Move the clinic"
    """
    from spectrum_cli.cli.output import write_out
    from spectrum_cli.model.plain_text import visible
    from spectrum_cli.workflows.new import make_template

    make_template(file, title)
    write_out(f"Made {visible(file)}. Fill in what you know, then: spectrum advise {visible(file)}\n")
