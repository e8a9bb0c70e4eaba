"""Tables with one decision a row: CSV, JSON Lines and Parquet, read in partitions.

A table is opened and its columns are checked here; its rows become decisions where the partition is read, which may
be another process. A row that is damaged is one item with a fault, and the rest is read all the same. Text is cut
into records, JSON and Parquet into nothing at all, before a partition is sent: that takes the least time in the one
process that all rows pass through.
"""

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from spectrum_cli.files.decision_file import shown
from spectrum_cli.files.extras import missing_extra
from spectrum_cli.files.reading import shown_name, why_not_opened
from spectrum_cli.files.table_rows import RowReader, check_columns, flattened
from spectrum_cli.model.decision_format import MAX_BYTES
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.location import Span
from spectrum_cli.model.portfolio import Item, Partition

ROWS_TOGETHER = 1000
ROWS_OF_GROUPS = 10_000
_SEPARATORS = (",", ";", "\t")
_UTF16 = ("\udcff\udcfe", "\udcfe\udcff")


@dataclass(frozen=True, slots=True)
class Ready:
    """Items that are there already."""

    ready: Sequence[Item]

    def items(self) -> Iterator[Item]:
        """Yield them."""
        return iter(self.ready)


def is_table(path: str) -> bool:
    """Whether a name is that of a table."""
    return os.path.splitext(path.lower())[1] in _READERS


def local_table(path: str, ignored: Sequence[str] = ()) -> Iterator[Partition]:
    """Yield the partitions of a table on this machine.

    Raises:
        MissingExtra: a package that reads it is not installed.
    """
    name = shown_name(path)
    try:
        stream = open(path, "rb")  # noqa: SIM115 - closed below, after the last partition is taken
    except (OSError, ValueError) as error:
        message, hint = why_not_opened(path, error)
        yield _refused(name, [Diagnostic("SP101", Severity.ERROR, message, name, hint=hint)])
        return
    with stream:
        yield from table_partitions(name, path, stream, ignored)


def table_partitions(name: str, path: str, stream: IO[bytes], ignored: Sequence[str] = ()) -> Iterator[Partition]:
    """Yield the partitions of an open table. The end of the path says what it is.

    Raises:
        MissingExtra: a package that reads it is not installed.
    """
    read = _READERS[os.path.splitext(path.lower())[1]]
    try:
        yield from read(name, stream, RowReader(ignored))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        fault = Diagnostic("SP101", Severity.ERROR, f"the table cannot be read to its end: {reason}", name)
        yield _refused(name, [fault])


def _refused(name: str, faults: Sequence[Diagnostic]) -> Ready:
    return Ready([Item(name, None, faults=tuple(faults))])


def _fault(name: str, code: str, message: str, hint: str = "", line: int | None = None, column: int = 1) -> Diagnostic:
    span = Span(line, column, line, column + 1) if line is not None else None
    return Diagnostic(code, Severity.ERROR, message, name, span, "", hint)


# CSV


@dataclass(frozen=True, slots=True)
class CsvRows:
    """Some records of a CSV table. ``first`` is the number of the first row; each has its line and cells or fault.

    ``columns`` are the names of those that count, and None for the others.
    """

    name: str
    columns: tuple[str | None, ...]
    first: int
    records: Sequence[tuple[int, list[str] | Diagnostic]]

    def items(self) -> Iterator[Item]:
        """Yield the rows that are not empty."""
        width = len(self.columns)
        for number, (line, cells) in enumerate(self.records, start=self.first):
            if isinstance(cells, Diagnostic):
                yield Item(self.name, None, number, line, (cells,))
                continue
            if len(cells) != width:
                if not any(cells):
                    continue
                many = "a cell" if len(cells) == 1 else f"{len(cells)} cells"
                message = f"the row has {many}, but the table has {width} columns"
                hint = "Put a text that holds the separator in quotation marks."
                fault = _fault(self.name, "SP204", message, hint, line)
                yield Item(self.name, None, number, line, (fault,))
                continue
            stated = {name: cell for name, cell in zip(self.columns, cells, strict=True) if cell and name is not None}
            if stated or any(cells):
                yield Item(self.name, stated, number, line)


