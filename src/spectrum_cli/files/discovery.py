"""Which files are to be checked, in a stable order.

Folders are listed by git where it is there, because git alone knows exactly what a ``.gitignore`` leaves out; it
never follows a link to a folder. Without git every file below the folder counts, but for hidden folders.
"""

import os
import re
import tempfile
from array import array
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from glob import escape, has_magic, iglob
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple, overload

from spectrum_cli.files.git import run_git
from spectrum_cli.files.reading import STDIN
from spectrum_cli.model.settings import Settings

SUFFIXES = (".yaml", ".yml", ".md", ".markdown")
CACHE_FOLDER = ".spectrum_cache"

_NOT_OPENED = re.compile(rb"could not open directory '(.*?)/?': ")


@dataclass(frozen=True, slots=True)
class Target:
    """A file to check. One that was named is a decision file for certain; one that was found may be something else."""

    path: str
    named: bool

    @property
    def gone(self) -> bool:
        """Whether a file that was found is no longer there, or was none: nobody asked for it by name."""
        return not self.named and (os.path.isdir(self.path) or not os.path.lexists(self.path))


def discover(arguments: Sequence[str], settings: Settings, root: Path, *, as_found: bool = False) -> Sequence[Target]:
    """Return the files that the arguments name or hold, each once by its first name, sorted.

    A name under which there is no file is kept: opening it says why. ``root`` is the folder that the patterns in the
    settings are relative to. ``as_found`` treats named files like those in a folder: other programs name every file
    that was changed, whatever it is.
    """
    chooses = Chooser(settings, root)
    if len(arguments) == 1 and os.path.isdir(arguments[0]):  # nothing in it has two names: no need to compare places
        shown = _tidy(arguments[0])
        below = _below(arguments[0])
        names, closed = ([_joined(shown, path) for path in paths] for paths in (below.files, below.closed))
        wanted = [name for name in names if name.lower().endswith(SUFFIXES) and chooses(name)]
        return _InAFolder(wanted, [name for name in closed if chooses(name)], chooses)
    found: dict[str, Target] = {}

    def take(path: str, place: str, *, named: bool) -> None:
        if named:
            found[place] = Target(found[place].path if place in found else path, named=True)
        elif path.lower().endswith(SUFFIXES) and chooses(path):
            found.setdefault(place, Target(path, named=chooses.includes(path)))

    for argument in arguments:
        if argument == STDIN:
            take(STDIN, STDIN, named=True)
        elif os.path.isdir(argument):
            shown, place = _tidy(argument), os.path.realpath(argument)
            below = _below(argument)
            for path in below.files:
                take(_joined(shown, path), os.path.join(place, path), named=False)
            for path in below.closed:
                if chooses(_joined(shown, path)):
                    take(_joined(shown, path), os.path.join(place, path), named=True)
        else:
            files = [argument] if os.path.isfile(argument) else _matching(argument)
            for path in files:
                take(_tidy(path), _place(path), named=not as_found)
            if not files:
                take(argument, _place(argument), named=True)
    return sorted(found.values(), key=lambda target: os.fsencode(target.path))


class _InAFolder(Sequence[Target]):
    """The files of one folder, sorted by the bytes of their names.

    Only names are held, and those as one text with the place where each begins: there may be very many.
    """

    def __init__(self, files: list[str], closed: list[str], chooses: "Chooser") -> None:
        names = files + closed
        names.sort(key=None if all(map(str.isascii, names)) else os.fsencode)
        self._starts = array("Q", accumulate((len(os.fsencode(name)) + 1 for name in names), initial=0))
        self._text = os.fsencode("\0".join(names)) + b"\0"
        self._closed = frozenset(closed)
        self._chooses = chooses

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, index: int) -> Target: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Target]: ...

    def __getitem__(self, index: int | slice) -> Target | Sequence[Target]:
        if isinstance(index, slice):
            return [self._target(place) for place in range(*index.indices(len(self)))]
        return self._target(range(len(self))[index])

    def _target(self, place: int) -> Target:
        name = os.fsdecode(self._text[self._starts[place] : self._starts[place + 1] - 1])
        return Target(name, named=self._chooses.includes(name) or name in self._closed)


def named_in(path: str) -> list[str]:
    """Return the paths that a file lists, one a line or parted by NUL; ``-`` is standard input.

    Raises:
        OSError: the file cannot be read.
    """
    import sys

    if path == STDIN and sys.stdin is None:
        raise OSError("there is no standard input")
    data = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
    parts = data.split(b"\0") if b"\0" in data else data.splitlines()
    return [os.fsdecode(part) for part in parts if part.strip()]


def _tidy(path: str) -> str:
    tidy = str(Path(path))
    return os.path.join(".", tidy) if tidy == STDIN else tidy


def _place(path: str) -> str:
    """Return where a file lies, whatever it is called. A link to a file is a file of its own."""
    folder, name = os.path.split(path)
    return os.path.join(os.path.realpath(folder), name)


def _matching(pattern: str) -> list[str]:
    """Return the files that fit a pattern. ``**`` goes into folders, but through no link to one and no hidden one."""
    if not has_magic(pattern):
        return []
    pattern = pattern.replace(os.sep, "/")
    head, stars, tail = f"{pattern}/*".partition("**/") if pattern.endswith("**") else pattern.partition("**/")
    if not stars or not f"/{head}".endswith("/"):
        return sorted(path for path in iglob(pattern) if os.path.isfile(path))
    files: list[str] = []
    for start in sorted(iglob(head)) if head else ["."]:
        for where, folders, _ in os.walk(start):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            files += _matching(f"{escape(where)}/{tail}") if has_magic(tail) else _if_file(f"{where}/{tail}")
    return files


