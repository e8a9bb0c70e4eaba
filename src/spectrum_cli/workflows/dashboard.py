"""The dashboard of a portfolio, as one of the files that rows are written to."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from spectrum_cli.files.row_writers import RunInfo
from spectrum_cli.files.rulebase import SEED, load_rule_base
from spectrum_cli.files.texts import load_texts
from spectrum_cli.files.writing import CannotWrite, write_whole
from spectrum_cli.model.portfolio import FAULTY, Row
from spectrum_cli.model.rulebase import RulesUsed
from spectrum_cli.render.dashboard import render_dashboard
from spectrum_cli.render.words import rules_line

LARGEST = 20_000
"""More rows than this make a page that browsers are slow with."""


class TooManyRows(CannotWrite):
    """There are more rows than a page can show. The message says what to do."""


@contextmanager
def dashboard_file(path: Path, info: RunInfo, *, replace: bool = False) -> Iterator[Callable[[Sequence[Row]], object]]:
    """Write rows as a page, when all of them are there.

    Raises:
        CannotWrite: the file is there and may not be replaced, or the system refused.
        TooManyRows: there are more than :data:`LARGEST`.
    """
    rows: list[Row] = []

    def take(more: Sequence[Row]) -> None:
        rows.extend(more)
        if len(rows) > LARGEST:
            raise TooManyRows(
                f"a page holds {LARGEST:,} rows at most; name fewer paths, or write .parquet or .sqlite instead"
            )

    yield take
    texts, base = load_texts(), load_rule_base(SEED)
    read = [row for row in rows if row.status != FAULTY]
    made = texts(
        "portfolio.made",
        decisions=f"{sum(not row.part_number for row in read):,}",
        parts=f"{sum(bool(row.part_number) for row in read):,}",
        version=info.program_version,
        today=info.today,
        rules=rules_line(RulesUsed(info.rule_base, info.rule_base_version, info.rule_base_hash, base.framework)),
    )
    foot = (f"{base.acknowledgement}.", texts("portfolio.thanks"))
    write_whole(path, render_dashboard(rows, base.types, texts, made, foot), replace=replace)
