"""Text from a file, made safe to show and easy to compare."""

import re
import unicodedata

# Controls, the line and paragraph separators, direction marks and other signs that take no room of their own.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")


def visible(text: str) -> str:
    """Return a text with each sign that a reader cannot see, or that can harm a terminal, named as [U+202E]."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def visible_word(text: str) -> str:
    """Return a key or an answer with every sign named that the eye would not see, joiners and odd blanks too."""
    return "".join(
        f"[U+{ord(sign):04X}]"
        if unicodedata.category(sign) in ("Cf", "Cc", "Zl", "Zp")
        or (sign != " " and unicodedata.category(sign) == "Zs")
        else sign
        for sign in text
    )


def one_line(text: str) -> str:
    """Return a text on one line without control characters; blanks are folded."""
    return visible(" ".join(text.split()))


def paragraphs(text: str) -> list[str]:
    """Return the lines of a text, each safe to show."""
    return [visible(line.rstrip()) for line in text.strip().splitlines()]


def hidden_sign(text: str) -> str:
    """Name the first sign in a word that the eye would not see, or return an empty text."""
    for column, sign in enumerate(text, start=1):
        category = unicodedata.category(sign)
        if category in ("Cf", "Cc", "Zl", "Zp") or (category == "Zs" and sign != " "):
            name = unicodedata.name(sign, "control character").lower()
            return f"the invisible character U+{ord(sign):04X} ({name}) at its character {column}"
    if text != text.strip():
        return "a blank at its " + ("beginning" if text != text.lstrip() else "end")
    return ""


def folded(text: str) -> str:
    """Return a word as it is compared when guessing: letters and digits in lower case, joined by hyphens."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) not in ("Cf", "Cc")
    )
    return re.sub(r"[\s_-]+", "-", plain.strip(" \t\"'“”‘’«»„`")).casefold()
