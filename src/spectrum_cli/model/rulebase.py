"""The rule base as the engine sees it: validated, merged over its layers, free of YAML."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from spectrum_cli.model.decision import AnswerValue

Condition = Mapping[str, Any]
"""A condition as data. Its operators are a closed list; see :mod:`spectrum_cli.engine.conditions`."""

OPENNESS = "openness"
ADVISED_TYPE = "advice.type"
NEED_GAP = "advice.gap"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a rule comes from: a passage of the source document, the field's practice, or a law."""

    document: str
    passage: str
    reference: str = ""

    def __str__(self) -> str:
        return f"{self.document}, {self.passage}"


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Where one type stands in another framework, approximately.

    ``levels`` are those of ``all_levels``, in that framework's own order, that come nearest; none where it has no such
    place. ``mark`` says who placed it: ``our reading`` or ``published``. ``differs`` is what to mind in comparing.
    """

    framework: str
    title: str
    layer: str
    levels: tuple[str, ...]
    all_levels: tuple[str, ...]
    note: str
    mark: str
    differs: tuple[str, ...]
    source: Origin
    since: str


@dataclass(frozen=True, slots=True)
class ParticipationType:
    """One of the six types. The sizes of the inputs are relative, ours, and only for drawing."""

    id: str
    name: str
    order: int
    side: str
    key_question: str
    promise: str
    not_promised: str
    decision: str
    influence: str
    who: str
    input_system: str
    input_people: str
    system_size: float
    people_size: float
    relationship: str
    band_from: int
    band_to: float
    source: Origin
    since: str
    crosswalk: tuple[Counterpart, ...] = ()


@dataclass(frozen=True, slots=True)
class CriterionAnswer:
    """One anchored answer. ``points`` run from 0, the least open, to 100; None where the criterion has no weight."""

    value: str
    text: str
    points: int | None


@dataclass(frozen=True, slots=True)
class Criterion:
    """A question with anchored answers. Only the criteria of openness have a weight (of 100 in all)."""

    id: str
    key: str
    layer: str
    title: str
    question: str
    weight: int
    answers: tuple[CriterionAnswer, ...]
    because: str
    source: Origin
    since: str
    mark: str


@dataclass(frozen=True, slots=True)
class Case:
    """A rule's own test: some answers, and whether its condition then holds, fails or is unknown."""

    name: str
    answers: Mapping[str, AnswerValue]
    outcome: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A gate, floor, estimate or note: a condition, an effect and the reason for it.

    ``effect`` holds one of: ``holds_to`` (gate), ``asks_for`` (floor), ``counts`` and ``as`` (estimate),
    ``says`` and ``about`` (note).
    """

    id: str
    kind: str
    layer: str
    file: str
    title: str
    when: Condition
    effect: Mapping[str, str]
    because: str
    source: Origin
    since: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """Something that must be in place for people, from one type on."""

    id: str
    key: str
    layer: str
    title: str
    needed_from: str
    because: str
    source: Origin
    since: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of the source document that rules may cite, and what it says in our words."""

    id: str
    heading: str
    gist: str


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of a rule base, lowest first."""

    id: str
    version: str
    title: str
    note: str


class RulesUsed(NamedTuple):
    """Which rules an output rests on, so that it can be repeated.

    ``hash`` is ``sha256:`` and 64 hexadecimal digits; ``framework`` is ``peoplehub`` or ``own``.
    """

    id: str
    version: str
    hash: str
    framework: str

    @property
    def short_hash(self) -> str:
        """The first 12 digits of the hash, for people."""
        return self.hash.partition(":")[2][:12]


@dataclass(frozen=True, slots=True)
class RuleBase:
    """Everything the advice rests on. ``hash`` is that of the files of all layers.

    ``framework`` is ``peoplehub``, or ``own`` where weights, bands or gates are not peoplehub's as shipped.
    """

    id: str
    version: str
    title: str
    hash: str
    framework: str
    layers: tuple[Layer, ...]
    acknowledgement: str
    types: tuple[ParticipationType, ...]
    criteria: tuple[Criterion, ...]
    rules: tuple[Rule, ...]
    support: tuple[Prerequisite, ...]
    passages: tuple[Passage, ...]

    @property
    def used(self) -> RulesUsed:
        """How an output names these rules."""
        return RulesUsed(self.id, self.version, self.hash, self.framework)

    def type(self, type_id: str) -> ParticipationType:
        """Return a type by its id."""
        return next(item for item in self.types if item.id == type_id)

    def of_kind(self, kind: str) -> tuple[Rule, ...]:
        """Return the rules of one kind, in the order of the layers and of their ids."""
        return tuple(rule for rule in self.rules if rule.kind == kind)

    def criterion(self, key: str) -> Criterion | None:
        """Return the criterion that asks for a key, if there is one."""
        return next((item for item in self.criteria if item.key == key), None)


def rule_base_from_data(data: Mapping[str, Any]) -> RuleBase:
    """Build a rule base from the plain data that validation leaves, or that was kept from an earlier run."""

    def origin(item: Mapping[str, Any]) -> Origin:
        return Origin(**item["source"])

    def rest(item: Mapping[str, Any], *but: str) -> dict[str, Any]:
        return {key: value for key, value in item.items() if key not in but}

    def counterpart(item: Mapping[str, Any]) -> Counterpart:
        return Counterpart(
            **rest(item, "source", "levels", "all_levels", "differs"),
            levels=tuple(item["levels"]),
            all_levels=tuple(item["all_levels"]),
            differs=tuple(item["differs"]),
            source=origin(item),
        )

    def value(answer: Any) -> AnswerValue:
        return tuple(answer) if isinstance(answer, list) else answer

    return RuleBase(
        id=data["id"],
        version=data["version"],
        title=data["title"],
        hash=data["hash"],
        framework=data["framework"],
        layers=tuple(Layer(**item) for item in data["layers"]),
        acknowledgement=data["acknowledgement"],
        types=tuple(
            ParticipationType(
                **rest(item, "source", "crosswalk"),
                source=origin(item),
                crosswalk=tuple(counterpart(entry) for entry in item.get("crosswalk", ())),
            )
            for item in data["types"]
        ),
        criteria=tuple(
            Criterion(
                **rest(item, "source", "answers"),
                answers=tuple(CriterionAnswer(**answer) for answer in item["answers"]),
                source=origin(item),
            )
            for item in data["criteria"]
        ),
        rules=tuple(
            Rule(
                **rest(item, "source", "cases"),
                cases=tuple(
                    Case(case["name"], {key: value(answer) for key, answer in case["answers"].items()}, case["outcome"])
                    for case in item["cases"]
                ),
                source=origin(item),
            )
            for item in data["rules"]
        ),
        support=tuple(Prerequisite(**rest(item, "source"), source=origin(item)) for item in data["support"]),
        passages=tuple(Passage(**item) for item in data["passages"]),
    )
