"""One run over a portfolio: what is asked for, where the decisions are, and the sum at its end."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from spectrum_cli import __version__
from spectrum_cli.files.discovery import Target, discover
from spectrum_cli.files.remote import is_url, remote_partitions
from spectrum_cli.files.row_writers import RunInfo
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.files.stores import require
from spectrum_cli.files.tables import is_table, local_table
from spectrum_cli.model.portfolio import Partition, Row, Totals
from spectrum_cli.model.rulebase import RulesUsed
from spectrum_cli.workflows.check_run import settled
from spectrum_cli.workflows.portfolio import PortfolioJob, file_partitions, portfolio_rows
from spectrum_cli.workflows.processes import usable_processes


@dataclass(frozen=True, slots=True)
class PortfolioRequest:
    """What is asked for. ``paths`` are files, folders, patterns, tables and URLs; none means this folder.

    ``rules`` and ``config`` are empty where the settings found decide. ``processes`` of 0 means as many as fit.
    """

    paths: Sequence[str]
    today: str
    rules: str = ""
    config: str = ""
    ignore_columns: tuple[str, ...] = ()
    processes: int = 0


@dataclass(frozen=True, slots=True)
class PortfolioRun:
    """A run that is ready to begin.

    ``targets`` are the decision files and ``tables`` the tables of this machine; what else there is shows itself on
    the way.
    """

    job: PortfolioJob
    info: RunInfo
    rules: RulesUsed
    acknowledgement: str
    partitions: Iterator[Partition]
    processes: int
    targets: Sequence[Target]
    tables: Sequence[str]
    urls: Sequence[str]

    @property
    def files(self) -> int | None:
        """How many decisions there are, where that is known before they are read."""
        return len(self.targets) if not self.tables and not self.urls else None

    def reads(self, file: str) -> bool:
        """Whether a file of this machine is one of those that are read, under any name."""
        name, place = os.path.basename(file), os.path.realpath(file)
        paths = chain((target.path for target in self.targets), self.tables)
        return any(os.path.realpath(path) == place for path in paths if os.path.basename(path) == name)

    def rows(self) -> Iterator[list[Row]]:
        """Yield the rows, some at a time, in the order of the paths: files, then tables, then URLs."""
        return portfolio_rows(self.partitions, self.job, processes=self.processes)


def prepare_portfolio(request: PortfolioRequest) -> PortfolioRun:
    """Find the settings and the decisions of a run.

    Raises:
        BadSettings: the settings cannot be used.
        NoRuleBase: the rule base cannot be used.
        MissingExtra: a package that an argument needs is not installed.
    """
    paths = [*request.paths] or ["."]
    urls = [path for path in paths if is_url(path)]
    tables = [path for path in paths if not is_url(path) and is_table(path) and not os.path.isdir(path)]
    others = [path for path in paths if not is_url(path) and path not in tables]
    require(urls)
    settings, root = settled([*others, *tables], request.config, {"rules": request.rules or None})
    ignored = request.ignore_columns
    job = PortfolioJob(settings, request.today, str(root), ignored)
    base = load_rule_base(settings.rules)
    targets = discover(others, settings, root) if others else ()
    found = [target.path for target in discover(tables, settings, root)] if tables else []

    def partitions() -> Iterator[Partition]:
        yield from file_partitions(targets)
        for path in found:
            yield from local_table(path, ignored)
        for url in urls:
            yield from remote_partitions(url, ignored)

    info = RunInfo(__version__, base.id, base.version, base.hash, request.today)
    processes = request.processes or usable_processes()
    used = RulesUsed(base.id, base.version, base.hash, base.framework)
    return PortfolioRun(job, info, used, base.acknowledgement, partitions(), processes, targets, found, urls)


def carry_out(run: PortfolioRun, takers: Sequence[Callable[[Sequence[Row]], object]]) -> Totals:
    """Make all rows, hand them to each taker as they come, and return the sum."""
    totals = Totals()
    for rows in run.rows():
        totals.add(rows)
        for take in takers:
            take(rows)
    return totals
