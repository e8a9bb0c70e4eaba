"""One thing explained, as text or JSON."""

import json
from dataclasses import asdict
from typing import Any

from spectrum_cli.model.explanation import Explanation
from spectrum_cli.model.rulebase import Condition, Counterpart, Criterion, ParticipationType, Rule, RuleBase
from spectrum_cli.render import words
from spectrum_cli.render.json_format import crosswalk_data
from spectrum_cli.render.page import Page, Piece

_KINDS = {
    "gate": "a gate: it holds the openness down",
    "floor": "a floor: what the need asks for at least",
    "estimate": "an estimate: how an unanswered question counts until it is answered",
    "note": "a note: something to say, without an effect on the type",
}
_OPERATORS = {"is": "is", "at_least": "is at least", "at_most": "is at most", "includes": "includes"}

NO_SUCH_PLACE = "no such place"


def explanation_json(subject: Explanation) -> str:
    """Return the explained thing as one line of JSON."""
    names = ("type", "criterion", "rule", "prerequisite", "passage", "field", "section", "code")
    name = next(item for item in names if getattr(subject, item) is not None)
    told = asdict(getattr(subject, name))
    if subject.type is not None:
        told["crosswalk"] = crosswalk_data(subject.type)
    if subject.field is not None:
        told["kind"] = subject.field.kind.name.lower()
    for part, field in zip(told.get("fields", ()), subject.section.fields if subject.section else (), strict=True):
        part["kind"] = field.kind.name.lower()
    used = subject.rule_base.used._asdict()
    return json.dumps({"format": 1, "kind": name, name: told, "rule_base": used}, ensure_ascii=False)


def render_explanation(subject: Explanation, page: Page) -> None:
    """Write what is known about a thing, its reason and its source."""
    base = subject.rule_base
    if subject.type is not None:
        _type(subject.type, base, page)
    elif subject.criterion is not None:
        _criterion(subject.criterion, base, page)
    elif subject.rule is not None:
        _rule(subject.rule, page)
    elif subject.prerequisite is not None:
        item = subject.prerequisite
        _title(page, item.title, f"{item.key}, a prerequisite from {item.needed_from.upper()} on")
        page.prose(item.because)
        page.prose(Piece(f"{item.layer}; {words.origin(item.source)}", "muted"))
        page.heading("In a decision file")
        page.prose(f"{item.key} is met, planned, missing or unknown, or says more:", indent=2)
        page.raw(
            Piece(f"    {words.short_key(item.key)}: {{state: planned, owner: Who, by: 2027-04-30, evidence: What}}")
        )
    elif subject.passage is not None:
        _title(page, subject.passage.heading, f"{subject.passage.id}, a passage of the source document")
        page.prose(subject.passage.gist)
        citing = [rule.id for rule in base.rules if rule.source.passage == subject.passage.id]
        if citing:
            page.heading("Rules that rest on it")
            page.prose(", ".join(citing), indent=2)
    elif subject.field is not None:
        _title(page, subject.field.meaning, f"{subject.field.key}, in the decision file")
        page.raw(Piece(f"  {subject.field.name}: {subject.field.example}"))
        if subject.field.answers:
            page.prose(f"Answers: {', '.join(subject.field.answers)}, unknown.")
    elif subject.section is not None:
        _title(page, subject.section.meaning, f"{subject.section.name}, a group of keys in the decision file")
        page.table([(field.name, field.meaning) for field in subject.section.fields])
    elif subject.code is not None:
        _title(page, subject.code.title, subject.code.code)
        page.prose(subject.code.meaning)
        page.heading("What to do")
        page.prose(subject.code.mend, indent=2)
    if subject.criterion or subject.rule or subject.prerequisite or subject.passage:
        page.blank()
        page.prose(Piece(f"{words.rules_line(base.used)}.", "muted"))


def _title(page: Page, title: str, what: str) -> None:
    page.prose(Piece(title, "title"))
    page.prose(Piece(what, "muted"))
    page.blank()


def _type(kind: ParticipationType, base: RuleBase, page: Page) -> None:
    side = "doing TO" if kind.side == "to" else "doing WITH"
    _title(page, kind.name, f"type {kind.order + 1} of 6, on the side of {side} people")
    page.prose(Piece(f"“{kind.key_question}”", "bold"))
    page.blank()
    page.table(
        [
            ("The decision", kind.decision),
            ("Influence", kind.influence),
            *words.input_rows(kind),
            ("Openness", f"{kind.band_from} to {words.number(kind.band_to)} of 100 (our scale)"),
        ]
    )
    needs = [item for item in base.support if base.type(item.needed_from).order <= kind.order]
    page.heading("What must be in place")
    if needs:
        page.table([(words.short_key(item.key), item.title) for item in needs])
    else:
        page.prose("Nothing beyond clear information.", indent=2)
    gates = [rule for rule in base.of_kind("gate") if rule.effect["holds_to"] == kind.id]
    if gates:
        page.heading(f"What holds a decision to {kind.name}")
        page.table([(rule.id, rule.title) for rule in gates])
    _crosswalk(kind, page)
    page.blank()
    page.prose(Piece(f"{words.origin(kind.source)}. {words.NO_TYPE_IS_BETTER}", "muted"))
    page.prose(Piece(f"{words.rules_line(base.used)}. {base.acknowledgement}", "muted"))


