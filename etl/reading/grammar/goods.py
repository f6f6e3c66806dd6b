"""Which goods a quantity is of: named at it, in its sentence, or spoken of before."""

from collections.abc import Sequence

from etl.reading.grammar import directions
from etl.reading.grammar.clauses import Clauses, Named
from etl.reading.grammar.lexicon import phrases, words
from etl.reading.grammar.quantities import Quantity
from etl.reading.grammar.tokens import Token
from etl.reading.grammar.topics import COUNTED, GAS, MASS, MONEY, OIL, OTHER, PAIR, TRADE

_TRADE_NOUNS = words("goods_trade_nouns")
_GENERIC = frozenset(("gas", "natural gas"))
_LEVELS = words("goods_levels")
_LEAST_TRADE = 5e10
_GOODS = ("crude", "coal", "lng", "pipeline_gas", "pos2", "other_gas", OTHER)


def product(clauses: Clauses, number: int, quantity: Quantity, carried: str, changing: bool) -> str:
    """Return the goods of a quantity in clause `number`; `carried` is what was spoken of before."""
    own = _fitting(clauses, number, quantity)
    chosen = _nearest(clauses.tokens, own, quantity)
    if chosen:
        return _settled(clauses, chosen.what, own)
    for at in [*range(number - 1, -1, -1)]:
        found = _fitting(clauses, at, quantity)
        if found:
            return _settled(clauses, found[-1].what, found)
    trade = _trade(clauses, quantity, carried, changing)
    if trade and (carried not in _GOODS or _of_the_pair(clauses, carried)):
        return trade
    vague = carried == OTHER and by_unit(quantity.unit) != ""
    cold = carried == "lng" and quantity.unit in GAS
    if carried and _fits(carried, quantity.unit) and not vague and not cold:
        return carried
    for at in range(number + 1, len(clauses.starts)):
        found = _fitting(clauses, at, quantity)
        if found:
            return _settled(clauses, found[0].what, found)
    return trade or by_unit(quantity.unit)


def _of_the_pair(clauses: Clauses, carried: str) -> bool:
    """Return whether a sentence leaves the goods spoken of for trade: "China's sales to Russia"."""
    named = {x.what for x in clauses.countries} & set(PAIR)
    if not clauses.flows or not named or (carried != OTHER and len(named) < 2):
        return False
    # energy does not go from China to Russia
    return carried == OTHER or directions.way(clauses, clauses.flows[0]) == "out"


def by_unit(unit: str) -> str:
    """Return the goods that are measured in a unit when nothing names them."""
    if unit in ("bcm", "bcm/yr", "mcm", "mcm/d"):
        return "pipeline_gas"
    if unit == "cargo":
        return "lng"
    return "crude" if unit in OIL else ""


def is_single(clauses: Clauses, number: int) -> bool:
    """Return whether a clause, or one before it, speaks of one ship or cargo."""
    _, last = clauses.bounds(number)
    return next(phrases("single").all(clauses.tokens[:last]), None) is not None


def _trade(clauses: Clauses, quantity: Quantity, carried: str, changing: bool) -> str:
    """Exports and imports of nothing named are trade, and so is a milestone of many billions."""
    if quantity.unit not in (*MONEY, "%", "x", "pp"):
        return ""
    if any(token.low in _TRADE_NOUNS for token in clauses.tokens) or clauses.flows:
        return TRADE
    at = quantity.end
    word = clauses.tokens[at].low if at < len(clauses.tokens) else ""
    if not carried and changing and not clauses.products and not clauses.countries:
        return TRADE
    milestone = word in _LEVELS and quantity.magnitude >= _LEAST_TRADE
    return TRADE if milestone and quantity.unit in MONEY else ""


def _fitting(clauses: Clauses, number: int, quantity: Quantity) -> list[Named]:
    """Return the goods named in a clause that can be measured in the unit of a quantity."""
    found = [x for x in clauses.within(clauses.products, number) if _fits(x.what, quantity.unit)]
    special = [x for x in found if not _is_generic(clauses, x)]
    goods = [x for x in special if x.what != TRADE]
    return goods or special or found


def _is_generic(clauses: Clauses, item: Named) -> bool:
    """Plain "gas" says less than a route or LNG named in the same sentence."""
    words = " ".join(token.low for token in clauses.tokens[item.start : item.end])
    if words not in _GENERIC:
        return False
    return any(x.what in ("pos2", "other_gas", "lng") for x in clauses.products)


def _settled(clauses: Clauses, what: str, found: list[Named]) -> str:
    """A settlement of trade is a settlement."""
    kinds = {item.what for item in found}
    if what == TRADE and any(x.what == "settlement" for x in clauses.products):
        return "settlement"
    return "settlement" if "settlement" in kinds and what == TRADE else what


def _nearest(tokens: Sequence[Token], found: list[Named], quantity: Quantity) -> Named | None:
    """Return what is named right behind ("of coal"), else last before, else first behind."""
    behind = [item for item in found if item.start >= quantity.end]
    before = [item for item in found if item.end <= quantity.start]
    inside = [item for item in found if quantity.start <= item.start < quantity.end]
    if inside:
        return inside[0]
    if behind and behind[0].start - quantity.end <= 3 and _is_of(tokens, quantity, behind[0]):
        return behind[0]
    if before:
        return before[-1]
    return behind[0] if behind and not _is_cause(tokens, quantity, behind[0]) else None


def _is_of(tokens: Sequence[Token], quantity: Quantity, item: Named) -> bool:
    """Return whether goods belong to the figure before them: nothing new begins in between."""
    return not any(t.low in ("and", ",", ";", "while") for t in tokens[quantity.end : item.start])


def _is_cause(tokens: Sequence[Token], quantity: Quantity, item: Named) -> bool:
    """Return whether goods behind a figure only explain it: "on higher copper purchases"."""
    words = {token.low for token in tokens[quantity.end : item.start]}
    return item.start - quantity.end > 1 and bool(words & {"on", "amid", "thanks", "despite", "as"})


def _fits(what: str, unit: str) -> bool:
    """Return whether goods can be measured in a unit."""
    if unit in OIL or unit == "USD/bbl":
        return what in ("crude", "price", OTHER)
    if unit in GAS:
        return what in ("pipeline_gas", "pos2", "other_gas", "lng", OTHER)
    if unit in MASS or unit == "Mt/yr":
        return what in ("crude", "coal", "lng", "machine_tools", "semiconductors", OTHER)
    if unit in COUNTED:
        return what in ("lng", "crude", "coal", OTHER)
    if unit in MONEY:
        return what not in ("settlement", "other_gas")
    return what != "other_gas"
