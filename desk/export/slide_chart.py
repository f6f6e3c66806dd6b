"""A native chart on a slide: editable in PowerPoint, with its workbook inside."""

from copy import deepcopy
from datetime import date
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.fill import FillFormat
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Pt

from desk.export import captions, native, office
from desk.export.native import Native, Series
from desk.export.office import LIGHT, Place, Style
from desk.figures import Figure
from desk.lines import Point

TYPES = {
    native.LINE: XL_CHART_TYPE.LINE_MARKERS,
    native.COLUMN: XL_CHART_TYPE.COLUMN_CLUSTERED,
    native.STACKED: XL_CHART_TYPE.COLUMN_STACKED,
    native.PLACES: XL_CHART_TYPE.XY_SCATTER,
}
HOLLOW = {
    "derived": XL_MARKER_STYLE.CIRCLE,
    "estimated": XL_MARKER_STYLE.DIAMOND,
    "provisional": XL_MARKER_STYLE.TRIANGLE,
}
JOINED = ("line", "target", "step")
# office programs count days from here
DAY_NUMBER_ZERO = date(1899, 12, 30).toordinal()
CROWDED, MOST_CATEGORY_LABELS = 60, 14
# a label takes about so much of the axes
NEAR_DAYS, NEAR_VALUES = 150, 0.05
AXIS = Style(11, LIGHT.quiet)


def draw(slide: Slide, chart: Native, figure: Figure, where: Place) -> None:
    """Add the chart of a figure to a slide."""
    data = _scattered(chart) if chart.form == native.PLACES else _categories(chart)
    frame = slide.shapes.add_chart(TYPES[chart.form], *where.emu, data)
    office.describe(frame, figure.alt)
    drawn = frame.chart
    language = figure.options.language
    drawn.has_title = False
    drawn.has_legend = True
    drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    office.face(drawn.legend.font, AXIS, language)
    # office programs take one chart of a kind on one pair of axes: lines lie among lines
    if chart.over and chart.form != native.LINE:
        _lay_over(drawn, len(chart.series))
    own = [one for plot in drawn.plots for one in plot.series]
    for shape, series in zip(own, [*chart.series, *chart.over], strict=True):
        _dress(shape, series, chart, language)
    if chart.form in (native.COLUMN, native.STACKED):
        drawn.plots[0].gap_width = 40
        drawn.plots[0].overlap = 100 if chart.form == native.STACKED else 0
    _axes(drawn, chart, figure)


def _categories(chart: Native) -> CategoryChartData:
    data = CategoryChartData(number_format="General")
    data.categories = chart.categories
    for series in [*chart.series, *chart.over]:
        data.add_series(series.name, series.values)
    return data


def _scattered(chart: Native) -> XyChartData:
    data = XyChartData(number_format="General")
    for series, days in zip(chart.series, chart.days, strict=True):
        row = data.add_series(series.name)
        for day, value in zip(days, series.values, strict=True):
            row.add_data_point(day.toordinal() - DAY_NUMBER_ZERO, value)
    return data


def _lay_over(drawn: Any, own: int) -> None:
    """Move the last series into a line chart over the first, on the same axes."""
    area = drawn._chartSpace.find(qn("c:chart")).find(qn("c:plotArea"))
    below = drawn.plots[0]._element
    over = below.makeelement(qn("c:lineChart"), {})
    for name, value in (("c:grouping", "standard"), ("c:varyColors", "0")):
        over.append(below.makeelement(qn(name), {"val": value}))
    for series in below.findall(qn("c:ser"))[own:]:
        below.remove(series)
        for left in series.findall(qn("c:invertIfNegative")):
            series.remove(left)
        over.append(series)
    over.append(below.makeelement(qn("c:marker"), {"val": "1"}))
    for axis in below.findall(qn("c:axId")):
        over.append(deepcopy(axis))
    area.insert(list(area).index(below) + 1, over)


def _dress(shape: Any, series: Series, chart: Native, language: str) -> None:
    """Give a series its colour and marks, and every point that is not reported its own look."""
    colour = office.rgb(series.colour)
    if series.role == "column":
        shape.format.fill.solid()
        shape.format.fill.fore_color.rgb = colour
        shape.invert_if_negative = False
        for number, _ in _told_apart(series):
            _hatch(shape.points[number].format.fill, colour)
        return
    crowded = len(series.values) > CROWDED
    shape.smooth = False
    _line(shape.format.line, series, colour, series.role in JOINED)
    _marker(shape.marker, series, colour, crowded)
    for number, point in _told_apart(series):
        marker = shape.points[number].marker
        marker.style, marker.size = HOLLOW[point.status], 5 if crowded else 7
        _hollow(marker, colour)
    for number in series.breaks:
        shape.points[number].format.line.fill.background()
    if chart.form == native.PLACES:
        _labels(shape, series, language)


