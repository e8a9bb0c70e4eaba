"""The advice as text that people in a meeting can read."""

from spectrum_cli.model.assessment import Advice, Assessment, ScopeAdvice
from spectrum_cli.model.decision import text_of
from spectrum_cli.model.plain_text import one_line, visible
from spectrum_cli.model.rulebase import ParticipationType
from spectrum_cli.render import words
from spectrum_cli.render.page import Page, Piece
from spectrum_cli.render.spectrum_line import position

WIDE = 80
_MARGIN = 4
_COLUMN = 12
_MARKS = {"met": "[✓]", "planned": "[~]", "missing": "[ ]", "unknown": "[?]"}


def render_terminal(advice: Advice, page: Page, *, part: str = "") -> None:
    """Write the advice on a whole file, or on one of its parts, to a page."""
    scope = advice.scope(part)
    found = scope.assessment
    _head(advice, found, page, part)
    draw_spectrum(advice.types, found, page)
    _why(found, page)
    _openness(found, page)
    _fixed(found, page)
    _inputs(found, page)
    _readiness(found, page)
    _need(found, page)
    _moves(scope, page)
    _notes(found, page)
    _question(found, page)
    if not part:
        _parts(advice, page)
    page.blank()
    page.prose(Piece(f"{words.rules_used(advice)}. {words.NUMBERS_ARE_OURS} {words.NO_TYPE_IS_BETTER}", "muted"))
    page.prose(Piece(advice.acknowledgement, "muted"))


def _head(advice: Advice, found: Assessment, page: Page, part: str) -> None:
    title = one_line(found.title or advice.title)
    page.prose(Piece(title, "title"))
    if part:
        page.prose(Piece(f"Part {one_line(part)} of: {one_line(advice.title)}", "muted"))
    facts = [one_line(text_of(found.answers, "owner"))]
    decided = one_line(text_of(found.answers, "decided_by"))
    facts.append(f"decided by {decided}" if decided else "")
    told = " · ".join(fact for fact in facts if fact)
    if told:
        page.prose(Piece(told, "muted"))
    page.blank()
    if found.type is None:
        page.prose(Piece("No type yet", "mark"))
    else:
        page.prose(Piece(found.type.name, "mark"), Piece("  "), Piece(f"“{found.type.key_question}”", "bold"))
    page.prose(words.verdict_line(found), " ", words.openness_line(found))
    plan = words.plan_line(found)
    if plan:
        page.prose(Piece(plan, "warn" if _too_much(found) else ""))


def draw_spectrum(types: tuple[ParticipationType, ...], found: Assessment, page: Page) -> None:
    """Draw the line from TO to WITH with this decision's marker and range; a list where there is little room."""
    page.blank()
    if page.width is not None and page.width < WIDE:
        _draw_list(types, found, page)
    else:
        _draw_line(types, found, page)


def _draw_list(types: tuple[ParticipationType, ...], found: Assessment, page: Page) -> None:
    page.raw(Piece("TO", "to"))
    for kind in types:
        here = kind is found.type
        possible = kind in found.possible_types and not here
        note = (
            (" ◀ this decision" if page.width and page.width > 28 else " ◀ here")
            if here
            else " · possible"
            if possible
            else ""
        )
        if page.ascii_only:
            note = note.replace("◀", "<-")
        page.raw(
            Piece(f" {kind.order + 1} "), Piece(kind.name, "mark" if here else ""), Piece(note, "bold" if here else "")
        )
    page.raw(Piece("WITH", "with"))


