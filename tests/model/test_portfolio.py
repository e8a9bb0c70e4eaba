"""The row and the table of its columns belong together."""

from spectrum_cli.model.decision_format import SUPPORT_KEYS
from spectrum_cli.model.portfolio import COLUMNS, NAMES, ColumnKind, Row, Totals, plain, row_of, values_of

EMPTY = dict.fromkeys(Row._fields)
ROW = Row(
    **{
        **EMPTY,
        "file": "a.yaml",
        "part_number": 0,
        "title": "Benches",
        "status": "read",
        "possible": ("inform", "educate"),
        "findings": (("SP301", 2), ("SP344", 1)),
        "verdict": "over-promise",
        "readiness": "not-ready",
        "gap": 1,
        "support": ("met", *[None] * (len(SUPPORT_KEYS) - 1)),
    }  # type: ignore[arg-type]
)


def test_each_field_of_a_row_is_a_column_in_its_order() -> None:
    assert NAMES[: len(Row._fields) - 1] == Row._fields[:-1]
    assert NAMES[len(Row._fields) - 1 :] == tuple(key.replace(".", "_") for key in SUPPORT_KEYS)
    assert len(set(NAMES)) == len(NAMES)
    assert all(column.meaning.endswith(".") for column in COLUMNS)


def test_a_row_comes_back_from_its_values() -> None:
    assert len(values_of(ROW)) == len(COLUMNS)
    assert row_of(values_of(ROW)) == ROW
    assert row_of(list(values_of(ROW))) == ROW


def test_plain_data_has_lists_and_objects() -> None:
    data = plain(ROW)
    assert tuple(data) == NAMES
    assert data["possible"] == ["inform", "educate"]
    assert data["findings"] == {"SP301": 2, "SP344": 1}
    assert data["support_reasons"] == "met"


def test_rows_are_sorted_by_file_row_and_part() -> None:
    rows = [ROW._replace(file="b"), ROW._replace(row=2), ROW._replace(row=2, part_number=1), ROW._replace(row=10)]
    assert sorted(rows, key=lambda row: row.sort_key) == [rows[1], rows[2], rows[3], rows[0]]


def test_sums_count_wholes_parts_and_what_is_wrong_with_either() -> None:
    totals = Totals()
    totals.add([ROW, ROW._replace(part_number=1, verdict="matches"), ROW._replace(status="faulty")])
    assert (totals.decisions, totals.parts, totals.faulty) == (1, 1, 1)
    assert (totals.over_promises, totals.not_ready, totals.gaps) == (1, 2, 2)


def test_every_kind_of_column_is_used() -> None:
    assert {column.kind for column in COLUMNS} == set(ColumnKind)
