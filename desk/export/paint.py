"""A figure dressed for print: the marks of the screen in a frame whose every place is fixed.

Nothing is computed or worded anew; what a pointer would tell is left out, and words take its place.
"""

from datetime import date
from itertools import chain
from typing import Any

from desk import marks, places, plot, wording
from desk.export import endings, layout, panels, scales, timeline, typeface
from desk.export.frame import annotation, frame
from desk.export.layout import Box, Page, Words
from desk.export.scales import Scale
from desk.export.sheet import Sheet
from desk.export.theme import Theme, readable
from desk.figures import Figure
from desk.sketch import Sketch, Spec
from etl.errors import CannotExport

# the screen's marks are made for this size of type
SCREEN_TYPE = 12.0
AXIS_TYPE = 0.85
# the axis of a year has its months as places, every other one has days
MONTHS = 13.0


def dress(figure: Figure, sheet: Sheet, theme: Theme) -> Spec:
    """Return data and layout of a whole picture; raise CannotExport when it would be empty."""
    if figure.empty:
        raise CannotExport(
            f"«{figure.id}» has no figure known on {figure.options.as_of} in this span; "
            "widen --from and --to, or set a later --as-of."
        )
    if figure.chart == "timeline":
        return timeline.dress(figure, sheet, theme)
    drawn = plot.sketch(figure)
    stacked = panels.uprights(figure, drawn, sheet) if figure.chart == "panels" else []
    upright = panels.widest(stacked, sheet) if stacked else _values(figure, drawn, sheet)
    page = layout.arrange(figure, sheet, theme, upright)
    across = _across(figure, drawn, page.box, sheet)
    made = frame(page, sheet, theme)
    # barmode and the axis of the event marks stay as the screen has them
    made |= {key: drawn.layout[key] for key in ("yaxis2", "barmode") if key in drawn.layout}
    made |= _axes(across, upright, sheet, theme)
    if stacked:
        panels.stack(made, figure, stacked, page.box, sheet, theme)
    _endings(made, page, (across, upright), figure.kind, sheet, theme)
    _targets(made, figure, page.box, (across, upright), sheet, theme)
    return {"data": _quiet(drawn, sheet, theme), "layout": made}


def _values(figure: Figure, drawn: Sketch, sheet: Sheet) -> Scale:
    """Return the scale of the values, with everything that is drawn in sight."""
    traces = [trace for trace in drawn.data if trace.get("yaxis") != "y2"]
    if figure.unit == "rank":
        return scales.ranks(y for trace in traces for y in trace["y"] if y is not None)
    bars = [trace for trace in traces if trace["type"] == "bar"]
    found = list(chain.from_iterable(scales.extent(trace) for trace in traces))
    if figure.chart == "effects":
        found = _stacks(bars)
    zero = bool(bars) or figure.from_zero or figure.chart in ("statements", "compare_years")
    most = max(3, int(sheet.height / sheet.type_size / 5))
    return scales.values(found, figure.options.language, zero, most)


def _stacks(bars: list[Spec]) -> list[float]:
    """Return the tops and bottoms of stacked columns."""
    up: dict[date, float] = {}
    down: dict[date, float] = {}
    for trace in bars:
        for x, y in zip(trace["x"], trace["y"], strict=True):
            side = up if y >= 0 else down
            side[x] = side.get(x, 0.0) + y
    return [*up.values(), *down.values()]


def _across(figure: Figure, drawn: Sketch, box: Box, sheet: Sheet) -> Scale:
    language, size = figure.options.language, sheet.type_size * AXIS_TYPE
    if figure.chart == "compare_years":
        days = [date(2001, month, 1) for month in range(1, 13)]
        words = [wording.month(day, language) for day in days]
        return Scale(0.6, 12.4, [float(month) for month in range(1, 13)], words)
    found = [scales.place(x) for trace in drawn.data for x in trace["x"] if x is not None]
    found += [
        scales.place(x) + side * half / marks.MILLISECONDS
        for trace in drawn.data
        for x, half in _halves(trace)
        for side in (-1, 1)
    ]
    whole = figure.kind == "year" and figure.chart != "statements"
    return scales.days(found, whole, language, box.width, size)


def _halves(trace: Spec) -> list[tuple[date, float]]:
    """Return half the width of every column, and of every span that a statement is drawn over."""
    if trace["type"] == "bar":
        return list(zip(trace["x"], [width / 2 for width in trace["width"]], strict=True))
    spans = trace.get("error_x", {})
    return list(zip(trace["x"], spans["array"], strict=True)) if spans.get("visible") else []


