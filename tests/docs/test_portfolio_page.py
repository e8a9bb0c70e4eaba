"""docs/portfolio.md lists the columns, the kinds of file and the exit statuses that there are."""

import re

from spectrum_cli.cli.portfolio import OUTPUTS, FailOn, GroupBy
from spectrum_cli.files.tables import TABLE_SUFFIXES
from spectrum_cli.model.portfolio import GROUPS
from tests.docs.portfolio_page import PAGE, with_table

TEXT = PAGE.read_text(encoding="utf-8")


def test_the_table_of_columns_is_the_one_made_from_the_program() -> None:
    assert with_table(TEXT) == TEXT, "make it anew with: python -m tests.docs.portfolio_page"


def test_every_kind_of_file_and_every_choice_is_named() -> None:
    for word in (*OUTPUTS, *TABLE_SUFFIXES, *FailOn, *GroupBy):
        assert re.search(rf"`[^`]*{re.escape(word)}[^`]*`", TEXT), word
    assert tuple(GroupBy) == GROUPS
