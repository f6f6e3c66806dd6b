"""How fresh each source is, by its own calendar, and what a build says of itself."""

from datetime import date

import duckdb

from desk.series import Row, records
from desk.sql import statement


def meta(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return build_id, built and newest_published."""
    return dict(con.execute("SELECT key, value FROM meta").fetchall())


def sources(con: duckdb.DuckDBPyConnection, today: date) -> list[Row]:
    """Return one row a source that has observations; `stale` when its next release is overdue."""
    rows = records(con.execute(statement("sources")))
    for row in rows:
        row["stale"] = bool(row["next_expected"] and row["next_expected"] < today)
    return rows


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
