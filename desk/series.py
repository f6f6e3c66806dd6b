"""All reading SQL for figures: series, provenance, vintages, changes; as known on a day.

Every function takes an open read-only connection to one build.
"""

from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd

from desk import reasons, resolved
from desk.rows import Row, records
from desk.sql import statement
from etl.entries import PERIOD_KINDS
from etl.errors import UnknownRequest


@dataclass(frozen=True)
class Query:
    """What is asked of one indicator; None means its own default."""

    indicator: str
    kind: str | None = None
    start: date | None = None
    end: date | None = None
    unit: str | None = None
    terms: str | None = None


@dataclass(frozen=True)
class Series:
    """One resolved line. `points`: one row a period in `unit`, columns as in resolved.sql."""

    indicator: Row
    unit: str
    terms: str
    kind: str
    as_of: date
    points: pd.DataFrame


def describe(con: duckdb.DuckDBPyConnection, indicator: str) -> Row:
    """Return the catalogue row of an indicator; raise UnknownRequest when there is none."""
    rows = records(con.execute("FROM indicator WHERE id = ?", [indicator]))
    if not rows:
        raise resolved.unknown(indicator)
    return rows[0]


def series(con: duckdb.DuckDBPyConnection, query: Query, as_of: date) -> Series:
    """Resolve one line as known on `as_of`; raise UnknownRequest for an unknown name."""
    found = resolved.of(con, as_of)
    entry = found.entry(query.indicator)
    kind = query.kind or entry["cadence"]
    if kind not in PERIOD_KINDS:
        raise UnknownRequest(f"Kind «{kind}» is unknown; use one of {', '.join(PERIOD_KINDS)}.")
    unit, factor = found.unit(query.indicator, query.unit)
    terms = query.terms if query.terms is not None else found.terms(query.indicator)
    points = found.line((query.indicator, unit, terms), kind, query.start, query.end)
    for column in ("value", "precision", "low", "high", "old_value", "old_precision"):
        points[column] = points[column] * factor
    return Series(entry, query.unit or unit, terms, kind, as_of, points)


def provenance(
    con: duckdb.DuckDBPyConnection, indicator: str, start: date, end: date, as_of: date
) -> list[Row]:
    """Return every observation of a period, the chosen one first, each with why it won or lost.

    A derived point of the period stands first with what it was computed from. `why` names the
    reason, `reason` says it in English; `desk.reasons` has it in other languages.
    """
    main = describe(con, indicator)["unit"]
    values = {"indicator": indicator, "start": start, "end": end, "as_of": as_of}
    rows = records(con.execute(statement("provenance"), values))
    derived = records(con.execute(statement("derived"), values))
    for row in derived:
        row |= {"why": "derived", "source": "amur", "publisher": f"Amur: {row['method']}"}
        row["url"] = None
    chosen = [row for row in rows if row["chosen"]]
    lines = {(row["unit"], row["terms"]) for row in chosen}
    fills = [row for row in derived if (row["unit"], row["terms"]) not in lines]
    heads = sorted([*chosen, *fills], key=lambda row: row["unit"] != main)
    told = [*heads, *[row for row in rows if not row["chosen"]]]
    return [row | {"reason": reasons.say(row, as_of)} for row in told]


def vintages(
    con: duckdb.DuckDBPyConnection, indicator: str, start: date, end: date, as_of: date
) -> list[Row]:
    """Return the different values of a period in the order of publication."""
    return records(
        con.execute(
            "FROM vintage WHERE indicator = ? AND period_start = ? AND period_end = ? "
            "AND published <= ? ORDER BY unit, published",
            [indicator, start, end, as_of],
        )
    )


def changes(con: duckdb.DuckDBPyConnection, since: date, as_of: date) -> pd.DataFrame:
    """Return reported points new or revised between two days; old_value is null when new."""
    return con.execute(statement("changes"), {"since": since, "as_of": as_of}).df()


def indicators(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return every indicator with the first and last day of its periods."""
    return records(con.execute(statement("indicators_listed")))
