"""Writes whole files or none, and replaces nothing unless told to."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from spectrum_cli.files.reading import shown_name
from spectrum_cli.model.plain_text import visible


class CannotWrite(Exception):
    """A file was not written. The message says why, in a sentence for a person."""


@contextmanager
def writing_whole(path: Path) -> Iterator[Callable[[str | bytes], object]]:
    """Write a file piece by piece; it takes the path's place when the block ends well, and not at all otherwise.

    A link is written through, and what is no regular file (a device, a pipe) is written to as it is.

    Raises:
        CannotWrite: the system refused.
    """
    path = _followed(path)
    if path.exists() and not path.is_file():
        try:
            with path.open("wb") as stream:
                yield lambda content: stream.write(_bytes(content))
        except OSError as error:
            raise CannotWrite(f"cannot write {shown(path)}: {_reason(error)}") from None
        return
    try:
        handle, temporary = tempfile.mkstemp(prefix=".spectrum-", suffix=".part", dir=path.parent)
    except OSError as error:
        raise CannotWrite(f"cannot write in {shown(path.parent)}: {_reason(error)}") from None
    try:
        with os.fdopen(handle, "wb") as stream:
            yield lambda content: stream.write(_bytes(content))
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(_mode_for(path))
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_whole(path: Path, content: str | bytes, *, replace: bool = False) -> None:
    """Write a text as UTF-8, or bytes, so that the path holds all of it or is left as it was.

    It goes to a new file in the same folder first, which then takes the path's place in one step.

    A link is written through, and what is no regular file (a device, a pipe) is written to as it is.

    Raises:
        CannotWrite: the path exists and ``replace`` is false, or the system refused.
    """
    if replace:
        with writing_whole(path) as write:
            write(content)
        return
    try:
        handle, temporary = tempfile.mkstemp(prefix=".spectrum-", suffix=".part", dir=path.parent)
    except OSError as error:
        raise CannotWrite(f"cannot write in {shown(path.parent)}: {_reason(error)}") from None
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(_bytes(content))
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(_mode_for(path))
        _claim(Path(temporary), path)
    except FileExistsError:
        Path(temporary).unlink(missing_ok=True)
        raise CannotWrite(f"{shown(path)} exists already and was left as it is") from None
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise CannotWrite(f"cannot write {shown(path)}: {_reason(error)}") from None


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8", "replace")


@contextmanager
def placing(path: Path, *, replace: bool = False) -> Iterator[Path]:
    """Yield a new empty file beside a path; it takes the path's place when the block ends well, else it is removed.

    For programs that write a file by its name. A link is written through.

    Raises:
        CannotWrite: the path exists and ``replace`` is false, it is no regular file, or the system refused.
    """
    path = _followed(path)
    if path.exists() and not path.is_file():
        raise CannotWrite(f"cannot write {shown(path)}: it is no regular file")
    if path.exists() and not replace:
        raise CannotWrite(f"{shown(path)} exists already and was left as it is")
    try:
        handle, name = tempfile.mkstemp(prefix=".spectrum-", suffix=".part", dir=path.parent)
    except OSError as error:
        raise CannotWrite(f"cannot write in {shown(path.parent)}: {_reason(error)}") from None
    temporary = Path(name)
    os.close(handle)
    try:
        yield temporary
        with temporary.open("rb") as stream:
            os.fsync(stream.fileno())
        temporary.chmod(_mode_for(path))
        if replace:
            temporary.replace(path)
        else:
            _claim(temporary, path)
    except FileExistsError:
        raise CannotWrite(f"{shown(path)} exists already and was left as it is") from None
    except OSError as error:
        raise CannotWrite(f"cannot write {shown(path)}: {_reason(error)}") from None
    finally:
        temporary.unlink(missing_ok=True)


def shown(path: Path) -> str:
    """Return a path as it can be printed."""
    return visible(shown_name(str(path)))


def _followed(path: Path) -> Path:
    try:
        return path.resolve() if path.is_symlink() else path
    except (OSError, RuntimeError) as error:
        raise CannotWrite(f"cannot write {shown(path)}: it is a link that leads nowhere") from error


def _claim(temporary: Path, path: Path) -> None:
    """Give a new file its name without ever replacing another, also where the disk knows no hard links."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        with path.open("xb"):
            temporary.replace(path)
    else:
        temporary.unlink()


def _mode_for(path: Path) -> int:
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