def _crosswalk(kind: ParticipationType, page: Page) -> None:
    if not kind.crosswalk:
        return
    page.heading(f"{kind.name} in other frameworks, approximately")
    for item in kind.crosswalk:
        page.prose(Piece(f"{item.title}: ", "bold"), _place(item), indent=2, hang=2)
    page.heading("What to mind when you compare")
    for item in kind.crosswalk:
        placed = "placed by our own reading" if item.mark == "our reading" else "placed as published"
        page.prose(
            f"- {item.title}: {' '.join(item.differs)} ",
            Piece(f"[{placed}; {words.origin(item.source)}]", "muted"),
            indent=2,
            hang=2,
        )
    page.prose(words.CROSSWALK_IS_APPROXIMATE, indent=2)


def _place(item: Counterpart) -> str:
    text = f"nearest to {level_words(item)}" if item.levels else NO_SUCH_PLACE
    return f"{text}. {item.note}" if item.note else f"{text}."


def level_words(item: Counterpart) -> str:
    """Name the levels that come nearest, numbered in the order of their own framework."""
    total = len(item.all_levels)
    return words.joined([f"{level} ({item.all_levels.index(level) + 1} of {total})" for level in item.levels], "or")


def _criterion(item: Criterion, base: RuleBase, page: Page) -> None:
    weight = f", weight {item.weight} of 100 (ours)" if item.weight else ", a need: it never changes the type"
    _title(page, item.question, f"{item.key}{weight}")
    rows = []
    for answer in item.answers:
        points = f"{answer.points} points" if answer.points is not None else ""
        rows.append((answer.value, points, answer.text) if item.weight else (answer.value, answer.text))
    page.table(rows)
    page.heading("Why it is asked")
    page.prose(item.because, indent=2)
    page.prose(Piece(f"{item.layer} ({item.mark}); {words.origin(item.source)}", "muted"), indent=2)
    readers = [rule for rule in base.rules if _mentions(rule.when, item.key)]
    if readers:
        page.heading("Rules that read it")
        page.table([(rule.id, rule.kind, rule.title) for rule in readers])


def _mentions(condition: Condition, key: str) -> bool:
    if condition.get("answer") == key:
        return True
    inner = [*condition.get("all", ()), *condition.get("any", ())]
    if "not" in condition:
        inner.append(condition["not"])
    return any(_mentions(part, key) for part in inner)


def _rule(rule: Rule, page: Page) -> None:
    _title(page, rule.title, f"{rule.id}, {_KINDS[rule.kind]}")
    page.prose(Piece("When ", "bold"), condition_words(rule.when), hang=2)
    page.prose(Piece("Then ", "bold"), effect_words(rule), hang=2)
    page.prose(Piece("Because ", "bold"), rule.because, hang=2)
    page.blank()
    page.prose(Piece(f"{rule.file}, since {rule.since}; {words.origin(rule.source)}", "muted"))
    page.heading("Its own cases")
    page.table(
        [
            (case.outcome, case.name, ", ".join(f"{key}: {words.said(value)}" for key, value in case.answers.items()))
            for case in rule.cases
        ]
    )


def condition_words(condition: Condition) -> str:
    """Return a condition as words."""
    if "answer" in condition:
        key = condition["answer"]
        if "stated" in condition:
            return f"{key} is {'' if condition['stated'] else 'not '}stated"
        if "in" in condition:
            return f"{key} is {words.joined([words.said(value) for value in condition['in']], 'or')}"
        parts = [f"{_OPERATORS[name]} {words.said(value)}" for name, value in condition.items() if name != "answer"]
        return f"{key} {' and '.join(parts)}"
    if "not" in condition:
        return f"not ({condition_words(condition['not'])})"
    name = "all" if "all" in condition else "any"
    parts = [condition_words(part) for part in condition[name]]
    return (" and " if name == "all" else " or ").join(f"({part})" if " or " in part else part for part in parts)


def effect_words(rule: Rule) -> str:
    """Return what a rule does as words."""
    effect: dict[str, Any] = dict(rule.effect)
    if rule.kind == "gate":
        return f"the openness is held to the top of {effect['holds_to'].upper()}"
    if rule.kind == "floor":
        return f"the decision asks for {effect['asks_for'].upper()} at least"
    if rule.kind == "estimate":
        return f"{effect['counts']} counts as {effect['as']} in the best estimate, until it is answered"
    return str(effect["says"])
