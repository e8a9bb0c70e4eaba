"""The JSON Schema of a difference: what ``spectrum diff --format json`` writes."""

from typing import Any

from spectrum_cli.model.comparison import Direction
from spectrum_cli.model.decision_format import TYPE_IDS
from spectrum_cli.render.decision_schema import DIALECT
from spectrum_cli.render.diff import DIFF_FORMAT, PHASES

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_PLACE: Schema = {"type": "integer", "minimum": 1}
_PLACE_OR_NULL: Schema = {"type": ["integer", "null"], "minimum": 1}
_FLAG: Schema = {"type": "boolean"}
_DAY: Schema = {"type": "string", "format": "date"}
_DAY_OR_NULL: Schema = {"type": ["string", "null"], "format": "date"}
_TYPE: Schema = {"enum": list(TYPE_IDS)}
_TYPE_OR_NULL: Schema = {"enum": [*TYPE_IDS, None]}
_DIRECTION: Schema = {"enum": [str(item) for item in Direction]}


def diff_schema() -> Schema:
    """Return the schema of a difference, or of the diagnostics where a text could not be read.

    Keys may be added within a format, so it allows keys that it does not name.
    """
    failure = _object(
        {"format": {"const": DIFF_FORMAT}, "old": _text(), "new": _text(), "changed": {"type": "null"}},
    )
    difference = _object(
        {
            "format": {"const": DIFF_FORMAT},
            "old": _text(),
            "new": _text(),
            "today": _DAY,
            "rule_base": _object(
                {"id": _TEXT, "version": _TEXT, "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}}
            ),
            "changed": _FLAG,
            "promise": _DIRECTION,
            "narrowed_after_opening": _list(_object(_finding())),
            **_scope(),
            "parts": _list(
                _object(
                    {
                        "id": _TEXT,
                        "title": _TEXT,
                        "status": {"enum": ["added", "removed", "changed", "same"]},
                        "promise": _DIRECTION,
                        **_scope(),
                    }
                )
            ),
            "acknowledgement": _TEXT,
        }
    )
    return {
        "$schema": DIALECT,
        "$id": f"urn:spectrum-cli:schema:diff-{DIFF_FORMAT}",
        "title": f"spectrum diff, format {DIFF_FORMAT}",
        "anyOf": [difference, failure],
    }


def _object(properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [{"type": "null"}, schema]}


def _finding() -> Schema:
    return {
        "code": {"type": "string", "pattern": "^SP[0-9]{3}$"},
        "severity": {"enum": ["error", "warning", "note"]},
        "message": _TEXT,
        "line": _PLACE_OR_NULL,
        "column": _PLACE_OR_NULL,
        "hint": _TEXT_OR_NULL,
    }


def _text() -> Schema:
    related = _list(_object({"message": _TEXT, "line": _PLACE, "column": _PLACE}))
    return _object(
        {"file": _TEXT, "title": _TEXT_OR_NULL, "diagnostics": _list(_object({**_finding(), "related": related}))}
    )


def _scope() -> Schema:
    """What the whole and each part have in common."""
    fixed = _object({"what": _TEXT, "why": _TEXT_OR_NULL})
    value: Schema = {
        "anyOf": [{"type": ["string", "integer", "boolean"]}, _list({"anyOf": [_TEXT, fixed]})],
    }
    answer = _or_null(_object({"value": value, "line": _PLACE, "column": _PLACE}))
    advice = _or_null(
        _object(
            {
                "type": _TYPE_OR_NULL,
                "certain": _FLAG,
                "possible_types": {"type": "array", "items": _TYPE, "minItems": 1, "uniqueItems": True},
                "openness": {"type": ["number", "null"], "minimum": 0, "maximum": 100},
                "plan_verdict": {"enum": ["none", "over-promise", "not-shown", "matches", "below"]},
                "need_gap": {"type": "integer", "minimum": 0, "maximum": 5},
                "readiness": {"enum": ["ready", "planned", "not-ready", "unknown"]},
                "supported_type": _TYPE_OR_NULL,
                "gates": _list(_TEXT),
                "notes": _list(_TEXT),
            }
        )
    )
    return {
        "offer": _list(
            _object(
                {
                    "key": _TEXT,
                    "direction": _DIRECTION,
                    "before": answer,
                    "after": answer,
                    "lost": _list(_TEXT),
                    "gained": _list(_TEXT),
                    "own": _FLAG,
                }
            )
        ),
        "advice": _object({"before": advice, "after": advice}),
        "people": _object(
            {
                "groups": _list(_TEXT),
                "opened": _DAY_OR_NULL,
                "phase_before": {"enum": list(PHASES)},
                "phase_after": {"enum": list(PHASES)},
                "days": _list(
                    _object(
                        {
                            "key": _TEXT,
                            "before": _DAY_OR_NULL,
                            "after": _DAY_OR_NULL,
                            "reached": {"type": ["boolean", "null"]},
                        }
                    )
                ),
            }
        ),
        "answers": _list(_object({"key": _TEXT, "before": answer, "after": answer})),
    }
