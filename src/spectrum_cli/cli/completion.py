"""``spectrum completion``."""

from enum import StrEnum
from typing import Annotated

import typer


class Shell(StrEnum):
    """The shells for which there is completion."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"
    powershell = "powershell"


def completion(shell: Annotated[Shell, typer.Argument(help="Your shell.")]) -> None:
    """Print the completion script for your shell.

    Nothing is changed on your machine.

    Example: eval "$(spectrum completion bash)"
    """
    from typer.completion import get_completion_script  # type: ignore[attr-defined]  # imported there, not listed

    from spectrum_cli.cli.output import write_out

    script = get_completion_script(prog_name="spectrum", complete_var="_SPECTRUM_COMPLETE", shell=shell.value)
    write_out(script + "\n")
