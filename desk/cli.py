"""The `amur` command: refresh, check, status, and everything a build can be asked."""

import csv
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from enum import IntEnum
from typing import Annotated, Any

import typer

from desk import figure_list, freshness, series
from desk.series import Query
from etl import build, catalog, paths, refresh, runs, warehouse
from etl.errors import (
    AmurError,
    BadInput,
    Busy,
    CatalogError,
    CheckFailed,
    UnknownRequest,
)


class Exit(IntEnum):
    """The exit codes of the contract."""

    DONE = 0
    PARTLY = 1
    BAD_INPUT = 2
    REFUSED = 3
    BUSY = 4


app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Trade and energy indicators for Russia and China, each figure with its source.",
)
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
AsOf = Annotated[str | None, typer.Option(help="What was known on this day (YYYY-MM-DD).")]


def main() -> None:
    """Run the command; every expected failure is a sentence and an exit code."""
    try:
        app()
    except (BadInput, CatalogError, CheckFailed) as error:
        _fail(error, Exit.REFUSED if "refresh" in sys.argv[1:2] else Exit.BAD_INPUT)
    except Busy as error:
        _fail(error, Exit.BUSY)
    except AmurError as error:
        _fail(error, Exit.BAD_INPUT)
    except BrokenPipeError:
        sys.stderr.close()


def _fail(error: Exception, code: Exit) -> None:
    typer.echo(f"amur: {error}", err=True)
    raise SystemExit(int(code))


def _emit(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, default=_plain))


def _plain(value: Any) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _say(text: str) -> None:
    typer.echo(text, err=True)


def _day(text: str | None, name: str = "as-of") -> date:
    """Read a day given on the command line; today for None."""
    if text is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnknownRequest(f"--{name} «{text}» is no date; write YYYY-MM-DD.") from error


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Show the stages on a terminal as a bar, and say nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda stage: None
        return
    stages = ["catalogue", "observations", "series", "checks", "publish"]
    with typer.progressbar(length=len(stages), label="refresh", file=sys.stderr) as bar:
        yield lambda stage: bar.update(1)


@app.command("refresh")
def refresh_command(
    source: Annotated[list[str] | None, typer.Option(help="Only this source; repeatable.")] = None,
    offline: Annotated[bool, typer.Option(help="Shipped and fetched data alone.")] = False,
    engine: Annotated[str, typer.Option(help="duckdb (spark comes with flows).")] = "duckdb",
    as_json: AsJson = False,
) -> None:
    """Build, check and publish; the previous build stays current when anything is wrong.

    No source has a live connector yet, so this reads the shipped data with and without --offline.
    """
    known = catalog.load(paths.shipped() / "catalog").sources
    unknown = [name for name in source or [] if name not in known]
    if unknown:
        raise UnknownRequest(f"Source «{unknown[0]}» is unknown; `amur status` lists the sources.")
    if engine != "duckdb":
        raise UnknownRequest(f"Engine «{engine}» is not available; use duckdb.")
    try:
        with _progress() as progress:
            report = refresh.run(progress)
    except AmurError as error:
        if as_json:
            _emit(asdict(runs.Report(error=str(error))))
        raise
    if as_json:
        _emit({key: value for key, value in asdict(report).items() if key != "error"})
    state = "published" if report.published else "is current already"
    warnings = sum(not check["passed"] for check in report.checks)
    _say(f"Build {report.build_id} {state}; {warnings} warnings, see `amur serve`, page Status.")


@app.command()
def check(as_json: AsJson = False) -> None:
    """Validate data and catalogue without building; every fault by file and line."""
    try:
        faults = build.faults_of(paths.shipped(), datetime.now(UTC).date())
        entries = catalog.load(paths.shipped() / "catalog")
        wrong = figure_list.problems(set(entries.indicators))
        if wrong:
            raise CatalogError("\n".join(wrong))
    except CatalogError as error:
        if as_json:
            _emit({"ok": False, "faults": [], "error": str(error)})
        raise
    if as_json:
        _emit({"ok": not faults, "faults": [asdict(fault) for fault in faults]})
    for fault in faults:
        _say(str(fault))
    _say(f"{len(faults)} faults" if faults else "No faults.")
    raise typer.Exit(int(Exit.BAD_INPUT if faults else Exit.DONE))


