"""The periods that a sentence names, each with the day it is told on; nothing is assigned here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from etl.reading import calendar
from etl.reading.calendar import Span
from etl.reading.lexicon import phrases, tables
from etl.reading.tokens import NUMBER, WORD, Token

# MAIN names a period, PRIOR one before the period spoken of, SINCE a beginning, DATE a day, SAME
# the period spoken of, WHOLE the whole year of it
MAIN, PRIOR, SINCE, DATE, SAME, WHOLE = "main", "prior", "since", "date", "same", "whole"
YEARS = range(1985, 2070)
_ARTICLES = frozenset(
    "the in of a an whole full calendar entire all that its during for as".split()
)
_QUARTER = re.compile(r"(?:q([1-4])|([1-4])q)(\d{2}|\d{4})?")
_HALF = re.compile(r"(?:h([12])|([12])h)(\d{2}|\d{4})?")
_MONTHS_SHORT = re.compile(r"(\d{1,2})m(\d{2}|\d{4})?")


@dataclass(slots=True, frozen=True)
class Mention:
    """A period named at tokens `start` to before `end`.

    `cue` is the word that leads it (in, from, than, since, by …); `months` how far a PRIOR lies
    behind the period spoken of; `year` the year that a PRIOR names ("the same period of 2023");
    `floating` says that no year was named, `open` that the period runs to the day of the article.
    """

    role: str
    start: int
    end: int
    span: Span | None = None
    cue: str = ""
    months: int = 0
    year: int | None = None
    open: bool = False
    floating: bool = False


def mentions(tokens: Sequence[Token], as_of: date, taken: set[int]) -> list[Mention]:
    """Return the periods named, from the left; tokens in `taken` belong to quantities."""
    found: list[Mention] = []
    i = 0
    while i < len(tokens):
        mention = None if i in taken else _mention(tokens, i, as_of, taken)
        if mention:
            found.append(_led(tokens, mention, as_of))
            i = mention.end
        else:
            i += 1
    return _spans_joined(tokens, found)


def _mention(tokens: Sequence[Token], i: int, as_of: date, taken: set[int]) -> Mention | None:
    token = tokens[i]
    if token.kind == NUMBER:
        return _number(tokens, i, as_of, taken)
    if token.kind != WORD:
        return None
    if token.low == "fy" and i + 1 < len(tokens) and tokens[i + 1].text.isdigit():
        year = _short_year(tokens[i + 1].text[:4])
        return Mention(MAIN, i, i + 2, calendar.whole_year(year)) if year in YEARS else None
    return (
        _same(tokens, i, as_of)
        or _relative(tokens, i, as_of)
        or _count_of_months(tokens, i, as_of)
        or _part(tokens, i, as_of)
        or _month(tokens, i, as_of)
    )


# ---- years and dates


def _number(tokens: Sequence[Token], i: int, as_of: date, taken: set[int]) -> Mention | None:
    """A year, a range of years, a date that begins with its day, 1H 2024, seven months."""
    text = tokens[i].text
    if _month_at(tokens, i + 1) and text.isdigit() and 0 < int(text[:3]) <= 31:
        return _date(tokens, i, as_of)
    if (
        _low(tokens, i + 1) == "m"
        and tokens[i + 1].glued
        and text.isdigit()
        and 1 < int(text[:3]) < 13
    ):
        year, end = _year_behind(tokens, i + 2, as_of)
        return Mention(MAIN, i, end, _months_of(year, 1, int(text), as_of))
    counted = _count_of_months(tokens, i, as_of) or _part(tokens, i, as_of)
    if counted:
        return counted
    year = _year(tokens, i)
    if year is None:
        return None
    if _low(tokens, i + 1) in ("-", "/") and tokens[i + 1].glued:
        other = tokens[i + 2].text if i + 2 < len(tokens) else ""
        last = _last_year(year, other)
        if last and _low(tokens, i + 3) != "-":
            span = Span(date(year, 1, 1), date(last, 12, 31))
            return Mention(MAIN, i, i + 3, span)
        if other.isdigit() and len(other) <= 2:
            # 2025-01-13, 2025/01
            return Mention(DATE, i, min(len(tokens), i + 5))
    if _low(tokens, i - 1) == "between" and _low(tokens, i + 1) == "and":
        last = _year(tokens, i + 2)
        if last and last > year:
            return Mention(MAIN, i, i + 3, Span(date(year, 1, 1), date(last, 12, 31)))
    return Mention(MAIN, i, i + 1, calendar.whole_year(year))


def _year(tokens: Sequence[Token], i: int) -> int | None:
    """Return the year at token i; a number glued to a name is none."""
    if not 0 <= i < len(tokens) or tokens[i].kind != NUMBER:
        return None
    text = tokens[i].text
    if len(text) != 4 or not text.isdigit() or int(text) not in YEARS:
        return None
    if i and tokens[i].glued and tokens[i - 1].low not in ("(", "-", "/", "fy", '"', "“", "—"):
        return None
    return int(text)


def _last_year(year: int, text: str) -> int | None:
    """Return the later year of 2023-24 or 2023-2025."""
    if not text.isdigit() or len(text) not in (2, 4):
        return None
    last = int(text) if len(text) == 4 else year // 100 * 100 + int(text)
    return last if year < last < year + 40 else None


def _date(tokens: Sequence[Token], i: int, as_of: date) -> Mention:
    """A day names no period; its year is passed over with it."""
    end = i + 2
    end += _low(tokens, end) in (",", "of") and _year(tokens, end + 1) is not None
    return Mention(DATE, i, end + (_year(tokens, end) is not None))


# ---- months


def _month_at(tokens: Sequence[Token], i: int) -> int | None:
    """Return the number of the month at token i; "may" and "march" want a capital letter."""
    if not 0 <= i < len(tokens) or tokens[i].kind != WORD:
        return None
    token = tokens[i]
    month = tables()["month"].get(token.low)
    if month is None or "а" <= token.low[0] <= "я":
        return int(month) if month else None
    if not token.capital and token.low in ("may", "march", "mar", "sep", "dec", "jan"):
        return None
    if token.low == "may" and i == 0 and _year(tokens, 1) is None:
        following = tokens[1].low if len(tokens) > 1 else ""
        return int(month) if not following.endswith(("be", "have", "not")) else None
    return int(month)


def _month(tokens: Sequence[Token], i: int, as_of: date) -> Mention | None:
    """A month, a span of months, a day of a month: June, Jan-Jul 2025, January 14."""
    first = _month_at(tokens, i)
    if first is None:
        return None
    end = i + 1 + (_low(tokens, i + 1) == "." and len(tokens[i].low) <= 4)
    year, after = _year_behind(tokens, end, as_of)
    joined = _joined_month(tokens, after)
    if joined:
        last, end = joined
        if year is None and last >= first:
            year, end = _year_behind(tokens, end, as_of)
            return Mention(MAIN, i, end, _months_of(year, first, last - first + 1, as_of))
        later, end = _year_behind(tokens, end, as_of)
        if year is not None and later is not None and later >= year:
            begin = calendar.months(year, first)
            return Mention(MAIN, i, end, Span(begin.start, calendar.months(later, last).end))
        if year is None and last < first:
            later = later or as_of.year
            begin = calendar.months(later - 1, first)
            return Mention(MAIN, i, end, Span(begin.start, calendar.months(later, last).end))
    if _is_day(tokens, end):
        end += 1
        end += _low(tokens, end) == "," and _year(tokens, end + 1) is not None
        return Mention(DATE, i, end + (_year(tokens, end) is not None))
    span = calendar.months(year, first) if year else calendar.last_begun(first, as_of)
    if year is None and _low(tokens, i - 1) == "next":
        span = span.shifted(-12)
    return Mention(MAIN, i, after if year else end, span, floating=year is None)


def _is_day(tokens: Sequence[Token], i: int) -> bool:
    """Return whether a day stands at token i; a figure with a unit behind a month does not."""
    if i >= len(tokens) or tokens[i].kind != NUMBER:
        return False
    text = tokens[i].text
    if not text.isdigit() or not 0 < int(text[:3]) <= 31 or len(text) > 2:
        return False
    following = _low(tokens, i + 1)
    return following not in ("%", "percent", "per") and following not in tables()["scale"]


def _year_behind(tokens: Sequence[Token], i: int, as_of: date) -> tuple[int | None, int]:
    """Return the year that stands behind a month, and the place behind it."""
    at = i + (_low(tokens, i) in (",", "of", "in"))
    year = _year(tokens, at)
    if year is not None:
        return year, at + 1
    at = i + (_low(tokens, i) in ("of", "in"))
    found = phrases("relative").at(tokens, at)
    if found and found[0][0] == "year":
        return as_of.year + found[0][1], found[1]
    return None, i


def _joined_month(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """Return the month that is joined at token i (-July, to July, and February), and its end."""
    if _low(tokens, i) == "-" and _low(tokens, i + 1) in ("to", "through"):
        i += 1
    if _low(tokens, i) not in tables()["to"]:
        return None
    i += _low(tokens, i + 1) == "-"
    at = i + 1 + (_low(tokens, i + 1) == "the") + (_low(tokens, i + 1) == "end")
    last = _month_at(tokens, at)
    if last is None:
        return None
    if _low(tokens, i) == "and" and not _one_span(tokens, i, at, last):
        return None
    end = at + 1
    return last, end + (_low(tokens, end) == "." and end + 1 < len(tokens))


def _one_span(tokens: Sequence[Token], i: int, at: int, last: int) -> bool:
    """Two months joined by "and" are a span when they are neighbours or "between … and"."""
    between = "between" in (_low(tokens, i - 2), _low(tokens, i - 3))
    first = _month_at(tokens, i - 1)
    return between or (first is not None and last == first + 1)


def _months_of(year: int | None, first: int, count: int, as_of: date) -> Span:
    if year is not None:
        return calendar.months(year, first, count)
    return calendar.last_ended(first, count, as_of)


# ---- parts of a year


def _part(tokens: Sequence[Token], i: int, as_of: date) -> Mention | None:
    """A quarter or a half: the third quarter of 2024, Q2, H1 2025, the first half."""
    glued = _glued(tokens, i)
    for pattern, size in ((_QUARTER, 3), (_HALF, 6)):
        match = pattern.fullmatch(glued[0])
        if match:
            number = int(match[1] or match[2])
            year = _short_year(match[3])
            end = glued[1]
            if year is None:
                year, end = _year_behind(tokens, end, as_of)
            span = _months_of(year, size * (number - 1) + 1, size, as_of)
            return Mention(MAIN, i, end, span, floating=year is None)
    halves = _low(tokens, i + 1 + (_low(tokens, i + 1) == "-")) == "year"
    if tokens[i].low == "half" and halves and _low(tokens, i - 1) not in ("a", "and", "first"):
        return Mention(MAIN, i, i + 3, calendar.last_ended(1, 6, as_of), floating=True)
    ordinal = tables()["ordinal"].get(tokens[i].low)
    if ordinal is None:
        return None
    count = _small(tokens, i + 1) if ordinal == 1 else None
    if count and _low(tokens, i + 2) == "quarters" and count < 4:
        year, end = _year_behind(tokens, i + 3, as_of)
        return Mention(MAIN, i, end, _months_of(year, 1, 3 * count, as_of))
    at = i + 1 + (_low(tokens, i + 1) == "-")
    size = {"quarter": 3, "half": 6, "квартал": 3, "квартале": 3, "квартала": 3}.get(
        _low(tokens, at), 0
    )
    size = size or {"полугодие": 6, "полугодии": 6, "полугодия": 6}.get(_low(tokens, at), 0)
    if not size or ordinal * size > 12:
        return None
    end = at + 1
    year, end = _year_behind(tokens, end + (_low(tokens, end) == "of"), as_of)
    if year is None:
        end = at + 1
    span = _months_of(year, size * (ordinal - 1) + 1, size, as_of)
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


def _short_year(text: str | None) -> int | None:
    return None if not text else int(text) if len(text) == 4 else 2000 + int(text)


def _count_of_months(tokens: Sequence[Token], i: int, as_of: date) -> Mention | None:
    """The first seven months, six months to June, the 12 months to August, a nine-month total."""
    if tokens[i].low in ("first", "opening", "initial", "первые", "первых"):
        count = _small(tokens, i + 1)
        at = i + 2 + (_low(tokens, i + 2) == "-")
        if count is None or _low(tokens, at) not in ("months", "month", "месяцев", "месяца"):
            return None
        year, end = _year_behind(tokens, at + 1, as_of)
        return Mention(MAIN, i, end, _months_of(year, 1, count, as_of))
    if tokens[i].low in ("last", "past", "previous", "latest"):
        return _last_months(tokens, i, as_of)
    if tokens[i].low == "year" and _low(tokens, i + 1) in ("to", "through", "ending"):
        at = i + 2
        while _low(tokens, at) in ("end", "-", "the", "of"):
            at += 1
        last = _month_at(tokens, at)
        if last is None or _is_day(tokens, at + 1):
            return None
        year, end = _year_behind(tokens, at + 1, as_of)
        span = _months_of(year, 1, last, as_of)
        if _low(tokens, i - 1) in ("fiscal", "financial") or _low(tokens, i + 1) == "ending":
            span = Span(span.shifted(12).end + timedelta(days=1), span.end)
        return Mention(MAIN, i, end, span)
    count = _small(tokens, i)
    at = i + 1 + (_low(tokens, i + 1) == "-")
    if count is None or _low(tokens, at) not in ("months", "month", "месяцев", "месяца"):
        return None
    leading = _low(tokens, at + 1) in ("to", "through", "ended", "ending", "until", "of")
    last = _month_at(tokens, at + 2) if leading else None
    if last is not None:
        year, end = _year_behind(tokens, at + 3, as_of)
        span = calendar.months(year, last) if year else calendar.last_begun(last, as_of)
        begin = span.shifted(count - 1)
        return Mention(MAIN, i, end, Span(begin.start, span.end))
    year, end = _year_behind(tokens, at + 1, as_of)
    led = _low(tokens, i - 1) in ("за", "over", "for", "in", "the", "after", "-")
    ago = _low(tokens, at + 1) in ("ago", "later", "before", "earlier", "time", "of", "from")
    if year is not None or (led and not ago) or _low(tokens, i + 1) == "-":
        return Mention(MAIN, i, end, _months_of(year, 1, count, as_of)) if count <= 12 else None
    return None


def _last_months(tokens: Sequence[Token], i: int, as_of: date) -> Mention | None:
    count = _small(tokens, i + 1)
    if count is None or _low(tokens, i + 2) != "months":
        return None
    month = calendar.months(as_of.year, as_of.month).shifted(1)
    return Mention(MAIN, i, i + 3, Span(month.shifted(count - 1).start, month.end))


def _small(tokens: Sequence[Token], i: int) -> int | None:
    """Return a number of months at token i, or None."""
    if not 0 <= i < len(tokens):
        return None
    token = tokens[i]
    if token.kind == NUMBER and token.text.isdigit() and len(token.text) < 3:
        found = int(token.text)
    else:
        found = int(tables()["number"].get(token.low, 0))
    return found if 1 < found <= 24 else None


# ---- by distance


def _relative(tokens: Sequence[Token], i: int, as_of: date) -> Mention | None:
    found = phrases("relative").at(tokens, i)
    if found is None:
        return _years_before(tokens, i)
    (what, distance), end = found
    if what == "quarter" and _low(tokens, end) == "of" and _year(tokens, end + 1):
        year = _year(tokens, end + 1)
        return Mention(MAIN, i, end + 2, calendar.months(year or 0, 10, 3))
    if what == "prior":
        return Mention(PRIOR, i, end, months=distance)
    if what == "year":
        year = as_of.year + distance
        return Mention(MAIN, i, end, calendar.whole_year(year))
    if what == "whole":
        year = _year(tokens, end + (_low(tokens, end) == "of"))
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
    if count and _low(tokens, i + 1) == "years" and _low(tokens, i + 2) in ("before", "earlier"):
        return Mention(PRIOR, i, i + 3, months=12 * int(count))
    return None


def _same(tokens: Sequence[Token], i: int, as_of: date) -> Mention | None:
    """ "The same period" is the one spoken of; with a year it is that year's."""
    prior = phrases("relative").at(tokens, i)
    if prior and prior[0][0] == "prior":
        return Mention(PRIOR, i, prior[1], months=prior[0][1])
    found = phrases("same").at(tokens, i)
    count = _small(tokens, i + 1) if tokens[i].low == "same" else None
    if count and _low(tokens, i + 2) == "months":
        found = (True, i + 3)
    if found is None:
        return None
    end = found[1]
    year, after = _year_behind(tokens, end, as_of)
    if year is not None:
        return Mention(PRIOR, i, after, year=year)
    return Mention(SAME, i, end)


