"""The JSON Schema of a comparison: what ``spectrum advise --compare --format json`` writes."""

from spectrum_cli.render.comparison import COMPARISON_FORMAT
from spectrum_cli.render.schema_parts import (
    COUNT,
    FLAG,
    OPENNESS_OR_NULL,
    PLACE_OR_NULL,
    POSSIBLE_TYPES,
    RULE_BASE,
    TEXT,
    TEXT_OR_NULL,
    TEXT_READ,
    TYPE_OR_NULL,
    VALUE,
    Schema,
    list_of,
    object_of,
    or_null,
    published,
)


def comparison_schema() -> Schema:
    """Return the schema of a comparison, or of the diagnostics where a file could not be read."""
    people: Schema = {"type": "array", "items": TEXT_READ, "minItems": 2}
    head: Schema = {"format": {"const": COMPARISON_FORMAT}, "people": people}
    comparison = object_of(
        {
            **head,
            "rule_base": RULE_BASE,
            **_scope(),
            "parts": list_of(object_of({"id": TEXT, "title": TEXT, **_scope()})),
            "lone_parts": list_of(object_of({"id": TEXT, "person": COUNT})),
            "acknowledgement": TEXT,
        }
    )
    failure = object_of({**head, "advice": {"type": "null"}})
    return published("compare", COMPARISON_FORMAT, "spectrum advise --compare", comparison, failure)


def _scope() -> Schema:
    """What the whole and each part have in common. People are named by their place, from 0."""
    return {
        "advice": list_of(
            object_of(
                {
                    "person": COUNT,
                    "type": TYPE_OR_NULL,
                    "certain": FLAG,
                    "possible_types": POSSIBLE_TYPES,
                    "openness": OPENNESS_OR_NULL,
                }
            )
        ),
        "same_type": FLAG,
        "disagreements": list_of(_disagreement()),
        "agreed": list_of(object_of({"key": TEXT, "value": VALUE})),
        "worded": list_of(TEXT),
        "left_open": object_of({"type": TYPE_OR_NULL, "possible_types": POSSIBLE_TYPES, "next_question": TEXT_OR_NULL}),
    }


def _disagreement() -> Schema:
    said = list_of(object_of({"person": COUNT, "line": PLACE_OR_NULL}))
    swap = object_of({"person": COUNT, "value": or_null(VALUE), "from": list_of(COUNT), "type": TYPE_OR_NULL})
    return object_of(
        {
            "key": TEXT,
            "contradicts": FLAG,
            "matters": FLAG,
            "views": list_of(object_of({"value": or_null(VALUE), "people": said})),
            "swaps": list_of(swap),
            "left_open": POSSIBLE_TYPES,
        }
    )
