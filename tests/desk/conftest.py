"""Figures of the built warehouse, as known on the day of the shipped data."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import duckdb
import pytest

from desk import compare, figure_list, figures
from desk.comparing.asked import Comparison
from desk.figures import Figure
from desk.lines import Options
from etl.warehouse import Build
from tests.support import TODAY

FROM, TO = date(2015, 1, 1), date(2026, 12, 31)
Make = Callable[..., Figure]


@pytest.fixture(scope="session")
def make(con: duckdb.DuckDBPyConnection, build: Build) -> Make:
    """Return what makes one figure: its id, then options that differ from the usual ones."""

    @cache
    def made(figure: str, **changes: object) -> Figure:
        usual: dict[str, Any] = {"as_of": TODAY, "start": FROM, "end": TO}
        options = Options(**(usual | changes))
        return figures.figure(con, figure_list.find(figure), options, build.id)

    return made


@pytest.fixture(scope="session")
def every(make: Make) -> dict[tuple[str, str], Figure]:
    """Return every figure in every one of its kinds."""
    return {
        (spec.id, kind): make(spec.id, kind=kind)
        for spec in figure_list.load().values()
        for kind in spec.kinds
    }


@pytest.fixture(scope="session")
def compared(con: duckdb.DuckDBPyConnection, build: Build) -> Make:
    """Return what makes one comparison: its series, then view and all else that it asks."""

    def made(*series: str, language: str = "en", start: date = FROM, **asked: Any) -> Figure:
        options = Options(TODAY, start, TO, language)
        return compare.figure(con, Comparison(series, **asked), options, build.id)

    return made
