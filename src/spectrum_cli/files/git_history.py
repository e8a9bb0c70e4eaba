"""The past of many files, as git keeps it: one process lists it, one more hands out the texts."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, NamedTuple

from spectrum_cli.files.discovery import SUFFIXES
from spectrum_cli.files.git import NoHistory, ask_git, reason_in, surroundings
from spectrum_cli.model.decision_format import MAX_BYTES
from spectrum_cli.model.history import Beginning

_PIECE = 1 << 16
_FILE = "100"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NO_DAY = "1970-01-01"  # git's own word for a date that it cannot read
# Settings of a user that would change what is listed, and how.
_PLAINLY = ("diff.relative=false", "log.showSignature=false", "log.follow=false")


class Commit(NamedTuple):
    """A commit. ``day`` is its author's, as ISO. ``first`` is one without a parent that git has."""

    name: str
    day: str
    subject: str
    first: bool


class Version(NamedTuple):
    """A file in a commit, which is named by its place. ``blob`` is git's name for the text, or empty if deleted."""

    commit: int
    path: str
    blob: str


@dataclass(slots=True)
class FilePast:
    """The versions of one file, the oldest first, under all the names that it had."""

    versions: list[Version] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The last name."""
        return self.versions[-1].path

    @property
    def names(self) -> set[str]:
        """All names."""
        return {version.path for version in self.versions}


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository: the folder at its top, and whether a part of its history was left behind when it was cloned."""

    top: str
    shallow: bool


def repository_of(folder: str) -> Repository:
    """Return the repository that a folder lies in.

    Raises:
        NoHistory: there is none, or no git.
    """
    told = ask_git(["rev-parse", "--is-shallow-repository", "--show-toplevel"], folder)
    shallow, _, top = told.partition(b"\n")
    return Repository(os.fsdecode(top.removesuffix(b"\n")), shallow == b"true")


def commits_after(revision: str, top: str) -> set[str]:
    """Return the names of the commits of the main line that a revision does not have yet.

    Raises:
        NoHistory: git does not know the revision.
    """
    if revision.startswith("-"):
        raise NoHistory(f"'{revision}' is no revision")
    try:
        known = ask_git(["rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"], top).decode().strip()
    except (NoHistory, ValueError):
        raise NoHistory(f"'{revision}' is neither a day (YYYY-MM-DD) nor a revision that git knows") from None
    return set(ask_git(["rev-list", "--first-parent", f"{known}..HEAD"], top).decode().split())


def beginning_of(top: str) -> Beginning:
    """Return the commit with which the main line of a shallow clone begins.

    Raises:
        NoHistory: nothing is committed yet.
    """
    told = ask_git(["log", "--first-parent", "--max-parents=0", "-1", "--date=short", "--format=%ad %H"], top)
    day, _, name = told.decode().strip().partition(" ")
    return Beginning(day, name)


def read_past(top: str, others: Iterable[str] = ()) -> tuple[list[Commit], list[FilePast]]:
    """Return the commits that touched files which may be decisions, the oldest first, and the past of each file.

    Follows the first parent of each merge, and a file through its renames. A link or another repository is no file.
    ``others`` are paths from the top whose names end otherwise and that are listed all the same.

    Raises:
        NoHistory: nothing is committed yet.
    """
    wanted = [f":(top,icase,glob)**/*{suffix}" for suffix in SUFFIXES]
    wanted += [f":(top,literal){path}" for path in others if not path.lower().endswith(SUFFIXES)]
    listing = [
        "log",
        "--first-parent",
        "-m",
        "--reverse",
        "--raw",
        "-z",
        "--no-abbrev",
        "-M",
        "-l1000",
        "-O/dev/null",
        "--no-color",
    ]
    listing += ["--no-ext-diff", "--no-notes", "--date=short", "--encoding=UTF-8", "--format=%H%x00%P%x00%ad%x00%s"]
    settings = [word for setting in _PLAINLY for word in ("-c", setting)]
    commits: list[Commit] = []
    files = _Files()
    with _running([*settings, *listing, "--", *wanted], top) as stream:
        for commit, entries in _commits(_tokens(stream)):
            files.apply(len(commits), entries)
            commits.append(commit)
    return commits, files.pasts


