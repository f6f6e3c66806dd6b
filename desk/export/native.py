"""A figure as the charts of PowerPoint and Excel take it: series over categories, or places.

Shared by slide and workbook, so that both draw the same; gaps stay gaps, statuses stay told apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from desk import marks, overlays, wording
from desk.export import legend
from desk.figures import Figure
from desk.lines import Line, Point
from desk.texts import text

LINE, COLUMN, STACKED, PLACES = "line", "column", "stacked", "places"
# event marks stand above everything else
ABOVE = 1.06
_MONTHLY = ("month", "ytd", "range")


@dataclass(frozen=True)
class Series:
    """One row of values. `points` stand beside them, None where there is a gap or no figure.

    `role`: line, column, separate (marks that are not joined), target, step or events. `breaks`:
    the numbers of the points that are not joined to the one before.
    """

    name: str
    values: list[float | None]
    colour: str
    role: str
    points: list[Point | None] = field(default_factory=list)
    marked: bool = False
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Native:
    """A chart. `categories` are the periods in words; of `places` each series has its own days."""

    form: str
    categories: list[str]
    series: list[Series]
    over: list[Series]
    days: list[list[date]] = field(default_factory=list)


def native(figure: Figure) -> Native | None:
    """Return the chart, or None for what such a chart cannot draw: a timeline, panels."""
    if figure.chart in ("timeline", "panels"):
        return None
    if figure.chart == "statements":
        return _places(figure)
    if figure.chart == "compare_years":
        return _years(figure)
    return _periods(figure)


def _periods(figure: Figure) -> Native:
    """Every period from the first to the last as a category, also those without a figure."""
    own = [line for line in figure.lines if line.style == "line"]
    targets = [line for line in figure.lines if line.style == "target"]
    ends = _ends(figure, own, targets)
    number = {end: place for place, end in enumerate(ends)}
    form = {"columns": COLUMN, "effects": STACKED}.get(figure.chart, LINE)
    series: list[Series] = []
    for place, line in enumerate(figure.lines):
        if line.style == "line":
            series += _of_line(figure, line, legend.colour(figure, place), number, form)
    over = [_target(line, ends) for line in targets]
    over += [_step(line, ends) for line in figure.lines if line.style == "step"]
    shown = [value for one in [*series, *over] for value in one.values if value is not None]
    over += _events(figure, ends, max(shown, default=1.0) * ABOVE)
    words = [_category(figure, end) for end in ends]
    return Native(form, words, series, [one for one in over if any(one.values)])


def _ends(figure: Figure, own: list[Line], targets: list[Line]) -> list[date]:
    """Return the last day of every period between the first and the last."""
    known = {point.end for line in own for point in line.points}
    known |= {line.points[0].end for line in targets}
    if not known:
        return []
    first, last = min(known), max(known)
    if figure.kind == "year":
        return [date(year, 12, 31) for year in range(first.year, last.year + 1)]
    if figure.kind in _MONTHLY:
        return list(_month_ends(first, last))
    return sorted(known)


def _month_ends(first: date, last: date) -> Iterator[date]:
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        year, month = year + month // 12, month % 12 + 1
        yield date(year, month, 1) - timedelta(days=1)


def _category(figure: Figure, end: date) -> str:
    language = figure.options.language
    if figure.kind == "year":
        return str(end.year)
    return wording.period("month", end, end, language)


def _of_line(
    figure: Figure, line: Line, colour: str, number: dict[date, int], form: str
) -> list[Series]:
    """Return the line, and apart from it the two-month figures that stand among months."""
    role = "line" if form == LINE else "column"
    together = [p for p in line.points if figure.kind == "month" and p.kind == "ytd"]
    alone = [p for p in line.points if p not in together]
    found = [_row(line.label, alone, colour, role, number, line.marked)]
    if together:
        name = f"{line.label}, {text('native.two_months', figure.options.language)}"
        apart = "separate" if form == LINE else "column"
        found.append(_row(name, together, colour, apart, number, line.marked))
    return found


def _row(
    name: str,
    points: list[Point],
    colour: str,
    role: str,
    number: dict[date, int],
    marked: bool = False,
) -> Series:
    placed: list[Point | None] = [None] * len(number)
    for point in points:
        placed[number[point.end]] = point
    values = [value(point) if point else None for point in placed]
    return Series(name, values, colour, role, placed, marked)


def value(point: Point) -> float:
    """Return a value without the noise of binary fractions, as `amur series` gives it."""
    return float(f"{point.value:.12g}")


def _target(line: Line, ends: list[date]) -> Series:
    point = line.points[0]
    values = [point.value if point.start <= end <= point.end else None for end in ends]
    return Series(line.label, values, overlays.EVENT, "target")


def _step(line: Line, ends: list[date]) -> Series:
    """Return the level that holds at the end of every period."""
    ordered = sorted(line.points, key=lambda point: point.start)
    values = [
        next((point.value for point in reversed(ordered) if point.start <= end), None)
        for end in ends
    ]
    return Series(line.label, values, overlays.EVENT, "step")


def _events(figure: Figure, ends: list[date], height: float) -> list[Series]:
    """Mark the periods in which something happened, along the top."""
    if not figure.events or not ends:
        return []
    starts = [date.min, *[end + timedelta(days=1) for end in ends[:-1]]]
    if figure.kind == "year":
        starts[0] = date(ends[0].year, 1, 1)
    happened = [row["date"] for row in figure.events]
    marked = [
        height if any(start <= day <= end for day in happened) else None
        for start, end in zip(starts, ends, strict=True)
    ]
    name = text("picture.events", figure.options.language)
    return [Series(name, marked, overlays.EVENT, "events")]


def _years(figure: Figure) -> Native:
    """The months of a year as categories, a series a year."""
    language = figure.options.language
    words = [wording.month(date(2001, month, 1), language) for month in range(1, 13)]
    series = []
    for place, line in enumerate(figure.lines):
        months = {point.end.month: point for point in line.points}
        placed = [months.get(month) for month in range(1, 13)]
        values = [value(point) if point else None for point in placed]
        series.append(Series(line.label, values, legend.colour(figure, place), "line", placed))
    return Native(LINE, words, series, [])


def _places(figure: Figure) -> Native:
    """Statements by their day: the middle of the period that they speak of."""
    series, days = [], []
    for place, line in enumerate(figure.lines):
        ordered = sorted(line.points, key=lambda point: (_middle(point), point.published))
        if not ordered:
            continue
        role = {"scatter": "separate"}.get(line.style, line.style)
        colour = overlays.EVENT if role == "step" else legend.colour(figure, place)
        values: list[float | None] = [value(point) for point in ordered]
        placed: list[Point | None] = list(ordered)
        series.append(
            Series(line.label, values, colour, role, placed, line.marked, _breaks(line, ordered))
        )
        days.append([_middle(point) for point in ordered])
    return Native(PLACES, [], series, [], days)


def _breaks(line: Line, ordered: list[Point]) -> tuple[int, ...]:
    if line.style != "line":
        return ()
    joined = enumerate(pairwise(ordered), start=1)
    return tuple(n for n, (before, after) in joined if not marks.neighbours(before, after))


def _middle(point: Point) -> date:
    return point.start + (point.end - point.start) / 2
