"""The advice as one self-contained page: no script, no network, every text from the file escaped."""

from html import escape

from spectrum_cli.model.assessment import Advice, Assessment, ScopeAdvice
from spectrum_cli.model.decision import text_of
from spectrum_cli.model.plain_text import one_line
from spectrum_cli.render import words
from spectrum_cli.render.pictures.drawing import BLUE, FONT, INK, MUTED, PAPER, PINK, PURPLE
from spectrum_cli.render.pictures.spectrum import spectrum_svg

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_STYLE = f"""
:root {{ color-scheme: light; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; color: {INK}; background: {PAPER}; font: 1.125rem/1.5 {FONT}; }}
main, footer {{ max-width: 68rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; }}
h1 {{ font-size: 2rem; line-height: 1.2; margin: 0 0 .25rem; overflow-wrap: anywhere; }}
h2 {{ font-size: 1.375rem; margin: 2rem 0 .5rem; border-bottom: 2px solid {PURPLE}; padding-bottom: .2rem; }}
p, li, td, th, dd {{ overflow-wrap: anywhere; }}
.facts, .source, footer {{ color: {MUTED}; }}
.type {{ font-size: 1.5rem; margin: 1rem 0 .25rem; }}
.type strong {{ background: {INK}; color: {PAPER}; padding: .1em .45em; border-radius: .3em; }}
.warn {{ border-left: .5rem solid {PINK}; padding: .4rem .8rem; font-weight: 700; }}
figure {{ margin: 1rem 0; overflow-x: auto; }}
figure svg {{ display: block; width: 100%; min-width: 44rem; height: auto; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #C9C9D1; }}
td.number, th.number {{ text-align: right; white-space: nowrap; }}
dt {{ font-weight: 700; }}
dd {{ margin: 0 0 .5rem; }}
code {{ font-size: .95em; }}
a {{ color: {BLUE}; }}
@media print {{
  body {{ font-size: 10.5pt; }}
  main {{ padding: 0; max-width: none; }}
  h2 {{ break-after: avoid; }}
  tr, li, figure {{ break-inside: avoid; }}
  figure svg {{ min-width: 0; }}
}}
"""


def render_html(advice: Advice, *, part: str = "") -> str:
    """Return the page for a whole file, or for one of its parts."""
    scope = advice.scope(part)
    found = scope.assessment
    title = _safe(found.title or advice.title)
    out = [
        "<!doctype html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{title}: {found.type.name if found.type else 'no type yet'}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        f'<h1 dir="auto">{title}</h1>',
    ]
    facts = [
        f"{label}: {_safe(text)}"
        for label, key in (("Owner", "owner"), ("Decided by", "decided_by"))
        if (text := text_of(found.answers, key))
    ]
    if part:
        facts.insert(0, f"Part <code>{_safe(part)}</code> of: {_safe(advice.title)}")
    if facts:
        out.append(f'<p class="facts">{" · ".join(facts)}</p>')
    out += _type(found)
    picture = spectrum_svg(advice.types, found, advice.acknowledgement, found.title or advice.title)
    out.append(f'<figure tabindex="0" aria-label="The spectrum with this decision">{picture}</figure>')
    out += _why(found)
    out += _openness(found)
    if found.fixed:
        out.append("<h2>What is not open</h2><ul>")
        out += [f"<li>{_safe(item.what)}{f' ({_safe(item.why)})' if item.why else ''}</li>" for item in found.fixed]
        out.append("</ul>")
    out += _inputs(found)
    out += _readiness(found)
    out += _need(found)
    out += _moves(scope)
    out += _notes(found)
    out += _question(found)
    if not part:
        out += _parts(advice)
    out += [
        "</main>",
        "<footer>",
        f"<p>{_safe(words.rules_used(advice))}. {words.NUMBERS_ARE_OURS} {words.NO_TYPE_IS_BETTER}</p>",
        f"<p>{_safe(advice.acknowledgement)}</p>",
        "</footer>",
        "</body>",
        "</html>",
    ]
    return "\n".join(out) + "\n"


def _safe(text: str) -> str:
    return escape(one_line(text))


def _type(found: Assessment) -> list[str]:
    sure = f"{words.verdict_line(found)} {words.openness_line(found)}"
    if found.type is None:
        out = [f'<p class="type"><strong>No type yet</strong></p><p>{sure}</p>']
    else:
        question = _safe(found.type.key_question)
        out = [f'<p class="type"><strong>{found.type.name}</strong> <q>{question}</q></p><p>{sure}</p>']
    plan = words.plan_line(found)
    if plan:
        warns = found.plan.verdict in ("over-promise", "not-shown")
        out.append(f'<p class="warn">{_safe(plan)}</p>' if warns else f"<p>{_safe(plan)}</p>")
    return out


def _why(found: Assessment) -> list[str]:
    if found.type is None:
        return []
    deciding, others = words.deciding_gates(found)
    binding = [gate for gate in deciding if gate.rule.effect["holds_to"] == found.type.id]
    out = [f"<h2>Why {found.type.name}{'' if found.certain else ', as far as it is known'}</h2>"]
    if binding:
        out.append("<ul>")
        out += [
            f"<li><strong>{_safe(gate.rule.title)}</strong> ({_safe(words.reads(gate))}). {_safe(gate.rule.because)} "
            f"{_source(gate.rule.id, words.origin(gate.rule.source))}</li>"
            for gate in binding
        ]
        out.append("</ul>")
    else:
        source = _source(found.type.id, words.origin(found.type.source))
        out.append(f"<p>{_safe(words.why_without_gate(found))} {source}</p>")
    rest = [gate for gate in (*deciding, *others) if gate not in binding]
    if rest:
        listed = ", ".join(f"<code>{gate.rule.id}</code> (to {gate.rule.effect['holds_to'].upper()})" for gate in rest)
        out.append(f'<p class="source">Other gates that hold: {listed}.</p>')
    out += [f"<p>{_safe(item.rule.title)}. <code>{item.rule.id}</code></p>" for item in found.estimates]
    return out


