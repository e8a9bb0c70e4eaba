"""What all pictures are drawn with: colours, text that stays in its room, hatches, and the frame with its words.

Hatching, position and words carry the meaning; colour only helps. Hatches are lines inside a clip, because renderers
differ in how they repeat patterns.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from html import escape

from spectrum_cli.model.plain_text import one_line
from spectrum_cli.render.pictures import widths

INK, MUTED, PAPER, LINE = "#1B1B1F", "#55555F", "#FFFFFF", "#C9C9D1"
BLUE, PINK, PURPLE, TINT = "#0B5394", "#C2185B", "#5E2B97", "#F3EFF8"
FONT = "Atkinson Hyperlegible Next, Atkinson Hyperlegible, Arial, Helvetica, Liberation Sans, sans-serif"

# Where the bundled font is not there, one like Arial stands in, a little wider in places.
_SPARE = 1.03
_CAPITAL_SPARE = 1.08
_WIDE, _PICTURE, _LEFTWARD, _OTHER = 1.0, 1.35, 0.72, 0.9
_MOST_SIGNS = 600
# Not every renderer knows the direction of a text; with this mark at both ends, marks of punctuation stay in place.
_RIGHT_TO_LEFT = "\u200f"


def plain(text: str) -> str:
    """Return a text on one line, without signs that XML does not allow or that the eye does not see."""
    return "".join(
        "\ufffd" if "\ud800" <= sign <= "\udfff" or sign in "\ufffe\uffff" else sign for sign in one_line(text)
    )


@cache
def _table(bold: bool) -> dict[str, float]:
    pairs = widths.BOLD if bold else widths.REGULAR
    return {
        sign: width / 100 * (_CAPITAL_SPARE if sign.isupper() else _SPARE) for width, signs in pairs for sign in signs
    }


def _sign_width(sign: str) -> float:
    """Return the width of a sign that the bundled font does not have; rather too much than too little."""
    code, category = ord(sign), unicodedata.category(sign)
    if category in ("Mn", "Me", "Cf"):
        return 0.0
    if 0x1F000 <= code < 0x20000 or 0x2600 <= code < 0x27C0:
        return _PICTURE
    if unicodedata.bidirectional(sign) in ("R", "AL"):
        return _LEFTWARD
    return _WIDE if unicodedata.east_asian_width(sign) in "WF" else _OTHER


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the room that a text needs at most, in the units of ``size``."""
    known = _table(bold)
    return size * sum(known[sign] if sign in known else _sign_width(sign) for sign in text)


def clusters(text: str) -> list[str]:
    """Take a text apart where it may be cut: a letter keeps its accents, a joined emoji its parts."""
    out: list[str] = []
    for sign in text:
        joins = bool(out) and (
            unicodedata.category(sign) in ("Mn", "Me", "Mc", "Cf")
            or "\U0001f3fb" <= sign <= "\U0001f3ff"
            or out[-1].endswith("\u200d")
            or ("\U0001f1e6" <= sign <= "\U0001f1ff" and len(out[-1]) == 1 and "\U0001f1e6" <= out[-1] <= "\U0001f1ff")
        )
        if joins:
            out[-1] += sign
        else:
            out.append(sign)
    return out


