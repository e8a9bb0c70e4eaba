"""The GitHub Action: each of its scripts run as a runner would, with the inputs in place."""

import json
import re

import pytest
import yaml

from tests.integrations.conftest import OVER_PROMISE_LINE, ROOT, WARD

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
INSTALL, CHECK = ACTION["runs"]["steps"]
ANNOTATION = re.compile(r"::error file=plans/bridge\.yaml,line=(\d+),.*title=SP301 ")


@pytest.fixture(scope="module")
def runner(run, copied, tmp_path_factory):
    """A function that runs one step of the action as a runner on Linux does, after the install step has been run."""
    temp = tmp_path_factory.mktemp("runner")

    def step(which, cwd, **inputs):
        values = {f"inputs.{name}": inputs.get(name, told["default"]) for name, told in ACTION["inputs"].items()}
        values["github.action_path"] = str(copied)
        env = {
            name: re.sub(r"\$\{\{ (.+?) \}\}", lambda found: values[found[1]], text)
            for name, text in which["env"].items()
        }
        (temp / "script.sh").write_text(which["run"], encoding="utf-8")
        output = temp / "output.txt"
        output.write_text("", encoding="utf-8")
        env |= {"GITHUB_ACTIONS": "true", "GITHUB_OUTPUT": output, "RUNNER_TEMP": temp}
        done = run("bash", "--noprofile", "--norc", "-eo", "pipefail", temp / "script.sh", cwd=cwd, env=env)
        return done, dict(line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines())

    done, _ = step(INSTALL, temp)
    assert done.returncode == 0, done.stderr
    return step


def test_no_input_is_part_of_a_script():
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


def test_each_output_is_written_by_the_step_that_it_names():
    for name, told in ACTION["outputs"].items():
        assert told["value"] == f"${{{{ steps.{CHECK['id']}.outputs.{name} }}}}"


def test_findings_are_annotated_kept_as_sarif_and_fail_the_step(runner, proposals):
    done, outputs = runner(CHECK, proposals)
    assert done.returncode == 1, done.stderr
    assert [found[1] for found in ANNOTATION.finditer(done.stdout)] == [str(OVER_PROMISE_LINE)]
    assert f"plans/bridge.yaml:{OVER_PROMISE_LINE}:14: SP301 " in done.stdout
    assert outputs["exit-status"] == "1"
    with open(outputs["sarif-file"], encoding="utf-8") as stream:
        results = json.load(stream)["runs"][0]["results"]
    places = [result["locations"][0]["physicalLocation"] for result in results if result["ruleId"] == "SP301"]
    assert [place["artifactLocation"]["uri"] for place in places] == ["plans/bridge.yaml"]
    assert [place["region"]["startLine"] for place in places] == [OVER_PROMISE_LINE]


def test_paths_stand_one_a_line_and_may_hold_blanks(runner, proposals):
    (proposals / "our plans").mkdir()
    (proposals / "our plans" / "ward 7.yaml").write_text(WARD, encoding="utf-8")
    done, outputs = runner(CHECK, proposals, paths="our plans\nplans/ward.yaml\n")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 files checked" in done.stdout
    assert outputs["exit-status"] == "0"


def test_options_are_passed_on(runner, proposals):
    done, outputs = runner(CHECK, proposals, args="--fail-on never  --ignore SP301")
    assert done.returncode == 0, done.stderr
    assert not ANNOTATION.search(done.stdout)
    assert outputs["exit-status"] == "0"


def test_text_in_an_input_is_never_run(runner, proposals):
    done, _ = runner(CHECK, proposals, paths="$(touch made)\n`touch made`; touch made", args="--fail-on $(touch\tmade)")
    assert done.returncode == 2
    assert not list(proposals.rglob("made"))


def test_a_run_that_cannot_begin_keeps_its_status_and_names_no_file(runner, proposals):
    (proposals / "spectrum.toml").write_text("fail-on = 'sometimes'\n", encoding="utf-8")
    done, outputs = runner(CHECK, proposals)
    assert done.returncode == 2
    assert outputs == {"exit-status": "2"}


def test_two_checks_in_one_job_keep_their_own_findings(runner, proposals):
    first, second = (runner(CHECK, proposals, paths=path)[1]["sarif-file"] for path in ("plans/ward.yaml", "plans"))
    assert first != second