def _source(rule: str, origin: str) -> str:
    return f'<span class="source">[<code>{_safe(rule)}</code>; {_safe(origin)}]</span>'


def _openness(found: Assessment) -> list[str]:
    out = [
        "<h2>How open it is</h2>",
        '<table><thead><tr><th scope="col">Question</th><th scope="col">Answer</th>'
        '<th scope="col" class="number">Points</th><th scope="col" class="number">Of</th></tr></thead><tbody>',
    ]
    for item in found.contributions:
        points = words.number(item.points) if item.points is not None else "?"
        out.append(
            f'<tr><th scope="row">{_safe(item.criterion.title)}</th><td>{_safe(words.contribution_answer(item))}</td>'
            f'<td class="number">{points}</td><td class="number">{item.most}</td></tr>'
        )
    return [*out, "</tbody></table>"]


def _inputs(found: Assessment) -> list[str]:
    kind = found.type
    if kind is None:
        return []
    listed = "".join(f"<dt>{label}</dt><dd>{_safe(text)}</dd>" for label, text in words.input_rows(kind))
    return ["<h2>Who puts in what</h2>", f"<dl>{listed}</dl>"]


def _readiness(found: Assessment) -> list[str]:
    ready = found.readiness
    if not ready.prerequisites:
        return []
    out = [
        "<h2>What must be in place</h2>",
        '<table><thead><tr><th scope="col">For people</th><th scope="col">State</th>'
        '<th scope="col">Who and when</th></tr></thead><tbody>',
    ]
    out += [
        f'<tr><th scope="row">{_safe(item.prerequisite.title)}</th><td>{words.STATE_WORDS[item.state]}</td>'
        f"<td>{_safe(words.state_detail(item))}</td></tr>"
        for item in ready.prerequisites
    ]
    return [*out, "</tbody></table>", f"<p>{_safe(words.readiness_line(found))}</p>"]


def _need(found: Assessment) -> list[str]:
    line = words.floor_line(found)
    if not line:
        return []
    listed = "".join(
        f"<li>{item.rule.effect['asks_for'].upper()}: {_safe(words.need_reason(item))} "
        f"{_source(item.rule.id, words.origin(item.rule.source))}</li>"
        for item in found.need.floors
        if item.holds
    )
    warn = ' class="warn"' if found.need.gap else ""
    return ["<h2>What the decision asks for</h2>", f"<p{warn}>{_safe(line)}</p>", f"<ul>{listed}</ul>"]


def _moves(scope: ScopeAdvice) -> list[str]:
    if not scope.moves:
        return []
    listed = "".join(
        f"<li>{_safe(words.move_start(move, scope.assessment))}: "
        f"<strong>{_safe('; '.join(words.move_changes(move)))}</strong></li>"
        for move in scope.moves
    )
    note = "<p>Change an answer only where it is true of the decision.</p>"
    return ["<h2>What would move it one type</h2>", f"<ul>{listed}</ul>", note]


def _notes(found: Assessment) -> list[str]:
    if not found.notes:
        return []
    listed = "".join(
        f"<li>{_safe(note.rule.effect['says'])} {_source(note.rule.id, words.origin(note.rule.source))}</li>"
        for note in found.notes
    )
    out = ["<h2>Take note</h2>", f"<ul>{listed}</ul>"]
    if any(note.rule.effect["about"] == "law" for note in found.notes):
        out.append(f"<p>{words.NOT_LEGAL_ADVICE}</p>")
    return out


def _question(found: Assessment) -> list[str]:
    question = found.next_question
    if question is None:
        return []
    listed = "".join(
        f"<dt><code>{_safe(answer.value)}</code></dt><dd>{_safe(answer.text)}</dd>"
        for answer in question.criterion.answers
    )
    return [
        f"<h2>Answer this next: {_safe(question.criterion.question)}</h2>",
        f"<dl>{listed}</dl>",
        f"<p>{words.question_line(question)} Write it under <code>{question.criterion.key}</code>.</p>",
    ]


def _parts(advice: Advice) -> list[str]:
    if not advice.parts:
        return []
    rows = []
    for part in advice.parts:
        found = part.assessment
        kind = found.type.name if found.type else "no type yet"
        sure = "" if found.certain or found.type is None else " (so far)"
        plan = words.plan_line(found) if found.plan.verdict == "over-promise" else ""
        rows.append(
            f'<tr><th scope="row"><code>{_safe(found.id)}</code></th><td>{_safe(found.title)}</td>'
            f"<td>{kind}{sure}</td><td>{_safe(plan)}</td></tr>"
        )
    return [
        "<h2>The parts, each with its own advice</h2>",
        '<table><thead><tr><th scope="col">Part</th><th scope="col">About</th><th scope="col">Type</th>'
        '<th scope="col">Plan</th></tr></thead><tbody>',
        *rows,
        "</tbody></table>",
    ]
