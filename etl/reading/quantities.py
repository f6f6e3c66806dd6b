"""The quantities of a sentence: value, bounds and unit, with what lists and ranges leave out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.reading import measures, numerals, ratios
from etl.reading.lexicon import phrases
from etl.reading.measures import Measure
from etl.reading.numerals import Numeral
from etl.reading.tokens import NUMBER, SIGN, WORD, Token

_JOINS = frozenset(("to", "-", "and", "or", ",", "through", "or to", "до", "и", "至", "到"))
_COMPARED = frozenset("from to against versus vs with than on at was of by or".split())
_AFTER_BARE = frozenset(
    "a an in the , . ; ) last year this one previously before for during at on earlier and to"
    " first same respectively through via under behind ahead fell was were came went from for by vs against with higher lower"
    " more less than respectively while but".split()
) | {""}
_BRING = frozenset("bring bringing brought raise raising lift lifting take boost boosting".split())
_TIMES_BEHIND = frozenset(
    "as more higher larger greater bigger faster lower less smaller the its what that over up"
    " earnings book sales stronger".split()
)


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


@dataclass(slots=True, frozen=True)
class _Raw:
    """A number with the unit that stands at it, if any."""

    number: Numeral | None
    ratio: ratios.Ratio | None
    measure: Measure | None
    start: int
    end: int
    sign: str = ""


@dataclass(slots=True, frozen=True)
class Unit:
    """The unit of the last level that a text told, with its scale; a bare "41 million" takes it."""

    measure: Measure
    scale: float


def quantities(tokens: Sequence[Token], told: Unit | None = None) -> list[Quantity]:
    """Return the quantities of a sentence from left to right; `told` is the last unit before."""
    raws = _with_borrowed(tokens, _raws(tokens), told)
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


def _raws(tokens: Sequence[Token]) -> list[_Raw]:
    found: list[_Raw] = []
    i = 0
    while i < len(tokens):
        raw = _raw(tokens, i)
        if raw:
            found.append(raw)
            i = max(raw.end, i + 1)
        else:
            i += 1
    return found


def _raw(tokens: Sequence[Token], i: int) -> _Raw | None:
    token = tokens[i]
    if token.kind == SIGN:
        return None
    ratio = ratios.ratio(tokens, i)
    if ratio:
        return _Raw(None, ratio, None, ratio.start, ratio.end)
    number = numerals.numeral(tokens, i)
    if number is None or _in_a_name(tokens, i) or _is_rate(tokens, number):
        return None
    start, sign = i, ""
    money = measures.before(tokens, i)
    if money:
        start = money[1]
    if start and tokens[start - 1].low in ("+", "-") and tokens[start].glued:
        if start == 1 or not tokens[start - 1].glued or tokens[start - 2].low == "(":
            sign, start = tokens[start - 1].low, start - 1
    if money:
        measure: Measure | None = measures.priced(tokens, money[0], number.end)
    else:
        measure = measures.behind(tokens, number.end)
        measure = measure if measure is None or _meant(tokens, number, measure) else None
        measure = _metric(tokens, number, _daily(tokens, i, measure)) if measure else None
    end = measure.end if measure else number.end
    return _Raw(number, None, measure, start, end, sign)


def _metric(tokens: Sequence[Token], number: Numeral, measure: Measure) -> Measure:
    """Read "mt" behind a million, or thousands of them, as metric tonnes and not as megatonnes."""
    last = tokens[measure.end - 1].low
    if last == "mt" and measure.factor == 1e6 and (number.scale > 1 or number.figure >= 2000):
        return replace(measure, factor=1.0)
    return measure


def _daily(tokens: Sequence[Token], i: int, measure: Measure) -> Measure:
    """Let "average daily supply amounted to 106.4 million cubic metres" be a rate a day."""
    if measure.per or measure.unit not in ("m3", "bbl"):
        return measure
    words = [token.low for token in tokens[max(0, i - 14) : i]]
    average = "daily" in words and words[words.index("daily") - 1] in ("average", "mean", "the")
    return replace(measure, per="d") if average and "," not in words else measure


def _meant(tokens: Sequence[Token], number: Numeral, measure: Measure) -> bool:
    """Return whether a unit behind a number is one: "three times a week" is no multiple."""
    if measure.unit == "x" and tokens[measure.end - 1].low != "x":
        word = tokens[measure.end - 1].low
        following = tokens[measure.end].low if measure.end < len(tokens) else ""
        if word in ("times", "раза", "раз"):
            return following in _TIMES_BEHIND or number.figure % 1 > 0 or _grew(tokens, number)
        return True
    if measure.counted:
        return not _is_year(tokens, number) and number.value % 1 in (0.0, 0.5)
    if measure.unit == "points":
        return _is_of_percent(tokens, number)
    last = tokens[measure.end - 1].low
    if last == "x":
        return tokens[measure.end - 1].glued and measure.end - number.end == 1
    one_letter = len(last) == 1 and last.isalpha()
    if one_letter and measure.end - number.end == 1:
        return (
            tokens[number.end].low in ("%", "т", "吨", "元", "桶")
            or number.scale > 1
            or (tokens[number.end].text == "t")
        )
    return True


def _is_rate(tokens: Sequence[Token], number: Numeral) -> bool:
    """ "One dollar" or "a yuan" is what an exchange rate is told for."""
    one = number.written == "words" and number.value == 1
    return one and phrases("currency").at(tokens, number.end) is not None


def _is_of_percent(tokens: Sequence[Token], number: Numeral) -> bool:
    """Points are percentage points where a percentage rose or fell by them."""
    return any(token.low in ("%", "percent", "pct") for token in tokens) and _grew(tokens, number)


def _grew(tokens: Sequence[Token], number: Numeral) -> bool:
    return bool(phrases("direction").before(tokens, number.start, 2))


def _in_a_name(tokens: Sequence[Token], i: int) -> bool:
    """Return whether a number belongs to a word before it: Arc7, PoS-2, G20."""
    token = tokens[i]
    if token.kind != NUMBER or not token.glued or i == 0:
        return False
    before = tokens[i - 1]
    if before.kind == WORD:
        return measures.before(tokens, i) is None and before.low < "㐀"
    if before.low in ("/", ":", "№", "#", "."):
        return True
    if before.low == "-" and before.glued and i > 1:
        earlier = tokens[i - 2]
        return earlier.kind == WORD and measures.before(tokens, i) is None and earlier.low < "а"
    return False


def _is_year(tokens: Sequence[Token], number: Numeral) -> bool:
    text = tokens[number.start].text
    return number.scale == 1 and len(text) == 4 and text.isdigit() and 1900 <= int(text) < 2100


def _with_borrowed(tokens: Sequence[Token], raws: list[_Raw], told: Unit | None) -> list[_Raw]:
    """Give bare numbers of a list, a range or a comparison the unit that is said once."""
    done = list(raws)
    for i in range(len(done) - 2, -1, -1):
        raw, following = done[i], done[i + 1]
        join = _join(tokens, raw, following)
        if join and raw.number and following.number and following.measure:
            done[i] = _sharing(tokens, raw, following, join)
    for i in range(1, len(done)):
        raw, previous = done[i], done[i - 1]
        joined = _join(tokens, previous, raw) in ("-", "to", "and")
        if raw.measure is None and raw.number and joined and _is_money(previous.measure):
            number = previous.number
            if number and number.scale == 1 and raw.number.scale > 1 and number.figure < 1000:
                done[i - 1] = replace(previous, number=replace(number, scale=raw.number.scale))
            measure = measures.priced(tokens, previous.measure.unit, raw.end)
            done[i] = replace(raw, measure=measure, end=measure.end)
            done[i - 1] = replace(done[i - 1], measure=replace(measure, end=previous.measure.end))
            continue
        if raw.measure is None and raw.number and _compares(tokens, raw):
            earlier = _like(raw, done[:i], tokens[raw.start - 1].low == "by")
            if earlier and earlier.number and earlier.measure:
                scale = earlier.number.scale if raw.number.scale == 1 else raw.number.scale
                number = replace(raw.number, scale=scale)
                done[i] = replace(raw, number=number, measure=earlier.measure)
    return [_of_told(tokens, raw, done[:i], told) for i, raw in enumerate(done)]


def _of_told(tokens: Sequence[Token], raw: _Raw, earlier: list[_Raw], told: Unit | None) -> _Raw:
    """Give a bare "41 million" the unit of what was told before, here or in the text."""
    number = raw.number
    if raw.measure or number is None or number.scale < 1e6 or not _ends_there(tokens, raw):
        return raw
    money = _money_of(tokens, raw)
    if money and number.scale >= 1e9:
        return replace(raw, measure=Measure(money, 1.0, "", raw.end))
    like = _like(raw, earlier, by=False)
    if like and like.measure:
        return replace(raw, measure=replace(like.measure, end=raw.end))
    if told and told.scale == number.scale:
        return replace(raw, measure=replace(told.measure, end=raw.end))
    return raw


def _ends_there(tokens: Sequence[Token], raw: _Raw) -> bool:
    following = tokens[raw.end].low if raw.end < len(tokens) else ""
    return following in _AFTER_BARE


def last_unit(tokens: Sequence[Token], before: Unit | None) -> Unit | None:
    """Return the unit of the last level of a sentence, or the one before."""
    for raw in reversed(_raws(tokens)):
        if raw.measure and raw.number and raw.measure.unit not in ("%", "pp", "x", "bp", "points"):
            if raw.number.scale >= 1e6:
                return Unit(raw.measure, raw.number.scale)
    return before


def _is_money(measure: Measure | None) -> bool:
    return measure is not None and len(measure.unit) == 3 and measure.unit.isupper()


def _money_of(tokens: Sequence[Token], raw: _Raw) -> str:
    """Return the currency that a sentence is told in: "in yuan terms, … to 1.28 trillion"."""
    named = [money for money, start, _ in phrases("currency").all(tokens) if start < raw.start]
    return str(named[-1]) if named else ""


def _join(tokens: Sequence[Token], raw: _Raw, following: _Raw) -> str:
    """Return the word that joins two numbers when nothing else stands between them."""
    between = [token.low for token in tokens[raw.end : following.start]]
    if between == [",", "and"] or between == [",", "or"]:
        return "and"
    if following.sign == "-" and not between:
        return "-"
    if between in (["of", "the"], ["of", "its"]) and raw.number and raw.number.scale > 1:
        return "of"
    return between[0] if len(between) == 1 and between[0] in _JOINS else ""


def _sharing(tokens: Sequence[Token], raw: _Raw, following: _Raw, join: str) -> _Raw:
    """Let a number take scale and unit of the one it is joined to, where it has none."""
    number, other, unit = raw.number, following.number, following.measure
    if number is None or other is None or unit is None:
        return raw
    if raw.measure is None:
        if _is_year(tokens, number) or _named(tokens, raw, join):
            return raw
        if number.scale > 1 and unit.unit in ("%", "pp", "x"):
            return raw
        share = number.scale == 1 and number.figure < 1000 * max(1.0, other.figure)
        share = share and not (number.figure >= 1000 > other.figure)
        number = replace(number, scale=other.scale) if share else number
        return replace(raw, number=number, measure=unit)
    same = raw.measure.unit == unit.unit and len(raw.measure.unit) == 3
    if same and number.scale == 1 and other.scale > 1 and number.figure < 1000:
        return replace(raw, number=replace(number, scale=other.scale), measure=unit)
    return raw


def _named(tokens: Sequence[Token], raw: _Raw, join: str) -> bool:
    """A number behind a name belongs to it: "Train 3 and 5 Mt"."""
    if join not in ("and", ",") or raw.start == 0:
        return False
    before = tokens[raw.start - 1]
    if phrases("country").before(tokens, raw.start, 3):
        return False
    return before.kind == WORD and before.capital and before.low not in ("from", "between")


def _compares(tokens: Sequence[Token], raw: _Raw) -> bool:
    """A bare number in a comparison: "up from 8.2 a year earlier", "against 107 in 2022"."""
    number = raw.number
    if number is None or number.written != "digits" or _is_year(tokens, number):
        return False
    before = tokens[raw.start - 1].low if raw.start else ""
    skipped = phrases("bound").before(tokens, raw.start)
    if skipped:
        before = tokens[skipped[1] - 1].low if skipped[1] else ""
    following = tokens[raw.end].low if raw.end < len(tokens) else ""
    return before in _COMPARED and following in _AFTER_BARE and not _is_date(tokens, raw)


def _is_odd(tokens: Sequence[Token], raw: _Raw) -> bool:
    """Return whether "-odd" stands behind a number: 30-odd bcm."""
    if raw.number is None:
        return False
    return any(token.low == "odd" for token in tokens[raw.number.end - 1 : raw.number.end])


def _is_phrasal(tokens: Sequence[Token], at: int) -> bool:
    """Return whether "over" or "up to" belongs to a verb: hand over $17bn."""
    before = tokens[at - 1].low if at else ""
    if tokens[at].low == "up":
        return before in ("added", "adding", "adds", "add", "gone", "went", "go", "moved", "went")
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


def _is_date(tokens: Sequence[Token], raw: _Raw) -> bool:
    return raw.end < len(tokens) and tokens[raw.end].low in ("january", "st", "nd", "rd", "th")


def _like(raw: _Raw, earlier: list[_Raw], by: bool) -> _Raw | None:
    """Return the nearest earlier number that this one may be compared with; `by`, a change."""
    for other in reversed(earlier):
        if other.measure is None or other.number is None or raw.number is None:
            continue
        if raw.number.scale > 1 and other.number.scale != raw.number.scale:
            continue
        if (other.measure.unit in ("%", "pp", "x", "bp")) != by:
            continue
        ratio = raw.number.figure / other.number.figure if other.number.figure else 0.0
        return other if 0.1 < ratio < 10 else None
    return None


def _is_range(tokens: Sequence[Token], raw: _Raw, following: _Raw) -> bool:
    """A dash, "between … and", "ranging from … to" make a range; "from … to" two figures."""
    join = _join(tokens, raw, following)
    if not join or raw.number is None or following.number is None:
        return False
    if raw.measure is None or following.measure is None:
        return False
    if raw.measure.unit != following.measure.unit:
        return False
    if _amount(raw) >= _amount(following):
        return False
    before = [token.low for token in tokens[max(0, raw.start - 3) : raw.start]]
    last = before[-1] if before else ""
    if join in ("-", "至", "到"):
        return True
    if join in ("to", "до", "or to"):
        own = raw.measure.end <= raw.end
        if own and (last == "by" or _grew(tokens, raw.number)):
            return False
        return "from" not in before[-2:] and last != "с" or "ranging" in before or "range" in before
    return join == "and" and last == "between"


def _amount(raw: _Raw) -> float:
    return raw.number.value * raw.measure.factor if raw.number and raw.measure else 0.0


def _range(tokens: Sequence[Token], raw: _Raw, following: _Raw) -> Quantity:
    shared = following.measure
    if raw.number is None or following.number is None or shared is None:
        raise ValueError("a range has two numbers and a unit")
    high, unit = measures.scaled(following.number.value, shared)
    low, low_unit = measures.scaled(raw.number.value, replace(shared, factor=_factor(raw, shared)))
    if low_unit != unit:
        low = raw.number.value * shared.factor * high / (following.number.value * shared.factor)
    return Quantity(None, low, high, "range", unit, raw.start, following.end, join="range")


def _factor(raw: _Raw, shared: Measure) -> float:
    return raw.measure.factor if raw.measure else shared.factor


def _single(tokens: Sequence[Token], raw: _Raw, previous: _Raw | None) -> Quantity:
    if raw.ratio:
        value, unit = raw.ratio.value, raw.ratio.unit
    elif raw.number and raw.measure:
        value, unit = measures.scaled(raw.number.value, raw.measure)
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
        join=_join(tokens, previous, raw) if previous else "",
        borrowed=raw.end == (raw.number.end if raw.number else -1),
    )
