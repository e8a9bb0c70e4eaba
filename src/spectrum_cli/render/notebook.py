"""The advice inside a notebook: a piece of HTML with the picture of the spectrum.

The picture stands in an image of its own, so that several in one notebook cannot disturb each other, and so that
it is shown where a place that shows notebooks removes drawings. Every text from a file is escaped.
"""

from base64 import b64encode
from collections.abc import Sequence
from html import escape

from spectrum_cli.model.assessment import Advice, Assessment
from spectrum_cli.model.plain_text import one_line
from spectrum_cli.render import words
from spectrum_cli.render.svg import render_svg
from spectrum_cli.render.whatif import Asked, advice_line, change_words, target_line


def advice_fragment(advice: Advice, *, part: str = "") -> str:
    """Return an advice, or that on one part, as a piece of HTML."""
    found = advice.scope(part).assessment
    lines = [words.openness_line(found)]
    if plan := words.plan_line(found):
        lines.append(plan)
    if readiness := words.readiness_line(found):
        lines.append(readiness)
    if found.next_question is not None:
        lines.append(words.question_line(found.next_question))
    return _fragment(advice, part, found, lines)


def what_if_fragment(asked: Asked, advice: Advice) -> str:
    """Return what would change an advice as a piece of HTML, with the picture of the advice as tried."""
    found = asked.result.assessment
    lines = [f"Tried: {key} = {words.said(value)}" for key, value in asked.tried]
    if asked.tried:
        lines.append(f"Before: {advice_line(asked.before)}")
    for target in asked.result.targets:
        ways = " Or: ".join(map(change_words, target.sets))
        lines.append(f"{target_line(target)} {ways}".rstrip())
    return _fragment(advice, "", found, lines)


def _fragment(advice: Advice, part: str, found: Assessment, lines: Sequence[str]) -> str:
    picture = b64encode(render_svg(advice, part=part).encode("utf-8")).decode("ascii")
    title = _safe(found.title or advice.title)
    verdict = _safe(advice_line(found))
    items = "".join(f"<li>{_safe(line)}</li>" for line in lines)
    foot = f"{_safe(words.rules_used(advice))}. {_safe(advice.acknowledgement)}."
    return (
        f'<div class="spectrum-advice"><p dir="auto"><strong>{title}</strong><br>{verdict}</p>'
        f'<img alt="The spectrum with this decision: {verdict}" style="max-width:100%;height:auto" '
        f'src="data:image/svg+xml;base64,{picture}">'
        f"<ul>{items}</ul><p><small>{foot}</small></p></div>"
    )


def _safe(text: str) -> str:
    return escape(one_line(text))
