"""Draw how the figure of one period was known over time: a step at each publication."""

from typing import Any

import plotly.graph_objects as go

from desk import units, wording
from desk.marks import PALETTE
from desk.rows import Row
from desk.sketch import Sketch
from desk.texts import text


def draw(vintages: list[Row], language: str) -> go.Figure:
    """Return a small chart of vintages in one unit, oldest first, each named by day and figure.

    What a later growth rate implies was printed by nobody: hollow, and off the line.
    """
    plot = Sketch()
    printed = [row for row in vintages if row["status"] != "derived"]
    implied = [row for row in vintages if row["status"] == "derived"]
    _add(
        plot, printed, language, mode="lines+markers+text", marker={"size": 8, "color": PALETTE[0]}
    )
    hollow = {"size": 9, "symbol": "circle-open", "color": PALETTE[0]}
    _add(plot, implied, language, mode="markers+text", marker=hollow)
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


def _add(plot: Sketch, vintages: list[Row], language: str, **look: Any) -> None:
    if not vintages:
        return
    figures = [wording.exact(row["value"], row["precision"], language) for row in vintages]
    plot.add_scatter(
        x=[row["published"] for row in vintages],
        y=[row["value"] for row in vintages],
        line={"color": PALETTE[0], "width": 1.5, "shape": "hv"},
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
            _hover(row, said, language) for row, said in zip(vintages, figures, strict=True)
        ],
        hoverinfo="text",
        **look,
    )


def _hover(row: Row, figure: str, language: str) -> str:
    day = wording.day(row["published"], language)
    said = f"{day}: {figure} {units.symbol(row['unit'], language)}"
    if row["status"] != "derived":
        return said
    return f"{said}<br>{text('provenance.implied', language)}"
