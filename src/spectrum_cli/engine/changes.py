"""Smallest sets of answers that would give another type, found by going through the whole space."""

from collections.abc import Iterator, Mapping
from itertools import combinations, product

from spectrum_cli.engine.assess import PreparedRules, assess
from spectrum_cli.engine.openness import Grid, Levels
from spectrum_cli.model.assessment import Assessment, Change, ChangeSet, Flip, Move, Target, WhatIf
from spectrum_cli.model.decision import Answer, Answers, AnswerValue
from spectrum_cli.model.rulebase import Criterion, ParticipationType


def what_if(assessment: Assessment, rules: PreparedRules, only: ParticipationType | None = None) -> WhatIf:
    """Return what would give each other type, and which single answers carry the advice.

    With ``only``, what would give that type alone, or make it certain where it is the best estimate.
    """
    kinds = [kind for kind in rules.rule_base.types if kind is not assessment.type]
    if only is not None:
        kinds = [] if assessment.type is only and assessment.certain else [only]
    return WhatIf(
        assessment,
        tuple(_target(assessment, kind, rules) for kind in kinds),
        tuple(_flips(assessment, rules)) if only is None else (),
    )


def find_moves(assessment: Assessment, rules: PreparedRules) -> tuple[Move, ...]:
    """Return the smallest sets of answers that would make the next more open, and the next less open, type certain.

    Only where the type is certain today: while answers are missing, the next question comes first.
    """
    if assessment.type is None or not assessment.certain:
        return ()
    types = rules.rule_base.types
    levels = rules.grid.levels(assessment.answers)
    moves: list[Move] = []
    for order in (assessment.type.order + 1, assessment.type.order - 1):
        if 0 <= order < len(types):
            found = smallest_changes(rules.grid, levels, order)
            moves.extend(
                Move(types[order], _changes(assessment.answers, levels, changed, rules))
                for steps, changed in found
                if steps == found[0][0]
            )
    return tuple(moves)


def smallest_changes(grid: Grid, levels: Levels, target: int) -> list[tuple[int, Levels]]:
    """Return the levels that make exactly the target type certain with the fewest changed answers, smallest first.

    Of the changes to the same questions only those with the fewest steps are kept. An unknown answer is one step away
    from every answer. Each entry is the number of steps and the changed levels.
    """
    for size in range(1, len(levels) + 1):
        found: list[tuple[int, Levels]] = []
        for chosen in combinations(range(len(levels)), size):
            best: list[tuple[int, Levels]] = []
            for steps, changed in _changed(grid, levels, chosen):
                if (not best or steps <= best[0][0]) and grid.possible(changed) == {target}:
                    if best and steps < best[0][0]:
                        best.clear()
                    best.append((steps, changed))
            found.extend(best)
        if found:
            return sorted(found, key=lambda entry: entry[0])
    return []


def _changed(grid: Grid, levels: Levels, chosen: tuple[int, ...]) -> Iterator[tuple[int, Levels]]:
    choices = [[level for level in range(len(grid.points[place])) if level != levels[place]] for place in chosen]
    for picked in product(*choices):
        changed = list(levels)
        steps = 0
        for place, level in zip(chosen, picked, strict=True):
            before = levels[place]
            steps += 1 if before is None else abs(level - before)
            changed[place] = level
        yield steps, tuple(changed)


def _target(assessment: Assessment, kind: ParticipationType, rules: PreparedRules) -> Target:
    levels = rules.grid.levels(assessment.answers)
    sets = []
    for _, changed in smallest_changes(rules.grid, levels, kind.order):
        changes = _changes(assessment.answers, levels, changed, rules)
        sets.append(ChangeSet(changes, _contradictions(assessment, changes, rules)))
    plain = [entry for entry in sets if not entry.contradictions]
    needed = tuple(
        item.item
        for item in rules.prerequisites
        if item.order <= kind.order
        and ((answer := assessment.answers.get(item.item.key)) is None or answer.value not in ("met", "planned"))
    )
    return Target(kind, tuple(plain or sets), needed)


def _contradictions(assessment: Assessment, changes: tuple[Change, ...], rules: PreparedRules) -> tuple[str, ...]:
    """Return the ids of notes of caution about the answers of openness that the changes would bring about."""
    before = {note.rule.id for note in assessment.notes}
    after = assess(with_changes(assessment.answers, {item.criterion.key: item.after for item in changes}), rules)
    return tuple(
        note.rule.id
        for note in after.notes
        if note.rule.effect["about"] == "caution"
        and note.rule.id not in before
        and all(key.startswith("openness.") for key in note.keys)
    )


def _flips(assessment: Assessment, rules: PreparedRules) -> Iterator[Flip]:
    """Yield each single answer that would change the best estimate if it were wrong."""
    if assessment.type is None:
        return
    for criterion in rules.grid.criteria:
        answer = assessment.answers.get(criterion.key)
        if answer is None or answer.value is None:
            continue
        level = rules.grid.level(criterion.key, answer.value)
        for rank, word in _words(criterion, rules).items():
            if rank == level:
                continue
            value = value_at(criterion, answer.value, rank, word, rules)
            found = assess(with_changes(assessment.answers, {criterion.key: value}), rules)
            if found.type is not None and found.type is not assessment.type:
                yield Flip(criterion, answer.value, value, found.type)


def with_changes(answers: Answers, changed: Mapping[str, AnswerValue]) -> Answers:
    """Return answers with some of them replaced; a replaced answer keeps its place, a new one has none (line 0)."""
    merged = dict(answers)
    for key, value in changed.items():
        answer = merged.get(key)
        merged[key] = answer._replace(value=value) if answer is not None else Answer(value, 0, 0, 0, 0)
    return merged


def _changes(answers: Answers, levels: Levels, changed: Levels, rules: PreparedRules) -> tuple[Change, ...]:
    found = []
    for criterion, before, after in zip(rules.grid.criteria, levels, changed, strict=True):
        if before == after or after is None:
            continue
        answer = answers.get(criterion.key)
        old = answer.value if answer is not None else None
        new = value_at(criterion, old, after, _words(criterion, rules)[after], rules)
        found.append(Change(criterion, old, new))
    return tuple(found)


def _words(criterion: Criterion, rules: PreparedRules) -> dict[int, str]:
    """Return the first answer of each level."""
    words: dict[int, str] = {}
    for answer in criterion.answers:
        words.setdefault(rules.grid.ranks[criterion.key][answer.value], answer.value)
    return words


def value_at(criterion: Criterion, old: AnswerValue, level: int, word: str, rules: PreparedRules) -> AnswerValue:
    """Return the answer that a file would hold to be at a level: a list keeps what it can of its items."""
    if criterion.key not in rules.list_keys:
        return word
    ranks = rules.grid.ranks[criterion.key]
    items = [str(item) for item in old] if isinstance(old, tuple) else []
    kept = [item for item in items if 0 < ranks[item] <= level]
    return tuple(kept) if any(ranks[item] == level for item in kept) else (*kept, word)
