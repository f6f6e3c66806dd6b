"""Stated growth against growth: as printed in the same terms, else between two levels."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from etl.entries import Unit
from etl.reading.claim import Claim
from etl.reading.facts import Observed, Span
from etl.reading.judging import deriving, hypotheses
from etl.reading.judging.finding import Finding
from etl.reading.judging.hypotheses import Miss
from etl.reading.judging.independence import View
from etl.reading.judging.readings import DAY, Reading, best, month, year_on
from etl.reading.judging.slips import FEW
from etl.reading.judging.stated import Stated, narrowed, stated
from etl.reading.said import Said

# points of per cent by which growth must miss to be wrong: as printed, and as we reckon it from
# levels of which the earlier may have been restated
SURE_PRINTED, SURE_OWN, SURE_VENDOR = 1.0, 3.0, 5.0
# points of per cent that two rounded levels may leave open and still say something
WIDE = 3.0
# the class of the pages that print what customs says
PRESS = 2
EXACT = 0.2
_DOWN = re.compile(r"^(down|fall|lower|decrease)", re.IGNORECASE)


def judge(
    view: View, wide: View, claim: Claim, said: Said, indicator: str, unit: Unit, factor: float
) -> Finding:
    """Judge a change of `indicator`, in per cent, as a multiple, or in the line's own unit."""
    if claim.period_start is None or claim.period_end is None:
        return Finding("not_checkable", "no_period", "no_period")
    span = Span(claim.period_start, claim.period_end)
    base = _base(claim, said, span)
    ratio = unit.dimension == "ratio"
    sign = -1.0 if _DOWN.match(claim.direction or "") and not ratio else 1.0
    told = stated(claim, indicator, unit.id, factor, span, sign)
    if told is None or (unit.dimension != "percent" and not ratio):
        return Finding("not_checkable", "no_period", "no_period")
    if ratio:
        told = _as_percent(told)
    known = [each for each in _growths(view, indicator, span, base, claim) if _sharp(each)]
    if not known:
        return _elsewhere(wide, told, claim, base)
    hits = [each for each in known if told.allows(each.low, each.high)]
    if hits:
        found = next((each for each in hits if each.method == "reported"), hits[0])
        key = "agrees_growth" if found.method == "reported" else "agrees_own_growth"
        return Finding("agrees", None, key, found, claim=told)
    truth = best(each for each in known if each.method == "reported") or known[0]
    estimate = view.facts.estimated(indicator)
    sure = _sure(truth, estimate, ratio)
    firm = [each for each in known if each.method == "reported"]
    firm = firm or [each for each in known if each.high - each.low < 1.0]
    nearest = min(_points(told, each) for each in firm or known)
    miss = _miss(wide, told, truth, said, claim, base)
    if nearest < sure and (miss.reason == "unexplained" or nearest < sure / 2):
        return Finding("agrees", None, "close_growth", truth, claim=told)
    return Finding("differs", miss.reason, miss.key, truth, miss.other, told)


def _sharp(growth: Reading) -> bool:
    """Return whether two levels leave the growth between them narrow enough to say anything."""
    return growth.method == "reported" or growth.high - growth.low < WIDE + abs(growth.value) / 10


def _elsewhere(view: View, told: Stated, claim: Claim, base: Span | None) -> Finding:
    """Judge growth of which nothing is known: its very digits may be those of all suppliers."""
    sharp = narrowed(told)
    entries = view.facts.entries.indicators
    own = entries[told.indicator]
    for other in entries.values():
        total = other.partner == "W00" != own.partner
        if total and (other.product, other.measure) == (own.product, own.measure):
            found = _same(view, sharp, other.id, told.span, claim, base)
            if found and found.high - found.low < EXACT and sharp.digits >= FEW:
                reason = "wrong_currency_or_basis"
                return Finding("differs", reason, "of_the_total", other=found, claim=told)
    return Finding("not_checkable", "no_period", "no_period")


def _sure(truth: Reading, estimate: bool, ratio: bool) -> float:
    sure = SURE_PRINTED
    if truth.method != "reported":
        # a vendor's history, and a level that growth implies, were restated later
        vendor = any(seen.rank < PRESS or seen.indicator.endswith("_yoy") for seen in truth.seen)
        sure = (SURE_VENDOR if vendor else SURE_OWN) * (1 + abs(truth.value) / 100)
    return sure * (3 if estimate else 1) * (2 if ratio else 1)


def _as_percent(told: Stated) -> Stated:
    """Turn a multiple into growth: twice is plus 100 per cent."""
    # "doubled" is told to a tenth of itself, not to the whole number
    step = min(told.precision, 0.1 * abs(told.value))
    if told.bound == "=":
        told = replace(told, low=told.value - step / 2, high=told.value + step, precision=step)
    return replace(
        told,
        unit="%",
        value=(told.value - 1) * 100,
        low=(told.low - 1) * 100,
        high=(told.high - 1) * 100,
        precision=told.precision * 100,
    )


def _points(told: Stated, reading: Reading) -> float:
    """Return how many points of per cent lie between a claim and a reading, or 0."""
    if told.allows(reading.low, reading.high):
        return 0.0
    return reading.low - told.high if reading.low > told.high else told.low - reading.high


def _base(claim: Claim, said: Said, span: Span) -> Span | None:
    """Return the period that the change is measured from, or None."""
    if said.base:
        return said.base
    if claim.change == "yoy":
        return year_on(span, -1)
    if claim.change == "mom":
        return month((span.start - DAY).replace(day=1)) if span.start.year > 1 else None
    if claim.change == "qoq" and span.start.day == 1 and span.start.year > 1:
        end = span.start - DAY
        return Span((end - timedelta(days=85)).replace(day=1), end)
    return None


