"""Traces and layout of a chart as plain dictionaries, collected before a renderer takes them.

Its methods are named as plotly's own, which check every word twice and take longer than drawing.
"""

from typing import Any

Spec = dict[str, Any]


class Sketch:
    """What has been drawn so far."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.data: list[Spec] = []
        self.layout: Spec = {}

    def add_scatter(self, **look: Any) -> None:
        """Add marks, lines or both."""
        self.data.append({"type": "scatter"} | look)

    def add_bar(self, **look: Any) -> None:
        """Add columns."""
        self.data.append({"type": "bar"} | look)

    def update_layout(self, **look: Any) -> None:
        """Set parts of the layout."""
        self.layout |= look

    def update_xaxes(self, **look: Any) -> None:
        """Set parts of the axis across."""
        self.layout["xaxis"] = self.layout.get("xaxis", {}) | look

    def update_yaxes(self, **look: Any) -> None:
        """Set parts of the axis of the values; that of the event marks stays as it is."""
        self.layout["yaxis"] = self.layout.get("yaxis", {}) | look
