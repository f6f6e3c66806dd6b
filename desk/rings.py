"""Rings around what a reader has pointed at elsewhere: points, claims and events of a figure."""

from desk import claim_table, overlays, places, selection, verdicts, wording
from desk.figures import Figure
from desk.selection import Selection
from desk.sketch import Sketch
from desk.texts import text

RING = "#c27803"
SIZE = 30


def draw(plot: Sketch, figure: Figure, pointed: Selection) -> None:
    """Ring every mark that is pointed at, and label the claims with what they state."""
    _claims(plot, figure, pointed)
    _points(plot, figure, pointed)
    _events(plot, figure, pointed)


def _claims(plot: Sketch, figure: Figure, pointed: Selection) -> None:
    rows = [row for row in figure.claims if claim_table.name(row) in pointed.claims]
    for (start, end, value), [row, *_] in overlays.by_mark(rows).items():
        _ring(
            plot,
            overlays.claim_place(start, end, figure),
            value,
            verdicts.LOOKS[row["verdict"]].colour,
            wording.claim(row, figure.options.language),
        )


def _points(plot: Sketch, figure: Figure, pointed: Selection) -> None:
    for _, point in selection.points(figure, pointed):
        if figure.chart == "compare_years":
            _ring(plot, point.end.month, point.value)
        else:
            place = places.of(point.kind, point.start, point.end, figure.kind)
            _ring(plot, place, point.value)


def _events(plot: Sketch, figure: Figure, pointed: Selection) -> None:
    for row in figure.events:
        if row["id"] not in pointed.events:
            continue
        if figure.chart == "timeline":
            status = text(f"event_status.{row['status']}", figure.options.language)
            _ring(plot, row["date"], status)
        else:
            plot.add_scatter(
                x=[row["date"], row["date"]],
                y=[0.0, 1.0],
                yaxis="y2",
                mode="lines",
                line={"color": RING, "width": 2},
                hoverinfo="skip",
                showlegend=False,
            )


def _ring(
    plot: Sketch, x: object, y: float | str, colour: str = RING, label: str | None = None
) -> None:
    plot.add_scatter(
        x=[x],
        y=[y],
        mode="markers+text" if label else "markers",
        text=[label or ""],
        textposition="top center",
        marker={"symbol": "circle-open", "size": SIZE, "color": colour, "line": {"width": 2.5}},
        hoverinfo="skip",
        showlegend=False,
    )