def _if_file(path: str) -> list[str]:
    return [path] if os.path.isfile(path) else []


def _joined(folder: str, path: str) -> str:
    if path == ".":
        return folder
    return path if folder == "." else os.path.join(folder, path)


class _Below(NamedTuple):
    """The files below a folder, and the folders that may not be read: what lies in them is not known."""

    files: list[str]
    closed: list[str]


def _below(folder: str) -> _Below:
    return _listed_by_git(folder) or _walked(folder)


def _listed_by_git(folder: str) -> _Below | None:
    """Return what git sees below a folder, or None where there is no git.

    Git stops where another repository begins; that one is listed in its turn.
    """
    try:
        seen = _seen_by_git(folder)
    except OSError:
        return None
    if seen is None:
        return None
    files: list[str] = []
    closed = seen.closed
    for path in seen.files:
        inner = _listed_by_git(os.path.join(folder, path)) if path.endswith("/") else None
        if inner is not None:
            files += [path + name for name in inner.files]
            closed += [path + name for name in inner.closed]
        elif not path.endswith("/"):
            files.append(path)
    return _Below(files, closed)


def _seen_by_git(folder: str) -> _Below | None:
    """List a folder inside a repository, or with the eyes of an empty one that is lent for the moment.

    The latter holds outside of repositories, and for a folder that was named although its repository ignores it.
    """
    others = ["ls-files", "-z", "--others", "--exclude-standard"]
    inside = run_git([*others, "--cached"], folder)
    if inside.stdout or (inside.returncode == 0 and run_git(["check-ignore", "-q", "."], folder).returncode != 0):
        return _Below(_split(inside.stdout), _closed_to_git(folder, inside.stderr))
    with tempfile.TemporaryDirectory() as place:
        made = run_git(["init", "-q", "--bare", "--template=", place], folder)
        lent = run_git([f"--git-dir={place}", f"--work-tree={os.path.abspath(folder)}", *others], folder)
    if made.returncode or lent.returncode:
        return None
    return _Below(_split(lent.stdout), _closed_to_git(folder, lent.stderr))


def _closed_to_git(folder: str, complaints: bytes) -> list[str]:
    """Return the folders that git could not open. It names them as seen from the top of their repository."""
    told = [os.fsdecode(name) for name in _NOT_OPENED.findall(complaints)]
    if not told:
        return []
    return [path for path in _walked(folder).closed if any(f"/{name}".endswith(f"/{path}") for name in told)]


def _split(listing: bytes) -> list[str]:
    return [name for name in os.fsdecode(listing).split("\0") if name]


def _walked(folder: str) -> _Below:
    below = _Below([], [])

    def cannot_list(error: OSError) -> None:
        if isinstance(error, PermissionError):
            below.closed.append(os.path.relpath(error.filename, folder))

    for where, folders, names in os.walk(folder, onerror=cannot_list):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        below.files.extend(os.path.relpath(os.path.join(where, name), folder) for name in sorted(names))
    return below


class Chooser:
    """Applies the patterns of the settings to paths found in a folder."""

    def __init__(self, settings: Settings, root: Path) -> None:
        self._root = os.path.abspath(root)
        self._include = matcher(settings.include)
        self._exclude = matcher(settings.exclude)
        self._limits = bool(settings.include)

    def __call__(self, path: str) -> bool:
        if f"{os.sep}{CACHE_FOLDER}{os.sep}" in os.sep + path:
            return False
        if not self._limits and self._exclude is None:
            return True
        relative = self._relative(path)
        if self._exclude is not None and self._exclude(relative):
            return False
        return not self._limits or (self._include is not None and self._include(relative))

    def includes(self, path: str) -> bool:
        """Whether an include pattern names the file, so that it is a decision file for certain."""
        return self._include is not None and self._include(self._relative(path))

    def _relative(self, path: str) -> str:
        return os.path.relpath(os.path.abspath(path), self._root).replace(os.sep, "/")


def matcher(patterns: Iterable[str]) -> "Matches | None":
    """Return a test of paths against patterns in git's manner, or None without patterns.

    A pattern without a slash matches a name at any depth; ``*`` stops at a slash and ``**`` does not; a pattern that
    matches a folder matches everything below it.
    """
    parts = [_as_expression(pattern) for pattern in patterns if pattern]
    return Matches(re.compile("|".join(parts))) if parts else None


@dataclass(frozen=True, slots=True)
class Matches:
    """A compiled set of patterns."""

    expression: re.Pattern[str]

    def __call__(self, path: str) -> bool:
        return self.expression.match(path) is not None


_WILD = {"/**/": "/(?:.*/)?", "**/": "(?:.*/)?", "/**": "/.*", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def _as_expression(pattern: str) -> str:
    body = pattern.rstrip("/")
    anchored = "/" in body
    body = body.removeprefix("./").removeprefix("/")
    out = ""
    for piece in re.split(r"(/\*\*/|\*\*/|/\*\*|\*\*|\*|\?|\[!?\]?[^]/]*\])", body):
        out += _WILD.get(piece) or _one_of(piece)
    return f"(?:{'' if anchored else '(?:.*/)?'}{out}(?:/.*)?\\Z)"


def _one_of(piece: str) -> str:
    """Turn ``[abc]``, ``[a-c]`` and ``[!a]`` into a class of signs, and anything else into itself."""
    if piece.startswith("[") and piece.endswith("]"):
        signs = re.escape(piece[1:-1].removeprefix("!")).replace(r"\-", "-")
        expression = f"[^/{signs}]" if piece.startswith("[!") else f"[{signs}]"
        with suppress(re.error):
            re.compile(expression)
            return expression
    return re.escape(piece)
