"""What a decision file may hold and what is said where it holds something else."""

import pytest

from spectrum_cli.model.decision import Answer, AnswerValue, Decision, Fixed
from spectrum_cli.model.decision_format import FIELDS, MAX_PARTS, TYPE_IDS, Kind
from spectrum_cli.model.diagnostic import READING_CODES, Severity
from tests.files.read import HEAD, answers, fault, faults, place, read

pytestmark = pytest.mark.usefixtures("each_loader")

CHOICES = [(field.key, answer) for field in FIELDS.values() if field.kind is Kind.CHOICE for answer in field.answers]


def line_for(key: str, value: str) -> str:
    section, _, name = key.partition(".")
    return f"{section}: {{{name}: {value}}}\n"


def decision(body: str) -> Decision:
    found = read(HEAD + body).decision
    assert found is not None
    return found


# The head


def test_two_lines_are_a_decision() -> None:
    reading = read("spectrum: 1\ntitle: Benches\n")
    assert reading.decision is not None
    assert reading.decision.answers == {"title": Answer("Benches", 2, 8, 2, 15)}
    assert reading.diagnostics == ()


@pytest.mark.parametrize("version", ["1", '"1"', "'1'"])
def test_the_format_version_is_one_also_in_quotation_marks(version: str) -> None:
    assert read(f"spectrum: {version}\ntitle: a\n").decision is not None


@pytest.mark.parametrize(
    ("version", "shown"),
    [("2", "'2'"), ("1.0", "'1.0'"), ("true", "'true'"), ("", "empty"), ("[1]", "a list or a group"), ("one", "'one'")],
)
def test_any_other_format_version_is_an_error_at_its_value(version: str, shown: str) -> None:
    (found,) = read(f"spectrum: {version}\ntitle: a\n").diagnostics
    assert (found.code, found.message) == ("SP202", f"the format version must be 1, not {shown}")
    assert place(found)[0] == 1


def test_what_is_required_and_missing_is_said_of_both_keys_at_once() -> None:
    found = read("notes: a\n").diagnostics
    assert [item.message for item in found] == ["the format version is missing", "the title is missing"]
    assert {item.code for item in found} == {"SP203"}


@pytest.mark.parametrize("title", ["", "~", '""', "' '", "#1 priority", "|\n"])
def test_an_empty_title_is_an_error_at_its_place(title: str) -> None:
    (found,) = read(f"spectrum: 1\ntitle: {title}\n").diagnostics
    assert (found.code, found.message, place(found)[0]) == ("SP203", "the title is empty", 2)


@pytest.mark.parametrize("title", ["unknown", "Null", "null", "No"])
def test_a_title_may_be_any_word(title: str) -> None:
    found = read(f"spectrum: 1\ntitle: {title}\n").decision
    assert found is not None
    assert found.title == title


@pytest.mark.parametrize(
    ("text", "what"),
    [("- spectrum: 1\n- title: a\n", "a list"), ("We propose to move.\n", "a single text"), ("[]", "a list")],
)
def test_top_level_list_and_top_level_scalar_are_told_what_is_expected(text: str, what: str) -> None:
    (found,) = read(text).diagnostics
    assert (found.code, place(found)) == ("SP204", (1, 1))
    assert found.message == f"expected keys and values at the top of the file, but this is {what}"


# Keys


def test_no_did_you_mean_unknown_key_is_named_with_its_line_and_the_near_one() -> None:
    found = fault("pepole: {affected: 3}\n")
    assert (found.code, found.message, place(found)) == ("SP201", "unknown key 'pepole'", (3, 1))
    assert found.hint == "Did you mean people?"


@pytest.mark.parametrize("key", ["Openness", "OPENNESS", "open-ness", "opennes", "“openness”"])
def test_a_key_in_another_form_finds_the_one_that_was_meant(key: str) -> None:
    assert fault(f"{key}: {{stage: made}}\n").hint == "Did you mean openness?"


def test_an_unknown_key_like_no_other_is_told_all_that_there_are() -> None:
    hint = fault("people: {zzzzzz: 3}\n").hint
    assert "affected, taking_part, groups" in hint
    assert "x-" in hint


