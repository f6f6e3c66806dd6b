"""Claims as rows to read and to download: what is stated, the verdict, why, and by which figure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from desk import figure_list, markup, verdicts, wording
from desk.export import table
from desk.figure_list import FigureSpec
from desk.rows import Row
from desk.texts import text

CSV_COLUMNS = (
    "published",
    "publisher",
    "title",
    "url",
    "value",
    "low",
    "high",
    "bound",
    "unit",
    "change",
    "direction",
    "period_start",
    "period_end",
    "indicator",
    "kind",
    "verdict",
    "reason",
    "explanation",
    "judged_on",
    "evidence_value",
    "evidence_unit",
    "evidence_publisher",
    "evidence_published",
    "evidence_url",
)


@dataclass(frozen=True)
class Wanted:
    """Which claims are looked for; empty means any. `year`: the claim's period touches it."""

    words: str = ""
    publisher: str = ""
    indicator: str = ""
    verdict: str = ""
    kind: str = ""
    year: str = ""


def matching(rows: Iterable[Row], wanted: Wanted, language: str) -> list[Row]:
    """Return the claims that match, in their order."""
    words = wanted.words.casefold().split()
    fields = {"page": wanted.publisher, "indicator": wanted.indicator}
    fields |= {"verdict": wanted.verdict, "kind": wanted.kind}
    return [
        row
        for row in rows
        if all(not value or row[key] == value for key, value in fields.items())
        and (not wanted.year or _touches(row, int(wanted.year)))
        and (not words or _says(row, words, language))
    ]


def _touches(row: Row, year: int) -> bool:
    start, end = row["period_start"], row["period_end"]
    return start is not None and start.year <= year <= end.year


def _says(row: Row, words: list[str], language: str) -> bool:
    told = (row["title"], row["publisher"], row["words"], row[f"explanation_{language}"])
    said = " ".join(filter(None, told)).casefold()
    return all(word in said for word in words)


def stated(row: Row, language: str) -> str:
    """Return what a claim states: as its text has it where that was read here."""
    return markup.seen(row.get("span_text") or "") or wording.claim(row, language)


def about(row: Row, language: str) -> str:
    """Return what a claim speaks of: its indicator, else our words for it."""
    named = row.get(f"short_{language}")
    if row["source"]:
        return str(named or text("claims_page.other", language))
    return str(row["words"] or named or row["indicator"])


def why(row: Row, language: str) -> str:
    """Return the explanation of a verdict, with the day where it is that of the article alone."""
    said = str(row[f"explanation_{language}"])
    if row["judged_on"]:
        day = wording.day(row["judged_on"], language)
        said = f"{said} {text('verdict.judged_on', language, day=day)}"
    return said


def chart_of(row: Row) -> tuple[str, dict[str, str]] | None:
    """Return the figure on which a claim lies, with what the address says besides, or None."""
    lies = None if row["source"] == "draft" else _lies(row)
    if lies is None:
        return None
    figure, kind = lies
    kinds = {"kind": kind} if kind in figure_list.find(figure).kinds else {}
    return figure, kinds | {"claim": name(row)}


def _lies(row: Row) -> tuple[str, str] | None:
    """Return the figure on which a claim lies, and the kind of its period."""
    if row["line_value"] is None or row["period_start"] is None:
        return None
    kind = wording.kind_of(row["period_start"], row["period_end"])
    spec = figure_list.showing(row["indicator"], kind)
    return (spec.id, kind) if spec else None


def figures_of(rows: list[Row]) -> list[tuple[FigureSpec, str]]:
    """Return the figures that claims speak of, each in the period kind of most of its claims.

    Those on which most claims lie come first, then those that merely show an indicator.
    """
    lying = Counter(lies[0] for row in rows if (lies := _lies(row)))
    found = [figure_list.find(figure) for figure, _ in lying.most_common()]
    shown = {name for spec in found for name in spec.indicators}
    found += figure_list.speaking_of({row["indicator"] for row in rows} - shown - {"other"})
    return [(spec, _kind_for(spec, rows)) for spec in dict.fromkeys(found)]


def _kind_for(spec: FigureSpec, rows: list[Row]) -> str:
    told = Counter(
        wording.kind_of(row["period_start"], row["period_end"])
        for row in rows
        if row["indicator"] in spec.indicators and row["period_start"]
    )
    return max(spec.kinds, key=lambda kind: told[kind])


def name(row: Row) -> str:
    """Return a claim's name in an address."""
    return f"{row['article']}.{row['number']}"


def as_csv(rows: list[Row], language: str) -> bytes:
    """Return claims as UTF-8 CSV that no spreadsheet takes for formulas."""
    frame = pd.DataFrame([_csv_row(row, language) for row in rows], columns=list(CSV_COLUMNS))
    return frame.map(table.safe).to_csv(index=False, lineterminator=table.END).encode("utf-8-sig")


def _csv_row(row: Row, language: str) -> Row:
    first = row["evidence"][0] if row["evidence"] else {}
    held = ("value", "unit", "publisher", "published", "url")
    more = {"explanation": row[f"explanation_{language}"], "published": row["published_text"]}
    more |= {f"evidence_{key}": first.get(key) for key in held}
    whole = row | more
    return {key: _cell(whole[key]) for key in CSV_COLUMNS}


def _cell(value: object) -> object:
    return value if isinstance(value, str | int | float) or value is None else str(value)


def counts(rows: Iterable[Row], language: str) -> str:
    """Return how many claims have each verdict, in words with their signs."""
    found = [row["verdict"] for row in rows]
    return ", ".join(
        f"{look.sign} {text(f'verdict.{verdict}', language)} {found.count(verdict)}"
        for verdict, look in verdicts.LOOKS.items()
        if verdict in found
    )
