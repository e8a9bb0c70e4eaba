"""What was kept is used for as long as it holds, and no longer."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from spectrum_cli.files.results import encode
from spectrum_cli.model.report import Summary
from spectrum_cli.workflows import check
from spectrum_cli.workflows.check import Checker
from spectrum_cli.workflows.check_run import Request, carry_out, prepare_run
from tests.workflows.decisions import BROKEN, CLEAN, OVER, many, write

TODAY = "2026-11-25"


class Lines:
    """A report that keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def begin(self) -> str:
        return ""

    def file(self, name: str, findings: Sequence[object], /) -> str:
        self.told += [f"{name} {finding}" for finding in findings]
        return ""

    def end(self, _summary: Summary, /) -> str:
        return ""


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that the names of the files are added to that are looked at anew."""
    names: list[str] = []
    examine = Checker._examine

    def noted(self: Checker, target: check.Target, name: str, data: bytes) -> check.Kept:
        names.append(Path(name).name)
        return examine(self, target, name, data)

    monkeypatch.setattr(Checker, "_examine", noted)
    return names


@pytest.fixture
def run(tmp_path: Path, examined: list[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Return a run over the folder, which gives the findings; ``examined`` holds what it looked at."""
    monkeypatch.chdir(tmp_path)

    def carried_out(*paths: str, today: str = TODAY, keep: bool = True, **overrides: object) -> list[str]:
        examined.clear()
        report = Lines()
        request = Request(paths, overrides=overrides, today=today, processes=1, keep_results=keep, allow_empty=True)
        carry_out(prepare_run(request), [(report, lambda _: None)], lambda: None)
        return report.told

    return carried_out


def test_a_second_run_looks_at_nothing_and_finds_the_same(run, examined, tmp_path: Path) -> None:
    many(tmp_path, 30)
    first = run()
    assert len(examined) == 30
    assert first
    assert run() == first
    assert examined == []
    assert run(keep=False) == first
    assert len(examined) == 30


def test_changed_bytes_are_seen_and_a_file_moved_is_known_by_its_bytes(run, examined, tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN, b=OVER)
    run()
    write(tmp_path, a=OVER)
    assert [line.split()[0] for line in run()] == ["a.yaml", "b.yaml"]
    assert examined == []  # the bytes of a.yaml are those that b.yaml had
    write(tmp_path, a=OVER + "# a comment\n")
    run()
    assert examined == ["a.yaml"]
    (tmp_path / "b.yaml").rename(tmp_path / "c.yaml")
    assert "c.yaml" in run()[1]
    assert examined == []


def test_the_same_bytes_in_yaml_and_markdown_and_named_and_found_are_not_the_same(run, tmp_path: Path) -> None:
    text = f"---\n{OVER}---\n"
    write(tmp_path, a=text, other="key: 1\n")
    (tmp_path / "a.md").write_text(text)
    for _ in range(2):
        first, *rest = run()
        assert ("SP301" in first, "SP109" in rest[0]) == (True, True)
        assert run("other.yaml")[0].startswith("other.yaml")


@pytest.mark.parametrize(
    ("overrides", "seen"),
    [
        ({"minimum_weeks": 9}, True),
        ({"feedback_weeks": 9}, True),
        ({"rules": "uk"}, True),
        ({"rules": "peoplehub"}, True),
        ({"select": ("SP301",)}, False),
        ({"ignore": ("SP301",)}, False),
        ({"severity": {"SP301": "note"}}, False),
        ({"fail_on": "never"}, False),
    ],
)
def test_other_rules_and_weeks_are_seen_and_choices_need_no_second_look(
    overrides: dict[str, object], seen: bool, run, examined, tmp_path: Path
) -> None:
    write(tmp_path, a=OVER + "time: {weeks: 6}\n", b=BROKEN)
    run()
    told = run(**overrides)
    assert bool(examined) is seen
    assert told == run(keep=False, **overrides)


def test_changed_rules_under_the_same_name_are_seen(run, examined, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    base = "id: ours\ntitle: Our rules\nversion: '1.0'\nextends: practice\nnote: For a test.\n"
    (folder / "rulebase.yaml").write_text(base)
    write(tmp_path, a=OVER)
    for text in (base, base.replace("1.0", "1.1")):
        (folder / "rulebase.yaml").write_text(text)
        run("a.yaml", rules="rules")
        assert examined == ["a.yaml"]
        run("a.yaml", rules="rules")
        assert examined == []


def test_another_version_of_the_program_looks_anew(
    run, examined, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, a=OVER)
    run()
    monkeypatch.setattr(check, "__version__", "99.0")
    run()
    assert examined == ["a.yaml"]


def test_a_day_that_passes_is_seen(run, examined, tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN.replace("dates: {", "dates: {review: 2026-12-01, "))
    assert run(today="2026-11-25") == []
    assert run(today="2026-12-01") == []
    assert examined == []
    assert "SP334" in run(today="2026-12-02")[0]
    assert examined == ["a.yaml"]
    assert "SP334" in run(today="2027-12-02")[0]
    assert examined == []


def test_a_change_of_the_decision_that_is_carried_out_is_seen(run, tmp_path: Path) -> None:
    write(tmp_path / "p", a=CLEAN + "place: {implements: ../national.yaml}\n")
    assert "SP351" in run("p")[0]
    write(tmp_path, national=CLEAN)
    assert run("p") == []
    write(tmp_path, national=BROKEN)
    assert "SP351" in run("p")[0]
    write(tmp_path, national=CLEAN + "place: {implements: p/a.yaml}\n")
    assert "SP352" in run("p")[0]


def test_a_kept_result_that_makes_no_sense_is_looked_at_anew(run, examined, tmp_path: Path) -> None:
    write(tmp_path, a=OVER)
    first = run()
    checker = Checker(prepare_run(Request(["."], today=TODAY)).job)
    assert checker.store is not None
    target = check.Target("a.yaml", named=False)
    _, key, _ = checker._load(target)
    assert checker.store.get([key])
    for text in ("", "[]", "null", '["checked", "", [[]]]', encode(check.Kept("weird"))):
        checker.store.put({key: text})
        assert run() == first
        assert examined == ["a.yaml"], text
    checker.store.close()
