"""The Guardian's Open Platform: a key, pages, relevance, its errors."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from etl.sources import guardian
from tests.server import Asked, Local, Reply, local
from tests.sources.news import collect, landed, settle, today
from tests.support import Small

KEY = "a+secret/key"


def result(
    number: int, title: str = "China and Russia agree on gas", **more: Any
) -> dict[str, Any]:
    return {
        "id": f"business/{number}",
        "type": "article",
        "webPublicationDate": "2025-06-09T23:30:00Z",
        "webTitle": title,
        "webUrl": f"https://www.theguardian.com/business/{number}",
    } | more


class Platform:
    """Pages of results, as the platform gives them."""

    def __init__(self, *pages: list[dict[str, Any]]) -> None:
        self.pages = pages

    def __call__(self, asked: Asked) -> Reply:
        if asked.query.get("api-key") != KEY:
            return Reply(b'{"message":"Invalid authentication credentials"}', 401)
        page = int(asked.query["page"])
        if page > len(self.pages):
            said = "requested page is beyond the number of available pages"
            return Reply(
                json.dumps({"response": {"status": "error", "message": said}}).encode(), 400
            )
        body = {"status": "ok", "total": 0, "currentPage": page, "pages": len(self.pages)}
        return Reply(json.dumps({"response": body | {"results": self.pages[page - 1]}}).encode())


@pytest.fixture
def platform(small_shipped: Small, monkeypatch: pytest.MonkeyPatch) -> Iterator[Local]:
    with local(Platform([])) as server:
        settle(monkeypatch, "guardian", server.url)
        monkeypatch.setenv("AMUR_GUARDIAN_KEY", KEY)
        yield server


def test_without_a_key_it_is_skipped(platform: Local, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AMUR_GUARDIAN_KEY")
    assert "AMUR_GUARDIAN_KEY" in collect("guardian", guardian).skipped
    assert platform.asked == []


def test_headline_and_link_are_kept_of_what_speaks_of_both_countries(platform: Local) -> None:
    tags = [{"webTitle": "Russia"}, {"webTitle": "China"}]
    platform.answers = Platform(
        [
            result(1, fields={"trailText": "<p>Secret words</p>", "wordcount": "812"}),
            result(2, "A pipeline at last", tags=tags),
            result(3, "Football in Spain"),
        ]
    )
    assert collect("guardian", guardian).error == ""
    assert [article["url"][-1] for article in landed()] == ["1", "2"]
    assert landed()[0]["published"] == "2025-06-09"
    assert "Secret words" not in str(landed())
    assert "show-fields" not in platform.asked[0].query


def test_pages_are_asked_until_the_last_and_no_more_than_five(platform: Local) -> None:
    platform.answers = Platform([result(1)], [result(2)])
    assert collect("guardian", guardian).error == ""
    assert [asked.query["page"] for asked in platform.asked] == ["1", "2"]
    platform.asked.clear()
    platform.answers = Platform(*[[result(number)] for number in range(9)])
    assert collect("guardian", guardian).error == ""
    assert len(platform.asked) == 5


def test_it_asks_from_a_little_before_the_newest_article(platform: Local) -> None:
    collect("guardian", guardian)
    platform.answers = Platform([result(1)], [result(2, webPublicationDate="2025-06-12T01:00:00Z")])
    collect("guardian", guardian)
    collect("guardian", guardian)
    month = (today() - timedelta(days=30)).isoformat()
    since = [asked.query["from-date"] for asked in platform.asked]
    assert since == [month, month, month, "2025-06-09", "2025-06-09"]


def test_a_page_that_fails_is_asked_again_from_the_same_day(platform: Local) -> None:
    whole = Platform([result(1)], [result(2)])
    platform.answers = lambda asked: (
        Reply(b"busy", 503) if asked.query["page"] == "2" else whole(asked)
    )
    assert collect("guardian", guardian).error.startswith("ServerFailed")
    platform.asked.clear()
    platform.answers = whole
    assert collect("guardian", guardian).error == ""
    month = (today() - timedelta(days=30)).isoformat()
    assert {asked.query["from-date"] for asked in platform.asked} == {month}
    assert {article["url"][-1] for article in landed()} == {"1", "2"}


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(b'{"message":"Unauthorized"}', 401), "KeyRefused: the server answered 401"),
        (Reply(b'{"message":"API rate limit exceeded"}', 429), "RateLimited"),
        (Reply(b'{"response":{"status":"error","message":"no"}}'), "NotTheData"),
        (Reply(b'{"response":{"status":"ok","pages":1,"results":[{}]}}'), "ChangedShape"),
        (Reply(b'{"response":{"status":"ok"}}'), "ChangedShape"),
        (Reply(b"[]"), "NotTheData"),
        (Reply(b"<html>Sorry</html>", kind="text/html"), "NotTheData"),
    ],
)
def test_its_errors_are_named_and_never_carry_the_key(
    platform: Local, reply: Reply, error: str
) -> None:
    platform.answers = lambda asked: reply
    outcome = collect("guardian", guardian)
    assert outcome.error.startswith(error)
    assert KEY not in outcome.error
    assert "secret" not in outcome.error
