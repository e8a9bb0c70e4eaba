"""How each kind of store is opened: what must be installed, how long it is waited for, how often it is asked.

A store is what answers for a URL: a bucket, a container, a web server, an archive. Each package has names and limits of
its own: gcsfs asks six times, and Azure's package waits a quarter of a minute and more between. Here all of them keep
to the same: a request that gets no answer ends after :data:`SECONDS_TO_CONNECT` or :data:`SECONDS_TO_READ`, and what
can pass is tried :data:`ATTEMPTS` times. Each asks through the proxy that the environment names.
"""

import os
import time
import warnings
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from types import MethodType
from typing import Any, TypeVar

from spectrum_cli.files.extras import MissingExtra, missing_extra
from spectrum_cli.files.store_faults import BadUrl, may_pass

ATTEMPTS = 2
SECONDS_TO_CONNECT = 5
SECONDS_TO_READ = 15
SECONDS_TO_SIGN_IN = 30
SECONDS_BETWEEN = 1
_SECONDS_TO_CLOSE = 1

AZURE = ("abfs", "abfss", "az")
_GOOGLE = ("gs", "gcs")
_S3 = ("s3", "s3a")
_WEB = ("http", "https")
_ARCHIVES = ("zip", "tar", "libarchive")
_PACKAGES = {
    **dict.fromkeys(_S3, ("s3fs", "spectrum-cli[remote]")),
    **dict.fromkeys(_WEB, ("aiohttp", "spectrum-cli[remote]")),
    **dict.fromkeys(_GOOGLE, ("gcsfs", "spectrum-cli[gs]")),
    **dict.fromkeys(AZURE, ("adlfs", "spectrum-cli[azure]")),
}
_LOGGERS = ("fsspec", "s3fs", "aiobotocore", "gcsfs", "google", "adlfs", "azure")
# fsspec keeps a file system for as long as the process lives, but what it has listed may not hold any more.
_ANEW = {"use_listings_cache": False}
_AZURE_SCOPE = "https://storage.azure.com/.default"

Result = TypeVar("Result")


def protocol_of(part: str) -> str:
    """Return the protocol of a URL, or of a part of a chained one: a path is a file on this machine."""
    return part.partition("://")[0] if "://" in part else "file"


def require(urls: Sequence[str]) -> None:
    """Make sure that the packages are there before anything is begun.

    Raises:
        MissingExtra: one is not installed.
    """
    for url in urls:
        for part in url.split("::"):
            _require_protocol(protocol_of(part))


def open_store(url: str) -> tuple[Any, str]:
    """Return the file system that answers for a URL, and the path in it.

    Raises:
        MissingExtra: a package that the URL needs is not installed.
        Exception: what the package raises where the store cannot be reached, or refuses.
    """
    require([url])
    parts = url.split("::")
    protocol = protocol_of(parts[0])
    if protocol in _ARCHIVES and len(parts) == 1:
        raise BadUrl(f"the URL does not say where the archive lies; write {protocol}://*.yaml::FILE")
    from fsspec.core import url_to_fs  # type: ignore[import-untyped]

    options = {kind: _options(kind) for kind in {protocol_of(part) for part in parts} if kind in _PACKAGES}
    with _quiet():
        # fsspec opens an inner store by itself, and takes the one that is there already.
        for part in parts[:0:-1]:
            if (kind := protocol_of(part)) in options:
                _settle(url_to_fs(part, **{kind: options[kind]})[0], kind)
        system, path = url_to_fs(url, **options)
        _settle(system, protocol)
    return system, path


def is_folder(system: Any, path: str, protocol: str) -> bool:
    """Whether a path is a folder.

    Raises:
        Exception: what the package raises where there is no such path, or the store cannot be asked.
    """
    if protocol in (*_GOOGLE, *AZURE) and "/" not in path.strip("/"):
        return True  # a bucket, which not everybody who may list it may ask about
    if protocol in _S3:
        return bool(system.isdir(path))  # which needs no right to ask for a file of the folder's name
    return bool(system.info(path)["type"] == "directory")


def fetch_together(system: Any, paths: Sequence[str], protocol: str) -> dict[str, Any]:
    """Return the contents of files, or what hindered one, asked for at the same time where the store allows it."""
    if protocol in AZURE:
        from fsspec.asyn import sync  # type: ignore[import-untyped]

        contents = sync(system.loop, system._cat, list(paths), on_error="return")  # `cat` asks for one after the other
    else:
        contents = system.cat(list(paths), on_error="return")
    return dict(contents)


def patiently(action: Callable[[], Result]) -> Result:
    """Do something that a network may hinder, and try it again unless that is of no use."""
    for attempt in range(1, ATTEMPTS):
        try:
            return action()
        except MissingExtra:
            raise
        except Exception as error:
            if not may_pass(error):
                raise
            time.sleep(SECONDS_BETWEEN * attempt / 2)
    return action()


