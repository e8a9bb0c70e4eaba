"""What became of many decisions over time, for a terminal: each file with its changes, then quarter by quarter."""

from collections.abc import Iterable, Sequence

from spectrum_cli.model.decision_format import TYPE_IDS
from spectrum_cli.model.history import Beginning, Change, ChangeKind, HistoryTotals, Quarter
from spectrum_cli.model.plain_text import one_line, visible
from spectrum_cli.render.outline import shortened
from spectrum_cli.render.page import Page, Piece, cell_width

COMMIT_DIGITS = 8
QUARTERS_SHOWN = 12
_STEPS = "▁▂▃▄▅▆▇█"

_ALONE = {
    ChangeKind.ADDED: "added",
    ChangeKind.RETURNED: "there again",
    ChangeKind.READABLE: "can be read again",
    ChangeKind.OVER_PROMISE: "an over-promise now",
    ChangeKind.MENDED: "no over-promise any more",
    ChangeKind.UNREADABLE: "cannot be read",
    ChangeKind.DELETED: "deleted",
}
_WARNED = (ChangeKind.NARROWED, ChangeKind.OVER_PROMISE, ChangeKind.UNREADABLE)


class Timeline:
    """Takes changes as they come and keeps the first ``limit`` of them."""

    def __init__(self, *, limit: int = 1000) -> None:
        self.limit = limit
        self.kept: list[Change] = []
        self.count = 0

    def take(self, changes: Sequence[Change]) -> None:
        """Take some changes."""
        self.count += len(changes)
        self.kept += changes[: max(0, self.limit - len(self.kept))]


def render_history(
    timeline: Timeline,
    totals: HistoryTotals,
    quarters: Sequence[Quarter],
    beginnings: Iterable[Beginning],
    foot: Iterable[str],
    page: Page,
) -> None:
    """Write the changes by file, how things stood quarter by quarter, the sum and the foot to a page."""
    for beginning in beginnings:
        page.prose(
            Piece(f"The history here begins on {beginning.day} with {beginning.commit[:COMMIT_DIGITS]}. ", "warn"),
            "This is a shallow clone: what came before is not known, and what was there then is not told as new.",
        )
        page.blank()
    before: Change | None = None
    for change in timeline.kept:
        _change(change, before, page)
        before = change
    if timeline.limit and timeline.count > len(timeline.kept):
        more = timeline.count - len(timeline.kept)
        page.blank()
        page.prose(Piece(f"{_many(more, 'more change')} not shown; --limit and --output bring all.", "muted"))
    page.blank()
    _quarters(quarters, page)
    page.blank()
    for line in sum_lines(totals):
        page.prose(Piece(line, "bold"))
    for line in foot:
        page.prose(Piece(line, "muted"))


def sum_lines(totals: HistoryTotals) -> tuple[str, ...]:
    """Return the sum in two sentences."""
    kinds = totals.kinds
    late = kinds[ChangeKind.NARROWED_AFTER_OPENING]
    told = [f"{kinds[ChangeKind.WIDENED]:,} widened", f"{kinds[ChangeKind.NARROWED]:,} narrowed"]
    told[1] += f" ({late:,} after participation had opened)"
    told.append(f"{_many(kinds[ChangeKind.OVER_PROMISE], 'new over-promise')}")
    told.append(f"{kinds[ChangeKind.MENDED]:,} mended")
    return f"{_many(totals.decisions, 'decision')} in {_many(totals.versions, 'text')}.", f"{', '.join(told)}."


def _change(change: Change, before: Change | None, page: Page) -> None:
    """Write the file and the commit, where they are others than those before, and a line for each thing changed."""
    same_file = before is not None and before.file == change.file
    if not same_file:
        page.blank()
        page.prose(Piece(visible(change.file), "bold"))
    if not (same_file and before is not None and before.commit == change.commit):
        commit = Piece(change.commit[:COMMIT_DIGITS], "muted")
        page.prose(f"{change.day} ", commit, " ", shortened(change.subject), indent=2, hang=2)
    name = before.file_then if same_file and before is not None else change.file
    if change.file_then != name:
        page.prose(Piece(f"under the name {visible(change.file_then)}", "muted"), indent=6, hang=2)
    where = f"part {one_line(change.part)}: " if change.part else ""
    for text, style in _told(change):
        page.prose(Piece(where, "muted"), Piece(text, style), indent=6, hang=2)


