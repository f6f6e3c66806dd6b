"""Whether rows fit the catalogue before they are taken: the same faults as a build, and bounds."""

import threading
from collections.abc import Iterable
from datetime import UTC, date, datetime

import duckdb

from etl import catalog_tables, raw_rows, store
from etl.entries import Catalog
from etl.errors import Fault
from etl.sql import statement


class Acceptance:
    """A catalogue in memory that rows are held against; shared by the threads of a refresh."""

    def __init__(self, entries: Catalog, today: date) -> None:
        """Load the catalogue once."""
        self.entries, self.today = entries, today
        self._con = duckdb.connect()
        self._lock = threading.Lock()
        catalog_tables.load(self._con, entries)

    def close(self) -> None:
        """Free the memory."""
        self._con.close()

    def faults(
        self, rows: list[dict[str, str]], file: str, lines: Iterable[int] | None = None
    ) -> list[Fault]:
        """Return what is wrong with rows: unknown ids and units, bad dates, implausible values."""
        # a refresh may outlast the day on which it began
        retrieved = max(self.today, datetime.now(UTC).date())
        frame = store.frame(rows).assign(file=file, retrieved=retrieved.isoformat())
        frame["line"] = list(lines) if lines is not None else list(range(1, len(rows) + 1))
        with self._lock:
            self._con.register("incoming", frame)
            self._con.execute("CREATE OR REPLACE TEMP TABLE raw AS FROM incoming")
            self._con.unregister("incoming")
            found = raw_rows.faults_of_rows(self._con, self.entries, self.today)
            bounds = self._con.execute(statement("row_bounds")).fetchall()
        return found + [Fault(*row) for row in bounds]
