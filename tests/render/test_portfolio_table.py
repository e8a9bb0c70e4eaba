"""The table is sorted, grouped, no wider than the screen, and its sums are of all rows."""

import pytest

from spectrum_cli.model.portfolio import NAMES, Row, Totals
from spectrum_cli.render.page import Page, cell_width
from spectrum_cli.render.portfolio_table import Listing, fault_line, order_of, render_portfolio, sum_line, value_of
from tests.model.test_portfolio import ROW

PLAIN = ROW._replace(
    verdict="matches", readiness="ready", gap=0, planned="consult", advised="consult", certain=True, errors=0
)
ROWS = [
    PLAIN._replace(title="Benches", owner="Parks", place="local", openness=30.0),
    PLAIN._replace(title="A clinic", owner="Health", advised="inform", planned="engage", verdict="over-promise", gap=2),
    PLAIN._replace(title="A plan", owner="parks", place="national", advised="co-produce", certain=False),
    PLAIN._replace(
        title=None, status="faulty", file="bad.yaml", fault_code="SP202", advised=None, planned=None, verdict=None
    ),
]


def shown(rows: list[Row], *columns: str, width: int | None = 100, ascii_only: bool = False, **listed: object) -> str:
    listing, totals, page = Listing(**listed), Totals(), Page(width, ascii_only=ascii_only)  # type: ignore[arg-type]
    listing.take(rows[:1])
    listing.take(rows[1:])
    totals.add(rows)
    render_portfolio(listing, totals, columns, ("The foot.",), page)
    return page.text()


def titles(text: str) -> list[str]:
    return [line.split("  ")[0] for line in text.splitlines() if line.startswith(("Benches", "A ", "bad.yaml"))]


def test_each_decision_is_a_line_below_the_names_of_the_columns() -> None:
    lines = shown(ROWS).splitlines()
    assert lines[0].split() == ["Decision", "Fits", "Plan", "The", "plan", "is", "Gap", "Support", "Owner"]
    assert lines[2].split() == ["A", "clinic", "INFORM", "ENGAGE", "over-promise", "2", "ready", "Health"]
    assert "CO-PRODUCE ?" in lines[3]
    assert lines[4].split()[:3] == ["bad.yaml", "faulty:", "SP202"]
    assert "3 decisions, 1 over-promise, 0 not ready, 1 below what is needed, 1 faulty" in lines
    assert lines[-1] == "The foot."


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", ["Benches", "A clinic", "A plan", "bad.yaml"]),
        ("title", ["A clinic", "A plan", "Benches", "bad.yaml"]),
        ("-title", ["Benches", "A plan", "A clinic", "bad.yaml"]),
        ("advised", ["A clinic", "Benches", "A plan", "bad.yaml"]),
        ("-advised", ["A plan", "Benches", "A clinic", "bad.yaml"]),
        ("verdict", ["A clinic", "Benches", "A plan", "bad.yaml"]),
        ("-gap", ["A clinic", "Benches", "A plan", "bad.yaml"]),
        ("status", ["bad.yaml", "Benches", "A clinic", "A plan"]),
        ("openness", ["Benches", "A clinic", "A plan", "bad.yaml"]),
        ("owner", ["A clinic", "Benches", "A plan", "bad.yaml"]),
    ],
)
def test_rows_are_sorted_by_what_a_value_means_and_what_is_missing_comes_last(sort: str, expected: list[str]) -> None:
    assert titles(shown(ROWS, sort=sort)) == expected


@pytest.mark.parametrize("name", NAMES)
def test_every_column_can_be_shown_and_sorted_by_both_ways(name: str) -> None:
    for sort in (name, f"-{name}"):
        assert sum_line(Totals()) not in shown(ROWS, name, sort=sort)
    assert order_of(name, value_of(ROW, name)) <= (2, 0)


def test_groups_have_a_sum_each_and_stand_in_order() -> None:
    text = shown(ROWS, group="place")
    lines = text.splitlines()
    heads = [line.partition(":")[0] for line in lines if ": 1 decision" in line or "No level" in line]
    assert heads == ["national", "local", "No level stated"]
    assert "No level stated: 1 decision, 1 over-promise, 0 not ready, 1 below what is needed, 1 faulty" in lines
    assert text.count("Decision  ") == 1
    assert "INFORM: 1 decision, 1 over-promise" in shown(ROWS, group="advised")
    assert "No type yet: 0 decisions" in shown(ROWS, group="advised")


def test_only_the_first_rows_are_shown_and_all_are_counted() -> None:
    many = [PLAIN._replace(title=f"A {number:05}", gap=number) for number in range(5000)]
    text = shown(many, sort="-gap", limit=3)
    assert titles(text) == ["A 04999", "A 04998", "A 04997"]
    assert "4,997 more rows are not shown" in text
    assert "5,000 decisions" in text
    assert titles(shown(many, limit=0)) == []


@pytest.mark.parametrize("width", [20, 30, 40, 60, 80, 100, 120, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    rows = [row._replace(title="公園 " + "x" * 300, owner="🙂" * 50) for row in ROWS[:3]]
    for columns in ((), ("file", "title", "possible", "findings", "owner")):
        for line in shown(rows, *columns, width=width).splitlines():
            assert cell_width(line) <= width, line


def test_nothing_is_cut_in_a_pipe() -> None:
    long = "x" * 300
    text = shown([PLAIN._replace(title=long, owner=long)], width=None)
    assert text.count(long) == 2


def test_a_text_from_a_file_moves_no_cursor_and_is_no_markup() -> None:
    nasty = "\x1b[2J[bold]\u202e\nline two"
    text = shown([PLAIN._replace(title=nasty, owner=nasty, part_number=1)], "title", "owner", width=None)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[bold]" in text
    assert "line two" in text.splitlines()[1]


def test_ascii_is_enough() -> None:
    rows = [PLAIN._replace(title="x" * 200, part_number=1)]
    assert shown(rows, ascii_only=True, width=60).isascii()


def test_a_fault_is_told_with_its_place() -> None:
    fault = ROWS[3]._replace(fault_line=3, fault_column=7, fault_message="unknown answer", fault_hint="One of: made.")
    assert fault_line(fault) == "bad.yaml:3:7: SP202 unknown answer\n  One of: made.\n"
    in_table = fault._replace(row=12, fault_line=40, fault_key="openness.stage", fault_hint=None)
    assert fault_line(in_table) == "bad.yaml, row 12 (line 40), openness.stage: SP202 unknown answer\n"
    assert fault_line(fault._replace(fault_line=None, fault_hint=None)) == "bad.yaml: SP202 unknown answer\n"
