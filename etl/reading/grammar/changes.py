"""Whether a quantity is a level or a change, which way it went, and against what."""

from collections.abc import Sequence
from dataclasses import dataclass

from etl.reading.grammar.bases import against
from etl.reading.grammar.lexicon import phrases, words
from etl.reading.grammar.quantities import Quantity
from etl.reading.grammar.tokens import Token, low

RELATIVE = ("%", "pp", "bp", "x")


# words that may stand between a verb and its figure
_SKIPPED = words("changes_skipped")


_COPULA = words("changes_copula")


_AFTER = words("changes_after")


_MOST_AFTER = 6


@dataclass(slots=True, frozen=True)
class Change:
    """What a change is measured against (yoy mom qoq since vs) and where it went."""

    against: str
    direction: str | None


def change(
    tokens: Sequence[Token],
    quantities: Sequence[Quantity],
    number: int,
    earlier: Sequence[Change | None],
) -> Change | None:
    """Return the change that a quantity states, or None for a level.

    `earlier` is what the quantities before it state: the second of a list shares it.
    """
    quantity = quantities[number]
    before = earlier[-1] if earlier else None
    if quantity.unit == "x":
        return _multiple(tokens, quantity)
    direction = _direction(tokens, quantity)
    joined = quantity.join in ("and", ",", "or") and before is not None
    if direction is None and joined and quantities[number - 1].unit == quantity.unit:
        direction = before.direction if before else None
    if direction is None and quantity.unit == "%" and before and _from_before(tokens, quantity):
        direction = before.direction
    if direction is None and quantity.unit == "%" and _left_out(tokens, quantity):
        last = [item for item in earlier if item]
        direction = last[-1].direction if last else None
    if direction is None and _leads_a_list(quantities, number):
        direction = _direction(tokens, quantities[number + 1])
    if direction is None and _or_so_much(tokens, quantities, number) and before:
        direction = before.direction
    if direction is None:
        return None
    following = quantities[number + 1 : number + 2]
    limit = following[0].start if following and following[0].join != "and" else len(tokens)
    if following and following[0].join == "and" and following[0].unit != quantity.unit:
        limit = following[0].start
    first = quantities[number - 1].end if number and quantity.join != "and" else 0
    return Change(against(tokens, quantity, limit, first), direction)


def _from_before(tokens: Sequence[Token], quantity: Quantity) -> bool:
    """Return whether a rate is where another came from: "growth slowed to 1.9% from 26.3%"."""
    return low(tokens, quantity.start - 1) == "from"


def _left_out(tokens: Sequence[Token], quantity: Quantity) -> bool:
    """Return whether a verb is left out: "and purchases 5.3% to $31bn", "and Australia's 7%"."""
    owner = quantity.start > 0 and tokens[quantity.start - 1].owner
    return owner or low(tokens, quantity.end) == "to"


def _leads_a_list(quantities: Sequence[Quantity], number: int) -> bool:
    """Return whether the next figure is joined in one unit: "14% and 22% less"."""
    if number + 1 >= len(quantities) or quantities[number].unit not in RELATIVE:
        return False
    following = quantities[number + 1]
    return following.join in ("and", ",") and following.unit == quantities[number].unit


def _multiple(tokens: Sequence[Token], quantity: Quantity) -> Change:
    direction = quantity.direction
    last = tokens[quantity.end - 1].low
    if direction is None:
        behind = [token.low for token in tokens[quantity.end : quantity.end + 3]]
        before = _verb(tokens, quantity.start, 3)
        comparing = behind[:1] in (["as"], ["the"], ["what"], ["that"], ["its"])
        if before:
            direction = before[0]
        elif last in ("times", "fold") and behind[:1] in (["more"], ["higher"], ["up"]):
            direction = "up"
        elif last == "fold":
            direction = _noun_behind(tokens, quantity.end) or "up"
        if comparing and not before:
            level = behind[0] != "as" and any(word == "of" for word in behind)
            level = level or any(word.isdigit() and len(word) == 4 for word in behind)
            found = _compared_multiple(tokens, quantity)
            up = "up" if (quantity.value or 0) > 1 else "down"
            return Change(found, up if level or found != "vs" else None)
    return Change(against(tokens, quantity), direction)


def _compared_multiple(tokens: Sequence[Token], quantity: Quantity) -> str:
    """Twice as much as India is against something else; as a year earlier, on the year."""
    found = against(tokens, quantity)
    behind = [token.low for token in tokens[quantity.end : quantity.end + 12]]
    if any(word in ("earlier", "ago", "before") for word in behind):
        return found
    return "vs"


def _direction(tokens: Sequence[Token], quantity: Quantity) -> str | None:
    price = "/" in quantity.unit and quantity.unit[:3] in ("USD", "CNY", "EUR", "RUB")
    if quantity.sign and price:
        return None
    if quantity.sign:
        return "down" if quantity.sign == "-" else "up"
    verb = _verb(tokens, quantity.start, 5)
    relative = quantity.unit in RELATIVE
    small = quantity.unit in ("USD", "CNY", "RUB", "EUR") and quantity.magnitude < 1e6
    if verb and not relative and (small or _is_phrasal(tokens, verb[2])):
        verb = None
    if verb:
        direction, manner, at = verb
        if relative and manner != "compared":
            return direction
        if not relative and manner in ("verb", "noun", "up"):
            words = [token.low for token in tokens[at + 1 : quantity.start]]
            flow = "/" in quantity.unit and quantity.unit not in ("mb/d", "b/d")
            named = manner == "noun" and low(tokens, at - 1) in _ARTICLES
            if "by" in words or named or (not flow and _gained(tokens, at, quantity)):
                return direction
    if low(tokens, quantity.start - 1) == "by" and quantity.start > 1 and not verb:
        earlier = _last_verb(tokens, quantity.start)
        if earlier:
            return earlier
    if price:
        return None
    said = _behind(tokens, quantity, relative)
    if said:
        return said
    return _growth_was(tokens, quantity, relative)


