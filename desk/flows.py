"""Questions of the pages to the lake of customs flows; every answer is plain rows.

A question says which source it is put to: rows of two sources are never added up.
"""

import csv
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from babel import Locale

from desk.rows import Row, records
from desk.sql import statement
from etl import catalog, paths
from etl.flows import lake
from etl.flows.manifest import Manifest

# places between China and Russia that the sanctions coalition names
HUBS = ("HKG", "KAZ", "KGZ", "UZB", "ARM", "GEO", "TUR", "ARE")
# products of which officials claim shares: HS codes, and the indicators that carry the claims
CLAIMED = {
    "machine_tools": (
        tuple(str(code) for code in range(8456, 8467)),
        ("machine_tools_share", "machine_tools_8456_8466_cn_ru_value"),
    ),
    "semiconductors": (
        ("8541", "8542"),
        ("semiconductors_share", "semiconductors_cn_ru_value", "semiconductors_hk_ru_value"),
    ),
    "vehicles": (("8703",), ("cn_cars_exported_to_ru", "cn_cars_exported_to_ru_value")),
}


@dataclass(frozen=True)
class View:
    """How flows are looked at: the source, the day, the span of years."""

    source: str
    as_of: date
    start: date
    end: date


@dataclass(frozen=True)
class Side:
    """Whose customs tell it, with whom, and which way: M imports, X exports."""

    reporter: str
    partner: str
    flow: str


def sources(held: Manifest) -> list[str]:
    """Return the sources of the lake, the largest first."""
    return [str(row["source"]) for row in lake.describe(held)["sources"]]


def reporters(held: Manifest, source: str) -> list[str]:
    """Return who reports to a source."""
    values = {"blocks": _blocks(held), "source": source}
    with lake.asking(held) as con:
        found = con.execute(statement("flows/reporters"), values).fetchall()
    return [str(row[0]) for row in found]


def years(held: Manifest, source: str, reporter: str) -> dict[int, int]:
    """Return the years that a reporter tells, each with the number of its months."""
    values = {"blocks": _blocks(held), "source": source, "reporter": reporter}
    with lake.asking(held) as con:
        return dict(con.execute(statement("flows/years"), values).fetchall())


def partners(held: Manifest, view: View, reporter: str) -> list[str]:
    """Return with whom a reporter trades, the largest first."""
    found = ask(held, "partners", view, [reporter], reporter=reporter)
    return [str(row["partner"]) for row in found]


def goods(
    held: Manifest, view: View, side: Side, level: int, year: int, months: int, words: str = ""
) -> list[Row]:
    """Return hs, name, value, before, unit_value (USD/kg) and share by product, largest first."""
    values = {"level": level, "year": year, "months": months, "words": words.strip()}
    return ask(held, "goods", view, [side.reporter], **vars(side), **values)


def history(held: Manifest, view: View, side: Side, hs: str) -> list[Row]:
    """Return a product's value, weight and unit value by month or year."""
    return ask(held, "history", view, [side.reporter], **vars(side), hs=hs)


def suppliers(held: Manifest, view: View, side: Side, hs: str) -> list[Row]:
    """Return year, partner, value, share and hhi of a reporter's trade in one product."""
    values = {"reporter": side.reporter, "flow": side.flow, "hs": hs}
    return ask(held, "suppliers", view, [side.reporter], **values)


def renumbered(held: Manifest, view: View, side: Side, hs: str) -> list[Row]:
    """Return revision, hs, first and listed of a code and of the subheadings of its heading.

    What is empty of a side is not asked for: then all reporters, partners or flows tell.
    """
    whose = [side.reporter] if side.reporter else ()
    return ask(held, "renumbered", view, whose, **vars(side), hs=hs)


def recounted(held: Manifest, view: View, side: Side, level: int, year: int) -> Row:
    """Return before, after and gone: by which revisions a year and the one before are counted."""
    values = vars(side) | {"level": level, "year": year}
    return ask(held, "recounted", view, [side.reporter], **values)[0]


def sellers(held: Manifest, view: View, buyer: str, codes: Collection[str]) -> list[Row]:
    """Return year, seller, value and share of what all reporters export to a buyer."""
    return ask(held, "sellers", view, (), buyer=buyer, codes=list(codes))


def mirror(held: Manifest, view: View, one: str, other: str, hs: str) -> list[Row]:
    """Return year, reporter, flow and value: both sides of the trade of two countries."""
    return ask(held, "mirror", view, [one, other], one=one, other=other, hs=hs)


def routes(held: Manifest, view: View, seller: str, buyer: str) -> list[Row]:
    """Return year, reporter, partner and value of listed goods by way of the hubs."""
    values = {"seller": seller, "buyer": buyer, "hubs": list(HUBS), "codes": list(listed())}
    return ask(held, "routes", view, [seller, *HUBS], **values)


def late(held: Manifest, view: View, seller: str, last: str) -> list[str]:
    """Return the listed goods that a seller and the hubs tell by the last HS revision alone."""
    values = {"codes": list(listed()), "last": last}
    return [row["hs"] for row in ask(held, "late", view, [seller, *HUBS], **values)]


def ask(held: Manifest, name: str, view: View, whose: Collection[str], **values: Any) -> list[Row]:
    """Put one question of desk/sql/flows; raise TooSlow after ten seconds."""
    text = statement(f"flows/{name}")
    given = {"source": view.source, "start": view.start, "end": view.end} | values
    used = {key: value for key, value in given.items() if f"${key}" in text}
    with lake.asking(held, whose, view.as_of) as con:
        if "JOIN good" in text:
            lake.goods(con)
        return records(con.execute(text, used))


def speaking_of(code: str, direction: str, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    """Return the indicators that are counted by this HS code or a part of it, else the others.

    `direction` is bought or sold: who of China and Russia is the seller.
    """
    seller = "RUS" if direction == "bought" else "CHN"
    found = tuple(
        name
        for name, (codes, exporter) in _by_code().items()
        if exporter == seller and any(each.startswith(code) for each in codes)
    )
    return found or otherwise


@cache
def _by_code() -> dict[str, tuple[tuple[str, ...], str]]:
    """Return HS codes and exporting country of each indicator between China and Russia."""
    entries = catalog.load(paths.shipped() / "catalog").indicators
    found = {}
    for name, entry in entries.items():
        if entry.hs and entry.hs != "TOTAL" and {entry.reporter, entry.partner} == {"CHN", "RUS"}:
            imports = entry.flow == "M"
            exporter = entry.partner if imports else entry.reporter
            found[name] = (tuple(entry.hs.split("+")), exporter)
    return found


@cache
def listed() -> dict[str, str]:
    """Return the HS codes of the Common High Priority List with their tiers."""
    with (paths.codes() / "priority.csv").open(encoding="utf-8", newline="") as handle:
        return {row["code"]: row["tier"] for row in csv.DictReader(handle)}


@cache
def areas() -> dict[str, tuple[str, str]]:
    """Return name and two-letter code of each area by our code."""
    with (paths.codes() / "areas.csv").open(encoding="utf-8", newline="") as handle:
        return {row["iso"]: (row["name"], row["iso2"]) for row in csv.DictReader(handle)}


def area(iso: str, language: str) -> str:
    """Return the name of an area in a language; in English where there is no other."""
    name, short = areas().get(iso, (iso, ""))
    return Locale(language).territories.get(short, name) if language != "en" else name


def _blocks(held: Manifest) -> list[str]:
    return [str(path) for path in held.files("blocks")]
