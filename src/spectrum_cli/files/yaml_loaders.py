"""The parsers of YAML: libyaml's, and PyYAML's own made to give the same nodes and the same faults.

Neither resolves anything: a scalar keeps its text, whatever YAML would make of it. Nesting is counted, so that no
text can exhaust the stack.
"""

import operator
import re
from collections.abc import Callable
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError
from yaml.tokens import TagToken

from spectrum_cli.model.decision_format import MAX_DEPTH

HAS_LIBYAML: bool = yaml.__with_libyaml__
if HAS_LIBYAML:
    from yaml.cyaml import CParser  # type: ignore[attr-defined]  # there, but not in the type stubs

Node = Any
"""One of PyYAML's nodes. The type stubs know too little of them to be of use."""
Scalar = yaml.ScalarNode
Loader = Callable[[str], Any]

_TAG = re.compile(r"![^\s\0]*")
_TAG_IN_BRACKETS = re.compile(r"!(?:<[^\s>]*>|[^\s\0,\[\]{}]*)")
_SURROGATE = re.compile("[\ud800-\udfff]")


class TooDeep(Exception):
    """Nesting passes the limit. It carries the mark of the deepest collection that is still allowed."""

    def __init__(self, mark: Any) -> None:
        super().__init__("too deep")
        self.mark = mark


class _Guard:
    """Resolver that resolves nothing and counts levels, for either parser."""

    _depth = 0
    _parent: Node | None = None

    def resolve(self, kind: type[Node], _value: object, _implicit: object) -> None:
        if self._depth > MAX_DEPTH and kind is not Scalar:
            self._too_deep()

    def descend_resolver(self, parent: Node | None, _index: object) -> None:
        self._depth += 1
        if self._depth >= MAX_DEPTH:
            self._parent = parent
            if self._depth > MAX_DEPTH + 1:
                self._too_deep()

    def _too_deep(self) -> None:
        raise TooDeep(self._parent.start_mark if self._parent is not None else None)

    def ascend_resolver(self) -> None:
        self._depth -= 1

    def dispose(self) -> None:
        """Nothing to let go of; PyYAML's loaders have this method."""


def _seeing(scan: Callable[..., Any], signs: dict[str, str]) -> Callable[..., Any]:
    """Let one of PyYAML's scanners see signs as others, such as tabs as blanks; the text itself keeps them."""

    def patient(loader: "PureLoader", *arguments: Any) -> Any:
        before, loader.seen_as = loader.seen_as, signs
        try:
            return scan(loader, *arguments)
        finally:
            loader.seen_as = before

    return patient


class PureLoader(_Guard, Reader, Scanner, Parser, Composer):
    """PyYAML's own parser, as patient as libyaml with tabs and question marks, and as strict with escapes.

    What follows ``!`` is taken as one word, because each tag is refused at its place. A value left out in brackets
    stands where the next sign does.
    """

    def __init__(self, text: str) -> None:
        self.seen_as: dict[str, str] = {}
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)

    def peek(self, index: int = 0) -> str:
        sign: str = Reader.peek(self, index)
        return self.seen_as.get(sign, sign)

    def scan_to_next_token(self) -> None:
        while True:
            while self.peek() == " " or (self.peek() == "\t" and (self.flow_level or not self.allow_simple_key)):
                self.forward()
            if self.peek() == "#":
                while self.peek() not in "\0\r\n\x85\u2028\u2029":
                    self.forward()
            if not self.scan_line_break():  # type: ignore[no-untyped-call]
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def scan_plain_spaces(self, indent: int, start_mark: Any) -> Any:
        begin = self.pointer
        found = _plain_spaces(self, indent, start_mark)
        if indent and re.search(f"[\n\r\x85\u2028\u2029] {{0,{indent - 1}}}\t", self.buffer[begin : self.pointer]):
            problem = "found a tab character that violates indentation"
            raise ScannerError("while scanning a plain scalar", start_mark, problem, self.get_mark())
        return found

    def scan_flow_scalar(self, style: str) -> Any:
        start_mark = self.get_mark()
        try:
            token = Scanner.scan_flow_scalar(self, style)
        except (ValueError, OverflowError):
            token = None
        if token is None or _SURROGATE.search(token.value):
            problem = "found invalid Unicode character escape code"
            raise ScannerError("while parsing a quoted scalar", start_mark, problem, start_mark)
        return token

    def scan_tag(self) -> Any:
        start_mark = self.get_mark()
        word = (_TAG_IN_BRACKETS if self.flow_level else _TAG).match(self.buffer, self.pointer)
        self.forward(len(word[0]) if word else 1)
        return TagToken(("!", "tag"), start_mark, self.get_mark())

    def process_empty_scalar(self, mark: Any) -> Any:
        if self.state.__name__.startswith("parse_flow"):
            mark = self.peek_token().start_mark  # type: ignore[no-untyped-call]
        return Parser.process_empty_scalar(self, mark)

    scan_plain = _seeing(Scanner.scan_plain, {"?": "."})
    scan_block_scalar_indicators = _seeing(Scanner.scan_block_scalar_indicators, {"\t": " ", "#": " "})
    scan_block_scalar_ignored_line = _seeing(Scanner.scan_block_scalar_ignored_line, {"\t": " "})
    scan_directive = _seeing(Scanner.scan_directive, {"\t": " "})


_plain_spaces = _seeing(Scanner.scan_plain_spaces, {"\t": " "})


fast_loader: Loader = PureLoader
shallow_loader: Loader = PureLoader
if HAS_LIBYAML:

    class CLoader(_Guard, CParser):
        """libyaml's parser."""

        def __init__(self, text: str) -> None:
            CParser.__init__(self, text)

    class ShallowLoader(CParser):
        """libyaml's parser without the guard, for texts that cannot nest deeply.

        PyYAML calls these three for each node. Callables that are not Python functions save a sixth of the time
        that reading takes; what they return is used by nobody.
        """

        resolve = slice
        descend_resolver = staticmethod(operator.is_)
        ascend_resolver = int

        def __init__(self, text: str) -> None:
            CParser.__init__(self, text)

    fast_loader, shallow_loader = CLoader, ShallowLoader

_DEEP_LINE = re.compile(r"^[ \t?:-]{13}", re.MULTILINE)


def loader_for(text: str) -> Loader:
    """Return the fastest parser that is safe for a text."""
    return shallow_loader if is_shallow(text) else fast_loader


def is_shallow(text: str) -> bool:
    """Whether a text cannot pass the limit of nesting, told without parsing it.

    A level needs a bracket, or a column of indentation on some line; a column can open a list and a group.
    """
    return text.count("[") + text.count("{") <= MAX_DEPTH - 2 * 13 - 2 and not _DEEP_LINE.search(text)
