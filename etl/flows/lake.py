"""Read the lake: a connection of one's own for every question, cut off when it takes too long.

A question is a statement on view `flow_row`: the rows that count, each key once. What that takes
depends: nothing where no two releases meet, else the last release of each key is picked, of all
rows that were known on the day asked for.
"""

import os
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock, Timer
from typing import Any

import duckdb

from etl import memory
from etl.errors import AmurError
from etl.flows import codes, manifest
from etl.flows.manifest import Manifest
from etl.sql import statement

SECONDS = 10.0
# connections that wait for the next question, by what their view shows
IDLE = 24
# so many files are read each by itself
APART = 4
Key = tuple[str, str, tuple[str, ...], date | None]
_idle: dict[Key, list[duckdb.DuckDBPyConnection]] = {}
_named: list[bool] = []
_opening = Lock()


class TooSlow(AmurError):
    """A question took longer than a page waits."""


class NoFlows(AmurError):
    """The lake holds nothing yet."""


def held() -> Manifest:
    """Return the lake as committed; raise NoFlows where it is empty, LakeBroken where torn."""
    found = manifest.read()
    if not found.files("rows"):
        raise NoFlows("No customs flows are held here yet; add some with `amur flows add FILE`.")
    return found


@contextmanager
def asking(
    lake: Manifest,
    reporters: Collection[str] = (),
    as_of: date | None = None,
    seconds: float = SECONDS,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection with view `flow_row` of some reporters (all when empty) as of a day.

    Raises TooSlow when what is asked takes longer than `seconds`, LakeBroken when a file is gone.
    """
    key = (str(manifest.data()), lake.identity, tuple(reporters), as_of)
    with _opening:
        ready = _idle.get(key)
        con = ready.pop() if ready else None
        fresh = con is None
        con = con or _fresh()
    timer = Timer(seconds, con.interrupt)
    timer.start()
    try:
        if fresh:
            view(con, lake, reporters, as_of)
        yield con
    except duckdb.InterruptException as error:
        con.close()
        raise TooSlow(
            f"The question took longer than {seconds:g} s and was cut off; ask for fewer years or "
            "products, or run `amur flows compact`."
        ) from error
    except duckdb.IOException as error:
        con.close()
        raise manifest.LakeBroken(
            f"A file of the lake cannot be read ({str(error).splitlines()[0]}); reload the page, "
            "or look with `amur flows status`."
        ) from error
    except BaseException:
        con.close()
        raise
    else:
        _give_back(key, con)
    finally:
        timer.cancel()


def _give_back(key: Key, con: duckdb.DuckDBPyConnection) -> None:
    """Keep a connection with its view for the next question of the same kind; the oldest go."""
    with _opening:
        _idle.setdefault(key, []).append(con)
        while sum(len(each) for each in _idle.values()) > IDLE:
            oldest = next(iter(_idle))
            _idle[oldest].pop(0).close()
            if not _idle[oldest]:
                del _idle[oldest]


def goods(con: duckdb.DuckDBPyConnection) -> None:
    """Make table `good`, the names of goods, once a process."""
    with _opening:
        if not _named:
            codes.load(con)
            _named.append(True)


def view(
    con: duckdb.DuckDBPyConnection,
    lake: Manifest,
    reporters: Collection[str] = (),
    as_of: date | None = None,
) -> None:
    """Make view `flow_row`."""
    past = as_of is not None and as_of.isoformat() < lake.last_released
    meeting = bool({*lake.overlapped} & {*reporters}) if reporters else bool(lake.overlapped)
    roles = ("rows", "history") if past else ("rows",)
    files = lake.files(*roles, reporters=reporters) or lake.files("rows")
    con.execute("SET VARIABLE files = ?", [[str(path) for path in files]])
    if past:
        con.execute("SET VARIABLE as_of = ?", [as_of])
    if past or meeting:
        con.execute(statement("lake/known" if past else "lake/resolved"))
    else:
        con.execute(_as_stored(len(files)))


def _as_stored(files: int) -> str:
    """Return the view of the rows as they lie, where no two releases tell the same period.

    Of a file read by itself the database knows that all of it is one reporter's, and looks at no
    row for that; of many it is told soonest as one list.
    """
    text = statement("lake/as_stored")
    if files > APART:
        return text
    each = [f"FROM read_parquet(getvariable('files')[{place}])" for place in range(1, files + 1)]
    return text.replace("FROM read_parquet(getvariable('files'))", " UNION ALL BY NAME ".join(each))


def describe(found: Manifest) -> dict[str, Any]:
    """Return what the lake holds, for people: counts, sizes, and its sources with their span."""
    told: dict[str, Any] = {
        "generation": found.generation,
        "segments": len(found.segments),
        "files": len(found.all_files()),
        "rows": found.rows("rows"),
        "superseded": found.rows("history"),
        "megabytes": round(sum(file.size for file in found.all_files()) / 2**20, 1),
        "released": found.last_released,
        "invented": found.invented,
        "overlapped": list(found.overlapped),
        "sources": [],
    }
    if found.segments:
        with _opening:
            con = _fresh()
        try:
            listed = {"files": [str(path) for path in found.files("blocks")]}
            answer = con.execute(statement("lake/sources"), listed)
            names = [column[0] for column in answer.description or ()]
            told["sources"] = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
        finally:
            con.close()
    return told


def _fresh() -> duckdb.DuckDBPyConnection:
    """Return another connection to the one database of this process, which remembers footers."""
    con = _base().cursor()
    # a connection does not take the setting over from the one that it was opened from
    con.execute("SET parquet_metadata_cache = true")
    return con


@cache
def _base() -> duckdb.DuckDBPyConnection:
    """Return the one database of this process."""
    return memory.connect(Path(tempfile.gettempdir()) / f"amur-flows-{os.getpid()}")
