"""Rows are the same from files and tables, from one process and several, and nothing is lost."""

import os
import pickle
import tracemalloc
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from spectrum_cli.files import tables
from spectrum_cli.files.discovery import Target
from spectrum_cli.files.row_writers import RunInfo, csv_file, parquet_file
from spectrum_cli.files.rulebase import NoRuleBase
from spectrum_cli.files.tables import local_table
from spectrum_cli.model.portfolio import Item, Partition, Row
from spectrum_cli.model.settings import Settings
from spectrum_cli.workflows import portfolio
from spectrum_cli.workflows.check import check_files
from spectrum_cli.workflows.portfolio import PortfolioJob, file_partitions, portfolio_rows, rows_of
from tests.files.tables import write_csv, write_json_lines, write_parquet
from tests.workflows.decisions import BROKEN, CLEAN, OVER, many, write

JOB = PortfolioJob(Settings(), "2026-11-25")


def of(text: str, name: str = "a.yaml", **changes: object) -> list[Row]:
    return rows_of([Item(name, text.encode("utf-8"), **changes)], JOB)  # type: ignore[arg-type]


def targets_in(folder: Path, *, named: bool = False) -> list[Target]:
    return [Target(str(path), named) for path in sorted(folder.iterdir())]


def test_a_row_says_what_the_advice_says() -> None:
    [row] = of(OVER)
    assert (row.file, row.status, row.title) == ("a.yaml", "read", "Where the benches go")
    assert (row.advised, row.certain, row.possible) == ("consult", True, ("consult",))
    assert (row.planned, row.verdict, row.over_promise) == ("co-design", "over-promise", True)
    assert (row.readiness, row.supported) == ("unknown", "educate")
    assert row.held_by == "one-proposal"
    assert row.rule_base == "practice"
    assert row.rule_base_hash.startswith("sha256:")
    assert ("SP301", 1) in row.findings
    assert row.errors == 1


def test_a_file_of_two_lines_has_a_row_without_a_type() -> None:
    [row] = of("spectrum: 1\ntitle: Benches\n")
    assert (row.advised, row.certain, row.gap, row.openness) == (None, False, None, None)
    assert len(row.possible) == 6
    assert set(row.support) == {None}


def test_a_part_has_a_row_of_its_own_with_what_it_takes_over() -> None:
    whole, part = of(CLEAN + "owner: Parks\nparts: [{id: a, title: A part, plan: {type: engage}}]\n")
    assert (whole.part, whole.part_number, part.part, part.part_number) == (None, 0, "a", 1)
    assert (part.title, part.owner, part.planned, part.verdict) == ("A part", "Parks", "engage", "over-promise")
    assert whole.content_hash == part.content_hash
    assert dict(whole.findings)["SP301"] == 1
    assert part.findings == ()


def test_a_faulty_file_is_a_row_with_its_first_fault() -> None:
    [row] = of(BROKEN)
    assert (row.status, row.fault_code, row.fault_line, row.fault_column) == ("faulty", "SP204", 2, 8)
    assert row.fault_message == "owner is a text, not a mapping of keys"
    assert row.findings == (("SP202", 1), ("SP204", 1))
    assert row.content_hash is not None
    assert row.advised is None
    assert row.rule_base == "practice"


def test_bytes_that_are_no_text_and_a_file_that_is_not_there_are_rows(tmp_path: Path) -> None:
    [row] = rows_of([Item("a.yaml", b"spectrum: 1\ntitle: \xe4\n")], JOB)
    assert (row.status, row.fault_code, row.fault_line) == ("faulty", "SP102", 2)
    missing = [Target(str(tmp_path / "none.yaml"), named=True), Target(str(tmp_path / "gone.yaml"), named=False)]
    [row] = [row for rows in portfolio_rows(file_partitions(missing), JOB, processes=1) for row in rows]
    assert (row.file, row.fault_code, row.content_hash) == (str(tmp_path / "none.yaml"), "SP101", None)


def test_a_found_file_that_is_no_decision_has_no_row_and_a_named_one_has() -> None:
    assert of("other: true\n", named=False) == []
    assert of("other: true\n")[0].status == "faulty"


def test_markdown_is_read_by_its_front_matter() -> None:
    [row] = of(f"---\n{CLEAN}---\n# Benches\n", "a.md", markdown=True)
    assert row.advised == "consult"


