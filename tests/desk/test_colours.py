"""House colours: seen on both grounds, apart for colour-blind readers, defined once."""

import tomllib
from itertools import combinations

import pytest

from desk import marks, overlays, palette, verdicts
from desk.export.theme import LEAST_CONTRAST, THEMES
from desk.palette import PALETTE, contrast, ink_on
from etl.paths import ROOT

# WCAG 2, 1.4.11: graphical objects
LEAST_GRAPHICAL = 3.0
# CSS Color 4 takes 0.02 in OKLab for the smallest difference that is seen: three of them
LEAST_APART = 0.06
THEME = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["theme"]
DRAWN = {
    **{f"line {place}": colour for place, colour in enumerate(PALETTE)},
    **{f"verdict {name}": look.colour for name, look in verdicts.LOOKS.items()},
    **{f"status {name}": colour for name, colour in overlays.STATUS_COLOURS.items()},
    "event": overlays.EVENT,
    "year long past": marks.FADED,
    "invented": palette.WARNING,
}
# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency", IEEE TVCG 15(6), 2009: severity 1.0, on linear sRGB
SIGHTS = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# Ottosson, "A perceptual color space for image processing", 2020: linear sRGB to OKLab
CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
Matrix = tuple[tuple[float, ...], ...]


def _times(matrix: Matrix, vector: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def _seen(colour: str, sight: Matrix) -> tuple[float, ...]:
    """Return a colour in OKLab, as it is seen with a sight."""
    light = tuple(min(max(part, 0.0), 1.0) for part in _times(sight, palette.linear(colour)))
    return _times(LAB, tuple(part ** (1 / 3) for part in _times(CONES, light)))


def _apart(one: str, other: str, sight: Matrix) -> float:
    pairs = zip(_seen(one, sight), _seen(other, sight), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


@pytest.mark.parametrize("ground", THEMES)
def test_every_mark_is_seen_on_the_ground(ground: str) -> None:
    paper = THEMES[ground].paper
    faint = {name: contrast(colour, paper) for name, colour in DRAWN.items()}
    assert {name: found for name, found in faint.items() if found < LEAST_GRAPHICAL} == {}


@pytest.mark.parametrize("sight", SIGHTS)
def test_no_two_of_the_ten_look_alike(sight: str) -> None:
    alike = {
        (one, other): _apart(one, other, SIGHTS[sight]) for one, other in combinations(PALETTE, 2)
    }
    assert {pair: found for pair, found in alike.items() if found < LEAST_APART} == {}


def test_the_measure_tells_red_from_green_only_where_a_reader_can() -> None:
    """Without this, a broken simulation would pass any palette."""
    red, green = "#c05a3c", "#7d8a2a"
    assert _apart(red, green, SIGHTS["normal"]) > 2 * LEAST_APART
    assert _apart(red, green, SIGHTS["deuteranopia"]) < LEAST_APART


def test_text_on_a_tile_of_any_colour_can_be_read() -> None:
    for colour in (*PALETTE, palette.NEUTRAL, palette.POINTED):
        assert contrast(ink_on(colour), colour) >= LEAST_CONTRAST


def test_the_screen_and_the_exports_have_one_palette() -> None:
    assert tuple(THEME["chartCategoricalColors"]) == PALETTE == marks.PALETTE
    assert THEME["light"]["primaryColor"] == PALETTE[0]


@pytest.mark.parametrize("name", THEMES)
def test_the_screen_and_the_exports_have_one_ground(name: str) -> None:
    screen, paper = THEME[name], THEMES[name]
    assert screen["backgroundColor"] == paper.paper
    assert screen["secondaryBackgroundColor"] == paper.panel
    assert screen["textColor"] == paper.ink


@pytest.mark.parametrize("name", THEMES)
def test_text_of_the_screen_can_be_read(name: str) -> None:
    """A caption is drawn in 60 % of the text colour (Streamlit's `fadedText60`)."""
    screen = THEME[name]
    for ground in (screen["backgroundColor"], screen["secondaryBackgroundColor"]):
        for text in ("textColor", "linkColor", "primaryColor"):
            assert contrast(screen[text], ground) >= LEAST_CONTRAST, (text, ground)
    assert contrast(_faded(screen), screen["backgroundColor"]) >= LEAST_CONTRAST


def _faded(screen: dict[str, str]) -> str:
    pairs = zip(
        palette.parts(screen["textColor"]), palette.parts(screen["backgroundColor"]), strict=True
    )
    return "#" + "".join(f"{round(0.6 * text + 0.4 * ground):02x}" for text, ground in pairs)


def test_a_reader_s_system_chooses_the_theme() -> None:
    assert "base" not in THEME
