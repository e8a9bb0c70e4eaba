"""The decision that this one carries out cannot be had.

What it checks:
    Whether the file that place.implements names is there and can be read.

Why it matters:
    Whether people keep the influence that they had on the larger decision can only be seen with both at hand.

Example:
    The file was moved, or its name has a slip in it:

        place: {implements: ../national/diabetes-plam.yaml}

Instead:
    Correct the path. It is seen from the folder of this file. If the other file has faults, mend them first: spectrum
    advise shows them.
"""

from collections.abc import Iterator

from spectrum_cli.model.checking import CheckContext, CheckInfo
from spectrum_cli.model.diagnostic import Diagnostic, Severity

INFO = CheckInfo("SP351", "carries-out-nothing", "The decision that this one carries out cannot be had", Severity.ERROR)


def check(context: CheckContext) -> Iterator[Diagnostic]:
    """Yield a finding where the other file is missing or cannot be read."""
    carried = context.carries_out
    if carried is None or carried.problem not in ("missing", "unreadable"):
        return
    if carried.problem == "missing":
        what, hint = f"there is no file {carried.path}", "Correct the path; it is seen from the folder of this file."
    else:
        what, hint = f"{carried.path} cannot be read", "Mend that file; spectrum advise shows its faults."
    yield context.finding(
        INFO, context.whole, "place.implements", f"this carries out another decision, and {what}", hint=hint
    )
