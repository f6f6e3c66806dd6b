"""The house colours of what is drawn: each holds on white and on the dark ground alike.

A server learns the theme of its reader only after the first picture is drawn, and a figure leaves
the house on paper too; so there is one set of middle tones, not one a theme. Text in a chart takes
the colour of its theme: no middle tone can be read on both grounds.
"""

# at least 3 to 1 on both grounds, and apart for colour-blind readers: tests/desk/test_colours.py
PALETTE = (
    "#0e6e9d",
    "#b04402",
    "#12916b",
    "#7762c7",
    "#a59200",
    "#009ce0",
    "#8f5178",
    "#87939c",
    "#516f3a",
    "#d15f62",
)
# what is no line of its own: events, targets, steps, years long past, all the others together
NEUTRAL = "#868c96"
# around what a reader has pointed at
POINTED = "#c27803"
# over a chart whose figures are invented
WARNING = "#c8553d"
_BLACK, _WHITE = "#000000", "#ffffff"


def ink_on(colour: str) -> str:
    """Return black or white, whichever can be read on a ground of this colour."""
    return max(_BLACK, _WHITE, key=lambda ink: contrast(ink, colour))


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, 0 to 1 (WCAG 2)."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(colour: str) -> tuple[float, float, float]:
    """Return the three parts of «#0e6e9d», each 0 to 1 and proportional to light."""
    red, green, blue = (_light(part / 255) for part in parts(colour))
    return red, green, blue


def parts(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue of «#0e6e9d», each 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _light(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
