"""Decisions at a URL: ``s3://``, ``gs://``, ``abfs://``, ``https://``, ``zip://`` and what else fsspec knows.

A URL names a file, a folder or, with ``*``, several of either kind; ``zip://*.yaml::s3://bucket/plans.zip`` names
files inside an archive that lies elsewhere. Credentials come from where each service's own programs look for them.

Nothing here raises for what a network does: whatever cannot be had is an item with a fault. A request is tried
:data:`ATTEMPTS` times, and gives up waiting after :data:`SECONDS_TO_CONNECT` and :data:`SECONDS_TO_READ`.
"""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, TypeVar

from spectrum_cli.files.discovery import SUFFIXES
from spectrum_cli.files.extras import MissingExtra
from spectrum_cli.files.reading import MARKDOWN_SUFFIXES
from spectrum_cli.files.tables import Ready, is_table, table_partitions
from spectrum_cli.model.decision_format import MAX_BYTES
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.portfolio import Item, Partition

ATTEMPTS = 2
SECONDS_TO_CONNECT = 5
SECONDS_TO_READ = 15
FILES_TOGETHER = 100

_URL = re.compile(r"[a-z][a-z0-9+.-]*://")
_USER = re.compile(r"(?<=://)[^/@:]*(?::[^/@]*)?@")
_QUERY = re.compile(r"\?[^:]*")
_PACKAGES = {
    "s3": ("s3fs", "spectrum-cli[remote]"),
    "s3a": ("s3fs", "spectrum-cli[remote]"),
    "http": ("aiohttp", "aiohttp"),
    "https": ("aiohttp", "aiohttp"),
    "gs": ("gcsfs", "gcsfs"),
    "gcs": ("gcsfs", "gcsfs"),
    "abfs": ("adlfs", "adlfs"),
    "abfss": ("adlfs", "adlfs"),
    "az": ("adlfs", "adlfs"),
}
# To ask again changes nothing about these.
_FINAL = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError, NotImplementedError, ValueError)
_UNREACHABLE = ("ConnectionError", "ClientConnectorError", "ClientConnectionError", "EndpointConnectionError")
_REFUSED = "access is refused; check the credentials for this service"
_ARCHIVES = ("zip", "tar", "libarchive")

Result = TypeVar("Result")


class _Place(NamedTuple):
    """An open file system and what a URL names in it."""

    system: Any
    path: str
    protocol: str
    chain: str

    def name(self, path: str) -> str:
        """Return the URL of a file of this system, without what may be secret in it."""
        whole = (
            path if _URL.match(path) else f"{self.protocol}://{path.lstrip('/') if self.protocol != 'file' else path}"
        )
        return without_secrets(whole + self.chain)


class _BadUrl(ValueError):
    """A URL that nothing can be asked with. The message is a sentence."""


class _Found(NamedTuple):
    """A file and how many bytes it has, where that is known."""

    path: str
    size: int | None
    mark: str = ""
    """What the service says that changes with the content, or nothing."""


@dataclass(frozen=True, slots=True)
class UrlFiles:
    """Some files at a URL, which are asked for where the partition is read."""

    url: str
    files: Sequence[_Found]
    named: bool

    def items(self) -> Iterator[Item]:
        """Yield the files, or why they cannot be had."""
        try:
            place = _patiently(lambda: _open_place(self.url))
        except Exception as error:
            yield from (Item(name, None, faults=(_fault(name, _reason(error)),)) for name in self.names())
            return
        yield from _fetched(place, self.files, named=self.named)

    def names(self) -> list[str]:
        """Return the files' names as rows show them, without asking a network."""
        first, sign, rest = self.url.partition("::")
        place = _Place(None, "", first.partition("://")[0], sign + rest)
        return [place.name(found.path) for found in self.files]


def is_url(argument: str) -> bool:
    """Whether an argument is a URL and no path."""
    return _URL.match(argument) is not None


def without_secrets(url: str) -> str:
    """Return a URL without user names, passwords and what follows a question mark, where keys are often put."""
    return _QUERY.sub("", _USER.sub("", url)) if "http" in url or "@" in url else url


def remote_partitions(url: str, ignored: Sequence[str] = (), *, elsewhere: bool = False) -> Iterator[Partition]:
    """Yield the partitions of all that a URL names, sorted by name: decision files first, then tables.

    With ``elsewhere`` files are asked for where a partition is read; otherwise they are here before it is sent.

    Raises:
        MissingExtra: a package that the URL needs is not installed.
    """
    try:
        place = _patiently(lambda: _open_place(url))
        found = _patiently(lambda: _list(place))
    except MissingExtra:
        raise
    except Exception as error:
        yield _refused(without_secrets(url), _reason(error))
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


def require(urls: Sequence[str]) -> None:
    """Make sure that the packages are there before anything is begun.

    Raises:
        MissingExtra: one is not installed.
    """
    if urls:
        _fsspec()
    for url in urls:
        for part in url.split("::"):
            _require_protocol(part.partition("://")[0] if "://" in part else "file")


def _fsspec() -> Any:
    try:
        import fsspec  # type: ignore[import-untyped]
    except ImportError:
        raise MissingExtra("a URL", "fsspec", "spectrum-cli[remote]") from None
    return fsspec


def _require_protocol(protocol: str) -> None:
    try:
        _fsspec().get_filesystem_class(protocol)
    except ImportError:
        package, install = _PACKAGES.get(protocol, (f"that reads {protocol}://", protocol))
        raise MissingExtra(f"{protocol}://", package, install) from None
    except ValueError:
        return


