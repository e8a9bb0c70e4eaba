"""The JSON Schema of a difference: what ``spectrum diff --format json`` writes."""

from spectrum_cli.model.comparison import Direction
from spectrum_cli.render.diff import DIFF_FORMAT, PHASES
from spectrum_cli.render.schema_parts import (
    FINDING,
    FLAG,
    OPENNESS_OR_NULL,
    PLACE,
    PLAN_VERDICT,
    POSSIBLE_TYPES,
    RULE_BASE,
    TEXT,
    TEXT_READ,
    TYPE_OR_NULL,
    VALUE,
    Schema,
    list_of,
    object_of,
    or_null,
    published,
)

_DAY: Schema = {"type": "string", "format": "date"}
_DAY_OR_NULL: Schema = {"type": ["string", "null"], "format": "date"}
_DIRECTION: Schema = {"enum": [str(item) for item in Direction]}


def diff_schema() -> Schema:
    """Return the schema of a difference, or of the diagnostics where a text could not be read."""
    head: Schema = {"format": {"const": DIFF_FORMAT}, "old": TEXT_READ, "new": TEXT_READ}
    difference = object_of(
        {
            **head,
            "today": _DAY,
            "rule_base": RULE_BASE,
            "changed": FLAG,
            "promise": _DIRECTION,
            "narrowed_after_opening": list_of(object_of(FINDING)),
            **_scope(),
            "parts": list_of(
                object_of(
                    {
                        "id": TEXT,
                        "title": TEXT,
                        "status": {"enum": ["added", "removed", "changed", "same"]},
                        "promise": _DIRECTION,
                        **_scope(),
                    }
                )
            ),
            "acknowledgement": TEXT,
        }
    )
    failure = object_of({**head, "changed": {"type": "null"}})
    return published("diff", DIFF_FORMAT, "spectrum diff", difference, failure)


def _scope() -> Schema:
    """What the whole and each part have in common."""
    answer = or_null(object_of({"value": VALUE, "line": PLACE, "column": PLACE}))
    advice = or_null(
        object_of(
            {
                "type": TYPE_OR_NULL,
                "certain": FLAG,
                "possible_types": POSSIBLE_TYPES,
                "openness": OPENNESS_OR_NULL,
                "plan_verdict": PLAN_VERDICT,
                "need_gap": {"type": "integer", "minimum": 0, "maximum": 5},
                "readiness": {"enum": ["ready", "planned", "not-ready", "unknown"]},
                "supported_type": TYPE_OR_NULL,
                "gates": list_of(TEXT),
                "notes": list_of(TEXT),
            }
        )
    )
    return {
        "offer": list_of(
            object_of(
                {
                    "key": TEXT,
                    "direction": _DIRECTION,
                    "before": answer,
                    "after": answer,
                    "lost": list_of(TEXT),
                    "gained": list_of(TEXT),
                    "own": FLAG,
                }
            )
        ),
        "advice": object_of({"before": advice, "after": advice}),
        "people": object_of(
            {
                "groups": list_of(TEXT),
                "opened": _DAY_OR_NULL,
                "phase_before": {"enum": list(PHASES)},
                "phase_after": {"enum": list(PHASES)},
                "days": list_of(
                    object_of(
                        {
                            "key": TEXT,
                            "before": _DAY_OR_NULL,
                            "after": _DAY_OR_NULL,
                            "reached": {"type": ["boolean", "null"]},
                        }
                    )
                ),
            }
        ),
        "answers": list_of(object_of({"key": TEXT, "before": answer, "after": answer})),
    }