@pytest.mark.parametrize("key", ["on", "no", "Yes", "12:30", "1", "2027-01-01", "true", "~"])
def test_bool_as_key_is_reported_as_written(key: str) -> None:
    found = fault(f"{key}: 1\n")
    assert (found.code, found.message, place(found)) == ("SP201", f"unknown key '{key}'", (3, 1))


@pytest.mark.parametrize(
    ("body", "where", "home"),
    [
        ("stage: made\n", "at the top", "It belongs under openness."),
        ("need: {stage: made}\n", "in need", "It belongs under openness."),
        ("openness: {impact: high}\n", "in openness", "It belongs under need."),
        ("openness: {notes: a}\n", "in openness", "notes belongs at the top of the file, not inside openness."),
        (
            "openness: {need: {impact: low}}\n",
            "in openness",
            "need belongs at the top of the file, not inside openness.",
        ),
        ("parts: [{id: a, title: b, stage: made}]\n", "in parts", "It belongs under openness."),
        (
            "parts: [{id: a, title: b, parts: []}]\n",
            "in parts",
            "parts belongs at the top of the file, not inside parts.",
        ),
    ],
)
def test_wrong_nesting_says_where_the_key_belongs(body: str, where: str, home: str) -> None:
    found = fault(body)
    assert found.code == "SP201"
    assert found.message.endswith(f"does not belong {where}")
    assert found.hint == home


@pytest.mark.parametrize(
    ("key", "sign"),
    [
        ("open\u200dness", "U+200D"),
        ("\u202eopenness", "U+202E"),
        ("\u00a0openness", "U+00A0"),
        ("open\u00adness", "U+00AD"),
    ],
)
def test_bidi_and_zero_width_signs_in_a_key_are_named(key: str, sign: str) -> None:
    found = fault(f"{key}: {{stage: made}}\n")
    assert f"[{sign}]" in found.message
    assert f"the invisible character {sign}" in found.message
    assert found.hint == "Did you mean openness?"


def test_duplicate_keys_name_both_lines() -> None:
    found = fault("owner: a\nnotes: b\nowner: c\n")
    assert (found.code, place(found)) == ("SP107", (5, 1))
    assert found.message == "the key 'owner' stands twice: it is already on line 3"
    (first,) = found.related
    assert (first.span.line, first.line_text) == (3, "owner: a")


@pytest.mark.parametrize(
    "body",
    [
        "openness: {stage: made}\nopenness: {stage: aim}\n",
        "openness: {stage: made, 'stage': aim}\n",
        "x-a: 1\nx-a: 2\n",
        "support: {reasons: {state: met, state: planned}}\n",
        "parts: [{id: a, title: b, title: c}]\n",
        "openness: {fixed: [{what: a, what: b}]}\n",
        "spectrum: 1\n",
    ],
)
def test_duplicate_keys_are_found_wherever_keys_are_read(body: str) -> None:
    assert fault(body).code == "SP107"


@pytest.mark.parametrize("key", ["? [a, b]\n:", "? {a: b}\n:", "{a: b}:", "[a]:"])
def test_a_list_or_a_group_as_a_key_is_refused_at_its_place(key: str) -> None:
    found = fault(f"{key} 1\n")
    assert (found.code, place(found)[0]) == ("SP201", 3)
    assert found.message == "a list or a group of keys cannot be a key"


def test_own_keys_are_ignored_whatever_they_hold() -> None:
    odd = "{on: 1, 1: 2, ~: 3, [a, b]: {c: d}, ? {e: f} : g, 2027-01-01: .inf, '': [[[]]], same: 1, same: 2}"
    assert answers(f"x-: {odd}\nx-a: {odd}\nopenness: {{x-b: {odd}}}\nsupport: {{reasons: {{x-c: {odd}}}}}\n") == {
        "support.reasons": None
    }
    assert answers(f"openness: {{fixed: [{{what: a, x-d: {odd}}}]}}\n") == {"openness.fixed": (Fixed("a", ""),)}
    assert decision(f"parts: [{{id: a, title: b, x-e: {odd}}}]\n").parts[0].title == "b"


