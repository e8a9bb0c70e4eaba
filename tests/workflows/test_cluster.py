"""A cluster gives the same rows as one machine, loses nothing with a worker, and goes on where it stopped."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from spectrum_cli.files.extras import MissingExtra
from spectrum_cli.model.portfolio import Item
from spectrum_cli.workflows import cluster
from spectrum_cli.workflows.cluster import CannotUseCluster, is_cluster, prepare_cluster_run, shares
from spectrum_cli.workflows.portfolio import portfolio_rows
from spectrum_cli.workflows.portfolio_run import PortfolioRequest, prepare_portfolio
from tests.workflows.clustered import (
    JOB,
    TODAY,
    Deadly,
    Faulty,
    Ready,
    Slow,
    folder_for,
    generate,
    parquet_of_folder,
    partitions,
    row_items,
    rows_in_folder,
    run,
    sorted_parquet,
)
from tests.workflows.decisions import OVER

NUMBER = 2000


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated") / "in"
    generate(folder, NUMBER)
    return folder


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """Start a scheduler with two workers, as a team's own cluster would be, and return its address."""
    with cluster._quiet(), cluster._own_cluster(cluster._dask(), 2) as own:
        yield own.scheduler_address


def test_one_process_several_and_a_cluster_give_the_same_bytes(generated: Path, scheduler: str, tmp_path: Path) -> None:
    alone = [row for rows in portfolio_rows(partitions(generated), JOB, processes=1) for row in rows]
    several = [row for rows in portfolio_rows(partitions(generated), JOB, processes=3) for row in rows]
    done = list(run(partitions(generated), scheduler, folder_for(tmp_path / "out")))
    expected = sorted_parquet(alone)
    assert sorted_parquet(several) == expected
    assert parquet_of_folder(tmp_path / "out") == expected
    faulty = sum(row.status == "faulty" for row in alone)
    assert faulty == NUMBER // 20 + 1
    assert sum(part.totals.faulty for part in done) == sum(len(part.faults) for part in done) == faulty
    assert sum(part.totals.decisions + part.totals.parts for part in done) == len(alone) - faulty
    assert all(part.anew for part in done)


def test_a_run_goes_on_from_what_is_written_and_reads_what_has_changed(scheduler: str, tmp_path: Path) -> None:
    generate(tmp_path / "in", 600)
    stopped = run(partitions(tmp_path / "in", 30), scheduler, folder_for(tmp_path / "out"))
    first = [next(stopped), next(stopped), next(stopped)]
    stopped.close()
    names = {path.name for path in (tmp_path / "out").glob("part-*")}
    assert len(names) >= 3
    again = list(run(partitions(tmp_path / "in", 30), scheduler, folder_for(tmp_path / "out")))
    assert {part.path.name for part in again if not part.anew} == names
    for part in first:
        [same] = [one for one in again if one.path == part.path]
        assert (same.totals, same.faults) == (part.totals, part.faults)
    alone = [row for rows in portfolio_rows(partitions(tmp_path / "in"), JOB, processes=1) for row in rows]
    assert parquet_of_folder(tmp_path / "out") == sorted_parquet(alone)

    changed = tmp_path / "in" / "files" / "000000.yaml"
    changed.write_text(OVER.replace("Where the benches go", "Where the trees go"), encoding="utf-8")
    (tmp_path / "out" / again[-1].path.name).write_bytes(b"damaged")
    third = list(run(partitions(tmp_path / "in", 30), scheduler, folder_for(tmp_path / "out")))
    assert sum(part.anew for part in third) == 2
    rows = [row for rows in portfolio_rows(partitions(tmp_path / "in"), JOB, processes=1) for row in rows]
    assert parquet_of_folder(tmp_path / "out") == sorted_parquet(rows)


def test_a_worker_that_is_killed_loses_nothing(scheduler: str, tmp_path: Path) -> None:
    from distributed import Client

    slow = [Slow(row_items(20, 20 * number)) for number in range(30)]
    with Client(scheduler, set_as_default=False) as client:
        before = set(client.run(os.getpid).values())
        with_parts = run(slow, scheduler, folder_for(tmp_path / "out"))
        next(with_parts)
        os.kill(min(before), signal.SIGKILL)
        rest = list(with_parts)
        client.wait_for_workers(2)
        assert min(before) not in client.run(os.getpid).values()
    assert len(rest) == 29
    rows = list(rows_in_folder(tmp_path / "out"))
    assert [row.row for row in rows] == list(range(1, 601))
    assert {row.status for row in rows} == {"read"}


def test_a_decision_that_ends_each_process_that_reads_it_is_a_faulty_row_and_takes_nothing_with_it(
    tmp_path: Path,
) -> None:
    items = row_items(120)
    items[33] = Item("t.jsonl", Deadly({"title": "Deadly"}, os.getpid()), 34)
    items[77] = Item("t.jsonl", Faulty({"title": "Faulty"}), 78)
    parts = [Ready(items[start : start + 20]) for start in range(0, 120, 20)]
    done = list(run(parts, "local:2", folder_for(tmp_path / "out")))
    rows = list(rows_in_folder(tmp_path / "out"))
    assert [row.row for row in rows] == list(range(1, 121))
    assert [(row.row, row.fault_code) for row in rows if row.status == "faulty"] == [(34, "SP122"), (78, "SP122")]
    assert rows[33].fault_message == "the process that read this decision ended"
    assert rows[77].fault_message is not None
    assert "(ZeroDivisionError)" in rows[77].fault_message
    assert sum(part.totals.faulty for part in done) == 2


