"""Kept results come back as they were, and a store that is damaged or not ours does no harm."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from spectrum_cli.files import results
from spectrum_cli.files.results import Kept, ResultStore, decode, encode, readable
from spectrum_cli.model.diagnostic import Diagnostic, Related, Severity
from spectrum_cli.model.location import Span

KEPT = Kept(
    "checked",
    (
        Diagnostic(
            "SP301",
            Severity.ERROR,
            "promises é👩‍🦽 more",
            "a.yaml",
            Span(1, 2, 3, 4),
            "plan: x",
            "Less.",
            (Related("this", Span(5, 6, 7, 8), "stage: x", "b.yaml"), Related("that", Span(1, 1, 1, 1), "")),
        ),
        Diagnostic("SP105", Severity.NOTE, "empty", "a.yaml"),
    ),
    "2027-01-01",
)
KEY = b"\x00key"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ResultStore]:
    store = ResultStore(tmp_path / "kept")
    yield store
    store.close()


def again(store: ResultStore) -> ResultStore:
    store.close()
    return ResultStore(store.folder)


def test_a_result_comes_back_as_it_was_under_the_name_of_the_file() -> None:
    assert decode(encode(KEPT), "a.yaml") == KEPT
    assert decode(encode(KEPT), "other.yaml").findings[0].file == "other.yaml"
    assert decode(encode(Kept("left out")), "a.yaml") == Kept("left out")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "3",
        "[]",
        '["checked", ""]',
        '["checked", "", 3]',
        '["checked", "", [3]]',
        '["checked", null, []]',
        '[3, "", []]',
        '["checked", "", [["SP301"]]]',
        "[" * 100_000,
        *(
            json.dumps(["checked", "", [[*row]]])
            for row in (
                ("SP301", "high", "", None, "", "", []),
                (3, "error", "", None, "", "", []),
                ("SP301", "error", None, None, "", "", []),
                ("SP301", "error", "", 3, "", "", []),
                ("SP301", "error", "", [1, 2], "", "", []),
                ("SP301", "error", "", [1, 2, 3, "4"], "", "", []),
                ("SP301", "error", "", None, "", "", [3]),
                ("SP301", "error", "", None, "", "", [["", [1, 1, 1, 1], "", None]]),
                ("SP301", "error", "", None, "", "", [["", None, "", ""]]),
            )
        ),
    ],
)
def test_what_is_no_kept_result_is_not_believed(text: str) -> None:
    with pytest.raises(ValueError, match="not a kept result"):
        decode(text, "a.yaml")


def test_what_is_put_is_got_by_the_next_run(store: ResultStore) -> None:
    assert store.get([KEY]) == {}
    store.put({bytes([number // 256, number % 256]): str(number) for number in range(1500)})
    store = again(store)
    found = store.get([*(bytes([number // 256, number % 256]) for number in range(1500)), b"none"])
    assert sorted(map(int, found.values())) == list(range(1500))
    assert readable(store.path)
    assert (store.folder / ".gitignore").read_text() == "*\n"


FOREIGN = {
    "other table": "CREATE TABLE other (a)",
    "other columns": "CREATE TABLE results (a, b, c)",
    "one column more": "CREATE TABLE results (key, result, c)",
    "a view": "CREATE VIEW results AS SELECT 1 AS key, 2 AS result",
    "a rule": "CREATE TABLE results (key BLOB, result TEXT CHECK (result = 'x'))",
}


@pytest.mark.parametrize("foreign", list(FOREIGN))
def test_a_store_of_another_kind_is_replaced(foreign: str, store: ResultStore) -> None:
    store.folder.mkdir()
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute(FOREIGN[foreign])
    assert store.get([KEY]) == {}
    store.put({KEY: "1"})
    store = again(store)
    store.put({KEY: "1"})
    assert again(store).get([KEY]) == {KEY: "1"}
    assert readable(store.path)


@pytest.mark.parametrize("damage", ["garbage", "empty", "cut short", "cut to the head", "text", "overwritten"])
def test_a_damaged_store_is_replaced(damage: str, store: ResultStore) -> None:
    store.put({str(number).encode(): "x" * 1000 for number in range(200)})
    store = again(store)
    data = store.path.read_bytes()
    store.path.write_bytes(
        {
            "garbage": bytes(range(256)) * 40,
            "empty": b"",
            "cut short": data[:5000],
            "cut to the head": data[:50],
            "text": b"spectrum: 1\n",
            "overwritten": data[:100] + b"\xff" * 10_000 + data[10_100:],
        }[damage]
    )
    store.get([b"0", b"150"])
    store.put({KEY: "1"})
    store = again(store)
    store.put({KEY: "1"})
    assert again(store).get([KEY]) == {KEY: "1"}
    assert readable(store.path)


@pytest.mark.parametrize("value", [None, 3, b"\xff\xfe", b"[]", "x"])
def test_a_value_of_another_kind_is_not_believed(value: object, store: ResultStore) -> None:
    store.put({KEY: "1"})
    store.close()
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("UPDATE results SET result = ?", [value])
    for text in store.get([KEY]).values():
        with pytest.raises(ValueError, match="not a kept result"):
            decode(text, "a.yaml")


def test_where_no_store_can_be_there_is_none_and_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "kept" / "results-1.sqlite").mkdir(parents=True)
    for folder in (tmp_path / "file", tmp_path / "file" / "deep", tmp_path / "kept", Path("/proc/none")):
        store = ResultStore(folder)
        store.put({KEY: "1"})
        assert store.get([KEY]) == {}
    assert (tmp_path / "file").read_text() == "mine"


def test_a_store_that_another_program_holds_is_left_alone(store: ResultStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "_WAIT_SECONDS", 0.01)
    store.put({KEY: "1"})
    store.close()
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        held = ResultStore(store.folder)
        held.put({b"other": "2"})
        assert held.get([KEY]) == {}
        other.rollback()
    assert again(store).get([KEY, b"other"]) == {KEY: "1"}


def test_a_store_that_has_grown_too_large_starts_anew_once(store: ResultStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put({str(number).encode(): "x" * 1000 for number in range(200)})
    monkeypatch.setattr(results, "_MAX_BYTES", 100_000)
    store = again(store)
    assert store.get([b"0"]) == {}
    store.put({KEY: "1"})
    assert again(store).get([KEY]) == {KEY: "1"}
    assert readable(store.path)


def test_readable_says_no_where_there_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("spectrum: 1\n" * 100)
    assert not readable(tmp_path / "text")
    assert not readable(tmp_path / "none" / "none")
