"""Fetched articles in the warehouse: one of each address, one of each story, no broken file."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from desk import evidence, quoted
from desk.evidence import Scope, Search
from desk.texts import catalogue
from etl import article_feeds, article_text, articles, catalog, catalog_tables, paths
from tests.support import TODAY, Small, article

TITLE = "China and Russia sign a gas supply deal"
ALL = Search(TODAY)


@pytest.fixture
def empty(small_shipped: Small) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        catalog_tables.load(opened, catalog.load(paths.shipped() / "catalog"))
        yield opened


def fetched(url: str = "https://bugle.example/1", **changes: Any) -> dict[str, Any]:
    record = article_text.record(
        url=url,
        title=TITLE,
        publisher="The Bugle",
        language="en",
        dated=("2025-06-10", ""),
        retrieved=datetime(2025, 6, 11, 8, tzinfo=UTC),
        source="rss",
    )
    return record | changes


def land(*records: dict[str, Any] | str, name: str = "a", source: str = "rss") -> Path:
    target = paths.landed() / source / f"{name}.jsonl"
    target.parent.mkdir(parents=True, exist_ok=True)
    lines = [line if isinstance(line, str) else json.dumps(line) for line in records]
    target.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return target


def load(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    entries = catalog.load(paths.shipped() / "catalog")
    faults = articles.load(con, paths.shipped() / "articles.jsonl", entries, TODAY)
    assert faults == []
    found = con.execute("SELECT * FROM article ORDER BY id")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_a_fetched_article_stands_beside_the_reviewed_ones(
    empty: duckdb.DuckDBPyConnection, small_shipped: Small
) -> None:
    small_shipped.articles(article())
    land(fetched(publisher="TASS", seen="2025-06-11T08:00:00+00:00"))
    reviewed, found = sorted(load(empty), key=lambda row: row["source"])
    assert (reviewed["source"], reviewed["seen"], reviewed["story"]) == ("", False, "a1")
    assert found["url"] == "https://bugle.example/1"
    assert found["retrieved"].isoformat() == "2025-06-11T08:00:00", "as the warehouse keeps it"
    assert (found["source"], found["seen"], found["wire"]) == ("rss", True, "tass")
    assert (found["page"], found["published"]) == ("TASS", date(2025, 6, 10))


def test_of_one_address_the_first_retrieval_stays(empty: duckdb.DuckDBPyConnection) -> None:
    late = "http://www.bugle.example/1/?utm_source=rss_feed"
    land(fetched(late, title="Changed", retrieved="2025-06-12T00:00:00+00:00"), name="a")
    land(fetched(), fetched(), name="b")
    assert [(row["title"], row["url"]) for row in load(empty)] == [
        (TITLE, "https://bugle.example/1")
    ]


def test_a_reviewed_article_wins_over_a_fetched_one(
    empty: duckdb.DuckDBPyConnection, small_shipped: Small
) -> None:
    small_shipped.articles(article(url="https://www.bugle.example/1?fbclid=7"))
    land(fetched())
    assert [row["id"] for row in load(empty)] == ["a1"]


BROKEN = {
    "no JSON": "{",
    "no object": "[]",
    "no title": json.dumps({k: v for k, v in fetched().items() if k != "title"}),
    "a moment that is none": json.dumps(fetched(retrieved="soon")),
    "a hash that is no text": json.dumps(fetched(text_sha256=None)),
    "a day to come": json.dumps(fetched(published="2999-01-01")),
    "another kind of address": json.dumps(fetched() | {"url": "file:///x"}),
}


@pytest.mark.parametrize("line", BROKEN.values(), ids=BROKEN)
def test_a_file_with_a_broken_line_is_left_out_whole_and_told(
    empty: duckdb.DuckDBPyConnection, line: str
) -> None:
    land(fetched("https://bugle.example/2"), line, name="broken")
    land(fetched(), name="sound")
    assert [row["url"] for row in load(empty)] == ["https://bugle.example/1"]
    found = empty.execute("SELECT severity, detail FROM finding WHERE NOT passed").fetchall()
    assert [severity for severity, _ in found] == ["warning"]
    assert found[0][1].startswith("rss/broken.jsonl:2: ")


def test_bytes_that_are_no_text_are_told_too(empty: duckdb.DuckDBPyConnection) -> None:
    land(fetched(), name="sound")
    land("", name="broken").write_bytes(b"\xff\xfe\xfd")
    assert len(load(empty)) == 1
    assert empty.execute("SELECT count(*) FROM finding WHERE NOT passed").fetchall() == [(1,)]


def test_a_file_that_was_handed_in_needs_no_address_but_a_reviewed_article_does(
    empty: duckdb.DuckDBPyConnection, small_shipped: Small
) -> None:
    land(fetched("", text_sha256="f" * 64, source=""), source="handed")
    assert [(row["url"], row["source"]) for row in load(empty)] == [("", "handed")]
    small_shipped.articles(article(url=""))
    entries = catalog.load(paths.shipped() / "catalog")
    path = paths.shipped() / "articles.jsonl"
    assert len(articles.load(empty, path, entries, TODAY)) == 1


def sites() -> list[dict[str, Any]]:
    """Return one story of an agency as three sites relay it, and the agency's own page."""
    return [
        fetched("https://agency.example/1", publisher="Reuters", published="2025-06-09"),
        fetched("https://one.example/1", title=f"{TITLE} - One", wire="Reuters"),
        fetched("https://two.example/1", title=f"UPDATE 1-{TITLE}, sources say", wire="Reuters"),
        fetched("https://three.example/1", publisher="three.example"),
    ]


