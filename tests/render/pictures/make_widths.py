"""Makes the table of the widths of the bundled font: ``python -m tests.render.pictures.make_widths``."""

import json
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[3]
FONTS = ROOT / "src" / "spectrum_cli" / "render" / "assets" / "fonts"
TABLE = ROOT / "src" / "spectrum_cli" / "render" / "pictures" / "widths.py"
HEAD = '''"""How wide each sign of the bundled font is, in hundredths of the size of the text, rounded up.

Made from the font files by ``python -m tests.render.pictures.make_widths``. Signs of one width stand together.
"""

# fmt: off
'''
SIGNS_A_LINE = 16


def advances(weight: str) -> dict[str, float]:
    """Return the width of each sign of the font, as a share of the size of the text."""
    with TTFont(FONTS / f"AtkinsonHyperlegibleNext-{weight}.ttf") as font:
        per_em = font["head"].unitsPerEm
        return {chr(code): font["hmtx"][glyph][0] / per_em for code, glyph in sorted(font.getBestCmap().items())}


def table() -> str:
    """Return the module that holds the widths."""
    text = HEAD
    for weight in ("Regular", "Bold"):
        groups: dict[int, str] = {}
        for sign, width in advances(weight).items():
            hundredths = -int(-width * 100 // 1)
            groups[hundredths] = groups.get(hundredths, "") + sign
        text += f"{weight.upper()}: tuple[tuple[int, str], ...] = (\n"
        for width, signs in sorted(groups.items()):
            for start in range(0, len(signs), SIGNS_A_LINE):
                text += f"    ({width}, {json.dumps(signs[start : start + SIGNS_A_LINE])}),\n"
        text += ")\n"
    return text


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
