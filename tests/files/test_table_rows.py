"""A row of a table is read like a decision file that says the same."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectrum_cli.files.decision_file import read_decision
from spectrum_cli.files.reading import Unreadable, decode
from spectrum_cli.files.table_rows import RowReader, check_columns
from spectrum_cli.model.decision import Decision, Fixed
from spectrum_cli.model.decision_format import FIELDS, SUPPORT_KEYS, Kind


def values(decision: Decision | None) -> dict[str, object]:
    assert decision is not None
    return {key: answer.value for key, answer in decision.answers.items()}


def read(cells: dict[str, object]) -> dict[str, object]:
    return values(RowReader().read("table.csv", cells).decision)


def faults(cells: dict[str, object], *ignored: str) -> list[tuple[str, str]]:
    found = RowReader(ignored).read("table.csv", cells)
    assert found.decision is None
    return [(item.code, item.message) for item in found.diagnostics]


def test_each_kind_of_answer_is_taken_from_a_text_as_csv_has_it() -> None:
    assert read(
        {
            "title": "Benches",
            "openness.stage": "options",
            "openness.open_to_change": "whether; options;",
            "openness.fixed": "The budget; The site",
            "need.unequal_effect": "True",
            "people.affected": "12000",
            "people.groups": "carers;young people",
            "dates.opens": "2027-01-05",
            "dates.closes": "2027-03-02",
            "support.reasons": "met",
            "support.skills": "planned",
            "support.skills.owner": "Parks",
            "notes": "",
        }
    ) == {
        "title": "Benches",
        "openness.stage": "options",
        "openness.open_to_change": ("whether", "options"),
        "openness.fixed": (Fixed("The budget", ""), Fixed("The site", "")),
        "need.unequal_effect": True,
        "people.affected": 12000,
        "people.groups": ("carers", "young people"),
        "dates.opens": "2027-01-05",
        "dates.closes": "2027-03-02",
        "time.weeks": 8,
        "support.reasons": "met",
        "support.skills": "planned",
        "support.skills.owner": "Parks",
    }


def test_each_kind_of_answer_is_taken_as_json_and_parquet_have_it() -> None:
    from datetime import date, datetime

    assert read(
        {
            "title": "Benches",
            "openness.open_to_change": ["whether", "options"],
            "openness.fixed": [{"what": "The budget", "why": "Set by law"}],
            "need.unequal_effect": False,
            "people.affected": 12000.0,
            "people.taking_part": Decimal("12.00"),
            "time.weeks": float("nan"),
            "people.groups": ["carers"],
            "dates.opens": date(2027, 1, 5),
            "dates.closes": datetime(2027, 3, 2),
            "support.skills.by": date(2027, 4, 1),
            "summary": None,
            "spectrum": 1,
        }
    ) == {
        "title": "Benches",
        "openness.open_to_change": ("whether", "options"),
        "openness.fixed": (Fixed("The budget", "Set by law"),),
        "need.unequal_effect": False,
        "people.affected": 12000,
        "people.taking_part": 12,
        "people.groups": ("carers",),
        "dates.opens": "2027-01-05",
        "dates.closes": "2027-03-02",
        "time.weeks": 8,
        "support.skills.by": "2027-04-01",
        "support.skills": None,
    }


def test_what_is_nested_is_read_like_what_is_dotted() -> None:
    nested = {"title": "Benches", "openness": {"stage": "aim"}, "support": {"skills": {"state": "met", "owner": "A"}}}
    assert read(nested) == {
        "title": "Benches",
        "openness.stage": "aim",
        "support.skills": "met",
        "support.skills.owner": "A",
    }


def test_parts_are_read_where_a_table_can_hold_them() -> None:
    found = RowReader().read(
        "t.jsonl", {"title": "All", "parts": [{"id": "a", "title": "One", "plan": {"type": "inform"}}]}
    )
    assert found.decision is not None
    assert [(part.id, part.title, values_of(part.answers)) for part in found.decision.parts] == [
        ("a", "One", {"title": "One", "plan.type": "inform"})
    ]


def values_of(answers: object) -> dict[str, object]:
    return {key: answer.value for key, answer in answers.items()}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"openness.stage": "maid"}, ("SP202", "unknown answer 'maid' for stage")),
        ({"people.affected": "about 12"}, ("SP205", "affected must be a whole number of 0 or more, not 'about 12'")),
        ({"people.affected": True}, ("SP205", "affected must be a whole number of 0 or more, not 'true'")),
        ({"people.affected": 1.5}, ("SP205", "affected must be a whole number of 0 or more, not '1.5'")),
        ({"need.unequal_effect": 1}, ("SP202", "unequal_effect is true or false, not '1'")),
        ({"dates.opens": "5/1/2027"}, ("SP206", "the date for opens must be a day like 2027-03-31, not '5/1/2027'")),
        ({"dates.opens": "2027-02-30"}, ("SP206", "the date 2027-02-30 does not exist")),
        (
            {"openness.open_to_change": "nothing;whether"},
            ("SP207", "'nothing' must stand alone, but the list also holds whether"),
        ),
        ({"openness.open_to_change": ["whether", None]}, ("SP204", "an item of open_to_change is empty")),
        ({"plan": "consult"}, ("SP204", "plan needs keys of its own, not the single value 'consult'")),
        ({"spectrum": "2"}, ("SP202", "the format version must be 1, not '2'")),
        ({"titel": "Benches"}, ("SP201", "unknown key 'titel'")),
        ({"openness.stag": "aim"}, ("SP201", "unknown key 'stag' in openness")),
        ({"parts": [{"id": "a", "title": "A"}] * 2}, ("SP208", "another part has the id 'a' already")),
        ({"owner": "a\x00b"}, ("SP104", "the control character U+0000 (NUL) stands here")),
        ({"owner": "a\udce4b"}, ("SP102", "byte 0xE4 is not UTF-8")),
        ({"owner": "x" * (1 << 20)}, ("SP103", "the row is larger than 1 MiB")),
        (
            {"support": {"skills": "met"}, "support.skills": "met"},
            ("SP107", "the column 'support.skills' stands twice"),
        ),
        ({"notes": [[["x"]]]}, ("SP204", "notes is a text, not a list")),
    ],
)
def test_what_is_refused_is_refused_in_the_words_of_the_decision_file(
    cells: dict[str, object], expected: tuple[str, str]
) -> None:
    assert faults({"title": "Benches", **cells})[0] == expected


def test_the_column_with_the_fault_is_named_and_what_is_known_is_kept() -> None:
    found = RowReader().read("t.csv", {"id": 7, "title": "Benches", "owner": "Parks", "plan.type": "tell"})
    assert (found.key, found.id, found.title, found.owner) == ("plan.type", "7", "Benches", "Parks")
    assert found.diagnostics[0].span is None
    assert RowReader().read("t.csv", {"owner": "Parks"}).key == "title"
    assert RowReader().read("t.csv", {"title": "A", "support.skills.by": "soon"}).key == "support.skills.by"


def test_no_line_of_the_written_out_row_is_told() -> None:
    for cells in ({"parts": [{"id": "a", "title": "A"}] * 3}, {"parts": [{"title": "A"}]}, {"openness.stage": ["a"]}):
        assert " on line " not in str(faults({"title": "Benches", **cells}))


def test_ones_own_columns_are_left_alone() -> None:
    assert read({"title": "A", "x-colour": object()}) == {"title": "A"}
    reader = RowReader(["colour"])
    assert values(reader.read("t", {"title": "A", "colour": "red", "openness.stage": "aim"}).decision) == {
        "title": "A",
        "openness.stage": "aim",
    }
    assert faults({"title": "A", "colour": "red"})[0][0] == "SP201"


def test_all_unknown_columns_are_named_at_once() -> None:
    [fault] = check_columns("t.csv", ["title", "stage", "Ownr", "x-mine", "zzz"], RowReader())
    assert fault.message == "unknown columns 'stage', 'Ownr', 'zzz'"
    assert fault.hint.startswith("Did you mean openness.stage, owner? ")
    assert not check_columns("t.csv", ["title", "stage", "id", "spectrum"], RowReader(["stage"]))
    assert [
        item.code for item in check_columns("t.csv", ["title", "support.skills", "support.skills.state"], RowReader())
    ] == ["SP107"]
    assert [item.code for item in check_columns("t.csv", ["owner"], RowReader())] == ["SP203"]


CELLS = st.one_of(
    st.sampled_from(sorted({answer for field in FIELDS.values() for answer in field.answers})),
    st.sampled_from(
        [
            "unknown",
            "~",
            "null",
            "yes",
            "No",
            " met",
            "2027-01-05",
            "2027-13-05",
            "12",
            "012",
            "1_000",
            "a;b",
            ";",
            "-1",
        ]
    ),
    st.text(max_size=12),
    st.integers(-5, 10**16),
    st.booleans(),
    st.floats(),
    st.none(),
    st.lists(
        st.one_of(st.sampled_from(["whether", "options", "nothing", "unknown", ""]), st.none(), st.integers()),
        max_size=3,
    ),
    st.dictionaries(st.sampled_from(["state", "owner", "by", "what", "x"]), st.text(max_size=3), max_size=2),
)
KEYS = st.sampled_from(
    [
        *FIELDS,
        *(f"{key}.{end}" for key in SUPPORT_KEYS[:3] for end in ("owner", "state")),
        "spectrum",
        "id",
        "openness",
        "nonsense",
    ]
)


@settings(max_examples=300)
@given(st.lists(st.tuples(KEYS, CELLS), max_size=6, unique_by=lambda pair: pair[0]), st.booleans())
def test_faults_found_in_odd_cells_alone_are_those_of_the_whole_row(
    pairs: list[tuple[str, object]], titled: bool
) -> None:
    cells = dict(pairs) | ({"title": "Benches"} if titled else {})
    whole = RowReader()
    whole._is_plain = lambda *_: True  # type: ignore[method-assign]
    reader = RowReader()
    assert reader._as_a_file("t", cells) == whole._as_a_file("t", cells)
    assert reader._as_a_file("t", cells) == whole._as_a_file("t", cells)


@settings(max_examples=400)
@given(st.dictionaries(KEYS, CELLS, max_size=5), st.booleans())
def test_the_short_path_accepts_nothing_that_the_file_s_reader_refuses_and_reads_the_same(
    cells: dict[str, object], titled: bool
) -> None:
    if titled:
        cells = {**cells, "title": "Benches"}
    reader = RowReader()
    found, whole = reader.read("t", cells), reader._as_a_file("t", cells)
    assert (found.decision is None) == (whole.decision is None), (cells, whole.diagnostics)
    assert found.diagnostics == whole.diagnostics
    if found.decision is not None:
        assert values(found.decision) == values(whole.decision)
        assert reader.read("t", cells) == found  # what is remembered changes nothing


@settings(max_examples=300)
@given(st.text())
def test_a_text_that_a_file_may_hold_comes_through_whole(text: str) -> None:
    try:
        source = decode("f", f"spectrum: 1\ntitle: {_in_quotes(text)}\n".encode("utf-8", "surrogatepass"))
    except Unreadable:
        assert RowReader().read("t", {"title": text}).decision is None
        return
    of_file = read_decision(source).decision
    of_row = RowReader().read("t", {"title": text}).decision
    assert (of_file is None) == (of_row is None)
    if of_row is not None:
        assert of_row.title == text


def _in_quotes(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    for sign, name in (("\n", "n"), ("\r", "r"), ("\t", "t"), ("\x85", "N"), ("\u2028", "L"), ("\u2029", "P")):
        escaped = escaped.replace(sign, f"\\{name}")
    return f'"{escaped}"'


def test_every_kind_has_a_short_path() -> None:
    short = {key: RowReader()._columns[key] for key in FIELDS}
    assert {FIELDS[key].kind for key in short} == set(Kind)
