"""People hear late what effect their input had.

What it checks:
    Whether dates.feedback lies more than feedback_weeks after the decision or, where the day of the decision is not
    stated, after participation closes. The number of weeks is a setting of the team (12 where nothing is set). No law
    sets one, and neither does the source.

Why it matters:
    After months of silence people take it that nothing came of what they said.

Example:
    The decision falls in March, and people hear of it in autumn:

        dates: {decision: 2027-03-31, feedback: 2027-09-30}

Instead:
    Tell people soon after the decision, even if only in short, and the rest later.
"""

from collections.abc import Iterator
from datetime import date

from spectrum_cli.checks.scopes import once, places
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.diagnostic import Diagnostic, Severity

INFO = CheckInfo("SP324", "late-feedback", "People hear late what effect their input had", Severity.WARNING)


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each scope whose feedback comes later than the team allows."""
    weeks = context.settings.feedback_weeks

    def too_many_days(scope: Scope) -> int | None:
        days = _days_of_waiting(scope)
        return days if days > weeks * 7 else None

    for scope, days in once(context, too_many_days, "dates.feedback"):
        since = _since(scope)
        event = "the decision is taken" if since == "dates.decision" else "participation closes"
        at, related = places(scope, ("dates.feedback", "people hear what came of it"), (since, event))
        yield context.finding(
            INFO,
            scope,
            at,
            f"people hear what came of it {days} days after {event}; the team's own setting is {weeks} weeks at most "
            "(feedback_weeks, not a law)",
            hint="Bring the day forward, or tell people the main points first and the rest on this day.",
            related=related,
        )


def _since(scope: Scope) -> str:
    return "dates.decision" if scope.value("dates.decision") is not None else "dates.closes"


def _days_of_waiting(scope: Scope) -> int:
    told, since = scope.value("dates.feedback"), scope.value(_since(scope))
    if not isinstance(told, str) or not isinstance(since, str):
        return 0
    return (date.fromisoformat(told) - date.fromisoformat(since)).days
