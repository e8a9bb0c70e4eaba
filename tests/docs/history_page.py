"""The tables of changes in docs/portfolio.md. Make them anew with: python -m tests.docs.history_page"""

from spectrum_cli.model.history import HISTORY_COLUMNS, ChangeKind
from tests.docs.portfolio_page import KINDS, PAGE

COLUMNS_BEGIN, COLUMNS_END = "<!-- history columns: begin -->\n", "<!-- history columns: end -->"
KINDS_BEGIN, KINDS_END = "<!-- history kinds: begin -->\n", "<!-- history kinds: end -->"


def column_table() -> str:
    """Return a line for each column of a change."""
    lines = ["", "| Column | Holds | Always there | Meaning |", "|---|---|---|---|"]
    lines += [
        f"| `{column.name}` | {KINDS[column.kind]} | {'yes' if column.always else 'no'} | {column.meaning} |"
        for column in HISTORY_COLUMNS
    ]
    return "\n".join(lines) + "\n\n"


def kind_table() -> str:
    """Return a line for each kind of change."""
    lines = ["", "| Kind | Means |", "|---|---|", *(f"| `{kind}` | {kind.meaning} |" for kind in ChangeKind)]
    return "\n".join(lines) + "\n\n"


def with_tables(page: str) -> str:
    """Return the page with both tables between their marks."""
    for begin, end, table in (
        (COLUMNS_BEGIN, COLUMNS_END, column_table()),
        (KINDS_BEGIN, KINDS_END, kind_table()),
    ):
        before, _, rest = page.partition(begin)
        page = before + begin + table + end + rest.partition(end)[2]
    return page


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
