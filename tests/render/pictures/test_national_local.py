"""National and local: which row is this decision's own, and when there is nothing to show."""

import pytest

from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.render.pictures.national_local import (
    BACK_TO_BLUE,
    BETWEEN,
    STILL_PURPLE,
    TOGETHER,
    OwnCase,
    national_local_svg,
    own_case,
)
from tests.render.pictures.boxes import SPACE, parsed, size_of
from tests.render.pictures.scenes import AGENDA, MADE, advice_on

OPTIONS = (
    "stage: options, open_to_change: [options], use_of_input: shapes, exchange: discussion, starting_position: open, "
    "agenda: invited"
)
ALL = f"{AGENDA}, starting_position: open"


def case_of(place: str, openness: str, rules: PreparedRules, plan: str = "") -> OwnCase | None:
    text = f"spectrum: 1\ntitle: X\nopenness: {{{openness}}}\nplace: {{{place}}}\nplan: {{{plan}}}\n"
    advice = advice_on(text, rules)
    return own_case(advice.types, advice.whole.assessment)


def marked(case: OwnCase | None) -> list[tuple[float, bool]]:
    assert case is not None
    return [(mark.row, mark.sure) for mark in case.marks]


@pytest.mark.parametrize(
    "place", ["", "level: local", "level: organisation", "level: regional", "level: local, implemented_locally: false"]
)
def test_where_place_says_nothing_about_another_level_there_is_no_picture(place: str, practice: PreparedRules) -> None:
    assert case_of(place, ALL, practice) is None


@pytest.mark.parametrize("openness", [MADE, OPTIONS, ""])
def test_a_national_decision_that_is_not_made_together_has_nothing_to_show_yet(
    openness: str, practice: PreparedRules
) -> None:
    assert case_of("level: national", openness, practice) is None


@pytest.mark.parametrize(
    ("local", "row"),
    [
        ("none", BACK_TO_BLUE),
        ("inform", BACK_TO_BLUE),
        ("educate", BACK_TO_BLUE),
        ("consult", BACK_TO_BLUE),
        ("engage", BETWEEN),
        ("co-design", STILL_PURPLE),
        ("co-produce", STILL_PURPLE),
    ],
)
def test_what_is_made_together_goes_on_as_people_take_part_locally(
    local: str, row: float, practice: PreparedRules
) -> None:
    case = case_of(f"implemented_locally: true, local_participation: {local}", ALL, practice)
    assert marked(case) == [(TOGETHER, True), (row, True)]


def test_what_is_not_stated_is_marked_as_perhaps(practice: PreparedRules) -> None:
    case = case_of("implemented_locally: true", ALL, practice)
    assert marked(case) == [(TOGETHER, True), (BACK_TO_BLUE, False), (STILL_PURPLE, False)]
    case = case_of("local_participation: inform", ALL, practice)
    assert marked(case) == [(TOGETHER, True), (BACK_TO_BLUE, False)]


def test_without_input_from_people_there_is_no_purple_to_keep(practice: PreparedRules) -> None:
    case = case_of("implemented_locally: true, local_participation: none", MADE, practice)
    assert case is not None
    assert case.marks == ()
    assert "none of the three rows" in case.said[0]


@pytest.mark.parametrize(("openness", "row"), [(MADE, BACK_TO_BLUE), (OPTIONS, BETWEEN), (ALL, STILL_PURPLE)])
def test_what_carries_out_another_decision_is_the_local_one(openness: str, row: float, practice: PreparedRules) -> None:
    case = case_of("implements: ../plan.yaml", openness, practice)
    assert marked(case) == [(row, True)]
    assert case is not None
    assert "../plan.yaml" in case.said[0]
    assert "if the larger one was made together" in case.said[0]


def test_a_plan_that_is_less_than_what_is_open_is_what_people_get(practice: PreparedRules) -> None:
    assert marked(case_of("implements: a.yaml", ALL, practice, "type: inform")) == [(BACK_TO_BLUE, True)]
    assert marked(case_of("implements: a.yaml", MADE, practice, "type: co-produce")) == [(BACK_TO_BLUE, True)]


def test_a_type_that_is_not_settled_marks_each_row_that_it_may_lead_to(practice: PreparedRules) -> None:
    assert marked(case_of("implements: a.yaml", "", practice)) == [(BACK_TO_BLUE, False), (STILL_PURPLE, False)]


def test_a_decision_in_the_middle_says_which_mark_is_which(practice: PreparedRules) -> None:
    case = case_of("implements: a.yaml, implemented_locally: true, local_participation: none", ALL, practice)
    assert case is not None
    roles = {mark.row: mark.role for mark in case.marks}
    assert roles == {STILL_PURPLE: "carrying out a larger one", TOGETHER: "", BACK_TO_BLUE: "carried out locally"}


def test_the_picture_says_all_of_it_in_words(practice: PreparedRules) -> None:
    text = f"spectrum: 1\ntitle: X\nopenness: {{{ALL}}}\nplace: {{implemented_locally: true}}\n"
    advice = advice_on(text, practice)
    given = (advice.types, advice.whole.assessment, advice.acknowledgement, "X")
    root = parsed(national_local_svg(*given) or "")
    shown = [element.text for element in root.iter(f"{SPACE}text")]
    assert shown.count("This decision") == 1
    assert shown.count("Perhaps this decision, carried out locally") == 2
    for words in ("blue", "pink", "purple", "become purple", "returns to blue", "remains purple"):
        assert words in shown
    description = root.findtext(f"{SPACE}desc") or ""
    assert "This decision is marked at row 1." in description
    assert "It may stand at row 2 or row 3." in description
    width, height = size_of(parsed(national_local_svg(*given, poster=True) or ""))
    assert round(width / height, 5) == round(420 / 297, 5)
