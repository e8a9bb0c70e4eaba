"""Tables answer side by side: where they differ, whether it matters, and a whole session up to the advice."""

import json
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.files.texts import load_texts
from spectrum_cli.render.board import render_board
from spectrum_cli.render.board.data import board_data
from tests.pages.boards import SETTLED, Opened, board_html, open_view, program_advice, saved, type_shown

STAGE, CHANGE, USE, EXCHANGE, POSITION, AGENDA = range(6)


def _question(page: Page, number: int) -> Locator:
    return page.locator(".side-by-side").nth(number)


def _say(page: Page, number: int, column: int, *rows: int) -> None:
    """Give a table's answer (or, in the last column, the group's) by the place of its row."""
    for row in rows:
        _question(page, number).locator(".column").nth(column).locator("input").nth(row).check()


def _difference(page: Page, number: int) -> str:
    return _question(page, number).locator(".difference").text_content() or ""


def _begin(page: Page, tables: int) -> None:
    open_view(page, "Tables")
    page.get_by_role("button", name="Begin with two tables").click()
    for _ in range(tables - 2):
        page.get_by_role("button", name="Add a table").click()


def test_a_difference_that_changes_the_advice_matters_and_one_that_does_not_is_told_apart(opened: Opened) -> None:
    page = opened(board_html())
    _begin(page, 2)
    for column in (0, 1):
        _say(page, CHANGE, column, 1)
        _say(page, USE, column, 1)
        _say(page, EXCHANGE, column, 2)
    _say(page, STAGE, 0, 1)
    assert _difference(page, STAGE).startswith("Waiting. 1 of 2 tables have answered.")
    _say(page, STAGE, 1, 2)
    assert _difference(page, STAGE).startswith("No difference to the advice.")
    assert _question(page, STAGE).get_attribute("data-state") == "harmless"
    _say(page, STAGE, 1, 0)
    assert _difference(page, STAGE).startswith("It matters. The advice could be EDUCATE or CONSULT")
    assert _question(page, STAGE).get_attribute("data-state") == "matters"
    assert _difference(page, CHANGE).startswith("All agree.")


def _line(page: Page) -> str:
    return page.locator(".overview-line").text_content() or ""


def _states(page: Page) -> list[str | None]:
    """Return how each question of openness stands between the tables."""
    return [_question(page, number).get_attribute("data-state") for number in range(6)]


def _say_all(page: Page, *answers: tuple[int, ...]) -> None:
    """Give all of a table's answers about openness, table by table."""
    for column, rows in enumerate(answers):
        for number, row in enumerate(rows):
            _say(page, number, column, row)


def test_one_difference_is_told_in_the_singular(opened: Opened) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    _begin(page, 2)
    assert _line(page) == "The tables do not differ in any answer so far."
    _say_all(page, (1, 1, 1, 2, 1, 0), (1, 1, 1, 2, 1, 1))
    assert _line(page) == "The tables differ on one question. The advice stays the same whichever answer is taken."
    _say(page, AGENDA, 1, 0)
    _say(page, STAGE, 1, 0)
    assert _line(page) == "The tables differ on one question. It can change the advice."


def test_differences_that_matter_only_in_a_mix_of_the_answers_are_not_called_harmless(opened: Opened) -> None:
    page = opened(board_html())
    _begin(page, 3)
    # One proposal is on the table. Each table sees something else closed, so each arrives at EDUCATE.
    _say_all(page, (1, 0, 0, 4, 1, 1), (1, 0, 2, 1, 1, 1), (1, 6, 0, 1, 1, 1))
    assert [words.split(" ")[0] for words in page.locator(".strip-words").all_inner_texts()[:3]] == ["EDUCATE"] * 3
    assert _states(page) == ["agree", "together", "together", "together", "agree", "agree"]
    assert _difference(page, USE).startswith(
        "It matters together with others. By itself, this difference changes nothing."
    )
    assert _line(page) == (
        "The tables differ on 3 questions. Taken one by one, none of these differences changes the advice. "
        "In some mix of the answers they do: it could then be EDUCATE or CONSULT."
    )
    # The proposal falls: then nothing that the tables differ on can open it.
    for column in range(3):
        _say(page, STAGE, column, 0)
    assert _states(page) == ["agree", "harmless", "harmless", "harmless", "agree", "agree"]
    assert _line(page) == (
        "The tables differ on 3 questions. "
        "None of these differences changes the advice, in whichever mix the answers are taken."
    )
    # One table less sees the use of input closed: then what people can do matters by itself.
    for column in range(3):
        _say(page, STAGE, column, 1)
    _say(page, USE, 2, 2)
    assert _states(page) == ["agree", "together", "together", "matters", "agree", "agree"]
    assert _line(page) == (
        "The tables differ on 3 questions. 1 of them can change the advice. 2 more can do so together with others."
    )


