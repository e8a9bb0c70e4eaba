"""Answering in Firefox: marker and words follow, steps can be undone, the browser keeps a copy, a group finds its type.

``tests/pages`` tries the same and more in Chromium.
"""

import json
import re
from pathlib import Path

from marionette_driver import Keys

from tests.firefox.conftest import Opened
from tests.firefox.page import FirefoxPage
from tests.pages.boards import SETTLED, board_html, program_advice

STAGE = "How far has the decision come?"
CHANGE = "What can people's input change?"


def _marker(page: FirefoxPage) -> float:
    """Return where the marker stands, in the units of the drawing."""
    found = re.search(r"[\d.]+", page.evaluate("document.querySelector('#spectrum .marker').style.transform"))
    assert found
    return float(found[0])


def test_an_answer_moves_marker_range_and_words_at_once(opened: Opened) -> None:
    page = opened(board_html())
    assert page.type_shown() == ""
    assert page.all("#spectrum .marker") == []
    page.answer(STAGE, "Options are being formed")
    assert page.type_shown() == "ENGAGE"
    assert "ENGAGE fits best so far. Still possible: INFORM, EDUCATE, CONSULT or ENGAGE." in page.verdict()
    assert page.all("#spectrum .range-line") != []
    before = _marker(page)
    page.answer(CHANGE, "Whether it goes ahead.")
    assert page.type_shown() == "CONSULT"
    assert _marker(page) < before


def test_a_complete_decision_says_why(opened: Opened) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    assert "CONSULT fits. No answer that is missing could change this." in page.verdict()
    assert page.all("#spectrum .range-line") == []
    page.open_view("Why")
    gate = page.one("#view-reasons .gate").text
    assert "One proposal is on the table" in gate
    assert "holds it to CONSULT" in gate


def test_undo_and_redo_go_step_by_step_by_button_and_by_key(opened: Opened) -> None:
    page = opened(board_html())
    undo, redo = page.one("#undo"), page.one("#redo")
    assert not undo.is_enabled()
    assert not redo.is_enabled()
    page.answer(STAGE, "Options are being formed")
    page.answer(CHANGE, "Whether it goes ahead.")
    page.click(undo)
    assert page.type_shown() == "ENGAGE"
    page.click(undo)
    assert page.type_shown() == ""
    assert not undo.is_enabled()
    page.click(redo)
    page.click(redo)
    assert page.type_shown() == "CONSULT"
    assert not redo.is_enabled()
    page.evaluate("(node) => node.focus()", page.card(STAGE, "input:checked"))
    page.key("z", Keys.CONTROL)
    assert page.type_shown() == "ENGAGE"
    page.key("Z", Keys.CONTROL, Keys.SHIFT)
    assert page.type_shown() == "CONSULT"
    page.key("z", Keys.CONTROL)
    page.key("y", Keys.CONTROL)
    assert page.type_shown() == "CONSULT"


def test_what_is_typed_into_one_field_is_one_step(opened: Opened) -> None:
    page = opened(board_html())
    title = page.one("input.title")
    title.send_keys("Opening hours")
    page.answer(STAGE, "It has been taken.")
    page.click(page.one("#undo"))
    assert title.get_property("value") == "Opening hours"
    page.click(page.one("#undo"))
    assert title.get_property("value") == ""


def test_the_browser_keeps_the_answers_and_brings_them_back(opened: Opened) -> None:
    page = opened(board_html())
    page.one("input.title").send_keys("Opening hours")
    page.answer(STAGE, "It has been taken.")
    page.reload()
    assert page.one("input.title").get_property("value") == "Opening hours"
    assert page.chosen(STAGE) == "made"
    assert "kept in this browser" in page.one("#offer").text


def test_clearing_really_clears(opened: Opened) -> None:
    page = opened(board_html())
    page.one("input.title").send_keys("Opening hours")
    page.answer(STAGE, "It has been taken.")
    page.reload()
    page.open_view("Open and save")
    page.press("Clear everything")
    assert page.focused("textContent") == "Keep my answers"
    page.key(Keys.ENTER)
    assert page.type_shown() != ""
    page.press("Clear everything")
    page.one("dialog button", "Clear everything").click()
    page.open_view("Answer")
    assert page.type_shown() == ""
    assert page.one("input.title").get_property("value") == ""
    assert not page.one("#undo").is_enabled()
    page.reload()
    assert page.type_shown() == ""
    assert page.all("#offer") == []
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.includes(location.pathname))") == []


# The tables

STAGE_POINT, CHANGE_POINT, USE, EXCHANGE, POSITION, AGENDA = range(6)
GROUP = 3


def _difference(page: FirefoxPage, question: int) -> str:
    found: str = page.evaluate(
        "(question) => document.querySelectorAll('.side-by-side')[question].querySelector('.difference').textContent",
        question,
    )
    return found


def test_three_tables_answer_disagree_settle_and_save_and_the_program_gives_the_same_advice(
    opened: Opened, tmp_path: Path
) -> None:
    page = opened(board_html())
    page.one("input.title").send_keys("A calmer ward")
    page.open_view("Tables")
    page.press("Begin with two tables")
    page.press("Add a table")
    for column, stage, use, exchange in ((0, 3, 2, 4), (1, 2, 2, 3), (2, 3, 1, 4)):
        page.say(STAGE_POINT, column, stage)
        page.say(CHANGE_POINT, column, 3)
        page.say(USE, column, use)
        page.say(EXCHANGE, column, exchange)
    assert "The tables differ on 3 questions." in page.text(".overview-line")
    strips = [strip.text for strip in page.all(".strips li")]
    assert "CO-DESIGN fits" in strips[0]
    assert "ENGAGE fits" in strips[1]
    assert _difference(page, STAGE_POINT).startswith("It matters.")

    # They talk it through, and the group settles.
    page.one(".side-by-side textarea").send_keys("Staff thought that options were still open.")
    page.say(STAGE_POINT, GROUP, 3)
    page.say(USE, GROUP, 2)
    page.say(EXCHANGE, GROUP, 4)
    page.press("Take over the answer on which all tables agree")
    page.say(POSITION, GROUP, 3)
    page.say(AGENDA, GROUP, 1)
    assert "The group says: The objective is set." in _difference(page, STAGE_POINT)

    text = page.saved().decode("utf-8")
    program = program_advice(text, tmp_path)
    board = json.loads(page.saved("Save the advice (JSON)"))
    for key in ("type", "certain", "possible_types", "openness", "gates", "contributions", "readiness", "need"):
        assert board[key] == program[key], key
    assert program["type"] == "co-design"
    assert page.type_shown() == "CO-DESIGN"
    assert "How the tables answered" in text
    assert "Table 2: Something might happen." in text
    assert "Said: Staff thought that options were still open." in text

    page.reload()
    page.open_view("Tables")
    assert len(page.all(".table-names li")) == GROUP
