"""From the cells of a table's row to a Decision, by the rules and in the words of the decision file.

Names of columns are dotted keys: ``title``, ``openness.stage``, ``support.skills``, ``support.skills.owner``. Plain
cells are taken on a short path; each distinct answer is read once and then looked up. Where the short path meets
anything else, the row is written out as a decision file and read by that file's own reader, so that what is refused
is refused alike and the messages are the same.
"""

import datetime
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from spectrum_cli.files.decision_file import MAX_DIGITS, WORDS_FOR_FALSE, WORDS_FOR_TRUE, read_decision, shown
from spectrum_cli.files.reading import NOT_PRINTABLE, sign_name
from spectrum_cli.model.decision import Answer, AnswerValue, Decision, Fixed, weeks_between_dates
from spectrum_cli.model.decision_format import (
    FIELDS,
    FORMAT_VERSION,
    MAX_BYTES,
    SECTION_NAMES,
    SUPPORT_FIELDS,
    SUPPORT_KEYS,
    UNKNOWN,
    Field,
    Kind,
)
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.document import Source

ID, VERSION, PARTS = "id", "spectrum", "parts"
BETWEEN = ";"
"""Parts the items of a list where a cell can only hold a text."""

_LISTED = 5
_REMEMBERED = 4096
_SHORT = 100_000
_LONG, _MANY = 5000, 20  # more than this is counted, so that no row is larger than a decision file may be
_LONGEST_NAME = 200
_MIDNIGHT = datetime.time()
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_ODD_IN_YAML = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ON_LINE = re.compile(r"(?:: it is already|,)? on line \d+")

Cells = Mapping[str, object]
Parse = Callable[[object], Answer | None]
Faults = list[tuple[str, Diagnostic]]
"""Faults, each with the column that it stands in."""


class RowReading(NamedTuple):
    """What came of a row: a decision, or the faults that keep it from being one.

    ``key`` is the column with the first fault. ``id``, ``title`` and ``owner`` are known as far as they are texts.
    """

    decision: Decision | None
    diagnostics: tuple[Diagnostic, ...] = ()
    key: str | None = None
    id: str | None = None
    title: str | None = None
    owner: str | None = None


class _NotPlain(Exception):
    """A cell that the short path does not know."""


