"""The settings of a team decide what ``spectrum check`` reports, and the command line decides over the settings."""

import shutil
from pathlib import Path

import pytest

from spectrum_cli.files.rulebase import rules_folder
from tests.cli.command import Ran
from tests.workflows import inside
from tests.workflows.decisions import CLEAN, OVER, write

HURRIED = CLEAN + "time: {weeks: 5}\n"
LATE = CLEAN.replace("feedback: 2027-05-01", "closes: 2027-03-01, feedback: 2027-06-01")


def check(*arguments: str | Path, cwd: Path, settings: str = "") -> Ran:
    if settings:
        (cwd / "spectrum.toml").write_text(settings)
    return inside.check(*arguments, cwd=cwd)


def found(ran: Ran) -> list[str]:
    """Return the file, severity and code of each finding."""
    lines = [line.split(" ")[:3] for line in ran.out.splitlines()[:-1]]
    return [f"{place.partition(':')[0]} {severity} {code}" for place, severity, code in lines]


def test_minimum_weeks_are_the_teams_and_the_command_line_comes_first(tmp_path: Path) -> None:
    write(tmp_path, a=HURRIED)
    assert found(check(cwd=tmp_path)) == []
    assert found(check(cwd=tmp_path, settings="minimum-weeks = 6\n")) == ["a.yaml warning SP333"]
    assert found(check("--minimum-weeks", "5", cwd=tmp_path)) == []
    assert found(check("--minimum-weeks", "0", cwd=tmp_path)) == []


def test_feedback_weeks_are_the_teams(tmp_path: Path) -> None:
    write(tmp_path, a=LATE)
    assert found(check(cwd=tmp_path, settings="feedback-weeks = 12\n")) == ["a.yaml warning SP324"]
    assert found(check(cwd=tmp_path, settings="feedback-weeks = 14\n")) == []


