"""From a YAML text to a Decision, with every fault of shape found in one pass.

The walk follows the table in ``model/decision_format.py``. A correct value is taken on a short path; only a
fault pays for finding out what the author may have meant.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from spectrum_cli.files import yaml_source
from spectrum_cli.files.reading import Unreadable, read_source
from spectrum_cli.files.yaml_loaders import Node, Scalar
from spectrum_cli.files.yaml_source import MAX_FAULTS, QUOTED, Mapping, Sequence, compose, empty_file, is_blank, span_of
from spectrum_cli.model.decision import Answer, AnswerValue, Decision, Fixed, Part, weeks_between_dates
from spectrum_cli.model.decision_format import (
    FIELDS,
    FORMAT_VERSION,
    MAX_PARTS,
    SECTIONS,
    SUPPORT_FIELDS,
    TOP_FIELDS,
    UNKNOWN,
    Field,
    Kind,
)
from spectrum_cli.model.diagnostic import Diagnostic, Related, Severity
from spectrum_cli.model.document import Source
from spectrum_cli.model.location import Span

MAX_DIGITS = 15

_SECTION_FIELDS = {section.name: {field.name: field for field in section.fields} for section in SECTIONS}
_TOP_FIELDS = {field.name: field for field in TOP_FIELDS}
_SUPPORT_PARTS = {field.name: field for field in SUPPORT_FIELDS}
_TOP_NAMES = ("spectrum", *_TOP_FIELDS, *_SECTION_FIELDS, "parts")
_PART_NAMES = ("id", *_TOP_FIELDS, *_SECTION_FIELDS)
WORDS_FOR_TRUE = ("true", "yes", "on", "y")
WORDS_FOR_FALSE = ("false", "no", "off", "n")
_CUT = re.compile(r"[ \t]+(#\S[^\n]*)")
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)\Z", re.ASCII)


class _Enough(Exception):
    """A file has so many faults that the rest can wait until these are mended."""


class Reading(NamedTuple):
    """What came of a file: a decision where it could be read without an error, and all there is to say of it."""

    decision: Decision | None
    diagnostics: tuple[Diagnostic, ...]
    source: Source | None


def read_decision_file(path: str) -> Reading:
    """Read the decision at a path (``-`` for standard input). Never raises for what a file may hold."""
    try:
        source = read_source(path)
    except Unreadable as error:
        return Reading(None, tuple(error.diagnostics), None)
    return read_decision(source)


def read_decision(source: Source) -> Reading:
    """Read a decision from its text."""
    root, found = compose(source)
    decision = read_nodes(source, root, found) if root is not None else None
    convert = yaml_source.true_lines(source.text)
    if convert is not None:
        found = [_moved(source, fault, convert) for fault in found]
        decision = _moved_decision(decision, convert) if decision else None
    if found:
        found.sort(key=lambda fault: fault.sort_key)
        if any(fault.severity is Severity.ERROR for fault in found):
            decision = None
    return Reading(decision, tuple(found), source)


def read_nodes(source: Source, root: Node, faults: list[Diagnostic]) -> Decision | None:
    """Read a decision from nodes of a text and add every fault to ``faults``; None where there is no decision.

    For answers that stand inside something else, such as a file of rule tests, so that they mean the same there.
    """
    try:
        return _Reader(source, faults).whole(root)
    except _Enough:
        return None


class _Reader:
    """One walk over one file's nodes."""

    def __init__(self, source: Source, faults: list[Diagnostic]) -> None:
        self.source = source
        self.faults = faults
        self.has_comments = " #" in source.text

    # Faults

    def fault(self, code: str, node: Node, message: str, hint: str = "", related: tuple[Related, ...] = ()) -> None:
        full = len(self.faults) >= MAX_FAULTS
        if full:
            code, related = "SP103", ()
            message, hint = f"reading stops here, after {MAX_FAULTS} faults", "Mend those first; there may be more."
        elif code in ("SP201", "SP204") and "{{" in self.source.text[max(0, node.start_mark.index - 1) :][:3]:
            message, hint = "this looks like a template that was not filled in", "Replace {{ ... }} by the text."
        span = span_of(node)
        self.faults.append(
            Diagnostic(
                code, Severity.ERROR, message, self.source.name, span, self.source.line(span.line), hint, related
            )
        )
        if full:
            raise _Enough

    def warn_if_cut(self, node: Node) -> None:
        """Say where YAML took the end of a text for a comment, which people do not expect of ``Ward #4 plan``."""
        end = node.end_mark
        cut = _CUT.match(self.source.text, end.index)
        if cut is None or len(self.faults) >= MAX_FAULTS:
            return
        column = end.column + 1 + cut.start(1) - cut.start()
        written = cut[1].rstrip()
        self.faults.append(
            Diagnostic(
                "SP111",
                Severity.WARNING,
                "the text ends before #: what follows is a comment",
                self.source.name,
                Span(end.line + 1, column, end.line + 1, column + len(written)),
                self.source.line(end.line + 1),
                f"If {shown(written, 40)} belongs to the text, put the whole text in quotation marks.",
            )
        )

    def related(self, message: str, node: Node) -> tuple[Related, ...]:
        span = span_of(node)
        return (Related(message, span, self.source.line(span.line)),)

    # Structure

    def pairs(self, node: Node) -> Iterable[tuple[Node, str, Node]]:
        """Yield the keys and values of a mapping once each; report what cannot be a key."""
        seen: dict[str, Node] = {}
        for key, value in node.value:
            if type(key) is not Scalar:
                self.fault("SP201", key, "a list or a group of keys cannot be a key", "Write a single word as key.")
                continue
            name: str = key.value
            if name in seen:
                self.fault(
                    "SP107",
                    key,
                    f"the key {shown(name)} stands twice: it is already on line {seen[name].start_mark.line + 1}",
                    "Keep one of the two.",
                    self.related("here first", seen[name]),
                )
                continue
            seen[name] = key
            if name == "<<" and key.style not in QUOTED:
                self.fault(
                    "SP108",
                    key,
                    "<< is a YAML merge key, which a decision file may not use",
                    "Write the keys out in this place.",
                )
                continue
            yield key, name, value

    def whole(self, root: Node) -> Decision | None:
        if type(root) is not Mapping:
            what = "a list" if type(root) is Sequence else "a single text"
            if is_blank(root):
                self.faults.append(empty_file(self.source, "the file is empty"))
            else:
                self.fault(
                    "SP204",
                    root,
                    f"expected keys and values at the top of the file, but this is {what}",
                    "The first lines of a decision file are: spectrum: 1 and title: ...",
                )
            return None
        answers: dict[str, Answer] = {}
        parts: list[Part] = []
        version: Node | None = None
        for key, name, value in self.pairs(root):
            fields = _SECTION_FIELDS.get(name)
            if fields is not None:
                self.section(name, fields, value, answers)
            elif name in _TOP_FIELDS:
                _TAKE[name](self, _TOP_FIELDS[name], value, answers)
            elif name == "spectrum":
                version = value
            elif name == "parts":
                parts = self.parts(value)
            elif not name.startswith("x-"):
                self.unknown_key(key, name, "", _TOP_NAMES)
        self.version(root, version)
        self.derive_weeks(answers)
        title = answers.get("title")
        if title is None:
            self.fault("SP203", root, "the title is missing", "Add a line such as: title: What is to be decided")
        if title is None or not isinstance(title.value, str):
            return None
        return Decision(self.source.name, title.value, answers, tuple(parts))

    def version(self, root: Node, node: Node | None) -> None:
        if node is None:
            self.fault("SP203", root, "the format version is missing", f"Add the line: spectrum: {FORMAT_VERSION}")
            return
        if type(node) is not Scalar or node.value.strip() != str(FORMAT_VERSION):
            value = "a list or a group" if type(node) is not Scalar else shown(node.value) if node.value else "empty"
            self.fault(
                "SP202",
                node,
                f"the format version must be {FORMAT_VERSION}, not {value}",
                f"Write: spectrum: {FORMAT_VERSION}",
            )

    def section(self, name: str, fields: dict[str, Field], node: Node, answers: dict[str, Answer]) -> None:
        if type(node) is not Mapping:
            if is_blank(node) or (type(node) is Scalar and node.value == UNKNOWN):
                for field in fields.values():
                    answers[field.key] = _answer(None, node)
                return
            example = next(iter(fields.values()))
            self.fault(
                "SP204",
                node,
                f"{name} needs keys of its own, not {_what(node)}",
                f"Write, for example: {name}: {{{example.name}: {example.example}}}",
            )
            return
        for key, key_name, value in self.pairs(node):
            found = fields.get(key_name)
            if found is None:
                if not key_name.startswith("x-"):
                    self.unknown_key(key, key_name, name, tuple(fields))
            else:
                _TAKE[found.key](self, found, value, answers)

    def parts(self, node: Node) -> list[Part]:
        if is_blank(node) or (type(node) is Scalar and node.value == UNKNOWN):
            return []
        if type(node) is not Sequence:
            self.fault("SP204", node, f"parts is a list, not {_what(node)}", "Start each part with: - id: a-short-name")
            return []
        if len(node.value) > MAX_PARTS:
            self.fault(
                "SP103",
                node.value[MAX_PARTS],
                f"there are {len(node.value)} parts; a file may have {MAX_PARTS}",
                "Split the decision into several files.",
            )
            return []
        parts: list[Part] = []
        first_with: dict[str, Node] = {}
        for item in node.value:
            part = self.part(item, first_with)
            if part is not None:
                parts.append(part)
        return parts

    def part(self, node: Node, first_with: dict[str, Node]) -> Part | None:
        if type(node) is not Mapping:
            self.fault("SP204", node, f"a part needs keys of its own, not {_what(node)}", "Start it with: - id: name")
            return None
        answers: dict[str, Answer] = {}
        names: dict[str, Answer] = {}
        for key, name, value in self.pairs(node):
            fields = _SECTION_FIELDS.get(name)
            if fields is not None:
                self.section(name, fields, value, answers)
            elif name == "id":
                _TAKE[_PART_ID.key](self, _PART_ID, value, names)
                ident = names["id"].value
                first: Node = first_with.setdefault(ident, value) if isinstance(ident, str) else value
                if first is not value:
                    self.fault(
                        "SP208",
                        value,
                        f"another part has the id {shown(value.value)} already, on line {first.start_mark.line + 1}",
                        "Give each part an id of its own.",
                        self.related("here first", first),
                    )
            elif name in _TOP_FIELDS:
                _TAKE[name](self, _TOP_FIELDS[name], value, answers)
            elif not name.startswith("x-"):
                self.unknown_key(key, name, "parts", _PART_NAMES)
        self.derive_weeks(answers)
        for required in ("id", "title"):
            if required not in answers and required not in names:
                self.fault(
                    "SP203",
                    node,
                    f"this part has no {required}",
                    f"Add the line: {required}: " + ("a-short-name" if required == "id" else "What it is about"),
                )
        title, named = answers.get("title"), names.get("id")
        if title is None or named is None or not isinstance(title.value, str) or not isinstance(named.value, str):
            return None
        return Part(named.value, title.value, answers, named.span)

    def unknown_key(self, key: Node, name: str, section: str, known: tuple[str, ...]) -> None:
        where = f" in {section}" if section else ""
        odd = _hidden_sign(name)
        if odd:
            self.fault("SP201", key, f"the key {shown(name)} holds {odd}", _did_you_mean(name, known))
            return
        if name.isdigit():
            self.fault(
                "SP201", key, f"unknown key {shown(name)}{where}", "Write numbers without commas, such as 12000."
            )
            return
        home = _home_of(name, section)
        if home:
            self.fault("SP201", key, f"the key {shown(name)} does not belong{where or ' at the top'}", home)
            return
        hint = _did_you_mean(name, known) or ("Known keys here: " + ", ".join(known) + ". Your own keys begin with x-.")
        self.fault("SP201", key, f"unknown key {shown(name)}{where}", hint)

    def derive_weeks(self, answers: dict[str, Answer]) -> None:
        """Weeks for participation follow from the two dates where the author gives both and no number."""
        if "time.weeks" not in answers and (weeks := weeks_between_dates(answers)) is not None:
            answers["time.weeks"] = weeks

    # Values

    def text(self, field: Field, node: Node, answers: dict[str, Answer]) -> None:
        if type(node) is Scalar:
            plain = node.style not in QUOTED
            value: str = node.value
            required = field.key in ("title", "id")
            if self.has_comments and plain and not (required and not value):
                self.warn_if_cut(node)
            if _says_nothing(node):
                if required:
                    self.fault(
                        "SP203",
                        node,
                        f"the {field.key} is empty",
                        "Put it in quotation marks if it begins with #." if plain else f"Write a {field.key}.",
                    )
                answers[field.key] = _answer(None, node)
            elif plain and value == UNKNOWN and not required:
                answers[field.key] = _answer(None, node)
            else:
                answers[field.key] = _answer(value, node)
            return
        self.fault(
            "SP204",
            node,
            f"{field.name} is a text, not {_what(node)}",
            "Put a text that begins with a bracket in quotation marks." if _in_brackets(node) else "",
        )
        answers[field.key] = _answer(None, node)

    def texts(self, field: Field, node: Node, answers: dict[str, Answer]) -> None:
        if self.is_unknown(field, node, answers):
            return
        if type(node) is not Sequence:
            self.fault(
                "SP204",
                node,
                f"{field.name} is a list, not {_what(node)}",
                f"Write: {field.name}: [{shown(node.value, 60) if type(node) is Scalar else '...'}]",
            )
            return
        values: list[str] = []
        for item in node.value:
            if type(item) is not Scalar:
                message = f"each item of {field.name} is a text, not {_what(item)}"
                self.fault("SP204", item, message, "Put a text that holds a colon or brackets in quotation marks.")
            elif _says_nothing(item):
                self.fault("SP204", item, f"an item of {field.name} is empty", "Delete it or write a text.")
            else:
                values.append(item.value)
                if self.has_comments and item.style not in QUOTED:
                    self.warn_if_cut(item)
        answers[field.key] = _answer(tuple(values), node)

    def choice(self, field: Field, node: Node, answers: dict[str, Answer]) -> None:
        if type(node) is Scalar:
            value: str = node.value
            if value in field.answers:
                answers[field.key] = _answer(value, node)
                return
            if self.is_unknown(field, node, answers):
                return
            self.unknown_value(field, node)
            return
        self.fault(
            "SP204",
            node,
            f"{field.name} takes a single answer, not {_what(node)}",
            f"Choose one of: {', '.join(field.answers)}, unknown.",
        )

    def choices(self, field: Field, node: Node, answers: dict[str, Answer]) -> None:
        if type(node) is Sequence:
            values: list[str] = []
            faulty = False
            for item in node.value:
                if type(item) is Scalar and item.value in field.answers:
                    if item.value not in values:
                        values.append(item.value)
                    continue
                if type(item) is Scalar and item.value == UNKNOWN and len(node.value) == 1:
                    continue
                faulty = True
                if type(item) is not Scalar:
                    self.fault("SP204", item, f"each item of {field.name} is a single answer, not {_what(item)}")
                elif item.value == UNKNOWN:
                    self.fault("SP207", item, "'unknown' must stand alone", f"Write: {field.name}: unknown")
                elif is_blank(item):
                    self.fault("SP204", item, f"an item of {field.name} is empty", "Delete it or write an answer.")
                else:
                    self.unknown_value(field, item)
            if "nothing" in values and len(values) > 1:
                item = next(item for item in node.value if item.value == "nothing")
                others = ", ".join(value for value in values if value != "nothing")
                self.fault(
                    "SP207",
                    item,
                    f"'nothing' must stand alone, but the list also holds {others}",
                    "Keep 'nothing', or delete it.",
                )
            elif not faulty:
                answers[field.key] = _answer(tuple(values) or None, node)
            return
        if self.is_unknown(field, node, answers):
            return
        value = node.value if type(node) is Scalar else "..."
        known = type(node) is Scalar and value in field.answers
        hint = f"Write: {field.name}: [{value}]" if known else f"Choose from [{', '.join(field.answers)}], in brackets."
        self.fault("SP204", node, f"{field.name} is a list, not {_what(node)}", hint)

    def count(self, field: Field, node: Node, answers: dict[str, Answer]) -> None:
        if self.is_unknown(field, node, answers):
            return
        if type(node) is not Scalar:
            self.fault("SP204", node, f"{field.name} is a whole number, not {_what(node)}", "Write digits: 12000.")
            return
        value: str = node.value.strip()
        if value.isascii() and value.isdigit():
            if len(value.lstrip("0")) > MAX_DIGITS:
                self.fault(
                    "SP205", node, f"the number for {field.name} is too large", f"Use at most {MAX_DIGITS} digits."
                )
                return
            answers[field.key] = _answer(int(value), node)
            return
        self.fault(
            "SP205",
            node,
            f"{field.name} must be a whole number of 0 or more, not {shown(node.value, 40)}",
            _number_hint(value),
        )

    def flag(self, field: Field, node: Node, answers: dict[str, Answer]) -> None:
        if type(node) is Scalar:
            word = node.value.lower()
            if word in WORDS_FOR_TRUE:
                answers[field.key] = _answer(True, node)
                return
            if word in WORDS_FOR_FALSE:
                answers[field.key] = _answer(False, node)
                return
            if self.is_unknown(field, node, answers):
                return
            self.fault(
                "SP202",
                node,
                f"{field.name} is true or false, not {shown(node.value, 40)}",
                "Write true, false or unknown.",
            )
            return
        self.fault("SP204", node, f"{field.name} is true or false, not {_what(node)}", "Write true or false.")

    def date(self, field: Field, node: Node, answers: dict[str, Answer]) -> None:
        if self.is_unknown(field, node, answers):
            return
        if type(node) is not Scalar:
            self.fault("SP204", node, f"{field.name} is a date, not {_what(node)}", "Write it like 2027-03-31.")
            return
        value: str = node.value
        found = _ISO_DAY.match(value)
        if found is None:
            self.fault(
                "SP206",
                node,
                f"the date for {field.name} must be a day like 2027-03-31, not {shown(node.value, 40)}",
                "Write year-month-day, without a time of day or a zone.",
            )
            return
        from datetime import date

        try:
            date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            self.fault("SP206", node, f"the date {value} does not exist", "Check the day and the month.")
            return
        answers[field.key] = _answer(value, node)

    def fixed(self, field: Field, node: Node, answers: dict[str, Answer]) -> None:
        if self.is_unknown(field, node, answers):
            return
        example = f"Write: {field.name}: {field.example}"
        if type(node) is not Sequence:
            self.fault("SP204", node, f"{field.name} is a list, not {_what(node)}", example)
            return
        items: list[Fixed] = []
        for item in node.value:
            if type(item) is Scalar and not _says_nothing(item):
                items.append(Fixed(item.value, ""))
                if self.has_comments and item.style not in QUOTED:
                    self.warn_if_cut(item)
            elif type(item) is Mapping:
                texts: dict[str, Answer] = {}
                for key, name, value in self.pairs(item):
                    if name in ("what", "why"):
                        self.text(Field(name, Kind.TEXT, "", ""), value, texts)
                    elif not name.startswith("x-"):
                        self.unknown_key(key, name, field.name, ("what", "why"))
                what, why = texts.get("what"), texts.get("why")
                if what is None or what.value is None:
                    hint = f"{example}. Put a text that holds a colon in quotation marks."
                    self.fault("SP203", item, f"an item of {field.name} does not say what is fixed", hint)
                else:
                    items.append(Fixed(str(what.value), str(why.value or "") if why else ""))
            else:
                self.fault("SP204", item, f"each item of {field.name} is a text or what and why", example)
        answers[field.key] = _answer(tuple(items), node)

    def support(self, field: Field, node: Node, answers: dict[str, Answer]) -> None:
        if type(node) is Scalar:
            self.choice(field, node, answers)
            return
        if type(node) is not Mapping:
            self.fault(
                "SP204",
                node,
                f"{field.name} takes a single answer or a group of keys, not {_what(node)}",
                f"Write: {field.name}: planned, or {field.name}: {{state: planned, owner: ..., by: 2027-04-30}}",
            )
            return
        found: dict[str, Answer] = {}
        for key, name, value in self.pairs(node):
            detail = _SUPPORT_PARTS.get(name)
            if detail is None:
                if not name.startswith("x-"):
                    self.unknown_key(key, name, f"support.{field.name}", tuple(_SUPPORT_PARTS))
            else:
                _TAKE[detail.key](self, detail, value, found)
        answers[field.key] = found.pop("state", _answer(None, node))
        for name, answer in found.items():
            answers[f"{field.key}.{name}"] = answer

    def is_unknown(self, field: Field, node: Node, answers: dict[str, Answer]) -> bool:
        """Take a node that says nothing, or says ``unknown``, as an explicit unknown."""
        if type(node) is Scalar and (node.value == UNKNOWN or is_blank(node)):
            answers[field.key] = _answer(None, node)
            return True
        return False

    def unknown_value(self, field: Field, node: Node) -> None:
        value: str = node.value
        odd = _hidden_sign(value)
        listed = f"One of: {', '.join(field.answers)}, unknown."
        if odd:
            near = _nearest(value, field.answers)
            meant = f"Write {near} without it." if near else listed
            self.fault("SP202", node, f"the answer {shown(value)} for {field.name} holds {odd}", meant)
            return
        near = _nearest(value, (*field.answers, UNKNOWN))
        hint = f"Did you mean {near}? {listed}" if near else listed
        self.fault("SP202", node, f"unknown answer {shown(value)} for {field.name}", hint)


