"""Figures and what is exported of them, each made once a session; the renderer is shared."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import duckdb
import pytest

from desk import figure_list, figures
from desk.export import formats
from desk.export.renderer import shared
from desk.export.sheet import sheet
from desk.export.theme import THEMES
from desk.figures import Figure
from desk.lines import Options
from etl.entries import LANGUAGES
from etl.warehouse import Build
from tests.support import TODAY

FROM, TO = date(2015, 1, 1), date(2026, 12, 31)
FIGURES = list(figure_list.load())
# every figure in one language; these, of every kind of chart, in all three
IN_ALL = (
    "trade_totals",
    "trade_ytd",
    "crude_effects",
    "crude_share",
    "pos1_deliveries",
    "pos2_timeline",
)
EACH = [(name, LANGUAGES[place % len(LANGUAGES)]) for place, name in enumerate(FIGURES)]
SHOWN = list(dict.fromkeys([*EACH, *((n, language) for n in IN_ALL for language in LANGUAGES)]))

Make = Callable[..., Figure]
Export = Callable[..., bytes]


@pytest.fixture(scope="session", autouse=True)
def renderer() -> Iterator[None]:
    """End the renderer's process with the session."""
    yield
    shared.close()


@pytest.fixture(scope="session")
def make(con: duckdb.DuckDBPyConnection, build: Build) -> Make:
    """Return what makes one figure: its id, then options that differ from the usual ones."""

    @cache
    def made(figure: str, **changes: Any) -> Figure:
        options = replace(Options(TODAY, FROM, TO), **changes)
        return figures.figure(con, figure_list.find(figure), options, build.id)

    return made


@pytest.fixture(scope="session")
def export(make: Make) -> Export:
    """Return what exports one figure: its id, a format, and language, size or theme."""

    @cache
    def exported(
        figure: str, form: str, language: str = "en", size: str = "slide", theme: str = "light"
    ) -> bytes:
        return formats.make(make(figure, language=language), form, sheet(size), THEMES[theme])

    return exported
