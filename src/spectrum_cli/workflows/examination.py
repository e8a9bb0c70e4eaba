"""One decision, assessed with its parts and looked at by every check."""

from collections.abc import Callable, Sequence

from spectrum_cli.checks import CHECKS
from spectrum_cli.engine.assess import PreparedRules, assess
from spectrum_cli.model.checking import CheckContext, Scope
from spectrum_cli.model.decision import Decision
from spectrum_cli.model.diagnostic import Diagnostic
from spectrum_cli.model.settings import Settings
from spectrum_cli.workflows.carrying import follow

NEVER = "0000-00-00"
"""The day until which findings hold that rest on other files too: they must not be kept at all."""


def assessed_scopes(decision: Decision, rules: PreparedRules) -> list[Scope]:
    """Return the whole decision and then its parts, each with its assessment."""
    scopes = [Scope("", decision.answers, decision.answers, assess(decision.answers, rules, title=decision.title))]
    for part in decision.parts:
        answers = decision.part_answers(part)
        scopes.append(Scope(part.id, answers, part.answers, assess(answers, rules, ident=part.id, title=part.title)))
    return scopes


def findings_in(
    decision: Decision,
    scopes: Sequence[Scope],
    rules: PreparedRules,
    settings: Settings,
    today: str,
    line: Callable[[int], str],
    path: str,
    given: type[CheckContext] = CheckContext,
) -> tuple[list[Diagnostic], str]:
    """Return what the checks find in an assessed decision, and the ISO day until which that holds.

    ``path`` is where the file lies on this machine, so that the decision that it carries out can be looked up; where
    it is empty, nothing is looked up and nothing is said of it. The day is empty where no day matters. ``given`` is
    what the checks are given.
    """
    carried = follow(decision, path, rules) if path else None
    context = given(
        decision=decision,
        scopes=scopes,
        types=rules.rule_base.types,
        support=rules.rule_base.support,
        settings=settings,
        today=today,
        line=line,
        carries_out=carried,
    )
    found = [finding for module in CHECKS for finding in module.check(context)]
    return found, NEVER if carried is not None else context.holds_until or ""
