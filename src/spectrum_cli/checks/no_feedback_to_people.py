"""People are asked and not told what came of it.

What it checks:
    From CONSULT on, planned or advised: whether support.effect_of_input is missing or not stated, and no day is given
    in dates.feedback.

Why it matters:
    To hear what effect their input had is one of the five things that people need. Those who never hear back stop
    answering, and this is among the complaints that are made most.

Example:
    People are asked for a yes or no, and the file does not say when they hear what came of it:

        openness: {stage: proposal, open_to_change: [whether], use_of_input: considered, exchange: responses}
        plan: {type: consult}

Instead:
    Give the day (dates.feedback), or plan support.effect_of_input with an owner and a day.
"""

from collections.abc import Iterator

from spectrum_cli.checks.scopes import asking, once, own, seen_to
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.rulebase import ParticipationType

INFO = CheckInfo("SP323", "no-feedback-to-people", "People are asked and not told what came of it", Severity.WARNING)


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each scope that asks and does not say how people hear back."""
    for scope, kind in once(context, _tells_nobody, "support.effect_of_input", "dates.feedback"):
        missing = scope.value("support.effect_of_input") == "missing"
        yield context.finding(
            INFO,
            scope,
            ["support.effect_of_input", "dates.feedback", *own(scope, "plan.type", "openness.stage")],
            f"{kind.name} asks people, and "
            + ("they are not told" if missing else "the file does not say that they are told")
            + " what effect their input had",
            hint="Give the day on which they hear it (dates.feedback), or plan support.effect_of_input.",
            related=[("this asks people", "plan.type")] if missing else [],
        )


def _tells_nobody(scope: Scope) -> ParticipationType | None:
    told = seen_to(scope, "support.effect_of_input") or scope.value("dates.feedback") is not None
    return None if told else asking(scope)
