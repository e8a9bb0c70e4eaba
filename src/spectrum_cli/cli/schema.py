"""``spectrum schema``."""

from enum import StrEnum
from typing import Annotated

import typer


class SchemaName(StrEnum):
    """The schemas that the program publishes."""

    decision = "decision"
    advice = "advice"
    findings = "findings"
    diff = "diff"


def schema(
    name: Annotated[
        SchemaName, typer.Argument(help="Which one: decision files, or the JSON of advice, findings or diff.")
    ] = SchemaName.decision,
) -> None:
    """Print a JSON Schema for editors and programs.

    Example: spectrum schema > decision.schema.json
    """
    import json

    from spectrum_cli.cli.output import write_out

    if name is SchemaName.decision:
        from spectrum_cli.render.decision_schema import decision_schema as make
    elif name is SchemaName.findings:
        from spectrum_cli.render.reports.findings_schema import findings_schema as make
    elif name is SchemaName.diff:
        from spectrum_cli.render.diff_schema import diff_schema as make
    else:
        from spectrum_cli.render.advice_schema import advice_schema as make
    text = json.dumps(make(), indent=2, ensure_ascii=True)
    write_out(text + "\n")
