"""What the engine found: every step with the rule, the answers it read and where they stand."""

from dataclasses import dataclass, field
from typing import NamedTuple

from spectrum_cli.model.decision import Answer, Answers, AnswerValue, Fixed
from spectrum_cli.model.rulebase import Criterion, ParticipationType, Prerequisite, Rule, RulesUsed


class AnswerRead(NamedTuple):
    """An answer that a rule read; ``answer`` is None where the file does not state it."""

    key: str
    answer: Answer | None

    @property
    def value(self) -> AnswerValue:
        """The stated value, or None."""
        return self.answer.value if self.answer is not None else None


class Outcome(NamedTuple):
    """A rule and whether its condition holds (True), fails (False) or is unknown (None)."""

    rule: Rule
    holds: bool | None
    keys: tuple[str, ...]
    given: Answers

    @property
    def answers(self) -> tuple[AnswerRead, ...]:
        """The answers that the rule read, in the order of its condition."""
        return tuple(AnswerRead(key, self.given.get(key)) for key in self.keys)


class Contribution(NamedTuple):
    """What one criterion adds to the openness.

    ``points`` and ``most`` are on the scale of 0 to 100; ``points`` is None where the answer is unknown.
    ``counted`` is the answer that counts, the most open one of a list.
    """

    criterion: Criterion
    read: AnswerRead
    counted: str | None
    points: float | None
    most: int


class Counted(NamedTuple):
    """The answer of one criterion that counts, and its points; both None where the answer is unknown."""

    criterion: Criterion
    answer: str | None
    points: float | None


class Openness(NamedTuple):
    """Room for influence, 0 to 100, gates applied; a range while answers are missing.

    Values are whole hundredths, rounded down, so that a text never shows more than there is. ``value`` is None
    where no question of openness is answered. ``before_gates`` is what the answers add up to alone.
    """

    value: float | None
    low: float
    high: float
    before_gates: float | None


class PrerequisiteState(NamedTuple):
    """How far one prerequisite is: ``met``, ``planned``, ``missing`` or ``unknown``."""

    prerequisite: Prerequisite
    state: str
    owner: str
    by: str
    evidence: str
    answer: Answer | None


class Readiness(NamedTuple):
    """Whether the advised type can be carried out.

    ``state`` is ``ready``, ``planned``, ``not-ready`` or ``unknown``. ``supported_type`` is the most open type,
    up to the advised one, for which everything is in place today; ``planned_type`` counts what is planned too.
    """

    state: str
    supported_type: ParticipationType | None
    planned_type: ParticipationType | None
    prerequisites: tuple[PrerequisiteState, ...]


class Need(NamedTuple):
    """What the decision asks for. ``gap`` counts the types by which the floor stands above the advised type."""

    floor: ParticipationType | None
    gap: int
    floors: tuple[Outcome, ...]
    unanswered: tuple[str, ...]


class NextQuestion(NamedTuple):
    """The unanswered question that narrows the possible types most.

    ``expected`` is how many types stay possible on average, each answer counted alike.
    """

    criterion: Criterion
    expected: float


class PlanVerdict(NamedTuple):
    """The planned type against what the answers allow.

    ``verdict`` is ``none`` (no plan stated), ``over-promise`` (above every type still possible), ``not-shown``
    (above the best estimate, still possible), ``matches`` or ``below``.
    """

    type: ParticipationType | None
    verdict: str
    answer: Answer | None
    promise: str
    methods: tuple[str, ...]


