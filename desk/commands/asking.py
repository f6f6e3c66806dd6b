"""Commands that answer from the published build: indicators, figures, series, provenance."""

import csv
import sys
from typing import Annotated, Any

import typer

from desk import figure_list, series
from desk.commands.console import AsJson, AsOf, day, emit
from desk.series import Query
from etl import warehouse
from etl.errors import UnknownRequest

commands = typer.Typer()


@commands.command()
def indicators(as_json: AsJson = False) -> None:
    """List every indicator."""
    with warehouse.connect(warehouse.current()) as con:
        rows = series.indicators(con)
    keys = ["unit", "topic", "reporter", "partner", "flow", "basis", "first", "last"]
    listed = [{"id": r["id"], "title": r["title_en"]} | {key: r[key] for key in keys} for r in rows]
    if as_json:
        emit(listed)
        return
    for row in listed:
        typer.echo(f"{row['id']:44} {row['unit']:12} {row['title']}")


@commands.command()
def figures(as_json: AsJson = False) -> None:
    """List every figure."""
    listed = figure_list.listing()
    if as_json:
        emit(listed)
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


@commands.command("series")
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
    start = day(from_, "from") if from_ else None
    end = day(to, "to") if to else None
    query = Query(indicator, kind, start, end, unit, terms)
    current = warehouse.current()
    with warehouse.connect(current) as con:
        line = series.series(con, query, day(as_of))
    points = [_point(row) for row in line.points.to_dict("records")]
    if as_csv:
        writer = csv.DictWriter(sys.stdout, POINT_KEYS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(points)
    elif as_json:
        head = {"indicator": indicator, "unit": line.unit, "as_of": line.as_of}
        emit(head | {"build_id": current.id, "points": points})
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


@commands.command()
def provenance(
    indicator: str,
    period_start: str,
    period_end: str,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Print every observation of a period, the chosen one first, each with its reason."""
    start, end = day(period_start, "period-start"), day(period_end, "period-end")
    with warehouse.connect(warehouse.current()) as con:
        rows = series.provenance(con, indicator, start, end, day(as_of))
    if not rows:
        raise UnknownRequest(f"«{indicator}» has no observation from {start} to {end}.")
    if as_json:
        emit(rows)
        return
    for row in rows:
        value = row.get("value_text") or f"{row.get('value')}"
        unit = row.get("unit_text") or row["unit"]
        typer.echo(f"{'*' if row['chosen'] else ' '} {value} {unit}  {row['publisher']}")
        typer.echo(f"    {row['published']}  {row['reason']}")
