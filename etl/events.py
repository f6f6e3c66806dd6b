"""The ledger of dated milestones: events.csv into the warehouse."""

from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from etl.errors import Fault
from etl.observations import read
from etl.sql import statement

COLUMNS = (
    "id",
    "project",
    "date",
    "date_precision",
    "title",
    "status",
    "parties",
    "said_by",
    "confirmed_by",
    "price_settled",
    "contract_signed",
    "capacity_value",
    "capacity_unit",
    "url",
    "publisher",
    "published",
    "note",
)


STATUSES = (
    "proposed studied agreed_in_principle memorandum contract_signed under_construction started "
    "delivered delayed disputed sanctioned meeting"
)


def load(con: duckdb.DuckDBPyConnection, path: Path, today: date) -> list[Fault]:
    """Load events.csv; return its faults, and load nothing when there are any."""
    faults: list[Fault] = []
    rows = list(read(path, COLUMNS, faults)) if path.exists() else []
    frame = pd.DataFrame([cells for _, _, cells in rows], columns=list(COLUMNS), dtype=str)
    frame["file"] = path.name
    frame["line"] = [line for _, line, _ in rows]
    con.register("raw_event", frame)
    con.execute("SET VARIABLE statuses = ?", [STATUSES])
    con.execute("SET VARIABLE today = ?::DATE", [today])
    faults += [Fault(*row) for row in con.execute(statement("event_faults")).fetchall()]
    if not faults:
        con.execute(statement("events"))
    con.unregister("raw_event")
    return faults