def _quiet(drawn: Sketch, sheet: Sheet, theme: Theme) -> list[Spec]:
    """Drop what only a pointer shows, and scale the marks to the size of the type."""
    factor = sheet.type_size / SCREEN_TYPE
    for number, trace in enumerate(drawn.data):
        for told in ("text", "hovertext", "hovertemplate"):
            trace.pop(told, None)
        # plotly would name a trace by lot
        trace |= {"uid": f"trace{number}", "hoverinfo": "skip"}
        if trace["type"] == "bar":
            trace["marker"]["pattern"]["fgcolor"] = theme.paper
            continue
        trace["mode"] = trace.get("mode", "").replace("+text", "")
        for look, key in (("line", "width"), ("marker", "size")):
            held = trace.get(look, {})
            if key in held:
                held[key] = _scaled(held[key], factor)
    return drawn.data


def _scaled(size: Any, factor: float) -> Any:
    return size * factor if isinstance(size, int | float) else [each * factor for each in size]


def _axes(across: Scale, upright: Scale, sheet: Sheet, theme: Theme) -> Spec:
    look = {
        "tickmode": "array",
        "automargin": False,
        "showline": False,
        "tickfont": {"size": sheet.type_size * AXIS_TYPE, "color": theme.quiet},
        "gridcolor": theme.grid,
        "zerolinecolor": theme.quiet,
        "fixedrange": True,
    }
    dated = across.high > MONTHS
    places = [scales.moment(t) if dated else t for t in across.ticks]
    ends = [scales.moment(t) if dated else t for t in across.range]
    return {
        "xaxis": look
        | {
            "type": "date" if dated else "linear",
            "range": ends,
            "tickvals": places,
            "ticktext": across.words,
            "showgrid": False,
            "ticks": "outside",
            "tickcolor": theme.grid,
            "zeroline": False,
            "tickangle": 0,
        },
        "yaxis": look
        | {
            "range": upright.range,
            "tickvals": upright.ticks,
            "ticktext": upright.words,
            "zeroline": True,
            "autorange": False,
        },
    }


def _endings(
    made: Spec, page: Page, axes: tuple[Scale, Scale], cadence: str, sheet: Sheet, theme: Theme
) -> None:
    """Set the labels at the ends of lines, with a thin leader from where the line ends."""
    across, upright = axes
    box = page.box
    heights = [end.height(sheet) + sheet.type_size * 0.25 for end in page.ended]
    wanted = [box.bottom - upright.share(end.point.value) * box.height for end in page.ended]
    middles = endings.spread(wanted, heights, box.top - sheet.type_size, box.bottom)
    size = sheet.type_size * endings.SIZE
    for end, at, middle in zip(page.ended, wanted, middles, strict=True):
        colour = readable(end.colour, theme)
        x = box.left + across.share(_at(end, across, cadence)) * box.width
        first = middle - (len(end.words) - 1) * size * endings.LINE / 2
        label = box.right + sheet.type_size * 1.2
        for number, word in enumerate(end.words):
            y = first + number * size * endings.LINE
            words = Words(word, label, y, size, colour, bold=True)
            made["annotations"].append(annotation(words, box))
        leader = {"color": end.colour, "width": 0.8, "dash": "dot"}
        made["shapes"].append(
            {"type": "line", "xref": "paper", "yref": "paper", "layer": "below", "line": leader}
            | {
                "x0": (x + sheet.type_size * 0.5 - box.left) / box.width,
                "y0": 1 - (at - box.top) / box.height,
                "x1": (label - sheet.type_size * 0.2 - box.left) / box.width,
                "y1": 1 - (middle - box.top) / box.height,
            }
        )


def _targets(
    made: Spec,
    figure: Figure,
    box: Box,
    axes: tuple[Scale, Scale],
    sheet: Sheet,
    theme: Theme,
) -> None:
    """Write each target over its end, moved in where it would be cut."""
    across, upright = axes
    size = sheet.type_size * 0.8
    for line in figure.lines:
        if line.style != "target":
            continue
        point = line.points[0]
        wide = typeface.width(line.label, size)
        end = box.left + across.share(scales.place(point.end)) * box.width
        x = min(max(box.left + 2, end - wide - size * 0.6), box.right - wide)
        y = box.bottom - upright.share(point.value) * box.height - size * 0.95
        words = Words(line.label, x, y, size, theme.quiet)
        over = {"bgcolor": theme.paper, "opacity": 0.9}
        made["annotations"].append(annotation(words, box) | over)


def _at(end: endings.Ending, across: Scale, cadence: str) -> float:
    """Return the place of a line's last point on the axis."""
    if across.high <= MONTHS:
        return float(end.point.end.month)
    point = end.point
    return scales.place(places.of(point.kind, point.start, point.end, cadence))
