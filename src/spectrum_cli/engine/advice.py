"""The advice on a whole file: every part assessed, and the smallest changes that would move the type."""

from spectrum_cli.engine.assess import PreparedRules, assess
from spectrum_cli.engine.changes import find_moves
from spectrum_cli.model.assessment import Advice, Assessment, ScopeAdvice
from spectrum_cli.model.decision import Decision
from spectrum_cli.model.rulebase import RuleBase


def advise(decision: Decision, rules: PreparedRules, *, with_moves: bool = True) -> Advice:
    """Assess a decision and each of its parts.

    ``with_moves`` adds what would move each assessment one type up or down; it costs a search, so reading many
    files may leave it out.
    """
    base = rules.rule_base
    whole = assess(decision.answers, rules, title=decision.title)
    parts = [assess(decision.part_answers(part), rules, ident=part.id, title=part.title) for part in decision.parts]

    def scoped(assessment: Assessment) -> ScopeAdvice:
        return ScopeAdvice(assessment, find_moves(assessment, rules) if with_moves else ())

    return advice_of(decision.file, decision.title, base, scoped(whole), tuple(scoped(part) for part in parts))


def advice_of(file: str, title: str, base: RuleBase, whole: ScopeAdvice, parts: tuple[ScopeAdvice, ...] = ()) -> Advice:
    """Return assessments as the advice on a file, with the rules that they rest on."""
    return Advice(
        file=file,
        title=title,
        rule_base_id=base.id,
        rule_base_version=base.version,
        rule_base_hash=base.hash,
        rule_base_framework=base.framework,
        acknowledgement=base.acknowledgement,
        types=base.types,
        whole=whole,
        parts=parts,
    )