def _require_protocol(protocol: str) -> None:
    try:
        import fsspec  # type: ignore[import-untyped]
    except ImportError:
        _, install = _PACKAGES.get(protocol, ("", "spectrum-cli[remote]"))
        raise missing_extra("a URL", "fsspec", install) from None
    try:
        with _quiet():
            fsspec.get_filesystem_class(protocol)
    except ImportError:
        package, install = _PACKAGES.get(protocol, (f"that reads {protocol}://", protocol))
        raise missing_extra(f"{protocol}://", package, install) from None
    except ValueError:
        return


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep to themselves what the packages log and warn of: a reader is told in our words."""
    import logging

    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _options(protocol: str) -> dict[str, Any]:
    """Return what a package is told when a store is opened: how long to wait, and to list anew."""
    if protocol in _S3:
        waits = {"connect_timeout": SECONDS_TO_CONNECT, "read_timeout": SECONDS_TO_READ}
        return {"config_kwargs": {**waits, "retries": {"total_max_attempts": 1}}, **_ANEW}
    if protocol in AZURE:
        waits = {"connection_timeout": SECONDS_TO_CONNECT, "read_timeout": SECONDS_TO_READ}
        return {**waits, "anon": _asks_azure_as_nobody(), **_ANEW}
    from aiohttp import ClientTimeout

    timeout = ClientTimeout(total=None, sock_connect=SECONDS_TO_CONNECT, sock_read=SECONDS_TO_READ)
    if protocol in _GOOGLE:
        return {"requests_timeout": timeout, "session_kwargs": {"trust_env": True}, **_ANEW}
    return {"client_kwargs": {"timeout": timeout, "trust_env": True}}


def _asks_azure_as_nobody() -> bool:
    """Whether not to sign in, for what is public, or where a connection string brings what is needed.

    What adlfs does unasked has changed: until 2026 it did not sign in, and in 2024 it did in spite of the string.
    """
    wished = os.environ.get("AZURE_STORAGE_ANON", "").lower() not in ("", "0", "f", "false")
    return wished or bool(os.environ.get("AZURE_STORAGE_CONNECTION_STRING"))


def _settle(system: Any, protocol: str) -> None:
    """Sign in, and set what a package takes no option for. fsspec gives the same file system again: it is done once."""
    if getattr(system, "settled", False):
        return
    if protocol in _S3:
        system.retries = ATTEMPTS  # those of s3fs, which knows what a busy service says
    elif protocol in _GOOGLE:
        _settle_google(system)
    elif protocol in AZURE:
        _settle_azure(system)
    else:
        return
    system.settled = True


def _settle_google(system: Any) -> None:
    from fsspec.asyn import sync
    from gcsfs.retry import retry_request  # type: ignore[import-untyped]
    from google.auth.transport.requests import Request
    from requests import Session

    credentials = system.credentials.credentials
    if credentials is not None and not credentials.valid:
        with Session() as session:
            credentials.refresh(partial(Request(session), timeout=(SECONDS_TO_CONNECT, SECONDS_TO_READ)))
    _end_properly(system.loop, sync(system.loop, system._set_session), system)
    if hasattr(system, "_get_bucket_type"):
        system._get_bucket_type = _plain_bucket
    request = getattr(type(system)._request, "__wrapped__", None)
    if request is not None:
        system._request = MethodType(retry_request(retries=ATTEMPTS)(request), system)


async def _plain_bucket(_name: str) -> Any:
    """Say what kind a bucket is, in place of a second service that gcsfs asks by gRPC, with limits of its own.

    A kind only matters for writing, and for buckets of a single zone, which can be read faster.
    """
    from gcsfs.extended_gcsfs import BucketType  # type: ignore[import-untyped]

    return BucketType.NON_HIERARCHICAL


def _end_properly(loop: Any, session: Any, system: Any) -> None:
    """Close a session before the package does, which would do it from a thread where that may not be done."""
    import asyncio

    def close() -> None:
        closing = asyncio.run_coroutine_threadsafe(session.close(), loop)
        if not _runs_here(loop):
            with suppress(TimeoutError):
                closing.result(_SECONDS_TO_CLOSE)

    weakref.finalize(system, close)


def _runs_here(loop: Any) -> bool:
    """Whether a loop runs in this thread, so that to wait for it would be to wait for oneself."""
    import asyncio

    try:
        return asyncio.get_running_loop() is loop
    except RuntimeError:
        return False


def _settle_azure(system: Any) -> None:
    if system.credential is not None:
        from fsspec.asyn import sync

        sync(system.loop, system.credential.get_token, _AZURE_SCOPE, timeout=SECONDS_TO_SIGN_IN)
    client = system.service_client
    # Only what the service says itself, that it is busy, is asked again at this depth.
    system.service_client = type(client)(
        client.url,
        credential=client.credential,
        connection_timeout=SECONDS_TO_CONNECT,
        read_timeout=SECONDS_TO_READ,
        retry_total=ATTEMPTS - 1,
        retry_connect=0,
        retry_read=0,
        initial_backoff=0,
        increment_base=SECONDS_BETWEEN,
        random_jitter_range=SECONDS_BETWEEN,
    )
