"""All decision files that a rule base can tell apart, as a finite space.

Under each key the possible answers fall into classes: two answers are in one class if no comparison in any rule tells
them apart, and, for a question of openness, if they have the same level. Numbers fall into the stretches between the
values that rules compare them with; a list falls into classes by its most open item and the items that rules look for.
One class more, the last, stands for "unknown". So a condition is a function over a few classes, and a decision
diagram holds it exactly.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from spectrum_cli.engine.conditions import compile_condition, keys_read
from spectrum_cli.engine.openness import Grid, answer_ranks
from spectrum_cli.engine.verify_diagram import Diagrams, Node, Path
from spectrum_cli.model.decision import Answer, Answers, AnswerValue, Fixed
from spectrum_cli.model.decision_format import FIELDS, TYPE_IDS, Kind
from spectrum_cli.model.rulebase import ADVISED_TYPE, NEED_GAP, Condition, RuleBase
from spectrum_cli.model.verification import Values

LARGEST = 10**15 - 1
"""The largest number that a decision file can hold."""

Ranks = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class AnswerClass:
    """Answers that no rule tells apart. ``value`` is one of them, None where the class is "unknown"."""

    value: AnswerValue
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """A key and the classes of its answers, "unknown" last unless the format asks for an answer.

    ``reordered`` pairs classes that the same list falls into, depending on the order in which it is written.
    """

    key: str
    classes: tuple[AnswerClass, ...]
    reordered: tuple[tuple[int, int], ...] = ()

    @property
    def unknown(self) -> int | None:
        """The number of the class for "unknown"."""
        return len(self.classes) - 1 if self.classes[-1].value is None else None


class Space:
    """The variables of a rule base and its diagrams. Questions of openness come first, in the order of the grid."""

    def __init__(self, rule_base: RuleBase, grid: Grid) -> None:
        self.rule_base = rule_base
        self.grid = grid
        self.ranks = _ranks(rule_base)
        read = {key for rule in rule_base.rules for key in keys_read(rule.when)}
        questions = [criterion.key for criterion in grid.criteria]
        counted = {rule.effect["counts"] for rule in rule_base.of_kind("estimate")}
        others = [key for key in FIELDS if key in read | counted and key not in questions]
        keys = [*questions, *others, ADVISED_TYPE, NEED_GAP]
        atoms: dict[str, list[Condition]] = {key: [] for key in keys}
        for rule in rule_base.rules:
            for atom in comparisons(rule.when):
                atoms[atom["answer"]].append(atom)
        self.variables = tuple(self._variable(key, atoms[key], number) for number, key in enumerate(keys))
        self.numbers = {variable.key: number for number, variable in enumerate(self.variables)}
        self.questions = range(len(questions))
        self.diagrams = Diagrams([len(variable.classes) for variable in self.variables])

    # Classes

    def _variable(self, key: str, atoms: Sequence[Condition], number: int) -> Variable:
        is_question = number < len(self.grid.criteria)
        checks = [compile_condition(atom, self.ranks) for atom in atoms]
        found: dict[tuple[object, ...], AnswerClass] = {}
        orders: dict[frozenset[object], set[int]] = {}
        for value in self._values(key, atoms):
            level = self.grid.level(key, value) if is_question and value is not None else None
            answers = {key: _answer(value)}
            outcomes = [check(answers) for check in checks]
            signature = (value if key in (ADVISED_TYPE, NEED_GAP) else value is None, level, *outcomes)
            found.setdefault(signature, AnswerClass(value, level))
            if isinstance(value, tuple):
                orders.setdefault(frozenset(value), set()).add(list(found).index(signature))
        pairs = {pair for places in orders.values() for pair in combinations(sorted(places), 2)}
        return Variable(key, tuple(found.values()), tuple(sorted(pairs)))

    def _values(self, key: str, atoms: Sequence[Condition]) -> Iterator[AnswerValue]:
        """Yield at least one answer of every class, "unknown" last."""
        if key == ADVISED_TYPE:
            yield from TYPE_IDS
        elif key == NEED_GAP:
            yield from range(len(TYPE_IDS))
        else:
            field = FIELDS[key]
            if field.kind is Kind.CHOICES:
                yield from self._lists(key, field.answers)
            elif field.kind is Kind.COUNT:
                yield from _numbers(atoms)
            elif field.kind is Kind.FLAG:
                yield from (True, False)
            elif field.answers:
                yield from field.answers
            else:
                yield _EXAMPLES[field.kind]
        if key != "title":
            yield None

    def _lists(self, key: str, words: Sequence[str]) -> Iterator[AnswerValue]:
        """Yield every list that a file can hold, once for each of its most open items in front.

        An item is written first because, of several with equal points, a comparison takes the first.
        """
        ranks = self.ranks[key]
        alone = [word for word in words if word == "nothing"]
        together = [word for word in words if word not in alone]
        yield from ((word,) for word in alone)
        for size in range(1, len(together) + 1):
            for chosen in combinations(together, size):
                most = max(ranks[word] for word in chosen)
                for first in chosen:
                    if ranks[first] == most:
                        yield (first, *(word for word in chosen if word != first))

    # Diagrams

    def condition(self, condition: Condition) -> Node:
        """Return a condition as a function to True, False and None (unknown)."""
        diagrams = self.diagrams
        if "answer" in condition:
            number = self.numbers[condition["answer"]]
            check = compile_condition(condition, self.ranks)
            key = self.variables[number].key
            outcomes = [check({key: _answer(item.value)}) for item in self.variables[number].classes]
            return diagrams.node(number, [diagrams.leaf(outcome) for outcome in outcomes])
        if "not" in condition:
            return diagrams.combine(_opposite, self.condition(condition["not"]))
        decided_by = "any" in condition
        parts = [self.condition(part) for part in condition["any" if decided_by else "all"]]
        joined = parts[0]
        for part in parts[1:]:
            joined = diagrams.combine(_either if decided_by else _both, joined, part)
        return joined

    def complete(self) -> Node:
        """Return the function that is True where every question of openness has an answer."""
        diagrams = self.diagrams
        node = diagrams.leaf(True)
        for number in reversed(self.questions):
            outcomes = [node if item.value is not None else diagrams.leaf(False) for item in self.classes(number)]
            node = diagrams.node(number, outcomes)
        return node

    def without_advice(self, node: Node) -> Node:
        """Return what is left of a function before there is any advice: its type and gap are unknown."""
        for key in (ADVISED_TYPE, NEED_GAP):
            number = self.numbers[key]
            node = self.diagrams.fix(node, number, len(self.classes(number)) - 1)
        return node

    def classes(self, number: int) -> tuple[AnswerClass, ...]:
        """Return the classes of a variable."""
        return self.variables[number].classes

    def size(self, keys: Sequence[str]) -> int:
        """Return how many kinds of file there are as far as some keys go."""
        result = 1
        for key in keys:
            result *= len(self.classes(self.numbers[key]))
        return result

    def values(self, path: Path, *, complete: bool = False) -> Values:
        """Return answers for a place in the space; what it does not name is left out, or most open if ``complete``."""
        found: dict[str, AnswerValue] = {}
        for number, variable in enumerate(self.variables):
            if variable.key in (ADVISED_TYPE, NEED_GAP):
                continue
            if number in path:
                value = variable.classes[path[number]].value
            elif complete and number in self.questions:
                value = max(variable.classes, key=lambda item: -1 if item.level is None else item.level).value
            else:
                continue
            found[variable.key] = value
        return found

    def levels(self, path: Path) -> tuple[int | None, ...]:
        """Return the levels of openness at a place; None where the answer is unknown or not named."""
        return tuple(self.classes(number)[path[number]].level if number in path else None for number in self.questions)

    def by_level(self, number: int) -> list[list[int]]:
        """Return the classes of a question of openness, grouped by level, the least open first."""
        groups: dict[int, list[int]] = {}
        for place, item in enumerate(self.classes(number)):
            if item.level is not None:
                groups.setdefault(item.level, []).append(place)
        return [groups[level] for level in sorted(groups)]


def comparisons(condition: Condition) -> Iterator[Condition]:
    """Yield the single comparisons of a condition."""
    if "answer" in condition:
        yield condition
    for part in (*condition.get("all", ()), *condition.get("any", ())):
        yield from comparisons(part)
    if "not" in condition:
        yield from comparisons(condition["not"])


def answers_of(values: Values) -> Answers:
    """Return values as the answers of a file without lines."""
    return {key: _answer(value) for key, value in values.items()}


def _answer(value: AnswerValue) -> Answer:
    return Answer(value, 0, 0, 0, 0)


_EXAMPLES: Mapping[Kind, AnswerValue] = {
    Kind.TEXT: "Something is said here.",
    Kind.TEXTS: ("something",),
    Kind.DATE: "2027-01-05",
    Kind.FIXED: (Fixed("Something is fixed.", ""),),
}


def _numbers(atoms: Sequence[Condition]) -> Iterator[int]:
    """Yield both sides of every value that a comparison names, those at the cut first."""
    cuts = sorted({value for atom in atoms for name, value in atom.items() if name not in ("answer", "stated", "in")})
    cuts += [value for atom in atoms for value in atom.get("in", ())]
    near = [cut + step for cut in cuts for step in (0, -1, 1)]
    yield from dict.fromkeys(number for number in [*near, 0, LARGEST] if 0 <= number <= LARGEST)


def _ranks(rule_base: RuleBase) -> Ranks:
    """Return the order of the answers of each key, as the assessment uses it."""
    ranks = {key: {word: place for place, word in enumerate(field.answers)} for key, field in FIELDS.items()}
    ranks = {key: rank for key, rank in ranks.items() if rank}
    ranks |= {criterion.key: answer_ranks(criterion) for criterion in rule_base.criteria if criterion.key in ranks}
    ranks[ADVISED_TYPE] = {word: place for place, word in enumerate(TYPE_IDS)}
    return ranks


def _opposite(value: bool | None) -> bool | None:
    return None if value is None else not value


def _both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _either(one: bool | None, other: bool | None) -> bool | None:
    if one is True or other is True:
        return True
    return None if one is None or other is None else False
