"""Commands that write or watch builds: refresh, due, schedule, check, status."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from desk import figure_list, freshness
from desk.commands.console import AsJson, Exit, emit, progress, say
from etl import (
    alerts,
    article_feeds,
    build,
    catalog,
    paths,
    refresh,
    runs,
    schedule,
    store,
    warehouse,
)
from etl.connectors import CONNECTORS
from etl.errors import AmurError, CatalogError, NotBuilt, UnknownRequest
from etl.flows import engine as engines
from etl.runs import Report

commands = typer.Typer()


@commands.command("refresh")
def refresh_command(
    source: Annotated[list[str] | None, typer.Option(help="Only this source; repeatable.")] = None,
    offline: Annotated[bool, typer.Option(help="Shipped and fetched data alone.")] = False,
    engine: Annotated[
        str, typer.Option(help="Runs the definitions on customs flows: duckdb or spark.")
    ] = "duckdb",
    as_json: AsJson = False,
) -> None:
    """Ask the live sources, build, check and publish.

    Exit 1 when a source failed and the rest is published; 3 when the build is refused: the previous
    one stays current.
    """
    asked = list(dict.fromkeys(source or CONNECTORS))
    unknown = [name for name in asked if name not in CONNECTORS]
    if unknown:
        live = ", ".join(CONNECTORS)
        raise UnknownRequest(f"Source «{unknown[0]}» is not asked live; live sources are {live}.")
    engines.engine(engine)
    run([] if offline else asked, as_json, engine)


def run(asked: Collection[str], as_json: bool, engine: str = "duckdb") -> None:
    """Refresh, report, and end the command with the code of the contract."""
    report = Report()
    try:
        with progress() as step:
            refresh.run(step, ask=asked, engine=engine, report=report)
    except AmurError as error:
        if as_json:
            emit(asdict(report) | {"error": str(error)})
        raise
    tell(report, as_json)
    raise typer.Exit(report.exit_code)


def tell(report: Report, as_json: bool) -> None:
    """Print a report: JSON on stdout when wanted, a line a source on stderr."""
    if as_json:
        emit(_shape(report))
    for entry in report.sources:
        if entry.fetched or entry.error:
            news = f"{entry.observations_new} new, {entry.observations_revised} revised"
            say(f"{entry.source:12} {entry.status:10} {entry.error or news}")
    state = "published" if report.published else "is current already"
    warnings = sum(not check["passed"] for check in report.checks)
    say(f"Build {report.build_id} {state}; {warnings} warnings, see `amur serve`, page Status.")


def _shape(report: Report) -> dict[str, object]:
    """Return a report of a run that was not refused, as the contract words it."""
    return {key: value for key, value in asdict(report).items() if key != "error"}


def _nothing_done(now: datetime) -> Report:
    """Return the report of a run that had nothing to do: the current build stays."""
    moment = now.isoformat(timespec="seconds")
    try:
        current = warehouse.current().id
    except NotBuilt:
        current = None
    return Report(build_id=current, started=moment, finished=moment)


@commands.command()
def due(as_json: AsJson = False) -> None:
    """Ask the sources whose turn it is, publish what is new, and exit; for cron or systemd."""
    sources = catalog.load(paths.shipped() / "catalog").sources
    can = schedule.answering(CONNECTORS)
    now = datetime.now(UTC)
    asked = [name for name in schedule.due(sources, store.asked(), now) if name in can]
    if not asked:
        soonest = min(
            (schedule.next_due(sources[name], store.asked().get(name), now), name) for name in can
        )
        say(f"Nothing is due; next is {soonest[1]} at {soonest[0]:%Y-%m-%d %H:%M} UTC.")
        if as_json:
            emit(_shape(_nothing_done(now)))
        raise typer.Exit(int(Exit.DONE))
    run(asked, as_json)


@commands.command("schedule")
def schedule_command(
    kind: Annotated[str, typer.Option("--print", help="cron or systemd.")],
) -> None:
    """Print a ready cron line or systemd unit that runs `amur due` on this machine."""
    typer.echo(schedule.unit_text(kind, schedule.command(), paths.folder()), nl=False)


@commands.command()
def check(as_json: AsJson = False) -> None:
    """Validate data and catalogue without building; every fault by file and line."""
    try:
        faults = build.faults_of(paths.shipped(), datetime.now(UTC).date())
        entries = catalog.load(paths.shipped() / "catalog")
        alerts.load(paths.shipped() / "catalog", entries)
        article_feeds.load()
        wrong = figure_list.problems(set(entries.indicators))
        if wrong:
            raise CatalogError("\n".join(wrong))
    except CatalogError as error:
        if as_json:
            emit({"ok": False, "faults": [], "error": str(error)})
        raise
    if as_json:
        emit({"ok": not faults, "faults": [asdict(fault) for fault in faults]})
    for fault in faults:
        say(str(fault))
    say(f"{len(faults)} faults" if faults else "No faults.")
    raise typer.Exit(int(Exit.BAD_INPUT if faults else Exit.DONE))


@commands.command()
def status(as_json: AsJson = False) -> None:
    """Say what the current build holds and what is stale; exit 1 when anything is."""
    current = warehouse.current()
    with warehouse.connect(current) as con:
        meta = freshness.meta(con)
        sources = freshness.sources(con, datetime.now(UTC).date())
    if as_json:
        shown = {"build_id": current.id, "built": meta["built"], "sources": sources}
        emit(shown | {"last_run": runs.last()})
    say(f"Build {current.id} of {meta['built']}")
    for row in sources:
        state = "STALE" if row["stale"] else f"next {row['next_expected'] or '(no calendar)'}"
        say(f"{row['source']:24} newest period {row['newest_period']}  {state}")
    raise typer.Exit(int(Exit.PARTLY if any(row["stale"] for row in sources) else Exit.DONE))
