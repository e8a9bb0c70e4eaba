"""Decisions at a URL: ``s3://``, ``gs://``, ``abfs://``, ``https://``, ``zip://`` and what else fsspec knows.

A URL names a file, a folder or, with ``*``, several of either kind; ``zip://*.yaml::s3://bucket/plans.zip`` names
files inside an archive that lies elsewhere. Credentials come from where each service's own programs look for them.

Nothing here raises for what a network does: whatever cannot be had is an item with a fault.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from spectrum_cli.files.discovery import SUFFIXES
from spectrum_cli.files.extras import MissingExtra
from spectrum_cli.files.reading import MARKDOWN_SUFFIXES
from spectrum_cli.files.store_faults import reason, without_secrets
from spectrum_cli.files.stores import fetch_together, is_folder, open_store, patiently, protocol_of
from spectrum_cli.files.tables import Ready, is_table, table_partitions
from spectrum_cli.model.decision_format import MAX_BYTES
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.portfolio import Item, Partition

FILES_TOGETHER = 100
_BUFFER = 1 << 16

_URL = re.compile(r"[a-z][a-z0-9+.-]*://")
_AZURE_ACCOUNT = re.compile(r"(?:abfss?|az)://(?:[^/@]*@)?([^/@]+\.core\.[^/?]+)")
_MARKS = ("ETag", "etag", "LastModified", "last_modified", "mtime")


class _Place(NamedTuple):
    """An open file system and what a URL names in it."""

    system: Any
    path: str
    url: str

    @property
    def protocol(self) -> str:
        """What the URL begins with."""
        return protocol_of(self.url)

    def name(self, path: str) -> str:
        """Return the URL of a file of this system, without what may be secret in it."""
        first, sign, rest = self.url.partition("::")
        if account := _AZURE_ACCOUNT.match(first):
            container, slash, inside = path.lstrip("/").partition("/")
            path = f"{container}@{account[1]}{slash}{inside}"
        within = path if self.protocol == "file" else path.lstrip("/")
        whole = path if _URL.match(path) else f"{self.protocol}://{within}"
        return without_secrets(whole + sign + rest)


class _Found(NamedTuple):
    """A file and how many bytes it has, where that is known."""

    path: str
    size: int | None
    mark: str = ""
    """What the service says that changes with the content, or nothing."""


class _Stream(io.RawIOBase):
    """A file of a store, whose faults are told in our words.

    Buffered, it can also read a line of at most so many bytes, which fsspec's own files cannot.
    """

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Whether another place in it can be gone to, which Parquet needs."""
        return bool(self._inner.seekable())

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        return int(self._inner.seek(offset, whence))

    def tell(self) -> int:
        """Return the place."""
        return int(self._inner.tell())

    def readinto(self, buffer: Any) -> int:
        """Read what there is, at most as much as the buffer takes.

        Raises:
            OSError: the store did not give it. The message says why.
        """
        try:
            data = self._inner.read(len(buffer))
        except Exception as error:
            raise OSError(reason(error)) from error
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the file."""
        if not self.closed:
            self._inner.close()
        super().close()


@dataclass(frozen=True, slots=True)
class UrlFiles:
    """Some files at a URL, which are asked for where the partition is read."""

    url: str
    files: Sequence[_Found]
    named: bool

    def items(self) -> Iterator[Item]:
        """Yield the files, or why they cannot be had."""
        try:
            place = patiently(lambda: _open(self.url))
        except Exception as error:
            yield from (Item(name, None, faults=(_fault(name, reason(error)),)) for name in self.names())
            return
        yield from _fetched(place, self.files, named=self.named)

    def names(self) -> list[str]:
        """Return the files' names as rows show them, without asking a network."""
        place = _Place(None, "", self.url)
        return [place.name(found.path) for found in self.files]


def is_url(argument: str) -> bool:
    """Whether an argument is a URL and no path."""
    return _URL.match(argument) is not None


