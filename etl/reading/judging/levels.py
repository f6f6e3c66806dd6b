"""A stated level against what is known of its period: agrees, revised, differs or not checkable."""

import math
from collections.abc import Iterable
from dataclasses import replace

from etl.reading.judging import deriving, hypotheses, readings
from etl.reading.judging.finding import Finding
from etl.reading.judging.hypotheses import Miss
from etl.reading.judging.independence import View
from etl.reading.judging.readings import Reading, best
from etl.reading.judging.slips import FEW
from etl.reading.judging.stated import Stated
from etl.reading.said import Said

# the part of a figure by which a reading must miss a claim to speak against it: with a hypothesis
# that explains the miss, and without one. What is derived carries restatements, and says less.
SURE = {
    "reported": (0.0025, 0.0025),
    "months": (0.005, 0.01),
    "parts": (0.005, 0.01),
    "later_base": (0.02, 0.03),
    "difference": (0.01, 0.02),
    "pieces": (0.01, 0.02),
    "stand_in": (0.02, 0.04),
    "implied": (0.03, 0.05),
    "converted": (0.01, 0.03),
    "ratio": (0.02, 0.04),
    "loose": (0.1, 0.1),
}
# history that a vendor restated later, and one page alone, are no proof against a first release
LATE, ALONE = 0.03, 0.05
LATER = 150
ROUGH = 0.05
# counts of trackers, models and officials are estimates, and each counter has its own
ESTIMATE = 0.15
# officials round what they say, and say it again within weeks
SAID = 0.1
# within this a claim is as good as right
CLOSE, CLOSE_COUNT = 0.02, 0.05
# a base that later growth implies is another vintage from here on
RESTATED = 0.005
BLOG = 4
_STRENGTH = list(SURE)
# with a printed figure, only these others may excuse a claim that misses it
_FIRM = ("reported", "months", "later_base")


def judge(view: View, wide: View, claim: Stated, said: Said) -> Finding:
    """Judge a level. `wide` also sees the article's agency story, to explain a miss."""
    exact = readings.printed(view, claim.indicator, claim.span, claim.unit)
    won = best(exact)
    if won and claim.allows(won.low, won.high):
        if _rough(claim, won) and (miss := hypotheses.of_speaker(wide, claim, won, said)):
            return Finding("differs", miss.reason, miss.key, won, miss.other, claim)
        later = list(deriving.implied(view, claim.indicator, claim.span, claim.unit))
        restated = _restated(claim, [*exact, *later], won)
        return restated or Finding("agrees", None, "agrees", won, claim=claim)
    known = deriving.gather(view, claim.indicator, claim.span, claim.unit)
    known = known or _family(view, claim)
    if not known:
        return Finding("not_checkable", "no_period", "no_period")
    hits = [each for each in known if claim.allows(each.low, each.high)]
    hit = _trusted(claim, hits, won)
    if hit:
        return _hit(claim, hit, won)
    return _miss(view, wide, claim, known, won, said)


def _family(view: View, claim: Stated) -> list[Reading]:
    """Return what any tracker counts, or officials say of another day, where nobody is named."""
    entries = view.facts.entries.indicators
    own = entries[claim.indicator]
    if own.basis == "ship_tracking":
        # every tracker's line begins with the id of the one that names no tracker
        root = next((x for x in entries if claim.indicator.startswith(f"{x}_")), claim.indicator)
        return [
            replace(each, method="loose")
            for other in entries
            if f"{other}_".startswith(f"{root}_") and other != claim.indicator
            for each in _counted(view, other, claim)
        ]
    if own.measure == "share" and own.basis == "officials":
        return list(readings.nearby(view, claim.indicator, claim.span, claim.unit))
    return []


def _counted(view: View, other: str, claim: Stated) -> list[Reading]:
    """Return what another tracker counts in the claim's unit, converted where it must be."""
    if view.facts.entries.indicators[other].basis != "ship_tracking":
        return []
    found = deriving.gather(view, other, claim.span, claim.unit, deep=False)
    return found or list(deriving.of_other_unit(view, other, claim.span, claim.unit))


def _rough(claim: Stated, won: Reading) -> bool:
    """Return whether one digit says too little to tell this figure from another count's."""
    return claim.bound == "=" and claim.digits == 1 and abs(claim.value / won.value - 1) > ROUGH


def _restated(claim: Stated, known: list[Reading], won: Reading) -> Finding | None:
    """Return `revised` where later growth implies another figure than was first printed."""
    later = [each for each in known if each.method == "later_base"]
    if claim.bound != "=" or not later:
        return None
    sharpest = min(later, key=lambda each: each.high - each.low)
    newer = sharpest.published > min(each.published for each in known if each.method == "reported")
    outside = max(sharpest.low - won.value, won.value - sharpest.high) / abs(won.value or 1.0)
    if newer and outside >= RESTATED and claim.gap(sharpest.low, sharpest.high) > 0:
        return Finding("revised", None, "revised_base", won, sharpest, claim)
    return None


def _trusted(claim: Stated, hits: list[Reading], won: Reading | None) -> Reading | None:
    """Return the strongest reading that the claim is, where the best one is another.

    A blog's figure, a bound, what is merely implied and a coarser print of the best figure say
    nothing against a printed figure.
    """
    if won:
        hits = [
            each
            for each in hits
            if each.method not in ("loose", "implied", "stand_in", "converted")
            and _as_sharp(claim, each, won)
        ]
    order = {method: place for place, method in enumerate(_STRENGTH)}
    return min(
        hits, key=lambda each: (order.get(each.method, 99), each.rank, each.published), default=None
    )