@pytest.mark.parametrize(
    "body",
    [
        "owner: {{ owner }}",
        "openness: {{ open }}",
        "people: {groups: [{{ a }}]}",
        "plan: {type: {{ t }}}",
        "{{ more }}:",
    ],
)
def test_template_left_over_is_recognised_where_yaml_takes_it_for_groups(body: str) -> None:
    found = fault(body + "\n")
    assert (found.message, place(found)[0]) == ("this looks like a template that was not filled in", 3)
    assert found.hint == "Replace {{ ... }} by the text."


# Texts


def test_a_text_is_kept_as_it_is() -> None:
    assert answers("owner: 'a  b '\nsummary: >-\n  one\n  two\nnotes: |\n  three\n\n  four\n") == {
        "owner": "a  b ",
        "summary": "one two",
        "notes": "three\n\nfour\n",
    }


@pytest.mark.parametrize("value", ["", "~", "unknown", "''", "'  '"])
def test_an_empty_or_unknown_text_is_an_open_answer(value: str) -> None:
    assert answers(f"owner: {value}\n") == {"owner": None}


def test_unknown_in_quotation_marks_is_a_text() -> None:
    assert answers("owner: 'unknown'\n") == {"owner": "unknown"}


@pytest.mark.parametrize("value", ["[a]", "{a: b}", "[]"])
def test_brackets_where_a_text_belongs_are_told_to_use_quotation_marks(value: str) -> None:
    found = fault(f"owner: {value}\n")
    assert (found.code, place(found)) == ("SP204", (3, 8))
    assert "quotation marks" in found.hint


def test_a_list_of_texts_is_read_item_by_item() -> None:
    assert answers("people: {groups: [carers, No, 12:30, 'a, b']}\n") == {
        "people.groups": ("carers", "No", "12:30", "a, b")
    }
    assert answers("plan: {methods: []}\n") == {"plan.methods": ()}


def test_a_word_where_a_list_belongs_is_shown_as_a_list() -> None:
    found = fault("people: {groups: carers}\n")
    assert (found.code, place(found), found.hint) == ("SP204", (3, 18), "Write: groups: ['carers']")


@pytest.mark.parametrize("item", ["''", "~", "[a]", "{a: b}"])
def test_an_item_that_is_no_text_is_refused_at_its_place(item: str) -> None:
    found = fault(f"people:\n  groups:\n    - carers\n    - {item}\n")
    assert (found.code, place(found)) == ("SP204", (6, 7))


# A text that ends before #


def test_hash_cuts_text_is_a_warning_that_says_what_was_cut() -> None:
    reading = read("spectrum: 1\ntitle: Ward #4 plan  \nowner: Town\n")
    assert reading.decision is not None
    assert reading.decision.title == "Ward"
    (found,) = reading.diagnostics
    assert (found.code, found.severity) == ("SP111", Severity.WARNING)
    assert found.span == (2, 13, 2, 20)
    assert found.message == "the text ends before #: what follows is a comment"
    assert found.hint == "If '#4 plan' belongs to the text, put the whole text in quotation marks."


@pytest.mark.parametrize(
    "body",
    [
        "notes: #4 plan\n",
        "people: {groups: [a, b #c\n ]}\n",
        "people:\n  groups:\n    - Ward #4\n",
        "openness:\n  fixed:\n    - Ward #4\n",
        "openness:\n  fixed:\n    - what: Ward #4\n",
        "support: {reasons: {state: met, owner: Ward #4\n  }}\n",
        "plan:\n  promise: We listen\n    to all #4\n",
        "parts:\n  - id: a\n    title: Ward #4\n",
        "notes: Ward\t#4\nowner: a #4\n",
        "notes: 👩‍🦽 #4\r\n",
    ],
)
def test_hash_cuts_text_is_found_wherever_a_text_is_read(body: str) -> None:
    reading = read(HEAD + body)
    assert reading.decision is not None
    assert {found.code for found in reading.diagnostics} == {"SP111"}
    for found in reading.diagnostics:
        assert found.line_text[place(found)[1] - 1] == "#"


