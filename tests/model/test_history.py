"""How decisions stood at the end of each quarter."""

from collections import Counter

import pytest

from spectrum_cli.model.history import (
    HISTORY_NAMES,
    Change,
    ChangeKind,
    HistoryTotals,
    Standing,
    quarter_name,
    quarter_of,
)
from tests.workflows.pasts import past_of

ENGAGE, OVER, UNREADABLE = Standing("engage", False), Standing("engage", True), Standing(None, False, readable=False)


@pytest.mark.parametrize(
    ("day", "name"),
    [("2026-01-01", "2026 Q1"), ("2026-03-31", "2026 Q1"), ("2026-04-01", "2026 Q2"), ("2026-12-31", "2026 Q4")],
)
def test_a_day_lies_in_one_quarter(day: str, name: str) -> None:
    assert quarter_name(quarter_of(day)) == name


def test_every_quarter_is_counted_until_today_also_those_in_which_nothing_happened() -> None:
    totals = HistoryTotals("2026-05-01")
    totals.add([past_of(("2025-08-01", ENGAGE), ("2026-02-01", OVER)), past_of(("2026-01-05", Standing(None, False)))])
    found = totals.quarters()
    assert [(item.name, item.decisions, item.over_promises) for item in found] == [
        ("2025 Q3", 1, 0),
        ("2025 Q4", 1, 0),
        ("2026 Q1", 2, 1),
        ("2026 Q2", 2, 1),
    ]
    assert found[-1].advised == Counter({"engage": 1, "": 1})
    assert [item.name for item in totals.quarters("2026-02-10")] == ["2026 Q1", "2026 Q2"]
    assert totals.quarters("2026-02-10") == found[2:]


def test_what_is_deleted_or_cannot_be_read_is_counted_as_such() -> None:
    totals = HistoryTotals("2026-12-31")
    totals.add([past_of(("2026-01-01", OVER), ("2026-04-01", UNREADABLE), ("2026-07-01", OVER), ("2026-10-01", None))])
    found = [
        (item.decisions, item.unreadable, item.over_promises, item.advised["engage"]) for item in totals.quarters()
    ]
    assert found == [(1, 0, 1, 1), (1, 1, 0, 0), (1, 0, 1, 1), (0, 0, 0, 0)]


def test_only_the_last_of_several_commits_in_a_quarter_counts() -> None:
    totals = HistoryTotals("2026-03-01")
    totals.add([past_of(("2026-01-01", ENGAGE), ("2026-01-02", OVER), ("2026-02-02", ENGAGE))])
    assert [item.over_promises for item in totals.quarters()] == [0]


def test_a_clock_that_went_wrong_neither_hides_what_came_later_nor_adds_quarters_to_come() -> None:
    totals = HistoryTotals("2026-06-30")
    totals.add([past_of(("2026-01-01", ENGAGE), ("2038-01-01", OVER), ("2026-02-01", ENGAGE))])
    assert [(item.name, item.over_promises) for item in totals.quarters()] == [("2026 Q1", 0), ("2026 Q2", 0)]
    totals = HistoryTotals("2026-06-30")
    totals.add([past_of(("2038-01-01", OVER))])
    assert [(item.name, item.over_promises) for item in totals.quarters()] == [("2026 Q2", 1)]
    totals = HistoryTotals("2026-06-30")
    totals.add([past_of(("2026-04-01", ENGAGE), ("2026-01-01", OVER))])
    assert [(item.name, item.over_promises) for item in totals.quarters()] == [("2026 Q1", 1), ("2026 Q2", 1)]


def test_without_decisions_there_are_no_quarters() -> None:
    assert HistoryTotals("2026-06-30").quarters("2026-01-01") == []


def test_every_kind_has_a_meaning_and_every_value_a_column() -> None:
    assert all(kind.meaning.endswith(".") for kind in ChangeKind)
    assert HISTORY_NAMES[: len(Change._fields)] == Change._fields
