"""What a change is measured against: on the year, on the month, from the previous quarter."""

from collections.abc import Sequence

from etl.reading.grammar import calendar
from etl.reading.grammar.calendar import Span
from etl.reading.grammar.lexicon import phrases, words
from etl.reading.grammar.mention import Mention
from etl.reading.grammar.quantities import Quantity
from etl.reading.grammar.tokens import Token

# words that lead what a figure is measured against
AGAINST = words("dating_against")
_COMPARED = frozenset(("compared", "relative", "comparison"))


def against(tokens: Sequence[Token], quantity: Quantity, limit: int = 10**9, begin: int = 0) -> str:
    """Return what a change is measured against, yoy where nothing else is said."""
    last = min(_clause_end(tokens, quantity.end), limit)
    first = max(_clause_begin(tokens, quantity.start), begin)
    behind = [found for found, at, _ in phrases("change").all(tokens[quantity.start : last])]
    if behind:
        return str(behind[0])
    if any(token.low in ("than", "from") for token in tokens[quantity.end : quantity.end + 3]):
        return ""
    before = [found for found, at, _ in phrases("change").all(tokens[first : quantity.start])]
    return str(before[-1]) if before else ""


def _clause_end(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) and tokens[at].low not in (";", ",", "while", "but", "whereas"):
        at += 1
    return at


def _clause_begin(tokens: Sequence[Token], at: int) -> int:
    while at > 0 and tokens[at - 1].low not in (";", "while", "but", "whereas"):
        at -= 1
    return at


def is_base(
    tokens: Sequence[Token], mention: Mention, pairs: Sequence[tuple[Quantity, object]]
) -> bool:
    """Return whether a period is only what a change is measured against.

    `pairs` are the quantities of the sentence, each with its change or None.
    """
    if mention.cue not in AGAINST:
        return False
    changed = any(change is not None for _, change in pairs)
    if mention.cue in ("to", "with"):
        return any(
            token.low in _COMPARED for token in tokens[max(0, mention.start - 6) : mention.start]
        )
    if mention.cue in ("on", "above", "below"):
        return changed
    if mention.cue == "over":
        return _behind_growth(tokens, mention, pairs)
    if mention.cue == "from":
        return any(change is not None and q.end <= mention.start for q, change in pairs)
    return True


def _behind_growth(
    tokens: Sequence[Token], mention: Mention, pairs: Sequence[tuple[Quantity, object]]
) -> bool:
    """Return whether "over" stands behind a rise: "the increase over 2023", "5% over June"."""
    at = mention.start - 1
    while at > 0 and tokens[at].low != "over":
        at -= 1
    if any(token.low in ("months", "period") for token in tokens[at : mention.end]):
        return False
    growth = tokens[at - 1].low in ("increase", "rise", "gain", "growth", "drop", "fall")
    return growth or any(q.end == at and change is not None for q, change in pairs)


def distance(mention: Mention, span: Span) -> str:
    """Return what a change is measured against by how far the base lies before the period."""
    base = mention.span
    if base is None:
        return "yoy"
    for months, name in ((12, "yoy"), (1, "mom"), (3, "qoq")):
        if base == span.shifted(months) and (months == 12 or span.months == months):
            return name
    if base == calendar.whole_year(span.start.year - 1):
        return "yoy"
    if base.end < span.start:
        return "since" if mention.cue == "from" else "vs"
    return "yoy"
