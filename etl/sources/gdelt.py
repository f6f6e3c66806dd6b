"""GDELT DOC 2.0: an index of news by what their pages say. It gives title, address, first seen."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from babel import Locale

from etl import answers, article_feeds, article_text
from etl.errors import ChangedShape, NotTheData, Refused, Truncated
from etl.exchange import Access, Parsed, Payload, Plan, Request, Scope

ACCESS = Access(url="https://api.gdeltproject.org", pace=5.0, cap_mb=16)
PATH = "/api/v2/doc/doc"
MOST = 250
# the index reaches back three months; an article shows up in it within a day
SHORTEST_DAYS, LONGEST_DAYS, FIRST_DAYS = 3, 90, 7

# an escape that JSON knows, or a lone backslash
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|\\')
_SEEN = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z")


def plan(scope: Scope) -> Plan:
    """Ask every query for the days since it was last answered."""
    for query in article_feeds.load().queries:
        days = _days(scope, query.name)
        parts = tuple(_of_a_day(query.name, query.query, scope.today, ago) for ago in range(days))
        span = {"timespan": f"{days}d"}
        yield Request(query.name, PATH, _params(query.query) | span, expects="any", parts=parts)


def _days(scope: Scope, name: str) -> int:
    """Return how many days to look back: to a day before the last answer."""
    last = [
        answer.retrieved[:10]
        for known, answer in scope.answers.items()
        if (known == name or known.startswith(f"{name} ")) and answer.retrieved
    ]
    if not last:
        return FIRST_DAYS
    since = (scope.today - date.fromisoformat(max(last))).days + 1
    return max(SHORTEST_DAYS, min(since, LONGEST_DAYS))


def _params(query: str) -> dict[str, str]:
    fixed = {"mode": "artlist", "format": "json", "maxrecords": str(MOST), "sort": "datedesc"}
    return {"query": query} | fixed


def _of_a_day(name: str, query: str, today: date, ago: int) -> Request:
    """Return the question for one day, asked when a span holds more than is ever given."""
    day = today - timedelta(days=ago)
    span = {"startdatetime": f"{day:%Y%m%d}000000", "enddatetime": f"{day:%Y%m%d}235959"}
    return Request(f"{name} {day}", PATH, _params(query) | span, expects="any", period=str(day))


def parse(payload: Payload) -> Parsed:
    """Return what was found; of a single day no more than the newest 250, which is all there is."""
    rows = _rows(payload.content())
    if len(rows) >= MOST and payload.request.parts:
        raise Truncated(
            f"{len(rows)} articles came, as many as are ever given", "it is asked day by day"
        )
    return Parsed(articles=list(_articles(rows, payload)))


def _rows(content: bytes) -> list[Any]:
    """Return the rows of an answer; raise the error that it says in plain words."""
    text = content.decode("utf-8", errors="replace").lstrip("\ufeff").strip()
    if not text.startswith("{"):
        _refuse(text)
    try:
        body = json.loads(_ESCAPE.sub(_escaped, text), strict=False)
    except ValueError as error:
        raise NotTheData(f"the answer is no JSON ({error})", answers.LATER) from error
    # no hit is an empty object
    rows = body.get("articles", None if body else [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ChangedShape("there is no list «articles»", "update Amur or report it")
    if rows and not all("url" in row and "seendate" in row for row in rows):
        raise ChangedShape("an article without url or seendate", "update Amur or report it")
    return rows


def _escaped(found: re.Match[str]) -> str:
    return found[0] if len(found[0]) > 1 else r"\\"


def _refuse(text: str) -> None:
    """Raise what a text in place of JSON says."""
    said = answers.message(text[:4000].encode()) or "nothing"
    if not text.startswith("<") and re.search(
        r"too short|too long|phrase|query|keyword|invalid|timespan", said, re.IGNORECASE
    ):
        raise Refused(said, "mend the query in feeds.toml")
    raise NotTheData(f"text in place of JSON: {said}", answers.LATER)


def _articles(rows: list[dict[str, Any]], payload: Payload) -> Iterator[dict[str, object]]:
    topics_of = article_feeds.load().topics_of
    for row in rows:
        url = article_text.link(str(row["url"]))
        title = article_text.title(str(row.get("title") or ""))
        seen = _moment(str(row["seendate"])) or payload.retrieved
        if not url or not title:
            continue
        first = min(seen, payload.retrieved)
        yield article_text.record(
            url=url,
            title=title,
            publisher=(urlsplit(url).hostname or "").removeprefix("www."),
            language=_language(str(row.get("language") or "")),
            dated=(first.date().isoformat(), first.isoformat(timespec="seconds")),
            retrieved=payload.retrieved,
            source=payload.source,
            topics=topics_of(title),
        )


def _moment(text: str) -> datetime | None:
    found = _SEEN.fullmatch(text)
    if not found:
        return article_text.moment(text)
    year, month, day, hour, minute, second = found.groups()
    return article_text.moment(f"{year}-{month}-{day}T{hour}:{minute}:{second}+00:00")


@cache
def _codes() -> dict[str, str]:
    names = Locale("en").languages
    return {str(name).casefold(): str(code) for code, name in names.items() if len(code) == 2}


def _language(name: str) -> str:
    """Return the code of a language that the index names in English."""
    return _codes().get(name.casefold(), name.casefold()[:2])
