"""A verified rule base as text and JSON."""

import json
from collections.abc import Sequence
from typing import Any

from spectrum_cli.model.diagnostic import Diagnostic
from spectrum_cli.model.verification import Proof, Verification
from spectrum_cli.render import words
from spectrum_cli.render.page import Page, Piece

VERIFY_FORMAT = 1
OWN_FRAMEWORK = "A framework of its own, not peoplehub's."


def render_verification(found: Verification, page: Page) -> None:
    """Write what was proved, over which space, and the sum."""
    base = found.rule_base
    page.prose(Piece(base.title, "title"))
    layers = words.joined([f"{layer.id} {layer.version}" for layer in base.layers])
    page.prose(Piece(f"{base.id} {base.version}, {base.hash}; layers: {layers}", "muted"))
    if base.framework == "own":
        page.prose(Piece(OWN_FRAMEWORK, "warn"))
    page.blank()
    for proof in found.proofs:
        outcome = Piece(f"proved {proof.id}: ", "bold") if proof.holds else Piece(f"NOT PROVED {proof.id}: ", "warn")
        page.prose(outcome, proof.claim, hang=2)
        page.prose(Piece(_space(proof), "muted"), indent=2)
    for witness in found.witnesses:
        if witness.kind == "counter-example":
            page.heading(witness.file)
            for line in witness.text.splitlines():
                page.raw(Piece(f"  {line}"))
    page.blank()
    page.prose(Piece(base.acknowledgement, "muted"))
    page.prose(Piece(verification_line(found), "bold"))


def _space(proof: Proof) -> str:
    return f"{proof.size:,} {proof.space}" + (f" ({proof.detail})" if proof.detail else "")


def verification_line(found: Verification) -> str:
    """Sum a verification up in one line."""
    base = found.rule_base
    proved, all_of_them, findings = (
        sum(proof.holds for proof in found.proofs),
        len(found.proofs),
        len(found.diagnostics),
    )
    told = "no findings" if not findings else "1 finding" if findings == 1 else f"{findings} findings"
    return (
        f"{base.id} {base.version}: {proved} of {all_of_them} claims proved, "
        f"{len(found.witnesses)} files that show something, {told}"
    )


def verification_json(found: Verification) -> str:
    """Return a verification as one line of JSON."""
    base = found.rule_base
    data: dict[str, Any] = {
        "format": VERIFY_FORMAT,
        "rule_base": base.used._asdict(),
        "proofs": [
            {
                "id": proof.id,
                "claim": proof.claim,
                "size": proof.size,
                "space": proof.space,
                "proved": proof.holds,
                "detail": proof.detail or None,
            }
            for proof in found.proofs
        ],
        "witnesses": [
            {
                "kind": item.kind,
                "id": item.id,
                "shows": item.shows,
                "file": item.file,
                "text": item.text,
                "others": [{"file": name, "text": text} for name, text in item.others],
            }
            for item in found.witnesses
        ],
        "diagnostics": located_data(found.diagnostics),
        "acknowledgement": base.acknowledgement,
    }
    return json.dumps(data, ensure_ascii=False, allow_nan=False)


def located_data(diagnostics: Sequence[Diagnostic]) -> list[dict[str, Any]]:
    """Return diagnostics as plain data, each with its file."""
    return [
        {
            "code": item.code,
            "severity": str(item.severity),
            "message": item.message,
            "file": item.file,
            "line": item.span.line if item.span else None,
            "column": item.span.column if item.span else None,
            "hint": item.hint or None,
            "related": [
                {"message": place.message, "file": place.file, "line": place.span.line, "column": place.span.column}
                for place in item.related
            ],
        }
        for item in diagnostics
    ]
