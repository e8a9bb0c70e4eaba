"""Many decisions on one page that works without a network: charts, each with its numbers, filters and a list."""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from spectrum_cli.model.decision_format import FIELDS, SUPPORT_KEYS
from spectrum_cli.model.plain_text import one_line
from spectrum_cli.model.portfolio import NAMES, Row, support_column, values_of
from spectrum_cli.model.rulebase import ParticipationType
from spectrum_cli.model.texts import Texts
from spectrum_cli.render.assets import asset, font_faces
from spectrum_cli.render.offline_page import json_block, policy, script_block, unending

SCRIPTS = ("board/elements.js", "dashboard/rows.js", "dashboard/charts.js", "dashboard/app.js")
SHOWN = (
    *("file", "row", "part", "title", "owner", "place", "status", "fault_code", "fault_line", "fault_message"),
    *("advised", "openness", "planned", "planned_line", "verdict", "gap", "readiness", "implements"),
    *("local_participation", *map(support_column, SUPPORT_KEYS)),
)
_PLACES = tuple(NAMES.index(name) for name in SHOWN)
_BLANK = re.compile(r"\{\{(\w+)\}\}")


def render_dashboard(
    rows: Sequence[Row], types: Sequence[ParticipationType], texts: Texts, made: str, foot: Sequence[str]
) -> str:
    """Return the page. ``made`` says what it rests on; ``foot`` are its last lines."""
    style = font_faces() + asset("dashboard/style.css")
    scripts = [unending(asset(name)) for name in SCRIPTS]
    data = {
        "language": texts.language,
        "made": made,
        "foot": list(foot),
        "texts": texts.group("portfolio"),
        "types": [
            {"id": kind.id, "name": kind.name, "order": kind.order, "band": [kind.band_from, kind.band_to]}
            for kind in types
        ],
        "support": [{"column": support_column(key), "title": _title(key)} for key in SUPPORT_KEYS],
        "columns": SHOWN,
        "rows": [_cells(row) for row in rows],
    }
    blanks = {
        "language": texts.language,
        "policy": policy(style, scripts),
        **{name: texts(f"portfolio.{name}") for name in ("title", "skip", "filters", "noscript")},
    }
    raw = {
        "style": f"<style>{style}</style>",
        "data": json_block("spectrum-portfolio", data),
        "scripts": "".join(map(script_block, scripts)),
    }
    shell = asset("dashboard/page.html")
    return _BLANK.sub(lambda found: raw.get(found[1]) or escape(blanks[found[1]]), shell)


def _title(key: str) -> str:
    text = FIELDS[key].meaning.rstrip(".")
    return text[:1].upper() + text[1:]


def _cells(row: Row) -> list[Any]:
    values = values_of(row)
    return [one_line(value) if isinstance(value := values[place], str) else value for place in _PLACES]
