"""A portfolio on Dask: shares of the work go to workers, and the parts that come back are written to a folder.

There is no scheduler of our own. Each part is the same pure function of a partition and a job as on one machine. The
rule base goes to each worker once. Only a few shares for each worker are handed out at a time, so that neither the
scheduler nor this process holds more than that, however many decisions there are.

A worker that is lost costs nothing but time: Dask does again what it had. A share that ends worker after worker, or
with which the program fails, is read again decision by decision (see :mod:`spectrum_cli.workflows.alone`). A part that
a folder holds already is not made again.
"""

import io
import os
import pickle
import re
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from spectrum_cli import __version__
from spectrum_cli.files.extras import missing_extra
from spectrum_cli.files.part_folder import PartFolder, open_part_folder, summary_of
from spectrum_cli.files.reading import STDIN
from spectrum_cli.files.remote import remote_partitions
from spectrum_cli.files.row_writers import RunInfo
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.files.tables import local_table
from spectrum_cli.model.portfolio import PORTFOLIO_FORMAT, Partition, Row, Totals
from spectrum_cli.model.rulebase import RuleBase
from spectrum_cli.workflows.alone import Together, rows_apart
from spectrum_cli.workflows.portfolio import Files, PortfolioJob, file_partitions
from spectrum_cli.workflows.portfolio_run import PortfolioRun

if TYPE_CHECKING:
    from spectrum_cli.workflows.cluster_worker import Made

FILES_TOGETHER = 500
PARTITIONS_TOGETHER = 10
SMALL_PARTS = 64
"""So many parts hold one partition each, so that all workers soon have something to do; later ones hold ten."""

AHEAD = 2
"""How many shares for each thread of a worker are handed out at a time."""

SECONDS_TO_CONNECT = 10
SECONDS_FOR_WORKERS = 30
SECONDS_WITHOUT_WORKERS = 60
_SECONDS_BETWEEN_LOOKS = 5
_SECONDS_TO_FETCH = 60

_LOCAL = re.compile(r"local:([1-9][0-9]{0,3})")
_ADDRESS = re.compile(r"(?:tcp|tls|ws|wss|ucx|ucxx)://[^\s/]+:[0-9]{1,5}/?")
_KILLS_ALLOWED = 1
"""How many workers of our own a share may end before it is read decision by decision. A cluster has its own number."""


class CannotUseCluster(Exception):
    """The cluster cannot be used, or not any more. The message is a sentence."""


class Done(NamedTuple):
    """A part that is there now. ``anew`` tells whether it was made in this run."""

    path: Path
    totals: Totals
    faults: list[Row]
    anew: bool


class _Share(NamedTuple):
    """A share of the work that is handed out: its partition as bytes, and whether it is read decision by decision."""

    part: Path
    partition: bytes
    apart: bool = False


@dataclass(frozen=True, slots=True)
class ClusterRun:
    """A run that is ready to begin. ``folder.info.today`` is the day on which it began first."""

    job: PortfolioJob
    rule_base: RuleBase
    partitions: Iterator[Partition]
    cluster: str
    folder: PartFolder

    def parts(self) -> Generator[Done, None, None]:
        """Yield the parts as they are written, in no order. To close the iterator ends the run.

        Raises:
            CannotUseCluster: there is no scheduler or no worker, or they are gone.
            MissingExtra: Dask is not installed.
            CannotWrite: the system refused.
        """
        return run_on_cluster(self.partitions, self.job, self.rule_base, self.cluster, self.folder)


def is_cluster(address: str) -> bool:
    """Whether this is how a cluster is named: ``local:N``, or the address of a scheduler."""
    return bool(_LOCAL.fullmatch(address) or _ADDRESS.fullmatch(address))


def prepare_cluster_run(
    run: PortfolioRun, paths: Sequence[str], cluster: str, folder: Path, *, force: bool = False
) -> ClusterRun:
    """Make a run over some paths ready for a cluster, and the folder that it writes to.

    Raises:
        CannotUseCluster: the run reads standard input.
        CannotWrite: the folder holds something else, or the system refused.
        MissingExtra: Dask is not installed.
    """
    _dask()
    if any(target.path == STDIN for target in run.targets):
        raise CannotUseCluster("standard input cannot be read on a cluster; give files, folders, tables or URLs")
    here = os.getcwd()
    rule_base = load_rule_base(run.job.settings.rules)
    job = replace(run.job, folder=here)
    opened = open_part_folder(folder, identity_of(job, paths, rule_base), run.info, force=force)
    job = replace(job, today=opened.info.today)
    return ClusterRun(job, rule_base, _partitions(run, here), cluster, opened)


