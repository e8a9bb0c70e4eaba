"""``spectrum portfolio --cluster``: the words it takes, and what it shows."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import typer

from spectrum_cli.cli import exits

if TYPE_CHECKING:
    from spectrum_cli.model.portfolio import Row, Totals
    from spectrum_cli.render.portfolio_table import Listing
    from spectrum_cli.workflows.cluster import ClusterRun
    from spectrum_cli.workflows.portfolio_run import PortfolioRun


class Faults(Protocol):
    """Takes faulty rows and shows the first of them."""

    def take(self, rows: "Sequence[Row]") -> None:
        """Take some rows."""
        ...

    def show(self) -> None:
        """Write them to standard error."""
        ...


def check_words(cluster: str, outputs: Sequence[str], jobs: int) -> None:
    """Refuse what does not go together with ``--cluster``."""
    from spectrum_cli.workflows.cluster import is_cluster

    if not is_cluster(cluster):
        told = f"give local:4, or a scheduler's address such as tcp://10.0.0.5:8786, not '{cluster}'"
        raise typer.BadParameter(told, param_hint="--cluster")
    if jobs:
        raise typer.BadParameter("the cluster says how many processes there are", param_hint="--jobs")
    if len(outputs) != 1:
        told = "give one folder for the Parquet files that --cluster writes, such as -o rows/"
        raise typer.BadParameter(told, param_hint="--output")
    from spectrum_cli.cli.portfolio import OUTPUTS

    if Path(outputs[0]).suffix.lower() in OUTPUTS:
        told = (
            f"--cluster writes a folder of Parquet files, not one file; give a folder such as rows/, not '{outputs[0]}'"
        )
        raise typer.BadParameter(told, param_hint="--output")


def show_on_cluster(
    run: "PortfolioRun",
    paths: Sequence[str],
    cluster: str,
    folder: Path,
    listing: "Listing",
    columns: tuple[str, ...],
    faults: Faults,
    *,
    force: bool,
) -> "Totals":
    """Carry out a run on a cluster: write the parts, then show the sum, and a table where one is asked for."""
    from spectrum_cli.cli.output import new_page, show_page, write_error
    from spectrum_cli.cli.progress import progress
    from spectrum_cli.render.portfolio_table import render_portfolio
    from spectrum_cli.render.words import rules_line
    from spectrum_cli.workflows.cluster import CannotUseCluster, prepare_cluster_run

    try:
        ready = prepare_cluster_run(run, paths, cluster, folder, force=force)
        if ready.folder.info.today != run.info.today:
            write_error(
                f"spectrum: this goes on with a run of {ready.folder.info.today}; all findings go by that day\n"
            )
        with progress("reading", run.files) as step:
            totals, found = _carried_out(ready, listing if listing.group or columns else None, faults, step)
    except CannotUseCluster as error:
        write_error(f"spectrum: {error}\n")
        raise typer.Exit(exits.COULD_NOT_RUN) from None
    except KeyboardInterrupt:
        write_error("spectrum: what is written stays; the same command goes on from there\n")
        raise
    if found:
        write_error(f"spectrum: {found:,} {'part was' if found == 1 else 'parts were'} there already\n")
    faults.show()
    page = new_page()
    render_portfolio(listing, totals, columns, (f"{rules_line(run.rules)}.", f"{run.acknowledgement}."), page)
    show_page(page)
    return totals


def _carried_out(
    ready: "ClusterRun", listing: "Listing | None", faults: Faults, step: Callable[..., object]
) -> "tuple[Totals, int]":
    """Take the parts as they come. Returns the sum, and how many parts were there already."""
    from contextlib import closing

    from spectrum_cli.files.part_folder import rows_in_folder
    from spectrum_cli.model.portfolio import Totals

    totals, found = Totals(), 0
    with closing(ready.parts()) as parts:
        for part in parts:
            totals.join(part.totals)
            faults.take(part.faults)
            found += not part.anew
            step(part.totals.decisions + part.totals.faulty)
    if listing is not None:
        for row in rows_in_folder(ready.folder.path):
            listing.take((row,))
    return totals, found
