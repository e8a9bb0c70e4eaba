"""The page in a browser, once for all tests of its engine. Whatever asks for a network makes the test fail."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.files.texts import load_texts
from spectrum_cli.model.rulebase import RuleBase
from spectrum_cli.render.board import render_board
from spectrum_cli.render.board.data import board_data
from tests.browsers import keep_local


def board_page(rule_base: RuleBase, text: str = "", name: str = "") -> str:
    """Return the page that ``spectrum board`` would make."""
    return render_board(board_data(rule_base, load_texts()), text, name)


@pytest.fixture(scope="session")
def engine(browser: Browser, uk: PreparedRules, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The page with the shipped rules of all layers, opened from the disk as people open it."""
    file = tmp_path_factory.mktemp("board") / "board.html"
    file.write_text(board_page(uk.rule_base), encoding="utf-8")
    context = browser.new_context()
    asked = keep_local(context)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(file.as_uri())
    yield page
    context.close()
    assert (asked, faults) == ([], [])
