"""A file on the page gets the same answers, or the same faults at the same places, as from the program."""

import random
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.board.reading import page_reads, program_reads
from tests.files.read import HEAD
from tests.files.test_any_bytes import FRAGMENTS

TESTS = Path(__file__).resolve().parents[1]
EXAMPLES = TESTS.parent / "examples"
FILES = sorted(
    path for folder in (TESTS, EXAMPLES) for path in folder.rglob("*.*") if path.suffix in (".yaml", ".yml", ".md")
)

# Where the page names another first fault than the program, by what stands there, and why it is let be.
EXCEPTIONS = {
    r"&[\w-]+:": "an & before a key: to js-yaml the colon belongs to the anchor's name. Both refuse the file.",
    r"[|>][-+]?\d?#": "a comment that touches the sign of a text over several lines: js-yaml refuses it.",
    r"""[[{,]\s*['"]""": "a quotation mark in brackets that is never closed: it may end at an apostrophe further down.",
    r"^%": "a line that begins with %: js-yaml stops there, the program behind it.",
}


def test_every_file_of_the_tests_and_examples_is_read_alike(engine: Page) -> None:
    assert len(FILES) > 300
    files = [(path.name, path.read_bytes()) for path in FILES]
    for path, (name, data), told in zip(FILES, files, page_reads(engine, files), strict=True):
        assert told == program_reads(name, data), path


@pytest.mark.parametrize(
    "body",
    [
        "openness: {stage: maid}",
        "openness:\n  stage: proposal\n  stage: made\n",
        "need: {impact: 'high '}",
        "need: {impact: high\u200b}",
        "n\u00a0eed: {impact: high}",
        "people: {affected: 12.000}\n",
        "people: {affected: 1e400}\n",
        "people: {affected: -3}\n",
        "people: {affected: '0012'}\n",
        "people: {affected: 9999999999999999}\n",
        "dates: {opens: 2027-02-29}",
        "dates: {opens: 2027-02-28 10:00}",
        "dates: {opens: 2027-1-5}",
        "notes: a #b\n",
        "title: again\n",
        "parts: [{id: a, title: b}, {id: a, title: c}]",
        "parts: [{title: b}]",
        "parts: {id: a}",
        "support: {reasons: [met]}",
        "support: {reasons: {state: met, owner: [x]}}",
        "support: {reasons: {owner: x}}",
        "openness: {fixed: [a, {why: b}, [c], {what: d, x-e: f}]}",
        "openness: {open_to_change: [nothing, method]}",
        "openness: {open_to_change: [unknown, method]}",
        "openness: {open_to_change: method}",
        "openness: {open_to_change: []}",
        "openness: unknown\n",
        "openness:\n",
        "plan: ~\n",
        "owner: ~\n",
        "owner: Null\n",
        "owner: '~'\n",
        "owner: [a]\n",
        "place: {implemented_locally: Yes}\n",
        "place: {implemented_locally: 1}\n",
        "__proto__: {a: b}\nconstructor: c\n",
        "openness: {__proto__: made, toString: a}\n",
        "? [a, b]\n: c\n",
        "<<: {a: b}\n",
        "'<<': a\n",
        "owner: &a b\nnotes: *a\n",
        "owner: !!python/object:os.system x\n",
        "---\nspectrum: 1\n",
        "...\n",
        "...\nowner: a\n",
        "owner: a\n---\n",
        "owner: a\r\nnotes: 'b\r\n  c'\r\n",
        "owner: a\rnotes: b\r",
        "owner: a\x85notes: b\n",
        "owner: a\u2028notes: b\n",
        "owner: \x07\n",
        'owner: "\\ud83d\\ude00"\n',
        'owner: "\\x"\n',
        "owner: 👩‍🦽 *\nnotes: [👩‍🦽, *a]\n",
        "owner: {{ name }}\n",
        "owner: {{ name }} here\n",
        "\t\n",
        "owner: a\n\t\n",
        "owner:\n\t- a\n",
        "people: {groups: [a,\nb]}\n",
        "people: {groups: [a,\n b, c\n]}\n",
        "people: {groups: [a, b\n",
        "owner: 'a\n",
        "owner: 'a' b\n",
        "owner: a: b\n",
        "owner a\nnotes: b\n",
        "owner: - a\n",
        "owner: @a\n",
        "owner: %a\n",
        "owner: |\n",
        "owner: >-\n  a\n   b\n\n  c\n",
        "owner: |2\n   a\n",
        "owner: x\n  notes: y\n",
        " owner: x\n",
        "x-a: [[[[{a: [b]}]]]]\n",
        "x-a: " + "[" * 70 + "]" * 70 + "\n",
        "x-a:\n" + "".join(" " * place + "a:\n" for place in range(2, 80)),
        "parts:\n" + "".join(f"  - {{id: a{number}, title: b}}\n" for number in range(201)),
        "need:\n" + "".join(f"  a{number}: b\n" for number in range(150)),
    ],
)
def test_known_faults_and_known_oddities(body: str, engine: Page) -> None:
    data = (HEAD + body).encode()
    assert page_reads(engine, [("plan.yaml", data)]) == [program_reads("plan.yaml", data)]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xef\xbb\xbf",
        b" \n\t\n",
        b"# nothing\n",
        b"spectrum: 1",
        b"- a\n",
        b"a\n",
        b"\xff\xfes\x00p\x00",
        b"spectrum: 1\ntitle: caf\xe9\n",
        b"\xef\xbb\xbfspectrum: 1\ntitle: \xf0\x9f\x91\xa9 \xed\xa0\x80\n",
        b"spectrum: 1\ntitle: a\xc3",
        b"\x00",
        b"spectrum: 1\ntitle: a\x1b[31m\x7f\n",
        b"#" * (1024 * 1024) + b"\n",
        b"#" * (1024 * 1024 - 1) + b"\n",
    ],
)
def test_known_bytes(data: bytes, engine: Page) -> None:
    assert page_reads(engine, [("plan.yaml", data)]) == [program_reads("plan.yaml", data)]