def test_whole_sets_of_answers_that_lead_apart_are_told_with_the_tables_that_gave_them(opened: Opened) -> None:
    # Without gates, six small differences carry from one type into the next, and no single one does.
    data = {**board_data(load_rule_base(), load_texts()), "gates": []}
    page = opened(render_board(data))
    _begin(page, 3)
    page.locator(".table-name").nth(0).fill("Staff")
    _say_all(page, (1, 1, 1, 1, 0, 0), (2, 2, 2, 2, 0, 0), (1, 1, 1, 1, 0, 0))
    assert _states(page) == ["together"] * 3 + ["harmless"] + ["agree"] * 2
    assert _line(page) == (
        "The tables differ on 4 questions. Taken one by one, none of these differences changes the advice. "
        "Taken together they do: the answers of Staff and Table 3 give CONSULT, the answers of Table 2 give ENGAGE."
    )


def test_more_mixes_than_can_be_tried_are_not_called_harmless(opened: Opened) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    _begin(page, 2)
    page.evaluate(
        """() => Board.app.state.change((next) => {
            const asked = Board.app.rules.criteria.filter((item) => item.key !== "openness.stage");
            next.tables.forEach((table, place) => {
                table.answers[""] = {"openness.stage": "made"};
                for (const {key, answers} of asked) {
                    const {value} = answers[place];
                    table.answers[""][key] = Board.fieldOf(key).kind === "choices" ? [value] : value;
                }
            });
        })"""
    )
    states = _states(page)
    assert "alone" in states
    assert "harmless" not in states
    assert "There are too many mixes of their answers to try them all." in _difference(page, states.index("alone"))


def test_a_difference_about_what_is_needed_matters_where_it_asks_for_another_type(opened: Opened) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    _begin(page, 2)
    page.locator(".need-group summary").click()
    dispute = page.locator(".need-group .side-by-side").filter(has=page.locator("legend", has_text="disputed"))
    dispute.locator(".column").nth(0).locator("input").nth(0).check()
    dispute.locator(".column").nth(1).locator("input").nth(1).check()
    assert dispute.get_attribute("data-state") == "harmless"
    dispute.locator(".column").nth(1).locator("input").nth(2).check()
    assert dispute.get_attribute("data-state") == "matters"


def test_a_difference_between_known_and_not_sure_is_not_held_against_anyone(opened: Opened) -> None:
    page = opened(board_html())
    _begin(page, 2)
    _say(page, STAGE, 0, 1)
    _say(page, STAGE, 1, 5)
    assert _difference(page, STAGE).startswith("Waiting. 1 of 2 tables have answered.")


def test_answers_on_which_all_agree_can_be_taken_over_in_one_step(opened: Opened) -> None:
    page = opened(board_html())
    _begin(page, 2)
    for column in (0, 1):
        _say(page, STAGE, column, 3)
        _say(page, CHANGE, column, 3, 4)
    _say(page, USE, 0, 1)
    _say(page, USE, 1, 2)
    assert type_shown(page) == ""
    page.get_by_role("button", name="Take over the 2 answers on which all tables agree").click()
    assert type_shown(page) == "CO-DESIGN"
    assert "open_to_change: [method, quality_indicators]" in saved(page)
    open_view(page, "Tables")
    assert page.get_by_role("button", name="Take over").count() == 0
    page.locator("#undo").click()
    assert type_shown(page) == ""