def remote_partitions(url: str, ignored: Sequence[str] = (), *, elsewhere: bool = False) -> Iterator[Partition]:
    """Yield the partitions of all that a URL names, sorted by name: decision files first, then tables.

    With ``elsewhere`` files are asked for where a partition is read; otherwise they are here before it is sent.

    Raises:
        MissingExtra: a package that the URL needs is not installed.
    """
    try:
        place = patiently(lambda: _open(url))
        found = patiently(lambda: _list(place))
    except MissingExtra:
        raise
    except Exception as error:
        yield _refused(without_secrets(url), reason(error))
        return
    if not found:
        yield _refused(without_secrets(url), "there is no such file")
        return
    named = len(found) == 1 and found[0].path.strip("/") == place.path.strip("/")
    files = [item for item in found if named or item.path.lower().endswith(SUFFIXES)]
    tables = [item for item in found if is_table(item.path)]
    if named and tables:
        files = []
    for start in range(0, len(files), FILES_TOGETHER):
        some = files[start : start + FILES_TOGETHER]
        yield UrlFiles(url, some, named) if elsewhere else Ready(list(_fetched(place, some, named=named)))
    for table in tables:
        yield from _table(place, table.path, ignored)


def _open(url: str) -> _Place:
    return _Place(*open_store(url), url)


def _list(place: _Place) -> list[_Found]:
    """Return the files that a URL names. Over HTTP there are no folders: a URL is one file."""
    system, path = place.system, place.path
    if place.protocol in ("http", "https"):
        return [_Found(path, None)]
    if any(sign in path for sign in "*?["):
        entries = system.glob(path, detail=True)
    elif is_folder(system, path, place.protocol):
        entries = system.find(path, detail=True)
    else:
        entries = {path: system.info(path)}
    files = [
        _Found(name, info.get("size"), next((str(info[mark]) for mark in _MARKS if info.get(mark)), ""))
        for name, info in entries.items()
        if info.get("type") != "directory" and not _is_hidden(name, path)
    ]
    return sorted(files, key=lambda found: found.path)


def _is_hidden(name: str, below: str) -> bool:
    return "/." in name.removeprefix(below.rstrip("/"))


def _fetched(place: _Place, files: Sequence[_Found], *, named: bool) -> Iterator[Item]:
    """Yield the contents of some files, which are asked for at the same time where the service allows it."""
    small = [found.path for found in files if found.size is not None and found.size <= MAX_BYTES]
    contents: dict[str, Any] = {}
    if len(small) > 1:
        try:
            contents = fetch_together(place.system, small, place.protocol)
        except Exception:
            contents = {}
    for found in files:
        name = place.name(found.path)
        content = contents.get(found.path)
        if not isinstance(content, bytes):
            try:
                content = patiently(partial(_begin_of, place, found))
            except Exception as error:
                yield Item(name, None, faults=(_fault(name, reason(error)),))
                continue
        markdown = found.path.lower().endswith(MARKDOWN_SUFFIXES)
        yield Item(name, content, markdown=markdown, named=named)


def _begin_of(place: _Place, found: _Found) -> bytes:
    """Return a file's bytes, at most one more than a decision file may have."""
    with place.system.open(found.path, "rb") as stream:
        data: bytes = stream.read(MAX_BYTES + 1)
    return data


def _table(place: _Place, path: str, ignored: Sequence[str]) -> Iterator[Partition]:
    name = place.name(path)
    try:
        raw = patiently(lambda: place.system.open(path, "rb"))
        with io.BufferedReader(_Stream(raw), _BUFFER) as stream:
            yield from table_partitions(name, path, stream, ignored)
    except MissingExtra:
        raise
    except Exception as error:
        yield _refused(name, f"the table cannot be read to its end: {reason(error)}")


def _refused(name: str, why: str) -> Ready:
    return Ready([Item(name, None, faults=(_fault(name, why),))])


def _fault(name: str, why: str) -> Diagnostic:
    return Diagnostic("SP101", Severity.ERROR, why, name)
