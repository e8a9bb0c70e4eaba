"""The board: one page that works without network and without the program, and gives the same answers.

Scripts are joined in a fixed order and know one another by two globals, ``Spectrum`` and ``Board``. The policy of the
page allows exactly these scripts by their hashes, and no network at all. The same rule base gives the same bytes.
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from html import escape
from importlib.resources import files
from typing import Any

from spectrum_cli.render.board.compact import compact_script, compact_style

LIBRARY, LICENCE = "vendor/js-yaml.min.js", "vendor/js-yaml.LICENSE.txt"
SCRIPTS = (
    "evaluate.js",
    "yaml.js",
    "decision.js",
    "writing.js",
    "texts.js",
    "elements.js",
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
FONTS = (("AtkinsonHyperlegibleNext-Regular.woff2", 400), ("AtkinsonHyperlegibleNext-Bold.woff2", 700))
FONT_FAMILY = "Atkinson Hyperlegible Next"
SHELL, STYLE = "page.html", "style.css"

_ASSETS = files("spectrum_cli.render") / "assets"
_BLANK = re.compile(r"\{\{(language|policy|title|style|data|scripts|no_script)\}\}")
_STRICT = '"use strict";'


def render_board(data: Mapping[str, Any], decision_text: str = "", decision_name: str = "") -> str:
    """Return the whole page.

    ``data`` is what ``board_data`` returns. ``decision_text`` is a decision file that the page opens with, under the
    name that the page saves it by.
    """
    style = _fonts() + compact_style(asset(STYLE))
    scripts = [_library(), _scripts()]
    blanks = {
        "language": escape(str(data["language"])),
        "policy": _policy(style, scripts),
        "title": escape(str(data["texts"].get("title", "Spectrum of Participation"))),
        "style": f"<style>{style}</style>",
        "data": _json_block("spectrum-rules", data)
        + _json_block("spectrum-decision", {"name": decision_name, "text": decision_text}),
        "scripts": "".join(f"<script>{script}</script>\n" for script in scripts),
        "no_script": escape(str(data["texts"]["app"]["no_script"])),
    }
    return _BLANK.sub(lambda found: blanks[found[1]], asset(SHELL))


def asset(name: str) -> str:
    """Return one of the files that the page is made from, by its name below ``assets/board``."""
    return _ASSETS.joinpath("board", *name.split("/")).read_text(encoding="utf-8").replace("\r\n", "\n")


def _library() -> str:
    """Return the library that reads and writes YAML, with its licence."""
    return _unending(f"/*! js-yaml\n{asset(LICENCE)}*/\n{asset(LIBRARY)}")


def _scripts() -> str:
    """Return the page's own scripts as one. Each is written to be strict; said once, that holds for all."""
    joined = "".join(compact_script(asset(name)).lstrip().removeprefix(_STRICT) for name in SCRIPTS)
    return _unending(_STRICT + joined)


def _unending(script: str) -> str:
    """Return a script in which no text ends the element that it stands in."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _fonts() -> str:
    faces = []
    for name, weight in FONTS:
        data = base64.b64encode((_ASSETS / "board" / "fonts" / name).read_bytes()).decode("ascii")
        faces.append(
            f"@font-face{{font-family:'{FONT_FAMILY}';font-weight:{weight};font-display:block;"
            f"src:url(data:font/woff2;base64,{data}) format('woff2')}}\n"
        )
    return "".join(faces)


def _policy(style: str, scripts: list[str]) -> str:
    """Return the page's policy: these scripts, this style, what is inside the page, and nothing from elsewhere."""
    allowed = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; font-src data:; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _json_block(ident: str, value: object) -> str:
    """Return data in a block that no text in it can end: ``<`` is written as an escape."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for sign in ("<", "\u2028", "\u2029"):
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/json" id="{ident}">{text}</script>\n'
