"""A folder of parts belongs to one run; whatever else lies in it is left alone."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from spectrum_cli.files.part_folder import RUN_FILE, PartFolder, open_part_folder, rows_in_folder, summary_of
from spectrum_cli.files.row_writers import RunInfo, parquet_bytes, parquet_file
from spectrum_cli.files.writing import CannotWrite
from spectrum_cli.model.portfolio import Item, Row, Totals
from spectrum_cli.model.settings import Settings
from spectrum_cli.workflows.portfolio import PortfolioJob, rows_of
from tests.files.tables import DECISIONS
from tests.workflows.decisions import BROKEN, CLEAN, OVER

INFO = RunInfo("1.0", "practice", "1.0", "sha256:0", "2026-11-25")
LATER = replace(INFO, today="2026-11-26")


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    part = CLEAN + "parts: [{id: a, title: A part, plan: {type: engage}}]\n"
    texts = [CLEAN, OVER, BROKEN, part]
    items = [Item(f"{place}.yaml", text.encode()) for place, text in enumerate(texts)]
    items += [Item("t.jsonl", cells, number) for number, cells in enumerate(DECISIONS, 1)]
    return rows_of(items, PortfolioJob(Settings(), "2026-11-25"))


def filled(path: Path, rows: list[Row]) -> PartFolder:
    folder = open_part_folder(path, "one", INFO)
    for number in (1, 0):
        folder.write(folder.part(number, f"{number:016}"), parquet_bytes(rows[number * 2 : number * 2 + 2], INFO))
    return folder


def names(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.iterdir())


def test_rows_come_back_as_they_were_in_the_order_of_the_parts(tmp_path: Path, rows: list[Row]) -> None:
    filled(tmp_path / "out", rows)
    assert names(tmp_path / "out") == [
        RUN_FILE,
        "part-00000000-0000000000000000.parquet",
        "part-00000001-0000000000000001.parquet",
    ]
    assert list(rows_in_folder(tmp_path / "out")) == rows[:4]


def test_bytes_are_those_of_the_file_and_their_sum_is_that_of_the_rows(tmp_path: Path, rows: list[Row]) -> None:
    with parquet_file(tmp_path / "a.parquet", INFO) as write:
        write(rows)
    assert (tmp_path / "a.parquet").read_bytes() == parquet_bytes(rows, INFO)
    totals = Totals()
    totals.add(rows)
    assert summary_of(tmp_path / "a.parquet") == (totals, [row for row in rows if row.status == "faulty"])
    joined = Totals()
    for row in rows:
        one = Totals()
        one.add([row])
        joined.join(one)
    assert joined == totals


def test_a_part_that_is_not_there_or_damaged_has_no_sum(tmp_path: Path) -> None:
    assert summary_of(tmp_path / "none.parquet") is None
    (tmp_path / "a.parquet").write_bytes(b"PAR1 not quite")
    assert summary_of(tmp_path / "a.parquet") is None


def test_the_run_file_tells_what_the_parts_are_and_whether_all_are_there(tmp_path: Path, rows: list[Row]) -> None:
    folder = filled(tmp_path / "out", rows)
    told = json.loads((tmp_path / "out" / RUN_FILE).read_text(encoding="utf-8"))
    assert (told["rule_base"], told["program_version"], told["today"]) == ("practice", "1.0", "2026-11-25")
    assert (told["finished"], told["parts"]) == (False, None)
    folder.finish({"part-00000000-0000000000000000.parquet"})
    told = json.loads((tmp_path / "out" / RUN_FILE).read_text(encoding="utf-8"))
    assert (told["finished"], told["parts"]) == (True, 1)
    assert names(tmp_path / "out") == [RUN_FILE, "part-00000000-0000000000000000.parquet"]


def test_a_run_that_was_not_finished_goes_on_by_the_day_on_which_it_began(tmp_path: Path, rows: list[Row]) -> None:
    folder = filled(tmp_path / "out", rows)
    again = open_part_folder(tmp_path / "out", "one", LATER)
    assert again.info == INFO
    assert len(names(tmp_path / "out")) == 3
    folder.finish({entry for entry in names(tmp_path / "out") if entry != RUN_FILE})
    with pytest.raises(
        CannotWrite, match=r"holds a finished run, of 2026-11-25 with the rules practice 1\.0; give a new"
    ):
        open_part_folder(tmp_path / "out", "one", LATER)
    assert open_part_folder(tmp_path / "out", "one", INFO).info == INFO


def test_another_run_is_refused_and_force_removes_its_parts_only(tmp_path: Path, rows: list[Row]) -> None:
    filled(tmp_path / "out", rows)
    for name in ("notes.txt", "part-1.parquet", "mine.parquet"):
        (tmp_path / "out" / name).write_text("mine", encoding="utf-8")
    before = names(tmp_path / "out")
    with pytest.raises(CannotWrite, match=r"holds another run, of 2026-11-25 with the rules practice 1\.0; give a new"):
        open_part_folder(tmp_path / "out", "two", INFO)
    assert names(tmp_path / "out") == before
    assert open_part_folder(tmp_path / "out", "two", LATER, force=True).info == LATER
    assert names(tmp_path / "out") == [RUN_FILE, "mine.parquet", "notes.txt", "part-1.parquet"]


def test_a_folder_with_other_files_and_a_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(CannotWrite, match="holds other files"):
        open_part_folder(tmp_path, "one", INFO)
    with pytest.raises(CannotWrite, match="is no folder"):
        open_part_folder(tmp_path / "a.txt", "one", INFO, force=True)
    with pytest.raises(CannotWrite, match="cannot write in"):
        open_part_folder(tmp_path / "a.txt" / "below", "one", INFO)
    assert names(tmp_path) == ["a.txt"]


def test_a_run_file_that_cannot_be_read_is_that_of_another_run(tmp_path: Path) -> None:
    for text in ("{", "[]", '"x"'):
        (tmp_path / RUN_FILE).write_text(text, encoding="utf-8")
        with pytest.raises(CannotWrite, match="holds another run"):
            open_part_folder(tmp_path, "one", INFO)


def test_what_a_killed_run_had_begun_to_write_is_removed(tmp_path: Path, rows: list[Row]) -> None:
    filled(tmp_path / "out", rows)
    (tmp_path / "out" / ".spectrum-abc.part").write_bytes(b"half")
    open_part_folder(tmp_path / "out", "one", INFO)
    assert ".spectrum-abc.part" not in names(tmp_path / "out")
