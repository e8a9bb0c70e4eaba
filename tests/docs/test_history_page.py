"""docs/portfolio.md lists the columns and kinds of changes that there are."""

from spectrum_cli.cli.portfolio_history import HISTORY_OUTPUTS
from tests.docs.history_page import with_tables
from tests.docs.portfolio_page import PAGE


def test_the_tables_of_changes_are_those_made_from_the_program() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert with_tables(text) == text, "make them anew with: python -m tests.docs.history_page"


def test_every_kind_of_file_is_named() -> None:
    section = PAGE.read_text(encoding="utf-8").partition("\n## Over time\n")[2].partition("\n## ")[0]
    assert all(f"`{suffix}`" in section for suffix in HISTORY_OUTPUTS)
