"""The board as a page to open, its views, and what its tests do with it."""

import json
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from spectrum_cli.files.rulebase import load_rule_base
from spectrum_cli.files.texts import load_texts
from spectrum_cli.render.board import render_board
from spectrum_cli.render.board.data import board_data

Opened = Callable[..., Page]

CLINIC = Path("examples/diabetes-clinic.yaml").read_text(encoding="utf-8")
BROKEN = "spectrum: 1\ntitle: A clinic\nopennes: {stage: made}\n"
SETTLED = """\
spectrum: 1
title: Opening hours of the day centre
openness:
  stage: proposal
  open_to_change: [whether]
  use_of_input: considered
  exchange: responses
  starting_position: preferred
  agenda: system
"""
QUESTIONS = {
    "openness.stage": "How far has the decision come?",
    "openness.open_to_change": "What can people's input change?",
    "openness.use_of_input": "What happens to what people say?",
    "openness.exchange": "What can people do?",
}


@cache
def board_html(text: str = "", name: str = "") -> str:
    """Return the page, with a decision to begin with or without one."""
    return render_board(board_data(load_rule_base(), load_texts()), text, name)


def open_view(page: Page, view: str) -> None:
    """Go to a view by its button, and wait until the page has caught up with itself."""
    page.get_by_role("navigation").get_by_role("button", name=view, exact=True).click()
    page.wait_for_timeout(100)


def card(page: Page, question: str) -> Locator:
    """Return the card of one question."""
    return page.locator("#questions fieldset").filter(has=page.locator("legend", has_text=question))


def answer(page: Page, question: str, words: str) -> None:
    """Give one answer by its words."""
    card(page, question).locator("label", has_text=words).click()


def load_file(page: Page, text: str | bytes, name: str = "decision.yaml") -> None:
    """Choose a file in the view for files."""
    open_view(page, "Open and save")
    data = text.encode("utf-8") if isinstance(text, str) else text
    page.locator("#file-input").set_input_files({"name": name, "mimeType": "application/yaml", "buffer": data})
    page.wait_for_selector("#faults h2, #notice.shown")


def saved(page: Page, button: str = "Save the decision (YAML)") -> str:
    """Press a save button in the view for files and return what was saved."""
    open_view(page, "Open and save")
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path()).read_text(encoding="utf-8")


def type_shown(page: Page) -> str:
    """Return the type at which the marker stands, as the drawing says it; empty where there is none."""
    here = page.locator("#spectrum .line .stop.here .name")
    return here.text_content() or "" if here.count() else ""


def verdict(page: Page) -> str:
    """Return the sentence of the drawing that says what is certain and what is still possible."""
    return page.locator("#spectrum-words").text_content() or ""


def program_advice(text: str, folder: Path) -> dict[str, Any]:
    """Return what `spectrum advise --format json` says about a saved text."""
    file = folder / "saved.yaml"
    file.write_text(text, encoding="utf-8", newline="")
    command = [sys.executable, "-m", "spectrum_cli", "advise", "--format", "json", str(file)]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found
