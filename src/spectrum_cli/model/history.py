"""What became of decisions over time: one row for each change that matters, and how things stood at a quarter's end.

:data:`HISTORY_COLUMNS` is the one table of what a row holds. The CSV header, the keys of JSON Lines and the table in
``docs/portfolio.md`` are made from it. Columns keep their name and meaning; new ones may be added at the end.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from spectrum_cli.model.portfolio import Column, ColumnKind


class ChangeKind(StrEnum):
    """What one commit did to one decision or to one part of it. Several can hold at once."""

    ADDED = "added"
    RETURNED = "returned"
    READABLE = "readable"
    WIDENED = "widened"
    NARROWED = "narrowed"
    NARROWED_AFTER_OPENING = "narrowed-after-opening"
    PLANNED = "planned"
    ADVISED = "advised"
    OVER_PROMISE = "over-promise"
    MENDED = "mended"
    UNREADABLE = "unreadable"
    DELETED = "deleted"

    @property
    def meaning(self) -> str:
        """What it means, in a sentence."""
        return _MEANINGS[self]


_MEANINGS = {
    ChangeKind.ADDED: "The decision, or the part, is there for the first time.",
    ChangeKind.RETURNED: "It is there again after it had been deleted.",
    ChangeKind.READABLE: "It can be read again. What else is said compares it with the last text that could be read.",
    ChangeKind.WIDENED: "Something is offered that was not: a more open stage, another thing open to change, "
    "a more open planned type.",
    ChangeKind.NARROWED: "Something is not offered any more.",
    ChangeKind.NARROWED_AFTER_OPENING: "And by the dates of either text participation had opened on the day of the "
    "commit. It stands beside `narrowed`.",
    ChangeKind.PLANNED: "The planned type is another.",
    ChangeKind.ADVISED: "The type that fits is another.",
    ChangeKind.OVER_PROMISE: "The plan is above every possible type now, and was not before.",
    ChangeKind.MENDED: "The plan was above every possible type, and is not any more.",
    ChangeKind.UNREADABLE: "The text cannot be read as a decision.",
    ChangeKind.DELETED: "The file, or the part, is not there any more.",
}


class Change(NamedTuple):
    """What one commit changed in one decision or one part of it. :data:`HISTORY_COLUMNS` says what each value means.

    Texts are the authors' own: escape them for where they are shown.
    """

    file: str
    file_then: str
    part: str | None
    day: str
    commit: str
    subject: str
    kinds: tuple[ChangeKind, ...]
    opened: str | None
    advised_before: str | None
    advised_after: str | None
    planned_before: str | None
    planned_after: str | None
    details: tuple[str, ...]


_TEXT, _DAY, _TEXTS = ColumnKind.TEXT, ColumnKind.DAY, ColumnKind.TEXTS

HISTORY_COLUMNS: tuple[Column, ...] = (
    Column("file", _TEXT, True, "The file under its last name. All changes of one decision have the same."),
    Column("file_then", _TEXT, True, "The name that the file had in the commit."),
    Column("part", _TEXT, False, "The id of the part. Not there for the whole decision."),
    Column("day", _DAY, True, "The day of the commit, as its author's clock told it."),
    Column("commit", _TEXT, True, "The commit's full name."),
    Column("subject", _TEXT, True, "The first line of its message."),
    Column("kinds", _TEXTS, True, "What changed: see below."),
    Column("opened", _DAY, False, "The day participation had opened, where the offer was narrowed after it."),
    Column("advised_before", _TEXT, False, "The type that fitted before."),
    Column("advised_after", _TEXT, False, "The type that fits since."),
    Column("planned_before", _TEXT, False, "The type that was planned before."),
    Column("planned_after", _TEXT, False, "The type that is planned since."),
    Column("details", _TEXTS, True, "What is offered or not any more, or why the text cannot be read."),
    Column("rule_base", _TEXT, True, "The id of the rule base, today's for all versions."),
    Column("rule_base_version", _TEXT, True, "Its version."),
    Column("rule_base_hash", _TEXT, True, "Its hash, over the files of all its layers."),
)
HISTORY_NAMES: tuple[str, ...] = tuple(column.name for column in HISTORY_COLUMNS)


class Standing(NamedTuple):
    """How a decision stood. ``advised`` is None where no type fits yet; ``over_promise`` counts parts too."""

    advised: str | None
    over_promise: bool
    readable: bool = True


class Dated(NamedTuple):
    """How a decision stood from a day on; None where it was not there."""

    day: str
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class DecisionPast:
    """What became of one decision. Changes are in the order of the commits, standings as well."""

    file: str
    versions: int
    changes: tuple[Change, ...]
    standings: tuple[Dated, ...]


class Beginning(NamedTuple):
    """Where the history of a shallow clone begins."""

    day: str
    commit: str


@dataclass(frozen=True, slots=True)
class Quarter:
    """How many decisions stood where at the end of a quarter. ``advised`` has "" for those without a type."""

    name: str
    decisions: int
    unreadable: int
    over_promises: int
    advised: Counter[str]


def quarter_of(day: str) -> int:
    """Return the number of the quarter that holds an ISO day."""
    return int(day[:4]) * 4 + (int(day[5:7]) - 1) // 3


def quarter_name(number: int) -> str:
    """Return a quarter's name, such as 2026 Q1."""
    return f"{number // 4:04} Q{number % 4 + 1}"


