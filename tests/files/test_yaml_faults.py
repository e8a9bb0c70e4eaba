"""A text that YAML refuses is explained in words for people who do not know YAML."""

import pytest

from tests.files.read import HEAD, fault, place, read

pytestmark = pytest.mark.usefixtures("each_loader")


def test_colon_in_text_is_explained_and_the_line_is_shown_as_it_should_be() -> None:
    found = fault("owner: Parks: phase two\n")
    assert (found.code, place(found)) == ("SP106", (3, 13))
    assert found.message == "the text holds a second colon, so it is read as a key"
    assert found.hint == 'Put the text in quotation marks: owner: "Parks: phase two"'
    assert found.line_text == "owner: Parks: phase two"


@pytest.mark.parametrize(
    ("value", "shown"),
    [('The "old": mill', "'The \"old\": mill'"), ("C:\\x: it's", "'C:\\x: it''s'"), ("A: " + "b" * 200, "")],
)
def test_the_line_as_it_should_be_is_right_yaml_or_is_left_out(value: str, shown: str) -> None:
    hint = fault(f"owner: {value}\n").hint
    assert hint == f"Put the text in quotation marks{': owner: ' + shown if shown else '.'}"
    if shown:
        assert read(HEAD + hint.partition("marks: ")[2] + "\n").decision is not None


def test_colon_in_text_of_a_list_is_told_to_use_quotation_marks() -> None:
    found = fault("people:\n  groups:\n    - Parks: phase two\n")
    assert place(found) == (5, 7)
    assert "colon" in found.hint
    assert "quotation marks" in found.hint


@pytest.mark.parametrize("sign", ["@", "`", "%", "- ", "? ", "|", ">5 ", "|x"])
def test_first_sign_reserved_is_named_and_quotation_marks_are_suggested(sign: str) -> None:
    found = fault(f"owner: {sign}Town\n")
    assert (found.code, place(found)[0]) == ("SP106", 3)
    assert found.message == f"a text cannot begin with {sign[0]}"
    assert found.hint == f'Put the text in quotation marks: owner: "{sign}Town"'


@pytest.mark.parametrize(("sign", "word"), [("*", "alias"), ("&", "anchor"), ("!", "tag")])
def test_first_sign_reserved_for_a_yaml_property_is_called_by_its_name(sign: str, word: str) -> None:
    found = fault(f"owner: {sign}the{sign} Town\n")
    assert (found.code, place(found)[0]) == ("SP108", 3)
    assert word in found.message
    assert "quotation marks" in found.hint


@pytest.mark.parametrize(("value", "what"), [("[a] b", "list"), ("{a} b", "group")])
def test_a_text_that_begins_with_a_bracket_is_told_how_yaml_reads_it(value: str, what: str) -> None:
    found = fault(f"owner: {value}\n")
    assert found.message == f"a text that begins with a bracket is read as a {what}"
    assert found.hint == f'Put the text in quotation marks: owner: "{value}"'


@pytest.mark.parametrize(
    ("body", "message", "line"),
    [
        ("openness: {stage: made\n", "a bracket that opens on this line is not closed", 3),
        ("people: {groups: [a, b}\n", "a bracket that opens on this line is not closed", 3),
        ('notes: "a\nowner: b\n', "the quotation mark that opens on this line is never closed", 3),
        ("notes: 'it's'\n", "the quotation marks end before the text does", 3),
        ('notes: "C:\\dir"\n', "this text in quotation marks cannot be read", 3),
        ("notes\nowner: b\n", "this line has no colon", 3),
        ("notes:b\n", "this line has no colon", 3),
        ("openness:\n  stage: made\n   agenda: system\n", "a key does not belong here", 5),
        ("openness:\n    stage: made\n  agenda: system\n", "this line does not line up with those above it", 5),
        ("- notes\n", "this line does not line up with those above it", 3),
        ("%notes: b\n", "a line that begins with % is read as an instruction", 3),
        ("...\nnotes: b\n", "a line of ... above ends the document, so nothing may stand here", 4),
        ("owner: ]\n", "this line cannot be read", 3),
        ("owner: {{ owner }}s\n", "this looks like a template that was not filled in", 3),
        ("{{ more }}\n", "this looks like a template that was not filled in", 3),
        ("{% if a %}\n", "a text cannot begin with %", 3),
    ],
)
def test_each_way_to_break_yaml_has_a_sentence_a_line_and_something_to_do(body: str, message: str, line: int) -> None:
    found = fault(body)
    assert (found.code, found.message, place(found)[0]) == ("SP106", message, line)
    assert found.hint
    assert found.line_text == (HEAD + body).split("\n")[line - 1]


@pytest.mark.parametrize("line", [1, 2, 3])
def test_the_place_is_inside_the_line_also_where_the_line_is_very_long(line: int) -> None:
    texts = ["spectrum: 1", "title: Benches", "owner: Town"]
    texts[line - 1] = f"notes: {'a' * 5000}: b"
    (found,) = read("\n".join(texts)).diagnostics
    assert place(found)[0] == line
    assert place(found)[1] <= len(found.line_text) + 1 <= 401
