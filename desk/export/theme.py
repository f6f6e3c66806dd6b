"""Colours of paper and of a dark screen, and the contrast that text must keep."""

from dataclasses import dataclass

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
        paper="#ffffff", ink="#1a2230", quiet="#545c68", grid="#e3e6ea", panel="#f1f4f7"
    ),
    "dark": Theme(paper="#14181f", ink="#eef0f3", quiet="#a9b1bd", grid="#2f3640", panel="#1f2630"),
}


def theme(name: str) -> Theme:
    """Return a theme; raise CannotExport for an unknown one."""
    if name not in THEMES:
        raise CannotExport(f"Theme «{name}» is unknown; use {' or '.join(THEMES)}.")
    return THEMES[name]


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast of two colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str, drawn: Theme) -> str:
    """Return a colour, moved towards the ink until text in it can be read."""
    for step in range(21):
        mixed = _mix(colour, drawn.ink, step / 20)
        if contrast(mixed, drawn.paper) >= LEAST_CONTRAST:
            return mixed
    return drawn.ink


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mix(one: str, other: str, share: float) -> str:
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _luminance(colour: str) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (part / 255 for part in _parts(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
