"""From a decision file, or none, to the board as one page."""

from dataclasses import dataclass
from pathlib import PurePath

from spectrum_cli.files.decision_file import read_decision
from spectrum_cli.files.reading import MARKDOWN_SUFFIXES, STDIN, Unreadable, decode, read_bytes, shown_name
from spectrum_cli.model.diagnostic import Diagnostic
from spectrum_cli.model.rulebase import RuleBase
from spectrum_cli.model.texts import Texts
from spectrum_cli.render.board import render_board
from spectrum_cli.render.board.data import board_data

NAME_WITHOUT_FILE = "decision.yaml"


@dataclass(frozen=True, slots=True)
class Board:
    """The page, or None where the decision could not be read; and all there is to say about the file."""

    page: str | None
    diagnostics: tuple[Diagnostic, ...]


def make_board(path: str, rule_base: RuleBase, texts: Texts) -> Board:
    """Return the board with the decision of a file filled in; an empty path gives a board that is still blank."""
    data = board_data(rule_base, texts)
    if not path:
        return Board(render_board(data), ())
    try:
        raw = read_bytes(path)
        source = decode(shown_name(path), raw, markdown=path.lower().endswith(MARKDOWN_SUFFIXES))
    except Unreadable as error:
        return Board(None, error.diagnostics)
    reading = read_decision(source)
    if reading.decision is None:
        return Board(None, reading.diagnostics)
    name = NAME_WITHOUT_FILE if path == STDIN else PurePath(shown_name(path)).name
    return Board(render_board(data, raw.decode("utf-8-sig"), name), reading.diagnostics)
