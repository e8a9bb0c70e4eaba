"""Where the texts of a picture stand, and on what ground, read from the picture itself."""

import re
import xml.etree.ElementTree as ElementTree
from typing import NamedTuple

from spectrum_cli.render.pictures.drawing import text_width

SPACE = "{http://www.w3.org/2000/svg}"


class Box(NamedTuple):
    """The room of one text: its left, top, right and bottom, and what it says."""

    left: float
    top: float
    right: float
    bottom: float
    words: str

    def touches(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def size_of(root: ElementTree.Element) -> tuple[float, float]:
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    return width, height


def text_boxes(root: ElementTree.Element) -> list[Box]:
    """Return the boxes of all texts. A text that is clipped ends where its clip does."""
    clips = {clip.attrib["id"]: clip[0] for clip in root.iter(f"{SPACE}clipPath")}
    boxes = []
    for element in root.iter(f"{SPACE}text"):
        words, size = element.text or "", float(element.attrib["font-size"])
        wide = text_width(words, size, bold=element.get("font-weight") == "700")
        x, y = float(element.attrib["x"]), float(element.attrib["y"])
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[element.get("text-anchor", "start")]
        right = left + wide
        clipped = re.fullmatch(r"url\(#(.+)\)", element.get("clip-path", ""))
        if clipped:
            rect = clips[clipped[1]]
            left = max(left, float(rect.attrib["x"]))
            right = min(right, float(rect.attrib["x"]) + float(rect.attrib["width"]))
        boxes.append(Box(left, y - 0.74 * size, right, y + 0.22 * size, words))
    return boxes


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def grounds(root: ElementTree.Element) -> list[tuple[str, str, set[str]]]:
    """Return each text with its colour and every colour that the shape under its middle has."""
    gradients = {
        element.attrib["id"]: {stop.attrib["stop-color"] for stop in element}
        for element in root.iter(f"{SPACE}linearGradient")
    }
    shapes: list[tuple[float, float, float, float, set[str]]] = []
    found = []
    texts = iter(text_boxes(root))
    for element in root:
        fill = element.get("fill", "")
        if element.tag in (f"{SPACE}rect", f"{SPACE}circle") and fill != "none":
            assert "fill-opacity" not in element.attrib, "the ground of a text would be a mixture"
            named = re.fullmatch(r"url\(#(.+)\)", fill)
            colours = gradients[named[1]] if named else {fill}
            if element.tag == f"{SPACE}rect":
                x, y = float(element.get("x", "0")), float(element.get("y", "0"))
                shapes.append((x, y, x + float(element.attrib["width"]), y + float(element.attrib["height"]), colours))
            else:
                x, y, r = (float(element.attrib[name]) for name in ("cx", "cy", "r"))
                shapes.append((x - r, y - r, x + r, y + r, colours))
        elif element.tag == f"{SPACE}text":
            box = next(texts)
            x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
            under = next(shape for shape in reversed(shapes) if shape[0] <= x <= shape[2] and shape[1] <= y <= shape[3])
            found.append((box.words, fill, under[4]))
    return found
