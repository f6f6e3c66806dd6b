"""The five figures that a briefing opens with, and what is newest."""

from dataclasses import dataclass
from datetime import date

import duckdb

from desk import lines, markup, units, wording
from desk.figure_list import LineSpec
from desk.lines import Options, Point
from desk.series import Query, series
from desk.texts import text


@dataclass(frozen=True)
class Tile:
    """One headline figure: its newest whole year, growth, the newest figure of all, its history."""

    indicator: str
    page: str
    label: str
    unit: str
    year: Point | None
    growth: tuple[float, bool] | None
    newest: Point | None
    history: list[tuple[int, float]]
    age_months: int


TILES = (
    ("trade_total", "trade"),
    ("crude_ru_cn_volume", "energy"),
    ("coal_ru_cn_volume", "energy"),
    ("lng_ru_cn_volume", "energy"),
    ("pos1_volume", "pipelines"),
)
FIRST = date(2012, 1, 1)
STALE_MONTHS = 6


@dataclass(frozen=True)
class Told:
    """The words of a tile; `lines` are Markdown, one a line."""

    heading: str
    value: str
    growth: str | None
    lines: list[str]


def told(tile: Tile, year: Point, language: str) -> Told:
    """Return a tile in words."""
    growth = None
    if tile.growth is not None:
        value, printed = tile.growth
        key = "tile.growth_printed" if printed else "tile.growth_computed"
        shown = f"{'+' if value > 0 else ''}{wording.exact(value, 0.1, language)}"
        growth = text(key, language, value=f"{shown} %")
    unit = units.symbol(tile.unit, language)
    said = [_provenance(year, language)]
    if tile.newest:
        newest = wording.exact(tile.newest.value, tile.newest.precision, language)
        said.append(f"{tile.newest.label}: **{newest} {markup.plain(unit)}**")
        said.append(_provenance(tile.newest, language))
    if tile.age_months > STALE_MONTHS:
        said.append(f":orange[{text('tile.age', language, months=tile.age_months)}]")
    shown = wording.exact(year.value, year.precision, language)
    return Told(f"{tile.label}, {unit} · {year.label}", shown, growth, said)


def _provenance(point: Point, language: str) -> str:
    return f"{markup.plain(point.publisher)}, {wording.day(point.published, language)}"


def tiles(con: duckdb.DuckDBPyConnection, as_of: date, language: str) -> list[Tile]:
    """Return the tiles as known on a day."""
    return [_tile(con, indicator, page, as_of, language) for indicator, page in TILES]


def _tile(
    con: duckdb.DuckDBPyConnection, indicator: str, page: str, as_of: date, language: str
) -> Tile:
    options = Options(as_of=as_of, start=FIRST, end=as_of, language=language)
    spec = LineSpec(indicator)
    years = lines.load_line(con, spec, options, "year", None)
    shorter = [
        point
        for kind in ("month", "ytd")
        for point in lines.load_line(con, spec, options, kind, None).points
        if point.status == "reported"
    ]
    newest = max(shorter, key=lambda point: (point.end, point.start), default=None)
    year = years.points[-1] if years.points else None
    if year and (newest is None or newest.end <= year.end):
        newest = None
    last = newest or year
    return Tile(
        indicator=indicator,
        page=page,
        label=years.label,
        unit=years.unit,
        year=year,
        growth=_growth(con, indicator, year, as_of),
        newest=newest,
        history=[(point.start.year, point.value) for point in years.points],
        age_months=_months(last.end, as_of) if last else 0,
    )


def _growth(
    con: duckdb.DuckDBPyConnection, indicator: str, year: Point | None, as_of: date
) -> tuple[float, bool] | None:
    """Return the year's growth and whether it was printed; ours only where none was."""
    if year is None:
        return None
    for name, printed in ((f"{indicator}_yoy", True), (f"{indicator}_growth", False)):
        found = series(con, Query(name, "year", year.start, year.end), as_of).points
        if len(found):
            return float(found["value"].iloc[-1]), printed
    return None


def _months(end: date, as_of: date) -> int:
    return (as_of.year - end.year) * 12 + as_of.month - end.month


def projects(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Return every project that has events."""
    rows = con.execute("SELECT DISTINCT project FROM event ORDER BY project").fetchall()
    return tuple(row[0] for row in rows)
