"""A claim with what is known of who said it: the input of a verdict, from a row or a table."""

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from etl import publishers
from etl.articles import CLAIM_KINDS
from etl.entries import BOUNDS, Catalog
from etl.reading.claim import Claim
from etl.reading.facts import Span

# a longer text is no sentence; what stands behind this is not looked at
MOST = 4000
_CHANGES = ("yoy", "mom", "qoq", "since", "vs")


_BOUND_WORDS = {
    ">": re.compile(r"\s*(more than|over|above|at least|exceeding|upwards? of)\b", re.IGNORECASE),
    "<": re.compile(
        r"\s*(nearly|almost|less than|under|below|up to|no more than|just short of|close to)\b",
        re.IGNORECASE,
    ),
    "~": re.compile(r"\s*(about|around|roughly|some|approximately|circa)\b", re.IGNORECASE),
}


class BadRow(ValueError):
    """A row that is no claim; the text says what is wrong with it."""


@dataclass(frozen=True)
class Said:
    """One claim and its article.

    `published` counts as its last day, `first` is the first day that a partial date leaves open.
    `kind_told` is false where nobody said whether the claim is an outturn. `base` is the period
    that a change is measured from, where the claim names it. `wire` is the agency, if any.
    """

    claim: Claim | None
    article_url: str = ""
    publisher: str = ""
    published: date | None = None
    first: date | None = None
    title: str = ""
    sentence: str = ""
    wire: str = ""
    kind_told: bool = True
    base: Span | None = None
    id: object = None


def of_row(row: object, entries: Catalog) -> Said:
    """Take one line of `amur verdict`; raise BadRow where it has not the shape of the contract."""
    if not isinstance(row, dict):
        raise BadRow("the line is no JSON object")
    if not isinstance(row.get("id"), str | int | float):
        raise BadRow("there is no id")
    claim = row.get("claim")
    if claim is not None and not isinstance(claim, dict):
        raise BadRow("claim is neither an object nor null")
    published = _text(row, "published")
    days = days_of(published)
    if published and days is None:
        raise BadRow(f"published «{published[:40]}» is no date; write YYYY-MM-DD or less")
    first, last = days or (None, None)
    publisher, title = _text(row, "publisher"), _text(row, "title")
    return Said(
        claim=_claim(claim) if claim is not None else None,
        article_url=_text(row, "article_url"),
        publisher=publisher,
        published=last,
        first=first,
        title=title,
        sentence=_text(row, "sentence"),
        wire=wire_of(publisher, title, entries),
        kind_told=bool(claim and claim.get("kind")),
        base=_base(claim.get("change")) if claim else None,
        id=row["id"],
    )


def wire_of(publisher: str, title: str, entries: Catalog) -> str:
    """Return the agency that an article relays: its publisher line says it, or its title's tail."""
    found = publishers.split(publisher, entries).wire
    tail = re.search(r"\s[-–—|]\s+([^-–—|]{2,40})$", title)
    if not found and tail:
        found = publishers.split(f"({tail[1]})", entries).wire
    return found


def _claim(raw: dict[str, Any]) -> Claim:
    start, end = _day(raw, "period_start"), _day(raw, "period_end")
    if start and end and end < start:
        raise BadRow(f"the period {start} to {end} ends before it begins")
    bound = _text(raw, "bound") or "="
    if bound not in BOUNDS:
        raise BadRow(f"bound «{bound[:20]}» is not one of {' '.join(BOUNDS)}")
    kind = _text(raw, "kind") or "actual"
    if kind not in CLAIM_KINDS:
        raise BadRow(f"kind «{kind[:20]}» is not one of {', '.join(CLAIM_KINDS)}")
    change = _text(raw, "change").split(" ")[0] or None
    if change not in (None, *_CHANGES):
        raise BadRow(f"change «{change[:20]}» is not one of {' '.join(_CHANGES)}")
    return Claim(
        value=_number(raw, "value"),
        low=_number(raw, "low"),
        high=_number(raw, "high"),
        bound=_bound(bound, _text(raw, "qualifier")),
        unit=_text(raw, "unit") or None,
        period_start=start or end,
        period_end=end or start,
        change=change,
        direction=_text(raw, "direction") or None,
        indicator=_text(raw, "indicator") or "other",
        kind=kind,
        span_text=_text(raw, "span_text"),
        indicator_own=_text(raw, "indicator_own") or None,
        terms=_text(raw, "terms") or None,
    )


def _bound(bound: str, qualifier: str) -> str:
    """Return the bound; of a qualifier only the words that are one are read."""
    if bound != "=":
        return bound
    return next((sign for sign, words in _BOUND_WORDS.items() if words.match(qualifier)), bound)


def _text(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadRow(f"{key} is no text")
    return value[:MOST]


def _number(row: dict[str, Any], key: str) -> float | None:
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadRow(f"{key} «{str(value)[:20]}» is no number")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number) or abs(number) > 1e30:
        raise BadRow(f"{key} is no finite number")
    return number


def _day(row: dict[str, Any], key: str) -> date | None:
    text = _text(row, key)
    days = days_of(text)
    if text and days is None:
        raise BadRow(f"{key} «{text[:20]}» is no date; write YYYY-MM-DD")
    if days is None:
        return None
    return days[1] if key.endswith("end") else days[0]


def days_of(text: str) -> tuple[date, date] | None:
    """Return the first and the last day of a date of day, month or year precision, or None."""
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        return None
    try:
        first = date.fromisoformat(text + "-01-01"[len(text) - 4 :])
        if len(text) == 10:
            return first, first
        if len(text) == 4:
            return first, date(first.year, 12, 31)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    except (ValueError, OverflowError):
        return None


def _base(change: object) -> Span | None:
    """Return the period behind `vs` or `since`: a year, a month or a day."""
    words = str(change or "")[:40].split(" ")
    days = days_of(words[1]) if len(words) == 2 and words[0] in ("vs", "since") else None
    return Span(*days) if days else None