def _told_apart(series: Series) -> list[tuple[int, Point]]:
    """Return the points that are not reported, by number."""
    placed = enumerate(series.points)
    return [(n, point) for n, point in placed if point and point.status in HOLLOW]


def _line(line: Any, series: Series, colour: Any, joined: bool) -> None:
    if not joined:
        line.fill.background()
        return
    line.color.rgb = colour
    line.width = Pt(2.25 if series.role == "line" else 1.25)
    if series.marked or series.role != "line":
        line.dash_style = MSO_LINE.ROUND_DOT if series.role == "line" else MSO_LINE.DASH


def _marker(marker: Any, series: Series, colour: Any, crowded: bool) -> None:
    if series.role in ("target", "step") or (crowded and series.role == "line"):
        marker.style = XL_MARKER_STYLE.NONE
        return
    by_role = {"events": XL_MARKER_STYLE.TRIANGLE, "separate": XL_MARKER_STYLE.SQUARE}
    marker.style = by_role.get(series.role, XL_MARKER_STYLE.CIRCLE)
    if series.marked:
        marker.style = XL_MARKER_STYLE.X
    marker.size = 6
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = colour
    marker.format.line.color.rgb = colour


def _hollow(marker: Any, colour: Any) -> None:
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = office.rgb(LIGHT.paper)
    marker.format.line.color.rgb = colour


def _hatch(fill: FillFormat, colour: Any) -> None:
    fill.patterned()
    fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    fill.fore_color.rgb, fill.back_color.rgb = colour, office.rgb(LIGHT.paper)


def _labels(shape: Any, series: Series, language: str) -> None:
    """Write beside a mark what its shape cannot say: more than, less than, about, a range."""
    for number, point in enumerate(series.points):
        if not point or point.bound == "=" or number in crowded(series):
            continue
        label = shape.points[number].data_label.text_frame
        label.text = captions.bounded(point, language)
        office.face(label.paragraphs[0].runs[0].font, Style(9, LIGHT.quiet), language)


def crowded(series: Series) -> set[int]:
    """Return the marks beside which another stands so near that a label would lie on it."""
    points = [point for point in series.points if point]
    high = max((abs(point.value) for point in points), default=1.0)
    return {
        number
        for number, point in enumerate(points)
        for other in points[number + 1 :]
        if 0 <= (other.end - point.end).days < NEAR_DAYS
        and abs(other.value - point.value) < high * NEAR_VALUES
    }


def _axes(drawn: Any, chart: Native, figure: Figure) -> None:
    language = figure.options.language
    for axis in (drawn.category_axis, drawn.value_axis):
        office.face(axis.tick_labels.font, AXIS, language)
        axis.format.line.color.rgb = office.rgb(LIGHT.grid)
        axis.has_major_gridlines = False
    upright, across = drawn.value_axis, drawn.category_axis
    upright.has_major_gridlines = True
    upright.major_gridlines.format.line.color.rgb = office.rgb(LIGHT.grid)
    upright.has_title = True
    upright.axis_title.text_frame.text = figure.symbol
    office.face(upright.axis_title.text_frame.paragraphs[0].runs[0].font, AXIS, language)
    upright.tick_labels.number_format = "#,##0.##" if _small(chart) else "#,##0"
    upright.tick_labels.number_format_is_linked = False
    if figure.unit == "rank":
        upright.reverse_order, upright.major_unit = True, 1
    if chart.form == native.PLACES:
        across.tick_labels.number_format = "yyyy"
        across.tick_labels.number_format_is_linked = False
        _year_ticks(across, chart)
    else:
        _fewer_labels(across, len(chart.categories))


def _small(chart: Native) -> bool:
    shown = [abs(v) for one in [*chart.series, *chart.over] for v in one.values if v is not None]
    return max(shown, default=0.0) < 10


def _year_ticks(across: Any, chart: Native) -> None:
    years = [day.year for days in chart.days for day in days]
    first, last = min(years), max(years) + 1
    # from the second day on, steps of a mean year stay within the first days of every year
    across.minimum_scale = date(first, 1, 2).toordinal() - DAY_NUMBER_ZERO
    across.maximum_scale = date(last, 1, 1).toordinal() - DAY_NUMBER_ZERO
    across.major_unit = 365.25 * max(1, round((last - first) / 10))


def _fewer_labels(across: Any, count: int) -> None:
    """Label every n-th category, and put the labels below columns that go down."""
    element = across._element
    position = element.find(qn("c:tickLblPos"))
    if position is not None:
        position.set("val", "low")
    skip = -(-count // MOST_CATEGORY_LABELS)
    if skip > 1:
        before = element.find(qn("c:noMultiLvlLbl"))
        for name in ("c:tickLblSkip", "c:tickMarkSkip"):
            made = element.makeelement(qn(name), {"val": str(skip)})
            if before is not None:
                before.addprevious(made)
            else:
                element.append(made)
