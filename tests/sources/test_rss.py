"""News feeds as publishers serve them: three formats, encodings, wrong dates, traps."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from etl import article_feeds
from etl.sources import rss as connector
from tests.server import Asked, Local, Reply, local
from tests.sources.news import collect, item, landed, rss, settle, today
from tests.support import Small

BOTH = "China buys more Russian coal"
XML = "application/rss+xml"


@pytest.fixture
def feed(small_shipped: Small, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Local]]:
    """Return what serves one body at an address that is the one feed."""
    with local(lambda asked: Reply(status=404)) as server:
        settle(monkeypatch, "rss", f"{server.url}/news/feed.xml")

        def serve(body: bytes, kind: str = XML, **headers: str) -> Local:
            server.answers = lambda asked: Reply(body, kind=kind, headers=headers)
            return server

        yield serve


def test_an_item_is_kept_when_it_speaks_of_both_countries_or_of_a_project_of_both(
    feed: Callable[..., Local],
) -> None:
    feed(
        rss(
            item(BOTH, "https://a.example/1"),
            item(
                "Oil falls", "https://a.example/2", text="<p>Moscow and <b>Beijing</b> agree.</p>"
            ),
            item("Power of Siberia at full capacity", "https://a.example/3"),
            item("Russia exports grain to Egypt", "https://a.example/4"),
            item("Chinese exports rise", "https://a.example/5", text="To Vietnam."),
        )
    )
    assert collect("rss", connector).error == ""
    assert [article["url"][-1] for article in landed()] == ["1", "2", "3"]
    first = landed()[0]
    assert (first["title"], first["publisher"], first["summary"]) == (BOTH, "A paper", "")
    assert first["topics"] == ["coal"]
    assert "Beijing" not in str(landed())


def test_a_link_is_kept_without_its_tracking_and_a_title_without_its_traps(
    feed: Callable[..., Local],
) -> None:
    tagged = "&lt;b&gt;trade&lt;/b&gt; \u202eevil\u200b &lt;script&gt;x()&lt;/script&gt;"
    title = f"China &amp;amp; Russia {tagged}"
    feed(
        rss(
            item(title, "https://a.example/1?id=7&amp;utm_source=rss_feed&amp;fbclid=z#top"),
            item(BOTH, "javascript:alert(1)"),
            item(BOTH, "/relative/2"),
        )
    )
    collect("rss", connector)
    found, relative = landed()
    assert found["url"] == "https://a.example/1?id=7"
    assert found["title"].startswith("China & Russia trade evil")
    assert not set(found["title"]) & set("<>\u202e\u200b")
    assert relative["url"].endswith("/relative/2")


def test_dates_of_every_form_become_days_and_wrong_ones_the_day_first_seen(
    feed: Callable[..., Local],
) -> None:
    ahead = (today() + timedelta(days=40)).isoformat()
    written = {
        "Tue, 10 Jun 2025 01:30:00 +0300": ("2025-06-09", False),
        "Tue, 10 Jun 2025 10:00:00 MSK": ("2025-06-10", False),
        "2025-06-10 10:00:00": ("2025-06-10", False),
        "2025年06月10日": ("2025-06-10", False),
        "10.06.2025 11:00": ("2025-06-10", False),
        "yesterday": (today().isoformat(), True),
        "Tue, 10 Jun 2025 25:61:00 GMT": (today().isoformat(), True),
        "": (today().isoformat(), True),
        f"{ahead}T10:00:00Z": (today().isoformat(), False),
    }
    items = [item(BOTH, f"https://a.example/{n}", day) for n, day in enumerate(written)]
    feed(rss(*items))
    collect("rss", connector)
    found = [(article["published"], bool(article["seen"])) for article in landed()]
    assert dict(zip(written, found, strict=True)) == written


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (rss(item("Россия и Китай", "https://a.example/1"), encoding="windows-1251"), XML),
        (b"\xef\xbb\xbf" + rss(item("Россия и Китай", "https://a.example/1")), XML),
        (rss(item("Россия и Китай", "https://a.example/1"), encoding="utf-16"), XML),
        (
            rss(item("Россия и Китай", "https://a.example/1")).decode()[38:].encode("cp1251"),
            f"{XML}; charset=windows-1251",
        ),
        (rss(item("Россия и Китай", "https://a.example/1")).decode().encode("cp1251"), XML),
    ],
    ids=["as its prolog says", "with a mark", "sixteen bits", "as the header says", "wrongly told"],
)
def test_a_feed_is_read_in_its_own_encoding(
    feed: Callable[..., Local], body: bytes, kind: str
) -> None:
    feed(body, kind)
    assert collect("rss", connector).error == ""
    assert [article["title"] for article in landed()] == ["Россия и Китай"]


def test_atom_and_rss_1_are_read(feed: Callable[..., Local]) -> None:
    atom = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>At</title>
        <entry><title>{BOTH}</title><id>urn:1</id><updated>2025-06-10T08:00:00+08:00</updated>
        <link rel="enclosure" href="https://a.example/x.mp3"/>
        <link rel="alternate" href="https://a.example/1"/></entry></feed>"""
    feed(atom.encode())
    collect("rss", connector)
    rdf = f"""<?xml version="1.0"?><rdf:RDF xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel/>
        <item><title>{BOTH}</title><link>https://a.example/2</link><dc:date>2025-06-11</dc:date>
        </item></rdf:RDF>"""
    feed(rdf.encode())
    collect("rss", connector)
    found = {article["url"]: article["published"] for article in landed()}
    assert found == {"https://a.example/1": "2025-06-10", "https://a.example/2": "2025-06-11"}


