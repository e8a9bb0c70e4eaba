"""Measure ``spectrum portfolio --cluster local:N`` beside plain processes: ``python benchmarks/cluster.py``.

Prints seconds by the clock, the processor seconds of the process that hands out the work and writes (with Dask's
scheduler in it, as for ``local:N``) and of the workers, and the bytes that are written. Processor seconds say more than
the clock on a machine that has other work to do. The average load before each run is printed too.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import portfolio

RUN = """
import json, os, resource, sys
from spectrum_cli.__main__ import run
if __name__ == "__main__":
    status = run(sys.argv[2:])
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    told = {"client": own.ru_utime + own.ru_stime, "workers": others.ru_utime + others.ru_stime,
            "client_mib": own.ru_maxrss / 1024, "worker_mib": others.ru_maxrss / 1024, "status": status}
    open(sys.argv[1], "w").write(json.dumps(told))
"""


class Measured(NamedTuple):
    """One run: seconds by the clock and of processors, peak memory in MiB, and bytes written."""

    clock: float
    client: float
    workers: float
    client_mib: float
    worker_mib: float
    written: int


def measure(place: Path, source: str, words: list[str]) -> Measured:
    """Run the command once."""
    told, output = place / "told.json", words[words.index("-o") + 1]
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", RUN, told, "portfolio", source, "--force", *words],
        cwd=place,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    clock = time.perf_counter() - began
    found = json.loads(told.read_text(encoding="utf-8"))
    if found["status"] not in (0, 2):
        raise SystemExit(f"the run ended with status {found['status']}")
    path = place / output
    files = path.glob("part-*") if path.is_dir() else [path]
    written = sum(file.stat().st_size for file in files)
    return Measured(clock, found["client"], found["workers"], found["client_mib"], found["worker_mib"], written)


def compare(place: Path, source: str, count: int, ways: list[list[str]]) -> None:
    """Measure some ways over one source, and print a table."""
    print(f"\n{count:,} decisions from {source}", flush=True)
    print("| way | load | s | client CPU s | worker CPU s | client MiB | worker MiB | bytes a row |", flush=True)
    for way in ways:
        load = os.getloadavg()[0]
        found = measure(place, source, way)
        print(
            f"| {' '.join(way[:2])} | {load:.1f} | {found.clock:.1f} | {found.client:.1f} | {found.workers:.1f} "
            f"| {found.client_mib:.0f} | {found.worker_mib:.0f} | {found.written / count:.0f} |",
            flush=True,
        )


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000, help="rows of a Parquet table; 0 leaves them out")
    parser.add_argument("--files", type=int, default=100_000, help="decision files; 0 leaves them out")
    chosen = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, {platform.system()}")
    print(", ".join(f"{name} {version(name)}" for name in ("spectrum-cli", "distributed", "pyarrow")), flush=True)
    ways = [
        ["-j", "1", "-o", "one.parquet"],
        ["-j", "2", "-o", "two.parquet"],
        ["--cluster", "local:1", "-o", "dask-1"],
        ["--cluster", "local:2", "-o", "dask-2"],
    ]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if chosen.rows:
            portfolio.make_table(place / "table.parquet", chosen.rows)
            compare(place, "table.parquet", chosen.rows, ways)
        if chosen.files:
            (place / "files").mkdir()
            portfolio.make_files(place / "files", chosen.files)
            compare(place, "files", chosen.files, ways)


if __name__ == "__main__":
    main()