def _csv_table(name: str, stream: IO[bytes], reader: RowReader) -> Iterator[Partition]:
    csv.field_size_limit(MAX_BYTES)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        head = text.readline(MAX_BYTES)
        if head.startswith(_UTF16):
            fault = _fault(name, "SP102", "the table is UTF-16, not UTF-8", "Save it as CSV with the encoding UTF-8.")
            yield _refused(name, [fault])
            return
        separator = max(_SEPARATORS, key=head.count)
        records = _records(name, csv.reader(_lines(head, text), delimiter=separator, strict=True))
        first = next(records, (1, []))[1]
        faults = [first] if isinstance(first, Diagnostic) else check_columns(name, first, reader)
        if not isinstance(first, Diagnostic) and not any(first):
            hint = "The first row names the columns, such as title and openness.stage."
            faults = [_fault(name, "SP105", "the table is empty", hint)]
        if faults or isinstance(first, Diagnostic):
            yield _refused(name, faults)
            return
        columns = tuple(None if reader.skips(column) else column for column in first)
        number, some = 1, []
        for record in records:
            some.append(record)
            if len(some) == ROWS_TOGETHER:
                yield CsvRows(name, columns, number, some)
                number, some = number + len(some), []
        if some:
            yield CsvRows(name, columns, number, some)
    finally:
        text.detach()


def _lines(head: str, text: io.TextIOWrapper) -> Iterator[str]:
    yield head
    while line := text.readline(MAX_BYTES * 2):
        yield line


def _records(name: str, rows: Any) -> Iterator[tuple[int, list[str] | Diagnostic]]:
    """Yield each record with the line that it begins on; after a damaged one the next line begins a new one."""
    while True:
        line = rows.line_num + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, _damaged(name, str(error), line)
        else:
            yield line, cells


def _damaged(name: str, reason: str, line: int) -> Diagnostic:
    if "limit" in reason:
        return _fault(name, "SP103", "a cell is larger than 1 MiB", "Look for a quotation mark left open.", line)
    if "end of data" in reason:
        message = "a quotation mark opens here and is never closed, so that the rest of the table belongs to one cell"
        return _fault(name, "SP106", message, "Close it, or write it twice where it belongs to the text.", line)
    message = "a quotation mark closes a cell, and more text follows"
    return _fault(name, "SP106", message, "Write a quotation mark twice where it belongs to the text.", line)


# JSON Lines


@dataclass(frozen=True, slots=True)
class JsonLines:
    """Some lines of a JSON Lines table, each with its number; None for one that is too long to be kept."""

    name: str
    first: int
    lines: Sequence[tuple[int, bytes | None]]

    def items(self) -> Iterator[Item]:
        """Yield one item a line."""
        for number, (line, data) in enumerate(self.lines, start=self.first):
            cells = _cells_of(self.name, line, data)
            if isinstance(cells, Diagnostic):
                yield Item(self.name, None, number, line, (cells,))
            else:
                yield Item(self.name, cells, number, line)


class _Twice(ValueError):
    """An object holds a key twice."""


def _json_table(name: str, stream: IO[bytes], _reader: RowReader) -> Iterator[Partition]:
    number, some = 1, []
    for line, data in _json_lines(stream):
        some.append((line, data))
        if len(some) == ROWS_TOGETHER:
            yield JsonLines(name, number, some)
            number, some = number + len(some), []
    if some:
        yield JsonLines(name, number, some)
    elif number == 1:
        yield _refused(name, [_fault(name, "SP105", "the table is empty", "Write one decision a line, as JSON.")])


def _json_lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines that are not blank, with their numbers."""
    line = 0
    while data := stream.readline(MAX_BYTES + 2):
        line += 1
        if len(data) > MAX_BYTES + 1:
            while not data.endswith(b"\n") and (data := stream.readline(MAX_BYTES)):
                pass
            yield line, None
            continue
        if line == 1:
            data = data.removeprefix(b"\xef\xbb\xbf")
        if data.strip():
            yield line, data


def _cells_of(name: str, line: int, data: bytes | None) -> Mapping[str, object] | Diagnostic:
    if data is None:
        return _fault(name, "SP103", "the line is longer than 1 MiB", "A decision is a short text.", line)
    try:
        cells = _JSON.decode(data.decode("utf-8").strip())
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        message, hint = f"byte 0x{byte:02X} is not UTF-8", "Save the table again with the encoding UTF-8."
        return _fault(name, "SP102", message, hint, line, error.start + 1)
    except json.JSONDecodeError as error:
        reason = error.msg[:1].lower() + error.msg[1:]
        return _fault(name, "SP106", f"the line is not JSON: {reason}", "", line, error.colno)
    except _Twice as error:
        return _fault(name, "SP107", f"the key {shown(str(error))} stands twice", "Keep one of the two.", line)
    except RecursionError:
        return _fault(name, "SP103", "the line is nested too deep", "A decision needs five levels at most.", line)
    except ValueError as error:
        return _fault(name, "SP106", f"the line is not JSON: {error}", "", line)
    if not isinstance(cells, dict):
        what = "a list" if isinstance(cells, list) else "a single value"
        hint = 'Write, for example: {"title": "Where the benches go"}'
        return _fault(name, "SP204", f"a row is an object of keys and values, not {what}", hint, line)
    return laid_flat(cells)


def laid_flat(cells: Mapping[str, object]) -> Mapping[str, object]:
    """Return cells by dotted names where some are nested; as they are where that would give a name twice."""
    if dict not in map(type, cells.values()):
        return cells
    flat = list(flattened(cells))
    named = dict(flat)
    return named if len(named) == len(flat) else cells


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise _Twice(next(key for key in keys if keys.count(key) > 1))
    return found


def _no_number(word: str) -> object:
    raise ValueError(f"{word} is no number")


def _whole(digits: str) -> int | str:
    """Return a whole number; one of very many digits stays a text, which the row's reader refuses in its words."""
    return int(digits) if len(digits) < 4000 else digits


