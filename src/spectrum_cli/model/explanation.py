"""The subject of one explanation: exactly one of its fields is set."""

from dataclasses import dataclass

from spectrum_cli.model.decision_format import Field, Section
from spectrum_cli.model.diagnostic import CodeInfo
from spectrum_cli.model.rulebase import Criterion, ParticipationType, Passage, Prerequisite, Rule, RuleBase


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is to be explained, and the rule base around it."""

    rule_base: RuleBase
    type: ParticipationType | None = None
    criterion: Criterion | None = None
    rule: Rule | None = None
    prerequisite: Prerequisite | None = None
    passage: Passage | None = None
    field: Field | None = None
    section: Section | None = None
    code: CodeInfo | None = None
