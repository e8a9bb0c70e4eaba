"""It is worked out with people, and carried out locally without them.

What it checks:
    Where local bodies carry the decision out (place.implemented_locally) and it is planned or advised as ENGAGE,
    CO-DESIGN or CO-PRODUCE: whether people there have little say (local_participation: none, inform, educate or
    consult; a warning), or the file does not say (a note).

Why it matters:
    What is agreed at a higher level keeps its purpose only where people are part of carrying it out. Otherwise what
    mattered most to them is lost on the way.

Example:
    A plan is worked out with people, and local bodies announce it:

        openness: {stage: aim, open_to_change: [method], use_of_input: shapes, exchange: joint-work}
        place: {implemented_locally: true, local_participation: inform}

Instead:
    Agree with the local bodies how people take part there, and write it under local_participation.
"""

from collections.abc import Iterator
from dataclasses import replace

from spectrum_cli.checks.scopes import has_note, once, places, with_people
from spectrum_cli.model.checking import CheckContext, CheckInfo, Scope
from spectrum_cli.model.diagnostic import Diagnostic, Severity
from spectrum_cli.model.rulebase import ParticipationType

INFO = CheckInfo(
    "SP354",
    "no-local-participation",
    "It is worked out with people, and carried out locally without them",
    Severity.WARNING,
)
ELSE = replace(INFO, severity=Severity.NOTE)
RULE = "purple-returns-to-blue"
LITTLE = ("none", "inform", "educate", "consult")


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding for each scope that is carried out locally with little say for people, or with unknown say."""
    for scope, kind in once(context, _with_little_say, "place.local_participation"):
        local = scope.value("place.local_participation")
        says = "without people" if local == "none" else f"with {str(local).upper()}"
        noted = f" (note {RULE})" if has_note(scope, RULE) else ""
        at, related = places(
            scope,
            ("place.local_participation", f"carried out locally {says}"),
            ("place.implemented_locally", "it is carried out locally"),
            ("plan.type", "this is planned for the whole"),
        )
        yield context.finding(
            INFO,
            scope,
            at,
            f"this is worked out with people ({kind.name}), and carried out locally {says}{noted}",
            hint="Agree with the local bodies how people take part there, and write it under local_participation.",
            related=related,
        )
    for scope, kind in once(context, _with_unknown_say, "place.local_participation", "place.implemented_locally"):
        yield context.finding(
            ELSE,
            scope,
            ["place.local_participation", "place.implemented_locally"],
            f"this is worked out with people ({kind.name}) and carried out locally; the file does not "
            "say how people take part there",
            hint="Find out from the local bodies, and write it under local_participation.",
        )


def _with_little_say(scope: Scope) -> ParticipationType | None:
    return _carried_out_locally(scope) if scope.value("place.local_participation") in LITTLE else None


def _with_unknown_say(scope: Scope) -> ParticipationType | None:
    return _carried_out_locally(scope) if scope.value("place.local_participation") is None else None


def _carried_out_locally(scope: Scope) -> ParticipationType | None:
    return with_people(scope) if scope.value("place.implemented_locally") is True else None
