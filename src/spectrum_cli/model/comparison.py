"""What differs: between two texts of one decision, and between several people's answers to one decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from spectrum_cli.model.assessment import Assessment
from spectrum_cli.model.decision import Answer, AnswerValue
from spectrum_cli.model.diagnostic import Diagnostic
from spectrum_cli.model.rulebase import ParticipationType, RuleBase


class Direction(StrEnum):
    """Where an offer went. ``MIXED``: wider in one thing, narrower in another. ``UNCLEAR``: words have no order."""

    SAME = "same"
    WIDENED = "widened"
    NARROWED = "narrowed"
    MIXED = "mixed"
    UNCLEAR = "unclear"

    @property
    def narrows(self) -> bool:
        """Whether people are offered less of something."""
        return self in (Direction.NARROWED, Direction.MIXED)

    @property
    def reversed(self) -> "Direction":
        """The direction of the same two texts, taken the other way round."""
        return {Direction.WIDENED: Direction.NARROWED, Direction.NARROWED: Direction.WIDENED}.get(self, self)


def together(directions: Sequence[Direction]) -> Direction:
    """Return the direction of a whole offer from those of its pieces."""
    found = set(directions) - {Direction.SAME}
    if not found:
        return Direction.SAME
    if Direction.MIXED in found or found >= {Direction.WIDENED, Direction.NARROWED}:
        return Direction.MIXED
    return next((item for item in (Direction.NARROWED, Direction.WIDENED) if item in found), Direction.UNCLEAR)


class AnswerChange(NamedTuple):
    """One key whose answer differs; None where the text does not state it."""

    key: str
    before: Answer | None
    after: Answer | None


class OfferChange(NamedTuple):
    """One piece of what people are offered: the stage, what is open, the planned type, or the promise in words.

    ``lost`` and ``gained`` are items of a list. ``own`` is false where a part only takes both answers over.
    """

    key: str
    before: Answer | None
    after: Answer | None
    direction: Direction
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    own: bool = True


class DayChange(NamedTuple):
    """One of the dates: its day in both texts, empty where not stated, and whether the new day is reached today."""

    key: str
    before: str
    after: str
    reached: bool


@dataclass(frozen=True, slots=True)
class Timing:
    """How far participation is today.

    ``opened`` is the day on which it opened by either text, empty if it has not. A phase is ``not-stated``,
    ``not-open``, ``open``, ``closed``, ``decided`` or ``fed-back``. ``groups`` are those that the old text names.
    """

    opened: str
    phase_before: str
    phase_after: str
    days: tuple[DayChange, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScopeDifference:
    """How the whole decision, or one part, differs. A part that is new or gone is compared with the whole's offer."""

    id: str
    title: str
    before: Assessment | None
    after: Assessment | None
    answers: tuple[AnswerChange, ...]
    offer: tuple[OfferChange, ...]
    timing: Timing

    @property
    def status(self) -> str:
        """``added``, ``removed``, ``changed`` or ``same``, by what this scope states itself."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "changed" if self.answers else "same"

    @property
    def direction(self) -> Direction:
        """Whether the offer is wider or narrower than before, by the pieces that this scope states itself."""
        return together([item.direction for item in self.offer if item.own])


@dataclass(frozen=True, slots=True)
class Text:
    """One of the texts or files compared: its name, its title and what reading it had to warn of."""

    file: str
    title: str
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """How two texts of one decision differ. ``after_opening`` are findings: offers narrowed once people took part."""

    old: Text
    new: Text
    today: str
    rule_base: RuleBase
    whole: ScopeDifference
    parts: tuple[ScopeDifference, ...]
    after_opening: tuple[Diagnostic, ...] = ()

    @property
    def scopes(self) -> tuple[ScopeDifference, ...]:
        """The whole, then the parts."""
        return (self.whole, *self.parts)

    @property
    def changed(self) -> bool:
        """Whether any answer or any part differs."""
        return any(scope.status != "same" for scope in self.scopes)

    @property
    def direction(self) -> Direction:
        """Whether the offer, parts included, is wider or narrower than before."""
        return together([scope.direction for scope in self.scopes])


class View(NamedTuple):
    """One answer and the people who give it, by their place. None where they do not say."""

    value: AnswerValue
    people: tuple[int, ...]
    lines: tuple[int, ...]


class Swap(NamedTuple):
    """What one person's advice would be with one answer of others taken over."""

    person: int
    value: AnswerValue
    others: tuple[int, ...]
    type: ParticipationType | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One key that people answer differently, or that only some of them answer.

    ``swaps`` are the single answers that would change somebody's type. ``possible_types`` are those that some
    person's file can still turn into if this one answer is left open.
    """

    key: str
    views: tuple[View, ...]
    swaps: tuple[Swap, ...]
    possible_types: tuple[ParticipationType, ...]

    @property
    def contradicts(self) -> bool:
        """Whether two stated answers differ; otherwise some people only do not say."""
        return sum(view.value is not None for view in self.views) > 1

    @property
    def matters(self) -> bool:
        """Whether this one answer alone would change somebody's type."""
        return bool(self.swaps)


@dataclass(frozen=True, slots=True)
class ScopeComparison:
    """What people say about the whole decision or about one part.

    ``people`` holds the places of those who have this scope, ``assessments`` their advice in the same order.
    ``common`` is the advice on what all of them agree on, with everything else left open. ``worded`` are keys whose
    texts differ in words, which no rule reads.
    """

    id: str
    title: str
    people: tuple[int, ...]
    assessments: tuple[Assessment, ...]
    disagreements: tuple[Disagreement, ...]
    agreed: tuple[tuple[str, AnswerValue], ...]
    worded: tuple[str, ...]
    common: Assessment

    @property
    def types(self) -> tuple[ParticipationType | None, ...]:
        """The different types that people's answers give, in the order of the people."""
        return tuple(dict.fromkeys(found.type for found in self.assessments))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several people's answers to one decision. A part is compared where two or more people have it."""

    people: tuple[Text, ...]
    rule_base: RuleBase
    whole: ScopeComparison
    parts: tuple[ScopeComparison, ...]
    lone_parts: tuple[tuple[str, int], ...]
