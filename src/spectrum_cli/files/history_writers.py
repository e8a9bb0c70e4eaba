"""Changes of many decisions over time as CSV or JSON Lines.

Each writer makes a file whole or not at all, from batches as they come. A CSV cell that a spreadsheet would take for
a formula gets a ``'`` in front, as in :mod:`~spectrum_cli.files.row_writers`; items of a list are parted by ``;``.
"""

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from spectrum_cli.files.row_writers import BETWEEN, RunInfo, defused
from spectrum_cli.files.writing import placing
from spectrum_cli.model.history import HISTORY_NAMES, Change

Write = Callable[[Sequence[Change]], None]


def _values(change: Change, info: RunInfo) -> tuple[str | Sequence[str] | None, ...]:
    return (*change, info.rule_base, info.rule_base_version, info.rule_base_hash)


def _cell(value: str | Sequence[str] | None) -> str:
    if value is None:
        return ""
    return defused(value if isinstance(value, str) else BETWEEN.join(value))


@contextmanager
def csv_changes(path: Path, info: RunInfo, *, replace: bool = False) -> Iterator[Write]:
    """Write changes as CSV."""
    with placing(path, replace=replace) as temporary, _text(temporary) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HISTORY_NAMES)
        yield lambda changes: writer.writerows([_cell(value) for value in _values(item, info)] for item in changes)


@contextmanager
def json_lines_changes(path: Path, info: RunInfo, *, replace: bool = False) -> Iterator[Write]:
    """Write changes as JSON Lines."""
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
    with placing(path, replace=replace) as temporary, _text(temporary) as stream:
        yield lambda changes: stream.writelines(
            f"{encode(dict(zip(HISTORY_NAMES, _values(item, info), strict=True)))}\n" for item in changes
        )


def _text(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", errors="replace", newline="")
