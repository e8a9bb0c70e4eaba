"""The cards as a table for online whiteboards: one row a card, the text in the first column, as they expect it."""

import csv
import io

from spectrum_cli.model.pack import Pack
from spectrum_cli.model.plain_text import one_line

COLUMNS = ("text", "group", "number", "type", "decision")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render_csv(pack: Pack) -> bytes:
    """Return the cards that say something, as UTF-8 with a byte-order mark, which spreadsheets need."""
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for card in pack.cards:
        if card.text:
            rows.writerow(
                [_plain(text) for text in (card.text, card.label, str(card.number), pack.type.name, pack.title)]
            )
    return out.getvalue().encode("utf-8-sig")


def _plain(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    text = one_line(text)
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text