@contextmanager
def _running(arguments: Sequence[str], folder: str) -> Iterator[IO[bytes]]:
    """Run git and yield what it writes.

    Raises:
        NoHistory: it fails, with what it says.
    """
    with tempfile.TemporaryFile() as complaint:
        command = ["git", *arguments]
        with subprocess.Popen(
            command,
            cwd=folder,
            env=surroundings(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaint,
        ) as process:
            assert process.stdout is not None
            yield process.stdout
        if process.returncode != 0:
            complaint.seek(0)
            raise NoHistory(reason_in(complaint.read()))


def _tokens(stream: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while piece := stream.read(_PIECE):
        *whole, rest = (rest + piece).split(b"\0")
        yield from whole


class _Entry(NamedTuple):
    """One file in a commit: what happened to it, its mode and text since, and its name before and since."""

    status: str
    mode: str
    blob: str
    before: str
    path: str


def _commits(tokens: Iterator[bytes]) -> Iterator[tuple[Commit, list[_Entry]]]:
    """Take apart what ``git log`` lists: the fields of a commit, then its files, each after a word with a colon."""
    commit: Commit | None = None
    entries: list[_Entry] = []
    for token in tokens:
        word = token.lstrip(b"\n")
        if word.startswith(b":"):
            _, mode, _, blob, status = word[1:].decode().split(" ")
            before = path = sys.intern(os.fsdecode(next(tokens)))
            if status[0] in "RC":
                path = sys.intern(os.fsdecode(next(tokens)))
            entries.append(_Entry(status[0], mode, blob, before, path))
        elif word:
            if commit is not None:
                yield commit, entries
            parents, day, subject = next(tokens), next(tokens).decode(), next(tokens).decode("utf-8", "replace")
            day = day if _DAY.fullmatch(day) else _NO_DAY
            commit, entries = Commit(word.decode(), day, subject, not parents), []
    if commit is not None:
        yield commit, entries


class _Files:
    """Files and the names under which they are known at the moment. One that was deleted keeps its name."""

    def __init__(self) -> None:
        self.pasts: list[FilePast] = []
        self._now: dict[str, FilePast] = {}

    def apply(self, commit: int, entries: Sequence[_Entry]) -> None:
        """Take what one commit did. Names that two files exchange are all given back first."""
        moved = {entry.before: self._now.pop(entry.before, None) for entry in entries if entry.status == "R"}
        for entry in entries:
            past = moved[entry.before] if entry.status == "R" else self._now.get(entry.path)
            there = entry.mode.startswith(_FILE)
            if past is None:
                if not there:
                    continue
                past = FilePast()
                self.pasts.append(past)
            self._now[entry.path] = past
            past.versions.append(Version(commit, entry.path, entry.blob if there else ""))


class Texts:
    """Hands out texts by git's names for them, all from one process."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._ask, self._answer = process.stdin, process.stdout

    def __getitem__(self, blob: str) -> bytes | None:
        """Return a text, at most one byte more than a decision file may have; None where git has it no longer."""
        try:
            self._ask.write(f"{blob}\n".encode())
            self._ask.flush()
        except BrokenPipeError:
            return None
        words = self._answer.readline().split()
        if len(words) != 3 or not words[2].isdigit():
            return None
        size = int(words[2])
        kept = self._answer.read(min(size, MAX_BYTES + 1))
        left = size + 1 - len(kept)  # git ends each text with a line feed of its own
        while left > 0 and (skipped := self._answer.read(min(left, _PIECE))):
            left -= len(skipped)
        return kept


@contextmanager
def texts_of(top: str) -> Iterator[Texts]:
    """Hand out the texts of a repository."""
    with subprocess.Popen(
        ["git", "cat-file", "--batch"],
        cwd=top,
        env=surroundings(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        yield Texts(process)
