"""Shares and multiples in words: a fifth, two-thirds, one in five; doubled, threefold, twice."""

from collections.abc import Sequence
from dataclasses import dataclass

from etl.reading.grammar.lexicon import phrases, tables, words
from etl.reading.grammar.tokens import NUMBER, WORD, Token, low

# behind "a third" where it is a share; "a third month" is none
_AFTER_SHARE = words("ratios_after_share") | {""}
_AFTER_HALF = words("ratios_after_half")
_BEFORE_QUARTER = words("ratios_before_quarter")
_TIMES_BEHIND = words("ratios_times_behind")


@dataclass(slots=True, frozen=True)
class Ratio:
    """A share in percent or a multiple, from token `start` to before `end`."""

    value: float
    unit: str
    start: int
    end: int
    direction: str | None = None
    word: str = ""


def ratio(tokens: Sequence[Token], i: int) -> Ratio | None:
    """Return the share or multiple in words that begins at token i."""
    if tokens[i].kind not in (WORD, NUMBER):
        return None
    return _in_of(tokens, i) or _fraction(tokens, i) or _multiple(tokens, i)


def _count(tokens: Sequence[Token], i: int) -> float | None:
    """Return a small whole number at token i, in digits or words."""
    if i >= len(tokens):
        return None
    token = tokens[i]
    if token.kind == NUMBER:
        return float(token.text) if token.text.isdigit() and len(token.text) <= 3 else None
    if token.low == "every":
        return None
    found = tables()["number"].get(token.low)
    return float(found) if found else None


def _in_of(tokens: Sequence[Token], i: int) -> Ratio | None:
    """One in five, nine out of ten, two in every three."""
    part = _count(tokens, i)
    if part is None:
        return None
    at = i + 1
    if low(tokens, at) == "out" and low(tokens, at + 1) == "of":
        at += 2
    elif low(tokens, at) == "in":
        at += 1
    elif low(tokens, at) == "of" and low(tokens, at + 1) in ("every", "each"):
        at += 2
    else:
        return None
    at += low(tokens, at) == "every"
    whole = _count(tokens, at)
    if whole is None or not 0 < part < whole <= 100:
        return None
    if tokens[i].kind == NUMBER and whole not in (2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100):
        return None
    return Ratio(_percent(part, whole), "%", i, at + 1)


def _fraction(tokens: Sequence[Token], i: int) -> Ratio | None:
    """A fifth of, two-thirds, three quarters, half of."""
    fractions = tables()["fraction"]
    first = tokens[i].low
    if first == "half":
        return _half(tokens, i)
    part = 1.0 if first in ("a", "an") else _count(tokens, i)
    if part is None:
        return None
    at = i + 1 + (low(tokens, i + 1) == "-")
    word = low(tokens, at)
    if word not in fractions or part >= fractions[word]:
        return None
    plural = word.endswith("s")
    if plural != (part > 1) or (word == "quarters" and low(tokens, i - 1) in _BEFORE_QUARTER):
        return None
    following = low(tokens, at + 1)
    if following == "of" and low(tokens, at + 2) in ("a", "one"):
        return None
    if not plural and (following not in _AFTER_SHARE or following == "year"):
        return None
    if word == "quarter" and following in ("year", "on"):
        return None
    if word == "quarter" and following in ("earlier", "ago", "before"):
        return None
    return Ratio(_percent(part, fractions[word]), "%", i, at + 1)


def _half(tokens: Sequence[Token], i: int) -> Ratio | None:
    """Half of, half the, "fell by half"; never the first half, half a million, half-year."""
    previous, following = low(tokens, i - 1), low(tokens, i + 1)
    if previous in ("first", "second", "latter", "last", "this", "next", "and", "-", "other"):
        return None
    if following in ("of", "the", "its", "their", "all", "that", "what"):
        return Ratio(50.0, "%", i, i + 1)
    led = previous in ("by", "about", "around", "nearly", "almost", "roughly", "than", "over", "to")
    yearly = following == "year" and low(tokens, i + 2) not in ("on", "over", "-")
    if led and following not in _AFTER_HALF and not yearly:
        return Ratio(50.0, "%", i, i + 1)
    return None


def _multiple(tokens: Sequence[Token], i: int) -> Ratio | None:
    """Doubled, more than tripled, a fourfold increase, twice as much, 2.5 times, ten-fold."""
    first = tokens[i].low
    known = phrases("multiple").at(tokens, i)
    if known:
        if first in ("twice", "thrice", "double", "triple", "treble", "halve"):
            allowed = _TIMES_BEHIND if first in ("twice", "thrice") else _TIMES_BEHIND - {"digit"}
            bare = low(tokens, i - 1) in (
                "to",
                "would",
                "could",
                "will",
                "than",
                "nearly",
                "almost",
            )
            if low(tokens, known[1]) not in allowed and not (bare and first not in ("twice",)):
                return None
        down = known[0] < 1
        compared = first in ("twice", "thrice") or low(tokens, known[1]) in ("the", "what", "that")
        direction = None if compared and first != "doubled" else "down" if down else "up"
        return Ratio(known[0], "x", i, known[1], direction, first)
    return None


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 7)
