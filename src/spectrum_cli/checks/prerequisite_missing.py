"""Something that the type needs in place is missing.

What it checks:
    Whether a prerequisite of the planned type or, without a plan, of the advised one is stated as missing. Of a plan
    above the advised type, the prerequisites up to the advised type are looked at; the plan is a finding of its own.

Why it matters:
    A type without what it needs keeps its name and loses its substance. What is missing never changes the advised
    type: it says what still has to be done.

Example:
    A yes or no is asked for, and nobody sets out what speaks for either:

        openness: {stage: proposal, open_to_change: [whether], use_of_input: considered, exchange: responses}
        support: {pros_and_cons: missing}

Instead:
    See to it, and write met or planned with an owner and a day. Or plan a type that does not need it.
"""

from collections.abc import Iterator

from spectrum_cli.checks.scopes import intended, once_each
from spectrum_cli.model.assessment import PrerequisiteState
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.decision_format import TYPE_IDS
from spectrum_cli.model.diagnostic import Diagnostic, Severity

INFO = CheckInfo("SP321", "prerequisite-missing", "Something that the type needs in place is missing", Severity.WARNING)


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each missing prerequisite of each scope."""
    for scope, keys in once_each(context, _missing_keys):
        kind = intended(scope)
        for entry in _missing(scope):
            needed = entry.prerequisite
            if kind is not None and needed.key in keys:
                yield context.finding(
                    INFO,
                    scope,
                    needed.key,
                    f"{kind.name} needs this in place, and it is missing: {needed.title[0].lower()}{needed.title[1:]}",
                    hint=f"{needed.because} See to it, or plan a type that does not need it.",
                    related=[(f"{kind.name} is planned", "plan.type")],
                )


def _missing(scope: Scope) -> list[PrerequisiteState]:
    kind = intended(scope)
    if kind is None:
        return []
    return [
        entry
        for entry in scope.assessment.readiness.prerequisites
        if entry.state == "missing" and TYPE_IDS.index(entry.prerequisite.needed_from) <= kind.order
    ]


def _missing_keys(scope: Scope) -> list[str]:
    return [entry.prerequisite.key for entry in _missing(scope)]
