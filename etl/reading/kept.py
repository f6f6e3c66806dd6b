"""The claims of an article that is handed in, in the shape in which the desk keeps articles."""

from datetime import date
from typing import Any

from etl.entries import Catalog
from etl.reading import reader
from etl.reading.claim import Claim
from etl.reading.grammar import finer
from etl.reading.judging import stated
from etl.reading.rulebook import Rulebook

# as much of a sentence as may be shown of a text that was handed in here
MOST_WORDS = 280
MOST_CLAIMS = 500


def claims(text: str, published: date, entries: Catalog, rules: Rulebook) -> list[dict[str, Any]]:
    """Return what a text states, each figure in a unit of units.toml, with its sentence.

    A figure in a unit that the desk does not keep has none, and its sentence says it.
    """
    own = finer.catalogued(entries)
    found = []
    for said in reader.read_sentences(text, published, own):
        found.append(_row(said.claim, said.sentence, entries, rules))
        if len(found) >= MOST_CLAIMS:
            break
    return found


def _row(claim: Claim, sentence: str, entries: Catalog, rules: Rulebook) -> dict[str, Any]:
    spelt = stated.unit_of(claim.unit, entries, rules)
    unit, factor = (spelt[0].id, spelt[1]) if spelt else (None, 1.0)
    own = claim.indicator_own if claim.indicator_own in entries.indicators else None
    known = claim.indicator if claim.indicator in entries.indicators else "other"
    return {
        "value": _scaled(claim.value, factor),
        "low": _scaled(claim.low, factor),
        "high": _scaled(claim.high, factor),
        "bound": claim.bound,
        "unit": unit,
        "period_start": claim.period_start.isoformat() if claim.period_start else None,
        "period_end": claim.period_end.isoformat() if claim.period_end else None,
        "change": claim.change,
        "direction": claim.direction,
        "indicator": own or known,
        "kind": claim.kind,
        "terms": claim.terms,
        "words": _short(sentence),
        "note": None,
    }


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else float(f"{value * factor:.12g}")


def _short(sentence: str) -> str:
    words = " ".join(sentence.split())
    return words if len(words) <= MOST_WORDS else words[: MOST_WORDS - 1] + "…"
