"""Every bad file that we know of, from public bug reports of tools of the same shape, gets the right answer.

The files and what is expected of them are in ``tests/badfiles``; its README says how to read ``index.yaml``.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from spectrum_cli.files import yaml_source
from spectrum_cli.files.decision_file import Reading, read_decision_file
from spectrum_cli.files.yaml_loaders import PureLoader
from spectrum_cli.model.decision import Fixed

FOLDER = Path(__file__).resolve().parent.parent / "badfiles"
COMMAND = Path(sys.executable).with_name("spectrum")
INDEX: list[dict[str, Any]] = yaml.safe_load((FOLDER / "index.yaml").read_text(encoding="utf-8"))

# Left out: 21-file-gone-during-the-run.sh and 33-junit-control-signs.sh need a command that does not exist yet.
# Of 10, 28, 48 and 53 the lines about `check` pass whether or not there is such a command; the others count.
NEED_CHECK = {"21-file-gone-during-the-run.sh", "33-junit-control-signs.sh"}

INPUTS = [entry for entry in INDEX if entry["outcome"] != "script"]
SCRIPTS = [entry["file"] for entry in INDEX if entry["outcome"] == "script" and entry["file"] not in NEED_CHECK]


def by_file(entry: dict[str, Any]) -> str:
    return str(entry["file"])


def value_of(reading: Reading, key: str) -> object:
    """Return an answer as the index writes it: tuples as lists."""
    assert reading.decision is not None
    value = reading.decision.answers[key].value
    if isinstance(value, tuple):
        return [item._asdict() if isinstance(item, Fixed) else item for item in value]
    return value


def test_every_bad_file_is_in_the_index_and_the_other_way_round() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {
        *map(by_file, INDEX),
        "index.yaml",
        "README.md",
        ".gitattributes",
    }


@pytest.mark.usefixtures("each_loader")
@pytest.mark.parametrize("entry", INPUTS, ids=by_file)
def test_a_bad_file_gets_the_outcome_the_line_and_the_words_that_are_right_for_it(entry: dict[str, Any]) -> None:
    reading = read_decision_file(str(FOLDER / entry["file"]))

    for key, value in entry.get("reading", {}).items():
        assert value_of(reading, key) == value
    if entry["outcome"] == "advice":
        assert reading.decision is not None
        assert reading.diagnostics == ()
        return
    assert reading.decision is None
    assert reading.diagnostics
    if entry["line"] is not None:
        assert entry["line"] in [found.span.line for found in reading.diagnostics if found.span]
    said = " ".join(f"{found.message} {found.hint}" for found in reading.diagnostics).lower()
    assert any(word.lower() in said for word in entry["message_mentions"])


@pytest.mark.parametrize("entry", INPUTS, ids=by_file)
def test_both_parsers_make_the_same_of_a_bad_file(entry: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(FOLDER / entry["file"])
    with_libyaml = read_decision_file(path)
    monkeypatch.setattr(yaml_source, "loader_for", lambda _text: PureLoader)
    assert read_decision_file(path) == with_libyaml


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_command_stands_a_known_trial(script: str, tmp_path: Path) -> None:
    done = subprocess.run(
        ["bash", str(FOLDER / script)],
        env={**os.environ, "SPECTRUM": str(COMMAND), "TMPDIR": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
