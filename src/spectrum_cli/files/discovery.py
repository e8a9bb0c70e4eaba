"""Which files are to be checked, in a stable order.

Folders are listed by git where it is there, because git alone knows exactly what a ``.gitignore`` leaves out; it
never follows a link to a folder. Without git every file below the folder counts, but for hidden folders.
"""

import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from glob import has_magic, iglob
from pathlib import Path

from spectrum_cli.files.reading import STDIN
from spectrum_cli.model.settings import Settings

SUFFIXES = (".yaml", ".yml", ".md", ".markdown")
CACHE_FOLDER = ".spectrum_cache"


@dataclass(frozen=True, slots=True)
class Target:
    """A file to check. One that was named is a decision file for certain; one that was found may be something else."""

    path: str
    named: bool


def discover(arguments: Sequence[str], settings: Settings, root: Path, *, as_found: bool = False) -> list[Target]:
    """Return the files that the arguments name or hold, each once, sorted.

    A name under which there is no file is kept: opening it says why. ``root`` is the folder that the patterns in the
    settings are relative to. ``as_found`` treats named files like those in a folder: other programs name every file
    that was changed, whatever it is.
    """
    found: dict[str, Target] = {}
    chooses = _Chooser(settings, root)

    def take(path: str, *, named: bool) -> None:
        if named:
            found[path] = Target(path, named=True)
        elif path.lower().endswith(SUFFIXES) and chooses(path):
            found.setdefault(path, Target(path, named=chooses.includes(path)))

    for argument in arguments:
        if argument == STDIN or Path(argument).is_file():
            take(_tidy(argument), named=argument == STDIN or not as_found)
        elif Path(argument).is_dir():
            for path in _below(argument):
                take(path, named=False)
        else:
            matches = sorted(iglob(argument, recursive=True)) if has_magic(argument) else []
            files = [match for match in matches if Path(match).is_file()]
            if not files:
                found[argument] = Target(argument, named=True)
            for path in files:
                take(_tidy(path), named=not as_found)
    return sorted(found.values(), key=lambda target: os.fsencode(target.path))


def named_in(path: str) -> list[str]:
    """Return the paths that a file lists, one a line or parted by NUL; ``-`` is standard input.

    Raises:
        OSError: the file cannot be read.
    """
    import sys

    data = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
    parts = data.split(b"\0") if b"\0" in data else data.splitlines()
    return [os.fsdecode(part) for part in parts if part.strip()]


def _tidy(path: str) -> str:
    return path if path == STDIN else os.path.normpath(path)


def _below(folder: str) -> Iterator[str]:
    listed = _listed_by_git(folder)
    for path in listed if listed is not None else _walked(folder):
        yield os.path.normpath(os.path.join(folder, path))


def _listed_by_git(folder: str) -> list[str] | None:
    """Return what git sees below a folder, or None where there is no git.

    Outside a repository an empty one in a temporary folder lends git its eyes.
    """
    command = ["git", "ls-files", "-z", "--others", "--exclude-standard"]
    try:
        inside = subprocess.run([*command, "--cached"], cwd=folder, capture_output=True, check=False)
        if inside.returncode == 0:
            return _split(inside.stdout)
        with tempfile.TemporaryDirectory() as place:
            subprocess.run(["git", "init", "-q", "--bare", place], capture_output=True, check=True)
            borrowed = ["git", f"--git-dir={place}", f"--work-tree={os.path.abspath(folder)}", *command[1:]]
            outside = subprocess.run(borrowed, cwd=folder, capture_output=True, check=False)
        return _split(outside.stdout) if outside.returncode == 0 else None
    except (OSError, subprocess.CalledProcessError):
        return None


def _split(listing: bytes) -> list[str]:
    return sorted({os.fsdecode(name) for name in listing.split(b"\0") if name})


def _walked(folder: str) -> Iterator[str]:
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            yield os.path.relpath(os.path.join(where, name), folder)


class _Chooser:
    """Applies the patterns of the settings to paths found in a folder."""

    def __init__(self, settings: Settings, root: Path) -> None:
        self._root = os.path.abspath(root)
        self._include = matcher(settings.include)
        self._exclude = matcher(settings.exclude)
        self._limits = bool(settings.include)

    def __call__(self, path: str) -> bool:
        if f"{os.sep}{CACHE_FOLDER}{os.sep}" in path:
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


def _as_expression(pattern: str) -> str:
    body = pattern.rstrip("/")
    anchored = "/" in body
    body = body.removeprefix("./").removeprefix("/")
    out = ""
    for piece in re.split(r"(\*\*/|/\*\*|\*\*|\*|\?)", body):
        out += {"**/": "(?:.*/)?", "/**": "/.*", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(piece, re.escape(piece))
    return f"(?:{'' if anchored else '(?:.*/)?'}{out}(?:/.*)?\\Z)"
