"""Findings in words: one plain sentence in three languages, and the figures as evidence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

from etl.entries import LANGUAGES
from etl.reading.facts import Facts, Observed, Span
from etl.reading.judging.finding import Finding
from etl.reading.judging.readings import DAY, Reading
from etl.reading.judging.sums import Discord

MOST_ROWS = 40


@dataclass(frozen=True)
class Evidence:
    """One figure that a verdict rests on; `value` in `unit`, of a milestone the date as text."""

    indicator: str
    period_start: date
    period_end: date
    value: float | str
    unit: str
    url: str
    published: date
    publisher: str


def evidence(found: Finding) -> tuple[Evidence, ...]:
    """Return what a finding rests on, the figure that it was held against first."""
    rows = [
        _row(seen) for each in (found.truth, found.other) if each for seen in each.seen[:MOST_ROWS]
    ]
    rows += [
        Evidence(
            f"milestone:{event.project}",
            event.first,
            event.last,
            event.first.isoformat(),
            "date",
            event.url,
            event.published,
            event.publisher,
        )
        for event in found.events
    ]
    return tuple(dict.fromkeys(rows))


def _row(seen: Observed) -> Evidence:
    return Evidence(
        seen.indicator,
        seen.span.start,
        seen.span.end,
        float(f"{seen.value:.10g}"),
        seen.unit,
        seen.url,
        seen.published,
        seen.publisher,
    )


def sentences(facts: Facts, found: Finding) -> dict[str, str]:
    """Return the sentence of a finding in every language."""
    templates = facts.rules.sentences[found.key]
    return {
        language: templates[language].format(**dict(_slots(facts, found, language)))
        for language in LANGUAGES
    }


def _slots(facts: Facts, found: Finding, language: str) -> Iterator[tuple[str, str]]:
    if found.claim:
        yield "said", amount(facts, found.claim.value, found.claim.unit, language)
    for name, each in (("truth", found.truth), ("other", found.other)):
        if each is None:
            continue
        yield name, _figure(facts, each, language)
        yield f"{name}_title", facts.entries.indicators[each.indicator].title[language]
        yield f"{name}_period", period(each.span, language)
        yield f"{name}_source", _source(each, language)
    if found.events:
        yield (
            "dates",
            "; ".join(
                f"{_day(event.first, event.last, language)} ({event.publisher})"
                for event in found.events
            ),
        )


def discord(facts: Facts, found: Discord) -> dict[str, str]:
    """Return the sentence on a total that its stated parts contradict."""
    templates = facts.rules.sentences["discord"]
    return {
        language: templates[language].format(
            period=period(found.span, language),
            said=amount(facts, found.stated, found.unit, language),
            sum=amount(facts, found.adds_up_to, found.unit, language),
        )
        for language in LANGUAGES
    }


_CHANGE = {
    "en": ("growth of {}", "a fall of {}"),
    "ru": ("рост на {}", "падение на {}"),
    "zh": ("增长{}", "下降{}"),
}


def _figure(facts: Facts, reading: Reading, language: str) -> str:
    if reading.unit == "%" and facts.entries.indicators[reading.indicator].unit != "%":
        rate = amount(facts, abs(reading.value), "%", language)
        return _CHANGE[language][reading.value < 0].format(rate)
    return amount(facts, reading.value, reading.unit, language)


def _source(reading: Reading, language: str) -> str:
    """Return who published the newest figure of a reading, and when."""
    newest = max(reading.seen, key=lambda seen: seen.published)
    if newest.assumed:
        return newest.publisher
    return f"{newest.publisher}, {_day(newest.first, newest.published, language)}"


def amount(facts: Facts, value: float, unit: str, language: str) -> str:
    """Return a value with its unit in words: "240.1 billion US dollars", "−3.4 %"."""
    if language == "zh" and unit in facts.rules.chinese:
        name, factor = facts.rules.chinese[unit]
        return f"{_number(value * factor, language)}{name}"
    shown = _number(value, language)
    if unit == "%":
        return f"{shown}%" if language != "ru" else f"{shown} %"
    entry = facts.entries.units.get(unit)
    # only English words stand beside any number without a change of their own
    name = unit if entry is None else (entry.name if language == "en" else entry.symbol)[language]
    return f"{shown} {name}" if language != "zh" else f"{shown}{name}"


@lru_cache(maxsize=4096)
def _number(value: float, language: str) -> str:
    size = abs(value)
    if size >= 1e15:
        return f"{value:.3g}"
    places = 0 if size >= 1000 else 1 if size >= 100 else 2 if size >= 1 else 3
    return str(format_decimal(round(value, places), format="#,##0.###", locale=language))


@lru_cache(maxsize=4096)
def period(span: Span, language: str) -> str:
    """Return a period in words: 2024, May 2022, January–November 2022, or two days."""
    start, end = span
    whole = start.day == 1 and (end + DAY).day == 1
    if start == end:
        return str(format_date(start, "long", locale=language))
    if whole and start.month == 1 and end.month == 12:
        years = str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
        return f"{years}年" if language == "zh" else years
    if whole and start.year == end.year:
        return _months(start, end, language)
    return " – ".join(str(format_date(day, "long", locale=language)) for day in span)


def _months(start: date, end: date, language: str) -> str:
    if language == "zh":
        last = "" if start.month == end.month else f"-{end.month}"
        return f"{start.year}年{start.month}{last}月"
    names = get_month_names("wide", context="stand-alone", locale=language)
    months = names[start.month]
    if start.month != end.month:
        months = f"{months}–{names[end.month]}"
    return f"{months} {start.year}"


@lru_cache(maxsize=4096)
def _day(first: date, last: date, language: str) -> str:
    """Return a day, or the month or year of a partial date."""
    if first == last:
        return str(format_date(last, "long", locale=language))
    if (last - first).days > 31:
        return period(Span(date(last.year, 1, 1), date(last.year, 12, 31)), language)
    return period(Span(last.replace(day=1), last), language)
