"""The board is there for everyone: axe, contrast, keyboard, reflow, targets, forced colours, reduced motion."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browsers import AXE, widest_overflow
from tests.pages.boards import BROKEN, CLINIC, SETTLED, Opened, answer, board_html, card, load_file, open_view
from tests.pages.contrast import ENOUGH, contrasts
from tests.pages.focus import REACHABLE, go_back, tab_through

STEP = 24
"""The smallest target, in pixels, that WCAG 2.2 AA allows."""


def _tables(page: Page) -> None:
    open_view(page, "Tables")
    page.get_by_role("button", name="Begin with two tables").click()
    page.get_by_role("button", name="Add a table").click()
    stage = page.locator(".side-by-side").first
    for column, row in ((0, 1), (1, 2), (2, 1)):
        stage.locator(".column").nth(column).locator("input").nth(row).check()


def _sheet(number: int) -> Callable[[Page], None]:
    def present(page: Page) -> None:
        open_view(page, "Present")
        for _ in range(number):
            page.get_by_role("button", name="Next", exact=True).click()

    return present


def _printed(page: Page) -> None:
    page.emulate_media(media="print")


def _clearing(page: Page) -> None:
    open_view(page, "Open and save")
    page.get_by_role("button", name="Clear everything").click()


def _part(page: Page) -> None:
    page.get_by_role("button", name="How people will get to the new site").click()


def _as_it_opens(_page: Page) -> None:
    pass


VIEWS: dict[str, Callable[[Page], None]] = {
    "answer": _as_it_opens,
    "part": _part,
    "reasons": lambda page: open_view(page, "Why"),
    "tables": _tables,
    "files": lambda page: open_view(page, "Open and save"),
    "faults": lambda page: load_file(page, BROKEN, "broken.yaml"),
    "clearing": _clearing,
    "present, first": _sheet(0),
    "present, a question": _sheet(2),
    "present, the type": _sheet(7),
    "present, reasons": _sheet(8),
    "present, promise": _sheet(9),
    "print": _printed,
}


def _shown(opened: Opened, view: str, width: int, text: str = CLINIC) -> Page:
    page = opened(board_html(text, "clinic.yaml" if text else ""))
    page.emulate_media(reduced_motion="reduce")  # the marker is at rest at once
    page.set_viewport_size({"width": width, "height": 900})
    VIEWS[view](page)
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    page.wait_for_timeout(100)
    return page


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_and_what_it_leaves_undecided_has_enough_contrast(
    view: str, width: int, opened: Opened
) -> None:
    page = _shown(opened, view, width)
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations', 'incomplete']})")
    assert [(kind["id"], node["target"]) for kind in found["violations"] for node in kind["nodes"]] == []
    assert {kind["id"] for kind in found["incomplete"]} <= {"color-contrast"}
    targets = [node["target"][0] for kind in found["incomplete"] for node in kind["nodes"]]
    low = {target: value for target, value in contrasts(page, targets).items() if value < ENOUGH}
    assert low == {}


def test_an_empty_board_and_one_that_is_still_open_pass_axe_too(opened: Opened) -> None:
    page = _shown(opened, "answer", 1280, text="")
    for words in ("", "Options are being formed"):
        if words:
            answer(page, "How far has the decision come?", words)
        page.evaluate(AXE)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations', 'incomplete']})")
        assert found["violations"] == []
        targets = [node["target"][0] for kind in found["incomplete"] for node in kind["nodes"]]
        assert targets
        assert min(contrasts(page, targets).values()) >= ENOUGH
        page.reload()


@pytest.mark.parametrize("view", [view for view in VIEWS if view != "print"])
def test_nothing_runs_off_the_page_at_320_pixels_nor_with_text_at_200_percent(view: str, opened: Opened) -> None:
    page = _shown(opened, view, 320)
    assert widest_overflow(page) <= 0
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert widest_overflow(page) <= 0
    assert page.evaluate(_CUT_OFF) == []


# Texts that a box of fixed height would hide when they grow.
_CUT_OFF = """
[...document.querySelectorAll('button, label, legend, h1, h2, h3, summary, .option, .gate, .warn')]
  .filter(node => node.checkVisibility() && !node.closest('.visually-hidden, .cell'))
  .filter(node => getComputedStyle(node).overflowY !== 'visible' && node.scrollHeight > node.clientHeight + 1)
  .filter(node => getComputedStyle(node).overflowY === 'hidden' && !node.matches('.present-title'))
  .map(node => node.outerHTML.slice(0, 80))
