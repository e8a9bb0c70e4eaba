"""The board in a Firefox, and what its tests do with it. The names are those of ``tests/pages/boards.py``."""

import time
from pathlib import Path
from typing import Any

from marionette_driver import Keys
from marionette_driver.marionette import Marionette, WebElement

WAIT_SECONDS = 20

_FIND = """
([selector, words, exact]) => [...document.querySelectorAll(selector)]
  .filter((node) => node.checkVisibility({visibilityProperty: true}))
  .filter((node) => exact ? node.textContent.trim() === words : node.textContent.includes(words))
"""

# What stands in the console about a page: errors of scripts and of loading, refusals by the policy.
_CONSOLE = """
  return Services.console.getMessageArray()
    .filter((message) => message instanceof Ci.nsIScriptError && message.sourceName.startsWith(arguments[0]))
    .filter((message) => !(message.flags & Ci.nsIScriptError.warningFlag))
    .map((message) => `${message.lineNumber}: ${message.errorMessage}`);
"""


class FirefoxPage:
    """A page that is open in Firefox."""

    def __init__(self, driver: Marionette, downloads: Path) -> None:
        self.driver = driver
        self.downloads = downloads
        self.address = ""

    def open(self, file: Path) -> None:
        """Open a page from the disk in a window of 1280 by 900 pixels."""
        self.address = file.as_uri()
        self.driver.navigate(self.address)
        self.resize(1280, 900)

    def settle(self) -> None:
        """Wait until the page has caught up with itself: reasons and differences follow an answer a little later."""
        self.evaluate("new Promise((done) => setTimeout(done, 150))")

    def reload(self) -> None:
        """Load the page anew."""
        self.driver.refresh()

    def resize(self, width: int, height: int) -> None:
        """Give the page this much room, in pixels; Firefox's own bars come on top of it."""
        frame = self.evaluate("[outerWidth - innerWidth, outerHeight - innerHeight]")
        self.driver.set_window_rect(width=width + frame[0], height=height + frame[1])
        assert self.evaluate("[innerWidth, innerHeight]") == [width, height]

    def evaluate(self, expression: str, arg: Any = None) -> Any:
        """Return the value of an expression in the page; a function is called with the argument, a promise awaited."""
        script = (
            f"const found = ({expression.strip().rstrip(';')}\n);"
            "return typeof found === 'function' ? found(arguments[0]) : found;"
        )
        # Without a sandbox the script stands among those of the page.
        return self.driver.execute_script(script, script_args=(arg,), sandbox=None)

    def errors(self) -> list[str]:
        """Return the errors that the page has written to the console, from its first line on."""
        with self.driver.using_context("chrome"):
            found: list[str] = self.driver.execute_script(_CONSOLE, script_args=(self.address,))
        return found

    def all(self, selector: str, words: str = "", *, exact: bool = False) -> list[WebElement]:
        """Return what can be seen, by a selector and by words that it holds."""
        found: list[WebElement] = self.evaluate(_FIND, [selector, words, exact])
        return found

    def one(self, selector: str, words: str = "", *, exact: bool = False) -> WebElement:
        """Return the first that can be seen."""
        found = self.all(selector, words, exact=exact)
        assert found, f"nothing can be seen that is {selector!r} with {words!r}"
        return found[0]

    def text(self, selector: str) -> str:
        """Return the text of the first that is there, seen or not; empty where there is none."""
        found: str = self.evaluate("(selector) => document.querySelector(selector)?.textContent ?? ''", selector)
        return found

    def wait_for(self, selector: str, words: str) -> None:
        """Wait until the words can be seen there."""
        end = time.monotonic() + WAIT_SECONDS
        while not self.all(selector, words):
            assert time.monotonic() < end, f"{selector!r} says {self.text(selector)!r} and not {words!r}"
            time.sleep(0.02)

    def click(self, node: WebElement) -> None:
        """Bring something to the middle of the window, where nothing that sticks lies over it, and click on it."""
        self.evaluate("(node) => node.scrollIntoView({block: 'center'})", node)
        node.click()

    def press(self, words: str) -> None:
        """Press the button that says so."""
        self.click(self.one("button", words, exact=True))

    def key(self, key: str, *held: str) -> None:
        """Press a key where the focus is, with others held down."""
        keys = self.driver.actions.sequence("key", "keyboard")
        for other in held:
            keys.key_down(other)
        keys.key_down(key).key_up(key)
        for other in held:
            keys.key_up(other)
        keys.perform()
        # Nobody presses two keys within a frame. Where that happens Firefox, once in some hundred times, scrolls to the
        # wrong button of a group.
        self.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")

    def focused(self, what: str) -> Any:
        """Return something about what has the focus, such as its ``textContent``."""
        return self.evaluate(f"document.activeElement.{what}")

    # The board

    def open_view(self, view: str) -> None:
        """Go to a view by its button."""
        self.one("nav button", view, exact=True).click()

    def fill(self, selector: str, text: str) -> None:
        """Type a text over what stands in a field."""
        field = self.one(selector)
        field.clear()
        field.send_keys(text)

    def answer(self, question: str, words: str) -> None:
        """Give one answer by its words."""
        self.click(self.card(question, "label", words))

    def chosen(self, question: str) -> str:
        """Return the value of the answer that is chosen."""
        value: str = self.evaluate("(node) => node.value", self.card(question, "input:checked"))
        return value

    def card(self, question: str, selector: str, words: str = "") -> WebElement:
        """Return the first of something in the card of a question."""
        card = self.one("#questions fieldset:has(legend)", question)
        node: WebElement | None = self.evaluate(
            "([card, selector, words]) => [...card.querySelectorAll(selector)]"
            ".find((node) => node.textContent.includes(words))",
            [card, selector, words],
        )
        assert node is not None, f"{question!r} has no {selector!r} with {words!r}"
        return node

    def say(self, question: int, column: int, row: int) -> None:
        """Give a table's answer (or, in the last column, the group's) by the places of question, column and row."""
        cell = self.evaluate(
            "([question, column, row]) => document.querySelectorAll('.side-by-side')[question]"
            ".querySelectorAll('.column')[column].querySelectorAll('.cell')[row]",
            [question, column, row],
        )
        self.click(cell)
        assert self.evaluate("(cell) => cell.querySelector('input').checked", cell)

    def load_file(self, file: Path) -> None:
        """Choose a file in the view for files."""
        self.open_view("Open and save")
        self.one("#file-input").send_keys(str(file))

    def saved(self, button: str = "Save the decision (YAML)") -> bytes:
        """Press a save button in the view for files and return what was saved."""
        self.open_view("Open and save")
        return self.download(self.one("#view-files button", button, exact=True))

    def download(self, button: WebElement | None = None) -> bytes:
        """Press a button, or the enter key, and return the file that came."""
        if button is None:
            self.key(Keys.ENTER)
        else:
            self.click(button)
        end = time.monotonic() + WAIT_SECONDS
        while True:
            files = list(self.downloads.iterdir())
            # While a file comes, an empty one holds its place and another ends in .part.
            if len(files) == 1 and files[0].suffix != ".part" and (data := files[0].read_bytes()):
                files[0].unlink()
                return data
            assert time.monotonic() < end, f"nothing was saved, and there are {files}"
            time.sleep(0.02)

    def type_shown(self) -> str:
        """Return the type at which the marker stands, as the drawing says it; empty where there is none."""
        return self.text("#spectrum .line .stop.here .name")

    def verdict(self) -> str:
        """Return the sentence of the drawing that says what is certain and what is still possible."""
        return self.text("#spectrum-words")
