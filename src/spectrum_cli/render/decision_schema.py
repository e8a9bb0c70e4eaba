"""The JSON Schema of decision files, made from the same table as the reader.

It describes values as YAML 1.2 and JSON parsers give them. What only the text can show (duplicate keys, anchors,
two documents), that part ids differ, and the plain word ``null`` meant as a text, no schema can express.
"""

from typing import Any

from spectrum_cli.model.decision_format import (
    FORMAT_VERSION,
    MAX_PARTS,
    SECTIONS,
    SUPPORT_FIELDS,
    TOP_FIELDS,
    UNKNOWN,
    Field,
    Kind,
    Section,
)

# The newest dialect that editors' YAML support knows in full.
DIALECT = "http://json-schema.org/draft-07/schema#"

_UNSTATED = {"enum": [UNKNOWN, None]}
_OWN_KEYS: dict[str, Any] = {"^x-": {}}
_WORD = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
_DAY_31 = r"\d{4}-(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])"
_DAY_30 = r"\d{4}-(?:0[469]|11)-(?:0[1-9]|[12]\d|30)"
_DAY_28 = r"\d{4}-02-(?:0[1-9]|1\d|2[0-8])"
_DAY_29 = r"(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29"
_DAY = f"^(?!0000)(?:{_DAY_31}|{_DAY_30}|{_DAY_28}|{_DAY_29})$"


def decision_schema() -> dict[str, Any]:
    """Return the schema of format 1."""
    sections = {section.name: _section(section) for section in SECTIONS}
    top = {field.name: _described(field, _TITLE if field.name == "title" else None) for field in TOP_FIELDS}
    part = {
        "type": "object",
        "required": ["id", "title"],
        "properties": {"id": {**_TITLE, "description": "The part's short name, once in a file."}, **top, **sections},
        "patternProperties": _OWN_KEYS,
        "additionalProperties": False,
    }
    return {
        "$schema": DIALECT,
        "$id": f"urn:spectrum-cli:schema:decision-{FORMAT_VERSION}",
        "title": f"spectrum decision file, format {FORMAT_VERSION}",
        "type": "object",
        "required": ["spectrum", "title"],
        "properties": {
            "spectrum": {"description": "The format version.", "enum": [FORMAT_VERSION, str(FORMAT_VERSION)]},
            **top,
            **sections,
            "parts": {
                "description": "Decisions inside this one, each with its own advice.",
                "anyOf": [_UNSTATED, {"type": "array", "maxItems": MAX_PARTS, "items": part}],
            },
        },
        "patternProperties": _OWN_KEYS,
        "additionalProperties": False,
    }


_TITLE = _WORD


def _section(section: Section) -> dict[str, Any]:
    return {
        "description": section.meaning,
        "anyOf": [
            _UNSTATED,
            {
                "type": "object",
                "properties": {field.name: _described(field) for field in section.fields},
                "patternProperties": _OWN_KEYS,
                "additionalProperties": False,
            },
        ],
    }


def _described(field: Field, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"description": field.meaning, **(schema or _value(field))}


def _value(field: Field) -> dict[str, Any]:
    kind = field.kind
    if kind is Kind.TEXT:
        return {"type": ["string", "number", "boolean", "null"]}
    if kind is Kind.CHOICE:
        return {"enum": [*field.answers, UNKNOWN, None]}
    if kind is Kind.CHOICES:
        nothing, *rest = field.answers
        return {
            "anyOf": [
                _UNSTATED,
                {"const": [UNKNOWN]},
                {"type": "array", "items": {"const": nothing}},
                {"type": "array", "items": {"enum": rest}},
            ]
        }
    if kind is Kind.TEXTS:
        return {"anyOf": [_UNSTATED, {"type": "array", "items": _WORD}]}
    if kind is Kind.COUNT:
        return {
            "anyOf": [
                _UNSTATED,
                {"type": "integer", "minimum": 0, "maximum": 10**15 - 1},
                {"type": "string", "pattern": r"^\s*0*[0-9]{1,15}\s*$"},
            ]
        }
    if kind is Kind.FLAG:
        words = ("true", "yes", "on", "y", "false", "no", "off", "n")
        pattern = "|".join("".join(f"[{sign.upper()}{sign}]" for sign in word) for word in words)
        return {"anyOf": [_UNSTATED, {"type": "boolean"}, {"type": "string", "pattern": f"^(?:{pattern})$"}]}
    if kind is Kind.DATE:
        return {"anyOf": [_UNSTATED, {"type": "string", "format": "date", "pattern": _DAY}]}
    if kind is Kind.FIXED:
        pair = {
            "type": "object",
            "required": ["what"],
            "properties": {"what": _WORD, "why": {"type": ["string", "number", "boolean", "null"]}},
            "patternProperties": _OWN_KEYS,
            "additionalProperties": False,
        }
        return {"anyOf": [_UNSTATED, {"type": "array", "items": {"anyOf": [_WORD, pair]}}]}
    return {
        "anyOf": [
            {"enum": [*field.answers, UNKNOWN, None]},
            {
                "type": "object",
                "properties": {detail.name: _described(detail) for detail in SUPPORT_FIELDS},
                "patternProperties": _OWN_KEYS,
                "additionalProperties": False,
            },
        ]
    }
