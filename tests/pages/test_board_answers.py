"""Answering on the board: marker and words follow at once, steps can be undone, and the browser keeps a copy."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.pages.boards import (
    CLINIC,
    SETTLED,
    Opened,
    answer,
    board_html,
    card,
    open_view,
    saved,
    type_shown,
    verdict,
)

STAGE = "How far has the decision come?"
CHANGE = "What can people's input change?"
EXCHANGE = "What can people do?"


def _marker(page: Page) -> float:
    """Return where the marker stands, in the units of the drawing."""
    found = re.search(r"[\d.]+", page.locator("#spectrum .marker").evaluate("node => node.style.transform"))
    assert found
    return float(found[0])


def test_without_an_answer_everything_is_possible_and_a_question_is_named(opened: Opened) -> None:
    page = opened(board_html())
    assert type_shown(page) == ""
    assert "No type yet. Possible: INFORM, EDUCATE, CONSULT, ENGAGE, CO-DESIGN or CO-PRODUCE." in verdict(page)
    assert not page.locator("#spectrum .marker").is_visible()
    summary = page.locator("#summary")
    expect(summary).to_contain_text("Answer this next")
    page.get_by_role("button", name="Go to this question").click()
    focused = page.evaluate("document.activeElement.closest('fieldset').querySelector('legend').textContent")
    assert focused in page.locator("fieldset.is-next legend").text_content() or ""


def test_an_answer_moves_marker_range_and_words_at_once(opened: Opened) -> None:
    page = opened(board_html())
    answer(page, STAGE, "Options are being formed")
    assert type_shown(page) == "ENGAGE"
    assert "ENGAGE fits best so far. Still possible: INFORM, EDUCATE, CONSULT or ENGAGE." in verdict(page)
    assert page.locator("#spectrum .range-line").is_visible()
    before = _marker(page)
    answer(page, CHANGE, "Whether it goes ahead.")
    assert type_shown(page) == "CONSULT"
    assert _marker(page) < before
    statuses = page.locator("#spectrum .line .stop .status").all_text_contents()
    assert statuses == ["still possible", "still possible", "fits best so far", "", "", ""]


def test_a_complete_decision_says_what_holds_it_before_it_says_points(opened: Opened) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    assert type_shown(page) == "CONSULT"
    assert "CONSULT fits. No answer that is missing could change this." in verdict(page)
    assert not page.locator("#spectrum .range-line").is_visible()
    open_view(page, "Why")
    headings = page.locator("#view-reasons h3").all_text_contents()
    assert headings.index("What holds it here") < headings.index("How open it is")
    gate = page.locator("#view-reasons .gate").first
    expect(gate).to_contain_text("One proposal is on the table")
    expect(gate).to_contain_text("holds it to CONSULT")
    expect(gate).to_contain_text("Source: peoplehub, CONSULT")
    expect(page.locator("#view-reasons")).to_contain_text("10.5 of 30")
    expect(page.locator("#view-reasons")).to_contain_text("ENGAGE would fit if it were more open")


def test_the_view_of_reasons_tells_gap_prerequisites_scope_parts_and_notes(opened: Opened) -> None:
    page = opened(board_html(CLINIC, "clinic.yaml"))
    open_view(page, "Why")
    reasons = page.locator("#view-reasons")
    expect(reasons).to_contain_text("It asks for ENGAGE at least, which is one type above CONSULT.")
    expect(reasons.locator(".state-met").first).to_contain_text("in place")
    expect(reasons.locator(".state-planned").first).to_contain_text("Clinic manager, by 2026-12-15")
    expect(reasons).to_contain_text("The present building will close (The lease cannot be renewed)")
    expect(reasons).to_contain_text("We decide after we have read every answer")
    expect(reasons.locator(".parts-list")).to_contain_text("CO-DESIGN fits.")
    expect(reasons).to_contain_text("The decision asks for more than is offered")
    reasons.get_by_role("button", name="Show the part How people will get to the new site").click()
    expect(reasons.locator(".about-title")).to_have_text("How people will get to the new site")
    assert type_shown(page) == "CO-DESIGN"


def test_nothing_stands_alone_in_a_list_of_what_can_change(opened: Opened) -> None:
    page = opened(board_html())
    answer(page, CHANGE, "Whether it goes ahead.")
    answer(page, CHANGE, "What the options are.")
    checked = card(page, CHANGE).locator("input:checked")
    assert checked.count() == 2
    answer(page, CHANGE, "Nothing.")
    assert [row.get_attribute("value") for row in checked.all()] == ["nothing"]
    answer(page, CHANGE, "What matters most.")
    assert [row.get_attribute("value") for row in checked.all()] == ["priorities"]
    answer(page, CHANGE, "Not sure yet")
    assert "open_to_change: unknown" in saved(page)


def test_not_sure_yet_is_an_answer_that_leaves_everything_open(opened: Opened) -> None:
    page = opened(board_html())
    answer(page, STAGE, "It has been taken.")
    answer(page, STAGE, "Not sure yet")
    assert type_shown(page) == ""
    assert card(page, STAGE).locator("input:checked").get_attribute("value") == "?unsure"


def test_undo_and_redo_go_step_by_step_by_button_and_by_key(opened: Opened) -> None:
    page = opened(board_html())
    undo, redo = page.locator("#undo"), page.locator("#redo")
    assert undo.is_disabled()
    assert redo.is_disabled()
    answer(page, STAGE, "Options are being formed")
    answer(page, CHANGE, "Whether it goes ahead.")
    undo.click()
    assert type_shown(page) == "ENGAGE"
    assert page.locator("#live").text_content() == f"Undone. {_sentence(page)}"
    undo.click()
    assert type_shown(page) == ""
    assert undo.is_disabled()
    redo.click()
    redo.click()
    assert type_shown(page) == "CONSULT"
    assert redo.is_disabled()
    card(page, STAGE).locator("input:checked").focus()
    page.keyboard.press("Control+z")
    assert type_shown(page) == "ENGAGE"
    page.keyboard.press("Control+Shift+z")
    assert type_shown(page) == "CONSULT"
    page.keyboard.press("Control+z")
    answer(page, STAGE, "It has been taken.")
    assert redo.is_disabled(), "a new answer ends what could be done again"


def _sentence(page: Page) -> str:
    found = re.search(r"CO-PRODUCE\. (.*) The further along", verdict(page))
    assert found
    return found[1]


def test_what_is_typed_into_one_field_is_one_step(opened: Opened) -> None:
    page = opened(board_html())
    title = page.get_by_label("What is the decision?")
    title.press_sequentially("Opening hours")
    answer(page, STAGE, "It has been taken.")
    page.locator("#undo").click()
    assert title.input_value() == "Opening hours"
    page.locator("#undo").click()
    assert title.input_value() == ""
    assert page.title() == "Spectrum board"


def test_the_browser_keeps_the_answers_and_brings_them_back(opened: Opened) -> None:
    page = opened(board_html())
    page.get_by_label("What is the decision?").fill("Opening hours")
    answer(page, STAGE, "It has been taken.")
    page.reload()
    assert page.get_by_label("What is the decision?").input_value() == "Opening hours"
    assert card(page, STAGE).locator("input:checked").get_attribute("value") == "made"
    expect(page.locator("#offer")).to_contain_text("kept in this browser")
    assert page.title() == "Opening hours – Spectrum board"


def test_clearing_really_clears(opened: Opened) -> None:
    page = opened(board_html())
    page.get_by_label("What is the decision?").fill("Opening hours")
    answer(page, STAGE, "It has been taken.")
    page.reload()
    open_view(page, "Open and save")
    page.get_by_role("button", name="Clear everything").click()
    assert page.evaluate("document.activeElement.textContent") == "Keep my answers"
    page.keyboard.press("Enter")
    assert type_shown(page) != ""
    page.get_by_role("button", name="Clear everything").click()
    page.locator("dialog").get_by_role("button", name="Clear everything").click()
    assert type_shown(page) == ""
    assert page.get_by_label("What is the decision?").input_value() == ""
    assert page.locator("#undo").is_disabled()
    assert page.locator("#redo").is_disabled()
    page.wait_for_timeout(500)
    assert page.evaluate("Object.keys(localStorage)") == []
    page.reload()
    assert type_shown(page) == ""
    assert page.locator("#offer").is_hidden()


def test_clearing_a_board_that_came_with_a_decision_shows_that_decision_again(opened: Opened) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    answer(page, STAGE, "It has been taken.")
    open_view(page, "Open and save")
    page.get_by_role("button", name="Clear everything").click()
    expect(page.locator("dialog")).to_contain_text("The page then shows the decision that it came with.")
    page.locator("dialog").get_by_role("button", name="Clear everything").click()
    assert type_shown(page) == "CONSULT"


def test_answers_kept_for_an_earlier_page_are_offered_and_not_put_over_a_new_one(opened: Opened) -> None:
    page = opened(board_html())
    answer(page, STAGE, "Priorities and objectives are themselves open.")
    page.wait_for_timeout(400)
    page = opened(board_html(SETTLED, "hours.yaml"))
    assert type_shown(page) == "CONSULT"
    page.locator("#offer").get_by_role("button", name="Bring them back").click()
    assert type_shown(page) == "CO-PRODUCE"
    page.locator("#undo").click()
    assert type_shown(page) == "CONSULT"


@pytest.mark.parametrize("kept", ["not JSON", '{"session": 3}', '{"session": {"decision": {"title": 4}}}', "null"])
def test_a_damaged_copy_in_the_browser_does_no_harm(kept: str, opened: Opened) -> None:
    page = opened(board_html())
    page.evaluate("kept => localStorage.setItem('spectrum-board ' + location.pathname, kept)", kept)
    page.reload()
    answer(page, STAGE, "It has been taken.")
    assert type_shown(page) != ""


def test_a_browser_that_keeps_nothing_says_so(opened: Opened) -> None:
    page = opened(board_html())
    page.evaluate("void (Storage.prototype.setItem = () => { throw new Error('refused'); })")
    answer(page, STAGE, "It has been taken.")
    expect(page.locator("#notice")).to_contain_text("This browser does not keep answers for this page.")


def test_a_part_takes_over_what_it_does_not_answer_and_can_answer_for_itself(opened: Opened) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    page.get_by_role("button", name="Add a part").click()
    page.get_by_label("What is this part about?").fill("Hours on holidays")
    assert type_shown(page) == "CONSULT"
    first = card(page, STAGE).locator("label").first
    expect(first).to_contain_text("As in the whole decision: One proposal is on the table")
    assert first.locator("input").is_checked()
    answer(page, STAGE, "It has been taken.")
    assert type_shown(page) == "EDUCATE"
    answer(page, STAGE, "Not sure yet")
    assert "still possible" in page.locator("#spectrum .line .stop .status").all_text_contents()
    first.click()
    assert type_shown(page) == "CONSULT"
    answer(page, STAGE, "It has been taken.")
    text = saved(page)
    assert "title: Hours on holidays" in text
    assert "stage: made" in text
    assert "stage: proposal" in text
    open_view(page, "Answer")
    page.get_by_role("button", name="Remove this part").click()
    assert "Hours on holidays" not in saved(page)


def test_counts_that_are_no_whole_numbers_are_kept_out_and_said_beside_the_field(opened: Opened) -> None:
    page = opened(board_html())
    page.locator("summary").get_by_text("People", exact=True).click()
    field = page.get_by_label("How many people are affected")
    field.fill("about 200")
    assert field.get_attribute("aria-invalid") == "true"
    expect(page.get_by_text("Write a whole number in digits, such as 1200.").first).to_be_visible()
    assert "affected" not in saved(page)
    open_view(page, "Answer")
    field.fill("1200")
    assert field.get_attribute("aria-invalid") == "false"
    assert "affected: 1200" in saved(page)


def test_what_is_fixed_and_why_goes_into_the_file_and_into_the_scope(opened: Opened) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    page.get_by_role("button", name="Add something that is fixed").click()
    page.get_by_label("What is fixed").fill("The budget")
    page.get_by_label("Why", exact=True).fill("It is voted for a year")
    open_view(page, "Why")
    expect(page.locator("#why-scope ~ dl")).to_contain_text("The budget (It is voted for a year)")
    text = saved(page)
    assert "The budget" in text
    assert "It is voted for a year" in text
    open_view(page, "Answer")
    page.get_by_role("button", name="Remove number 1").click()
    assert "The budget" not in saved(page)


def test_prerequisites_and_plan_can_be_answered(opened: Opened) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    page.locator("summary", has_text="What is in place for people").click()
    state = page.get_by_label("The reasons for the decision and its impact on people, explained", exact=True)
    state.select_option("planned")
    details = state.locator("xpath=following-sibling::details")
    details.locator("summary").click()
    details.get_by_label("Who sees to it").fill("Centre manager")
    page.locator("summary", has_text="What is planned").click()
    page.get_by_label("The participation type that is planned").select_option("co-design")
    expect(page.locator("#summary .warn").first).to_contain_text("promises more than the decision allows")
    open_view(page, "Why")
    expect(page.locator(".state-planned")).to_contain_text("Centre manager")


def test_the_keyboard_alone_answers_undoes_and_saves(opened: Opened) -> None:
    page = opened(board_html())

    def tab_to(selector: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"the Tab key does not reach {selector}")

    tab_to("input.title")
    page.keyboard.type("Opening hours")
    tab_to("#q-openness_2estage input")
    page.keyboard.press("ArrowDown")
    assert type_shown(page) == "CONSULT"
    page.keyboard.press("ArrowUp")
    assert type_shown(page) == "INFORM"
    page.keyboard.press("Control+z")
    assert type_shown(page) == "CONSULT"
    tab_to("#q-openness_2eopen_to_change input")
    page.keyboard.press("Space")
    assert type_shown(page) in ("INFORM", "EDUCATE")
    page.locator(".skip").focus()
    tab_to("nav [data-view=files]")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Open a decision file"
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Save the decision (YAML)":
            break
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "opening-hours.yaml"


def test_the_page_is_small_enough_to_be_emailed() -> None:
    assert len(board_html().encode("utf-8")) < 300_000
