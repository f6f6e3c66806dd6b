"""Slips of the hand: a wrong unit, a moved point, a digit."""

import math

from etl.reading.judging import deriving
from etl.reading.judging.independence import View
from etl.reading.judging.readings import Reading, printed
from etl.reading.judging.stated import Stated

# a figure of so few digits meets others by chance
FEW = 3
_POWERS = (-9, -6, -4, -3, -2, -1, 1, 2, 3, 4, 6, 9)


def unit(view: View, claim: Stated, truth: Reading) -> bool:
    """Return whether barrels a day were printed as tonnes, or tonnes as barrels a day."""
    if claim.unit not in ("Mt", "mb/d"):
        return False
    edges = deriving.converted(view, truth, "mb/d" if claim.unit == "Mt" else "Mt")
    return edges is not None and claim.allows(edges[1], edges[2])


def scale(claim: Stated, truth: Reading) -> bool:
    """Return whether a point was moved, or a word such as "billion" lost."""
    for power in _POWERS:
        # a lost word shows itself; a moved point needs digits
        least = FEW if abs(power) == 1 else FEW - 1
        factor = 10.0**power
        if claim.digits >= least and claim.allows(truth.low * factor, truth.high * factor):
            return True
    return False


def digit(view: View, claim: Stated, truth: Reading) -> Reading | None:
    """Return the figure whose digits were told with one slip, or None.

    Pages print one figure to the last digit differently: each that agrees with the truth is tried.
    """
    if claim.digits < FEW or not claim.precision:
        return None
    exact = printed(view, claim.indicator, claim.span, claim.unit)
    alike = [each for each in exact if _overlap(each, truth)]
    added = deriving.gather(view, claim.indicator, claim.span, claim.unit, deep=False)
    # where sums lead to the truth too, its last digit is as sure as the others
    sure = any(each.method in ("parts", "months") and _overlap(each, truth) for each in added)
    return next((each for each in [truth, *alike] if _slipped_from(claim, each, sure)), None)


def _overlap(one: Reading, other: Reading) -> bool:
    return one.low <= other.high and one.high >= other.low


def _slipped_from(claim: Stated, truth: Reading, sure: bool) -> bool:
    room = (truth.high - truth.low) / 1.5
    last = 10.0 ** math.ceil(math.log10(room) - 1e-6) if room > 0 else 0.0
    step = max(claim.precision, last)
    told = str(int(abs(claim.value) / step + 1e-9))
    return any(
        len(meant) >= FEW and _slipped(told, meant, sure)
        for meant in {str(abs(round(truth.value / step))), str(int(abs(truth.value) / step + 1e-9))}
    )


def _slipped(told: str, meant: str, sure: bool) -> bool:
    """Return whether two digits are swapped, one is lost, or one is wrong: the last if `sure`."""
    if len(told) != len(meant):
        shorter, longer = sorted((told, meant), key=len)
        lost = (longer[:at] + longer[at + 1 :] for at in range(1, len(longer)))
        return len(longer) - len(shorter) == 1 and len(shorter) >= FEW and shorter in lost
    wrong = [at for at, pair in enumerate(zip(told, meant, strict=True)) if len(set(pair)) == 2]
    if len(wrong) == 1:
        return sure or wrong[0] < len(told) - 1
    if len(wrong) != 2 or wrong[1] - wrong[0] > 2:
        return False
    return told[wrong[0]] == meant[wrong[1]] and told[wrong[1]] == meant[wrong[0]]
