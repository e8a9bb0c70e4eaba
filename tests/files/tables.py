"""Decisions for the tests of tables, and the same decisions in each kind of table."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

DECISIONS: tuple[Mapping[str, Any], ...] = (
    {
        "id": "A-1",
        "title": "Where the benches go",
        "owner": "Parks",
        "openness.stage": "options",
        "openness.open_to_change": ["whether", "options"],
        "need.unequal_effect": True,
        "people.affected": 1200,
        "people.groups": ["carers", "young people"],
        "dates.opens": "2027-01-05",
        "dates.closes": "2027-03-02",
        "support.reasons": "met",
        "support.scope": "planned",
        "support.scope.owner": "Parks team",
        "place.level": "local",
        "plan.type": "co-produce",
    },
    {"id": "A-2", "title": "A new 公園, with “quotes”; and more", "openness.stage": "made", "time.weeks": 3},
    {"id": "A-3", "title": "unknown", "owner": "unknown", "openness.stage": "unknown"},
)
COLUMNS = tuple(dict.fromkeys(key for decision in DECISIONS for key in decision))


def write_csv(path: Path, rows: Sequence[Mapping[str, Any]] = DECISIONS, columns: Sequence[str] = COLUMNS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        for row in rows:
            cells = [row.get(column, "") for column in columns]
            writer.writerow([";".join(cell) if isinstance(cell, list) else cell for cell in cells])
    return path


def write_json_lines(path: Path, rows: Sequence[Mapping[str, Any]] = DECISIONS) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def write_parquet(path: Path, rows: Sequence[Mapping[str, Any]] = DECISIONS, columns: Sequence[str] = COLUMNS) -> Path:
    table = pyarrow.Table.from_pylist([{column: row.get(column) for column in columns} for row in rows])
    parquet.write_table(table, path)
    return path
