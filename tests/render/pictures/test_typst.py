"""Typst, which makes the sheets for print, draws the pictures without a warning and without another font."""

from pathlib import Path

import pytest
import typst

import spectrum_cli.render
from spectrum_cli.engine.assess import PreparedRules
from tests.render.pictures.scenes import AGENDA, advice_on, pictures

FONTS = Path(spectrum_cli.render.__file__).parent / "assets" / "fonts"
PAGE = '#set page(width: 300mm, height: auto)\n#image(bytes(sys.inputs.picture), format: "svg", width: 100%)'
FILE = f"""\
spectrum: 1
title: A plan for the whole country, with a title that takes more than one line where it is set in large letters
openness: {{{AGENDA}}}
place: {{level: national, implemented_locally: true, local_participation: consult}}
plan: {{type: engage}}
parts:
  - {{id: a, title: How it is done, openness: {{stage: aim}}}}
  - {{id: b, title: 'Who, and <when>', openness: {{stage: unknown, agenda: unknown}}}}
"""
NAMES = (
    "spectrum of the whole",
    "poster of the whole",
    "openness of b",
    "parts",
    "place of the whole",
    "place poster of the whole",
)


@pytest.mark.parametrize("name", NAMES)
def test_typst_draws_it_without_a_warning(name: str, practice: PreparedRules) -> None:
    picture = pictures(advice_on(FILE, practice))[name]
    document, warnings = typst.compile_with_warnings(
        PAGE.encode(), font_paths=[str(FONTS)], ignore_system_fonts=True, sys_inputs={"picture": picture}
    )
    assert [warning.message for warning in warnings] == []
    assert document is not None
    assert document.startswith(b"%PDF")
    assert b"AtkinsonHyperlegibleNext" in document
