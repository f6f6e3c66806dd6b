"""The numbers of a sentence with the units that stand at them; what is no figure is left out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.reading.grammar import measures, numerals, ratios
from etl.reading.grammar.lexicon import phrases, words
from etl.reading.grammar.measures import Measure
from etl.reading.grammar.numerals import Numeral
from etl.reading.grammar.tokens import NUMBER, SIGN, WORD, Token

_TIMES_BEHIND = words("amounts_times_behind")


@dataclass(slots=True, frozen=True)
class Amount:
    """A number with the unit that stands at it, if any."""

    number: Numeral | None
    ratio: ratios.Ratio | None
    measure: Measure | None
    start: int
    end: int
    sign: str = ""


def amounts(tokens: Sequence[Token]) -> list[Amount]:
    """Return the numbers of a sentence from the left."""
    found: list[Amount] = []
    i = 0
    while i < len(tokens):
        raw = _amount_at(tokens, i)
        if raw:
            found.append(raw)
            i = max(raw.end, i + 1)
        else:
            i += 1
    return found


def _amount_at(tokens: Sequence[Token], i: int) -> Amount | None:
    token = tokens[i]
    if token.kind == SIGN:
        return None
    ratio = ratios.ratio(tokens, i)
    if ratio:
        return Amount(None, ratio, None, ratio.start, ratio.end)
    number = numerals.numeral(tokens, i)
    if number is None or _in_a_name(tokens, i) or _is_rate(tokens, number):
        return None
    start, sign = i, ""
    money = measures.before(tokens, i)
    if money:
        start = money[1]
    if start and tokens[start - 1].low in ("+", "-") and tokens[start].glued:
        free = start == 1 or not tokens[start - 1].glued or tokens[start - 2].low == "("
        sign, start = (tokens[start - 1].low, start - 1) if free else ("", start)
    if money:
        measure: Measure | None = measures.priced(tokens, money[0], number.end)
    else:
        measure = measures.behind(tokens, number.end)
        if measure and _is_of_next(tokens, number, measure):
            measure = None
        measure = measure if measure is None or _meant(tokens, number, measure) else None
        measure = _metric(tokens, number, _daily(tokens, i, measure)) if measure else None
    end = measure.end if measure else number.end
    return Amount(number, None, measure, start, end, sign)


def _metric(tokens: Sequence[Token], number: Numeral, measure: Measure) -> Measure:
    """Read "mt" behind a million, or thousands of them, as metric tonnes and not as megatonnes."""
    if (
        tokens[number.end].low == "mt"
        and measure.factor == 1e6
        and (number.scale > 1 or number.figure >= 2000)
    ):
        return replace(measure, factor=1.0)
    return measure


def _daily(tokens: Sequence[Token], i: int, measure: Measure) -> Measure:
    """Let "average daily supply amounted to 106.4 million cubic metres" be a rate a day."""
    if measure.per or measure.unit not in ("m3", "bbl"):
        return measure
    words = [token.low for token in tokens[max(0, i - 14) : i]]
    average = "daily" in words and words[words.index("daily") - 1] in ("average", "mean", "the")
    return replace(measure, per="d") if average and "," not in words else measure


def _is_of_next(tokens: Sequence[Token], number: Numeral, measure: Measure) -> bool:
    """Return whether a currency stands before the next number: "11M CNY1.46tn"."""
    money = len(measure.unit) == 3 and measure.unit.isupper()
    following = tokens[measure.end] if measure.end < len(tokens) else None
    return money and following is not None and following.kind == NUMBER and following.glued


def _meant(tokens: Sequence[Token], number: Numeral, measure: Measure) -> bool:
    """Return whether a unit behind a number is one: "three times a week" is no multiple."""
    if measure.unit == "x" and tokens[measure.end - 1].low != "x":
        word = tokens[measure.end - 1].low
        following = tokens[measure.end].low if measure.end < len(tokens) else ""
        if word in ("times", "раза", "раз"):
            return following in _TIMES_BEHIND or number.figure % 1 > 0 or grew(tokens, number)
        return True
    if measure.counted:
        return not is_year(tokens, number) and number.value % 1 in (0.0, 0.5)
    if tokens[measure.end - 1].low == "pounds":
        return number.scale >= 1e6
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
    return any(token.low in ("%", "percent", "pct") for token in tokens) and grew(tokens, number)


def grew(tokens: Sequence[Token], number: Numeral) -> bool:
    """Return whether a word of change stands right before a number."""
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


def is_year(tokens: Sequence[Token], number: Numeral) -> bool:
    """Return whether a number may be a year."""
    text = tokens[number.start].text
    return number.scale == 1 and len(text) == 4 and text.isdigit() and 1900 <= int(text) < 2100
