"""Rows of a portfolio as CSV, JSON Lines, Parquet or SQLite.

Each writer makes a file whole or not at all, from batches of rows as they come, with a memory that does not grow. The
same rows give the same bytes, however they were parted into batches. What each format makes of a value is said at
:class:`~spectrum_cli.model.portfolio.ColumnKind`; here is what is special:

CSV: UTF-8, commas, line feed. A text that a spreadsheet would take for a formula gets a ``'`` in front, and so does
one that has such a sign after quotation marks of that kind, so that to take one off gives the text back.

Parquet: the schema's metadata hold what :class:`RunInfo` tells, under ``spectrum.`` and its name.

SQLite: a table ``decisions`` with the columns, a table ``findings`` with a row for each code of a decision, and a
table ``run`` with one row for each fact of :class:`RunInfo`.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from spectrum_cli.files.extras import missing_extra
from spectrum_cli.files.writing import CannotWrite, placing, shown
from spectrum_cli.model.portfolio import (
    COLUMNS,
    FAULTY,
    NAMES,
    PORTFOLIO_FORMAT,
    Column,
    ColumnKind,
    Row,
    Totals,
    plain,
    row_of,
    values_of,
)

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-untyped]

Write = Callable[[Sequence[Row]], None]

BETWEEN = ";"
ROW_GROUP = 10_000

# Also in the wide forms, which some spreadsheets take for the same signs.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What all rows of a file have in common: the program, the rule base, and the day that findings go by."""

    program_version: str
    rule_base: str
    rule_base_version: str
    rule_base_hash: str
    today: str
    format: int = PORTFOLIO_FORMAT

    @property
    def facts(self) -> dict[str, str]:
        """The facts by their names, as texts."""
        return {name: str(value) for name, value in asdict(self).items()}


# CSV


def defused(text: str) -> str:
    """Return a text as a CSV cell that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def csv_cells(row: Row) -> list[str]:
    """Return the cells of a row as CSV shows them. SQLite has lists and counts in the same form."""
    return ["" if value is None else show(value) for show, value in zip(_CSV_CELL, values_of(row), strict=True)]


def _listed(values: Sequence[str]) -> str:
    return BETWEEN.join(values)


def _counted(counts: Sequence[tuple[str, int]]) -> str:
    return BETWEEN.join([f"{code}={count}" for code, count in counts])


_CELLS: dict[ColumnKind, Callable[[Any], str]] = {
    ColumnKind.TEXT: defused,
    ColumnKind.DAY: str,
    ColumnKind.WHOLE: str,
    ColumnKind.NUMBER: repr,
    ColumnKind.FLAG: lambda value: "true" if value else "false",
    ColumnKind.TEXTS: _listed,
    ColumnKind.COUNTS: _counted,
}
_CSV_CELL = tuple(_CELLS[column.kind] for column in COLUMNS)


@contextmanager
def csv_file(path: Path, _info: RunInfo, *, replace: bool = False) -> Iterator[Write]:
    """Write rows as CSV."""
    with placing(path, replace=replace) as temporary, _text(temporary) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(NAMES)
        yield lambda rows: writer.writerows(map(csv_cells, rows))


# JSON Lines


@contextmanager
def json_lines_file(path: Path, _info: RunInfo, *, replace: bool = False) -> Iterator[Write]:
    """Write rows as JSON Lines."""
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
    with placing(path, replace=replace) as temporary, _text(temporary) as stream:
        yield lambda rows: stream.writelines(f"{encode(plain(row))}\n" for row in rows)


def _text(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", errors="replace", newline="")


# Parquet


def parquet_schema(info: RunInfo) -> "pyarrow.Schema":
    """Return the schema of a Parquet file, with the facts of the run.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    pa = _pyarrow()
    kinds = {
        ColumnKind.TEXT: pa.string(),
        ColumnKind.DAY: pa.date32(),
        ColumnKind.WHOLE: pa.int64(),
        ColumnKind.NUMBER: pa.float64(),
        ColumnKind.FLAG: pa.bool_(),
        ColumnKind.TEXTS: pa.list_(pa.field("item", pa.string(), nullable=False)),
        ColumnKind.COUNTS: pa.map_(pa.string(), pa.field("value", pa.int64(), nullable=False)),
    }
    fields = [pa.field(column.name, kinds[column.kind], nullable=not column.always) for column in COLUMNS]
    return pa.schema(fields, metadata={f"spectrum.{name}": value for name, value in info.facts.items()})


def record_batch(rows: Sequence[Row], schema: "pyarrow.Schema") -> "pyarrow.RecordBatch":
    """Return rows as pyarrow holds them."""
    pa = _pyarrow()
    columns = zip(*map(values_of, rows), strict=True) if rows else ((),) * len(COLUMNS)
    arrays = []
    for column, field, values in zip(COLUMNS, schema, columns, strict=True):
        if column.kind is ColumnKind.DAY:
            arrays.append(pa.array(values, pa.string()).cast(field.type))
        else:
            arrays.append(pa.array(values, field.type))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


