"""What people install: a wheel built from the source distribution, in an environment of its own, run elsewhere."""

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DECISION = "spectrum: 1\ntitle: A test\nopenness: {stage: proposal, exchange: responses}\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The wheel, built by way of the source distribution so that both are known to be whole."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    (wheel,) = out.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory):
    """The folder of the commands of a fresh virtual environment that holds the wheel and what it depends on."""
    home = tmp_path_factory.mktemp("elsewhere")
    venv.create(home / "venv", with_pip=True)
    commands = home / "venv" / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(commands / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(built)]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return commands


def run(command, *arguments, cwd, **env):
    clean = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return subprocess.run(
        [str(command), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**clean, **env},
        check=False,
    )


def test_the_wheel_holds_the_rules_and_the_licences_and_nothing_else(built):
    names = zipfile.ZipFile(built).namelist()
    rules = {name for name in names if name.startswith("spectrum_cli/rules/")}
    assert {name.removeprefix("spectrum_cli/rules/") for name in rules} == {
        str(path.relative_to(ROOT / "rules")) for path in (ROOT / "rules").rglob("*.yaml")
    }
    tops = {name.split("/")[0] for name in names}
    assert len(tops) == 2
    assert "spectrum_cli" in tops
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("licenses/NOTICE") for name in names)
    assert "spectrum_cli/py.typed" in names


def test_the_installed_command_advises_from_any_folder_without_a_place_to_keep_things(installed, tmp_path):
    (tmp_path / "x.yaml").write_text(DECISION, encoding="utf-8")
    done = run(installed / "spectrum", "advise", "--format", "json", "x.yaml", cwd=tmp_path, HOME="/nonexistent")
    assert done.returncode == 0, done.stderr
    advice = json.loads(done.stdout)
    assert advice["type"] == "consult"
    assert advice["rule_base"]["id"] == "practice"


@pytest.mark.parametrize("layer", ["peoplehub", "practice", "uk"])
def test_every_layer_is_found_in_the_installed_package(installed, tmp_path, layer):
    done = run(installed / "spectrum", "rules", "test", "--rules", layer, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert " 0 failed" in done.stdout


def test_the_module_runs_too_and_only_the_four_libraries_come_along(installed, tmp_path):
    done = run(installed / "python", "-m", "spectrum_cli", "--version", cwd=tmp_path)
    assert done.stdout.startswith("spectrum ")
    code = "from importlib.metadata import requires; print(*requires('spectrum-cli'), sep='\\n')"
    listed = run(installed / "python", "-c", code, cwd=tmp_path).stdout.splitlines()
    needed = {line.split(">")[0].split("<")[0].strip() for line in listed if "extra ==" not in line}
    assert needed == {"typer", "rich", "pydantic", "pyyaml"}


def test_a_checkout_finds_its_own_rules_from_any_folder(tmp_path):
    """The editable install that runs these tests has no rules inside the package."""
    done = run(sys.executable, "-m", "spectrum_cli", "rules", "list", "--format", "json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rule_base"]["id"] == "practice"
