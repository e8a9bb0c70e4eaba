"""Pages in the browser that all tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browsers import keep_local


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that may not reach any network: whatever asks for one makes the test fail."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    asked = keep_local(context)
    page = context.new_page()
    yield page
    context.close()
    assert asked == []


@pytest.fixture
def opened(page: Page, tmp_path: Path) -> object:
    """Return a function that opens a text as a page from the disk."""

    def open_text(text: str, name: str = "page.html") -> Page:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        page.goto(file.as_uri())
        return page

    return open_text