def test_findings_are_those_of_a_check_with_the_team_s_choices(tmp_path: Path) -> None:
    from spectrum_cli.model.diagnostic import Severity

    write(tmp_path, over=OVER, quiet=OVER.replace("co-design}", "co-design}  # spectrum: ignore[SP301] agreed"))
    chosen = Settings(ignore=("SP344",), severity={"SP301": Severity.NOTE}, per_file_ignores={"quiet.yaml": ("SP33",)})
    job = PortfolioJob(chosen, "2026-11-25", root=str(tmp_path))
    from spectrum_cli.workflows.check import Job

    targets = targets_in(tmp_path)
    checked = check_files(targets, Job(chosen, "2026-11-25", root=str(tmp_path)), processes=1)
    expected = [sorted(item.code for item in result.findings) for result in checked]
    rows = [row for some in portfolio_rows(file_partitions(targets), job, processes=1) for row in some]
    assert [sorted(code for code, count in row.findings for _ in range(count)) for row in rows] == expected
    assert [row.errors for row in rows] == [0, 0]
    assert [dict(row.findings).get("SP301") for row in rows] == [1, None]


def test_what_a_file_carries_out_is_looked_up_only_where_it_lies(tmp_path: Path) -> None:
    write(tmp_path, local=CLEAN + "place: {implements: none.yaml}\n")
    [row] = [row for rows in portfolio_rows(file_partitions(targets_in(tmp_path)), JOB, processes=1) for row in rows]
    elsewhere = of(CLEAN + "place: {implements: none.yaml}\n")
    assert [code for code, _ in row.findings] == ["SP351"]
    assert not elsewhere[0].findings


def test_every_kind_of_table_gives_the_same_rows(tmp_path: Path) -> None:
    paths = [
        write_csv(tmp_path / "t.csv"),
        write_json_lines(tmp_path / "t.jsonl"),
        write_parquet(tmp_path / "t.parquet"),
    ]
    found = [
        [row._replace(file="") for rows in portfolio_rows(local_table(str(path)), JOB, processes=1) for row in rows]
        for path in paths
    ]
    assert found[0] == found[1] == found[2]
    assert [(row.row, row.id, row.status) for row in found[0]] == [
        (1, "A-1", "read"),
        (2, "A-2", "read"),
        (3, "A-3", "read"),
    ]
    assert (found[0][0].place, found[0][0].affected, found[0][0].verdict) == ("local", 1200, "over-promise")
    assert found[0][0].opens == "2027-01-05"


def test_a_table_s_row_is_advised_like_the_file_that_says_the_same() -> None:
    cells = {
        "title": "Where the benches go",
        "openness.stage": "proposal",
        "openness.open_to_change": "whether",
        "openness.use_of_input": "considered",
        "openness.exchange": "responses",
        "openness.starting_position": "leaning",
        "openness.agenda": "system",
        "openness.fixed": [{"what": "The number of benches", "why": "The money is for six"}],
        "dates.feedback": "2027-05-01",
        **{f"support.{name}": "met" for name in ("reasons", "pros_and_cons", "scope", "effect_of_input")},
        "plan.type": "co-design",
    }
    [of_row] = rows_of([Item("t.jsonl", cells, 1, 1)], JOB)
    [of_file] = of(OVER)
    assert of_row._replace(file="", row=None, content_hash="") == of_file._replace(
        file="", content_hash="", planned_line=None
    )


def test_a_faulty_row_keeps_its_number_and_what_is_known() -> None:
    item = Item("t.csv", {"id": "7", "title": "Benches", "owner": "Parks", "openness.stage": "maid"}, 12, 40)
    [row] = rows_of([item], JOB)
    assert (row.row, row.id, row.title, row.owner) == (12, "7", "Benches", "Parks")
    assert (row.status, row.fault_code, row.fault_line, row.fault_key) == ("faulty", "SP202", 40, "openness.stage")
    assert row.fault_hint is not None
    assert "made" in row.fault_hint


def test_the_content_hash_of_a_row_is_that_of_what_it_states() -> None:
    cells = {"title": "Benches", "openness.open_to_change": "whether;options", "x-mine": "1", "owner": ""}
    other = {"openness.open_to_change": ["whether", "options"], "title": "Benches", "id": 5}
    [one], [two] = rows_of([Item("a.csv", cells, 1)], JOB), rows_of([Item("b.jsonl", other, 2)], JOB)
    assert one.content_hash == two.content_hash
    [three] = rows_of([Item("b.jsonl", {**other, "title": "Bench"}, 2)], JOB)
    assert three.content_hash != two.content_hash


