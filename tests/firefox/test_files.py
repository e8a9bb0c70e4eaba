"""Opening and saving in Firefox: what is loaded counts, what is broken changes nothing, no word becomes a command."""

import json
import re
import select
import socket
from pathlib import Path

import pytest
from marionette_driver import Keys

from tests.browsers import widest_overflow
from tests.firefox.conftest import Opened
from tests.firefox.page import FirefoxPage
from tests.pages.boards import BROKEN, CLINIC, SETTLED, board_html, program_advice
from tests.pages.test_board_files import HOSTILE


def test_a_file_is_opened_and_its_advice_shown(opened: Opened, tmp_path: Path) -> None:
    page = opened(board_html())
    file = tmp_path / "clinic.yaml"
    file.write_bytes(CLINIC.encode("utf-8"))
    page.load_file(file)
    page.wait_for("#notice", "Opened clinic.yaml.")
    assert page.type_shown() == "CONSULT"
    advice = json.loads(page.saved("Save the advice (JSON)"))
    assert {**advice, "file": ""} == {**program_advice(CLINIC, tmp_path), "file": ""}


def test_a_broken_file_is_refused_with_code_line_and_message_and_changes_nothing(
    opened: Opened, tmp_path: Path
) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    file = tmp_path / "broken.yaml"
    file.write_text(BROKEN, encoding="utf-8")
    page.load_file(file)
    page.wait_for("#faults h2", "broken.yaml could not be read")
    faults = page.text("#faults")
    for words in ("Nothing on this page has changed.", "SP201", "line 3, column 1", "unknown key 'opennes'"):
        assert words in faults
    assert page.focused("textContent") == "broken.yaml could not be read"
    assert page.type_shown() == "CONSULT"
    assert not page.one("#undo").is_enabled()
    assert page.saved() == SETTLED.encode("utf-8")


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_an_unchanged_file_is_saved_byte_for_byte_and_a_changed_one_keeps_the_rest(
    ends: str, opened: Opened, tmp_path: Path
) -> None:
    data = CLINIC.replace("\n", ends).encode("utf-8")
    file = tmp_path / "clinic.yaml"
    file.write_bytes(data)
    page = opened(board_html())
    page.load_file(file)
    page.wait_for("#notice", "Opened clinic.yaml.")
    assert page.saved() == data
    page.open_view("Answer")
    page.answer("How far has the decision come?", "It has been taken.")
    before, after = CLINIC.splitlines(), page.saved().decode("utf-8").splitlines()
    assert [line for line in before if line not in after] == ["  stage: proposal"]
    assert [line for line in after if line not in before] == ["  stage: made"]


def test_hostile_words_are_shown_as_words_and_come_back_from_the_file(opened: Opened, tmp_path: Path) -> None:
    page = opened(board_html())
    settled = SETTLED.split("\n", 2)[2]
    quoted = [json.dumps(text, ensure_ascii=False) for text in HOSTILE]
    fixed = "".join(f"    - {{what: {text}, why: {text}}}\n" for text in quoted)
    file = tmp_path / "hostile.yaml"
    file.write_text(f"spectrum: 1\ntitle: {quoted[1]}\n{settled}  fixed:\n{fixed}", encoding="utf-8")
    page.load_file(file)
    page.wait_for("#notice", "Opened hostile.yaml.")
    page.open_view("Answer")
    page.fill("input.title", HOSTILE[0])
    for view in ("Answer", "Tables", "Open and save", "Why"):
        page.open_view(view)
        assert widest_overflow(page) <= 0, view
    assert page.one("#view-reasons .about-title").text == HOSTILE[0]
    shown = page.text("#view-reasons")
    assert [text for text in HOSTILE if text not in shown] == []
    assert page.evaluate("[window.hacked ?? null, document.querySelectorAll('main img').length]") == [None, 0]
    program = program_advice(page.saved().decode("utf-8"), tmp_path)
    assert program["title"] == HOSTILE[0]
    assert program["fixed"] == [{"what": text, "why": text} for text in HOSTILE]
    page.open_view("Present")
    assert page.one(".present-title").text == HOSTILE[0]


def test_the_decision_can_be_copied(opened: Opened) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    page.open_view("Open and save")
    page.press("Copy the decision")
    page.wait_for("#notice", "Copied.")
    page.open_view("Answer")
    page.click(page.one("#questions summary", "Background"))
    field = page.one("#questions textarea")
    page.click(field)
    page.key("v", Keys.CONTROL)
    assert field.get_property("value") == SETTLED


# Everything by which a page could ask for an address, each for half a second at most, and a script not its own.
_ASK = """
async (address) => {
  const refused = new Set();
  addEventListener("securitypolicyviolation", (event) => refused.add(event.effectiveDirective));
  const script = document.createElement("script");
  script.textContent = "window.hacked = 1";
  document.body.append(script);
  const soon = (begin) => new Promise((done) => { setTimeout(() => done("waits"), 500); begin(done); });
  const put = (name, attributes) => soon((done) => {
    const node = document.createElement(name);
    node.onload = node.onerror = done;
    document.body.append(Object.assign(node, attributes));
  });
  const asked = await soon((done) => fetch(address, {mode: "no-cors"}).then(done, () => done("refused")));
  await put("img", {src: address});
  await put("script", {src: address});
  await put("link", {rel: "stylesheet", href: address});
  await put("iframe", {src: address});
  try { new WebSocket(address.replace("http", "ws")); } catch (blocked) { /* at once or later, as the browser likes */ }
  navigator.sendBeacon(address, "a");
  await soon(() => {});
  return [asked, window.hacked ?? null, [...refused].sort()];
}
"""


def _asks(page: FirefoxPage, html: str, folder: Path) -> tuple[list[object], bool]:
    """Open a page, let it ask for an address of this computer in every way, and return whether anyone called there."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        file = folder / "page.html"
        file.write_text(html, encoding="utf-8")
        page.open(file)
        told = page.evaluate(_ASK, f"http://127.0.0.1:{server.getsockname()[1]}/")
        return told, bool(select.select([server], [], [], 0)[0])


def test_the_page_asks_nothing_of_any_network_and_runs_no_foreign_script(window: FirefoxPage, tmp_path: Path) -> None:
    told, called = _asks(window, board_html(CLINIC, "clinic.yaml"), tmp_path)
    assert told == [
        "refused",
        None,
        ["connect-src", "frame-src", "img-src", "script-src-elem", "style-src-elem"],
    ]
    assert not called


def test_without_its_policy_the_same_page_could_ask(window: FirefoxPage, tmp_path: Path) -> None:
    """Or else the test above could not fail."""
    page, count = re.subn('<meta http-equiv="Content-Security-Policy"[^>]*>', "", board_html())
    assert count == 1
    told, called = _asks(window, page, tmp_path)
    assert told == ["waits", 1, []]
    assert called


def test_an_error_of_a_page_would_be_noticed(window: FirefoxPage, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    policy = '<meta http-equiv="Content-Security-Policy" content="img-src \'none\'">'
    file.write_text(
        f"<!doctype html><meta charset=utf-8>{policy}<script>throw new Error('at once')</script>"
        "<script>setTimeout(() => { throw new Error('later'); })</script><img src='http://127.0.0.1:9/'>",
        encoding="utf-8",
    )
    window.open(file)
    errors = " ".join(window.errors())
    assert "at once" in errors
    assert "later" in errors
    assert "img-src" in errors
