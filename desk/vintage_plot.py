"""Draw how the figure of one period was known over time: a step at each publication."""

import plotly.graph_objects as go

from desk import units, wording
from desk.marks import PALETTE
from desk.series import Row
from desk.sketch import Sketch


def draw(vintages: list[Row], language: str) -> go.Figure:
    """Return a small chart of vintages in one unit, oldest first, each named by day and figure."""
    plot = Sketch()
    days = [row["published"] for row in vintages]
    values = [row["value"] for row in vintages]
    figures = [wording.exact(row["value"], row["precision"], language) for row in vintages]
    plot.add_scatter(
        x=days,
        y=values,
        mode="lines+markers+text",
        line={"color": PALETTE[0], "width": 1.5, "shape": "hv"},
        marker={"size": 8},
        error_y={
            "type": "data",
            "array": [row["precision"] for row in vintages],
            "thickness": 1,
            "width": 3,
        },
        text=figures,
        textposition="top center",
        cliponaxis=False,
        hovertext=[
            f"{wording.day(day, language)}: {figure} {units.symbol(row['unit'], language)}"
            for day, figure, row in zip(days, figures, vintages, strict=True)
        ],
        hoverinfo="text",
    )
    low = min(row["value"] - row["precision"] for row in vintages)
    high = max(row["value"] + row["precision"] for row in vintages)
    room = (high - low) * 0.35
    plot.update_layout(
        height=190,
        margin={"l": 8, "r": 16, "t": 18, "b": 8},
        showlegend=False,
        yaxis={"automargin": True, "range": [low - room / 2, high + room], "nticks": 4},
        xaxis={"automargin": True, "nticks": 6},
    )
    return go.Figure(data=plot.data, layout=plot.layout)
