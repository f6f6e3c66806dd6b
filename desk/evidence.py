"""What speaks of a figure: the articles and their claims, the pages of its points, the events.

Every function takes an open read-only connection to one build and returns plain rows.
"""

import json
from dataclasses import dataclass, replace
from datetime import date

import duckdb

from desk import resolved, verdicts
from desk.rows import Row, records
from desk.sql import statement


@dataclass(frozen=True)
class Scope:
    """What a chart shows: its indicators, the span of its periods, the day it is looked at from."""

    indicators: tuple[str, ...]
    start: date
    end: date
    as_of: date


@dataclass(frozen=True, eq=False)
class Beside:
    """The articles and claims that speak of a scope; two answers are never the same one."""

    articles: list[Row]
    claims: list[Row]


def beside(con: duckdb.DuckDBPyConnection, scope: Scope) -> Beside:
    """Return what speaks of some indicators and, of computed ones, of what they are made from."""
    whole = replace(scope, indicators=spoken_of(con, scope))
    return Beside(articles(con, whole), claims(con, whole))


def sources(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[Row]:
    """Return the pages of some indicators and, of computed ones, of what they are made from."""
    return pages(con, replace(scope, indicators=spoken_of(con, scope)))


def source_count(con: duckdb.DuckDBPyConnection, scope: Scope) -> int:
    """Return how many those are."""
    whole = replace(scope, indicators=spoken_of(con, scope))
    row = con.execute(statement("page_count"), _values(whole)).fetchone()
    return int(row[0]) if row else 0


def spoken_of(con: duckdb.DuckDBPyConnection, scope: Scope) -> tuple[str, ...]:
    """Return the indicators and, of computed ones, everything that they are computed from."""
    entries = resolved.of(con, scope.as_of).entries
    found = list(scope.indicators)
    for name in found:
        formula = entries[name]["formula"] if name in entries else None
        if formula:
            found += [other for other in json.loads(formula)["inputs"] if other not in found]
        if name.endswith("_yoy") and name.removesuffix("_yoy") not in found:
            found.append(name.removesuffix("_yoy"))
    return tuple(found)


def claims(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[Row]:
    """Return the claims of articles on the indicators in the periods shown, newest first.

    Each has the verdict that is true on the day of the scope (see `verdicts.on_day`).
    """
    held = resolved.of(con, scope.as_of).claims
    found = [
        row
        for indicator in dict.fromkeys(scope.indicators)
        for row in held.get(indicator, [])
        if _touches(row, scope)
    ]
    found.sort(key=lambda row: (-row["published"].toordinal(), row["article"], row["number"]))
    return found


def _touches(row: Row, scope: Scope) -> bool:
    """Return whether a claim speaks of a period in the span, or of none."""
    if row["period_end"] is None:
        return True
    return bool(row["period_end"] >= scope.start and row["period_start"] <= scope.end)


def articles(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[Row]:
    """Return the articles that make those claims, newest first, one a story, each with `also`.

    Of the articles that make them a reviewed one, else the first.
    """
    held = resolved.of(con, scope.as_of).articles
    speaking = {row["article"]: held[row["article"]] for row in claims(con, scope)}
    stories: dict[str, Row] = {}
    for row in sorted(speaking.values(), key=_rank):
        stories.setdefault(row["story"], row)
    return sorted(stories.values(), key=lambda row: (-row["published"].toordinal(), row["id"]))


def _rank(article: Row) -> tuple[bool, date, str]:
    return article["summary"] == "", article["published"], article["id"]


def pages(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[Row]:
    """Return the pages that the observations were taken from: those of the points shown first."""
    return records(con.execute(statement("pages"), _values(scope)))


def publishers(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[str]:
    """Return whose figures the points of the indicators are, the most frequent first."""
    return [row[0] for row in con.execute(statement("publishers"), _values(scope)).fetchall()]


def events(
    con: duckdb.DuckDBPyConnection, projects: tuple[str, ...], start: date, end: date, as_of: date
) -> list[Row]:
    """Return the dated milestones of some projects, oldest first."""
    values = {"projects": list(projects), "start": start, "end": end, "as_of": as_of}
    return records(con.execute(statement("events"), values))


def statements(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[Row]:
    """Return every figure stated, also one-sided, approximate and ranges: who said what, when."""
    return records(con.execute(statement("statements"), _values(scope)))


def _values(scope: Scope) -> dict[str, object]:
    return {
        "indicators": list(scope.indicators),
        "start": scope.start,
        "end": scope.end,
        "as_of": scope.as_of,
    }


@dataclass(frozen=True)
class Search:
    """What is looked for among the articles; empty means any."""

    as_of: date
    words: str = ""
    topic: str = ""
    publisher: str = ""
    start: date | None = None
    end: date | None = None


def search(con: duckdb.DuckDBPyConnection, wanted: Search) -> list[Row]:
    """Return the articles that match, newest first, one a story, each with `also`."""
    found = records(con.execute(statement("search"), vars(wanted)))
    held = resolved.of(con, wanted.as_of).articles
    return [row | {"also": held[row["id"]]["also"]} for row in found]


def claims_of(con: duckdb.DuckDBPyConnection, article: str, as_of: date) -> list[Row]:
    """Return the claims of one article in their order, and what its story states besides."""
    found = records(con.execute(statement("claims_of"), {"article": article}))
    return [verdicts.on_day(row, as_of) for row in found]


def all_claims(con: duckdb.DuckDBPyConnection, as_of: date) -> list[Row]:
    """Return every claim of every article known on a day, the newest article first."""
    found = records(con.execute(statement("claims_all"), {"as_of": as_of}))
    return [verdicts.on_day(row, as_of) for row in found]


def has_article(con: duckdb.DuckDBPyConnection, article: str) -> bool:
    """Return whether there is an article of this id."""
    return con.execute("SELECT 1 FROM article WHERE id = ?", [article]).fetchone() is not None


def article_choices(con: duckdb.DuckDBPyConnection) -> tuple[list[str], list[str]]:
    """Return the topics and the publishing pages that there are."""
    topics = con.execute("SELECT DISTINCT unnest(topics) AS t FROM article ORDER BY t").fetchall()
    pages_ = con.execute("SELECT DISTINCT page FROM article ORDER BY page").fetchall()
    return [row[0] for row in topics], [row[0] for row in pages_]
