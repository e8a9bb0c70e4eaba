"""Writing an answer into a file: exactly that answer changes, and no other character does."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spectrum_cli.files.decision_edit import CannotEdit, DecisionText, decision_text, quoted, set_answer
from spectrum_cli.model.decision import AnswerValue
from spectrum_cli.model.decision_format import FIELDS, Field, Kind

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    *sorted((ROOT / "examples").glob("*.yaml")),
    *sorted((ROOT / "examples").glob("c*.md")),
    *sorted((ROOT / "tests" / "cases").rglob("*.yaml")),
    *sorted((ROOT / "tests" / "badfiles").glob("*.yaml")),
    *sorted((ROOT / "tests" / "badfiles").glob("[0-9]*.md")),
]
HEAD = "spectrum: 1\ntitle: A plan\n"

# One layout each; all are valid YAML, and a person may write any of them.
LAYOUTS = {
    "nothing else": HEAD,
    "no line end at the end": HEAD.rstrip("\n"),
    "brackets": "{spectrum: 1, title: A plan}",
    "brackets over lines": "{ # one\n  spectrum: 1, # two\n  title: A plan, # 3\n  openness: {stage: made}, # 4\n}\n",
    "brackets with keys alone": "{spectrum: 1, title: A plan, openness: {stage, agenda: , exchange}}\n",
    "empty brackets": HEAD + "openness: {}\nplan: {} # none yet\n",
    "windows line ends": "# one\r\nspectrum: 1 # two\r\ntitle: A plan\r\n\r\nopenness:\r\n"
    + "  # three\r\n  agenda: system\r\n",
    "byte-order mark": "\ufeff# one\nspectrum: 1\ntitle: Ünïcode 🙂 # two\nopenness: {agenda: system} # three\n",
    "old line ends": "spectrum: 1\rtitle: A plan\ropenness:\r  agenda: system\r",
    "sections without values": HEAD + "openness:   # one\nneed: # two\n  # three\nsupport: ~\nplan: unknown # four\n",
    "keys without values": HEAD + "openness:\n  stage:   # one\n  open_to_change: # two\n  agenda: ~ # three\n",
    "quotation marks": HEAD + "'openness':\n    \"stage\": 'made' # one\n    'exchange': \"one-way\"\n",
    "a list with comments": HEAD
    + "openness:\n  open_to_change:\n    # one\n    - whether   # two\n    # three\n    - options\n"
    + "    - method # four\n  # five\n  agenda: system\n",
    "a list at the key's column": HEAD + "openness:\n  open_to_change:\n  - whether # one\n  - options # two",
    "a list in brackets with comments": HEAD
    + "openness:\n  open_to_change: [whether, # one\n    options # two\n    , method, # three\n  ] # four\n",
    "a group for a prerequisite": HEAD
    + "support:\n  reasons: {state: planned, owner: 'a # b'} # one\n  scope:\n    # two\n    owner: Bo # three\n"
    + "  skills: met # four\n",
    "block texts": HEAD
    + "summary: |\n  one # not a comment\n\n  two\n\n# one\nnotes: >+\n  three\n\n\n# two\nplan: {type: consult}\n",
    "a kept end": "spectrum: 1\nsummary: |+\n  text\n\n\ntitle: A plan\nopenness:\n  stage: made\n\n\n",
    "sections set apart": HEAD + "\n# one\ndates: {opens: 2027-01-05}\n\n# two\nplan: {type: consult}\n",
    "title last": "# one\nplan: {type: consult}\nspectrum: 1\ntitle: A plan",
    "a document's marks": "--- # one\nspectrum: 1\ntitle: A plan\nopenness: {stage: made}\n...\n# two\n",
    "indented": "  spectrum: 1\n  title: A plan\n  openness:\n     stage: made\n",
    "question marks": "? spectrum\n: 1\n? title\n: A plan\n? openness\n: stage: made\n  ? agenda\n  : system\n",
    "parts and own keys": HEAD
    + "x-own: [a, {b: c}] # one\nparts: # two\n  - id: a # three\n    title: B\n    openness: {stage: aim}\n"
    + "x-more: |+\n  end\n\n",
    "a text over lines": "spectrum: 1\ntitle: A plan\n  that goes on # one\nopenness:\n  stage: made\n",
    "a comment at the top of a section": HEAD + "openness: # one\n  # two\n  exchange: questions # three\n",
    "Markdown": "---\n# one\nspectrum: 1\ntitle: A plan\n---\n\n# Not a comment\n\nopenness: stage\n---\n",
    "Markdown of Windows": "\ufeff---\r\nspectrum: 1 # one\r\ntitle: A plan\r\nplan:\r\n---\r\nText.\r\n",
}


def load(text: str) -> DecisionText:
    markdown = text.lstrip("\ufeff")[:4] in ("---\n", "---\r")
    return decision_text("a plan", text.encode("utf-8"), markdown=markdown)


def answers(text: DecisionText) -> dict[str, AnswerValue]:
    decision = text.read().decision
    assert decision is not None, text.read().diagnostics
    return {key: answer.value for key, answer in decision.answers.items() if answer.value is not None}


def comments(text: DecisionText) -> list[str]:
    """Return all comments in order, found by another way than the one that is tested: PyYAML's own tokens."""
    source = list(text.source.text)
    for token in yaml.scan(text.source.text):
        if isinstance(token, yaml.ScalarToken):
            start, end = token.start_mark.index, token.end_mark.index
            if token.style in ("|", ">"):
                end = start + len(text.source.text[start:end].rstrip())
            source[start:end] = " " * (end - start)
    return [found.rstrip() for found in re.findall("#[^\n\r]*", "".join(source))]


