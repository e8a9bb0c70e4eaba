"""People are asked without being told what is not open.

What it checks:
    From CONSULT on, planned or advised: whether the file neither says what is fixed (openness.fixed) nor has
    support.scope met or planned. An empty list counts as an answer: nothing is fixed.

Why it matters:
    People need to know what they can change and what they cannot. Otherwise they put their work into what was never
    open, and the answers do not help whoever decides either.

Example:
    People are asked what they think, and nothing says where their influence ends:

        openness: {stage: options, open_to_change: [options], use_of_input: considered, exchange: discussion}
        plan: {type: engage}

Instead:
    List what is fixed and why, for example fixed: [{what: The present building will close, why: The lease ends}], and
    say it to people (support.scope).
"""

from collections.abc import Iterator

from spectrum_cli.checks.scopes import asking, once, own, seen_to
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.rulebase import ParticipationType

INFO = CheckInfo(
    "SP325", "no-scope-statement", "People are asked without being told what is not open", Severity.WARNING
)


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each scope that asks and does not say what is given."""
    for scope, kind in once(context, _says_no_scope, "support.scope", "openness.fixed"):
        yield context.finding(
            INFO,
            scope,
            ["support.scope", "openness.fixed", *own(scope, "plan.type", "openness.open_to_change", "openness.stage")],
            f"{kind.name} asks people, and nothing says what they cannot change",
            hint="List what is fixed and why (openness.fixed), or plan to say it to people (support.scope).",
        )


def _says_no_scope(scope: Scope) -> ParticipationType | None:
    said = scope.value("openness.fixed") is not None or seen_to(scope, "support.scope")
    return None if said else asking(scope)