# ---- what leads a mention


def _led(tokens: Sequence[Token], mention: Mention, as_of: date) -> Mention:
    """Add the word that leads a mention; a beginning runs to the day of the article."""
    at = mention.start - 1
    while at >= 0 and tokens[at].low in _ARTICLES and mention.start - at < 5:
        if (
            tokens[at].low in ("in", "during", "for", "of")
            and at
            and tokens[at - 1].low not in _LEADS
        ):
            break
        at -= 1
    cue = tokens[at].low if at >= 0 else ""
    if (
        cue == "from"
        and mention.span
        and mention.span.months > 1
        and mention.end - mention.start > 2
    ):
        cue = "in"
    levels = _LEVELS if cue == "of" else _LEVELS - {"that", "those", "shy", "short", "ahead"}
    if cue in ("of", "for", "in") and at and tokens[at - 1].low in levels:
        cue = "level"
    if cue == "end" and mention.span and mention.span.end <= as_of:
        words = {token.low for token in tokens[max(0, at - 3) : at]}
        if "by" in words or "at" in words:
            last = calendar.months(mention.span.end.year, mention.span.end.month)
            return replace(mention, cue="at", span=last)
    if cue == "end" or cue in ("early", "late", "mid", "-"):
        before = [tokens[k].low for k in range(max(0, at - 3), at)]
        cue = "by" if "by" in before else cue
    if mention.span and _since(tokens, mention.start):
        return replace(mention, role=SINCE, cue="since", span=Span(mention.span.start, as_of))
    return replace(mention, cue=cue)


