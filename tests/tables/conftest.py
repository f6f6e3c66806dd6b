"""Reading a file as the command does, and holding its rows against the catalogue."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from etl import catalog, paths
from etl.acceptance import Acceptance
from etl.tables import recognise
from etl.tables.handed import Table

TODAY = date(2026, 11, 23)
Reads = Callable[..., Table]


@pytest.fixture(scope="session")
def acceptance() -> Iterator[Acceptance]:
    made = Acceptance(catalog.load(paths.ROOT / "data" / "catalog"), TODAY)
    yield made
    made.close()


@pytest.fixture
def reads(acceptance: Acceptance) -> Reads:
    """Return a reader whose rows must all be fit for the catalogue."""

    def read(name: str, content: bytes, url: str = "", retrieved: date = TODAY) -> Table:
        table = recognise.read(name, content, url, retrieved)
        assert len(table.lines) == len(table.rows)
        rows = [{"source": table.source, "url": url} | row for row in table.rows]
        assert acceptance.faults(rows, name, table.lines) == []
        return table

    return read
