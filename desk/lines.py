"""The lines of a figure: loaded, in one unit, every point with what must be said of it."""

from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Any

import duckdb

from desk import derivations, evidence, wording
from desk.evidence import Scope
from desk.figure_list import FigureSpec, LineSpec
from desk.rows import Row
from desk.series import Query, Series, series
from desk.texts import text
from etl.errors import UnknownRequest

# statuses of events that bind a capacity; a proposal or a doubt is no step
AGREED = ("agreed_in_principle", "contract_signed", "started")


@dataclass(frozen=True)
class Options:
    """How a figure is looked at; kind and unit None mean the figure's own."""

    as_of: date
    start: date
    end: date
    language: str = "en"
    kind: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Point:
    """One mark: a period with its figure and what must be said of it."""

    start: date
    end: date
    kind: str
    value: float
    precision: float
    status: str
    publisher: str
    published: date
    label: str
    url: str | None = None
    disputed: bool = False
    low: float | None = None
    high: float | None = None
    bound: str = "="
    vintages: int = 1
    old_value: float | None = None
    old_precision: float = 0.0
    revised: date | None = None
    inputs: str = ""
    counter: str = ""
    note: str = ""
    source: str = ""


@dataclass(frozen=True)
class Line:
    """Points of one indicator. `style`: line (neighbours joined), scatter, target, step.

    `computed` says that a formula makes every point.
    """

    indicator: str
    label: str
    unit: str
    basis: str
    points: list[Point]
    style: str = "line"
    marked: bool = False
    computed: bool = False


def load(
    con: duckdb.DuckDBPyConnection,
    spec: FigureSpec,
    options: Options,
    kind: str,
    unit: str | None,
) -> list[Line]:
    """Load the lines of the figure in one unit; statements keep one-sided figures too."""
    lines: list[Line] = []
    for item in spec.series:
        if spec.chart == "statements" and not item.computed:
            lines += _statements(con, item, options)
        elif spec.chart == "compare_years":
            lines += _years(con, item, options, unit)
        else:
            lines.append(load_line(con, item, options, kind, unit))
    return [line for line in lines if line.points] or lines[:1]


def load_line(
    con: duckdb.DuckDBPyConnection,
    item: LineSpec,
    options: Options,
    kind: str,
    unit: str | None,
) -> Line:
    """Load one resolved line of a figure; in its own unit where the one asked for has no line."""
    query = Query(item.indicator, kind, options.start, options.end, item.unit or unit, item.terms)
    try:
        loaded = series(con, query, options.as_of)
    except UnknownRequest:
        # a line without a figure in this unit is left out, the others are drawn
        loaded = series(con, Query(item.indicator, kind), options.as_of)
    return Line(
        indicator=item.indicator,
        label=loaded.indicator[f"short_{options.language}"],
        unit=loaded.unit,
        basis=loaded.indicator["basis"],
        points=_points(loaded, options.language),
        marked=item.marked,
        computed=bool(loaded.indicator["formula"]),
    )


def _points(loaded: Series, language: str) -> list[Point]:
    return [_point(row, language) for row in loaded.points.to_dict("records")]


def _point(row: dict[Any, Any], language: str) -> Point:
    kind, start, end = row["period_kind"], row["period_start"].date(), row["period_end"].date()
    revised = not isnan(row["old_value"])
    return Point(
        start=start,
        end=end,
        kind=kind,
        value=row["value"],
        precision=row["precision"],
        status=row["status"],
        publisher=derivations.whose(row["publisher"], language),
        published=row["published"].date(),
        url=row["url"] if isinstance(row["url"], str) else None,
        disputed=bool(row["disputed"]),
        low=_known(row["low"]),
        high=_known(row["high"]),
        vintages=int(row["vintages"]),
        old_value=row["old_value"] if revised else None,
        old_precision=row["old_precision"] if revised else 0.0,
        revised=row["revised"].date() if revised else None,
        inputs=derivations.inputs(row["inputs"], row["method"], language),
        note=row["note"],
        source=row["source"],
        label=wording.period(kind, start, end, language),
    )


