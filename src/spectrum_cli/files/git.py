"""What git knows of earlier texts."""

import os
import subprocess
from collections.abc import Sequence


class NoHistory(Exception):
    """Git is not there, this is no repository, or it does not know the revision. The message says which."""


def _git(arguments: Sequence[str], folder: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=folder or ".", capture_output=True, check=False)
    except OSError:
        raise NoHistory("git is not installed") from None
    if done.returncode != 0:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NoHistory(reason[0].removeprefix("fatal: ") if reason else "git gave no answer")
    return done.stdout


def changed_since(revision: str, folder: str = ".") -> set[str]:
    """Return the absolute paths of files that differ from a revision, new and untracked ones included.

    Raises:
        NoHistory: with the reason.
    """
    if revision.startswith("-"):
        raise NoHistory(f"'{revision}' is no revision")
    top = os.fsdecode(_git(["rev-parse", "--show-toplevel"], folder)).rstrip("\n")
    names = _git(["diff", "--name-only", "-z", "--diff-filter=d", revision, "--"], top)
    names += _git(["ls-files", "-z", "--others", "--exclude-standard"], top)
    return {os.path.realpath(os.path.join(top, os.fsdecode(name))) for name in names.split(b"\0") if name}


def text_at(revision: str, path: str) -> bytes | None:
    """Return a file's bytes at a revision, or None where it was not there."""
    folder = os.path.dirname(os.path.abspath(path))
    try:
        return _git(["show", f"{revision}:./{os.path.basename(path)}"], folder)
    except NoHistory:
        return None
