"""What the warehouse says of a claim, as known on the day of the page, and how that is shown."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desk.rows import Row
from desk.texts import text
from etl.entries import LANGUAGES

# a share of fewer judged claims says more of chance than of the publisher
LEAST_JUDGED = 10


@dataclass(frozen=True)
class Look:
    """A verdict in a text and on a chart: its sign, Streamlit's colour name, and its mark.

    `glyph` is the character that comes nearest to the mark, for legends that are text.
    """

    sign: str
    glyph: str
    name: str
    colour: str
    symbol: str


# by severity; colours stay apart on white and on black, shapes where colours do not
LOOKS = {
    "agrees": Look("✓", "○", "green", "#158a5c", "hexagon-open"),
    "revised": Look("↻", "☆", "orange", "#c27803", "hexagram-open"),
    "differs": Look("✗", "◇", "red", "#d62839", "diamond-x-open"),
    "not_checkable": Look("?", "+", "gray", "#7a8390", "cross-thin-open"),
}
_UNKNOWN: Row = {
    "verdict": "not_checkable",
    "reason": "no_series",
    **{f"explanation_{language}": "" for language in LANGUAGES},
    "evidence": "[]",
}


def on_day(row: Row, day: date) -> Row:
    """Return a claim with the verdict that is true on a day, in place of its two of the build.

    That of all that is known holds where nothing that it rests on was published later; else the
    one of the article's own day does, and `judged_on` says which day that was. Adds `verdict`,
    `reason`, `explanation_<language>`, `evidence` (a list) and `judged_on`.
    """
    kept = {key: value for key, value in row.items() if key not in ("judged_then", "judged_now")}
    now, then = (_judged(row[key]) for key in ("judged_now", "judged_then"))
    known = all(each["published"] <= day.isoformat() for each in json.loads(now["evidence"]))
    return kept | _said(now if known else then) | {"judged_on": None if known else row["published"]}


def _judged(verdict: Row | None) -> Row:
    """Return a verdict, or that there is none: of a claim that no build has judged."""
    return verdict if verdict and verdict["verdict"] else _UNKNOWN


def _said(verdict: Row) -> Row:
    said = {key: verdict[key] for key in _UNKNOWN}
    return said | {"evidence": json.loads(verdict["evidence"])}


def word(row: Row, language: str) -> str:
    """Return a verdict with its sign: ✓ agrees."""
    return f"{LOOKS[row['verdict']].sign} {text('verdict.' + row['verdict'], language)}"


def word_with_reason(row: Row, language: str) -> str:
    """Return a verdict with its sign and its reason, if it has one."""
    said = word(row, language)
    return f"{said}: {text('reason.' + row['reason'], language)}" if row["reason"] else said


def accuracy(rows: Iterable[Row]) -> list[Row]:
    """Return one row a publisher, with most judged claims first: its count by verdict.

    `judged` counts all but those that cannot be checked; `share` of them agrees or was right when
    it was written, and is None below LEAST_JUDGED.
    """
    counted: dict[str, Counter[str]] = {}
    for row in rows:
        counted.setdefault(row["page"], Counter())[row["verdict"]] += 1
    found = []
    for page, counts in counted.items():
        judged = counts.total() - counts["not_checkable"]
        right = counts["agrees"] + counts["revised"]
        share = right / judged if judged >= LEAST_JUDGED else None
        by_verdict = {verdict: counts[verdict] for verdict in LOOKS}
        found.append({"publisher": page, **by_verdict, "judged": judged, "share": share})
    return sorted(found, key=lambda row: (-row["judged"], -row["not_checkable"], row["publisher"]))
