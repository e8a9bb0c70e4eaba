"""The job for GitLab: its script lines, run in order as a runner would, and the report that they leave."""

import json
import os
import re
import venv

import pytest
import yaml

from tests.integrations.conftest import OVER_PROMISE_LINE, ROOT

JOB = yaml.safe_load((ROOT / "integrations" / "gitlab.yml").read_text(encoding="utf-8"))["spectrum-check"]
REPORT = JOB["artifacts"]["reports"]["codequality"]


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """The folder of an environment that the job may install into, as its image would be."""
    home = tmp_path_factory.mktemp("image")
    venv.create(home, with_pip=True)
    return home / "bin"


def job(run, python, cwd, **variables):
    path = os.pathsep.join((str(python), os.environ["PATH"]))
    lines = "\n".join(("set -eo pipefail", *JOB["script"]))
    return run("bash", "-c", lines, cwd=cwd, env={"PATH": path, "GITLAB_CI": "true", "CI": "true", **variables})


def test_without_a_package_the_job_says_what_is_missing(run, python, proposals):
    done = job(run, python, proposals)
    assert done.returncode != 0
    assert "SPECTRUM_PACKAGE: must say what pip installs" in done.stderr


def test_the_report_is_code_quality_and_the_job_fails_on_findings(run, python, wheel, proposals):
    done = job(run, python, proposals, SPECTRUM_PACKAGE=wheel)
    assert done.returncode == 1, done.stderr
    assert f"plans/bridge.yaml:{OVER_PROMISE_LINE}:14: SP301 " in done.stdout
    entries = json.loads((proposals / REPORT).read_text(encoding="utf-8"))
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert (proposals / entry["location"]["path"]).is_file()
        assert entry["location"]["lines"]["begin"] >= 1
        assert re.fullmatch(r"\w+", entry["fingerprint"])
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    (found,) = (entry for entry in entries if entry["description"].startswith("SP301 "))
    assert found["location"] == {"path": "plans/bridge.yaml", "lines": {"begin": OVER_PROMISE_LINE}}

    clean = job(run, python, proposals, SPECTRUM_PACKAGE=wheel, SPECTRUM_PATHS="plans/ward.yaml", SPECTRUM_ARGS="-j 1")
    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert json.loads((proposals / REPORT).read_text(encoding="utf-8")) == []


def test_the_report_is_kept_when_the_job_fails_and_what_is_cached_is_the_store():
    assert JOB["artifacts"]["when"] == "always"
    assert JOB["cache"]["paths"] == [".spectrum_cache/"]
