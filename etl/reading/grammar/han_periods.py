"""Periods in Chinese figures: 2024年, 7月, 2025年1至7月, 前7个月, 上半年, 一季度."""

from collections.abc import Sequence
from datetime import date

from etl.reading.grammar import calendar
from etl.reading.grammar.mention import DATE, MAIN, Mention
from etl.reading.grammar.months import months_of, year_at
from etl.reading.grammar.tokens import NUMBER, Token, low

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR, _MONTH, _DAY = "年", "月", "日"


def han_period(tokens: Sequence[Token], i: int, as_of: date) -> Mention | None:
    """Return the period that begins at token i, or None."""
    year, at = None, i
    if year_at(tokens, i) and low(tokens, i + 1) == _YEAR:
        year, at = year_at(tokens, i), i + 2
    elif low(tokens, i) in ("今", "去") and low(tokens, i + 1) == _YEAR:
        year, at = as_of.year - (low(tokens, i) == "去"), i + 2
    found = _months(tokens, at, year, as_of, i) or _part(tokens, at, year, as_of, i)
    if found:
        return found
    return Mention(MAIN, i, at, calendar.whole_year(year)) if year else None


def _months(
    tokens: Sequence[Token], at: int, year: int | None, as_of: date, start: int
) -> Mention | None:
    if low(tokens, at) == "前" and low(tokens, at + 2) == "个" and low(tokens, at + 3) == _MONTH:
        count = _number(tokens, at + 1)
        if count:
            return Mention(MAIN, start, at + 4, months_of(year, 1, count, as_of))
    first = _number(tokens, at)
    if first is None:
        return None
    if low(tokens, at + 1) in ("至", "-", "到") and low(tokens, at + 3) == _MONTH:
        last = _number(tokens, at + 2)
        if last and last > first:
            span = months_of(year, first, last - first + 1, as_of)
            return Mention(MAIN, start, at + 4, span)
    if low(tokens, at + 1) != _MONTH:
        return None
    if _number(tokens, at + 2, 31) and low(tokens, at + 3) == _DAY:
        return Mention(DATE, start, at + 4)
    span = calendar.months(year, first) if year else calendar.last_begun(first, as_of)
    return Mention(MAIN, start, at + 2, span, floating=year is None)


def _part(
    tokens: Sequence[Token], at: int, year: int | None, as_of: date, start: int
) -> Mention | None:
    words = [low(tokens, at + k) for k in range(4)]
    if words[1:3] == ["半", _YEAR] and words[0] in ("上", "下"):
        span = months_of(year, 1 if words[0] == "上" else 7, 6, as_of)
        return Mention(MAIN, start, at + 3, span)
    skip = words[0] == "第"
    if words[skip] in _QUARTERS and words[skip + 1 : skip + 3] == ["季", "度"]:
        span = months_of(year, 3 * _QUARTERS[words[skip]] - 2, 3, as_of)
        return Mention(MAIN, start, at + skip + 3, span)
    return None


def _number(tokens: Sequence[Token], i: int, most: int = 12) -> int | None:
    if not 0 <= i < len(tokens) or tokens[i].kind != NUMBER or not tokens[i].text.isdigit():
        return None
    found = int(tokens[i].text[:3])
    return found if 0 < found <= most else None
