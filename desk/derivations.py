"""How a figure of ours was computed, in the language of the reader.

The warehouse says it in English, word for word as the English texts `derived.phrase` have it: a
phrase that is read by its English text is said by another. Pieces are named by their kind. Pure.
"""

import re
from datetime import date
from functools import cache

from desk import units, wording
from desk.texts import catalogue, text

OURS = "Amur: "
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# the phrases in which each method of the warehouse says what it took, the narrower first
PHRASES = {
    "mean of months": ("mean",),
    "sum of months": ("months",),
    "sum of parts": ("sum",),
    "total minus part": ("difference",),
    "difference": ("difference",),
    "share": ("share",),
    "growth": ("growth",),
    "unit price": ("unit_price_at", "unit_price"),
    "price effect": ("effect",),
    "volume effect": ("effect",),
    "rolling 12 months": ("rolling_derived", "rolling"),
    "converted": ("barrels", "yuan"),
    "stand-in": ("stand_in",),
    "implied by growth": ("implied",),
    "year-to-date difference": (
        "to_date_less_between",
        "to_date_between",
        "to_date_less",
        "to_date",
    ),
    "reported": ("printed",),
}
KINDS = {
    "number": r"-?\d+(?:\.\d+)?",
    "unit": r".+?",
    "id": r"\w+",
    "month": rf"(?:{'|'.join(MONTHS)}) \d{{4}}",
    "words": r".+",
}
_PIECE = re.compile(r"\\\{(\w+)\\\}")


def inputs(words: str, method: str, language: str) -> str:
    """Return what a figure was computed from; a phrase that is not known stays as it is."""
    if not words or language == "en":
        return words
    for phrase in PHRASES.get(method, ()):
        found = _reader(phrase).fullmatch(words)
        if found:
            said = {name: _piece(name, told, language) for name, told in found.groupdict().items()}
            return text(f"derived.phrase.{phrase}", language, **said)
    return words


def method(name: str, language: str) -> str:
    """Return the name of a method of the warehouse or of a comparison."""
    key = "derived.method." + re.sub(r"\W", "_", name)
    return text(key, language) if key in catalogue("en") else name


def whose(publisher: str, language: str) -> str:
    """Return a publisher; where we computed a figure, the method in the reader's language."""
    if language == "en" or not publisher.startswith(OURS):
        return publisher
    return OURS + method(publisher.removeprefix(OURS), language)


@cache
def _reader(phrase: str) -> re.Pattern[str]:
    """Return what reads the English text of a phrase."""
    pattern = re.escape(text(f"derived.phrase.{phrase}"))
    return re.compile(_PIECE.sub(lambda at: f"(?P<{at[1]}>{KINDS[_kind(at[1])]})", pattern))


def _kind(piece: str) -> str:
    return piece.partition("_")[0]


def _piece(name: str, told: str, language: str) -> str:
    kind = _kind(name)
    if kind == "number":
        decimals = len(told.partition(".")[2])
        return wording.exact(float(told), 10.0**-decimals, language)
    if kind == "unit":
        return units.symbol(told, language)
    if kind == "month":
        day = date(int(told[-4:]), MONTHS.index(told[:3]) + 1, 1)
        return wording.period("month", day, day, language)
    return told
