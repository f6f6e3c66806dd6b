"""Figures in running text: digits that the precision warrants, the unit as a language counts it."""

from math import floor, log10

from desk import wording
from desk.lines import Point

# Chinese counts in ten thousands and hundred millions, not in thousands, millions and billions
CHINESE = {
    "USD bn": (10.0, "亿美元"),
    "CNY bn": (10.0, "亿元"),
    "EUR bn": (10.0, "亿欧元"),
    "RUB bn": (10.0, "亿卢布"),
    "USD million": (100.0, "万美元"),
    "Mt": (100.0, "万吨"),
    "bcm": (10.0, "亿立方米"),
    "million bbl": (100.0, "万桶"),
    "mb/d": (100.0, "万桶/日"),
}
# a space before these would look wrong
GLUED = ("%", "％")


def amount(value: float, precision: float, unit: str, symbol: str, language: str) -> str:
    """Return 21.4 USD bn · 21,4 млрд долл. · 214亿美元."""
    factor = 1.0
    if language == "zh" and unit in CHINESE:
        factor, symbol = CHINESE[unit]
    value, precision = value * factor, precision * factor
    shown = wording.exact(value, max(precision, _readable(value, symbol)), language)
    shown = shown.replace("-", "−")
    if language == "zh" or (symbol in GLUED and language == "en"):
        return f"{shown}{symbol}"
    return f"{shown}{wording.NO_BREAK}{symbol}".strip()


def _readable(value: float, symbol: str) -> float:
    """Return the finest step that running text shows: four digits, a tenth of a percent."""
    if symbol == "%":
        return 0.1
    return 10.0 ** (floor(log10(abs(value))) - 3) if value else 0.0


def of_point(point: Point, unit: str, symbol: str, language: str) -> str:
    """Return the value of a point with its bound, or its range."""
    precision, symbol = point.precision or 1.0, "" if unit == "rank" else symbol
    if point.bound == "range" and point.low is not None and point.high is not None:
        low = amount(point.low, precision, unit, "", language)
        return f"{low}–{amount(point.high, precision, unit, symbol, language)}"
    told = amount(point.value, precision, unit, symbol, language)
    return f"{wording.BOUND_MARKS[point.bound]}{told}"