_JSON = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number, parse_int=_whole)


# Parquet


@dataclass(frozen=True, slots=True)
class ParquetRows:
    """A batch of a Parquet table's rows, as pyarrow holds them. ``first`` is the number of the first."""

    name: str
    first: int
    batch: Any

    def items(self) -> Iterator[Item]:
        """Yield one item a row."""
        names = self.batch.schema.names
        try:
            columns = [column.to_pylist() for column in self.batch.columns]
        except (ValueError, OverflowError, UnicodeDecodeError):
            columns = [[_value_or_text(value) for value in column] for column in self.batch.columns]
        nested = any(_is_nested(kind) for kind in self.batch.schema.types)
        for number, cells in enumerate(zip(*columns, strict=True), start=self.first):
            stated = {name: cell for name, cell in zip(names, cells, strict=True) if cell is not None}
            yield Item(self.name, laid_flat(_without_gaps(stated)) if nested else stated, number)


def _is_nested(kind: Any) -> bool:
    return bool(re.search(r"struct|map", str(kind)))


def _value_or_text(value: Any) -> object:
    try:
        return value.as_py()
    except UnicodeDecodeError:
        return value.as_buffer().to_pybytes().decode("utf-8", "surrogateescape")
    except (ValueError, OverflowError):  # such as a moment in parts of a microsecond, which Python does not know
        return value.cast("string").as_py()


def _without_gaps(cell: Any) -> Any:
    """Return a value without what a Parquet table only holds because other rows do."""
    if isinstance(cell, dict):
        return {key: _without_gaps(value) for key, value in cell.items() if value is not None}
    if isinstance(cell, list):
        return [_without_gaps(value) for value in cell]
    return cell


def _parquet_table(name: str, stream: IO[bytes], reader: RowReader) -> Iterator[Partition]:
    try:
        import pyarrow  # type: ignore[import-untyped]
        from pyarrow import parquet
    except ImportError:
        raise missing_extra("a Parquet table", "pyarrow", "spectrum-cli[parquet]") from None
    number = 1
    try:
        table = parquet.ParquetFile(stream)
        names = table.schema_arrow.names
        faults = check_columns(name, names, reader)
        if faults:
            yield _refused(name, faults)
            return
        wanted = [column for column in names if not reader.skips(column)]
        for groups in _row_groups(table):
            for batch in table.iter_batches(batch_size=ROWS_TOGETHER, row_groups=groups, columns=wanted):
                yield ParquetRows(name, number, batch)
                number += batch.num_rows
    except (pyarrow.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        reason = str(error).splitlines()[0][:200] if str(error) else "it is damaged"
        yield _refused(name, [_fault(name, "SP106", f"this is not a Parquet table that can be read: {reason}")])


def _row_groups(table: Any) -> Iterator[list[int]]:
    """Yield the row groups of a Parquet table some at a time: read at once, all of them would stay in memory."""
    some: list[int] = []
    rows = 0
    for group in range(table.num_row_groups):
        some.append(group)
        rows += table.metadata.row_group(group).num_rows
        if rows >= ROWS_OF_GROUPS:
            yield some
            some, rows = [], 0
    if some:
        yield some


_READERS: dict[str, Callable[[str, IO[bytes], RowReader], Iterator[Partition]]] = {
    ".csv": _csv_table,
    ".tsv": _csv_table,
    ".jsonl": _json_table,
    ".ndjson": _json_table,
    ".parquet": _parquet_table,
}
TABLE_SUFFIXES = tuple(_READERS)
