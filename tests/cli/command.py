"""Runs the installed command as a shell would, in a process of its own and with nothing from our own terminal."""

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import IO, NamedTuple

COMMAND = Path(sys.executable).with_name("spectrum")
PLAN = "spectrum: 1\ntitle: Where the benches go\nopenness: {stage: options, exchange: discussion}\n"
BROKEN = "spectrum: 1\ntitle: Where the benches go\nopenness: {stage: maid}\n"

_OURS = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TERM", "LANG", "LANGUAGE", "SPECTRUM_DEBUG")


class Ran(NamedTuple):
    """How a run ended. ``out`` and ``err`` are what it wrote, as UTF-8."""

    code: int
    out: str
    err: str


def environment(**changes: str) -> dict[str, str]:
    """Return a plain environment: UTF-8, no terminal, no wishes about colour or width."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in _OURS and not name.startswith(("LC_", "PYTHON", "_SPECTRUM"))
    }
    return {**kept, "LC_ALL": "C.UTF-8", **changes}


def spectrum(
    *arguments: str | bytes | Path,
    stdin: bytes = b"",
    cwd: Path | None = None,
    stdout: int | IO[bytes] = subprocess.PIPE,
    **variables: str,
) -> Ran:
    """Run ``spectrum`` with arguments; keywords in capitals are environment variables."""
    done = subprocess.run(
        [COMMAND, *arguments],
        input=stdin,
        cwd=cwd,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=environment(**variables),
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, (done.stdout or b"").decode("utf-8"), done.stderr.decode("utf-8"))


def spectrum_on_terminal(*arguments: str | Path, **variables: str) -> Ran:
    """Run ``spectrum`` on a terminal of its own, which takes both of its streams."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [COMMAND, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(**{"TERM": "xterm-256color", **variables}),
    )
    os.close(theirs)
    shown = shown_until_the_end(ours)
    return Ran(process.wait(timeout=60), shown.decode("utf-8"), "")


def shown_until_the_end(terminal: int) -> bytes:
    """Return what a terminal shows until its program ends, and close it."""
    shown = b""
    try:
        while piece := os.read(terminal, 65536):
            shown += piece
    except OSError:  # Linux reports the end of a terminal as an error
        pass
    finally:
        os.close(terminal)
    return shown
