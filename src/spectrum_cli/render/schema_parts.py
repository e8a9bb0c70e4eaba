"""What the JSON Schemas of several outputs have in common.

Keys may be added within a format, so every object allows keys that it does not name.
"""

from typing import Any

from spectrum_cli.model.decision_format import TYPE_IDS
from spectrum_cli.model.diagnostic import Severity
from spectrum_cli.render.decision_schema import DIALECT

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
PLACE: Schema = {"type": "integer", "minimum": 1}
PLACE_OR_NULL: Schema = {"type": ["integer", "null"], "minimum": 1}
COUNT: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}
OPENNESS: Schema = {"type": "number", "minimum": 0, "maximum": 100}
OPENNESS_OR_NULL: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 100}
TYPE: Schema = {"enum": list(TYPE_IDS)}
TYPE_OR_NULL: Schema = {"enum": [*TYPE_IDS, None]}
POSSIBLE_TYPES: Schema = {"type": "array", "items": TYPE, "minItems": 1, "uniqueItems": True}
PLAN_VERDICT: Schema = {"enum": ["none", "over-promise", "not-shown", "matches", "below"]}


def object_of(properties: Schema) -> Schema:
    """Return the schema of an object that has all these keys."""
    return {"type": "object", "required": list(properties), "properties": properties}


def list_of(items: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


def or_null(schema: Schema) -> Schema:
    """Return the schema of a value that can be null."""
    return {"anyOf": [{"type": "null"}, schema]}


def published(name: str, format: int, title: str, *shapes: Schema) -> Schema:
    """Return a whole schema under its name: the one shape, or any of several."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:spectrum-cli:schema:{name}-{format}",
        "title": f"{title}, format {format}",
        **(shapes[0] if len(shapes) == 1 else {"anyOf": list(shapes)}),
    }


RULE_BASE = object_of(
    {
        "id": TEXT,
        "version": TEXT,
        "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
        "framework": {"enum": ["peoplehub", "own"]},
    }
)
VALUE: Schema = {
    "anyOf": [
        {"type": ["string", "integer", "boolean"]},
        list_of({"anyOf": [TEXT, object_of({"what": TEXT, "why": TEXT_OR_NULL})]}),
    ],
}
FINDING: Schema = {
    "code": {"type": "string", "pattern": "^SP[0-9]{3}$"},
    "severity": {"enum": [str(item) for item in Severity]},
    "message": TEXT,
    "line": PLACE_OR_NULL,
    "column": PLACE_OR_NULL,
    "hint": TEXT_OR_NULL,
}
"""The keys of a finding in a file that is known from what stands around it."""

TEXT_READ = object_of(
    {
        "file": TEXT,
        "title": TEXT_OR_NULL,
        "diagnostics": list_of(
            object_of({**FINDING, "related": list_of(object_of({"message": TEXT, "line": PLACE, "column": PLACE}))})
        ),
    }
)
"""One of the files that are compared."""
