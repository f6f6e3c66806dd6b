"""The house typeface: found on every machine, measured here, and given to renderers."""

from functools import cache
from pathlib import Path

from PIL import ImageFont

FOLDER = Path(__file__).parent / "fonts"
# Chinese and the marks of a legend are in the second
FAMILY = "Noto Sans, Noto Sans SC, sans-serif"
REGULAR, BOLD, CHINESE = "NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansSC-Regular.otf"
MEASURED = 100
NO_BREAK = "\u00a0"
# a code point that no font has a letter for
NOT_THERE = "\uffff"
# signs that open or close: no line starts with the second, none ends with the first
OPENING, CLOSING = "«“‘(（《〈「", "»”’)）》〉」，。；：、,.;:!?！？%"

FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>{fonts}</dir>
<cachedir>{cache}</cachedir>
<alias><family>sans-serif</family><prefer><family>Noto Sans</family></prefer></alias>
</fontconfig>
"""


def fontconfig(folder: Path) -> Path:
    """Write a fontconfig file that knows the house typeface alone, and return its path."""
    target = folder / "fonts.conf"
    target.write_text(FONTCONFIG.format(fonts=FOLDER, cache=folder / "cache"), encoding="utf-8")
    return target


@cache
def _font(name: str) -> ImageFont.FreeTypeFont:
    layout = ImageFont.Layout.BASIC
    return ImageFont.truetype(str(FOLDER / name), MEASURED, layout_engine=layout)


@cache
def is_chinese(character: str) -> bool:
    """Return whether a character is drawn from the Chinese file: ideographs, marks, signs."""
    empty_box = bytes(_font(REGULAR).getmask(NOT_THERE))
    return bytes(_font(REGULAR).getmask(character)) == empty_box


@cache
def _advance(character: str, bold: bool) -> float:
    """Return the width of one character at a size of one pixel."""
    name = CHINESE if is_chinese(character) else BOLD if bold else REGULAR
    return float(_font(name).getlength(character)) / MEASURED


def width(words: str, size: float, bold: bool = False) -> float:
    """Return how wide a text is in pixels; without kerning, which only makes it narrower."""
    return size * sum(_advance(character, bold) for character in words)


def wrap(words: str, size: float, room: float, bold: bool = False) -> list[str]:
    """Return a text in lines that fit into so many pixels; a word wider than that is cut apart."""
    lines: list[str] = []
    current = ""
    for piece in _pieces(words):
        if current and width((current + piece).rstrip(" "), size, bold) > room:
            lines.append(current.rstrip(" "))
            current = ""
        while width(piece.rstrip(" "), size, bold) > room and len(piece) > 1:
            fits = _fitting(piece, size, room, bold)
            lines.append(piece[:fits])
            piece = piece[fits:]
        current += piece.lstrip(" ") if not current else piece
    return [line for line in [*lines, current.rstrip(" ")] if line]


def _fitting(piece: str, size: float, room: float, bold: bool) -> int:
    """Return how many characters of a word fit, at least one."""
    count = len(piece)
    while count > 1 and width(piece[:count], size, bold) > room:
        count -= 1
    return count


def _pieces(words: str) -> list[str]:
    """Split where a line may end: after a space, and between ideographs."""
    pieces: list[str] = []
    for character in " ".join(words.split(" ")):
        glued = pieces and not (
            pieces[-1].endswith(" ")
            or (_ideograph(character) and pieces[-1][-1] not in OPENING)
            or (_ideograph(pieces[-1][-1]) and character not in CLOSING)
        )
        if glued or (pieces and (character == " " or character in CLOSING)):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _ideograph(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" and character not in CLOSING + OPENING
