"""How two texts of one decision differ, as text, Markdown or JSON."""

import json
from collections.abc import Iterable
from typing import Any

from spectrum_cli.model.assessment import Assessment, Outcome
from spectrum_cli.model.comparison import (
    AnswerChange,
    DayChange,
    Difference,
    Direction,
    OfferChange,
    ScopeDifference,
    Text,
)
from spectrum_cli.model.decision import Answer
from spectrum_cli.model.diagnostic import Diagnostic
from spectrum_cli.render import words
from spectrum_cli.render.json_format import diagnostic_data, plain
from spectrum_cli.render.outline import Quoted, Section, Words, shortened, write_markdown, write_page
from spectrum_cli.render.page import Page
from spectrum_cli.render.whatif import advice_line

DIFF_FORMAT = 1
DIRECTIONS = {
    Direction.SAME: "The promise is the same.",
    Direction.WIDENED: "The promise is wider than before.",
    Direction.NARROWED: "The promise is narrower than before.",
    Direction.MIXED: "The promise is wider in one thing and narrower in another.",
    Direction.UNCLEAR: "The promise has changed. Whether it is more or less, only people can read.",
}
_BECAME = {Direction.WIDENED: "wider", Direction.NARROWED: "narrower", Direction.MIXED: "both wider and narrower"}
_DAYS = {
    "dates.opens": "participation opens",
    "dates.closes": "participation closes",
    "dates.decision": "the decision is taken",
    "dates.feedback": "people are told what effect they had",
}
_PIECES = {
    "openness.stage": "stage",
    "openness.open_to_change": "open to change",
    "plan.type": "planned type",
    "plan.promise": "promise",
}
PHASES = {
    "not-stated": "it is not stated when participation opens",
    "not-open": "participation has not opened yet",
    "open": "participation is open",
    "closed": "participation is closed and the decision is not taken yet",
    "decided": "the decision has been taken",
    "fed-back": "people have been told what effect they had",
}
GIVE_BACK = "Tell the people who took part what changed and why, or give the offer back."


def render_diff(found: Difference, page: Page) -> None:
    """Write the difference to a page."""
    write_page(_title(found), _sections(found), _foot(found), page)


def diff_markdown(found: Difference) -> str:
    """Return the difference as Markdown."""
    return write_markdown(_title(found), _sections(found), _foot(found))


def _title(found: Difference) -> Words:
    return (Quoted(found.new.title),)


def _foot(found: Difference) -> tuple[str, ...]:
    base = found.rule_base
    rules = f"{words.rules_line(base.used)}. {words.NUMBERS_ARE_OURS} {words.NO_TYPE_IS_BETTER}"
    return rules, base.acknowledgement


def _sections(found: Difference) -> Iterable[Section]:
    top = Section()
    top.say("From ", Quoted(found.old.file), " to ", Quoted(found.new.file), style="muted")
    yield top
    start = Section()
    if not found.changed:
        start.say("The two texts say the same.", style="bold")
        start.say(f"The advice: {_advice(found.whole.after)}.")
        yield start
        return
    start.say(DIRECTIONS[found.direction], style="warn" if found.direction.narrows else "bold")
    _offer(found.whole, start)
    for part in found.parts:
        if part.direction is not Direction.SAME:
            became = _BECAME.get(part.direction, "changed")
            start.item("part ", Quoted(part.id), f": {became}", style="warn" if part.direction.narrows else "")
    yield start
    yield _advice_section(found.whole)
    yield _people(found)
    days = _days(found)
    if days.rows:
        yield days
    if found.whole.answers:
        yield Section(
            ("Answers that changed",), head=("Key", "Before", "Now"), rows=[_row(item) for item in found.whole.answers]
        )
    for part in found.parts:
        if part.status != "same" or not _same_advice(part):
            yield _part(part, found.whole, found.today)
    same = [part.id for part in found.parts if part.status == "same" and _same_advice(part)]
    if same:
        rest = Section(("Parts that are as they were",))
        rest.say(*_listed(same), ".")
        yield rest


def _offer(scope: ScopeDifference, section: Section) -> None:
    for item in scope.offer:
        if item.direction is Direction.SAME or not item.own:
            continue
        became = f" ({_BECAME[item.direction]})" if item.direction in _BECAME else ""
        section.item(
            f"{_PIECES[item.key]}: ",
            *_told(item.before),
            " before, ",
            *_told(item.after),
            f" now{became}",
            style="warn" if item.direction.narrows else "",
        )
        if item.lost and item.gained:
            section.item(f"not open any more: {', '.join(item.lost)}", level=2)
            section.item(f"newly open: {', '.join(item.gained)}", level=2)


