"""Differences, comparisons and the crosswalk in every format: readable, complete, and safe whatever a file holds."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given as forall
from hypothesis import settings

from spectrum_cli.engine.assess import PreparedRules
from spectrum_cli.engine.compare import compare_parts, compare_whole, difference, part_members
from spectrum_cli.files.decision_file import read_decision
from spectrum_cli.model.comparison import Comparison, Difference, Text
from spectrum_cli.model.decision import Decision
from spectrum_cli.model.decision_format import TYPE_IDS
from spectrum_cli.model.document import Source
from spectrum_cli.model.explanation import Explanation
from spectrum_cli.render.comparison import comparison_json, comparison_markdown, render_comparison
from spectrum_cli.render.diff import diff_json, diff_json_failure, diff_markdown, render_diff
from spectrum_cli.render.diff_schema import diff_schema
from spectrum_cli.render.explanation import explanation_json, render_explanation
from spectrum_cli.render.outline import LONGEST, Quoted, Section, shortened, write_markdown
from spectrum_cli.render.page import Page, cell_width
from spectrum_cli.workflows.narrowing import narrowed
from tests.render.test_formats import NASTY, closed
from tests.workflows.answers import DECISIONS

TODAY = "2027-02-15"
SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "diff-1.json"
OLD = """\
spectrum: 1
title: TITLE
owner: TITLE
dates: {opens: 2027-01-05, closes: 2027-03-02, decision: 2027-03-31, feedback: 2027-04-30}
openness: {stage: aim, open_to_change: [method, options], fixed: [{what: TITLE, why: TITLE}], exchange: discussion}
need: {impact: high}
people: {groups: [TITLE, carers]}
plan: {type: co-design, promise: TITLE}
parts:
  - {id: TITLE, title: TITLE, openness: {stage: agenda}}
  - {id: gone, title: TITLE, plan: {type: engage}}
