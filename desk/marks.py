"""How lines, columns and statements are drawn: one kind of trace each."""

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import pairwise

from desk import hover, overlays, places, selection
from desk.figures import Figure
from desk.lines import Line, Point
from desk.sketch import Sketch
from desk.texts import text

# ten colours that stay apart for colour-blind readers, on white and on black
PALETTE = (
    "#0b6bb8",
    "#c8553d",
    "#2a9d6f",
    "#8a63b8",
    "#b8860b",
    "#3aa0c9",
    "#d4719c",
    "#6b7280",
    "#7a9a01",
    "#a0522d",
)
SYMBOLS = {
    "reported": "circle",
    "provisional": "triangle-up-open",
    "derived": "circle-open",
    "estimated": "diamond-open",
}
MARKED = {
    "reported": "x",
    "provisional": "x-open",
    "derived": "x-open",
    "estimated": "diamond-open",
}
BOUND_SYMBOLS = {
    "=": "circle",
    ">": "triangle-up",
    "<": "triangle-down",
    "~": "circle-open",
    "range": "line-ew",
}
DAY = timedelta(days=1)
MILLISECONDS = 86_400_000
RECENT_YEARS = 5
FADED = "#c4c8ce"


def _place(point: Point, figure: Figure) -> datetime:
    """Return where the mark of a point stands."""
    return places.of(point.kind, point.start, point.end, figure.kind)


def draw_lines(plot: Sketch, figure: Figure) -> None:
    """Draw every line in its style: joined points, single statements, targets, steps."""
    for number, line in enumerate(figure.lines):
        colour = PALETTE[number % len(PALETTE)]
        if line.style == "target":
            overlays.draw_target(plot, line, figure)
        elif line.style == "step":
            overlays.draw_step(plot, line, figure)
        else:
            if line.style == "line":
                _joins(plot, line, colour, figure)
            _marks(plot, line, colour, figure)


def _joins(plot: Sketch, line: Line, colour: str, figure: Figure) -> None:
    """Join neighbouring periods: full where both are what the line is made of, dotted else.

    A line that a formula computes is full; a month or year derived in a reported line is dotted,
    however many of them there are.
    """
    made_of = {"reported"} | ({"derived"} if line.computed else set())
    if len(statuses := {point.status for point in line.points}) == 1:
        made_of |= statuses - {"derived"}
    segments: dict[bool, list[tuple[Point, Point]]] = defaultdict(list)
    ordered = sorted(line.points, key=lambda point: (point.kind, point.end))
    for before, after in pairwise(ordered):
        if neighbours(before, after):
            alike = before.status == after.status and before.status in made_of
            sure = alike and not line.marked
            segments[sure].append((before, after))
    for sure, pairs in segments.items():
        xs: list[datetime | None] = []
        ys: list[float | None] = []
        for before, after in pairs:
            xs += [_place(before, figure), _place(after, figure), None]
            ys += [before.value, after.value, None]
        plot.add_scatter(
            x=xs,
            y=ys,
            mode="lines",
            line={"color": colour, "width": 2, "dash": "solid" if sure else "dot"},
            hoverinfo="skip",
            showlegend=False,
            legendgroup=line.label,
        )


def neighbours(before: Point, after: Point) -> bool:
    """Return whether two periods of one kind follow each other: only these are joined."""
    if before.kind != after.kind:
        return False
    if before.kind in ("ytd", "range"):
        gap = (after.end - before.end).days
        return (
            before.end.year == after.end.year and gap <= 31 if before.kind == "ytd" else gap <= 31
        )
    if before.kind == "day":
        return (after.start - before.end).days <= 5
    return before.end + DAY == after.start


def _marks(plot: Sketch, line: Line, colour: str, figure: Figure) -> None:
    crowded = len(line.points) > 80
    _rings(plot, line, colour, 8 if crowded else 14, figure)
    for name, points in _by_look(line, figure.chart).items():
        first = name == next(iter(_by_look(line, figure.chart)))
        errors = [
            (point.high - point.value, point.value - point.low)
            if (point.disputed or point.bound == "range")
            and point.low is not None
            and point.high is not None
            else (0.0, 0.0)
            for point in points
        ]
        plot.add_scatter(
            x=[_place(point, figure) for point in points],
            y=[point.value for point in points],
            mode="markers",
            name=line.label,
            legendgroup=line.label,
            showlegend=first,
            marker={
                "color": colour,
                "symbol": name,
                "size": 4 if crowded else 8,
                "line": {"width": 1.5, "color": colour},
            },
            error_y={
                "type": "data",
                "symmetric": False,
                "array": [up for up, _ in errors],
                "arrayminus": [down for _, down in errors],
                "visible": any(up or down for up, down in errors),
                "thickness": 1.2,
                "color": colour,
            },
            error_x=_spans(points, line, colour),
            text=[hover.point(point, line, figure.options.language) for point in points],
            customdata=[selection.of_point(line, point) for point in points],
            hovertemplate="%{text}<extra></extra>",
        )


