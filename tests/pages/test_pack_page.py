"""The pack's page in a browser, on a screen and in print."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from spectrum_cli.model.decision_format import TYPE_IDS
from spectrum_cli.render.pack.html import render_html
from tests.browsers import faults_of_access, widest_overflow
from tests.render.pack.packs import ONE_OF_EACH, hostile_pack, pack_of


@pytest.mark.parametrize("kind", TYPE_IDS)
def test_axe_finds_nothing_on_a_screen_a_phone_and_paper(kind: str, opened: Callable[..., Page]) -> None:
    page = opened(render_html(pack_of(ONE_OF_EACH[kind])).decode())
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert faults_of_access(page) == []
        assert widest_overflow(page) <= 0
    page.emulate_media(media="print")
    assert faults_of_access(page) == []


def test_hostile_text_runs_nothing_and_fits(opened: Callable[..., Page]) -> None:
    page = opened(render_html(hostile_pack()).decode())
    page.set_viewport_size({"width": 320, "height": 800})
    assert faults_of_access(page) == []
    assert widest_overflow(page) <= 0
    assert page.locator("script").count() == 0


def test_each_page_of_cards_is_a_page_of_paper(opened: Callable[..., Page]) -> None:
    page = opened(render_html(pack_of("hospital-discharge")).decode())
    page.emulate_media(media="print")
    heights = page.locator("ol.cards").evaluate_all("lists => lists.map(list => list.getBoundingClientRect().height)")
    millimetre = 96 / 25.4
    assert len(heights) == 3
    assert all(height <= 267 * millimetre for height in heights)
