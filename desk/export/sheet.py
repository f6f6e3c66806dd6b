"""How large a picture is: the presets, a free size, and the type size that follows."""

import re
from dataclasses import dataclass

from etl.errors import CannotExport

SMALLEST, LARGEST = 320, 4000


@dataclass(frozen=True)
class Sheet:
    """A surface in pixels; `type_size` is that of running text on it.

    A `bare` one takes plot and legend alone: its words are set around it by whoever shows it.
    """

    width: int
    height: int
    type_size: float
    bare: bool = False

    @property
    def pad(self) -> float:
        """Return the empty edge."""
        return round((0.4 if self.bare else 1.5) * self.type_size)


PRESETS = {
    "slide": Sheet(1280, 720, 16),
    "a4": Sheet(720, 560, 13),
    "square": Sheet(1080, 1080, 18),
}


def sheet(size: str) -> Sheet:
    """Return the surface of a preset or of «WIDTHxHEIGHT»; raise CannotExport for another."""
    if size in PRESETS:
        return PRESETS[size]
    found = re.fullmatch(r"(\d{1,5})x(\d{1,5})", size.strip().lower())
    if not found:
        raise CannotExport(f"Size «{size}» is unknown; use {', '.join(PRESETS)} or e.g. 1600x900.")
    width, height = int(found[1]), int(found[2])
    if not (SMALLEST <= width <= LARGEST and SMALLEST <= height <= LARGEST):
        raise CannotExport(
            f"Size «{size}» is out of range; each side takes {SMALLEST} to {LARGEST} pixels."
        )
    return Sheet(width, height, max(9.5, (width * height) ** 0.5 / 60))
