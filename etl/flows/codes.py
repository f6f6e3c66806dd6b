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
