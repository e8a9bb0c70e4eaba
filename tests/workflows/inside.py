"""Runs ``spectrum check`` inside this process, for tests of what it finds rather than of how it starts and ends."""

import contextlib
import io
import os
from pathlib import Path

import pytest

from spectrum_cli.__main__ import run
from tests.cli.command import Ran


def check(*arguments: str | Path, cwd: Path, **variables: str) -> Ran:
    """Run it in a folder, one line a finding; keywords in capitals are environment variables."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2)]
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(streams[0]),
        contextlib.redirect_stderr(streams[1]),
    ):
        for name, value in {"GITHUB_ACTIONS": "", "FORCE_COLOR": "", **variables}.items():
            patch.setitem(os.environ, name, value)
        code = run(["check", "-f", "concise", *map(str, arguments)])
    written = []
    for stream in streams:
        stream.flush()
        written.append(stream.detach().getvalue().decode("utf-8"))  # type: ignore[attr-defined]
    return Ran(code, *written)
