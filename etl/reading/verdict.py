"""The verdict on a claim: what the warehouse says of it, why, by which figures, in one sentence.

`judge` looks first at what was known on the article's day, then at what is known today. Nothing
here reads a note, summary or explanation of an article or claim.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from etl.entries import Unit
from etl.reading.claim import Claim
from etl.reading.facts import WHOLE, Facts, Span
from etl.reading.judging import explain, growth, levels, milestones, stated, sums
from etl.reading.judging.explain import Evidence
from etl.reading.judging.finding import Finding
from etl.reading.judging.independence import View, view
from etl.reading.said import Said

NO_OUTTURN = {
    "target": "target_or_forecast",
    "forecast": "target_or_forecast",
    "hypothetical": "target_or_forecast",
    "capacity": "capacity_or_price",
    "negated": "opinion",
    "unconfirmed": "opinion",
}
# a release may come out on the last days of its period
GRACE = 3
# a tracker tells of a month that is not over
MONTH = 31
EARLIEST, LATEST = 1900, 2200


@dataclass(frozen=True)
class Verdict:
    """`explanation` has the sentence in English, Russian and Chinese."""

    verdict: str
    reason: str | None
    explanation: dict[str, str]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Judged:
    """The verdict on the article's own day, and today's."""

    then: Verdict
    now: Verdict


def judge(facts: Facts, said: Said) -> Judged:
    """Judge a claim as of its article's day and as of everything known. Raises nothing."""
    then = find(facts, said, said.published or facts.today)
    now = find(facts, said, None)
    printed = then.truth is not None and then.truth.method == "reported"
    if then.verdict == "agrees" and then.key == "agrees" and printed and now.verdict == "differs":
        # it was right by what was printed when it was written
        now = replace(now, verdict="revised", reason=None, key="since_restated")
    return Judged(_worded(facts, then, said), _worded(facts, now, said))


def judge_article(facts: Facts, claims: Sequence[Said]) -> list[Judged]:
    """Judge all claims of one article, and whether the totals among them are what they add up to.

    A total that its parts contradict is told of; it differs where nothing else is known of it and
    other pages confirm every part.
    """
    judged = [judge(facts, said) for said in claims]
    for found in sums.discords(facts, claims):
        told = explain.discord(facts, found)
        sure = all(judged[part].now.verdict == "agrees" for part in found.parts)
        rests = tuple(row for part in found.parts for row in judged[part].now.evidence)
        for day in ("then", "now"):
            verdict: Verdict = getattr(judged[found.total], day)
            texts = {key: f"{text} {told[key]}" for key, text in verdict.explanation.items()}
            if sure and verdict.reason == "no_period":
                verdict = Verdict("differs", "unexplained", told, rests)
            elif verdict.verdict in ("agrees", "revised") or verdict.reason == "no_period":
                verdict = replace(verdict, explanation=texts)
            judged[found.total] = replace(judged[found.total], **{day: verdict})
    return judged


def _worded(facts: Facts, found: Finding, said: Said) -> Verdict:
    return Verdict(
        found.verdict, found.reason, explain.sentences(facts, found), explain.evidence(found)
    )


def find(facts: Facts, said: Said, as_of: date | None) -> Finding:
    """Judge a claim by what was known on a day, or by everything for None."""
    claim = said.claim
    if claim is None:
        return Finding("not_checkable", "opinion", "opinion")
    if _beyond(claim):
        return Finding("not_checkable", "no_period", "no_period")
    seen = view(facts, said, as_of)
    if claim.indicator.startswith(milestones.PREFIX) and claim.unit in milestones.DATES:
        return milestones.judge(seen, said)
    numbers = (claim.value, claim.low, claim.high)
    if all(number is None for number in numbers):
        return Finding("not_checkable", "opinion", "opinion")
    barred = _barred(facts, said, claim)
    if barred:
        return barred
    found = _measured(facts, said, claim, seen, view(facts, said, as_of, whole_story=True))
    wished = not said.kind_told and facts.rules.says("wished", said.sentence, said.title)
    if wished and found.verdict == "differs":
        # a target that was missed is no false figure
        return Finding("not_checkable", "target_or_forecast", "target_or_forecast")
    return found


def _beyond(claim: Claim) -> bool:
    """Return whether a claim speaks of a time that no series reaches: dates would overflow."""
    days = [day for day in (claim.period_start, claim.period_end) if day]
    return any(not EARLIEST <= day.year <= LATEST for day in days)


