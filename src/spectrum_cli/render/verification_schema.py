"""The JSON Schema of a verified rule base: what ``spectrum rules verify --format json`` writes."""

from spectrum_cli.render.schema_parts import (
    COUNT,
    FINDING,
    FLAG,
    PLACE,
    RULE_BASE,
    TEXT,
    TEXT_OR_NULL,
    Schema,
    list_of,
    object_of,
    published,
)
from spectrum_cli.render.verification import VERIFY_FORMAT


def verification_schema() -> Schema:
    """Return the schema of a verification."""
    proof = object_of({"id": TEXT, "claim": TEXT, "size": COUNT, "space": TEXT, "proved": FLAG, "detail": TEXT_OR_NULL})
    file: Schema = {"file": TEXT, "text": TEXT}
    witness = object_of({"kind": TEXT, "id": TEXT, "shows": TEXT, **file, "others": list_of(object_of(file))})
    related = object_of({"message": TEXT, "file": TEXT, "line": PLACE, "column": PLACE})
    verification = object_of(
        {
            "format": {"const": VERIFY_FORMAT},
            "rule_base": RULE_BASE,
            "proofs": list_of(proof),
            "witnesses": list_of(witness),
            "diagnostics": list_of(object_of({**FINDING, "file": TEXT, "related": list_of(related)})),
            "acknowledgement": TEXT,
        }
    )
    return published("verify", VERIFY_FORMAT, "spectrum rules verify", verification)
