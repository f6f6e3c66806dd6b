"""Periods by their distance: last year, a year earlier, the same month of 2023."""

from collections.abc import Sequence
from datetime import date

from etl.reading.grammar import calendar
from etl.reading.grammar.calendar import Span
from etl.reading.grammar.lexicon import phrases, tables
from etl.reading.grammar.mention import MAIN, PRIOR, SAME, WHOLE, Mention
from etl.reading.grammar.months import year_at, year_behind
from etl.reading.grammar.spans import small
from etl.reading.grammar.tokens import Token, low


def relative(tokens: Sequence[Token], i: int, as_of: date) -> Mention | None:
    """Return a period told by its distance from the article or from the period spoken of."""
    found = phrases("relative").at(tokens, i)
    if found is None:
        return _years_before(tokens, i)
    (what, distance), end = found
    if what == "quarter" and low(tokens, end) == "of" and year_at(tokens, end + 1):
        year = year_at(tokens, end + 1)
        return Mention(MAIN, i, end + 2, calendar.months(year or 0, 10, 3))
    if what == "prior":
        return Mention(PRIOR, i, end, months=distance)
    if what == "year":
        year = as_of.year + distance
        return Mention(MAIN, i, end, calendar.whole_year(year))
    if what == "whole":
        year = year_at(tokens, end + (low(tokens, end) == "of"))
        return None if year else Mention(WHOLE, i, end)
    if what == "ytd":
        return Mention(MAIN, i, end, Span(date(as_of.year, 1, 1), as_of), open=True)
    month = calendar.months(as_of.year, as_of.month)
    if what == "month":
        return Mention(MAIN, i, end, month.shifted(-distance))
    first = 3 * ((as_of.month - 1) // 3) + 1
    quarter = calendar.months(as_of.year, first, 3)
    return Mention(MAIN, i, end, quarter.shifted(-3 * distance))


def _years_before(tokens: Sequence[Token], i: int) -> Mention | None:
    """Twenty years before, two years earlier."""
    numbers = tables()["number"]
    text = tokens[i].text
    count = int(text) if text.isdigit() and len(text) < 3 else numbers.get(tokens[i].low, 0)
    if count and low(tokens, i + 1) == "years" and low(tokens, i + 2) in ("before", "earlier"):
        return Mention(PRIOR, i, i + 3, months=12 * int(count))
    return None


def same(tokens: Sequence[Token], i: int, as_of: date) -> Mention | None:
    """ "The same period" is the one spoken of; with a year it is that year's."""
    prior = phrases("relative").at(tokens, i)
    if prior and prior[0][0] == "prior":
        return Mention(PRIOR, i, prior[1], months=prior[0][1])
    found = phrases("same").at(tokens, i)
    count = small(tokens, i + 1) if tokens[i].low == "same" else None
    if count and low(tokens, i + 2) == "months":
        found = (True, i + 3)
    if found is None:
        return None
    end = found[1]
    year, after = year_behind(tokens, end, as_of)
    if year is not None:
        return Mention(PRIOR, i, after, year=year)
    return Mention(SAME, i, end)