@contextmanager
def parquet_file(path: Path, info: RunInfo, *, replace: bool = False) -> Iterator[Write]:
    """Write rows as Parquet, in row groups of ten thousand.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    schema = parquet_schema(info)
    from pyarrow.parquet import ParquetWriter  # type: ignore[import-untyped]

    waiting: list[Row] = []
    with placing(path, replace=replace) as temporary, ParquetWriter(temporary, schema, compression="zstd") as writer:

        def write(rows: Sequence[Row]) -> None:
            waiting.extend(rows)
            while len(waiting) >= ROW_GROUP:
                writer.write_batch(record_batch(waiting[:ROW_GROUP], schema))
                del waiting[:ROW_GROUP]

        yield write
        if waiting:
            writer.write_batch(record_batch(waiting, schema))


def parquet_bytes(rows: Sequence[Row], info: RunInfo) -> bytes:
    """Return rows as the content of a Parquet file, the same that :func:`parquet_file` writes.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    schema = parquet_schema(info)
    from pyarrow import BufferOutputStream
    from pyarrow.parquet import ParquetWriter

    sink = BufferOutputStream()
    with ParquetWriter(sink, schema, compression="zstd") as writer:
        for start in range(0, len(rows), ROW_GROUP):
            writer.write_batch(record_batch(rows[start : start + ROW_GROUP], schema))
    content: bytes = sink.getvalue().to_pybytes()
    return content


def parquet_rows(path: Path, *, faulty_only: bool = False) -> list[Row]:
    """Return the rows of a Parquet file that was written here.

    Raises:
        OSError, ValueError: it cannot be read.
    """
    from pyarrow.parquet import read_table

    wanted = [("status", "=", FAULTY)] if faulty_only else None
    table = read_table(path, filters=wanted, partitioning=None)
    columns = [_from_parquet(column, table[column.name].to_pylist()) for column in COLUMNS]
    return [row_of(values) for values in zip(*columns, strict=True)]


def parquet_totals(path: Path) -> tuple[Totals, list[Row]]:
    """Return the sum of a Parquet file that was written here, and its faulty rows, without reading all columns.

    Raises:
        OSError, ValueError: it cannot be read.
    """
    from pyarrow.parquet import read_table

    names = ["status", "part_number", "verdict", "readiness", "gap", "advised"]
    table = read_table(path, columns=names, partitioning=None)
    empty = row_of([() if column.kind in _MANY else None for column in COLUMNS])
    columns = [table[name].to_pylist() for name in names]
    totals = Totals()
    totals.add(empty._replace(**dict(zip(names, cells, strict=True))) for cells in zip(*columns, strict=True))
    return totals, parquet_rows(path, faulty_only=True) if totals.faulty else []


_MANY = (ColumnKind.TEXTS, ColumnKind.COUNTS)


def _from_parquet(column: Column, values: list[Any]) -> list[Any]:
    if column.kind in _MANY:
        return [tuple(value) for value in values]
    if column.kind is ColumnKind.DAY:
        return [None if value is None else value.isoformat() for value in values]
    return values


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise missing_extra("a Parquet file", "pyarrow", "spectrum-cli[parquet]") from None
    return pyarrow


# SQLite

_SQL_TYPES = {
    ColumnKind.TEXT: "TEXT",
    ColumnKind.DAY: "TEXT",
    ColumnKind.WHOLE: "INTEGER",
    ColumnKind.NUMBER: "REAL",
    ColumnKind.FLAG: "INTEGER",
    ColumnKind.TEXTS: "TEXT",
    ColumnKind.COUNTS: "TEXT",
}


def sql_type(column: Column) -> str:
    """Return a column's type in SQLite, with its condition."""
    return _SQL_TYPES[column.kind] + (" NOT NULL" if column.always else "")


def sqlite_schema() -> str:
    """Return the statements that make the tables."""
    columns = ",\n".join(f'  "{column.name}" {sql_type(column)}' for column in COLUMNS)
    return (
        f"CREATE TABLE decisions (\n  number INTEGER PRIMARY KEY,\n{columns}\n);\n"
        "CREATE TABLE findings (\n"
        "  decision INTEGER NOT NULL REFERENCES decisions (number),\n"
        "  code TEXT NOT NULL,\n"
        "  count INTEGER NOT NULL,\n"
        "  PRIMARY KEY (decision, code)\n"
        ") WITHOUT ROWID;\n"
        "CREATE TABLE run (\n  fact TEXT PRIMARY KEY,\n  value TEXT NOT NULL\n) WITHOUT ROWID;\n"
    )


@contextmanager
def sqlite_file(path: Path, info: RunInfo, *, replace: bool = False) -> Iterator[Write]:
    """Write rows as an SQLite database."""
    import sqlite3

    marks = ", ".join("?" * (len(COLUMNS) + 1))
    with placing(path, replace=replace) as temporary:
        database = sqlite3.connect(temporary, isolation_level=None)
        try:
            database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;" + sqlite_schema())
            written = 0

            def write(rows: Sequence[Row]) -> None:
                nonlocal written
                first = written + 1
                written += len(rows)
                numbered = list(enumerate(rows, start=first))
                database.executemany(
                    f"INSERT INTO decisions VALUES ({marks})", [(number, *_sql_values(row)) for number, row in numbered]
                )
                counts = [(number, code, count) for number, row in numbered for code, count in row.findings]
                database.executemany("INSERT INTO findings VALUES (?, ?, ?)", counts)

            yield write
            database.executemany("INSERT INTO run VALUES (?, ?)", sorted(info.facts.items()))
            database.execute("COMMIT")
        except sqlite3.Error as error:
            raise CannotWrite(f"cannot write {shown(path)}: {error}") from None
        finally:
            database.close()


def _sql_values(row: Row) -> tuple[Any, ...]:
    values = row._replace(possible=_listed(row.possible), findings=_counted(row.findings))  # type: ignore[arg-type]
    return values_of(values)
