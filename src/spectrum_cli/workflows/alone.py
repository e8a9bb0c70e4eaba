"""Reads decisions one by one in a process of their own, so that one that ends its process takes nothing with it.

It is for a share of the work that could not be done otherwise. :func:`rows_apart` takes it apart into single decisions
and hands them to another process, which answers for each. Where that process ends before it has answered, the decision
that it had becomes a row with the status ``faulty`` and the code SP122, and a new process goes on behind it.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import IO, Any

from spectrum_cli.files.reading import shown_name
from spectrum_cli.files.remote import UrlFiles
from spectrum_cli.files.tables import CsvRows, JsonLines, ParquetRows, Ready
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.portfolio import Item, Partition, Row
from spectrum_cli.model.rulebase import RuleBase
from spectrum_cli.workflows.portfolio import Files, PortfolioJob, RowMaker

CODE = "SP122"
_STARTED = "started"
_BEGIN = (
    "import os, pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); "
    "from spectrum_cli.workflows.alone import answer; answer()"
)


class CannotStart(Exception):
    """The other process did not start, which says nothing about a decision."""


@dataclass(frozen=True, slots=True)
class Together:
    """Several partitions that are read as one."""

    parts: Sequence[Partition]

    def items(self) -> Iterator[Item]:
        """Yield what is in each of them."""
        for part in self.parts:
            yield from part.items()


def apart(partition: Partition) -> Iterator[tuple[Item, Partition]]:
    """Yield each decision as a partition of its own, with what is known of it before it is read."""
    match partition:
        case Together(parts):
            for part in parts:
                yield from apart(part)
        case Files(targets, folder):
            for target in targets:
                yield Item(shown_name(target.path), None), Files((target,), folder)
        case UrlFiles(files=files):
            for place in range(len(files)):
                one = replace(partition, files=files[place : place + 1])
                yield Item(one.names()[0], None), one
        case CsvRows(name=name, first=first, records=records):
            for place, record in enumerate(records):
                yield (
                    Item(name, None, first + place, record[0]),
                    replace(partition, first=first + place, records=[record]),
                )
        case JsonLines(name=name, first=first, lines=lines):
            for place, line in enumerate(lines):
                yield Item(name, None, first + place, line[0]), replace(partition, first=first + place, lines=[line])
        case ParquetRows(name=name, first=first, batch=batch):
            for place in range(batch.num_rows):
                one_row = replace(partition, first=first + place, batch=batch.slice(place, 1))
                yield Item(name, None, first + place), one_row
        case Ready(ready):
            for item in ready:
                yield item._replace(content=None), Ready((item,))
        case _:
            yield Item(str(getattr(partition, "name", type(partition).__name__)), None), partition


def rows_apart(partition: Partition, job: PortfolioJob, rule_base: RuleBase) -> list[Row]:
    """Return the rows of a partition, whatever its decisions do to the process that reads them.

    Raises:
        CannotStart: no other process can be started here.
    """
    maker = RowMaker(job, rule_base)
    singles = list(apart(partition))
    rows: list[Row] = []
    done = 0
    while done < len(singles):
        for made in _answers([one for _, one in singles[done:]], job, rule_base):
            rows += made if isinstance(made, list) else maker.rows([_failed(singles[done][0], made)])
            done += 1
        if done < len(singles):
            rows += maker.rows([_failed(singles[done][0], "the process that read this decision ended")])
            done += 1
    return rows


def _failed(item: Item, message: str) -> Item:
    hint = "Read it by itself to see why. It may need more memory than there is."
    return item._replace(faults=(Diagnostic(CODE, Severity.ERROR, message, item.name, hint=hint),))


def _answers(singles: Sequence[Partition], job: PortfolioJob, rule_base: RuleBase) -> Iterator[list[Row] | str]:
    """Yield what another process answers for each decision, until it ends."""
    child = subprocess.Popen(
        [sys.executable, "-c", _BEGIN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    if child.stdin is None or child.stdout is None:
        raise CannotStart("no pipe to another process")
    try:
        try:
            with child.stdin as stream:
                pickle.dump(sys.path, stream)
                pickle.dump((job, rule_base), stream)
                # Each by itself, so that one that ends the process as soon as it is unpacked does so in its turn.
                pickle.dump([pickle.dumps(one) for one in singles], stream)
        except BrokenPipeError:
            pass
        if _next(child.stdout) != _STARTED:
            raise CannotStart("another process could not be started")
        while (answer := _next(child.stdout)) is not None:
            yield answer
    finally:
        child.kill()
        child.stdout.close()
        child.wait()


def _next(stream: IO[bytes]) -> Any:
    """Return the next answer, or None where the other process has ended."""
    try:
        return pickle.load(stream)
    except (EOFError, OSError, pickle.UnpicklingError):
        return None


def answer() -> None:
    """Be the other process: read what is to be done from standard input, and answer on standard output."""
    with os.fdopen(os.dup(1), "wb") as stream:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        job, rule_base = pickle.load(sys.stdin.buffer)
        singles = pickle.load(sys.stdin.buffer)
        maker = RowMaker(job, rule_base)
        _say(_STARTED, stream)
        for single in singles:
            _say(_rows_or_reason(maker, single), stream)


def _rows_or_reason(maker: RowMaker, single: bytes) -> list[Row] | str:
    try:
        return maker.rows_in(pickle.loads(single))
    except Exception as error:
        return f"something went wrong inside spectrum while this decision was read ({type(error).__name__})"


def _say(what: object, stream: IO[bytes]) -> None:
    stream.write(pickle.dumps(what))
    stream.flush()