class RowReader:
    """Reads rows, of one table or of many. What it remembers between two rows changes nothing in what it reads."""

    def __init__(self, ignored: Collection[str] = ()) -> None:
        self._ignored = frozenset(ignored)
        self._columns = dict(_columns())
        self._faults: dict[tuple[object, ...], Faults] = {}

    def skips(self, column: str) -> bool:
        """Whether a column is the author's own, or is one that is to be left alone."""
        return column.startswith("x-") or column in self._ignored

    def read(self, table: str, cells: Cells) -> RowReading:
        """Read a row. Cells that are None or empty state nothing. Never raises for what a row may hold."""
        try:
            return self._quickly(table, cells)
        except _NotPlain:
            return self._as_a_file(table, cells)

    def _quickly(self, table: str, cells: Cells) -> RowReading:
        answers: dict[str, Answer] = {}
        columns = self._columns
        ident: str | None = None
        details = False
        for name, cell in cells.items():
            if cell is None or cell == "":
                continue
            column = columns.get(name)
            if column is None:
                if name == ID and type(cell) in (str, int):
                    ident = _clean(str(cell))
                elif not self.skips(name):
                    raise _NotPlain
                continue
            key, known, parse, detail = column
            if type(cell) is str:
                answer = known.get(cell)
                if answer is None:
                    answer = parse(cell)
                    if answer is None:
                        raise _NotPlain
            else:
                if cell != cell:  # NaN, as tables write "nothing"
                    continue
                answer = parse(cell)
                if answer is None:
                    raise _NotPlain
            if key in answers:
                raise _NotPlain
            details = details or detail
            answers[key] = answer
        answers.pop(VERSION, None)
        title = answers.get("title")
        if title is None or title.value is None:
            raise _NotPlain
        if details:
            for key in [key for key in answers if key.count(".") == 2]:
                answers.setdefault(key.rpartition(".")[0], _NOTHING)
        if "dates.opens" in answers and "time.weeks" not in answers:
            weeks = weeks_between_dates(answers)
            if weeks is not None:
                answers["time.weeks"] = weeks
        return RowReading(Decision(table, str(title.value), answers), id=ident)

    def _as_a_file(self, table: str, cells: Cells) -> RowReading:
        """Write the row out as a decision file and read that, which finds words for every fault."""
        faults: Faults = []

        def fault(key: str, code: str, message: str, hint: str = "") -> None:
            faults.append((key, Diagnostic(code, Severity.ERROR, message, table, None, "", hint)))

        flat: dict[str, object] = {}
        for name, cell in flattened(cells):
            if self.skips(name) or cell is None or cell == "" or cell != cell:
                continue
            if name in flat:
                fault(name, "SP107", f"the column {shown(name)} stands twice", "Keep one of the two.")
            elif len(name) > _LONGEST_NAME:
                fault(name[:_LONGEST_NAME], "SP201", f"unknown column {shown(name)}")
            else:
                flat[name] = cell
        ident = _clean(str(flat.pop(ID))) if ID in flat else None
        title, owner = (_text_or_none(flat.get(key)) for key in ("title", "owner"))
        for name, sign in _odd_signs(flat):
            if "\udc80" <= sign <= "\udcff":
                fault(name, "SP102", f"byte 0x{ord(sign) - 0xDC00:02X} is not UTF-8", _SAVE_AGAIN)
            else:
                message = f"the control character U+{ord(sign):04X} ({sign_name(sign)}) stands here"
                fault(name, "SP104", message, "Delete it. It cannot be seen in most editors.")
        decision = None
        if not faults:
            decision, faults = self._read_whole(table, flat)
        if decision is not None:
            return RowReading(decision, id=ident)
        found_in = tuple(item for _, item in faults)
        return RowReading(None, found_in, (faults[0][0] or None) if faults else None, ident, title, owner)

    def _read_whole(self, table: str, cells: Cells) -> tuple[Decision | None, Faults]:
        """Read cells as a decision file. Where only single answers are odd, these are enough to find every fault."""
        odd = [(name, cell) for name, cell in cells.items() if not self._is_plain(name, cell, cells)]
        if odd and all(name in FIELDS and type(cell) is str for name, cell in odd) and "title" in cells:
            key = table, *odd
            faults = self._faults.get(key)
            if faults is None:
                text, keys = _composed({"title": "A row", **dict(odd)})
                faults = _read_text(table, text, keys)[1] if len(text) < _SHORT else []
                if len(self._faults) < _REMEMBERED and len(text) < _LONG:
                    self._faults[key] = faults
            if faults:
                return None, faults
        text, keys = _composed(cells)
        if len(text) > MAX_BYTES:
            hint = "A decision is a short text."
            return None, [
                ("", Diagnostic("SP103", Severity.ERROR, "the row is larger than 1 MiB", table, None, "", hint))
            ]
        return _read_text(table, text, keys)

    def _is_plain(self, name: str, cell: object, cells: Cells) -> bool:
        """Whether the short path takes a cell; one with details is read together with them."""
        column = self._columns.get(name)
        if column is None or column[3]:
            return False
        if name in SUPPORT_KEYS and any(f"{name}.{field.name}" in cells for field in SUPPORT_FIELDS):
            return False
        answer = column[1].get(cell) if type(cell) is str else None
        return answer is not None or column[2](cell) is not None


def _read_text(table: str, text: str, keys: list[str]) -> tuple[Decision | None, Faults]:
    reading = read_decision(Source(table, text))
    faults = [_of_the_row(found, keys) for found in reading.diagnostics if found.severity is Severity.ERROR]
    faults.sort(key=lambda entry: entry[1].code == "SP203")  # what is missing may stand under a misspelt name
    return reading.decision, faults


def check_columns(table: str, names: Collection[str], reader: RowReader) -> list[Diagnostic]:
    """Return what is wrong with the names of a table's columns: unknown, standing twice, or without a title."""
    faults: list[Diagnostic] = []

    def fault(code: str, message: str, hint: str) -> None:
        faults.append(Diagnostic(code, Severity.ERROR, message, table, None, "", hint))

    named = [_plain_name(name) for name in names if not reader.skips(name)]
    twice = [name for name, count in Counter(named).items() if count > 1]
    unknown = [name for name in dict.fromkeys(named) if name not in _KNOWN]
    if unknown:
        listed = ", ".join(shown(name) for name in unknown[:_LISTED])
        more = f" and {len(unknown) - _LISTED} more" if len(unknown) > _LISTED else ""
        meant = ", ".join(dict.fromkeys(filter(None, map(_column_meant, unknown[:_LISTED]))))
        own = "Your own columns begin with x-, or are listed with --ignore-columns."
        message = f"unknown column{'s' if len(unknown) > 1 else ''} {listed}{more}"
        fault("SP201", message, f"Did you mean {meant}? {own}" if meant else own)
    if twice:
        fault("SP107", f"the column {shown(twice[0])} stands twice", "Keep one of the two.")
    if "title" not in named and not faults:
        fault("SP203", "there is no column title", "Name one column title: what is to be decided.")
    return faults


