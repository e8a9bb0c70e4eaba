"""Opening and saving: broken files change nothing, hostile words stay words, the program reads what is saved."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.pages.boards import (
    BROKEN,
    CLINIC,
    SETTLED,
    Opened,
    answer,
    board_html,
    load_file,
    open_view,
    program_advice,
    saved,
    type_shown,
)

HOSTILE = [
    "<script>window.hacked = 1</script>",
    '</script><img src=x onerror="window.hacked=1">',
    "\"quotes\" 'and' `more` ${window.hacked=1} {title} {{ title }} %s \\",
    "# no comment: [a, b]: - & * ! | > @",
    "שעות הפתיחה של המרכז \u202eereh sdrawkcab",
    "x" * 10_000,
    "🏥 😀 e\u0301",
]


def test_a_broken_file_is_refused_with_code_line_and_message_and_changes_nothing(opened: Opened) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    load_file(page, BROKEN, "broken.yaml")
    faults = page.locator("#faults")
    expect(faults.locator("h2")).to_have_text("broken.yaml could not be read")
    expect(faults).to_contain_text("Nothing on this page has changed.")
    expect(faults).to_contain_text("SP201")
    expect(faults).to_contain_text("line 3, column 1")
    expect(faults).to_contain_text("unknown key 'opennes'")
    assert page.evaluate("document.activeElement.textContent") == "broken.yaml could not be read"
    assert type_shown(page) == "CONSULT"
    assert page.locator("#undo").is_disabled()
    page.get_by_role("button", name="Close this list").click()
    assert faults.locator("h2").count() == 0


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "SP105"),
        ("title: caf\u00e9".encode("latin-1"), "SP102"),
        (b"spectrum: 1\ntitle: A\ntitle: B\n", "SP107"),
        (b"- a list\n", "SP"),
        (b"\x00\x01\x02", "SP"),
        (b"spectrum: 1\ntitle: " + b"x" * (1024 * 1024), "SP103"),
        (b"spectrum: 1\ntitle: &a Clinic\n", "SP108"),
    ],
    ids=["empty", "not UTF-8", "twice", "list", "control", "large", "alias"],
)
def test_files_of_every_broken_kind_are_refused_by_their_code(data: bytes, code: str, opened: Opened) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    load_file(page, data, "broken.yaml")
    expect(page.locator("#faults code").first).to_contain_text(code)
    assert type_shown(page) == "CONSULT"


def test_a_good_file_takes_the_place_of_the_page_and_undo_brings_that_back(opened: Opened) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    load_file(page, "spectrum: 1\ntitle: A leaflet\nopenness: {stage: made, exchange: one-way}\n", "leaflet.yaml")
    assert type_shown(page) == "INFORM"
    expect(page.locator("#notice")).to_have_text("Opened leaflet.yaml.")
    open_view(page, "Answer")
    assert page.get_by_label("What is the decision?").input_value() == "A leaflet"
    page.locator("#undo").click()
    assert type_shown(page) == "CONSULT"


def test_a_file_can_be_dropped_anywhere(opened: Opened) -> None:
    page = opened(board_html())
    page.evaluate(
        "text => { const data = new DataTransfer(); data.items.add(new File([text], 'dropped.yaml'));"
        "document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true})); }",
        SETTLED,
    )
    expect(page.locator("#notice")).to_have_text("Opened dropped.yaml.")
    assert type_shown(page) == "CONSULT"


def test_a_page_that_is_built_from_a_broken_file_says_so(opened: Opened) -> None:
    page = opened(board_html(BROKEN, "broken.yaml"))
    expect(page.locator("#faults h2")).to_have_text("broken.yaml could not be read")
    open_view(page, "Answer")
    answer(page, "How far has the decision come?", "It has been taken.")
    assert type_shown(page) != ""


def test_an_unchanged_file_is_saved_as_it_was_and_a_changed_one_keeps_the_rest(opened: Opened) -> None:
    page = opened(board_html(CLINIC, "clinic.yaml"))
    assert saved(page) == CLINIC
    open_view(page, "Answer")
    answer(page, "How far has the decision come?", "It has been taken.")
    text = saved(page)
    assert "stage: made" in text
    assert text.startswith("# Every section filled in. This decision is made up.\n")
    assert "x-source: made up" in text


def test_the_saved_advice_is_the_programs(opened: Opened, tmp_path: Path) -> None:
    page = opened(board_html(CLINIC, "clinic.yaml"))
    advice = json.loads(saved(page, "Save the advice (JSON)"))
    program = program_advice(saved(page), tmp_path)
    assert {**advice, "file": ""} == {**program, "file": ""}


def test_the_decision_can_be_shown_and_copied_by_hand(opened: Opened) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    open_view(page, "Open and save")
    page.locator("summary", has_text="Show the decision file").click()
    shown = page.locator(".file-text")
    expect(shown).not_to_be_empty()
    assert shown.text_content() == SETTLED


@pytest.mark.parametrize("text", HOSTILE, ids=["script", "image", "quotes", "yaml", "right to left", "long", "emoji"])
def test_hostile_words_are_shown_as_words_and_come_back_from_the_file(
    text: str, opened: Opened, tmp_path: Path
) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    page.get_by_label("What is the decision?").fill(text)
    page.get_by_role("button", name="Add something that is fixed").click()
    page.get_by_label("What is fixed").fill(text)
    page.get_by_label("Why", exact=True).fill(text)
    open_view(page, "Tables")
    page.get_by_role("button", name="Begin with two tables").click()
    page.locator(".table-name").first.fill(text)
    for view in ("Answer", "Why", "Tables", "Open and save", "Present"):
        open_view(page, view)
        page.set_viewport_size({"width": 320, "height": 800})
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0, view
        page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator(".present-title").text_content() == text
    page.keyboard.press("Escape")
    open_view(page, "Why")
    assert page.locator(".about-title").text_content() == text
    assert page.evaluate("window.hacked") is None
    assert page.locator("main img").count() == 0
    program = program_advice(saved(page), tmp_path)
    assert program["title"] == text.strip()
    assert program["fixed"] == [{"what": text, "why": text}]


def test_a_hostile_file_to_begin_with_cannot_leave_its_block(opened: Opened) -> None:
    title = "</script><script>window.hacked = 1</script><!--<script>"
    page = opened(board_html(f"spectrum: 1\ntitle: '{title}'\n", "</script>.yaml"))
    assert page.get_by_label("What is the decision?").input_value() == title
    assert page.evaluate("window.hacked") is None


def test_the_name_of_a_saved_file_comes_from_the_title_and_is_safe(opened: Opened) -> None:
    page = opened(board_html())
    names = {
        "": "decision.yaml",
        "Opening hours": "opening-hours.yaml",
        "../../etc/passwd": "etc-passwd.yaml",
        "CON: <a>|?*": "con-a.yaml",
        "Füße": "fuße.yaml",
        "x" * 200: f"{'x' * 60}.yaml",
    }
    for title, name in names.items():
        page.evaluate("title => Board.app.state.change(next => { next.decision.title = title; })", title)
        with page.expect_download() as download:
            page.locator("#save").click()
        assert download.value.suggested_filename == name


def test_the_page_asks_nothing_of_any_network_and_allows_no_foreign_script(opened: Opened) -> None:
    page: Page = opened(board_html(CLINIC, "clinic.yaml"))
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content") or ""
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    html = board_html(CLINIC, "clinic.yaml")
    assert " src=" not in html.replace("img src=", "")
    assert "@import" not in html
    page.evaluate(
        "const s = document.createElement('script'); s.textContent = 'window.hacked = 1'; document.body.append(s)"
    )
    assert page.evaluate("window.hacked") is None
