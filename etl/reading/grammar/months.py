"""Years, months and days as they are named: 2024, June 2025, Jan-Jul, 14 January."""

from collections.abc import Sequence
from datetime import date

from etl.reading.grammar import calendar
from etl.reading.grammar.calendar import Span
from etl.reading.grammar.lexicon import phrases, tables
from etl.reading.grammar.mention import DATE, MAIN, YEARS, Mention
from etl.reading.grammar.tokens import NUMBER, WORD, Token, low


def year_at(tokens: Sequence[Token], i: int) -> int | None:
    """Return the year at token i; a number glued to a name is none."""
    if not 0 <= i < len(tokens) or tokens[i].kind != NUMBER:
        return None
    text = tokens[i].text
    if len(text) != 4 or not text.isdigit() or int(text) not in YEARS:
        return None
    if i and tokens[i].glued and tokens[i - 1].low not in ("(", "-", "/", "fy", '"', "“", "—"):
        return None
    return int(text)


def last_year(year: int, text: str) -> int | None:
    """Return the later year of 2023-24 or 2023-2025."""
    if not text.isdigit() or len(text) not in (2, 4):
        return None
    last = int(text) if len(text) == 4 else year // 100 * 100 + int(text)
    return last if year < last < year + 40 else None


def day_at(tokens: Sequence[Token], i: int, as_of: date) -> Mention:
    """A day names no period; its year is passed over with it."""
    end = i + 2
    end += low(tokens, end) in (",", "of") and year_at(tokens, end + 1) is not None
    return Mention(DATE, i, end + (year_at(tokens, end) is not None))


def month_at(tokens: Sequence[Token], i: int) -> int | None:
    """Return the number of the month at token i; "may" and "march" want a capital letter."""
    if not 0 <= i < len(tokens) or tokens[i].kind != WORD:
        return None
    token = tokens[i]
    month = tables()["month"].get(token.low)
    if month is None or "а" <= token.low[0] <= "я":
        return int(month) if month else None
    if not token.capital and token.low in ("may", "march", "mar", "sep", "dec", "jan"):
        return None
    if token.low == "may" and i == 0 and year_at(tokens, 1) is None:
        following = tokens[1].low if len(tokens) > 1 else ""
        return int(month) if not following.endswith(("be", "have", "not")) else None
    return int(month)


def month(tokens: Sequence[Token], i: int, as_of: date) -> Mention | None:
    """A month, a span of months, a day of a month: June, Jan-Jul 2025, January 14."""
    first = month_at(tokens, i)
    if first is None:
        return None
    end = i + 1 + (low(tokens, i + 1) == "." and len(tokens[i].low) <= 4)
    year, after = year_behind(tokens, end, as_of)
    joined = _joined_month(tokens, after)
    if joined:
        last, end = joined
        if year is None and last >= first:
            year, end = year_behind(tokens, end, as_of)
            return Mention(MAIN, i, end, months_of(year, first, last - first + 1, as_of))
        later, end = year_behind(tokens, end, as_of)
        if year is not None and later is not None and later >= year:
            begin = calendar.months(year, first)
            return Mention(MAIN, i, end, Span(begin.start, calendar.months(later, last).end))
        if year is None and last < first:
            later = later or as_of.year
            begin = calendar.months(later - 1, first)
            return Mention(MAIN, i, end, Span(begin.start, calendar.months(later, last).end))
    if is_day(tokens, end):
        end += 1
        end += low(tokens, end) == "," and year_at(tokens, end + 1) is not None
        return Mention(DATE, i, end + (year_at(tokens, end) is not None))
    span = calendar.months(year, first) if year else calendar.last_begun(first, as_of)
    if year is None and low(tokens, i - 1) == "next":
        span = span.shifted(-12)
    return Mention(MAIN, i, after if year else end, span, floating=year is None)


def is_day(tokens: Sequence[Token], i: int) -> bool:
    """Return whether a day stands at token i; a figure with a unit behind a month does not."""
    if i >= len(tokens) or tokens[i].kind != NUMBER:
        return False
    text = tokens[i].text
    if not text.isdigit() or not 0 < int(text[:3]) <= 31 or len(text) > 2:
        return False
    following = low(tokens, i + 1)
    return following not in ("%", "percent", "per") and following not in tables()["scale"]


def year_behind(tokens: Sequence[Token], i: int, as_of: date) -> tuple[int | None, int]:
    """Return the year that stands behind a month, and the place behind it."""
    at = i + (low(tokens, i) in (",", "of", "in"))
    year = year_at(tokens, at)
    if year is not None:
        return year, at + 1
    at = i + (low(tokens, i) in ("of", "in"))
    found = phrases("relative").at(tokens, at)
    if found and found[0][0] == "year":
        return as_of.year + found[0][1], found[1]
    return None, i


def _joined_month(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """Return the month that is joined at token i (-July, to July, and February), and its end."""
    if low(tokens, i) == "-" and low(tokens, i + 1) in ("to", "through"):
        i += 1
    if low(tokens, i) not in tables()["to"]:
        return None
    i += low(tokens, i + 1) == "-"
    at = i + 1 + (low(tokens, i + 1) == "the") + (low(tokens, i + 1) == "end")
    last = month_at(tokens, at)
    if last is None:
        return None
    if low(tokens, i) == "and" and not _one_span(tokens, i, at, last):
        return None
    end = at + 1
    return last, end + (low(tokens, end) == "." and end + 1 < len(tokens))


def _one_span(tokens: Sequence[Token], i: int, at: int, last: int) -> bool:
    """Two months joined by "and" are a span when they are neighbours or "between … and"."""
    between = "between" in (low(tokens, i - 2), low(tokens, i - 3))
    first = month_at(tokens, i - 1)
    return between or (first is not None and last == first + 1)


def months_of(year: int | None, first: int, count: int, as_of: date) -> Span:
    """Return months of a year; without one, the last that had ended by the day of the article."""
    if year is not None:
        return calendar.months(year, first, count)
    return calendar.last_ended(first, count, as_of)
