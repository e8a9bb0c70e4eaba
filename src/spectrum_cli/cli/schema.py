"""``spectrum schema``."""

from enum import StrEnum
from typing import Annotated

import typer


class SchemaName(StrEnum):
    """The schemas that the program publishes."""

    decision = "decision"
    advice = "advice"
    compare = "compare"
    whatif = "whatif"
    findings = "findings"
    diff = "diff"
    verify = "verify"


_MADE_BY = {
    SchemaName.decision: "spectrum_cli.render.decision_schema:decision_schema",
    SchemaName.advice: "spectrum_cli.render.advice_schema:advice_schema",
    SchemaName.compare: "spectrum_cli.render.comparison_schema:comparison_schema",
    SchemaName.whatif: "spectrum_cli.render.whatif_schema:whatif_schema",
    SchemaName.findings: "spectrum_cli.render.reports.findings_schema:findings_schema",
    SchemaName.diff: "spectrum_cli.render.diff_schema:diff_schema",
    SchemaName.verify: "spectrum_cli.render.verification_schema:verification_schema",
}


def schema(
    name: Annotated[
        SchemaName, typer.Argument(help="Which one: decision files, or the JSON of a command.")
    ] = SchemaName.decision,
) -> None:
    """Print a JSON Schema for editors and programs.

    Example: spectrum schema > decision.schema.json
    """
    import json
    from importlib import import_module

    from spectrum_cli.cli.output import write_out

    module, _, attribute = _MADE_BY[name].partition(":")
    text = json.dumps(getattr(import_module(module), attribute)(), indent=2, ensure_ascii=True)
    write_out(text + "\n")
