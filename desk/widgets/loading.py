"""Cached questions to the current build: the only place where a page's data come from.

Every cache key holds the build id, so a new build needs no clearing and no waiting. An answer is
one for all readers, and never changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, ParamSpec, TypeVar

import duckdb
import streamlit as st

from desk import briefing as briefings
from desk import (
    compare,
    evidence,
    figure_list,
    figures,
    findable,
    finding,
    freshness,
    frozen,
    overview,
    report,
    series,
    sites,
)
from desk.briefing import Briefing, Order
from desk.comparing import offered
from desk.comparing.asked import Comparison
from desk.evidence import Beside, Scope, Search
from desk.figures import Figure
from desk.findable import Entry
from desk.finding import Found
from desk.lines import Options
from desk.rows import Row
from desk.sites import Known
from etl import warehouse
from etl.warehouse import Build

ENTRIES = 256
# an id taken of every field of a question would cost more than all that a page does with the answer
BY_REPR: dict[str | type[Any], Callable[[Any], str]] = dict.fromkeys(
    (Options, Scope, Search, Comparison, Order, date), repr
)
P = ParamSpec("P")
R = TypeVar("R")


def _answer(entries: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep so many answers, one of each for all readers: a copy for each costs as much again."""
    return st.cache_resource(max_entries=entries, show_spinner=False, hash_funcs=BY_REPR)


def keep_open(build: Build) -> None:
    """Hold the file of a build open: each question then costs half a millisecond to ask, not 16.

    DuckDB shares what it knows of a file between the connections of a process. Nobody is ever asked
    on this one, and a build's file never changes.
    """
    _held(str(build.path))


@st.cache_resource(max_entries=2, show_spinner=False)
def _held(path: str) -> duckdb.DuckDBPyConnection | None:
    try:
        return duckdb.connect(path, read_only=True)
    except (duckdb.Error, OSError):
        # whoever asks it will be told why
        return None


@_answer(ENTRIES)
def figure(build: str, figure_id: str, options: Options) -> Figure:
    """Return one abstract figure."""
    with warehouse.connect(warehouse.find(build)) as con:
        return figures.figure(con, figure_list.find(figure_id), options, build)


@_answer(ENTRIES)
def comparison(build: str, asked: Comparison, options: Options) -> Figure:
    """Return one comparison; raise NotComparable with the sentence that says why there is none."""
    with warehouse.connect(warehouse.find(build)) as con:
        return compare.figure(con, asked, options, build)


@_answer(16)
def comparable(
    build: str, language: str
) -> tuple[dict[str, offered.Entry], dict[str, offered.Unit]]:
    """Return every indicator as it can be compared, and every unit."""
    with warehouse.connect(warehouse.find(build)) as con:
        return offered.indicators(con, language), offered.units(con, language)


@dataclass(frozen=True)
class Origin:
    """Every observation of a point, and its vintages in their unit where there are several."""

    rows: list[Row]
    vintages: list[Row]


@_answer(ENTRIES)
def provenance(
    build: str, indicator: str, period: tuple[date, date], unit: str, as_of: date
) -> Origin:
    """Return where a point of a line comes from: first what was reported in the line's unit."""
    with warehouse.connect(warehouse.find(build)) as con:
        rows = series.provenance(con, indicator, *period, as_of)
        known = series.vintages(con, indicator, *period, as_of)
    rows.sort(key=lambda row: (not row["chosen"], row["unit"] != unit))
    told = [row for row in known if row["unit"] == unit]
    return Origin(rows, told if len(told) > 1 else [])


@_answer(16)
def briefing(build: str, order: Order) -> Briefing:
    """Return a whole briefing."""
    with warehouse.connect(warehouse.find(build)) as con:
        return briefings.load(con, order, build, lambda name: None)


@_answer(ENTRIES)
def beside(build: str, scope: Scope) -> Beside:
    """Return the articles and claims that speak of some indicators."""
    with warehouse.connect(warehouse.find(build)) as con:
        return evidence.beside(con, scope)


@_answer(ENTRIES)
def sources(build: str, scope: Scope) -> list[Row]:
    """Return the pages that the points of some indicators were taken from."""
    with warehouse.connect(warehouse.find(build)) as con:
        return evidence.sources(con, scope)


@_answer(ENTRIES)
def source_count(build: str, scope: Scope) -> int:
    """Return how many those are: they are many, and seldom looked at."""
    with warehouse.connect(warehouse.find(build)) as con:
        return evidence.source_count(con, scope)


