"""Many decisions at once: from files and rows of tables to :class:`~spectrum_cli.model.portfolio.Row`.

:func:`rows_of` is the whole of it: a pure function from some items and a job to rows. One process, several, or a
cluster hand it their share and give the same rows, in the order of the items. A :class:`Partition` is such a share
before it is read; both it and a job can be pickled. :func:`portfolio_rows` does all partitions on this machine, with
a memory that does not grow with their number.

    >>> from spectrum_cli.model.portfolio import Item
    >>> from spectrum_cli.model.settings import Settings
    >>> job = PortfolioJob(Settings(), "2026-11-25")
    >>> [row] = rows_of([Item("a.yaml", b"spectrum: 1\\ntitle: Benches\\nopenness: {stage: made}\\n")], job)
    >>> row.title, row.advised, row.possible
    ('Benches', 'inform', ('inform', 'educate'))
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, islice
from posixpath import normpath
from typing import Any

from spectrum_cli.files.decision_file import read_decision
from spectrum_cli.files.discovery import Target
from spectrum_cli.files.reading import MARKDOWN_SUFFIXES, Unreadable, decode, read_bytes, shown_name
from spectrum_cli.files.results import Kept
from spectrum_cli.files.table_rows import RowReader, RowReading
from spectrum_cli.model.assessment import PlanVerdict
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.decision import Answers
from spectrum_cli.model.decision_format import SUPPORT_KEYS
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.portfolio import FAULTY, READ, Item, Partition, Row
from spectrum_cli.model.rulebase import RuleBase
from spectrum_cli.model.settings import Settings
from spectrum_cli.workflows.check import CHECKED, Checker, Job, looks_like_a_decision
from spectrum_cli.workflows.examination import assessed_scopes, findings_in
from spectrum_cli.workflows.processes import become_worker, in_order, keep_what_is_here

FILES_TOGETHER = 100
SEVERAL_PROCESSES_FROM = 4
"""So many partitions are worth the start of other processes."""

_PLACES = {key: place for place, key in enumerate(SUPPORT_KEYS)}
_NO_SUPPORT: tuple[None, ...] = (None,) * len(SUPPORT_KEYS)


@dataclass(frozen=True, slots=True)
class PortfolioJob:
    """Everything that decides what stands in a row, but for the decision itself. It can be pickled.

    ``settings`` are those of ``spectrum check``: the rule base, and which findings count. ``today`` is an ISO day.
    ``root`` is the folder that patterns of paths in the settings are relative to. ``ignore_columns`` are the columns
    of tables that are not looked at. ``folder`` is the one that relative names are seen from; empty is the current one.
    """

    settings: Settings
    today: str
    root: str = ""
    ignore_columns: tuple[str, ...] = ()
    folder: str = ""


def rows_of(items: Iterable[Item], job: PortfolioJob) -> list[Row]:
    """Return the rows of some decisions: for each its own, and then those of its parts.

    Pure, but for decisions that are carried out elsewhere (``place.implements``), which are looked up where an item
    says where it lies. A decision that cannot be read gives one row with the status ``faulty``.

    Raises:
        NoRuleBase: the rule base of the job cannot be used.
    """
    return RowMaker(job).rows(items)


class CodesOnly(CheckContext):
    """Lets checks say only that they found something: in a row, findings are counted and have no words and no place."""

    def finding(self, info: CheckInfo, *_: object, **__: object) -> Diagnostic:
        """Return a finding without words."""
        return Diagnostic(info.code, info.severity, "", self.decision.file)


class RowMaker:
    """Makes rows, with the rule base prepared once. What it remembers between two decisions changes no row.

    A rule base that is given is used instead of the one that the settings name, which may lie on another machine.
    """

    def __init__(self, job: PortfolioJob, rule_base: RuleBase | None = None) -> None:
        self.job = job
        self.checker = Checker(Job(job.settings, job.today, root=job.root, folder=job.folder), rule_base)
        self.rules = self.checker.rules
        self.reader = RowReader(job.ignore_columns)
        base = self.rules.rule_base
        self._base = (base.id, base.version, base.hash)

    def rows(self, items: Iterable[Item]) -> list[Row]:
        """Return the rows of some decisions."""
        made: list[Row] = []
        for item in items:
            if item.content is None:
                made.append(self._faulty(item, item.faults, None))
            elif isinstance(item.content, bytes):
                made += self._of_file(item, item.content)
            else:
                made += self._of_table_row(item, item.content)
        return made

    def rows_in(self, partition: Partition) -> list[Row]:
        """Return the rows of a partition."""
        return self.rows(partition.items())

    def _of_file(self, item: Item, data: bytes) -> list[Row]:
        if not item.named and not looks_like_a_decision(data, markdown=item.markdown):
            return []
        digest = f"sha256:{sha256(data).hexdigest()}"
        try:
            source = decode(item.name, data, markdown=item.markdown)
        except Unreadable as error:
            return [self._faulty(item, error.diagnostics, digest)]
        reading = read_decision(source)
        if reading.decision is None:
            return [self._faulty(item, reading.diagnostics, digest)]
        scopes = assessed_scopes(reading.decision, self.rules)
        job = self.job
        given = CheckContext if b"ignore" in data else CodesOnly  # what is suppressed is told by its place
        found, _ = findings_in(
            reading.decision, scopes, self.rules, job.settings, job.today, source.line, item.path, given
        )
        kept = Kept(CHECKED, (*reading.diagnostics, *found))
        target = Target(item.path or item.name, item.named)
        findings = self.checker.finished(target, item.name, data, kept, source).findings
        return self._of_scopes(item, None, scopes, findings, digest)

    def _of_table_row(self, item: Item, cells: Mapping[str, object]) -> list[Row]:
        reading = self.reader.read(item.name, cells)
        decision = reading.decision
        if decision is None:
            return [self._faulty(item, reading.diagnostics, _digest(cells), reading)]
        scopes = assessed_scopes(decision, self.rules)
        job = self.job
        found, _ = findings_in(decision, scopes, self.rules, job.settings, job.today, _no_line, "", CodesOnly)
        findings: Sequence[Diagnostic] = found
        if self.checker.chooses:
            target = Target(item.name, named=True)
            findings = self.checker.finished(target, item.name, b"", Kept(CHECKED, tuple(found))).findings
        stated = {key: answer.value for key, answer in decision.answers.items() if answer.value is not None}
        return self._of_scopes(item, reading.id, scopes, findings, _digest(stated))

    def _of_scopes(
        self,
        item: Item,
        ident: str | None,
        scopes: Sequence[Scope],
        findings: Sequence[Diagnostic],
        digest: str,
    ) -> list[Row]:
        return [
            self._row(item, ident, number, scope, findings if number == 0 else (), digest)
            for number, scope in enumerate(scopes)
        ]

    def _row(
        self,
        item: Item,
        ident: str | None,
        number: int,
        scope: Scope,
        findings: Sequence[Diagnostic],
        digest: str,
    ) -> Row:
        answers, found = scope.answers, scope.assessment
        openness, need, readiness = found.openness, found.need, found.readiness
        support: list[str | None] = [*_NO_SUPPORT]
        for entry in readiness.prerequisites:
            place = _PLACES.get(entry.prerequisite.key)
            if place is not None:
                support[place] = entry.state
        severities = [finding.severity for finding in findings]
        return Row(
            item.name,
            item.row,
            scope.part or None,
            number,
            ident,
            found.title,
            _text(answers, "owner"),
            _text(answers, "decided_by"),
            _text(answers, "place.level"),
            _beside(item, _text(answers, "place.implements")),
            _text(answers, "place.local_participation"),
            _text(answers, "dates.opens"),
            _text(answers, "dates.closes"),
            _text(answers, "dates.decision"),
            _count(answers, "people.affected"),
            READ,
            None,
            None,
            None,
            None,
            None,
            None,
            found.type.id if found.type is not None else None,
            found.certain,
            tuple([kind.id for kind in found.possible_types]),
            openness.value,
            openness.low,
            openness.high,
            found.gates[0].rule.id if found.gates else None,
            found.next_question.criterion.key if found.next_question is not None else None,
            found.plan.type.id if found.plan.type is not None else None,
            _line(item, found.plan),
            found.plan.verdict,
            need.floor.id if need.floor is not None else None,
            need.gap if need.floor is not None and found.type is not None else None,
            readiness.state,
            readiness.supported_type.id if readiness.supported_type is not None else None,
            _counted(findings),
            severities.count(Severity.ERROR),
            severities.count(Severity.WARNING),
            severities.count(Severity.NOTE),
            *self._base,
            digest,
            tuple(support),
        )

    def _faulty(
        self, item: Item, faults: Sequence[Diagnostic], digest: str | None, reading: RowReading | None = None
    ) -> Row:
        """Return the row of a decision that could not be read: what is known of it, and its first fault."""
        first = next((fault for fault in faults if fault.severity is Severity.ERROR), faults[0])
        severities = [fault.severity for fault in faults]
        known: dict[str, Any] = dict.fromkeys(Row._fields)
        known |= {
            "file": item.name,
            "row": item.row,
            "part_number": 0,
            "status": FAULTY,
            "fault_code": first.code,
            "fault_line": first.span.line if first.span is not None else item.line,
            "fault_column": first.span.column if first.span is not None else None,
            "fault_message": first.message,
            "fault_hint": first.hint or None,
            "possible": (),
            "findings": _counted(faults),
            "errors": severities.count(Severity.ERROR),
            "warnings": severities.count(Severity.WARNING),
            "notes": severities.count(Severity.NOTE),
            "content_hash": digest,
            "support": _NO_SUPPORT,
        }
        known["rule_base"], known["rule_base_version"], known["rule_base_hash"] = self._base
        if reading is not None:
            known |= {"id": reading.id, "title": reading.title, "owner": reading.owner, "fault_key": reading.key}
        return Row(**known)


_TOLD = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode


def _digest(stated: Mapping[str, object]) -> str:
    """Return the hash of what a row states, whatever the order of its columns."""
    return f"sha256:{sha256(_TOLD(stated).encode('utf-8', 'surrogatepass')).hexdigest()}"


def _no_line(_number: int) -> str:
    return ""


def _beside(item: Item, path: str | None) -> str | None:
    """Return a path that a decision file names, as the file itself is named; a table's rows stand for themselves."""
    if path is None or item.row is not None:
        return path
    folder, _, _ = item.name.rpartition("/")
    return normpath(f"{folder}/{path}" if folder else path).replace("\\", "/")