def identity_of(job: PortfolioJob, paths: Sequence[str], rule_base: RuleBase) -> str:
    """Return the hash of what a run is asked for: program, rules, settings and paths, but not the day."""
    program = (__version__, PORTFOLIO_FORMAT, rule_base.hash)
    asked = (replace(job.settings, rules=""), job.root, job.folder, job.ignore_columns, [*paths])
    return sha256(repr((program, asked)).encode()).hexdigest()


def _partitions(run: PortfolioRun, folder: str) -> Iterator[Partition]:
    yield from file_partitions(run.targets, FILES_TOGETHER, folder)
    for path in run.tables:
        yield from local_table(path, run.job.ignore_columns)
    for url in run.urls:
        yield from remote_partitions(url, run.job.ignore_columns, elsewhere=True)


def run_on_cluster(
    partitions: Iterable[Partition], job: PortfolioJob, rule_base: RuleBase, cluster: str, folder: PartFolder
) -> Generator[Done, None, None]:
    """Yield the parts of all partitions as they are written: see :meth:`ClusterRun.parts`."""
    name = f"spectrum-{uuid4().hex[:12]}"
    with _quiet(), _client(cluster) as client:
        own = _LOCAL.fullmatch(cluster) is not None
        _ship(client, name, job, rule_base, folder.info, own=own)
        try:
            yield from _Stream(client, name, job, rule_base, folder).parts(shares(partitions, folder))
        finally:
            with suppress(Exception):
                client.unregister_worker_plugin(name)


def shares(partitions: Iterable[Partition], folder: PartFolder) -> Iterator[_Share]:
    """Yield the work in shares that are worth being sent, each with the file that it becomes.

    How partitions are put together depends on nothing but their order, so that a run that goes on finds its parts.
    """
    ahead = iter(partitions)
    for number in count():
        some = tuple(islice(ahead, 1 if number < SMALL_PARTS else PARTITIONS_TOGETHER))
        if not some:
            return
        packed = _packed(some[0] if len(some) == 1 else Together(some))
        told = sha256(f"{folder.identity}|{folder.info.today}|".encode())
        told.update(packed)
        for partition in some:
            told.update(_state(partition))
        yield _Share(folder.part(number, told.hexdigest()[:16]), packed)


def _packed(partition: Partition) -> bytes:
    """Return a partition as bytes that depend on its values alone, not on which of them are one object."""
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, protocol=5)
    pickler.fast = True
    pickler.dump(partition)
    return stream.getvalue()


def _state(partition: Partition) -> bytes:
    """Return what changes when files of this machine do: their sizes and when they were last written."""
    if not isinstance(partition, Files):
        return b""
    told = []
    for target in partition.targets:
        try:
            found = os.stat(partition.path_of(target))
            told.append((found.st_size, found.st_mtime_ns))
        except (OSError, ValueError):
            told.append((-1, -1))
    return repr(told).encode()


