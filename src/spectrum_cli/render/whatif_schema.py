"""The JSON Schema of what would change an advice: what ``spectrum whatif --format json`` writes."""

from spectrum_cli.model.decision_format import TYPE_IDS
from spectrum_cli.render.schema_parts import (
    FLAG,
    OPENNESS,
    OPENNESS_OR_NULL,
    PLAN_VERDICT,
    POSSIBLE_TYPES,
    RULE_BASE,
    TEXT,
    TYPE,
    TYPE_OR_NULL,
    VALUE,
    Schema,
    list_of,
    object_of,
    or_null,
    published,
)
from spectrum_cli.render.whatif import WHATIF_FORMAT


def whatif_schema() -> Schema:
    """Return the schema of an answer. Where the question cannot be answered, nothing is written."""
    advice = object_of(
        {
            "type": TYPE_OR_NULL,
            "certain": FLAG,
            "possible_types": POSSIBLE_TYPES,
            "openness": OPENNESS_OR_NULL,
            "plan": PLAN_VERDICT,
        }
    )
    change: Schema = {"key": TEXT, "from": or_null(VALUE), "to": VALUE}
    changes = object_of(
        {"changes": list_of(object_of(change)), "contradictions": list_of(TEXT), "support_missing": list_of(TEXT)}
    )
    answer = object_of(
        {
            "format": {"const": WHATIF_FORMAT},
            "file": TEXT,
            "title": TEXT,
            "rule_base": RULE_BASE,
            "set": list_of(object_of({"key": TEXT, "value": or_null(VALUE)})),
            "before": advice,
            "now": advice,
            "targets": list_of(object_of({"type": TYPE, "sets": list_of(changes)})),
            "flips": list_of(object_of({**change, "type": TYPE})),
            "weights": or_null(_weights()),
            "acknowledgement": TEXT,
        }
    )
    return published("whatif", WHATIF_FORMAT, "spectrum whatif", answer)


def _weights() -> Schema:
    share: Schema = {"type": "number", "minimum": 0, "maximum": 1}
    return object_of(
        {
            "order": list_of(list_of(TEXT)),
            "reached": list_of(TYPE),
            "openness": object_of({"low": OPENNESS, "high": OPENNESS}),
            "gate_decides": FLAG,
            "shares": {"type": "object", "propertyNames": {"enum": list(TYPE_IDS)}, "additionalProperties": share},
            "samples": {"type": "integer", "minimum": 1},
            "seed": {"type": "integer"},
            "method": TEXT,
        }
    )
