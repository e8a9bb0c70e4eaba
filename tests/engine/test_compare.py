"""Two texts of one decision, and several people's answers to one, by hand on a small rule base."""

import pytest

from spectrum_cli.engine.compare import (
    _views,
    changed_answers,
    compare_parts,
    compare_whole,
    difference,
    offer_changes,
    part_members,
    timing,
)
from spectrum_cli.model.comparison import (
    AnswerChange,
    DayChange,
    Direction,
    Disagreement,
    OfferChange,
    Swap,
    Timing,
    View,
)
from spectrum_cli.model.decision import Answer, Decision, Fixed, Part
from spectrum_cli.model.location import FILE_START
from tests.engine.small_rules import AGENDA, STAGE, prepared

OPEN = "openness.open_to_change"
RULES = prepared()
INFORM, EDUCATE, CONSULT, ENGAGE, CO_DESIGN, CO_PRODUCE = RULES.rule_base.types


def at(line, value):
    return Answer(value, line, 3, line, 9)


def said(**values):
    """Answers on lines 10, 11 and so on; a key has two underscores for its dot."""
    return {key.replace("__", "."): at(line, value) for line, (key, value) in enumerate(values.items(), start=10)}


def decision(answers, *parts, title="Benches"):
    return Decision("a.yaml", title, answers, parts)


def part(ident, title="A part", **values):
    return Part(ident, title, said(**values), FILE_START)


# Which answers say something else


def test_changed_answers_stand_in_the_order_of_the_format_with_both_answers():
    before = said(plan__type="consult", need__impact="low", openness__stage="made", owner="Ann")
    after = said(owner="Ben", plan__type="engage", need__impact="low", openness__stage="aim", zz__own="x")
    assert changed_answers(before, after) == (
        AnswerChange("owner", before["owner"], after["owner"]),
        AnswerChange("openness.stage", before["openness.stage"], after["openness.stage"]),
        AnswerChange("plan.type", before["plan.type"], after["plan.type"]),
        AnswerChange("zz.own", None, after["zz.own"]),
    )


def test_the_details_of_a_support_item_stand_with_it():
    after = said(plan__type="engage", support__scope__owner="Ann", support__scope="met", openness__stage="aim")
    after["support.skills.by"] = at(20, "2027-01-01")
    assert [item.key for item in changed_answers({}, after)] == [
        "openness.stage",
        "support.scope",
        "support.scope.owner",
        "support.skills.by",
        "plan.type",
    ]


@pytest.mark.parametrize(
    ("before", "after", "differs"),
    [
        (None, None, False),
        ("low", "low", False),
        ("low", "high", True),
        ("low", None, True),
        (None, "low", True),
        (("a", "b"), ("b", "a"), False),
        (("a", "b"), ("a",), True),
        ((), ("a",), True),
        (("a",), "a", True),
        (0, 1, True),
        ((Fixed("x", "y"),), (Fixed("x", "z"),), True),
    ],
)
def test_not_stated_is_unknown_and_the_order_of_a_list_says_nothing(before, after, differs):
    key = "need.impact"
    assert bool(changed_answers({key: at(1, before)}, {key: at(2, after)})) is differs
    if before is None:
        assert bool(changed_answers({}, {key: at(2, after)})) is differs


def test_weeks_that_only_follow_from_the_dates_are_no_answer():
    dates = {"dates.opens": at(5, "2027-01-01"), "dates.closes": at(6, "2027-02-01")}
    follows, own = {**dates, "time.weeks": at(5, 4)}, {**dates, "time.weeks": at(9, 6)}
    assert changed_answers({**dates, "time.weeks": at(5, 3)}, follows) == ()
    assert changed_answers(follows, own) == (AnswerChange("time.weeks", None, own["time.weeks"]),)
    assert [item.key for item in changed_answers({}, {"time.weeks": at(5, 4)})] == ["time.weeks"]
    unknown = {"dates.opens": at(5, None), "time.weeks": at(5, 4)}
    assert [item.key for item in changed_answers({}, unknown)] == ["time.weeks"]


# What became of the offer


def offer(before, after):
    return {item.key: item for item in offer_changes(before, after)}


def test_every_piece_of_the_offer_is_told_in_its_order():
    assert offer_changes({}, {}) == tuple(
        OfferChange(key, None, None, Direction.SAME) for key in (STAGE, OPEN, "plan.type", "plan.promise")
    )


