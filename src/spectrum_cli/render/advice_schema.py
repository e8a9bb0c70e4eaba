"""The JSON Schema of the advice: what ``spectrum advise --format json`` writes, one object a line."""

from typing import Any

from spectrum_cli.model.decision_format import SUPPORT_STATES, TYPE_IDS, UNKNOWN
from spectrum_cli.render.decision_schema import DIALECT
from spectrum_cli.render.json_format import JSON_FORMAT, OUTCOMES
from spectrum_cli.render.schema_parts import RULE_BASE

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_PLACE: Schema = {"type": ["integer", "null"], "minimum": 0}
_NUMBER: Schema = {"type": "number", "minimum": 0, "maximum": 100}
_NUMBER_OR_NULL: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 100}
_TYPE: Schema = {"enum": list(TYPE_IDS)}
_TYPE_OR_NULL: Schema = {"enum": [*TYPE_IDS, None]}
_FIXED: Schema = {
    "type": "object",
    "required": ["what", "why"],
    "properties": {"what": _TEXT, "why": _TEXT_OR_NULL},
}
_CHANGED: Schema = {"type": ["string", "array", "null"], "items": {"type": "string"}}
_VALUE: Schema = {
    "anyOf": [
        {"type": ["string", "integer", "boolean", "null"]},
        {"type": "array", "items": {"anyOf": [_TEXT, _FIXED]}},
    ]
}


def _object(properties: Schema) -> Schema:
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_SOURCE = _object(
    {"document": {"enum": ["peoplehub", "practice", "law"]}, "passage": _TEXT, "reference": _TEXT_OR_NULL}
)
_READ = _object({"key": _TEXT, "value": _VALUE, "line": _PLACE, "column": _PLACE})
_RULE: Schema = {"rule": _TEXT, "title": _TEXT, "because": _TEXT, "source": _SOURCE, "answers": _list(_READ)}
_DIAGNOSTIC = _object(
    {
        "code": {"type": "string", "pattern": "^SP[0-9]{3}$"},
        "severity": {"enum": ["error", "warning", "note"]},
        "message": _TEXT,
        "line": _PLACE,
        "column": _PLACE,
        "hint": _TEXT_OR_NULL,
        "related": _list(_object({"message": _TEXT, "line": _PLACE, "column": _PLACE})),
    }
)


