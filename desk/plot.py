"""Draw an abstract figure with Plotly. Pure: nothing is computed, loaded or worded here anew."""

from datetime import date

import plotly.graph_objects as go

from desk import marks, overlays, panels, rings, wording
from desk.figures import Figure
from desk.selection import NOTHING, Selection
from desk.sketch import Sketch

# plotly knows the months of English alone: elsewhere an axis of dates tells them by number
DATES = {
    "ru": [
        {"dtickrange": [None, 86_400_000 * 27], "value": "%d.%m.%Y"},
        {"dtickrange": ["M1", "M11"], "value": "%m.%Y"},
        {"dtickrange": ["M12", None], "value": "%Y"},
    ],
    "zh": [
        {"dtickrange": [None, 86_400_000 * 27], "value": "%Y年%-m月%-d日"},
        {"dtickrange": ["M1", "M11"], "value": "%Y年%-m月"},
        {"dtickrange": ["M12", None], "value": "%Y年"},
    ],
}


def draw(figure: Figure, pointed: Selection = NOTHING) -> go.Figure:
    """Return the Plotly figure of an abstract one; what is pointed at is ringed."""
    drawn = sketch(figure, pointed)
    return go.Figure(data=drawn.data, layout=drawn.layout)


def sketch(figure: Figure, pointed: Selection = NOTHING) -> Sketch:
    """Return traces and layout of an abstract figure."""
    plot = Sketch()
    drawers = {
        "line": marks.draw_lines,
        "columns": marks.draw_columns,
        "effects": marks.draw_effects,
        "compare_years": marks.draw_years,
        "statements": marks.draw_lines,
        "timeline": overlays.draw_timeline,
    }
    if figure.chart == "panels":
        panels.draw_panels(plot, figure, pointed)
    else:
        drawers[figure.chart](plot, figure)
        if figure.chart not in ("timeline", "compare_years"):
            overlays.draw_claims(plot, figure)
            overlays.draw_events(plot, figure)
        rings.draw(plot, figure, pointed)
    _frame(plot, figure)
    if figure.chart == "panels":
        panels.arrange(plot, figure)
    return plot


def _frame(plot: Sketch, figure: Figure) -> None:
    """Axes with their unit, a legend under the chart, house fonts; the page draws the title."""
    language = figure.options.language
    plot.update_layout(
        height=420 if figure.chart != "timeline" else _timeline_height(figure),
        margin={"l": 8, "r": 8, "t": 28, "b": 8},
        hovermode="closest",
        hoverlabel={"align": "left"},
        legend={"orientation": "h", "yanchor": "top", "y": -0.12, "x": 0},
        yaxis={"title": {"text": figure.symbol}, "automargin": True, "zeroline": True},
        yaxis2={"overlaying": "y", "range": [0, 1], "visible": False, "fixedrange": True},
        meta={"alt": figure.alt},
    )
    if figure.chart == "compare_years":
        months = [
            wording.period("month", date(2001, m, 1), date(2001, m, 28), language)[:-5]
            for m in range(1, 13)
        ]
        plot.update_xaxes(
            tickmode="array", tickvals=list(range(1, 13)), ticktext=months, range=[0.7, 12.3]
        )
    elif figure.kind == "year" and figure.chart in ("line", "columns", "effects", "panels"):
        _year_axis(plot, figure)
    elif language in DATES:
        plot.update_xaxes(tickformatstops=DATES[language])
    if figure.from_zero or (figure.chart == "statements" and figure.unit != "rank"):
        plot.update_yaxes(rangemode="tozero")
    if figure.unit == "rank":
        plot.update_yaxes(autorange="reversed", dtick=1)


def _timeline_height(figure: Figure) -> int:
    """As high as its lanes need."""
    return 140 + 38 * len({row["status"] for row in figure.events})


def _year_axis(plot: Sketch, figure: Figure) -> None:
    """Whole years stand over the middle of theirs."""
    years = [
        point.start.year for line in figure.lines if line.style == "line" for point in line.points
    ]
    if not years:
        return
    step = max(1, (max(years) - min(years)) // 7 + 1)
    shown = range(max(years), min(years) - 1, -step)
    plot.update_xaxes(
        automargin=True,
        tickmode="array",
        tickvals=[date(year, 7, 2) for year in shown],
        ticktext=[str(year) for year in shown],
    )
