"""How fresh each source is, by its own calendar, and what a build says of itself."""

from datetime import date, datetime
from typing import Any

import duckdb

from desk import wording
from desk.rows import Row, records
from desk.sql import statement
from desk.texts import text
from etl import store


def meta(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return build_id, built and newest_published."""
    return dict(con.execute("SELECT key, value FROM meta").fetchall())


def names(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the name of every source of the catalogue."""
    return dict(con.execute("SELECT id, name FROM source").fetchall())


def sources(con: duckdb.DuckDBPyConnection, today: date) -> list[Row]:
    """Return one row a source that has observations or was asked on this machine.

    A source that was never asked here has no calendar: what is shipped says where it ends. One that
    was asked is `stale` when its next figure is overdue, or when it has never given any.
    """
    asked = store.asked()
    rows = records(con.execute(statement("sources")))
    kept = [row for row in rows if row["observations"] or row["source"] in asked]
    for row in kept:
        state = asked.get(row["source"])
        expected = row["next_expected"] if state else None
        never = state is not None and not row["observations"] and bool(state.error)
        overdue = expected is not None and expected < today
        row |= {"next_expected": expected, "stale": overdue or never}
        row["asked"] = state.attempted if state else None
        row["error"] = state.error if state else ""
    return kept


def head(con: duckdb.DuckDBPyConnection, as_of: date) -> dict[str, object]:
    """Return build_id, built, and the newest period and publication known on a day."""
    row = con.execute(
        "SELECT max(o.period_end) FILTER (o.kind = 'actual' AND i.topic IN ('trade', 'energy')), "
        "max(o.published) "
        "FROM observation o JOIN indicator i ON i.id = o.indicator "
        "WHERE o.published <= ? AND o.published_precision <> 'assumed'",
        [as_of],
    ).fetchone()
    period, published = row or (None, None)
    return meta(con) | {"newest_period": period, "newest_published": published}


def sentence(head: dict[str, Any], build: str, as_of: date, language: str) -> str:
    """Return what a desk says of itself, in Markdown: as-of day, newest period, build."""
    built = datetime.fromisoformat(str(head["built"]))
    newest = head["newest_period"]
    return text(
        "app.freshness",
        language,
        as_of=wording.day(as_of, language),
        period=wording.period("month", newest, newest, language) if newest else "–",
        published=wording.day(head["newest_published"], language) if newest else "–",
        build=build,
        built=wording.day(built.date(), language),
    )
