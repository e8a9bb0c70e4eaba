"""The decision is taken before participation closes.

What it checks:
    Whether dates.decision lies before dates.closes. Both may be the same day.

Why it matters:
    What people say after the decision cannot count. English courts ask whether answers were taken into account (the
    fourth Gunning principle), and this shows that some could not be.

Example:
    The board meets a week before the survey ends:

        dates: {closes: 2027-03-02, decision: 2027-02-23}

Instead:
    Put the decision after the last day, with time to read what people said. Or let participation close earlier and
    say so.
"""

from collections.abc import Iterator

from spectrum_cli.checks.scopes import once, places
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.decision import text_of
from spectrum_cli.model.diagnostic import Diagnostic, Severity

INFO = CheckInfo(
    "SP332", "decision-before-closing", "The decision is taken before participation closes", Severity.ERROR
)


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each scope that is decided while people can still take part."""
    for scope, (closes, decision) in once(context, _decides_first, "dates.decision"):
        at, related = places(
            scope,
            ("dates.decision", f"decided on {decision}"),
            ("dates.closes", f"people can take part until {closes}"),
        )
        yield context.finding(
            INFO,
            scope,
            at,
            f"the decision is taken on {decision}, before participation closes on {closes}",
            hint="Decide after the last day, with time to read what people said, or close earlier and say so.",
            related=related,
        )


def _decides_first(scope: Scope) -> tuple[str, str] | None:
    closes, decision = text_of(scope.answers, "dates.closes"), text_of(scope.answers, "dates.decision")
    return (closes, decision) if closes and decision and decision < closes else None