"""


def test_on_a_phone_the_spectrum_is_a_list_from_top_to_bottom(opened: Opened) -> None:
    page = _shown(opened, "answer", 320, text=SETTLED)
    assert not page.locator("#spectrum .line").is_visible()
    stops = page.locator("#spectrum .stops > li")
    assert [text.split("\n")[0] for text in stops.all_inner_texts()] != []
    tops = [box["y"] for stop in stops.all() if (box := stop.bounding_box())]
    assert tops == sorted(tops)
    assert len(set(tops)) == 6
    assert "fits" in (stops.nth(2).text_content() or "")


# The boxes that a finger or pointer can hit: a label counts with its input, a link in running text is exempt.
_TARGETS = """
[...document.querySelectorAll('button, input, select, textarea, summary, a[href]')]
  .filter(node => node.checkVisibility({visibilityProperty: true, opacityProperty: false}))
  .filter(node => !node.closest('.skip'))
  .map(node => [node, (node.closest('.option, .cell') || node).getBoundingClientRect()])
  .filter(([, box]) => box.width > 0)
  .map(([node, box]) => [(node.textContent || node.type || node.tagName).slice(0, 30), box.width, box.height])
"""


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("view", ["answer", "tables", "files", "faults", "clearing", "present, a question"])
def test_every_target_is_24_pixels_wide_and_high_at_least(view: str, width: int, opened: Opened) -> None:
    page = _shown(opened, view, width)
    targets = page.evaluate(_TARGETS)
    assert len(targets) > 4
    assert [target for target in targets if target[1] < STEP or target[2] < STEP] == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("view", ["answer", "reasons", "tables", "files", "present, a question"])
def test_the_tab_key_reaches_everything_with_a_ring_that_nothing_hides(view: str, width: int, opened: Opened) -> None:
    page = _shown(opened, view, width)
    page.evaluate("document.querySelectorAll('#questions details').forEach(details => { details.open = false; })")
    wanted = page.evaluate(REACHABLE)
    page.locator(".skip").focus()
    tab_through(page.evaluate, wanted, lambda: page.keyboard.press("Tab"))


def test_shift_and_tab_go_back_without_hiding_the_focus(opened: Opened) -> None:
    page = _shown(opened, "answer", 1280)
    page.evaluate("document.querySelectorAll('#questions details').forEach(details => { details.open = false; })")
    page.locator("#questions summary").last.focus()
    go_back(page.evaluate, lambda: page.keyboard.press("Shift+Tab"))


def test_the_skip_link_leads_past_the_header(opened: Opened) -> None:
    page = opened(board_html())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


LISTEN = """
() => {
  window.said = [];
  const live = document.querySelector('#live');
  new MutationObserver(list => list.forEach(() => said.push(live.textContent)))
    .observe(live, {childList: true, characterData: true, subtree: true});
}
"""


def test_the_live_region_speaks_once_for_each_answer(opened: Opened) -> None:
    page = opened(board_html())
    page.evaluate(LISTEN)
    answer(page, "How far has the decision come?", "It has been taken.")
    answer(page, "What can people do?", "Receive information.")
    answer(page, "Who decides what is talked about?", "Both together.")
    page.wait_for_timeout(300)
    said = page.evaluate("said")
    assert len(said) == 3
    assert said[0].startswith(("EDUCATE fits best so far", "INFORM fits best so far"))
    assert said[1].startswith("INFORM fits.")
    assert said[2].startswith("Noted. The advice stays: INFORM fits.")
    assert page.locator("[role=status]").count() == 2


def test_typing_is_not_talked_over_while_the_advice_stays(opened: Opened) -> None:
    page = opened(board_html())
    page.evaluate(LISTEN)
    page.get_by_label("What is the decision?").press_sequentially("Opening hours")
    assert page.evaluate("said") == []
    answer(page, "How far has the decision come?", "It has been taken.")
    assert len(page.evaluate("said")) == 1


def test_what_a_table_says_is_answered_with_how_it_stands_beside_the_others(opened: Opened) -> None:
    page = opened(board_html())
    open_view(page, "Tables")
    page.get_by_role("button", name="Begin with two tables").click()
    page.evaluate(LISTEN)
    stage = page.locator(".side-by-side").first
    stage.locator(".column").nth(0).locator("input").nth(1).check()
    stage.locator(".column").nth(1).locator("input").nth(3).check()
    stage.locator(".column").nth(2).locator("input").nth(3).check()
    first, second, third = page.evaluate("said")
    assert first == "Waiting. 1 of 2 tables have answered."
    assert second == "It matters. The advice could be CONSULT or CO-DESIGN, depending on this answer."
    assert third.startswith("CO-DESIGN fits best so far.")


def test_print_carries_heading_drawing_and_acknowledgement_from_every_view(opened: Opened) -> None:
    page = opened(board_html(SETTLED, "hours.yaml"))
    for view in ("Answer", "Why", "Tables", "Open and save", "Present"):
        open_view(page, view)
        page.emulate_media(media="print")
        for part in ("h1 >> nth=0", "#spectrum .line", "#view-reasons .gate >> nth=0", "#acknowledgement"):
            assert page.locator(part).is_visible(), (view, part)
        assert not page.locator("nav").is_visible()
        page.emulate_media(media="screen")
        if view == "Present":
            page.keyboard.press("Escape")


def test_long_titles_of_parts_leave_the_questions_in_sight(opened: Opened) -> None:
    title = "Wording of the letter " * 200
    page = opened(board_html(f"spectrum: 1\ntitle: a\nparts:\n  - {{id: one, title: {title}}}\n", "a.yaml"))
    box = page.locator("#scopes").bounding_box()
    assert box is not None
    assert box["height"] < 100


def test_languages_are_set_and_words_of_users_run_in_their_own_direction(opened: Opened) -> None:
    page = opened(board_html("spectrum: 1\ntitle: שעות הפתיחה של המרכז\n", "hours.yaml"))
    assert page.evaluate("document.documentElement.lang") == "en-GB"
    open_view(page, "Why")
    title = page.locator(".about-title")
    assert title.get_attribute("dir") == "auto"
    assert title.evaluate("node => getComputedStyle(node).direction") == "rtl"


@pytest.fixture
def emulated(browser: Browser, tmp_path: object) -> object:
    """Return a function that opens the board with some preference of the reader."""
    contexts = []

    def open_with(**preferences: object) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, **preferences)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        file = tmp_path / "board.html"  # type: ignore[operator]
        file.write_text(board_html(SETTLED, "hours.yaml"), encoding="utf-8")
        page.goto(file.as_uri())
        return page

    yield open_with
    for context in contexts:
        context.close()


def test_with_reduced_motion_the_marker_jumps(emulated: Callable[..., Page]) -> None:
    duration = "getComputedStyle(document.querySelector('#spectrum .marker')).transitionDuration"
    assert emulated(reduced_motion="no-preference").evaluate(duration) == "0.35s"
    assert emulated(reduced_motion="reduce").evaluate(duration) == "0s"


def test_with_forced_colours_choice_marker_and_focus_can_still_be_told_apart(emulated: Callable[..., Page]) -> None:
    page = emulated(forced_colors="active")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    row = card(page, "How far has the decision come?").locator(".option").nth(1)
    other = card(page, "How far has the decision come?").locator(".option").nth(0)
    outline = "node => getComputedStyle(node).outlineStyle"
    assert row.evaluate(outline) == "solid"
    assert other.evaluate(outline) == "none"
    colours = page.evaluate(
        "['.here circle', '.out circle', '.tip', '.name', '.band'].map(part => "
        "getComputedStyle(document.querySelector('#spectrum .line ' + part)).fill)"
    )
    assert colours[0] != colours[1]
    ground = page.evaluate("getComputedStyle(document.querySelector('.stage')).backgroundColor")
    texts = page.evaluate(
        "[...document.querySelectorAll('#spectrum .line text')]"
        ".filter(text => text.textContent && !text.matches('.pill *, .here .digit'))"
        ".map(text => [text.textContent, getComputedStyle(text).fill])"
    )
    assert len(texts) > 15
    assert [text for text, colour in texts if colour == ground] == []
    assert colours[2] != ground
    assert colours[3] != ground
    other.locator("input").focus()
    assert other.evaluate(outline) == "solid"


def test_the_part_that_sticks_lets_go_where_it_would_take_half_of_the_window(opened: Opened) -> None:
    page = _shown(opened, "answer", 1280)
    place = "getComputedStyle(document.querySelector('#stage')).position"
    assert page.evaluate(place) == "sticky"
    page.set_viewport_size({"width": 1280, "height": 480})
    page.wait_for_function(f"{place} === 'static'")
