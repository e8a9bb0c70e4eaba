"""What the document and the slides share: the font, the stops, pictures as PNG, and a file without times."""

import io
import unicodedata
import zipfile
from datetime import datetime
from typing import Any, NamedTuple

from spectrum_cli.model.pack import Pack
from spectrum_cli.render.assets import FONTS
from spectrum_cli.render.pictures.drawing import plain

FONT, FALLBACK_FONT = "Atkinson Hyperlegible Next", "Arial"
FALLBACK_PANOSE = "020B0604020202020204"
AUTHOR = "spectrum"

# The earliest date that a zip archive can hold. The time of making would make two equal packs differ.
MADE = datetime(1980, 1, 1)

_LAST_LATIN = "\u024f"


class Stop(NamedTuple):
    """A stop of the spectrum: whether this decision stands there, or may still turn out to stand there."""

    name: str
    here: bool
    possible: bool


def stops(pack: Pack) -> tuple[Stop, ...]:
    """Return the six stops from TO to WITH as the pack tells of them."""
    return tuple(
        Stop(kind.name, kind is pack.type, kind is not pack.type and kind in pack.possible_types) for kind in pack.types
    )


def spectrum_words(pack: Pack) -> str:
    """Return what the drawing of the stops shows, in words."""
    told = stops(pack)
    here = pack.texts("workshop.slides.stands_at", type=pack.type.name, number=pack.type.order + 1)
    ends = pack.texts("workshop.slides.line", types=", ".join(stop.name for stop in told))
    return " ".join(text for text in (ends, here, pack.possible) if text)


def runs_left(text: str) -> bool:
    """Whether the first letter of a text is of a script that is written from right to left."""
    first = next((kind for sign in text if (kind := unicodedata.bidirectional(sign)) in ("L", "R", "AL")), "L")
    return first != "L"


def title_of(pack: Pack) -> str:
    """Return the title of the file, for its properties and for the bar of the window."""
    return plain(f"{pack.texts('workshop.title')}: {pack.title}")


def set_properties(properties: Any, pack: Pack) -> None:
    """Fill in the properties of an office file, which both packages call alike."""
    # The format holds at most 255 characters here.
    properties.title, properties.subject = title_of(pack)[:255], pack.fit
    properties.author = properties.last_modified_by = AUTHOR
    properties.comments, properties.keywords = plain(pack.made_by)[:255], ""
    properties.language, properties.revision = pack.texts.language, 1
    properties.created = properties.modified = MADE


def as_png(svg: str, width: int) -> bytes | None:
    """Return a drawing as PNG, so many dots wide, or None where typst is not installed.

    The bundled font is used; the fonts of the system only where a text has other letters than Latin ones.
    """
    try:
        import typst
    except ModuleNotFoundError:
        return None
    points = 720
    page = f"#set page(width: {points}pt, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), width: 100%)"
    fonts = typst.Fonts(
        include_system_fonts=any(sign > _LAST_LATIN for sign in svg if sign.isalpha()),
        include_embedded_fonts=True,
        font_paths=[str(FONTS)],
    )
    compiler = typst.Compiler(page.encode(), font_paths=fonts)
    made = compiler.compile(format="png", ppi=72 * width / points, sys_inputs={"svg": svg})
    return made if isinstance(made, bytes) else None


def without_times(archive: bytes) -> bytes:
    """Return an office file whose entries all bear one date, so that equal packs are equal files."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            dated = zipfile.ZipInfo(entry.filename, MADE.timetuple()[:6])
            after.writestr(dated, before.read(entry), zipfile.ZIP_DEFLATED)
    return out.getvalue()
