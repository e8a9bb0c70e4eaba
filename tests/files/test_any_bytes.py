"""Whatever a file holds, it is a decision or there is a place to look at; and never an exception."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectrum_cli.files import yaml_source
from spectrum_cli.files.decision_file import Reading
from spectrum_cli.model.diagnostic import Severity
from spectrum_cli.render.diagnostics import render_diagnostic
from tests.files.conftest import LOADERS
from tests.files.read import HEAD, read

# Signs and words between which YAML's own rules lie, and those of decision files.
FRAGMENTS = [
    *"{}[],:-?#&*!|>'\"%@`~ \t\n\r\\",
    *(": ", "- ", "? ", " #", "\n  ", "\n    ", "  ", "\r\n", "\n---\n", "---", "\n...\n", "...", "<<: ", "{{ a }}"),
    *("&a ", "*a", "!t ", "!!str ", "!<a>", "%YAML 1.1\n", "%TAG ! a\n", "|2\n", ">-\n", "|+\n", "''", '""', "null"),
    *("\\x41", '"\\ud800"', '"\\UFFFFFFFF"', "\x85", "\u2028", "\u2029", "\ufeff", "\u200b", "\u00a0", "\x00", "\x1b"),
    *("é", "👩‍🦽", "no", "unknown", "12:30", "2027-01-05", "1e3", "a", "b c", "x-a: ", "nothing", "made", "met"),
    *("spectrum: 1\n", "title: Benches\n", "openness:\n", "  stage: ", "open_to_change: [whether]\n", "fixed:\n  - "),
    *("people: {affected: 3}\n", "groups: [", "parts:\n", "- id: a\n", "  title: b\n", "support:\n  reasons: {state: "),
]
yamlish = st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join)
beginnings = st.sampled_from(["", HEAD, HEAD + "openness:\n  ", HEAD + "parts:\n  - id: a\n    title: b\n    "])
texts = st.builds(str.__add__, beginnings, yamlish)
contents = st.one_of(st.binary(max_size=200), texts.map(str.encode), st.text(max_size=200).map(str.encode))

trial = settings(max_examples=400, deadline=None, derandomize=True)


def read_with(loader: str, data: str | bytes, *, markdown: bool = False) -> Reading:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_source, "loader_for", LOADERS[loader])
        return read(data, markdown=markdown)


def assert_sound(reading: Reading, data: bytes) -> None:
    """A reading holds a decision or says why not, and each place that it names is there."""
    errors = [found for found in reading.diagnostics if found.severity is Severity.ERROR]
    assert (reading.decision is None) == bool(errors)
    lines = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").split("\n")
    for found in reading.diagnostics:
        assert found.message
        render_diagnostic(found)
        if found.span is None:
            assert found.code in ("SP103", "SP105", "SP110")  # too large, empty, no front matter: no place is wrong
            continue
        assert 1 <= found.span.line <= len(lines)
        assert 1 <= found.span.column <= len(lines[found.span.line - 1]) + 1
        assert (found.span.line, found.span.column) <= (found.span.end_line, found.span.end_column)
    places = [found.sort_key for found in reading.diagnostics]
    assert places == sorted(places)


@pytest.mark.parametrize("loader", sorted(LOADERS))
@trial
@given(data=contents)
def test_any_bytes_give_a_decision_or_a_place_inside_the_file(loader: str, data: bytes) -> None:
    assert_sound(read_with(loader, data), data)


@trial
@given(data=contents, opening=st.sampled_from([b"", b"---\n", b"\xef\xbb\xbf---\r\n"]), closing=st.booleans())
def test_any_bytes_in_a_markdown_file_give_a_decision_or_a_place_inside_it(
    data: bytes, opening: bytes, closing: bool
) -> None:
    whole = opening + data + (b"\n---\nprose\n" if closing else b"")
    assert_sound(read(whole, markdown=True), whole)


@settings(trial, max_examples=1500)
@given(text=texts)
def test_both_parsers_find_the_same_answers_and_the_same_faults_at_the_same_places(text: str) -> None:
    assert read_with("libyaml", text) == read_with("pure", text)


@trial
@given(text=st.text(st.sampled_from("{}[],:?!&*#'\" \t\nab-"), max_size=30).map(HEAD.__add__))
def test_both_parsers_agree_about_brackets_marks_and_blanks(text: str) -> None:
    assert read_with("libyaml", text) == read_with("pure", text)


@trial
@given(text=st.text(st.sampled_from("\"'\\xuU0d8\n \t#|>:"), max_size=20))
def test_both_parsers_agree_about_quotation_marks_and_escapes(text: str) -> None:
    body = f'{HEAD}owner: {text}\nnotes: "{text}\nsummary: |\n  {text}'
    assert read_with("libyaml", body) == read_with("pure", body)
