"""The command line. Each command is a signature and one call; what it needs is imported when it runs.

A start builds the one command that is called. Of the others only the name and the line that ``--help`` shows are
there, because to build them all would take longer than many commands do.
"""

from importlib import import_module
from typing import Annotated

import typer

from spectrum_cli import __version__

COMMANDS = {
    "advise": "Say which participation type fits a decision, and why.",
    "interview": "Ask one question at a time, and save the answers as a decision file.",
    "check": "Find over-promises and other faults in many files.",
    "whatif": "Show what would change the advice, and what it hangs on.",
    "diff": "Show how the advice and the promise to people changed.",
    "workshop": "Make a facilitator's pack: agenda, cards, checklist, forms and posters.",
    "board": "Make an offline page on which a group finds its place on the spectrum.",
    "portfolio": "Show many decisions at once, and write them as a table.",
    "new": "Make a commented decision file. Never overwrites.",
    "explain": "Explain a type, question, rule, prerequisite or code.",
    "schema": "Print a JSON Schema for editors and programs.",
    "rules": "Look at the rule base, test it and prove it.",
    "about": "Show versions, licence and acknowledgement.",
    "completion": "Print the completion script for your shell.",
}
"""Each command by its name, with its help in a line. The module of that name in this package holds it."""


def build(wanted: str | None = None) -> typer.Typer:
    """Return the command line with one command in full, or with all of them where none is named."""
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
    app.callback()(_main)
    for name, told in COMMANDS.items():
        if wanted is not None and name != wanted:
            app.command(name, help=told)(_only_listed)
            continue
        module = import_module(f"spectrum_cli.cli.{name}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            app.command(name)(getattr(module, name))
    return app


def called(arguments: list[str]) -> str:
    """Return the command that is called: the first word that is no option, or nothing."""
    return next((word for word in arguments if not word.startswith("-")), "")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"spectrum {__version__}")
        raise typer.Exit


def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Say which type of participation fits a decision, and why."""


def _only_listed() -> None:
    """Stand for a command that is not called."""
