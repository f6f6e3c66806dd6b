"""The finer indicator of the catalogue: another supplier, a value, a total, a grade."""

from collections.abc import Mapping, Sequence

from etl.entries import Catalog
from etl.reading.grammar.changes import Change
from etl.reading.grammar.lexicon import phrases
from etl.reading.grammar.linking import Subject
from etl.reading.grammar.quantities import Quantity
from etl.reading.grammar.tokens import Token
from etl.reading.grammar.topics import GAS, MASS, MONEY, OIL, RUSSIA, TRADE

WORLD = "W00"
Index = Mapping[tuple[str, str, str], str]
_COUNTED_BY = "china_customs"


def index(entries: Catalog) -> dict[tuple[str, str, str], str]:
    """Return what China's customs count, by goods, partner and measure; the first listed wins."""
    found: dict[tuple[str, str, str], str] = {}
    for entry in entries.indicators.values():
        counted = entry.basis == _COUNTED_BY and entry.reporter == "CHN" and not entry.formula
        if counted and entry.flow == "M" and entry.measure in ("value", "volume", "share"):
            found.setdefault((entry.product, entry.partner, entry.measure), entry.id)
    return found


def finer(own: Index, said: Subject, quantity: Quantity, change: Change | None) -> str | None:
    """Return the id of the line that a quantity lies on, or None where none is kept."""
    if said.topic.product == TRADE or (change is not None and change.against == "vs"):
        return None
    partner = said.topic.country if said.foreign else WORLD if said.total else RUSSIA
    return own.get((said.topic.product, partner, _measure(said, quantity, change)))


def _measure(said: Subject, quantity: Quantity, change: Change | None) -> str:
    if quantity.unit in MONEY or said.topic.told == "money":
        return "value"
    if quantity.unit in (*MASS, *OIL, *GAS) or change is not None:
        return "volume"
    return "share" if quantity.unit == "%" else ""


def terms(
    tokens: Sequence[Token], quantities: Sequence[Quantity], number: int, change: Change | None
) -> str | None:
    """Return the currency that growth is told in: that of the nearest sum, or "in yuan terms"."""
    if change is None or quantities[number].unit not in ("%", "x"):
        return None
    sums = [q for q in quantities if q.unit in ("USD", "CNY")]
    if sums:
        return min(sums, key=lambda q: abs(q.start - quantities[number].start)).unit
    named = [money for money, _, _ in phrases("currency").all(tokens) if money in ("USD", "CNY")]
    told = any(token.low in ("terms", "выражении", "计价") for token in tokens)
    return str(named[0]) if named and told else None
