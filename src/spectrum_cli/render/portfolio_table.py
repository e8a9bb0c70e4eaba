"""Many decisions as a table for a terminal: sorted, in groups, and no wider than the screen."""

from collections.abc import Iterable, Sequence
from typing import Any

from spectrum_cli.model.decision_format import FIELDS, TYPE_IDS
from spectrum_cli.model.plain_text import one_line, visible
from spectrum_cli.model.portfolio import COLUMNS, FAULTY, NAMES, ColumnKind, Row, Totals, values_of
from spectrum_cli.render.page import Page, Piece, cell_width

DEFAULT_COLUMNS = ("title", "advised", "planned", "verdict", "gap", "readiness", "owner")
_DROPPED_FIRST = ("owner", "gap", "readiness", "planned")
_NARROWEST = 16
_TITLE_COUNTS = 0.6  # a title is left more room than other texts

_HEADINGS = {
    "title": "Decision",
    "advised": "Fits",
    "planned": "Plan",
    "verdict": "The plan is",
    "needed": "Needs",
    "readiness": "Support",
    "supported": "Supported today",
    "held_by": "Held by",
}
_ORDERS: dict[str, Sequence[str]] = {
    "advised": TYPE_IDS,
    "planned": TYPE_IDS,
    "needed": TYPE_IDS,
    "supported": TYPE_IDS,
    "verdict": ("over-promise", "not-shown", "matches", "below", "none"),
    "readiness": ("not-ready", "unknown", "planned", "ready"),
    "status": ("faulty", "read"),
    "place": FIELDS["place.level"].answers,
}
_VERDICTS = {"over-promise": "over-promise", "not-shown": "not shown", "matches": "as fits", "below": "below"}
_TYPES = ("advised", "planned", "needed", "supported")
_PLACES = {name: place for place, name in enumerate(NAMES)}
_KINDS = {column.name: column.kind for column in COLUMNS}
_NO_GROUP = {"owner": "No owner stated", "place": "No level stated", "planned": "No plan", "advised": "No type yet"}

SortKey = tuple[Any, ...]


class Listing:
    """Takes rows as they come and keeps those that will be shown: the first ``limit`` in the order of ``sort``.

    ``sort`` is the name of a column, with a ``-`` in front for the other way round, or empty for the order in which
    rows come. ``group`` is one of ``GROUPS``, or empty. Sums are of all rows, shown or not.
    """

    def __init__(self, *, sort: str = "", group: str = "", limit: int = 1000) -> None:
        self.group, self.limit = group, limit
        self.sums: dict[Any, Totals] = {}
        self.count = 0
        self._reverse = sort.startswith("-")
        self._sort = sort.removeprefix("-")
        self._kept: list[tuple[SortKey, Row]] = []

    def take(self, rows: Iterable[Row]) -> None:
        """Take some rows."""
        for row in rows:
            if self.group:
                self.sums.setdefault(value_of(row, self.group), Totals()).add((row,))
            if self.limit:
                self._kept.append((self._key(row), row))
            self.count += 1
        if len(self._kept) > 2 * self.limit + 1000:
            self._prune()

    def rows(self) -> list[Row]:
        """Return the rows to show, in their order."""
        self._prune()
        return [row for _, row in self._kept]

    def _key(self, row: Row) -> SortKey:
        group = order_of(self.group, value_of(row, self.group)) if self.group else ()
        if not self._sort:
            return group, self.count
        return group, _turned(order_of(self._sort, value_of(row, self._sort)), self._reverse), self.count

    def _prune(self) -> None:
        self._kept.sort(key=lambda kept: kept[0])
        del self._kept[self.limit :]


def value_of(row: Row, column: str) -> Any:
    """Return a row's value by the name of a column."""
    return values_of(row)[_PLACES[column]]


def order_of(column: str, value: Any) -> tuple[int, Any]:
    """Return where a value stands among others of its column: types from the least open, what is missing last."""
    kind = _KINDS[column]
    if value is None or value == ():
        return 2, 0
    if column in _ORDERS and value in _ORDERS[column]:
        return 0, _ORDERS[column].index(value)
    if kind is ColumnKind.COUNTS:
        return 0, sum(count for _, count in value)
    if kind is ColumnKind.TEXTS:
        return 0, len(value)
    if kind in (ColumnKind.TEXT, ColumnKind.DAY):
        return 1, (value.casefold(), value)
    return 0, value


