"""What a change is measured against: on the year, on the month, from the previous quarter."""

from collections.abc import Sequence

from etl.reading.lexicon import phrases
from etl.reading.quantities import Quantity
from etl.reading.tokens import Token


def against(tokens: Sequence[Token], quantity: Quantity, limit: int = 10**9, begin: int = 0) -> str:
    """Return what a change is measured against, yoy where nothing else is said."""
    last = min(_clause_end(tokens, quantity.end), limit)
    first = max(_clause_begin(tokens, quantity.start), begin)
    behind = [found for found, at, _ in phrases("change").all(tokens[quantity.start : last])]
    if behind:
        return str(behind[0])
    before = [found for found, at, _ in phrases("change").all(tokens[first : quantity.start])]
    return str(before[-1]) if before else ""


def _clause_end(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) and tokens[at].low not in (";", ",", "while", "but", "whereas"):
        at += 1
    return at


def _clause_begin(tokens: Sequence[Token], at: int) -> int:
    while at > 0 and tokens[at - 1].low not in (";", "while", "but", "whereas"):
        at -= 1
    return at