def _gained(tokens: Sequence[Token], at: int, quantity: Quantity) -> bool:
    """A verb that takes an amount without "by": gained $4bn, up 3 Mt, shed $5bn on the year."""
    if tokens[at].low in ("up", "down", "rose", "fell", "grew", "increased"):
        return True
    following = low(tokens, quantity.end)
    return following in ("compared", "on", "from", "than", "year", "y", "versus", "against")


def _is_phrasal(tokens: Sequence[Token], at: int) -> bool:
    """Return whether "up" belongs to a verb that tells no rise: soak up, take up."""
    if tokens[at].low != "up" or not at:
        return False
    before = tokens[at - 1]
    return before.kind == "word" and before.low not in ("was", "were", "is", "are", "and", "also")


def _last_verb(tokens: Sequence[Token], end: int) -> str | None:
    """Return the direction of a verb further back: "declined to $203bn from $222bn, by 8.7%"."""
    for at in range(end - 1, max(-1, end - 25), -1):
        if tokens[at].low in (";", "while", "but"):
            return None
        found = phrases("direction").at(tokens, at)
        noun = tokens[at].low in ("growth", "increase", "decrease", "decline", "reduction")
        if found and (found[0][1] in ("verb", "over") or noun):
            return str(found[0][0])
    return None


def _verb(tokens: Sequence[Token], end: int, most: int) -> tuple[str, str, int] | None:
    """Return direction, manner and place of a word of change that leads to token `end`."""
    at = end - 1
    for _ in range(most):
        if at < 0:
            return None
        found = phrases("direction").before(tokens, at + 1, 2)
        if found and at and tokens[at].low == "up" and tokens[at - 1].low in _MADE:
            return None
        if found and not (found[0][1] == "compared" and tokens[at].low in ("more", "less")):
            (direction, manner), start = found
            return direction, manner, start
        if tokens[at].low not in _SKIPPED:
            return None
        at -= 1
    return None


def _behind(tokens: Sequence[Token], quantity: Quantity, relative: bool) -> str | None:
    """Return the direction said behind: 4.3% higher, a 5% year-on-year drop, 8% less."""
    for at in range(quantity.end, min(quantity.end + _MOST_AFTER, len(tokens))):
        found = phrases("direction").at(tokens, at)
        if found and found[0][1] == "up" and at == quantity.end and relative:
            return str(found[0][0])
        if found and found[0][1] in ("compared", "noun"):
            word = tokens[at].low
            if not relative and found[0][1] == "noun":
                return str(found[0][0]) if at == quantity.end else None
            if not relative and at > quantity.end:
                return None
            if not relative and word in ("above", "below", "more", "less", "higher", "lower"):
                said = word in ("higher", "lower") or _compares(tokens, found[1])
                return str(found[0][0]) if said else None
            return str(found[0][0])
        if found and found[0][1] == "verb" and tokens[at].low in ("rise", "fall", "growing"):
            return str(found[0][0])
        if tokens[at].low not in _AFTER:
            break
    if relative and _against_said(tokens, quantity):
        return "up"
    return None


def _noun_behind(tokens: Sequence[Token], end: int) -> str | None:
    for at in range(end, min(end + 3, len(tokens))):
        found = phrases("direction").at(tokens, at)
        if found:
            return str(found[0][0])
    return None


def _compares(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].low in ("than", "the", "last", "year", "a", "its")


def _against_said(tokens: Sequence[Token], quantity: Quantity) -> bool:
    """Return whether "year on year" and the like stand right behind a percentage."""
    at = quantity.end + (low(tokens, quantity.end) in ("(", ","))
    found = phrases("change").at(tokens, at)
    return bool(found) and not _leads_to_level(tokens, quantity.start)


def _leads_to_level(tokens: Sequence[Token], start: int) -> bool:
    return low(tokens, start - 1) in ("to", "at")


def _growth_was(tokens: Sequence[Token], quantity: Quantity, relative: bool) -> str | None:
    """Return the direction of "growth was 5%", "the increase over 2023 was $4.6 billion"."""
    at = quantity.start - 1
    if low(tokens, at) == "," and low(tokens, at - 1) in ("rate", "growth", "increase"):
        at -= 1 + (low(tokens, at - 1) == "rate")
        found = phrases("direction").at(tokens, at)
        return str(found[0][0]) if found else None
    if low(tokens, at) not in _COPULA:
        return None
    while at >= 0 and tokens[at].low in _COPULA:
        at -= 1
    for back in range(at, max(-1, at - 7), -1):
        word = tokens[back].low
        if word in (",", ";", ":", "(", ")"):
            return None
        found = phrases("direction").at(tokens, back)
        if found and found[0][1] == "noun" and (relative or low(tokens, back - 1) in _ARTICLES):
            return str(found[0][0])
        if found:
            return None
    return None


_MADE = words("changes_made")


_ARTICLES = words("changes_articles")


def _or_so_much(tokens: Sequence[Token], quantities: Sequence[Quantity], number: int) -> bool:
    """Return whether a quantity says the one before again: "$4.6 billion, or 1.9%"."""
    if not number:
        return False
    first, second = quantities[number - 1].end, quantities[number].start
    between = [token.low for token in tokens[first:second]]
    return between in (["or"], [",", "or"], ["("], [",", "i", ".", "e", "."])