class Change(NamedTuple):
    """One answer that would be another, as a file would hold it. ``before`` is None where it is unknown today."""

    criterion: Criterion
    before: AnswerValue
    after: AnswerValue


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Changes that together give another type. ``contradictions`` are ids of notes that they would bring about."""

    changes: tuple[Change, ...]
    contradictions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """The smallest sets of changes that make a type certain, and the prerequisites that are neither met nor planned."""

    type: ParticipationType
    sets: tuple[ChangeSet, ...]
    support_missing: tuple[Prerequisite, ...]


class Flip(NamedTuple):
    """A single answer that would change the advice if it were another."""

    criterion: Criterion
    before: AnswerValue
    after: AnswerValue
    type: ParticipationType


@dataclass(frozen=True, slots=True)
class Move:
    """A smallest set of changed answers that makes the advice certain to be another type."""

    type: ParticipationType
    changes: tuple[Change, ...]


class Assessment(NamedTuple):
    """The whole reasoning about one decision, or about one part of it.

    ``type`` is the best estimate; it is None where no question of openness is answered. ``gates``, ``estimates`` and
    ``notes`` are those that hold; ``unanswered`` are the keys of openness without an answer. ``rules`` are all rules
    with the keys that they read, ``holds`` what came of each, and ``given`` what they were asked about: the answers,
    the advised type and the gap.
    """

    id: str
    title: str
    answers: Answers
    type: ParticipationType | None
    possible_types: tuple[ParticipationType, ...]
    openness: Openness
    gates: tuple[Outcome, ...]
    counted: tuple[Counted, ...]
    unanswered: tuple[str, ...]
    estimates: tuple[Outcome, ...]
    need: Need
    readiness: Readiness
    next_question: NextQuestion | None
    plan: PlanVerdict
    notes: tuple[Outcome, ...]
    fixed: tuple[Fixed, ...]
    rules: tuple[tuple[Rule, tuple[str, ...]], ...]
    holds: tuple[bool | None, ...]
    given: Answers

    @property
    def certain(self) -> bool:
        """Whether every completion of the file gives the same type."""
        return len(self.possible_types) == 1

    @property
    def trace(self) -> tuple[Outcome, ...]:
        """The outcome of every rule."""
        return tuple(
            Outcome(rule, holds, keys, self.given) for (rule, keys), holds in zip(self.rules, self.holds, strict=True)
        )

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        """What each criterion adds to the openness."""
        return tuple(
            Contribution(item, AnswerRead(item.key, self.answers.get(item.key)), answer, points, item.weight)
            for item, answer, points in self.counted
        )


@dataclass(frozen=True, slots=True)
class WeightAnalysis:
    """What the advice would be under all weightings that keep the stated order of importance.

    ``order`` groups the keys, the most important first; ``reached`` are exactly the types that some weighting gives,
    ``low`` and ``high`` the openness there. ``shares`` are estimated from ``samples`` weightings drawn with ``seed``.
    ``gate_decides`` means that the gates decide whatever the weights are.
    """

    order: tuple[tuple[str, ...], ...]
    low: float
    high: float
    reached: tuple[ParticipationType, ...]
    gate_decides: bool
    shares: tuple[tuple[ParticipationType, float], ...]
    seed: int
    samples: int


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would change an advice: how to reach each other type, and the answers that it hangs on."""

    assessment: Assessment
    targets: tuple[Target, ...]
    flips: tuple[Flip, ...]
    weights: WeightAnalysis | None = None


@dataclass(frozen=True, slots=True)
class ScopeAdvice:
    """An assessment and the smallest changes that would move it one type either way."""

    assessment: Assessment
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """The advice on one file: the whole, its parts, and which types they mix."""

    file: str
    title: str
    rule_base_id: str
    rule_base_version: str
    rule_base_hash: str
    rule_base_framework: str
    acknowledgement: str
    types: tuple[ParticipationType, ...]
    whole: ScopeAdvice
    parts: tuple[ScopeAdvice, ...] = field(default=())

    @property
    def used(self) -> RulesUsed:
        """The rules that the advice rests on."""
        return RulesUsed(self.rule_base_id, self.rule_base_version, self.rule_base_hash, self.rule_base_framework)

    def scope(self, part: str = "") -> ScopeAdvice:
        """Return the advice on a part by its id, or on the whole where no id is given."""
        return self.whole if not part else next(item for item in self.parts if item.assessment.id == part)

    @property
    def mix(self) -> tuple[tuple[ParticipationType, tuple[str, ...]], ...]:
        """The advised types of the parts, least open first, each with the ids of its parts."""
        return tuple(
            (kind, ids)
            for kind in self.types
            if (ids := tuple(part.assessment.id for part in self.parts if part.assessment.type is kind))
        )