@app.command()
def status(as_json: AsJson = False) -> None:
    """Say what the current build holds and what is stale; exit 1 when anything is."""
    current = warehouse.current()
    with warehouse.connect(current) as con:
        meta = freshness.meta(con)
        sources = freshness.sources(con, datetime.now(UTC).date())
    if as_json:
        shown = {"build_id": current.id, "built": meta["built"], "sources": sources}
        _emit(shown | {"last_run": runs.last()})
    _say(f"Build {current.id} of {meta['built']}")
    for row in sources:
        state = "STALE" if row["stale"] else f"next {row['next_expected'] or '(no calendar)'}"
        _say(f"{row['source']:24} newest period {row['newest_period']}  {state}")
    raise typer.Exit(int(Exit.PARTLY if any(row["stale"] for row in sources) else Exit.DONE))


@app.command()
def indicators(as_json: AsJson = False) -> None:
    """List every indicator."""
    with warehouse.connect(warehouse.current()) as con:
        rows = series.indicators(con)
    keys = ["unit", "topic", "reporter", "partner", "flow", "basis", "first", "last"]
    listed = [{"id": r["id"], "title": r["title_en"]} | {key: r[key] for key in keys} for r in rows]
    if as_json:
        _emit(listed)
        return
    for row in listed:
        typer.echo(f"{row['id']:44} {row['unit']:12} {row['title']}")


@app.command()
def figures(as_json: AsJson = False) -> None:
    """List every figure."""
    listed = figure_list.listing()
    if as_json:
        _emit(listed)
        return
    for row in listed:
        typer.echo(f"{row['id']:36} {row['page']:12} {row['title']}")


POINT_KEYS = (
    "period_start",
    "period_end",
    "period_kind",
    "value",
    "precision",
    "status",
    "basis",
    "disputed",
    "source",
    "publisher",
    "url",
    "published",
    "vintages",
)


@app.command("series")
def series_command(
    indicator: str,
    kind: Annotated[str | None, typer.Option(help="month quarter ytd year day range")] = None,
    from_: Annotated[str | None, typer.Option("--from", help="First day (YYYY-MM-DD).")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Last day (YYYY-MM-DD).")] = None,
    as_of: AsOf = None,
    unit: Annotated[str | None, typer.Option(help="Another unit of the same dimension.")] = None,
    terms: Annotated[str | None, typer.Option(help="For printed growth: USD or CNY.")] = None,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """Print one resolved line."""
    start = _day(from_, "from") if from_ else None
    end = _day(to, "to") if to else None
    query = Query(indicator, kind, start, end, unit, terms)
    current = warehouse.current()
    with warehouse.connect(current) as con:
        line = series.series(con, query, _day(as_of))
    points = [_point(row) for row in line.points.to_dict("records")]
    if as_csv:
        writer = csv.DictWriter(sys.stdout, POINT_KEYS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(points)
    elif as_json:
        head = {"indicator": indicator, "unit": line.unit, "as_of": line.as_of}
        _emit(head | {"build_id": current.id, "points": points})
    else:
        for point in points:
            period = f"{point['period_start']} – {point['period_end']}"
            mark = "" if point["status"] == "reported" else f" ({point['status']})"
            typer.echo(f"{period}  {point['value']:.6g} {line.unit}{mark}  {point['publisher']}")


def _point(row: dict[Any, Any]) -> dict[str, Any]:
    point = {key: row[key] for key in POINT_KEYS}
    for key in ("period_start", "period_end", "published"):
        point[key] = point[key].date().isoformat()
    for key in ("value", "precision"):
        point[key] = float(f"{point[key]:.12g}")
    point["url"] = point["url"] if isinstance(point["url"], str) else None
    return point | {"disputed": bool(row["disputed"]), "vintages": int(row["vintages"])}


@app.command()
def provenance(
    indicator: str,
    period_start: str,
    period_end: str,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Print every observation of a period, the chosen one first, each with its reason."""
    start, end = _day(period_start, "period-start"), _day(period_end, "period-end")
    with warehouse.connect(warehouse.current()) as con:
        rows = series.provenance(con, indicator, start, end, _day(as_of))
    if not rows:
        raise UnknownRequest(f"«{indicator}» has no observation from {start} to {end}.")
    if as_json:
        _emit(rows)
        return
    for row in rows:
        value = row.get("value_text") or f"{row.get('value')}"
        unit = row.get("unit_text") or row["unit"]
        typer.echo(f"{'*' if row['chosen'] else ' '} {value} {unit}  {row['publisher']}")
        typer.echo(f"    {row['published']}  {row['reason']}")


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 8501,
) -> None:
    """Open the dashboard on a build of the data as they are now.

    Where that build is refused, the previous one is served and the reason is said.
    """
    try:
        with _progress() as progress:
            refresh.run(progress)
    except AmurError as error:
        _say(f"amur: {error}")
        _say(f"Build {warehouse.current().id} is shown.")
    from desk import server

    server.run(port)


if __name__ == "__main__":
    main()
