"""A native chart in a workbook, drawn from a sheet of its own that a reader can edit."""

from typing import Any, Protocol

from xlsxwriter.utility import xl_range_abs

from desk.export import native
from desk.export.native import Native, Series
from desk.export.theme import THEMES
from desk.figures import Figure

# the rows of the front sheet that the chart covers
ROWS = 27
DATA = "data"
WIDE, HIGH = 960, 520
LIGHT = THEMES["light"]
HOLLOW = {"derived": "circle", "estimated": "diamond", "provisional": "triangle"}
KINDS: dict[str, dict[str, str]] = {
    native.LINE: {"type": "line"},
    native.COLUMN: {"type": "column"},
    native.STACKED: {"type": "column", "subtype": "stacked"},
    native.PLACES: {"type": "scatter"},
}
CROWDED, MOST_LABELS = 60, 14


class Writer(Protocol):
    """What writes a cell by the kind of its value."""

    head: Any

    def cell(self, made: Any, row: int, column: int, value: Any) -> None:
        """Write one cell."""


def write(book: Writer, made: Any, chart: Native) -> list[dict[str, str]]:
    """Write categories and series, and return the ranges of each series."""
    if chart.form == native.PLACES:
        return _write_places(book, made, chart)
    series = [*chart.series, *chart.over]
    for column, one in enumerate(series, start=1):
        made.write_string(0, column, one.name, book.head)
        for row, value in enumerate(one.values, start=1):
            book.cell(made, row, column, value)
    for row, words in enumerate(chart.categories, start=1):
        made.write_string(row, 0, words)
    made.set_column(0, len(series), 16)
    last = len(chart.categories)
    return [_ranges(made, (1, 0), (1, column), last) for column in range(1, len(series) + 1)]


def _write_places(book: Writer, made: Any, chart: Native) -> list[dict[str, str]]:
    """Write a column of days and one of values for every series."""
    found = []
    for number, (one, days) in enumerate(zip(chart.series, chart.days, strict=True)):
        column = 2 * number
        made.write_string(0, column, one.name, book.head)
        made.write_string(0, column + 1, one.name, book.head)
        row = 0
        for place, (day, value) in enumerate(zip(days, one.values, strict=True)):
            # an empty row is a gap in the line
            row += 2 if place in one.breaks else 1
            book.cell(made, row, column, day)
            book.cell(made, row, column + 1, value)
        found.append(_ranges(made, (1, column), (1, column + 1), row))
    made.set_column(0, 2 * len(chart.series), 16)
    return found


def _ranges(
    made: Any, across: tuple[int, int], value: tuple[int, int], rows: int
) -> dict[str, str]:
    sheet = "'" + made.get_name().replace("'", "''") + "'!"
    return {
        "name": sheet + xl_range_abs(0, value[1], 0, value[1]),
        "categories": sheet + xl_range_abs(*across, rows, across[1]),
        "values": sheet + xl_range_abs(*value, rows, value[1]),
    }


def insert(
    file: Any, front: Any, ranges: list[dict[str, str]], chart: Native, figure: Figure
) -> None:
    """Draw the series and put the chart on the front sheet."""
    drawn = file.add_chart(KINDS[chart.form])
    own = len(chart.series)
    for place, one in zip(ranges[:own], chart.series, strict=True):
        drawn.add_series(place | _look(one))
    # office programs take one chart of a kind on one pair of axes: lines lie among lines
    over = drawn
    if chart.over and chart.form != native.LINE:
        over = file.add_chart({"type": "line"})
        drawn.combine(over)
    for place, one in zip(ranges[own:], chart.over, strict=True):
        over.add_series(place | _look(one))
    drawn.set_title({"name": figure.title, "name_font": {"size": 14, "color": LIGHT.ink}})
    drawn.set_size({"width": WIDE, "height": HIGH})
    drawn.set_legend({"position": "bottom"})
    drawn.show_blanks_as("gap")
    drawn.set_y_axis(_upright(figure))
    drawn.set_x_axis(_across(chart))
    front.insert_chart(2, 0, drawn, {"description": figure.alt, "object_position": 3})


def _upright(figure: Figure) -> dict[str, Any]:
    look: dict[str, Any] = {
        "name": figure.symbol,
        "major_gridlines": {"visible": True, "line": {"color": LIGHT.grid}},
        "line": {"none": True},
    }
    if figure.unit == "rank":
        look |= {"reverse": True, "major_unit": 1}
    return look


def _across(chart: Native) -> dict[str, Any]:
    if chart.form == native.PLACES:
        return {
            "num_format": "yyyy",
            "major_gridlines": {"visible": False},
            "label_position": "low",
        }
    step = -(-len(chart.categories) // MOST_LABELS)
    return {"interval_unit": step, "interval_tick": step, "label_position": "low"}


def _look(one: Series) -> dict[str, Any]:
    """Return colour, line and marks of a series."""
    if one.role == "column":
        return {"fill": {"color": one.colour}, "gap": 40, "points": _columns(one)}
    crowded = len(one.values) > CROWDED
    solid = {"fill": {"color": one.colour}, "border": {"color": one.colour}}
    line: dict[str, Any] = {"none": True}
    if one.role in ("line", "target", "step"):
        line = {"color": one.colour, "width": 2.25 if one.role == "line" else 1.25}
        if one.marked or one.role != "line":
            line["dash_type"] = "round_dot" if one.role == "line" else "dash"
    kind = {"events": "triangle", "separate": "square"}.get(one.role, "circle")
    marker: dict[str, Any] = {"type": "x" if one.marked else kind, "size": 6} | solid
    if one.role in ("target", "step"):
        marker = {"type": "none"}
    elif crowded and one.role == "line":
        marker = {"type": "circle", "size": 3} | solid
    return {"line": line, "marker": marker, "points": _marks(one)}


def _marks(one: Series) -> list[dict[str, Any] | None] | None:
    """Hollow marks for what is not reported; None where all are."""
    hollow = {"fill": {"color": LIGHT.paper}, "border": {"color": one.colour}}
    points: list[dict[str, Any] | None] = []
    for number, point in enumerate(one.points):
        points += [None] if number in one.breaks else []
        points.append(hollow if point and point.status in HOLLOW else None)
    return points if any(points) else None


def _columns(one: Series) -> list[dict[str, Any] | None] | None:
    hatch = {"pattern": "wide_upward_diagonal", "fg_color": one.colour, "bg_color": LIGHT.paper}
    points = [{"pattern": hatch} if p and p.status in HOLLOW else None for p in one.points]
    return points if any(points) else None
