"""The JSON Schema of the findings: what ``spectrum check --format json`` writes."""

from spectrum_cli.model.diagnostic import Severity
from spectrum_cli.render.reports.json import FINDINGS_FORMAT
from spectrum_cli.render.schema_parts import (
    COUNT,
    PLACE,
    PLACE_OR_NULL,
    RULE_BASE,
    TEXT,
    TEXT_OR_NULL,
    Schema,
    list_of,
    object_of,
    published,
)

_CODE = "^SP[0-9]{3}$"


def findings_schema() -> Schema:
    """Return the schema of a report. Keys may be added within a format, so it allows keys that it does not name."""
    related = object_of({"message": TEXT, "file": TEXT, "line": PLACE, "column": PLACE})
    finding = object_of(
        {
            "code": {"type": "string", "pattern": _CODE},
            "slug": {"type": "string", "pattern": "^[a-z0-9]+(?:-[a-z0-9]+)*$"},
            "severity": {"enum": [str(severity) for severity in Severity]},
            "message": TEXT,
            "file": TEXT,
            "line": PLACE_OR_NULL,
            "column": PLACE_OR_NULL,
            "end_line": PLACE_OR_NULL,
            "end_column": PLACE_OR_NULL,
            "hint": TEXT_OR_NULL,
            "related": list_of(related),
        }
    )
    summary = object_of(
        {
            "files_checked": COUNT,
            "files_without_decision": COUNT,
            "files_not_read": COUNT,
            "errors": COUNT,
            "warnings": COUNT,
            "notes": COUNT,
            "codes": {"type": "object", "propertyNames": {"pattern": _CODE}, "additionalProperties": COUNT},
            "suppressed": COUNT,
            "in_baseline": COUNT,
            "exit_status": COUNT,
            "reason": TEXT_OR_NULL,
        }
    )
    report = object_of(
        {
            "format": {"const": FINDINGS_FORMAT},
            "findings": list_of(finding),
            "summary": summary,
            "rule_base": RULE_BASE,
        }
    )
    return published("findings", FINDINGS_FORMAT, "spectrum findings", report)