@pytest.mark.parametrize(
    "body",
    [
        "owner: Town # mayor\n",
        "owner: Town    #\n",
        "owner: 'Ward #4'\n",
        'owner: "Ward #4"\n',
        "owner: 'Ward' #4\n",
        "owner: Ward#4\n",
        "notes: |\n  Ward #4\n",
        "openness: #the key factor\n  stage: made #for now\n  open_to_change: [nothing] #yet\n",
        "people:\n  affected: 30 #about\ndates:\n  opens: 2027-01-05 #Tuesday\n",
        "support:\n  reasons: met #done\n",
        "#owner: Town\n",
        "x-a: Ward #4\n",
    ],
)
def test_a_comment_that_cuts_no_free_text_is_left_in_peace(body: str) -> None:
    assert read(HEAD + body).diagnostics == ()


def test_a_warning_stands_beside_errors_in_the_order_of_the_lines() -> None:
    found = faults("owner: Ward #4\non: 1\nnotes: Ward #5\n")
    assert [(item.code, item.severity) for item in found] == [
        ("SP111", "warning"),
        ("SP201", "error"),
        ("SP111", "warning"),
    ]


# Choices


@pytest.mark.parametrize(("key", "answer"), CHOICES)
def test_every_answer_of_the_format_is_read_bare_and_in_quotation_marks(key: str, answer: str) -> None:
    assert answers(line_for(key, answer)) == {key: answer}
    assert answers(line_for(key, f"'{answer}'")) == {key: answer}


@pytest.mark.parametrize("value", ["unknown", "", "~", "null"])
def test_every_answer_may_be_left_open(value: str) -> None:
    for field in FIELDS.values():
        if field.key != "title" and (field.kind is not Kind.TEXT or value != "null"):
            body = line_for(field.key, value) if "." in field.key else f"{field.key}: {value}\n"
            assert answers(body) == {field.key: None}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("co_design", "co-design"),
        ("Codesign", "co-design"),
        ("co design", "co-design"),
        ("CONSULT", "consult"),
        ("cosult", "consult"),
        ("‘engage’", "engage"),
        ("unknwon", "unknown"),
    ],
)
def test_a_misspelt_answer_finds_the_one_that_was_meant_and_lists_all(written: str, meant: str) -> None:
    found = fault(f"plan: {{type: {written}}}\n")
    assert (found.code, place(found)) == ("SP202", (3, 14))
    assert found.hint == f"Did you mean {meant}? One of: {', '.join(TYPE_IDS)}, unknown."


def test_an_answer_like_no_other_lists_all_that_there_are() -> None:
    assert fault("openness: {stage: zzz}\n").hint == "One of: made, proposal, options, aim, agenda, unknown."


@pytest.mark.parametrize("answer", ["ma\u200bde", "\u202emade", "'made '", "' made'", "\u00a0made"])
def test_bidi_and_zero_width_signs_in_an_answer_are_named(answer: str) -> None:
    found = fault(f"openness: {{stage: {answer}}}\n")
    assert found.code == "SP202"
    assert "the invisible character U+" in found.message or "a blank at its" in found.message
    assert found.hint == "Write made without it."


def test_terminal_escape_in_text_of_an_answer_is_shown_by_its_number() -> None:
    found = fault('openness: {stage: "\\e[2Jmade"}\n')
    assert "[U+001B][2Jmade" in found.message
    assert "\x1b" not in found.message


def test_a_very_long_answer_is_not_repeated_whole() -> None:
    assert len(fault(f"openness: {{stage: {'a' * 100_000}}}\n").message) < 200


@pytest.mark.parametrize("value", ["[made]", "{made: true}"])
def test_union_error_flood_more_than_one_word_for_one_answer_is_one_fault(value: str) -> None:
    found = fault(f"openness: {{stage: {value}}}\n")
    assert (found.code, place(found)) == ("SP204", (3, 19))
    assert found.hint == "Choose one of: made, proposal, options, aim, agenda, unknown."


# Lists of choices


def test_a_list_of_choices_keeps_its_order_and_counts_each_once() -> None:
    body = "openness: {open_to_change: [options, method, options]}\n"
    assert answers(body) == {"openness.open_to_change": ("options", "method")}


