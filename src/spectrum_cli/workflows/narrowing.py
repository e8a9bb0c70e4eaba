"""An offer that became narrower after participation had opened."""

from collections.abc import Iterator

from spectrum_cli.engine.compare import OPEN, PLANNED, STAGE, offer_changes
from spectrum_cli.model.checking import CheckInfo
from spectrum_cli.model.decision import Answers, Decision, text_of
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.document import Source
from spectrum_cli.model.location import Span

NARROWED = CheckInfo(
    "SP371", "narrowed-after-opening", "The offer was narrowed after participation opened", Severity.ERROR
)


def narrowed(before: Decision, now: Decision, source: Source, today: str) -> Iterator[Diagnostic]:
    """Yield what people are offered less of than an earlier text of the file said.

    Only once participation has opened, by the opening day of either text. ``today`` is an ISO day.
    """
    yield from _scope(before.answers, now.answers, "", source, today)
    earlier = {part.id: part for part in before.parts}
    for part in now.parts:
        old = earlier.get(part.id)
        if old is None:
            continue
        own = {key for key in _READ if key in part.answers or key in old.answers}
        if own:
            yield from _scope(before.part_answers(old), now.part_answers(part), part.id, source, today, only=own)


_NAMES = {STAGE: "the stage", PLANNED: "the planned type"}
_READ = (STAGE, OPEN, PLANNED)


def _scope(
    before: Answers, now: Answers, part: str, source: Source, today: str, only: set[str] | None = None
) -> Iterator[Diagnostic]:
    opened = min((day for answers in (before, now) if (day := text_of(answers, "dates.opens"))), default="")
    if not opened or opened > today:
        return

    def finding(key: str, message: str) -> Diagnostic:
        answer = now.get(key)
        span = answer.span if answer is not None else Span(1, 1, 1, 1)
        if span.end_line != span.line:
            span = Span(span.line, span.column, span.line, span.column + 1)
        where = f"part '{part}': " if part else ""
        return Diagnostic(
            NARROWED.code,
            NARROWED.severity,
            f"{where}{message}, after participation opened on {opened}",
            source.name,
            span,
            source.line(span.line),
            "Tell the people who took part what changed and why, or give the offer back.",
        )

    for change in offer_changes(before, now):
        if not change.direction.narrows or (only is not None and change.key not in only):
            continue
        if change.lost:
            yield finding(change.key, f"{', '.join(change.lost)} is not open to change any more")
        elif change.before is not None and change.after is not None:
            yield finding(change.key, f"{_NAMES[change.key]} went from {change.before.value} to {change.after.value}")