def cut(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return a text that fits into the room, with an ellipsis where it had to be cut."""
    if len(text) <= _MOST_SIGNS and text_width(text, size, bold=bold) <= room:
        return text
    left = room - text_width("…", size, bold=bold)
    kept = ""
    for cluster in clusters(text[:_MOST_SIGNS]):
        left -= text_width(cluster, size, bold=bold)
        if left < 0:
            break
        kept += cluster
    return f"{kept.rstrip()}…"


def wrap(text: str, room: float, size: float, *, bold: bool = False, most: int = 0) -> list[str]:
    """Return the lines of a text, none wider than the room; with ``most``, the last of so many lines is cut.

    A word that is wider than the room goes on in the next line, as in scripts that write no blanks.
    """
    if most and len(text) > _MOST_SIGNS:
        text = f"{text[:_MOST_SIGNS]}…"
    lines: list[str] = []
    pieces = [piece for word in text.split() for piece in _pieces(word, room, size, bold)]
    for number, piece in enumerate(pieces):
        longer = f"{lines[-1]} {piece}" if lines else piece
        if lines and text_width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        elif most and len(lines) == most:
            rest = " ".join([lines[-1], *pieces[number:]])
            return [*lines[:-1], cut(rest, room, size, bold=bold)]
        else:
            lines.append(piece)
    return lines


def _pieces(word: str, room: float, size: float, bold: bool) -> list[str]:
    """Take a word apart where it is wider than the room."""
    if text_width(word, size, bold=bold) <= room:
        return [word]
    pieces = [""]
    for cluster in clusters(word):
        if pieces[-1] and text_width(pieces[-1] + cluster, size, bold=bold) > room:
            pieces.append("")
        pieces[-1] += cluster
    return pieces


def balanced(text: str, room: float, size: float, *, bold: bool = False, most: int = 0) -> list[str]:
    """Wrap a text into lines of about the same length, as few as ``wrap`` needs."""
    best = wrap(text, room, size, bold=bold, most=most)
    narrower = room
    while len(best) > 1 and (narrower := narrower - size / 2) > room / 2:
        tried = wrap(text, narrower, size, bold=bold)
        if len(tried) > len(best) or any(text_width(word, size, bold=bold) > narrower for word in text.split()):
            break
        best = tried
    return best


def text(
    x: float, y: float, words: str, *, size: float, fill: str = INK, bold: bool = False, anchor: str = "start"
) -> str:
    """Return our own words on one line. ``y`` is the base line."""
    more = ' font-weight="700"' if bold else ""
    more += f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}"{more}>{escape(words)}</text>'


def lines(
    x: float,
    y: float,
    rows: Iterable[str],
    *,
    size: float,
    leading: float,
    fill: str = INK,
    bold: bool = False,
    anchor: str = "start",
) -> list[str]:
    """Return several lines under one another."""
    return [
        text(x, y + row * leading, words, size=size, fill=fill, bold=bold, anchor=anchor)
        for row, words in enumerate(rows)
    ]


def users_line(
    x: float, y: float, words: str, *, room: float, size: float, clip: str, fill: str = INK, bold: bool = False
) -> list[str]:
    """Return one line of a text from a file, on the left of its room and clipped to it.

    Whatever signs and fonts make of it, it covers nothing else. Text from right to left reads so, and stays on the
    left of the room, in the middle of the width that it needs.
    """
    fitted = cut(words, room, size, bold=bold)
    top, height = y - size, size * 1.32
    more = ' font-weight="700"' if bold else ""
    at = x
    if _runs_left(fitted):
        at = x + min(room, text_width(fitted, size, bold=bold)) / 2
        more += ' text-anchor="middle" direction="rtl"'
        fitted = f"{_RIGHT_TO_LEFT}{fitted}{_RIGHT_TO_LEFT}"
    return [
        f'<clipPath id="{clip}"><rect x="{x:.1f}" y="{top:.1f}" width="{room:.1f}" height="{height:.1f}"/></clipPath>',
        f'<text x="{at:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}"{more} clip-path="url(#{clip})">'
        f"{escape(fitted)}</text>",
    ]


def _runs_left(words: str) -> bool:
    """Whether the first letter is of a script that is written from right to left."""
    first = next((kind for sign in words if (kind := unicodedata.bidirectional(sign)) in ("L", "R", "AL")), "L")
    return first != "L"


def mix(start: str, end: str, share: float) -> str:
    """Return the colour between two colours."""
    pairs = [(int(start[at : at + 2], 16), int(end[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(one + (two - one) * share):02X}" for one, two in pairs)


def hatch(
    clip: str,
    shape: str,
    box: tuple[float, float, float, float],
    *,
    step: float = 9,
    width: float = 2.4,
    colour: str = PAPER,
    opacity: float = 0.6,
    crossed: bool = False,
) -> list[str]:
    """Return a shape's hatching: slanting lines, in both directions where ``crossed``. ``box`` is x, y, width, height.

    The shape itself is to be drawn before.
    """
    x, y, wide, high = box
    rising, falling = [], []
    at = -high
    while at < wide:
        rising.append(f"M{x + at:.1f} {y + high:.1f}l{high:.1f} {-high:.1f}")
        falling.append(f"M{x + at:.1f} {y:.1f}l{high:.1f} {high:.1f}")
        at += step
    path = "".join(rising + (falling if crossed else []))
    return [
        f'<clipPath id="{clip}">{shape}</clipPath>',
        f'<path d="{path}" clip-path="url(#{clip})" fill="none" stroke="{colour}" stroke-opacity="{opacity:g}" '
        f'stroke-width="{width:g}"/>',
    ]


def pill(x: float, y: float, words: str, *, size: float = 16, hollow: bool = False, height: float = 30) -> list[str]:
    """Return a label with round ends, its middle at ``x`` and ``y``; dashed and empty where ``hollow``."""
    wide = text_width(words, size, bold=True) + height
    look = f'fill="{PAPER}" stroke="{INK}" stroke-width="2" stroke-dasharray="5 3"' if hollow else f'fill="{INK}"'
    return [
        f'<rect x="{x - wide / 2:.1f}" y="{y - height / 2:.1f}" width="{wide:.1f}" height="{height:g}" '
        f'rx="{height / 2:g}" {look}/>',
        text(x, y + size * 0.36, words, size=size, fill=INK if hollow else PAPER, bold=True, anchor="middle"),
    ]


def heading(
    uid: str, x: float, room: float, about: str, title: str, said: Iterable[tuple[str, bool]], *, scale: float = 1
) -> tuple[list[str], float]:
    """Return the top of a picture and where it ends: what it is about, the decision's title, and sentences (bold?).

    The title takes one large line or two smaller ones. Each sentence takes as many lines as it needs.
    """
    y = 24 + 16 * scale
    out = [text(x, y, about, size=16 * scale, fill=PURPLE, bold=True)]
    whole = plain(title)
    fits = len(whole) <= _MOST_SIGNS and text_width(whole, 28 * scale, bold=True) <= room
    size = (28 if fits else 23) * scale
    for row, line in enumerate(wrap(whole, room, size, bold=True, most=2)):
        y += (36 if row == 0 else 29) * scale
        out += users_line(x, y, line, room=room, size=size, clip=f"{uid}-heading-{row}", bold=True)
    y += 4 * scale
    for sentence, bold in said:
        for line in wrap(sentence, room, 18 * scale, bold=bold):
            y += 25 * scale
            out.append(text(x, y, line, size=18 * scale, fill=INK if bold else MUTED, bold=bold))
    return out, y


def small_print(
    x: float, room: float, y: float, sentences: Iterable[str], *, size: float = 14
) -> tuple[list[str], float]:
    """Return the lines at the foot of a picture, from ``y`` down, and where they end. Empty sentences are left out."""
    rows = [line for sentence in sentences if sentence for line in wrap(sentence, room, size)]
    leading = size + 6
    return lines(x, y, rows, size=size, leading=leading, fill=MUTED), y + leading * (len(rows) - 1)


def document(uid: str, width: float, height: float, title: str, description: str, body: Iterable[str]) -> str:
    """Return the whole picture with its title and its description in words."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" '
            f'aria-labelledby="{uid}-title {uid}-description" font-family="{FONT}">',
            f'<title id="{uid}-title">{escape(title)}</title>',
            f'<desc id="{uid}-description">{escape(description)}</desc>',
            f'<rect width="{width:g}" height="{height:g}" fill="{PAPER}"/>',
            *body,
            "</svg>\n",
        ]
    )
