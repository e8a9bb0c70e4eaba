"""The law asks that people are involved, and the decision is made.

What it checks:
    Whether need.duty is express while the stage is made. It rests on the note duty-and-made, so it looks at nothing
    where the rule base has only the source's own rules.

Why it matters:
    A duty to involve or consult is met before the decision, while it can still change. A decision that was taken
    without it can be overturned.

Example:
    A law says that people must be involved in closing the service, and it has been closed:

        openness: {stage: made}
        need: {duty: express}

Instead:
    Find out whether people were asked while it was open. If they were, say so in notes and describe here what is
    left: need: {duty: none}. If they were not, take advice before anything else happens. This is not legal advice.
"""

from collections.abc import Iterator

from spectrum_cli.checks.scopes import has_note, once, places
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.diagnostic import Diagnostic, Severity

INFO = CheckInfo(
    "SP341", "duty-and-made", "The law asks that people are involved, and the decision is made", Severity.ERROR
)
RULE = "duty-and-made"


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each scope of which the rule base says so."""
    for scope, _ in once(context, _is_made_under_a_duty, "need.duty"):
        at, related = places(
            scope, ("openness.stage", "the decision is made"), ("need.duty", "there is an express duty")
        )
        yield context.finding(
            INFO,
            scope,
            at,
            f"the decision has been made, and there is an express duty to involve people (note {RULE})",
            hint="Find out whether people were asked before. If not, take advice before the decision is carried out.",
            related=related,
        )


def _is_made_under_a_duty(scope: Scope) -> bool:
    return has_note(scope, RULE)