def _rings(plot: Sketch, line: Line, colour: str, size: int, figure: Figure) -> None:
    """Put a thin ring around every mark whose figure took the place of another."""
    points = [point for point in line.points if point.revised]
    if points:
        plot.add_scatter(
            x=[_place(point, figure) for point in points],
            y=[point.value for point in points],
            mode="markers",
            marker={"color": colour, "symbol": "circle-open", "size": size, "line": {"width": 1}},
            hoverinfo="skip",
            showlegend=False,
            legendgroup=line.label,
        )


def _spans(points: list[Point], line: Line, colour: str) -> dict[str, object]:
    """A statement on a span of its own, such as a target, is drawn over the whole span."""
    spans = [
        (point.end - point.start).days / 2 * MILLISECONDS
        if line.style == "scatter" and point.kind == "range"
        else 0.0
        for point in points
    ]
    look = {"thickness": 1, "color": colour, "width": 3}
    return {"type": "data", "array": spans, "visible": any(spans)} | look


def _by_look(line: Line, chart: str) -> dict[str, list[Point]]:
    """Group points by their symbol: by status, a two-month figure, or by bound for statements."""
    looks: dict[str, list[Point]] = defaultdict(list)
    kinds = {point.kind for point in line.points}
    for point in line.points:
        if line.style == "scatter":
            looks[BOUND_SYMBOLS[point.bound]].append(point)
        elif point.kind == "ytd" and "month" in kinds:
            looks["square-open"].append(point)
        else:
            looks[(MARKED if line.marked else SYMBOLS)[point.status]].append(point)
    return dict(sorted(looks.items(), key=lambda item: -len(item[1])))


def draw_columns(plot: Sketch, figure: Figure) -> None:
    """Columns for one line; other styles (steps, targets) are drawn over them."""
    for number, line in enumerate(figure.lines):
        if line.style == "line":
            _bars(plot, line, PALETTE[number % len(PALETTE)], figure)
        elif line.style == "step":
            overlays.draw_step(plot, line, figure)


def _bars(plot: Sketch, line: Line, colour: str, figure: Figure) -> None:
    for status in ("reported", "provisional", "derived", "estimated"):
        points = [point for point in line.points if point.status == status]
        if not points:
            continue
        sure = status == "reported"
        spans = [places.width(p.kind, p.start, p.end, figure.kind) for p in points]
        widths = [span.days * 0.8 * MILLISECONDS for span in spans]
        plot.add_bar(
            x=[_place(point, figure) for point in points],
            y=[point.value for point in points],
            width=widths,
            name=f"{line.label} ({text(f'status.{status}', figure.options.language)})",
            marker={
                "color": colour,
                "opacity": 1.0 if sure else 0.75,
                "line": {"color": colour, "width": 1},
                "pattern": {
                    "shape": "" if sure else "/",
                    "fillmode": "overlay",
                    "fgcolor": "#ffffff",
                    "size": 6,
                },
            },
            text=[hover.point(point, line, figure.options.language) for point in points],
            customdata=[selection.of_point(line, point) for point in points],
            textposition="none",
            hovertemplate="%{text}<extra></extra>",
        )


def draw_effects(plot: Sketch, figure: Figure) -> None:
    """Draw columns that add up: upward and downward parts of one change."""
    for number, line in enumerate(figure.lines):
        _bars(plot, line, PALETTE[number % len(PALETTE)], figure)
    plot.update_layout(barmode="relative")


def draw_years(plot: Sketch, figure: Figure) -> None:
    """Draw one line a year over the months; the newest stands out, a month not known is a gap."""
    newest = len(figure.lines) - 1
    for number, line in enumerate(figure.lines):
        age = newest - number
        colour = PALETTE[age] if age < RECENT_YEARS else FADED
        months = {point.end.month: point for point in line.points}
        span = range(min(months, default=1), max(months, default=0) + 1)
        known = [months.get(month) for month in span]
        plot.add_scatter(
            x=list(span),
            y=[point.value if point else None for point in known],
            mode="lines+markers",
            name=line.label,
            line={"color": colour, "width": 3 if age == 0 else 1.8 if age < RECENT_YEARS else 1},
            marker={
                "symbol": [SYMBOLS[point.status] if point else "circle" for point in known],
                "size": 7 if age < RECENT_YEARS else 4,
            },
            text=[
                hover.point(point, line, figure.options.language) if point else ""
                for point in known
            ],
            customdata=[selection.of_point(line, point) if point else "" for point in known],
            hovertemplate="%{text}<extra></extra>",
            connectgaps=False,
        )
