"""One Firefox for all tests of a process, and the board opened in it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from marionette_driver.marionette import Marionette

from tests.firefox.page import FirefoxPage
from tests.firefox.running import firefox

Opened = Callable[..., FirefoxPage]


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marionette]:
    """One Firefox for all tests of a process."""
    with firefox(tmp_path_factory.mktemp("firefox")) as found:
        with found.using_context("chrome"):  # by itself Firefox makes no window narrower than 500 pixels
            found.execute_script("document.documentElement.style.minWidth = '0'")
        yield found


@pytest.fixture
def window(driver: Marionette) -> FirefoxPage:
    """The window of that Firefox, to open any page in. Nothing has been saved from it yet."""
    downloads = Path(driver.profile).with_name("downloads")
    for left in downloads.iterdir():
        left.unlink()
    return FirefoxPage(driver, downloads)


@pytest.fixture
def opened(window: FirefoxPage, tmp_path: Path) -> Iterator[Opened]:
    """Return a function that opens a text as a page from the disk. Such a page may write no error to the console."""

    def open_text(text: str, name: str = "page.html") -> FirefoxPage:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        window.open(file)
        return window

    yield open_text
    assert window.errors() == []
