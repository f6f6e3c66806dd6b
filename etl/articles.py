"""Articles and the figures they state: articles.jsonl into the warehouse."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from etl import publishers
from etl.catalog import BOUNDS, Catalog
from etl.errors import Fault
from etl.observations import decode

CLAIM_KINDS = (
    "actual",
    "target",
    "forecast",
    "capacity",
    "negated",
    "unconfirmed",
    "hypothetical",
    "estimate",
)
CHANGES = (None, "yoy", "mom", "qoq", "since", "vs")
ARTICLE_KEYS = ("id", "url", "title", "publisher", "published", "language", "summary", "topics")
CLAIM_KEYS = (
    "value",
    "low",
    "high",
    "bound",
    "unit",
    "period_start",
    "period_end",
    "change",
    "direction",
    "indicator",
    "kind",
    "terms",
    "words",
    "note",
)


def load(con: duckdb.DuckDBPyConnection, path: Path, entries: Catalog, today: date) -> list[Fault]:
    """Load articles.jsonl; return its faults, and load nothing when there are any."""
    faults: list[Fault] = []
    text = decode(path, faults) if path.exists() else ""
    articles: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    seen: set[str] = set()
    for line, raw in enumerate((text or "").splitlines(), start=1):
        if not raw.strip():
            continue
        article = _parse(path.name, line, raw, faults)
        if article is None:
            continue
        problems = list(_problems(article, entries, today, seen))
        faults += [Fault(path.name, line, what, fix) for what, fix in problems]
        if not problems:
            articles.append(_article_row(article, entries))
            claims += [
                _claim_row(article["id"], number, claim, entries)
                for number, claim in enumerate(article["claims"], start=1)
            ]
    if not faults and articles:
        _insert(con, articles, claims)
    return faults


def _parse(file: str, line: int, raw: str, faults: list[Fault]) -> dict[str, Any] | None:
    try:
        article = json.loads(raw)
    except json.JSONDecodeError as error:
        faults.append(Fault(file, line, f"the line is not JSON ({error})", "mend it"))
        return None
    missing = [key for key in (*ARTICLE_KEYS, "claims") if key not in article]
    if missing:
        faults.append(Fault(file, line, f"there is no {missing[0]}", "add it"))
        return None
    return dict(article)


def _problems(
    article: dict[str, Any], entries: Catalog, today: date, seen: set[str]
) -> Iterator[tuple[str, str]]:
    if article["id"] in seen:
        yield f"article id «{article['id']}» stands twice", "give it an id of its own"
    seen.add(article["id"])
    if article["url"] and not str(article["url"]).startswith(("http://", "https://")):
        yield f"url «{article['url']}» is no web address", "give the page's address"
    day = _first_day(str(article["published"]))
    if day is None or day > today:
        yield f"published «{article['published']}» is not a past date", "write YYYY-MM-DD or less"
    for number, claim in enumerate(article["claims"], start=1):
        for what, fix in _claim_problems(claim, entries):
            yield f"claim {number}: {what}", fix


def _claim_problems(claim: dict[str, Any], entries: Catalog) -> Iterator[tuple[str, str]]:
    missing = [key for key in CLAIM_KEYS if key not in claim]
    if missing:
        yield f"there is no {missing[0]}", "add it, null when unknown"
        return
    if claim["indicator"] != "other" and claim["indicator"] not in entries.indicators:
        yield f"indicator «{claim['indicator']}» is unknown", "correct the id, or write other"
    if claim["unit"] not in entries.units and claim["unit"] is not None:
        yield f"unit «{claim['unit']}» is unknown", "add it to units.toml or correct it"
    if claim["bound"] not in BOUNDS or claim["kind"] not in CLAIM_KINDS:
        yield "bound or kind is not in its closed list", "see CLAIM_KINDS and BOUNDS"
    if claim["change"] not in CHANGES:
        yield f"change «{claim['change']}» is not in its closed list", "use yoy mom qoq since vs"
    start, end = (_first_day(str(claim[key] or "")) for key in ("period_start", "period_end"))
    if (claim["period_start"] and not start) or (start and end and end < start):
        yield "the period is no period", "write ISO dates, start first"


def _first_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text + "-01-01"[: 10 - len(text)] if len(text) < 10 else text)
    except ValueError:
        return None


def _article_row(article: dict[str, Any], entries: Catalog) -> dict[str, Any]:
    line = publishers.split(article["publisher"], entries)
    row = {key: article[key] for key in ARTICLE_KEYS}
    row |= {"page": line.page, "wire": article.get("wire") or line.wire}
    return row | {"quality": article.get("quality", "ok"), "published_text": article["published"]}


def _claim_row(
    article: str, number: int, claim: dict[str, Any], entries: Catalog
) -> dict[str, Any]:
    """Return the claim with its value in the unit of the line that it would lie on."""
    row = {key: claim[key] for key in CLAIM_KEYS} | {"article": article, "number": number}
    indicator, unit = claim["indicator"], claim["unit"]
    row |= {"line_value": None, "line_unit": None}
    if indicator == "other" or unit is None or claim["change"]:
        return row
    line = entries.line_unit(indicator, unit)
    shown = claim["value"] if claim["value"] is not None else claim["low"]
    if (
        line
        and shown is not None
        and entries.units[line].dimension == entries.units[unit].dimension
    ):
        factor = entries.units[unit].factor / entries.units[line].factor
        row |= {"line_value": shown * factor, "line_unit": line}
    return row


def _insert(
    con: duckdb.DuckDBPyConnection, articles: list[dict[str, Any]], claims: list[dict[str, Any]]
) -> None:
    con.register("incoming", pd.DataFrame(articles))
    con.execute(
        "INSERT INTO article BY NAME "
        "SELECT * REPLACE (last_published(published) AS published) FROM incoming"
    )
    numbers = ["value", "low", "high", "line_value"]
    frame = pd.DataFrame(claims)
    frame[numbers] = frame[numbers].astype("float64")
    words = [column for column in frame.columns if column not in [*numbers, "number"]]
    frame[words] = frame[words].astype("str").where(frame[words].notna(), None)
    con.register("incoming", frame)
    con.execute(
        "INSERT INTO claim BY NAME SELECT * REPLACE ("
        "period_start::DATE AS period_start, period_end::DATE AS period_end) FROM incoming"
    )
    con.unregister("incoming")
