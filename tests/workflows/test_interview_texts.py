"""The words of the interview: each is there, each is used, and each can be read easily."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import textstat

import spectrum_cli
from spectrum_cli.files.texts import languages, load_texts

SOURCE = Path(spectrum_cli.__file__).parent
MODULES = ("workflows/interview.py", "cli/interview.py")

# All texts together, with their blanks filled in. The Automated Readability Index and the Coleman-Liau Index tell the
# school year (US) that a text needs; LIX below 30 is very easy to read. The limits are our own. Flesch's measure counts
# syllables, for which a dictionary would have to be fetched. One sentence alone is too short to be measured, so a limit
# on its length stands for that.
HIGHEST_YEAR = 5
HIGHEST_LIX = 25
LONGEST_SENTENCE = 25
SAMPLES = {
    "types": "CONSULT or ENGAGE",
    "type": "ENGAGE",
    "floor": "ENGAGE",
    "most": "ENGAGE",
    "file": "clinic.yaml",
    "other": "clinic-2.yaml",
    "title": "the clinic",
    "question": "What do you think?",
    "key": "plan.type",
}


def used() -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each text that the code says, with the blanks that it fills in."""
    for name in MODULES:
        for node in ast.walk(ast.parse((SOURCE / name).read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            ident = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
            if called == "say" and len(node.args) == 1 and node.args[0].__class__ is not ast.Starred:
                assert isinstance(ident, str) or name == "cli/interview.py", f"{name}:{node.lineno}: a text by no name"
                if isinstance(ident, str):
                    yield ident, frozenset(str(word.arg) for word in node.keywords)
            elif called == "all" and isinstance(ident, str):
                yield ident.removeprefix("interview."), frozenset()


def there(items: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, item in items.items():
        if isinstance(item, Mapping):
            yield from there(item, f"{before}{name}.")
        else:
            yield before + name, item


def blanks(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@pytest.fixture(params=languages())
def texts(request: pytest.FixtureRequest) -> Mapping[str, Any]:
    return load_texts(request.param).group("interview")


def test_every_text_that_is_said_is_there_and_every_text_that_is_there_is_said(texts: Mapping[str, Any]) -> None:
    assert {ident for ident, _ in used()} == {ident for ident, _ in there(texts)}
    assert len(list(there(texts))) > 90


def test_each_text_has_the_blanks_that_are_filled_in(texts: Mapping[str, Any]) -> None:
    known = dict(there(texts))
    for ident, filled in used():
        text = known[ident]
        if isinstance(text, str):
            assert blanks(text) == filled, ident
        else:
            assert text
            assert all(not blanks(line) for line in text)


def joined() -> str:
    lines: list[str] = []
    for _, item in there(load_texts("en").group("interview")):
        lines += [item] if isinstance(item, str) else item
    filled = [line.format_map({name: SAMPLES.get(name, "three") for name in blanks(line)}) for line in lines]
    return "\n".join(line if line.rstrip("”").endswith((".", "?")) else f"{line}." for line in filled)


def easy(text: str) -> bool:
    return (
        textstat.automated_readability_index(text) <= HIGHEST_YEAR
        and textstat.coleman_liau_index(text) <= HIGHEST_YEAR
        and textstat.lix(text) <= HIGHEST_LIX
    )


def test_the_texts_together_read_easily_and_a_hard_text_does_not() -> None:
    assert easy(joined())
    assert not easy(
        "Participatory methodologies necessitate organisational transparency regarding decisional negotiability. "
        "Stakeholders' contributions are systematically considered throughout the determination of priorities."
    )


def test_no_sentence_is_long() -> None:
    for sentence in re.split(r"(?<=[.?!:])\s+", joined()):
        assert len(sentence.split()) <= LONGEST_SENTENCE, sentence


def test_nobody_is_shown_how_the_file_is_written() -> None:
    assert not re.search(r"\byaml\b(?<!\.yaml)|openness\.|\bkey\b(?! question)", joined().lower().replace("ask.", ""))
