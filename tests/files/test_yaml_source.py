"""What YAML may and may not do in a decision file, with either of PyYAML's parsers."""

import pytest

from spectrum_cli.model.decision_format import MAX_DEPTH
from tests.files.read import HEAD, answers, fault, faults, place, read

pytestmark = pytest.mark.usefixtures("each_loader")


# Plain words stay what their author wrote


@pytest.mark.parametrize(
    "word",
    ["no", "on", "Yes", "y", "12:30", "2027-01-05", "0123", "0x1F", "1e3", "1_000", ".inf", "Null", "null", "=", "1.0"],
)
def test_words_that_yaml_turns_into_something_else_stay_text_where_a_text_is_expected(word: str) -> None:
    assert answers(f"owner: {word}\n") == {"owner": word}


@pytest.mark.parametrize("text", ["R&D", "a & b", "a *b* c", "Now!", "50 % off", "a - b", "C#", "it's"])
def test_signs_inside_a_text_mean_nothing(text: str) -> None:
    assert answers(f'owner: {text}\nnotes: "&*!"\n') == {"owner": text, "notes": "&*!"}


@pytest.mark.parametrize("text", ["What changed?", "http://x.org/?a=b", "really?yes", "a ? b"])
def test_a_question_mark_inside_brackets_is_part_of_the_text(text: str) -> None:
    assert answers(f"plan: {{promise: {text}}}\n") == {"plan.promise": text}


def test_null_in_any_spelling_is_an_answer_left_open() -> None:
    assert answers("openness: {stage: null, exchange: ~, agenda: NULL, use_of_input: }\n") == dict.fromkeys(
        ("openness.stage", "openness.exchange", "openness.agenda", "openness.use_of_input")
    )


# Tabs


@pytest.mark.parametrize(
    "line",
    [
        "owner:\tTown",
        "owner: Town\t",
        "owner: Town \t# mayor",
        "owner:\t'Town'\t#c",
        "owner: >-\t# c\n  Town",
        'owner:\t"Town"',
        "owner: Town\n \t",
    ],
)
def test_a_tab_after_the_indentation_is_a_blank(line: str) -> None:
    assert answers(line + "\n") == {"owner": "Town"}


def test_a_tab_inside_a_text_stays_in_it() -> None:
    assert answers("owner: a\tb\nnotes: |\n  c\td\n") == {"owner": "a\tb", "notes": "c\td\n"}


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("\towner: Town\n", 3),
        ("openness:\n\tstage: made\n", 4),
        ("openness:\n  \tstage: made\n", 4),
        ("people:\n  groups:\n  \t- carers\n", 5),
        ("openness:\n  stage: made\n\tagenda: system\n", 5),
    ],
)
def test_tab_indent_is_named_with_its_line(body: str, line: int) -> None:
    found = fault(body)
    assert (found.code, found.message, place(found)[0]) == ("SP106", "this line starts with a tab", line)
    assert "spaces" in found.hint


# Plain data only


def test_anchors_aliases_and_tags_are_each_located_even_where_keys_are_ignored() -> None:
    found = faults("x-a: [&a one, *a, !t two, &b {}, ! three, !!str four]\nowner: &c Town\nnotes: *c\n")
    assert [(item.code, *place(item)) for item in found] == [
        ("SP108", 3, 7),
        ("SP108", 3, 15),
        ("SP108", 3, 19),
        ("SP108", 3, 27),
        ("SP108", 3, 34),
        ("SP108", 3, 43),
        ("SP108", 4, 8),
        ("SP108", 5, 8),
    ]
    assert [item.message.split(",")[0] for item in found[:3]] == [
        "&a is a YAML anchor",
        "*a is a YAML alias",
        "!t is a YAML tag",
    ]


def test_an_anchor_on_a_key_is_reported_once() -> None:
    assert [(found.code, place(found)) for found in faults("&a notes: b\n")] == [("SP108", (3, 1))]
    assert [found.code for found in read(f"&a spectrum: 1\n{HEAD[12:]}").diagnostics] == ["SP108"]


def test_first_sign_reserved_ampersand_does_not_lose_a_word_in_silence() -> None:
    found = fault("owner: &more to come\n")
    assert "&more is a YAML anchor" in found.message
    assert "quotation marks" in found.hint


