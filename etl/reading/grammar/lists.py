"""Lists told in one order: "Russia and Malaysia … 10.8 and 4.2 million tonnes"."""

from collections.abc import Sequence
from itertools import pairwise

from etl.reading.grammar.clauses import Named
from etl.reading.grammar.lexicon import words
from etl.reading.grammar.quantities import Quantity
from etl.reading.grammar.tokens import Token

_BETWEEN = words("lists_between")


def place(quantities: Sequence[Quantity], number: int) -> tuple[int, int]:
    """Return the place of a quantity in its list and the length of the list; 0 of 1 for none."""
    first = number
    while quantities[first].join in ("and", ",") and first:
        first -= 1
    last = number
    while last + 1 < len(quantities) and quantities[last + 1].join in ("and", ","):
        last += 1
    return number - first, last - first + 1


def list_of(
    tokens: Sequence[Token], named: Sequence[Named], length: int, before: int
) -> list[Named] | None:
    """Return the last list of so many things that stand together before a token, or None."""
    found = [item for item in named if item.end <= before]
    for last in range(len(found), length - 1, -1):
        some = found[last - length : last]
        if all(_joined(tokens, a, b) for a, b in pairwise(some)):
            return some
    return None


def _joined(tokens: Sequence[Token], first: Named, second: Named) -> bool:
    between = [token.low for token in tokens[first.end : second.start]]
    return bool(between) and len(between) < 4 and all(word in _BETWEEN for word in between)
