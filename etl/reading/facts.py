"""What a build knows, in memory: figures by indicator and period, rates, milestones, catalogue.

Loaded once; judging a claim then asks no database.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import Any, NamedTuple

import duckdb

from etl.entries import Catalog
from etl.reading.rulebook import Rulebook
from etl.sql import statement

# ranks and cargoes are counted, not rounded
WHOLE = ("rank", "cargoes", "count")


class Span(NamedTuple):
    """A period, both days included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Observed:
    """One figure that a page printed, in the unit of its line; its notes are left out on purpose.

    `low` and `high` span what digits and bound leave open; `first` is the first day on which the
    page may have been published. A rate or price without a page's date is `assumed`.
    """

    indicator: str
    span: Span
    value: float
    low: float
    high: float
    exact: bool
    unit: str
    terms: str
    precision: float
    rank: int
    class_: str
    source: str
    publisher: str
    wire: str
    counter: str
    url: str
    published: date
    first: date
    assumed: bool


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated event of the ledger; `first` and `last` span a partial date."""

    project: str
    status: str
    first: date
    last: date
    publisher: str
    url: str
    published: date


Spans = dict[Span, list[Observed]]
Edges = dict[tuple[str, date], list[Span]]


@dataclass(frozen=True)
class Facts:
    """Everything that a verdict may rest on; `today` is when the newest page was published.

    `starting` and `ending` give the periods of an indicator by their first and last day, the
    longest first; `wholes` the total that an indicator is a part of.
    """

    entries: Catalog
    rules: Rulebook
    today: date
    by_indicator: dict[str, Spans]
    rates: dict[tuple[int, int], float]
    milestones: dict[str, list[Milestone]]
    starting: Edges
    ending: Edges
    wholes: dict[str, str]

    def at(self, indicator: str, span: Span) -> list[Observed]:
        """Return what was printed of an indicator for exactly this period."""
        return self.spans(indicator).get(span, [])

    def spans(self, indicator: str) -> Spans:
        """Return all that was printed of an indicator, by period."""
        return self.by_indicator.get(indicator, {})

    def estimated(self, indicator: str) -> bool:
        """Return whether trackers, models or officials count it: none of them is exact."""
        basis = self.entries.indicators[indicator].basis
        return basis not in ("china_customs", "russian_customs", "market", "company")

    def rate(self, span: Span) -> float | None:
        """Return the mean yuan for a dollar over the months of a period, or None."""
        month, found = span.start.replace(day=1), list[float]()
        while month <= span.end and len(found) < 120:
            rate = self.rates.get((month.year, month.month))
            if rate is None:
                return None
            found.append(rate)
            month = (month + timedelta(days=32)).replace(day=1)
        return fmean(found) if found else None


def load(con: duckdb.DuckDBPyConnection, entries: Catalog, rules: Rulebook) -> Facts:
    """Read what a build holds; no note of a figure, claim or article is read."""
    found: dict[str, Spans] = defaultdict(lambda: defaultdict(list))
    today = date.min
    for row in con.execute(statement("judged_figures")).fetchall():
        seen = _observed(row)
        found[seen.indicator][seen.span].append(seen)
        if not seen.assumed:
            today = max(today, seen.published)
    rates = con.execute(statement("judged_rates")).fetchall()
    milestones: dict[str, list[Milestone]] = defaultdict(list)
    for row in con.execute(statement("judged_milestones")).fetchall():
        each = Milestone(*row)
        milestones[each.project.casefold()].append(each)
    starting, ending = _edges(found)
    return Facts(
        entries,
        rules,
        today,
        {indicator: dict(spans) for indicator, spans in found.items()},
        {(start.year, start.month): float(rate) for start, rate in rates},
        dict(milestones),
        starting,
        ending,
        {part: entry.id for entry in entries.indicators.values() for part in entry.parts},
    )


def _edges(found: dict[str, Spans]) -> tuple[Edges, Edges]:
    starting: Edges = defaultdict(list)
    ending: Edges = defaultdict(list)
    for indicator, spans in found.items():
        for span in sorted(spans, key=lambda each: -each.days):
            starting[indicator, span.start].append(span)
            ending[indicator, span.end].append(span)
    return dict(starting), dict(ending)


def _observed(row: tuple[Any, ...]) -> Observed:
    indicator, start, end, value, low, high, bound, unit, terms, precision, *page = row
    rank, class_, source, publisher, wire, counter, url, published, known, converted = page
    shown = value if value is not None else low if high is None else high
    if low is not None and high is not None:
        shown = value if value is not None else (low + high) / 2
    if unit in WHOLE:
        precision = 0.0
    # a weight turned into cubic metres by one density is about right
    least, most = spread("~" if converted else bound, shown, low, high, precision)
    return Observed(
        indicator,
        Span(start, end),
        shown,
        least,
        most,
        bound == "=" and not converted,
        unit,
        terms,
        precision,
        rank,
        class_,
        source,
        publisher,
        wire,
        counter,
        url,
        published,
        _first(published, known),
        known == "assumed",
    )


def _first(published: date, known: str) -> date:
    """Return the first day on which a page of a partial date may have been published."""
    if known == "month":
        return published.replace(day=1)
    return published.replace(month=1, day=1) if known == "year" else published


def spread(
    bound: str, value: float, low: float | None, high: float | None, precision: float
) -> tuple[float, float]:
    """Return what a printed figure leaves open: rounded or cut off, or as its bound says.

    More than v is v to 1.1 v, about v five per cent either way, nearly v is 0.95 v to v.
    """
    size = abs(value)
    if bound == ">":
        return value, value + 0.1 * size
    if bound == "<":
        return value - 0.05 * size, value
    if bound == "~":
        return value - 0.05 * size, value + 0.05 * size
    if bound == "range" and low is not None and high is not None:
        return low - precision / 2, high + precision / 2
    # cut off means nearer to nought than the truth
    if value < 0:
        return value - precision, value + precision / 2
    return value - precision / 2, value + precision
