"""Which way goods go: out of China, into it, or both ways; told from either side."""

from etl.reading.grammar.clauses import Clauses, Named
from etl.reading.grammar.lexicon import phrases, words
from etl.reading.grammar.partners import leads_from
from etl.reading.grammar.quantities import Quantity
from etl.reading.grammar.topics import CHINA, MONEY, PAIR

_GOODS = "goods"
_TO = words("directions_to")
_MIRRORED = {"out": "in", "in": "out"}


def flow(clauses: Clauses, number: int, quantity: Quantity, carried: str) -> str:
    """Return `out` (China's exports), `in` (China's imports) or `both` for a quantity."""
    first, last = clauses.bounds(number)
    words = clauses.tokens[first:last]
    if next(phrases("opposite").all(words), None):
        other = flow(clauses, number - 1, quantity, carried) if number else carried
        return _MIRRORED.get(other, other)
    bare = _bare(clauses, number, quantity)
    if bare:
        return bare
    for at in range(number, -1, -1):
        named = [x for x in clauses.within(clauses.flows, at) if _speaks(clauses, x)]
        chosen = _chosen(clauses, named, quantity)
        if chosen:
            return "both" if _is_sum(clauses, chosen, quantity) else way(clauses, chosen)
    return carried


def _is_sum(clauses: Clauses, named: Named, quantity: Quantity) -> bool:
    """Return whether a figure is of both ways: "imports and exports", "a combined $143bn"."""
    words = [token.low for token in clauses.tokens[max(0, quantity.start - 2) : quantity.start]]
    first, _ = clauses.bounds(clauses.of(quantity.start))
    led = [token.low for token in clauses.tokens[first : quantity.start]]
    if "combined" in words or "aggregate" in words or "sum" in led or "together" in led:
        return True
    before = [x for x in clauses.flows if x.end == named.start - 1]
    joined = bool(before) and clauses.tokens[named.start - 1].low == "and"
    return joined and {before[0].what, named.what} == {"in", "out"}


def _bare(clauses: Clauses, number: int, quantity: Quantity) -> str:
    """Return the way of "to Russia $8.3bn", "from Russia $8.8bn": only a country leads it."""
    if quantity.unit not in MONEY or clauses.within(clauses.flows, number):
        return ""
    for item in clauses.within(clauses.countries, number):
        led = clauses.tokens[item.start - 1].low if item.start else ""
        if item.what in PAIR and led in ("to", "from") and item.end == quantity.start:
            return "out" if (item.what == CHINA) == (led == "from") else "in"
    return ""


def way(clauses: Clauses, named: Named) -> str:
    """Return which way goods go by one word for it and the countries at it."""
    if named.what == "both":
        return "both"
    number = clauses.of(named.start)
    pair = [x for x in clauses.within(clauses.countries, number) if x.what in PAIR]
    if named.what == "out" and "between" in _words(clauses, number) and len(pair) > 1:
        return "both"
    behind = [x for x in pair if x.start >= named.end]
    led = clauses.tokens[named.end].low if named.end < len(clauses.tokens) else ""
    if behind and led in _TO:
        return "in" if behind[0].what == CHINA else "out"
    bound = [x for x in pair if x.end <= named.start and _is_bound(clauses, x)]
    if bound and named.what == "out" and named.start - bound[-1].end < 4:
        return "in" if bound[-1].what == CHINA else "out"
    comes = [x for x in behind if leads_from(clauses.tokens, x)]
    came = [x for x in pair if x.end == named.start and _comes_before(clauses, x)]
    if came:
        return "out" if came[0].what == CHINA else "in"
    goes = [x for x in behind if _leads_to(clauses, x)]
    actor = [x for x in pair if x.end <= named.start]
    if comes and (not actor or named.what != "in" or comes[0].start - named.end < 4):
        return "out" if comes[0].what == CHINA else "in"
    if goes and goes[0].start - named.end < 8:
        return "in" if goes[0].what == CHINA else "out"
    # when nobody is named, China's own exports and imports are told
    who = actor[-1].what if actor else CHINA
    leaves = named.what in ("out", _GOODS)
    return "out" if (who == CHINA) == leaves else "in"


def _is_bound(clauses: Clauses, item: Named) -> bool:
    """Return whether goods are bound for a country: "Russia-bound sales"."""
    following = [token.low for token in clauses.tokens[item.end : item.end + 2]]
    before = clauses.tokens[item.start - 1].low if item.start else ""
    return "bound" in following or before in ("对", "向")


def _comes_before(clauses: Clauses, item: Named) -> bool:
    """Return whether goods come from a country that stands before the word for it: 自俄进口."""
    return clauses.tokens[item.start - 1].low in ("自", "从") if item.start else False


def _chosen(clauses: Clauses, named: list[Named], quantity: Quantity) -> Named | None:
    before = [item for item in named if item.end <= quantity.start]
    behind = [item for item in named if item.start >= quantity.end]
    words = [token.low for token in clauses.tokens[quantity.end : quantity.end + 3]]
    if behind and ("what" in words or _is_of(clauses, quantity, behind[0])):
        return behind[0]
    return before[-1] if before else behind[0] if behind else None


def _is_of(clauses: Clauses, quantity: Quantity, named: Named) -> bool:
    """Return whether a flow stands right behind a figure: "$8.2bn in Chinese deliveries"."""
    words = [token.low for token in clauses.tokens[quantity.end : named.start]]
    if "and" in words or "while" in words:
        return False
    return 0 < len(words) <= 3 and words[0] in ("in", "of", "worth", "was", "were", "for", "as")


def _speaks(clauses: Clauses, item: Named) -> bool:
    """Goods say a direction only with a country at them: "Russian goods", "goods to Russia"."""
    if item.what != _GOODS:
        return True
    tokens = clauses.tokens
    for country in clauses.countries:
        if country.what in PAIR and country.end == item.start and not tokens[item.start - 1].owner:
            return True
        near = 0 < country.start - item.end <= 2
        if country.what in PAIR and near and tokens[country.start - 1].low in ("from", "to"):
            return True
    return False


def _leads_to(clauses: Clauses, item: Named) -> bool:
    words = [token.low for token in clauses.tokens[max(0, item.start - 2) : item.start]]
    following = clauses.tokens[item.end].low if item.end < len(clauses.tokens) else ""
    return bool(_TO & set(words)) or following == "bound"


def _words(clauses: Clauses, number: int) -> set[str]:
    first, last = clauses.bounds(number)
    return {token.low for token in clauses.tokens[first:last]}