@pytest.mark.parametrize("value", ["[]", "[unknown]", "unknown", ""])
def test_an_empty_list_of_choices_is_an_open_answer(value: str) -> None:
    assert answers(f"openness: {{open_to_change: {value}}}\n") == {"openness.open_to_change": None}


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        ("whether", "SP204", "[whether]"),
        ("wether", "SP204", "in brackets"),
        ("{whether: true}", "SP204", "in brackets"),
        ("[nothing, whether]", "SP207", "'nothing'"),
        ("[whether, unknown]", "SP207", "unknown"),
        ("[whether, wether]", "SP202", "whether"),
        ("[whether, [method]]", "SP204", ""),
        ("[whether, ~]", "SP204", "Delete it"),
    ],
)
def test_a_list_of_choices_says_what_is_wrong_with_it(value: str, code: str, words: str) -> None:
    found = fault(f"openness: {{open_to_change: {value}}}\n")
    assert found.code == code
    assert words in found.hint


def test_nothing_must_stand_alone_and_the_others_are_named() -> None:
    found = fault("openness:\n  open_to_change: [whether, nothing, method]\n")
    assert found.message == "'nothing' must stand alone, but the list also holds whether, method"
    assert place(found) == (4, 29)


# Counts


@pytest.mark.parametrize(
    ("written", "value"), [("0", 0), ("12000", 12000), ("'900'", 900), ('" 7 "', 7), ("007", 7), ("9" * 15, 10**15 - 1)]
)
def test_a_count_is_whole_digits_also_in_quotation_marks(written: str, value: int) -> None:
    assert answers(f"people: {{affected: {written}}}\n") == {"people.affected": value}


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("yes", ""),
        ("true", ""),
        ("-1", "negative"),
        ("1.5", ""),
        ("8.0", ""),
        ("'12,000'", "12000"),
        ("12.000", "12000"),
        ("1 000 000", "1000000"),
        ("12'000", "12000"),
        ("1_000", "1000"),
        ("1e3", "1000"),
        ("1.5e3", "1500"),
        ("1.0e+999", ""),
        ("9e99", ""),
        (".inf", ""),
        (".nan", ""),
        ("0x1F", ""),
        ("twelve", "12000"),
        ("about 90", "unknown"),
        ("12:30", ""),
        ("٣", ""),
        ("²", ""),
    ],
)
def test_bool_as_number_scientific_number_float_overflow_and_words_are_no_counts(written: str, hint: str) -> None:
    found = fault(f"people:\n  affected: {written}\n")
    assert (found.code, place(found)) == ("SP205", (4, 13))
    assert "must be a whole number of 0 or more" in found.message
    assert hint in found.hint


@pytest.mark.parametrize("digits", [16, 5000])
def test_huge_integer_is_too_large_and_is_not_repeated(digits: int) -> None:
    found = fault(f"time: {{weeks: {'9' * digits}}}\n")
    assert (found.code, found.message) == ("SP205", "the number for weeks is too large")


@pytest.mark.parametrize("value", ["[1]", "{a: 1}"])
def test_a_list_or_a_group_is_no_count(value: str) -> None:
    assert fault(f"people: {{affected: {value}}}\n").code == "SP204"


# Flags


@pytest.mark.parametrize("word", ["true", "True", "TRUE", "yes", "Yes", "YES", "on", "y", "Y", "'true'"])
def test_y_and_n_yes_in_every_spelling_is_true(word: str) -> None:
    assert answers(f"time: {{ongoing: {word}}}\n") == {"time.ongoing": True}


@pytest.mark.parametrize("word", ["false", "False", "no", "No", "NO", "off", "n", "N", "'no'"])
def test_y_and_n_no_in_every_spelling_is_false(word: str) -> None:
    assert answers(f"need: {{unequal_effect: {word}}}\n") == {"need.unequal_effect": False}


@pytest.mark.parametrize(("value", "code"), [("1", "SP202"), ("maybe", "SP202"), ("[true]", "SP204"), ("{}", "SP204")])
def test_anything_else_is_neither_true_nor_false(value: str, code: str) -> None:
    assert fault(f"time: {{ongoing: {value}}}\n").code == code


# Dates


@pytest.mark.parametrize("written", ["2027-01-05", "'2027-01-05'", "2028-02-29"])
def test_bare_date_and_quoted_date_are_the_same_text(written: str) -> None:
    assert answers(f"dates: {{opens: {written}}}\n") == {"dates.opens": written.strip("'")}


