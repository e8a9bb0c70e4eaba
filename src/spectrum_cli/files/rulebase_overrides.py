"""What a higher layer may change of a lower one, and the proof that it makes nothing more open.

A layer may state the texts of a type anew and replace a gate by a stricter one of the same id. Weights, bands, key
questions and looser gates make another framework; a layer that wants one declares ``framework: own``, and may then
replace any file by one of the same id.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from spectrum_cli.model.decision_format import TYPE_IDS

if TYPE_CHECKING:
    from spectrum_cli.files.rulebase_reader import _Faults, _File

Record = tuple["_File", dict[str, Any]]
Box = Mapping[str, frozenset[str]]
"""Allowed answers for some questions; any answer for the others."""

TEXTS = "texts"
OWN_HINT = "A rule base that needs this is another framework: say so with 'framework: own' in its rulebase.yaml."


@dataclass(frozen=True, slots=True)
class Replaced:
    """A file that stands in for one of the same id in a lower layer."""

    file: "_File"
    record: dict[str, Any]
    below: "_File"
    replaced: dict[str, Any]


def resolve(records: Iterable[Record], owners: frozenset[str]) -> tuple[list[Record], list[Replaced]]:
    """Return the records that count, the lowest layer's first, and what each replacement stands in for.

    ``owners`` are the layers that declare a framework of their own. Records that may not be replaced at all stay
    beside each other, so that their equal ids are found.
    """
    kept: list[Record] = []
    seen: dict[tuple[str, str], int] = {}
    replaced: list[Replaced] = []
    for file, record in records:
        folder = file.path.rpartition("/")[0]
        earlier = seen.get((folder, record["id"])) if folder else None
        if earlier is not None and kept[earlier][0].layer != file.layer:
            below, old = kept[earlier]
            if folder == TEXTS:
                kept[earlier] = (file, {**old, **{name: value for name, value in record.items() if value is not None}})
                continue
            if folder in ("gates", "types", "criteria") or file.layer in owners:
                replaced.append(Replaced(file, record, below, old))
                if folder == "gates" or file.layer in owners:
                    kept[earlier] = (file, record)
                continue
        seen[folder, record["id"]] = len(kept)
        kept.append((file, record))
    return kept, replaced


def check_replacements(
    replaced: Iterable[Replaced], owners: frozenset[str], orders: Mapping[str, Mapping[str, int]], faults: "_Faults"
) -> None:
    """Report each replacement that a layer without a framework of its own may not make.

    ``orders`` gives the place of each answer of the questions about openness, equal for answers with equal points.
    """
    for item in replaced:
        if item.file.layer in owners:
            continue
        folder = item.file.path.rpartition("/")[0]
        name, below = item.record["id"], item.below.layer
        if folder == "types":
            message = f"the type {name} is {below}'s: its key question, side and order stay as they are"
            hint = f"Other texts can be changed in texts/{name}.yaml. {OWN_HINT}"
            faults.add("SP905", item.file, ("id",), message, hint, (item.below, ("id",)))
        elif folder == "criteria":
            message = f"the question {name} is {below}'s: its weight and points stay as they are"
            faults.add("SP905", item.file, ("id",), message, OWN_HINT, (item.below, ("id",)))
        elif folder == "gates":
            _check_gate(item, orders, faults)


def _check_gate(item: Replaced, orders: Mapping[str, Mapping[str, int]], faults: "_Faults") -> None:
    """A gate may hold lower and in more cases than the one it replaces, never higher or in fewer."""
    name, below = item.record["id"], item.below.layer
    hint = f"A layer can only make a gate stricter. {OWN_HINT}"
    now, before = item.record["effect"]["holds_to"], item.replaced["effect"]["holds_to"]
    if TYPE_IDS.index(now) > TYPE_IDS.index(before):
        where = ("effect", "holds_to")
        message = f"the gate {name} is looser than {below}'s: it holds to {now}, and {below}'s to {before}"
        faults.add("SP905", item.file, where, message, hint, (item.below, where))
    escaped = loosened(item.replaced["when"], item.record["when"], orders)
    if escaped is not None:
        told = ", ".join(f"{key}: {min(words, key=orders[key].__getitem__)}" for key, words in sorted(escaped.items()))
        message = f"the gate {name} is looser than {below}'s, which holds with {told} where this one does not"
        faults.add("SP905", item.file, ("when",), message, hint, (item.below, ("when",)))


def loosened(
    before: Mapping[str, Any], after: Mapping[str, Any], orders: Mapping[str, Mapping[str, int]]
) -> Box | None:
    """Return answers for which a gate's condition held before and does not any more; None if there are none.

    Exact over all answers: conditions of gates have neither 'not' nor 'includes' nor 'stated', so each is a number
    of boxes, and a box that is not covered by the others is found by cutting the others out of it.
    """
    others = list(_boxes(after, orders))
    return next((rest for box in _boxes(before, orders) if (rest := _outside(box, others, orders)) is not None), None)


def _outside(box: Box, others: list[Box], orders: Mapping[str, Mapping[str, int]]) -> Box | None:
    if not all(box.values()):
        return None
    if not others:
        return box
    first, *rest = others
    inside = dict(box)
    for key, allowed in first.items():
        here = inside.get(key, frozenset(orders[key]))
        found = _outside({**inside, key: here - allowed}, rest, orders)
        if found is not None:
            return found
        inside[key] = here & allowed
    return None


def _boxes(condition: Mapping[str, Any], orders: Mapping[str, Mapping[str, int]]) -> Iterator[Box]:
    if "answer" in condition:
        key = condition["answer"]
        yield {key: frozenset(word for word in orders[key] if _test(condition, orders[key])(word))}
    elif "any" in condition:
        for part in condition["any"]:
            yield from _boxes(part, orders)
    else:
        joined: list[Box] = [{}]
        for part in condition["all"]:
            joined = [_both(one, other) for one in joined for other in _boxes(part, orders)]
        yield from joined


def _both(one: Box, other: Box) -> Box:
    return {**one, **{key: one.get(key, words) & words for key, words in other.items()}}


def _test(condition: Mapping[str, Any], order: Mapping[str, int]) -> Callable[[str], bool]:
    """Return a single comparison as a test of the answer that counts."""
    if "is" in condition:
        return lambda word: word == condition["is"]
    if "in" in condition:
        return lambda word: word in condition["in"]
    low, high = condition.get("at_least"), condition.get("at_most")
    return lambda word: (low is None or order[word] >= order[low]) and (high is None or order[word] <= order[high])