@_answer(ENTRIES)
def tiles(build: str, as_of: date, language: str) -> list[overview.Tile]:
    """Return the five figures that a briefing opens with."""
    with warehouse.connect(warehouse.find(build)) as con:
        return overview.tiles(con, as_of, language)


@_answer(ENTRIES)
def events(build: str, projects: tuple[str, ...], start: date, end: date, as_of: date) -> list[Row]:
    """Return events of some projects, or of all for an empty tuple, oldest first."""
    with warehouse.connect(warehouse.find(build)) as con:
        wanted = projects or overview.projects(con)
        return evidence.events(con, wanted, start, end, as_of)


@_answer(ENTRIES)
def articles(build: str, wanted: Search) -> list[Row]:
    """Return the articles that match a search."""
    with warehouse.connect(warehouse.find(build)) as con:
        return evidence.search(con, wanted)


@_answer(ENTRIES)
def claims_of(build: str, article: str, as_of: date) -> list[Row]:
    """Return the claims of one article."""
    with warehouse.connect(warehouse.find(build)) as con:
        return evidence.claims_of(con, article, as_of)


@_answer(8)
def all_claims(build: str, as_of: date) -> list[Row]:
    """Return every claim of every article known on a day."""
    with warehouse.connect(warehouse.find(build)) as con:
        return evidence.all_claims(con, as_of)


def has_article(build: str, article: str) -> bool:
    """Return whether a build holds an article."""
    with warehouse.connect(warehouse.find(build)) as con:
        return evidence.has_article(con, article)


@_answer(8)
def choices(build: str) -> tuple[list[str], list[str]]:
    """Return the topics and publishers of the articles."""
    with warehouse.connect(warehouse.find(build)) as con:
        return evidence.article_choices(con)


@_answer(ENTRIES)
def head(build: str, as_of: date) -> dict[str, Any]:
    """Return what the build says of itself, as known on a day."""
    with warehouse.connect(warehouse.find(build)) as con:
        return freshness.head(con, as_of)


@_answer(8)
def source_names(build: str) -> dict[str, str]:
    """Return the name of every source of the catalogue."""
    with warehouse.connect(warehouse.find(build)) as con:
        return freshness.names(con)


# a reader's frames are his own
@st.cache_data(max_entries=16, show_spinner=False)
def status(build: str, as_of: date) -> report.Status:
    """Return everything that page Status shows."""
    with warehouse.connect(warehouse.find(build)) as con:
        return report.status(con, as_of)


# a day of the slider may be three thousand rows
@st.cache_data(max_entries=16, show_spinner=False)
def changes(build: str, since: date, as_of: date) -> Any:
    """Return what is new and revised between two days."""
    with warehouse.connect(warehouse.find(build)) as con:
        return series.changes(con, since, as_of)


# the digest that tells it may be written a moment after the build is there
@st.cache_data(max_entries=16, ttl=60, show_spinner=False)
def since_build(newest: str, build_id: str) -> frozen.Since | None:
    """Return what the newest build has that an older one, no longer kept, had not."""
    return frozen.since(build_id, newest)


@_answer(ENTRIES)
def sites_known(build: str, as_of: date, language: str) -> list[Known]:
    """Return what is known of routes and terminals on a day."""
    with warehouse.connect(warehouse.find(build)) as con:
        return sites.known(con, as_of, language)


@_answer(ENTRIES)
def site_events(build: str, start: date, as_of: date) -> list[Row]:
    """Return the events of every project on the map."""
    with warehouse.connect(warehouse.find(build)) as con:
        return sites.events(con, start, as_of)


@_answer(12)
def findable_entries(build: str, as_of: date, language: str) -> list[Entry]:
    """Return everything that can be found on a day."""
    with warehouse.connect(warehouse.find(build)) as con:
        return findable.entries(con, as_of, language)


@_answer(ENTRIES)
def found(build: str, as_of: date, language: str, words: str) -> Found:
    """Return what a question finds."""
    entries = findable_entries(build, as_of, language)
    with warehouse.connect(warehouse.find(build)) as con:
        return finding.find(con, entries, words)


def newest_articles(build: str, as_of: date, count: int) -> list[Row]:
    """Return the newest articles known on a day."""
    return articles(build, Search(as_of))[:count]
