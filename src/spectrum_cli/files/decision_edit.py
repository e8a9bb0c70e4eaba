"""Writes one answer into the text of a decision file and leaves every other character as it was.

The characters of the old answer are replaced at their place, or a new line goes into the right section. Comments,
order, blank lines, line ends and a byte-order mark stay. Each change is read again: a text in which anything but
the one answer came out differently is thrown away, and the change is refused.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from spectrum_cli.files.decision_file import Reading, read_decision
from spectrum_cli.files.reading import Unreadable, decode
from spectrum_cli.files.yaml_loaders import Node, Scalar
from spectrum_cli.files.yaml_source import QUOTED, Mapping, compose, is_blank
from spectrum_cli.files.yaml_source import Sequence as ListNode
from spectrum_cli.model.decision import AnswerValue
from spectrum_cli.model.decision_format import FIELDS, SECTIONS, SUPPORT_FIELDS, TOP_FIELDS, UNKNOWN, Field, Kind
from spectrum_cli.model.document import Source

_MARK = "\ufeff"
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_BLANK_LINE = re.compile("[ \t]*(?:\r\n|[\n\r])")
_ENDS_BLANK = re.compile("(?:\r\n|[\n\r])[ \t]*(?:\r\n|(?<!\r)\n|\r)\\Z")
_REST_OF_LINE = re.compile("[ \t]*(?=(#)|\r\n|[\n\r\x85\u2028\u2029]|\\Z)")
_MAYBE_COMMENT = re.compile(r"(?:^|[\s,\[\]{}])#", re.MULTILINE)
_GAP = re.compile(r"(?:\s|(?<=[\s,\[{])#[^\n\r]*)*")
_NOT_PRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")

_ORDER = ("spectrum", *(field.name for field in TOP_FIELDS), *(section.name for section in SECTIONS), "parts")
_SECTION_ORDER = {section.name: tuple(field.name for field in section.fields) for section in SECTIONS}
_DETAILS = {field.name: field for field in SUPPORT_FIELDS}


MAX_BLANK = 100
"""Signs above a key that are looked at to see whether a blank line sets it off."""


class CannotEdit(Exception):
    """An answer cannot be written without touching something else. The text was left as it is."""


class _Splice(NamedTuple):
    """Characters from ``start`` up to ``end`` give way to ``text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class DecisionText:
    """The whole text of a decision file: what YAML sees of it, and what stands before and after that.

    ``before`` is a byte-order mark, and in Markdown the line that opens the front matter; ``after`` is the rest of
    a Markdown file.
    """

    source: Source
    before: str = ""
    after: str = ""
    markdown: bool = False

    @property
    def whole(self) -> str:
        """The file's text, to the last character. Encoded as UTF-8 it gives the file's own bytes."""
        return self.before + self.source.text[self.markdown :] + self.after

    def read(self) -> Reading:
        """Return the decision that the text holds, or why it cannot be read."""
        return read_decision(self.source)

    def with_source(self, text: str) -> "DecisionText":
        """Return the same file with another text for YAML."""
        return DecisionText(Source(self.source.name, text), self.before, self.after, self.markdown)


def decision_text(name: str, data: bytes, *, markdown: bool = False) -> DecisionText:
    """Split the bytes of a decision file.

    Raises:
        Unreadable: as for :func:`spectrum_cli.files.reading.decode`.
    """
    source = decode(name, data, markdown=markdown)
    text = data.decode("utf-8")
    if not markdown:
        return DecisionText(source, _MARK if text.startswith(_MARK) else "")
    begin = text.index("\n") + 1
    end = begin + len(source.text) - 1  # its first line feed stands for the opening fence
    return DecisionText(source, text[:begin], text[end:], markdown=True)


def set_answer(text: DecisionText, key: str, value: AnswerValue) -> DecisionText:
    """Return the text with one answer changed; None writes ``unknown``.

    ``key`` is a key of the format that holds a word, a text, a number, a day or a list of words, or a detail of a
    prerequisite, such as ``support.skills.owner``. Items that stay in a list keep their places. What says this
    already is returned as it is.

    Raises:
        CannotEdit: the text has faults, or the answer cannot be written without touching something else.
    """
    field = _field(key)
    decision = text.read().decision
    root, _ = compose(text.source)
    if decision is None or root is None:
        raise CannotEdit("the file has faults that have to be mended first")
    present = decision.answers.get(key)
    if _same(present.value if present is not None else None, value):
        return text
    path = tuple(key.split(".")) + (("state",) if field.kind is Kind.SUPPORT else ())
    editor = _Editor(text.source.text, field, value)
    for splices in editor.ways(root, path):
        changed = text.with_source(_applied(text.source.text, splices))
        if _only_this_changed(text, root, changed, key, path, value):
            return changed
    raise CannotEdit(f"{key} cannot be written here without touching something else")


