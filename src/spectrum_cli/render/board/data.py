"""The rule base and the decision format as plain data, for the page that works without the program.

Whatever the page knows about types, criteria, rules and keys it reads from here; its scripts know no rule by name. The
page is e-mailed, so what can be told from something else is left out, and each source stands here once.
"""

import unicodedata
from typing import Any

from spectrum_cli import __version__
from spectrum_cli.model.decision_format import (
    FIELDS,
    FORMAT_VERSION,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_PARTS,
    SECTIONS,
    SUPPORT_FIELDS,
    TOP_FIELDS,
    Field,
    Kind,
    Section,
)
from spectrum_cli.model.rulebase import Counterpart, Criterion, Origin, ParticipationType, Prerequisite, Rule, RuleBase
from spectrum_cli.model.texts import Texts

DATA_FORMAT = 1
FIXED = FIELDS["openness.fixed"]
# Those that come with copied texts. The many signs of scripts and of music that are as invisible go without a name.
HIDDEN_SIGNS = (0xA0, 0xAD, 0x61C, 0x2028, 0x2029, 0x202F, 0x3000, 0xFEFF)


def board_data(rule_base: RuleBase, texts: Texts) -> dict[str, Any]:
    """Return everything that the board works from: rules, decision format and texts.

    ``source`` of an item is its place in ``sources``, which hold a document, a passage and, where there is one, a
    reference.
    """
    sources = _Sources()
    return {
        "format": DATA_FORMAT,
        "program": __version__,
        "rule_base": rule_base.used._asdict(),
        "acknowledgement": rule_base.acknowledgement,
        "types": [_type(kind) for kind in rule_base.types],
        "crosswalk": _crosswalk(rule_base.types, sources),
        "criteria": [_criterion(item, sources) for item in rule_base.criteria],
        **{f"{kind}s": [_rule(rule, sources) for rule in rule_base.of_kind(kind)] for kind in _RULE_KINDS},
        "support": [_prerequisite(item, sources) for item in rule_base.support],
        "sources": sources.listed,
        "decision": decision_format(_asked(rule_base)),
        "language": texts.language,
        "texts": texts.group("board"),
    }


_RULE_KINDS = ("gate", "floor", "estimate", "note")


def _asked(rule_base: RuleBase) -> frozenset[str]:
    """Return the keys that a criterion or a prerequisite asks for."""
    return frozenset(item.key for item in rule_base.criteria) | {item.key for item in rule_base.support}


def decision_format(asked: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return the decision file as the table that its reader follows, with its limits.

    Keys that a criterion or a prerequisite asks for come without their meaning, which that tells better. ``signs`` are
    the names of signs that the eye does not see, by their code, for the sentences about them.
    """
    return {
        "version": FORMAT_VERSION,
        "limits": {"bytes": MAX_BYTES, "depth": MAX_DEPTH, "parts": MAX_PARTS},
        "top": [_field(item, asked) for item in TOP_FIELDS],
        "sections": [_section(section, asked) for section in SECTIONS],
        "support": [_field(item, asked) for item in SUPPORT_FIELDS],
        "signs": _hidden_signs(),
    }


def _section(section: Section, asked: frozenset[str]) -> dict[str, Any]:
    first = section.fields[0]
    return {
        "name": section.name,
        "fields": [_field(item, asked, with_example=item in (first, FIXED)) for item in section.fields],
    }


def _field(field: Field, asked: frozenset[str], *, with_example: bool = False) -> dict[str, Any]:
    """Return one key of the file.

    Examples stand only where the sentences about faults show them. The states of support stand once, under ``support``.
    """
    found: dict[str, Any] = {"key": field.key, "kind": field.kind.name.lower()}
    if field.key not in asked:
        found["meaning"] = field.meaning
    if with_example:
        found["example"] = field.example
    if field.answers and field.kind is not Kind.SUPPORT:
        found["answers"] = list(field.answers)
    return found


def _hidden_signs() -> dict[str, str]:
    codes = (*HIDDEN_SIGNS, *range(0x2000, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070))
    return {f"{code:04X}": unicodedata.name(chr(code), "").lower() for code in codes if unicodedata.name(chr(code), "")}


def _type(kind: ParticipationType) -> dict[str, Any]:
    return {
        "id": kind.id,
        "name": kind.name,
        "order": kind.order,
        "side": kind.side,
        "key_question": kind.key_question,
        "promise": kind.promise,
        "not_promised": kind.not_promised,
        "who": kind.who,
        "input": {"system": kind.input_system, "people": kind.input_people},
        "sizes": {"system": kind.system_size, "people": kind.people_size},
        "relationship": kind.relationship,
        "band": {"from": kind.band_from, "to": kind.band_to},
    }


class _Sources:
    """Sources in the order in which they are first named, each once."""

    def __init__(self) -> None:
        self.listed: list[list[str]] = []
        self._places: dict[Origin, int] = {}

    def place(self, origin: Origin) -> int:
        """Return where a source stands in the list; add it if it is new."""
        if origin not in self._places:
            self._places[origin] = len(self.listed)
            self.listed.append([origin.document, origin.passage, *([origin.reference] if origin.reference else [])])
        return self._places[origin]


def _crosswalk(types: tuple[ParticipationType, ...], sources: _Sources) -> list[dict[str, Any]]:
    """Return the other frameworks once each, with the places of the types in them."""
    frameworks: dict[tuple[object, ...], dict[str, Any]] = {}
    for kind in types:
        for item in kind.crosswalk:
            shared = (item.framework, item.title, item.mark, item.all_levels, item.differs, item.source)
            found = frameworks.setdefault(shared, _framework(item, sources))
            found["places"][kind.id] = {"levels": list(item.levels), **({"note": item.note} if item.note else {})}
    return list(frameworks.values())


def _framework(item: Counterpart, sources: _Sources) -> dict[str, Any]:
    return {
        "framework": item.framework,
        "title": item.title,
        "mark": item.mark,
        "all_levels": list(item.all_levels),
        "differs": list(item.differs),
        "source": sources.place(item.source),
        "places": {},
    }


def _criterion(item: Criterion, sources: _Sources) -> dict[str, Any]:
    return {
        "id": item.id,
        "key": item.key,
        "title": item.title,
        "question": item.question,
        "weight": item.weight,
        "why": item.because,
        "source": sources.place(item.source),
        "answers": [
            {"value": answer.value, "meaning": answer.text, "points": answer.points} for answer in item.answers
        ],
    }


def _rule(rule: Rule, sources: _Sources) -> dict[str, Any]:
    return {
        "id": rule.id,
        "title": rule.title,
        "when": dict(rule.when),
        **rule.effect,
        "because": rule.because,
        "source": sources.place(rule.source),
    }


def _prerequisite(item: Prerequisite, sources: _Sources) -> dict[str, Any]:
    return {
        "key": item.key,
        "title": item.title,
        "needed_from": item.needed_from,
        "because": item.because,
        "source": sources.place(item.source),
    }
