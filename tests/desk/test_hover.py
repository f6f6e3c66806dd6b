"""What a hover tells: value, unit, publisher and day; foreign text is shown, never interpreted."""

from dataclasses import replace
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from desk import hover, plot
from desk.figures import Figure
from desk.lines import Line, Point
from tests.desk.conftest import Make

Every = dict[tuple[str, str], Figure]
SLY = "<i onclick=alert(1)>Tom & Jerry</i>"
HARMLESS = "&lt;i onclick=alert(1)&gt;Tom &amp; Jerry&lt;/i&gt;"


def _texts(drawn: go.Figure) -> str:
    kept: list[Any] = []
    for trace in drawn.data:
        for words in (trace.text, trace.hovertext, trace.name):
            kept += list(words) if isinstance(words, (list, tuple)) else [words]
    return "\n".join(str(words) for words in kept)


def _sly(figure: Figure) -> Figure:
    """Put markup into every foreign text of a figure."""
    lines = [
        replace(
            line,
            points=[
                replace(point, publisher=SLY, counter=SLY, note=SLY, inputs=SLY)
                for point in line.points
            ],
        )
        for line in figure.lines
    ]
    event = dict.fromkeys(("title", "publisher", "said_by", "confirmed_by", "project"), SLY)
    return replace(
        figure,
        lines=lines,
        events=[row | event for row in figure.events],
        claims=[row | {"title": SLY, "publisher": SLY} for row in figure.claims],
    )


@pytest.mark.parametrize(
    "name", ["trade_totals", "settlement", "pos1_deliveries", "pos2_timeline", "trade_ytd"]
)
def test_foreign_text_in_a_hover_is_shown_and_never_interpreted(name: str, make: Make) -> None:
    shown = _texts(plot.draw(_sly(make(name)))).replace("<br>", " ")
    assert HARMLESS in shown
    assert "<i" not in shown


def test_a_hover_names_period_value_status_publisher_and_day() -> None:
    point = Point(
        start=date(2024, 1, 1),
        end=date(2024, 12, 31),
        kind="year",
        value=244.819,
        precision=0.001,
        status="reported",
        publisher="China Customs",
        published=date(2025, 1, 13),
        label="2024",
    )
    shown = hover.point(point, Line("trade_total", "Trade", "USD bn", "china_customs", []), "en")
    for part in ("2024", "244.819 USD bn", "reported", "China Customs", "13 Jan 2025"):
        assert part in shown


def test_the_hover_of_every_derived_point_says_from_what(every: Every) -> None:
    untold = {
        (line.indicator, point.label, point.publisher)
        for figure in every.values()
        for line in figure.lines
        if line.style == "line"
        for point in line.points
        if point.status == "derived"
        and hover.escape(point.inputs or point.note or point.publisher)[:20]
        not in hover.point(point, line, "en").replace("<br>", " ").split("</b>", 2)[2]
    }
    assert not untold


def test_a_hover_breaks_long_lines() -> None:
    words = "word " * 60
    assert max(len(line) for line in hover.wrap(words).split("<br>")) <= 64
