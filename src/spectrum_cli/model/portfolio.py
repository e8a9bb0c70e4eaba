"""Many decisions as rows: one row for each decision and one for each part inside it.

:data:`COLUMNS` is the one table of what a row holds. The CSV header, the Parquet schema, the SQLite table, the keys
of JSON Lines and the table in ``docs/portfolio.md`` are made from it. Columns keep their name and meaning; new ones
may be added. Bump :data:`PORTFOLIO_FORMAT` when one changes all the same.

A decision that could not be read is a row too, with the status ``faulty`` and its first fault, so that a table
always has at least as many rows as there were decisions. What is not stated, not known or does not apply is None.

Rows are in the order of :attr:`Row.sort_key` where the inputs are; sort by it to compare two runs.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, NamedTuple, Protocol

from spectrum_cli.model.decision_format import SUPPORT_KEYS
from spectrum_cli.model.diagnostic import Diagnostic

PORTFOLIO_FORMAT = 1

READ, FAULTY = "read", "faulty"
OVER_PROMISE = "over-promise"
NOT_READY = "not-ready"
GROUPS = ("owner", "place", "planned", "advised")
"""Columns by which a portfolio can be grouped."""


class Item(NamedTuple):
    """One decision before it is read, wherever it comes from. It can be sent to other processes and machines.

    ``name`` is shown in the row. ``content`` is the bytes of a decision file, or the cells of a table's row by the
    names of their columns, or None where there is nothing to read; then ``faults`` say why. ``row`` and ``line`` are
    a table's, ``line`` only where the table is a text. ``markdown`` reads the front matter only. ``path`` is where the
    file lies on this machine, so that a decision that it carries out can be looked up beside it; it may be empty. A
    file that was found and not ``named`` gives no row where it does not look like a decision.
    """

    name: str
    content: bytes | Mapping[str, object] | None
    row: int | None = None
    line: int | None = None
    faults: tuple[Diagnostic, ...] = ()
    markdown: bool = False
    path: str = ""
    named: bool = True


class Partition(Protocol):
    """Some decisions that are read together. It can be sent to other processes, and is read there."""

    def items(self) -> Iterator[Item]:
        """Yield the decisions in their order. Never raises for what they may hold."""
        ...


class ColumnKind(Enum):
    """What a column holds: in Python, and after the colon in CSV, Parquet and SQLite.

    ``TEXT`` str. ``DAY`` str, an ISO day: date32 in Parquet. ``WHOLE`` int. ``NUMBER`` float. ``FLAG`` bool: true and
    false in CSV, 1 and 0 in SQLite. ``TEXTS`` tuple of str: joined by ``;`` in CSV and SQLite, a list elsewhere.
    ``COUNTS`` tuple of pairs of str and int: ``SP301=2;SP344=1`` in CSV and SQLite, an object in JSON Lines, a map in
    Parquet.
    """

    TEXT = auto()
    DAY = auto()
    WHOLE = auto()
    NUMBER = auto()
    FLAG = auto()
    TEXTS = auto()
    COUNTS = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, whether each row has it, and what it means."""

    name: str
    kind: ColumnKind
    always: bool
    meaning: str


class Row(NamedTuple):
    """One decision, or one part of it. :data:`COLUMNS` says what each value means.

    ``support`` has one state for each of ``SUPPORT_KEYS``; in a table each is a column of its own, such as
    ``support_skills``, after all others. Texts are the author's own: escape them for where they are shown.
    """

    file: str
    row: int | None
    part: str | None
    part_number: int
    id: str | None
    title: str | None
    owner: str | None
    decided_by: str | None
    place: str | None
    implements: str | None
    local_participation: str | None
    opens: str | None
    closes: str | None
    decision_day: str | None
    affected: int | None
    status: str
    fault_code: str | None
    fault_line: int | None
    fault_column: int | None
    fault_key: str | None
    fault_message: str | None
    fault_hint: str | None
    advised: str | None
    certain: bool | None
    possible: tuple[str, ...]
    openness: float | None
    openness_low: float | None
    openness_high: float | None
    held_by: str | None
    next_question: str | None
    planned: str | None
    planned_line: int | None
    verdict: str | None
    needed: str | None
    gap: int | None
    readiness: str | None
    supported: str | None
    findings: tuple[tuple[str, int], ...]
    errors: int
    warnings: int
    notes: int
    rule_base: str
    rule_base_version: str
    rule_base_hash: str
    content_hash: str | None
    support: tuple[str | None, ...]

    @property
    def sort_key(self) -> tuple[str, int, int]:
        """The order of rows: by file, by row in a table, the whole before its parts."""
        return self.file, self.row or 0, self.part_number

    @property
    def over_promise(self) -> bool:
        """Whether the plan is above every type that is still possible."""
        return self.verdict == OVER_PROMISE

    @property
    def not_ready(self) -> bool:
        """Whether something that the advised type needs is missing."""
        return self.readiness == NOT_READY


@dataclass(slots=True)
class Totals:
    """The sum of some rows. Decisions are wholes; parts are counted apart, but for what is wrong with either."""

    decisions: int = 0
    parts: int = 0
    faulty: int = 0
    over_promises: int = 0
    not_ready: int = 0
    gaps: int = 0
    advised: Counter[str] = field(default_factory=Counter)

    def add(self, rows: Iterable[Row]) -> None:
        """Count some rows."""
        for row in rows:
            if row.status == FAULTY:
                self.faulty += 1
                continue
            if row.part_number:
                self.parts += 1
            else:
                self.decisions += 1
            self.over_promises += row.over_promise
            self.not_ready += row.not_ready
            self.gaps += bool(row.gap)
            self.advised[row.advised or ""] += 1

    def join(self, other: "Totals") -> None:
        """Add the sum of other rows."""
        self.decisions += other.decisions
        self.parts += other.parts
        self.faulty += other.faulty
        self.over_promises += other.over_promises
        self.not_ready += other.not_ready
        self.gaps += other.gaps
        self.advised.update(other.advised)


