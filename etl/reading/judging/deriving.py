"""All readings of an indicator and period: printed, summed, implied by growth, converted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from etl.entries import Indicator
from etl.reading.facts import Observed, Span
from etl.reading.judging import readings
from etl.reading.judging.independence import View
from etl.reading.judging.readings import Reading, best, printed, year_on

_MONEY = {"USD bn": "CNY bn", "CNY bn": "USD bn"}
_OIL = {"Mt": "mb/d", "mb/d": "Mt"}
# a period's mean rate stands for the rates that customs used
RATE_ROOM = 0.03


def gather(view: View, indicator: str, span: Span, unit: str, deep: bool = True) -> list[Reading]:
    """Return every reading of a period, printed ones first.

    Without `deep` nothing is converted from another unit or taken from another indicator.
    """
    entry = view.facts.entries.indicators.get(indicator)
    if entry is None:
        return []
    found = [*printed(view, indicator, span, unit), *_added(view, entry, span, unit)]
    found += implied(view, indicator, span, unit)
    if deep:
        found += _elsewhere(view, entry, span, unit)
        if not any(reading.method == "reported" for reading in found):
            found += of_other_unit(view, indicator, span, unit)
        found += readings.loose(view, indicator, span, unit)
    return found


def level(view: View, indicator: str, span: Span, unit: str) -> Reading | None:
    """Return the best reading of a period, printed or summed, or None."""
    won = best(printed(view, indicator, span, unit))
    if won:
        return won
    entry = view.facts.entries.indicators.get(indicator)
    return next(iter(_added(view, entry, span, unit)), None) if entry else None


def _added(view: View, entry: Indicator, span: Span, unit: str) -> Iterator[Reading]:
    """Yield sums over time and over parts."""
    if entry.additive and view.facts.entries.units[unit].dimension not in ("oil_rate", "gas_rate"):
        yield from readings.months(view, entry.id, span, unit)
        yield from _of_parts(view, entry, span, unit)
        yield from readings.differences(view, entry.id, span, unit)
        yield from readings.pieces(view, entry.id, span, unit)
        yield from _restated_month(view, entry.id, span, unit)
    if entry.basis == "market":
        yield from _mean(view, entry.id, span, unit)


def _of_parts(view: View, entry: Indicator, span: Span, unit: str) -> Iterator[Reading]:
    """Yield a total as the sum of its parts, and a part as the total without the other."""
    if entry.parts:
        found = [best(printed(view, part, span, unit)) for part in entry.parts]
        if all(found):
            both = [seen for each in found if each for seen in each.seen]
            yield readings.total(entry.id, span, unit, both, [1.0, 1.0], "parts", 0.0)
        return
    whole = view.facts.wholes.get(entry.id)
    if whole is None:
        return
    parts = view.facts.entries.indicators[whole].parts
    other = next(part for part in parts if part != entry.id)
    found = [best(printed(view, each, span, unit)) for each in (whole, other)]
    if all(found):
        both = [seen for each in found if each for seen in each.seen]
        yield readings.total(entry.id, span, unit, both, [1.0, -1.0], "parts", 0.0)


def _mean(view: View, indicator: str, span: Span, unit: str) -> Iterator[Reading]:
    """Yield the mean of the months of a market price."""
    found = [
        best(printed(view, indicator, readings.month(start), unit))
        for start in readings.month_starts(span)
    ]
    known = [each for each in found if each]
    if len(known) == len(found) > 1:
        value = sum(each.value for each in known) / len(known)
        seen = tuple(each.seen[0] for each in known)
        room = 0.01 * abs(value)
        yield Reading(indicator, span, unit, value, value - room, value + room, "months", seen)


def _restated_month(view: View, indicator: str, span: Span, unit: str) -> Iterator[Reading]:
    """Yield a month between two year-to-date figures that later growth rests on."""
    new_year = span.start.replace(month=1, day=1)
    if span.start == new_year or span.days > 31:
        return
    ends = (Span(new_year, span.end), Span(new_year, span.start - readings.DAY))
    found = [
        next((x for x in implied(view, indicator, each, unit) if x.method == "later_base"), None)
        for each in ends
    ]
    if found[0] and found[1]:
        value = found[0].value - found[1].value
        low, high = found[0].low - found[1].high, found[0].high - found[1].low
        seen = (*found[0].seen, *found[1].seen)
        yield Reading(indicator, span, unit, value, low, high, "difference", seen)


def implied(view: View, indicator: str, span: Span, unit: str) -> Iterator[Reading]:
    """Yield the figure that growth implies: as the base of a later year, and from an earlier one.

    A later level and growth of one page give the base as it stands by then (`later_base`).
    """
    later, earlier = year_on(span, 1), year_on(span, -1)
    if later:
        for growth in _growths(view, indicator, later, unit):
            rate_low, rate_high = _factors(growth)
            for top in _levels_beside(view, growth, indicator, later, unit):
                own = top.url == growth.url and top.published == growth.published
                low, high = top.low / rate_high, top.high / rate_low
                value = top.value / (1 + growth.value / 100)
                method = "later_base" if own else "implied"
                yield Reading(indicator, span, unit, value, low, high, method, (top, growth))
    if earlier:
        ground = best(printed(view, indicator, earlier, unit))
        for growth in _growths(view, indicator, span, unit) if ground else []:
            base = ground.seen[0] if ground else growth
            rate_low, rate_high = _factors(growth)
            value = base.value * (1 + growth.value / 100)
            # the base may have been restated before the growth was reckoned
            low, high = base.low * rate_low * 0.99, base.high * rate_high * 1.01
            yield Reading(indicator, span, unit, value, low, high, "implied", (base, growth))


def _growths(view: View, indicator: str, span: Span, unit: str) -> Iterator[Observed]:
    """Yield the printed growth of a period in terms of the currency of `unit`."""
    currency = unit.split(" ")[0] if unit in _MONEY else ""
    for seen in view.facts.at(f"{indicator}_yoy", span):
        fits = not currency or seen.terms == currency
        if seen.exact and fits and seen.value > -95 and view.knows(seen):
            yield seen


def _factors(growth: Observed) -> tuple[float, float]:
    half = growth.precision / 2
    return 1 + (growth.value - half) / 100, 1 + (growth.value + half) / 100


def _levels_beside(
    view: View, growth: Observed, indicator: str, span: Span, unit: str
) -> Iterator[Observed]:
    """Yield the level that the page of a growth rate prints, else the best one of the period."""
    known = printed(view, indicator, span, unit)
    same = [each for each in known if each.seen[0].url == growth.url]
    won = min(same, key=lambda each: each.seen[0].precision) if same else best(known)
    if won:
        yield won.seen[0]


def _elsewhere(view: View, entry: Indicator, span: Span, unit: str) -> Iterator[Reading]:
    """Yield what another indicator says in this one's place: a stand-in, or a share computed."""
    stand_in = entry.stand_in
    if stand_in and span.end <= date.fromisoformat(str(stand_in["until"])):
        won = level(view, str(stand_in["indicator"]), span, unit)
        if won:
            # China's meter and Gazprom's differ by a per cent or two
            low, high = won.low * 0.98, won.high * 1.02
            yield replace(won, indicator=entry.id, low=low, high=high, method="stand_in")
    computed = view.facts.entries.indicators.get(f"{entry.id}_computed")
    if entry.measure == "share" and computed and computed.formula.get("op") == "share":
        yield from _share(view, entry.id, span, unit, computed.formula["inputs"])


