"""Colour, width and alphabet: what a terminal, a pipe and the environment ask for."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.command import BROKEN, spectrum, spectrum_on_terminal

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
TRICKY = "Move [clinic] to [/old] [bold]site[/bold] [/ :house: \\[x]"
FOREIGN = "Café für Ωmega 👩‍🦽"


def titled(folder: Path, title: str) -> Path:
    path = folder / "titled.yaml"
    path.write_text(f"spectrum: 1\ntitle: {json.dumps(title, ensure_ascii=False)}\nopenness: {{stage: options}}\n")
    return path


# Colour


def test_a_terminal_has_colour_and_a_pipe_has_none(plan: Path) -> None:
    assert COLOUR.search(spectrum_on_terminal("advise", plan).out)
    assert "\x1b" not in spectrum("advise", plan).out


@pytest.mark.parametrize(
    "variables",
    [
        {"NO_COLOR": "1"},
        {"NO_COLOR": "1", "FORCE_COLOR": "1"},
        {"NO_COLOR": "0"},
        {"FORCE_COLOR": "0"},
        {"TERM": "dumb"},
        {"TERM": "dumb", "FORCE_COLOR": "1"},
    ],
)
def test_a_terminal_has_no_colour_where_that_is_asked_for(variables: dict[str, str], plan: Path) -> None:
    ran = spectrum_on_terminal("advise", plan, **variables)
    assert ran.code == 0
    assert "Where the benches go" in ran.out
    assert "\x1b" not in ran.out


def test_an_empty_wish_is_no_wish(plan: Path) -> None:
    assert COLOUR.search(spectrum_on_terminal("advise", plan, NO_COLOR="", FORCE_COLOR="").out)


def test_force_color_colours_a_pipe_and_no_color_wins_over_it(plan: Path) -> None:
    coloured = spectrum("advise", plan, FORCE_COLOR="1")
    assert COLOUR.sub("", coloured.out) == spectrum("advise", plan).out != coloured.out
    assert spectrum("advise", plan, FORCE_COLOR="1", NO_COLOR="1") == spectrum("advise", plan)


@pytest.mark.parametrize("format", ["json", "markdown", "html", "svg"])
def test_force_color_breaks_json_and_no_other_machine_format(format: str, plan: Path) -> None:
    plain = spectrum("advise", "--format", format, plan).out
    assert spectrum("advise", "--format", format, plan, FORCE_COLOR="1").out == plain
    assert spectrum_on_terminal("advise", "--format", format, plan, FORCE_COLOR="1").out.replace("\r", "") == plain


def test_faults_and_quiet_lines_are_never_coloured(broken: Path, plan: Path) -> None:
    assert "\x1b" not in spectrum("advise", broken, FORCE_COLOR="1").err
    assert "\x1b" not in spectrum("advise", "--quiet", plan, FORCE_COLOR="1").out


# Text that looks like something else


def test_rich_closing_tag_rich_emoji_code_and_half_open_bracket_come_out_as_written(tmp_path: Path) -> None:
    path = titled(tmp_path, TRICKY)
    for variables in ({}, {"FORCE_COLOR": "1"}):
        assert TRICKY in COLOUR.sub("", spectrum("advise", path, COLUMNS="200", **variables).out)
    assert TRICKY in spectrum_on_terminal("advise", path, COLUMNS="200", NO_COLOR="1").out
    assert json.loads(spectrum("advise", "--format", "json", path).out)["title"] == TRICKY


@pytest.mark.parametrize("format", ["text", "markdown", "html", "svg", "quiet"])
def test_terminal_escape_in_text_never_reaches_a_terminal(format: str, tmp_path: Path) -> None:
    signs = "\x1b\x07\x9b\x00\u202e\u2066\r\x7f\u200f"
    path = tmp_path / "plan.yaml"
    text = '"' + "".join(f"a\\U{ord(sign):08x}" for sign in signs) + '"'
    path.write_text(
        f"spectrum: 1\ntitle: {text}\nowner: {text}\nopenness: {{stage: made, fixed: [{text}]}}\n"
        f"support: {{reasons: {{state: met, evidence: {text}}}}}\nplan: {{type: consult, promise: {text}}}\n"
        f"parts: [{{id: {text}, title: {text}}}]\n"
    )
    ran = spectrum("advise", *(["--quiet"] if format == "quiet" else ["--format", format]), path)
    assert (ran.code, ran.err) == (0, "")
    assert not set(ran.out) & set(signs)


# Width


@pytest.mark.parametrize(
    "columns",
    [
        *("0", "1", "7", "20", "-5", "abc", "", " 80 ", "99999999999999", "8.5"),
        "²",
    ],
)
def test_odd_widths_are_no_trouble(columns: str, plan: Path) -> None:
    for ran in (spectrum("advise", plan, COLUMNS=columns), spectrum_on_terminal("advise", plan, COLUMNS=columns)):
        assert ran.code == 0
        assert "Traceback" not in ran.out


def test_columns_are_kept_to_where_words_allow_it(plan: Path) -> None:
    for columns in (40, 60, 100):
        lines = spectrum("advise", plan, COLUMNS=str(columns)).out.splitlines()
        assert max(map(len, lines)) <= columns


def test_wrap_at_80_when_piped_does_not_happen_to_a_long_title(tmp_path: Path) -> None:
    title = "A long title " * 20
    assert title.strip() in spectrum("advise", titled(tmp_path, title)).out


# Alphabet

ASCII = [
    {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii:strict"},
]


@pytest.mark.parametrize("variables", ASCII)
def test_ascii_locale_shows_text_with_what_it_has(variables: dict[str, str], tmp_path: Path) -> None:
    path = titled(tmp_path, FOREIGN)
    for arguments in (
        ["advise", path],
        ["advise", "--quiet", path],
        ["about"],
        ["rules", "list"],
        ["explain", "engage"],
    ):
        ran = spectrum(*arguments, **variables)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.isascii()


@pytest.mark.parametrize("variables", ASCII)
@pytest.mark.parametrize("arguments", [["--help"], ["advise", "--help"], ["schema"]])
def test_ascii_locale_shows_help(arguments: list[str], variables: dict[str, str]) -> None:
    ran = spectrum(*arguments, **variables)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.replace("©", "").isascii()  # for help, click turns an ASCII stream into UTF-8 itself


@pytest.mark.parametrize("variables", [*ASCII, {"PYTHONIOENCODING": "latin-1"}, {"PYTHONIOENCODING": "utf-8"}])
def test_ascii_locale_keeps_json_valid_and_whole(variables: dict[str, str], tmp_path: Path) -> None:
    ran = spectrum("advise", "--format", "json", titled(tmp_path, FOREIGN), **variables)
    assert (ran.code, json.loads(ran.out)["title"]) == (0, FOREIGN)


@pytest.mark.parametrize("variables", ASCII)
def test_ascii_locale_shows_faults_and_keeps_json_on_failure_valid(variables: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "plän.yaml"
    path.write_text(BROKEN.replace("maid", "mäde"))
    ran = spectrum("advise", "--format", "json", path, **variables)
    assert ran.code == 2
    assert json.loads(ran.out)["diagnostics"][0]["message"] == "unknown answer 'mäde' for stage"
    assert ran.err.isascii()
    assert ":3:19: SP202 " in ran.err
