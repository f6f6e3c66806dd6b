"""Sums stated within one article: a total whose stated parts add up to something else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.reading.facts import Facts, Span
from etl.reading.judging import stated
from etl.reading.judging.stated import Stated
from etl.reading.said import Said

# rounded parts, and totals of another release, may be off by so much of the total
SLACK = 0.002


@dataclass(frozen=True)
class Discord:
    """A total and its parts, by their place in the article; `adds_up_to` in `unit`."""

    total: int
    parts: tuple[int, ...]
    stated: float
    adds_up_to: float
    unit: str
    span: Span


def discords(facts: Facts, claims: Sequence[Said]) -> Iterator[Discord]:
    """Yield every total that the parts stated beside it contradict beyond rounding.

    Only flat figures of one period and unit are added, and only parts that the catalogue knows to
    make up a total: an article may leave out what is not asked.
    """
    placed: dict[tuple[str, Span, str], tuple[int, Stated]] = {}
    for place, said in enumerate(claims):
        found = _flat(facts, said)
        if found:
            placed.setdefault((found.indicator, found.span, found.unit), (place, found))
    for (indicator, span, unit), (place, total) in placed.items():
        names = facts.entries.indicators[indicator].parts
        parts = [placed.get((name, span, unit)) for name in names]
        known = [each for each in parts if each]
        if not names or len(known) < len(names):
            continue
        low = sum(each.low for _, each in known)
        high = sum(each.high for _, each in known)
        if total.gap(low, high) > SLACK:
            value = sum(each.value for _, each in known)
            places = tuple(at for at, _ in known)
            yield Discord(place, places, total.value, value, unit, span)


def _flat(facts: Facts, said: Said) -> Stated | None:
    """Return a plain outturn in its line's unit, or None."""
    claim = said.claim
    if claim is None or claim.bound != "=" or claim.change or claim.kind != "actual":
        return None
    known = stated.unit_of(claim.unit, facts.entries, facts.rules)
    if claim.indicator not in facts.entries.indicators or known is None:
        return None
    line = facts.entries.line_unit(claim.indicator, known[0].id)
    if line is None or claim.period_start is None or claim.period_end is None:
        return None
    if facts.entries.units[line].dimension != known[0].dimension:
        return None
    scale = known[1] * known[0].factor / facts.entries.units[line].factor
    span = Span(claim.period_start, claim.period_end)
    return stated.stated(claim, claim.indicator, line, scale, span)
