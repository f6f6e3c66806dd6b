"""Units as written, behind a number or before it, with what they are per."""

from collections.abc import Sequence
from dataclasses import dataclass

from etl.reading.grammar.lexicon import phrases, words
from etl.reading.grammar.tokens import WORD, Token

MONEY = "money"
# words between a number and the thing that it counts
_MOST_ADJECTIVES = 2
_NO_ADJECTIVE = words("measures_no_adjective")
# these stand before a number only
_PREFIXES = ("ps", "rm", "rs")
_PER_TIME = ("d", "mo", "yr")
_BASES = ("t", "m3", "bbl", "kWh", "TWh")
_MOST_WORDS_OF = 4
_VEHICLES = words("measures_vehicles")


@dataclass(slots=True, frozen=True)
class Measure:
    """A unit with how many base units it is, what it is per, and the place behind it."""

    unit: str
    factor: float
    per: str
    end: int
    counted: bool = False


def behind(tokens: Sequence[Token], i: int) -> Measure | None:
    """Return the unit that stands at token i, behind a number."""
    glued = i + 1 < len(tokens) and tokens[i].glued and tokens[i + 1].glued
    if glued and tokens[i].low == "-" and tokens[i + 1].kind == WORD:
        i += 1
    money = phrases("currency").at(tokens, i)
    if money and tokens[i].low not in _PREFIXES:
        return _with_per(tokens, Measure(money[0], 1.0, "", money[1]))
    unit = phrases("unit").at(tokens, i)
    if unit:
        (name, factor), end = unit
        if "/" in name:
            base, per = name.split("/")
            return Measure("bbl" if base == "b" else base, factor, per, end)
        return _with_per(tokens, Measure(name, factor, "", end))
    return _counted(tokens, i)


