"""What a check is given, made from a file and the rule base, on a day that never changes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from spectrum_cli.engine.advice import advise
from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.files.decision_file import read_decision_file
from spectrum_cli.model.checking import Carried, CheckContext, Scope
from spectrum_cli.model.decision import Decision, text_of
from spectrum_cli.model.settings import Settings

TODAY = "2026-11-25"

ContextOf = Callable[..., CheckContext]


def read(path: Path) -> Decision | None:
    return read_decision_file(str(path)).decision


def make_context(path: Path, rules: PreparedRules, settings: Settings | None = None) -> CheckContext:
    reading = read_decision_file(str(path))
    assert reading.decision is not None, reading.diagnostics
    assert reading.source is not None
    decision = reading.decision
    advice = advise(decision, rules, with_moves=False)
    scopes = [Scope("", decision.answers, decision.answers, advice.whole.assessment)]
    scopes += [
        Scope(part.id, decision.part_answers(part), part.answers, advice.scope(part.id).assessment)
        for part in decision.parts
    ]
    return CheckContext(
        decision=decision,
        scopes=scopes,
        types=rules.rule_base.types,
        support=rules.rule_base.support,
        settings=settings or Settings(),
        today=TODAY,
        line=reading.source.line,
        carries_out=carried_by(path, decision, rules),
    )


def carried_by(path: Path, decision: Decision, rules: PreparedRules) -> Carried | None:
    """Follow ``place.implements`` as far as it goes."""
    wanted = text_of(decision.answers, "place.implements")
    if not wanted:
        return None
    passed = [path.resolve()]
    current: Decision | None = decision
    while current is not None and (name := text_of(current.answers, "place.implements")):
        passed.append((passed[-1].parent / name).resolve())
        if passed[-1] in passed[:-1]:
            return Carried(wanted, "circle", circle=tuple(file.name for file in passed))
        current = read(passed[-1]) if passed[-1].is_file() else None
    if not passed[1].is_file():
        return Carried(wanted, "missing")
    larger = read(passed[1])
    if larger is None:
        return Carried(wanted, "unreadable")
    found = advise(larger, rules, with_moves=False).whole.assessment
    return Carried(wanted, "", larger.title, found.type, found.plan.type)


@pytest.fixture(scope="module")
def context_of(practice: PreparedRules) -> ContextOf:
    """Turn a path, and settings where they matter, into what a check is given."""
    return lambda path, settings=None: make_context(path, practice, settings)
