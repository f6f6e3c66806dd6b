"""Axes for print: ranges and ticks that are fixed before anything is drawn.

A renderer that chose them itself could not be told where a label of ours fits.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil, floor, log10

from babel.numbers import format_decimal

from desk import wording
from desk.export import typeface
from desk.sketch import Spec

GAP = 1.1
STEPS = (1, 2, 5, 10)


@dataclass(frozen=True)
class Scale:
    """A range and its ticks, low to high; `reversed` puts the low end on top."""

    low: float
    high: float
    ticks: list[float]
    words: list[str]
    reversed: bool = False

    def share(self, value: float) -> float:
        """Return where a value lies, 0 at the origin and 1 at the far end."""
        part = (value - self.low) / (self.high - self.low)
        return 1 - part if self.reversed else part

    @property
    def range(self) -> list[float]:
        """Return the ends in drawing order."""
        return [self.high, self.low] if self.reversed else [self.low, self.high]


def extent(trace: Spec) -> list[float]:
    """Return the values of a trace with the ends of its error bars."""
    found = [y for y in trace["y"] if y is not None]
    bars = trace.get("error_y", {})
    if bars.get("visible"):
        pairs = list(zip(trace["y"], bars["array"], bars["arrayminus"], strict=True))
        found += [y + up for y, up, _ in pairs] + [y - down for y, _, down in pairs]
    return found


def values(found: Iterable[float], language: str, zero: bool, most: int) -> Scale:
    """Return a scale for values, at most so many ticks; `zero` keeps zero in sight."""
    known = list(found) + ([0.0] if zero else [])
    low, high = min(known, default=0.0), max(known, default=1.0)
    if low == high:
        low, high = low - (abs(low) / 10 or 1), high + (abs(high) / 10 or 1)
    pad = (high - low) * 0.06
    low = low if zero and low == 0 else low - pad
    high = high if zero and high == 0 else high + pad
    step = _step((high - low) / max(1, most - 1))
    ticks = [
        round(n * step, 10) for n in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)
    ]
    return Scale(low, high, ticks, [number(tick, step, language) for tick in ticks])


def ranks(found: Iterable[float]) -> Scale:
    """Return a scale of whole places, the first on top."""
    high = max(found, default=1.0)
    ticks = [float(n) for n in range(1, int(high) + 1)]
    return Scale(0.5, high + 0.5, ticks, [f"{tick:.0f}" for tick in ticks], reversed=True)


def number(value: float, step: float, language: str) -> str:
    """Return a tick in the language's figures, with as many digits as the step needs."""
    digits = max(0, -floor(log10(step) + 1e-9))
    form = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(value + 0.0, format=form, locale=language)).replace("-", "−")


def _step(least: float) -> float:
    unit = 10.0 ** floor(log10(least))
    return next(unit * step for step in STEPS if unit * step >= least - 1e-12)


def days(
    found: Iterable[float], whole_years: bool, language: str, room: float, size: float
) -> Scale:
    """Return a scale of days (as `place` gives them), with ticks that fit into so many pixels."""
    known = sorted(found)
    edge = max((known[-1] - known[0]) * 0.02, 200.0 if whole_years else 12.0)
    low, high = known[0] - edge, known[-1] + edge
    shown = _year_ticks(low, high, whole_years, room, size)
    if len(shown) < 3 and not whole_years:
        shown = _month_ticks(low, high, language, room, size)
    return Scale(low, high, [place(day) for day, _ in shown], [word for _, word in shown])


def place(day: date) -> float:
    """Return the place of a day, or of a moment in it, on a scale of days."""
    hours = (day.hour * 60 + day.minute) / 1440 if isinstance(day, datetime) else 0.0
    return day.toordinal() + hours


def moment(at: float) -> str:
    """Return the moment of a place as plotly takes it."""
    start = datetime.combine(date.fromordinal(floor(at)), time())
    return (start + timedelta(days=at - floor(at))).isoformat(timespec="minutes")


def _year_ticks(
    low: float, high: float, whole: bool, room: float, size: float
) -> list[tuple[date, str]]:
    """Years, every one or every second, fifth, tenth; whole years stand over their middle."""
    at = (7, 2) if whole else (1, 1)
    first, last = date.fromordinal(floor(low)).year, date.fromordinal(ceil(high)).year
    years = [n for n in range(first, last + 1) if low <= place(date(n, *at)) <= high]
    fit = max(1, int(room / (typeface.width("2000", size) * 1.6)))
    step = next((n for n in (1, 2, 5, 10, 20) if len(years) <= fit * n), 50)
    return [(date(n, *at), str(n)) for n in years if (years[-1] - n) % step == 0]


def _month_ticks(
    low: float, high: float, language: str, room: float, size: float
) -> list[tuple[date, str]]:
    first, last = date.fromordinal(floor(low)).year, date.fromordinal(ceil(high)).year
    months = [
        date(year, month, 1)
        for year in range(first, last + 1)
        for month in range(1, 13)
        if low <= place(date(year, month, 1)) <= high
    ]
    words = [wording.period("month", day, day, language) for day in months]
    widest = max((typeface.width(word, size) for word in words), default=1.0)
    step = max(1, ceil(len(months) * widest * 1.3 / room))
    return list(zip(months, words, strict=True))[::-1][::step][::-1]