def written(field: Field, value: AnswerValue) -> str:
    """Return an answer as YAML on one line, safe inside brackets and outside."""
    if value is None:
        return UNKNOWN
    if isinstance(value, tuple):
        return f"[{', '.join(_item(field, item) for item in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else _item(field, value)


def quoted(text: str) -> str:
    """Return any text as a YAML text in double quotation marks, on one line."""
    import json

    return _NOT_PRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _item(field: Field, item: object) -> str:
    return quoted(str(item)) if field.kind in (Kind.TEXT, Kind.TEXTS) else str(item)


def _field(key: str) -> Field:
    field = FIELDS.get(key)
    if field is None:
        section, _, rest = key.partition(".")
        name, _, detail = rest.partition(".")
        if f"{section}.{name}" not in FIELDS or section != "support" or detail not in _DETAILS or detail == "state":
            raise KeyError(key)
        field = _DETAILS[detail]
    if field.kind is Kind.FIXED:
        raise CannotEdit(f"{key} is a list of texts with reasons, which is edited by hand")
    return field


def _same(one: AnswerValue, other: AnswerValue) -> bool:
    """Whether two answers say the same; the order in a list says nothing."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return sorted(map(str, one)) == sorted(map(str, other))
    return type(one) is type(other) and one == other


def _applied(text: str, splices: Sequence[_Splice]) -> str:
    for splice in sorted(splices, reverse=True):
        text = text[: splice.start] + splice.text + text[splice.end :]
    return text


# Ways to write an answer


class _Editor:
    """Finds the ways in which one answer could be written into one text, the most natural one first."""

    def __init__(self, text: str, field: Field, value: AnswerValue) -> None:
        self.text = text
        self.field = field
        self.value = value
        self.written = written(field, value)
        found = _BREAK.search(text, 1)
        self.line_end = found[0] if found else "\n"

    def ways(self, root: Node, path: tuple[str, ...]) -> Iterator[list[_Splice]]:
        yield from self.into(root, path, _ORDER, None, _step(root))

    def into(
        self, mapping: Node, path: tuple[str, ...], order: tuple[str, ...], home: Node | None, step: int
    ) -> Iterator[list[_Splice]]:
        """Write the answer at a path below a mapping, which stands under the key ``home``."""
        name, rest = path[0], path[1:]
        pair = next((pair for pair in mapping.value if type(pair[0]) is Scalar and pair[0].value == name), None)
        if pair is None:
            yield from self.new_key(mapping, path, order, home, step)
            return
        key, node = pair
        if not rest:
            yield from self.instead(key, node)
        elif type(node) is Mapping:
            yield from self.into(node, rest, _SECTION_ORDER.get(name, tuple(_DETAILS)), key, step)
        elif rest == ("state",):
            yield from self.instead(key, node)
        elif is_blank(node) or node.value == UNKNOWN:
            if self.is_empty(node) and not mapping.flow_style:
                column = mapping.start_mark.column + step
                at = self.end_of_line(self.after_colon(key))
                yield self.new_lines(at, [" " * column + self.nested(rest)])
            yield from self.instead(key, node, "{" + self.nested(rest) + "}")
        elif name not in _SECTION_ORDER:
            state = self.text[node.start_mark.index : node.end_mark.index]
            yield from self.instead(key, node, f"{{state: {state}, {self.nested(rest)}}}")

    def nested(self, path: tuple[str, ...]) -> str:
        """Return the answer under its keys, in brackets from the second key on."""
        if len(path) == 1 or path[1:] == ("state",):
            return f"{path[0]}: {self.written}"
        return f"{path[0]}: {{{self.nested(path[1:])}}}"

    # What stands there already

    def instead(self, key: Node, node: Node, new: str = "") -> Iterator[list[_Splice]]:
        """Replace what stands under a key."""
        start, end = node.start_mark.index, self.end_of(node)
        if type(node) is ListNode and not new:
            yield from self.list_instead(key, node)
        elif type(node) is not Scalar:
            if not _MAYBE_COMMENT.search(self.text, start, end):
                yield [_Splice(start, end, new or self.written)]
        elif self.is_empty(node):
            at = self.after_colon(key)
            yield [_Splice(at, at, f" {new or self.written}" if at > self.end_of(key) else f": {new or self.written}")]
        else:
            mark = node.style if node.style in ("'", '"') else ""
            if not new and mark and self.value is not None and self.field.kind in (Kind.CHOICE, Kind.DATE, Kind.FLAG):
                yield [_Splice(start, end, mark + self.written + mark)]
            yield [_Splice(start, end, new or self.written)]

    def list_instead(self, key: Node, node: Node) -> Iterator[list[_Splice]]:
        start, end = node.start_mark.index, self.end_of(node)
        if node.flow_style and not _MAYBE_COMMENT.search(self.text, start, end):
            yield [_Splice(start, end, self.written)]
            return
        if self.value is None and not _MAYBE_COMMENT.search(self.text, self.after_colon(key), end):
            yield [_Splice(self.after_colon(key), end, f" {UNKNOWN}")]
        wanted = list(self.value) if isinstance(self.value, tuple) else [UNKNOWN]
        keep = [item for item in node.value if item.value in wanted]
        drop = [item for item in node.value if item.value not in wanted]
        kept = {item.value for item in keep}
        add = [_item(self.field, word) for word in wanted if word not in kept]
        splices: list[_Splice] = []
        if not keep and drop:
            keep = [drop.pop(0)]
            splices.append(_Splice(keep[0].start_mark.index, self.end_of(keep[0]), add.pop(0)))
        if keep:
            edit = self.flow_items if node.flow_style else self.block_items
            splices += edit(keep[-1], drop, add)
            yield splices

    def flow_items(self, last: Node, drop: list[Node], add: list[str]) -> list[_Splice]:
        splices = []
        for item in drop:
            end = self.end_of(item)
            splices.append(_Splice(item.start_mark.index, end, ""))
            comma = self.after_gap(end)
            if self.text[comma : comma + 1] == ",":
                splices.append(_Splice(comma, comma + 1, ""))
        at = self.end_of(last)
        return [*splices, _Splice(at, at, "".join(f", {word}" for word in add))]

    def block_items(self, last: Node, drop: list[Node], add: list[str]) -> list[_Splice]:
        splices = []
        for item in drop:
            dash, end = self.dash_of(item), self.end_of(item)
            rest = _REST_OF_LINE.match(self.text, end)
            line = self.start_of_line(dash)
            if rest is None or rest[1] or self.text[line:dash].strip():
                splices.append(_Splice(dash, rest.end() if rest else end, ""))
            else:
                splices.append(_Splice(line, self.end_of_line(end), ""))
        dash = self.dash_of(last)
        indent = self.text[self.start_of_line(dash) : dash]
        if add:
            lines = [f"{indent}- {word}" for word in add]
            splices += self.new_lines(self.end_of_line(self.end_of(last)), lines)
        return splices

    # What is new

    def new_key(
        self, mapping: Node, path: tuple[str, ...], order: tuple[str, ...], home: Node | None, step: int
    ) -> Iterator[list[_Splice]]:
        """Add a key after those that come before it in the format, or else wherever it can stand."""
        rank = {name: place for place, name in enumerate(order)}
        mine = rank.get(path[0], len(order))
        earlier = [pair for pair in mapping.value if rank.get(pair[0].value, len(order)) < mine]
        earlier.sort(key=lambda pair: rank[pair[0].value], reverse=True)
        others = [pair for pair in reversed(mapping.value) if pair not in earlier]
        if mapping.flow_style:
            yield from self.new_key_in_brackets(mapping, self.nested(path), earlier, others)
            return
        indent = " " * mapping.start_mark.column
        top = home is None
        if top and len(path) > 1:
            lines = [f"{indent}{path[0]}:", f"{indent}{' ' * step}{self.nested(path[1:])}"]
        else:
            lines = [indent + self.nested(path)]
        for place, pair in enumerate([*earlier, *others]):
            if place == len(earlier) and home is not None:
                yield self.new_lines(self.end_of_line(self.after_colon(home)), lines)
            at = self.end_of_line(self.end_of_pair(pair))
            apart = top and len(path) > 1 and self.stands_apart(pair, at)
            yield self.new_lines(at, ["", *lines] if apart else lines)
        if home is not None and not others:
            yield self.new_lines(self.end_of_line(self.after_colon(home)), lines)

    def new_key_in_brackets(
        self, mapping: Node, new: str, earlier: list[Any], others: list[Any]
    ) -> Iterator[list[_Splice]]:
        for pair in earlier:
            at = self.end_of_pair(pair)
            yield [_Splice(at, at, f", {new}")]
        at = mapping.start_mark.index + 1
        yield [_Splice(at, at, f"{new}, " if earlier or others else new)]

    def new_lines(self, at: int, lines: list[str]) -> list[_Splice]:
        """Add whole lines at the start of a line, or at the end of a text whose last line is open."""
        if at == len(self.text) and at and not _BREAK.match(self.text, at - 1):
            return [_Splice(at, at, "".join(self.line_end + line for line in lines))]
        return [_Splice(at, at, "".join(line + self.line_end for line in lines))]

    def stands_apart(self, pair: Any, at: int) -> bool:
        """Whether a key of the top is set off by a blank line, after it or (for the last one) before it."""
        if at < len(self.text):
            return _BLANK_LINE.match(self.text, at) is not None
        above = self.text[: self.start_of_line(pair[0].start_mark.index)]
        return _ENDS_BLANK.search(above[-MAX_BLANK:]) is not None

    # Places

    def is_empty(self, node: Node) -> bool:
        return not node.value and node.style not in QUOTED

    def end_of(self, node: Node) -> int:
        """Return where a node really ends: for YAML, one without brackets goes on to the next key."""
        if type(node) is Scalar:
            start, end = node.start_mark.index, node.end_mark.index
            return start + len(self.text[start:end].rstrip()) if node.style in ("|", ">") else end
        if node.flow_style or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self.end_of_pair(last) if type(last) is tuple else self.end_of(last)

    def end_of_pair(self, pair: Any) -> int:
        key, node = pair
        if type(node) is Scalar and self.is_empty(node):
            return self.after_colon(key)
        return self.end_of(node)

    def after_colon(self, key: Node) -> int:
        """Return the place after a key's colon, or after the key where it has none."""
        end = self.end_of(key)
        at = self.after_gap(end)
        return at + 1 if self.text[at : at + 1] == ":" else end

    def after_gap(self, at: int) -> int:
        """Return where the next sign stands that is no blank, line break or comment."""
        found = _GAP.match(self.text, at)
        return found.end() if found else at

    def dash_of(self, item: Node) -> int:
        before = self.text[: item.start_mark.index].rstrip(" \t")
        if not before.endswith("-"):
            raise CannotEdit("this list is laid out in a way that cannot be changed safely")
        return len(before) - 1

    def start_of_line(self, at: int) -> int:
        return max(self.text.rfind(sign, 0, at) for sign in "\n\r\x85\u2028\u2029") + 1

    def end_of_line(self, at: int) -> int:
        """Return where the next line begins."""
        found = _BREAK.search(self.text, at)
        return found.end() if found else len(self.text)