def values(field: Field) -> st.SearchStrategy[AnswerValue]:
    words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(
        lambda text: text.strip() and text.strip() != "~"
    )
    kinds: dict[Kind, st.SearchStrategy[AnswerValue]] = {
        Kind.TEXT: words,
        Kind.TEXTS: st.lists(words, min_size=1, max_size=3, unique=True).map(tuple),
        Kind.CHOICE: st.sampled_from(field.answers or ("",)),
        Kind.SUPPORT: st.sampled_from(field.answers or ("",)),
        Kind.CHOICES: st.one_of(
            st.just(("nothing",)),
            st.lists(st.sampled_from(field.answers[1:] or ("",)), min_size=1, unique=True).map(tuple),
        ),
        Kind.COUNT: st.integers(0, 10**12),
        Kind.FLAG: st.booleans(),
        Kind.DATE: st.dates().map(lambda day: day.isoformat()),
    }
    return kinds[field.kind] if field.key == "title" else st.one_of(st.none(), kinds[field.kind])


def details(key: str) -> st.SearchStrategy[tuple[str, AnswerValue]]:
    return st.one_of(
        st.tuples(st.just(f"{key}.owner"), values(FIELDS["owner"])),
        st.tuples(st.just(f"{key}.by"), values(FIELDS["dates.opens"])),
    )


def same(one: AnswerValue, other: AnswerValue) -> bool:
    return sorted(one) == sorted(other) if isinstance(one, tuple) and isinstance(other, tuple) else one == other


EDITABLE = [field for field in FIELDS.values() if field.kind is not Kind.FIXED]
CHANGES = st.lists(
    st.sampled_from(EDITABLE).flatmap(
        lambda field: (
            st.one_of(st.tuples(st.just(field.key), values(field)), details(field.key))
            if field.kind is Kind.SUPPORT
            else st.tuples(st.just(field.key), values(field))
        )
    ),
    min_size=1,
    max_size=6,
)


def hold(text: DecisionText, changes: list[tuple[str, AnswerValue]]) -> None:
    """Make changes one after the other, and hold each against what was there before."""
    for key, value in changes:
        before, said = answers(text), comments(text)
        try:
            changed = set_answer(text, key, value)
        except CannotEdit:
            field = FIELDS.get(key, FIELDS["owner"])
            assert field.kind in (Kind.TEXT, Kind.TEXTS), "only an odd text may be refused"
            continue
        after = answers(changed)
        assert same(after.pop(key, None), value)
        before.pop(key, None)
        derived = {"time.weeks"} if key.startswith("dates.") else set()
        assert {k: v for k, v in after.items() if k not in derived} == {
            k: v for k, v in before.items() if k not in derived
        }
        assert comments(changed) == said
        decision, old = changed.read().decision, text.read().decision
        assert decision is not None
        assert old is not None
        assert [part.id for part in decision.parts] == [part.id for part in old.parts]
        text = changed


