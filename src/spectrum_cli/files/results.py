"""Keeps what checks found, by the content of the file, so that an unchanged file is not checked twice.

One SQLite file in ``.spectrum_cache``. SQLite keeps it whole through lost power and concurrent runs. A store that
cannot be read, or whose entries do not have the expected shape, is put aside and never trusted.
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
    return json.dumps([kept.status, kept.until, rows], ensure_ascii=False, separators=(",", ":"))


def decode(text: str, file: str) -> Kept:
    """Return what was found, under a file's name.

    Raises:
        ValueError: the text does not have the shape that :func:`encode` gives it.
    """
    try:
        status, until, rows = json.loads(text)
        findings = tuple(
            Diagnostic(
                code,
                Severity(severity),
                message,
                file,
                Span(*span) if span else None,
                line_text,
                hint,
                tuple(Related(told, Span(*place), line, where) for told, place, line, where in related),
            )
            for code, severity, message, span, line_text, hint, related in rows
        )
    except (TypeError, KeyError, ValueError) as error:
        raise ValueError("not a kept result") from error
    return Kept(status, findings, until)


class ResultStore:
    """A store of results in one folder. All failures mean: nothing is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / f"results-{_SCHEMA_VERSION}.sqlite"
        self._connection: sqlite3.Connection | None = None

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
        except sqlite3.DatabaseError:
            self._put_aside()
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
        except sqlite3.OperationalError:
            return
        except sqlite3.DatabaseError:
            self._put_aside()

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection | None:
        if self._connection is not None:
            return self._connection
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            ignore = self.folder / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n", encoding="utf-8")
            self._connection = self._connect()
        except OSError:
            return None
        except sqlite3.DatabaseError:
            self._put_aside()
            with suppress(OSError, sqlite3.Error):
                self._connection = self._connect()
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_WAIT_SECONDS)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, result TEXT) WITHOUT ROWID")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

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
