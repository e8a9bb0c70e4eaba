"""Settings are found upwards, every key is read, and each fault is named at its line."""

from pathlib import Path

import pytest

from spectrum_cli.files.settings import BadSettings, find_settings, read_settings
from spectrum_cli.model.diagnostic import Severity
from spectrum_cli.model.settings import Settings

ALL = """\
rules = "uk"
include = ["proposals/**"]
exclude = ["old/", "draft-*.yaml"]
select = ["SP3"]
ignore = ["SP361", "SP32"]
minimum-weeks = 6
feedback-weeks = 8
fail-on = "warning"

[severity]
SP304 = "warning"
SP33 = "note"

[per-file-ignores]
"proposals/old/*" = ["SP325", "SP334"]
"""
READ = Settings(
    rules="uk",
    include=("proposals/**",),
    exclude=("old/", "draft-*.yaml"),
    select=("SP3",),
    ignore=("SP361", "SP32"),
    severity={"SP304": Severity.WARNING, "SP33": Severity.NOTE},
    per_file_ignores={"proposals/old/*": ("SP325", "SP334")},
    minimum_weeks=6,
    feedback_weeks=8,
    fail_on="warning",
)


def in_project(text: str) -> str:
    """Return settings as they stand in a pyproject.toml, below those of another tool."""
    head, *tables = f"\n{text}".split("\n[")
    others = '[tool.ruff]\nexclude = ["x"]\nselect = ["SP9"]\n\n'
    return others + "[tool.spectrum]" + head + "".join(f"\n[tool.spectrum.{table}" for table in tables)


def faults(path: Path, text: str, codes: tuple[str, ...] = ()) -> list[tuple[int, str, str]]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadSettings) as caught:
        read_settings(path, codes)
    for fault in caught.value.diagnostics:
        assert (fault.code, fault.severity, fault.file) == ("SP121", Severity.ERROR, str(path))
    return [(item.span.line if item.span else 0, item.message, item.hint) for item in caught.value.diagnostics]


# Reading


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("spectrum.toml", ALL),
        ("team.toml", ALL),
        ("spectrum.toml", "\ufeff" + ALL.replace("\n", "\r\n")),
        ("pyproject.toml", in_project(ALL)),
    ],
)
def test_every_key_is_read(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    assert read_settings(tmp_path / name) == READ


def test_nothing_said_is_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "spectrum.toml").write_text("")
    assert read_settings(tmp_path / "spectrum.toml") == Settings()


# Faults


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("\nminimum_weeks = 3\n", 2, "unknown key 'minimum_weeks'", "Did you mean minimum-weeks?"),
        ("exlude = []\n", 1, "unknown key 'exlude'", "Did you mean exclude?"),
        ("zzz = 1\n", 1, "unknown key 'zzz'", "Known: rules, include,"),
        ("[other]\na = 1\n", 1, "unknown key 'other'", "Known: "),
        ("rules = 3\n", 1, "rules is a text", 'Write: rules = "..."'),
        ("# select\nselect = 'SP3'\n", 2, "select is a list of texts", 'Write: select = ["..."]'),
        ("ignore = [3]\n", 1, "ignore is a list of texts", ""),
        ("select = [\n  'SP3',\n  '301',\n]\n", 1, "there is no code '301'", "Codes look like SP301"),
        ("minimum-weeks = -1\n", 1, "minimum-weeks is a whole number of weeks, 0 to 520", ""),
        ("feedback-weeks = true\n", 1, "feedback-weeks is a whole number of weeks, 0 to 520", ""),
        ("minimum-weeks = '4'\n", 1, "minimum-weeks is a whole number", ""),
        ("fail-on = 'warnings'\n", 1, "fail-on is one of error, warning, note, never", "Did you mean warning?"),
        ("fail-on = ['error']\n", 1, "fail-on is one of ", ""),
        ("severity = 'note'\n", 1, "severity is a table", 'Write: severity = {SP304 = "warning"}'),
        ("[severity]\nSP304 = 'high'\n", 2, "'high' is no severity", "One of: error, warning, note."),
        ("severity = {SP304 = 'high'}\n", 1, "'high' is no severity", ""),
        ("severity.SP304 = 'high'\n", 1, "'high' is no severity", ""),
        ("[severity]\nSX304 = 'note'\n", 1, "there is no code 'SX304'", ""),
        ("per-file-ignores = []\n", 1, "per-file-ignores is a table", "Write: per-file-ignores = {"),
        ("[per-file-ignores]\n'old/*' = 'SP3'\n", 2, "old/* is a list of texts", ""),
    ],
)
@pytest.mark.parametrize("project", [False, True])
def test_a_fault_is_named_at_its_line_with_what_to_write(
    text: str, line: int, message: str, hint: str, project: bool, tmp_path: Path
) -> None:
    path = tmp_path / "spectrum.toml"
    if project:
        path, text, line = tmp_path / "pyproject.toml", in_project(text), line + in_project("").count("\n")
    found = faults(path, text)
    assert len(found) == 1
    assert found[0][0] == line
    assert found[0][1].startswith(message)
    assert found[0][2].startswith(hint)


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    text = "a = 1\nrules = 1\nselect = ['x', 'y']\n"
    assert [line for line, *_ in faults(tmp_path / "spectrum.toml", text)] == [1, 2, 3, 3]


