"""Decisions carry each other out in a circle.

What it checks:
    Whether following place.implements from file to file leads back to a file that was passed before.

Why it matters:
    One of the decisions must come first. In a circle nobody can tell which influence is passed on to which.

Example:
    The file names itself:

        place: {implements: decision.yaml}

Instead:
    Let the local decision name the larger one, and not the other way round.
"""

from collections.abc import Iterator

from spectrum_cli.model.checking import CheckContext, CheckInfo
from spectrum_cli.model.diagnostic import Diagnostic, Severity

INFO = CheckInfo("SP352", "carries-out-in-a-circle", "Decisions carry each other out in a circle", Severity.ERROR)


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding where following the other file leads in a circle."""
    carried = context.carries_out
    if carried is not None and carried.problem == "circle":
        yield context.finding(
            INFO,
            context.whole,
            "place.implements",
            f"following what this carries out leads in a circle: {' -> '.join(carried.circle)}",
            hint="Let the local decision name the larger one. Delete place.implements in the larger one.",
        )
