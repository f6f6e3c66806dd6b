"""What a refresh reports: new and revised observations by source, failures, checks."""

from datetime import date

import duckdb

from etl import warehouse
from etl.collect import Outcome
from etl.errors import BadInput, CheckFailed
from etl.runs import Report, SourceReport
from etl.sql import statement
from etl.warehouse import Build

Counts = dict[str, int]


def describe(
    report: Report,
    published: Build,
    previous: Build | None,
    outcomes: dict[str, Outcome],
    today: date,
) -> None:
    """Count what is new and revised by source, and repeat what the checks found."""
    with warehouse.connect(published) as con:
        held = dict(con.execute(statement("source_counts")).fetchall())
        new, revised = _news(con, published, previous) or (held, {})
        overdue = {row[0] for row in con.execute(statement("overdue"), {"today": today}).fetchall()}
        found = con.execute(
            "SELECT check_name, severity, passed, detail FROM finding "
            "ORDER BY severity, check_name, detail"
        ).fetchall()
    names = ("check", "severity", "passed", "detail")
    report.checks = [dict(zip(names, row, strict=True)) for row in found]
    listed = sorted({*held, *outcomes})
    report.sources = [
        _source(source, outcomes.get(source), new.get(source, 0), revised.get(source, 0))
        for source in listed
    ]
    for entry in report.sources:
        if entry.status == "unchanged" and entry.source in outcomes and entry.source in overdue:
            entry.status = "stale"


def refuse(
    report: Report, error: Exception, previous: Build | None, outcomes: dict[str, Outcome]
) -> None:
    """Say of a refused run what is current, what each source gave, and which checks failed."""
    report.build_id = previous.id if previous else None
    report.sources = [_source(source, outcomes[source], 0, 0) for source in sorted(outcomes)]
    found = error.found if isinstance(error, CheckFailed) else []
    if isinstance(error, BadInput):
        found = [("rows that cannot be loaded", str(fault)) for fault in error.faults]
    report.checks = [
        {"check": name, "severity": "error", "passed": False, "detail": detail}
        for name, detail in found
    ]


def _source(source: str, outcome: Outcome | None, new: int, revised: int) -> SourceReport:
    status = "ok" if new or revised else "unchanged"
    entry = SourceReport(source, status, observations_new=new, observations_revised=revised)
    if outcome:
        entry.fetched = outcome.fetched
        if outcome.error:
            entry.status, entry.error = "failed", outcome.error
        elif outcome.skipped:
            entry.status, entry.error = "skipped", outcome.skipped
    return entry


def _news(
    con: duckdb.DuckDBPyConnection, published: Build, previous: Build | None
) -> tuple[Counts, Counts] | None:
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