def test_an_aggregators_item_is_its_outlets(feed: Callable[..., Local]) -> None:
    told = item(f"{BOTH} - The Bugle", "https://a.example/1").replace(
        "</item>", '<source url="https://bugle.example">The Bugle</source></item>'
    )
    feed(rss(told))
    collect("rss", connector)
    assert [(a["title"], a["publisher"]) for a in landed()] == [(BOTH, "The Bugle")]


def test_a_dateline_names_the_agency_and_the_text_is_hashed_as_it_reads(
    feed: Callable[..., Local],
) -> None:
    text = "BEIJING, June 3 (Reuters) - China took more Russian crude."
    feed(
        rss(
            item(BOTH, "https://a.example/1", text=text),
            item(BOTH.upper(), "https://b.example/1", text=f"<p>{text.replace(' ', '  ')}</p>"),
        )
    )
    collect("rss", connector)
    first, second = landed()
    assert first["wire"] == "Reuters"
    assert first["text_sha256"] == second["text_sha256"] != ""


BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
FILE = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def defining(entity: str, encoding: str) -> bytes:
    text = rss(item(f"{BOTH} &b;", "https://a.example/1"), encoding=encoding).decode(encoding)
    return text.replace("<rss", f"{entity}<rss").encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7"])
@pytest.mark.parametrize("entity", [BOMB, FILE])
def test_a_feed_that_defines_entities_is_refused(
    feed: Callable[..., Local], encoding: str, entity: str
) -> None:
    feed(defining(entity, encoding))
    assert "entities" in collect("rss", connector).error
    assert landed() == []


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"<!doctype html><html><title>Checking your browser</title></html>", "NotTheData"),
        (b"<?xml version='1.0'?><figures><figure>1</figure></figures>", "ChangedShape"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel><ti", "ChangedShape"),
        (b"", "NotTheData"),
    ],
)
def test_what_is_no_feed_is_told(feed: Callable[..., Local], body: bytes, error: str) -> None:
    feed(body)
    assert collect("rss", connector).error.startswith(error)


def test_a_stale_or_empty_feed_is_no_error(feed: Callable[..., Local]) -> None:
    feed(rss(item(BOTH, "https://a.example/1", "Tue, 10 Jun 2014 10:00:00 GMT")))
    assert collect("rss", connector).error == ""
    feed(rss())
    assert collect("rss", connector).error == ""
    assert [article["published"] for article in landed()] == ["2014-06-10"]


def test_an_unchanged_feed_is_not_read_again(feed: Callable[..., Local]) -> None:
    body = rss(item(BOTH, "https://a.example/1"))
    server = feed(body, ETag='"1"')
    collect("rss", connector)
    server.answers = lambda asked: Reply(
        status=304 if asked.headers.get("if-none-match") == '"1"' else 500
    )
    outcome = collect("rss", connector)
    assert (outcome.error, outcome.fetched, len(landed())) == ("", 1, 1)


def test_every_listed_feed_is_asked_below_a_bare_address_and_one_failure_is_one(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answers(asked: Asked) -> Reply:
        if asked.path == "/rss/v2.xml":
            return Reply(b"<html>Forbidden</html>", 403, "text/html")
        return Reply(rss(item(BOTH, f"https://a.example{asked.path}")), kind=XML)

    with local(answers) as server:
        settle(monkeypatch, "rss", server.url)
        outcome = collect("rss", connector)
    listed = article_feeds.load().feeds
    assert len(server.asked) == len(listed) >= 8
    assert outcome.error.startswith("KeyRefused")
    assert "v2.xml" in outcome.error
    assert {a["publisher"] for a in landed()} == {f.publisher for f in listed} - {"TASS"}
    assert {a["language"] for a in landed()} == {"en", "ru"}
