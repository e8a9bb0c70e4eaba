"""The advice on a whole file: the whole, its parts, and the rules that it rests on."""

from spectrum_cli.engine.advice import advise
from spectrum_cli.model.decision import Answer, Decision, Part
from spectrum_cli.model.location import FILE_START
from tests.engine.small_rules import AGENDA, STAGE, prepared


def answers(**values):
    return {f"openness.{key}": Answer(value, 1, 1, 1, 1) for key, value in values.items()}


LEAFLET = Part("leaflet", "The leaflet", answers(stage="agenda"), FILE_START)
ROOM = Part("room", "The room", {}, FILE_START)
DECISION = Decision("a.yaml", "Where the benches go", answers(stage="proposal", agenda="invited"), (LEAFLET, ROOM))


def test_the_whole_and_each_part_are_told_by_their_own_name():
    found = advise(DECISION, prepared())
    assert (found.file, found.title) == ("a.yaml", "Where the benches go")
    told = [
        (item.assessment.id, item.assessment.title, item.assessment.type.id) for item in (found.whole, *found.parts)
    ]
    assert told == [
        ("", "Where the benches go", "consult"),
        ("leaflet", "The leaflet", "co-design"),
        ("room", "The room", "consult"),
    ]
    assert found.scope("room") is found.parts[1]
    assert found.parts[0].assessment.answers[AGENDA].value == "invited"


def test_the_rules_that_it_rests_on_are_named():
    rules = prepared()
    base = rules.rule_base
    found = advise(DECISION, rules)
    assert found.used == (base.id, base.version, base.hash, base.framework)
    assert found.acknowledgement == base.acknowledgement
    assert found.types == base.types


def test_moves_are_left_out_where_they_are_not_asked_for():
    asked, not_asked = advise(DECISION, prepared()), advise(DECISION, prepared(), with_moves=False)
    moves = [(move.type.id, [change.criterion.key for change in move.changes]) for move in asked.whole.moves]
    assert moves == [("engage", [STAGE]), ("engage", [AGENDA]), ("educate", [STAGE]), ("educate", [AGENDA])]
    assert not_asked.whole.moves == ()
    assert [part.moves for part in not_asked.parts] == [(), ()]
    assert not_asked.whole.assessment == asked.whole.assessment
