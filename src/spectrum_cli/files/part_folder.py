"""A folder of Parquet files that a long run fills part by part, and from which it can go on.

``part-00000012-0123456789abcdef.parquet`` holds the rows of one share of the work: its number, and the hash of all
that decides what stands in it. A part is there whole or not at all. ``_run.json`` says which run the parts belong to;
programs that read such folders leave out names that begin with ``_``.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spectrum_cli.files.row_writers import RunInfo, parquet_rows, parquet_totals
from spectrum_cli.files.writing import CannotWrite, shown, write_whole
from spectrum_cli.model.portfolio import Row, Totals

RUN_FILE = "_run.json"
_KIND = "spectrum portfolio run"
_PART = re.compile(r"part-(\d{8})-[0-9a-f]{16}\.parquet")
_BEGUN = re.compile(r"\.spectrum-.*\.part")


@dataclass(frozen=True, slots=True)
class PartFolder:
    """The folder of one run. ``identity`` is a hash of what is asked for, ``info`` what all rows have in common."""

    path: Path
    identity: str
    info: RunInfo

    def part(self, number: int, digest: str) -> Path:
        """Return where a part belongs."""
        return self.path / f"part-{number:08}-{digest}.parquet"

    def write(self, part: Path, data: bytes) -> None:
        """Write a part, whole or not at all.

        Raises:
            CannotWrite: the system refused.
        """
        write_whole(part, data, replace=True)

    def finish(self, kept: set[str]) -> None:
        """Say that the run is finished, and remove parts that no longer belong to it, such as those of other files.

        Raises:
            CannotWrite: the system refused.
        """
        for name in _parts_in(self.path):
            if name not in kept:
                with suppress(OSError):
                    (self.path / name).unlink()
        self._tell(parts=len(kept))

    def _tell(self, parts: int | None) -> None:
        facts = {
            "kind": _KIND,
            "identity": self.identity,
            **self.info.facts,
            "finished": parts is not None,
            "parts": parts,
        }
        write_whole(self.path / RUN_FILE, json.dumps(facts, indent=2, ensure_ascii=False) + "\n", replace=True)


def open_part_folder(path: Path, identity: str, info: RunInfo, *, force: bool = False) -> PartFolder:
    """Return a folder to write into, made where it is not there.

    A run that was not finished goes on with the day on which it began, so that all its rows go by one day: see ``info``
    of what is returned. ``force`` removes the parts of another run, and nothing else.

    Raises:
        CannotWrite: it is no folder, holds another run or other files, or the system refused.
    """
    if path.exists() and not path.is_dir():
        raise CannotWrite(f"{shown(path)} is no folder; --cluster writes a folder of Parquet files")
    try:
        path.mkdir(parents=True, exist_ok=True)
        for name in os.listdir(path):
            if _BEGUN.fullmatch(name) or (force and _PART.fullmatch(name)):
                (path / name).unlink()
    except OSError as error:
        raise CannotWrite(f"cannot write in {shown(path)}: {(error.strerror or str(error)).lower()}") from None
    if not force:
        info = _continued(path, identity, info)
    folder = PartFolder(path, identity, info)
    folder._tell(parts=None)
    return folder


def _continued(path: Path, identity: str, info: RunInfo) -> RunInfo:
    """Return what the run in a folder has in common, where it is the same that is asked for now."""
    told = _told(path)
    if told is None:
        if any(path.iterdir()):
            raise CannotWrite(f"{shown(path)} holds other files; give a new folder, or --force to write beside them")
        return info
    day = str(told.get("today"))
    if told.get("identity") != identity or (told.get("finished") and day != info.today):
        what = "a finished" if told.get("finished") else "another"
        rules = f"{told.get('rule_base')} {told.get('rule_base_version')}"
        raise CannotWrite(
            f"{shown(path)} holds {what} run, of {day} with the rules {rules}; "
            "give a new folder, or --force to replace its parts"
        )
    return RunInfo(info.program_version, info.rule_base, info.rule_base_version, info.rule_base_hash, day, info.format)


def _told(path: Path) -> dict[str, Any] | None:
    """Return what the folder says about its run, an empty one where that cannot be read, and None where nothing is."""
    try:
        told = json.loads((path / RUN_FILE).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _parts_in(path: Path) -> Iterator[str]:
    """Yield the names of all parts in a folder."""
    return (name for name in os.listdir(path) if _PART.fullmatch(name))


def summary_of(part: Path) -> tuple[Totals, list[Row]] | None:
    """Return the sum of a part and its faulty rows; None where it is not there or cannot be read."""
    if not part.is_file():
        return None
    try:
        return parquet_totals(part)
    except (OSError, ValueError):  # pyarrow's own faults are among these
        return None


def rows_in(part: Path) -> list[Row]:
    """Return the rows of a part."""
    return parquet_rows(part)


def rows_in_folder(path: Path) -> Iterator[Row]:
    """Yield the rows of all parts of a folder, in their order."""
    for name in sorted(_parts_in(path)):
        yield from parquet_rows(path / name)
