"""Which indicator a quantity speaks of: goods, pair of countries, direction, unit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.reading.grammar import directions, goods, lists, partners
from etl.reading.grammar.changes import Change
from etl.reading.grammar.clauses import Clauses
from etl.reading.grammar.lexicon import phrases, words
from etl.reading.grammar.quantities import Quantity
from etl.reading.grammar.topics import (
    CHINA,
    COUNTED,
    GAS,
    MASS,
    MONEY,
    MONGOLIA,
    OIL,
    OTHER,
    PAIR,
    RELATIVE,
    RUSSIA,
    TRADE,
    Topic,
)

_FITS = {
    "crude": (*MASS, *OIL, "Mt/yr"),
    "coal": (*MASS, "Mt/yr"),
    "lng": (*MASS, *COUNTED, "Mt/yr"),
    "pipeline_gas": GAS,
    "pos2": GAS,
}
_VOLUMES = {
    "crude": "crude_ru_cn_volume",
    "coal": "coal_ru_cn_volume",
    "lng": "lng_ru_cn_volume",
    "pipeline_gas": "pipeline_gas_ru_cn_volume",
    "pos2": "pos2_capacity",
}
_SHARES = {
    "crude": "crude_ru_cn_share",
    "coal": "coal_ru_cn_share",
    "machine_tools": "machine_tools_share",
    "semiconductors": "semiconductors_share",
    "settlement": "settlement_share_local_ccy",
}
_FLOWS = {"both": "trade_total", "out": "exports_cn_to_ru", "in": "imports_cn_from_ru"}
# the ids that a claim may carry; others are finer ids of the catalogue
IDS = frozenset((*_VOLUMES.values(), *_SHARES.values(), *_FLOWS.values(), "crude_ru_cn_value"))
# goods that everybody trades: without Russia named they are not the pair's
_ANYBODYS = ("crude", "coal", "lng")
# less is a price, a fee or a rate
_LEAST_MONEY = 1e6
_IMPORTS = words("linking_imports")


@dataclass(slots=True, frozen=True)
class Subject:
    """What one quantity speaks of; `total` is of all countries, `outward` Russia's own share."""

    topic: Topic
    total: bool
    outward: bool

    @property
    def foreign(self) -> bool:
        """Return whether it is a third country's figure."""
        return self.topic.country not in ("", *PAIR)


def subject(
    clauses: Clauses,
    quantities: Sequence[Quantity],
    changes: Sequence[Change | None],
    place: int,
    carried: Topic,
) -> Subject:
    """Return what a quantity speaks of: said in its clause, else nearby, else before."""
    quantity = quantities[place]
    number = clauses.of(quantity.start)
    found = Topic(
        goods.product(clauses, number, quantity, carried.product, changes[place] is not None),
        partners.country(clauses, number, quantity, carried.country),
        directions.flow(clauses, number, quantity, carried.flow),
        _told(clauses, quantities, changes, place),
        _paired(clauses, carried),
    )
    found = _in_order(clauses, quantities, place, found)
    found = _as_said(clauses, number, quantity, found)
    return Subject(found, _is_total(clauses, quantity, found), _is_outward(clauses, quantity))


def indicator(said: Subject, quantity: Quantity, change: Change | None, price: bool) -> str:
    """Return the id of CONTRACT.md that a quantity speaks of, or `other`."""
    unit, product = quantity.unit, said.topic.product
    if (
        said.foreign
        or price
        or said.topic.told == "price"
        or (change and change.against == "vs" and change.direction is None)
    ):
        return OTHER
    if (change is None and unit == "%") or unit in ("pp", "bp"):
        if said.outward and product not in ("machine_tools", "semiconductors", "settlement"):
            return OTHER
        return _SHARES.get(product, OTHER)
    if said.total:
        return OTHER
    if product == TRADE and unit in (*MONEY, "%", "x"):
        return _FLOWS[said.topic.flow or "both"]
    if product not in _FITS or (product in _ANYBODYS and not said.topic.paired):
        return OTHER
    if unit in MONEY or (unit in RELATIVE and said.topic.told == "money"):
        return "crude_ru_cn_value" if product == "crude" else OTHER
    return _VOLUMES[product] if unit in (*_FITS[product], "%", "x") else OTHER


def _paired(clauses: Clauses, carried: Topic) -> bool:
    """Return whether Russia is named, or was before."""
    return carried.paired or any(x.what == RUSSIA for x in clauses.countries)


def _as_said(clauses: Clauses, number: int, quantity: Quantity, found: Topic) -> Topic:
    """Settle what the words together mean."""
    product, country = found.product, found.country
    kinds = {x.what for x in clauses.countries}
    if product == "foreign_trade":
        product = TRADE if RUSSIA in kinds else OTHER
    if product == "pipeline_gas" and MONGOLIA in kinds:
        product = "pos2"
    if goods.is_single(clauses, number) and quantity.unit not in RELATIVE:
        product = OTHER
    if _is_made(clauses, number) and product in _FITS:
        product = OTHER
    named = any(x.what == product for x in clauses.products)
    if product in ("machine_tools", "semiconductors") and named and not _is_supply(clauses):
        product = OTHER
    if quantity.unit in MONEY and quantity.magnitude < _LEAST_MONEY:
        product = OTHER
    return replace(found, product=product, country=country)


