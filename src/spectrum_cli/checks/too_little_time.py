"""There is little time to take part.

What it checks:
    From CONSULT on, planned or advised: whether there are fewer weeks (time.weeks, or what follows from the days on
    which participation opens and closes) than minimum_weeks. The number of weeks is a setting of the team (4 where
    nothing is set). The law sets no fixed number. Work without an end date (time.ongoing) is left out.

Why it matters:
    People need time to hear of it, to think it over and to talk with others. Short participation, and participation
    over holidays, reaches the same few people.

Example:
    A letter leaves one week for replies:

        openness: {stage: proposal, open_to_change: [whether], use_of_input: considered, exchange: responses}
        time: {weeks: 1}

Instead:
    Give more time. If there is a reason for the hurry, say it openly and make it as easy as you can to take part.
"""

from collections.abc import Iterator

from spectrum_cli.checks.scopes import asking, once
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.rulebase import ParticipationType

INFO = CheckInfo("SP333", "too-little-time", "There is little time to take part", Severity.WARNING)


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each scope that gives people less time than the team wants."""
    least = context.settings.minimum_weeks

    def hurried(scope: Scope) -> ParticipationType | None:
        weeks = scope.value("time.weeks")
        short = isinstance(weeks, int) and weeks < least and scope.value("time.ongoing") is not True
        return asking(scope) if short else None

    for scope, kind in once(context, hurried, "time.weeks"):
        weeks = scope.value("time.weeks")
        length = "less than a week" if weeks == 0 else "1 week" if weeks == 1 else f"{weeks} weeks"
        yield context.finding(
            INFO,
            scope,
            "time.weeks",
            f"people have {length} for {kind.name}; the team's own setting is {least} at least (minimum_weeks; the law "
            "sets no fixed number of weeks)",
            hint="Give more time, or say openly why there is so little.",
            related=[("participation closes", "dates.closes")] if _follows_from_days(scope) else [],
        )


def _follows_from_days(scope: Scope) -> bool:
    weeks, opens = scope.answers.get("time.weeks"), scope.answers.get("dates.opens")
    return weeks is not None and opens is not None and weeks.span == opens.span