_BY_KIND: dict[Kind, Callable[[_Reader, Field, Node, dict[str, Answer]], None]] = {
    Kind.TEXT: _Reader.text,
    Kind.TEXTS: _Reader.texts,
    Kind.CHOICE: _Reader.choice,
    Kind.CHOICES: _Reader.choices,
    Kind.COUNT: _Reader.count,
    Kind.FLAG: _Reader.flag,
    Kind.DATE: _Reader.date,
    Kind.FIXED: _Reader.fixed,
    Kind.SUPPORT: _Reader.support,
}
_PART_ID = Field("id", Kind.TEXT, "The part's short name.", "a-short-name")
_TAKE = {field.key: _BY_KIND[field.kind] for field in (*FIELDS.values(), *SUPPORT_FIELDS, _PART_ID)}


def _answer(value: AnswerValue, node: Node) -> Answer:
    start, end = node.start_mark, node.end_mark
    if type(node) is not Scalar:
        end = _last(node).end_mark
    return tuple.__new__(Answer, (value, start.line + 1, start.column + 1, end.line + 1, end.column + 1))


def _last(node: Node) -> Node:
    """Return where a list or group really ends: for YAML, one without brackets goes on to the next key."""
    while type(node) is not Scalar and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if type(last) is tuple else last
    return node


