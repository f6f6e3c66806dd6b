"""A claim brought to the unit of its line, with what its digits and its bound leave open."""

import math
import re
from dataclasses import dataclass, replace

from etl.entries import Catalog, Unit
from etl.reading.claim import Claim
from etl.reading.facts import Span, spread
from etl.reading.rulebook import Rulebook

# "more than 200" told of 245 is loose, and true; beyond this it tells of something else
LOOSE = 1.25
_NUMBER = re.compile(r"\d[\d\s.,]*")


@dataclass(frozen=True)
class Stated:
    """A claim's figure in `unit`: `low` to `high` is what it says the truth to be.

    `precision` is one unit of its last digit. `value` is the middle of a range.
    """

    indicator: str
    span: Span
    unit: str
    value: float
    low: float
    high: float
    bound: str
    precision: float

    def allows(self, low: float, high: float) -> bool:
        """Return whether a figure that may lie from low to high can be the one stated."""
        slack = 1e-9 * max(abs(self.value), abs(high))
        return low <= self.high + slack and high >= self.low - slack

    def gap(self, low: float, high: float) -> float:
        """Return how far a figure lies outside, as a part of its size; 0 where it is allowed."""
        if self.allows(low, high):
            return 0.0
        apart = low - self.high if low > self.high else self.low - high
        size = max(abs(low + high) / 2, 1e-12)
        return apart / size

    @property
    def digits(self) -> int:
        """Return how many digits it is written with: few of them match many figures by chance."""
        if not self.value or not self.precision:
            return 1
        return max(1, math.floor(math.log10(abs(self.value) / self.precision) + 1e-9) + 1)


def unit_of(name: str | None, entries: Catalog, rules: Rulebook) -> tuple[Unit, float] | None:
    """Return the catalogue's unit and how many of it one of the claim's unit is, or None."""
    if not name or len(name) > 80:
        return None
    if name in entries.units:
        return entries.units[name], 1.0
    plain = " ".join(name.casefold().split())
    if plain in rules.spelled:
        unit, factor = rules.spelled[plain]
        return entries.units[unit], factor
    if plain.startswith("%"):
        return entries.units["%"], 1.0
    return None


def stated(
    claim: Claim,
    indicator: str,
    line: str,
    factor: float,
    span: Span,
    sign: float = 1.0,
    whole: bool = False,
) -> Stated | None:
    """Return the claim in its line's unit (`factor` of it is one of the claim's), or None.

    A `whole` number, such as a rank, is told exactly.
    """
    value, low, high = claim.value, claim.low, claim.high
    shown = value if value is not None else low if high is None else high
    if value is None and low is not None and high is not None:
        shown = (low + high) / 2
    if shown is None:
        return None
    step = 0.0 if whole else precision(claim)
    least, most = spread(claim.bound, shown, low, high, step)
    if claim.bound == ">":
        most = max(most, shown * LOOSE) if shown > 0 else most
    if sign < 0 < shown:
        least, most, shown = -most, -least, -shown
    edges = sorted((least * factor, most * factor))
    return Stated(
        indicator, span, line, shown * factor, edges[0], edges[1], claim.bound, step * factor
    )


def precision(claim: Claim) -> float:
    """Return one unit of the last digit that the claim is written with, in the claim's unit."""
    shown = next((x for x in (claim.value, claim.low, claim.high) if x is not None), 0.0)
    places = _places(shown)
    written = _written(claim.span_text, shown)
    if written is not None:
        return written
    if places:
        return float(f"1e-{places}")
    return _last_place(shown)


def _places(value: float) -> int:
    """Return how many digits stand behind the point."""
    text = f"{value:.10f}".rstrip("0")
    return len(text.partition(".")[2])


def _last_place(value: float) -> float:
    """Return the place of the last digit of a whole number, never coarser than it is told in.

    240 bn is told to the billion and 1.31 tn to the ten billion, whatever zeros end them.
    """
    size = abs(value)
    if size < 1e6:
        return 1.0
    coarsest = 1e11 if size >= 1e12 else 1e9 if size >= 1e9 else 1e6
    whole, place = int(size), 1.0
    while whole and whole % 10 == 0 and place < coarsest:
        whole, place = whole // 10, place * 10
    return place


def _written(text: str, value: float) -> float | None:
    """Return the last place of the number as its words print it: "240.0 billion" is exact to 0.1.

    None where the words hold no number that is this value, or this value scaled by thousands.
    """
    for found in _NUMBER.findall(text[:200]):
        plain = re.sub(r"[\s,](?=\d{3}(?!\d))", "", found.strip(" .,\t\n")).replace(",", ".")
        if plain.count(".") > 1 or not re.fullmatch(r"\d+(\.\d+)?", plain) or len(plain) > 18:
            continue
        number = float(plain)
        if not number:
            continue
        scale = abs(value) / number
        power = round(math.log10(scale)) if scale > 0 else 0
        if abs(scale / 10.0**power - 1) < 1e-6:
            return float(10.0 ** (power - len(plain.partition(".")[2])))
    return None


def narrowed(claim: Stated) -> Stated:
    """Return the claim as its digits say it, for finding where a wrong figure belongs."""
    size, step = abs(claim.value), claim.precision
    low, high = spread("=", claim.value, None, None, step)
    if claim.bound == ">":
        low, high = claim.value - step / 2, claim.value + 0.03 * size
    elif claim.bound == "<":
        low, high = claim.value - 0.03 * size, claim.value + step / 2
    elif claim.bound == "~":
        low, high = min(low, claim.value - 0.01 * size), max(high, claim.value + 0.01 * size)
    elif claim.bound == "range":
        low, high = claim.low, claim.high
    return replace(claim, low=low, high=high)
