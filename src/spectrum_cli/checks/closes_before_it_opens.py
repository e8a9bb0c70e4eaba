"""Participation closes before it opens.

What it checks:
    Whether dates.closes lies before dates.opens. Both may be the same day.

Why it matters:
    One of the two days is wrong, and people will be told the wrong one.

Example:
    The year was not changed in both:

        dates: {opens: 2027-01-05, closes: 2026-03-02}

Instead:
    Correct the day that is wrong.
"""

from collections.abc import Iterator

from spectrum_cli.checks.scopes import once, places
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.decision import text_of
from spectrum_cli.model.diagnostic import Diagnostic, Severity

INFO = CheckInfo("SP331", "closes-before-it-opens", "Participation closes before it opens", Severity.ERROR)


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each scope whose two days stand in the wrong order."""
    for scope, (opens, closes) in once(context, _closes_first, "dates.closes", "dates.opens"):
        at, related = places(scope, ("dates.closes", f"closes on {closes}"), ("dates.opens", f"opens on {opens}"))
        yield context.finding(
            INFO,
            scope,
            at,
            f"participation closes on {closes}, before it opens on {opens}",
            hint="Correct the day that is wrong.",
            related=related,
        )


def _closes_first(scope: Scope) -> tuple[str, str] | None:
    opens, closes = text_of(scope.answers, "dates.opens"), text_of(scope.answers, "dates.closes")
    return (opens, closes) if opens and closes and closes < opens else None
