"""Some groups are affected differently, and they are not seen to.

What it checks:
    From CONSULT on, planned or advised, where need.unequal_effect is true: whether access or a mix of perspectives
    (support.access, support.perspectives) is neither met nor planned. Not stated counts as not seen to.

Why it matters:
    Those who are affected most are often those whom a general invitation does not reach.

Example:
    People without a car lose most, and nothing is done to reach them:

        openness: {stage: proposal, open_to_change: [whether], use_of_input: considered, exchange: responses}
        need: {unequal_effect: true}
        support: {perspectives: met}

Instead:
    Plan what makes it possible for them to take part (support.access), and invite them by name
    (support.perspectives).
"""

from collections.abc import Iterator

from spectrum_cli.checks.scopes import asking, has_note, listed, once_each, places, seen_to
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.diagnostic import Diagnostic, Severity

INFO = CheckInfo(
    "SP343",
    "unequal-effect-unsupported",
    "Some groups are affected differently, and they are not seen to",
    Severity.WARNING,
)
RULE = "unequal-effect-needs-access"
SUPPORT = {"support.access": "access", "support.perspectives": "a mix of perspectives"}


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each scope in which they are asked without being seen to."""
    for scope, keys in once_each(context, _not_seen_to):
        noted = f" (note {RULE})" if has_note(scope, RULE) else ""
        at, related = places(
            scope,
            ("need.unequal_effect", "some groups are affected differently"),
            *((key, "this is not there") for key in keys),
        )
        yield context.finding(
            INFO,
            scope,
            at,
            f"some groups are affected differently, and {listed([SUPPORT[key] for key in keys])} "
            f"{'is' if len(keys) == 1 else 'are'} neither met nor planned{noted}",
            hint=f"Plan {listed(keys)}, with those who are affected most in mind.",
            related=related,
        )


def _not_seen_to(scope: Scope) -> list[str]:
    if scope.value("need.unequal_effect") is not True or asking(scope) is None:
        return []
    return [key for key in SUPPORT if not seen_to(scope, key)]
