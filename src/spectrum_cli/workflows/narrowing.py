"""An offer that became narrower after participation had opened."""

from collections.abc import Iterator, Sequence

from spectrum_cli.model.checking import CheckInfo
from spectrum_cli.model.decision import Answer, Answers, Decision
from spectrum_cli.model.decision_format import FIELDS, TYPE_IDS
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


_STAGES = FIELDS["openness.stage"].answers
_READ = ("openness.stage", "openness.open_to_change", "plan.type")


def _scope(
    before: Answers, now: Answers, part: str, source: Source, today: str, only: set[str] | None = None
) -> Iterator[Diagnostic]:
    opened = min((day for answers in (before, now) if (day := _text(answers, "dates.opens"))), default="")
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

    for key, order in (("openness.stage", _STAGES), ("plan.type", TYPE_IDS)):
        old, new = _text(before, key), _text(now, key)
        if (only is None or key in only) and old and new and order.index(new) < order.index(old):
            name = "the stage" if key == "openness.stage" else "the planned type"
            yield finding(key, f"{name} went from {old} to {new}")
    key = "openness.open_to_change"
    open_now = _items(now.get(key))
    lost = [item for item in _items(before.get(key)) if item not in open_now]
    if (only is None or key in only) and lost and open_now and "nothing" not in lost:
        yield finding(key, f"{', '.join(lost)} is not open to change any more")


def _text(answers: Answers, key: str) -> str:
    answer = answers.get(key)
    return answer.value if answer is not None and isinstance(answer.value, str) else ""


def _items(answer: Answer | None) -> Sequence[str]:
    if answer is None or not isinstance(answer.value, tuple):
        return ()
    return [str(item) for item in answer.value]
