"""Conditions with three values.

A condition is data, made of a closed list of operators; nothing in it is ever evaluated as code. On an answer
that is not stated it is unknown, never false.

======================================  ============================================================
``{answer: KEY, is: V}``                the answer is V
``{answer: KEY, in: [V, W]}``           the answer is one of these
``{answer: KEY, at_least: V}``          the answer is V or one that comes after it (or a number >= V)
``{answer: KEY, at_most: V}``           the answer is V or one that comes before it (or a number <= V)
``{answer: KEY, includes: V}``          the list holds V
``{answer: KEY, stated: false}``        the author gives no answer (or gives one: true); never unknown
``{all: [...]}, {any: [...]}, {not:}``  Kleene's three-valued and, or, not
======================================  ============================================================

A list of answers is compared by its most open one, except by ``includes``.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from spectrum_cli.model.decision import Answers, AnswerValue
from spectrum_cli.model.rulebase import Condition

Check = Callable[[Answers], bool | None]
Ranks = Mapping[str, Mapping[str, int]]

COMPARISONS = ("is", "in", "at_least", "at_most", "includes", "stated")
CONNECTIVES = ("all", "any", "not")


def keys_read(condition: Condition) -> tuple[str, ...]:
    """Return the keys of the answers that a condition reads, each once, in order."""
    if "answer" in condition:
        return (condition["answer"],)
    found: list[str] = []
    for name in ("all", "any"):
        for inner in condition.get(name, ()):
            found.extend(keys_read(inner))
    if "not" in condition:
        found.extend(keys_read(condition["not"]))
    return tuple(dict.fromkeys(found))


def compile_condition(condition: Condition, ranks: Ranks) -> Check:
    """Turn a validated condition into a function of the answers.

    ``ranks`` gives the order of the answers of each key that has one. The function returns True, False, or
    None where the condition is unknown.
    """
    if "answer" in condition:
        return _compile_comparison(condition, ranks)
    if "not" in condition:
        inner = compile_condition(condition["not"], ranks)

        def negation(answers: Answers) -> bool | None:
            value = inner(answers)
            return None if value is None else not value

        return negation
    if "all" in condition:
        return _compile_connective([compile_condition(part, ranks) for part in condition["all"]], decided_by=False)
    return _compile_connective([compile_condition(part, ranks) for part in condition["any"]], decided_by=True)


def _compile_connective(parts: Sequence[Check], *, decided_by: bool) -> Check:
    """All parts hold (decided by one False) or any part holds (decided by one True)."""

    def connective(answers: Answers) -> bool | None:
        result: bool | None = not decided_by
        for part in parts:
            value = part(answers)
            if value is decided_by:
                return decided_by
            if value is None:
                result = None
        return result

    return connective


def _compile_comparison(condition: Condition, ranks: Ranks) -> Check:
    key: str = condition["answer"]
    rank = ranks.get(key)
    if "stated" in condition:
        wanted: bool = condition["stated"]

        def statement(answers: Answers) -> bool | None:
            answer = answers.get(key)
            return (answer is not None and answer.value is not None) is wanted

        return statement
    test = _value_test(condition, rank)
    if rank is not None and "includes" not in condition:
        order = rank
        allowed = frozenset(word for word in rank if test(word))

        def ranked(answers: Answers) -> bool | None:
            answer = answers.get(key)
            if answer is None:
                return None
            value: Any = answer.value
            if type(value) is tuple:
                value = max(value, key=order.__getitem__)
            return None if value is None else value in allowed

        return ranked

    def plain(answers: Answers) -> bool | None:
        answer = answers.get(key)
        return None if answer is None or answer.value is None else test(answer.value)

    return plain


def _value_test(condition: Condition, rank: Mapping[str, int] | None) -> Callable[[Any], bool]:
    if "is" in condition:
        wanted: AnswerValue = condition["is"]
        return lambda value: value == wanted
    if "in" in condition:
        allowed = frozenset(condition["in"])
        return lambda value: value in allowed
    if "includes" in condition:
        item = condition["includes"]
        return lambda value: item in value
    low, high = condition.get("at_least"), condition.get("at_most")
    if rank is not None:
        allowed = frozenset(
            word
            for word, place in rank.items()
            if (low is None or place >= rank[low]) and (high is None or place <= rank[high])
        )
        return lambda value: value in allowed
    return lambda value: (low is None or value >= low) and (high is None or value <= high)


def allowed_answers(condition: Condition, ranks: Ranks) -> frozenset[str]:
    """Return the answers of the condition's key for which a single comparison holds."""
    test = _value_test(condition, ranks[condition["answer"]])
    return frozenset(word for word in ranks[condition["answer"]] if test(word))
