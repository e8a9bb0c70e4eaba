"""``spectrum workshop``."""

from enum import StrEnum
from typing import Annotated

import typer

from spectrum_cli.cli import exits
from spectrum_cli.cli.options import RulesOption, SeedOnlyOption, rule_base_name


class Paper(StrEnum):
    """The paper that the pack is made for."""

    a4 = "a4"
    a3 = "a3"


ALL_FORMATS = "html,docx,pdf,pptx,csv"


def workshop(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The decision file; - reads standard input.")],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="DIR", help="The folder to write into. [default: FILE's name-pack]")
    ] = "",
    formats: Annotated[
        str, typer.Option("--formats", "-f", metavar="LIST", help=f"Some of {ALL_FORMATS}. [default: all installed]")
    ] = "",
    minutes: Annotated[int, typer.Option("--minutes", metavar="N", help="How long the session is.")] = 90,
    participants: Annotated[
        int | None, typer.Option("--participants", metavar="N", min=1, max=1_000_000, help="How many people come.")
    ] = None,
    paper: Annotated[Paper, typer.Option("--paper", help="Paper size.")] = Paper.a4,
    cards: Annotated[int, typer.Option("--cards", metavar="N", help="Question cards a page: 4 or 6.")] = 4,
    part: Annotated[str, typer.Option("--part", metavar="ID", help="Only this part of the decision.")] = "",
    language: Annotated[str, typer.Option("--language", metavar="LANG", help="Language of the pack.")] = "en",
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
    rules: RulesOption = "",
    seed_only: SeedOnlyOption = False,
) -> None:
    """Make a facilitator's pack: agenda, cards, checklist, forms and posters.

    Example: spectrum workshop examples/park-design-group.yaml -o pack
    """
    from pathlib import Path

    from spectrum_cli.cli.output import show_diagnostics, write_error, write_out
    from spectrum_cli.engine.agenda import LONGEST, SHORTEST
    from spectrum_cli.files.extras import MissingExtra
    from spectrum_cli.files.texts import NoLanguage, load_texts
    from spectrum_cli.model.plain_text import visible
    from spectrum_cli.workflows.advise import advise_file, prepare_rules
    from spectrum_cli.workflows.pack_files import write_pack
    from spectrum_cli.workflows.workshop import NoTypeYet, Session, make_pack

    if not SHORTEST <= minutes <= LONGEST:
        raise typer.BadParameter(f"a session has {SHORTEST} to {LONGEST} minutes", param_hint="--minutes")
    if cards not in (4, 6):
        raise typer.BadParameter("4 or 6 cards fit on a page", param_hint="--cards")
    try:
        texts = load_texts(language)
    except NoLanguage as error:
        raise typer.BadParameter(str(error), param_hint="--language") from None
    try:
        chosen = _chosen(formats)
    except MissingExtra as error:
        write_error(f"spectrum: {error}\n")
        raise typer.Exit(exits.COULD_NOT_RUN) from None
    result = advise_file(file, prepare_rules(rule_base_name(rules, seed_only)), with_moves=False)
    show_diagnostics(result.diagnostics)
    if result.advice is None:
        raise typer.Exit(exits.COULD_NOT_RUN)
    if part and all(item.assessment.id != part for item in result.advice.parts):
        known = ", ".join(item.assessment.id for item in result.advice.parts) or "none"
        raise typer.BadParameter(f"there is no part '{visible(part)}'; parts: {known}", param_hint="--part")
    try:
        pack = make_pack(result.advice, Session(minutes, participants, paper.value, cards), texts, part=part)
    except NoTypeYet:
        write_error(
            f"spectrum: {visible(file)} does not say yet how open the decision is, so no session can be prepared. "
            f"Answer the questions first: spectrum interview {visible(file)}\n"
        )
        raise typer.Exit(exits.COULD_NOT_RUN) from None
    written = write_pack(pack, Path(output or _folder_for(file)), chosen, replace=force)
    write_out("".join(f"{visible(path.as_posix())}\n" for path in written))
    for warning in pack.warnings:
        write_error(f"Note: {warning}\n")


def _chosen(formats: str) -> list[str]:
    """Return the formats that are asked for, or those that can be made here; say on standard error which cannot."""
    from spectrum_cli.cli.output import write_error
    from spectrum_cli.files.extras import MissingExtra
    from spectrum_cli.workflows.pack_files import FORMATS, require

    if formats:
        chosen = list(dict.fromkeys(name.strip().lower() for name in formats.split(",") if name.strip()))
        for name in chosen:
            if name not in FORMATS:
                raise typer.BadParameter(f"'{name}' is none of {', '.join(FORMATS)}", param_hint="--formats")
        if not chosen:
            raise typer.BadParameter("name at least one format", param_hint="--formats")
        require(chosen)
        return chosen
    chosen = []
    for name in FORMATS:
        try:
            require([name])
        except MissingExtra as error:
            write_error(f"Note: {error}\n")
        else:
            chosen.append(name)
    return chosen


def _folder_for(file: str) -> str:
    from pathlib import Path

    return "pack" if file == "-" else f"{Path(file).stem}-pack"
