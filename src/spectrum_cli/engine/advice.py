"""The advice on a whole file: every part assessed, and the smallest changes that would move the type."""

from spectrum_cli.engine.assess import PreparedRules, assess
from spectrum_cli.engine.openness import Levels
from spectrum_cli.model.assessment import Advice, Assessment, Change, Move, ScopeAdvice
from spectrum_cli.model.decision import Decision


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

    return Advice(
        file=decision.file,
        title=decision.title,
        rule_base_id=base.id,
        rule_base_version=base.version,
        rule_base_hash=base.hash,
        acknowledgement=base.acknowledgement,
        types=base.types,
        whole=scoped(whole),
        parts=tuple(scoped(part) for part in parts),
    )


def find_moves(assessment: Assessment, rules: PreparedRules) -> tuple[Move, ...]:
    """Return the smallest sets of answers that would make the next more open, and the next less open, type certain.

    Only where the type is certain today: while answers are missing, the next question comes first.
    """
    if assessment.type is None or not assessment.certain:
        return ()
    grid, types = rules.grid, rules.rule_base.types
    levels = grid.levels(assessment.answers)
    moves: list[Move] = []
    for target in (assessment.type.order + 1, assessment.type.order - 1):
        if 0 <= target < len(types):
            moves.extend(
                Move(types[target], _changes(levels, changed, rules)) for changed in grid.changes_to(levels, target)
            )
    return tuple(moves)


def _changes(levels: Levels, changed: Levels, rules: PreparedRules) -> tuple[Change, ...]:
    grid = rules.grid
    found = []
    for criterion, before, after in zip(grid.criteria, levels, changed, strict=True):
        if before == after or after is None:
            continue
        words: dict[int, str] = {}
        for answer in criterion.answers:
            words.setdefault(grid.ranks[criterion.key][answer.value], answer.value)
        found.append(Change(criterion, words[before] if before is not None else None, words[after]))
    return tuple(found)
