"""One process, several, and several of which one dies give the same results."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from spectrum_cli.files.discovery import Target
from spectrum_cli.files.rulebase import NoRuleBase
from spectrum_cli.model.settings import Settings
from spectrum_cli.workflows import check, processes
from spectrum_cli.workflows.check import CHECKED, CHUNK, GONE, LEFT_OUT, NOT_READ, FileResult, Job, check_files
from tests.workflows.decisions import CLEAN, many, write

NUMBER = 1000


@pytest.fixture(scope="module")
def targets(tmp_path_factory: pytest.TempPathFactory) -> list[Target]:
    folder = many(tmp_path_factory.mktemp("many"), NUMBER)
    return [Target(str(path), named=False) for path in sorted(folder.iterdir())]


@pytest.fixture(scope="module")
def alone(targets: list[Target]) -> list[FileResult]:
    return list(check_files(targets, Job(Settings(), "2026-11-25"), processes=1))


def together(targets: Sequence[Target], number: int = 2) -> list[FileResult]:
    return list(check_files(targets, Job(Settings(), "2026-11-25"), processes=number))


def test_several_processes_find_the_same_in_the_same_order(targets: list[Target], alone: list[FileResult]) -> None:
    assert {result.status for result in alone} == {CHECKED, LEFT_OUT, NOT_READ}
    assert [result.name for result in alone] == [target.path for target in targets]
    assert together(targets) == alone
    assert together(targets, number=500) == alone


@pytest.mark.parametrize("fatal", [0, 4, NUMBER // CHUNK - 1])
def test_what_a_killed_worker_had_is_done_again(
    fatal: int, targets: list[Target], alone: list[FileResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    work = check._work

    def dying(chunk: Sequence[Target]) -> list[FileResult]:
        if chunk[0] == targets[fatal * CHUNK]:
            os._exit(1)
        return work(chunk)

    monkeypatch.setattr(check, "_work", dying)
    dying.__module__, dying.__qualname__ = check.__name__, "_work"  # so that it can be sent to the workers
    assert together(targets) == alone


def test_a_pool_that_breaks_between_two_chunks_is_no_loss(
    targets: list[Target], alone: list[FileResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    submit, calls = ProcessPoolExecutor.submit, []

    def breaking(pool: ProcessPoolExecutor, *arguments: object) -> object:
        calls.append(1)
        if len(calls) == 8:
            raise BrokenProcessPool("a worker was killed")
        return submit(pool, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(ProcessPoolExecutor, "submit", breaking)
    assert together(targets) == alone


def test_workers_that_cannot_start_are_no_loss(
    targets: list[Target], alone: list[FileResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refuse)
    assert together(targets) == alone


def test_a_rule_base_that_cannot_be_used_is_said_before_anything_is_yielded(targets: list[Target]) -> None:
    for number in (1, 2):
        with pytest.raises(NoRuleBase):
            check_files(targets, Job(Settings(rules="none"), "2026-11-25"), processes=number)


def test_a_found_file_that_is_gone_is_passed_over_and_a_named_one_is_not(tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN)
    write(tmp_path / "folder.yaml")
    (tmp_path / "nowhere.yaml").symlink_to("none.yaml")
    names = ("a", "folder", "none", "nowhere")
    for named, expected in {
        False: [CHECKED, GONE, GONE, NOT_READ],
        True: [CHECKED, NOT_READ, NOT_READ, NOT_READ],
    }.items():
        some = [Target(f"{tmp_path}/{name}.yaml", named=named) for name in names]
        assert [result.status for result in together(some)] == expected


def test_kept_results_are_read_here_until_most_of_a_chunk_is_new(
    tmp_path: Path, targets: list[Target], alone: list[FileResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    job = Job(Settings(), "2026-11-25", store=str(tmp_path / "store"))
    known = CHUNK * 5
    list(check_files(targets[:known], job, processes=1))
    handed_over: list[str] = []
    submitted = processes.submitted

    def counted(pool: ProcessPoolExecutor, work: Callable[..., object], chunk: Sequence[Target]) -> object:
        handed_over.extend(target.path for target in chunk)
        return submitted(pool, work, chunk)

    monkeypatch.setattr(processes, "submitted", counted)
    assert list(check_files(targets, job, processes=2)) == alone
    assert handed_over == [target.path for target in targets[known + CHUNK :]]
    left = "nothing is left to hand over"
    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", lambda *_, **__: pytest.fail(left))
    assert list(check_files(targets, job, processes=2)) == alone
