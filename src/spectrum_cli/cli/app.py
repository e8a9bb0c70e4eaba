"""The command line. Each command is a signature and one call; what it needs is imported when it runs."""

from typing import Annotated

import typer

from spectrum_cli import __version__
from spectrum_cli.cli import about, advise, check, completion, diff, explain, new, rules, schema, whatif

app = typer.Typer(
    name="spectrum",
    help="Say which type of participation fits a decision, and why.\n\n"
    "Start with: spectrum advise FILE, or spectrum new FILE for a template.",
    epilog="Spectrum of Participation © peoplehub, used with acknowledgement.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"spectrum {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Say which type of participation fits a decision, and why."""


app.command()(advise.advise)
app.command()(diff.diff)
app.command()(check.check)
app.command()(whatif.whatif)
app.command()(new.new)
app.command()(explain.explain)
app.command()(schema.schema)
app.add_typer(rules.app, name="rules")
app.command()(about.about)
app.command()(completion.completion)
