"""The pipeline in one screen: lock, validate, build aside, check, publish, report."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from etl import build, checks, paths, warehouse
from etl.build import Progress
from etl.errors import AmurError, Busy, CheckFailed, NotBuilt
from etl.sql import statement
from etl.warehouse import Build

KEEP_REPORTS = 100


@dataclass
class SourceReport:
    """What a refresh did with one source."""

    source: str
    status: str
    fetched: int = 0
    observations_new: int = 0
    observations_revised: int = 0
    error: str | None = None


@dataclass
class Report:
    """What a refresh did; `asdict` of it is the JSON of `amur refresh`."""

    build_id: str | None = None
    published: bool = False
    started: str = ""
    finished: str = ""
    sources: list[SourceReport] = field(default_factory=list)
    checks: list[dict[str, object]] = field(default_factory=list)
    error: str | None = None


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
            _keep(report, started)
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
        news = con.execute(
            "SELECT source, count(*) FROM observation GROUP BY source ORDER BY source"
        )
        counts = dict(news.fetchall())
        revised: dict[str, int] = {}
        if previous and previous.id != published.id:
            con.execute("ATTACH $path AS previous (READ_ONLY)", {"path": str(previous.path)})
            counts = dict(con.execute(statement("new_observations")).fetchall())
            revised = dict(con.execute(statement("revised_points")).fetchall())
        elif previous:
            counts = dict.fromkeys(counts, 0)
        report.sources = [
            SourceReport(
                source=source,
                status="ok" if new or revised.get(source) else "unchanged",
                observations_new=new,
                observations_revised=revised.get(source, 0),
            )
            for source, new in counts.items()
        ]
        found = con.execute(
            "SELECT check_name, severity, passed, detail FROM finding "
            "ORDER BY severity, check_name, detail"
        ).fetchall()
    names = ("check", "severity", "passed", "detail")
    report.checks = [dict(zip(names, row, strict=True)) for row in found]


@contextmanager
def _lock(started: datetime) -> Iterator[None]:
    """Hold the one lock; the operating system drops it when the process dies."""
    try:
        paths.warehouse().mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AmurError(
            f"{paths.warehouse()} cannot be written ({error.strerror}); "
            "free it or set AMUR_DATA to another folder."
        ) from error
    lock = FileLock(paths.warehouse() / "refresh.lock", timeout=0)
    holder = paths.warehouse() / "refresh.holder"
    try:
        lock.acquire()
    except Timeout as error:
        who = holder.read_text(encoding="utf-8") if holder.exists() else "another process"
        raise Busy(f"Another refresh is running ({who}); try again when it is done.") from error
    try:
        holder.write_text(
            f"process {os.getpid()} since {started:%Y-%m-%d %H:%M:%S} UTC", encoding="utf-8"
        )
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _keep(report: Report, started: datetime) -> None:
    """Write the run report beside the others, whole or not at all."""
    folder = paths.runs()
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{started:%Y%m%dT%H%M%S%f}.json"
    aside = target.with_suffix(".tmp")
    aside.write_text(json.dumps(asdict(report), ensure_ascii=False, indent=1), encoding="utf-8")
    aside.replace(target)
    for old in sorted(folder.glob("*.json"))[:-KEEP_REPORTS]:
        old.unlink(missing_ok=True)


def last_report() -> dict[str, object] | None:
    """Return the newest run report, or None before the first run."""
    reports = sorted(paths.runs().glob("*.json")) if paths.runs().exists() else []
    return dict(json.loads(reports[-1].read_text(encoding="utf-8"))) if reports else None
