"""The JSON Schema of the findings: what ``spectrum check --format json`` writes."""

from typing import Any

from spectrum_cli.model.diagnostic import Severity
from spectrum_cli.render.decision_schema import DIALECT
from spectrum_cli.render.reports.json import FINDINGS_FORMAT
from spectrum_cli.render.schema_parts import RULE_BASE

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_PLACE: Schema = {"type": "integer", "minimum": 1}
_PLACE_OR_NULL: Schema = {"type": ["integer", "null"], "minimum": 1}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_CODE = "^SP[0-9]{3}$"


def findings_schema() -> Schema:
    """Return the schema of a report. Keys may be added within a format, so it allows keys that it does not name."""
    related = _object({"message": _TEXT, "file": _TEXT, "line": _PLACE, "column": _PLACE})
    finding = _object(
        {
            "code": {"type": "string", "pattern": _CODE},
            "slug": {"type": "string", "pattern": "^[a-z0-9]+(?:-[a-z0-9]+)*$"},
            "severity": {"enum": [str(severity) for severity in Severity]},
            "message": _TEXT,
            "file": _TEXT,
            "line": _PLACE_OR_NULL,
            "column": _PLACE_OR_NULL,
            "end_line": _PLACE_OR_NULL,
            "end_column": _PLACE_OR_NULL,
            "hint": _TEXT_OR_NULL,
            "related": {"type": "array", "items": related},
        }
    )
    summary = _object(
        {
            "files_checked": _COUNT,
            "files_without_decision": _COUNT,
            "files_not_read": _COUNT,
            "errors": _COUNT,
            "warnings": _COUNT,
            "notes": _COUNT,
            "codes": {"type": "object", "propertyNames": {"pattern": _CODE}, "additionalProperties": _COUNT},
            "suppressed": _COUNT,
            "in_baseline": _COUNT,
            "exit_status": _COUNT,
            "reason": _TEXT_OR_NULL,
        }
    )
    return {
        "$schema": DIALECT,
        "$id": f"urn:spectrum-cli:schema:findings-{FINDINGS_FORMAT}",
        "title": f"spectrum findings, format {FINDINGS_FORMAT}",
        **_object(
            {
                "format": {"const": FINDINGS_FORMAT},
                "findings": {"type": "array", "items": finding},
                "summary": summary,
                "rule_base": RULE_BASE,
            }
        ),
    }


def _object(properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}
