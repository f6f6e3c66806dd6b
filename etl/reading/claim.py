"""A claim: one figure that an article states, in the fields that CONTRACT.md fixes."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Claim:
    """One figure with its place in the text.

    `value` is the magnitude as written, in `unit` (money in whole USD CNY RUB EUR; Mt, mb/d, bcm,
    bcm/yr, %, pp, x, USD/bbl …). `bound`: `=` low = high = value; `>` high None; `<` low None;
    `~` both None; `range` value None. `change` is None for a level, else yoy mom qoq since vs, with
    `direction` up or down. Periods are inclusive. `indicator` is an id of CONTRACT.md or `other`;
    `indicator_own` a finer id of the catalogue; `terms` the currency of a growth rate, where said.
    """

    value: float | None
    low: float | None
    high: float | None
    bound: str
    unit: str | None
    period_start: date | None = None
    period_end: date | None = None
    change: str | None = None
    direction: str | None = None
    indicator: str = "other"
    kind: str = "actual"
    span_text: str = ""
    start: int = 0
    end: int = 0
    indicator_own: str | None = None
    terms: str | None = None
