"""Rows of an answer as plain dictionaries."""

from typing import Any

import duckdb

Row = dict[str, Any]


def records(result: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return the rows of a result as dictionaries."""
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
