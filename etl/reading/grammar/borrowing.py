"""Units that are said once for several numbers: in lists, ranges, comparisons, and before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.reading.grammar import measures
from etl.reading.grammar.amounts import Amount, amounts, is_year
from etl.reading.grammar.lexicon import phrases, words
from etl.reading.grammar.measures import Measure
from etl.reading.grammar.tokens import WORD, Token

# "$7 to $9 billion" shares its scale; "$200 to $4 million" does not
_MOST_TIMES = 25
_JOINS = frozenset(("to", "-", "and", "or", ",", "through", "or to", "до", "и", "至", "到"))


_COMPARED = words("borrowing_compared")


_AFTER_BARE = words("borrowing_after_bare") | {""}


@dataclass(slots=True, frozen=True)
class Unit:
    """The unit of the last level that a text told, with its scale; a bare "41 million" takes it."""

    measure: Measure
    scale: float


def with_borrowed(tokens: Sequence[Token], raws: list[Amount], told: Unit | None) -> list[Amount]:
    """Give bare numbers of a list, a range or a comparison the unit that is said once."""
    done = list(raws)
    for i in range(len(done) - 2, -1, -1):
        raw, following = done[i], done[i + 1]
        joined = join(tokens, raw, following)
        if joined and raw.number and following.number and following.measure:
            done[i] = _sharing(tokens, raw, following, joined)
    for i in range(1, len(done)):
        raw = done[i]
        if raw.measure is None and join(tokens, done[i - 1], raw) in ("-", "to", "and"):
            done[i - 1], done[i] = _in_one_currency(tokens, done[i - 1], raw)
            raw = done[i]
        if raw.measure is None and raw.number and _compares(tokens, raw):
            earlier = _like(raw, done[:i], tokens[raw.start - 1].low == "by")
            if earlier and earlier.number and earlier.measure:
                scale = earlier.number.scale if raw.number.scale == 1 else raw.number.scale
                number = replace(raw.number, scale=scale)
                done[i] = replace(raw, number=number, measure=earlier.measure)
    return [_of_told(tokens, raw, done[:i], told) for i, raw in enumerate(done)]


def _in_one_currency(
    tokens: Sequence[Token], first: Amount, second: Amount
) -> tuple[Amount, Amount]:
    """Give the second of "$240-250 billion" the currency, and the first scale and "a barrel"."""
    money, number, last = first.measure, first.number, second.number
    if money is None or number is None or last is None or not _is_money(money):
        return first, second
    if number.scale == 1 and last.scale > 1 and number.figure < 1000:
        number = replace(number, scale=last.scale)
    measure = measures.priced(tokens, money.unit, second.end)
    first = replace(first, number=number, measure=replace(measure, end=money.end))
    return first, replace(second, measure=measure, end=measure.end)


def _of_told(
    tokens: Sequence[Token], raw: Amount, earlier: list[Amount], told: Unit | None
) -> Amount:
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


def _ends_there(tokens: Sequence[Token], raw: Amount) -> bool:
    following = tokens[raw.end].low if raw.end < len(tokens) else ""
    return following in _AFTER_BARE


def last_unit(tokens: Sequence[Token], before: Unit | None) -> Unit | None:
    """Return the unit of the last level of a sentence, or the one before."""
    for raw in reversed(amounts(tokens)):
        relative = raw.measure is None or raw.measure.unit in ("%", "pp", "x", "bp", "points")
        if raw.measure and raw.number and not relative and raw.number.scale >= 1e6:
            measure = replace(raw.measure, per="") if raw.measure.per == "yr" else raw.measure
            return Unit(measure, raw.number.scale)
    return before


def _is_money(measure: Measure | None) -> bool:
    return measure is not None and len(measure.unit) == 3 and measure.unit.isupper()


def _money_of(tokens: Sequence[Token], raw: Amount) -> str:
    """Return the currency that a sentence is told in: "in yuan terms, … to 1.28 trillion"."""
    named = [money for money, start, _ in phrases("currency").all(tokens) if start < raw.start]
    return str(named[-1]) if named else ""


def join(tokens: Sequence[Token], raw: Amount, following: Amount) -> str:
    """Return the word that joins two numbers when nothing else stands between them."""
    between = [token.low for token in tokens[raw.end : following.start]]
    if between == [",", "and"]:
        return "and"
    if following.sign == "-" and not between:
        return "-"
    if between in (["of", "the"], ["of", "its"]) and raw.number and raw.number.scale > 1:
        return "of"
    return between[0] if len(between) == 1 and between[0] in _JOINS else ""


def _sharing(tokens: Sequence[Token], raw: Amount, following: Amount, join: str) -> Amount:
    """Let a number take scale and unit of the one it is joined to, where it has none."""
    number, other, unit = raw.number, following.number, following.measure
    if number is None or other is None or unit is None:
        return raw
    if raw.measure is None:
        if is_year(tokens, number) or _named(tokens, raw, join):
            return raw
        if number.scale > 1 and unit.unit in ("%", "pp", "x"):
            return raw
        share = number.scale == 1 and number.figure < 1000 * max(1.0, other.figure)
        share = share and not (number.figure >= 1000 > other.figure)
        number = replace(number, scale=other.scale) if share else number
        return replace(raw, number=number, measure=unit)
    same = raw.measure.unit == unit.unit and len(raw.measure.unit) == 3
    near = number.figure < 1000 and number.figure <= _MOST_TIMES * other.figure
    if same and number.scale == 1 and other.scale > 1 and near:
        return replace(raw, number=replace(number, scale=other.scale), measure=unit)
    return raw


def _named(tokens: Sequence[Token], raw: Amount, join: str) -> bool:
    """A number behind a name belongs to it: "Train 3 and 5 Mt"."""
    if join not in ("and", ",") or raw.start == 0:
        return False
    before = tokens[raw.start - 1]
    if phrases("country").before(tokens, raw.start, 3):
        return False
    return before.kind == WORD and before.capital and before.low not in ("from", "between")


def _compares(tokens: Sequence[Token], raw: Amount) -> bool:
    """A bare number in a comparison: "up from 8.2 a year earlier", "against 107 in 2022"."""
    number = raw.number
    if number is None or number.written != "digits" or is_year(tokens, number):
        return False
    before = tokens[raw.start - 1].low if raw.start else ""
    skipped = phrases("bound").before(tokens, raw.start)
    if skipped:
        before = tokens[skipped[1] - 1].low if skipped[1] else ""
    following = tokens[raw.end].low if raw.end < len(tokens) else ""
    return before in _COMPARED and following in _AFTER_BARE and not _is_date(tokens, raw)


def _is_date(tokens: Sequence[Token], raw: Amount) -> bool:
    return raw.end < len(tokens) and tokens[raw.end].low in ("january", "st", "nd", "rd", "th")


def _like(raw: Amount, earlier: list[Amount], by: bool) -> Amount | None:
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