def test_a_merge_key_is_refused_with_and_without_an_anchor() -> None:
    assert [(found.message[:2], place(found)) for found in faults("<<: {owner: Town}\n")] == [("<<", (3, 1))]
    anchored = faults("x-a: &a {owner: Town}\n<<: *a\n")
    assert [(found.code, *place(found)) for found in anchored] == [("SP108", 3, 6), ("SP108", 4, 1), ("SP108", 4, 5)]


def test_a_key_in_quotation_marks_is_no_merge_key() -> None:
    assert fault("'<<': 1\n").code == "SP201"


def test_self_alias_ends_and_is_refused() -> None:
    found = faults("people: {groups: &a [*a]}\nparts: &p [*p]\n")
    assert {item.code for item in found} == {"SP108", "SP204"}


def test_an_alias_to_nothing_is_refused_at_its_place() -> None:
    found = fault("owner: *nobody\n")
    assert (found.code, place(found)) == ("SP108", (3, 8))


def test_alias_bomb_is_refused_with_each_alias_located() -> None:
    lines = ["x-0: &a0 [lol]", *(f"x-{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))]
    found = faults("\n".join(lines) + "\n")
    assert len(found) == 9 + 8 * 9
    assert {item.code for item in found} == {"SP108"}


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system [touch]", "!!python/name:os.system", "!<tag:x> a"])
def test_python_tag_never_runs_and_is_refused_at_its_place(tag: str) -> None:
    found = faults(f"x-a: {tag}\n")
    assert [(item.code, place(item)) for item in found] == [("SP108", (3, 6))]


# Documents


def test_a_second_document_is_an_error_at_its_line_and_the_first_is_still_checked() -> None:
    found = faults("on: 1\n---\nspectrum: 1\ntitle: Another\n")
    assert [(item.code, *place(item)) for item in found] == [("SP201", 3, 1), ("SP109", 4, 1)]


@pytest.mark.parametrize("body", ["---\n", "---", "--- # end\n", "---\nnotes: a\n", "...\n---\n", "# c\n\n---\n"])
def test_a_closing_line_of_dashes_begins_a_second_document(body: str) -> None:
    found = fault(body)
    assert (found.code, found.line_text[:3]) == ("SP109", "---")
    assert "Delete this line" in found.hint


@pytest.mark.parametrize("body", ["...\n", "...", "... # end\n", "...\n# after\n", "...\n...\n"])
def test_a_closing_line_of_dots_is_not_a_second_document(body: str) -> None:
    assert answers(body) == {}


@pytest.mark.parametrize("start", ["---\n", "--- # decision\n", "# first\n---\n", "%YAML 1.2\n---\n", "\n\n"])
def test_what_may_stand_before_the_document_is_no_fault(start: str) -> None:
    assert read(start + HEAD).decision is not None


@pytest.mark.parametrize("second", ["*a", "[", "&", "!t ! !", "'", "{{ x }", "\t-"])
def test_a_second_document_that_is_broken_itself_is_still_no_crash(second: str) -> None:
    assert "SP109" in [found.code for found in faults(f"owner: &a b\n---\n{second}\n")]


def test_comments_only_is_an_empty_file() -> None:
    (found,) = read("# one\n\n# two\n").diagnostics
    assert (found.code, found.message, found.span) == ("SP105", "the file is empty: it holds only comments", None)


@pytest.mark.parametrize("text", ["~", "null\n", "---", "---\n", "---\n...\n"])
def test_a_document_without_a_value_is_an_empty_file(text: str) -> None:
    (found,) = read(text).diagnostics
    assert (found.code, found.span) == ("SP105", None)


# Depth


@pytest.mark.parametrize("bracket", ["[]", "{}"])
def test_nesting_of_exactly_64_levels_is_read_and_65_are_not(bracket: str) -> None:
    opening, closing = (bracket[0] + "a: ", bracket[1]) if bracket == "{}" else bracket
    levels = MAX_DEPTH - 1  # the file's own keys are the first level
    assert answers(f"x-a: {opening * levels}1{closing * levels}\n") == {}
    found = fault(f"x-a: {opening * (levels + 1)}1{closing * (levels + 1)}\n")
    assert (found.code, found.message) == ("SP103", "the text is nested more than 64 levels deep")
    assert place(found)[0] == 3


def test_deep_block_of_exactly_64_levels_is_read_and_65_are_not() -> None:
    def tree(levels: int) -> str:
        return "".join("  " * level + "x-a:\n" for level in range(levels - 1)) + "  " * (levels - 1) + "x-a: 1\n"

    assert answers(tree(MAX_DEPTH)) == {}
    assert fault(tree(MAX_DEPTH + 1)).code == "SP103"


@pytest.mark.parametrize("flood", ["[", "{", "- ", "? ", "[{", "!t [", "&a [", "- - [", "{a: ["])
def test_a_flood_of_brackets_ends_in_a_located_fault(flood: str) -> None:
    found = faults(f"x-a:\n  {flood * 20000}\n")
    assert found[0].span is not None
    assert len(found[0].line_text) <= 400


# Escapes


@pytest.mark.parametrize(
    "escape", ["\\ud800", "\\udfff", "\\UFFFFFFFF", "\\U00110000", "\\x1", "\\d", "\\uD83D\\uDE00"]
)
def test_an_escape_that_is_no_character_is_refused_at_its_line(escape: str) -> None:
    found = fault(f'owner: "Town {escape}"\n')
    assert (found.code, place(found)[0]) == ("SP106", 3)
    assert "'...'" in found.hint


def test_terminal_escape_in_text_is_legal_yaml_and_kept_for_the_renderers_to_show() -> None:
    assert answers('owner: "\\e[2J\\0"\n') == {"owner": "\x1b[2J\0"}


# Places


def test_columns_count_code_points_also_after_an_emoji() -> None:
    found = faults('openness: {x-a: "👩‍🦽", stage: maid}\n')
    assert [place(item) for item in found] == [(3, 31)]
    assert found[0].span is not None
    assert found[0].span.end_column == 35


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\r"])
def test_lines_are_those_of_an_editor_also_after_a_sign_at_which_only_yaml_breaks_them(sign: str) -> None:
    text = HEAD + f"notes: 'a{sign}b'\non: 1\n"
    (found,) = read(text).diagnostics
    assert (place(found), found.line_text) == ((4, 1), "on: 1")


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\r"])
def test_a_line_that_only_yaml_sees_keeps_its_column_in_the_editors_line(sign: str) -> None:
    (found,) = read(HEAD + f"notes: a{sign}on: 1\n").diagnostics
    assert (place(found), found.line_text) == ((3, 10), f"notes: a{sign}on: 1")


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\r"])
def test_a_broken_line_after_an_odd_break_is_found_and_explained(sign: str) -> None:
    (found,) = read(HEAD + f"notes: 'a{sign}b'\nowner: Parks: phase two\n").diagnostics
    assert (found.message, place(found)) == ("the text holds a second colon, so it is read as a key", (4, 13))


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\r"])
def test_a_second_document_after_an_odd_break_is_found(sign: str) -> None:
    (found,) = read(HEAD + f"notes: 'a{sign}b'\n---\nx: y\n").diagnostics
    assert (found.code, place(found), found.line_text) == ("SP109", (4, 1), "---")


def test_answers_know_their_places_in_the_editors_lines() -> None:
    reading = read(HEAD + "notes: 'a\u2028b'\nowner: Town\nparts:\n  - {id: one, title: 'a\u2028b', owner: Town}\n")
    assert reading.decision is not None
    assert reading.decision.answers["owner"].span == (4, 8, 4, 12)
    assert reading.decision.answers["notes"].span == (3, 8, 3, 13)
    assert reading.decision.parts[0].span == (6, 10, 6, 13)
    assert reading.decision.parts[0].answers["owner"].span == (6, 36, 6, 40)


def test_a_list_ends_with_its_last_item_also_where_the_file_has_no_last_line_break() -> None:
    reading = read(HEAD + "people:\n  groups:\n    - carers\n    - patients")
    assert reading.decision is not None
    assert reading.decision.answers["people.groups"].span == (5, 5, 6, 15)