def _growths(
    view: View, indicator: str, span: Span, base: Span | None, claim: Claim
) -> Iterator[Reading]:
    """Yield growth as printed, then as two levels of one unit give it."""
    yearly = base is not None and base == year_on(span, -1)
    if yearly:
        for seen in view.at(f"{indicator}_yoy", span, "%", None):
            fits = not claim.terms or not seen.terms or seen.terms == claim.terms
            if fits:
                method = "reported" if seen.exact else "loose"
                yield Reading(
                    indicator, span, "%", seen.value, seen.low, seen.high, method, (seen,)
                )
    if base is None:
        return
    entry = view.facts.entries.indicators[indicator]
    for unit in entry.units:
        if claim.terms and unit.startswith(("USD", "CNY")) and not unit.startswith(claim.terms):
            continue
        yield from _between(view, indicator, span, base, unit)


def _between(view: View, indicator: str, span: Span, base: Span, unit: str) -> Iterator[Reading]:
    """Yield the growth from every reading of the base to the best of the period."""
    now = deriving.level(view, indicator, span, unit)
    if now is None:
        return
    before = [
        each
        for each in deriving.gather(view, indicator, base, unit, deep=False)
        if each.method not in ("implied", "loose") and each.low > 0
    ]
    for each in before:
        seen: tuple[Observed, ...] = (*now.seen, *each.seen)
        low, high = (now.low / each.high - 1) * 100, (now.high / each.low - 1) * 100
        value = (now.value / each.value - 1) * 100
        yield Reading(indicator, span, "%", value, low, high, "between", seen)
        if span.days != base.days and now.unit == "Mt":
            # agencies reckon oil by the day, and a leap day is a day more
            by_day = base.days / span.days
            low, high, value = (((x / 100 + 1) * by_day - 1) * 100 for x in (low, high, value))
            yield Reading(indicator, span, "%", value, low, high, "between", seen)


def _miss(
    view: View, told: Stated, truth: Reading, said: Said, claim: Claim, base: Span | None
) -> Miss:
    """Return what explains growth that is not the truth."""
    sharp = narrowed(told)
    far = abs(told.value - truth.value) > 2
    mirrored = replace(sharp, value=-sharp.value, low=-sharp.high, high=-sharp.low)
    if far and abs(truth.value) > 1 and mirrored.gap(truth.low - 0.5, truth.high + 0.5) == 0:
        return Miss("misprint", "sign_slip", truth)
    rules = view.facts.rules
    if claim.terms:
        other = _same(view, sharp, told.indicator, told.span, replace(claim, terms=None), base)
        if other:
            return Miss("wrong_currency_or_basis", "other_terms", other)
    opposite = rules.opposite.get(told.indicator)
    if opposite:
        other = _same(view, sharp, opposite, told.span, claim, base)
        if other:
            return Miss("wrong_direction", "wrong_direction", other)
    if rules.counters_named(said.sentence) & hypotheses.TRACKERS:
        return Miss("other_source", "other_counter")
    for indicator in _kin(view, told.indicator):
        other = _same(view, sharp, indicator, told.span, claim, base)
        if other:
            reason = "wrong_currency_or_basis"
            if indicator in rules.variants.get(told.indicator, []):
                reason = "other_source"
            return Miss(reason, "other_count", other)
    other = _elsewhen(view, sharp, claim, said) if far and claim.change == "yoy" else None
    if other:
        return Miss("wrong_period", "wrong_period", other)
    entry = view.facts.entries.indicators[told.indicator]
    named = rules.counters_named(said.sentence, said.publisher)
    if "russian_side" in named and entry.basis == "china_customs":
        trade = entry.topic == "trade"
        return Miss("wrong_currency_or_basis" if trade else "other_source", "other_counter")
    return Miss("unexplained", "unexplained")


def _kin(view: View, indicator: str) -> Iterator[str]:
    rules = view.facts.rules
    yield from rules.variants.get(indicator, [])
    yield from rules.misread.get(indicator, [])
    entries = view.facts.entries.indicators
    own = entries[indicator]
    for each in entries.values():
        same = each.product == own.product and each.topic == own.topic and each.id != own.id
        if same and each.measure in ("volume", "value") and not each.formula:
            yield each.id


def _same(
    view: View, sharp: Stated, indicator: str, span: Span, claim: Claim, base: Span | None
) -> Reading | None:
    """Return the growth of another indicator that the claim is, or None."""
    if indicator not in view.facts.entries.indicators:
        return None
    for each in _growths(view, indicator, span, base, claim):
        narrow = each.high - each.low < 1.5 + abs(each.value) / 50
        if each.method != "loose" and narrow and sharp.allows(each.low, each.high):
            return each
    return None


def _elsewhen(view: View, sharp: Stated, claim: Claim, said: Said) -> Reading | None:
    """Return the same indicator's growth in a neighbouring period that the claim is, or None."""
    if sharp.digits < 2:
        return None
    for span in hypotheses.over(hypotheses.neighbours(sharp.span), sharp, said):
        for seen in view.at(f"{sharp.indicator}_yoy", span, "%", None):
            fits = not claim.terms or not seen.terms or seen.terms == claim.terms
            if seen.exact and fits and sharp.allows(seen.low, seen.high):
                return Reading(
                    sharp.indicator, span, "%", seen.value, seen.low, seen.high, "reported", (seen,)
                )
    return None