class _Stream:
    """Hands out shares, takes what comes back and writes it."""

    def __init__(self, client: Any, run: str, job: PortfolioJob, rule_base: RuleBase, folder: PartFolder) -> None:
        self.client, self.run, self.job, self.rule_base, self.folder = client, run, job, rule_base, folder
        self.waiting: dict[Any, _Share] = {}
        self.sent = 0
        self.window = AHEAD
        self.last_look = self.last_worker = time.monotonic()

    def parts(self, ahead: Iterator[_Share]) -> Iterator[Done]:
        """Yield each part when it is written, and close the folder's run at the end."""
        names: set[str] = set()
        self._look()
        try:
            for share in ahead:
                names.add(share.part.name)
                there = summary_of(share.part)
                if there is not None:
                    yield Done(share.part, *there, anew=False)
                    continue
                self._send(share)
                while len(self.waiting) >= self.window:
                    yield from self._finished()
            while self.waiting:
                yield from self._finished()
        finally:
            if self.waiting:
                with suppress(Exception):
                    self.client.cancel(list(self.waiting), force=True)
        self.folder.finish(names)

    def _send(self, share: _Share) -> None:
        from spectrum_cli.workflows.cluster_worker import make_part, make_part_apart

        self.sent += 1
        work = make_part_apart if share.apart else make_part
        key = f"{self.run}-{self.sent}"
        self.waiting[self.client.submit(work, self.run, share.partition, key=key, pure=False)] = share

    def _finished(self) -> Iterator[Done]:
        """Yield what has come back, after waiting a little where nothing has."""
        distributed = _dask()
        try:
            distributed.wait(list(self.waiting), timeout=_SECONDS_BETWEEN_LOOKS, return_when="FIRST_COMPLETED")
        except TimeoutError:
            pass
        except distributed.CancelledError:
            raise _lost("the connection to the scheduler was lost") from None
        if time.monotonic() - self.last_look > _SECONDS_BETWEEN_LOOKS:
            self._look()
        for future in [future for future in self.waiting if future.status != "pending"]:
            share = self.waiting.pop(future)
            made = self._result(future, share)
            if made is not None:
                self.folder.write(share.part, made.data)
                yield Done(share.part, made.totals, made.faults, anew=True)

    def _result(self, future: Any, share: _Share) -> "Made | None":
        """Return what came back; None where the share was handed out again."""
        distributed = _dask()
        try:
            made: Made = future.result(timeout=_SECONDS_TO_FETCH)
        except TimeoutError:
            self.waiting[future] = share
            return None
        except distributed.CancelledError:
            raise _lost("the connection to the scheduler was lost") from None
        except Exception:
            if share.apart:
                return self._made_here(share)
            self._send(share._replace(apart=True))
            return None
        return made

    def _made_here(self, share: _Share) -> "Made":
        """Read a share that no worker could, decision by decision in a process beside this one."""
        from spectrum_cli.workflows.cluster_worker import made_of

        rows = rows_apart(pickle.loads(share.partition), self.job, self.rule_base)
        return made_of(rows, self.folder.info)

    def _look(self) -> None:
        """See how many workers there are: as many shares are handed out, and none for too long ends the run."""
        try:
            threads = sum(self.client.nthreads().values())
        except Exception:
            raise _lost("the scheduler does not answer any more") from None
        now = self.last_look = time.monotonic()
        if threads:
            self.window, self.last_worker = AHEAD * threads, now
        elif now - self.last_worker > SECONDS_WITHOUT_WORKERS:
            raise _lost("no worker is left")


def _lost(what: str) -> CannotUseCluster:
    return CannotUseCluster(f"{what}. What is written stays; the same command goes on from there")


def _dask() -> Any:
    try:
        import distributed
        import pyarrow  # type: ignore[import-untyped]  # noqa: F401
    except ImportError as error:
        package = "pyarrow" if error.name == "pyarrow" else "dask[distributed]"
        raise missing_extra("--cluster", package, "spectrum-cli[cluster]") from None
    return distributed


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what Dask logs and warns of to itself: what matters is said in our own words."""
    import logging
    import warnings

    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


@contextmanager
def _client(cluster: str) -> Iterator[Any]:
    """Connect to a scheduler, or start one with workers on this machine that nobody else can reach."""
    distributed = _dask()
    import dask

    local = _LOCAL.fullmatch(cluster)
    settings: dict[str, Any] = {"distributed.admin.large-graph-warning-threshold": "1GiB"}
    if local:
        settings["distributed.scheduler.allowed-failures"] = _KILLS_ALLOWED
    stack = ExitStack()
    try:
        stack.enter_context(dask.config.set(settings))
        with _uninterrupted():
            try:
                where: Any = stack.enter_context(_own_cluster(distributed, int(local[1]))) if local else cluster
                client = stack.enter_context(distributed.Client(where, timeout=SECONDS_TO_CONNECT))
            except (OSError, TimeoutError, ValueError, RuntimeError):
                who = "the workers could not be started" if local else f"there is no Dask scheduler at {cluster}"
                raise CannotUseCluster(who) from None
        try:
            client.wait_for_workers(1, timeout=SECONDS_FOR_WORKERS)
        except TimeoutError:
            raise CannotUseCluster(f"no worker has joined the cluster at {cluster}") from None
        yield client
    finally:
        with _uninterrupted():
            stack.close()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put Ctrl-C off while Dask starts or ends: half of it would be left, and say so at length.

    Threads and processes that are started meanwhile inherit that they do not listen to it at all, which is left to the
    process that the user started.
    """
    import signal
    from multiprocessing import resource_tracker

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # it would undo this for the thread that starts it
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _own_cluster(distributed: Any, workers: int) -> Any:
    import logging

    return distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
        silence_logs=logging.CRITICAL + 1,
    )


def _ship(client: Any, name: str, job: PortfolioJob, rule_base: RuleBase, info: RunInfo, *, own: bool) -> None:
    """Send each worker the rule base, and see that it is able to use it."""
    from spectrum_cli.workflows.cluster_worker import RulesForRun

    try:
        client.register_plugin(RulesForRun(name, job, rule_base, info, own=own), name=name)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}" if isinstance(error, ImportError) else str(error)
        raise CannotUseCluster(
            f"a worker cannot do this work ({reason}). Each needs spectrum-cli[cluster] {info.program_version}"
        ) from None
