"""Checks of a finished build: SQL that returns no row when all is well.

An error stops the build; a warning is shown on Status and on the point that it concerns.
"""

from pathlib import Path

import duckdb

from etl.errors import CheckFailed
from etl.sql import names, statement


def run(con: duckdb.DuckDBPyConnection) -> None:
    """Run every statement of etl/sql/checks and keep what it found; nothing is raised here.

    The first line of a check says its severity and name: `-- warning: a flat line`.
    """
    for path in names("checks"):
        text = statement(path)
        severity, name = text.splitlines()[0].removeprefix("-- ").split(": ", 1)
        found = con.execute(text).fetchall()
        rows = [(name, severity, False, *row) for row in found]
        rows = rows or [(name, severity, True, None, None, None, "")]
        con.executemany("INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def compare(con: duckdb.DuckDBPyConnection, previous: Path) -> None:
    """Find observations of the previous build that are not in this one.

    A shipped file is edited under review, so its losses warn; what a connector fetched is
    immutable, so its losses refuse the build.
    """
    try:
        con.execute("ATTACH $path AS previous (READ_ONLY)", {"path": str(previous)})
        con.execute(statement("vanished"))
        con.execute("DETACH previous")
    except duckdb.Error as error:
        said = f"the last build could not be compared with this one: {error}"
        con.execute(
            "INSERT INTO finding VALUES ('observations that vanished', 'warning', false, "
            "NULL, NULL, NULL, ?)",
            [said.splitlines()[0]],
        )


def demand(con: duckdb.DuckDBPyConnection) -> None:
    """Raise CheckFailed with every error found."""
    errors = con.execute(
        "SELECT check_name, detail FROM finding "
        "WHERE severity = 'error' AND NOT passed ORDER BY ALL"
    ).fetchall()
    if errors:
        listed = "\n".join(f"  {name}: {detail}" for name, detail in errors[:20])
        raise CheckFailed(
            f"The new build has {len(errors)} errors and was not published; "
            f"the previous build stays:\n{listed}",
            errors,
        )