def test_tables_can_be_named_and_removed_and_the_questions_tell_who_differs(opened: Opened) -> None:
    page = opened(board_html())
    _begin(page, 3)
    page.locator(".table-name").nth(0).fill("Carers")
    page.locator(".table-name").nth(1).fill("Staff")
    _say(page, STAGE, 0, 1)
    _say(page, STAGE, 1, 2)
    page.wait_for_timeout(150)
    open_view(page, "Answer")
    expect(page.locator(".differ").first).to_have_text("The tables differ here: Carers and Staff.")
    open_view(page, "Tables")
    page.get_by_role("button", name="Remove Table 3").click()
    assert page.locator(".table-names li").count() == 2
    assert page.evaluate("document.activeElement.textContent") == "Add a table"
    page.reload()
    open_view(page, "Tables")
    assert page.locator(".table-name").nth(0).input_value() == "Carers"


def test_each_part_has_tables_answers_of_its_own(opened: Opened) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    _begin(page, 2)
    _say(page, STAGE, 0, 1)
    _say(page, STAGE, 1, 1)
    page.get_by_role("button", name="Add a part").click()
    open_view(page, "Tables")
    assert _difference(page, STAGE).startswith("Waiting. 0 of 2")
    page.get_by_role("button", name="The whole decision").click()
    assert _difference(page, STAGE).startswith("All agree.")


def test_three_tables_answer_disagree_settle_and_save_and_the_program_gives_the_same_advice(
    opened: Opened, tmp_path: Path
) -> None:
    page = opened(board_html())
    page.get_by_label("What is the decision?").fill("A calmer ward")
    _begin(page, 3)
    for column, stage, use, exchange in ((0, 3, 2, 4), (1, 2, 2, 3), (2, 3, 1, 4)):
        _say(page, STAGE, column, stage)
        _say(page, CHANGE, column, 3)
        _say(page, USE, column, use)
        _say(page, EXCHANGE, column, exchange)
    expect(page.locator(".overview-line")).to_contain_text("The tables differ on 3 questions.")
    strips = page.locator(".strips li")
    expect(strips.nth(0)).to_contain_text("CO-DESIGN fits")
    expect(strips.nth(1)).to_contain_text("ENGAGE fits")
    assert _difference(page, STAGE).startswith("It matters.")

    # They talk it through, and the group settles.
    _question(page, STAGE).get_by_label("What was said").fill("Staff thought that options were still open.")
    group = 3
    _say(page, STAGE, group, 3)
    _say(page, USE, group, 2)
    _say(page, EXCHANGE, group, 4)
    page.get_by_role("button", name="Take over the answer on which all tables agree").click()
    _say(page, POSITION, group, 3)
    _say(page, AGENDA, group, 1)
    assert "The group says: The objective is set." in _difference(page, STAGE)

    text = saved(page)
    program = program_advice(text, tmp_path)
    board = json.loads(saved(page, "Save the advice (JSON)"))
    for key in ("type", "certain", "possible_types", "openness", "gates", "contributions", "readiness", "need"):
        assert board[key] == program[key], key
    assert program["type"] == "co-design"
    assert type_shown(page) == "CO-DESIGN"
    notes = program["answers"]["notes"]["value"] if "notes" in program["answers"] else text
    assert "How the tables answered" in notes
    assert "Table 2: Something might happen." in notes
    assert "Said: Staff thought that options were still open." in notes

    # The session is not in the way of the next one: the file opens again with the group's answers.
    page.reload()
    open_view(page, "Tables")
    assert page.locator(".table-names li").count() == 3


def test_the_notes_stay_as_they_are_where_the_group_wants_no_record(opened: Opened) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    _begin(page, 2)
    _say(page, STAGE, 0, 1)
    assert "How the tables answered" in saved(page)
    open_view(page, "Tables")
    page.get_by_label("Write into the notes of the file").uncheck()
    assert saved(page) == SETTLED


def test_saving_twice_writes_the_record_once(opened: Opened) -> None:
    page = opened(board_html("spectrum: 1\ntitle: Hours\nnotes: Ask the carers.\n", "hours.yaml"))
    _begin(page, 2)
    _say(page, STAGE, 0, 1)
    text = saved(page)
    assert text.count("How the tables answered") == 1
    assert "Ask the carers." in text
    page = opened(board_html(text, "hours.yaml"), "again.html")
    _begin(page, 2)
    _say(page, STAGE, 0, 2)
    again = saved(page)
    assert again.count("How the tables answered") == 1
    assert "Ask the carers." in again
    assert "Something might happen" in again
    assert "One proposal" not in again
