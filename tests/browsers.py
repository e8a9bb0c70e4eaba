"""A browser for the tests of pages: the one that the system has. Without one they fail and say how to install it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import axe_playwright_python
from playwright.sync_api import Browser, BrowserContext, Route, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
MISSING = "No Chromium was found, and the pages cannot be tried without one. On Debian: apt-get install chromium"
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")


class Evaluating(Protocol):
    """A page of any browser in which scripts can be run."""

    def evaluate(self, expression: str, arg: Any = None) -> Any:
        """Return the value of an expression; a function is called with the argument, a promise awaited."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a headless browser.

    Raises:
        AssertionError: there is none, and how to install it.
    """
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    assert path is not None, MISSING
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def keep_local(context: BrowserContext) -> list[str]:
    """Refuse whatever asks for a network; return the list that such addresses will stand in."""
    asked: list[str] = []

    def refuse(route: Route) -> None:
        if route.request.url.startswith(("file:", "data:", "blob:")):
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    context.route("**/*", refuse)
    return asked


def faults_of_access(page: Evaluating, *, undecided: bool = False) -> list[str]:
    """Return what axe finds on a page as it stands, a line for each; with ``undecided``, what it leaves to people."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations', 'incomplete']})")
    kinds = found["violations"] + (found["incomplete"] if undecided else [])
    return [
        f"{kind['id']}: {node['target']} {node.get('failureSummary', '')}" for kind in kinds for node in kind["nodes"]
    ]


def widest_overflow(page: Evaluating) -> int:
    """Return by how many pixels the page is wider than its window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width
