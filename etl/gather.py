"""Ask many sources at once, each in a thread of its own: a slow or broken one holds up nobody."""

import traceback
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import duckdb

from etl import catalog, log, paths, settings, warehouse
from etl.acceptance import Acceptance
from etl.collect import Collector, Outcome
from etl.connectors import CONNECTORS
from etl.errors import NotBuilt, NotWritable, UnknownRequest
from etl.exchange import Access
from etl.runs import Live
from etl.sql import statement
from etl.warehouse import Build

Held = dict[str, dict[str, date]]


def gather(
    sources: Collection[str], previous: Build | None, now: datetime, live: Live
) -> dict[str, Outcome]:
    """Return what each source gave; raise UnknownRequest on bad settings, NotWritable on a disk."""
    if not sources:
        return {}
    entries = catalog.load(paths.shipped() / "catalog")
    # what holds for every source is nonsense for all of them
    settings.of("", Access(url=""))
    accept = Acceptance(entries, now.date())
    held = _held(previous)
    try:
        with ThreadPoolExecutor(max_workers=len(sources)) as pool:
            running = [
                pool.submit(_one, source, accept, held.get(source, {}), now, live)
                for source in sources
            ]
            return {outcome.source: outcome for outcome in (task.result() for task in running)}
    finally:
        accept.close()


def _one(
    source: str, accept: Acceptance, held: dict[str, date], now: datetime, live: Live
) -> Outcome:
    try:
        collector = Collector(source, CONNECTORS[source], accept, held)
        log.event(source, "asking", base=collector.settings.base)
        outcome = collector.run(now, lambda fetched: live.source(source, "asking", fetched))
    except NotWritable:
        raise
    except UnknownRequest as error:
        outcome = Outcome(source, error=str(error))
    except Exception as error:  # noqa: BLE001 - a fault of ours in one source must not stop the rest
        trace = "".join(traceback.format_exception(error)[-3:])
        log.event(source, "crashed", trace=trace)
        told = f"{type(error).__name__} in Amur itself; report it with the log of this run"
        outcome = Outcome(source, error=told)
    state = "skipped" if outcome.skipped else "failed" if outcome.error else "done"
    live.source(source, state, outcome.fetched, outcome.error or outcome.skipped)
    details = {"fetched": outcome.fetched, "landed": len(outcome.landed)}
    log.event(source, state, **details, error=outcome.error or outcome.skipped)
    return outcome


def _held(previous: Build | None) -> Held:
    """Return the newest period by source and indicator of the current build."""
    found: Held = {}
    if previous is None:
        return found
    try:
        with warehouse.connect(previous) as con:
            for source, indicator, day in con.execute(statement("held")).fetchall():
                found.setdefault(source, {})[indicator] = day
    except (NotBuilt, duckdb.Error):
        return {}
    return found
