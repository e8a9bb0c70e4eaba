"""Follows ``place.implements`` to the decision that this one carries out."""

import os

from spectrum_cli.engine.assess import PreparedRules, assess
from spectrum_cli.files.decision_file import read_decision_file
from spectrum_cli.files.reading import STDIN, shown_name
from spectrum_cli.model.checking import Carried
from spectrum_cli.model.decision import Decision, text_of

MAX_STEPS = 50


def follow(decision: Decision, path: str, rules: PreparedRules) -> Carried | None:
    """Return the decision that a file carries out, or why it cannot be had; None where it names none.

    The chain is followed on to find a circle.
    """
    wanted = text_of(decision.answers, "place.implements")
    if not wanted:
        return None
    target = _beside(path, wanted)
    if not os.path.isfile(target):
        return Carried(wanted, "missing")
    reading = read_decision_file(target)
    if reading.decision is None:
        return Carried(wanted, "unreadable")
    circle = _circle(path, target, reading.decision)
    if circle:
        return Carried(wanted, "circle", circle=circle)
    found = assess(reading.decision.answers, rules)
    return Carried(wanted, "", reading.decision.title, found.type, found.plan.type)


def _beside(path: str, wanted: str) -> str:
    folder = "" if path == STDIN else os.path.dirname(path)
    return os.path.normpath(os.path.join(folder, wanted))


def _circle(path: str, target: str, decision: Decision) -> tuple[str, ...]:
    names = [path, target]
    seen = {os.path.realpath(path)}
    current: Decision | None = decision
    for _ in range(MAX_STEPS):
        real = os.path.realpath(target)
        if real in seen:
            return tuple(shown_name(os.path.normpath(name)) for name in names)
        seen.add(real)
        wanted = text_of(current.answers, "place.implements") if current is not None else ""
        if not wanted:
            return ()
        target = _beside(target, wanted)
        names.append(target)
        current = read_decision_file(target).decision
    return ()
