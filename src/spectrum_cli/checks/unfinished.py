"""Answers about openness are missing, so the type is not certain.

What it checks:
    Which questions about openness have no answer, where an answer could still change the type (a note). Where nothing
    at all is said about openness it is a warning, and the type can be any.

Why it matters:
    Unknown is not no. While answers are missing the program gives a best estimate, and the estimate may be wrong.

Example:
    One answer alone leaves several types possible:

        openness: {exchange: joint-work}

Instead:
    Answer the question that the finding names first. It narrows the possible types most.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spectrum_cli.checks.scopes import listed, names, once_each, own
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.diagnostic import Diagnostic, Severity

INFO = CheckInfo("SP361", "unfinished", "Answers about openness are missing, so the type is not certain", Severity.NOTE)
ELSE = replace(INFO, severity=Severity.WARNING)


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each scope whose type is not certain."""
    unfinished = once_each(context, _missing)
    says_nothing = bool(unfinished) and all(_says_nothing(scope) for scope in context.scopes)
    for scope, _ in unfinished:
        found = scope.assessment
        question = found.next_question
        missing = scope.assessment.unanswered
        order = [question.criterion.key, *missing] if question else missing
        stated = [item.criterion.key for item in found.counted]
        lead = "nothing is said about openness, so" if _says_nothing(scope) else f"without {listed(names(missing))}"
        possible = listed([kind.name for kind in found.possible_types], "or")
        yield context.finding(
            ELSE if says_nothing else INFO,
            scope,
            own(scope, *order, *stated),
            f"{lead} the type can still be {possible}",
            hint=f"Answer {question.criterion.key} first: {question.criterion.question}" if question else "",
        )


def _missing(scope: Scope) -> Sequence[str]:
    return () if scope.assessment.certain else scope.assessment.unanswered


def _says_nothing(scope: Scope) -> bool:
    return len(scope.assessment.unanswered) == len(scope.assessment.counted)