@pytest.mark.parametrize(
    ("key", "old", "new", "direction"),
    [
        (STAGE, "proposal", "options", Direction.WIDENED),
        (STAGE, "aim", "made", Direction.NARROWED),
        (STAGE, "aim", "aim", Direction.SAME),
        (STAGE, None, "aim", Direction.UNCLEAR),
        (STAGE, "aim", None, Direction.UNCLEAR),
        ("plan.type", "consult", "engage", Direction.WIDENED),
        ("plan.type", "co-produce", "inform", Direction.NARROWED),
        ("plan.type", "consult", None, Direction.UNCLEAR),
        ("plan.promise", "We listen.", "We decide.", Direction.UNCLEAR),
        ("plan.promise", "We listen.", "We listen.", Direction.SAME),
    ],
)
def test_a_piece_of_the_offer_goes_one_way_or_it_is_not_clear_which(key, old, new, direction):
    before, after = {key: at(3, old)}, {key: at(4, new)}
    assert offer(before, after)[key] == OfferChange(
        key, before[key] if old else None, after[key] if new else None, direction
    )


@pytest.mark.parametrize(
    ("old", "new", "direction", "lost", "gained"),
    [
        (("whether",), ("whether", "method"), Direction.WIDENED, (), ("method",)),
        (("method", "whether"), ("whether",), Direction.NARROWED, ("method",), ()),
        (("method", "options"), ("whether", "options"), Direction.MIXED, ("method",), ("whether",)),
        (("nothing",), ("method",), Direction.WIDENED, (), ("method",)),
        (("method",), ("nothing",), Direction.NARROWED, ("method",), ()),
        (("method", "method"), ("whether",), Direction.MIXED, ("method",), ("whether",)),
    ],
)
def test_what_is_open_is_told_item_by_item(old, new, direction, lost, gained):
    before, after = {OPEN: at(3, old)}, {OPEN: at(4, new)}
    assert offer(before, after)[OPEN] == OfferChange(OPEN, before[OPEN], after[OPEN], direction, lost, gained)


def test_what_is_open_in_another_order_is_the_same():
    before, after = {OPEN: at(3, ("a", "b"))}, {OPEN: at(4, ("b", "a"))}
    assert offer(before, after)[OPEN] == OfferChange(OPEN, before[OPEN], after[OPEN], Direction.SAME)


# How far participation is

DATES = said(
    dates__opens="2027-01-10", dates__closes="2027-02-10", dates__decision="2027-03-10", dates__feedback="2027-04-10"
)


@pytest.mark.parametrize(
    ("today", "opened", "phase", "reached"),
    [
        ("2027-01-09", "", "not-open", [False, False, False, False]),
        ("2027-01-10", "2027-01-10", "open", [True, False, False, False]),
        ("2027-02-10", "2027-01-10", "open", [True, False, False, False]),
        ("2027-02-11", "2027-01-10", "closed", [True, True, False, False]),
        ("2027-03-09", "2027-01-10", "closed", [True, True, False, False]),
        ("2027-03-10", "2027-01-10", "decided", [True, True, True, False]),
        ("2027-04-10", "2027-01-10", "fed-back", [True, True, True, True]),
    ],
)
def test_the_dates_say_how_far_participation_is(today, opened, phase, reached):
    found = timing({}, DATES, today)
    assert (found.opened, found.phase_before, found.phase_after) == (opened, "not-stated", phase)
    assert found.days == tuple(
        DayChange(key, "", DATES[key].value, is_reached) for key, is_reached in zip(DATES, reached, strict=True)
    )


def test_the_earlier_opening_of_both_texts_counts_and_the_groups_of_the_old_one():
    before = said(dates__opens="2027-01-01", people__groups=("carers", "staff"))
    after = said(dates__opens="2027-05-01", people__groups=("nobody",))
    assert timing(before, after, "2027-02-01") == Timing(
        opened="2027-01-01",
        phase_before="open",
        phase_after="not-open",
        days=(
            DayChange("dates.opens", "2027-01-01", "2027-05-01", False),
            DayChange("dates.closes", "", "", False),
            DayChange("dates.decision", "", "", False),
            DayChange("dates.feedback", "", "", False),
        ),
        groups=("carers", "staff"),
    )
    assert timing(after, before, "2027-02-01").opened == "2027-01-01"


def test_without_dates_nothing_has_opened():
    found = timing({}, {}, "2027-02-01")
    assert (found.opened, found.phase_before, found.phase_after, found.groups) == ("", "not-stated", "not-stated", ())
    assert [day.reached for day in found.days] == [False] * 4