def _line(item: Item, plan: PlanVerdict) -> int | None:
    return plan.answer.line if plan.type is not None and plan.answer is not None and item.row is None else None


def _text(answers: Answers, key: str) -> str | None:
    answer = answers.get(key)
    return answer.value if answer is not None and isinstance(answer.value, str) else None


def _count(answers: Answers, key: str) -> int | None:
    answer = answers.get(key)
    return answer.value if answer is not None and isinstance(answer.value, int) else None


def _counted(findings: Sequence[Diagnostic]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
    return tuple(sorted(counts.items()))


# Partitions, and all of them on this machine


@dataclass(frozen=True, slots=True)
class Files:
    """Some files. ``folder`` is the one that their paths are seen from; empty is the current one."""

    targets: Sequence[Target]
    folder: str = ""

    def items(self) -> Iterator[Item]:
        """Yield the files that are there, and those that were named and are not."""
        for target in self.targets:
            name = shown_name(target.path)
            markdown = target.path.lower().endswith(MARKDOWN_SUFFIXES)
            path = self.path_of(target)
            try:
                data = read_bytes(path)
            except Unreadable as error:
                if not Target(path, target.named).gone:
                    yield Item(name, None, faults=tuple(map(self._seen_from_here, error.diagnostics)))
                continue
            yield Item(name, data, markdown=markdown, path=path, named=target.named)

    def path_of(self, target: Target) -> str:
        """Return where a file lies, whatever the current folder is."""
        return os.path.join(self.folder, target.path)

    def _seen_from_here(self, fault: Diagnostic) -> Diagnostic:
        return (
            fault._replace(hint=fault.hint.replace(shown_name(os.path.join(self.folder, "")), ""))
            if self.folder
            else fault
        )


def file_partitions(targets: Sequence[Target], size: int = FILES_TOGETHER, folder: str = "") -> Iterator[Files]:
    """Yield files in partitions, in their order."""
    for start in range(0, len(targets), size):
        yield Files(targets[start : start + size], folder)


def portfolio_rows(partitions: Iterable[Partition], job: PortfolioJob, *, processes: int) -> Iterator[list[Row]]:
    """Yield the rows of each partition, in order, the same whatever the number of processes.

    Partitions are taken as they are needed, so that only a few are in memory.

    Raises:
        NoRuleBase: at once, before anything is yielded.
    """
    maker = RowMaker(job)
    ahead = iter(partitions)
    if processes < 2:
        return map(maker.rows_in, ahead)
    first = list(islice(ahead, SEVERAL_PROCESSES_FROM))
    ahead = chain(first, ahead)
    if len(first) < SEVERAL_PROCESSES_FROM:
        return map(maker.rows_in, ahead)
    return in_order(ahead, _work, maker.rows_in, processes, _start_worker, (job,))


_worker: RowMaker | None = None


def _start_worker(job: PortfolioJob) -> None:
    global _worker
    become_worker()
    _worker = RowMaker(job)
    keep_what_is_here()


def _work(partition: Partition) -> list[Row]:
    if _worker is None:
        raise RuntimeError("the process was not started as a worker")
    return _worker.rows_in(partition)
