"""What git knows of earlier texts."""

import os
import subprocess
from collections.abc import Iterable, Sequence

# What git tells its hooks. It would make git look at another repository or index than those of the folder.
_FOR_HOOKS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")


class NoHistory(Exception):
    """Git is not there, this is no repository, or it does not know the revision. The message says which."""


def run_git(arguments: Sequence[str], folder: str) -> "subprocess.CompletedProcess[bytes]":
    """Run git in a folder, the same inside a hook and outside.

    Raises:
        OSError: git is not installed.
    """
    command = ["git", *arguments]
    return subprocess.run(
        command, cwd=folder or ".", env=surroundings(), stdin=subprocess.DEVNULL, capture_output=True, check=False
    )


def surroundings() -> dict[str, str]:
    """Return the environment in which git looks at the folder that it runs in, at no other one, and speaks English."""
    return {name: value for name, value in os.environ.items() if name not in _FOR_HOOKS} | {"LC_ALL": "C"}


def ask_git(arguments: Sequence[str], folder: str) -> bytes:
    """Return what git answers in a folder.

    Raises:
        NoHistory: with what git says is wrong.
    """
    try:
        done = run_git(arguments, folder)
    except OSError:
        raise NoHistory("git is not installed") from None
    if done.returncode != 0:
        raise NoHistory(reason_in(done.stderr))
    return done.stdout


def reason_in(complaint: bytes) -> str:
    """Return the first line of what git complains of."""
    lines = complaint.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "git gave no answer"


def changed_since(revision: str, folders: Iterable[str] = (".",)) -> set[str]:
    """Return the real paths of files that differ from a revision, new and untracked ones included.

    Looks at the whole repository of each folder.

    Raises:
        NoHistory: with the reason.
    """
    if revision.startswith("-"):
        raise NoHistory(f"'{revision}' is no revision")
    if ".." in revision:
        raise NoHistory(f"'{revision}' is a range; give the one revision to compare the files with")
    changed: set[str] = set()
    for top in {os.fsdecode(ask_git(["rev-parse", "--show-toplevel"], folder)).rstrip("\n") for folder in folders}:
        names = ask_git(["diff", "--name-only", "-z", "--no-renames", "--diff-filter=d", revision, "--"], top)
        names += ask_git(["ls-files", "-z", "--others", "--exclude-standard"], top)
        changed.update(os.path.realpath(os.path.join(top, os.fsdecode(name))) for name in names.split(b"\0") if name)
    return changed


def text_at(revision: str, path: str) -> bytes | None:
    """Return a file's bytes at a revision, or None where it was not there."""
    folder = os.path.dirname(os.path.abspath(path))
    try:
        return ask_git(["cat-file", "blob", f"{revision}:./{os.path.basename(path)}"], folder)
    except NoHistory:
        return None


def _is_folder(name: str) -> bool:
    try:
        return ask_git(["cat-file", "-t", name], "").strip() == b"tree"
    except NoHistory:
        return False


def named_text(name: str) -> bytes:
    """Return the bytes of ``REVISION:PATH``, as git itself reads such a name.

    The path counts from the top of the repository, or from the current folder where it begins with ``./``. A path that
    is not there from the top is looked for from the current folder too. Without a revision, the index is read.

    Raises:
        NoHistory: with the reason.
    """
    revision, _, path = name.partition(":")
    if revision.startswith("-"):
        raise NoHistory(f"'{revision}' is no revision")
    if not path:
        raise NoHistory("no path is given")
    try:
        return ask_git(["cat-file", "blob", name], "")
    except NoHistory:
        if _is_folder(name):
            raise NoHistory(f"'{path}' is a folder in '{revision}'") from None
        if path.startswith(("./", "../", "/")):
            raise
        try:
            return ask_git(["cat-file", "blob", f"{revision}:./{path}"], "")
        except NoHistory:
            pass
        raise
