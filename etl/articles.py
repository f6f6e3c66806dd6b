"""Articles and the figures they state, shipped and fetched, into the warehouse."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from etl import article_fetched, article_stories, publishers
from etl.article_stories import Told
from etl.entries import BOUNDS, Catalog
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
WORDS = ("id", "url", "title", "publisher", "published", "language", "summary")
NUMBERS = ("value", "low", "high")
CLAIM_KEYS = (
    *NUMBERS,
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

Problems = Iterator[tuple[str, str]]


def load(con: duckdb.DuckDBPyConnection, path: Path, entries: Catalog, today: date) -> list[Fault]:
    """Load shipped and fetched articles; return the shipped ones' faults, loading nothing then."""
    faults: list[Fault] = []
    text = decode(path, faults) if path.exists() else ""
    shipped: list[dict[str, Any]] = []
    seen: set[str] = set()
    for line, raw in enumerate((text or "").splitlines(), start=1):
        if not raw.strip():
            continue
        article, problems = _parse(raw, entries, today)
        if article and article["id"] in seen:
            problems = [(f"article id «{article['id']}» stands twice", "give it an id of its own")]
        faults += [Fault(path.name, line, what, fix) for what, fix in problems]
        if article and not problems:
            seen.add(article["id"])
            shipped.append(article)
    if faults:
        return faults
    fetched = article_fetched.load(
        con, lambda line: _parse(line, entries, date.max, may_lack_url=True), shipped
    )
    if shipped or fetched:
        _keep(con, [*shipped, *fetched], entries)
    return []


def _keep(con: duckdb.DuckDBPyConnection, articles: list[dict[str, Any]], entries: Catalog) -> None:
    rows = [_article_row(article, entries) for article in articles]
    claims = [
        claim_row(article["id"], number, claim, entries)
        for article in articles
        for number, claim in enumerate(article["claims"], start=1)
    ]
    _insert(con, rows, claims)
    told = con.execute("SELECT id, published, title, wire, text_sha256 FROM article").fetchall()
    found = article_stories.stories(Told(*row) for row in told)
    con.register("incoming", pd.DataFrame({"id": list(found), "story": list(found.values())}))
    con.execute("UPDATE article SET story = i.story FROM incoming i WHERE i.id = article.id")
    con.unregister("incoming")


def _parse(
    raw: str, entries: Catalog, today: date, may_lack_url: bool = False
) -> tuple[dict[str, Any] | None, list[tuple[str, str]]]:
    """Read one line; return the article, if it has the shape of one, and what is wrong with it."""
    try:
        article = json.loads(raw)
    except json.JSONDecodeError as error:
        return None, [(f"the line is not JSON ({error})", "mend it")]
    if not isinstance(article, dict):
        return None, [("the line is no article", "write one JSON object a line")]
    shape = list(_shape_problems(article))
    if shape:
        return None, shape
    if may_lack_url and not article["url"]:
        # a file that was handed in has no address
        return article, list(_problems(article | {"url": "https://"}, entries, today))
    return article, list(_problems(article, entries, today))


def _shape_problems(article: dict[str, Any]) -> Problems:
    missing = [key for key in (*ARTICLE_KEYS, "claims") if key not in article]
    if missing:
        yield f"there is no {missing[0]}", "add it"
        return
    for key in WORDS:
        if not isinstance(article[key], str):
            yield f"{key} is no text", "write it in quotes"
    if not _all(article["topics"], str):
        yield "topics is no list of words", "write a list"
    if not _all(article["claims"], dict):
        yield "claims is no list of claims", "write a list, empty when there are none"
        return
    for number, claim in enumerate(article["claims"], start=1):
        lacking = [key for key in CLAIM_KEYS if key not in claim]
        if lacking:
            yield f"claim {number}: there is no {lacking[0]}", "add it, null when unknown"
        for key in set(CLAIM_KEYS) - set(lacking) - set(NUMBERS):
            if not isinstance(claim[key], str | None):
                yield f"claim {number}: {key} is no text", "write it in quotes, or null"


def _all(value: object, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)


def _problems(article: dict[str, Any], entries: Catalog, today: date) -> Problems:
    if not article["url"].startswith(("http://", "https://")):
        yield f"url «{article['url']}» is no web address", "give the page's address"
    day = _first_day(article["published"])
    if day is None or day > today:
        yield f"published «{article['published']}» is not a past date", "write YYYY-MM-DD or less"
    for number, claim in enumerate(article["claims"], start=1):
        for what, fix in _claim_problems(claim, entries):
            yield f"claim {number}: {what}", fix


def _claim_problems(claim: dict[str, Any], entries: Catalog) -> Problems:
    for key in NUMBERS:
        if claim[key] is not None and type(claim[key]) not in (int, float):
            yield f"{key} «{claim[key]}» is not a number", "write digits, or null"
    if claim["indicator"] != "other" and claim["indicator"] not in entries.indicators:
        yield f"indicator «{claim['indicator']}» is unknown", "correct the id, or write other"
    if claim["unit"] not in entries.units and claim["unit"] is not None:
        yield f"unit «{claim['unit']}» is unknown", "add it to units.toml or correct it"
    if claim["bound"] not in BOUNDS:
        yield f"bound «{claim['bound']}» is unknown", f"use one of {' '.join(BOUNDS)}"
    if claim["kind"] not in CLAIM_KINDS:
        yield f"kind «{claim['kind']}» is unknown", f"use one of {', '.join(CLAIM_KINDS)}"
    if claim["change"] not in CHANGES:
        yield f"change «{claim['change']}» is not in its closed list", "use yoy mom qoq since vs"
    yield from _period_problems(claim["period_start"], claim["period_end"])


def _period_problems(start: str | None, end: str | None) -> Problems:
    """A claim has a whole period or none."""
    if start is None and end is None:
        return
    days = [_first_day(text) if text and len(text) == 10 else None for text in (start, end)]
    if days[0] is None or days[1] is None or days[1] < days[0]:
        yield f"the period {start} to {end} is none", "write two ISO dates, start first, or null"


def _first_day(text: str) -> date | None:
    """Return the first day of a date of day, month or year precision, or None."""
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        return None
    try:
        return date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return None


def _article_row(article: dict[str, Any], entries: Catalog) -> dict[str, Any]:
    line = publishers.split(article["publisher"], entries)
    row = {key: article[key] for key in ARTICLE_KEYS}
    row |= {"page": line.page, "wire": article.get("wire") or line.wire}
    row |= {"quality": article.get("quality", "ok"), "published_text": article["published"]}
    retrieved = article_fetched.moment(article.get("retrieved", ""))
    return row | {
        "source": article.get("source", ""),
        "retrieved": retrieved or datetime.combine(entries.retrieved, time()),
        "text_sha256": article.get("text_sha256", ""),
        "seen": bool(article.get("seen")),
    }


def claim_row(article: str, number: int, claim: dict[str, Any], entries: Catalog) -> dict[str, Any]:
    """Return a claim as it is kept, with its value in the unit of the line that it would lie on."""
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
    con.unregister("incoming")
    if not claims:
        return
    numbers = [*NUMBERS, "line_value"]
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
