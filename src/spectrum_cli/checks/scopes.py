"""What several checks ask of the whole decision and of its parts."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from spectrum_cli.model.checking import CheckContext, Scope
from spectrum_cli.model.decision import AnswerValue
from spectrum_cli.model.decision_format import TYPE_IDS
from spectrum_cli.model.rulebase import ParticipationType

Found = TypeVar("Found")

CONSULT = TYPE_IDS.index("consult")
CO_DESIGN = TYPE_IDS.index("co-design")


def once(context: CheckContext, find: Callable[[Scope], Found | None], *subject: str) -> Sequence[tuple[Scope, Found]]:
    """Return the whole and each part in which something is found, with what it is, and the same thing never twice.

    A part takes over what it does not state. So a part counts where nothing is found in the whole, or where the part
    itself states one of the answers that the finding is about. What is false or empty counts as nothing.
    """
    in_the_whole = find(context.whole)
    seen = [(context.whole, in_the_whole)] if in_the_whole else []
    for part in context.parts:
        if (not in_the_whole or part.states(*subject)) and (found := find(part)):
            seen.append((part, found))
    return seen


def once_each(
    context: CheckContext, keys_of: Callable[[Scope], Sequence[str]]
) -> Sequence[tuple[Scope, Sequence[str]]]:
    """Return the whole and each part with the keys at which something is found; for a part, only what is new in it."""
    in_the_whole = keys_of(context.whole)
    seen = [(context.whole, in_the_whole)] if in_the_whole else []
    for part in context.parts:
        new = [key for key in keys_of(part) if key not in in_the_whole or part.states(key)]
        if new:
            seen.append((part, new))
    return seen


def intended(scope: Scope) -> ParticipationType | None:
    """Return the planned type or, without a plan, the advised one."""
    return scope.assessment.plan.type or scope.assessment.type


def asking(scope: Scope) -> ParticipationType | None:
    """Return the planned or else the advised type that asks people for an answer: CONSULT or a more open one."""
    return _first(scope, lambda kind: kind.order >= CONSULT)


def with_people(scope: Scope) -> ParticipationType | None:
    """Return the planned or else the advised type that is on the WITH side."""
    return _first(scope, lambda kind: kind.side == "with")


def _first(scope: Scope, fits: Callable[[ParticipationType], bool]) -> ParticipationType | None:
    for kind in (scope.assessment.plan.type, scope.assessment.type):
        if kind is not None and fits(kind):
            return kind
    return None


def plan_to_ask(scope: Scope) -> ParticipationType | None:
    """Return the planned type if it is CONSULT or a more open one."""
    planned = scope.assessment.plan.type
    return planned if planned is not None and planned.order >= CONSULT else None


def invites_answers(scope: Scope) -> bool:
    """Whether people are said to be able to answer, at least."""
    return scope.value("openness.exchange") in ("responses", "discussion", "joint-work")


def seen_to(scope: Scope, key: str) -> bool:
    """Whether a support is met or planned."""
    return scope.value(key) in ("met", "planned")


def has_note(scope: Scope, rule: str) -> bool:
    """Whether a note of the rule base holds. Where the rule base does not have it, it does not."""
    return any(outcome.rule.id == rule for outcome in scope.assessment.notes)


def answered(scope: Scope, keys: Iterable[str], value: AnswerValue) -> list[str]:
    """Return those of the keys to which a scope's answer is the value."""
    answers = scope.answers
    return [key for key in keys if (answer := answers.get(key)) is not None and answer.value == value]


def own(scope: Scope, *keys: str) -> list[str]:
    """Return those of the keys that the scope states itself."""
    return [key for key in keys if key in scope.own]


def places(scope: Scope, *answers: tuple[str, str]) -> tuple[str, list[tuple[str, str]]]:
    """Return the key at which a finding stands, and the others as related places.

    ``answers`` are keys with a sentence each, the main one first. What a part states itself goes before what it
    takes over, so that the finding stands in the part.
    """
    main, *others = sorted(answers, key=lambda answer: answer[0] not in scope.own)
    return main[0], [(sentence, key) for key, sentence in others]


def names(keys: Sequence[str]) -> list[str]:
    """Return keys as they are written in the file, below their section."""
    return [key.rpartition(".")[2] for key in keys]


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return one or more words as they stand in a sentence: a, b and c."""
    *before, final = words
    return f"{', '.join(before)} {last} {final}" if before else final