@pytest.mark.parametrize("written", ["2026-02-30", "2027-02-29", "2027-13-01", "2027-00-10", "0000-01-01"])
def test_impossible_date_is_named_with_its_line(written: str) -> None:
    found = fault(f"dates:\n  opens: {written}\n")
    assert (found.code, found.message, place(found)) == ("SP206", f"the date {written} does not exist", (4, 10))


@pytest.mark.parametrize(
    "written",
    [
        "5 March 2027",
        "05/03/2027",
        "2027-3-5",
        "2027-03-05T10:00:00Z",
        "2027-03-05 10:00",
        "20270305",
        "٢٠٢٧-٠١-٠٥",
        "spring",
    ],
)
def test_a_date_in_another_form_is_shown_how_to_write_it(written: str) -> None:
    found = fault(f"dates: {{opens: {written}}}\n")
    assert found.code == "SP206"
    assert "2027-03-31" in found.message
    assert found.hint


@pytest.mark.parametrize("value", ["[2027-01-05]", "{a: 1}"])
def test_a_list_or_a_group_is_no_date(value: str) -> None:
    assert fault(f"dates: {{opens: {value}}}\n").code == "SP204"


@pytest.mark.parametrize(
    ("dates", "weeks"),
    [
        ("opens: 2027-01-05, closes: 2027-03-02", 8),
        ("opens: 2027-01-05, closes: 2027-01-11", 0),
        ("opens: 2027-01-05, closes: 2027-01-12", 1),
        ("opens: 2027-01-05, closes: 2027-01-05", 0),
    ],
)
def test_weeks_follow_from_the_two_dates(dates: str, weeks: int) -> None:
    assert answers(f"dates: {{{dates}}}\n")["time.weeks"] == weeks


@pytest.mark.parametrize(
    "body",
    [
        "dates: {opens: 2027-01-05}\n",
        "dates: {opens: 2027-01-05, closes: unknown}\n",
        "dates: {opens: 2027-03-02, closes: 2027-01-05}\n",
    ],
)
def test_weeks_do_not_follow_from_one_date_or_from_dates_in_the_wrong_order(body: str) -> None:
    assert "time.weeks" not in answers(body)


@pytest.mark.parametrize(("stated", "weeks"), [("3", 3), ("unknown", None)])
def test_weeks_that_are_stated_win_over_the_dates(stated: str, weeks: int | None) -> None:
    body = f"dates: {{opens: 2027-01-05, closes: 2027-03-02}}\ntime: {{weeks: {stated}}}\n"
    assert answers(body)["time.weeks"] == weeks


# What is fixed


def test_what_is_fixed_is_a_text_or_what_and_why() -> None:
    body = "openness:\n  fixed:\n    - The budget\n    - {what: The site, why: The lease ends}\n    - what: No\n"
    assert answers(body) == {
        "openness.fixed": (Fixed("The budget", ""), Fixed("The site", "The lease ends"), Fixed("No", ""))
    }


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        ("The budget", ["SP204"]),
        ("{what: The budget}", ["SP204"]),
        ("[[a]]", ["SP204"]),
        ("['']", ["SP204"]),
        ("[{why: a}]", ["SP203"]),
        ("[{what: ''}]", ["SP203"]),
        ("[{what: a, wy: b}]", ["SP201"]),
        ("[{The budget: 5 million}]", ["SP203", "SP201"]),
        ("[{what: [a]}]", ["SP203", "SP204"]),
    ],
)
def test_anything_else_is_told_how_to_write_what_is_fixed(value: str, codes: list[str]) -> None:
    assert [found.code for found in faults(f"openness: {{fixed: {value}}}\n")] == codes


# Support