def _says_nothing(node: Node) -> bool:
    """Whether a text is empty: nothing, ``~``, or blanks in quotation marks. The word null is a text."""
    return not node.value.strip() or (node.value == "~" and node.style not in QUOTED)


def _in_brackets(node: Node) -> bool:
    return bool(getattr(node, "flow_style", False))


def _what(node: Node) -> str:
    """Name what stands there, for a sentence."""
    if type(node) is Sequence:
        return "a list"
    if type(node) is Mapping:
        return "a mapping of keys"
    return f"the single value {shown(node.value, 40)}" if node.value else "an empty value"


def shown(text: str, most: int = 60) -> str:
    """Return a text from a file as it can be quoted in a sentence: hidden signs named, length bounded."""
    from spectrum_cli.model.plain_text import visible_word

    text = visible_word(text[: most + 1])
    return f"'{text}'" if len(text) <= most else f"'{text[:most]}...'"


def _hidden_sign(text: str) -> str:
    from spectrum_cli.model.plain_text import hidden_sign

    return hidden_sign(text)


def _folded(text: str) -> str:
    from spectrum_cli.model.plain_text import folded

    return folded(text)


def _nearest(value: str, known: Iterable[str]) -> str:
    """Return the known word that the author most likely meant, or an empty text."""
    import difflib

    by_form = {_folded(word): word for word in known}
    wanted = _folded(value)
    if wanted in by_form:
        return by_form[wanted]
    near = difflib.get_close_matches(wanted, by_form, 1, 0.6)
    return by_form[near[0]] if near else ""


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    near = _nearest(name, known)
    return f"Did you mean {near}?" if near else ""


