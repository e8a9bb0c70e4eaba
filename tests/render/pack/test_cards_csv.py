"""The cards as a table, read back by csv."""

import csv
import io

from spectrum_cli.render.pack.cards_csv import COLUMNS, render_csv
from tests.render.pack.packs import hostile_pack, pack_of, pack_of_text


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_each_card_with_a_text_is_a_row() -> None:
    pack = pack_of("hospital-discharge")
    rows = rows_of(render_csv(pack))
    assert [row["text"] for row in rows] == [card.text for card in pack.cards if card.text]
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["type"] == "ENGAGE"


def test_no_cell_is_a_formula_and_hostile_text_stays_in_its_cell() -> None:
    rows = rows_of(render_csv(hostile_pack()))
    assert all("<script>" in row["decision"] and "\n" not in row["decision"] for row in rows)
    titled = rows_of(render_csv(pack_of_text('spectrum: 1\ntitle: "=HYPERLINK(1)"\nopenness: {stage: aim}\n')))
    assert {row["decision"] for row in titled} == {"'=HYPERLINK(1)"}


def test_the_same_pack_gives_the_same_bytes() -> None:
    assert render_csv(pack_of("diabetes-plan")) == render_csv(pack_of("diabetes-plan"))