def test_shares_have_the_same_names_again_and_others_when_something_changes(generated: Path, tmp_path: Path) -> None:
    folder = folder_for(tmp_path / "out")
    names = [share.part.name for share in shares(partitions(generated), folder)]
    assert names == [share.part.name for share in shares(partitions(generated), folder)]
    assert len(set(names)) == len(names)
    other = folder_for(tmp_path / "other", "another")
    assert not set(names).intersection(share.part.name for share in shares(partitions(generated), other))


def test_after_the_first_parts_several_partitions_are_put_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "SMALL_PARTS", 2)
    parts = [Ready(row_items(1, number)) for number in range(25)]
    sizes = [len(list(_items(share.partition))) for share in shares(parts, folder_for(tmp_path / "out"))]
    assert sizes == [1, 1, 10, 10, 3]


def _items(packed: bytes) -> Iterator[Item]:
    import pickle

    yield from pickle.loads(packed).items()


def test_a_scheduler_that_is_not_there_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "SECONDS_TO_CONNECT", 1)
    with pytest.raises(CannotUseCluster, match=r"^there is no Dask scheduler at tcp://127\.0\.0\.1:9$"):
        list(run([], "tcp://127.0.0.1:9", folder_for(tmp_path / "out")))


def test_a_run_ends_with_a_sentence_when_no_worker_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "SECONDS_WITHOUT_WORKERS", 0.5)
    monkeypatch.setattr(cluster, "_SECONDS_BETWEEN_LOOKS", 0.2)
    slow = [Slow(row_items(5, 5 * number)) for number in range(100)]
    with cluster._quiet(), cluster._own_cluster(cluster._dask(), 1) as own:
        parts = run(slow, own.scheduler_address, folder_for(tmp_path / "out"))
        next(parts)
        own.scale(0)
        with pytest.raises(
            CannotUseCluster, match=r"^no worker is left\. What is written stays; the same command goes"
        ):
            list(parts)
    rows = list(rows_in_folder(tmp_path / "out"))
    assert rows
    assert len(rows) < 500


def test_a_worker_with_another_version_is_refused(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from spectrum_cli.workflows import cluster_worker

    monkeypatch.setattr(cluster_worker, "__version__", "0.0.0")
    with pytest.raises(CannotUseCluster, match=r"has version .* of spectrum-cli, and this is 0\.0\.0"):
        list(run([], scheduler, folder_for(tmp_path / "out")))


def test_a_missing_package_is_said_with_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    ready = prepare_portfolio(PortfolioRequest([str(tmp_path)], TODAY))
    with pytest.raises(MissingExtra, match=r"--cluster needs .* pip install 'spectrum-cli\[cluster\]'"):
        prepare_cluster_run(ready, [str(tmp_path)], "local:1", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_standard_input_is_not_read_on_a_cluster(tmp_path: Path) -> None:
    ready = prepare_portfolio(PortfolioRequest(["-"], TODAY))
    with pytest.raises(CannotUseCluster, match="standard input"):
        prepare_cluster_run(ready, ["-"], "local:1", tmp_path / "out")


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("local:2", True),
        ("tcp://10.0.0.5:8786", True),
        ("tls://scheduler.example.org:8786", True),
        ("local:0", False),
        ("local:", False),
        ("local:-1", False),
        ("tcp://host", False),
        ("http://host:80", False),
        ("host:8786", False),
        ("", False),
    ],
)
def test_how_a_cluster_is_named(address: str, is_one: bool) -> None:
    assert is_cluster(address) is is_one


def test_settings_count_where_the_worker_runs_in_another_folder(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The workers were started in the folder of the tests; names in rows and patterns are seen from this one."""
    project = tmp_path / "project"
    (project / "plans").mkdir(parents=True)
    (project / "plans" / "a.yaml").write_text(OVER, encoding="utf-8")
    (project / "plans" / "b.yaml").write_text(OVER + "place: {implements: a.yaml}\n", encoding="utf-8")
    (project / "spectrum.toml").write_text('[per-file-ignores]\n"plans/a.yaml" = ["SP301"]\n', encoding="utf-8")
    monkeypatch.chdir(project)
    paths = ["plans", "plans/bb.yaml"]
    ready = prepare_cluster_run(prepare_portfolio(PortfolioRequest(paths, TODAY)), paths, scheduler, tmp_path / "out")
    list(ready.parts())
    here = [row for rows in prepare_portfolio(PortfolioRequest(paths, TODAY)).rows() for row in rows]
    there = list(rows_in_folder(tmp_path / "out"))
    assert there == here
    assert [row.file for row in there] == ["plans/a.yaml", "plans/b.yaml", "plans/bb.yaml"]
    assert [dict(row.findings).get("SP301") for row in there] == [None, 1, None]
    assert there[2].fault_hint == "Did you mean plans/b.yaml?"