def _column_meant(name: str) -> str:
    """Return the column that was most likely meant by an unknown name, or an empty text."""
    import difflib

    wanted = re.sub(r"[\s-]+", "_", name.strip().casefold())
    without_section = [known for known in _KNOWN if known.rpartition(".")[2] == wanted]
    near = without_section or difflib.get_close_matches(wanted, sorted(_KNOWN), 1, 0.6)
    return near[0] if near else ""


def _plain_name(name: str) -> str:
    """Return the name of a column without the part that says no more: a support's state is its answer."""
    return name.removesuffix(".state") if name.startswith("support.") else name


# The short path. Each of these returns None where the decision file's own reader is to look.

_NOTHING = Answer(None, 0, 0, 0, 0)


def _answer(value: AnswerValue) -> Answer:
    return tuple.__new__(Answer, (value, 0, 0, 0, 0))


def _columns() -> Iterator[tuple[str, tuple[str, dict[str, Answer], Parse, bool]]]:
    def column(key: str, field: Field, *, detail: bool = False) -> tuple[str, dict[str, Answer], Parse, bool]:
        known: dict[str, Answer] = {}
        if field.kind in (Kind.CHOICE, Kind.SUPPORT):
            known.update({value: _answer(value) for value in field.answers})
            known[UNKNOWN] = _NOTHING
        return key, known, _PARSERS[field.kind](field, known), detail

    for key, field in FIELDS.items():
        yield key, column(key, field)
    for key in SUPPORT_KEYS:
        for field in SUPPORT_FIELDS:
            if field.name == "state":
                yield f"{key}.state", column(key, field, detail=True)
            else:
                yield f"{key}.{field.name}", column(f"{key}.{field.name}", field, detail=True)
    yield VERSION, (VERSION, {str(FORMAT_VERSION): _NOTHING}, _version, False)


def _version(cell: object) -> Answer | None:
    return _NOTHING if type(cell) in (int, float) and cell == FORMAT_VERSION else None


def _text_parser(field: Field, _known: dict[str, Answer]) -> Parse:
    unknown = _NOTHING if field.key != "title" else None

    def parse(cell: object) -> Answer | None:
        if type(cell) is not str or len(cell) > _LONG or not cell.strip() or cell == "~":
            return None
        if cell == UNKNOWN:
            return unknown
        return _answer(cell) if cell.isprintable() or not NOT_PRINTABLE.search(cell) else None

    return parse


def _choice_parser(_field: Field, _known: dict[str, Answer]) -> Parse:
    return lambda _cell: None  # every answer is known from the start


def _list_parser(field: Field, known: dict[str, Answer]) -> Parse:
    allowed = field.answers
    fixed = field.kind is Kind.FIXED

    def parse(cell: object) -> Answer | None:
        if type(cell) is str:
            if cell == UNKNOWN:
                return _NOTHING
            items: list[object] = _split(cell)
        elif type(cell) in (list, tuple):
            items = list(cell)  # type: ignore[call-overload]
        else:
            return None
        if len(items) > _MANY:
            return None
        values: list[str] = []
        for item in items:
            if type(item) is not str or len(item) > _LONG or (allowed and item not in allowed):
                return None
            if not allowed and (not item.strip() or item == UNKNOWN or item == "~" or NOT_PRINTABLE.search(item)):
                return None
            if not allowed or item not in values:
                values.append(item)
        if not values or ("nothing" in values and allowed and len(values) > 1):
            return None
        answer = _answer(tuple(Fixed(value, "") for value in values) if fixed else tuple(values))
        if allowed and type(cell) is str and len(known) < _REMEMBERED:
            known[cell] = answer
        return answer

    return parse


