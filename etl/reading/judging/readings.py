"""What the figures of a build say of one indicator and period: as printed, summed or derived."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from etl.reading.facts import Observed, Span
from etl.reading.judging.independence import View

DAY = timedelta(days=1)
# how far from the next figure of its kind a derived one may lie, as a part of the whole: months and
# years are restated between two releases, and a difference carries that
RESTATED = 0.004
NEAR, QUARTER = timedelta(days=60), 92


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure that a claim can be held against; `low` to `high` is what it leaves open.

    `method` is reported, months, parts, stand_in, difference, pieces, implied, later_base,
    converted, ratio or loose (a bound, or another day): in this order they are trusted.
    """

    indicator: str
    span: Span
    unit: str
    value: float
    low: float
    high: float
    method: str
    seen: tuple[Observed, ...]

    @property
    def rank(self) -> int:
        """Return the class of the humblest page it rests on: 0 is official, 4 a blog."""
        return max(seen.rank for seen in self.seen)

    @property
    def published(self) -> date:
        """Return the day on which the last figure that it rests on was published."""
        return max(seen.published for seen in self.seen)


def printed(view: View, indicator: str, span: Span, unit: str) -> list[Reading]:
    """Return every exact figure printed for exactly this period."""
    return [
        Reading(indicator, span, unit, seen.value, seen.low, seen.high, "reported", (seen,))
        for seen in view.at(indicator, span, unit)
        if seen.exact
    ]


def loose(view: View, indicator: str, span: Span, unit: str) -> list[Reading]:
    """Return what pages print with a bound: evidence, never a verdict against a claim."""
    return [
        Reading(indicator, span, unit, seen.value, seen.low, seen.high, "loose", (seen,))
        for seen in view.at(indicator, span, unit)
        if not seen.exact
    ]


def nearby(view: View, indicator: str, span: Span, unit: str) -> Iterator[Reading]:
    """Yield what was said of a state of affairs some days before or after, about as it was then."""
    for other in view.facts.spans(indicator):
        within = span.start <= other.start and other.end <= span.end
        apart = max(other.start - span.end, span.start - other.end)
        if not within and (other.days > QUARTER or apart > NEAR):
            continue
        for seen in view.at(indicator, other, unit):
            room = 0.05 * abs(seen.value)
            low, high = min(seen.low, seen.value - room), max(seen.high, seen.value + room)
            yield Reading(indicator, other, unit, seen.value, low, high, "loose", (seen,))


def best(readings: Iterable[Reading]) -> Reading | None:
    """Return the printed figure that wins: class, then newest, then the finest that agrees with it.

    As etl/sql/resolve.sql, among the figures that this article may be held against.
    """
    ordered = sorted(
        readings,
        key=lambda each: (each.rank, -each.published.toordinal(), each.seen[0].precision),
    )
    if not ordered:
        return None
    lead = ordered[0]
    group = [
        each
        for each in ordered
        if agree(each.seen[0], lead.seen[0])
        and (each.rank == lead.rank or each.seen[0].class_ != "blog")
    ]
    return min(group, key=lambda each: each.seen[0].precision)


def agree(one: Observed, other: Observed) -> bool:
    """Return whether two printed figures agree within the coarser one's last digit."""
    return abs(one.value - other.value) <= max(one.precision, other.precision) * 1.000001


def months(view: View, indicator: str, span: Span, unit: str) -> Iterator[Reading]:
    """Yield the sums of all months of one statistical source: as last given, and as first given."""
    if span.days < 32 or not view.facts.at(indicator, month(span.start)):
        return
    starts = list(month_starts(span))
    if not starts or len(starts) > 36:
        return
    given: dict[str, list[list[Observed]]] = {}
    for number, start in enumerate(starts):
        for seen in view.at(indicator, month(start), unit):
            if seen.exact and seen.class_ in ("official", "vendor"):
                by_month = given.setdefault(seen.source, [[] for _ in starts])
                by_month[number].append(seen)
    for by_month in given.values():
        if len(starts) < 2 or not all(by_month):
            continue
        newest = [max(month, key=lambda seen: seen.published) for month in by_month]
        oldest = [min(month, key=lambda seen: seen.published) for month in by_month]
        for found in [newest] if newest == oldest else [newest, oldest]:
            yield total(indicator, span, unit, found, [1.0] * len(found), "months", 0.0)


def differences(view: View, indicator: str, span: Span, unit: str) -> Iterator[Reading]:
    """Yield a longer period minus what it has before or behind this one."""
    around = [
        (longer, Span(longer.start, span.start - DAY))
        for longer in view.facts.ending.get((indicator, span.end), [])
    ]
    around += [
        (longer, Span(span.end + DAY, longer.end))
        for longer in view.facts.starting.get((indicator, span.start), [])
    ]
    for longer, rest in around:
        if not span.days < longer.days <= 366 or not view.facts.at(indicator, rest):
            continue
        whole = best(printed(view, indicator, longer, unit))
        part = best(printed(view, indicator, rest, unit))
        if whole and part:
            found = [*whole.seen, *part.seen]
            yield total(indicator, span, unit, found, [1.0, -1.0], "difference", RESTATED)


def pieces(view: View, indicator: str, span: Span, unit: str) -> Iterator[Reading]:
    """Yield the sum of printed periods that follow one another, the longest first."""
    at, found = span.start, list[Observed]()
    while at <= span.end and len(found) < 13:
        listed = view.facts.starting.get((indicator, at), [])
        options = [each for each in listed if each.end <= span.end and each != span]
        step = next(filter(None, (best(printed(view, indicator, x, unit)) for x in options)), None)
        if step is None:
            return
        found += step.seen
        at = step.span.end + DAY
    if len(found) > 1:
        yield total(indicator, span, unit, found, [1.0] * len(found), "pieces", RESTATED)


def total(
    indicator: str,
    span: Span,
    unit: str,
    found: list[Observed],
    signs: list[float],
    method: str,
    restated: float,
) -> Reading:
    """Add figures with signs; what each leaves open adds up, and so does what is restated."""
    low = high = value = 0.0
    for seen, sign in zip(found, signs, strict=True):
        edges = sorted((seen.low * sign, seen.high * sign))
        low, high, value = low + edges[0], high + edges[1], value + seen.value * sign
    room = restated * max(abs(seen.value) for seen in found)
    return Reading(indicator, span, unit, value, low - room, high + room, method, tuple(found))


def month(start: date) -> Span:
    """Return the month that begins on this day."""
    return Span(start, (start + timedelta(days=31)).replace(day=1) - DAY)


def month_starts(span: Span) -> Iterator[date]:
    """Yield the first days of the months of a period; none where it cuts a month."""
    if span.start.day != 1 or (span.end + DAY).day != 1:
        return
    at = span.start
    while at <= span.end:
        yield at
        at = month(at).end + DAY


def year_on(span: Span, years: int) -> Span | None:
    """Return the same period some years later (or earlier), month ends kept; None outside time."""
    try:
        start = _moved(span.start, years)
        end = _moved(span.end + DAY, years) - DAY if (span.end + DAY).day == 1 else None
        return Span(start, end or _moved(span.end, years))
    except (ValueError, OverflowError):
        return None


def _moved(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year + years, 2, 28)
    return day.replace(year=day.year + years)
