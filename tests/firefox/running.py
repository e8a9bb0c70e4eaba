"""Firefox without a window, the one that the system has. Without one the tests fail and say how to install it."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from marionette_driver.geckoinstance import DesktopInstance, GeckoInstance
from marionette_driver.marionette import Marionette

NAMES = ("firefox-esr", "firefox")
MISSING = "No Firefox was found, and the board cannot be tried in it. On Debian: apt-get install firefox-esr"
START_SECONDS = 90
SCRIPT_SECONDS = 120

# Firefox ends when the pipe to this process closes: when the tests end, and also when they are killed.
_AS_LONG_AS_THE_TESTS = """
import os, subprocess, sys, threading, time
firefox = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
threading.Thread(target=lambda: os._exit(firefox.wait() & 255)).start()
sys.stdin.buffer.read()
firefox.terminate()
time.sleep(10)
firefox.kill()
"""


@contextmanager
def firefox(folder: Path) -> Iterator[Marionette]:
    """Yield a Firefox to drive. Its profile, its log and ``downloads`` stand in the folder.

    Raises:
        AssertionError: there is none, and how to install it; or it does not start, and what it said.
    """
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    assert path is not None, MISSING
    profile = _profile(folder)
    log = folder / "firefox.log"
    command = [sys.executable, "-c", _AS_LONG_AS_THE_TESTS, path]
    command += ["--headless", "--no-remote", "--profile", str(profile), "--marionette", "--remote-allow-system-access"]
    with log.open("wb") as said:
        keeper = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        driver = Marionette(port=_port(keeper, profile, log))
        driver.start_session()
        try:
            driver.timeout.script = SCRIPT_SECONDS
            yield driver
        finally:
            driver.delete_session()
    finally:
        keeper.communicate()


def _profile(folder: Path) -> Path:
    """Make a profile in which Firefox asks neither people nor networks for anything, and saves without a word."""
    profile, downloads = folder / "profile", folder / "downloads"
    profile.mkdir()
    downloads.mkdir()
    settings: dict[str, Any] = {
        **GeckoInstance.required_prefs,
        **DesktopInstance.desktop_prefs,
        "marionette.port": 0,  # any that is free
        "browser.download.folderList": 2,
        "browser.download.dir": str(downloads),
        "browser.download.useDownloadDir": True,
        "browser.download.alwaysOpenPanel": False,
        "browser.helperApps.neverAsk.saveToDisk": "application/yaml,application/json",
        "ui.prefersReducedMotion": 1,  # the marker is at rest at once
    }
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items()]
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    return profile


def _port(keeper: subprocess.Popen[bytes], profile: Path, log: Path) -> int:
    """Return the port at which Firefox can be driven, which it writes into its profile."""
    written = profile / "MarionetteActivePort"
    end = time.monotonic() + START_SECONDS
    while keeper.poll() is None and time.monotonic() < end:
        if written.is_file() and (port := written.read_text()).isdigit():
            return int(port)
        time.sleep(0.05)
    raise AssertionError(f"Firefox did not start. It said:\n{log.read_text(errors='replace')}")