def _split(cell: str) -> list[Any]:
    """Return the items of a text that stands for a list; a separator too many adds none."""
    return [item for part in cell.split(BETWEEN) if (item := part.strip())]


def _count_parser(_field: Field, _known: dict[str, Answer]) -> Parse:
    def parse(cell: object) -> Answer | None:
        if type(cell) is int:
            return _answer(cell) if 0 <= cell < 10**MAX_DIGITS else None
        if type(cell) is str and cell.isascii() and cell.isdigit() and len(cell) <= MAX_DIGITS:
            return _answer(int(cell))
        if type(cell) is float and cell.is_integer() and 0 <= cell < 1e15:  # whole numbers beside gaps become floats
            return _answer(int(cell))
        return None

    return parse


def _flag_parser(_field: Field, known: dict[str, Answer]) -> Parse:
    known.update({word: _answer(True) for word in WORDS_FOR_TRUE})
    known.update({word: _answer(False) for word in WORDS_FOR_FALSE})
    known[UNKNOWN] = _NOTHING

    def parse(cell: object) -> Answer | None:
        if type(cell) is bool:
            return _answer(cell)
        return known.get(cell.lower()) if type(cell) is str else None

    return parse


def _date_parser(_field: Field, known: dict[str, Answer]) -> Parse:
    def parse(cell: object) -> Answer | None:
        if isinstance(cell, datetime.date):
            has_time = isinstance(cell, datetime.datetime) and (cell.tzinfo is not None or cell.time() != _MIDNIGHT)
            return None if has_time else _answer(cell.isoformat()[:10])
        if type(cell) is not str or not _ISO_DAY.match(cell):
            return None
        try:
            datetime.date.fromisoformat(cell)
        except ValueError:
            return None
        answer = _answer(cell)
        if len(known) < _REMEMBERED:
            known[cell] = answer
        return answer

    return parse


_PARSERS: dict[Kind, Callable[[Field, dict[str, Answer]], Parse]] = {
    Kind.TEXT: _text_parser,
    Kind.TEXTS: _list_parser,
    Kind.CHOICE: _choice_parser,
    Kind.CHOICES: _list_parser,
    Kind.COUNT: _count_parser,
    Kind.FLAG: _flag_parser,
    Kind.DATE: _date_parser,
    Kind.FIXED: _list_parser,
    Kind.SUPPORT: _choice_parser,
}
_KNOWN = {
    *FIELDS,
    *(f"{key}.{field.name}" for key in SUPPORT_KEYS for field in SUPPORT_FIELDS if field.name != "state"),
    *SECTION_NAMES,
    ID,
    VERSION,
    PARTS,
}
_SAVE_AGAIN = "Save the table again with the encoding UTF-8."


# The long path: a row as a decision file.


def flattened(cells: Cells) -> Iterator[tuple[str, object]]:
    """Yield cells by dotted names, with what is nested in sections laid flat."""
    for name, cell in cells.items():
        if isinstance(cell, Mapping) and (name in SECTION_NAMES or name in SUPPORT_KEYS):
            for inner, value in flattened({f"{name}.{key}": value for key, value in cell.items()}):
                yield _plain_name(inner), value
        else:
            yield _plain_name(name), cell


def _text_or_none(cell: object) -> str | None:
    return _clean(cell) if isinstance(cell, str) and cell.strip() else None


def _clean(text: str) -> str:
    """Return a text that can be written anywhere, whatever bytes it came from."""
    return text.encode("utf-8", "replace").decode("utf-8")[:MAX_BYTES]


def _odd_signs(cells: Cells) -> Iterator[tuple[str, str]]:
    """Yield the columns whose texts hold a sign that a decision file may not hold, with the first such sign."""
    for name, cell in cells.items():
        for text in _texts_in(cell):
            found = NOT_PRINTABLE.search(text)
            if found is not None:
                yield name, found[0]
                break


def _texts_in(cell: object, depth: int = 0) -> Iterator[str]:
    if isinstance(cell, str):
        yield cell
    elif isinstance(cell, Mapping) and depth < 100:
        for key, value in cell.items():
            yield str(key)
            yield from _texts_in(value, depth + 1)
    elif isinstance(cell, list | tuple) and depth < 100:
        for value in cell:
            yield from _texts_in(value, depth + 1)