def _step(root: Node) -> int:
    """Return by how many columns the file indents what stands in a section; two where nothing shows it."""
    for _, node in root.value:
        if type(node) is Mapping and not node.flow_style and node.value:
            step: int = node.start_mark.column - root.start_mark.column
            return max(1, step)
    return 2


# The proof


def _only_this_changed(
    text: DecisionText, root: Node, changed: DecisionText, key: str, path: tuple[str, ...], value: AnswerValue
) -> bool:
    """Read a changed text again: it holds the answer that was wanted, and all else is what it was."""
    try:
        again = decision_text(text.source.name, changed.whole.encode("utf-8"), markdown=text.markdown)
    except (Unreadable, UnicodeEncodeError):
        return False
    if again != changed:
        return False
    decision = changed.read().decision
    after, _ = compose(changed.source)
    if decision is None or after is None:
        return False
    answer = decision.answers.get(key)
    return _same(answer.value if answer is not None else None, value) and _others(root, path) == _others(after, path)


def _others(node: Node, path: tuple[str, ...]) -> tuple[Any, ...]:
    """Return everything that a node holds but the answer at a path, in order.

    A section that says nothing counts as none, and a prerequisite's single word as its state.
    """
    if type(node) is not Mapping:
        blank = type(node) is Scalar and (is_blank(node) or node.value == UNKNOWN)
        return () if blank or path == ("state",) else (("state", _content(node)),)
    found: list[Any] = []
    for key, value in node.value:
        if type(key) is Scalar and key.value == path[0]:
            rest = _others(value, path[1:]) if path[1:] else ()
            if rest:
                found.append((path[0], rest))
        else:
            found.append((key.value if type(key) is Scalar else _content(key), _content(value)))
    return tuple(found)


def _content(node: Node) -> Any:
    if type(node) is Scalar:
        return node.value, node.style in QUOTED
    if type(node) is ListNode:
        return [_content(item) for item in node.value]
    return [(_content(key), _content(value)) for key, value in node.value]
