"""Rows are written whole or not at all, and the same rows give the same bytes."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from spectrum_cli.cli.portfolio import OUTPUTS, output_writer
from spectrum_cli.files import row_writers
from spectrum_cli.files.row_writers import RunInfo, defused, sqlite_schema
from spectrum_cli.files.writing import CannotWrite
from spectrum_cli.model.decision_format import SUPPORT_KEYS
from spectrum_cli.model.portfolio import COLUMNS, NAMES, Row, plain
from tests.model.test_portfolio import ROW

INFO = RunInfo("1.2", "practice", "1.0", "sha256:00", "2026-11-25")
NASTY = '=HYPERLINK("http://x","y"),\r\n"<script>{{ }}\x00 \u202e 🙂 ;#\\$'
WRITERS = {suffix: output_writer(suffix) for suffix in OUTPUTS if suffix != ".html"}
ROWS = [
    ROW._replace(opens="2027-01-05", openness=39.5, certain=True, gap=2, affected=12000, content_hash="sha256:11"),
    ROW._replace(title=NASTY, part="a", part_number=1, possible=(), findings=(), certain=False),
    ROW._replace(status="faulty", title=None, fault_code="SP202", fault_line=3),
]
ROWS = [
    row._replace(errors=0, warnings=0, notes=0, rule_base="practice", rule_base_version="1.0", rule_base_hash="h")
    for row in ROWS
]


def write(path: Path, batches: Iterable[Sequence[Row]] = (ROWS,), *, replace: bool = False) -> bytes:
    with WRITERS[path.suffix](path, INFO, replace=replace) as take:
        for batch in batches:
            take(batch)
    return path.read_bytes()


def broken() -> Iterator[Sequence[Row]]:
    yield ROWS
    raise ZeroDivisionError


def meanwhile(path: Path) -> Iterator[Sequence[Row]]:
    yield ROWS
    path.write_bytes(b"somebody else's")


def test_csv_has_all_columns_and_says_nothing_where_nothing_is(tmp_path: Path) -> None:
    text = write(tmp_path / "a.csv").decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == NAMES
    first = rows[0]
    assert (first["opens"], first["openness"], first["certain"], first["gap"]) == ("2027-01-05", "39.5", "true", "2")
    assert (first["possible"], first["findings"]) == ("inform;educate", "SP301=2;SP344=1")
    assert (first["part"], first["support_reasons"], first["support_scope"]) == ("", "met", "")
    assert rows[1]["title"] == "'" + NASTY
    assert rows[2]["status"] == "faulty"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "''=1"])
def test_what_a_spreadsheet_would_run_gets_a_mark_in_front(text: str) -> None:
    assert defused(text) == "'" + text


@pytest.mark.parametrize("text", ["", "a=1", "1-2", "'tis", "(x)", " =1"])
def test_any_other_text_is_left_as_it_is(text: str) -> None:
    assert defused(text) == text


@given(st.text())
def test_no_two_texts_become_the_same_cell(text: str) -> None:
    shown = defused(text)
    assert shown == text or shown[1:] == text
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    back = shown[1:] if row_writers._FORMULA.match(shown) else shown
    assert back == text


def test_json_lines_are_the_plain_rows(tmp_path: Path) -> None:
    lines = write(tmp_path / "a.jsonl").decode("utf-8").split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == [plain(row) for row in ROWS]


def test_parquet_has_types_and_the_facts_of_the_run(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet")
    table = parquet.read_table(tmp_path / "a.parquet")
    assert table.schema.names == list(NAMES)
    assert table.schema.metadata == {
        b"spectrum.program_version": b"1.2",
        b"spectrum.rule_base": b"practice",
        b"spectrum.rule_base_version": b"1.0",
        b"spectrum.rule_base_hash": b"sha256:00",
        b"spectrum.today": b"2026-11-25",
        b"spectrum.format": b"1",
    }
    assert {column.name: table.schema.field(column.name).nullable for column in COLUMNS} == {
        column.name: not column.always for column in COLUMNS
    }
    first = table.to_pylist()[0]
    assert first["opens"] == date(2027, 1, 5)
    assert first["possible"] == ["inform", "educate"]
    assert first["findings"] == [("SP301", 2), ("SP344", 1)]
    assert table.column("title").to_pylist() == ["Benches", NASTY, None]


def test_parquet_is_written_in_groups_whatever_the_batches_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_writers, "ROW_GROUP", 4)
    rows = ROWS * 5
    whole = write(tmp_path / "a.parquet", [rows])
    apart = write(tmp_path / "b.parquet", [rows[:1], [], rows[1:9], rows[9:]])
    assert whole == apart
    assert parquet.ParquetFile(tmp_path / "a.parquet").num_row_groups == 4


def test_sqlite_has_typed_columns_findings_and_the_facts_of_the_run(tmp_path: Path) -> None:
    write(tmp_path / "a.sqlite", [ROWS[:1], ROWS[1:]])
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        columns = [row[1] for row in database.execute("PRAGMA table_info(decisions)")]
        assert columns == ["number", *NAMES]
        assert database.execute("SELECT number, title, gap, certain, possible FROM decisions").fetchall() == [
            (1, "Benches", 2, 1, "inform;educate"),
            (2, NASTY, 1, 0, ""),
            (3, None, 1, None, "inform;educate"),
        ]
        assert database.execute("SELECT * FROM findings WHERE decision = 1").fetchall() == [
            (1, "SP301", 2),
            (1, "SP344", 1),
        ]
        assert dict(database.execute("SELECT * FROM run").fetchall()) == INFO.facts


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_the_same_rows_give_the_same_bytes(suffix: str, tmp_path: Path) -> None:
    whole = write(tmp_path / f"a{suffix}", [ROWS])
    assert write(tmp_path / f"b{suffix}", [ROWS[:2], ROWS[2:]]) == whole


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_a_run_that_ends_badly_leaves_nothing_and_replaces_nothing(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    for before in (None, b"before"):
        if before is not None:
            path.write_bytes(before)
        with pytest.raises(ZeroDivisionError):
            write(path, broken(), replace=True)
        assert [entry.name for entry in tmp_path.iterdir()] == ([path.name] if before else [])
        assert before is None or path.read_bytes() == before


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_nothing_is_overwritten_unasked(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"before")
    with pytest.raises(CannotWrite, match="exists already"):
        write(path)
    assert path.read_bytes() == b"before"
    assert write(path, replace=True) != b"before"
    path.unlink()
    with pytest.raises(CannotWrite, match="exists already"):
        write(path, meanwhile(path))
    assert path.read_bytes() == b"somebody else's"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    for suffix in WRITERS:
        with pytest.raises(CannotWrite, match="cannot write in"):
            write(tmp_path / "none" / f"a{suffix}")


def test_no_rows_are_a_table_all_the_same(tmp_path: Path) -> None:
    assert write(tmp_path / "a.csv", []).decode().count("\n") == 1
    write(tmp_path / "a.parquet", [])
    assert parquet.read_table(tmp_path / "a.parquet").num_rows == 0
    write(tmp_path / "a.db", [])
    assert (tmp_path / "a.db").read_bytes().startswith(b"SQLite format 3")


def test_the_sqlite_tables_name_every_column() -> None:
    schema = sqlite_schema()
    assert all(f'"{name}"' in schema for name in NAMES)
    assert len(SUPPORT_KEYS) == sum(name.startswith("support_") for name in NAMES)
