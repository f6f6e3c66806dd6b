"""News feeds (RSS 2.0, RSS 1.0, Atom) listed in feeds.toml: title, link and day of what is kept.

An item's description is read for relevance and hashed; it is not handed on.
"""

import io
import re
from typing import Any
from urllib.parse import urlsplit

import feedparser
from charset_normalizer import from_bytes

from etl import article_feeds, article_text
from etl.article_feeds import Feed, Feeds
from etl.errors import ChangedShape, NotTheData
from etl.exchange import Access, Parsed, Payload, Plan, Request, Scope

ACCESS = Access(url="https://tass.com/rss/v2.xml", pace=1.0, cap_mb=16, independent=True)
ONLY = "feed"

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_PROLOG = re.compile(r"^\s*<\?xml[^>]*?\?>", re.IGNORECASE)
_STATED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_GUESS = {"ru": "windows-1251", "zh": "gb18030", "en": "windows-1252"}
# more of the text than this unreadable: it is in another encoding than it says
_BROKEN_SHARE = 0.01


def plan(scope: Scope) -> Plan:
    """Ask for every feed; an address of AMUR_RSS_URL with a path is the one feed."""
    parts = urlsplit(scope.base)
    if scope.overridden and (parts.path.strip("/") or parts.query):
        yield Request(ONLY, "", expects="xml")
        return
    for feed in article_feeds.load().feeds:
        yield Request(f"{ONLY} {feed.name}", feed.url, expects="xml")


def parse(payload: Payload) -> Parsed:
    """Return the items that speak of both countries."""
    feeds = article_feeds.load()
    listed = next((f for f in feeds.feeds if payload.request.name == f"{ONLY} {f.name}"), None)
    found = _read(payload, listed)
    told = found.feed
    feed = listed or Feed(
        name=ONLY,
        url=payload.url,
        publisher=article_text.title(told.get("title", "")) or urlsplit(payload.url).hostname or "",
        language=str(told.get("language") or "en").lower()[:2],
    )
    articles = [_article(entry, feed, feeds, payload) for entry in found.entries]
    return Parsed(articles=[article for article in articles if article])


def _read(payload: Payload, listed: Feed | None) -> Any:
    """Return what feedparser makes of the payload; raise when it is no feed."""
    text = _decoded(payload.content(), payload.content_type, listed.language if listed else "")
    # a feed defines no entities; those that do are there to swell in memory or to read files
    if re.search(r"<!\s*ENTITY|<!\s*DOCTYPE[^>]*\[", text, re.IGNORECASE):
        raise NotTheData(
            "the feed defines XML entities, which no feed needs",
            "it was not read; check the address in feeds.toml",
        )
    raw = _PROLOG.sub("", text).encode("utf-8", errors="replace")
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": payload.url}
    # from a file object: given text, feedparser would open a file or an address of that name
    found = feedparser.parse(io.BytesIO(raw), response_headers=headers)
    if not found.entries and (found.bozo or not found.version):
        raise ChangedShape(
            "the XML is no RSS or Atom feed", "check the address of the feed in feeds.toml"
        )
    return found


def _decoded(content: bytes, content_type: str, language: str) -> str:
    """Return the text of a feed: by its mark, its prolog, the header, else as its language is."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace").lstrip("\ufeff")
    stated = _STATED.search(content[:400])
    header = _CHARSET.search(content_type)
    told = stated[1].decode("ascii", "replace") if stated else header[1] if header else "utf-8"
    text = content.decode(_known(told), errors="replace")
    if text.count("\ufffd") > _BROKEN_SHARE * len(text):
        return content.decode(_GUESS.get(language) or _looks(content), errors="replace")
    return text


def _looks(content: bytes) -> str:
    """Return the encoding that the bytes look like."""
    best = from_bytes(content).best()
    return best.encoding if best else "windows-1252"


def _known(encoding: str) -> str:
    """Return the encoding if there is one of that name, else UTF-8."""
    try:
        b"".decode(encoding)
    except (LookupError, UnicodeError):
        return "utf-8"
    return encoding


def _article(entry: Any, feed: Feed, feeds: Feeds, payload: Payload) -> dict[str, object] | None:
    """Return an item as an article; None when it is not of both countries, or has no address."""
    outlet = article_text.title(str((entry.get("source") or {}).get("title") or ""))
    title = article_text.without_outlet(article_text.title(entry.get("title", "")), outlet)
    text = article_text.plain(_description(entry))
    url = article_text.link(_address(entry))
    if not title or not url or not feeds.speaks_of_both(f"{title} {text}"):
        return None
    return article_text.record(
        url=url,
        title=title,
        publisher=outlet or feed.publisher,
        language=feed.language,
        dated=article_text.published(_dated(entry), payload.retrieved),
        retrieved=payload.retrieved,
        source=payload.source,
        text=f"{title} {text}" if text else "",
        wire=article_text.wire(text),
        topics=feeds.topics_of(f"{title} {text}"),
    )


def _address(entry: Any) -> str:
    """Return the page of an item: its link, else an id that is an address."""
    found = str(entry.get("link") or "")
    return found if found.startswith(("http://", "https://")) else str(entry.get("id") or "")


def _description(entry: Any) -> str:
    parts = [str(part.get("value", "")) for part in entry.get("content", [])]
    return " ".join([str(entry.get("summary") or ""), *parts])


def _dated(entry: Any) -> str:
    """Return the date as written: of publication, else of the last change."""
    return str(entry.get("published") or entry.get("updated") or "")
