"""The steps for Azure Pipelines: each script run as an agent would, with the parameters in place."""

import re

import yaml

from tests.integrations.conftest import OVER_PROMISE_LINE, ROOT

TEMPLATE = yaml.safe_load((ROOT / "integrations" / "azure-pipelines.yml").read_text(encoding="utf-8"))


def test_findings_become_errors_of_the_run_and_fail_it(run, wheel, proposals, tmp_path):
    values = {told["name"]: told.get("default") for told in TEMPLATE["parameters"]}
    assert values == {"package": None, "paths": ".", "args": ""}
    values["package"] = str(wheel)
    status = []
    for step in TEMPLATE["steps"]:
        assert "${{" not in step["bash"], "a parameter in a script could be run"
        env = {
            name: re.sub(r"\$\{\{ parameters\.(\w+) \}\}", lambda found: values[found[1]], text)
            for name, text in step["env"].items()
        }
        done = run("bash", "-c", step["bash"], cwd=proposals, env={**env, "AGENT_TEMPDIRECTORY": tmp_path})
        status.append(done.returncode)
    assert status == [0, 1], done.stderr
    error = rf"##vso\[task\.logissue type=error;sourcepath=plans/bridge\.yaml;linenumber={OVER_PROMISE_LINE};"
    assert re.search(error + r"columnnumber=14;code=SP301\]", done.stdout)
