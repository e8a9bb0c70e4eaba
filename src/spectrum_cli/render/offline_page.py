"""What every page that works without a network shares: its policy, and data that no text in it can end."""

import base64
import hashlib
import json
from collections.abc import Sequence


def policy(style: str, scripts: Sequence[str]) -> str:
    """Return the page's policy: these scripts, this style, what is inside the page, and nothing from elsewhere."""
    allowed = " ".join(map(_hash, scripts)) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; font-src data:; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def json_block(ident: str, value: object) -> str:
    """Return data in a block that no text in it can end: ``<`` is written as an escape."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for sign in ("<", "\u2028", "\u2029"):
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/json" id="{ident}">{text}</script>\n'


def unending(script: str) -> str:
    """Return a script in which no text ends the element that it stands in."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def script_block(script: str) -> str:
    """Return a script as an element of its own, which must have passed :func:`unending`."""
    return f"<script>{script}</script>\n"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
