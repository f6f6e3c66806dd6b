"""What a build says that the one before did not: figures new, revised and record, alerts, verdicts.

Figures of single days and computed figures are counted only: they are many and follow the others.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeVar

import duckdb

from etl import alerts, digest_verdicts
from etl.alerts import Alert, Fired
from etl.digest_verdicts import Changed
from etl.sql import statement
from etl.warehouse import Build

RECORD_KINDS = ("month", "quarter", "year")
# fewer points make no record
RECORD_POINTS = 12
LISTED = 40
Row = dict[str, Any]


@dataclass(frozen=True)
class Point:
    """A figure of one period; on its own, one that is new."""

    indicator: str
    title: str
    period_kind: str
    period_start: str
    period_end: str
    value: float
    unit: str
    terms: str
    status: str
    source: str
    publisher: str
    published: str


@dataclass(frozen=True)
class Revised(Point):
    """A figure that took the place of another; `percent` is missing where the old one was 0."""

    old_value: float
    change: float
    percent: float | None
    old_published: str


@dataclass(frozen=True)
class Record(Point):
    """A newest figure above or below all others of its line; `passed` is what was the record."""

    extreme: str
    passed: float
    points: int


Kind = TypeVar("Kind", bound=Point)


@dataclass(frozen=True)
class Days:
    """How many figures of single days of one indicator are new or revised, and the newest day."""

    indicator: str
    title: str
    new: int
    revised: int
    newest: str


@dataclass(frozen=True)
class Digest:
    """What is new in `build_id`; `previous_id` is empty where there was nothing to compare with."""

    build_id: str
    previous_id: str
    made: str
    points: int = 0
    new: list[Point] = field(default_factory=list)
    revised: list[Revised] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    days: list[Days] = field(default_factory=list)
    computed: int = 0
    articles_new: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    alerts: list[Fired] = field(default_factory=list)
    verdicts: list[Changed] = field(default_factory=list)

    @property
    def news(self) -> bool:
        """Return whether there is anything to tell."""
        return bool(self.failed) or self.news_besides_failures

    @property
    def news_besides_failures(self) -> bool:
        """Return whether figures, articles or alerts are new."""
        said = (self.new, self.revised, self.days, self.articles_new, self.alerts, self.verdicts)
        return any(said) or not self.previous_id

    def as_json(self) -> str:
        """Return the whole digest as the text of one JSON object."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    def as_markdown(self) -> str:
        """Return the digest for people: one line a figure, long lists cut."""
        return "\n\n".join(_blocks(self)) + "\n"


def of(
    published: Build,
    previous: Build | None,
    failed: Mapping[str, str],
    rules: Sequence[Alert] = (),
    now: datetime | None = None,
) -> Digest:
    """Compare two builds. `failed` gives the error by source, `rules` the alerts to look at.

    Without a previous build, or with one of another version, points are counted only.
    """
    made = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    if previous is not None and previous.path == published.path:
        return Digest(published.id, previous.id, made, failed=dict(failed))
    # a connection of its own: builds that somebody reads in this process have no second name
    with duckdb.connect() as con:
        con.execute(statement("macros"))
        _attach(con, published, "fresh")
        points = _count(con, "fresh.point WHERE known_to = DATE '9999-12-31'")
        first = Digest(published.id, "", made, points=points, failed=dict(failed))
        if previous is None:
            return first
        try:
            _attach(con, previous, "previous")
            con.execute(statement("digest_news"))
        except duckdb.Error:
            # its tables are not ours: the checks of the build say so
            return first
        return _compared(con, first, previous.id, rules)


def _attach(con: duckdb.DuckDBPyConnection, build: Build, name: str) -> None:
    path = str(build.path).replace("'", "''")
    con.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")


def _compared(
    con: duckdb.DuckDBPyConnection, first: Digest, previous: str, rules: Sequence[Alert]
) -> Digest:
    reported = (
        "SELECT *, value - old_value AS change, "
        "100 * (value - old_value) / nullif(abs(old_value), 0) AS percent "
        "FROM news WHERE method = 'reported' AND period_kind <> 'day' "
        "ORDER BY period_end DESC, indicator, period_kind, unit, terms"
    )
    rows = _rows(con.execute(reported))
    newest = _rows(con.execute(statement("digest_newest")))
    return Digest(
        first.build_id,
        previous,
        first.made,
        points=first.points,
        new=[_made(Point, row) for row in rows if row["old_value"] is None],
        revised=[_made(Revised, row) for row in rows if row["old_value"] is not None],
        records=list(_records(newest)),
        days=_days(con),
        computed=_count(con, "news WHERE method <> 'reported' AND period_kind <> 'day'"),
        articles_new=_count(con, "fresh.article ANTI JOIN previous.article USING (id)"),
        failed=first.failed,
        alerts=alerts.fired(rules, newest),
        verdicts=digest_verdicts.changed(con),
    )


