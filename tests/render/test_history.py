"""What became of decisions, on a page of any width."""

from collections import Counter

import pytest

from spectrum_cli.model.history import Beginning, Change, ChangeKind, HistoryTotals, Quarter
from spectrum_cli.render.history import Timeline, render_history
from spectrum_cli.render.page import Page

K = ChangeKind
PLAIN = Change(
    "b.yaml", "a.yaml", None, "2026-04-10", "0123456789abcdef", "Offer less", (K.NARROWED, K.NARROWED_AFTER_OPENING),
    "2026-03-01", "engage", "engage", "engage", "engage", ("not open to change any more: whether",),
)  # fmt: skip


def shown(
    *changes: Change,
    quarters: tuple[Quarter, ...] = (),
    width: int | None = None,
    ascii_only: bool = False,
    limit: int = 1000,
) -> str:
    timeline = Timeline(limit=limit)
    totals = HistoryTotals("2026-11-25")
    for change in changes:
        timeline.take([change])
        totals.kinds.update(change.kinds)
    page = Page(width, ascii_only=ascii_only)
    render_history(timeline, totals, quarters, [], ["The foot."], page)
    return page.text()


def quarter(name: str, over_promises: int, **advised: int) -> Quarter:
    return Quarter(name, sum(advised.values()), 0, over_promises, Counter(advised))


def test_a_file_its_commits_and_what_they_changed_stand_below_one_another() -> None:
    renamed = PLAIN._replace(
        file_then="b.yaml", kinds=(K.PLANNED, K.MENDED), planned_after=None, opened=None, day="2026-05-01"
    )
    part = renamed._replace(part="path", kinds=(K.DELETED,), details=())
    text = shown(PLAIN, renamed._replace(commit="f" * 40, subject="Plan nothing"), part._replace(commit="f" * 40))
    assert text.startswith(
        "b.yaml\n"
        "  2026-04-10 01234567 Offer less\n"
        "      under the name a.yaml\n"
        "      narrowed after participation opened on 2026-03-01: not open to change any more: whether\n"
        "  2026-05-01 ffffffff Plan nothing\n"
        "      under the name b.yaml\n"
        "      plan ENGAGE → NONE\n"
        "      no over-promise any more\n"
        "      part path: deleted\n"
    )
    assert "0 widened, 1 narrowed (1 after participation had opened), 0 new over-promises, 1 mended." in text


def test_wider_in_one_thing_and_narrower_in_another_is_said_once() -> None:
    text = shown(PLAIN._replace(kinds=(K.WIDENED, K.NARROWED), opened=None))
    assert "narrower in one thing, wider in another: not open" in text
    assert "widened:" not in text


def test_hostile_texts_are_made_safe_and_cut() -> None:
    text = shown(
        PLAIN._replace(file="x\x1b[2J.yaml", file_then="x\x1b[2J.yaml", part="\u202epath", subject="s" * 10_000),
        width=80,
    )
    assert "\x1b" not in text
    assert "x[U+001B][2J.yaml" in text
    assert "part [U+202E]path:" in text
    assert len(text) < 1500


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_nothing_is_wider_than_the_screen(width: int) -> None:
    quarters = tuple(quarter(f"2026 Q{n}", n, engage=n, consult=2, inform=1, educate=3) for n in (1, 2, 3, 4))
    text = shown(PLAIN, quarters=quarters, width=width)
    assert max(map(len, text.splitlines())) <= width


def test_quarters_are_a_table_with_the_types_that_occur_and_a_line_with_words() -> None:
    quarters = (
        quarter("2025 Q4", 0, engage=2),
        quarter("2026 Q1", 4, engage=1, inform=3),
        quarter("2026 Q2", 1, inform=4),
    )
    text = shown(quarters=quarters)
    assert (
        "  Quarter  Decisions  INFORM  ENGAGE  Over-promises\n"
        "  2025 Q4          2               2\n"
        "  2026 Q1          4       3       1              4\n"
        "  2026 Q2          4       4                      1\n"
        "  2026 Q2 is not over: it stands as of today.\n"
        "  Over-promises: ▁█▃  0 at the end of 2025 Q4, 4 at most (first in 2026 Q1), 1 today.\n"
    ) in text
    plain = shown(quarters=quarters, ascii_only=True)
    assert plain.isascii()
    assert "  Over-promises: 0 at the end of 2025 Q4, 4 at most" in plain
    assert "4 at most" not in shown(quarters=quarters[:1])


def test_a_screen_shows_the_last_quarters_and_a_pipe_all() -> None:
    quarters = tuple(quarter(f"{2000 + n // 4} Q{n % 4 + 1}", 0, engage=1) for n in range(40))
    screen, pipe = shown(quarters=quarters, width=80), shown(quarters=quarters)
    assert "The last 12 of 40 quarters. In a pipe, all are written." in screen
    assert "2006 Q4" not in screen
    assert "2000 Q1" in pipe


def test_more_changes_than_the_limit_are_counted_and_not_shown() -> None:
    text = shown(PLAIN, PLAIN, PLAIN, limit=1)
    assert "2 more changes not shown; --limit and --output bring all." in text
    assert text.count("2026-04-10") == 1
    assert "not shown" not in shown(PLAIN, limit=0)
    assert "2026-04-10" not in shown(PLAIN, limit=0)


def test_a_shallow_clone_is_said_first() -> None:
    page = Page(None)
    render_history(Timeline(), HistoryTotals("2026-11-25"), [], [Beginning("2026-02-10", "0123456789")], [], page)
    assert page.text().startswith("The history here begins on 2026-02-10 with 01234567. This is a shallow clone")