def _open_place(url: str) -> _Place:
    require([url])
    first, sign, rest = url.partition("::")
    protocol = first.partition("://")[0]
    if protocol in _ARCHIVES and not rest:
        raise _BadUrl(f"the URL does not say where the archive lies; write {protocol}://*.yaml::FILE")
    from fsspec.core import url_to_fs  # type: ignore[import-untyped]

    options: dict[str, Any] = {}
    waits = {
        "connect_timeout": SECONDS_TO_CONNECT,
        "read_timeout": SECONDS_TO_READ,
        "retries": {"total_max_attempts": 1},
    }
    for kind in ("s3", "s3a"):
        if f"{kind}://" in url:
            options[kind] = {"config_kwargs": waits}
    for kind in ("http", "https"):
        if f"{kind}://" in url:
            options[kind] = {"client_kwargs": {"timeout": _http_timeout()}}
    system, path = url_to_fs(url, **options)
    if hasattr(system, "retries"):
        system.retries = ATTEMPTS  # those of s3fs, which knows what a busy service says
    return _Place(system, path, protocol, sign + rest)


def _http_timeout() -> Any:
    from aiohttp import ClientTimeout

    return ClientTimeout(total=None, sock_connect=SECONDS_TO_CONNECT, sock_read=SECONDS_TO_READ)


def _list(place: _Place) -> list[_Found]:
    """Return the files that a URL names. Over HTTP there are no folders: a URL is one file."""
    system, path = place.system, place.path
    if place.protocol in ("http", "https"):
        return [_Found(path, None)]
    if any(sign in path for sign in "*?["):
        entries = system.glob(path, detail=True)
    elif system.isdir(path):
        entries = system.find(path, detail=True)
    else:
        entries = {path: system.info(path)}
    files = [
        _Found(name, info.get("size"), str(info.get("ETag") or info.get("LastModified") or info.get("mtime") or ""))
        for name, info in entries.items()
        if info.get("type") != "directory" and not _is_hidden(name, path)
    ]
    return sorted(files, key=lambda found: found.path)


def _is_hidden(name: str, below: str) -> bool:
    return "/." in name.removeprefix(below)


def _fetched(place: _Place, files: Sequence[_Found], *, named: bool) -> Iterator[Item]:
    """Yield the contents of some files, which are asked for at the same time where the service allows it."""
    small = [found.path for found in files if found.size is not None and found.size <= MAX_BYTES]
    contents: dict[str, Any] = {}
    if len(small) > 1:
        try:
            contents = place.system.cat(small, on_error="return")
        except Exception:
            contents = {}
    for found in files:
        name = place.name(found.path)
        content = contents.get(found.path)
        if not isinstance(content, bytes):
            try:
                content = _patiently(partial(_begin_of, place, found))
            except Exception as error:
                yield Item(name, None, faults=(_fault(name, _reason(error)),))
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
        stream = _patiently(lambda: place.system.open(path, "rb"))
        with stream:
            yield from table_partitions(name, path, stream, ignored)
    except MissingExtra:
        raise
    except Exception as error:
        yield _refused(name, f"the table cannot be read to its end: {_reason(error)}")


def _refused(name: str, reason: str) -> Ready:
    return Ready([Item(name, None, faults=(_fault(name, reason),))])


def _fault(name: str, reason: str) -> Diagnostic:
    return Diagnostic("SP101", Severity.ERROR, reason, name)


def _patiently(action: Callable[[], Result]) -> Result:
    """Do something that a network may hinder, and try it again unless that is of no use."""
    for attempt in range(1, ATTEMPTS):
        try:
            return action()
        except MissingExtra:
            raise
        except Exception as error:
            if isinstance(error, _FINAL) and _network_fault(error) in ("", _REFUSED):
                raise
            time.sleep(0.5 * attempt)
    return action()


def _network_fault(error: BaseException | None) -> str:
    """Return in a sentence what a network did, or an empty text. It may stand behind a file that is not found."""
    while error is not None:
        names = {kind.__name__ for kind in type(error).__mro__}
        if isinstance(error, TimeoutError) or any("Timeout" in name for name in names):
            return "the server does not answer in time"
        if names.intersection(_UNREACHABLE):
            return "the server cannot be reached"
        status = getattr(error, "status", None)
        if status in (401, 403):
            return _REFUSED
        if isinstance(status, int) and status >= 500:
            return f"the server has a fault of its own (status {status})"
        error = error.__cause__
    return ""


def _reason(error: Exception) -> str:
    """Return in one sentence why something could not be had. Each service has names of its own for the same thing."""
    told = str(error)
    network = _network_fault(error)
    if network or isinstance(error, _BadUrl):
        return network or told
    names = {kind.__name__ for kind in type(error).__mro__}
    if "NoCredentialsError" in names:
        return "no credentials were found for this service"
    if isinstance(error, PermissionError) or re.search(r"\b40[13]\b|Forbidden|Unauthorized", told):
        return _REFUSED
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if "BadZipFile" in names:
        return "the archive is damaged, or is no ZIP file"
    if isinstance(error, ValueError) and "Protocol not known" in told:
        return told[:1].lower() + told[1:]
    first = next(iter(told.splitlines()), "") or type(error).__name__
    return f"it cannot be read: {without_secrets(first)[:200]}"
