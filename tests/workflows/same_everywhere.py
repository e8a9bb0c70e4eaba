"""Compare one process, several and a cluster on many generated decisions.

``python -m tests.workflows.same_everywhere --decisions 50000``. One decision in twenty is faulty. Half are files, the
rest stand in tables of each kind. The rows of each way are sorted and written as Parquet by the same writer; the bytes
must be the same. Ends with status 1 where they are not.
"""

import argparse
import hashlib
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from spectrum_cli.model.portfolio import Row
from spectrum_cli.workflows.portfolio import portfolio_rows
from tests.workflows.clustered import JOB, folder_for, generate, partitions, rows_in_folder, run, sorted_parquet


def main() -> int:
    """Compare, and return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--decisions", type=int, default=50_000)
    parser.add_argument("--processes", type=int, default=2, help="of one machine, and of a cluster on it")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "in")
        generate(folder, chosen.decisions)

        def here(processes: int) -> Iterator[Row]:
            for rows in portfolio_rows(partitions(folder), JOB, processes=processes):
                yield from rows

        def on_dask() -> Iterator[Row]:
            for _ in run(partitions(folder), f"local:{chosen.processes}", folder_for(Path(place, "out"))):
                pass
            yield from rows_in_folder(Path(place, "out"))

        ways: dict[str, Callable[[], Iterator[Row]]] = {
            "one process": lambda: here(1),
            f"{chosen.processes} processes": lambda: here(chosen.processes),
            f"Dask, local:{chosen.processes}": on_dask,
        }
        found = {name: _digest(name, way) for name, way in ways.items()}
    same = len(set(found.values())) == 1
    sys.stdout.write("the same bytes everywhere\n" if same else "DIFFERENT BYTES\n")
    return 0 if same else 1


def _digest(name: str, way: Callable[[], Iterator[Row]]) -> str:
    began = time.perf_counter()
    rows = list(way())
    taken = time.perf_counter() - began
    digest = hashlib.sha256(sorted_parquet(rows)).hexdigest()
    faulty = sum(row.status == "faulty" for row in rows)
    sys.stdout.write(f"{name:16} {len(rows):8,} rows, {faulty:6,} faulty, {taken:6.1f} s  sha256:{digest[:16]}\n")
    sys.stdout.flush()
    return digest


if __name__ == "__main__":
    sys.exit(main())
