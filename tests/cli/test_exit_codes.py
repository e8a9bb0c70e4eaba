"""The exit code says how a run ended, and nothing that goes wrong ends in a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from spectrum_cli import __version__
from spectrum_cli.__main__ import run
from spectrum_cli.cli import exits
from spectrum_cli.model.diagnostic import READING_CODES
from tests.cli.command import PLAN, environment, spectrum


def test_advice_ends_with_0_and_nothing_on_standard_error(plan: Path) -> None:
    ran = spectrum("advise", plan)
    assert (ran.code, ran.err) == (0, "")
    assert "Where the benches go" in ran.out


def test_a_fault_ends_with_2_and_its_place_on_standard_error(broken: Path) -> None:
    ran = spectrum("advise", broken)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"{broken}:3:19: SP202 unknown answer 'maid' for stage\n")
    assert "Did you mean made?" in ran.err


def test_hash_cuts_text_is_said_on_standard_error_and_the_advice_is_still_given(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("spectrum: 1\ntitle: Ward #4 plan\n")
    ran = spectrum("advise", "plan.yaml", cwd=tmp_path)
    assert ran.code == 0
    assert "Ward" in ran.out
    assert ran.err.startswith("plan.yaml:2:13: SP111 the text ends before #: what follows is a comment\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["advise"],
        ["advise", "--format", "nonsense", "plan.yaml"],
        ["advise", "--nonsense", "plan.yaml"],
        ["advise", "--rules", "nonsense", "plan.yaml"],
        ["advise", "--seed-only", "--rules", "uk", "plan.yaml"],
        ["frobnicate"],
        ["new"],
        ["explain"],
        ["schema", "nonsense"],
        ["rules", "nonsense"],
        ["completion", "nonsense"],
        ["--nonsense"],
    ],
)
def test_wrong_usage_ends_with_2_and_a_word_on_standard_error(arguments: list[str], plan: Path) -> None:
    ran = spectrum(*arguments, cwd=plan.parent)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("arguments", [[], ["rules"]])
def test_no_command_shows_the_help_and_ends_with_2(arguments: list[str]) -> None:
    ran = spectrum(*arguments)
    assert ran.code == 2
    assert "Usage: spectrum" in ran.out + ran.err


@pytest.mark.parametrize(
    "arguments", [["--help"], ["-h"], *([name, "--help"] for name in ("advise", "new", "explain", "schema", "rules"))]
)
def test_help_ends_with_0_on_standard_output(arguments: list[str]) -> None:
    ran = spectrum(*arguments)
    assert (ran.code, ran.err) == (0, "")
    assert "Usage: spectrum" in ran.out


@pytest.mark.parametrize("arguments", [["--version"], ["--version", "advise"]])
def test_version_flag_says_the_version_alone(arguments: list[str]) -> None:
    assert spectrum(*arguments) == (0, f"spectrum {__version__}\n", "")


def test_python_dash_m_is_the_same_command(broken: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "spectrum_cli", "advise", broken], env=environment(), capture_output=True, check=False
    )
    assert (done.returncode, done.stderr.decode()) == (2, spectrum("advise", broken).err)


@pytest.mark.parametrize(
    "arguments",
    [["about"], ["schema"], ["schema", "advice"], ["explain", "consult"], ["rules", "list"], ["rules", "test"]],
)
def test_a_command_that_has_all_it_needs_ends_with_0(arguments: list[str]) -> None:
    ran = spectrum(*arguments)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out


@pytest.mark.parametrize("code", [info.code for info in READING_CODES])
def test_every_code_that_a_fault_can_have_can_be_explained(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", code.lower()]) == exits.CLEAN
    assert code in capsys.readouterr().out


@pytest.mark.parametrize(
    ("word", "near"),
    [("co_desing", "co-design"), ("stag", "stage"), ("one-propsal", "one-proposal"), ("SP2011", "sp201")],
)
def test_explain_of_a_misspelt_word_names_the_near_one(word: str, near: str) -> None:
    ran = spectrum("explain", word)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"spectrum: nothing is known about '{word}'. Did you mean {near}?\n"


def test_explain_of_a_word_like_no_other_says_where_to_look() -> None:
    ran = spectrum("explain", "zzzzzz\x1b[2J")
    assert ran.code == 2
    assert "spectrum rules list" in ran.err
    assert "\x1b" not in ran.err


# What cannot be provoked from outside is provoked inside.


def failing_with(error: BaseException, monkeypatch: pytest.MonkeyPatch, plan: Path) -> int:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("spectrum_cli.workflows.advise.advise_file", fail)
    return run(["advise", str(plan)])


def test_traceback_with_locals_never_reaches_a_user(
    plan: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failing_with(RuntimeError("secret"), monkeypatch, plan) == exits.COULD_NOT_RUN
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("spectrum: something went wrong inside spectrum (RuntimeError). Please report it")
    assert "secret" not in said.err


def test_a_traceback_can_be_asked_for(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPECTRUM_DEBUG", "1")
    with pytest.raises(RuntimeError, match="secret"):
        failing_with(RuntimeError("secret"), monkeypatch, plan)


def test_an_interrupt_ends_quietly_with_130(
    plan: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failing_with(KeyboardInterrupt(), monkeypatch, plan) == exits.INTERRUPTED
    assert capsys.readouterr().err in ("", "spectrum: interrupted\n")


def test_typer_exit_swallowed_the_code_of_a_command_is_the_code_of_the_run(broken: Path) -> None:
    assert run(["advise", str(broken)]) == exits.COULD_NOT_RUN
    assert run(["rules", "test"]) == exits.CLEAN


def test_help_loads_neither_yaml_nor_pydantic_nor_rich() -> None:
    script = (
        "import sys; from spectrum_cli.__main__ import run; run(['--help']);"
        "print(sorted({'yaml', 'pydantic', 'rich'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], env=environment(), capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


def test_settings_of_other_tools_and_a_home_that_is_not_there_change_nothing(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "spectrum.toml", ".spectrum.yaml"):
        (tmp_path / name).write_text("[[[{")
    (tmp_path / "plan.yaml").write_text(PLAN)
    changed = spectrum("advise", "plan.yaml", cwd=tmp_path, HOME="/nonexistent", XDG_CONFIG_HOME=os.devnull)
    assert changed == spectrum("advise", "plan.yaml", cwd=tmp_path)
    assert changed.code == 0
