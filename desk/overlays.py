"""What lies over the lines of a figure: targets, steps, claims of articles, dated events."""

from collections import defaultdict
from datetime import date, datetime

from desk import hover, places, selection, verdicts, wording
from desk.figures import Figure
from desk.lines import Line
from desk.palette import NEUTRAL, PALETTE
from desk.rows import Row
from desk.sketch import Sketch
from desk.texts import text
from etl.events import STATUSES

EVENT = NEUTRAL
CLAIM_SIZE = 14
# by how far a project has come: places in the palette
STATUS_COLOURS = {
    status: PALETTE[place]
    for status, place in zip(STATUSES.split(), (7, 3, 5, 0, 2, 8, 2, 2, 4, 1, 9, 7), strict=True)
}


def draw_timeline(plot: Sketch, figure: Figure) -> None:
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
            customdata=[selection.of_event(row) for row in rows],
            hovertemplate="%{text}<extra></extra>",
            showlegend=False,
        )


def draw_claims(plot: Sketch, figure: Figure) -> None:
    """Mark what articles claim, in the colour and shape of the verdict: a legend entry each."""
    language = figure.options.language
    for verdict, look in verdicts.LOOKS.items():
        stated = by_mark([row for row in figure.claims if row["verdict"] == verdict])
        if not stated:
            continue
        plot.add_scatter(
            x=[claim_place(start, end, figure) for start, end, _ in stated],
            y=[value for _, _, value in stated],
            mode="markers",
            name=text("chart.claim", language, verdict=text(f"verdict.{verdict}", language)),
            marker={
                "symbol": look.symbol,
                "size": CLAIM_SIZE,
                "color": look.colour,
                "line": {"width": 1.8, "color": look.colour},
            },
            text=[hover.claims(rows, language) for rows in stated.values()],
            customdata=[selection.of_claims(rows) for rows in stated.values()],
            hovertemplate="%{text}<extra></extra>",
        )


def claim_place(start: date, end: date, figure: Figure) -> datetime:
    """Return where the mark of a claim on a period stands."""
    return places.of(wording.kind_of(start, end), start, end, figure.kind)


def by_mark(claims: list[Row]) -> dict[tuple[date, date, float], list[Row]]:
    """Group claims by where their mark stands: period and value."""
    stated: dict[tuple[date, date, float], list[Row]] = defaultdict(list)
    for row in claims:
        stated[row["period_start"], row["period_end"], row["line_value"]].append(row)
    return stated


def draw_events(plot: Sketch, figure: Figure) -> None:
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
        customdata=[selection.of_event(row) for row in rows],
        hovertemplate="%{text}<extra></extra>",
        cliponaxis=False,
    )


def draw_target(plot: Sketch, line: Line, figure: Figure) -> None:
    """Draw a target as a level from the day it was set to the day it is due."""
    point = line.points[0]
    # near the left edge a name that ends at its mark would be cut off
    early = (point.end - figure.options.start) < (figure.options.end - figure.options.start) / 4
    plot.add_scatter(
        x=[max(point.start, figure.options.start), point.end],
        y=[point.value, point.value],
        mode="lines+markers+text",
        line={"color": EVENT, "width": 1, "dash": "dash"},
        marker={"symbol": ["line-ns-open", "star-open"], "size": [6, 9], "color": EVENT},
        text=["", f"{line.label} "],
        textposition="top right" if early else "top left",
        textfont={"size": 11},
        showlegend=False,
        hovertext=hover.escape(f"{line.label}: {point.counter}, {point.publisher}"),
        customdata=[selection.of_point(line, point)] * 2,
        hoverinfo="text",
    )


def draw_step(plot: Sketch, line: Line, figure: Figure) -> None:
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