def valid(path: Path) -> DecisionText | None:
    try:
        text = decision_text(path.name, path.read_bytes(), markdown=path.suffix == ".md")
    except Exception:
        return None
    return text if text.read().decision is not None else None


READABLE = [text for path in FILES if (text := valid(path)) is not None]


def test_there_are_files_to_try() -> None:
    assert len(READABLE) > 100
    assert sum(text.markdown for text in READABLE) >= 3


@given(text=st.sampled_from(READABLE), changes=CHANGES)
@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
def test_answers_written_into_a_file_are_read_again_and_nothing_else_changes(
    text: DecisionText, changes: list[tuple[str, AnswerValue]]
) -> None:
    hold(text, changes)


@given(name=st.sampled_from(sorted(LAYOUTS)), changes=CHANGES)
@settings(max_examples=250)
def test_every_layout_keeps_its_comments_and_its_other_answers(
    name: str, changes: list[tuple[str, AnswerValue]]
) -> None:
    hold(load(LAYOUTS[name]), changes)


@pytest.mark.parametrize("name", [name for name in LAYOUTS if name not in ("old line ends",)])
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("openness.stage", "aim"),
        ("openness.open_to_change", ("options", "priorities")),
        ("openness.open_to_change", None),
        ("need.unequal_effect", False),
        ("plan.type", "engage"),
        ("support.reasons", "met"),
        ("support.scope", "planned"),
        ("support.reasons.by", "2027-04-30"),
        ("support.skills.owner", 'Änne O\'Neill: "#1"'),
        ("title", "Another"),
        ("owner", "Somebody"),
    ],
)
def test_no_common_answer_is_refused_in_any_layout(name: str, key: str, value: AnswerValue) -> None:
    text = load(LAYOUTS[name])
    changed = set_answer(text, key, value)
    assert same(answers(changed).get(key), value)
    assert comments(changed) == comments(text)


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_the_text_of_a_file_comes_back_to_the_byte(name: str) -> None:
    assert load(LAYOUTS[name]).whole == LAYOUTS[name]


# What it looks like


@pytest.mark.parametrize(
    ("before", "key", "value", "after"),
    [
        ("openness:\n  stage: made # why\n", "openness.stage", "aim", "openness:\n  stage: aim # why\n"),
        ("openness:\n  stage: 'made'\n", "openness.stage", "aim", "openness:\n  stage: 'aim'\n"),
        ("openness:\n    agenda: system\n", "openness.stage", "aim", "openness:\n    stage: aim\n    agenda: system\n"),
        (
            "openness:\n  stage: aim # why\n\n  agenda: system\n",
            "openness.exchange",
            "questions",
            "openness:\n  stage: aim # why\n  exchange: questions\n\n  agenda: system\n",
        ),
        ("openness: {stage: aim}\n", "openness.agenda", "system", "openness: {stage: aim, agenda: system}\n"),
        ("openness: {agenda: system}\n", "openness.stage", "aim", "openness: {stage: aim, agenda: system}\n"),
        ("plan:\n  # type: consult\n", "plan.type", "engage", "plan:\n  type: engage\n  # type: consult\n"),
        (
            "\nneed:\n    impact: low\n\nplan: {}\n",
            "openness.stage",
            "aim",
            None,
        ),
        (
            "openness: {open_to_change: [whether, options]}\n",
            "openness.open_to_change",
            ("options",),
            "openness: {open_to_change: [options]}\n",
        ),
        (
            "openness:\n  open_to_change:\n    - whether # agreed\n    - options\n",
            "openness.open_to_change",
            ("whether", "method"),
            "openness:\n  open_to_change:\n    - whether # agreed\n    - method\n",
        ),
        (
            "openness:\n  open_to_change:\n    - whether # agreed\n    - options\n",
            "openness.open_to_change",
            ("options",),
            "openness:\n  open_to_change:\n    # agreed\n    - options\n",
        ),
        ("support:\n  skills: met # why\n", "support.skills", "planned", "support:\n  skills: planned # why\n"),
        (
            "support:\n  skills: planned # why\n",
            "support.skills.owner",
            "Bo",
            'support:\n  skills: {state: planned, owner: "Bo"} # why\n',
        ),
        (
            "support:\n  skills: {state: met, evidence: A letter}\n",
            "support.skills",
            "planned",
            "support:\n  skills: {state: planned, evidence: A letter}\n",
        ),
        (
            "openness: {stage: aim}\nplan: {type: consult}\n",
            "need.duty",
            "express",
            "openness: {stage: aim}\nneed:\n  duty: express\nplan: {type: consult}\n",
        ),
        ("\nplan:\n  type: consult", "time.weeks", 8, "\ntime:\n  weeks: 8\n\nplan:\n  type: consult"),
        ("dates: {}\r\n", "plan.type", "engage", "dates: {}\r\nplan:\n  type: engage\n"),
        (
            "\nopenness:\n   stage: aim\n\nplan:\n   type: consult\n",
            "need.duty",
            "express",
            "\nopenness:\n   stage: aim\n\nneed:\n   duty: express\n\nplan:\n   type: consult\n",
        ),
    ],
)
def test_an_answer_looks_like_the_rest_of_its_file(
    before: str, key: str, value: AnswerValue, after: str | None
) -> None:
    changed = set_answer(load(HEAD + before), key, value).whole
    expected = "\nopenness:\n    stage: aim\n\nneed:\n    impact: low\n\nplan: {}\n" if after is None else after
    assert changed == HEAD + expected


