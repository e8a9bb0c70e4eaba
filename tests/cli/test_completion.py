"""Completion prints a script and edits nothing; the script's questions are answered."""

from pathlib import Path

import pytest

from spectrum_cli.cli.app import COMMANDS
from tests.cli.command import spectrum


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_prints_the_script_and_changes_no_file(shell: str, tmp_path: Path) -> None:
    ran = spectrum("completion", shell, HOME=str(tmp_path))
    assert (ran.code, ran.err) == (0, "")
    assert "_SPECTRUM_COMPLETE" in ran.out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("spectrum adv", ["advise"]),
        (
            "spectrum ",
            sorted(COMMANDS),
        ),
        ("spectrum rules s", ["show"]),
        ("spectrum advise --for", ["--force", "--format"]),
        ("spectrum advise --format j", ["json"]),
        ("spectrum schema ", ["advice", "compare", "decision", "diff", "findings", "verify", "whatif"]),
    ],
)
def test_completion_completes_commands_options_and_their_values(words: str, expected: list[str]) -> None:
    number = str(len(words.split(" ")) - 1)
    ran = spectrum(_SPECTRUM_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=number)
    assert (ran.code, ran.err) == (0, "")
    assert sorted(ran.out.split()) == expected
