"""Every line of a build as known on a day: asked for at once and kept for the days last looked at.

One question for all lines costs as much as eight for one, and a page draws thirty.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import duckdb
import pandas as pd

from desk import verdicts
from desk.rows import Row, records
from desk.sql import statement
from etl.errors import UnknownRequest

KEPT = 3
NO_LINE = ("", "", "")
File = tuple[str, int]
Key = tuple[str, int, date]


@dataclass(frozen=True, eq=False)
class Resolved:
    """What a build says on a day; shared by all who ask, never changed.

    `points`: by indicator, unit and terms a frame with columns as in resolved.sql. `drawn`: the
    units and terms of each indicator on any day. `claims`: by indicator, as in claims.sql.
    `articles`: by id, each with `also`, the others that tell its story, oldest first.
    """

    entries: dict[str, Row]
    units: dict[str, Row]
    drawn: dict[str, list[tuple[str, str]]]
    points: dict[tuple[str, str, str], pd.DataFrame]
    claims: dict[str, list[Row]]
    articles: dict[str, Row]

    def entry(self, indicator: str) -> Row:
        """Return the catalogue row of an indicator; raise UnknownRequest when there is none."""
        if indicator not in self.entries:
            raise unknown(indicator)
        return self.entries[indicator]

    def unit(self, indicator: str, wanted: str | None) -> tuple[str, float]:
        """Return the unit of a line that converts to the one wanted, and the factor to it.

        Raises UnknownRequest where no line of the indicator does.
        """
        own = str(self.entry(indicator)["unit"])
        if wanted is None or wanted == own:
            return own, 1.0
        to = self.units.get(wanted)
        for unit, _ in self.drawn.get(indicator, []):
            line = self.units.get(unit)
            if to and line and line["dimension"] == to["dimension"]:
                return unit, float(line["factor"]) / float(to["factor"])
        raise UnknownRequest(f"«{indicator}» has no line in «{wanted}»; its unit is {own}.")

    def terms(self, indicator: str) -> str:
        """Return the terms of a line: growth of money is told in dollars unless only in yuan."""
        return max((terms for _, terms in self.drawn.get(indicator, [])), default="")

    def line(
        self, key: tuple[str, str, str], kind: str, start: date | None, end: date | None
    ) -> pd.DataFrame:
        """Return a copy of the points of a line of one period kind that touch a span."""
        whole = self.points.get(key)
        if whole is None:
            return self.points[NO_LINE].copy()
        wanted = whole["period_kind"] == kind
        if kind == "month":
            wanted |= whole["among_months"]
        if start:
            wanted &= whole["period_end"] >= pd.Timestamp(start)
        if end:
            wanted &= whole["period_start"] <= pd.Timestamp(end)
        return whole[wanted].reset_index(drop=True)


def unknown(indicator: str) -> UnknownRequest:
    """Return the refusal of an indicator that is in no catalogue."""
    return UnknownRequest(
        f"Indicator «{indicator}» is unknown; `amur indicators` lists what there is."
    )


_kept: OrderedDict[Key, Resolved] = OrderedDict()
# a connection goes on asking the file that it was opened on
_files: WeakKeyDictionary[duckdb.DuckDBPyConnection, File | None] = WeakKeyDictionary()
_asking = threading.Lock()


def of(con: duckdb.DuckDBPyConnection, as_of: date) -> Resolved:
    """Return what the build of a connection says on a day."""
    with _asking:
        if con not in _files:
            _files[con] = _file(con)
        file = _files[con]
        if file is None:
            return _load(con, as_of)
        key = (*file, as_of)
        if key not in _kept:
            _kept[key] = _load(con, as_of)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
        _kept.move_to_end(key)
        return _kept[key]


def _file(con: duckdb.DuckDBPyConnection) -> File | None:
    """Return which file is asked and when it was written; None for one that may yet change."""
    asked = "SELECT path, readonly FROM duckdb_databases() WHERE database_name = current_database()"
    row = con.execute(asked).fetchone()
    if row is None or not row[0] or not row[1]:
        return None
    return str(row[0]), Path(row[0]).stat().st_mtime_ns


def _load(con: duckdb.DuckDBPyConnection, as_of: date) -> Resolved:
    found = con.execute(statement("resolved"), {"as_of": as_of}).df()
    words = [name for name in found if pd.api.types.is_string_dtype(found[name])]
    # points are read one by one: out of Arrow's strings that takes thrice as long
    found = found.astype(dict.fromkeys(words, object))
    lines: Any = found.groupby(["indicator", "unit", "terms"], sort=False).indices
    points = {key: found.iloc[rows[0] : rows[-1] + 1] for key, rows in lines.items()}
    drawn: dict[str, list[tuple[str, str]]] = {}
    asked = "SELECT DISTINCT indicator, unit, terms FROM point ORDER BY ALL"
    for indicator, unit, terms in con.execute(asked).fetchall():
        drawn.setdefault(indicator, []).append((unit, terms))
    claims: dict[str, list[Row]] = {}
    for row in records(con.execute(statement("claims"), {"as_of": as_of})):
        claims.setdefault(row["indicator"], []).append(verdicts.on_day(row, as_of))
    return Resolved(
        entries={row["id"]: row for row in records(con.execute("FROM indicator"))},
        units={row["id"]: row for row in records(con.execute("FROM unit"))},
        drawn=drawn,
        points=points | {NO_LINE: found.iloc[:0]},
        claims=claims,
        articles=_articles(con, as_of),
    )


def _articles(con: duckdb.DuckDBPyConnection, as_of: date) -> dict[str, Row]:
    asked = "FROM article WHERE published <= ? ORDER BY published, id"
    found = records(con.execute(asked, [as_of]))
    stories: dict[str, list[Row]] = {}
    for row in found:
        stories.setdefault(row["story"], []).append(row)
    return {
        row["id"]: row
        | {"also": [other for other in stories[row["story"]] if other["id"] != row["id"]]}
        for row in found
    }