def _scope() -> Schema:
    """What the whole file and each part have in common."""
    return {
        "type": _TYPE_OR_NULL,
        "certain": {"type": "boolean"},
        "possible_types": {"type": "array", "items": _TYPE, "minItems": 1, "uniqueItems": True},
        "openness": _object(
            {"value": _NUMBER_OR_NULL, "low": _NUMBER, "high": _NUMBER, "before_gates": _NUMBER_OR_NULL}
        ),
        "key_question": _TEXT_OR_NULL,
        "promise": _TEXT_OR_NULL,
        "not_promised": _TEXT_OR_NULL,
        "side": {"enum": ["to", "with", None]},
        "input": {"anyOf": [{"type": "null"}, _object({"system": _TEXT, "people": _TEXT})]},
        "relationship": _TEXT_OR_NULL,
        "crosswalk": _list(
            _object(
                {
                    "framework": _TEXT,
                    "title": _TEXT,
                    "approximate": {"const": True},
                    "mark": {"enum": ["our reading", "published"]},
                    "levels": _list(_TEXT),
                    "all_levels": _list(_TEXT),
                    "note": _TEXT_OR_NULL,
                    "differs": _list(_TEXT),
                    "source": _SOURCE,
                }
            )
        ),
        "plan": _object(
            {
                "type": _TYPE_OR_NULL,
                "verdict": {"enum": ["none", "over-promise", "not-shown", "matches", "below"]},
                "promise": _TEXT_OR_NULL,
                "methods": _list(_TEXT),
                "line": _PLACE,
                "column": _PLACE,
            }
        ),
        "gates": _list(_object({**_RULE, "holds_to": _TYPE})),
        "contributions": _list(
            _object(
                {
                    "rule": _TEXT,
                    "title": _TEXT,
                    "weight": _NUMBER,
                    "points": _NUMBER_OR_NULL,
                    "counted": _TEXT_OR_NULL,
                    "because": _TEXT,
                    "source": _SOURCE,
                    "answers": _list(_READ),
                }
            )
        ),
        "estimates": _list(_object({**_RULE, "counts": _TEXT, "as": _TEXT})),
        "need": _object(
            {
                "floor": _TYPE_OR_NULL,
                "gap": {"type": "integer", "minimum": 0, "maximum": 5},
                "reasons": _list(_object({**_RULE, "asks_for": _TYPE})),
                "unanswered": _list(_TEXT),
            }
        ),
        "readiness": _object(
            {
                "state": {"enum": ["ready", "planned", "not-ready", "unknown"]},
                "supported_type": _TYPE_OR_NULL,
                "planned_type": _TYPE_OR_NULL,
                "prerequisites": _list(
                    _object(
                        {
                            "key": _TEXT,
                            "title": _TEXT,
                            "needed_from": _TYPE,
                            "state": {"enum": [*SUPPORT_STATES, UNKNOWN]},
                            "owner": _TEXT_OR_NULL,
                            "by": _TEXT_OR_NULL,
                            "evidence": _TEXT_OR_NULL,
                            "because": _TEXT,
                            "source": _SOURCE,
                            "line": _PLACE,
                            "column": _PLACE,
                        }
                    )
                ),
            }
        ),
        "next_question": {
            "anyOf": [
                {"type": "null"},
                _object(
                    {
                        "key": _TEXT,
                        "question": _TEXT,
                        "answers": _list(_object({"value": _TEXT, "text": _TEXT})),
                        "expected_types": {"type": "number", "minimum": 1, "maximum": 6},
                        "because": _TEXT,
                        "source": _SOURCE,
                    }
                ),
            ]
        },
        "moves": _list(
            _object(
                {
                    "type": _TYPE,
                    "changes": _list(_object({"key": _TEXT, "from": _CHANGED, "to": _CHANGED})),
                }
            )
        ),
        "fixed": _list(_FIXED),
        "notes": _list(_object({**_RULE, "about": {"enum": ["fit", "caution", "law"]}, "text": _TEXT})),
        "trace": _list(
            _object(
                {
                    "rule": _TEXT,
                    "kind": {"enum": ["gate", "estimate", "floor", "note"]},
                    "outcome": {"enum": list(OUTCOMES.values())},
                }
            )
        ),
        "answers": {
            "type": "object",
            "additionalProperties": _object({"value": _VALUE, "line": _PLACE, "column": _PLACE}),
        },
    }


def advice_schema() -> Schema:
    """Return the schema of one line: advice on a file, or the diagnostics of one that could not be read.

    Keys may be added within a format, so the schema allows keys that it does not name.
    """
    advice = _object(
        {
            "format": {"const": JSON_FORMAT},
            "file": _TEXT,
            "title": _TEXT,
            "rule_base": RULE_BASE,
            **_scope(),
            "parts": _list(_object({"id": _TEXT, "title": _TEXT, **_scope()})),
            "mix": _list(_object({"type": _TYPE, "parts": _list(_TEXT)})),
            "diagnostics": _list(_DIAGNOSTIC),
            "acknowledgement": _TEXT,
        }
    )
    failure = _object(
        {
            "format": {"const": JSON_FORMAT},
            "file": _TEXT,
            "type": {"type": "null"},
            "diagnostics": {"type": "array", "items": _DIAGNOSTIC, "minItems": 1},
        }
    )
    return {
        "$schema": DIALECT,
        "$id": f"urn:spectrum-cli:schema:advice-{JSON_FORMAT}",
        "title": f"spectrum advice, format {JSON_FORMAT}",
        "anyOf": [advice, failure],
    }
