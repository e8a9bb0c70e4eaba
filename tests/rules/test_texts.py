"""The texts that are no rules: complete in every language, used, and easy to read."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import textstat

from spectrum_cli.files.texts import NoLanguage, languages, load_texts

# The Automated Readability Index and the Coleman-Liau Index tell the school year (US) that a text needs; LIX below 30
# is very easy to read, below 40 easy. All three count letters. Measures that count syllables would fetch a dictionary.
HIGHEST_YEAR = 6
HIGHEST_LIX = 28
SECTIONS = ("workshop", "interview", "board", "portfolio")
_BLANK = re.compile(r"\{(\w+)\}")


def leaves(found: Any, ident: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every text of a language with its id."""
    if isinstance(found, dict):
        for name, inner in found.items():
            yield from leaves(inner, f"{ident}.{name}" if ident else name)
    elif isinstance(found, list):
        for number, inner in enumerate(found):
            yield from leaves(inner, f"{ident}.{number}")
    else:
        yield ident, found


def sentences(section: str) -> str:
    texts = [text for _, text in leaves(load_texts().items[section]) if isinstance(text, str) and len(text.split()) > 3]
    return " ".join(text if text.endswith((".", "?", "!")) else f"{text}." for text in texts)


@pytest.mark.parametrize("language", languages())
def test_each_language_has_every_text_with_the_same_blanks(language: str) -> None:
    ours, theirs = dict(leaves(load_texts().items)), dict(leaves(load_texts(language).items))
    assert theirs.keys() == ours.keys()
    for ident, text in ours.items():
        assert type(theirs[ident]) is type(text), ident
        if isinstance(text, str):
            assert set(_BLANK.findall(theirs[ident])) == set(_BLANK.findall(text)), ident
            assert theirs[ident].strip(), ident


@pytest.mark.parametrize("section", SECTIONS)
def test_the_texts_are_plain_english(section: str) -> None:
    text = sentences(section)
    assert len(text.split()) > 50
    assert textstat.automated_readability_index(text) <= HIGHEST_YEAR
    assert textstat.coleman_liau_index(text) <= HIGHEST_YEAR
    assert textstat.lix(text) <= HIGHEST_LIX


def test_nothing_is_called_easy_read() -> None:
    assert "easy read" not in " ".join(str(text).lower() for _, text in leaves(load_texts().items))


def test_a_language_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(NoLanguage, match="no texts in 'cy'; there are: en"):
        load_texts("cy")


def test_a_text_that_is_not_there_or_lacks_a_blank_is_an_error() -> None:
    texts = load_texts()
    with pytest.raises(KeyError):
        texts("workshop.nothing")
    with pytest.raises(KeyError):
        texts("workshop.minutes", number=3)
    with pytest.raises(KeyError):
        texts("workshop.cards")
    with pytest.raises(KeyError):
        texts.all("workshop.title")
    with pytest.raises(KeyError):
        texts.group("workshop.title")
