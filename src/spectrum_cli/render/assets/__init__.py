"""What pages and documents are made of besides text: fonts with their licence, style sheets, templates."""

from base64 import b64encode
from pathlib import Path

FOLDER = Path(__file__).parent
FONTS = FOLDER / "fonts"


def asset(name: str) -> str:
    """Return the text of an asset, by its path below this folder."""
    return (FOLDER / name).read_text(encoding="utf-8")


def font_faces() -> str:
    """Return the style rules that carry the bundled font inside a page."""
    faces = []
    for weight, name in ((400, "Regular"), (700, "Bold")):
        data = b64encode((FONTS / f"AtkinsonHyperlegibleNext-{name}.woff2").read_bytes()).decode("ascii")
        faces.append(
            f'@font-face {{ font-family: "Atkinson Hyperlegible Next"; font-weight: {weight}; font-display: block; '
            f'src: url(data:font/woff2;base64,{data}) format("woff2"); }}\n'
        )
    return "".join(faces)