def test_support_is_a_word_or_a_group_with_a_state() -> None:
    scope = "{state: planned, owner: No, by: 2027-04-30, evidence: 12:30}"
    assert answers(f"support:\n  reasons: met\n  scope: {scope}\n  skills: {{}}\n") == {
        "support.reasons": "met",
        "support.scope": "planned",
        "support.scope.owner": "No",
        "support.scope.by": "2027-04-30",
        "support.scope.evidence": "12:30",
        "support.skills": None,
    }


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        ("mett", "SP202", "met"),
        ("[met]", "SP204", "state: planned"),
        ("{state: mett}", "SP202", "met"),
        ("{stat: met}", "SP201", "state"),
        ("{by: soon}", "SP206", "year-month-day"),
        ("{owner: [a]}", "SP204", "quotation marks"),
    ],
)
def test_support_says_what_is_wrong_with_it(value: str, code: str, words: str) -> None:
    found = fault(f"support: {{reasons: {value}}}\n")
    assert found.code == code
    assert words in found.hint


# Sections


@pytest.mark.parametrize("value", ["", "unknown", "~", "null"])
def test_empty_value_a_section_without_a_value_leaves_all_its_answers_open(value: str) -> None:
    assert answers(f"time: {value}\n") == {"time.weeks": None, "time.ongoing": None}


def test_a_section_with_no_keys_leaves_nothing_stated() -> None:
    assert answers("openness: {}\nneed: {}\n") == {}


@pytest.mark.parametrize("value", ["made", "[made]", "12", "''"])
def test_a_section_that_is_no_group_of_keys_shows_an_example(value: str) -> None:
    found = fault(f"openness: {value}\n")
    assert (found.code, place(found)) == ("SP204", (3, 11))
    assert found.hint == "Write, for example: openness: {stage: proposal}"


# Parts


def part(body: str) -> dict[str, AnswerValue]:
    """Return what the first part answers, after what it takes from the whole file."""
    found = decision(body)
    return {key: answer.value for key, answer in found.part_answers(found.parts[0]).items()}


def test_a_part_has_an_id_a_title_and_the_place_of_its_id() -> None:
    (only,) = decision("parts:\n  - id: No\n    title: 12:30\n").parts
    assert (only.id, only.title, only.span) == ("No", "12:30", (4, 9, 4, 11))


def test_a_part_takes_each_answer_that_it_does_not_state_itself() -> None:
    assert part(
        "summary: s\nnotes: n\nowner: Town\nopenness: {stage: made, agenda: system}\n"
        "parts: [{id: a, title: b, openness: {stage: aim}}]\n"
    ) == {"owner": "Town", "openness.stage": "aim", "openness.agenda": "system", "title": "b"}


@pytest.mark.parametrize("value", ["unknown", "", "~"])
def test_unknown_in_a_part_is_not_taken_over(value: str) -> None:
    found = part(f"openness: {{stage: made}}\nparts: [{{id: a, title: b, openness: {{stage: {value}}}}}]\n")
    assert found["openness.stage"] is None


def test_an_unknown_section_in_a_part_opens_all_its_answers() -> None:
    found = part("time: {weeks: 8, ongoing: no}\nparts: [{id: a, title: b, time: unknown}]\n")
    assert (found["time.weeks"], found["time.ongoing"]) == (None, None)


def test_a_part_takes_a_support_item_over_as_a_unit() -> None:
    whole = "support: {reasons: {state: met, owner: Town, by: 2027-04-30}, scope: {state: met, owner: Town}}\n"
    assert part(whole + "parts: [{id: a, title: b, support: {reasons: {state: planned}}}]\n") == {
        "support.scope": "met",
        "support.scope.owner": "Town",
        "title": "b",
        "support.reasons": "planned",
    }


def test_the_weeks_of_a_part_follow_from_its_own_dates() -> None:
    whole = "dates: {opens: 2027-01-05, closes: 2027-03-02}\n"
    own = part(whole + "parts: [{id: a, title: b, dates: {opens: 2027-01-05, closes: 2027-01-19}}]\n")
    assert own["time.weeks"] == 2
    assert part(whole + "parts: [{id: a, title: b}]\n")["time.weeks"] == 8


def test_the_weeks_of_the_whole_are_not_taken_where_a_part_has_another_date() -> None:
    whole = "dates: {opens: 2027-01-05, closes: 2027-03-02}\n"
    assert part(whole + "parts: [{id: a, title: b, dates: {closes: 2027-01-19}}]\n").get("time.weeks") != 8


