"""Colours of paper and of a dark screen, and the contrast that text must keep.

`.streamlit/config.toml` says the same paper, ink and panel for the screen; a test holds the two
together.
"""

from dataclasses import dataclass

from desk.palette import contrast, parts
from etl.errors import CannotExport

# WCAG 2: running text
LEAST_CONTRAST = 4.5


@dataclass(frozen=True)
class Theme:
    """Background, text, quiet text, grid, and the ground of a card or a heading row."""

    paper: str
    ink: str
    quiet: str
    grid: str
    panel: str


THEMES = {
    "light": Theme(
        paper="#ffffff", ink="#10161f", quiet="#545c68", grid="#e3e6ea", panel="#f1f4f7"
    ),
    "dark": Theme(paper="#14181f", ink="#eef0f3", quiet="#a9b1bd", grid="#2f3640", panel="#1f2630"),
}


def theme(name: str) -> Theme:
    """Return a theme; raise CannotExport for an unknown one."""
    if name not in THEMES:
        raise CannotExport(f"Theme «{name}» is unknown; use {' or '.join(THEMES)}.")
    return THEMES[name]


def readable(colour: str, drawn: Theme) -> str:
    """Return a colour, moved towards the ink until text in it can be read."""
    for step in range(21):
        mixed = _mix(colour, drawn.ink, step / 20)
        if contrast(mixed, drawn.paper) >= LEAST_CONTRAST:
            return mixed
    return drawn.ink


def _mix(one: str, other: str, share: float) -> str:
    pairs = zip(parts(one), parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
