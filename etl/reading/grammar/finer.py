"""The finer indicator of the catalogue: another supplier, a value, a total, a grade."""

from collections.abc import Sequence
from dataclasses import dataclass

from etl.entries import Catalog
from etl.reading.grammar.changes import Change
from etl.reading.grammar.lexicon import Phrases, phrases
from etl.reading.grammar.linking import Subject
from etl.reading.grammar.quantities import Quantity
from etl.reading.grammar.tokens import Token
from etl.reading.grammar.topics import GAS, MASS, MONEY, OIL, RUSSIA, TRADE

WORLD = "W00"
_COUNTED_BY = "china_customs"
_MEASURES = ("value", "volume", "share")


@dataclass(frozen=True)
class Catalogued:
    """What the catalogue adds to the words of the grammar.

    `lines` has the ids by goods, partner and measure, `aliases` the ids by how articles word them,
    `measures` the measure of each.
    """

    lines: dict[tuple[str, str, str], str]
    aliases: Phrases[str]
    measures: dict[str, str]


def catalogued(entries: Catalog) -> Catalogued:
    """Return what China's customs count, the first listed of each kind, and all aliases."""
    lines: dict[tuple[str, str, str], str] = {}
    aliases: dict[str, str] = {}
    for entry in entries.indicators.values():
        if entry.measure not in _MEASURES or entry.formula:
            continue
        if entry.basis == _COUNTED_BY and entry.reporter == "CHN" and entry.flow == "M":
            lines.setdefault((entry.product, entry.partner, entry.measure), entry.id)
        for phrase in (alias for listed in entry.aliases.values() for alias in listed):
            aliases.setdefault(phrase, entry.id)
    measures = {entry.id: entry.measure for entry in entries.indicators.values()}
    return Catalogued(lines, Phrases(aliases), measures)


def finer(own: Catalogued, said: Subject, quantity: Quantity, change: Change | None) -> str | None:
    """Return the id of the line that a quantity lies on, or None where none is kept."""
    if said.topic.product == TRADE or (change is not None and change.against == "vs"):
        return None
    partner = said.topic.country if said.foreign else WORLD if said.total else RUSSIA
    return own.lines.get((said.topic.product, partner, _measure(said, quantity, change)))


def worded(
    own: Catalogued,
    tokens: Sequence[Token],
    said: Subject,
    quantity: Quantity,
    change: Change | None,
) -> str | None:
    """Return the id whose alias a sentence has, where the grammar knows none of its goods."""
    if said.topic.product or said.foreign or said.total:
        return None
    measure = _measure(said, quantity, change)
    for found, _, _ in own.aliases.all(tokens):
        if own.measures[found] == measure:
            return found
    return None


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
