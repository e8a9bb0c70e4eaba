"""The board: one page that works without network and without the program, and gives the same answers.

Scripts are joined in a fixed order and know one another by two globals, ``Spectrum`` and ``Board``. The policy of the
page allows exactly these scripts by their hashes, and no network at all. The same rule base gives the same bytes.
"""

import base64
import re
from collections.abc import Mapping
from html import escape
from importlib.resources import files
from typing import Any

from spectrum_cli.render.board.compact import compact_data, compact_script, compact_style
from spectrum_cli.render.offline_page import json_block, policy, script_block, unending

LIBRARY, LICENCE = "vendor/js-yaml.min.js", "vendor/js-yaml.LICENSE.txt"
SCRIPTS = (
    "evaluate.js",
    "yaml.js",
    "decision.js",
    "writing.js",
    "elements.js",
    "texts.js",
    "verdict.js",
    "state.js",
    "spectrum.js",
    "fields.js",
    "questions.js",
    "reasons.js",
    "disagreement.js",
    "participants.js",
    "files.js",
    "present.js",
    "app.js",
)
FONT, FONT_FAMILY = "AtkinsonHyperlegibleNext.woff2", "Atkinson Hyperlegible Next"
SHELL, STYLE = "page.html", "style.css"

_ASSETS = files("spectrum_cli.render") / "assets"
_BLANK = re.compile(r"\{\{(language|policy|title|style|data|scripts|no_script)\}\}")
_STRICT = '"use strict";'


def render_board(data: Mapping[str, Any], decision_text: str = "", decision_name: str = "") -> str:
    """Return the whole page.

    ``data`` is what ``board_data`` returns. ``decision_text`` is a decision file that the page opens with, under the
    name that the page saves it by.
    """
    style = _font() + compact_style(asset(STYLE))
    scripts = [_library(), _scripts()]
    blanks = {
        "language": escape(str(data["language"])),
        "policy": policy(style, scripts),
        "title": escape(str(data["texts"].get("title", "Spectrum of Participation"))),
        "style": f"<style>{style}</style>",
        "data": json_block("spectrum-rules", compact_data(data))
        + json_block("spectrum-decision", {"name": decision_name, "text": decision_text}),
        "scripts": "".join(map(script_block, scripts)),
        "no_script": escape(str(data["texts"]["app"]["no_script"])),
    }
    return _BLANK.sub(lambda found: blanks[found[1]], asset(SHELL))


def asset(name: str) -> str:
    """Return one of the files that the page is made from, by its name below ``assets/board``."""
    return _ASSETS.joinpath("board", *name.split("/")).read_text(encoding="utf-8").replace("\r\n", "\n")


def _library() -> str:
    """Return the library that reads and writes YAML, with its licence."""
    return unending(f"/*! js-yaml\n{asset(LICENCE)}*/\n{asset(LIBRARY)}")


def _scripts() -> str:
    """Return the page's own scripts as one. Each is written to be strict; said once, that holds for all."""
    joined = "".join(compact_script(asset(name)).lstrip().removeprefix(_STRICT) for name in SCRIPTS)
    return unending(_STRICT + joined)


def _font() -> str:
    data = base64.b64encode((_ASSETS / "board" / "fonts" / FONT).read_bytes()).decode("ascii")
    return (
        f"@font-face{{font-family:'{FONT_FAMILY}';font-weight:400 700;font-display:block;"
        f"src:url(data:font/woff2;base64,{data}) format('woff2')}}\n"
    )
