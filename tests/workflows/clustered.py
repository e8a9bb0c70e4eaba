"""Decisions and partitions for the tests of runs on a cluster. Workers import this module by its name."""

import os
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spectrum_cli.files.discovery import Target
from spectrum_cli.files.part_folder import PartFolder, open_part_folder, rows_in_folder
from spectrum_cli.files.row_writers import RunInfo, parquet_bytes
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.files.tables import Ready, local_table
from spectrum_cli.model.portfolio import Item, Partition, Row
from spectrum_cli.model.settings import Settings
from spectrum_cli.workflows.cluster import Done, run_on_cluster
from spectrum_cli.workflows.portfolio import PortfolioJob, file_partitions
from tests.files.tables import write_csv, write_json_lines, write_parquet
from tests.workflows.decisions import BROKEN, CLEAN, OVER

TODAY = "2026-11-25"
JOB = PortfolioJob(Settings(), TODAY)
RULE_BASE = load_rule_base()
INFO = RunInfo("0", RULE_BASE.id, RULE_BASE.version, RULE_BASE.hash, TODAY)
PART = CLEAN + "parts: [{id: a, title: A part, plan: {type: engage}}]\n"


def generate(folder: Path, number: int) -> None:
    """Write a number of decisions, one in twenty faulty: half as files, the rest in a table of each kind."""
    files = folder / "files"
    files.mkdir(parents=True)
    for item in range(number // 2):
        text = BROKEN if item % 20 == 7 else (CLEAN, OVER, PART)[item % 3]
        (files / f"{item:06}.yaml").write_text(f"# {item}\n{text}", encoding="utf-8")
    stages = ("made", "proposal", "options", "aim", "agenda")
    rows = [
        {
            "id": f"D-{item}",
            "title": f"Décision {item}, =1+1 🌳 <script>",
            "openness.stage": "maid" if item % 20 == 3 else stages[item % 5],
            "plan.type": ("inform", "engage", "co-produce")[item % 3],
            "dates.closes": f"2027-0{1 + item % 9}-01",
        }
        for item in range(number - number // 2)
    ]
    third = len(rows) // 3
    write_csv(folder / "a.csv", rows[:third], [*rows[0]])
    write_json_lines(folder / "b.jsonl", rows[third : 2 * third])
    write_parquet(folder / "c.parquet", rows[2 * third :], [*rows[0]])


def partitions(folder: Path, size: int = 100) -> Iterator[Partition]:
    """Yield all that :func:`generate` wrote, and a file that is not there."""
    targets = [Target(str(path), False) for path in sorted((folder / "files").iterdir())]
    yield from file_partitions([*targets, Target(str(folder / "files" / "none.yaml"), True)], size)
    for name in ("a.csv", "b.jsonl", "c.parquet"):
        yield from local_table(str(folder / name))


def folder_for(path: Path, identity: str = "test", *, force: bool = False) -> PartFolder:
    """Return the folder of a run."""
    return open_part_folder(path, identity, INFO, force=force)


def run(
    parts: Iterator[Partition] | Sequence[Partition], cluster: str, folder: PartFolder
) -> Generator[Done, None, None]:
    """Run on a cluster."""
    return run_on_cluster(parts, JOB, RULE_BASE, cluster, folder)


def sorted_parquet(rows: Sequence[Row]) -> bytes:
    """Return rows in their order as the content of a Parquet file."""
    return parquet_bytes(sorted(rows, key=lambda row: row.sort_key), INFO)


def parquet_of_folder(path: Path) -> bytes:
    """Return the rows of a folder in the same form."""
    return sorted_parquet(list(rows_in_folder(path)))


class Deadly(dict[str, object]):
    """Cells of a row that end each process that reads them, but for the one that made them."""

    def __init__(self, cells: Mapping[str, object], spared: int) -> None:
        super().__init__(cells)
        self.spared = spared

    def __reduce__(self) -> tuple[type["Deadly"], tuple[Mapping[str, object], int]]:
        return Deadly, (dict(self), self.spared)

    def items(self):  # type: ignore[no-untyped-def]
        """End the process."""
        if os.getpid() != self.spared:
            os._exit(1)
        return super().items()


class Faulty(dict[str, object]):
    """Cells of a row with which the program fails."""

    def __reduce__(self) -> tuple[type["Faulty"], tuple[Mapping[str, object]]]:
        return Faulty, (dict(self),)

    def items(self):  # type: ignore[no-untyped-def]
        """Fail."""
        raise ZeroDivisionError


@dataclass(frozen=True, slots=True)
class Slow(Ready):
    """Decisions that take their time."""

    seconds: float = 0.2

    def items(self) -> Iterator[Item]:
        """Wait, then yield them."""
        time.sleep(self.seconds)
        yield from self.ready


def row_items(count: int, first: int = 0) -> list[Item]:
    """Return rows of a table."""
    return [
        Item("t.jsonl", {"title": f"Decision {item}", "openness.stage": "aim"}, item + 1)
        for item in range(first, first + count)
    ]
