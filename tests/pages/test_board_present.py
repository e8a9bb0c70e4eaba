"""The view for a projector: one thing at a time, turned by a clicker, with answers that move the marker."""

from playwright.sync_api import Page, expect

from tests.pages.boards import CLINIC, SETTLED, Opened, board_html, open_view, type_shown


def _count(page: Page) -> str:
    return page.locator(".present-count").text_content() or ""


def test_sheets_turn_by_button_and_by_the_keys_of_a_clicker(opened: Opened) -> None:
    page = opened(board_html(CLINIC, "clinic.yaml"))
    open_view(page, "Present")
    assert _count(page) == "1 of 10"
    expect(page.locator(".sheet h2")).to_have_text("Move the diabetes clinic to the new health centre")
    expect(page.locator(".sheet")).to_contain_text("Board of Eastvale Community Health")
    page.keyboard.press("PageUp")
    assert _count(page) == "1 of 10"
    page.keyboard.press("PageDown")
    page.get_by_role("button", name="Next", exact=True).click()
    assert _count(page) == "3 of 10"
    page.get_by_role("button", name="Back", exact=True).click()
    assert _count(page) == "2 of 10"
    for _ in range(20):
        page.keyboard.press("PageDown")
    assert _count(page) == "10 of 10"
    expect(page.locator(".sheet")).to_contain_text("We decide after we have read every answer")
    page.keyboard.press("Escape")
    assert page.locator("#view-answer").is_visible()


def test_an_answer_on_a_sheet_moves_the_marker_and_keeps_the_keyboards_place(opened: Opened) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    open_view(page, "Present")
    page.keyboard.press("PageDown")
    page.locator(".sheet label", has_text="It has been taken.").click()
    expect(page.locator(".present-verdict")).to_contain_text("EDUCATE fits.")
    assert page.evaluate("document.activeElement.value") == "made"
    page.keyboard.press("Escape")
    assert type_shown(page) == "EDUCATE"


def test_the_sheet_of_a_question_shows_which_table_gave_which_answer(opened: Opened) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    open_view(page, "Tables")
    page.get_by_role("button", name="Begin with two tables").click()
    stage = page.locator(".side-by-side").first
    stage.locator(".column").nth(0).locator("input").nth(1).check()
    stage.locator(".column").nth(1).locator("input").nth(2).check()
    open_view(page, "Present")
    page.keyboard.press("PageDown")
    rows = page.locator(".sheet .option")
    assert rows.nth(1).locator(".by").all_text_contents() == ["Table 1"]
    assert rows.nth(2).locator(".by").all_text_contents() == ["Table 2"]


def test_reasons_and_type_have_sheets_of_their_own(opened: Opened) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    open_view(page, "Present")
    for _ in range(7):
        page.keyboard.press("PageDown")
    expect(page.locator(".sheet")).to_contain_text("Certain.")
    page.keyboard.press("PageDown")
    expect(page.locator(".sheet")).to_contain_text("One proposal is on the table")
