"""The periods that a sentence names, with the words that lead them; nothing is assigned here."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from etl.reading.grammar import calendar
from etl.reading.grammar.calendar import Span
from etl.reading.grammar.han_periods import han_period
from etl.reading.grammar.lexicon import words
from etl.reading.grammar.mention import DATE, MAIN, SINCE, YEARS, Mention
from etl.reading.grammar.months import (
    day_at,
    last_year,
    month,
    month_at,
    months_of,
    year_at,
    year_behind,
)
from etl.reading.grammar.relative import relative, same
from etl.reading.grammar.spans import count_of_months, part, short_year
from etl.reading.grammar.tokens import NUMBER, WORD, Token, low

_ARTICLES = words("periods_articles")


_LEVELS = words("periods_levels")


_LEADS = words("periods_leads")


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
    if any("㐀" <= near.low[:1] <= "鿿" for near in tokens[i : i + 2]):
        found = han_period(tokens, i, as_of)
        if found:
            return found
    if token.kind == NUMBER:
        return _number(tokens, i, as_of, taken)
    if token.kind != WORD:
        return None
    if token.low == "fy" and i + 1 < len(tokens) and tokens[i + 1].text.isdigit():
        year = short_year(tokens[i + 1].text[:4]) or 0
        return Mention(MAIN, i, i + 2, calendar.whole_year(year)) if year in YEARS else None
    return (
        same(tokens, i, as_of)
        or relative(tokens, i, as_of)
        or count_of_months(tokens, i, as_of)
        or part(tokens, i, as_of)
        or month(tokens, i, as_of)
    )


def _number(tokens: Sequence[Token], i: int, as_of: date, taken: set[int]) -> Mention | None:
    """A year, a range of years, a date that begins with its day, 1H 2024, seven months."""
    text = tokens[i].text
    if month_at(tokens, i + 1) and text.isdigit() and 0 < int(text[:3]) <= 31:
        return day_at(tokens, i, as_of)
    if (
        low(tokens, i + 1) == "m"
        and tokens[i + 1].glued
        and text.isdigit()
        and 1 < int(text[:3]) < 13
    ):
        year, end = year_behind(tokens, i + 2, as_of)
        if i + 2 < len(tokens) and tokens[i + 2].glued and tokens[i + 2].text.isdigit():
            year, end = short_year(tokens[i + 2].text[:4]), i + 3
        return Mention(MAIN, i, end, months_of(year, 1, int(text), as_of))
    counted = count_of_months(tokens, i, as_of) or part(tokens, i, as_of)
    if counted:
        return counted
    year = year_at(tokens, i)
    if year is None:
        return None
    following = (
        (part(tokens, i + 1, as_of) or month(tokens, i + 1, as_of)) if i + 1 < len(tokens) else None
    )
    if following and following.floating and following.span:
        # 2016 H2, 2015 May
        return replace(following, start=i, span=following.span.in_year(year), floating=False)
    if low(tokens, i + 1) in ("-", "/") and tokens[i + 1].glued:
        other = tokens[i + 2].text if i + 2 < len(tokens) else ""
        last = last_year(year, other)
        if last and low(tokens, i + 3) != "-":
            span = Span(date(year, 1, 1), date(last, 12, 31))
            return Mention(MAIN, i, i + 3, span)
        if other.isdigit() and len(other) <= 2:
            # 2025-01-13, 2025/01
            return Mention(DATE, i, min(len(tokens), i + 5))
    if low(tokens, i - 1) == "between" and low(tokens, i + 1) == "and":
        last = year_at(tokens, i + 2)
        if last and last > year:
            return Mention(MAIN, i, i + 3, Span(date(year, 1, 1), date(last, 12, 31)))
    return Mention(MAIN, i, i + 1, calendar.whole_year(year))


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
    if cue == "of" and at and tokens[at - 1].low == "end":
        cue, at = "end", at - 1
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
        if before and before.span and mention.span:
            span = Span(before.span.start, mention.span.end)
            if _closes(before, mention):
                done[-1] = replace(before, span=span, end=mention.end, open=False)
                continue
            if _runs_to(tokens, before, mention):
                done[-1] = replace(before, role=MAIN, cue="", span=span, end=mention.end)
                continue
        done.append(mention)
    return done


def _closes(before: Mention, mention: Mention) -> bool:
    """Return whether a mention says how far the one before runs: "to the end of March"."""
    led = mention.cue in ("to", "through", "by", "until", "end", "of")
    return before.open and mention.start - before.end < 6 and led


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
