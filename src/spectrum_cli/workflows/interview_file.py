"""Opening and saving the file of an interview. Nobody's work is overwritten, and no answer gets lost."""

import os
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from spectrum_cli.files.decision_edit import DecisionText, decision_text
from spectrum_cli.files.reading import MARKDOWN_SUFFIXES, STDIN, Unreadable, read_bytes, shown_name
from spectrum_cli.files.writing import CannotWrite, shown, write_whole
from spectrum_cli.model.diagnostic import Diagnostic
from spectrum_cli.workflows.interview import YAML_SUFFIXES


class CannotInterview(Exception):
    """An interview about this file cannot begin. It carries diagnostics, or a sentence alone."""

    def __init__(self, message: str, *diagnostics: Diagnostic) -> None:
        super().__init__(message)
        self.diagnostics = diagnostics


class Taken(Exception):
    """A new file was to be saved where another one stands."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file to go on with and its bytes as they were read; both None for a new one."""

    text: DecisionText | None
    data: bytes | None
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """Where the answers are now. ``instead_of`` is the file that was left alone because someone else wrote it."""

    path: Path
    instead_of: Path | None = None


def open_file(name: str) -> Opened:
    """Open the decision file to go on with, or make sure that a new one can be written.

    Raises:
        CannotInterview: the file has faults, or could not be saved in the end.
    """
    if name == STDIN:
        raise CannotInterview("the interview needs a file: standard input is where the answers come from")
    path = Path(name)
    if not _is_there(path):
        _must_be_new(path)
        return Opened(None, None)
    if path.exists() and not path.is_file() and not path.is_dir():
        raise CannotInterview(f"{shown(path)} is no ordinary file")
    try:
        data = read_bytes(name)
        text = decision_text(shown_name(name), data, markdown=name.lower().endswith(MARKDOWN_SUFFIXES))
    except Unreadable as error:
        raise CannotInterview("the file cannot be read", *error.diagnostics) from None
    reading = text.read()
    if reading.decision is None:
        raise CannotInterview("the file has faults", *reading.diagnostics)
    real = Path(os.path.realpath(path))
    if not os.access(real, os.W_OK) or not os.access(real.parent, os.W_OK):
        raise CannotInterview(f"{shown(path)} may not be changed, so no answer could be saved")
    return Opened(text, data, reading.diagnostics)


def _is_there(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        raise CannotInterview(f"there can be no file with the name {shown(path)[:60]}") from None
    return True


def _must_be_new(path: Path) -> None:
    if path.suffix.lower() not in (*YAML_SUFFIXES, *MARKDOWN_SUFFIXES):
        raise CannotInterview(f"{shown(path)} needs an ending: .yaml, or .md for a Markdown file with front matter")
    if not path.parent.is_dir():
        raise CannotInterview(f"there is no folder {shown(path.parent)} to save {shown(path)} in")
    if not os.access(path.parent, os.W_OK):
        raise CannotInterview(f"nothing may be written in {shown(path.parent)}, so no answer could be saved")


def save(text: DecisionText, path: Path, read_as: bytes | None, *, replace: bool, beside: bool) -> Saved:
    """Save the text of an interview, whole or not at all.

    ``read_as`` are the bytes from which the interview went on, None for a new file. A file that holds something else
    by now is left alone, and the text is saved beside it. Where a new file meets another one, ``replace`` lets it take
    that place, and ``beside`` chooses a free name.

    Raises:
        Taken: a new file stands where another one does, and neither was allowed.
        CannotWrite: the system refused.
    """
    there = os.path.lexists(path)
    if read_as is not None:
        if there and _bytes_of(path) != read_as:
            return _save_beside(text, path)
        write_whole(path, text.whole, replace=there)
    elif there and not replace:
        if not beside:
            raise Taken
        return _save_beside(text, path)
    else:
        write_whole(path, text.whole, replace=replace)
    return Saved(path)


def _save_beside(text: DecisionText, path: Path) -> Saved:
    for number in count(2):
        other = path.with_name(f"{path.stem}-{number}{path.suffix}")
        try:
            write_whole(other, text.whole)
        except CannotWrite:
            if os.path.lexists(other):
                continue
            raise
        return Saved(other, path)
    raise AssertionError("numbers do not end")


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