def test_text_that_is_hostile_comes_through_as_it_is() -> None:
    nasty = "'\"<script>{{ }}#\\$🙂 \u202e" + "x" * 10_000
    [row] = rows_of([Item("t.jsonl", {"title": nasty.replace("\u202e", ""), "owner": nasty}, 1)], JOB)
    assert row.owner == nasty


NUMBER = 1200


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files and a table, of which some are faulty."""
    folder = tmp_path_factory.mktemp("generated")
    many(folder / "files", NUMBER)
    rows = [
        {"title": f"Decision {number}", "openness.stage": "maid" if number % 20 == 0 else "aim", "plan.type": "inform"}
        for number in range(5 * NUMBER)
    ]
    write_json_lines(folder / "table.jsonl", rows)
    return folder


def partitions(folder: Path) -> list[Partition]:
    return [*file_partitions(targets_in(folder / "files")), *local_table(str(folder / "table.jsonl"))]


INFO = RunInfo("0", "practice", "1", "h", "2026-11-25")


def parquet_of(rows: Sequence[Row], path: Path) -> bytes:
    with parquet_file(path, INFO) as take:
        take(rows)
    return path.read_bytes()


def test_several_processes_give_the_same_bytes(generated: Path, tmp_path: Path) -> None:
    alone = [row for rows in portfolio_rows(partitions(generated), JOB, processes=1) for row in rows]
    together = [row for rows in portfolio_rows(partitions(generated), JOB, processes=3) for row in rows]
    assert together == alone
    assert parquet_of(together, tmp_path / "b.parquet") == parquet_of(alone, tmp_path / "a.parquet")
    assert sum(row.status == "faulty" for row in alone) == NUMBER // 5 + 5 * NUMBER // 20
    assert alone == sorted(alone, key=lambda row: row.sort_key)


def test_partitions_and_jobs_can_be_sent_to_other_machines(generated: Path) -> None:
    sent = pickle.loads(pickle.dumps((partitions(generated), JOB)))
    there = [row for part in sent[0] for row in rows_of(part.items(), sent[1])]
    assert there == [row for part in partitions(generated) for row in rows_of(part.items(), JOB)]


def test_what_a_killed_worker_had_is_done_again(generated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = [row for rows in portfolio_rows(partitions(generated), JOB, processes=1) for row in rows]
    work, fatal = portfolio._work, partitions(generated)[4]

    def dying(partition: Partition) -> list[Row]:
        if partition == fatal:
            os._exit(1)
        return work(partition)

    monkeypatch.setattr(portfolio, "_work", dying)
    dying.__module__, dying.__qualname__ = portfolio.__name__, "_work"  # so that it can be sent to the workers
    assert [row for rows in portfolio_rows(partitions(generated), JOB, processes=2) for row in rows] == alone


def test_partitions_are_taken_only_as_they_are_needed() -> None:
    taken = 0

    def endless() -> Iterator[Partition]:
        nonlocal taken
        while True:
            taken += 1
            yield portfolio.Files(())

    for processes in (1, 2):
        taken = 0
        results = portfolio_rows(endless(), JOB, processes=processes)
        assert next(results) == []
        del results
        assert taken <= 2 * 3 + 2


def test_a_rule_base_that_cannot_be_used_is_said_before_anything_is_yielded() -> None:
    for processes in (1, 2):
        with pytest.raises(NoRuleBase):
            portfolio_rows([], PortfolioJob(Settings(rules="none"), "2026-11-25"), processes=processes)


def test_memory_does_not_grow_with_the_number_of_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROWS_TOGETHER", 50)
    row = {"title": "Decision", "summary": "x" * 4000, "openness.stage": "aim"}

    def peak(count: int) -> int:
        table = write_json_lines(tmp_path / "t.jsonl", [row] * count)
        tracemalloc.start()
        try:
            with csv_file(tmp_path / "t.csv", INFO, replace=True) as take:
                for rows in portfolio_rows(local_table(str(table)), JOB, processes=1):
                    take(rows)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(100)
    assert peak(1500) < peak(150) * 1.3
