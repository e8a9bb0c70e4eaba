"""What the program and the page make of the same bytes, in the same shape, so that they can be compared whole."""

import base64
from collections.abc import Iterable
from typing import Any

from playwright.sync_api import Page

from spectrum_cli.files.decision_file import read_decision
from spectrum_cli.files.reading import MARKDOWN_SUFFIXES, Unreadable, decode
from spectrum_cli.model.decision import Answers
from spectrum_cli.render.json_format import diagnostic_data, plain

# Nothing but values, places and faults; bytes travel as base64, because a test of bytes may not lose one.
READ = """
(batch) => batch.map(([bytes, name]) => {
  const { decision, faults } = Spectrum.readDecision(Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0)), name);
  const scope = ({ id = null, title, answers, places }) => ({
    id, title, answers: Object.entries(answers).map(([key, value]) => [key, value, ...places[key]]),
  });
  return {
    scopes: decision && [decision, ...decision.parts].map(scope),
    faults: faults.map((fault) => ({ ...fault, hint: fault.hint || null })),
  };
})
"""


def page_reads(page: Page, files: Iterable[tuple[str, bytes]]) -> list[dict[str, Any]]:
    """Return what the page makes of files, each a name and bytes."""
    batch = [[base64.b64encode(data).decode("ascii"), name] for name, data in files]
    found: list[dict[str, Any]] = page.evaluate(READ, batch)
    return found


def program_reads(name: str, data: bytes) -> dict[str, Any]:
    """Return what the program makes of a file."""
    try:
        source = decode(name, data, markdown=name.lower().endswith(MARKDOWN_SUFFIXES))
    except Unreadable as error:
        return {"scopes": None, "faults": [diagnostic_data(item) for item in error.diagnostics]}
    reading = read_decision(source)
    decision = reading.decision
    scopes = None
    if decision is not None:
        scopes = [
            {"id": None, "title": decision.title, "answers": _answers(decision.answers)},
            *({"id": part.id, "title": part.title, "answers": _answers(part.answers)} for part in decision.parts),
        ]
    return {"scopes": scopes, "faults": [diagnostic_data(item) for item in reading.diagnostics]}


def _answers(answers: Answers) -> list[list[Any]]:
    """Return answers as they stand in the file: weeks that follow from two days are left to the evaluator."""
    opens = answers.get("dates.opens")
    return [
        [key, _value(answer.value), answer.line, answer.column]
        for key, answer in answers.items()
        if not (key == "time.weeks" and opens is not None and answer.span == opens.span)
    ]


def _value(value: Any) -> Any:
    told = plain(value)
    if not isinstance(told, list):
        return told
    return [{"what": item["what"], "why": item["why"] or ""} if isinstance(item, dict) else item for item in told]
