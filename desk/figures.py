"""The abstract figure: what is drawn, by any renderer; nothing is drawn here.

A figure holds its lines in one unit, the events and claims that lie on it, and the captions without
which it must not leave the house.
"""

from collections import Counter
from dataclasses import dataclass, field, replace

import duckdb

from desk import evidence, lines, units, wording
from desk.evidence import Scope
from desk.figure_list import FigureSpec
from desk.lines import Line, Options
from desk.rows import Row, records
from desk.texts import text

# how a point says that its figure is our own calculation
OWN = "Amur:"
# how many publishers a source line names
NAMED = 4


@dataclass(frozen=True)
class Figure:
    """Everything a renderer draws and everything that travels with it."""

    id: str
    chart: str
    title: str
    subtitle: str
    unit: str
    symbol: str
    kind: str
    lines: list[Line]
    options: Options
    build_id: str
    events: list[Row] = field(default_factory=list)
    claims: list[Row] = field(default_factory=list)
    sources: str = ""
    caveat: str = ""
    marks: list[str] = field(default_factory=list)
    licences: list[Row] = field(default_factory=list)
    symbols: dict[str, str] = field(default_factory=dict)
    alt: str = ""
    # what an address or `amur export` names besides the id, where that does not say what is drawn
    asked: dict[str, str] = field(default_factory=dict)
    # a difference is read against nothing: zero stays in sight
    from_zero: bool = False

    # a figure is told from others by which one it is: what is made of it is kept beside it
    __hash__ = object.__hash__

    @property
    def caveats(self) -> list[str]:
        """Say what a reader could get wrong: the figure's own caveat, then the marks that occur."""
        told = [text(f"caveat.{mark}", self.options.language) for mark in self.marks]
        return [self.caveat, *told] if self.caveat else told

    @property
    def empty(self) -> bool:
        """Return whether there is nothing to draw in the span that was asked for."""
        return not any(line.points for line in self.lines) and not (
            self.chart == "timeline" and self.events
        )


def figure(
    con: duckdb.DuckDBPyConnection, spec: FigureSpec, options: Options, build_id: str
) -> Figure:
    """Load and arrange one figure as known on the as-of day."""
    language = options.language
    kind = options.kind if options.kind in spec.kinds else spec.kinds[0]
    unit = options.unit if options.unit in spec.units else (spec.units or (None,))[0]
    drawn = lines.load(con, spec, options, kind, unit)
    shown_unit = drawn[0].unit if drawn else ""
    drawn = [line for line in drawn if line.unit == shown_unit or spec.chart == "statements"]
    if spec.targets and kind == "year":
        drawn += lines.targets(con, spec.targets, options, shown_unit)
    if spec.steps:
        drawn += lines.steps(con, spec.steps, options, shown_unit)
    events = evidence.events(con, spec.events, options.start, options.end, options.as_of)
    scope = Scope(spec.indicators, options.start, options.end, options.as_of)
    claims = claims_on(con, scope, drawn, language)
    title = text(f"figure.{spec.id}.title", language)
    symbol = unit_symbol(con, shown_unit, language)
    made = Figure(
        id=spec.id,
        chart=spec.chart,
        title=title,
        subtitle=_subtitle(spec, kind, symbol, language),
        unit=shown_unit,
        symbol=symbol,
        kind=kind,
        lines=drawn,
        options=options,
        build_id=build_id,
        events=events,
        claims=claims,
        sources=source_line(con, scope, drawn, events, language),
        caveat=text(f"figure.{spec.id}.caveat", language),
        marks=marks_of(spec.chart, drawn, kind),
        licences=licences_of(con, drawn),
        symbols={unit: unit_symbol(con, unit, language) for unit in {line.unit for line in drawn}},
    )
    return with_alt(made)


def claims_on(
    con: duckdb.DuckDBPyConnection, scope: Scope, drawn: list[Line], language: str
) -> list[Row]:
    """Return the claims that have a place on the lines, with their verdicts in words."""
    return [
        row | {"explanation": row[f"explanation_{language}"]}
        for row in evidence.claims(con, scope)
        if drawable(row, drawn)
    ]


