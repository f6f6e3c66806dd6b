"""International Monetary Fund: Russia's trade in goods with China and the world (IMTS, SDMX 3.0).

Every release restates the whole. From 2022 on the rows of Russia as reporter are the IMF's
estimates from its partners' figures.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from etl.errors import ChangedShape
from etl.exchange import Access, Parsed, Payload, Plan, Request, Scope
from etl.sources import rows
from etl.sources.rows import REPORT, Row

# this server now and then gives 401 to a question that it answers the next time
ACCESS = Access("https://api.imf.org/external/sdmx/3.0", pace=1.0, cap_mb=32, retry_on=(401,))
FLOW = "dataflow/IMF.STA/IMTS/+"
INDICATORS = {
    ("XG_FOB_USD", "CHN"): "imf_ru_exports_to_cn",
    ("MG_CIF_USD", "CHN"): "imf_ru_imports_from_cn",
    ("XG_FOB_USD", "G001"): "imf_ru_exports_total",
    ("MG_CIF_USD", "G001"): "imf_ru_imports_total",
}
DIMENSIONS = ("COUNTRY", "INDICATOR", "COUNTERPART_COUNTRY", "FREQUENCY")
FIRST_YEAR = 2016
ESTIMATED_FROM = 2022
MILLIONS = 6
ACCEPT = {"Accept": "application/json"}
Tree = dict[str, Any]
# a data set, the positions in the key of one of its series, and that series
Place = tuple[Tree, list[int], Tree]
EVEN = {"dimensionAtObservation": "TIME_PERIOD", "attributes": "dsd", "measures": "all"}


def plan(scope: Scope) -> Plan:
    """Ask for years and months; the flow says when it was last updated."""
    flow = yield Request("flow", f"/structure/{FLOW}", headers=ACCEPT, lookup=True, optional=True)
    updated = _updated(flow) if flow else None
    released = updated if updated and updated <= scope.today else None
    for frequency, start in (("A", f"{FIRST_YEAR}"), ("M", f"{FIRST_YEAR}-M01")):
        yield Request(
            name=f"trade.{frequency}",
            path=f"/data/{FLOW}/RUS.XG_FOB_USD+MG_CIF_USD.CHN+G001.{frequency}",
            params=EVEN | {"c[TIME_PERIOD]": f"ge:{start}"},
            period=f"{FIRST_YEAR} to {scope.today.year}",
            released=released,
            headers=ACCEPT,
        )


def _updated(flow: Payload) -> date | None:
    """Return the day of the last update that the flow states, if it states one."""
    try:
        listed = json.loads(flow.content())["data"]["dataflows"]
        notes = next(item["annotations"] for item in listed if item["id"] == "IMTS")
        said = next(item["value"] for item in notes if item.get("id") == "lastUpdatedAt")
        return datetime.fromisoformat(str(said)).date()
    except (ValueError, LookupError, TypeError, AttributeError, StopIteration):
        return None


def parse(payload: Payload) -> Parsed:
    """Read SDMX-JSON; a question without series is answered by nothing."""
    if payload.status == 204:
        return Parsed()
    body = rows.json_of(payload)
    structures = body["data"]["structures"]
    found: list[Row] = []
    for part in body["data"]["dataSets"]:
        found += _rows(payload, structures[int(part.get("structure", 0))], part)
    return Parsed(rows.once(found))


def _rows(payload: Payload, structure: Tree, part: Tree) -> Iterator[Row]:
    """Yield the rows of one data set; positions in its keys point into the structure."""
    dimensions = structure["dimensions"]["series"]
    series = part.get("series") or {}
    if series:
        named = [dimension["id"] for dimension in dimensions]
        rows.demand_columns(DIMENSIONS, named, "the series key")
    for key, held in series.items():
        places = [int(place) for place in key.split(":")]
        at = {
            dimension["id"]: str(dimension["values"][place]["id"])
            for dimension, place in zip(dimensions, places, strict=True)
        }
        indicator = INDICATORS.get((at["INDICATOR"], at["COUNTERPART_COUNTRY"]))
        if indicator and at["COUNTRY"] == "RUS":
            name = ".".join(at[dimension] for dimension in DIMENSIONS)
            yield from _series(payload, structure, (part, places, held), (indicator, name))


def _series(
    payload: Payload, structure: Tree, place: Place, names: tuple[str, str]
) -> Iterator[Row]:
    """Yield the periods of one series; `names` are our indicator and the series' own name."""
    indicator, name = names
    listed = structure["dimensions"]["observation"][0]["values"]
    for number, cells in place[2]["observations"].items():
        entry = listed[int(number)]
        said = str(entry.get("value", entry.get("id")))
        period = _period(said, name[-1])
        # a period without an observation may be null in place of a list
        value = rows.figure(cells[0] if cells else None, f"{name} of {said}")
        if value is None or not rows.over(payload, period[2]):
            continue
        scale = _scale(structure, place, cells, name)
        yield rows.row(
            indicator,
            period,
            rows.plain(value.scaleb(scale - MILLIONS)),
            "USD million",
            "estimated" if period[1].year >= ESTIMATED_FROM else "reported",
            f"IMTS {name}",
            payload.published.isoformat(),
        )


def _period(text: str, frequency: str) -> tuple[str, date, date]:
    year = re.fullmatch(r"(\d{4})(-A1)?", text)
    month = re.fullmatch(r"(\d{4})-M?(0[1-9]|1[0-2])", text)
    if year and frequency == "A":
        return "year", date(int(year[1]), 1, 1), date(int(year[1]), 12, 31)
    if month and frequency == "M":
        return "month", *rows.month(int(month[1]), int(month[2]))
    raise ChangedShape(f"the period «{text[:20]}» does not fit frequency {frequency[:5]}", REPORT)


def _scale(structure: Tree, place: Place, cells: list[Any], name: str) -> int:
    """Return the power of ten that the values are printed in, as the answer states it."""
    part, places, held = place
    measures = len(structure["measures"]["observation"]) if "measures" in structure else 1
    groups = [
        given
        for pattern, given in (part.get("dimensionGroupAttributes") or {}).items()
        if _fits(pattern, places)
    ]
    stated = [
        ("observation", cells[measures:]),
        ("series", held.get("attributes") or []),
        *(("dimensionGroup", given) for given in groups),
        ("dataSet", part.get("attributes") or []),
    ]
    for level, given in stated:
        said = _attribute(structure, level, given)
        if said is not None:
            if not re.fullmatch(r"\d{1,2}", said):
                raise ChangedShape(f"SCALE of {name} is «{said[:20]}», no power of ten", REPORT)
            return int(said)
    raise ChangedShape(f"{name} comes without SCALE: its values may mean anything", REPORT)


def _fits(pattern: str, places: list[int]) -> bool:
    """Return whether a group's key, empty where anything goes, is that of a series."""
    said = pattern.split(":")
    return all(not one or int(one) == own for one, own in zip(said, places, strict=False))


def _attribute(structure: Tree, level: str, given: list[Any]) -> str | None:
    """Return SCALE at one level of an answer: a position in its code list, or the code itself."""
    listed = (structure.get("attributes") or {}).get(level) or []
    for attribute, said in zip(listed, given, strict=False):
        if attribute["id"] == "SCALE" and said is not None:
            codes = attribute.get("values") or []
            return str(codes[int(said)]["id"] if codes else said)
    return None
