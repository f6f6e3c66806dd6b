"""A lake of its own for every test, and questions to it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.flows import add, lake
from etl.flows.add import Told

Take = Callable[..., Told]
Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data folder of this test alone."""
    monkeypatch.setenv("AMUR_DATA", str(tmp_path / "data"))
    return tmp_path


@pytest.fixture
def take(home: Path) -> Take:
    """Add files with a day of release."""

    def taken(*files: Path, released: str = "2024-03-01") -> Told:
        handed = add.handed(files, date.fromisoformat(released))
        return add.add(handed, lambda done, total, name: None)

    return taken


@pytest.fixture
def ask(home: Path) -> Ask:
    """Ask for columns of the rows that count."""

    def asked(
        columns: str = "value", where: str = "true", as_of: date | None = None
    ) -> list[tuple[Any, ...]]:
        with lake.asking(lake.held(), as_of=as_of) as con:
            return con.execute(
                f"SELECT {columns} FROM flow_row WHERE {where} "
                "ORDER BY source, reporter, partner, flow, hs, period_start"
            ).fetchall()

    return asked
