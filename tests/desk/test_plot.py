"""What is drawn, seen in the traces: gaps stay gaps, marks tell what they are, text is harmless."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import plotly.graph_objects as go
import pytest

from desk import figure_list, hover, plot
from desk.figures import Figure
from desk.lines import Point

AS_KINDS = [(spec.id, kind) for spec in figure_list.load().values() for kind in spec.kinds]
JOINED = [
    (spec.id, kind)
    for spec in figure_list.load().values()
    for kind in spec.kinds
    if spec.chart in ("line", "statements")
]
Every = dict[tuple[str, str], Figure]
Place = tuple[datetime, float]


def _place(point: Point, figure: Figure) -> Place:
    """Return where a point stands: in the middle; a running year over its last month."""
    running = point.kind == "ytd" and figure.kind == "ytd"
    first = point.end.replace(day=1) if running else point.start
    return datetime.combine(first, time()) + (point.end - first) / 2, point.value


def _segments(drawn: go.Figure) -> Iterator[tuple[str, Place, Place]]:
    """Return the pieces of every line that joins points, with the line that they belong to."""
    for trace in drawn.data:
        if trace.type == "scatter" and trace.mode == "lines" and trace.yaxis != "y2":
            for before, after in pairwise(zip(trace.x, trace.y, strict=True)):
                if before[1] is not None and after[1] is not None:
                    yield trace.legendgroup, before, after


def _follows(before: Point, after: Point) -> bool:
    """Say whether the second is the period right after the first, of the same kind."""
    if before.kind != after.kind:
        return False
    months = (after.end.year - before.end.year) * 12 + after.end.month - before.end.month
    if before.kind == "day":
        return 0 < (after.start - before.start).days <= 5
    if before.kind == "ytd":
        return months == 1 and after.end.year == before.end.year
    length = {"month": 1, "quarter": 3, "year": 12, "range": 1}[before.kind]
    return months == length


def _lines(figure: Figure) -> dict[str, dict[Place, Point]]:
    return {
        line.label: {_place(point, figure): point for point in line.points}
        for line in figure.lines
        if line.style == "line"
    }


@pytest.mark.parametrize(("name", "kind"), JOINED)
def test_only_neighbouring_periods_are_joined(name: str, kind: str, every: Every) -> None:
    known = _lines(every[name, kind])
    for label, before, after in _segments(plot.draw(every[name, kind])):
        first, second = known[label][before], known[label][after]
        assert _follows(first, second), (label, first.label, second.label)


@pytest.mark.parametrize(("name", "kind"), JOINED)
def test_all_neighbouring_periods_are_joined(name: str, kind: str, every: Every) -> None:
    wanted = {
        (label, first, second)
        for label, points in _lines(every[name, kind]).items()
        for first, one in points.items()
        for second, other in points.items()
        if _follows(one, other)
    }
    assert set(_segments(plot.draw(every[name, kind]))) == wanted


def test_the_months_that_nobody_published_are_gaps(every: Every) -> None:
    figure = every["trade_totals", "month"]
    points = next(line.points for line in figure.lines if line.indicator == "trade_total")
    joined = [piece for piece in _segments(plot.draw(figure)) if piece[0] == "Trade total"]
    assert 0 < len(joined) < len(points) - 1


def test_the_running_years_join_no_months_across_a_gap(every: Every) -> None:
    for trace in plot.draw(every["trade_ytd", "ytd"]).data:
        pairs = pairwise(zip(trace.x, trace.y, strict=True))
        for (month, value), (after, later) in pairs:
            if value is not None and later is not None:
                assert after - month == 1, f"{trace.name}: month {month} is joined to {after}"


def test_the_two_months_of_january_and_february_are_joined_to_no_month(every: Every) -> None:
    found = 0
    for (name, kind), figure in every.items():
        if kind != "month" or figure.chart != "line":
            continue
        both = {
            (line.label, *_place(point, figure))
            for line in figure.lines
            for point in line.points
            if point.kind == "ytd"
        }
        ends = {(label, *end) for label, *pair in _segments(plot.draw(figure)) for end in pair}
        assert not both & ends, name
        found += len(both)
    assert found > 10


def test_the_two_months_have_a_mark_of_their_own(every: Every) -> None:
    figure = every["trade_totals", "month"]
    both = {_place(p, figure) for line in figure.lines for p in line.points if p.kind == "ytd"}
    squares = {
        place
        for trace in plot.draw(figure).data
        if trace.mode == "markers" and trace.marker.symbol == "square-open"
        for place in zip(trace.x, trace.y, strict=True)
    }
    assert squares == both


@pytest.mark.parametrize(("name", "kind"), JOINED)
def test_a_status_is_told_by_the_mark(name: str, kind: str, every: Every) -> None:
    figure = every[name, kind]
    symbols: dict[tuple[str, Place], str] = {}
    for trace in plot.draw(figure).data:
        if trace.mode == "markers" and trace.legendgroup:
            places = zip(trace.x, trace.y, strict=True)
            symbols |= {(trace.legendgroup, place): trace.marker.symbol for place in places}
    for label, points in _lines(figure).items():
        for place, point in points.items():
            if point.kind == kind:
                hollow = symbols[label, place].endswith("-open")
                assert hollow == (point.status != "reported"), (label, point.label)


def test_a_derived_column_is_hatched_and_a_reported_one_is_not(every: Every) -> None:
    bars = [
        trace
        for name in ("trade_balance", "pos1_deliveries")
        for trace in plot.draw(every[name, "year"]).data
        if trace.type == "bar"
    ]
    looks = {"(derived)" in trace.name: trace.marker.pattern.shape for trace in bars}
    assert looks == {True: "/", False: ""}


@pytest.mark.parametrize(("name", "kind"), AS_KINDS)
def test_every_figure_is_drawn_with_its_unit_on_the_axis(
    name: str, kind: str, every: Every
) -> None:
    drawn = plot.draw(every[name, kind])
    assert drawn.data
    assert (drawn.layout.yaxis.title.text or "") == every[name, kind].symbol
    assert bool(every[name, kind].symbol) == bool(every[name, kind].unit)
    assert drawn.layout.meta["alt"] == every[name, kind].alt


def test_every_event_and_claim_of_a_chart_of_lines_is_marked(every: Every) -> None:
    figure = every["trade_totals", "year"]
    traces = {trace.name: trace for trace in plot.draw(figure).data}
    assert len(traces["events"].x) == len(figure.events) > 0
    claimed = {(r["period_start"], r["line_value"], r["verdict"]) for r in figure.claims}
    marks = [len(trace.x) for name, trace in traces.items() if str(name).startswith("claim ")]
    assert sum(marks) == len(claimed) > 0


def test_columns_are_as_wide_as_their_periods(every: Every) -> None:
    month = plot.draw(every["trade_balance", "month"]).data
    widths = {width for trace in month if trace.type == "bar" for width in trace.width}
    day = timedelta(days=1) / timedelta(milliseconds=1)
    assert all(20 * day < width < 50 * day for width in widths)


def test_a_revised_figure_has_a_ring_and_says_what_it_was(every: Every) -> None:
    figure = every["crude_value", "month"]
    revised = {
        (line.label, _place(point, figure)): point
        for line in figure.lines
        for point in line.points
        if point.revised
    }
    rings = {
        (trace.legendgroup, place)
        for trace in plot.draw(figure).data
        if trace.marker.symbol == "circle-open" and trace.hoverinfo == "skip"
        for place in zip(trace.x, trace.y, strict=True)
    }
    assert rings == set(revised)
    assert len(rings) < sum(len(line.points) for line in figure.lines)
    line = next(line for line in figure.lines if line.label == "Crude RU, value")
    may = next(p for p in line.points if p.revised and p.start == date(2023, 5, 1))
    assert "revised: 5.12 → 5.14 on 21 Jul 2023" in hover.point(may, line, "en").replace(
        "<br>", " "
    )
    assert any("thin ring" in caveat for caveat in figure.caveats)


def test_a_running_year_stands_over_its_last_month_and_its_column_is_a_month_wide(
    every: Every,
) -> None:
    drawn = plot.draw(every["trade_balance", "ytd"])
    [trace, *_] = [trace for trace in drawn.data if trace.type == "bar"]
    ends = {point.end for line in every["trade_balance", "ytd"].lines for point in line.points}
    assert {(place.year, place.month) for place in trace.x} <= {(e.year, e.month) for e in ends}
    assert max(trace.width) <= 30 * 86_400_000


def test_derived_years_of_a_reported_line_are_dotted_however_many_there_are(every: Every) -> None:
    figure = every["crude_value", "year"]
    [line] = figure.lines
    derived = {_place(point, figure) for point in line.points if point.status == "derived"}
    assert len(derived) > len(line.points) / 2
    joins = [
        (trace.line.dash, places)
        for trace in plot.draw(figure).data
        if trace.mode == "lines" and trace.yaxis != "y2"
        for places in pairwise(zip(trace.x, trace.y, strict=True))
        if None not in (places[0][1], places[1][1])
    ]
    assert {dash for dash, places in joins if derived & set(places)} == {"dot"}


def test_a_line_that_a_formula_computes_is_full(every: Every) -> None:
    drawn = plot.draw(every["trade_rolling", "range"])
    dashes = {t.line.dash for t in drawn.data if t.mode == "lines" and t.yaxis != "y2"}
    assert dashes == {"solid"}
