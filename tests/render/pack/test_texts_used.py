"""Every text of the pack is used by some pack in some format: none is left over to be translated for nothing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from spectrum_cli.files.texts import load_texts
from spectrum_cli.model.texts import Texts
from spectrum_cli.workflows.pack_files import FORMATS, write_pack
from spectrum_cli.workflows.workshop import Session
from tests.render.pack import packs
from tests.render.pack.packs import ONE_OF_EACH, OPEN, hostile_pack, pack_of, pack_of_text

FIRST = "spectrum: 1\ntitle: A plan\n"


class Noting(Texts):
    """Texts that note which of them were asked for."""

    asked: set[str] = set()  # noqa: RUF012

    def _at(self, ident: str) -> Any:
        self.asked.add(ident)
        return super()._at(ident)


def idents(found: Any, ident: str) -> Iterator[str]:
    if isinstance(found, dict):
        for name, inner in found.items():
            yield from idents(inner, f"{ident}.{name}")
    else:
        yield ident


def test_every_text_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    texts = load_texts()
    monkeypatch.setattr(packs, "load_texts", lambda: Noting(texts.language, texts.items))
    made = [pack_of(name, Session(participants=40)) for name in ONE_OF_EACH.values()]
    made += [pack_of("hospital-discharge", Session(participants=4, minutes=480)), hostile_pack()]
    made += [
        pack_of_text(FIRST + text)
        for text in (
            OPEN + "\nplan: {type: consult}\nneed: {unequal_effect: true, contested: high}",
            "openness: {stage: made, open_to_change: [nothing]}\ndates: {feedback: 2027-01-01}",
            "openness: {exchange: discussion}\nplan: {type: co-produce}",
            OPEN.replace("priorities", "whether, options, method, priorities, resources, quality_indicators")
            + "\nplace: {level: national, implemented_locally: true, local_participation: none}",
            "openness: {stage: proposal, open_to_change: [whether], use_of_input: considered, exchange: responses}\n"
            "support: {reasons: met, pros_and_cons: met, scope: met, effect_of_input: met, commitment: missing}",
            "openness: {stage: proposal, open_to_change: [whether], use_of_input: considered, exchange: responses}\n"
            "support: {reasons: met, pros_and_cons: met, scope: met, effect_of_input: met, commitment: met}",
        )
    ]
    made.append(
        pack_of_text(f"{FIRST}{OPEN}\nparts: [{{id: hall, title: The hall, openness: {{stage: aim}}}}]", part="hall")
    )
    made.append(pack_of_text(f"{FIRST}{OPEN}\nparts: [{{id: hall, title: The hall, openness: {{stage: aim}}}}]"))
    for number, pack in enumerate(made):
        write_pack(replace(pack), tmp_path / str(number), list(FORMATS), replace=False)
    unused = [
        ident
        for ident in idents(texts.items["workshop"], "workshop")
        if not any(ident == asked or ident.startswith(f"{asked}.") for asked in Noting.asked)
    ]
    assert unused == []
