"""How a level stands in its sentence: as a base of comparison, or at one end of some years."""

from collections.abc import Sequence

from etl.reading.grammar.calendar import Span
from etl.reading.grammar.lexicon import words
from etl.reading.grammar.quantities import Quantity
from etl.reading.grammar.tokens import Token

_AGAINST = words("dating_level_against")


def is_compared(tokens: Sequence[Token], quantity: Quantity) -> bool:
    """Return whether a level is what another is measured against: up from 8.2."""
    at = quantity.start - 1
    while at >= 0 and tokens[at].low in ("the", "a", "about", "some", "just"):
        at -= 1
    word = tokens[at].low if at >= 0 else ""
    if word in ("with", "to"):
        return at > 0 and tokens[at - 1].low in ("compared", "comparison", "relative")
    return word in _AGAINST


def ends(
    tokens: Sequence[Token], quantities: Sequence[Quantity], span: Span | None, quantity: Quantity
) -> tuple[int | None, int | None]:
    """Return which end of a span of years a level belongs to: from 15.5 … to 19.6."""
    if (
        span is None
        or span.end.year == span.start.year
        or (span.start.month, span.end.month) != (1, 12)
    ):
        return None, None
    word = tokens[quantity.start - 1].low if quantity.start else ""
    if word == "from":
        return span.start.year, None
    before = [tokens[q.start - 1].low for q in quantities if 0 < q.start < quantity.start]
    if word == "to" and "from" in before:
        return span.start.year, span.end.year
    return None, None
