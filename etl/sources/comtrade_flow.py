"""An answer of UN Comtrade as table `flow`, and the definitions of indicators that run on it.

A definition is etl/sql/flows/<indicator>.sql: plain SQL on `flow`, its unit and status in the first
line. DuckDB reads the body from the disk, however large.
"""

import mmap
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from etl.answers import LATER, message
from etl.errors import BadFigures, ChangedShape, NotTheData, Truncated
from etl.exchange import Payload
from etl.sources.comtrade_scope import COUNTRIES
from etl.sql import names, statement

# the server gives no more rows than this and does not say that it stopped
CAPS = {"/public/": 500, "/data/": 250_000}
# a request for whole periods is called reporter/frequency/periods
WHOLE = 2
NEEDED = ("period", "reporterCode", "partnerCode", "flowCode", "cmdCode", "primaryValue", "netWgt")
REPORT = "the source changed its format; update Amur or report it"
ASKED = {
    "reporters": "reporterCode",
    "partners": "partnerCode",
    "codes": "cmdCode",
    "flows": "flowCode",
    "periods": "period",
}
HEADER = re.compile(r"-- unit: (?P<unit>[^·\n]+?) · status: (?P<status>\w+)\n")


@dataclass(frozen=True)
class Definition:
    """One indicator on table `flow`; `codes` are the HS codes that it must have been given."""

    indicator: str
    unit: str
    status: str
    codes: frozenset[str]
    sql: str


@cache
def definitions() -> tuple[Definition, ...]:
    """Return every definition under etl/sql/flows."""
    found = []
    for name in names("flows"):
        text = statement(name)
        head = HEADER.match(text)
        if not head:
            raise AssertionError(f"{name}.sql lacks its first line: -- unit: … · status: …")
        body = re.sub(r"(?m)^--.*\n", "", text)
        codes = frozenset(re.findall(r"'(TOTAL|\d{4}|\d{6})'", body))
        indicator = name.removeprefix("flows/")
        found.append(Definition(indicator, head["unit"], head["status"], codes, body))
    return tuple(found)


def read(payload: Payload) -> list[dict[str, str]]:
    """Return the observations of one answer; raise a named error for the whole of it."""
    if payload.status == 204:
        return []
    params = payload.request.params
    with duckdb.connect() as con:
        if lines(con, payload.path, payload.request.path) == 0:
            _demand_nothing_released(payload)
            return []
        con.execute(statement("comtrade/asked"), {key: params[name] for key, name in ASKED.items()})
        _demand_figures(con)
        con.execute("CREATE TEMP TABLE country (code VARCHAR, iso VARCHAR)")
        con.executemany("INSERT INTO country VALUES (?, ?)", list(COUNTRIES.items()))
        con.execute(statement("comtrade/flow"), {"today": payload.retrieved.date()})
        codes = frozenset(params["cmdCode"].split(","))
        return observations(con, codes, payload.published.isoformat())


def lines(con: duckdb.DuckDBPyConnection, path: Path, asked: str = "") -> int:
    """Make table `line` of the rows of an answer and return their number.

    `asked` is the path of the request: how many rows the server gives at most depends on it. Raises
    NotTheData, ChangedShape or Truncated.
    """
    _load(con, path)
    found = _count(con, asked)
    if found:
        _demand_fields(path)
        con.execute(statement("macros"))
        con.execute(statement("comtrade/lines"))
        _demand_keys(con)
    return found


def observations(
    con: duckdb.DuckDBPyConnection, codes: frozenset[str], published: str
) -> list[dict[str, str]]:
    """Run the definitions on table `flow`; a sum is left out where not all its codes were asked."""
    rows: list[dict[str, str]] = []
    for each in definitions():
        if not each.codes <= codes:
            continue
        about = {"indicator": each.indicator, "unit": each.unit, "status": each.status}
        for name, text in (about | {"published": published}).items():
            con.execute(f"SET VARIABLE {name} = ?", [text])
        con.sql(each.sql).create_view("found")
        found = con.execute(statement("comtrade/rows"))
        columns = [str(column[0]) for column in found.description or ()]
        rows += [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    return rows


def _load(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Read the body into table `body`; raise NotTheData or ChangedShape."""
    try:
        size = max(path.stat().st_size + 1024, 1 << 20)
        con.execute(statement("comtrade/body"), {"path": str(path), "size": size})
    except duckdb.InvalidInputException as error:
        # the database's own words name a path of this machine
        if "transform" in str(error):
            what = "`data` is no list of rows, or a row is no object with one value a field"
            raise ChangedShape(what, REPORT) from error
        raise NotTheData("the body is no whole JSON in UTF-8", LATER) from error


def _count(con: duckdb.DuckDBPyConnection, asked: str) -> int:
    """Return the number of rows; raise when the body is an error, no data, or cut off."""
    found = con.execute(
        "SELECT coalesce(nullif(error, ''), errorObject, if(data IS NULL, message, NULL)), "
        "statusCode, len(data), try_cast(count AS BIGINT) FROM body"
    ).fetchall()
    if len(found) != 1:
        raise NotTheData(f"{len(found)} JSON values came in place of one", LATER)
    said, status, rows, told = found[0]
    if said or (status and rows is None):
        stated = message(str(said or f"status {status}").encode())
        raise NotTheData(f"the server says in place of data: {stated}", LATER)
    if rows is None:
        raise ChangedShape("there is no list `data`", REPORT)
    cap = next((cap for start, cap in CAPS.items() if asked.startswith(start)), -1)
    smaller = "the same is asked for in smaller pieces, or split the codes further"
    if rows == cap:
        raise Truncated(f"{rows} rows came, as many as the server ever gives", smaller)
    if told is not None and rows < told:
        raise Truncated(f"{rows} of {told} rows came", smaller)
    return int(rows)


def _demand_nothing_released(payload: Payload) -> None:
    """Raise NotTheData on an empty answer for a period whose release is named.

    A piece of a period (its name says so) may truly hold nothing.
    """
    released = payload.request.released
    if released and payload.request.name.count("/") == WHOLE:
        raise NotTheData(
            f"no row came, though a release of {released} is named",
            "what is held stays; the period is asked for again",
        )


def _demand_fields(path: Path) -> None:
    """Raise ChangedShape when a field that we read is nowhere in the body.

    A missing field and an empty one look alike once they are a table.
    """
    with path.open("rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as body:
        missing = [name for name in NEEDED if body.find(f'"{name}"'.encode()) < 0]
    if missing:
        raise ChangedShape(f"no row has the field {', '.join(missing)}", REPORT)


def _demand_keys(con: duckdb.DuckDBPyConnection) -> None:
    bad = con.execute(statement("comtrade/misshapen")).fetchone()
    if bad:
        raise ChangedShape(f"row {bad[0]}: {bad[1]}", REPORT)


def _demand_figures(con: duckdb.DuckDBPyConnection) -> None:
    bad = con.execute(statement("comtrade/bad_figures")).fetchone()
    if bad:
        raise BadFigures(str(bad[0]), f"nothing of this answer was taken; {LATER}", period=bad[1])
