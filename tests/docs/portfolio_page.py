"""The table of columns in docs/portfolio.md. Make it anew with: python -m tests.docs.portfolio_page"""

from pathlib import Path

from spectrum_cli.files.row_writers import sql_type
from spectrum_cli.model.portfolio import COLUMNS, ColumnKind

PAGE = Path(__file__).parents[2] / "docs" / "portfolio.md"
BEGIN, END = "<!-- columns: begin -->\n", "<!-- columns: end -->"
KINDS = {
    ColumnKind.TEXT: "text",
    ColumnKind.DAY: "day",
    ColumnKind.WHOLE: "whole number",
    ColumnKind.NUMBER: "number",
    ColumnKind.FLAG: "yes or no",
    ColumnKind.TEXTS: "list of texts",
    ColumnKind.COUNTS: "counts",
}


def column_table() -> str:
    """Return the table: a line for each column, and whether a row may be without it."""
    lines = ["", "| Column | Holds | SQLite | Meaning |", "|---|---|---|---|"]
    lines += [
        f"| `{column.name}` | {KINDS[column.kind]} | {sql_type(column)} | {column.meaning} |" for column in COLUMNS
    ]
    return "\n".join(lines) + "\n\n"


def with_table(page: str) -> str:
    """Return the page with the table between its marks."""
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + column_table() + END + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