def _told(change: Change) -> Iterable[tuple[str, str]]:
    """Yield what changed in words, each with its style."""
    kinds = change.kinds
    details = "; ".join(change.details)
    now = ", ".join(_stands(change))
    for kind in kinds:
        style = "warn" if kind in _WARNED else ""
        if kind is ChangeKind.WIDENED and ChangeKind.NARROWED not in kinds:
            yield f"widened{_because(details)}", style
        elif kind is ChangeKind.NARROWED:
            word = "narrower in one thing, wider in another" if ChangeKind.WIDENED in kinds else "narrowed"
            late = f" after participation opened on {change.opened}" if change.opened else ""
            yield f"{word}{late}{_because(details)}", style
        elif kind is ChangeKind.PLANNED:
            yield f"plan {_arrow(change.planned_before, change.planned_after)}", style
        elif kind is ChangeKind.ADVISED:
            yield f"fits {_arrow(change.advised_before, change.advised_after)}", style
        elif kind in _ALONE:
            more = now if kind in (ChangeKind.ADDED, ChangeKind.RETURNED) else ""
            more = details if kind is ChangeKind.UNREADABLE else more
            new = kind is ChangeKind.OVER_PROMISE and ChangeKind.ADDED in kinds
            yield f"{'an over-promise' if new else _ALONE[kind]}{_because(more)}", style


def _because(text: str) -> str:
    return f": {one_line(text)}" if text else ""


def _stands(change: Change) -> list[str]:
    told = [f"fits {change.advised_after.upper()}" if change.advised_after else "no type yet"]
    return told + ([f"plan {change.planned_after.upper()}"] if change.planned_after else [])


def _arrow(before: str | None, after: str | None) -> str:
    return f"{(before or 'none').upper()} → {(after or 'none').upper()}"


# Quarter by quarter


def _quarters(quarters: Sequence[Quarter], page: Page) -> None:
    """Write a line for each quarter; on a screen, the last of them."""
    if not quarters:
        return
    shown = quarters if page.width is None else quarters[-QUARTERS_SHOWN:]
    page.heading("At the end of each quarter")
    if len(shown) < len(quarters):
        page.prose(Piece(f"The last {len(shown)} of {len(quarters)} quarters. In a pipe, all are written.", "muted"))
    heads, rows = _cells(shown)
    widths = [max(cell_width(row[place]) for row in (heads, *rows)) for place in range(len(heads))]
    if page.width is not None and 2 + sum(widths) + 2 * (len(widths) - 1) > page.width:
        for row in rows:
            told = [f"{cell} {head}" for head, cell in zip(heads[1:], row[1:], strict=True) if cell]
            page.prose(f"{row[0]}: {', '.join(told) or 'no decision'}", indent=2, hang=2)
    else:
        for number, row in enumerate((heads, *rows)):
            first, *others = zip(row, widths, strict=True)
            line = first[0].ljust(first[1]) + "".join(f"  {cell.rjust(width)}" for cell, width in others)
            page.raw(Piece(f"  {line}", "" if number else "muted"))
    page.prose(Piece(f"{shown[-1].name} is not over: it stands as of today.", "muted"), indent=2)
    if len(shown) > 1:
        _line_of_over_promises(shown, page)


def _cells(quarters: Sequence[Quarter]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the names of the columns and a row for each quarter; types that never occur have no column."""
    types = [kind for kind in (*TYPE_IDS, "") if any(item.advised[kind] for item in quarters)]
    heads = ["Quarter", "Decisions", *((kind or "no type yet") for kind in types), "Over-promises"]
    heads = [head.upper() if head in TYPE_IDS else head for head in heads]
    unreadable = any(item.unreadable for item in quarters)
    rows = []
    for item in quarters:
        counts = [item.decisions, *(item.advised[kind] for kind in types), item.over_promises]
        counts += [item.unreadable] if unreadable else []
        rows.append((item.name, *(f"{count:,}" if count else "" for count in counts)))
    return (*heads, *(["Unreadable"] if unreadable else [])), rows


def _line_of_over_promises(quarters: Sequence[Quarter], page: Page) -> None:
    """Draw the number of over-promises as a line of blocks, and say the same in words."""
    counts = [item.over_promises for item in quarters]
    most = max(counts)
    if not most:
        return
    when = next(item.name for item in quarters if item.over_promises == most)
    drawn = "".join(_STEPS[-(-count * (len(_STEPS) - 1) // most)] for count in counts)
    words = f"{counts[0]} at the end of {quarters[0].name}, {most} at most (first in {when}), {counts[-1]} today."
    page.prose("Over-promises: ", Piece("" if page.ascii_only else f"{drawn}  ", "with"), words, indent=2, hang=2)


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}" + ("" if count == 1 else "s")
