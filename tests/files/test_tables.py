"""Tables are read in partitions; what is damaged is one row with its number, and the rest is kept."""

import io
import pickle
from collections.abc import Iterator
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from spectrum_cli.files import tables
from spectrum_cli.files.table_rows import RowReader
from spectrum_cli.files.tables import is_table, local_table, table_partitions
from spectrum_cli.model.portfolio import Item
from tests.files.tables import DECISIONS, write_csv, write_json_lines, write_parquet


def items(path: Path, *ignored: str) -> list[Item]:
    return [item for partition in local_table(str(path), ignored) for item in partition.items()]


def of_text(name: str, text: str | bytes, folder: Path) -> list[Item]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return items(path)


def faults(found: list[Item]) -> list[tuple[int | None, int | None, str, str]]:
    return [(item.row, item.line, item.faults[0].code, item.faults[0].message) for item in found if item.faults]


def titles(found: list[Item]) -> list[object]:
    return [item.content.get("title") for item in found if isinstance(item.content, dict)]


def answers(found: list[Item]) -> Iterator[dict[str, object]]:
    for item in found:
        assert isinstance(item.content, dict), item.faults
        decision = RowReader().read("t", item.content).decision
        assert decision is not None
        yield {key: answer.value for key, answer in decision.answers.items() if answer.value is not None}


def test_all_kinds_of_table_say_the_same(tmp_path: Path) -> None:
    read = [
        items(write_csv(tmp_path / "a.csv")),
        items(write_json_lines(tmp_path / "a.jsonl")),
        items(write_parquet(tmp_path / "a.parquet")),
    ]
    first = list(answers(read[0]))
    assert [found["title"] for found in first] == [row["title"] for row in DECISIONS]
    assert all(list(answers(other)) == first for other in read[1:])
    assert [[item.row for item in found] for found in read] == [[1, 2, 3]] * 3
    assert [item.line for item in read[0]] == [2, 3, 4]
    assert [item.line for item in read[1]] == [1, 2, 3]


@pytest.mark.parametrize(
    ("name", "write"), [("a.csv", write_csv), ("a.jsonl", write_json_lines), ("a.parquet", write_parquet)]
)
def test_partitions_number_the_rows_through_and_can_be_sent_elsewhere(
    name: str, write: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "ROWS_TOGETHER", 2)
    path = write(tmp_path / name)  # type: ignore[operator]
    partitions = list(local_table(str(path)))
    assert len(partitions) == 2
    sent = pickle.loads(pickle.dumps(partitions))
    assert [item.row for partition in sent for item in partition.items()] == [1, 2, 3]


def test_the_separator_of_a_csv_table_is_told_from_its_first_line(tmp_path: Path) -> None:
    for separator in ",;\t":
        text = f'title{separator}openness.open_to_change\nA{separator}"whether;options"\n'
        [item] = of_text("a.csv", text, tmp_path)
        assert item.content == {"title": "A", "openness.open_to_change": "whether;options"}


def test_a_damaged_row_of_csv_is_named_and_the_rest_is_kept(tmp_path: Path) -> None:
    text = 'title,owner\nA,x\n"B"b,x\nC,"over\ntwo lines"\nD\nE,x,y\n,\n\nF,x\n'
    found = of_text("a.csv", text, tmp_path)
    assert titles(found) == ["A", "C", "F"]
    assert [item.row for item in found] == [1, 2, 3, 4, 5, 8]
    assert found[2].line == 4
    assert faults(found) == [
        (2, 3, "SP106", "a quotation mark closes a cell, and more text follows"),
        (4, 6, "SP204", "the row has a cell, but the table has 2 columns"),
        (5, 7, "SP204", "the row has 3 cells, but the table has 2 columns"),
    ]


