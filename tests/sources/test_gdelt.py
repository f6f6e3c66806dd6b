"""The GDELT index as it answers: objects, nothing, plain words with status 200, broken escapes."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from etl.sources import gdelt
from tests.server import Asked, Local, Reply, local
from tests.sources.news import collect, landed, settle, today
from tests.support import Small


def row(number: int = 1, **changes: str) -> dict[str, str]:
    return {
        "url": f"https://www.bugle.example/{number}?utm_source=x",
        "url_mobile": "",
        "title": "China , Russia sign a gas deal",
        "seendate": "20250609T234500Z",
        "socialimage": "",
        "domain": "bugle.example",
        "language": "English",
        "sourcecountry": "Malta",
    } | changes


def body(*rows: dict[str, str]) -> bytes:
    return json.dumps({"articles": rows}).encode()


@pytest.fixture
def index(small_shipped: Small, monkeypatch: pytest.MonkeyPatch) -> Iterator[Local]:
    with local(lambda asked: Reply(b"{}")) as server:
        settle(monkeypatch, "gdelt", server.url)
        yield server


def test_an_article_is_dated_by_the_moment_it_was_first_seen(index: Local) -> None:
    rows = [row(), row(2, language="Chinese", title="中俄天然气"), row(3, title="")]
    index.answers = lambda asked: Reply(body(*rows), kind="application/json")
    assert collect("gdelt", gdelt).error == ""
    first, second = landed()[:2]
    assert first["url"] == "https://www.bugle.example/1"
    assert (first["published"], first["seen"]) == ("2025-06-09", "2025-06-09T23:45:00+00:00")
    assert (first["publisher"], first["language"], second["language"]) == (
        "bugle.example",
        "en",
        "zh",
    )
    assert first["text_sha256"] == ""
    asked = index.asked[0]
    assert asked.path == "/api/v2/doc/doc"
    assert asked.query | {"query": "", "timespan": ""} == {
        "query": "",
        "timespan": "",
        "mode": "artlist",
        "format": "json",
        "maxrecords": "250",
        "sort": "datedesc",
    }
    assert len({asked.query["query"] for asked in index.asked}) == len(index.asked) >= 2


def test_no_hit_is_an_empty_object_and_no_error(index: Local) -> None:
    assert collect("gdelt", gdelt).error == ""
    assert landed() == []


def test_invalid_escapes_are_mended_and_valid_ones_kept(index: Local) -> None:
    title = r"Russia\'s \u0433as \\ China\x \"deal\" 50\% "
    raw = '{"articles":[{"url":"https://a.example/1","title":"%s","seendate":"20250609T000000Z"}]}'
    index.answers = lambda asked: Reply((raw % title).encode())
    assert collect("gdelt", gdelt).error == ""
    assert landed()[0]["title"] == 'Russia\\\'s гas \\ China\\x "deal" 50\\%'


@pytest.mark.parametrize(
    ("said", "error", "asked"),
    [
        ("Please limit requests to one every 5 seconds or contact us.", "RateLimited", 2),
        ("Your query was too short or too long.", "Refused", 1),
        ("The specified phrase is too short.", "Refused", 1),
        ("<html><title>Be back soon</title></html>", "NotTheData", 3),
        ('{"articles": [', "NotTheData", 3),
        ('{"timeline": []}', "ChangedShape", 3),
        ('{"articles": [{"title": "x"}]}', "ChangedShape", 3),
    ],
)
def test_words_in_place_of_articles_are_named_errors(
    index: Local, said: str, error: str, asked: int
) -> None:
    index.answers = lambda asked: Reply(said.encode(), kind="text/html; charset=utf-8")
    outcome = collect("gdelt", gdelt)
    assert outcome.error.startswith(error)
    assert len(index.asked) == asked
    assert landed() == []


def test_it_looks_back_to_the_last_answer(index: Local) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=20)
    collect("gdelt", gdelt)
    assert {asked.query["timespan"] for asked in index.asked} == {"7d"}
    index.asked.clear()
    collect("gdelt", gdelt)
    assert {asked.query["timespan"] for asked in index.asked} == {"3d"}
    index.asked.clear()
    collect("gdelt", gdelt, datetime.now(UTC) + (datetime.now(UTC) - long_ago))
    assert {asked.query["timespan"] for asked in index.asked} == {"21d"}


def test_a_full_answer_is_asked_again_day_by_day(index: Local) -> None:
    def answers(asked: Asked) -> Reply:
        if "timespan" in asked.query:
            return Reply(body(*[row(number) for number in range(250)]))
        day = int(asked.query["startdatetime"][6:8])
        return Reply(body(row(1000 + day)))

    index.answers = answers
    assert collect("gdelt", gdelt).error == ""
    days = {asked.query.get("startdatetime", "")[:8] for asked in index.asked} - {""}
    assert days == {f"{today() - timedelta(days=ago):%Y%m%d}" for ago in range(7)}
    assert {article["url"][-4:-2] for article in landed()} == {"10"}
    assert len({article["url"] for article in landed()}) == 7


def test_a_refusal_to_hurry_is_asked_again_and_then_answered(index: Local) -> None:
    told = iter([b"Please limit requests to one every 5 seconds or contact us."])
    index.answers = lambda asked: Reply(next(told, body(row(1))), kind="text/html")
    outcome = collect("gdelt", gdelt)
    assert outcome.error == ""
    assert len(landed()) == 1


def test_a_refusal_in_plain_words_is_told_with_the_address_that_was_asked(index: Local) -> None:
    words = b"Please limit requests to one every 5 seconds or contact us for larger queries."
    index.answers = lambda asked: Reply(words, kind="text/html")
    error = collect("gdelt", gdelt).error
    assert error.startswith("RateLimited: Please limit requests")
    assert f"{index.url}/api/v2/doc/doc?query=" in error
