"""Whose figure a quantity is: of the pair Russia and China, or of a third country."""

from collections.abc import Sequence

from etl.reading.grammar.clauses import Clauses, Named
from etl.reading.grammar.lexicon import words
from etl.reading.grammar.quantities import Quantity
from etl.reading.grammar.tokens import Token
from etl.reading.grammar.topics import CHINA, GAS, MONGOLIA, PAIR, RUSSIA

# a country behind these is what is compared with, not whose figure it is
_FROM = words("partners_from")
_BESIDE = words("partners_beside")
_LINKS = words("partners_links")


def country(clauses: Clauses, number: int, quantity: Quantity, carried: str) -> str:
    """Return the third country whose figure a quantity is, else RUS, CHN or ""."""
    named = [x for x in clauses.countries if not _is_way(x, quantity)]
    touching = _touching(clauses, named, quantity)
    if touching:
        return touching
    buyer = ""
    whose = _whose(clauses, named, number)
    if whose:
        return whose
    if carried not in ("", *PAIR) and _is_its_share(clauses, number):
        return carried
    for at in range(number, -1, -1):
        if at < number and _is_aside(clauses, at):
            continue
        found = [x for x in clauses.within(named, at) if not _beside(clauses.tokens, x)]
        if found and (buyer or {x.what for x in found} != {CHINA}):
            return _owner(clauses, found, quantity)
        buyer = buyer or (CHINA if found else "")
    if buyer:
        return buyer
    if carried and carried not in PAIR:
        later = [x for x in named if x.what in PAIR and x.start >= quantity.end]
        return "" if later else carried
    return ""


def _is_its_share(clauses: Clauses, number: int) -> bool:
    """Return whether a clause goes on about the share of who was spoken of: "its share in …"."""
    first, last = clauses.bounds(number)
    words_ = [token.low for token in clauses.tokens[first : min(last, first + 6)]]
    return "share" in words_ and bool({"its", "their"} & set(words_))


def _whose(clauses: Clauses, named: list[Named], number: int) -> str:
    """Return a country that a clause goes on about: "Saudi Arabia, whose supplies were …"."""
    first, _ = clauses.bounds(number)
    if number == 0 or not _is_aside(clauses, number):
        return ""
    return next((x.what for x in named if x.end == first and x.what not in PAIR), "")


def _is_aside(clauses: Clauses, number: int) -> bool:
    """Return whether a clause only says more of a name: ", which imports Russian gas,"."""
    first, last = clauses.bounds(number)
    return any(
        token.low in ("which", "who", "whose")
        for token in clauses.tokens[first : min(last, first + 2)]
    )


def leads_from(tokens: Sequence[Token], item: Named) -> bool:
    """Return whether goods come from a country: "from Russia", "of Russian"."""
    words = [token.low for token in tokens[max(0, item.start - 3) : item.start]]
    return bool(_FROM & set(words)) or (bool(words) and words[-1] == "of")


def _is_way(item: Named, quantity: Quantity) -> bool:
    """Mongolia is where a gas pipe runs through, not a partner."""
    return item.what == MONGOLIA and quantity.unit in GAS


def _touching(clauses: Clauses, named: list[Named], quantity: Quantity) -> str:
    """Return a country right before a quantity: "Indonesia with 44%", "and Russia 31 bcm"."""
    for item in reversed(named):
        gap = [token.low for token in clauses.tokens[item.end : quantity.start]]
        if item.end > quantity.start:
            continue
        if gap and gap[0] in _LINKS:
            gap = gap[1:]
        return item.what if not gap and _alone(clauses.tokens, item) else ""
    return ""


def _alone(tokens: Sequence[Token], item: Named) -> bool:
    """A country that goods come from or go to touches what follows by chance."""
    before = tokens[item.start - 1].low if item.start else ""
    return before not in _BEFORE_ANOTHER


_BEFORE_ANOTHER = words("partners_before_another")


def _beside(tokens: Sequence[Token], item: Named) -> bool:
    at = item.start - 1
    for _ in range(3):
        if at < 0 or item.what in PAIR:
            return False
        if tokens[at].low in _BESIDE:
            return True
        if tokens[at].low not in ("the", "of", "rivals", "in", "from", "did", "that", "supplier"):
            return False
        at -= 1
    return False


def _owner(clauses: Clauses, found: list[Named], quantity: Quantity) -> str:
    foreign = [item for item in found if item.what not in PAIR]
    if not foreign:
        return found[0].what if len({x.what for x in found}) == 1 else ""
    if not any(item.what == CHINA for item in found) and _is_buyer(clauses, foreign[0], found):
        return foreign[0].what
    behind = [item for item in found if item.start >= quantity.end]
    near = behind and behind[0].start - quantity.end <= 6
    if near and leads_from(clauses.tokens, behind[0]) and behind[0].what != CHINA:
        return behind[0].what
    before = [item for item in found if item.end <= quantity.start] or found
    kinds = {item.what for item in before}
    if RUSSIA in kinds and CHINA in kinds:
        last = [item for item in before if item.what != CHINA]
        return last[-1].what
    foreign = [item for item in before if item.what not in PAIR]
    return foreign[-1].what if foreign else next(iter(kinds))


def _is_buyer(clauses: Clauses, foreign: Named, found: list[Named]) -> bool:
    """Return whether a third country buys what is Russian: "Germany got Russian coal"."""
    russian = [x for x in found if x.what == RUSSIA]
    before = clauses.tokens[foreign.start - 1].low if foreign.start else ""
    if before in ("to", "with"):
        return bool(russian)
    listed = before == "," and any(x.end == foreign.start - 1 for x in found)
    behind = any(x.start > foreign.end for x in russian)
    return behind and before not in ("from", "and") and not listed