def test_a_quotation_mark_left_open_is_one_fault_with_the_line_where_it_opens(tmp_path: Path) -> None:
    found = of_text("a.csv", 'title,owner\nA,x\nB,"x\nC,x\n', tmp_path)
    assert titles(found) == ["A"]
    assert faults(found)[0][:3] == (2, 3, "SP106")
    big = of_text("a.csv", 'title,owner\nA,x\nB,"x\n' + "C,x\n" * 300_000 + 'D,"x"\n', tmp_path)
    assert faults(big)[0] == (2, 3, "SP103", "a cell is larger than 1 MiB")
    assert titles(big)[0] == "A"
    assert titles(big)[-1] == "D"


def test_bytes_that_are_not_utf_8_belong_to_their_row_alone(tmp_path: Path) -> None:
    found = of_text("a.csv", b"title\nA\n\xe4\nC\n", tmp_path)
    assert len(found) == 3
    reader = RowReader()
    assert [reader.read("t", item.content).decision is None for item in found] == [False, True, False]  # type: ignore[arg-type]
    found = of_text("a.jsonl", b'{"title":"A"}\n{"title":"\xe4"}\n{"title":"C"}\n', tmp_path)
    assert titles(found) == ["A", "C"]
    assert faults(found) == [(2, 2, "SP102", "byte 0xE4 is not UTF-8")]


def test_a_byte_order_mark_is_no_part_of_a_name(tmp_path: Path) -> None:
    assert titles(of_text("a.csv", "\ufefftitle\nA\n", tmp_path)) == ["A"]
    assert titles(of_text("a.jsonl", '\ufeff{"title":"A"}\n', tmp_path)) == ["A"]
    found = of_text("a.csv", "title\nA\n".encode("utf-16"), tmp_path)
    assert faults(found) == [(None, None, "SP102", "the table is UTF-16, not UTF-8")]


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("{", "SP106", "the line is not JSON: expecting property name enclosed in double quotes"),
        ('{"title": NaN}', "SP106", "the line is not JSON: NaN is no number"),
        ('{"title": "a", "title": "b"}', "SP107", "the key 'title' stands twice"),
        ("[1]", "SP204", "a row is an object of keys and values, not a list"),
        ("1", "SP204", "a row is an object of keys and values, not a single value"),
        ("[" * 100_000, "SP103", "the line is nested too deep"),
        (f'{{"title": "{"x" * (1 << 20)}"}}', "SP103", "the line is longer than 1 MiB"),
    ],
)
def test_a_damaged_line_of_json_is_named_and_the_rest_is_kept(
    line: str, code: str, message: str, tmp_path: Path
) -> None:
    found = of_text("a.jsonl", f'{{"title":"A"}}\n\n{line}\n{{"title":"C"}}\n', tmp_path)
    assert titles(found) == ["A", "C"]
    assert faults(found) == [(2, 3, code, message)]


def test_a_number_of_many_digits_is_refused_like_any_other(tmp_path: Path) -> None:
    [item] = of_text("a.jsonl", '{"title":"A","people.affected":' + "9" * 5000 + "}\n", tmp_path)
    found = RowReader().read("t", item.content)  # type: ignore[arg-type]
    assert found.decision is None
    assert found.diagnostics[0].code == "SP205"


def test_a_name_given_twice_by_nesting_and_by_dots_is_refused(tmp_path: Path) -> None:
    [item] = of_text("a.jsonl", '{"title":"A","openness":{"stage":"aim"},"openness.stage":"made"}\n', tmp_path)
    assert RowReader().read("t", item.content).diagnostics[0].code == "SP107"  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
@pytest.mark.parametrize("text", ["", "\n", "\n\n"])
def test_an_empty_table_is_a_fault(name: str, text: str, tmp_path: Path) -> None:
    assert [fault[2] for fault in faults(of_text(name, text, tmp_path))] == ["SP105"]


def test_a_table_whose_columns_are_wrong_is_one_fault(tmp_path: Path) -> None:
    found = of_text("a.csv", "title,stage\nA,aim\nB,aim\n", tmp_path)
    assert faults(found) == [(None, None, "SP201", "unknown column 'stage'")]
    found = items(write_parquet(tmp_path / "a.parquet", [{"title": "A", "stage": "aim"}], ["title", "stage"]))
    assert faults(found) == [(None, None, "SP201", "unknown column 'stage'")]
    assert len(items(tmp_path / "a.parquet", "stage")) == 1
    assert titles(items(tmp_path / "a.csv", "stage")) == ["A", "B"]


