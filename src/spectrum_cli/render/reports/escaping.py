"""Text from a file stays text: in a terminal, in the log of a pipeline, in JSON."""

import json
import re

from spectrum_cli.model.plain_text import visible

# Halves of a sign (a file name that is not UTF-8) and what is no sign at all: neither UTF-8 nor XML can hold them.
_NO_SIGN = re.compile("[\ud800-\udfff\ufffe\uffff]")
_HALF = re.compile("[\ud800-\udfff]")

# A pipeline takes a printed line for a command if it begins with :: (GitHub) or has ##[, ##vso[ or the like anywhere.
_COMMAND_START = re.compile(r"^(\s*):(?=:)", re.MULTILINE)
_COMMAND_WORD = re.compile(r"##(?=\w*\[)")

# Signs that JSON may hold as they are, but that act in a terminal, in a web page or on the eye.
_ACTIVE = re.compile("[<\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")


def shown(text: str) -> str:
    """Return a text on one line, with each sign that cannot be seen or written named as [U+202E]."""
    if text.isascii():
        return visible(text)
    return visible(_NO_SIGN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text))


def writable(text: str) -> str:
    """Return a text of the same length that every encoding of Unicode can hold."""
    return text if text.isascii() else _NO_SIGN.sub("\ufffd", text)


def defused(text: str) -> str:
    """Return printed lines of which none is a command to a pipeline."""
    if "::" in text:
        text = _COMMAND_START.sub(r"\1[U+003A]", text)
    return _COMMAND_WORD.sub("#[U+0023]", text) if "##" in text else text


def inert_json(data: object, *, ascii_only: bool = False) -> str:
    """Return data as JSON on one line that is harmless to print. Its values are what they were."""
    text = _HALF.sub("\ufffd", json.dumps(data, ensure_ascii=False, allow_nan=False))
    if ascii_only:
        text = json.dumps(json.loads(text))
    return _ACTIVE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class JsonItems:
    """The items of one JSON array, a line each, as they come."""

    def __init__(self, *, ascii_only: bool = False) -> None:
        self._ascii_only = ascii_only
        self._between = "\n"

    def item(self, data: object) -> str:
        """Return the next item with the comma before it."""
        text = self._between + inert_json(data, ascii_only=self._ascii_only)
        self._between = ",\n"
        return text