class _Downwards:
    """A value that stands before those that are smaller."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __lt__(self, other: "_Downwards") -> bool:
        return bool(other.value < self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Downwards) and bool(self.value == other.value)

    __hash__ = None  # type: ignore[assignment]


def _turned(order: tuple[int, Any], reverse: bool) -> tuple[int, Any]:
    """Return an order the other way round; what is missing stays last."""
    place, value = order
    if not reverse:
        return order
    return (2, 0) if place == 2 else (0, _Downwards((place, value)))


def render_portfolio(listing: Listing, totals: Totals, columns: Sequence[str], foot: Sequence[str], page: Page) -> None:
    """Write the table, its groups, the sum and the foot to a page.

    ``columns`` are names of columns; none means those that matter most, as many as there is room for.
    """
    rows = listing.rows()
    wanted = _fitting(rows, page.width) if not columns else list(columns)
    table = _Table(rows, wanted, page)
    table.head()
    if not listing.group:
        table.write(rows)
    else:
        for value in sorted(listing.sums, key=lambda value: order_of(listing.group, value)):
            page.blank()
            name = _shown(listing.group, value) if value is not None else _NO_GROUP[listing.group]
            page.prose(Piece(f"{name}: ", "bold"), Piece(sum_line(listing.sums[value]), "muted"), hang=2)
            table.write([row for row in rows if value_of(row, listing.group) == value])
    if len(rows) < listing.count and listing.limit:
        more = listing.count - len(rows)
        page.prose(Piece(f"{more:,} more rows are not shown; --limit and --output bring them.", "muted"))
    page.blank()
    page.prose(Piece(sum_line(totals), "bold"))
    if any(row.status != FAULTY and row.certain is False for row in rows) and "advised" in wanted:
        page.prose(Piece("? after a type: others are still possible, depending on missing answers.", "muted"))
    for line in foot:
        page.prose(Piece(line, "muted"))


def sum_line(totals: Totals) -> str:
    """Return the sum of some rows in one sentence."""
    told = [_many(totals.decisions, "decision")]
    if totals.parts:
        told[0] += f" and {_many(totals.parts, 'part')}"
    told.append(_many(totals.over_promises, "over-promise"))
    told.append(f"{totals.not_ready:,} not ready")
    if totals.gaps:
        told.append(f"{totals.gaps:,} below what is needed")
    told.append(f"{totals.faulty:,} faulty")
    return ", ".join(told)


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}" + ("" if count == 1 else "s")


def fault_line(row: Row) -> str:
    """Return the first fault of a faulty row in one or two lines, with its place."""
    where = visible(row.file)
    if row.row is not None:
        where += f", row {row.row}" + (f" (line {row.fault_line})" if row.fault_line is not None else "")
        where += f", {one_line(row.fault_key)}" if row.fault_key else ""
    elif row.fault_line is not None:
        where += f":{row.fault_line}:{row.fault_column}"
    hint = f"  {one_line(row.fault_hint)}\n" if row.fault_hint else ""
    return f"{where}: {row.fault_code} {one_line(row.fault_message or '')}\n{hint}"


def _fitting(rows: Sequence[Row], width: int | None) -> list[str]:
    """Return as many of the usual columns as fit, the least important left out first."""
    wanted = list(DEFAULT_COLUMNS)
    if not any(row.gap for row in rows):
        wanted.remove("gap")
    for name in _DROPPED_FIRST:
        if width is None or sum(_least(rows, column) for column in wanted) + 2 * (len(wanted) - 1) <= width:
            break
        if name in wanted:
            wanted.remove(name)
    return wanted


def _least(rows: Sequence[Row], column: str) -> int:
    if _is_free(column):
        return _NARROWEST
    return max([cell_width(_heading(column)), *(cell_width(_cell(row, column)) for row in rows)])


def _is_free(column: str) -> bool:
    """Whether a column holds texts that may be cut."""
    free = ("file", "id", "title", "owner", "decided_by", "fault_message", "fault_hint")
    return column in free


def _heading(column: str) -> str:
    return _HEADINGS.get(column) or column.replace("_", " ").capitalize()


def _cell(row: Row, column: str) -> str:
    if column == "title":
        if row.status == FAULTY:
            return one_line(row.title or (f"{row.file}, row {row.row}" if row.row is not None else row.file))
        return ("· " if row.part_number else "") + one_line(row.title or "")
    if row.status == FAULTY and column == "advised":
        return f"faulty: {row.fault_code}"
    shown = _shown(column, value_of(row, column))
    return f"{shown} ?" if column == "advised" and row.certain is False and row.advised else shown


def _shown(column: str, value: Any) -> str:
    if value is None or value == ():
        return ""
    if column in _TYPES:
        return str(value).upper()
    if column == "possible":
        return ", ".join(value).upper()
    if column == "verdict":
        return _VERDICTS.get(value, "")
    if column == "readiness":
        return str(value).replace("-", " ")
    if column == "gap":
        return str(value) if value else ""
    if column == "findings":
        return " ".join(code if count == 1 else f"{code}x{count}" for code, count in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    return one_line(str(value))


def _style(row: Row, column: str) -> str:
    if row.status == FAULTY and column == "advised":
        return "warn"
    if (column == "verdict" and row.over_promise) or (column == "readiness" and row.not_ready):
        return "warn"
    value = value_of(row, column) if column in _TYPES else None
    if value is None:
        return "muted" if row.part_number and column == "title" else ""
    return "to" if TYPE_IDS.index(value) < 3 else "with"


class _Table:
    """Columns of one width over all groups."""

    def __init__(self, rows: Sequence[Row], columns: Sequence[str], page: Page) -> None:
        self.columns, self.page = columns, page
        self.numbers = {name for name in columns if _KINDS[name] in (ColumnKind.WHOLE, ColumnKind.NUMBER)}
        natural = [
            max([cell_width(_heading(name)), *(cell_width(_cell(row, name)) for row in rows)]) for name in columns
        ]
        self.widths = natural if page.width is None else _shared(natural, columns, page.width)
        self.folded = page.width is not None and sum(self.widths) + 2 * (len(columns) - 1) > page.width
        self._rows = len(rows)

    def head(self) -> None:
        """Write the names of the columns, where there is something to stand below them."""
        if self._rows and not self.folded:
            self._line([Piece(_heading(name), "muted") for name in self.columns])

    def write(self, rows: Sequence[Row]) -> None:
        """Write some rows."""
        for row in rows:
            if self.folded:
                self._fold(row)
                continue
            self._line([Piece(_cell(row, name), _style(row, name)) for name in self.columns])

    def _line(self, cells: Sequence[Piece]) -> None:
        pieces: list[Piece] = []
        last = len(cells) - 1
        for place, (name, piece, width) in enumerate(zip(self.columns, cells, self.widths, strict=True)):
            text = _cut(piece.text, width)
            blanks = " " * (width - cell_width(text))
            if name in self.numbers:
                pieces += [Piece(blanks), Piece(text, piece.style)]
            else:
                pieces += [Piece(text, piece.style), Piece(blanks if place < last else "")]
            pieces.append(Piece("  " if place < last else ""))
        self.page.raw(*pieces)

    def _fold(self, row: Row) -> None:
        """Write a row over several lines, where the screen is too narrow for a table."""
        first, *others = [(name, cell) for name in self.columns if (cell := _cell(row, name))] or [("", "")]
        self.page.prose(Piece(first[1], "bold"))
        for name, cell in others:
            self.page.prose(f"{_heading(name)}: ", Piece(cell, _style(row, name)), indent=2, hang=2)


def _shared(natural: Sequence[int], columns: Sequence[str], width: int) -> list[int]:
    """Return widths that fill no more than the screen: texts share what the other columns leave."""
    widths = list(natural)
    over = sum(widths) + 2 * (len(columns) - 1) - width
    while over > 0:
        free = [place for place, name in enumerate(columns) if _is_free(name) and widths[place] > _NARROWEST]
        if not free:
            break
        widest = max(free, key=lambda place: widths[place] * (_TITLE_COUNTS if columns[place] == "title" else 1))
        widths[widest] -= 1
        over -= 1
    return widths


def _cut(text: str, width: int) -> str:
    if cell_width(text) <= width:
        return text
    kept = ""
    for sign in text:
        if cell_width(kept + sign) > width - 1:
            break
        kept += sign
    return kept.rstrip() + "…"
