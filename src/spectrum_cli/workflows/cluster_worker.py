"""What a Dask worker keeps and does for a run: the rule base, sent to it once, and parts made with it.

This module is imported where distributed is installed only, on the workers by the names of its functions.
"""

import logging
import pickle
from dataclasses import dataclass
from threading import Lock
from typing import Any, NamedTuple

from distributed import WorkerPlugin

from spectrum_cli import __version__
from spectrum_cli.files.row_writers import RunInfo, parquet_bytes, parquet_schema
from spectrum_cli.model.portfolio import FAULTY, Row, Totals
from spectrum_cli.model.rulebase import RuleBase
from spectrum_cli.workflows.alone import rows_apart
from spectrum_cli.workflows.portfolio import PortfolioJob, RowMaker


class Made(NamedTuple):
    """A part: the content of its Parquet file, the sum of its rows, and those that are faulty."""

    data: bytes
    totals: Totals
    faults: list[Row]


class OtherVersion(Exception):
    """A worker has another version of the program."""


@dataclass(slots=True)
class _Kept:
    """What a run needs on a worker. The rule base is prepared for the first part, and kept for all threads."""

    job: PortfolioJob
    rule_base: RuleBase
    info: RunInfo
    maker: RowMaker | None = None


_runs: dict[str, _Kept] = {}
_lock = Lock()


class RulesForRun(WorkerPlugin):
    """Brings a run to each worker once, also to those that join later or are started again."""

    def __init__(self, run: str, job: PortfolioJob, rule_base: RuleBase, info: RunInfo, *, own: bool) -> None:
        self.run, self.own, self.version = run, own, __version__
        self.kept = pickle.dumps((job, rule_base, info))

    def setup(self, worker: Any) -> None:  # noqa: ARG002 - the name is how it is called
        """Keep what the run needs.

        Raises:
            OtherVersion: this worker would make other rows.
            MissingExtra: pyarrow is not installed here.
        """
        if self.version != __version__:
            raise OtherVersion(f"it has version {__version__} of spectrum-cli, and this is {self.version}")
        if self.own:
            _leave_the_terminal_alone()
        kept = _Kept(*pickle.loads(self.kept))
        parquet_schema(kept.info)
        _runs[self.run] = kept

    def teardown(self, worker: Any) -> None:  # noqa: ARG002
        """Forget the run."""
        _runs.pop(self.run, None)


def _leave_the_terminal_alone() -> None:
    """Say nothing and leave Ctrl-C to the process that started this one."""
    import signal
    from threading import current_thread, main_thread

    logging.disable(logging.CRITICAL)
    if current_thread() is main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def make_part(run: str, partition: bytes) -> Made:
    """Return the part of a partition. Pure, but for the files that it reads and the rule base that is kept."""
    kept = _runs[run]
    with _lock:
        if kept.maker is None:
            kept.maker = RowMaker(kept.job, kept.rule_base)
    return made_of(kept.maker.rows_in(pickle.loads(partition)), kept.info)


def make_part_apart(run: str, partition: bytes) -> Made:
    """Return the same part, read one decision after the other in a process of its own."""
    kept = _runs[run]
    return made_of(rows_apart(pickle.loads(partition), kept.job, kept.rule_base), kept.info)


def made_of(rows: list[Row], info: RunInfo) -> Made:
    """Return rows as a part."""
    totals = Totals()
    totals.add(rows)
    return Made(parquet_bytes(rows, info), totals, [row for row in rows if row.status == FAULTY])