def _draw_line(types: tuple[ParticipationType, ...], found: Assessment, page: Page) -> None:
    total = _MARGIN + _COLUMN * len(types)
    centres = {_MARGIN + kind.order * _COLUMN + _COLUMN // 2: kind for kind in types}
    centre_of = {kind.id: column for column, kind in centres.items()}
    place = position(found, types)
    first, last = found.possible_types[0], found.possible_types[-1]
    marker = [" "] * total
    if len(found.possible_types) > 1:
        low, high = centre_of[first.id] - _COLUMN // 2 + 1, centre_of[last.id] + _COLUMN // 2 - 1
        for column in range(low, high + 1):
            marker[column] = "─"
        marker[low], marker[high] = "├", "┤"
    if place is not None:
        column = _MARGIN + int((place + 0.5) * _COLUMN)
        marker[min(column, total - 1)] = "▼"
        label = "this decision"
        start = min(max(column - len(label) // 2, 0), total - len(label))
        page.raw(Piece(" " * start + label, "bold"))
    page.raw(Piece("".join(marker).rstrip(), "bold"))
    axis = [Piece("TO ", "to")]
    for column in range(3, total - 1):
        kind = centres.get(column)
        if kind is not None:
            axis.append(Piece(str(kind.order + 1), "mark" if kind is found.type else "bold"))
        else:
            axis.append(Piece("─", "to" if column < total // 2 else "with"))
    page.raw(*axis, Piece(" WITH", "with"))
    page.raw(
        Piece(" " * _MARGIN),
        *(Piece(kind.name.center(_COLUMN), "mark" if kind is found.type else "") for kind in types),
    )
    page.blank()
    page.raw(Piece("people ".ljust(_MARGIN)), Piece(_bars(types, "people", total)[7:], "with"))
    page.raw(Piece("input  " + "─" * (total - 7), "muted"))
    page.raw(Piece("system "), Piece(_bars(types, "system", total)[7:], "to"))
    relation = "relation "
    start = centre_of["consult"]
    signs = []
    for column in range(len(relation), total):
        if column < start:
            signs.append("·")
        else:
            signs.append("╌─━█"[min(3, (column - start) * 4 // (total - start))])
    if page.ascii_only:
        signs = [".-=#"["·╌─━█".index(sign) - 1] if sign != "·" else "." for sign in signs]
    page.raw(Piece(relation), Piece("".join(signs), "with"))
    page.raw(
        Piece(
            " " * 9 + "none yet".ljust(start - 9) + "starts".ljust(_COLUMN * 2) + "grows".ljust(10) + "strong", "muted"
        )
    )
    page.raw(Piece(words.SIZES_ARE_RELATIVE, "muted"))


def _bars(types: tuple[ParticipationType, ...], side: str, total: int) -> str:
    """Draw one input for all types by width, so that six values stay six values in 80 columns."""
    line = [" "] * total
    sign = "▒" if side == "people" else "█"
    for kind in types:
        size = kind.people_size if side == "people" else kind.system_size
        bar = sign * max(1, round(size * 10 / 6)) if size else "none"
        centre = _MARGIN + kind.order * _COLUMN + _COLUMN // 2
        for offset, drawn in enumerate(bar):
            line[centre - len(bar) // 2 + offset] = drawn
    return "".join(line).rstrip()


def _why(found: Assessment, page: Page) -> None:
    if found.type is None:
        return
    deciding, others = words.deciding_gates(found)
    page.heading(f"Why {found.type.name}" + ("" if found.certain else ", as far as it is known"))
    binding = [gate for gate in deciding if gate.rule.effect["holds_to"] == found.type.id]
    for gate in binding:
        page.prose(Piece(f"{gate.rule.title} ", "bold"), f"({one_line(words.reads(gate))}).", indent=2, hang=2)
        page.prose(
            f"{gate.rule.because} ", Piece(f"[{gate.rule.id}; {words.origin(gate.rule.source)}]", "muted"), indent=4
        )
    if not binding:
        source = words.origin(found.type.source)
        page.prose(f"{words.why_without_gate(found)} ", Piece(f"[{source}]", "muted"), indent=2, hang=2)
    rest = [gate for gate in (*deciding, *others) if gate not in binding]
    if rest:
        listed = [f"{gate.rule.id} (to {gate.rule.effect['holds_to'].upper()})" for gate in rest]
        page.prose(Piece(f"Other gates that hold: {', '.join(listed)}.", "muted"), indent=2, hang=2)
    for item in found.estimates:
        page.prose(f"{item.rule.title} ", Piece(f"[{item.rule.id}]", "muted"), indent=2, hang=2)


def _openness(found: Assessment, page: Page) -> None:
    page.heading("How open it is (100 in all)")
    rows = []
    for item in found.contributions:
        points = words.number(item.points) if item.points is not None else "?"
        rows.append(
            (item.criterion.title, one_line(words.contribution_answer(item)), points.rjust(5), f"of {item.most}")
        )
    page.table(rows)
    room = found.openness
    if room.value is None or room.before_gates is None:
        return
    total = f"Together {words.number(room.before_gates)}"
    if any(item.points is None for item in found.contributions):
        total += ", with the weights shared out over what is answered"
    if room.value < room.before_gates:
        total += f"; the gates hold it to {words.number(room.value)}"
    elif room.value > room.before_gates:
        total += f"; the answers make at least {words.number(room.value)} certain"
    if found.type is not None:
        kind = found.type
        total += f". {kind.name} is {kind.band_from} to {words.number(kind.band_to)}"
    page.prose(total + ".", indent=2)


def _fixed(found: Assessment, page: Page) -> None:
    if not found.fixed:
        return
    page.heading("What is not open")
    for item in found.fixed:
        why = f" ({one_line(item.why)})" if item.why else ""
        page.prose(f"- {one_line(item.what)}{why}", indent=2, hang=2)


def _inputs(found: Assessment, page: Page) -> None:
    kind = found.type
    if kind is None:
        return
    page.heading("Who puts in what")
    page.table(words.input_rows(kind))


def _readiness(found: Assessment, page: Page) -> None:
    ready = found.readiness
    if not ready.prerequisites:
        if found.type is not None:
            page.heading("What must be in place")
            page.prose(f"{found.type.name} needs nothing beyond clear information.", indent=2)
        return
    page.heading("What must be in place")
    rows = []
    for item in ready.prerequisites:
        detail = one_line(words.state_detail(item))
        mark = f"{_MARKS[item.state]} {words.STATE_WORDS[item.state]}"
        rows.append((mark, item.prerequisite.title + (f" ({detail})" if detail else "")))
    page.table(rows)
    page.prose(words.readiness_line(found), indent=2)


def _need(found: Assessment, page: Page) -> None:
    line = words.floor_line(found)
    if not line:
        return
    page.heading("What the decision asks for")
    page.prose(Piece(line, "warn" if found.need.gap else ""), indent=2)
    for item in found.need.floors:
        if item.holds:
            asked = item.rule.effect["asks_for"].upper()
            page.prose(
                f"- {asked}: {words.need_reason(item)} ",
                Piece(f"[{item.rule.id}; {words.origin(item.rule.source)}]", "muted"),
                indent=2,
                hang=2,
            )


def _moves(scope: ScopeAdvice, page: Page) -> None:
    found = scope.assessment
    if not scope.moves:
        return
    page.heading("What would move it one type")
    seen = ""
    for move in scope.moves:
        start = words.move_start(move, found) + ":" if move.type.id != seen else "or:"
        seen = move.type.id
        page.prose(Piece(start + " "), Piece("; ".join(words.move_changes(move)), "bold"), indent=2, hang=2)
    page.prose("Change an answer only where it is true of the decision.", indent=2)


def _notes(found: Assessment, page: Page) -> None:
    if not found.notes:
        return
    page.heading("Take note")
    for note in found.notes:
        page.prose(
            f"- {note.rule.effect['says']} ",
            Piece(f"[{note.rule.id}; {words.origin(note.rule.source)}]", "muted"),
            indent=2,
            hang=2,
        )
    if any(note.rule.effect["about"] == "law" for note in found.notes):
        page.prose(words.NOT_LEGAL_ADVICE, indent=2)


def _question(found: Assessment, page: Page) -> None:
    question = found.next_question
    if question is None:
        return
    page.heading(f"Answer this next: {question.criterion.question}")
    page.table([(answer.value, answer.text) for answer in question.criterion.answers])
    page.prose(f"{words.question_line(question)} Write it under {question.criterion.key}.", indent=2)


def _parts(advice: Advice, page: Page) -> None:
    if not advice.parts:
        return
    page.heading("The parts, each with its own advice")
    rows = []
    for part in advice.parts:
        found = part.assessment
        kind = found.type.name if found.type else "no type yet"
        sure = "" if found.certain or found.type is None else " (so far)"
        rows.append((one_line(found.id), kind + sure, one_line(found.title)))
    page.table(rows)
    for part in advice.parts:
        if part.assessment.plan.verdict == "over-promise":
            page.prose(
                Piece(f"{one_line(part.assessment.id)}: {words.plan_line(part.assessment)}", "warn"), indent=2, hang=2
            )
    page.prose("See one of them whole with --part ID.", indent=2)


def render_quiet(advice: Advice, *, part: str = "") -> str:
    """Return one line: the file, the type, and how sure it is."""
    scope = advice.scope(part)
    found = scope.assessment
    file = visible(advice.file)
    if found.type is None:
        return f"{file}: no type yet\n"
    sure = "certain" if found.certain else f"so far; possible: {words.names(found.possible_types, 'or')}"
    warning = (
        f"; the plan says {found.plan.type.name}: {found.plan.verdict}" if found.plan.type and _too_much(found) else ""
    )
    return f"{file}: {found.type.name} ({sure}{warning})\n"


def _too_much(found: Assessment) -> bool:
    return found.plan.verdict in ("over-promise", "not-shown")
