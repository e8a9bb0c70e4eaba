"""The day on which the type was to be looked at again has passed.

What it checks:
    Whether dates.review lies before today.

Why it matters:
    How open a decision is changes over time. A type that fitted in spring may promise too much, or too little, by
    autumn.

Example:
    The day went by and nobody looked:

        dates: {review: 2026-01-15}

Instead:
    Look at the answers again, correct what has changed, and set the next day.
"""

from collections.abc import Iterator

from spectrum_cli.checks.scopes import once
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.decision import text_of
from spectrum_cli.model.diagnostic import Diagnostic, Severity

INFO = CheckInfo(
    "SP334", "review-date-past", "The day on which the type was to be looked at again has passed", Severity.NOTE
)


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each scope whose day has passed."""

    def passed(scope: Scope) -> str:
        day = text_of(scope.answers, "dates.review")
        return day if day and context.is_past(day) else ""

    for scope, day in once(context, passed, "dates.review"):
        yield context.finding(
            INFO,
            scope,
            "dates.review",
            f"the type was to be looked at again on {day}, and that day has passed",
            hint="Look at the answers again, correct what has changed, and set the next day.",
        )