def test_new_lines_end_as_the_others_do() -> None:
    text = set_answer(load(LAYOUTS["windows line ends"]), "plan.type", "engage").whole
    assert text.count("\n") == text.count("\r\n")
    assert text.endswith("\r\n\r\nplan:\r\n  type: engage\r\n")


def test_a_file_without_a_last_line_end_still_has_none() -> None:
    text = set_answer(load(HEAD.rstrip("\n")), "plan.type", "engage").whole
    assert text == f"{HEAD}plan:\n  type: engage"


def test_what_stands_around_the_front_matter_is_left_alone() -> None:
    before = LAYOUTS["Markdown of Windows"]
    after = set_answer(load(before), "plan.type", "engage").whole
    assert after == before.replace("plan:\r\n", "plan:\r\n  type: engage\r\n")


def test_an_answer_that_is_there_already_changes_no_character() -> None:
    text = load(HEAD + "openness: { open_to_change : [ options,whether ] }\n")
    assert set_answer(text, "openness.open_to_change", ("whether", "options")) is text
    assert set_answer(text, "plan.type", None) is text


# What is refused


def test_a_file_with_faults_is_refused() -> None:
    with pytest.raises(CannotEdit, match="faults"):
        set_answer(load(HEAD + "openness: {stage: maid}\n"), "openness.stage", "made")


def test_what_is_fixed_is_refused_and_an_unknown_key_is_a_mistake_of_the_program() -> None:
    with pytest.raises(CannotEdit, match="by hand"):
        set_answer(load(HEAD), "openness.fixed", None)
    for key in ("openness.nonsense", "support.skills.state", "support.skills.nonsense", "plan.type.owner", "x"):
        with pytest.raises(KeyError):
            set_answer(load(HEAD), key, "met")


def test_an_answer_that_would_bring_down_a_section_of_unknowns_is_refused_or_changes_nothing_else() -> None:
    text = load("spectrum: 1\ntitle: A plan\ndates: {opens: 2027-01-05, closes: 2027-03-02}\ntime: unknown\n")
    changed = set_answer(text, "time.ongoing", True)
    assert answers(changed)["time.ongoing"] is True


def test_a_text_that_nobody_can_read_back_is_refused() -> None:
    with pytest.raises(CannotEdit):
        set_answer(load(HEAD), "owner", "   ")
    with pytest.raises(CannotEdit):
        set_answer(load(HEAD), "owner", "x" * 2**20)


@given(st.text(max_size=200))
def test_any_text_can_be_quoted(text: str) -> None:
    assert yaml.safe_load(quoted(text)) == text
    assert "\n" not in quoted(text)