def _told(
    clauses: Clauses,
    quantities: Sequence[Quantity],
    changes: Sequence[Change | None],
    place: int,
) -> str:
    """Return whether a change is one of "money" or of a "price": told beside such a figure."""
    if changes[place] is None or quantities[place].unit not in RELATIVE:
        return ""
    if place + 1 < len(quantities) and changes[place + 1] is None:
        following = quantities[place + 1]
        between = clauses.tokens[quantities[place].end : following.start]
        if len(between) < 12 and any(token.low == "to" for token in between[-3:]):
            return _kind_of(following)
    levels = [quantities[at] for at in range(place) if changes[at] is None]
    if levels and quantities[place].start - levels[-1].end < 8:
        return _kind_of(levels[-1])
    first, last = clauses.bounds(clauses.of(quantities[place].start))
    return "money" if next(phrases("cost").all(clauses.tokens[first:last]), None) else ""


def _kind_of(level: Quantity) -> str:
    if "/" in level.unit and level.unit[:3] in MONEY:
        return "price"
    return "money" if level.unit in MONEY else ""


def _in_order(clauses: Clauses, quantities: Sequence[Quantity], place: int, found: Topic) -> Topic:
    """Give the second figure of a list the second of the goods, countries or flows listed."""
    at, length = lists.place(quantities, place)
    first = quantities[place - at].start
    tokens = clauses.tokens
    words = [token.low for token in tokens[max(0, first - 4) : quantities[place].end]]
    if length == 1 and ("former" in words or "latter" in words):
        at, length, first = int("latter" in words), 2, quantities[place].start
    if length == 1:
        return found
    product, country, flow = found.product, found.country, found.flow
    countries = lists.list_of(tokens, clauses.countries, length, first)
    if countries is None and ("former" in words or "latter" in words):
        countries = [x for x in clauses.countries if x.what != CHINA][-length:]
    if countries and {x.what for x in countries} != set(PAIR):
        country = countries[at].what
    listed = lists.list_of(tokens, clauses.products, length, first)
    if listed and len({x.what for x in listed}) == length:
        product = listed[at].what
    flows = lists.list_of(tokens, clauses.flows, length, first)
    if flows is None and any(token.low == "respectively" for token in tokens):
        told = [x for x in clauses.flows if x.end <= first and x.what in ("in", "out")]
        flows = told[-length:] if len({x.what for x in told[-length:]}) == length else None
    if flows:
        flow = directions.way(clauses, flows[at])
    return replace(found, product=product, country=country, flow=flow)


def _is_made(clauses: Clauses, number: int) -> bool:
    """Return whether a clause tells of what is made, used or stored at home."""
    first, last = clauses.bounds(number)
    tokens = clauses.tokens[first:last]
    trading = clauses.within(clauses.flows, number)
    return not trading and next(phrases("making").all(tokens), None) is not None


# ---- totals and shares


def _is_supply(clauses: Clauses) -> bool:
    """Return whether a sentence says who supplies whom."""
    tokens = clauses.tokens
    if clauses.flows or any(partners.leads_from(tokens, x) for x in clauses.countries):
        return True
    return any(next(phrases(name).all(tokens), None) for name in ("supply", "share"))


def _is_total(clauses: Clauses, quantity: Quantity, found: Topic) -> bool:
    """Return whether a figure is from or to everywhere: no Russia, but "all" or an importer."""
    number = clauses.of(quantity.start)
    if found.product == TRADE:
        everywhere = next(phrases("everywhere").all(clauses.tokens), None)
        chinese = any(x.what == CHINA for x in clauses.countries) and _total_of(clauses, number)
        named = any(x.what == RUSSIA for x in clauses.countries)
        return (everywhere is not None or chinese) and not named
    if found.product not in ("crude", "coal", "lng", "pipeline_gas"):
        return False
    if any(x.what == RUSSIA for x in clauses.within(clauses.countries, number)):
        exported = any(x.what == "out" for x in clauses.flows) and _total_of(clauses, number)
        return exported and not any(x.what == CHINA for x in clauses.countries)
    first, last = clauses.bounds(number)
    while first and not clauses.within(clauses.countries, clauses.of(first)):
        first = clauses.bounds(clauses.of(first) - 1)[0]
    everywhere = next(phrases("everywhere").all(clauses.tokens[first:last]), None)
    if everywhere or _total_of(clauses, number):
        return True
    if any(x.what == RUSSIA for x in clauses.countries) or found.country == RUSSIA:
        return False
    return _is_importer(clauses) and any(x.what == found.product for x in clauses.products)


def _total_of(clauses: Clauses, number: int) -> bool:
    """Return whether "total" stands before imports or goods: "total Chinese crude imports"."""
    first, last = clauses.bounds(number)
    for at in range(first, last):
        if clauses.tokens[at].low in ("total", "overall", "aggregate", "combined"):
            near = range(at + 1, at + 6)
            if any(x.start in near for x in (*clauses.products, *clauses.flows)):
                return True
    return False


def _is_importer(clauses: Clauses) -> bool:
    """Return whether China alone imports: "China's coal imports", "China bought 543 Mt"."""
    chinese = [x for x in clauses.countries if x.what == CHINA]
    for item in clauses.flows:
        imports = item.what == "in" and clauses.tokens[item.start].low in _IMPORTS
        if imports and any(0 <= item.start - x.end < 5 for x in chinese):
            return True
    return False


def _is_outward(clauses: Clauses, quantity: Quantity) -> bool:
    """Return whether a share is one of Russia's own goods: "two-thirds of Russian coal"."""
    tokens = clauses.tokens
    if quantity.end >= len(tokens) or tokens[quantity.end].low not in ("of", "share"):
        return False
    return any(
        quantity.end < item.start <= quantity.end + 4 and item.what == RUSSIA
        for item in clauses.countries
    )