def _barred(facts: Facts, said: Said, claim: Claim) -> Finding | None:
    """Return why a claim is no outturn of a series that is kept, or None."""
    reason = NO_OUTTURN.get(claim.kind)
    if reason:
        return Finding("not_checkable", reason, reason)
    known = stated.unit_of(claim.unit, facts.entries, facts.rules)
    dimension = known[0].dimension if known else ""
    entry = facts.entries.indicators.get(indicator_of(claim, facts, said))
    priced = dimension.startswith("price") or (entry is not None and entry.measure == "price")
    if dimension.endswith("_capacity") or (entry is not None and entry.kind == "capacity"):
        return Finding("not_checkable", "capacity_or_price", "capacity")
    if priced and (entry is None or entry.basis != "market"):
        return Finding("not_checkable", "capacity_or_price", "price")
    if entry is not None and entry.kind in ("target", "forecast"):
        return Finding("not_checkable", "target_or_forecast", "target_or_forecast")
    if _ahead(facts, said, claim):
        return Finding("not_checkable", "target_or_forecast", "target_or_forecast")
    if entry is None or known is None:
        for word in ("capacity", "price"):
            if not said.kind_told and facts.rules.says(word, said.sentence):
                return Finding("not_checkable", "capacity_or_price", word)
        return Finding("not_checkable", "no_series", "no_series")
    return None


def _ahead(facts: Facts, said: Said, claim: Claim) -> bool:
    """Return whether a claim speaks of what was still to come when it was written."""
    if claim.period_end is None or said.published is None:
        return False
    left = (claim.period_end - said.published).days
    # of a partial date the first day decides where the words say that it was still to come
    may_be_left = (claim.period_end - (said.first or said.published)).days
    begun = claim.period_start is None or claim.period_start <= said.published
    if not begun and left > GRACE:
        return True
    says = facts.rules.says
    if may_be_left > 0 and not said.kind_told and says("ahead", said.sentence, said.title):
        return True
    entry = facts.entries.indicators.get(claim.indicator_own or claim.indicator)
    running = entry is not None and entry.basis in ("ship_tracking", "model", "officials")
    return left > GRACE and (left > MONTH or not running)


def indicator_of(claim: Claim, facts: Facts, said: Said) -> str:
    """Return the id of the catalogue that a claim speaks of, the finer one first; else `other`.

    Each tracker has an indicator of its own: the one that the sentence names is meant.
    """
    listed = facts.entries.indicators
    name = next((x for x in (claim.indicator_own, claim.indicator) if x in listed), "other")
    if name in listed and listed[name].basis == "ship_tracking":
        for counter in sorted(facts.rules.counters_named(said.sentence, said.publisher)):
            if f"{name}_{counter}" in listed and _has(facts, f"{name}_{counter}", claim):
                return f"{name}_{counter}"
    return name


def _has(facts: Facts, indicator: str, claim: Claim) -> bool:
    if claim.period_start is None or claim.period_end is None:
        return False
    return bool(facts.at(indicator, Span(claim.period_start, claim.period_end)))


def _measured(facts: Facts, said: Said, claim: Claim, seen: View, wide: View) -> Finding:
    """Judge a level, a share, a rank or growth of a known indicator in a known unit."""
    unit, factor = stated.unit_of(claim.unit, facts.entries, facts.rules) or (None, 0.0)
    indicator = indicator_of(claim, facts, said)
    if unit is None:
        return Finding("not_checkable", "no_series", "no_series")
    entry = facts.entries.indicators[indicator]
    if entry.measure == "growth" and indicator.removesuffix("_yoy") in facts.entries.indicators:
        indicator = indicator.removesuffix("_yoy")
        claim = replace(claim, change=claim.change or "yoy")
    if claim.change:
        return growth.judge(seen, wide, claim, said, indicator, unit, factor)
    line = facts.entries.line_unit(indicator, unit.id)
    if line is None:
        return _of_another_kind(facts, said, claim, seen, wide, unit, factor)
    if claim.period_start is None or claim.period_end is None:
        return Finding("not_checkable", "no_period", "no_period")
    scale = factor * unit.factor / facts.entries.units[line].factor
    if facts.entries.units[line].dimension != unit.dimension:
        return Finding("not_checkable", "no_series", "no_series")
    span = Span(claim.period_start, claim.period_end)
    told = stated.stated(claim, indicator, line, scale, span, whole=line in WHOLE)
    if told is None:
        return Finding("not_checkable", "opinion", "opinion")
    return levels.judge(seen, wide, told, said)


def _of_another_kind(
    facts: Facts, said: Said, claim: Claim, seen: View, wide: View, unit: Unit, factor: float
) -> Finding:
    """Judge per cent of an indicator that is kept in other units: its share, or else its growth."""
    indicator = indicator_of(claim, facts, said)
    if unit.dimension not in ("percent", "ratio"):
        return Finding("not_checkable", "no_series", "no_series")
    entry = facts.entries.indicators[indicator]
    if unit.dimension == "percent" and facts.rules.says("share", said.sentence):
        for other in facts.entries.indicators.values():
            same = (other.product, other.partner, other.reporter) == (
                entry.product,
                entry.partner,
                entry.reporter,
            )
            if same and other.measure == "share" and not other.formula:
                share = replace(claim, indicator=other.id, indicator_own=None)
                return _measured(facts, said, share, seen, wide)
        return Finding("not_checkable", "no_series", "no_series")
    yearly = replace(claim, change="yoy")
    return growth.judge(seen, wide, yearly, said, indicator, unit, factor)
