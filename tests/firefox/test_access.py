"""In Firefox the board is there for everyone too: axe, keyboard, focus, and a narrow window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from marionette_driver import Keys

from tests.browsers import faults_of_access, widest_overflow
from tests.firefox.conftest import Opened
from tests.firefox.page import FirefoxPage
from tests.pages.boards import BROKEN, CLINIC, board_html
from tests.pages.focus import REACHABLE, go_back, tab_through


def _tables(page: FirefoxPage) -> None:
    page.open_view("Tables")
    page.press("Begin with two tables")
    page.say(0, 0, 1)
    page.say(0, 1, 2)


def _faults(page: FirefoxPage) -> None:
    file = Path(page.address.removeprefix("file://")).with_name("broken.yaml")
    file.write_text(BROKEN, encoding="utf-8")
    page.load_file(file)
    page.wait_for("#faults h2", "could not be read")


def _clearing(page: FirefoxPage) -> None:
    page.open_view("Open and save")
    page.press("Clear everything")


def _sheet(number: int) -> Callable[[FirefoxPage], None]:
    def present(page: FirefoxPage) -> None:
        page.open_view("Present")
        for _ in range(number):
            page.press("Next")

    return present


VIEWS: dict[str, Callable[[FirefoxPage], None]] = {
    "answer": lambda page: page.open_view("Answer"),
    "reasons": lambda page: page.open_view("Why"),
    "tables": _tables,
    "files": lambda page: page.open_view("Open and save"),
    "faults": _faults,
    "clearing": _clearing,
    "present, a question": _sheet(2),
    "present, the type": _sheet(7),
}


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_and_nothing_runs_off_a_narrow_page(view: str, opened: Opened) -> None:
    page = opened(board_html(CLINIC, "clinic.yaml"))
    VIEWS[view](page)
    page.settle()
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    assert faults_of_access(page) == []
    page.resize(320, 900)
    assert widest_overflow(page) <= 0


@pytest.mark.parametrize("view", ["answer", "reasons", "tables", "files", "present, a question"])
def test_the_tab_key_reaches_everything_with_a_ring_that_nothing_hides(view: str, opened: Opened) -> None:
    page = opened(board_html(CLINIC, "clinic.yaml"))
    VIEWS[view](page)
    page.settle()
    wanted = page.evaluate(REACHABLE)
    page.evaluate("document.querySelector('.skip').focus()")
    tab_through(page.evaluate, wanted, lambda: page.key(Keys.TAB))


def test_shift_and_tab_go_back_without_hiding_the_focus(opened: Opened) -> None:
    page = opened(board_html(CLINIC, "clinic.yaml"))
    page.evaluate("[...document.querySelectorAll('#questions summary')].at(-1).focus()")
    go_back(page.evaluate, lambda: page.key(Keys.TAB, Keys.SHIFT))


def test_the_keyboard_alone_answers_undoes_and_saves(opened: Opened) -> None:
    page = opened(board_html())

    def tab_to(selector: str) -> None:
        for _ in range(80):
            page.key(Keys.TAB)
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"the Tab key does not reach {selector}")

    page.key(Keys.TAB)
    assert page.focused("className") == "skip"
    page.key(Keys.ENTER)
    assert page.focused("id") == "main"
    tab_to("input.title")
    page.driver.get_active_element().send_keys("Opening hours")
    tab_to("#q-openness_2estage input")
    page.key(Keys.ARROW_DOWN)
    assert page.type_shown() == "CONSULT"
    page.key(Keys.ARROW_UP)
    assert page.type_shown() == "INFORM"
    page.key("z", Keys.CONTROL)
    assert page.type_shown() == "CONSULT"
    tab_to("#q-openness_2eopen_to_change input")
    page.key(Keys.SPACE)
    assert page.type_shown() in ("INFORM", "EDUCATE")
    page.evaluate("document.querySelector('.skip').focus()")
    tab_to("nav [data-view=files]")
    page.key(Keys.ENTER)
    assert page.focused("textContent") == "Open a decision file"
    tab_to("#view-files button.primary")
    assert "title: Opening hours\n" in page.download().decode("utf-8")


def test_the_page_keys_turn_the_sheets_and_escape_leaves(opened: Opened) -> None:
    page = opened(board_html(CLINIC, "clinic.yaml"))
    page.open_view("Present")
    sheets = []
    for key in (Keys.PAGE_DOWN, Keys.PAGE_DOWN, Keys.PAGE_UP):
        page.key(key)
        sheets.append(page.text("#view-present .sheet"))
    assert sheets[0] == sheets[2] != sheets[1]
    page.key(Keys.ESCAPE)
    assert page.evaluate("document.body.dataset.open") == "answer"
