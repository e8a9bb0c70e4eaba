"""Runs files of rule tests, and counts which rules they show."""

from collections.abc import Sequence
from dataclasses import dataclass

from spectrum_cli.engine.assess import PreparedRules, assess, prepare
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.files.rulebase_tests import NO_TYPE, RULES, BadRuleTests, Expected, RuleTest, read_rule_tests
from spectrum_cli.model.assessment import Assessment
from spectrum_cli.model.rulebase import Rule
from spectrum_cli.workflows.rules import OUTCOMES


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that came out otherwise than a test expects."""

    test: RuleTest
    expected: Expected
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleTestReport:
    """The tests of some files, run. ``counts`` has, for each rule, in how many tests it had each outcome."""

    tests: tuple[RuleTest, ...]
    differences: tuple[Difference, ...]
    counts: tuple[tuple[Rule, dict[str, int]], ...]


def run_rule_tests(paths: Sequence[str], name_or_folder: str) -> RuleTestReport:
    """Run the tests in some files or folders.

    Raises:
        NoRuleBase: the rule base is not there or not valid.
        BadRuleTests: a test file cannot be used.
    """
    base = load_rule_base(name_or_folder)
    tests = read_rule_tests(paths, base)
    rules = prepare(base)
    counts: dict[str, dict[str, int]] = {}
    differences: list[Difference] = []
    for test in tests:
        found = assess(test.answers, rules)
        for outcome in found.trace:
            shown = counts.setdefault(outcome.rule.id, dict.fromkeys(OUTCOMES.values(), 0))
            shown[OUTCOMES[outcome.holds]] += 1
        differences += _differences(test, found)
    return RuleTestReport(tuple(tests), tuple(differences), tuple((rule, counts[rule.id]) for rule in _in_order(rules)))


def _in_order(rules: PreparedRules) -> list[Rule]:
    return [item.rule for item in (*rules.gates, *rules.estimates, *rules.floors, *rules.notes)]


def _differences(test: RuleTest, found: Assessment) -> list[Difference]:
    came_out = {
        "type": (found.type.id if found.type else NO_TYPE,),
        "possible_types": tuple(kind.id for kind in found.possible_types),
        "plan": (found.plan.verdict,),
        **{
            what: tuple(item.rule.id for item in found.trace if item.holds and item.rule.kind == kind)
            for what, kind in RULES.items()
        },
    }
    return [
        Difference(test, expected, came_out[expected.what])
        for expected in test.expected
        if set(expected.words) != set(came_out[expected.what])
    ]


__all__ = ["BadRuleTests", "Difference", "RuleTestReport", "run_rule_tests"]
