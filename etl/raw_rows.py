"""Observation rows as text, shipped and fetched, and what is wrong with them.

A shipped row is `<file>.csv` by name, a fetched one `<source>/<sha256>.parquet`.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from etl import publishers, store
from etl.entries import Catalog
from etl.errors import Fault
from etl.observations import COLUMNS, CORRECTION_COLUMNS, Row, read
from etl.sql import statement


def load(
    con: duckdb.DuckDBPyConnection, entries: Catalog, folder: Path, today: date
) -> list[Fault]:
    """Read shipped and fetched observations and the corrections; return the shipped ones' faults.

    A fetched file was sound when it was taken. If the catalogue has changed since and it no longer
    is, it is left out whole and a finding says so: it must not stop everything else.
    """
    faults: list[Fault] = []
    rows: list[Row] = []
    for path in sorted((folder / "observations").glob("*.csv")):
        rows += read(path, COLUMNS, faults)
    _text_table(con, "raw", rows, COLUMNS)
    con.execute("ALTER TABLE raw ADD COLUMN retrieved VARCHAR DEFAULT ''")
    fetched = store.files(".parquet")
    names = [f"{path.parent.name}/{path.name}" for path in fetched]
    con.execute(
        "CREATE OR REPLACE TEMP TABLE landed AS SELECT unnest(?::VARCHAR[]) AS file", [names]
    )
    if fetched:
        con.execute(statement("fetched"), {"files": [str(path) for path in fetched]})
    corrections = folder / "corrections.csv"
    fixes = list(read(corrections, CORRECTION_COLUMNS, faults)) if corrections.exists() else []
    _text_table(con, "raw_correction", fixes, CORRECTION_COLUMNS)
    found = faults_of_rows(con, entries, today)
    found += [Fault(*row) for row in con.execute(statement("correction_faults")).fetchall()]
    fetched_faults = [fault for fault in found if "/" in fault.file]
    for fault in leave_out(con, fetched_faults):
        con.execute("DELETE FROM raw WHERE file = ?", [fault.file])
    return faults + [fault for fault in found if "/" not in fault.file]


def faults_of_rows(con: duckdb.DuckDBPyConnection, entries: Catalog, today: date) -> list[Fault]:
    """Return the faults of the rows of table `raw`, and take their publisher lines apart."""
    lines = [str(row[0]) for row in con.execute(statement("publisher_lines")).fetchall()]
    parts = [(line, publishers.split(line, entries)) for line in lines]
    con.register(
        "incoming",
        pd.DataFrame(
            [(line, p.page, p.wire, p.counter, p.source) for line, p in parts],
            columns=["text", "page", "wire", "counter", "source"],
            dtype=str,
        ),
    )
    con.execute("CREATE OR REPLACE TEMP TABLE publisher_line AS FROM incoming")
    con.unregister("incoming")
    con.execute("SET VARIABLE today = ?::DATE", [today])
    return [Fault(*row) for row in con.execute(statement("faults")).fetchall()]


def leave_out(con: duckdb.DuckDBPyConnection, faults: Iterable[Fault]) -> list[Fault]:
    """Let a finding say of each fetched file with faults that it is left out; return the first."""
    first: dict[str, Fault] = {}
    for fault in faults:
        first.setdefault(fault.file, fault)
    for fault in first.values():
        con.execute(
            "INSERT INTO finding VALUES ('fetched files that no longer fit', 'warning', false, "
            "NULL, NULL, NULL, ?)",
            [f"{fault}: the file is left out; fetch the source again"],
        )
    return list(first.values())


def _text_table(
    con: duckdb.DuckDBPyConnection, table: str, rows: list[Row], columns: tuple[str, ...]
) -> None:
    frame = pd.DataFrame([cells for _, _, cells in rows], columns=list(columns), dtype=str)
    frame.insert(0, "line", [line for _, line, _ in rows])
    frame.insert(0, "file", pd.Series([file for file, _, _ in rows], dtype=str))
    con.register("incoming", frame)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS FROM incoming")
    con.unregister("incoming")
