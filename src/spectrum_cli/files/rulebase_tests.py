"""Reads files of rule tests: what is answered, and what should come of it. Every fault has its line.

Answers under ``given`` are read by the reader of decision files, so that they mean here what they mean there.
"""

import difflib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from spectrum_cli.files.decision_file import read_nodes
from spectrum_cli.files.reading import Unreadable, read_source
from spectrum_cli.files.yaml_loaders import Node, Scalar
from spectrum_cli.files.yaml_source import Mapping as MappingNode
from spectrum_cli.files.yaml_source import Sequence as SequenceNode
from spectrum_cli.files.yaml_source import compose, is_blank, span_of
from spectrum_cli.model.decision import Answers
from spectrum_cli.model.decision_format import SECTION_NAMES, TYPE_IDS
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.document import Source
from spectrum_cli.model.location import Span
from spectrum_cli.model.rulebase import RuleBase

NO_TYPE = "none"
VERDICTS = ("none", "over-promise", "not-shown", "matches", "below")
RULES = {"gates": "gate", "floors": "floor", "notes": "note"}
EXPECTED = ("type", "possible_types", *RULES, "plan")
_KEYS = ("name", "given", "expect")


class BadRuleTests(Exception):
    """Some test files cannot be used. It carries the diagnostics that say why."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(diagnostics[0].message)
        self.diagnostics = diagnostics


@dataclass(frozen=True, slots=True)
class Expected:
    """One thing that should come out: its name, one word or a set of them, and where the file says so."""

    what: str
    words: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class RuleTest:
    """A test: its name, the answers given, and what is expected of them."""

    name: str
    file: str
    span: Span
    answers: Answers
    expected: tuple[Expected, ...]


def read_rule_tests(paths: Iterable[str], base: RuleBase) -> list[RuleTest]:
    """Read the tests in some files, and in the YAML files below some folders.

    Raises:
        BadRuleTests: with every fault of every file.
    """
    tests: list[RuleTest] = []
    faults: list[Diagnostic] = []
    for path in _files(paths):
        try:
            reader = _TestReader(read_source(path), base)
        except Unreadable as error:
            faults += error.diagnostics
            continue
        tests += reader.tests()
        faults += sorted(reader.faults, key=lambda fault: fault.sort_key)
    if not tests and not faults:
        faults.append(Diagnostic("SP906", Severity.ERROR, "there is no test in it", ", ".join(paths)))
    if any(fault.severity is Severity.ERROR for fault in faults):
        raise BadRuleTests(*faults)
    return tests


def _files(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        if not os.path.isdir(path):
            yield path
            continue
        for where, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (os.path.join(where, name) for name in sorted(names) if name.endswith((".yaml", ".yml")))


class _TestReader:
    """One walk over one file's nodes."""

    def __init__(self, source: Source, base: RuleBase) -> None:
        self.source = source
        self.faults: list[Diagnostic] = []
        self.rules = {what: [rule.id for rule in base.of_kind(kind)] for what, kind in RULES.items()}
        self.rule_base = f"{base.id} {base.version}"

    def fault(self, node: Node, message: str, hint: str = "") -> None:
        span = span_of(node)
        line = self.source.line(span.line)
        self.faults.append(Diagnostic("SP906", Severity.ERROR, message, self.source.name, span, line, hint))

    def tests(self) -> list[RuleTest]:
        root, found = compose(self.source)
        self.faults += found
        if root is None:
            return []
        items = root.value if type(root) is SequenceNode else [root]
        return [test for item in items if (test := self.test(item)) is not None]

    def test(self, node: Node) -> RuleTest | None:
        if type(node) is MappingNode and any(_names(key, "spectrum") for key, _ in node.value):
            hint = f"A test has {', '.join(_KEYS)}. The answers of a decision stand under given."
            self.fault(node, "this is a decision file, not a file of rule tests", hint)
            return None
        entries = self.entries(node, "a test", _KEYS)
        if entries is None:
            return None
        missing = [name for name in _KEYS if name not in entries]
        if missing:
            self.fault(node, f"the test has no {missing[0]}", f"A test has {', '.join(_KEYS)}.")
            return None
        name = self.word(entries["name"], "the name")
        answers = self.given(entries["given"])
        expected = self.expect(entries["expect"])
        return RuleTest(name or "", self.source.name, span_of(entries["name"]), answers, expected)

    def entries(self, node: Node, what: str, known: Sequence[str]) -> dict[str, Node] | None:
        """Return the keys of a group with their values; report what is no group, stands twice or is not known."""
        if type(node) is not MappingNode:
            self.fault(node, f"{what} is a group of keys: {', '.join(known)}")
            return None
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = key.value if type(key) is Scalar else ""
            if name in found:
                self.fault(key, f"the key {name} stands twice", "Keep one of the two.")
            elif name not in known:
                self.fault(key, f"{what} has no key {name or 'of this kind'}", _near(name, known))
            else:
                found[name] = value
        return found

    def word(self, node: Node, what: str) -> str | None:
        if type(node) is Scalar and not is_blank(node) and node.value.strip():
            return str(node.value)
        self.fault(node, f"{what} is a single text")
        return None

    # Given

    def given(self, node: Node) -> Answers:
        """Read answers under dotted keys, sections, or both."""
        if type(node) is not MappingNode:
            self.fault(node, "given holds answers, such as openness.stage: proposal", "Write {} for no answers.")
            return {}
        sections: dict[str, list[tuple[Node, Node]]] = {}
        pairs: list[tuple[Node, Node]] = []
        for key, value in node.value:
            name = key.value if type(key) is Scalar else ""
            section, dot, rest = name.partition(".")
            if name in ("spectrum", "title", "parts"):
                self.fault(key, f"{name} is no answer", "A test gives the answers of one decision without parts.")
            elif dot and section in SECTION_NAMES:
                sections.setdefault(section, []).append((_scalar(key, rest), value))
            elif section in SECTION_NAMES and type(value) is MappingNode:
                sections.setdefault(section, []).extend(value.value)
            else:
                pairs.append((key, value))
        pairs += [(_scalar(node, name), _mapping(node, inner)) for name, inner in sections.items()]
        pairs += [(_scalar(node, "spectrum"), _scalar(node, "1")), (_scalar(node, "title"), _scalar(node, "A test"))]
        decision = read_nodes(self.source, _mapping(node, pairs), self.faults)
        return {} if decision is None else decision.answers

    # Expected

    def expect(self, node: Node) -> tuple[Expected, ...]:
        entries = self.entries(node, "expect", EXPECTED)
        if entries is None:
            return ()
        if not entries:
            self.fault(node, "expect says nothing", f"It holds at least one of: {', '.join(EXPECTED)}.")
        return tuple(
            Expected(what, words, span_of(value))
            for what, value in entries.items()
            if (words := self.expected(what, value)) is not None
        )

    def expected(self, what: str, node: Node) -> tuple[str, ...] | None:
        known: Mapping[str, tuple[Sequence[str], str]] = {
            "type": ((*TYPE_IDS, NO_TYPE), "there is no type"),
            "possible_types": (TYPE_IDS, "there is no type"),
            "plan": (VERDICTS, "a plan is never"),
            **{name: (ids, f"{self.rule_base} has no {RULES[name]}") for name, ids in self.rules.items()},
        }
        words, problem = known[what]
        if what in ("type", "plan"):
            items = [node]
        elif type(node) is SequenceNode:
            items = node.value
        else:
            self.fault(node, f"{what} is a list", f"Write [] for none: {what}: []")
            return None
        found: list[str] = []
        for item in items:
            word = self.word(item, f"each item of {what}" if items is not node and len(items) > 1 else what)
            if word is not None and word not in words:
                self.fault(item, f"{problem} {word}", _near(word, words))
            elif word is not None:
                found.append(word)
        return tuple(found)


def _names(key: Node, name: str) -> bool:
    return type(key) is Scalar and key.value == name


def _near(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, 1, 0.6)
    if near:
        return f"Did you mean {near[0]}?"
    return f"One of: {', '.join(known)}." if len(known) <= len(TYPE_IDS) + 1 else "See: spectrum rules list"


def _scalar(near: Node, text: str) -> Node:
    return yaml.ScalarNode("", text, near.start_mark, near.end_mark)


def _mapping(near: Node, pairs: list[tuple[Any, Any]]) -> Node:
    return yaml.MappingNode("", pairs, near.start_mark, near.end_mark)
