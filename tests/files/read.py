"""Reads decisions from texts inside a test, on the same path that a file takes."""

from spectrum_cli.files.decision_file import Reading, read_decision
from spectrum_cli.files.reading import Unreadable, decode
from spectrum_cli.model.decision import AnswerValue
from spectrum_cli.model.diagnostic import Diagnostic

HEAD = "spectrum: 1\ntitle: Benches\n"
"""The two lines that every file needs. What a test adds begins on line 3."""


def read(data: str | bytes, *, markdown: bool = False) -> Reading:
    """Read a whole file's text or bytes."""
    try:
        source = decode("plan", data.encode() if isinstance(data, str) else data, markdown=markdown)
    except Unreadable as error:
        return Reading(None, error.diagnostics, None)
    return read_decision(source)


def answers(body: str) -> dict[str, AnswerValue]:
    """Return what a file of the head and these lines answers. It must be without a fault."""
    reading = read(HEAD + body)
    assert reading.diagnostics == ()
    assert reading.decision is not None
    return {key: answer.value for key, answer in reading.decision.answers.items() if key != "title"}


def faults(body: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a file of the head and these lines. No decision may come of it."""
    reading = read(HEAD + body)
    assert reading.decision is None
    return reading.diagnostics


def fault(body: str) -> Diagnostic:
    """Return the one thing that is wrong with a file of the head and these lines."""
    (only,) = faults(body)
    return only


def place(found: Diagnostic) -> tuple[int, int]:
    """Return the line and the column where a diagnostic points."""
    assert found.span is not None
    return found.span.line, found.span.column
