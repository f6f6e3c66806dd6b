"""What is computed when lines are set beside each other; every point says from what.

Pure: lines in, lines out. A period that has not all that is needed is a gap, never a guess.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from desk import derivations, units, wording
from desk.lines import Line, Point

# a computed figure is shown with one digit behind the point at most
LEAST_PRECISION = 0.1
PERCENT = 100.0
INDEX = "index"
# what is told of a reported figure, and of no computed one
UNTOLD: dict[str, Any] = {
    "vintages": 1,
    "old_value": None,
    "old_precision": 0.0,
    "revised": None,
    "counter": "",
    "note": "",
}
Period = tuple[str, str, str]


def period(point: Point) -> Period:
    """Return what makes two points stand for the same time."""
    return point.kind, point.start.isoformat(), point.end.isoformat()


def common(lines: list[Line]) -> list[Point]:
    """Return the points of the first line in periods that every line has, oldest first."""
    held = [{period(point) for point in line.points} for line in lines]
    if not held:
        return []
    shared = set.intersection(*held)
    found = [point for point in lines[0].points if period(point) in shared]
    return sorted(found, key=lambda point: (point.end, point.start))


def alone(line: Line, kind: str) -> Line:
    """Return a line of months without the figures of two months together."""
    if kind != "month":
        return line
    return replace(line, points=[point for point in line.points if point.kind == kind])


def base_of(lines: list[Line]) -> Point | None:
    """Return the first period in which every line has a figure above zero: the base of an index."""
    above = [replace(line, points=[p for p in line.points if p.value > 0]) for line in lines]
    return next(iter(common(above)), None)


def indexed(line: Line, base: Point, language: str) -> Line:
    """Return a line with the figure of its base as 100."""
    first = next(point for point in line.points if period(point) == period(base))
    said = f"{told(first, line.unit, language)} × 100"
    points = [
        derived(
            point,
            value=point.value / first.value * PERCENT,
            error=_relative(point) + _relative(first),
            method=derivations.method("index", language),
            inputs=f"{told(point, line.unit, language)} ÷ {said}",
            others=[first],
            scale=PERCENT / first.value,
        )
        for point in line.points
    ]
    return replace(line, unit=INDEX, points=points, computed=True)


def shares(lines: list[Line], language: str) -> list[Line]:
    """Return each line as its share of the sum of all, in per cent, where all are known."""
    shared = {period(point) for point in common(lines)}
    by_period: dict[Period, list[Point]] = {}
    for line in lines:
        for point in line.points:
            by_period.setdefault(period(point), []).append(point)
    sums = {key: sum(point.value for point in by_period[key]) for key in shared}
    return [
        replace(
            line,
            unit="%",
            computed=True,
            points=[
                derived(
                    point,
                    value=point.value / sums[period(point)] * PERCENT,
                    error=_relative(point),
                    method=derivations.method("share of the sum", language),
                    inputs=f"{told(point, line.unit, language)} ÷ "
                    f"{wording.number(sums[period(point)], language)} "
                    f"{units.symbol(line.unit, language)}",
                    others=by_period[period(point)],
                )
                for point in line.points
                if sums.get(period(point))
            ],
        )
        for line in lines
    ]


def growth(line: Line, language: str) -> Line:
    """Return a line as its change on the same period a year before, in per cent."""
    before = {_months(point): point for point in line.points}
    pairs = [(point, before.get(_months(point, years=1))) for point in line.points]
    points = [
        derived(
            point,
            value=(point.value / earlier.value - 1) * PERCENT,
            error=(_relative(point) + _relative(earlier)) * point.value / earlier.value,
            relative_to=PERCENT,
            method=derivations.method("growth on a year", language),
            inputs=f"{told(point, line.unit, language)} ÷ {told(earlier, line.unit, language)} − 1",
            others=[earlier],
        )
        for point, earlier in pairs
        if earlier is not None and earlier.value > 0
    ]
    return replace(line, unit="%", points=points, computed=True)


def gap(one: Line, other: Line, percent: bool, language: str) -> Line:
    """Return one side minus the other: in their unit, or in per cent of the other."""
    facing = {period(point): point for point in other.points}
    pairs = [(point, facing.get(period(point))) for point in one.points]
    points = [
        _gap(point, over, percent, one.unit, language)
        for point, over in pairs
        if over is not None and (over.value or not percent)
    ]
    label = f"{one.label} − {other.label}"
    unit = "%" if percent else one.unit
    return replace(other, label=label, unit=unit, points=points, marked=False, computed=True)


def _gap(point: Point, other: Point, percent: bool, unit: str, language: str) -> Point:
    said = f"{told(point, unit, language)} − {told(other, unit, language)}"
    away = point.value - other.value
    if not percent:
        return derived(
            point,
            value=away,
            precision=(point.precision + other.precision) / 2,
            method=derivations.method("difference", language),
            inputs=said,
            others=[other],
        )
    return derived(
        point,
        value=away / other.value * PERCENT,
        error=(_relative(point) + _relative(other)) * abs(point.value / other.value),
        relative_to=PERCENT,
        method=derivations.method("difference", language),
        inputs=f"({said}) ÷ {wording.exact(other.value, other.precision, language)} "
        f"{units.symbol(unit, language)}",
        others=[other],
    )


def by_year(line: Line) -> list[Line]:
    """Return a line a year, each named by its year."""
    years = sorted({point.end.year for point in line.points})
    return [
        replace(
            line, label=str(year), points=[point for point in line.points if point.end.year == year]
        )
        for year in years
    ]


def told(point: Point, unit: str, language: str) -> str:
    """Return a figure that something is computed from: value, unit, period, whose it is."""
    value = wording.exact(point.value, point.precision, language)
    return f"{value} {units.symbol(unit, language)} ({point.label}, {point.publisher})"


def derived(
    point: Point,
    *,
    value: float,
    method: str,
    inputs: str,
    others: Iterable[Point] = (),
    precision: float | None = None,
    error: float = 0.0,
    relative_to: float | None = None,
    scale: float | None = None,
) -> Point:
    """Return a point computed from another and from `others`.

    Its precision is given, or follows from a relative `error`; `scale` carries a range along.
    """
    from_what = [point, *others]
    estimated = any(each.status == "estimated" for each in from_what)
    if precision is None:
        size = relative_to if relative_to is not None else abs(value)
        precision = max(LEAST_PRECISION, size * error / 2)
    ranged = scale is not None and point.low is not None and point.high is not None
    return replace(
        point,
        value=value,
        precision=precision,
        status="estimated" if estimated else "derived",
        publisher=derivations.OURS + method,
        source="amur",
        published=max(p.published for p in from_what),
        inputs=inputs,
        disputed=point.disputed and ranged,
        low=point.low * scale if ranged and point.low is not None and scale else None,
        high=point.high * scale if ranged and point.high is not None and scale else None,
        **UNTOLD,
    )


def _relative(point: Point) -> float:
    """Return how much of a figure its last printed digit is."""
    return point.precision / abs(point.value) if point.value else 0.0


def _months(point: Point, years: int = 0) -> tuple[str, int, int, int]:
    """Return a period by its months, some years earlier, whatever the day it ends on."""
    return point.kind, point.end.year - years, point.start.month, point.end.month