def _as_sharp(claim: Stated, each: Reading, won: Reading) -> bool:
    """Return whether a reading is no blog's, and no coarser than the claim and the best figure."""
    step = max(claim.precision, won.seen[0].precision)
    return each.rank < BLOG and each.high - each.low <= 3 * step


def _hit(claim: Stated, hit: Reading, won: Reading | None) -> Finding:
    if won is None:
        return Finding("agrees", None, _agrees(hit), hit, claim=claim)
    if hit.method == "later_base":
        return Finding("revised", None, "is_restated", won, hit, claim)
    if hit.method == "reported" and hit.published < won.published:
        return Finding("revised", None, "revised", hit, won, claim)
    return Finding("agrees", None, _agrees(hit), hit, claim=claim)


def _agrees(hit: Reading) -> str:
    return "agrees" if hit.method == "reported" else f"agrees_{hit.method}"


def _miss(
    view: View,
    wide: View,
    claim: Stated,
    known: list[Reading],
    won: Reading | None,
    said: Said,
) -> Finding:
    """Judge a claim that no reading allows."""
    speaking = [each for each in known if each.method != "loose"] or known
    truth = won or _strongest(speaking)
    if truth is None:
        return Finding("not_checkable", "no_period", "no_period")
    firm = [x for x in speaking if x.method in _FIRM and _as_sharp(claim, x, truth)] or [truth]
    nearest = min(claim.gap(each.low, each.high) for each in firm)
    if _unfinished(view, claim, said):
        return Finding("revised", None, "unfinished", truth, claim=claim)
    estimate = view.facts.estimated(claim.indicator)
    if estimate and _another_counter(view, truth, said):
        if nearest < CLOSE_COUNT:
            return Finding("agrees", None, "close", truth, claim=claim)
        return Finding("differs", "other_source", "other_tracker", truth, claim=claim)
    miss = hypotheses.of_level(wide, claim, truth, said)
    sure = _sure(view, claim, truth, miss, _doubt(claim, truth, speaking))
    if nearest >= sure:
        return Finding("differs", miss.reason, miss.key, truth, miss.other, claim)
    if truth.method == "later_base" and nearest >= RESTATED:
        return Finding("revised", None, "only_restated", truth, claim=claim)
    if nearest < max(CLOSE, 0.0 if estimate or truth.method != "reported" else sure):
        return Finding("agrees", None, "close", truth, claim=claim)
    if estimate and said.published and truth.published > said.published:
        return Finding("revised", None, "later_estimate", truth, claim=claim)
    return Finding("not_checkable", "no_period", "no_period")


def _sure(view: View, claim: Stated, truth: Reading, miss: Miss, doubt: float) -> float:
    """Return the miss, as a part of the truth, from which a claim is wrong."""
    plain = miss.reason == "unexplained"
    estimate = view.facts.estimated(claim.indicator)
    officials = view.facts.entries.indicators[claim.indicator].basis == "officials"
    sure = SURE[truth.method][plain]
    if estimate:
        sure = SAID if officials else ESTIMATE
    exact = miss.reason == "misprint" and claim.digits > FEW
    if plain or (doubt == LATE and not exact):
        sure = max(sure, doubt)
    elif miss.reason == "wrong_period":
        sure = max(sure, doubt / 2)
    if estimate and truth.method == "loose":
        tracked = view.facts.entries.indicators[claim.indicator].basis == "ship_tracking"
        sure = math.inf if tracked else sure
    if truth.method == "reported":
        return sure
    # what a derived figure leaves open is no proof either
    return max(sure, (truth.high - truth.low) / abs(truth.value or 1.0))


def _doubt(claim: Stated, truth: Reading, known: list[Reading]) -> float:
    """Return the miss below which a truth without a second page, or of later years, is no proof."""
    if truth.rank < 2 and (truth.published - claim.span.end).days > LATER:
        return LATE
    pages = {
        seen.url
        for each in known
        if each.low <= truth.high and each.high >= truth.low and each.rank < BLOG
        for seen in each.seen
    }
    return ALONE if truth.method == "reported" and truth.rank > 1 and len(pages) < 2 else 0.0


def _strongest(known: Iterable[Reading]) -> Reading | None:
    return min(known, key=lambda each: (_STRENGTH.index(each.method), each.rank), default=None)


def _unfinished(view: View, claim: Stated, said: Said) -> bool:
    """Return whether a tracker's month was not over when the article was written."""
    entry = view.facts.entries.indicators[claim.indicator]
    if entry.basis not in ("ship_tracking", "model") or said.published is None:
        return False
    return said.published <= claim.span.end


def _another_counter(view: View, truth: Reading, said: Said) -> bool:
    """Return whether sentence and figure name counters that are not the same."""
    named = view.facts.rules.counters_named(said.sentence, said.publisher) & hypotheses.TRACKERS
    counted = {
        name
        for seen in truth.seen
        for name in view.facts.rules.counters_named(seen.counter, seen.publisher)
    } & hypotheses.TRACKERS
    return bool(named and counted and not named & counted)