def _known(value: float) -> float | None:
    return None if isnan(value) else value


def _years(
    con: duckdb.DuckDBPyConnection, item: LineSpec, options: Options, unit: str | None
) -> list[Line]:
    """One line a year: year-to-date figures and, as December's, the year itself."""
    running = load_line(con, item, options, "ytd", unit)
    whole = load_line(con, item, options, "year", unit)
    points = sorted([*running.points, *whole.points], key=lambda point: point.end)
    years = sorted({point.end.year for point in points})
    return [
        Line(
            item.indicator,
            str(year),
            running.unit,
            running.basis,
            [point for point in points if point.end.year == year],
        )
        for year in years
    ]


def _statements(con: duckdb.DuckDBPyConnection, item: LineSpec, options: Options) -> list[Line]:
    """Every stated figure of an indicator as a mark of its own, one line a unit."""
    scope = Scope((item.indicator,), options.start, options.end, options.as_of)
    head = load_line(con, LineSpec(item.indicator), options, "year", None)
    rows = [row for row in evidence.statements(con, scope) if row["terms"] == ""]
    rows = [row for row in rows if item.unit is None or row["unit"] == item.unit]
    units = list(dict.fromkeys(row["unit"] for row in rows)) or [head.unit]
    return [
        Line(
            indicator=item.indicator,
            label=head.label if len(units) == 1 else f"{head.label}, {unit}",
            unit=unit,
            basis=head.basis,
            points=[_stated(row, options.language) for row in rows if row["unit"] == unit],
            style="scatter",
        )
        for unit in units
    ]


def _stated(row: Row, language: str) -> Point:
    kind, start, end = row["period_kind"], row["period_start"], row["period_end"]
    return Point(
        start=start,
        end=end,
        kind=kind,
        value=row["value"],
        precision=row["precision"] or 0.0,
        status=row["status"],
        publisher=row["publisher"],
        published=row["published"],
        url=row["url"],
        low=row["low"] if row["bound"] == "range" else None,
        high=row["high"] if row["bound"] == "range" else None,
        bound=row["bound"],
        counter=row["counter"],
        note=row["note"],
        source=row["source"],
        label=wording.period(kind, start, end, language),
    )


def targets(
    con: duckdb.DuckDBPyConnection, indicator: str, options: Options, unit: str
) -> list[Line]:
    """A target is a level from the day on which it was set to the day on which it is due."""
    scope = Scope((indicator,), options.start, options.end, options.as_of)
    rows = [row for row in evidence.statements(con, scope) if row["unit"] == unit]
    latest: dict[tuple[float, date], Row] = {}
    for row in rows:
        latest.setdefault((row["value"], row["period_end"]), row)
    return [
        Line(
            indicator=indicator,
            label=text("chart.target", options.language, value=f"{value:g}", year=due.year),
            unit=unit,
            basis="official_statement",
            points=[_stated(row, options.language)],
            style="target",
        )
        for (value, due), row in sorted(latest.items(), key=lambda item: item[0])
    ]


def steps(con: duckdb.DuckDBPyConnection, project: str, options: Options, unit: str) -> list[Line]:
    """Capacity and contract steps of a project, each from its day on."""
    rows = evidence.events(con, (project,), date(1990, 1, 1), options.end, options.as_of)
    kept = [row for row in rows if row["capacity_unit"] == f"{unit}/yr" and row["status"] in AGREED]
    points = [
        Point(
            start=max(row["date"], options.start),
            end=max(row["date"], options.start),
            kind="day",
            value=row["capacity_value"],
            precision=1.0,
            status="reported",
            publisher=row["publisher"],
            published=row["published"],
            label=row["date_text"],
            url=row["url"],
            note=row["title"],
        )
        for row in kept
    ]
    label = text("chart.step", options.language)
    return [Line("capacity", label, unit, "official_statement", points, "step")] if points else []
