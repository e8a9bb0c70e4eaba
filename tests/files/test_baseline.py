"""A baseline is written so that people can review it, and is read or refused with the way to make one."""

import json
from pathlib import Path

import pytest

from spectrum_cli.files.baseline import read_baseline, write_baseline
from spectrum_cli.files.settings import BadSettings
from spectrum_cli.files.writing import CannotWrite

FINDINGS = [("m2", "é.yaml", "SP301"), ("m1", "a.yaml", "SP302"), ("m0", "a.yaml", "SP301"), ("m0", "a.yaml", "SP301")]


def test_what_is_written_is_read_again_and_is_one_finding_a_line_in_order(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(path, FINDINGS)
    assert read_baseline(path) == {"m0", "m1", "m2"}
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "fingerprint" in line]
    assert [json.loads(line.strip(" ,"))["file"] for line in lines] == ["a.yaml", "a.yaml", "é.yaml"]
    before = path.read_bytes()
    write_baseline(path, reversed(FINDINGS))
    assert path.read_bytes() == before


def test_a_baseline_without_findings_is_one(tmp_path: Path) -> None:
    write_baseline(tmp_path / "baseline.json", [])
    assert read_baseline(tmp_path / "baseline.json") == frozenset()


def test_a_baseline_that_is_not_there_is_refused_with_the_command_that_makes_one(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    with pytest.raises(BadSettings) as caught:
        read_baseline(path)
    fault = caught.value.diagnostics[0]
    assert (fault.code, fault.message, fault.file) == ("SP121", "there is no baseline here", str(path))
    assert fault.hint == f"Make it once with: spectrum check --write-baseline {path} PATHS"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "3",
        "null",
        "{}",
        '{"format": 2, "findings": []}',
        '{"format": 1}',
        '{"format": 1, "findings": 3}',
        '{"format": 1, "findings": ["m"]}',
        '{"format": 1, "findings": [{}]}',
        "\xe9",
        "[" * 100_000,
    ],
)
def test_what_is_no_baseline_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(BadSettings) as caught:
        read_baseline(path)
    fault = caught.value.diagnostics[0]
    assert (fault.message, fault.hint) == ("this is no baseline", "Make it anew with --write-baseline.")


def test_a_folder_is_no_baseline_and_cannot_become_one(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="this is no baseline"):
        read_baseline(tmp_path)
    for path in (tmp_path, tmp_path / "none" / "baseline.json"):
        with pytest.raises(CannotWrite):
            write_baseline(path, FINDINGS)
    assert list(tmp_path.iterdir()) == []
