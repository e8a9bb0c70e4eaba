"""Work that is handed to several processes in chunks, whose results come back in the order of the chunks.

What a process that dies had is done again here, and everything is done here where a system lets processes share no
locks. So the results never depend on how many processes there are.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

AHEAD = 3
"""How many chunks for each process are handed out or done and not yet asked for. It bounds the memory of a run."""

NEW_OBJECTS = 20_000
"""After so many new objects the collector looks at them. More saves nothing."""

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")


def in_order(
    chunks: Iterator[Chunk],
    work: Callable[[Chunk], Result],
    here: Callable[[Chunk], Result],
    processes: int,
    start: Callable[..., None],
    told: tuple[object, ...],
) -> Iterator[Result]:
    """Yield the result of each chunk, in order.

    Args:
        chunks: what is to be done, taken only as fast as it is done.
        work: does a chunk in another process; a function of a module, because it is sent there by name.
        here: does the same in this process, for chunks that were lost with a process.
        processes: how many processes.
        start: called once in each process before its first chunk, with ``told``.
    """
    first = next(chunks, None)
    if first is None:
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    chunks = chain([first], chunks)
    try:
        pool = ProcessPoolExecutor(processes, initializer=start, initargs=told)
    except (NotImplementedError, OSError):  # some systems have no locks that processes can share
        yield from map(here, chunks)
        return
    waiting: deque[tuple[Chunk, Future[Result]]] = deque()
    try:
        for chunk in islice(chunks, processes * AHEAD):
            waiting.append((chunk, submitted(pool, work, chunk)))
        while waiting:
            chunk, future = waiting.popleft()
            try:
                found = future.result()
            except BrokenProcessPool:
                yield from map(here, chain([chunk], [later for later, _ in waiting], chunks))
                return
            for following in islice(chunks, 1):
                waiting.append((following, submitted(pool, work, following)))
            yield found
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def submitted(pool: "ProcessPoolExecutor", work: Callable[[Chunk], Result], chunk: Chunk) -> "Future[Result]":
    """Hand a chunk to the pool. That the pool is broken is learned from the result, as when it breaks later."""
    from concurrent.futures import Future
    from concurrent.futures.process import BrokenProcessPool

    try:
        return pool.submit(work, chunk)
    except BrokenProcessPool as error:
        broken: Future[Result] = Future()
        broken.set_exception(error)
        return broken


def become_worker() -> None:
    """Make this process one that leaves Ctrl-C to its parent and ends with it."""
    import signal
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def keep_what_is_here() -> None:
    """Tell the collector that what is here stays: to look through it again each time costs a twentieth."""
    import gc

    gc.freeze()
    collect_seldom()


def collect_seldom() -> None:
    """Let the collector look at what is new after many more objects than usual: decisions hold hardly a circle.

    Checking nine hundred files leaves some six hundred objects for it, and its looking costs a tenth of the time.
    """
    import gc

    gc.set_threshold(NEW_OBJECTS)


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, even if it was killed: nobody would ever ask again."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def usable_processes() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