def values_of(row: Row) -> tuple[Any, ...]:
    """Return the values of a row, one for each of :data:`COLUMNS`."""
    return tuple.__add__(row[:-1], row.support)


def row_of(values: Sequence[Any]) -> Row:
    """Return the row that :func:`values_of` gave the values of."""
    return Row._make((*values[:_ALONE], tuple(values[_ALONE:])))


def plain(row: Row) -> dict[str, Any]:
    """Return a row as JSON Lines show it: lists for several texts, an object for counts."""
    data = dict(zip(NAMES, values_of(row), strict=True))
    data["possible"] = list(row.possible)
    data["findings"] = dict(row.findings)
    return data


def support_column(key: str) -> str:
    """Return the name of a prerequisite's column."""
    return key.replace(".", "_")


_TEXT, _DAY, _WHOLE, _NUMBER, _FLAG = (
    ColumnKind.TEXT,
    ColumnKind.DAY,
    ColumnKind.WHOLE,
    ColumnKind.NUMBER,
    ColumnKind.FLAG,
)

COLUMNS: tuple[Column, ...] = (
    Column("file", _TEXT, True, "The file or URL that the decision was read from; for a table, the table."),
    Column("row", _WHOLE, False, "The number of the row in a table, from 1, without the line of column names."),
    Column("part", _TEXT, False, "The id of the part. Not there for the whole decision."),
    Column("part_number", _WHOLE, True, "0 for the whole decision, then the place of the part in it, from 1."),
    Column("id", _TEXT, False, "Your own key for the decision, from the column `id` of a table."),
    Column("title", _TEXT, False, "What is to be decided."),
    Column("owner", _TEXT, False, "Who is responsible for it."),
    Column("decided_by", _TEXT, False, "Who takes the decision."),
    Column("place", _TEXT, False, "The level: national, regional, local or organisation."),
    Column("implements", _TEXT, False, "The file of the decision that this one carries out locally."),
    Column("local_participation", _TEXT, False, "The type with which it is carried out locally, or none."),
    Column("opens", _DAY, False, "The day participation opens."),
    Column("closes", _DAY, False, "The day participation closes."),
    Column("decision_day", _DAY, False, "The day the decision is taken."),
    Column("affected", _WHOLE, False, "How many people are affected."),
    Column("status", _TEXT, True, "`read`, or `faulty` where the decision could not be read."),
    Column("fault_code", _TEXT, False, "The code of the first fault that kept it from being read."),
    Column("fault_line", _WHOLE, False, "The line of that fault in the file. In Parquet there are no lines."),
    Column("fault_column", _WHOLE, False, "Its column on that line, in characters from 1."),
    Column("fault_key", _TEXT, False, "In a table, the name of the column with the fault."),
    Column("fault_message", _TEXT, False, "What is wrong."),
    Column("fault_hint", _TEXT, False, "What to do about it."),
    Column("advised", _TEXT, False, "The participation type that fits. Not there where no question is answered."),
    Column("certain", _FLAG, False, "Whether no missing answer could change the type."),
    Column("possible", ColumnKind.TEXTS, True, "The types that are still possible, the least open first."),
    Column("openness", _NUMBER, False, "The room left for influence, 0 to 100, gates applied. The scale is ours."),
    Column("openness_low", _NUMBER, False, "The least that it can be while answers are missing."),
    Column("openness_high", _NUMBER, False, "The most that it can be."),
    Column("held_by", _TEXT, False, "The id of the gate that holds the openness down the most."),
    Column("next_question", _TEXT, False, "The key of the missing answer that would narrow the advice most."),
    Column("planned", _TEXT, False, "The participation type that is planned."),
    Column("planned_line", _WHOLE, False, "The line of the plan in the file. In Parquet there are no lines."),
    Column("verdict", _TEXT, False, "The plan against the answers: none, over-promise, not-shown, matches or below."),
    Column("needed", _TEXT, False, "The type that the decision asks for at least."),
    Column("gap", _WHOLE, False, "By how many types the need stands above the advised type."),
    Column("readiness", _TEXT, False, "For the advised type: ready, planned, not-ready or unknown."),
    Column("supported", _TEXT, False, "The most open type, up to the advised one, that everything is in place for."),
    Column(
        "findings",
        ColumnKind.COUNTS,
        True,
        "How many findings of each code there are, parts included; those of a part stand in the row of the whole.",
    ),
    Column("errors", _WHOLE, True, "How many of the findings are errors."),
    Column("warnings", _WHOLE, True, "How many are warnings."),
    Column("notes", _WHOLE, True, "How many are notes."),
    Column("rule_base", _TEXT, True, "The id of the rule base that the advice rests on."),
    Column("rule_base_version", _TEXT, True, "Its version."),
    Column("rule_base_hash", _TEXT, True, "Its hash, over the files of all its layers."),
    Column(
        "content_hash",
        _TEXT,
        False,
        "SHA-256 of the file, or of what a table's row states. Not there where the file could not be opened.",
    ),
    *(
        Column(
            support_column(key),
            _TEXT,
            False,
            f"`{key}`: met, planned, missing or unknown. Not there where the advised type does not need it.",
        )
        for key in SUPPORT_KEYS
    ),
)
NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)
_ALONE = len(Row._fields) - 1
