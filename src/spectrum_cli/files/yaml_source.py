"""YAML text to nodes that know their place.

libyaml composes where PyYAML was built with it; PyYAML's own parser does where not, and is asked again about
every text that libyaml refuses. What libyaml accepts the other accepts too, so that both give the same answers
and the same faults at the same places. No value is interpreted here: a plain ``no`` or ``12:30`` stays the text
that its author wrote.
"""

import re
from collections.abc import Callable
from typing import Any

import yaml
from yaml.events import AliasEvent, DocumentEndEvent

from spectrum_cli.files.yaml_faults import explain_fault
from spectrum_cli.files.yaml_loaders import Loader, Node, PureLoader, Scalar, TooDeep, loader_for
from spectrum_cli.model.decision_format import MAX_DEPTH
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.document import Source
from spectrum_cli.model.location import Span

Mapping = yaml.MappingNode
Sequence = yaml.SequenceNode

QUOTED = ("'", '"', "|", ">")
BLANKS = ("", "~", "null", "Null", "NULL")

# An anchor, alias or tag can only stand at the start of a node; most files have nothing that looks like one.
_MAYBE_PROPERTY = re.compile(r"(?:^|[\s\[{,])[&*!][^\s]?", re.MULTILINE)
_ODD_BREAKS = re.compile("[\x85\u2028\u2029]|\r(?!\n)")
_DOCUMENT_START = re.compile(r"^---(?=\s|\Z)", re.MULTILINE)
_AFTER_DOCUMENT_END = re.compile(r"^\.\.\.(?=\s|\Z)[^\n]*\s+(\S)", re.MULTILINE)
_PROPERTIES = {"&": "anchor", "*": "alias", "!": "tag"}

MAX_FAULTS = 100
"""More faults of one kind than this in one file help nobody, and finding words for them all takes long."""


def compose(source: Source) -> tuple[Node | None, list[Diagnostic]]:
    """Return the root node of the one document in a text, and every fault that YAML itself can have.

    The node is None where the text cannot be composed at all. Anchors, aliases and tags, a second document and
    odd line breaks are faults, but the first document is still returned so that its own faults are found too.
    """
    text = source.text
    loader = loader_for(text)
    try:
        root, second = _compose_with(loader, text)
    except (yaml.YAMLError, TooDeep, RecursionError):
        loader = PureLoader
        try:
            root, second = _compose_with(loader, text)
        except yaml.MarkedYAMLError as error:
            return None, [explain_fault(_as_yaml_sees(source), error)]
        except TooDeep as error:
            return None, [_too_deep(source, error)]
        except (yaml.YAMLError, RecursionError):
            return None, [Diagnostic("SP106", Severity.ERROR, "this cannot be read as YAML", source.name)]
    faults = []
    if root is None:
        faults.append(empty_file(source, "the file is empty: it holds only comments"))
    if second:
        span = _second_document(_as_yaml_sees(source).text, root)
        faults.append(
            Diagnostic(
                "SP109",
                Severity.ERROR,
                "a second document begins here",
                source.name,
                span,
                source.line(span.line),
                "Keep one decision a file. Delete this line of --- if it only closes the text.",
            )
        )
    if ("&" in text or "*" in text or "!" in text) and _MAYBE_PROPERTY.search(text):
        faults.extend(_properties(source, loader))
    return root, faults


def empty_file(source: Source, message: str) -> Diagnostic:
    """Return the fault of a file that says nothing; no one place in it is wrong."""
    return Diagnostic("SP105", Severity.ERROR, message, source.name, hint="Start from a template: spectrum new FILE.")


def _as_yaml_sees(source: Source) -> Source:
    """Return the text with a line feed for each sign at which only YAML breaks a line, so that lines can be found."""
    return Source(source.name, _ODD_BREAKS.sub("\n", source.text))


def _compose_with(loader: Loader, text: str) -> tuple[Node | None, bool]:
    """Return the first document's root and whether a second document follows."""
    parser = loader(text)
    if not parser.check_node():
        return None, False
    return parser.get_node(), parser.check_node()


def _second_document(text: str, root: Node | None) -> Span:
    """Find where the second document begins: at its line of ``---``, or at what follows a line of ``...``."""
    after = root.end_mark.index if root is not None else 0
    begins = _DOCUMENT_START.search(text, after) or _AFTER_DOCUMENT_END.search(text, max(0, after - 3))
    index = begins.start(begins.lastindex or 0) if begins is not None else len(text)
    line = text.count("\n", 0, index) + 1
    column = index - text.rfind("\n", 0, index)
    return Span(line, column, line, column + 3)


def _too_deep(source: Source, error: TooDeep) -> Diagnostic:
    span = span_of_mark(error.mark, 1) if error.mark is not None else None
    return Diagnostic(
        "SP103",
        Severity.ERROR,
        f"the text is nested more than {MAX_DEPTH} levels deep",
        source.name,
        span,
        source.line(span.line) if span else "",
        "A decision file needs five levels at most.",
    )


def _properties(source: Source, loader: Loader) -> list[Diagnostic]:
    """Find the anchors, aliases and tags of the first document by the parser's events, which multiply nothing."""
    parser = loader(source.text)
    faults: list[Diagnostic] = []
    seen = -1
    while len(faults) < MAX_FAULTS and parser.check_event():
        event = parser.get_event()
        if isinstance(event, DocumentEndEvent):
            break
        mark = event.start_mark
        sign = source.text[mark.index : mark.index + 1]
        if sign not in _PROPERTIES or not (
            isinstance(event, AliasEvent) or getattr(event, "anchor", None) or hasattr(event, "implicit")
        ):
            continue
        if mark.index == seen:  # a group of keys starts where its first key does
            continue
        seen = mark.index
        what = _PROPERTIES[sign]
        word = re.match(r"[^\s,\[\]{}]*", source.text[mark.index :])
        shown = word[0] if word else sign
        span = span_of_mark(mark, max(1, len(shown)))
        faults.append(
            Diagnostic(
                "SP108",
                Severity.ERROR,
                f"{shown[:40]} is a YAML {what}, which a decision file may not use",
                source.name,
                span,
                source.line(span.line),
                f"Write the value out. A text that begins with {sign} needs quotation marks.",
            )
        )
    return faults


def span_of_mark(mark: Any, length: int) -> Span:
    """Return a span on one line from PyYAML's mark, which counts from 0."""
    return Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 1 + length)


def span_of(node: Node) -> Span:
    """Return the place of a node; a block collection or a text over several lines keeps its first line only."""
    start, end = node.start_mark, node.end_mark
    if end.line != start.line or type(node) is not Scalar:
        return Span(start.line + 1, start.column + 1, start.line + 1, start.column + 2)
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def is_blank(node: Node) -> bool:
    """Say whether nothing is written: no value, ``~`` or the plain word null."""
    return type(node) is Scalar and node.value in BLANKS and node.style not in QUOTED


def true_lines(text: str) -> Callable[[Span], Span] | None:
    """Return how to turn YAML's lines into an editor's, or None where they are the same.

    YAML breaks lines at a lone carriage return, at NEL and at the Unicode separators too; other tools do not.
    """
    if (text.isascii() and "\r" not in text) or not _ODD_BREAKS.search(text):
        return None
    starts = [0, *(found.end() for found in re.finditer("\r\n|[\n\r\x85\u2028\u2029]", text))]

    def place(line: int, column: int) -> tuple[int, int]:
        index = min(starts[min(line, len(starts)) - 1] + column - 1, len(text))
        return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)

    def convert(span: Span) -> Span:
        return Span(*place(span.line, span.column), *place(span.end_line, span.end_column))

    return convert