def test_two_parts_with_the_same_id_name_both_lines() -> None:
    found = fault("parts:\n  - {id: a, title: b}\n  - {id: c, title: d}\n  - {id: 'a', title: e}\n")
    assert (found.code, place(found)) == ("SP208", (6, 10))
    assert found.message == "another part has the id 'a' already, on line 4"
    assert found.related[0].span == (4, 10, 4, 11)


def test_parts_with_ids_that_cannot_be_read_are_not_called_the_same() -> None:
    found = faults("parts:\n  - {id: [a], title: b}\n  - {id: [a], title: c}\n  - {id: None, title: d}\n")
    assert [(item.code, place(item)[0]) for item in found] == [("SP204", 4), ("SP204", 5)]


def test_exactly_200_parts_are_read_and_201_are_not() -> None:
    parts = [f"  - {{id: p{number}, title: a}}\n" for number in range(MAX_PARTS + 1)]
    assert len(decision("parts:\n" + "".join(parts[:-1])).parts) == MAX_PARTS
    found = fault("parts:\n" + "".join(parts))
    assert (found.code, found.message) == ("SP103", "there are 201 parts; a file may have 200")
    assert place(found) == (MAX_PARTS + 4, 5)


@pytest.mark.parametrize("value", ["", "unknown", "[]"])
def test_parts_may_be_left_open(value: str) -> None:
    assert decision(f"parts: {value}\n").parts == ()


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("{a: {title: b}}", [("SP204", "parts is a list")]),
        ("transport", [("SP204", "parts is a list")]),
        ("[transport]", [("SP204", "a part needs keys of its own")]),
        ("[~]", [("SP204", "a part needs keys of its own")]),
        ("[{title: b}]", [("SP203", "this part has no id")]),
        ("[{id: a}]", [("SP203", "this part has no title")]),
        ("[{}]", [("SP203", "this part has no id"), ("SP203", "this part has no title")]),
        ("[{id: , title: ''}]", [("SP203", "the id is empty"), ("SP203", "the title is empty")]),
        ("[{id: a, titel: b}]", [("SP203", "this part has no title"), ("SP201", "unknown key 'titel' in parts")]),
    ],
)
def test_a_part_says_what_is_wrong_with_it(value: str, found: list[tuple[str, str]]) -> None:
    said = faults(f"parts: {value}\n")
    assert [item.code for item in said] == [code for code, _ in found]
    for item, (_, message) in zip(said, found, strict=True):
        assert item.message.startswith(message)


# All at once


def test_all_errors_at_once_in_line_order_and_none_without_a_line() -> None:
    found = read(
        "title: Benches\n"
        "oppenness: {stage: made}\n"
        "openness:\n"
        "  stage: maid\n"
        "  open_to_change: whether\n"
        "  stage: aim\n"
        "dates: {opens: 2027-02-30}\n"
        "people: {affected: yes}\n"
        "x-a: &a 1\n"
        "parts: [{id: a}]\n"
        "time: {ongoing: maybe}\n"
    ).diagnostics
    assert [item.code for item in found] == [
        "SP203",
        "SP201",
        "SP202",
        "SP204",
        "SP107",
        "SP206",
        "SP205",
        "SP108",
        "SP203",
        "SP202",
    ]
    lines = [place(item)[0] for item in found]
    assert lines == [1, 2, 4, 5, 6, 7, 8, 9, 10, 11]


def test_a_file_of_faults_is_read_up_to_a_hundred() -> None:
    found = faults("".join(f"kay{number}: 1\n" for number in range(50_000)))
    assert len(found) == 101
    assert (found[-1].code, found[-1].message) == ("SP103", "reading stops here, after 100 faults")
    assert place(found[-1]) == (103, 1)


def test_a_file_of_warnings_is_read_to_its_end() -> None:
    reading = read(HEAD + "people:\n  groups:\n" + "    - Ward #4\n" * 50_000)
    assert reading.decision is not None
    assert len(reading.diagnostics) == 100


def test_every_code_that_reading_can_give_is_explained() -> None:
    known = [info.code for info in READING_CODES]
    assert known == sorted(known)
    assert known == [*(f"SP{number}" for number in range(101, 112)), *(f"SP{number}" for number in range(201, 209))]
