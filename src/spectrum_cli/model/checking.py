"""What a check is given and what it says of itself."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from spectrum_cli.model.assessment import Assessment
from spectrum_cli.model.decision import Answer, Answers, AnswerValue, Decision
from spectrum_cli.model.diagnostic import Diagnostic, Related, Severity
from spectrum_cli.model.location import Span
from spectrum_cli.model.rulebase import ParticipationType, Prerequisite
from spectrum_cli.model.settings import Settings


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """A check's permanent code and slug, its title for lists, and how much it matters unless a team says otherwise."""

    code: str
    slug: str
    title: str
    severity: Severity


class Scope(NamedTuple):
    """The whole decision, or one part of it.

    ``answers`` are those that count; ``own`` are those that this scope states itself. A finding about answers that a
    part only takes over belongs to the whole, and is reported there.
    """

    part: str
    answers: Answers
    own: Answers
    assessment: Assessment

    def value(self, key: str) -> AnswerValue:
        """Return the value stated under a key, or None where it is unknown or not stated."""
        answer = self.answers.get(key)
        return answer.value if answer is not None else None

    def states(self, *keys: str) -> bool:
        """Whether this scope states one of the keys itself."""
        return any(key in self.own for key in keys)


@dataclass(frozen=True, slots=True)
class Carried:
    """What came of following ``place.implements``: the other decision and its type, or why there is none.

    ``problem`` is ``""``, ``missing``, ``unreadable`` or ``circle``. ``circle`` lists the files in order.
    """

    path: str
    problem: str = ""
    title: str = ""
    type: ParticipationType | None = None
    planned: ParticipationType | None = None
    circle: tuple[str, ...] = ()


@dataclass(slots=True)
class CheckContext:
    """One decision with everything that a check may look at. Checks read it and change nothing.

    ``today`` is an ISO day. A check compares days by :meth:`is_past`, so that a kept result is known to hold only
    until then. ``whole`` and ``parts`` are the scopes by what they are.
    """

    decision: Decision
    scopes: Sequence[Scope]
    types: Sequence[ParticipationType]
    support: Sequence[Prerequisite]
    settings: Settings
    today: str
    line: Callable[[int], str]
    carries_out: Carried | None = None
    holds_until: str | None = field(default=None)
    whole: Scope = field(init=False)
    parts: Sequence[Scope] = field(init=False)

    def __post_init__(self) -> None:
        self.whole, *self.parts = self.scopes

    def is_past(self, day: str) -> bool:
        """Whether a day lies before today; notes that this will change if it does not yet."""
        if day < self.today:
            return True
        if self.holds_until is None or day < self.holds_until:
            self.holds_until = day
        return False

    def finding(
        self,
        info: CheckInfo,
        scope: Scope,
        at: str | Sequence[str],
        message: str,
        *,
        hint: str = "",
        related: Sequence[tuple[str, str]] = (),
    ) -> Diagnostic:
        """Return a finding at the first of the keys that is stated, else at the part or the title.

        ``related`` pairs a sentence with a key; keys that are not stated are left out.
        """
        answers = scope.answers
        span = self._span(scope, (at,) if isinstance(at, str) else at)
        places = []
        for sentence, key in related:
            answer = answers.get(key)
            if answer is not None and answer.value is not None:
                places.append(Related(sentence, answer.span, self.line(answer.line)))
        if scope.part:
            message = f"part '{scope.part}': {message}"
        line_text, file = self.line(span.line), self.decision.file
        return Diagnostic(info.code, info.severity, message, file, span, line_text, hint, tuple(places))

    def _span(self, scope: Scope, keys: Sequence[str]) -> Span:
        for key in keys:
            answer = scope.answers.get(key)
            if answer is not None:
                return _first_line(answer)
        if scope.part:
            return next(part.span for part in self.decision.parts if part.id == scope.part)
        return _first_line(self.decision.answers["title"])


def _first_line(answer: Answer) -> Span:
    if answer.line == answer.end_line:
        return answer.span
    return Span(answer.line, answer.column, answer.line, answer.column + 1)


class CheckModule(Protocol):
    """A module in ``checks/``: its info, its four-part docstring and one function."""

    INFO: CheckInfo
    __doc__: str | None

    def check(self, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield what is wrong with one decision."""
        ...
