"""The Guardian, Open Platform: headline and link of what speaks of both countries.

Its terms let nothing else be kept for long, so that no text is asked for.
"""

import json
from datetime import date, timedelta
from typing import Any

from etl import answers, article_feeds, article_text
from etl.errors import ChangedShape, NotTheData
from etl.exchange import Access, Parsed, Payload, Plan, Request, Scope

ACCESS = Access(
    url="https://content.guardianapis.com",
    pace=1.0,
    key_param="api-key",
    key_needed=True,
    cap_mb=16,
)
QUESTION = "russia AND china AND (gas OR oil OR coal OR trade OR energy OR yuan OR sanctions)"
MOST_PAGES = 5
FIRST_DAYS, OVERLAP_DAYS = 30, 3
NEWEST = "newest"


def plan(scope: Scope) -> Plan:
    """Ask for what is new, the oldest first: what five pages leave over is asked next time."""
    newest = str(scope.memory.get(NEWEST, ""))
    page, pages = 1, 1
    found = newest
    while page <= min(pages, MOST_PAGES):
        payload = yield Request(
            f"page {page}", "/search", _params(_since(scope.today, newest), page)
        )
        if payload is None:
            return
        response = _response(payload.content())
        pages = int(response["pages"])
        found = max([found, *(str(row["webPublicationDate"])[:10] for row in response["results"])])
        page += 1
    # only now: a page that failed is asked again with the same first day
    scope.memory[NEWEST] = min(found, scope.today.isoformat())


def _since(today: date, newest: str) -> date:
    """Return the first day to ask for: a little before the newest article, at most 30 days back."""
    try:
        return date.fromisoformat(newest) - timedelta(days=OVERLAP_DAYS)
    except ValueError:
        return today - timedelta(days=FIRST_DAYS)


def _params(since: date, page: int) -> dict[str, str]:
    return {
        "q": QUESTION,
        "from-date": since.isoformat(),
        "use-date": "published",
        "order-by": "oldest",
        "show-tags": "keyword",
        "page-size": "50",
        "page": str(page),
    }


def parse(payload: Payload) -> Parsed:
    """Return the articles of one page that speak of both countries in headline or keywords."""
    feeds = article_feeds.load()
    articles = []
    for row in _response(payload.content())["results"]:
        title = article_text.title(row["webTitle"])
        words = f"{title} {article_text.plain(_around(row))}"
        url = article_text.link(row["webUrl"])
        if not url or not title or not feeds.speaks_of_both(words):
            continue
        articles.append(
            article_text.record(
                url=url,
                title=title,
                publisher="The Guardian",
                language="en",
                dated=article_text.published(row["webPublicationDate"], payload.retrieved),
                retrieved=payload.retrieved,
                source=payload.source,
                topics=feeds.topics_of(words),
            )
        )
    return Parsed(articles=articles)


def _around(row: dict[str, Any]) -> str:
    """Return the keywords, and the standfirst where the server gives one unasked."""
    tags = row.get("tags") or []
    fields = row.get("fields") or {}
    keywords = [str(tag.get("webTitle", "")) for tag in tags if isinstance(tag, dict)]
    standfirst = fields.get("trailText", "") if isinstance(fields, dict) else ""
    return " ".join([*keywords, str(standfirst)])


def _response(content: bytes) -> dict[str, Any]:
    """Return the response object with its pages and results; raise when it has not its shape."""
    try:
        response = json.loads(content.decode("utf-8-sig"))["response"]
    except (ValueError, KeyError, TypeError) as error:
        raise NotTheData("the answer is no response of the Open Platform", answers.LATER) from error
    if not isinstance(response, dict) or response.get("status") != "ok":
        said = response.get("message", "") if isinstance(response, dict) else ""
        raise NotTheData(f"the server answered no ok: {str(said)[:200]}", answers.LATER)
    if not isinstance(response.get("pages"), int) or not isinstance(response.get("results"), list):
        raise ChangedShape("there are no «pages» or «results»", "update Amur or report it")
    for row in response["results"]:
        for key in ("webTitle", "webUrl", "webPublicationDate"):
            if not isinstance(row, dict) or not isinstance(row.get(key), str):
                raise ChangedShape(f"a result without {key}", "update Amur or report it")
    return response
