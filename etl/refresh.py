"""The pipeline in one screen: lock, validate, build aside, check, publish, report."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from etl import build, checks, paths, runs, warehouse
from etl.build import Progress
from etl.errors import AmurError, Busy, CheckFailed, NotBuilt
from etl.runs import Report, SourceReport
from etl.sql import statement
from etl.warehouse import Build


def run(progress: Progress, now: datetime | None = None) -> Report:
    """Publish a build of what is shipped and fetched, unless it is the current one already.

    Raises Busy when another refresh runs, and BadInput, CatalogError or CheckFailed when the build
    is refused; the previous build stays current then, and the run report says why.
    """
    started = now or datetime.now(UTC)
    report = Report(started=started.isoformat(timespec="seconds"))
    with _lock(started):
        try:
            _publish(report, progress, started)
        except AmurError as error:
            report.error = str(error)
            raise
        except (duckdb.Error, OSError) as error:
            report.error = f"The build could not be written: {error}; the previous build stays."
            raise CheckFailed(report.error) from error
        finally:
            report.finished = datetime.now(UTC).isoformat(timespec="seconds")
            runs.keep(report, started)
    return report


def _publish(report: Report, progress: Progress, started: datetime) -> None:
    warehouse.tidy()
    identity = build.build_id(paths.shipped())
    previous = _readable_current()
    if previous and previous.id == identity:
        report.build_id = identity
        _describe(report, previous, previous)
        return
    part = paths.warehouse() / f"{identity}.duckdb.part"
    try:
        with duckdb.connect(str(part)) as con:
            build.fill(con, paths.shipped(), started.date(), progress)
            if previous:
                checks.compare(con, previous.path)
            checks.demand(con)
            build.stamp(con, identity, started)
        progress("publish")
        published = warehouse.publish(part, identity)
    finally:
        part.unlink(missing_ok=True)
        Path(f"{part}.wal").unlink(missing_ok=True)
    report.build_id, report.published = identity, True
    _describe(report, published, previous)
    warehouse.tidy()


def _readable_current() -> Build | None:
    """Return the current build if it can be compared with; a corrupt one is built over."""
    try:
        found = warehouse.current()
    except NotBuilt:
        return None
    return found if warehouse.readable(found) else None


def _describe(report: Report, published: Build, previous: Build | None) -> None:
    """Count what is new and revised by source, and repeat what the checks found."""
    with warehouse.connect(published) as con:
        held = dict(con.execute(statement("source_counts")).fetchall())
        new, revised = _news(con, published, previous) or (held, {})
        report.sources = [
            SourceReport(
                source=source,
                status="ok" if new.get(source) or revised.get(source) else "unchanged",
                observations_new=new.get(source, 0),
                observations_revised=revised.get(source, 0),
            )
            for source in held
        ]
        found = con.execute(
            "SELECT check_name, severity, passed, detail FROM finding "
            "ORDER BY severity, check_name, detail"
        ).fetchall()
    names = ("check", "severity", "passed", "detail")
    report.checks = [dict(zip(names, row, strict=True)) for row in found]


def _news(
    con: duckdb.DuckDBPyConnection, published: Build, previous: Build | None
) -> tuple[dict[str, int], dict[str, int]] | None:
    """Return new and revised observations by source; None when there is nothing to compare with."""
    if previous is None:
        return None
    if previous.path == published.path:
        return {}, {}
    try:
        con.execute("ATTACH $path AS previous (READ_ONLY)", {"path": str(previous.path)})
        new = con.execute(statement("new_observations")).fetchall()
        return dict(new), dict(con.execute(statement("revised_points")).fetchall())
    except duckdb.Error:
        # a build of another version has other tables; the check of vanished observations says so
        return None


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
        who = holder.read_text(encoding="utf-8") if holder.exists() else "another process"
        raise Busy(f"Another refresh is running ({who}); try again when it is done.") from error
    except OSError as error:
        raise AmurError(
            f"{paths.folder()} cannot be written ({error.strerror or error}); "
            "free it or set AMUR_DATA to another folder. Nothing was changed."
        ) from error
    try:
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()
