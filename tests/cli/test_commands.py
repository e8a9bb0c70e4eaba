"""What ``--help`` lists without building it is what each command says of itself."""

import inspect
from importlib import import_module

import pytest

from spectrum_cli.cli.app import COMMANDS, called
from tests.cli.command import spectrum


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_in_the_list_is_the_commands_own(name: str) -> None:
    module = import_module(f"spectrum_cli.cli.{name}")
    told = module.app.info.help if hasattr(module, "app") else inspect.getdoc(getattr(module, name))
    assert told.splitlines()[0].startswith(COMMANDS[name])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_an_example_or_subcommands(name: str) -> None:
    ran = spectrum(name, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert "Example:" in ran.out or "Commands:" in ran.out or name in ("about", "completion")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [(["advise", "-f", "json"], "advise"), (["--help"], ""), ([], ""), (["--version", "check"], "check"), (["-"], "")],
)
def test_the_command_that_is_called_is_the_first_word(arguments: list[str], expected: str) -> None:
    assert called(arguments) == expected


def test_a_misspelt_command_is_told_the_near_one() -> None:
    ran = spectrum("advize", "plan.yaml")
    assert ran.code == 2
    assert "advise" in ran.err
