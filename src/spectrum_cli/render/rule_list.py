"""The rule base as a list, and the report on its cases."""

import json
from collections.abc import Iterable, Sequence
from typing import Protocol

from spectrum_cli.model.location import Span
from spectrum_cli.model.rulebase import Case, Rule, RuleBase
from spectrum_cli.render import words
from spectrum_cli.render.page import Page, Piece

_HEADINGS = {"gate": "Gates", "floor": "Floors", "estimate": "Estimates", "note": "Notes"}


def render_rule_list(base: RuleBase, page: Page) -> None:
    """Write all criteria, rules and prerequisites with their layers."""
    page.prose(Piece(base.title, "title"))
    layers = words.joined([f"{layer.id} {layer.version}" for layer in base.layers])
    page.prose(Piece(f"{base.id} {base.version}, {base.hash}; layers: {layers}", "muted"))
    page.heading("Types")
    page.table([(kind.id, f"from {kind.band_from}", kind.key_question) for kind in base.types])
    page.heading("Criteria of openness (weights of 100, ours)")
    page.table([(item.key, str(item.weight), item.layer, item.title) for item in base.criteria if item.weight])
    needs = [item for item in base.criteria if not item.weight]
    if needs:
        page.heading("Criteria of need")
        page.table([(item.key, item.layer, item.title) for item in needs])
    for kind, heading in _HEADINGS.items():
        rules = base.of_kind(kind)
        if rules:
            page.heading(heading)
            page.table([(rule.id, rule.layer, rule.title) for rule in rules])
    page.heading("Prerequisites")
    page.table([(item.key, f"from {item.needed_from}", item.layer, item.title) for item in base.support])
    page.blank()
    page.prose(Piece(base.acknowledgement, "muted"))


def rule_list_json(base: RuleBase) -> str:
    """Return the list as one line of JSON."""
    data = {
        "format": 1,
        "rule_base": base.used._asdict(),
        "types": [{"id": kind.id, "name": kind.name, "band_from": kind.band_from} for kind in base.types],
        "criteria": [
            {"id": item.id, "key": item.key, "layer": item.layer, "weight": item.weight, "title": item.title}
            for item in base.criteria
        ],
        "rules": [
            {"id": rule.id, "kind": rule.kind, "layer": rule.layer, "title": rule.title, "effect": dict(rule.effect)}
            for rule in base.rules
        ],
        "support": [
            {"id": item.id, "key": item.key, "layer": item.layer, "needed_from": item.needed_from, "title": item.title}
            for item in base.support
        ],
        "acknowledgement": base.acknowledgement,
    }
    return json.dumps(data, ensure_ascii=False)


class Failure(Protocol):
    """A case whose outcome is not the stated one."""

    @property
    def rule(self) -> Rule:
        """The rule."""
        ...

    @property
    def case(self) -> Case:
        """The case."""
        ...

    @property
    def outcome(self) -> str:
        """What came out."""
        ...


class Report(Protocol):
    """All cases of a rule base, run."""

    @property
    def rule_base(self) -> RuleBase:
        """The rule base."""
        ...

    @property
    def counts(self) -> Iterable[tuple[Rule, dict[str, int]]]:
        """For each rule, how many cases show each outcome."""
        ...

    @property
    def failures(self) -> "tuple[Failure, ...]":
        """The cases that failed."""
        ...


def render_case_report(report: Report, page: Page) -> None:
    """Write which cases fail, and how often each rule is shown to hold, to fail and to be unknown."""
    rows: list[tuple[str, ...]] = [("rule", "kind", "holds", "fails", "unknown")]
    total = 0
    for rule, counts in report.counts:
        total += sum(counts.values())
        rows.append((rule.id, rule.kind, *(str(counts[name]) for name in ("holds", "fails", "unknown"))))
    page.table(rows, indent=0)
    page.blank()
    for failure in report.failures:
        page.prose(
            Piece("FAILED ", "warn"),
            f"{failure.rule.file}: '{failure.case.name}' should be '{failure.case.outcome}', is '{failure.outcome}'",
            hang=2,
        )
    failed = len(report.failures)
    page.prose(
        Piece(f"{total - failed} passed, {failed} failed", "bold"),
        f" in {len(rows) - 1} rules of {words.rules_name(report.rule_base.used)}",
    )


class Test(Protocol):
    """A test in a file."""

    @property
    def name(self) -> str:
        """What it is about."""
        ...

    @property
    def file(self) -> str:
        """Where it stands."""
        ...


class Expected(Protocol):
    """One thing that should come out."""

    @property
    def what(self) -> str:
        """Its name."""
        ...

    @property
    def words(self) -> Sequence[str]:
        """What it should be."""
        ...

    @property
    def span(self) -> Span:
        """Where the file says so."""
        ...


class Difference(Protocol):
    """Something that came out otherwise."""

    @property
    def test(self) -> Test:
        """The test."""
        ...

    @property
    def expected(self) -> Expected:
        """What should have come out."""
        ...

    @property
    def found(self) -> Sequence[str]:
        """What came out."""
        ...


class Tests(Protocol):
    """The tests of some files, run."""

    @property
    def tests(self) -> Sequence[Test]:
        """The tests."""
        ...

    @property
    def differences(self) -> Sequence[Difference]:
        """What came out otherwise."""
        ...

    @property
    def counts(self) -> Iterable[tuple[Rule, dict[str, int]]]:
        """For each rule, in how many tests it had each outcome."""
        ...


def render_test_report(report: Tests, page: Page) -> None:
    """Write which tests fail, and for each rule in how many it held, failed, was unknown, and what it never did."""
    outcomes = {"holds": "held", "fails": "failed", "unknown": "unknown"}
    rows: list[tuple[str, ...]] = [("rule", "kind", *outcomes.values(), "never")]
    for rule, counts in report.counts:
        never = ", ".join(word for name, word in outcomes.items() if not counts[name])
        rows.append((rule.id, rule.kind, *(str(counts[name]) for name in outcomes), never))
    page.table(rows, indent=0)
    page.blank()
    for item in report.differences:
        span = item.expected.span
        page.prose(
            Piece("FAILED ", "warn"),
            f"{item.test.file}:{span.line}:{span.column}: '{item.test.name}': {item.expected.what} "
            f"should be {_told(item.expected.words)}, is {_told(item.found)}",
            hang=2,
        )
    failed = len({id(item.test) for item in report.differences})
    passed = len(report.tests) - failed
    files = len({test.file for test in report.tests})
    held = sum(counts["holds"] > 0 for _, counts in report.counts)
    page.prose(
        Piece(f"{passed} passed, {failed} failed", "bold"),
        f" in {files} test {'file' if files == 1 else 'files'}; {held} of {len(rows) - 1} rules held in one of them",
    )


def _told(words: Sequence[str]) -> str:
    return ", ".join(words) or "none"
