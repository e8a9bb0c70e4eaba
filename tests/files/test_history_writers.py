"""Changes over time as CSV and JSON Lines."""

import csv
import json
from pathlib import Path

import pytest

from spectrum_cli.files.history_writers import csv_changes, json_lines_changes
from spectrum_cli.files.row_writers import RunInfo
from spectrum_cli.files.writing import CannotWrite
from spectrum_cli.model.history import Change, ChangeKind

INFO = RunInfo("0", "practice", "1.0", "sha256:00", "2026-11-25")
CHANGE = Change(
    "+a.yaml", "\ta.yaml", "@path", "2026-04-10", "0" * 40, "-2+3", (ChangeKind.WIDENED, ChangeKind.PLANNED), None,
    None, "engage", None, "engage", ("newly open to change: whether", "=x"),
)  # fmt: skip


def test_no_cell_is_a_formula_and_json_keeps_the_texts(tmp_path: Path) -> None:
    with csv_changes(tmp_path / "a.csv", INFO) as write, json_lines_changes(tmp_path / "a.jsonl", INFO) as write_lines:
        write([CHANGE])
        write_lines([CHANGE])
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert [row[name] for name in ("file", "file_then", "part", "subject")] == [
        "'+a.yaml",
        "'\ta.yaml",
        "'@path",
        "'-2+3",
    ]
    assert (row["kinds"], row["opened"]) == ("widened;planned", "")
    line = json.loads((tmp_path / "a.jsonl").read_text(encoding="utf-8"))
    assert [line[name] for name in ("file", "part", "subject", "opened")] == ["+a.yaml", "@path", "-2+3", None]
    assert line["details"] == ["newly open to change: whether", "=x"]
    assert line["rule_base_hash"] == "sha256:00"


@pytest.mark.parametrize("writer", [csv_changes, json_lines_changes])
def test_a_file_is_whole_or_not_there_and_nothing_is_replaced_unasked(tmp_path: Path, writer) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "out"
    with pytest.raises(TypeError), writer(path, INFO) as write:
        write([CHANGE, None])
    assert list(tmp_path.iterdir()) == []
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(CannotWrite), writer(path, INFO):
        pass
    assert path.read_text(encoding="utf-8") == "mine"
