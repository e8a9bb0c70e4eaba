"""The advice as Markdown, for a proposal, a wiki or a pull request."""

import re

from spectrum_cli.model.assessment import Advice, Assessment, ScopeAdvice
from spectrum_cli.model.decision import text_of
from spectrum_cli.model.plain_text import one_line
from spectrum_cli.render import words

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+!|~&$:@-])")
_BOXES = {"met": "[x]", "planned": "[ ]", "missing": "[ ]", "unknown": "[ ]"}


def escape(text: str) -> str:
    """Return a text from a file so that Markdown and HTML show it letter by letter."""
    return _SPECIAL.sub(r"\\\1", one_line(text))


def render_markdown(advice: Advice, *, part: str = "") -> str:
    """Return the advice on a whole file, or on one of its parts."""
    scope = advice.scope(part)
    found = scope.assessment
    out = [f"# {escape(found.title or advice.title)}", ""]
    if part:
        out += [f"Part {escape(part)} of: {escape(advice.title)}", ""]
    facts = [
        f"**{label}:** {escape(text)}"
        for label, key in (("Owner", "owner"), ("Decided by", "decided_by"))
        if (text := text_of(found.answers, key))
    ]
    if facts:
        out += [" · ".join(facts), ""]
    out += _type(found)
    out += _spectrum(advice, found)
    out += _why(found)
    out += _openness(found)
    if found.fixed:
        out += ["## What is not open", ""]
        out += [f"- {escape(item.what)}" + (f" ({escape(item.why)})" if item.why else "") for item in found.fixed]
        out += [""]
    out += _inputs(found)
    out += _readiness(found)
    out += _need(found)
    out += _moves(scope)
    out += _notes(found)
    out += _question(found)
    if not part:
        out += _parts(advice)
    out += ["---", "", f"{words.rules_used(advice)}. {words.NUMBERS_ARE_OURS} {words.NO_TYPE_IS_BETTER}", ""]
    out += [advice.acknowledgement, ""]
    return "\n".join(out)


def _type(found: Assessment) -> list[str]:
    if found.type is None:
        out = ["**No type yet.** " + words.verdict_line(found)]
    else:
        out = [f"**{found.type.name}** “{found.type.key_question}”", "", words.verdict_line(found)]
    out[-1] += " " + words.openness_line(found)
    plan = words.plan_line(found)
    if plan:
        strong = found.plan.verdict in ("over-promise", "not-shown")
        out += ["", f"> **{plan}**" if strong else plan]
    return [*out, ""]


def _spectrum(advice: Advice, found: Assessment) -> list[str]:
    cells = []
    for kind in advice.types:
        if kind is found.type:
            cells.append(f"**{kind.name}** ◀")
        elif kind in found.possible_types and not found.certain:
            cells.append(f"{kind.name} (possible)")
        else:
            cells.append(kind.name)
    head = ["TO", *[""] * (len(cells) - 2), "WITH"]
    return [_row(head), _row(["---"] * len(cells)), _row(cells), ""]


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _why(found: Assessment) -> list[str]:
    if found.type is None:
        return []
    deciding, others = words.deciding_gates(found)
    binding = [gate for gate in deciding if gate.rule.effect["holds_to"] == found.type.id]
    out = [f"## Why {found.type.name}" + ("" if found.certain else ", as far as it is known"), ""]
    for gate in binding:
        out.append(
            f"- **{gate.rule.title}** ({escape(words.reads(gate))}). {gate.rule.because} "
            f"(`{gate.rule.id}`; {words.origin(gate.rule.source)})"
        )
    if not binding:
        out.append(f"{words.why_without_gate(found)} ({words.origin(found.type.source)})")
    rest = [gate for gate in (*deciding, *others) if gate not in binding]
    if rest:
        listed = ", ".join(f"`{gate.rule.id}` (to {gate.rule.effect['holds_to'].upper()})" for gate in rest)
        out += ["", f"Other gates that hold: {listed}."]
    for item in found.estimates:
        out += ["", f"{item.rule.title}. (`{item.rule.id}`)"]
    return [*out, ""]


def _openness(found: Assessment) -> list[str]:
    out = ["## How open it is", "", _row(["Question", "Answer", "Points", "Of"]), _row(["---", "---", "--:", "--:"])]
    for item in found.contributions:
        points = words.number(item.points) if item.points is not None else "?"
        out.append(_row([item.criterion.title, escape(words.contribution_answer(item)), points, str(item.most)]))
    return [*out, ""]


def _inputs(found: Assessment) -> list[str]:
    kind = found.type
    if kind is None:
        return []
    listed = [f"- **{label}:** {text}" for label, text in words.input_rows(kind)]
    return ["## Who puts in what", "", *listed, ""]


def _readiness(found: Assessment) -> list[str]:
    ready = found.readiness
    if not ready.prerequisites:
        return []
    out = ["## What must be in place", ""]
    for item in ready.prerequisites:
        detail = words.state_detail(item)
        out.append(
            f"- {_BOXES[item.state]} {item.prerequisite.title}: **{words.STATE_WORDS[item.state]}**"
            + (f" ({escape(detail)})" if detail else "")
        )
    return [*out, "", words.readiness_line(found), ""]


def _need(found: Assessment) -> list[str]:
    line = words.floor_line(found)
    if not line:
        return []
    out = ["## What the decision asks for", "", f"**{line}**" if found.need.gap else line, ""]
    out += [
        f"- {item.rule.effect['asks_for'].upper()}: {escape(words.need_reason(item))} "
        f"(`{item.rule.id}`; {words.origin(item.rule.source)})"
        for item in found.need.floors
        if item.holds
    ]
    return [*out, ""]


def _moves(scope: ScopeAdvice) -> list[str]:
    if not scope.moves:
        return []
    out = ["## What would move it one type", ""]
    for move in scope.moves:
        out.append(f"- {words.move_start(move, scope.assessment)}: `{'; '.join(words.move_changes(move))}`")
    return [*out, "", "Change an answer only where it is true of the decision.", ""]


def _notes(found: Assessment) -> list[str]:
    if not found.notes:
        return []
    out = ["## Take note", ""]
    out += [
        f"- {note.rule.effect['says']} (`{note.rule.id}`; {words.origin(note.rule.source)})" for note in found.notes
    ]
    if any(note.rule.effect["about"] == "law" for note in found.notes):
        out += ["", words.NOT_LEGAL_ADVICE]
    return [*out, ""]


def _question(found: Assessment) -> list[str]:
    question = found.next_question
    if question is None:
        return []
    out = [f"## Answer this next: {question.criterion.question}", ""]
    out += [f"- `{answer.value}`: {answer.text}" for answer in question.criterion.answers]
    return [*out, "", f"{words.question_line(question)} Write it under `{question.criterion.key}`.", ""]


def _parts(advice: Advice) -> list[str]:
    if not advice.parts:
        return []
    out = ["## The parts, each with its own advice", "", _row(["Part", "Type", "About"]), _row(["---"] * 3)]
    for part in advice.parts:
        found = part.assessment
        kind = found.type.name if found.type else "no type yet"
        sure = "" if found.certain or found.type is None else " (so far)"
        out.append(_row([escape(found.id), kind + sure, escape(found.title)]))
    for part in advice.parts:
        if part.assessment.plan.verdict == "over-promise":
            out += ["", f"> **{escape(part.assessment.id)}: {words.plan_line(part.assessment)}**"]
    return [*out, ""]