@dataclass(slots=True)
class HistoryTotals:
    """The sum of many pasts. ``today`` is an ISO day: no quarter after it is counted."""

    today: str
    decisions: int = 0
    versions: int = 0
    kinds: Counter[ChangeKind] = field(default_factory=Counter)
    _moves: dict[int, Counter[Standing]] = field(default_factory=dict)

    def add(self, pasts: Iterable[DecisionPast]) -> None:
        """Count some pasts."""
        for past in pasts:
            self.decisions += 1
            self.versions += past.versions
            for change in past.changes:
                self.kinds.update(change.kinds)
            self._stand(past.standings)

    def _stand(self, standings: Sequence[Dated]) -> None:
        """Count in which quarters a decision came to stand elsewhere.

        What holds at the end of a quarter is the last commit, in the order of the history, that is dated before that
        end. Clocks that went wrong can so not hide what came later.
        """
        last = quarter_of(self.today)
        dated = sorted((min(quarter_of(item.day), last), place) for place, item in enumerate(standings))
        newest, before = -1, None
        for number, place in dated:
            if place < newest:
                continue
            newest, now = place, standings[place].standing
            moves = self._moves.setdefault(number, Counter())
            if before is not None:
                moves[before] -= 1
            if now is not None:
                moves[now] += 1
            before = now

    def quarters(self, since: str = "") -> list[Quarter]:
        """Return how things stood, from the first quarter with a decision, or that of an ISO day, until today."""
        if not self._moves:
            return []
        last = quarter_of(self.today)
        first = min(quarter_of(since), last) if since else min(self._moves)
        standing: Counter[Standing] = Counter()
        found = []
        for number in range(min(first, *self._moves), last + 1):
            for item, count in self._moves.get(number, {}).items():
                standing[item] += count
            if number >= first:
                found.append(_quarter(quarter_name(number), standing))
        return found


def _quarter(name: str, standing: Counter[Standing]) -> Quarter:
    readable = {item: count for item, count in standing.items() if item.readable and count}
    advised: Counter[str] = Counter()
    for item, count in readable.items():
        advised[item.advised or ""] += count
    return Quarter(
        name=name,
        decisions=standing.total(),
        unreadable=sum(count for item, count in standing.items() if not item.readable),
        over_promises=sum(count for item, count in readable.items() if item.over_promise),
        advised=advised,
    )
