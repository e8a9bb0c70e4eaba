"""The rule base, looked at and tested."""

from dataclasses import dataclass

from spectrum_cli.engine.assess import PreparedRule, prepare
from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.model.decision import Answer
from spectrum_cli.model.rulebase import Case, Rule, RuleBase

OUTCOMES = {True: "holds", False: "fails", None: "unknown"}


@dataclass(frozen=True, slots=True)
class CaseFailure:
    """A case whose outcome is not the stated one."""

    rule: Rule
    case: Case
    outcome: str


@dataclass(frozen=True, slots=True)
class CaseReport:
    """All cases of a rule base, run. ``counts`` has, for each rule, how many cases show each outcome."""

    rule_base: RuleBase
    counts: tuple[tuple[Rule, dict[str, int]], ...]
    failures: tuple[CaseFailure, ...]


def get_rule_base(name_or_folder: str) -> RuleBase:
    """Load a rule base.

    Raises:
        NoRuleBase: it is not there or not valid.
    """
    return load_rule_base(name_or_folder)


def run_cases(name_or_folder: str) -> CaseReport:
    """Run the cases written inside every rule."""
    base = load_rule_base(name_or_folder)
    prepared = prepare(base)
    counts: list[tuple[Rule, dict[str, int]]] = []
    failures: list[CaseFailure] = []
    for item in (*prepared.gates, *prepared.estimates, *prepared.floors, *prepared.notes):
        shown = dict.fromkeys(OUTCOMES.values(), 0)
        for case in item.rule.cases:
            outcome = outcome_of(item, case)
            shown[outcome] += 1
            if outcome != case.outcome:
                failures.append(CaseFailure(item.rule, case, outcome))
        counts.append((item.rule, shown))
    return CaseReport(base, tuple(counts), tuple(failures))


def outcome_of(item: PreparedRule, case: Case) -> str:
    """Evaluate a rule on the answers of a case."""
    answers = {key: Answer(value, 0, 0, 0, 0) for key, value in case.answers.items()}
    return OUTCOMES[item.check(answers)]
