"""The texts of an SVG with the boxes that they take, read by the standard library's parser."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

from desk.export import typeface

SVG = "{http://www.w3.org/2000/svg}"
_MOVE = re.compile(r"translate\(\s*([-\d.e]+)[,\s]*([-\d.e]*)\s*\)")
_RGB = re.compile(r"rgb\((\d+),\s*(\d+),\s*(\d+)\)")


@dataclass(frozen=True)
class Text:
    """One text with its box in pixels, and its colour as #rrggbb."""

    words: str
    left: float
    top: float
    right: float
    bottom: float
    colour: str

    def overlaps(self, other: "Text") -> bool:
        """Say whether the two boxes share more than a hair."""
        hair = 1.0
        return (
            self.left + hair < other.right
            and other.left + hair < self.right
            and self.top + hair < other.bottom
            and other.top + hair < self.bottom
        )


def texts(raw: bytes) -> list[Text]:
    """Return every text that is drawn."""
    return list(_under(ET.fromstring(raw), 0.0, 0.0))


def _under(node: ET.Element, x: float, y: float) -> Iterator[Text]:
    for moved in _MOVE.findall(node.get("transform", "")):
        x, y = x + float(moved[0]), y + float(moved[1] or 0)
    if node.tag == f"{SVG}text":
        yield from _text(node, x, y)
        return
    for child in node:
        yield from _under(child, x, y)


def _text(node: ET.Element, x: float, y: float) -> Iterator[Text]:
    words = "".join(node.itertext())
    if not words.strip():
        return
    styles = [part.split(":", 1) for part in node.get("style", "").split(";") if ":" in part]
    style = {key.strip(): value.strip() for key, value in styles}
    size = float(style["font-size"].removesuffix("px"))
    bold = any("bold" in child.get("style", "") for child in node.iter())
    wide = typeface.width(words, size, bold)
    anchor = {"start": 0.0, "middle": 0.5, "end": 1.0}[node.get("text-anchor", "start")]
    left = x + float(node.get("x", 0)) - anchor * wide
    # the letters themselves: a little above and below the line that they stand on
    base = y + float(node.get("y", 0))
    red, green, blue = map(int, _RGB.findall(style["fill"])[0])
    colour = f"#{red:02x}{green:02x}{blue:02x}"
    yield Text(words, left, base - size * 0.75, left + wide, base + size * 0.2, colour)