def _share(
    view: View, indicator: str, span: Span, unit: str, inputs: list[str]
) -> Iterator[Reading]:
    entries = view.facts.entries.indicators
    part = level(view, inputs[0], span, entries[inputs[0]].unit)
    whole = level(view, inputs[1], span, entries[inputs[1]].unit)
    if part and whole and whole.value > 0 and part.unit == whole.unit:
        seen = (*part.seen, *whole.seen)
        low, high = 100 * part.low / whole.high, 100 * part.high / whole.low
        value = 100 * part.value / whole.value
        yield Reading(indicator, span, unit, value, low, high, "ratio", seen)


def of_other_unit(view: View, indicator: str, span: Span, unit: str) -> Iterator[Reading]:
    """Yield tonnes from barrels a day and money from the other currency."""
    entry = view.facts.entries.indicators[indicator]
    other = _OIL.get(unit) or _MONEY.get(unit)
    if other is None or other not in entry.units:
        return
    sources = [*printed(view, indicator, span, other), *_added(view, entry, span, other)]
    for source in sources:
        edges = converted(view, source, unit)
        if edges:
            yield Reading(indicator, span, unit, *edges, "converted", source.seen)


def converted(view: View, source: Reading, unit: str) -> tuple[float, float, float] | None:
    """Return value, low and high of a reading in the other unit of oil or money, or None."""
    if {source.unit, unit} == {"Mt", "mb/d"}:
        barrels = view.facts.entries.constants["bbl_per_tonne_crude"]
        least, most = barrels.low or barrels.value, barrels.high or barrels.value
        days = source.span.days
        if unit == "mb/d":
            return (
                source.value * barrels.value / days,
                source.low * least / days,
                source.high * most / days,
            )
        return (
            source.value * days / barrels.value,
            source.low * days / most,
            source.high * days / least,
        )
    rate = view.facts.rate(source.span)
    if rate is None or {source.unit, unit} != {"USD bn", "CNY bn"}:
        return None
    factor = rate if unit == "CNY bn" else 1 / rate
    return (
        source.value * factor,
        source.low * factor * (1 - RATE_ROOM),
        source.high * factor * (1 + RATE_ROOM),
    )
