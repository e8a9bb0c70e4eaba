"""Answers to compare the page and the program by: all small combinations, all examples, and random ones."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Any

from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.files.decision_file import read_decision_file
from spectrum_cli.model.decision import (
    Answer,
    Answers,
    AnswerValue,
    Decision,
    Fixed,
    Part,
    weeks_between_dates,
)
from spectrum_cli.model.decision_format import FIELDS, SUPPORT_KEYS, Field, Kind
from spectrum_cli.model.location import Span

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

Values = dict[str, AnswerValue]

DAYS = ("2026-12-24", "2027-01-05", "2027-01-11", "2027-01-12", "2027-03-02", "2028-02-29")
COUNTS = (0, 1, 3, 4, 5, 6, 7, 8, 11, 12, 13, 19, 20, 49, 50, 99, 100, 500, 5000, 5001, 999_999_999_999_999)
TEXTS = ("", "x", "Board", "2027-01-05", "no", "</script><b>", "é 👩‍🦽 \u202e")


@dataclass(frozen=True, slots=True)
class Vector:
    """The answers of a decision or, with ``whole``, of a part of it, as plain values by dotted key."""

    name: str
    own: Values
    whole: Values | None = None

    def answers(self) -> Answers:
        """Return what the program assesses: as its reader and its inheritance of parts leave the answers."""
        own = _as_read(self.own)
        if self.whole is None:
            return own
        part = Part("part", "A part", own, Span(1, 1, 1, 1))
        return Decision("plan", "A plan", _as_read(self.whole), (part,)).part_answers(part)

    def plain(self) -> list[Any]:
        """Return what the page is given."""
        return [_plain(self.own), None if self.whole is None else _plain(self.whole)]


def _as_read(values: Values) -> dict[str, Answer]:
    answers = {key: Answer(value, 1, 1, 1, 1) for key, value in values.items()}
    if "time.weeks" not in answers and (weeks := weeks_between_dates(answers)) is not None:
        answers["time.weeks"] = weeks
    return answers


def _plain(values: Values) -> dict[str, Any]:
    return {
        key: [_item(item) for item in value] if isinstance(value, tuple) else value for key, value in values.items()
    }


def _item(item: object) -> object:
    return item._asdict() if isinstance(item, Fixed) else item


def few_answers(rules: PreparedRules) -> Iterator[Vector]:
    """Yield no answer, each single answer to a criterion, and each two answers to different ones."""
    yield Vector("nothing", {})
    singles = [
        (criterion.key, value)
        for criterion in rules.rule_base.criteria
        for value in (*_values(criterion.key, [answer.value for answer in criterion.answers]), None)
    ]
    for key, value in singles:
        yield Vector(f"{key}={value}", {key: value})
    for one, other in combinations(singles, 2):
        if one[0] != other[0]:
            yield Vector(f"{one} {other}", dict((one, other)))


def _values(key: str, words: list[str]) -> list[AnswerValue]:
    kind = FIELDS[key].kind if key in FIELDS else Kind.CHOICE
    if kind is Kind.FLAG:
        return [True, False]
    return [(word,) for word in words] if kind is Kind.CHOICES else list(words)


def all_openness(rules: PreparedRules) -> Iterator[Vector]:
    """Yield every combination of the levels of openness, with each of them missing too."""
    keys = [criterion.key for criterion in rules.grid.criteria]
    choices: list[list[AnswerValue]] = []
    for criterion in rules.grid.criteria:
        first = {rank: word for word, rank in reversed(rules.grid.ranks[criterion.key].items())}
        choices.append([*_values(criterion.key, [first[rank] for rank in sorted(first)]), None])
    for combination in product(*choices):
        values = {key: value for key, value in zip(keys, combination, strict=True) if value is not None}
        yield Vector(str(values), values)


def examples() -> Iterator[Vector]:
    """Yield every example and each of its parts."""
    for path in sorted(EXAMPLES.glob("*.*")):
        reading = read_decision_file(str(path))
        if path.name == "README.md":
            continue
        assert reading.decision is not None, path
        whole = {key: answer.value for key, answer in reading.decision.answers.items()}
        yield Vector(path.name, whole)
        for part in reading.decision.parts:
            yield Vector(f"{path.name} {part.id}", {key: item.value for key, item in part.answers.items()}, whole)


def random_vectors(number: int, seed: int) -> Iterator[Vector]:
    """Yield random answers to everything that a file may hold, sparse and full ones; one in five is of a part."""
    draw = random.Random(seed)
    for place in range(number):
        own = _random_answers(draw)
        whole = _random_answers(draw) if draw.random() < 0.2 else None
        yield Vector(f"random {place} of seed {seed}", own, whole)


_OPENNESS = tuple(key for key in FIELDS if key.startswith("openness.") and key != "openness.fixed")
_OTHERS = tuple(key for key in FIELDS if key not in _OPENNESS)


def _random_answers(draw: random.Random) -> Values:
    openness, others = draw.choice((0.2, 0.5, 0.85, 1.0, 1.0)), draw.choice((0.0, 0.05, 0.15, 0.4))
    values: Values = {}
    for key in _OPENNESS:
        if draw.random() < openness:
            values[key] = None if draw.random() < 0.03 else _random_value(draw, FIELDS[key])
    for key in _OTHERS:
        if draw.random() < others:
            values[key] = None if draw.random() < 0.1 else _random_value(draw, FIELDS[key])
            if key in SUPPORT_KEYS and draw.random() < 0.1:
                values[f"{key}.owner"] = draw.choice(TEXTS)
                values[f"{key}.by"] = draw.choice(DAYS)
    return values


def _random_value(draw: random.Random, field: Field) -> AnswerValue:
    if field.kind is Kind.CHOICES:
        nothing, *rest = field.answers
        return (nothing,) if draw.random() < 0.15 else tuple(draw.sample(rest, draw.choice((1, 1, 2, 3, len(rest)))))
    if field.kind is Kind.FIXED:
        return tuple(Fixed(draw.choice(TEXTS[1:]), draw.choice(TEXTS)) for _ in range(draw.randrange(3)))
    if field.kind is Kind.TEXTS:
        return tuple(draw.choice(TEXTS[1:]) for _ in range(draw.randrange(3)))
    one_of: dict[Kind, tuple[AnswerValue, ...]] = {
        Kind.COUNT: COUNTS,
        Kind.FLAG: (True, False),
        Kind.DATE: DAYS,
        Kind.TEXT: TEXTS,
    }
    return draw.choice(one_of.get(field.kind, field.answers))
