"""The pipeline in one screen: lock, ask, build aside, check, publish, report, tell."""

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from etl import build, checks, gather, log, paths, reporting, runs, store, telling, warehouse
from etl.build import Progress
from etl.collect import Outcome
from etl.errors import AmurError, Busy, CheckFailed, NotBuilt
from etl.flows import derive
from etl.runs import Live, Report
from etl.store import Shelf
from etl.warehouse import Build

Outcomes = dict[str, Outcome]
Bring = Callable[[Build | None, datetime, Live], Outcomes]


def quiet(stage: str) -> None:
    """Say nothing."""


def run(
    progress: Progress,
    now: datetime | None = None,
    ask: Collection[str] = (),
    bring: Bring | None = None,
    engine: str = "duckdb",
    report: Report | None = None,
) -> Report:
    """Ask the sources `ask`, then publish a build of what is shipped and fetched, if it is new.

    `bring` takes the place of asking: an ingest brings files that somebody handed in. `engine` runs
    the definitions of indicators on the lake of customs flows. `report` is filled as far as the run
    comes, also when it is refused.

    Raises Busy when another refresh runs, NotWritable on a full or read-only disk, and BadInput,
    CatalogError or CheckFailed when the build is refused; the previous build stays current then,
    and the run report says why. A source that fails raises nothing: its report says so.
    """
    started = now or datetime.now(UTC)
    report = report or Report()
    report.started = started.isoformat(timespec="seconds")
    with _lock(started):
        name = runs.stamp(started)
        live = Live(started, list(ask))
        before = runs.failed_last()
        try:
            with log.to(paths.runs() / f"{name}.log"):
                took = bring or partial(_gather, ask, engine)
                published, previous = _refresh(report, progress, started, live, took)
                telling.tell(name, published, previous, report.failed, before)
        except AmurError as error:
            report.error = str(error)
            raise
        except (duckdb.Error, OSError) as error:
            said = str(error).splitlines()[0]
            report.error = f"The build could not be written: {said}; the previous build stays."
            raise CheckFailed(report.error) from error
        except BaseException as error:
            report.error = f"The refresh was cut off ({type(error).__name__}: {error})."
            raise
        finally:
            if report.error and (kept := _readable_current()):
                telling.tell(name, kept, kept, {"build": report.error}, before)
            report.finished = datetime.now(UTC).isoformat(timespec="seconds")
            _leave(report, name, live)
    return report


def _refresh(
    report: Report, progress: Progress, started: datetime, live: Live, bring: Bring
) -> tuple[Build, Build | None]:
    """Return the build that is current now, and the one that was before."""
    warehouse.tidy()
    runs.tidy()
    previous = _readable_current()
    outcomes: Outcomes = {}
    try:
        outcomes = bring(previous, started, live)
        live.stage("building")
        published = _publish_sound(report, progress, started, previous, outcomes)
    except (AmurError, duckdb.Error, OSError) as error:
        reporting.refuse(report, error, previous, outcomes)
        raise
    reporting.describe(report, published, previous, outcomes, started.date())
    log.event("build", "published" if report.published else "unchanged", build_id=report.build_id)
    return published, previous


def _publish_sound(
    report: Report,
    progress: Progress,
    started: datetime,
    previous: Build | None,
    outcomes: Outcomes,
) -> Build:
    """Publish, without what of this run no build can hold."""
    try:
        return _publish(report, progress, started, previous)
    except CheckFailed:
        if not any(outcome.landed for outcome in outcomes.values()):
            raise
        _sift(outcomes, partial(_make, quiet, started, previous))
        return _publish(report, progress, started, previous)


def _gather(
    ask: Collection[str], engine: str, previous: Build | None, now: datetime, live: Live
) -> Outcomes:
    """Ask the sources, then see what the lake of customs flows gives anew."""
    return derive.bring(gather.gather(ask, previous, now, live), engine, now)


def _publish(report: Report, progress: Progress, now: datetime, previous: Build | None) -> Build:
    """Return the build of the inputs as they are: the current one, or a new one."""
    identity = build.build_id(paths.shipped())
    report.build_id = identity
    if previous and previous.id == identity:
        return previous
    part = _make(progress, now, previous)
    progress("publish")
    published = warehouse.publish(part, identity)
    report.published = True
    warehouse.tidy()
    return published


def _make(progress: Progress, now: datetime, previous: Build | None) -> Path:
    """Build aside and check; return the file, or raise and leave none."""
    identity = build.build_id(paths.shipped())
    part = paths.warehouse() / f"{identity}.duckdb.part"
    part.unlink(missing_ok=True)
    try:
        with duckdb.connect(str(part)) as con:
            build.fill(con, paths.shipped(), now.date(), progress)
            if previous:
                checks.compare(con, previous.path)
            checks.demand(con)
            build.stamp(con, identity, now)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    finally:
        Path(f"{part}.wal").unlink(missing_ok=True)
    return part


def _sift(outcomes: Outcomes, attempt: Callable[[], Path]) -> None:
    """Keep aside what of this run no build can hold: each source is tried alone.

    One source with figures that contradict the checks must not keep the others' news back.
    """
    landed = [outcome for outcome in outcomes.values() if outcome.landed]
    shelves = {outcome.source: Shelf(outcome.source) for outcome in landed}
    for outcome in landed:
        shelves[outcome.source].set_aside(outcome.landed)
    for outcome in landed:
        shelf = shelves[outcome.source]
        shelf.put_back(outcome.landed)
        try:
            attempt().unlink(missing_ok=True)
        except CheckFailed as error:
            outcome.error = f"CheckFailed: what came was put aside: {error}"
            shelf.set_aside(outcome.landed)
            shelf.forget(outcome.landed, outcome.error)
            outcome.landed = []


def _readable_current() -> Build | None:
    """Return the current build if it can be compared with; a corrupt one is built over."""
    try:
        found = warehouse.current()
    except NotBuilt:
        return None
    return found if warehouse.readable(found) else None


def _leave(report: Report, name: str, live: Live) -> None:
    """Keep the report; on a full disk the refresh has already said what there is to say."""
    try:
        runs.keep(report, name)
        live.finish(report)
    except AmurError:
        if report.error is None:
            raise


@contextmanager
def _lock(started: datetime) -> Iterator[None]:
    """Hold the one lock; the operating system drops it when the process dies."""
    lock = FileLock(paths.warehouse() / "refresh.lock", timeout=0)
    holder = paths.warehouse() / "refresh.holder"
    try:
        for folder in (paths.warehouse(), paths.runs()):
            folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
        holder.write_text(
            f"process {os.getpid()} since {started:%Y-%m-%d %H:%M:%S} UTC", encoding="utf-8"
        )
    except Timeout as error:
        who = "another process"
        with suppress(OSError):
            who = holder.read_text(encoding="utf-8")
        raise Busy(f"Another refresh is running ({who}); try again when it is done.") from error
    except OSError as error:
        raise store.not_writable(paths.folder(), error) from error
    try:
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()
