"""Writes whole files or none, and replaces nothing unless told to."""

import os
import tempfile
from pathlib import Path


class CannotWrite(Exception):
    """A file was not written. The message says why, in a sentence for a person."""


def write_whole(path: Path, text: str, *, replace: bool = False) -> None:
    """Write a text so that the path holds all of it or is left as it was.

    The text goes to a new file in the same folder first, which then takes the path's place in one step.

    Raises:
        CannotWrite: the path exists and ``replace`` is false, or the system refused.
    """
    try:
        handle, temporary = tempfile.mkstemp(prefix=".spectrum-", suffix=".part", dir=path.parent)
    except OSError as error:
        raise CannotWrite(f"cannot write in {path.parent}: {_reason(error)}") from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(_mode_for(path))
        if replace:
            Path(temporary).replace(path)
        else:
            _claim(Path(temporary), path)
    except FileExistsError:
        Path(temporary).unlink(missing_ok=True)
        raise CannotWrite(f"{path} exists already and was left as it is") from None
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise CannotWrite(f"cannot write {path}: {_reason(error)}") from None


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
