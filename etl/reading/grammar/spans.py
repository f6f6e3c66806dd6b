"""Parts of a year as they are named: the third quarter, 1H25, the first seven months."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from etl.reading.grammar import calendar
from etl.reading.grammar.calendar import Span
from etl.reading.grammar.lexicon import tables
from etl.reading.grammar.mention import MAIN, Mention
from etl.reading.grammar.months import is_day, month_at, months_of, year_behind
from etl.reading.grammar.tokens import NUMBER, WORD, Token, low

_QUARTER = re.compile(r"(?:q([1-4])|([1-4])q)(\d{2}|\d{4})?")


_HALF = re.compile(r"(?:h([12])|([12])h)(\d{2}|\d{4})?")


def part(tokens: Sequence[Token], i: int, as_of: date) -> Mention | None:
    """A quarter or a half: the third quarter of 2024, Q2, H1 2025, the first half."""
    glued = _glued(tokens, i)
    for pattern, size in ((_QUARTER, 3), (_HALF, 6)):
        match = pattern.fullmatch(glued[0])
        if match:
            number = int(match[1] or match[2])
            year = short_year(match[3])
            end = glued[1]
            if year is None:
                year, end = year_behind(tokens, end, as_of)
            span = months_of(year, size * (number - 1) + 1, size, as_of)
            return Mention(MAIN, i, end, span, floating=year is None)
    halves = low(tokens, i + 1 + (low(tokens, i + 1) == "-")) == "year"
    if tokens[i].low == "half" and halves and low(tokens, i - 1) not in ("a", "and", "first"):
        return Mention(MAIN, i, i + 3, calendar.last_ended(1, 6, as_of), floating=True)
    ordinal = tables()["ordinal"].get(tokens[i].low)
    if ordinal is None:
        return None
    count = small(tokens, i + 1) if ordinal == 1 else None
    if count and low(tokens, i + 2) == "quarters" and count < 4:
        year, end = year_behind(tokens, i + 3, as_of)
        return Mention(MAIN, i, end, months_of(year, 1, 3 * count, as_of))
    at = i + 1 + (low(tokens, i + 1) == "-")
    size = {"quarter": 3, "half": 6, "квартал": 3, "квартале": 3, "квартала": 3}.get(
        low(tokens, at), 0
    )
    size = size or {"полугодие": 6, "полугодии": 6, "полугодия": 6}.get(low(tokens, at), 0)
    if not size or ordinal * size > 12:
        return None
    end = at + 1
    year, end = year_behind(tokens, end + (low(tokens, end) == "of"), as_of)
    if year is None:
        end = at + 1
    span = months_of(year, size * (ordinal - 1) + 1, size, as_of)
    return Mention(MAIN, i, end, span, floating=year is None)


def _glued(tokens: Sequence[Token], i: int) -> tuple[str, int]:
    """Return short tokens that stand together (Q2, 1H24) as one word, and the place behind."""
    word, end = tokens[i].low, i + 1
    while end < len(tokens) and end - i < 3 and tokens[end].glued and len(word) < 7:
        if tokens[end].kind not in (NUMBER, WORD):
            break
        word += tokens[end].low
        end += 1
    return word, end


def short_year(text: str | None) -> int | None:
    """Return the year of 25 or 2025."""
    return None if not text else int(text) if len(text) == 4 else 2000 + int(text)


def count_of_months(tokens: Sequence[Token], i: int, as_of: date) -> Mention | None:
    """The first seven months, six months to June, the 12 months to August, a nine-month total."""
    if tokens[i].low in ("first", "opening", "initial", "первые", "первых"):
        count = small(tokens, i + 1)
        at = i + 2 + (low(tokens, i + 2) == "-")
        if count is None or low(tokens, at) not in ("months", "month", "месяцев", "месяца"):
            return None
        year, end = year_behind(tokens, at + 1, as_of)
        return Mention(MAIN, i, end, months_of(year, 1, count, as_of))
    if tokens[i].low in ("last", "past", "previous", "latest"):
        return _last_months(tokens, i, as_of)
    if tokens[i].low == "year" and low(tokens, i + 1) in ("to", "through", "ending"):
        at = i + 2
        while low(tokens, at) in ("end", "-", "the", "of"):
            at += 1
        last = month_at(tokens, at)
        if last is None or is_day(tokens, at + 1):
            return None
        year, end = year_behind(tokens, at + 1, as_of)
        span = months_of(year, 1, last, as_of)
        if low(tokens, i - 1) in ("fiscal", "financial") or low(tokens, i + 1) == "ending":
            span = Span(span.shifted(12).end + timedelta(days=1), span.end)
        return Mention(MAIN, i, end, span)
    count = small(tokens, i)
    at = i + 1 + (low(tokens, i + 1) == "-")
    if count is None or low(tokens, at) not in ("months", "month", "месяцев", "месяца"):
        return None
    leading = low(tokens, at + 1) in ("to", "through", "ended", "ending", "until", "of")
    last = month_at(tokens, at + 2) if leading else None
    if last is not None:
        year, end = year_behind(tokens, at + 3, as_of)
        span = calendar.months(year, last) if year else calendar.last_begun(last, as_of)
        begin = span.shifted(count - 1)
        return Mention(MAIN, i, end, Span(begin.start, span.end))
    year, end = year_behind(tokens, at + 1, as_of)
    led = low(tokens, i - 1) in ("за", "over", "for", "in", "the", "after", "-")
    ago = low(tokens, at + 1) in ("ago", "later", "before", "earlier", "time", "of", "from")
    if year is not None or (led and not ago) or low(tokens, i + 1) == "-":
        return Mention(MAIN, i, end, months_of(year, 1, count, as_of)) if count <= 12 else None
    return None


def _last_months(tokens: Sequence[Token], i: int, as_of: date) -> Mention | None:
    count = small(tokens, i + 1)
    if count is None or low(tokens, i + 2) != "months":
        return None
    month = calendar.months(as_of.year, as_of.month).shifted(1)
    return Mention(MAIN, i, i + 3, Span(month.shifted(count - 1).start, month.end))


def small(tokens: Sequence[Token], i: int) -> int | None:
    """Return a number of months at token i, or None."""
    if not 0 <= i < len(tokens):
        return None
    token = tokens[i]
    if token.kind == NUMBER and token.text.isdigit() and len(token.text) < 3:
        found = int(token.text)
    else:
        found = int(tables()["number"].get(token.low, 0))
    return found if 1 < found <= 24 else None