_LEVELS = frozenset("level levels that those figure figures shy short ahead".split())
_LEADS = frozenset("from than with against versus vs over on to by since until before".split())


def _since(tokens: Sequence[Token], start: int) -> bool:
    """Return whether "since" stands a few words before a mention in the same clause."""
    for at in range(start - 1, max(-1, start - 7), -1):
        if tokens[at].low in ("since", "с") and (tokens[at].low == "since" or at == start - 1):
            return tokens[at].low == "since"
        if tokens[at].low in (",", ";", "(", ")") or tokens[at].kind == NUMBER:
            return False
    return False


def _spans_joined(tokens: Sequence[Token], found: list[Mention]) -> list[Mention]:
    """Let "so far this year, to the end of March" end with March."""
    done: list[Mention] = []
    for mention in found:
        before = done[-1] if done else None
        if (
            before
            and before.open
            and before.span
            and mention.span
            and mention.start - before.end < 6
        ):
            if mention.cue in ("to", "through", "by", "until", "end", "of"):
                span = Span(before.span.start, mention.span.end)
                done[-1] = replace(before, span=span, end=mention.end, open=False)
                continue
        if before and _runs_to(tokens, before, mention) and before.span and mention.span:
            span = Span(before.span.start, mention.span.end)
            done[-1] = replace(before, role=MAIN, cue="", span=span, end=mention.end)
            continue
        done.append(mention)
    return done


def _runs_to(tokens: Sequence[Token], first: Mention, last: Mention) -> bool:
    """Return whether two months or years bound one span: from its start in 2019 until 2024."""
    if first.role not in (MAIN, SINCE) or last.role != MAIN or not 0 < last.start - first.end < 6:
        return False
    between = {token.low for token in tokens[first.end : last.start]}
    begins = {token.low for token in tokens[max(0, first.start - 7) : first.start]}
    if "between" in begins and "and" in between and "," not in between:
        return True
    ends = between & {"until", "till", "through"} or ("to" in between and "end" in between)
    return bool(ends) and not between & {",", "and"} and bool(begins & {"from", "since", "between"})


def _low(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].low if 0 <= i < len(tokens) else ""