def _days(con: duckdb.DuckDBPyConnection) -> list[Days]:
    found = con.execute(
        "SELECT indicator, any_value(title), count(*) FILTER (old_value IS NULL), "
        "count(*) FILTER (old_value IS NOT NULL), max(period_end)::VARCHAR "
        "FROM news WHERE period_kind = 'day' GROUP BY indicator ORDER BY indicator"
    ).fetchall()
    return [Days(*row) for row in found]


def _records(newest: Iterable[Row]) -> Iterator[Record]:
    for row in newest:
        known = row["before"] + 1
        if row["method"] != "reported" or row["period_kind"] not in RECORD_KINDS:
            continue
        if known < RECORD_POINTS or row["lowest"] <= row["value"] <= row["highest"]:
            continue
        extreme = "highest" if row["value"] > row["highest"] else "lowest"
        yield _made(Record, row | {"extreme": extreme, "passed": row[extreme], "points": known})


def _made(kind: type[Kind], row: Row) -> Kind:
    """Return a point of the columns that its class has."""
    return kind(**{item.name: row[item.name] for item in fields(kind)})


def _rows(result: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return rows with days as ISO text and numbers without the noise of binary fractions."""
    names = [column[0] for column in result.description or []]
    return [
        {name: _plain(cell) for name, cell in zip(names, row, strict=True)}
        for row in result.fetchall()
    ]


def _plain(cell: Any) -> Any:
    if isinstance(cell, float):
        return float(f"{cell:.10g}")
    return cell.isoformat() if hasattr(cell, "isoformat") else cell


def _count(con: duckdb.DuckDBPyConnection, rows: str) -> int:
    found = con.execute(f"SELECT count(*) FROM {rows}").fetchone()  # noqa: S608 - our own words
    return int(found[0]) if found else 0


def _blocks(told: Digest) -> Iterator[str]:
    """Yield the title and the sections that have something to say."""
    yield f"# Amur: what is new in build {told.build_id} ({told.made[:10]})"
    if not told.previous_id:
        yield f"There was no build to compare with; this one holds {told.points} figures."
    elif not told.news:
        yield f"Nothing is new since build {told.previous_id}."
    else:
        yield (
            f"Since build {told.previous_id}: {len(told.new)} new and {len(told.revised)} revised "
            f"figures, {told.computed} computed ones that follow, {told.articles_new} new articles."
        )
    sections: dict[str, list[str]] = {
        "Alerts": [_alert(each) for each in told.alerts],
        "Claims judged otherwise": list(digest_verdicts.lines(told.verdicts)),
        "Sources that failed": [f"{source}: {error}" for source, error in told.failed.items()],
        "Records": [
            f"{_point(each)}: the {each.extreme} of {each.points}, before it {number(each.passed)}"
            for each in told.records
        ],
        "Revised": [
            f"{_of_period(each.title, each)} {number(each.old_value)} → {number(each.value)} "
            f"{each.unit} ({_size(each)}), {each.publisher}, {each.published} "
            f"(before: {each.old_published})"
            for each in told.revised
        ],
        "New": [_point(each) for each in told.new],
        "Figures of single days": [
            f"{each.title}: {each.new} new, {each.revised} revised, newest {each.newest}"
            for each in told.days
        ],
    }
    for heading, lines in sections.items():
        if lines:
            more = [f"and {len(lines) - LISTED} more"] if len(lines) > LISTED else []
            listed = [f"- {' '.join(line.split())}" for line in [*lines[:LISTED], *more]]
            yield f"## {heading}\n\n" + "\n".join(listed)


def _alert(each: Fired) -> str:
    return (
        f"**{each.text}** {_of_period(each.indicator, each)} {number(each.value)} {each.unit} "
        f"({each.condition}), {each.source}, {each.published}"
    )


def _point(each: Point) -> str:
    value = f"{number(each.value)} {each.unit}"
    mark = "" if each.status == "reported" else f" ({each.status})"
    return f"{_of_period(each.title, each)} {value}{mark}, {each.publisher}, {each.published}"


def _of_period(name: str, each: Point | Fired) -> str:
    """Return name and period: `Trade, 2024-05:`; a year or month is named by its first day."""
    period = f"{each.period_start} to {each.period_end}"
    if each.period_kind in ("year", "month"):
        period = each.period_start[: 4 if each.period_kind == "year" else 7]
    elif each.period_kind == "day":
        period = each.period_end
    return f"{name}, {period}:"


def _size(each: Revised) -> str:
    percent = "" if each.percent is None else f", {each.percent:+.2f} %"
    return f"{'+' if each.change > 0 else ''}{number(each.change)}{percent}"


def number(value: float) -> str:
    """Return plain digits without an exponent."""
    return format(Decimal(f"{value:.10g}"), "f")
