"""Each kind of partition is taken apart into its decisions, and one that ends its process is one faulty row."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from spectrum_cli.files.discovery import Target
from spectrum_cli.files.remote import UrlFiles, remote_partitions
from spectrum_cli.files.tables import local_table
from spectrum_cli.model.portfolio import Item, Partition
from spectrum_cli.workflows import alone
from spectrum_cli.workflows.alone import CannotStart, Together, apart, rows_apart
from spectrum_cli.workflows.portfolio import Files, rows_of
from tests.files.tables import write_csv, write_json_lines, write_parquet
from tests.workflows.clustered import JOB, RULE_BASE, Deadly, Ready, row_items
from tests.workflows.decisions import many


def every_kind(folder: Path) -> list[Partition]:
    many(folder / "files", 6)
    tables = [
        write_csv(folder / "a.csv"),
        write_json_lines(folder / "b.jsonl"),
        write_parquet(folder / "c.parquet"),
    ]
    return [
        Files([Target(str(path), True) for path in sorted((folder / "files").iterdir())]),
        *(part for table in tables for part in local_table(str(table))),
        *remote_partitions(f"file://{folder}/files", elsewhere=True),
        Ready(row_items(3)),
    ]


def test_every_kind_of_partition_is_taken_apart_into_the_same_decisions(tmp_path: Path) -> None:
    parts = every_kind(tmp_path)
    assert len(parts) == 6
    for part in [*parts, Together(parts)]:
        singles = list(apart(part))
        assert [item for _, single in singles for item in single.items()] == list(part.items())
        assert len(singles) > 2
        for known, single in singles:
            [item] = single.items()
            assert (known.name, known.row, known.line) == (item.name, item.row, item.line)
            assert known.content is None


def test_files_at_a_url_are_the_same_wherever_they_are_asked_for(tmp_path: Path) -> None:
    many(tmp_path / "files", 150)
    for url in (f"file://{tmp_path}/files", f"file://{tmp_path}/files/0001.yaml", f"file://{tmp_path}/none.yaml"):
        here = [item for part in remote_partitions(url) for item in part.items()]
        there = [item for part in remote_partitions(url, elsewhere=True) for item in part.items()]
        assert there == here
        assert len(here) == (150 if url.endswith("files") else 1)


def test_a_url_that_cannot_be_opened_where_it_is_read_is_a_fault_of_each_file(tmp_path: Path) -> None:
    many(tmp_path / "files", 3)
    [part] = remote_partitions(f"file://{tmp_path}/files", elsewhere=True)
    assert isinstance(part, UrlFiles)
    elsewhere = replace(part, url=part.url.replace("file://", "nowhere://"))
    items = list(elsewhere.items())
    assert [item.name for item in items] == elsewhere.names()
    assert {item.faults[0].code for item in items} == {"SP101"}


def test_rows_that_are_read_apart_are_the_same(tmp_path: Path) -> None:
    together = Together(every_kind(tmp_path))
    assert rows_apart(together, JOB, RULE_BASE) == rows_of(together.items(), JOB)


def test_a_decision_that_ends_its_process_is_one_faulty_row() -> None:
    items = row_items(5)
    for place in (0, 3, 4):
        items[place] = Item("t.csv", Deadly({"title": "x"}, os.getpid()), place + 1, 7)
    rows = rows_apart(Ready(items), JOB, RULE_BASE)
    assert [(row.row, row.fault_code) for row in rows] == [
        (1, "SP122"),
        (2, None),
        (3, None),
        (4, "SP122"),
        (5, "SP122"),
    ]
    assert (rows[3].file, rows[3].fault_line) == ("t.csv", 7)


def test_a_process_that_does_not_start_is_no_fault_of_a_decision(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "_BEGIN", "raise SystemExit")
    with pytest.raises(CannotStart):
        rows_apart(Ready(row_items(2)), JOB, RULE_BASE)
