"""Where a wrong figure belongs: each hypothesis is tested, none is guessed.

The order is that of likelihood: a slip of unit or scale, the other direction, another count of the
same period, another period, a slip of digits.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from etl.entries import Indicator
from etl.reading.facts import Span
from etl.reading.judging import deriving, readings, slips
from etl.reading.judging.independence import View
from etl.reading.judging.readings import DAY, Reading, best, printed, year_on
from etl.reading.judging.slips import FEW
from etl.reading.judging.stated import Stated, narrowed
from etl.reading.said import Said

TRACKERS = {
    "kpler",
    "vortexa",
    "lseg",
    "crea",
    "bloomberg",
    "ief",
    "ship_tracking",
    "analysts",
    "car_makers",
    "intelligence",
}
# so many neighbouring periods are looked at then
NEAREST = 4
# the rate of a day and of its month differ by so much
SPOT = 0.004
# so many days after a period an article still turns its yuan into dollars itself
FRESH = 100


@dataclass(frozen=True)
class Miss:
    """Why a claim differs: the reason, the sentence that says it, the figure that it is of."""

    reason: str
    key: str
    other: Reading | None = None


def of_level(view: View, claim: Stated, truth: Reading, said: Said) -> Miss:
    """Return the first hypothesis that explains a level which is not the truth."""
    tests = _tests(view, claim, narrowed(claim), truth, said)
    return next((found for found in tests if found), Miss("unexplained", "unexplained"))


def _tests(
    view: View, claim: Stated, sharp: Stated, truth: Reading, said: Said
) -> Iterator[Miss | None]:
    if slips.unit(view, sharp, truth):
        yield Miss("misprint", "unit_slip", truth)
    if slips.scale(sharp, truth):
        yield Miss("misprint", "scale_slip", truth)
    yield _direction(view, sharp)
    yield _tracker(view, sharp, said)
    yield _other_count(view, sharp, truth)
    if sharp.digits <= FEW:
        # a round figure that is the year before's is that sooner than a conversion
        yield _year_before(view, sharp)
    yield _spot(view, sharp, said)
    if sharp.digits <= FEW:
        yield _speaker(view, claim, truth, said)
    yield _other_period(view, sharp, truth, said)
    slipped = slips.digit(view, sharp, truth)
    if slipped:
        yield Miss("misprint", "digit_slip", slipped)
    yield _spot_implied(view, sharp, said)
    yield _speaker(view, claim, truth, said)
    yield _near_period(view, sharp, truth, said)


def of_speaker(view: View, claim: Stated, truth: Reading, said: Said) -> Miss | None:
    """Return the miss of a claim whose sentence or publisher names another counter, or None."""
    return _tracker(view, claim, said) or _speaker(view, claim, truth, said)


def _direction(view: View, claim: Stated) -> Miss | None:
    opposite = view.facts.rules.opposite.get(claim.indicator)
    found = _match(view, claim, opposite, claim.span) if opposite else None
    return Miss("wrong_direction", "wrong_direction", found) if found else None


def _tracker(view: View, claim: Stated, said: Said) -> Miss | None:
    """A tracker's count told beside an indicator that another counts."""
    entry = view.facts.entries.indicators[claim.indicator]
    if entry.basis in ("ship_tracking", "model"):
        return None
    named = view.facts.rules.counters_named(said.sentence) & TRACKERS
    if not named:
        return None
    for other in view.facts.rules.variants.get(claim.indicator, []):
        found = _match(view, claim, other, claim.span)
        if found:
            return Miss("other_source", "other_count", found)
    return Miss("other_source", "other_counter")


def _other_count(view: View, claim: Stated, truth: Reading) -> Miss | None:
    """The same period's figure of another customs office, product, supplier or definition."""
    rules = view.facts.rules
    far = claim.gap(truth.low, truth.high) > 0.05
    if claim.digits < FEW and not far:
        return None
    for other in rules.variants.get(claim.indicator, []):
        found = _match(view, claim, other, claim.span)
        if found:
            return Miss("other_source", "other_count", found)
    for other in (*rules.misread.get(claim.indicator, []), *_kin(view, claim.indicator)):
        found = _match(view, claim, other, claim.span)
        if found:
            return Miss("wrong_currency_or_basis", "other_count", found)
    return None


def _kin(view: View, indicator: str) -> Iterator[str]:
    """Yield what an article takes for this: of all suppliers, of another one, of other products."""
    entries = view.facts.entries.indicators
    own = entries[indicator]
    same = [each for each in entries.values() if _comparable(each, own)]
    yield from (each.id for each in same if each.product == own.product)
    yield from (
        each.id for each in same if each.product != own.product and each.partner == own.partner
    )


def _comparable(one: Indicator, own: Indicator) -> bool:
    return (
        one.id != own.id
        and one.measure == own.measure
        and own.measure in ("value", "volume")
        and one.topic == own.topic
        and not one.formula
        and one.kind == own.kind
    )


def _spot(view: View, claim: Stated, said: Said) -> Miss | None:
    """Yuan turned into dollars at the day's rate where customs prints dollars of its own."""
    then = _rate_then(view, claim, said)
    yuan = best(printed(view, claim.indicator, claim.span, "CNY bn"))
    if claim.unit != "USD bn" or claim.digits < FEW or then is None or yuan is None:
        return None
    fits = claim.allows(yuan.low / then * (1 - SPOT), yuan.high / then * (1 + SPOT))
    return Miss("wrong_currency_or_basis", "spot", yuan) if fits else None