def before(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    """Return the currency that ends before token i, and where it begins."""
    found = phrases("currency").before(tokens, i, 3)
    if found is None:
        return None
    money, start = found
    last = tokens[i - 1]
    # a currency in words stands behind its number: "in dollars 5 of 8" is none
    if last.kind == WORD and last.low.endswith(("s", "yuan", "won", "euro")) and len(last.low) > 2:
        return None
    if last.low in _PREFIXES and not tokens[i].glued:
        return None
    return money, start


def priced(tokens: Sequence[Token], money: str, end: int) -> Measure:
    """Return the unit of money before a number that ends before token `end`."""
    again = phrases("currency").at(tokens, end)
    if again and again[0] == money and tokens[end].kind == WORD:
        end = again[1]
    return _with_per(tokens, Measure(money, 1.0, "", end))


def _counted(tokens: Sequence[Token], i: int) -> Measure | None:
    """Return a counted thing: LNG cargoes, container trains, Chinese-made cars."""
    adjectives = 0
    for at in range(i, min(i + 2 * _MOST_ADJECTIVES + 1, len(tokens))):
        token = tokens[at]
        found = phrases("counted").at(tokens, at)
        if found:
            # the head of the noun is the last of them: container trains
            further = phrases("counted").at(tokens, found[1])
            thing, end = further or found
            if thing == "unit":
                if not any(token.low in _VEHICLES for token in tokens):
                    return None
                thing = "vehicle"
            return _with_per(tokens, Measure(thing, 1.0, "", end, counted=True))
        if token.low == "-" and token.glued:
            continue
        if token.kind != WORD or token.low in _NO_ADJECTIVE:
            return None
        adjectives += 1
        if adjectives > _MOST_ADJECTIVES:
            return None
    return None


def _with_per(tokens: Sequence[Token], unit: Measure) -> Measure:
    per = _per(tokens, unit.end)
    if per is None and unit.end < len(tokens) and tokens[unit.end].low == "of":
        per = _per_behind_of(tokens, unit)
    if per is None:
        return unit
    what, end = per
    if unit.counted or unit.unit in ("%", "pp", "x", "bp"):
        return unit if what not in _PER_TIME else Measure(unit.unit, unit.factor, "", end, True)
    if unit.unit.isupper() and len(unit.unit) == 3:
        return Measure(unit.unit, unit.factor, what, end)
    if what in _PER_TIME and unit.unit in _BASES:
        return Measure(unit.unit, unit.factor, what, end)
    return unit


def _per(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    """Return what stands behind "a", "per", "/" or alone as "annually" at token i."""
    if i >= len(tokens):
        return None
    word = tokens[i].low
    if word == "-" and i + 1 < len(tokens) and tokens[i + 1].low in ("a", "per"):
        i, word = i + 1, tokens[i + 1].low
    if word in ("annually", "daily", "yearly"):
        found = phrases("per").at(tokens, i)
        return (str(found[0]), found[1]) if found else None
    if word in ("a", "an", "per", "/", "each", "every", "в", "за"):
        at = i + 1
        if at < len(tokens) and tokens[at].low == "-":
            at += 1
        found = phrases("per").at(tokens, at)
        if found and not _earlier(tokens, found[1]):
            return str(found[0]), found[1]
    return None


def _earlier(tokens: Sequence[Token], i: int) -> bool:
    """Return whether a time is ago rather than each: "8 tonnes a year earlier"."""
    return i < len(tokens) and tokens[i].low in ("earlier", "ago", "before", "previously", "prior")


def _per_behind_of(tokens: Sequence[Token], unit: Measure) -> tuple[str, int] | None:
    """Look past what is measured: 50 billion cubic metres of gas per year."""
    for at in range(unit.end + 1, min(unit.end + 2 + _MOST_WORDS_OF, len(tokens))):
        if tokens[at].low in ("a", "per", "each", "every", "annually", "/"):
            found = _per(tokens, at)
            return found if found and found[0] in _PER_TIME else None
        if tokens[at].kind != WORD:
            return None
    return None


def scaled(value: float, unit: Measure, scale: float = 1.0) -> tuple[float, str]:
    """Return a number of a unit in the unit that a claim is written in.

    `scale` is the one that the number was written with: 0.63 million tonnes is 0.63 Mt.
    """
    amount = value * unit.factor
    name = {"t": "t", "m3": "m3", "bbl": "b" if unit.per == "d" else "bbl"}.get(unit.unit)
    if unit.unit == "points":
        return _rounded(value), "pp"
    if name is None:
        return _rounded(value * unit.factor), _per_money(unit)
    steps = {
        "t": ((1e6, "Mt"), (1.0, "t")),
        "m3": ((1e9, "bcm"), (1e6, "mcm"), (1.0, "m3")),
        "b": ((1e6, "mb"), (1.0, "b")),
        "bbl": ((1e6, "Mbbl"), (1.0, "bbl")),
    }[name]
    per = f"/{unit.per}" if unit.per else ""
    if unit.unit == "m3" and unit.per == "yr":
        steps = ((1e6, "bcm"), (1.0, "m3"))
    if unit.unit == "m3" and unit.per == "d":
        steps = ((1e5, "mcm"), (1.0, "m3"))
    for least, shown in steps:
        if max(abs(amount), scale * unit.factor) >= least * 0.999 or least == 1.0:
            return _rounded(amount / _size(shown)), shown + per
    return amount, unit.unit


def _size(shown: str) -> float:
    return {"Mt": 1e6, "bcm": 1e9, "mcm": 1e6, "mb": 1e6, "Mbbl": 1e6}.get(shown, 1.0)


def _per_money(unit: Measure) -> str:
    if not unit.per:
        return unit.unit
    spelt = unit.per if unit.per in ("bbl", "t", "kcm", "MMBtu", "USD", "CNY", *_PER_TIME) else ""
    return f"{unit.unit}/{spelt}" if spelt else f"{unit.unit} per {unit.per}"


def _rounded(value: float) -> float:
    return float(f"{value:.12g}")