# Two texts


def test_the_whole_is_told_under_the_new_title_and_assessed_in_both_texts():
    old = decision(said(openness__stage="proposal", openness__agenda="invited"), title="Old")
    new = decision(said(openness__stage="options", openness__agenda="invited"), title="New")
    (whole,) = difference(old, new, RULES, "2027-01-01")
    assert (whole.id, whole.title, whole.status, whole.direction) == ("", "New", "changed", Direction.WIDENED)
    assert (whole.before.title, whole.before.type) == ("Old", CONSULT)
    assert (whole.after.title, whole.after.type) == ("New", ENGAGE)
    assert [item.key for item in whole.answers] == [STAGE]
    assert [item.direction for item in whole.offer] == [Direction.WIDENED] + [Direction.SAME] * 3
    assert whole.timing == timing(old.answers, new.answers, "2027-01-01")


def test_parts_come_in_the_order_of_the_new_text_and_those_that_are_gone_come_last():
    old = decision({}, part("a"), part("b"), part("c"))
    new = decision({}, part("d"), part("c"), part("a"))
    found = difference(old, new, RULES, "2027-01-01")
    assert [(scope.id, scope.status) for scope in found[1:]] == [
        ("d", "added"),
        ("c", "same"),
        ("a", "same"),
        ("b", "removed"),
    ]


def test_a_part_that_is_new_is_compared_with_the_offer_of_the_whole():
    whole = said(openness__stage="proposal", openness__agenda="invited", plan__type="consult")
    new = decision(whole, part("x", "The colour", openness__stage="aim"))
    found = difference(decision(whole), new, RULES, "2027-01-01")[1]
    assert (found.id, found.title, found.before) == ("x", "The colour", None)
    assert (found.after.id, found.after.title, found.after.type) == ("x", "The colour", CO_DESIGN)
    assert [(item.key, item.before) for item in found.answers] == [(STAGE, None)]
    stage, opens, plan, _ = found.offer
    assert (stage.before.value, stage.after.value, stage.direction, stage.own) == (
        "proposal",
        "aim",
        Direction.WIDENED,
        True,
    )
    assert (plan.direction, plan.own, opens.own) == (Direction.SAME, False, False)


def test_a_part_that_is_gone_is_compared_with_the_offer_of_the_whole():
    whole = said(openness__stage="proposal", dates__opens="2027-01-01")
    old = decision(whole, part("x", "The colour", openness__stage="aim"))
    found = difference(old, decision(whole), RULES, "2027-02-01")[1]
    assert (found.id, found.title, found.after) == ("x", "The colour", None)
    assert (found.before.id, found.before.title) == ("x", "The colour")
    assert [(item.key, item.before.value, item.after) for item in found.answers] == [(STAGE, "aim", None)]
    assert found.offer[0].direction is Direction.NARROWED
    assert found.timing.phase_after == "open"


def test_a_part_in_both_texts_tells_its_own_answers_and_not_those_it_takes_over():
    old = decision(
        said(need__impact="low", openness__agenda="system", plan__type="consult"),
        part("x", "Old name", openness__stage="aim", support__scope="planned"),
    )
    new = decision(
        said(need__impact="high", openness__agenda="invited", plan__type="engage"),
        part("x", "New name", openness__stage="options", support__scope="met", support__scope__owner="Ann"),
    )
    whole, found = difference(old, new, RULES, "2027-01-01")
    assert [item.key for item in whole.answers] == [AGENDA, "need.impact", "plan.type"]
    assert (found.title, found.before.title, found.after.title) == ("New name", "Old name", "New name")
    assert (found.before.id, found.after.id) == ("x", "x")
    assert [item.key for item in found.answers] == [STAGE, "support.scope", "support.scope.owner"]
    assert [(item.key, item.direction, item.own) for item in found.offer] == [
        (STAGE, Direction.NARROWED, True),
        (OPEN, Direction.SAME, False),
        ("plan.type", Direction.WIDENED, False),
        ("plan.promise", Direction.SAME, False),
    ]
    assert found.direction is Direction.NARROWED


@pytest.mark.parametrize("detail", ["owner", "by", "evidence"])
def test_a_detail_of_a_support_item_that_a_part_states_is_its_own(detail):
    old = decision({}, part("x", support__scope="met"))
    new = decision({}, part("x", support__scope="met", **{f"support__scope__{detail}": "2027-01-01"}))
    found = difference(old, new, RULES, "2027-01-01")[1]
    assert [item.key for item in found.answers] == [f"support.scope.{detail}"]


