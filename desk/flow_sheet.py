"""A finished chart of customs flows: a title, what travels with it, its rows, a drawing. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field

import plotly.graph_objects as go

from desk.palette import WARNING
from desk.rows import Row
from desk.texts import text


@dataclass(frozen=True)
class Sheet:
    """One chart with all that must be beside it; `rows` are its table, `invented` marks it."""

    id: str
    title: str
    plot: go.Figure
    rows: list[Row]
    source: str
    language: str
    invented: bool = False
    caveats: list[str] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Return whether there is nothing to draw."""
        return not self.rows


@dataclass(frozen=True)
class About:
    """What all charts of a page share: language, source line, whether figures are invented."""

    language: str
    source: str
    invented: bool
    area: Callable[[str], str]

    def say(self, key: str, **values: object) -> str:
        """Return a text of the flows."""
        return text(f"flows.{key}", self.language, **values)

    def sheet(
        self, name: str, title: str, plot: go.Figure, rows: list[Row], *caveats: str
    ) -> Sheet:
        """Return a finished sheet, with its mark where its figures are invented."""
        plot.update_layout(
            margin={"l": 8, "r": 8, "t": 16, "b": 8},
            legend={"orientation": "h", "yanchor": "top", "y": -0.12, "x": 0},
            hoverlabel={"align": "left"},
            meta={"alt": title},
        )
        if self.invented:
            plot.add_annotation(
                text=self.say("invented"),
                xref="paper",
                yref="paper",
                x=0.5,
                y=0.5,
                showarrow=False,
                textangle=-18,
                opacity=0.85,
                font={"size": 20, "color": WARNING},
            )
        return Sheet(
            name, title, plot, rows, self.source, self.language, self.invented, list(caveats)
        )
