"""``spectrum about`` as text."""

from typing import Protocol

from spectrum_cli.model.rulebase import RuleBase
from spectrum_cli.render import words
from spectrum_cli.render.page import Page, Piece


class Versions(Protocol):
    """The versions that matter for repeating an advice."""

    @property
    def version(self) -> str:
        """The program's version."""
        ...

    @property
    def format_version(self) -> int:
        """The version of the decision file format."""
        ...

    @property
    def parser(self) -> str:
        """What reads YAML."""
        ...

    @property
    def rule_base(self) -> RuleBase:
        """The default rule base."""
        ...


def render_about(about: Versions, page: Page) -> None:
    """Write versions, licence, acknowledgement and the limits of the advice."""
    base = about.rule_base
    page.prose(Piece("spectrum", "title"), f" {about.version}")
    page.prose("Says which type of participation fits a decision, and why.")
    page.blank()
    page.table(
        [
            ("Decision file", f"format {about.format_version}"),
            ("Rule base", f"{base.id} {base.version}, {base.hash}"),
            *((f"  layer {layer.id}", f"{layer.version}. {layer.note}") for layer in base.layers),
            ("YAML", about.parser),
            ("Licence", "Apache-2.0 for the program and for the rules in our own words"),
        ],
        indent=0,
    )
    page.blank()
    page.prose(Piece(base.acknowledgement, "bold"))
    page.prose(
        "The six types, their key questions and the idea of the spectrum are peoplehub's (hello@peoplehub.org.uk). "
        "The key questions are quoted; every other sentence is ours."
    )
    page.blank()
    page.prose(
        f"{words.NUMBERS_ARE_OURS} We know of no study that tests this spectrum against outcomes; models of the same "
        "kind for managers' decisions have moderate support, mostly from what managers report themselves. "
        f"{words.NO_TYPE_IS_BETTER}"
    )