def test_severity_select_and_ignore_by_code_and_by_its_beginning(tmp_path: Path) -> None:
    write(tmp_path, a=OVER)
    assert found(check(cwd=tmp_path, settings="severity = {SP3 = 'note', SP301 = 'warning'}")) == [
        "a.yaml warning SP301"
    ]
    ran = check(cwd=tmp_path, settings="severity = {SP30 = 'note'}\n")
    assert (ran.code, found(ran)) == (0, ["a.yaml note SP301"])
    for settings in ("ignore = ['SP301']", "ignore = ['SP30']", "select = ['SP302', 'SP33']", "severity = {}"):
        assert bool(found(check(cwd=tmp_path, settings=settings))) is (settings == "severity = {}")
    assert found(check("--select", "SP301", cwd=tmp_path, settings="select = ['SP33']")) == ["a.yaml error SP301"]
    assert found(check("--ignore", "SP302", cwd=tmp_path, settings="ignore = ['SP3']")) == ["a.yaml error SP301"]
    assert found(check("--ignore", "sp33, sp301", cwd=tmp_path, settings="ignore = []")) == []


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("code", ["SP999", "promise", "301", "SP301 SP302"])
def test_a_code_that_does_not_exist_selects_nothing_and_so_is_refused(option: str, code: str, tmp_path: Path) -> None:
    write(tmp_path, a=OVER)
    ran = check(option, code, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert f"there is no code '{code.upper()}'" in ran.err


def test_problems_of_reading_cannot_be_settled_away(tmp_path: Path) -> None:
    write(tmp_path, a="spectrum: 1\ntitle: [\n")
    settings = "ignore = ['SP']\nselect = ['SP301']\nseverity = {SP1 = 'note'}\nper-file-ignores = {'*' = ['SP']}\n"
    ran = check(cwd=tmp_path, settings=settings)
    assert (ran.code, found(ran)) == (2, ["a.yaml error SP106"])


def test_per_file_ignores_are_patterns_of_paths_seen_from_the_settings(tmp_path: Path) -> None:
    for folder in ("", "old", "new", "new/old"):
        write(tmp_path / folder, a=OVER)
    for pattern, rest in {
        "old/*.yaml": ["a", "new/a", "new/old/a"],
        "old/": ["a", "new/a"],
        "**/old/*": ["a", "new/a"],
        "/a.yaml": ["new/a", "new/old/a", "old/a"],
        "a.yaml": [],
        "new": ["a", "old/a"],
        "[!n]*/a.yaml": ["a", "new/a", "new/old/a"],
        "n?w/**/a.yaml": ["a", "old/a"],
        "[": ["a", "new/a", "new/old/a", "old/a"],
    }.items():
        ran = check(cwd=tmp_path, settings=f"per-file-ignores = {{'{pattern}' = ['SP30']}}\n")
        assert found(ran) == [f"{name}.yaml error SP301" for name in rest], pattern
        inside = check("../new", cwd=tmp_path / "old")
        names = [f"../{name}.yaml error SP301" for name in rest if name.startswith("new")]
        assert found(inside) == names, pattern


def test_include_and_exclude_are_patterns_seen_from_the_settings(tmp_path: Path) -> None:
    for folder in ("p", "p/old", "q"):
        write(tmp_path / folder, a=OVER, other="key: value\n")
    settings = "include = ['p/**/a.yaml', '/q']\nexclude = ['old/']\n"
    ran = check(cwd=tmp_path, settings=settings)
    faults = [f"q/other.yaml error {code}" for code in ("SP201", "SP203", "SP203")]
    assert (ran.code, found(ran)) == (2, ["p/a.yaml error SP301", "q/a.yaml error SP301", *faults])
    assert found(check("p", cwd=tmp_path)) == ["p/a.yaml error SP301"]
    assert found(check(".", cwd=tmp_path / "p")) == ["a.yaml error SP301"]
    assert found(check("p/old/a.yaml", cwd=tmp_path)) == ["p/old/a.yaml error SP301"]


@pytest.mark.parametrize("level", ["error", "warning", "note", "never"])
def test_fail_on_is_the_severity_from_which_on_the_exit_status_is_1(level: str, tmp_path: Path) -> None:
    files = {"error": OVER, "warning": HURRIED, "note": CLEAN.replace("dates: {", "dates: {review: 2020-01-01, ")}
    fails = {"error": ("error",), "warning": ("error", "warning"), "note": tuple(files), "never": ()}[level]
    for severity, text in files.items():
        write(tmp_path, a=text)
        ran = check("--minimum-weeks", "6", cwd=tmp_path, settings=f"fail-on = '{level}'\n")
        assert found(ran)[0].split()[1] == severity
        assert ran.code == (severity in fails)
        assert check("--minimum-weeks", "6", "--fail-on", "never", cwd=tmp_path).code == 0


def own_rules(folder: Path) -> Path:
    """Make a rule base of one's own that is the source document under another id."""
    shutil.copytree(rules_folder() / "peoplehub", folder)
    base = folder / "rulebase.yaml"
    base.write_text(base.read_text().replace("id: peoplehub", "id: ours", 1))
    return folder


def test_the_path_of_the_rules_is_seen_from_the_settings_and_an_option_from_where_one_is(tmp_path: Path) -> None:
    team = write(tmp_path / "team", a=CLEAN)
    own_rules(team / "rules")
    for written in ("rules", "./rules", "../team/rules", str(team / "rules"), "uk"):
        (team / "spectrum.toml").write_text(f'rules = "{written}"\n')
        for path, cwd in (("team/a.yaml", tmp_path), ("a.yaml", team), (".", team)):
            assert check(path, cwd=cwd).code == 0, (written, path)
    assert check("--rules", "team/rules", "team", cwd=tmp_path).code == 0
    ran = check("--rules", "rules", "team", cwd=tmp_path)
    assert (ran.code, ran.out, ran.err.startswith("rules: SP901 there is no rule base here")) == (2, "", True)
    (team / "spectrum.toml").write_text('rules = "practise"\n')
    ran = check("team", cwd=tmp_path)
    assert (ran.code, "Did you mean practice?" in ran.err) == (2, True)


def test_settings_are_those_of_the_first_path_or_those_that_are_named(tmp_path: Path) -> None:
    for name, severity in (("a", "note"), ("b", "warning")):
        folder = write(tmp_path / name / "deep", plan=OVER)
        (folder.parent / "spectrum.toml").write_text(f"severity = {{SP301 = '{severity}'}}\n")
    assert found(check("a", "b", cwd=tmp_path)) == [f"{name}/deep/plan.yaml note SP301" for name in "ab"]
    assert found(check("a/deep/plan.yaml", cwd=tmp_path))[0].split()[1] == "note"
    assert found(check("--config", "b/spectrum.toml", "a", cwd=tmp_path))[0].split()[1] == "warning"
    (tmp_path / "team.toml").write_text("severity = {SP301 = 'warning'}\n")
    assert found(check("--config", "team.toml", "a", cwd=tmp_path))[0].split()[1] == "warning"
    ran = check("--config", "none.toml", "a", cwd=tmp_path)
    assert ran == (2, "", "none.toml: SP121 the settings cannot be read: no such file or directory\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("minimum_weeks = 3\n", "spectrum.toml:1:1: SP121 unknown key 'minimum_weeks'\n"),
        ("a = \n", "spectrum.toml:1:5: SP121 this is not valid TOML: invalid value\n"),
        ("ignore = ['SP391', 'SP371', 'SP398']\n", "spectrum.toml:1:1: SP121 there is no code 'SP398'\n"),
    ],
)
def test_settings_that_cannot_be_used_end_the_run_with_2_and_say_why(text: str, told: str, tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN)
    ran = check(cwd=tmp_path, settings=text)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"{tmp_path}/{told}")


def test_a_broken_pyproject_of_others_does_no_harm(tmp_path: Path) -> None:
    write(tmp_path, a=OVER)
    (tmp_path / "pyproject.toml").write_text("[[[{ # tool.spectrum\n")
    assert found(check(cwd=tmp_path)) == ["a.yaml error SP301"]