def _told(answer: Answer | None) -> Words:
    """Quote an answer with its line."""
    if answer is None:
        return ("not stated",)
    return (Quoted(shortened(words.said(answer.value))), f" (line {answer.line})")


def _row(item: AnswerChange) -> tuple[Words, ...]:
    return (item.key,), _told(item.before), _told(item.after)


def _advice(found: Assessment | None) -> str:
    if found is None:
        return "none"
    value = found.openness.value
    return advice_line(found) + (f", openness {words.number(value)} of 100" if value is not None else "")


def _same_advice(scope: ScopeDifference) -> bool:
    before, after = scope.before, scope.after
    if before is None or after is None:
        return False
    return (
        before.type is after.type
        and before.possible_types == after.possible_types
        and before.openness == after.openness
        and before.plan.verdict == after.plan.verdict
        and before.readiness.state == after.readiness.state
        and before.need.gap == after.need.gap
        and not _came(before.gates, after.gates)
        and not _came(after.gates, before.gates)
        and not _came(before.notes, after.notes)
        and not _came(after.notes, before.notes)
    )


def _came(before: Iterable[Outcome], after: Iterable[Outcome]) -> list[Outcome]:
    known = {item.rule.id for item in before}
    return [item for item in after if item.rule.id not in known]


def _advice_section(scope: ScopeDifference) -> Section:
    before, after = scope.before, scope.after
    section = Section(("The advice",))
    if before is None or after is None:
        return section
    if _same_advice(scope):
        section.say(f"It stays {_advice(after)}.")
        return section
    if _advice(before) == _advice(after):
        section.item(f"it stays {_advice(after)}")
    else:
        section.item(f"before: {_advice(before)}")
        section.item(f"now: {_advice(after)}", style="bold" if before.type is not after.type else "")
    for heading, outcomes in (
        ("This gate holds now", _came(before.gates, after.gates)),
        ("This gate does not hold any more", _came(after.gates, before.gates)),
        ("Take note now", _came(before.notes, after.notes)),
        ("Not to be noted any more", _came(after.notes, before.notes)),
    ):
        for item in outcomes:
            section.item(f"{heading}: {item.rule.title} [{item.rule.id}]")
    if after.plan.verdict != before.plan.verdict and (line := words.plan_line(after)):
        section.item(line, style="warn" if after.plan.verdict in ("over-promise", "not-shown") else "")
    if after.need.gap != before.need.gap and (line := words.floor_line(after)):
        section.item(line)
    if after.readiness.state != before.readiness.state and (line := words.readiness_line(after)):
        section.item(line)
    return section


def _people(found: Difference) -> Section:
    section = Section(("What people were told",))
    _timing(found.whole, found.today, section)
    for finding in found.after_opening:
        line = finding.span.line if finding.span else 1
        section.item(f"{finding.code}, line {line} now: ", Quoted(finding.message), style="warn")
    if found.after_opening:
        section.say(GIVE_BACK)
    return section


def _days(found: Difference) -> Section:
    section = Section(("The dates",), head=("", "Before", "Now", "Today"))
    for day in found.whole.timing.days:
        if day.before or day.after:
            cells = (_DAYS[day.key], day.before or "not stated", day.after or "not stated", _reached(day, found.today))
            section.rows.append(tuple((cell,) for cell in cells))
    return section


def _part(part: ScopeDifference, whole: ScopeDifference, today: str) -> Section:
    section = Section(("Part ", Quoted(part.id), ": ", Quoted(part.title)))
    if part.status == "added":
        section.say("This part is new. Before, what the whole offers counted for it.", style="bold")
    elif part.status == "removed":
        section.say("This part is gone. Now what the whole offers counts for it.", style="bold")
    elif part.status == "same":
        section.say("It states the same as before. What it takes over from the whole has changed.")
    if part.direction is not Direction.SAME:
        section.say(DIRECTIONS[part.direction], style="warn" if part.direction.narrows else "")
    _offer(part, section)
    if part.before is None or part.after is None:
        section.item(f"advice {'now' if part.before is None else 'before'}: {_advice(part.after or part.before)}")
    else:
        section.lines += _advice_section(part).lines
    if part.timing != whole.timing:
        _timing(part, today, section)
    section.head = ("Key", "Before", "Now")
    section.rows = [_row(item) for item in part.answers]
    return section


