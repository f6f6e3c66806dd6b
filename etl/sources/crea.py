"""CREA, Russia Fossil Tracker: modelled flows of Russian fuels to China.

The whole history is restated with each model: what changed counts as published on the day of
retrieval. Days without figures are filled with zero by the server, so that a zero is a gap.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from etl.answers import LATER
from etl.errors import BadFigures, ChangedShape, NotTheData
from etl.exchange import Access, Parsed, Payload, Plan, Request, Scope
from etl.sources import rows
from etl.sources.rows import DOUBT, REPORT, Row

# one route may be under maintenance while the other answers
ACCESS = Access("https://api.russiafossiltracker.com", pace=1.0, cap_mb=32, independent=True)
FIRST = "2022-01-01"
COUNTER, OVERLAND = "counter", "overland"
# commodity there: the middle of our ids
COUNTED = {
    "crude_oil": "crude",
    "pipeline_oil": "pipeline_oil",
    "oil_products": "oil_products",
    "lng": "lng",
    "coal": "coal",
    "natural_gas": "pipeline_gas",
}
# commodity there: column, our indicator, unit, digits that one of the column moves the point by
Column = tuple[str, str, str, int]
COLUMNS: dict[str, dict[str, list[Column]]] = {
    COUNTER: {
        there: [
            ("value_tonne", f"crea_{ours}_ru_cn_volume", "Mt", 6),
            ("value_usd", f"crea_{ours}_ru_cn_value", "USD bn", 9),
        ]
        for there, ours in COUNTED.items()
    },
    OVERLAND: {
        "natural_gas": [("value_m3", "crea_overland_gas_ru_cn_volume", "bcm", 9)],
        "pipeline_oil": [("value_tonne", "crea_overland_oil_ru_cn_volume", "Mt", 6)],
    },
}
ASKED = {COUNTER: "month", OVERLAND: "date"}
Sums = dict[tuple[date, date], Decimal]


def plan(scope: Scope) -> Plan:
    """Ask for all months that are over: monthly sums by sea and land, and days over land."""
    until = scope.today.replace(day=1) - timedelta(days=1)
    even = {"date_from": FIRST, "date_to": f"{until}", "destination_iso2": "CN", "format": "json"}
    for route, period in ASKED.items():
        chosen = {"commodity": ",".join(COLUMNS[OVERLAND])} if route == OVERLAND else {}
        yield Request(
            name=route,
            path=f"/v0/{route}",
            params=even | chosen | {"aggregate_by": f"{period},commodity"},
            period=f"{FIRST[:7]} to {until:%Y-%m}",
        )


def parse(payload: Payload) -> Parsed:
    """Read `{"data": […]}` or a bare list; an empty selection is 204."""
    if payload.status == 204:
        return Parsed()
    route = payload.request.name
    entries = _entries(payload, route)
    found: list[Row] = []
    for commodity, columns in COLUMNS[route].items():
        own = [entry for entry in entries if entry["commodity"] == commodity]
        for column, indicator, unit, digits in columns:
            sums = _sums(own, route, column, commodity)
            found += _rows(payload, sums, indicator, unit, digits)
    return Parsed(found)


def _entries(payload: Payload, route: str) -> list[dict[str, Any]]:
    """Return the entries of the default prices; raise ChangedShape where one lacks a column."""
    body = rows.json_of(payload)
    listed = body.get("data") if isinstance(body, dict) else body
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise NotTheData("the JSON holds no list of entries under data", LATER)
    wanted = {ASKED[route], "commodity"}
    for number, entry in enumerate(listed, start=1):
        commodity = str(entry.get("commodity"))
        columns = {column[0] for column in COLUMNS[route].get(commodity, [])}
        rows.demand_columns(sorted(wanted | columns), entry, f"entry {number}")
        other = entry.get("destination_iso2", "CN")
        if other != "CN":
            what = f"entry {number} goes to {str(other)[:10]}, not to China alone as asked"
            raise ChangedShape(what, REPORT)
    return [entry for entry in listed if entry.get("pricing_scenario", "default") == "default"]


def _sums(entries: list[dict[str, Any]], route: str, column: str, commodity: str) -> Sums:
    """Return the sum of each month of which the answer holds all; nothing where a day is missing.

    The server names only days with a flow, so that a month counts as whole when a day of its end
    or of a later month is there.
    """
    told: dict[date, Decimal | None] = {}
    for entry in entries:
        day = _day(entry[ASKED[route]])
        value = rows.figure(entry[column], f"{column} of {commodity}, {day}")
        if told.setdefault(day, value) != value:
            raise BadFigures(f"{column} of {commodity}, {day} stands twice, as two figures", DOUBT)
    sums: Sums = {}
    for month, values in _by_month(told):
        whole = route == COUNTER or max(told) >= month[1]
        if whole and None not in values:
            sums[month] = sum((value for value in values if value), Decimal(0))
    return sums


def _by_month(
    told: dict[date, Decimal | None],
) -> Iterator[tuple[tuple[date, date], list[Decimal | None]]]:
    for first in sorted({day.replace(day=1) for day in told}):
        members = [value for day, value in told.items() if day.replace(day=1) == first]
        yield rows.month(first.year, first.month), members


def _rows(payload: Payload, sums: Sums, indicator: str, unit: str, digits: int) -> Iterator[Row]:
    """Yield the months that are over; whole tonnes, dollars, cubic metres: the rest is noise."""
    for (first, last), total in sums.items():
        value = total.to_integral_value().scaleb(-digits)
        if value and rows.over(payload, last):
            yield rows.row(
                indicator,
                ("month", first, last),
                rows.plain(value),
                unit,
                "estimated",
                published=payload.published.isoformat(),
            )


def _day(said: object) -> date:
    found = re.fullmatch(r"(\d{4}-\d{2}-\d{2})([T ].*)?", str(said))
    if not found:
        raise ChangedShape(f"«{str(said)[:30]}» is no ISO date", REPORT)
    return date.fromisoformat(found[1])
