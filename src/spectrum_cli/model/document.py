"""The text of one file under the name it goes by."""

from dataclasses import dataclass

SHOWN_LINE = 400


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text, as YAML will see it, and the name to show for it.

    In the text of a Markdown file everything but the front matter is left out, with line numbers unchanged.
    """

    name: str
    text: str

    def line(self, number: int) -> str:
        """Return a line's text by its number from 1, without its end; cut where it is very long."""
        lines = self.text.split("\n", number)
        return lines[number - 1].rstrip("\r")[:SHOWN_LINE] if number <= len(lines) else ""