def _timing(scope: ScopeDifference, today: str, section: Section) -> None:
    timing = scope.timing
    if timing.opened:
        who: Words = _listed(timing.groups) if timing.groups else ("people",)
        section.say(f"Participation opened on {timing.opened}. The old text told ", *who, ":")
        offered = [item for item in scope.offer if item.before is not None]
        for item in offered:
            section.item(f"{_PIECES[item.key]}: ", *_told(item.before))
        if not offered:
            section.item("nothing about what is open")
    elif timing.phase_after == "not-open":
        section.say("Participation has not opened yet, so nobody has taken part under the old text.")
    else:
        section.say("The texts do not say when participation opens, so it is not known who was told what.")
    by_new, by_old = PHASES[timing.phase_after], PHASES[timing.phase_before]
    if by_new == by_old:
        section.say(f"Today is {today}. By the dates, {by_new}.")
    else:
        section.say(f"Today is {today}. By the new dates, {by_new}; by the old ones, {by_old}.")


def _reached(item: DayChange, today: str) -> str:
    if not item.after:
        return ""
    if item.after == today:
        return "today"
    return "past" if item.reached else "to come"


def _listed(names: Iterable[str]) -> Words:
    out: list[str] = []
    for name in names:
        if out:
            out.append(", ")
        out.append(Quoted(shortened(name)))
    return tuple(out)


def diff_json(found: Difference) -> str:
    """Return the difference as one line of JSON."""
    base = found.rule_base
    data = {
        "format": DIFF_FORMAT,
        "old": _text_data(found.old),
        "new": _text_data(found.new),
        "today": found.today,
        "rule_base": base.used._asdict(),
        "changed": found.changed,
        "promise": found.direction,
        "narrowed_after_opening": [_finding(item) for item in found.after_opening],
        **_scope_data(found.whole),
        "parts": [
            {"id": part.id, "title": part.title, "status": part.status, "promise": part.direction, **_scope_data(part)}
            for part in found.parts
        ],
        "acknowledgement": base.acknowledgement,
    }
    return json.dumps(data, ensure_ascii=False, allow_nan=False)


def diff_json_failure(old: Text, new: Text) -> str:
    """Return one line of JSON for texts of which one could not be read."""
    data = {"format": DIFF_FORMAT, "old": _text_data(old), "new": _text_data(new), "changed": None}
    return json.dumps(data, ensure_ascii=False, allow_nan=False)


def _text_data(text: Text) -> dict[str, Any]:
    return {
        "file": text.file,
        "title": text.title or None,
        "diagnostics": [diagnostic_data(item) for item in text.diagnostics],
    }


def _finding(item: Diagnostic) -> dict[str, Any]:
    return {name: value for name, value in diagnostic_data(item).items() if name != "related"}


def _scope_data(scope: ScopeDifference) -> dict[str, Any]:
    return {
        "offer": [_offer_data(item) for item in scope.offer],
        "advice": {"before": _advice_data(scope.before), "after": _advice_data(scope.after)},
        "people": {
            "groups": list(scope.timing.groups),
            "opened": scope.timing.opened or None,
            "phase_before": scope.timing.phase_before,
            "phase_after": scope.timing.phase_after,
            "days": [
                {
                    "key": day.key,
                    "before": day.before or None,
                    "after": day.after or None,
                    "reached": day.reached if day.after else None,
                }
                for day in scope.timing.days
            ],
        },
        "answers": [
            {"key": item.key, "before": _answer_data(item.before), "after": _answer_data(item.after)}
            for item in scope.answers
        ],
    }


def _offer_data(item: OfferChange) -> dict[str, Any]:
    return {
        "key": item.key,
        "direction": item.direction,
        "before": _answer_data(item.before),
        "after": _answer_data(item.after),
        "lost": list(item.lost),
        "gained": list(item.gained),
        "own": item.own,
    }


def _answer_data(answer: Answer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    return {"value": plain(answer.value), "line": answer.line, "column": answer.column}


def _advice_data(found: Assessment | None) -> dict[str, Any] | None:
    if found is None:
        return None
    supported = found.readiness.supported_type
    return {
        "type": found.type.id if found.type else None,
        "certain": found.certain,
        "possible_types": [kind.id for kind in found.possible_types],
        "openness": found.openness.value,
        "plan_verdict": found.plan.verdict,
        "need_gap": found.need.gap,
        "readiness": found.readiness.state,
        "supported_type": supported.id if supported else None,
        "gates": [item.rule.id for item in found.gates],
        "notes": [item.rule.id for item in found.notes],
    }