@pytest.mark.parametrize("stated", [{"support__scope": "met"}, {"support__scope__owner": "Ben"}])
def test_a_support_item_that_a_part_states_no_more_is_its_own_with_all_details_of_the_whole(stated):
    old = decision({}, part("x", **stated, need__impact="low"))
    whole = said(support__scope="planned", support__scope__owner="Ann", support__skills="met", need__impact="high")
    whole |= {"support.scope.by": at(20, "2027-01-01"), "support.scope.evidence": at(21, "A page")}
    found = difference(old, decision(whole, part("x")), RULES, "2027-01-01")[1]
    assert [item.key for item in found.answers] == [
        "need.impact",
        "support.scope",
        "support.scope.by",
        "support.scope.evidence",
        "support.scope.owner",
    ]


def test_a_support_item_that_the_whole_states_further_is_not_the_parts_own():
    old = decision(said(support__scope="met"), part("x", support__skills__owner="Ann"))
    new = decision(said(support__scope="planned"), part("x", support__skills__owner="Ben", support__skills="met"))
    found = difference(old, new, RULES, "2027-01-01")[1]
    assert [item.key for item in found.answers] == ["support.skills", "support.skills.owner"]


# Several people


def test_the_whole_is_compared_under_the_first_title():
    ann = decision(said(openness__stage="proposal", openness__agenda="invited", need__impact="high"), title="Ann's")
    ben = decision(said(openness__stage="options", openness__agenda="invited", need__impact="high"), title="Ben's")
    found = compare_whole([ann, ben], RULES)
    assert (found.id, found.title, found.people) == ("", "Ann's", (0, 1))
    assert [(item.id, item.title, item.type) for item in found.assessments] == [
        ("", "Ann's", CONSULT),
        ("", "Ann's", ENGAGE),
    ]
    assert found.agreed == ((AGENDA, "invited"), ("need.impact", "high"))
    assert (found.common.id, found.common.title) == ("", "Ann's")
    assert found.common.answers.keys() == {AGENDA, "need.impact"}
    assert found.disagreements == (
        Disagreement(
            STAGE,
            (View("proposal", (0,), (10,)), View("options", (1,), (10,))),
            (Swap(0, "options", (1,), ENGAGE), Swap(1, "proposal", (0,), CONSULT)),
            (EDUCATE, CONSULT, ENGAGE, CO_DESIGN),
        ),
    )


def test_an_answer_that_an_estimate_reads_can_matter():
    """With the agenda open, a need for understanding counts as an agenda that people were asked about."""
    ann = decision(said(openness__stage="made", need__understanding="high"))
    ben = decision(said(openness__stage="made", need__understanding="low"))
    (item,) = compare_whole([ann, ben], RULES).disagreements
    assert item.key == "need.understanding"
    assert item.swaps == (Swap(0, "low", (1,), INFORM), Swap(1, "high", (0,), EDUCATE))


def test_what_matters_comes_first_then_what_contradicts_then_what_only_some_say():
    ann = decision(said(need__duty="none", need__impact="low", openness__stage="aim", openness__agenda="invited"))
    ben = decision(said(need__impact="high", openness__stage="made", openness__agenda="invited"))
    found = compare_whole([ann, ben], RULES).disagreements
    assert [(item.key, item.matters, item.contradicts) for item in found] == [
        (STAGE, True, True),
        ("need.impact", False, True),
        ("need.duty", False, False),
    ]


def test_people_with_one_answer_are_told_together_and_those_who_do_not_say_last():
    people = [
        decision(said(openness__stage="aim")),
        decision(said(owner="X")),
        decision(said(owner="X", openness__stage="made")),
        decision(said(openness__stage="aim")),
        decision(said(openness__stage=None)),
    ]
    found = compare_whole(people, RULES)
    (item,) = found.disagreements
    assert item.views == (View("made", (2,), (11,)), View("aim", (0, 3), (10, 10)), View(None, (1, 4), (0, 0)))
    assert [(swap.person, swap.value, swap.others) for swap in item.swaps] == [
        (0, "made", (2,)),
        (1, "made", (2,)),
        (1, "aim", (0, 3)),
        (2, "aim", (0, 3)),
        (3, "made", (2,)),
        (4, "made", (2,)),
        (4, "aim", (0, 3)),
    ]
    assert found.worded == ()


