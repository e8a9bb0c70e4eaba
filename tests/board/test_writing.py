"""What the page saves is read by the program as exactly the same answers, and keeps what it did not change."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from spectrum_cli.model.decision_format import FIELDS, Field, Kind
from tests.board.reading import program_reads

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FILES = sorted(path for path in EXAMPLES.glob("*.*") if path.name != "README.md")
DETAILS = ("owner", "by", "evidence")

# Words that YAML takes for something else, signs of its own, and signs that cannot be seen.
AWKWARD = (
    *(
        "no",
        "on",
        "Yes",
        "y",
        "null",
        "Null",
        "~",
        "unknown",
        "true",
        "12:30",
        "2027-01-05",
        "012",
        "0x1f",
        "1e3",
        "1_000",
    ),
    *(
        ".5",
        "-",
        "---",
        "...",
        "?",
        "|",
        ">",
        "%a",
        "@a",
        "`a",
        "&a",
        "*a",
        "!a",
        "<<",
        "=",
        "- a",
        "a:",
        "a: b",
        "a #b",
    ),
    *(
        "#a",
        "[a]",
        "{a: b}",
        "{{ a }}",
        "'a'",
        '"a"',
        "a\\b",
        "a,b",
        " a",
        "a ",
        "a\nb",
        "a\n",
        "\na",
        "  a\n b",
        "a\n\n\nb\n\n",
    ),
    *(
        "\ttab",
        "a\rb",
        "a\x85b",
        "a\u2028b",
        "\ufeffa",
        "a\x07",
        "\u202ea",
        "é",
        "e\u0301",
        "👩‍🦽",
        "</script><b>",
        "$&",
        "x" * 10_000,
    ),
)
SIGNS = " \n\t#:-[]{}'\"\\,&*!|>%@`?~$<>=/.()ab0é\u200b\u202e\u2028\x85\xa0\ufeff\x07\r👩"
texts = st.one_of(st.sampled_from(AWKWARD), st.text(SIGNS, max_size=12), st.text(max_size=12))
said = texts.filter(lambda text: bool(text.encode("utf-8", "replace").decode().strip()))
days = st.sampled_from(["2027-01-05", "2028-02-29", "0001-01-01"])


def _values(field: Field) -> st.SearchStrategy[Any]:
    if field.kind is Kind.CHOICES:
        nothing, *rest = field.answers
        return st.one_of(st.just([nothing]), st.lists(st.sampled_from(rest), min_size=1, unique=True))
    if field.kind is Kind.FIXED:
        return st.lists(st.fixed_dictionaries({"what": texts, "why": texts}), max_size=3)
    by_kind: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.TEXT: texts,
        Kind.TEXTS: st.lists(texts, max_size=3),
        Kind.COUNT: st.integers(0, 10**15 - 1),
        Kind.FLAG: st.booleans(),
        Kind.DATE: days,
    }
    return by_kind.get(field.kind, st.sampled_from(field.answers or ("",)))


_OPTIONAL = {key: st.one_of(st.none(), _values(field)) for key, field in FIELDS.items() if key != "title"} | {
    f"{key}.{detail}": days if detail == "by" else texts
    for key, field in FIELDS.items()
    if field.kind is Kind.SUPPORT
    for detail in DETAILS
}
answers = st.dictionaries(st.sampled_from(sorted(_OPTIONAL)), st.none(), max_size=12).flatmap(
    lambda drawn: st.fixed_dictionaries({key: _OPTIONAL[key] for key in drawn})
)


def _scope(title: str, own: dict[str, Any], ident: str | None = None) -> dict[str, Any]:
    return {"title": title, "answers": {"title": title, **own}, **({"id": ident} if ident is not None else {})}


parts = st.lists(st.builds(_scope, said, answers, said), max_size=2, unique_by=lambda part: str(part["id"]))
decisions = st.builds(lambda title, own, parts: {**_scope(title, own), "parts": parts}, said, answers, parts)


def expected(decision: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the answers that a file can hold: empty texts are not there, and support has a state."""
    return [
        {"id": item.get("id"), "title": item["title"], "answers": _kept(item["answers"])}
        for item in (decision, *decision["parts"])
    ]


def _kept(values: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, str) and not value.strip():
            continue
        if isinstance(value, list) and value and isinstance(value[0], dict):
            value = [
                {"what": item["what"], "why": item["why"] if item["why"].strip() else ""}
                for item in value
                if item["what"].strip()
            ]
        elif isinstance(value, list):
            value = [item for item in value if item.strip()]
        kept[key] = value
    for key in list(kept):
        if key.count(".") == 2:
            kept.setdefault(key.rpartition(".")[0], None)
    return kept


def read(text: str, name: str = "plan.yaml") -> list[dict[str, Any]]:
    """Return the answers that the program reads, which must find no fault."""
    told = program_reads(name, text.encode())
    assert [fault for fault in told["faults"] if fault["severity"] == "error"] == [], text
    scopes: list[dict[str, Any]] = told["scopes"]
    return [{**scope, "answers": {key: value for key, value, *_ in scope["answers"]}} for scope in scopes]


def write(page: Page, decision: dict[str, Any]) -> str:
    """Return what the page writes."""
    text: str = page.evaluate("(decision) => Spectrum.writeDecision(JSON.parse(decision))", json.dumps(decision))
    return text


def opened(page: Page, text: str, name: str) -> dict[str, Any]:
    """Return the decision that the page reads, as it keeps it."""
    found: dict[str, Any] = page.evaluate("([text, name]) => Spectrum.readDecision(text, name).decision", [text, name])
    return found


