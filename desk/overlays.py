"""What lies over the lines of a figure: targets, steps, claims of articles, dated events."""

from collections import defaultdict
from datetime import date

import plotly.graph_objects as go

from desk import hover, places, wording
from desk.figures import Figure
from desk.lines import Line
from desk.series import Row
from desk.texts import text
from etl.events import STATUSES

EVENT = "#8a8f98"
CLAIM = "#b0006d"
STATUS_COLOURS = dict(
    zip(
        STATUSES.split(),
        (
            "#6b7280",
            "#8a63b8",
            "#3aa0c9",
            "#0b6bb8",
            "#2a9d6f",
            "#7a9a01",
            "#2a9d6f",
            "#2a9d6f",
            "#b8860b",
            "#c8553d",
            "#a0522d",
            "#6b7280",
        ),
        strict=True,
    )
)


def draw_timeline(plot: go.Figure, figure: Figure) -> None:
    """Events by day and by status, one mark each."""
    language = figure.options.language
    present = {row["status"] for row in figure.events}
    order = [status for status in STATUSES.split() if status in present]
    for status in order:
        rows = [row for row in figure.events if row["status"] == status]
        plot.add_scatter(
            x=[row["date"] for row in rows],
            y=[text(f"event_status.{status}", language)] * len(rows),
            mode="markers",
            name=text(f"event_status.{status}", language),
            marker={"size": 12, "color": STATUS_COLOURS[status], "symbol": "diamond"},
            text=[hover.event(row, language) for row in rows],
            hovertemplate="%{text}<extra></extra>",
            showlegend=False,
        )


def draw_claims(plot: go.Figure, figure: Figure) -> None:
    """Mark what articles claim: one mark a period and value, with the articles in its hover."""
    stated: dict[tuple[date, date, float], list[Row]] = defaultdict(list)
    for row in figure.claims:
        stated[row["period_start"], row["period_end"], row["line_value"]].append(row)
    if not stated:
        return
    language = figure.options.language
    plot.add_scatter(
        x=[
            places.of(wording.kind_of(start, end), start, end, figure.kind)
            for start, end, _ in stated
        ],
        y=[value for _, _, value in stated],
        mode="markers",
        name=text("chart.claims", language),
        marker={"symbol": "circle-open", "size": 13, "color": CLAIM, "line": {"width": 1.5}},
        text=[
            "<br>".join(
                hover.wrap(
                    hover.escape(
                        f"«{row['title']}» {row['publisher']}, {row['published_text']}: "
                        f"{wording.claim(row, language)}"
                    )
                )
                for row in rows[:4]
            )
            for rows in stated.values()
        ],
        hovertemplate="%{text}<extra></extra>",
    )


def draw_events(plot: go.Figure, figure: Figure) -> None:
    """Dated marks along the top edge, each with a thin line down."""
    rows = figure.events
    if not rows or figure.empty:
        return
    language = figure.options.language
    plot.add_scatter(
        x=[day for row in rows for day in (row["date"], row["date"], None)],
        y=[0.0, 1.0, None] * len(rows),
        yaxis="y2",
        mode="lines",
        line={"color": EVENT, "width": 0.6, "dash": "dot"},
        opacity=0.6,
        hoverinfo="skip",
        showlegend=False,
    )
    plot.add_scatter(
        x=[row["date"] for row in rows],
        y=[1.0] * len(rows),
        yaxis="y2",
        mode="markers",
        name=text("chart.events", language),
        marker={"symbol": "triangle-down", "size": 10, "color": EVENT},
        text=[hover.event(row, language) for row in rows],
        hovertemplate="%{text}<extra></extra>",
        cliponaxis=False,
    )


def draw_target(plot: go.Figure, line: Line, figure: Figure) -> None:
    """Draw a target as a level from the day it was set to the day it is due."""
    point = line.points[0]
    plot.add_scatter(
        x=[max(point.start, figure.options.start), point.end],
        y=[point.value, point.value],
        mode="lines+markers+text",
        line={"color": EVENT, "width": 1, "dash": "dash"},
        marker={"symbol": ["line-ns-open", "star-open"], "size": [6, 9], "color": EVENT},
        text=["", f"{line.label} "],
        textposition="top left",
        textfont={"color": EVENT, "size": 11},
        showlegend=False,
        hovertext=hover.escape(f"{line.label}: {point.counter}, {point.publisher}"),
        hoverinfo="text",
    )


def draw_step(plot: go.Figure, line: Line, figure: Figure) -> None:
    """Draw capacity and contract steps, each from its day to the next."""
    ordered = sorted(line.points, key=lambda point: point.start)
    plot.add_scatter(
        x=[*[point.start for point in ordered], figure.options.end],
        y=[*[point.value for point in ordered], ordered[-1].value],
        mode="lines+markers",
        line={"color": EVENT, "width": 1.5, "dash": "dash", "shape": "hv"},
        marker={"symbol": "line-ns-open", "size": 8, "color": EVENT},
        name=line.label,
        text=[hover.wrap(hover.escape(f"{point.label}: {point.note}")) for point in ordered] + [""],
        hovertemplate="%{text}<extra></extra>",
    )