def test_lists_stand_in_the_order_of_their_most_open_items():
    lists = [
        ("whether", "resources"),
        ("method", "options"),
        ("options", "method"),
        ("nothing",),
        ("method", "whether"),
    ]
    people = [decision({OPEN: at(3, value), "people.affected": at(4, 5)}) for value in lists]
    (item,) = compare_whole(people, RULES).disagreements
    assert [view.value for view in item.views] == [
        ("nothing",),
        ("method", "whether"),
        ("method", "options"),
        ("whether", "resources"),
    ]
    assert [view.people for view in item.views] == [(3,), (4,), (1, 2), (0,)]


def test_no_stands_before_yes():
    people = [decision({"time.ongoing": at(3, value)}) for value in (True, None, False)]
    (item,) = compare_whole(people, RULES).disagreements
    assert [view.value for view in item.views] == [False, True, None]


def test_what_all_agree_on_is_told_as_the_first_person_writes_it():
    people = [decision({OPEN: at(3, ("method", "options"))}), decision({OPEN: at(4, ("options", "method"))})]
    found = compare_whole(people, RULES)
    assert found.agreed == ((OPEN, ("method", "options")),)
    assert found.common.answers == {OPEN: at(3, ("method", "options"))}


def test_what_is_possible_without_one_answer_is_what_anybody_can_still_reach():
    ann = decision(said(openness__stage="made", openness__agenda="invited"))
    ben = decision(said(openness__stage="aim", openness__agenda="together"))
    found = {item.key: item.possible_types for item in compare_whole([ann, ben], RULES).disagreements}
    assert found[AGENDA] == (INFORM, EDUCATE, ENGAGE, CO_DESIGN, CO_PRODUCE)


def test_words_are_named_where_they_differ_and_notes_are_not_compared():
    ann = decision(said(owner="Ann", notes="a", summary="Same", people__groups=("x", "y")))
    ben = decision(said(owner="Ben", notes="b", summary="Same", people__groups=("y", "x")))
    cat = decision({})
    found = compare_whole([ann, ben, cat], RULES)
    assert (found.worded, found.disagreements, found.agreed) == (("owner",), (), ())


def test_a_part_is_compared_where_two_or_more_have_it_whoever_comes_before():
    ann = decision({}, part("own", openness__stage="aim"), part("x", "Ann's x", openness__stage="made"))
    ben = decision(said(owner="Ben"), part("y"))
    cat = decision(said(need__impact="low"), part("y"), part("x", "Cat's x", openness__stage="aim", owner="C"))
    decisions = [ann, ben, cat]
    assert part_members(decisions) == {"own": (0,), "x": (0, 2), "y": (1, 2)}
    x, y = compare_parts(decisions, RULES)
    assert (x.id, x.title, x.people) == ("x", "Ann's x", (0, 2))
    assert [(item.id, item.title) for item in x.assessments] == [("x", "Ann's x")] * 2
    assert [(item.key, [view.people for view in item.views]) for item in x.disagreements] == [(STAGE, [(0,), (2,)])]
    assert (y.id, y.people, y.disagreements, y.agreed) == ("y", (1, 2), (), ())


def test_what_all_take_over_from_their_whole_files_is_common_and_not_told_for_the_part():
    both = said(need__impact="high", openness__agenda="invited")
    ann = decision(both, part("x", openness__stage="aim", owner="A", plan__type="consult"))
    ben = decision(both, part("x", openness__stage="aim", owner="B", plan__type="consult"))
    (found,) = compare_parts([ann, ben], RULES)
    assert set(found.agreed) == {(STAGE, "aim"), ("plan.type", "consult")}
    assert found.worded == ("owner",)
    assert found.common.answers.keys() == {STAGE, AGENDA, "need.impact", "plan.type"}
    assert (found.common.id, found.common.title, found.common.type) == ("x", "A part", CO_DESIGN)


def test_words_that_only_the_whole_files_differ_in_are_not_told_for_the_part():
    ann = decision(said(owner="A"), part("x", openness__stage="aim"))
    ben = decision(said(owner="B"), part("x", openness__stage="aim"))
    (found,) = compare_parts([ann, ben], RULES)
    assert (found.worded, found.disagreements) == ((), ())


def test_counts_stand_by_their_size() -> None:
    said = [{"people.affected": Answer(number, 1, 1, 1, 1)} for number in (10, 9)]
    assert [view.value for view in _views("people.affected", (0, 1), said)] == [9, 10]
