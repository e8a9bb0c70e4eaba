"""Something that the type needs in place is missing.

What it checks:
    Whether a prerequisite of the planned type or, without a plan, of the advised one is stated as missing.

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

from spectrum_cli.checks.scopes import answered, intended, once_each
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.decision_format import TYPE_IDS
from spectrum_cli.model.diagnostic import Diagnostic, Severity

INFO = CheckInfo("SP321", "prerequisite-missing", "Something that the type needs in place is missing", Severity.WARNING)


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each missing prerequisite of each scope."""

    needed = {item.key: item for item in context.support}

    def missing_keys(scope: Scope) -> list[str]:
        kind = intended(scope)
        return [
            key
            for key in answered(scope, needed, "missing")
            if kind is not None and TYPE_IDS.index(needed[key].needed_from) <= kind.order
        ]

    for scope, keys in once_each(context, missing_keys):
        kind = intended(scope)
        for key in keys:
            item = needed[key]
            yield context.finding(
                INFO,
                scope,
                key,
                f"{kind.name if kind else 'the type'} needs this in place, and it is missing: "
                f"{item.title[0].lower()}{item.title[1:]}",
                hint=f"{item.because} See to it, or plan a type that does not need it.",
                related=[(f"{kind.name} is planned", "plan.type")] if kind else (),
            )