def _spot_implied(view: View, claim: Stated, said: Said) -> Miss | None:
    """The same where no yuan figure is held: the rate has moved by as much as the claim is off."""
    then, mean = _rate_then(view, claim, said), view.facts.rate(claim.span)
    dollars = deriving.level(view, claim.indicator, claim.span, "USD bn")
    if claim.unit != "USD bn" or claim.digits < FEW or not (then and mean and dollars):
        return None
    moved = mean / then
    low, high = dollars.low * moved * (1 - 1.5 * SPOT), dollars.high * moved * (1 + 1.5 * SPOT)
    fits = abs(moved - 1) > SPOT and claim.allows(low, high)
    return Miss("wrong_currency_or_basis", "spot_implied") if fits else None


def _rate_then(view: View, claim: Stated, said: Said) -> float | None:
    """Return the yuan for a dollar when an article told of fresh figures, or None."""
    day = said.published
    if day is None or (day - claim.span.end).days > FRESH:
        return None
    for back in (0, 31):
        at = day - timedelta(days=back)
        rate = view.facts.rates.get((at.year, at.month))
        if rate:
            return rate
    return None


def over(spans: Iterable[Span], claim: Stated, said: Said) -> Iterator[Span]:
    """Yield the periods that were over when the article was written; few for few digits."""
    last = said.published or date.max
    most = NEAREST if claim.digits < FEW else None
    yield from islice((span for span in spans if span.end <= last), most)


def _other_period(view: View, claim: Stated, truth: Reading, said: Said) -> Miss | None:
    """The same indicator's figure of a neighbouring period, else of any with many digits."""
    far = claim.gap(truth.low, truth.high) > 0.02
    if claim.digits < FEW and not far:
        return None
    for span in over(neighbours(claim.span), claim, said):
        found = _match(view, claim, claim.indicator, span)
        if found:
            return Miss("wrong_period", "wrong_period", found)
    if claim.digits < FEW + 1:
        return None
    for span in over(view.facts.spans(claim.indicator), claim, said):
        won = best(printed(view, claim.indicator, span, claim.unit))
        if won and span != claim.span and claim.allows(won.low, won.high):
            return Miss("wrong_period", "wrong_period", won)
    return None


def _year_before(view: View, claim: Stated) -> Miss | None:
    span = year_on(claim.span, -1)
    found = _match(view, claim, claim.indicator, span) if span else None
    return Miss("wrong_period", "wrong_period", found) if found else None


def _near_period(view: View, claim: Stated, truth: Reading, said: Said) -> Miss | None:
    """The year before or after within a per cent, where its own year is far off."""
    if claim.gap(truth.low, truth.high) < 0.1:
        return None
    wide = replace(claim, low=claim.low - 0.01 * claim.value, high=claim.high + 0.01 * claim.value)
    for years in (-1, 1):
        span = year_on(claim.span, years)
        if span is None or (said.published and span.end > said.published):
            continue
        found = _match(view, wide, claim.indicator, span)
        if found:
            return Miss("wrong_period", "wrong_period", found)
    return None


def _speaker(view: View, claim: Stated, truth: Reading, said: Said) -> Miss | None:
    """A Russian official speaks: of trade by Russian customs' count, of energy by a ministry's."""
    entry = view.facts.entries.indicators[claim.indicator]
    if entry.basis != "china_customs":
        return None
    named = view.facts.rules.counters_named(said.sentence, said.publisher)
    if "russian_side" not in named or "china_customs" in named:
        return None
    if claim.gap(truth.low, truth.high) > 0.5:
        return None
    if entry.topic == "trade":
        return Miss("wrong_currency_or_basis", "other_counter")
    return Miss("other_source", "other_counter")


def neighbours(span: Span) -> Iterator[Span]:
    """Yield the periods that an article takes for this one, the likeliest first."""
    years = [moved for moved in (year_on(span, by) for by in (-1, 1, -2, 2, -3, 3)) if moved]
    yield from years[:2]
    new_year = span.start.replace(month=1, day=1)
    ends = [_month_end(span.end.year, month) for month in range(1, 13)]
    near = sorted(ends, key=lambda end: abs((end - span.end).days))
    if span.days <= 31:
        yield from (Span(end.replace(day=1), end) for end in near[1:3])
    yield from years[2:]
    for end in near:
        if end != span.end and end > new_year:
            yield Span(new_year, end)
    if span.start != new_year:
        yield Span(new_year, span.end)
    for end in near:
        if Span(end.replace(day=1), end) != span:
            yield Span(end.replace(day=1), end)
    for end in near:
        if end.month % 3 == 0:
            yield Span(end.replace(month=end.month - 2, day=1), end)


def _tight(claim: Stated, found: Reading) -> bool:
    """Return whether a figure is told sharply enough that a claim cannot be it by chance."""
    room = found.high - found.low
    if found.method == "implied":
        return False
    return room <= 3 * claim.precision or room <= 0.012 * abs(found.value)


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - DAY


def _match(view: View, claim: Stated, indicator: str, span: Span) -> Reading | None:
    """Return the reading of another indicator or period that the claim is, or None."""
    if span == claim.span and indicator == claim.indicator:
        return None
    entry = view.facts.entries.indicators.get(indicator)
    if entry is None or claim.unit not in entry.units:
        return None
    for found in deriving.gather(view, indicator, span, claim.unit, deep=False):
        if _tight(claim, found) and claim.allows(found.low, found.high):
            return found
    for found in readings.loose(view, indicator, span, claim.unit):
        step = found.seen[0].precision
        if claim.allows(found.value - step, found.value + step) and step < 0.06 * found.value:
            return found
    return None
