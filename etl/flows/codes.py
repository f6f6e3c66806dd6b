"""The code lists of customs as tables of a connection: areas and goods, reviewed, in data/codes.

They are the reference tables of UN Comtrade, cut down to what is used.
"""

import duckdb

from etl import paths
from etl.sql import statement


def load(con: duckdb.DuckDBPyConnection) -> None:
    """Make tables `area` (key, iso, kind, number) and `good` (code, name, unit, current)."""
    folder = paths.codes()
    con.execute(statement("lake/codes"), {"areas": str(folder / "areas.csv")})
    con.execute(statement("lake/goods"), {"goods": str(folder / "hs.csv")})


def isos(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return our codes of areas, in the order of their numbers."""
    found = con.execute(statement("lake/isos")).fetchone()
    return list(found[0]) if found else []
