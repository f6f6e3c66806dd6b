"""Indicators from the lake: the definitions over the periods that changed, as observations."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb

from etl import catalog, log, paths, store
from etl.acceptance import Acceptance
from etl.collect import Outcome
from etl.errors import AmurError
from etl.exchange import Parsed, Payload, Request
from etl.flows import engine, manifest
from etl.flows.engine import Answer, Engine, Task
from etl.flows.manifest import Manifest
from etl.sources import comtrade_flow
from etl.sources.comtrade_flow import Definition
from etl.sql import statement
from etl.store import Shelf

SOURCE = "comtrade"
NOTE = "computed from the customs flows held here"
Released = dict[tuple[str, str, date], date]


def bring(outcomes: dict[str, Outcome], engine_name: str, now: datetime) -> dict[str, Outcome]:
    """Add to what a refresh gathered what the lake gives anew; a lake of inventions gives nothing.

    A failure is told as one of the source; raises UnknownRequest where the engine is missing.
    """
    ran = engine.engine(engine_name)
    outcome = replace(outcomes.get(SOURCE, Outcome(SOURCE)))
    try:
        lake = manifest.read()
        if lake.invented or not lake.files("rows"):
            return outcomes
        landed = derive(lake, ran, now)
    except AmurError as error:
        outcome.error = "; ".join(filter(None, [outcome.error, f"flows: {error}"]))
        return outcomes | {SOURCE: outcome}
    if not landed:
        return outcomes
    outcome.landed = [*outcome.landed, *landed]
    return outcomes | {SOURCE: outcome}


def derive(lake: Manifest, ran: Engine, now: datetime) -> list[Path]:
    """Run the definitions on what changed since the last time; return the files that landed."""
    task, released = plan(lake)
    if not task.touched:
        return []
    shelf = Shelf(SOURCE)
    answer = ran.run(task)
    rows = observations(answer, task.definitions, released)
    news = shelf.news(Parsed(_sound(rows, now))).observations
    log.event("flows", "derived", periods=len(task.touched), rows=len(rows), news=len(news))
    landed = _land(shelf, news, now) if news else []
    _remember(lake, landed)
    return landed


def plan(lake: Manifest) -> tuple[Task, Released]:
    """Return what has to be run: the periods that segments brought anew, and every release."""
    definitions = comtrade_flow.definitions()
    reporters = sorted({_reporter(each) for each in definitions})
    known = _derived()
    # a compaction of segments that have all given theirs brings nothing new
    fresh = [
        each
        for each in lake.segments
        if each.id not in known and not (each.absorbed and {*each.absorbed} <= known)
    ]
    listed = [
        str(manifest.data() / file.path)
        for each in fresh
        for file in each.files
        if file.role == "blocks"
    ]
    touched: list[tuple[str, str, date]] = []
    released: Released = {}
    with duckdb.connect() as con:
        if listed:
            values = {"files": listed, "reporters": reporters, "source": SOURCE}
            touched = con.execute(statement("lake/touched"), values).fetchall()
        every = [str(path) for path in lake.files("blocks")]
        values = {"files": every, "reporters": reporters, "source": SOURCE}
        for reporter, kind, start, day in con.execute(
            statement("lake/released"), values
        ).fetchall():
            released[reporter, kind, start] = day
    task = Task(
        files=lake.files("rows", reporters=reporters),
        meeting=bool({*reporters} & {*lake.overlapped}),
        touched=touched,
        codes=sorted({code for each in definitions for code in each.codes}),
        definitions=definitions,
    )
    return task, released


def observations(
    answer: Answer, definitions: Sequence[Definition], released: Released
) -> list[dict[str, str]]:
    """Return what definitions gave as observations, each published on its period's last release.

    A figure is left out where the lake holds no row of one of its codes in that period: a part of a
    heading must not pass for the whole.
    """
    held: dict[tuple[str, str, date], set[str]] = {}
    for reporter, kind, start, code in answer.held:
        held.setdefault((reporter, kind, start), set()).add(code)
    rows: list[dict[str, str]] = []
    with duckdb.connect() as con:
        con.execute(statement("lake/found"))
        for each in definitions:
            reporter = _reporter(each)
            whole = [
                row
                for row in answer.found[each.indicator]
                if each.codes <= held.get((reporter, row[0], row[1]), set())
            ]
            for row in _formatted(con, each, whole):
                key = (reporter, row["period_kind"], date.fromisoformat(row["period_start"]))
                rows.append(row | {"published": released[key].isoformat(), "note": NOTE})
    return rows


def _formatted(
    con: duckdb.DuckDBPyConnection, each: Definition, found: Sequence[engine.Found]
) -> list[dict[str, str]]:
    """Return rows of one definition as text, as the connector writes them."""
    con.execute("DELETE FROM found")
    if not found:
        return []
    con.executemany("INSERT INTO found VALUES (?, ?, ?, ?, ?)", [list(row) for row in found])
    about = {"indicator": each.indicator, "unit": each.unit, "status": each.status}
    for name, text in (about | {"published": ""}).items():
        con.execute(f"SET VARIABLE {name} = ?", [text])
    answer = con.execute(statement("comtrade/rows"))
    columns = [str(column[0]) for column in answer.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]


def _reporter(each: Definition) -> str:
    match = re.search(r"\breporter = '(\w+)'", each.sql)
    if match is None:
        raise AssertionError(f"{each.indicator}.sql names no reporter")
    return match[1]


def _sound(rows: list[dict[str, str]], now: datetime) -> list[dict[str, str]]:
    """Return the rows with their source; raise AmurError with the first that cannot be."""
    filled = [{"source": SOURCE} | row for row in rows]
    accept = Acceptance(catalog.load(paths.shipped() / "catalog"), now.date())
    try:
        faults = accept.faults(filled, "flows") if filled else []
    finally:
        accept.close()
    if faults:
        raise AmurError(f"{len(faults)} figures cannot be: {faults[0]}")
    return filled


def _land(shelf: Shelf, rows: list[dict[str, str]], now: datetime) -> list[Path]:
    digest = hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()
    payload = Payload(SOURCE, Request("flows", "flows"), "", Path(), digest, now)
    return shelf.land(payload, Parsed(rows))


def _note() -> Path:
    return paths.folder() / "raw" / "flows" / "derived.json"


def _derived() -> set[str]:
    """Return the segments that gave their indicators; none where what they gave is gone."""
    try:
        stored = json.loads(_note().read_text(encoding="utf-8"))
        if not all(Path(paths.landed() / name).is_file() for name in stored["landed"]):
            return set()
        return {str(name) for name in stored["segments"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _remember(lake: Manifest, landed: list[Path]) -> None:
    names = [path.relative_to(paths.landed()).as_posix() for path in landed]
    stored = {"segments": sorted(lake.known), "landed": names}
    store.write_whole(_note(), json.dumps(stored).encode())