def _composed(cells: Cells) -> tuple[str, list[str]]:
    """Return a row as a decision file, and for each of its lines the column that it comes from."""
    lines: list[tuple[str, str]] = []
    sections: dict[str, dict[str, object]] = {}
    if VERSION not in cells:
        lines.append((f"{VERSION}: {FORMAT_VERSION}", VERSION))
    for name, cell in cells.items():
        section, dot, _ = name.partition(".")
        if dot and section in SECTION_NAMES:
            sections.setdefault(section, {})[name] = cell
        else:
            lines.append((f"{_yaml(name)}: {_yaml(_as_listed(name, cell))}", name))
    for section, inner in sections.items():
        lines.append((f"{section}:", section))
        for name, cell in inner.items():
            key = name.partition(".")[2]
            if section == "support" and "." in key:
                continue
            details = {k: v for k, v in inner.items() if section == "support" and k.startswith(f"{name}.")}
            lines += _leaf(key, name, cell, details)
        if section == "support":
            lines += _details_alone(inner)
    return "\n".join(text for text, _ in lines) + "\n", [name for _, name in lines]


def _leaf(key: str, name: str, cell: object, details: Cells) -> Iterator[tuple[str, str]]:
    if not details:
        yield f"  {_yaml(key)}: {_yaml(_as_listed(name, cell))}", name
        return
    yield f"  {_yaml(key)}:", name
    yield f"    state: {_yaml(cell)}", name
    for inner, value in details.items():
        yield f"    {_yaml(inner.removeprefix(name + '.'))}: {_yaml(value)}", inner


def _details_alone(cells: Cells) -> Iterator[tuple[str, str]]:
    """Yield the details of support whose state no column states."""
    seen: set[str] = set()
    for name in cells:
        support, _, detail = name.removeprefix("support.").partition(".")
        if not detail or f"support.{support}" in cells:
            continue
        if support not in seen:
            seen.add(support)
            yield f"  {_yaml(support)}:", name
            for inner, value in cells.items():
                if inner.startswith(f"support.{support}."):
                    yield f"    {_yaml(inner.removeprefix(f'support.{support}.'))}: {_yaml(value)}", inner


def _as_listed(name: str, cell: object) -> object:
    """Return a list for a text that stands where a list is expected."""
    field = FIELDS.get(name)
    listed = field is not None and field.kind in (Kind.TEXTS, Kind.CHOICES, Kind.FIXED)
    if listed and isinstance(cell, str) and cell != UNKNOWN:
        return _split(cell)
    return cell


def _yaml(cell: object, depth: int = 0) -> str:
    """Return a cell on one line of YAML."""
    if cell is None:
        return "~"
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        return cell if cell == UNKNOWN else _quoted(cell)
    if isinstance(cell, float | Decimal):
        whole = math.isfinite(cell) and cell == int(cell)
        return str(int(cell)) if whole else _quoted(str(cell))
    if isinstance(cell, int):
        return hex(cell) if abs(cell) >= 10**1000 else str(cell)
    if isinstance(cell, datetime.datetime):
        midnight = cell.tzinfo is None and cell.time() == _MIDNIGHT
        return _quoted(cell.date().isoformat() if midnight else cell.isoformat(" "))
    if isinstance(cell, datetime.date):
        return _quoted(cell.isoformat())
    if isinstance(cell, Mapping) and depth < 100:
        return "{" + ", ".join(f"{_quoted(str(key))}: {_yaml(value, depth + 1)}" for key, value in cell.items()) + "}"
    if isinstance(cell, list | tuple) and depth < 100:
        return "[" + ", ".join(_yaml(value, depth + 1) for value in cell) + "]"
    return _quoted(str(cell)[:400])


def _quoted(text: str) -> str:
    return _ODD_IN_YAML.sub(lambda found: f"\\U{ord(found[0]):08x}", json.dumps(text, ensure_ascii=False))


def _of_the_row(found: Diagnostic, keys: list[str]) -> tuple[str, Diagnostic]:
    """Return a fault of the file that a row was written out as, as one of the row: with a column, without lines."""
    key = keys[found.span.line - 1] if found.span is not None and found.span.line <= len(keys) else ""
    message, hint = _ON_LINE.sub("", found.message), found.hint
    if found.code == "SP203" and "title" in message and key != PARTS:
        key, hint = "title", "Fill in the column title."
    return key, found._replace(message=message, hint=hint, span=None, line_text="", related=())
