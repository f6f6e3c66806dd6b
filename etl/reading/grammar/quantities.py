"""The quantities of a sentence: value, bounds and unit; ranges, lists and what bounds them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.reading.grammar import measures
from etl.reading.grammar.amounts import Amount, amounts, grew
from etl.reading.grammar.borrowing import Unit, join, with_borrowed
from etl.reading.grammar.lexicon import phrases, words
from etl.reading.grammar.measures import Measure
from etl.reading.grammar.tokens import Token

_ADD = words("quantities_add")
_BRING = words("quantities_bring")


@dataclass(slots=True, frozen=True)
class Quantity:
    """A quantity from token `start` to before `end`; value, low and high in `unit`.

    `figure` and `scale` are kept as printed; `sign` is a printed plus or minus; `joined` says that
    it closes a list or range with the one before; `direction` is what a multiple says by itself.
    """

    value: float | None
    low: float | None
    high: float | None
    bound: str
    unit: str
    start: int
    end: int
    sign: str = ""
    direction: str | None = None
    ratio: str = ""
    join: str = ""
    borrowed: bool = False

    @property
    def magnitude(self) -> float:
        """Return one number for it: the value or the middle of a range."""
        if self.value is not None:
            return self.value
        return ((self.low or 0.0) + (self.high or 0.0)) / 2


def quantities(tokens: Sequence[Token], told: Unit | None = None) -> list[Quantity]:
    """Return the quantities of a sentence from left to right; `told` is the last unit before."""
    raws = with_borrowed(tokens, amounts(tokens), told)
    found: list[Quantity] = []
    i = 0
    while i < len(raws):
        raw = raws[i]
        following = raws[i + 1] if i + 1 < len(raws) else None
        if raw.measure is None and raw.ratio is None:
            i += 1
            continue
        if following and _is_range(tokens, raw, following):
            found.append(_range(tokens, raw, following))
            i += 2
            continue
        found.append(_single(tokens, raw, raws[i - 1] if i else None))
        i += 1
    return found


def _is_odd(tokens: Sequence[Token], raw: Amount) -> bool:
    """Return whether "-odd" stands behind a number: 30-odd bcm."""
    if raw.number is None:
        return False
    return any(token.low == "odd" for token in tokens[raw.number.end - 1 : raw.number.end])


def _is_phrasal(tokens: Sequence[Token], at: int) -> bool:
    """Return whether "over" or "up to" belongs to a verb: hand over $17bn."""
    before = tokens[at - 1].low if at else ""
    if tokens[at].low == "about":
        return before in ("talks", "talk", "asked", "doubts", "reports", "question", "questions")
    if tokens[at].low == "up":
        return phrases("direction").before(tokens, at, 1) is not None or before in _ADD
    return tokens[at].low == "over" and before in (
        "hand",
        "handed",
        "hands",
        "took",
        "turned",
        "all",
    )


def _brought(tokens: Sequence[Token], at: int) -> bool:
    """Return whether something is brought up to a figure, rather than being up to it."""
    return any(token.low in _BRING for token in tokens[max(0, at - 4) : max(0, at - 1)])


def _is_range(tokens: Sequence[Token], raw: Amount, following: Amount) -> bool:
    """A dash, "between … and", "ranging from … to" make a range; "from … to" two figures."""
    joined = join(tokens, raw, following)
    if not joined or raw.number is None or following.number is None:
        return False
    if raw.measure is None or following.measure is None:
        return False
    if raw.measure.unit != following.measure.unit:
        return False
    if _size(raw) >= _size(following):
        return False
    before = [token.low for token in tokens[max(0, raw.start - 3) : raw.start]]
    last = before[-1] if before else ""
    if joined in ("-", "至", "到"):
        return True
    if joined in ("to", "до"):
        own = raw.measure.end <= raw.end
        if own and (last == "by" or grew(tokens, raw.number)):
            return False
        led = last in ("from", "с") or ("from" in before[-2:] and last != "the")
        return not led or "ranging" in before or "range" in before
    return joined == "and" and last == "between"


def _size(raw: Amount) -> float:
    return raw.number.value * raw.measure.factor if raw.number and raw.measure else 0.0


def _range(tokens: Sequence[Token], raw: Amount, following: Amount) -> Quantity:
    shared = following.measure
    if raw.number is None or following.number is None or shared is None:
        raise ValueError("a range has two numbers and a unit")
    high, unit = measures.scaled(following.number.value, shared, following.number.scale)
    own = replace(shared, factor=_factor(raw, shared))
    low, low_unit = measures.scaled(raw.number.value, own, raw.number.scale)
    if low_unit != unit:
        low = raw.number.value * shared.factor * high / (following.number.value * shared.factor)
    return Quantity(None, low, high, "range", unit, raw.start, following.end, join="range")


def _factor(raw: Amount, shared: Measure) -> float:
    return raw.measure.factor if raw.measure else shared.factor


def _single(tokens: Sequence[Token], raw: Amount, previous: Amount | None) -> Quantity:
    if raw.ratio:
        value, unit = raw.ratio.value, raw.ratio.unit
    elif raw.number and raw.measure:
        value, unit = measures.scaled(raw.number.value, raw.measure, raw.number.scale)
    else:
        raise ValueError("a quantity has a number and a unit")
    start, end, bound = raw.start, raw.end, "="
    found = phrases("bound").before(tokens, start)
    behind = phrases("bound_after").at(tokens, end)
    if end - start > 1 and _is_odd(tokens, raw):
        bound = "~"
    elif found and not _is_phrasal(tokens, found[1]):
        bound, start = found
        if tokens[start].low == "up" and _brought(tokens, start):
            bound = "="
    elif behind:
        bound, end = behind
    elif end < len(tokens) and tokens[end].low == "+" and tokens[end].glued:
        bound, end = ">", end + 1
    return Quantity(
        value=value,
        low=value if bound in ("=", ">") else None,
        high=value if bound in ("=", "<") else None,
        bound=bound,
        unit=unit,
        start=start,
        end=end,
        sign=raw.sign,
        direction=raw.ratio.direction if raw.ratio else None,
        ratio=raw.ratio.word if raw.ratio else "",
        join=join(tokens, previous, raw) if previous else "",
        borrowed=raw.end == (raw.number.end if raw.number else -1),
    )