@pytest.mark.parametrize(
    "text",
    [
        "---\nspectrum: 1\ntitle: a\n---\n# Prose: [\n",
        "\ufeff---\r\nspectrum: 1\r\ntitle: a\r\n...\r\nprose\r\n",
        "---  \nspectrum: 1\ntitle: a\nopenness: {stage: maid}\n--- \n",
        "---\nspectrum: 1\ntitle: a\n",
        "# Prose\n---\n",
        "---\n---\n",
        "",
    ],
)
def test_front_matter_of_a_markdown_file(text: str, engine: Page) -> None:
    files = [("plan.md", text.encode()), ("PLAN.MARKDOWN", text.encode())]
    assert page_reads(engine, files) == [program_reads(*file) for file in files]


def test_files_with_a_slip_of_the_hand(engine: Page) -> None:
    """One or two signs or lines of an example are changed, as it happens. Nearly always every word is the same."""
    files = [(f"slip {number}", _slip(random.Random(number)).encode()) for number in range(3_000)]
    alike = 0
    for (name, data), told in zip(files, page_reads(engine, files), strict=True):
        expected = program_reads(name, data)
        alike += told == expected
        if told["scopes"] != expected["scopes"] or _first(told) != _first(expected):
            assert any(re.search(pattern, _near(data, expected, told)) for pattern in EXCEPTIONS), data.decode()
    assert alike >= 0.98 * len(files)


def _first(told: dict[str, Any]) -> object:
    return [(fault["code"], fault["line"]) for fault in told["faults"][:1]]


def _near(data: bytes, *tellings: dict[str, Any]) -> str:
    """Return the lines of the first faults."""
    lines = data.decode().split("\n")
    return "\n".join(lines[fault["line"] - 1] for told in tellings for fault in told["faults"][:1])


EXAMPLE_TEXTS = [
    path.read_text(encoding="utf-8") for path in FILES if path.parent == EXAMPLES and path.suffix == ".yaml"
]
SIGNS = (*":-[]{}'\"#, \t\n&*!|>%@`?", "  ", "\n  ", "- ", ": ", " #")


def _slip(draw: random.Random) -> str:
    text = draw.choice(EXAMPLE_TEXTS)
    for _ in range(draw.randint(1, 2)):
        at, kind = draw.randrange(len(text)), draw.random()
        if kind < 0.35:
            text = text[:at] + text[at + 1 :]
        elif kind < 0.7:
            text = text[:at] + draw.choice(SIGNS) + text[at:]
        else:
            lines = text.split("\n")
            place = draw.randrange(len(lines))
            if kind < 0.85:
                lines[place] = draw.choice(("  ", " ", "\t", "- ")) + lines[place]
            else:
                del lines[place]
            text = "\n".join(lines)
    return text


def test_texts_of_yaml_s_own_signs_are_accepted_or_refused_alike_at_a_place_that_is_there(engine: Page) -> None:
    draw = random.Random(3)
    beginnings = ("", HEAD, f"{HEAD}openness:\n  ", f"{HEAD}parts:\n  - id: a\n    title: b\n    ")
    texts = [draw.choice(beginnings) + "".join(draw.choices(FRAGMENTS, k=draw.randrange(12))) for _ in range(3_000)]
    files = [("plan.yaml", text.encode()) for text in texts]
    for (name, data), told in zip(files, page_reads(engine, files), strict=True):
        expected = program_reads(name, data)
        assert (told["scopes"] is None) == (expected["scopes"] is None), data.decode()
        lines = data.removeprefix(b"\xef\xbb\xbf").decode().split("\n")
        for fault in told["faults"]:
            if fault["line"] is not None:
                assert 1 <= fault["line"] <= len(lines), data.decode()
                assert 1 <= fault["column"] <= len(lines[fault["line"] - 1]) + 1, data.decode()
