"""What can be set beside each other: the indicators of a build, and the units that they come in."""

import json
from dataclasses import dataclass

import duckdb

from desk.rows import records
from desk.sql import statement

# of these no sum, no growth and no index says anything
ORDINAL = ("rank",)
# only these add up: prices, rates and shares do not
ADDITIVE = ("value", "volume", "count")
# nor do amounts that may be negative: what is left of two, what a price or a volume alone changed
DIFFERENCES = ("difference", "price_effect", "volume_effect")
# growth of a rate of growth or of a share in per cent is read as points by everybody
IN_PERCENT = ("growth", "share")
BILLION = 1e9
TAKEN = (
    *("id", "topic", "product", "measure", "basis", "unit"),
    *("reporter", "partner", "flow", "hs", "formula"),
)
_MONEY = "money_"


@dataclass(frozen=True)
class Entry:
    """An indicator: whose count of what it is, the units that it is known in.

    It is `offered` where more than one period of a kind is known.
    """

    id: str
    title: str
    short: str
    topic: str
    product: str
    measure: str
    basis: str
    reporter: str
    partner: str
    flow: str
    hs: str
    formula: str
    unit: str
    units: tuple[str, ...]
    offered: bool


@dataclass(frozen=True)
class Unit:
    """A unit of measurement: `factor` converts to the base of its dimension."""

    id: str
    dimension: str
    factor: float
    symbol: str

    @property
    def currency(self) -> str:
        """Return the currency of an amount of money, nothing for any other unit."""
        return self.dimension.removeprefix(_MONEY).upper() if self._money else ""

    @property
    def _money(self) -> bool:
        return self.dimension in {f"{_MONEY}{name}" for name in ("usd", "cny", "rub", "eur")}


def indicators(
    con: duckdb.DuckDBPyConnection, language: str, names: tuple[str, ...] | None = None
) -> dict[str, Entry]:
    """Return some indicators by id, or all in the order in which to offer them."""
    return {
        row["id"]: Entry(
            title=row[f"title_{language}"],
            short=row[f"short_{language}"],
            units=tuple(row["units"]),
            offered=row["offered"],
            **{key: row[key] or "" for key in TAKEN},
        )
        for row in records(
            con.execute(statement("comparable"), {"names": list(names) if names else None})
        )
    }


def units(con: duckdb.DuckDBPyConnection, language: str) -> dict[str, Unit]:
    """Return every unit by id."""
    return {
        row["id"]: Unit(row["id"], row["dimension"], row["factor"], row[f"symbol_{language}"])
        for row in records(con.execute("FROM unit"))
    }


def reaches(entry: Entry, unit: str, known: dict[str, Unit]) -> bool:
    """Return whether an indicator has a line that converts to a unit by a factor alone."""
    return any(known[own].dimension == known[unit].dimension for own in entry.units)


def units_for(entries: list[Entry], asked: str, currency: str, known: dict[str, Unit]) -> list[str]:
    """Return the unit of each indicator: the one asked for, else one in use, else its own.

    Money that will be told in a currency stays in its own unit until then.
    """
    used: list[str] = []
    for entry in entries:
        wanted = [*([asked] if asked in known else []), *used]
        own = entry.unit if entry.unit in entry.units else next(iter(entry.units), entry.unit)
        if currency and known[own].currency:
            wanted = []
        used.append(next((unit for unit in wanted if reaches(entry, unit, known)), own))
    return used


def choices(entries: list[Entry], known: dict[str, Unit]) -> list[str]:
    """Return the units that a reader may ask for: those of which some indicator has two or more.

    Money is left out: its switch is the currency.
    """
    found: dict[str, None] = {}
    for entry in entries:
        own = [unit for unit in entry.units if not known[unit].currency]
        if len({known[unit].dimension for unit in own}) > 1:
            found |= dict.fromkeys(own)
    return list(found)


def adds(entry: Entry) -> bool:
    """Return whether an indicator is an amount that can be a part of a sum."""
    op = json.loads(entry.formula)["op"] if entry.formula else ""
    return entry.measure in ADDITIVE and op not in DIFFERENCES


def contains(whole: Entry, part: Entry) -> bool:
    """Return whether one amount holds another: all goods some, the world a partner, a total a flow.

    Two of the same goods, partner and flow hold each other: they are counts of one thing.
    """
    if whole.id == part.id or (whole.measure, whole.reporter) != (part.measure, part.reporter):
        return False
    return (
        _holds_goods(whole, part)
        and whole.partner in (part.partner, "W00")
        and whole.flow in (part.flow, "total")
    )


def _holds_goods(whole: Entry, part: Entry) -> bool:
    # coal holds steam_coal, which has no code of its own in what customs publish
    if whole.product == part.product or part.product.endswith(f"_{whole.product}"):
        return True
    if whole.hs == "TOTAL":
        return True
    codes = tuple(filter(None, whole.hs.split("+")))
    held = list(filter(None, part.hs.split("+")))
    return bool(codes and held) and all(code.startswith(codes) for code in held)
