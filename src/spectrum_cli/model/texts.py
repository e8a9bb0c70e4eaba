"""The words that are not rules: what sheets, pages and questions say, by id."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts of one language. An id names its place, such as ``workshop.cover.open``.

    ``language`` is a language tag, such as ``en-GB``. A text may have named blanks, such as ``{type}``.
    """

    language: str
    items: Mapping[str, Any]

    def __call__(self, ident: str, **blanks: object) -> str:
        """Return one text with its blanks filled in.

        Raises:
            KeyError: there is no such text, or a blank was not given.
        """
        text = self._at(ident)
        if not isinstance(text, str):
            raise KeyError(f"{ident} is not a text")
        return text.format_map(blanks) if blanks else text

    def all(self, ident: str) -> tuple[Any, ...]:
        """Return a list of texts, or of groups of texts.

        Raises:
            KeyError: there is no such list.
        """
        found = self._at(ident)
        if not isinstance(found, list):
            raise KeyError(f"{ident} is not a list")
        return tuple(found)

    def group(self, ident: str) -> Mapping[str, Any]:
        """Return a group of texts by their names.

        Raises:
            KeyError: there is no such group.
        """
        found = self._at(ident)
        if not isinstance(found, dict):
            raise KeyError(f"{ident} is not a group")
        return found

    def _at(self, ident: str) -> Any:
        found: Any = self.items
        for name in ident.split("."):
            if not isinstance(found, Mapping) or name not in found:
                raise KeyError(ident)
            found = found[name]
        return found
