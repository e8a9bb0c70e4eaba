"""Where several people's answers to one decision differ, and whether it matters, as text, Markdown or JSON."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from spectrum_cli.model.assessment import Assessment
from spectrum_cli.model.comparison import Comparison, Disagreement, ScopeComparison, Swap, Text, View
from spectrum_cli.model.rulebase import ParticipationType
from spectrum_cli.render import words
from spectrum_cli.render.json_format import diagnostic_data, plain
from spectrum_cli.render.outline import Quoted, Section, Words, shortened, write_markdown, write_page
from spectrum_cli.render.page import Page
from spectrum_cli.render.whatif import advice_line

COMPARISON_FORMAT = 1


def render_comparison(found: Comparison, page: Page) -> None:
    """Write the comparison to a page."""
    write_page((Quoted(found.people[0].title),), _sections(found), _foot(found), page)


def comparison_markdown(found: Comparison) -> str:
    """Return the comparison as Markdown."""
    return write_markdown((Quoted(found.people[0].title),), _sections(found), _foot(found))


def _foot(found: Comparison) -> tuple[str, ...]:
    base = found.rule_base
    rules = f"{words.rules_line(base.used)}. {words.NUMBERS_ARE_OURS} {words.NO_TYPE_IS_BETTER}"
    return rules, base.acknowledgement


def _sections(found: Comparison) -> Iterable[Section]:
    top = Section()
    top.say(f"{len(found.people)} people's answers to one decision, each in a file of their own.", style="muted")
    titles = {person.title for person in found.people}
    if len(titles) > 1:
        top.say("The files have different titles. Make sure that they are about the same decision.", style="warn")
    yield top
    yield from _scope(found, found.whole)
    for part in found.parts:
        intro = Section(("Part ", Quoted(part.id), ": ", Quoted(part.title)))
        if len(part.people) < len(found.people):
            intro.say("Only these have this part: ", *_people(found, part.people), ".")
        yield intro
        yield from _scope(found, part)
    if found.lone_parts:
        alone = Section(("Parts that only one person has",))
        for ident, place in found.lone_parts:
            alone.item(Quoted(ident), ": ", *_people(found, (place,)))
        yield alone


def _scope(found: Comparison, scope: ScopeComparison) -> Iterable[Section]:
    verdict = Section()
    verdict.say(*_verdict(scope), style="bold" if len(scope.types) == 1 else "warn")
    yield verdict
    yield Section(
        ("The advice that each gives",),
        head=("Whose", "Advice"),
        rows=[
            (_people(found, (place,)), (_advice(one),))
            for place, one in zip(scope.people, scope.assessments, strict=True)
        ],
    )
    differing = [item for item in scope.disagreements if item.contradicts]
    if differing:
        yield _disagreements(("Where they disagree",), found, differing)
    unsaid = [item for item in scope.disagreements if not item.contradicts]
    if unsaid:
        yield _disagreements(("What only some of them say",), found, unsaid)
    if scope.disagreements:
        yield _left_open(scope)
    if scope.agreed:
        yield Section(
            ("What all agree on",),
            head=("Key", "Answer"),
            rows=[((key,), (Quoted(words.said(value)),)) for key, value in scope.agreed],
        )
    if scope.worded:
        other = Section(("What they put in other words",))
        other.say(f"{', '.join(scope.worded)}. Only people can compare these.")
        yield other


def _verdict(scope: ScopeComparison) -> Words:
    names = [kind.name if kind else "no type yet" for kind in scope.types]
    if len(names) == 1:
        same = "no type can be advised yet" if scope.types[0] is None else f"the advice is {names[0]} for each of them"
        if not scope.disagreements:
            return (f"They agree on every answer: {same}.",)
        if any(item.matters for item in scope.disagreements):
            return (f"They disagree, but {same}. One answer taken over from another could still change it.",)
        return (f"They differ in some answers, but {same}, and no single answer would change it.",)
    if not scope.disagreements:
        return (f"They agree on this part, but not on what it takes over: {words.joined(names, 'or')}.",)
    alone = [item.key for item in scope.disagreements if item.matters]
    if alone:
        return (f"They disagree, and it matters: {words.joined(names, 'or')}. Settle first: {', '.join(alone)}.",)
    return (f"They disagree, and it matters: {words.joined(names, 'or')}. No single answer settles it.",)


def _advice(found: Assessment) -> str:
    value = found.openness.value
    return advice_line(found) + (f", openness {words.number(value)} of 100" if value is not None else "")


def _disagreements(heading: Words, found: Comparison, items: list[Disagreement]) -> Section:
    section = Section(heading)
    for item in items:
        matters = "this answer alone would change somebody's type" if item.matters else "this alone changes no type"
        section.item(f"{item.key} ({matters})", style="bold" if item.matters else "")
        for view in item.views:
            section.item(*_view(found, view), level=2)
        for swap in item.swaps:
            section.item(*_swap(found, swap), level=2)
        if item.matters:
            section.item(f"left open, these stay possible: {words.names(item.possible_types, 'or')}", level=2)
    return section


def _view(found: Comparison, view: View) -> Words:
    said: Words = ("not stated",) if view.value is None else (Quoted(shortened(words.said(view.value))),)
    people: list[str] = []
    for place, line in zip(view.people, view.lines, strict=True):
        people += [", " if people else "", *_people(found, (place,)), f" (line {line})" if line else ""]
    return (*said, ": ", *people)


def _swap(found: Comparison, swap: Swap) -> Words:
    kind = swap.type.name if swap.type else "no type yet"
    answer = Quoted(shortened(words.said(swap.value)))
    return ("with ", answer, ", ", *_people(found, (swap.person,)), f" would give {kind}")


def _left_open(scope: ScopeComparison) -> Section:
    section = Section(("If every disagreement is left open",))
    common = scope.common
    if common.certain:
        section.say(f"What all agree on settles the type: {common.possible_types[0].name}.")
        return section
    section.say(f"What all agree on leaves these types possible: {words.names(common.possible_types, 'or')}.")
    if common.next_question is not None:
        section.say(
            f"Talk about this first: {common.next_question.criterion.question} ({common.next_question.criterion.key})"
        )
    return section


def _people(found: Comparison, places: Iterable[int]) -> Words:
    out: list[str] = []
    for place in places:
        out += [", "] if out else []
        out.append(Quoted(found.people[place].file))
    return tuple(out)


def comparison_json(found: Comparison) -> str:
    """Return the comparison as one line of JSON. People are named by their place in ``people``, from 0."""
    base = found.rule_base
    data = {
        "format": COMPARISON_FORMAT,
        "people": [_person(person) for person in found.people],
        "rule_base": base.used._asdict(),
        **_scope_data(found.whole),
        "parts": [{"id": part.id, "title": part.title, **_scope_data(part)} for part in found.parts],
        "lone_parts": [{"id": ident, "person": place} for ident, place in found.lone_parts],
        "acknowledgement": base.acknowledgement,
    }
    return json.dumps(data, ensure_ascii=False, allow_nan=False)


def comparison_json_failure(people: Sequence[Text]) -> str:
    """Return one line of JSON for files of which one could not be read."""
    data = {"format": COMPARISON_FORMAT, "people": [_person(person) for person in people], "advice": None}
    return json.dumps(data, ensure_ascii=False, allow_nan=False)


def _person(person: Text) -> dict[str, Any]:
    return {
        "file": person.file,
        "title": person.title or None,
        "diagnostics": [diagnostic_data(item) for item in person.diagnostics],
    }


def _scope_data(scope: ScopeComparison) -> dict[str, Any]:
    return {
        "advice": [
            {
                "person": place,
                "type": _type(one.type),
                "certain": one.certain,
                "possible_types": _types(one.possible_types),
                "openness": one.openness.value,
            }
            for place, one in zip(scope.people, scope.assessments, strict=True)
        ],
        "same_type": len(scope.types) == 1,
        "disagreements": [_disagreement_data(item) for item in scope.disagreements],
        "agreed": [{"key": key, "value": plain(value)} for key, value in scope.agreed],
        "worded": list(scope.worded),
        "left_open": {
            "type": _type(scope.common.type),
            "possible_types": _types(scope.common.possible_types),
            "next_question": scope.common.next_question.criterion.key if scope.common.next_question else None,
        },
    }


def _disagreement_data(item: Disagreement) -> dict[str, Any]:
    return {
        "key": item.key,
        "contradicts": item.contradicts,
        "matters": item.matters,
        "views": [
            {
                "value": plain(view.value),
                "people": [
                    {"person": place, "line": line or None} for place, line in zip(view.people, view.lines, strict=True)
                ],
            }
            for view in item.views
        ],
        "swaps": [
            {"person": swap.person, "value": plain(swap.value), "from": list(swap.others), "type": _type(swap.type)}
            for swap in item.swaps
        ],
        "left_open": _types(item.possible_types),
    }


def _type(kind: ParticipationType | None) -> str | None:
    return kind.id if kind else None


def _types(kinds: Iterable[ParticipationType]) -> list[str]:
    return [kind.id for kind in kinds]
