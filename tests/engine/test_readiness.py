"""What must be in place: the order of what is needed, what is told of it, and the type that it is enough for."""

from dataclasses import replace

import pytest

from spectrum_cli.engine.readiness import assess_readiness, prepare_prerequisites
from spectrum_cli.model.assessment import PrerequisiteState, Readiness
from spectrum_cli.model.decision import Answer
from spectrum_cli.model.rulebase import Prerequisite
from tests.engine.small_rules import OURS, small


def needed(name, kind):
    return Prerequisite(name, f"support.{name}", "practice", name, kind, "So.", OURS, "1.0")


SCOPE, SKILLS, POWER = needed("scope", "educate"), needed("skills", "engage"), needed("power", "co-produce")
BASE = replace(small(), support=(SCOPE, SKILLS, POWER))
INFORM, EDUCATE, CONSULT, ENGAGE, CO_DESIGN, CO_PRODUCE = BASE.types


def readiness(advised, **stated):
    answers = {f"support.{key.replace('__', '.')}": Answer(value, 7, 1, 7, 9) for key, value in stated.items()}
    return assess_readiness(answers, advised, prepare_prerequisites(BASE), BASE.types)


def test_a_prerequisite_knows_the_type_that_needs_it_first_and_where_its_details_stand():
    scope, skills, power = prepare_prerequisites(BASE)
    assert scope == (SCOPE, 1, "support.scope.owner", "support.scope.by", "support.scope.evidence")
    assert (skills.item, skills.order) == (SKILLS, 3)
    assert (power.item, power.order) == (POWER, 5)


def test_each_state_is_told_with_who_when_and_what_shows_it():
    found = readiness(ENGAGE, scope="met", scope__owner="Ann", scope__by="2027-03-01", scope__evidence="A page")
    assert found.prerequisites == (
        PrerequisiteState(SCOPE, "met", "Ann", "2027-03-01", "A page", Answer("met", 7, 1, 7, 9)),
        PrerequisiteState(SKILLS, "unknown", "", "", "", None),
    )


def test_what_is_stated_as_unknown_is_unknown_and_keeps_its_place():
    (scope,) = readiness(CONSULT, scope=None).prerequisites
    assert scope == PrerequisiteState(SCOPE, "unknown", "", "", "", Answer(None, 7, 1, 7, 9))


def test_without_an_advised_type_nothing_is_needed_and_nothing_known():
    assert readiness(None, scope="met") == Readiness("unknown", None, None, ())


@pytest.mark.parametrize(
    ("advised", "stated", "state", "supported", "planned", "count"),
    [
        (INFORM, {}, "ready", INFORM, INFORM, 0),
        (EDUCATE, {"scope": "met"}, "ready", EDUCATE, EDUCATE, 1),
        (EDUCATE, {"scope": "planned"}, "planned", INFORM, EDUCATE, 1),
        (EDUCATE, {"scope": "missing"}, "not-ready", INFORM, INFORM, 1),
        (EDUCATE, {}, "unknown", INFORM, INFORM, 1),
        (CONSULT, {"scope": "met", "skills": "missing"}, "ready", CONSULT, CONSULT, 1),
        (ENGAGE, {"scope": "met", "skills": "missing"}, "not-ready", CONSULT, CONSULT, 2),
        (ENGAGE, {"scope": "met", "skills": "planned"}, "planned", CONSULT, ENGAGE, 2),
        (ENGAGE, {"scope": "planned", "skills": "met"}, "planned", INFORM, ENGAGE, 2),
        (ENGAGE, {"scope": "planned", "skills": "missing"}, "not-ready", INFORM, CONSULT, 2),
        (ENGAGE, {"scope": "planned"}, "unknown", INFORM, CONSULT, 2),
        (ENGAGE, {"scope": None, "skills": "missing"}, "not-ready", INFORM, INFORM, 2),
        (CO_PRODUCE, {"scope": "met", "skills": "met", "power": "met"}, "ready", CO_PRODUCE, CO_PRODUCE, 3),
        (CO_PRODUCE, {"scope": "met", "skills": "met"}, "unknown", CO_DESIGN, CO_DESIGN, 3),
    ],
)
def test_a_type_is_supported_up_to_what_is_in_place(advised, stated, state, supported, planned, count):
    found = readiness(advised, **stated)
    assert (found.state, found.supported_type, found.planned_type) == (state, supported, planned)
    assert len(found.prerequisites) == count
