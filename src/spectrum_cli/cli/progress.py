"""A bar on long runs at a terminal, and nothing elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

SHOW_FROM = 2000


def progress(what: str, total: int | None) -> AbstractContextManager[Callable[..., object]]:
    """Return a step to call with how much has been done since the last call, or with nothing for one.

    ``total`` is None where nobody knows yet how much there is.
    """
    long = total is None or total >= SHOW_FROM
    return _bar(what, total) if long and sys.stderr is not None and sys.stderr.isatty() else _silent()


@contextmanager
def _silent() -> Iterator[Callable[..., object]]:
    yield lambda _done=1: None


@contextmanager
def _bar(what: str, total: int | None) -> Iterator[Callable[..., object]]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True, emoji=False), transient=True) as shown:
        task = shown.add_task(what, total=total)
        yield lambda done=1: shown.advance(task, done)
