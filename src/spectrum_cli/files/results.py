"""Keeps what checks found, by the content of the file, so that an unchanged file is not checked twice.

One SQLite file in ``.spectrum_cache``. SQLite keeps it whole through lost power and concurrent runs. A store that
cannot be read is replaced, an entry that does not have the expected shape is not believed, and one that has grown
too large starts anew.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from spectrum_cli.model.diagnostic import Diagnostic, Related, Severity
from spectrum_cli.model.location import Span

_SCHEMA_VERSION = 1
_WAIT_SECONDS = 5.0
_MAX_BYTES = 256 * 1024 * 1024

# What SQLite says of a file that is damaged or not ours. Anything else (busy, full, read-only) is no fault of the file.
_DAMAGED = (
    sqlite3.SQLITE_ERROR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_SCHEMA,
    sqlite3.SQLITE_CONSTRAINT,
    sqlite3.SQLITE_MISMATCH,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was found in a file: its findings, or that it is no decision file. ``until`` is an ISO day or empty."""

    status: str
    findings: tuple[Diagnostic, ...] = ()
    until: str = ""


def encode(kept: Kept) -> str:
    """Return what was found as text, without the file's name: the same text may lie under several names."""
    rows = [
        [
            item.code,
            item.severity.value,
            item.message,
            item.span,
            item.line_text,
            item.hint,
            [[place.message, place.span, place.line_text, place.file] for place in item.related],
        ]
        for item in kept.findings
    ]
    return _TEXT([kept.status, kept.until, rows])


_TEXT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def decode(text: str, file: str) -> Kept:
    """Return what was found, under a file's name.

    Raises:
        ValueError: the text does not have the shape that :func:`encode` gives it.
    """
    new = tuple.__new__
    try:
        status, until, rows = json.loads(text)
        _expect((status, until), _TEXTS[:2])
        findings = []
        for row in rows:
            code, severity, message, span, line_text, hint, related = row
            _expect((code, message, line_text, hint), _TEXTS)
            places = []
            for told, place, line, where in related:
                _expect((told, line, where), _TEXTS[:3])
                places.append(new(Related, (told, _span(place), line, where)))
            place = None if span is None else _span(span)
            level = _SEVERITIES[severity]
            findings.append(new(Diagnostic, (code, level, message, file, place, line_text, hint, tuple(places))))
    except (TypeError, ValueError, KeyError, RecursionError) as error:
        raise ValueError("not a kept result") from error
    return Kept(status, tuple(findings), until)


_SEVERITIES = {severity.value: severity for severity in Severity}
_TEXTS = (str,) * 4
_NUMBERS = (int,) * 4


def _expect(values: Iterable[object], kinds: tuple[type, ...]) -> None:
    if tuple(map(type, values)) != kinds:
        raise TypeError("of another kind")


def _span(numbers: list[int]) -> Span:
    _expect(numbers, _NUMBERS)
    return tuple.__new__(Span, numbers)


class ResultStore:
    """A store of results in one folder. All failures mean: nothing is kept.

    A damaged store is replaced. One that may not be used, or is held by another program, is left alone for this run.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / f"results-{_SCHEMA_VERSION}.sqlite"
        self._connection: sqlite3.Connection | None = None
        self._given_up = False

    def get(self, keys: Iterable[bytes]) -> Mapping[bytes, str]:
        """Return what is kept under some keys."""
        wanted = list(keys)
        connection = self._open()
        if connection is None:
            return {}
        try:
            found: dict[bytes, str] = {}
            for start in range(0, len(wanted), 500):
                some = wanted[start : start + 500]
                marks = ",".join("?" * len(some))
                found.update(connection.execute(f"SELECT key, result FROM results WHERE key IN ({marks})", some))
        except sqlite3.Error as error:
            self._judge(error)
            return {}
        return found

    def put(self, entries: Mapping[bytes, str]) -> None:
        """Keep some results, all or none of them."""
        connection = self._open() if entries else None
        if connection is None:
            return
        try:
            with connection:
                connection.executemany("INSERT OR REPLACE INTO results VALUES (?, ?)", entries.items())
        except sqlite3.Error as error:
            self._judge(error)

    def make(self) -> None:
        """Make the store where there is none, so that processes that begin together find it and do not collide."""
        self._open()
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection | None:
        if self._connection is not None or self._given_up:
            return self._connection
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            ignore = self.folder / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n", encoding="utf-8")
            self._connection = self._connect()
        except OSError:
            self._given_up = True
        except sqlite3.Error as error:
            self._judge(error)
            if not self._given_up:
                try:
                    self._connection = self._connect()
                except sqlite3.Error:
                    self._given_up = True
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_WAIT_SECONDS)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            # Rows in the order they come: sorted by key, each would rewrite a page of its own.
            connection.execute("CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, result TEXT)")
            if self._used(connection) > _MAX_BYTES:
                with connection:
                    connection.execute("DELETE FROM results")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _used(self, connection: sqlite3.Connection) -> int:
        pages, free, size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
        )
        return int((pages - free) * size)

    def _judge(self, error: sqlite3.Error) -> None:
        """Replace the store if the error says that it is damaged; else do without it from now on."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        if code & 0xFF in _DAMAGED:
            self._put_aside()
        else:
            self.close()
            self._given_up = True

    def _put_aside(self) -> None:
        """Remove a store that cannot be read, so that the next run starts a new one."""
        self.close()
        for path in self.folder.glob(f"{self.path.name}*"):
            with suppress(OSError):
                path.unlink()


def readable(path: Path) -> bool:
    """Whether a store can be opened and is whole. For tests and for those who wonder."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))
    except sqlite3.Error:
        return False
