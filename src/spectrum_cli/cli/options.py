"""Options that several commands share. Only the standard library and typer are imported here."""

from enum import StrEnum
from typing import Annotated

import typer


class AdviceFormat(StrEnum):
    """How advice is written."""

    text = "text"
    json = "json"
    markdown = "markdown"
    html = "html"
    svg = "svg"


class ListFormat(StrEnum):
    """How lists and texts about the rules are written."""

    text = "text"
    json = "json"


RulesOption = Annotated[
    str,
    typer.Option("--rules", metavar="NAME_OR_DIR", help="Rule base: peoplehub, practice, uk, or a folder of your own."),
]
SeedOnlyOption = Annotated[
    bool,
    typer.Option("--seed-only", help="Use only what the source document itself states (same as --rules peoplehub)."),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace the output file if it is there.")]


def rule_base_name(rules: str, seed_only: bool) -> str:
    """Return the rule base that the two options ask for; refuse both at once."""
    if not seed_only:
        return rules or "practice"
    if rules and rules != "peoplehub":
        raise typer.BadParameter("--seed-only and --rules name two different rule bases")
    return "peoplehub"