def test_a_code_that_does_not_exist_is_a_fault_where_the_codes_are_known(tmp_path: Path) -> None:
    path = tmp_path / "spectrum.toml"
    codes = ("SP301", "SP302", "SP325")
    assert faults(path, "ignore = ['SP39']\n", codes)[0][1] == "there is no code 'SP39'"
    assert faults(path, "ignore = ['sp325']\n", codes)[0] == (1, "there is no code 'sp325'", "Did you mean SP325?")
    path.write_text("ignore = ['SP', 'SP3', 'SP32', 'SP325']\n")
    assert read_settings(path, codes).ignore == ("SP", "SP3", "SP32", "SP325")


@pytest.mark.parametrize("name", ["spectrum.toml", "pyproject.toml"])
def test_bad_toml_is_named_at_its_line(name: str, tmp_path: Path) -> None:
    text = "[tool.spectrum]\nrules = \n"
    assert faults(tmp_path / name, text) == [(2, "this is not valid TOML: invalid value", "")]
    assert faults(tmp_path / name, "a = 1\na = 2\n")[0][1] == "this is not valid TOML: cannot overwrite a value"


def test_settings_that_cannot_be_read_are_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "spectrum.toml"
    with pytest.raises(BadSettings, match="cannot be read: no such file or directory"):
        read_settings(path)
    path.write_bytes(b"rules = 'caf\xe9'\n")
    with pytest.raises(BadSettings, match="not UTF-8"):
        read_settings(path)


@pytest.mark.parametrize("text", ["tool = 3\n", "[tool]\nspectrum = 3\n", ""])
def test_a_pyproject_of_a_wrong_shape_is_no_crash(text: str, tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(text)
    if "spectrum" in text:
        assert faults(path, text) == [(0, "the settings are a table of keys", "")]
    else:
        assert read_settings(path) == Settings()


# Finding


def test_the_nearest_settings_upwards_are_found(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(in_project(""))
    assert find_settings(deep) == tmp_path / "pyproject.toml"
    (tmp_path / "spectrum.toml").write_text("")
    assert find_settings(deep / "plan.yaml") == tmp_path / "spectrum.toml"
    (tmp_path / "a" / "pyproject.toml").write_text(in_project(""))
    assert find_settings(deep) == tmp_path / "a" / "pyproject.toml"


@pytest.mark.parametrize(
    "text",
    [
        "[tool.spectrum]\n",
        "[tool.spectrum.severity]\nSP304 = 'note'\n",
        "[tool]\nspectrum = {rules = 'uk'}\n",
        "tool.spectrum.rules = 'uk'\n",
        "[ tool . 'spectrum' ]\n",
        "[tool.spectrum]\nrules = \n",
    ],
)
def test_a_pyproject_counts_if_it_has_our_table_also_if_it_is_broken(text: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert find_settings(tmp_path) == tmp_path / "pyproject.toml"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[[[{",
        "# see tool.spectrum\n[tool.ruff]\n",
        "[project]\nname = 'spectrum'\n",
        "[tool.spectrums]\nrules = 1\n",
        "tool = 'spectrum'\n",
        "[project]\ndescription = 'tool.spectrum'\nbroken =\n",
        "\xe9",
    ],
)
def test_a_pyproject_that_has_nothing_to_do_with_us_does_no_harm(text: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(text.encode("latin-1"))
    found = find_settings(tmp_path)
    assert found is None or tmp_path not in found.parents


def test_folders_with_the_names_of_settings_are_passed_by(tmp_path: Path) -> None:
    for name in ("spectrum.toml", "pyproject.toml"):
        (tmp_path / name).mkdir()
    found = find_settings(tmp_path)
    assert found is None or tmp_path not in found.parents


# Codes


@pytest.mark.parametrize(
    ("select", "ignore", "code", "expected"),
    [
        ((), (), "SP301", True),
        ((), ("SP3",), "SP301", False),
        (("SP301",), ("SP3",), "SP301", True),
        (("SP301",), ("SP3",), "SP302", False),
        (("SP3",), ("SP30",), "SP301", False),
        (("SP3",), ("SP30",), "SP311", True),
        (("SP30",), ("SP30",), "SP301", True),
        (("SP31",), (), "SP301", False),
        (("SP",), (), "SP301", True),
    ],
)
def test_the_longer_beginning_decides_whether_a_code_is_reported(
    select: tuple[str, ...], ignore: tuple[str, ...], code: str, expected: bool
) -> None:
    assert Settings(select=select, ignore=ignore).selects(code) is expected
