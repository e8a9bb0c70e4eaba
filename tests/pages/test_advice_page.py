"""The page of an advice, in a browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.render.html import render_html
from spectrum_cli.workflows.advise import advise_file
from tests.browsers import faults_of_access, widest_overflow

EXAMPLES = ("village-surgery", "youth-wellbeing-service", "two-surgeries", "phone-alert-test")


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_runs_off_the_page(
    name: str, width: int, opened: Callable[..., Page], practice: PreparedRules
) -> None:
    found = advise_file(f"examples/{name}.yaml", practice).advice
    assert found is not None
    page = opened(render_html(found))
    page.set_viewport_size({"width": width, "height": 800})
    assert faults_of_access(page) == []
    assert widest_overflow(page) <= 0
