"""The first figure of a page as pictures: two widths, on light and dark ground, drawn of a build.

They stand in `warehouse/<build>.first/`, each written aside and renamed, and go with their build.
"""

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from desk.export import document, picture
from desk.export.picture import PNG_SCALE
from desk.export.sheet import Sheet
from desk.export.theme import THEMES
from desk.figures import Figure
from etl.warehouse import Build

# as wide as the column of a chart in a window of 1400 and of 390 pixels
WIDTHS = {"wide": 728, "narrow": 358}
# the letters of a live chart
TYPE_SIZE = 12
# few colours are drawn; with so many no edge of a letter looks rough
COLOURS = 64


@dataclass(frozen=True)
class Name:
    """Which picture: of which page, in which language, known on which day, how wide, how dark."""

    page: str
    language: str
    day: str
    width: str
    ground: str

    @property
    def file(self) -> str:
        """Return the name of its file."""
        return f"{self.page}.{self.language}.{self.day}.{self.width}.{self.ground}.png"


def folder(build: Build) -> Path:
    """Return where the pictures of a build stand."""
    return build.path.with_suffix(".first")


def names(page: str, language: str, day: str, grounds: tuple[str, ...]) -> Iterator[Name]:
    """Return all pictures of a page."""
    for ground in grounds:
        for width in WIDTHS:
            yield Name(page, language, day, width, ground)


def draw(figure: Figure, build: Build, name: Name, height: int) -> Path:
    """Return the file of a picture, drawn unless it is there; raise CannotExport or OSError."""
    target = folder(build) / name.file
    if not target.exists():
        sheet = Sheet(WIDTHS[name.width], height, TYPE_SIZE, bare=True)
        drawn = picture.svg(figure, sheet, THEMES[name.ground])
        _write(target, _small(document.pixels(drawn, sheet, PNG_SCALE)))
    return target


def _small(drawn: bytes) -> bytes:
    """Return the same picture in a third of the bytes."""
    few = Image.open(io.BytesIO(drawn)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def _write(target: Path, drawn: bytes) -> None:
    """Write aside and rename: two servers may draw the same picture of one build."""
    target.parent.mkdir(exist_ok=True)
    aside = target.with_name(f"{target.name}.{os.getpid()}.part")
    aside.write_bytes(drawn)
    aside.replace(target)