def _home_of(name: str, section: str) -> str:
    """Say where a right key in a wrong place belongs."""
    homes = [home for home, fields in _SECTION_FIELDS.items() if name in fields and home != section]
    if homes:
        return f"It belongs under {' or '.join(homes)}."
    if section and name in _TOP_NAMES:
        return f"{name} belongs at the top of the file, not inside {section}."
    return ""


def _number_hint(value: str) -> str:
    digits = re.sub(r"[\s,.'_\u00a0\u202f]", "", value)
    if re.fullmatch(r"\d{1,3}([\s,.'_\u00a0\u202f]\d{3})+", value):
        return f"Write it without separators: {digits}"
    if re.fullmatch(r"-\s*\d+", value):
        return "A count cannot be negative."
    if re.fullmatch(r"\d+(\.\d+)?[eE][+]?\d{1,2}", value):
        number = float(value)
        return f"Write it in digits: {int(number)}" if number.is_integer() and number < 1e15 else "Write whole digits."
    return "Write digits only, such as 12000, or unknown."


def _moved(source: Source, fault: Diagnostic, convert: Callable[[Any], Any]) -> Diagnostic:
    if fault.span is None:
        return fault
    span = convert(fault.span)
    related = tuple(
        place._replace(span=convert(place.span), line_text=source.line(convert(place.span).line))
        for place in fault.related
    )
    return fault._replace(span=span, line_text=source.line(span.line), related=related)


def _moved_decision(decision: Decision, convert: Callable[[Any], Any]) -> Decision:
    from dataclasses import replace

    def moved(answers: Any) -> dict[str, Answer]:
        return {key: Answer(answer.value, *convert(answer.span)) for key, answer in answers.items()}

    parts = tuple(replace(part, answers=moved(part.answers), span=convert(part.span)) for part in decision.parts)
    return replace(decision, answers=moved(decision.answers), parts=parts)
