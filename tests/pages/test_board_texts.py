"""Every word of the board comes from the file of texts: none is missing there, none stands there for nothing."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from spectrum_cli.files.texts import load_texts
from tests.pages.boards import Opened, board_html, open_view

ASSETS = Path("src/spectrum_cli/render/assets/board")
OF_THE_PAGE = (
    *("texts.js", "elements.js", "verdict.js", "state.js", "spectrum.js", "fields.js", "questions.js", "reasons.js"),
    *("disagreement.js", "participants.js", "files.js", "present.js", "app.js"),
)
SHELL = {"title", "app.no_script"}
"""Texts that stand in the page before any script runs."""


def _ids(items: Mapping[str, Any], before: str = "") -> Iterator[str]:
    for name, item in items.items():
        if isinstance(item, Mapping):
            yield from _ids(item, f"{before}{name}.")
        else:
            yield f"{before}{name}"


def _scripts() -> str:
    sources = [(ASSETS / name).read_text(encoding="utf-8") for name in OF_THE_PAGE]
    return re.sub(r"/\*.*?\*/", "", "\n".join(sources), flags=re.DOTALL)


def _asked() -> set[str]:
    """Return the ids that scripts and page name: the first argument of t(), data-text, and words with dots in maps."""
    scripts, page = _scripts(), (ASSETS / "page.html").read_text(encoding="utf-8")
    called = re.findall(r'\bt\("([\w.]+)"', scripts)
    return {*called, *re.findall(r'data-(?:text|label)="([\w.]+)"', page)}


def test_every_text_that_is_asked_for_is_there() -> None:
    there = set(_ids(load_texts().group("board")))
    assert len(_asked()) > 100
    assert _asked() - there == set()


def test_every_text_that_is_there_is_asked_for() -> None:
    literals = set(re.findall(r'"([a-z_]+(?:\.[a-z_]+)+)"', _scripts()))
    unused = set(_ids(load_texts().group("board"))) - _asked() - literals - SHELL
    assert unused == set()


def test_every_blank_of_a_text_is_one_that_scripts_fill() -> None:
    names = set(re.findall(r"\b(\w+)(?::|,| })", _scripts())) | {"what", "why", "low", "high", "value"}
    for ident in _ids(load_texts().group("board")):
        blanks = re.findall(r"\{(\w+)\}", load_texts()(f"board.{ident}"))
        assert set(blanks) <= names, ident


def test_no_script_of_the_page_holds_a_sentence() -> None:
    literals = re.findall(r'"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`', _scripts())
    words = [one or other for one, other in literals]
    sentences = [text for text in words if re.search(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}", text) and "$" not in text]
    css = ("visually-hidden", "select", "input", "[", "node", "selector")
    assert [text for text in sentences if not any(mark in text for mark in css)] == []


def test_no_view_shows_an_id_in_place_of_a_text(opened: Opened) -> None:
    page = opened(board_html())
    known = set(_ids(load_texts().group("board")))
    for view in ("Answer", "Why", "Tables", "Open and save", "Present"):
        open_view(page, view)
        shown = page.evaluate(
            "document.body.innerText + [...document.querySelectorAll('[aria-label]')]"
            ".map(node => node.getAttribute('aria-label')).join(' ')"
        )
        assert [
            ident for ident in known if "." in ident and re.search(rf"(?<![\w.]){re.escape(ident)}(?![\w.])", shown)
        ] == []
        assert "undefined" not in shown
        assert "{" not in shown
