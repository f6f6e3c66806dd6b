"""What kind of statement a quantity is: actual, target, forecast, capacity, negated and so on."""

from collections.abc import Sequence

from etl.reading.grammar.lexicon import phrases, words
from etl.reading.grammar.quantities import Quantity
from etl.reading.grammar.tokens import Token

# the first that is said wins; an estimate says least
_ORDER = (
    "hypothetical",
    "unconfirmed",
    "negated",
    "target",
    "forecast",
    "capacity",
    "estimate",
)
# said behind a figure, they speak of all that stands before: ", analysts reckon"
_TRAILING = words("kinds_trailing")
_REACH = {
    "negated": 8,
    "forecast": 16,
    "target": 16,
    "capacity": 10,
    "estimate": 12,
    "unconfirmed": 24,
    "hypothetical": 40,
}
_HARD = words("kinds_hard")
_SAID = words("kinds_said")
_OPENS = words("kinds_opens")
# goods moved by the year are what a line is built or contracted for
_YEARLY = ("bcm/yr", "m3/yr", "Mt/yr", "t/yr")


def kind(tokens: Sequence[Token], quantity: Quantity, quantities: Sequence[Quantity]) -> str:
    """Return the kind of a quantity."""
    first, last = _reach(tokens, quantity)
    said = set()
    for what, start, _ in phrases("kind").everywhere(tokens[first:last]):
        start += first
        if tokens[start].text == "May":
            continue
        if start < quantity.end:
            if quantity.start - start <= _REACH.get(what, 12) and _bears_on(
                tokens, what, start, quantity, quantities
            ):
                said.add(what)
        elif (
            (what in _TRAILING and _is_trailing(tokens, start, quantities))
            or (what in ("target", "capacity") and start - quantity.end <= 1)
            or (what == "negated" and start - quantity.end <= 2 and tokens[start].low != "missed")
            or what == "hypothetical"
            or _is_passive(tokens, what, start, quantity)
        ):
            said.add(what)
    if _puts_a_case(tokens, first):
        said = {"hypothetical"}
    if "hypothetical" in said and not _conditional(tokens, first, last):
        said.discard("hypothetical")
    if _is_from(tokens, quantity, quantities):
        said -= {"target", "forecast"}
    if quantity.unit in _YEARLY and not _foreseen(tokens[first:last]):
        said.discard("forecast")
    for what in _ORDER:
        if what in said:
            return what
    if quantity.unit in _YEARLY:
        return "capacity"
    if any(
        token.low == "would" for token in tokens[max(first, quantity.start - 10) : quantity.start]
    ):
        # what somebody said would come is foreseen; a bare "would" puts a case
        return "forecast" if any(token.low in _SAID for token in tokens) else "hypothetical"
    return "actual"


def _puts_a_case(tokens: Sequence[Token], first: int) -> bool:
    """Return whether a sentence begins with "should" or "were": should the strait reopen …"""
    begins = [at for at in range(min(4, len(tokens))) if not at or tokens[at - 1].low in _OPENS]
    return first <= 4 and any(tokens[at].low in ("should", "were") for at in begins)


def _reach(tokens: Sequence[Token], quantity: Quantity) -> tuple[int, int]:
    """Return the part of the sentence, between hard breaks, that a quantity stands in."""
    first, last = quantity.start, quantity.end
    while first > 0 and tokens[first - 1].low not in _HARD:
        first -= 1
    while last < len(tokens) and tokens[last].low not in _HARD:
        last += 1
    return first, last


def _bears_on(
    tokens: Sequence[Token],
    what: str,
    start: int,
    quantity: Quantity,
    quantities: Sequence[Quantity],
) -> bool:
    """Return whether a word before a quantity speaks of it and not of one in between."""
    if what in ("hypothetical", "unconfirmed"):
        return True
    between = [other for other in quantities if start < other.start < quantity.start]
    broken = any(token.low in (",", "(") for token in tokens[start : quantity.start])
    if what == "negated":
        return not between
    if between and what == "estimate":
        return not broken
    if between and (broken or what in ("target", "capacity")):
        return quantity.join in ("and", "to", "-", "or") and not broken
    words = {token.low for token in tokens[max(0, start - 6) : start]}
    leading = what == "estimate" and bool(words & {"according", "by", "on"})
    return not broken or what == "forecast" or leading


def _foreseen(tokens: Sequence[Token]) -> bool:
    """Return whether more than "will" or "should" makes a yearly amount a forecast."""
    return any(
        what == "forecast" and end - start + len(tokens[start].low) > 7
        for what, start, end in phrases("kind").everywhere(tokens)
    )


def _is_from(tokens: Sequence[Token], quantity: Quantity, quantities: Sequence[Quantity]) -> bool:
    """Return whether a level is where a rise begins: "raise supplies from 38 to 44 bcm"."""
    before = tokens[quantity.start - 1].low if quantity.start else ""
    following = [other for other in quantities if other.start >= quantity.end]
    return before == "from" and bool(following) and following[0].join in ("to", "")


def _is_trailing(tokens: Sequence[Token], start: int, quantities: Sequence[Quantity]) -> bool:
    """Return whether a word stands in the last clause: "…, the operator reckons"."""
    at = start
    if any(quantity.start > start for quantity in quantities):
        return False
    while at > 0 and tokens[at - 1].low != ",":
        at -= 1
    rest = [token.low for token in tokens[start:]]
    return at > 0 and start - at <= 6 and "," not in rest and len(rest) <= 8


def _is_passive(tokens: Sequence[Token], what: str, start: int, quantity: Quantity) -> bool:
    """Return whether a figure is foreseen behind it: "39 bcm are expected in 2025"."""
    near = start - quantity.end <= 8 and what in ("forecast", "target")
    before = tokens[start - 1].low
    between = [token.low for token in tokens[quantity.end : start]]
    return near and before in ("is", "are", "was", "were") and "," not in between


def _conditional(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Return whether the sentence puts a case: if … would, were … to, could."""
    words = {token.low for token in tokens[first:last]}
    if _puts_a_case(tokens, first):
        return True
    return bool(words & {"would", "could", "might", "will", "may", "can"}) or "were" in words