@settings(max_examples=150, deadline=None)
@given(batch=st.lists(decisions, min_size=1, max_size=20))
def test_whatever_is_answered_is_saved_and_read_as_the_same(batch: list[dict[str, Any]], engine: Page) -> None:
    written = engine.evaluate(
        "(batch) => JSON.parse(batch).map((one) => Spectrum.writeDecision(one))", json.dumps(batch)
    )
    for decision, text in zip(batch, written, strict=True):
        assert read(text) == expected(decision)


@pytest.mark.parametrize("text", AWKWARD)
def test_an_awkward_text_comes_back_from_every_place_that_takes_one(text: str, engine: Page) -> None:
    own = {
        "notes": text,
        "plan.promise": text,
        "people.groups": [text, "b", text],
        "openness.fixed": [{"what": text, "why": text}, {"what": text, "why": ""}],
        "support.reasons": "met",
        "support.reasons.owner": text,
        "support.reasons.evidence": text,
    }
    decision = {**_scope(text, own), "parts": [_scope(text, own, text)]}
    written = write(engine, decision)
    assert read(written) == expected(decision)
    kept = opened(engine, written, "plan.yaml")
    assert [kept["title"], kept["parts"][0]["id"], kept["answers"]["notes"]] == [text, text, text]


def test_half_a_sign_which_no_file_can_hold_becomes_a_replacement_character(engine: Page) -> None:
    title = engine.evaluate(
        """() => Spectrum.readDecision(Spectrum.writeDecision({ title: "a\\ud800b", answers: {} })).decision.title"""
    )
    assert title == "a\ufffdb"


def test_keys_stand_in_the_order_of_the_format(engine: Page) -> None:
    own = {
        "plan.type": "engage",
        "openness.agenda": "system",
        "openness.stage": "aim",
        "owner": "x",
        "dates.opens": None,
    }
    assert write(engine, {**_scope("A plan", own), "parts": []}) == (
        "spectrum: 1\ntitle: A plan\nowner: x\ndates:\n  opens: unknown\n"
        "openness:\n  stage: aim\n  agenda: system\nplan:\n  type: engage\n"
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_example_is_saved_as_it_was_and_anew_with_the_same_answers(path: Path, engine: Page) -> None:
    text = path.read_text(encoding="utf-8")
    decision = opened(engine, text, path.name)
    assert write(engine, decision) == text
    assert read(write(engine, {**decision, "text": ""})) == read(text, path.name)


changes = st.dictionaries(st.sampled_from(sorted(_OPTIONAL)), st.booleans(), min_size=1, max_size=5).flatmap(
    lambda drawn: st.fixed_dictionaries(
        {key: st.just("away") if away else st.one_of(st.none(), _OPTIONAL[key]) for key, away in drawn.items()}
    )
)


@settings(max_examples=200, deadline=None)
@given(
    path=st.sampled_from(FILES),
    change=changes,
    title=st.none() | said,
    windows=st.booleans(),
    part=st.booleans(),
)
def test_a_change_is_saved_in_place_and_leaves_comments_and_own_keys(
    path: Path, change: dict[str, Any], title: str | None, windows: bool, part: bool, engine: Page
) -> None:
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n" if windows else "\n")
    decision = opened(engine, text, path.name)
    scope = decision["parts"][0] if part and decision["parts"] else decision
    for key, value in change.items():
        if value == "away":
            for gone in (key, *(f"{key}.{detail}" for detail in DETAILS)):
                scope["answers"].pop(gone, None)
        else:
            scope["answers"][key] = value
    if title is not None:
        scope["title"] = scope["answers"]["title"] = title
    saved = write(engine, decision)
    assert read(saved, path.name) == expected(decision)
    for pattern in (r"^ *#.*$", r"^x-[\w-]+:.*$"):
        kept = re.findall(pattern, text, re.MULTILINE)
        # A line of a text may look like a comment too.
        assert [line for line in re.findall(pattern, saved, re.MULTILINE) if line in kept] == kept


def test_a_changed_answer_changes_its_line_alone(engine: Page) -> None:
    text = (
        "# The first line\nspectrum: 1\ntitle: Benches   # in the park\n\nopenness:\n  stage: proposal  # for now\n"
        "  # asked in May\n  exchange: responses\nx-ours: {a: [b]}\n"
    )
    decision = opened(engine, text, "plan.yaml")
    decision["answers"]["openness.stage"] = "options"
    decision["answers"]["openness.agenda"] = "invited"
    decision["answers"]["plan.type"] = "engage"
    assert write(engine, decision) == (
        "# The first line\nspectrum: 1\ntitle: Benches   # in the park\n\nopenness:\n  stage: options  # for now\n"
        "  # asked in May\n  exchange: responses\n  agenda: invited\nplan:\n  type: engage\nx-ours: {a: [b]}\n"
    )


def test_parts_come_and_go(engine: Page) -> None:
    text = "spectrum: 1\ntitle: Benches\n# Why\nparts:\n  - id: a\n    title: A\nx-ours: 1\n"
    decision = opened(engine, text, "plan.yaml")
    decision["parts"].append(_scope("B", {"openness.stage": "aim"}, "b"))
    grown = write(engine, decision)
    assert [scope["id"] for scope in read(grown)] == [None, "a", "b"]
    assert "# Why\nparts:" in grown
    decision["parts"].clear()
    assert write(engine, decision) == "spectrum: 1\ntitle: Benches\n# Why\nx-ours: 1\n"