def test_one_agency_story_on_many_sites_is_shown_once_with_the_other_places(
    empty: duckdb.DuckDBPyConnection,
) -> None:
    land(*sites(), fetched("https://four.example/1", title="Russia ships more coal to China"))
    load(empty)
    found = evidence.search(empty, ALL)
    assert len(found) == 2
    told = next(row for row in found if row["also"])
    assert told["url"] == "https://agency.example/1"
    assert {row["url"] for row in told["also"]} == {
        f"https://{name}.example/1" for name in ("one", "two", "three")
    }
    shown = quoted.also_at(told, "en")
    assert shown.count("](https://") == 3
    earlier = evidence.search(empty, Search(date(2025, 6, 9)))
    assert [row["also"] for row in earlier] == [[]]


def test_a_reviewed_article_speaks_for_its_story_and_counts_its_figures_once(
    empty: duckdb.DuckDBPyConnection, small_shipped: Small
) -> None:
    small_shipped.articles(
        article(id="a1", title=TITLE, published="2025-06-11"),
        article(id="a2", url="https://b.example/2", title=TITLE, published="2025-06-12"),
        article({"value": 12, "low": 12}, id="a3", url="https://c.example/3", title=TITLE).replace(
            "2025-01-13", "2025-06-12"
        ),
    )
    land(*sites())
    load(empty)
    scope = Scope(("trade_total",), date(2024, 1, 1), date(2024, 12, 31), TODAY)
    found = evidence.articles(empty, scope)
    assert [row["id"] for row in found] == ["a1"]
    assert len(found[0]["also"]) == 6
    said = evidence.claims(empty, scope)
    assert sorted((row["article"], row["value"]) for row in said) == [("a1", 240), ("a3", 12)]
    assert [row["article"] for row in evidence.claims_of(empty, "a2", TODAY)] == ["a2", "a3"]
    listed = evidence.search(empty, ALL)
    assert [(row["id"], row["claim_count"]) for row in listed] == [("a1", 2)]


def test_every_topic_that_is_given_has_a_name(small_shipped: Small) -> None:
    topics = set(article_feeds.load().topics)
    assert topics
    assert {f"topic.{topic}" for topic in topics} <= set(catalogue("en"))