def test_what_is_no_parquet_table_is_a_fault_and_so_is_a_damaged_one(tmp_path: Path) -> None:
    [found] = faults(of_text("a.parquet", b"title\nA\n", tmp_path))
    assert found[2] == "SP106"
    whole = write_parquet(tmp_path / "b.parquet").read_bytes()
    [found] = faults(of_text("c.parquet", whole[:-40] + whole[-8:], tmp_path))
    assert found[2] == "SP106"


def test_parquet_holds_nested_columns_and_parts(tmp_path: Path) -> None:
    rows = [
        {
            "title": "A",
            "openness": {"stage": "aim", "exchange": None},
            "parts": [{"id": "p", "title": "P", "owner": None}],
        },
        {"title": "B", "openness": None, "parts": None},
    ]
    parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "a.parquet")
    first, second = (RowReader().read("t", item.content).decision for item in items(tmp_path / "a.parquet"))  # type: ignore[arg-type]
    assert first is not None
    assert second is not None
    assert {key: answer.value for key, answer in first.answers.items()} == {"title": "A", "openness.stage": "aim"}
    assert [dict(part.answers).keys() for part in first.parts] == [{"title"}]
    assert not second.parts


def test_moments_finer_than_python_knows_are_read_as_texts(tmp_path: Path) -> None:
    moments = pyarrow.array([1_804_377_600_000_000_001, None], pyarrow.timestamp("ns"))
    parquet.write_table(pyarrow.table({"title": ["A", "B"], "dates.opens": moments}), tmp_path / "a.parquet")
    found = [RowReader().read("t", item.content) for item in items(tmp_path / "a.parquet")]  # type: ignore[arg-type]
    assert [reading.decision is None for reading in found] == [True, False]
    assert found[0].diagnostics[0].code == "SP206"


def test_a_table_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    [found] = faults(items(tmp_path / "a.csv"))
    assert found[2:] == ("SP101", "there is no such file")
    (tmp_path / "folder.csv").mkdir()
    assert faults(items(tmp_path / "folder.csv"))[0][2:] == ("SP101", "this is a folder, not a file")


def test_a_table_that_breaks_off_while_it_is_read_keeps_what_came_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROWS_TOGETHER", 1)

    class Breaking(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise OSError(5, "Input/output error")
            return super().readline(size)

    stream = Breaking(b'{"title":"A"}\n{"title":"B"}\n')
    found = [item for part in table_partitions("a.jsonl", "a.jsonl", stream) for item in part.items()]
    assert titles(found) == ["A"]
    assert faults(found) == [(None, None, "SP101", "the table cannot be read to its end: input/output error")]


def test_what_a_table_is_called() -> None:
    assert all(map(is_table, ("a.csv", "a.CSV", "b.jsonl", "c.ndjson", "d.parquet", "e.tsv")))
    assert not any(map(is_table, ("a.yaml", "a.md", "a.json", "csv", "-")))


@pytest.mark.parametrize("rows_of_a_group", [1, 7, 50])
def test_row_groups_of_any_size_give_all_rows_with_their_numbers(
    rows_of_a_group: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyarrow import Table, parquet

    monkeypatch.setattr("spectrum_cli.files.tables.ROWS_OF_GROUPS", 10)
    titles = [f"Decision {number}" for number in range(1, 51)]
    parquet.write_table(Table.from_pydict({"title": titles}), tmp_path / "t.parquet", row_group_size=rows_of_a_group)
    items = [item for part in local_table(str(tmp_path / "t.parquet")) for item in part.items()]
    assert [(item.row, item.content) for item in items] == [
        (number, {"title": title}) for number, title in enumerate(titles, start=1)
    ]