def drawable(claim: Row, drawn: list[Line]) -> bool:
    """A claim has a place on the chart when a drawn point has its indicator, unit and period."""
    if claim["line_value"] is None or claim["change"]:
        return False
    return any(
        line.indicator == claim["indicator"]
        and line.unit == claim["line_unit"]
        and any(
            point.start == claim["period_start"] and point.end == claim["period_end"]
            for point in line.points
        )
        for line in drawn
    )


def unit_symbol(con: duckdb.DuckDBPyConnection, unit: str, language: str) -> str:
    """Return a unit as readers of the language write it."""
    rows = records(con.execute("FROM unit WHERE id = ?", [unit]))
    return str(rows[0][f"symbol_{language}"]) if rows else unit


def _subtitle(spec: FigureSpec, kind: str, symbol: str, language: str) -> str:
    """Say the unit and the cadence, in words."""
    basis = text(f"figure.{spec.id}.subtitle", language)
    if not symbol:
        return basis
    if spec.chart == "statements":
        return f"{basis} · {symbol}"
    return f"{basis} · {symbol} · {text(f'kind.{kind}', language)}"


def source_line(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    drawn: list[Line],
    events: list[Row],
    language: str,
) -> str:
    """Name the publishers of what is drawn, the most frequent first, and the newest date.

    Where everything drawn is computed, those of the figures that it is computed from.
    """
    points = [point for line in drawn for point in line.points]
    names = Counter(point.publisher for point in points if not point.publisher.startswith(OWN))
    names.update(row["publisher"] for row in events if not points)
    own = any(point.publisher.startswith(OWN) for point in points)
    listed = [name for name, _ in names.most_common()]
    if own and not listed:
        inputs = evidence.spoken_of(con, scope)
        listed = evidence.publishers(con, replace(scope, indicators=inputs))
    dates = [point.published for point in points] or [row["published"] for row in events]
    if not dates:
        return ""
    more = len(listed) - NAMED
    said = "; ".join(listed[:NAMED]) + (
        text("chart.more", language, count=more) if more > 0 else ""
    )
    if own:
        said = "; ".join(filter(None, [said, text("chart.own", language)]))
    return text("chart.source", language, names=said, date=wording.day(max(dates), language))


def licences_of(con: duckdb.DuckDBPyConnection, drawn: list[Line]) -> list[Row]:
    """Return name, licence and its address of every source that a drawn point was taken from."""
    used = sorted({point.source for line in drawn for point in line.points})
    asked = (
        "SELECT id, name, licence, licence_url FROM source WHERE list_contains(?, id) ORDER BY id"
    )
    return records(con.execute(asked, [used]))


def marks_of(chart: str, drawn: list[Line], kind: str) -> list[str]:
    """Name the marks that occur and must be explained."""
    points = [point for line in drawn for point in line.points]
    statuses = {point.status for line in drawn if line.style == "line" for point in line.points}
    occurring = {
        "bounds": any(line.style == "scatter" for line in drawn),
        "derived": "derived" in statuses,
        "estimated": "estimated" in statuses,
        "provisional": "provisional" in statuses,
        "january_february": kind == "month" and any(point.kind == "ytd" for point in points),
        "disputed": any(point.disputed for point in points),
        "revised": chart in ("line", "panels") and any(point.revised for point in points),
        "marked": any(line.marked and line.points for line in drawn),
    }
    return [mark for mark, occurs in occurring.items() if occurs]


def with_alt(made: Figure) -> Figure:
    """Add one sentence that tells the figure to who cannot see it."""
    language = made.options.language
    newest = [max(line.points, key=lambda point: point.end) for line in made.lines if line.points]
    shown = [
        f"{line.label}: {wording.exact(point.value, point.precision, language)} "
        f"{units.symbol(line.unit, language)}, {point.label}"
        for line, point in zip([x for x in made.lines if x.points], newest, strict=True)
        if line.style in ("line", "scatter")
    ][:4]
    if shown:
        said = text("chart.alt", language, title=made.title, newest="; ".join(shown))
    else:
        said = text("chart.alt_events", language, title=made.title, count=len(made.events))
    return replace(made, alt=said)
