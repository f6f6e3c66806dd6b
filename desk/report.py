"""What page Status shows: sources, checks, revisions, corrections, constants, the dictionary."""

from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd

from desk import freshness
from desk.rows import Row
from desk.sql import statement


@dataclass(frozen=True)
class Status:
    """Tables of page Status, ready to show."""

    sources: list[Row]
    checks: pd.DataFrame
    revisions: pd.DataFrame
    corrections: pd.DataFrame
    constants: pd.DataFrame
    dictionary: pd.DataFrame
    indicators: pd.DataFrame


def status(con: duckdb.DuckDBPyConnection, as_of: date) -> Status:
    """Return the tables of page Status as known on a day."""
    return Status(
        sources=freshness.sources(con, as_of),
        checks=con.execute(statement("findings")).df(),
        revisions=con.execute(statement("revisions"), {"as_of": as_of}).df(),
        corrections=con.execute(statement("corrections")).df(),
        constants=con.execute(statement("constants")).df(),
        dictionary=con.execute(statement("dictionary")).df(),
        indicators=con.execute(statement("indicators")).df(),
    )
