"""A row of arithmetic on selected points: count, sum, mean, growth, one row a line."""

from dataclasses import dataclass
from itertools import groupby, pairwise

from desk.lines import Line, Point

# what a sum would say nothing of
LEVELS = ("%", "rank", "x", "pp", "index")
# growth of these is read as points by everybody
NO_GROWTH = ("%", "rank", "pp")


@dataclass(frozen=True)
class Calculated:
    """What the selected points of one line give, in the unit of the line.

    `total` is None with `why_not`: overlap, level or stated. `mean` is None where periods overlap
    or are not equally long. `growth` is in percent, from the first to the last point where both
    have periods of one kind and length and the first is above zero.
    """

    line: Line
    points: tuple[Point, ...]
    precision: float
    mean: float | None = None
    total: float | None = None
    why_not: str = ""
    growth: float | None = None


def of(chosen: list[tuple[Line, Point]]) -> list[Calculated]:
    """Return one row for each line that has selected points; `chosen` comes by line and time."""
    grouped = groupby(chosen, key=lambda pair: id(pair[0]))
    rows = [[*pairs] for _, pairs in grouped]
    return [_row(pairs[0][0], tuple(point for _, point in pairs)) for pairs in rows]


def _row(line: Line, points: tuple[Point, ...]) -> Calculated:
    values = [point.value for point in points]
    why_not = _why_not(line, points)
    return Calculated(
        line=line,
        points=points,
        precision=max(point.precision for point in points),
        mean=None if why_not == "overlap" or _uneven(points) else sum(values) / len(values),
        total=None if why_not else sum(values),
        why_not=why_not,
        growth=None if line.unit in NO_GROWTH else _growth(points),
    )


def _why_not(line: Line, points: tuple[Point, ...]) -> str:
    if line.style != "line":
        return "stated"
    # prices and rates are per something: 60 dollars a barrel twice are not 120
    if line.unit in LEVELS or "/" in line.unit or "a month" in line.unit:
        return "level"
    ordered = sorted(points, key=lambda point: (point.start, point.end))
    return "overlap" if any(b.start <= a.end for a, b in pairwise(ordered)) else ""


def _uneven(points: tuple[Point, ...]) -> bool:
    """Return whether periods are of several kinds or lengths, in months."""
    return len({(point.kind, _months(point)) for point in points}) > 1


def _months(point: Point) -> int:
    years = point.end.year - point.start.year
    return 12 * years + point.end.month - point.start.month


def _growth(points: tuple[Point, ...]) -> float | None:
    ordered = sorted(points, key=lambda point: point.end)
    first, last = ordered[0], ordered[-1]
    if first is last or _uneven((first, last)) or first.value <= 0:
        return None
    return (last.value / first.value - 1) * 100