"""
NEW = (
    OLD.replace("owner: TITLE", "owner: TITLE2")
    .replace("stage: aim", "stage: proposal")
    .replace("[method, options]", "[whether, options]")
    .replace("what: TITLE", "what: TITLE2")
    .replace("type: co-design, promise: TITLE", "type: consult, promise: TITLE2")
    .replace("stage: agenda", "stage: options")
    .replace("gone", "new")
)


def read(text: str, title: str) -> tuple[Decision, Source]:
    quoted = json.dumps(title, ensure_ascii="\u001b" in title)
    quoted = re.sub(r"\\ud[0-9a-f]{3}\\ud[0-9a-f]{3}", lambda found: json.loads(f'"{found[0]}"'), quoted)
    text = text.replace("TITLE2", quoted[:-1] + '2"').replace("TITLE", quoted)
    source = Source(title, text)
    reading = read_decision(source)
    assert reading.decision is not None, reading.diagnostics
    return reading.decision, source


def differ(old: Decision, new: Decision, source: Source, rules: PreparedRules) -> Difference:
    whole, *parts = difference(old, new, rules, TODAY)
    texts = (Text(old.file, old.title), Text(new.file, new.title))
    found = tuple(narrowed(old, new, source, TODAY))
    return Difference(*texts, TODAY, rules.rule_base, whole, tuple(parts), found)


def compare(decisions: list[Decision], rules: PreparedRules) -> Comparison:
    return Comparison(
        tuple(Text(decision.file, decision.title) for decision in decisions),
        rules.rule_base,
        compare_whole(decisions, rules),
        compare_parts(decisions, rules),
        tuple((ident, who[0]) for ident, who in part_members(decisions).items() if len(who) == 1),
    )


def difference_of(title: str, rules: PreparedRules) -> Difference:
    new, source = read(NEW, title)
    return differ(read(OLD, title)[0], new, source, rules)


def comparison_of(title: str, rules: PreparedRules) -> Comparison:
    return compare([read(OLD, title)[0], read(NEW, title)[0]], rules)


def page_of(found: Difference | Comparison, width: int | None = None, *, ascii_only: bool = False) -> str:
    page = Page(width, ascii_only=ascii_only)
    if isinstance(found, Difference):
        render_diff(found, page)
    else:
        render_comparison(found, page)
    return page.text()


def markdown_of(found: Difference | Comparison) -> str:
    return diff_markdown(found) if isinstance(found, Difference) else comparison_markdown(found)


def json_of(found: Difference | Comparison) -> str:
    return diff_json(found) if isinstance(found, Difference) else comparison_json(found)


MAKE = pytest.mark.parametrize("make", [difference_of, comparison_of])
Make = Callable[[str, PreparedRules], Difference | Comparison]


# Text from files


@MAKE
def test_a_terminal_gets_no_sign_that_harms_it(make: Make, practice: PreparedRules) -> None:
    text = page_of(make(NASTY, practice))
    assert "[/b] [red]Move[/red] :house: <script>alert(1)</script>" in text
    assert "[U+202E]gnihtyna[U+202C]" in text
    for sign in ("\u001b", "\u0007", "\u202e"):
        assert sign not in text


@MAKE
def test_markdown_shows_text_letter_by_letter(make: Make, practice: PreparedRules) -> None:
    text = markdown_of(make(NASTY, practice))
    assert "<script>" not in text
    assert "\\<script\\>" in text
    assert "<!--" not in text
    assert "\u001b" not in text
    assert "\u202e" not in text
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1
    for line in text.splitlines():
        if line.startswith("|"):
            assert re.sub(r"\\.", "", line).count("|") in (3, 4, 5)


@MAKE
def test_json_keeps_every_sign_and_is_one_line(make: Make, practice: PreparedRules) -> None:
    line = json_of(make(NASTY, practice))
    assert "\n" not in line
    assert NASTY in str_values(json.loads(line))


def str_values(data: Any) -> set[str]:
    if isinstance(data, dict):
        return {text for value in data.values() for text in str_values(value)}
    if isinstance(data, list):
        return {text for value in data for text in str_values(value)}
    return {data} if isinstance(data, str) else set()


def test_what_is_quoted_cannot_begin_a_heading_or_a_table() -> None:
    section = Section(("About ", Quoted("# a | b")), rows=[((Quoted("a | b\n# c"),), ("d",))])
    section.item(Quoted("- [x](http://example.org)"))
    text = write_markdown((Quoted("# ---"),), [section], ())
    assert "# \\# \\-\\-\\-" in text
    assert "| a \\| b \\# c | d |" in text
    assert "](" not in text


def test_a_very_long_text_is_cut_on_a_page_and_whole_in_json(practice: PreparedRules) -> None:
    found = difference_of("車" * 5000, practice)
    assert "車" * (LONGEST + 1) not in page_of(found).partition("Answers that changed")[2].partition("Part")[0]
    assert "車" * 5000 + "2" in str_values(json.loads(diff_json(found)))
    assert len(shortened("x " * 5000)) <= LONGEST + 1


# Layout


@MAKE
@pytest.mark.parametrize("width", [20, 40, 80, 120])
def test_no_line_is_wider_than_the_terminal(make: Make, width: int, practice: PreparedRules) -> None:
    assert max(cell_width(line) for line in page_of(make("Move the clinic", practice), width).splitlines()) <= width


@MAKE
def test_where_only_ascii_is_shown_our_own_signs_are_ascii(make: Make, practice: PreparedRules) -> None:
    text = page_of(make("Move the clinic", practice), 80, ascii_only=True)
    assert text.isascii()
    assert "(c) peoplehub" in text


@MAKE
def test_the_same_input_gives_the_same_bytes(make: Make, practice: PreparedRules) -> None:
    for render in (page_of, markdown_of, json_of):
        assert render(make("Move", practice)) == render(make("Move", practice))


@MAKE
def test_no_type_is_called_better_and_the_source_is_acknowledged(make: Make, practice: PreparedRules) -> None:
    found = make("Move the clinic", practice)
    for text in (page_of(found), markdown_of(found)):
        assert "No type is better than another" in text
        assert practice.rule_base.acknowledgement in text
    assert json.loads(json_of(found))["acknowledgement"] == practice.rule_base.acknowledgement


def test_text_and_markdown_of_a_difference_tell_the_same(practice: PreparedRules) -> None:
    found = difference_of("Move the clinic", practice)
    for text in (page_of(found), markdown_of(found).replace("\\", "").replace("**", "")):
        for told in (
            "The promise is wider in one thing and narrower in another.",
            "stage: aim (line 5) before, proposal (line 5) now (narrower)",
            "not open any more: method",
            "newly open: whether",
            "part Move the clinic: narrower",
            "Participation opened on 2027-01-05. The old text told Move the clinic, carers:",
            "planned type: co-design (line 8)",
            "Today is 2027-02-15. By the dates, participation is open.",
            "SP371, line 5 now: the stage went from aim to proposal",
            "This part is new. Before, what the whole offers counted for it.",
            "This part is gone. Now what the whole offers counts for it.",
        ):
            assert told in text


# The contract


def test_the_published_schema_is_what_the_program_prints() -> None:
    """Write it anew with: spectrum schema diff > docs/schema/diff-1.json"""
    jsonschema.Draft7Validator.check_schema(diff_schema())
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == diff_schema()


@settings(max_examples=100, deadline=None)
@forall(DECISIONS, DECISIONS)
def test_the_json_of_any_difference_fits_its_schema_and_holds_no_other_key(
    practice: PreparedRules, one: Decision, other: Decision
) -> None:
    found = differ(one, other, Source("a.yaml", "a: b\n" * 100), practice)
    jsonschema.Draft7Validator(closed(diff_schema())).validate(json.loads(diff_json(found)))
    assert page_of(found, 60)
    assert markdown_of(found)


@settings(max_examples=60, deadline=None)
@forall(DECISIONS, DECISIONS)
def test_any_comparison_can_be_written_in_every_format(practice: PreparedRules, one: Decision, other: Decision) -> None:
    found = compare([one, other], practice)
    data = json.loads(comparison_json(found))
    assert data["format"] == 1
    assert [item["key"] for item in data["disagreements"]] == [item.key for item in found.whole.disagreements]
    assert page_of(found, 60)
    assert markdown_of(found)


@pytest.mark.parametrize("title", ["Move the clinic", NASTY])
def test_the_json_of_files_fits_its_schema(title: str, practice: PreparedRules) -> None:
    data = json.loads(diff_json(difference_of(title, practice)))
    jsonschema.Draft7Validator(closed(diff_schema())).validate(data)
    assert data["promise"] == "mixed"
    assert {part["status"] for part in data["parts"]} == {"changed", "added", "removed"}


def test_the_json_of_a_failure_fits_the_schema() -> None:
    faults = read_decision(Source("x", "spectrum: 1\n")).diagnostics
    data = json.loads(diff_json_failure(Text("x", "", faults), Text(NASTY, "Y")))
    jsonschema.Draft7Validator(closed(diff_schema())).validate(data)
    assert data["old"]["diagnostics"]


# The crosswalk

FRAMEWORKS = ("arnstein", "iap2", "tlap", "white")


def explained(rules: PreparedRules, kind: str) -> str:
    page = Page(None)
    render_explanation(Explanation(rules.rule_base, type=rules.rule_base.type(kind)), page)
    return page.text()


@pytest.mark.parametrize("kind", TYPE_IDS)
def test_each_type_has_its_place_in_each_framework_labelled_as_approximate(kind: str, practice: PreparedRules) -> None:
    text = explained(practice, kind)
    assert f"{kind.upper()} in other frameworks, approximately" in text
    assert "that ranking is not taken over" in text
    assert text.count("placed by our own reading") == len(FRAMEWORKS)
    subject = Explanation(practice.rule_base, type=practice.rule_base.type(kind))
    told = json.loads(explanation_json(subject))["type"]["crosswalk"]
    assert tuple(item["framework"] for item in told) == FRAMEWORKS
    for item in told:
        assert item["approximate"] is True
        assert item["mark"] == "our reading"
        assert item["source"]["reference"]
        assert item["differs"]
        assert set(item["levels"]) <= set(item["all_levels"])


def test_the_source_document_alone_has_no_crosswalk(seed: PreparedRules) -> None:
    assert all(not kind.crosswalk for kind in seed.rule_base.types)
    assert "other frameworks" not in explained(seed, "consult")


def test_the_known_traps_are_said(practice: PreparedRules) -> None:
    places = {(item.framework, kind.id): item for kind in practice.rule_base.types for item in kind.crosswalk}
    order = places["tlap", "inform"].all_levels
    assert order.index("Educating") < order.index("Informing")
    assert TYPE_IDS.index("inform") < TYPE_IDS.index("educate")
    for kind in ("inform", "educate"):
        assert "order" in places["tlap", kind].note
    assert "the other way round" in " ".join(places["tlap", "inform"].differs)
    assert places["iap2", "educate"].levels == places["iap2", "inform"].levels == ("Inform",)
    iap2 = " ".join(places["iap2", "engage"].differs)
    for word in ("EDUCATE", "CO-DESIGN", "Empower"):
        assert word in iap2
    assert all("Empower" not in places["iap2", kind].levels for kind in TYPE_IDS)
    assert "not taken over" in " ".join(places["arnstein", "consult"].differs)
    assert places["white", "inform"].levels == ()
