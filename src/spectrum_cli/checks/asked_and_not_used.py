"""People are asked, and what they say is not used.

What it checks:
    Whether use_of_input is none while the plan is ENGAGE or a more open type (an error), or while people can answer
    (a warning). Also a warning: people can answer, but the decision is made or nothing is open, and the plan does not
    say that they are asked.

Why it matters:
    An invitation to answer says that the answer counts. If it does not, people have given their time for nothing.

Example:
    People discuss it in workshops, and nothing is done with what they say:

        openness: {use_of_input: none, exchange: discussion}
        plan: {type: engage, methods: [workshops]}

Instead:
    Say what happens to what people say, once whoever decides has agreed to it. Or tell people plainly that this is
    information, and let them ask questions (exchange: questions).
"""

from collections.abc import Iterator
from dataclasses import replace

from spectrum_cli.checks.scopes import has_note, invites_answers, once, places, plan_to_ask
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.rulebase import ParticipationType

INFO = CheckInfo("SP312", "asked-and-not-used", "People are asked, and what they say is not used", Severity.ERROR)
ELSE = replace(INFO, severity=Severity.WARNING)
RULE = "asking-when-made"


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each scope in which answers are invited and cannot count."""
    for scope, planned in once(context, _promised_and_not_used, "openness.use_of_input"):
        at, related = places(
            scope, ("openness.use_of_input", "what people say is not used"), ("plan.type", "promises that it counts")
        )
        yield context.finding(
            INFO,
            scope,
            at,
            f"the plan promises {planned.name}, and what people say is not used",
            hint="Say how it will be used (considered, shapes or shared), or plan inform or educate.",
            related=related,
        )
    for scope, _ in once(context, _invited_and_not_used, "openness.use_of_input"):
        at, related = places(
            scope,
            ("openness.use_of_input", "what people say is not used"),
            ("openness.exchange", "people are invited to answer"),
        )
        yield context.finding(
            ELSE,
            scope,
            at,
            "people are invited to answer, and what they say is not used",
            hint="Say how it will be used, or let people ask questions and no more (exchange: questions).",
            related=related,
        )
    for scope, _ in once(context, _invited_in_vain, "openness.exchange"):
        made = scope.value("openness.stage") == "made"
        at, related = places(
            scope,
            ("openness.exchange", "people are invited to answer"),
            ("openness.stage", "the decision is made") if made else ("openness.open_to_change", "nothing is open"),
        )
        yield context.finding(
            ELSE,
            scope,
            at,
            f"people are invited to answer, but their answers cannot change anything (note {RULE})",
            hint="Say so and let people ask questions (exchange: questions), or open something.",
            related=related,
        )


def _promised_and_not_used(scope: Scope) -> ParticipationType | None:
    planned = scope.assessment.plan.type
    not_used = scope.value("openness.use_of_input") == "none"
    return planned if not_used and planned is not None and planned.side == "with" else None


def _invited_and_not_used(scope: Scope) -> bool:
    not_used = scope.value("openness.use_of_input") == "none"
    return not_used and invites_answers(scope) and not _promised_and_not_used(scope)


def _invited_in_vain(scope: Scope) -> bool:
    """Whether the same holds for another reason, and no plan says it already (SP301 and SP302)."""
    other_reason = scope.value("openness.use_of_input") != "none" and has_note(scope, RULE)
    return other_reason and plan_to_ask(scope) is None
