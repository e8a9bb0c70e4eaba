"""How long a command takes to start, as ratios against `python -c pass` and `check-jsonschema --version`.

    python -m pip install '.[bench]' && python benchmarks/startup.py

Runs take turns, so that a machine that slows down slows all of them. Read the ratios; the milliseconds are only
this machine's.
"""

import platform
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

RUNS = 25
DECISION = """\
spectrum: 1
title: A calmer ward
openness:
  stage: aim
  open_to_change: [method]
  use_of_input: shapes
  exchange: joint-work
  starting_position: open
  agenda: invited
"""


def main() -> None:
    commands_folder = Path(sys.executable).parent
    spectrum, peer = commands_folder / "spectrum", commands_folder / "check-jsonschema"
    for needed in (spectrum, peer):
        if not needed.exists():
            sys.exit(f"{needed.name} is not beside this Python; install '.[bench]' first")
    with tempfile.TemporaryDirectory() as folder:
        decision = Path(folder, "ward.yaml")
        decision.write_text(DECISION, encoding="utf-8")
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "spectrum --version": [spectrum, "--version"],
            "spectrum --help": [spectrum, "--help"],
            "spectrum advise FILE": [spectrum, "advise", decision],
            "spectrum advise --format json FILE": [spectrum, "advise", "--format", "json", decision],
            "check-jsonschema --version": [peer, "--version"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for run in range(RUNS + 1):
            for name, command in commands.items():
                start = time.perf_counter()
                subprocess.run([str(part) for part in command], stdout=subprocess.DEVNULL, check=True)
                if run:  # the first one warms the page cache and keeps the rule base
                    times[name].append(time.perf_counter() - start)
    middle = {name: statistics.median(found) for name, found in times.items()}
    print(f"Python {platform.python_version()}, median of {RUNS}")
    for package in ("typer", "rich", "pydantic", "PyYAML", "check-jsonschema"):
        print(f"  {package} {version(package)}")
    print(f"{'command':38} {'ms':>7} {'x python':>9} {'x check-jsonschema':>19}")
    for name, found in middle.items():
        bare, other = middle["python -c pass"], middle["check-jsonschema --version"]
        print(f"{name:38} {found * 1000:7.1f} {found / bare:9.2f} {found / other:19.2f}")


if __name__ == "__main__":
    main()
