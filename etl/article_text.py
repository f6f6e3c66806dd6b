"""Foreign titles, texts, links and dates made plain: what an article's identity is made of."""

import hashlib
import re
import unicodedata
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

LONGEST_TITLE = 400
LONGEST_URL = 2000

_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)
_TRACKER = re.compile(
    r"(utm|at|mc|itm|mtm|pk|ns|ga|hsa|oly|vero)_\w+|(fb|g|y|d|tw|ms|ysc)clk?id|[gw]braid|igshid"
    r"|msclkid|rss|ref|ref_?src|referr?er|cmp|cmpid|ocid|smid|spm|ftag|xtor|taid|isappinstalled"
    r"|amp|_?openstat",
    re.IGNORECASE,
)
# parameters that track only with these values
_SHARED = ("rss", "feed", "rss_feed", "twitter", "facebook", "timeline", "groupmessage")
_TRACKING_VALUES = {"output": ("amp",), "source": _SHARED, "from": _SHARED}
_MOBILE = ("www.", "m.", "mobile.", "amp.", "wap.")
_ONE = (
    "Reuters|Bloomberg|TASS|AFP|AP|Xinhua|Interfax|dpa|Sputnik|Kyodo|Anadolu|PTI|EFE|RIA Novosti"
    "|ТАСС|Интерфакс|РИА Новости|新华社|中新社"
)
# "BEIJING (Reuters) -", "MOSCOW, June 3. /TASS/.", "新华社北京6月3日电"
_DATELINE = re.compile(
    rf"\((?P<brackets>{_ONE})\)\s*[-–—:.]|/(?P<slashes>{_ONE})/"
    r"|(?P<chinese>新华社|中新社)[^，。]{0,20}电"
)
_IN_ENGLISH = {
    "ТАСС": "TASS",
    "Интерфакс": "Interfax",
    "РИА Новости": "RIA Novosti",
    "新华社": "Xinhua",
    "中新社": "China News Service",
}
_DAYS = (
    re.compile(r"(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d\d?)\s*[-/.月]\s*(?P<d>\d\d?)(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d\d?)\.(?P<m>\d\d?)\.(?P<y>\d{4})(?!\d)"),
)


def plain(text: str, longest: int | None = None) -> str:
    """Return foreign text as one plain line: no tags, entities, control or direction marks."""
    text = _TAG.sub(" ", unescape(_TAG.sub(" ", text)))
    text = unicodedata.normalize("NFC", text)
    # Cc control, Cf direction marks and other unseen, Cs halves of characters, Co private, Cn none
    kept = (" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    shown = "".join(c for c in kept if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn"))
    line = " ".join(shown.split())
    return line if longest is None or len(line) <= longest else line[: longest - 1] + "…"


def title(text: str) -> str:
    """Return a title as one plain line of bounded length."""
    return plain(text, LONGEST_TITLE)


def without_outlet(text: str, outlet: str) -> str:
    """Return a title without the " - Outlet" that aggregators put behind it."""
    cut = re.sub(rf"\s+[-–—|]\s+{re.escape(outlet)}\s*$", "", text, flags=re.IGNORECASE)
    return cut if outlet and cut else text


def link(url: str) -> str:
    """Return a web address without fragment and tracking parameters, or "" when it is none."""
    found = _taken_apart(url)
    if found is None:
        return ""
    scheme, host, port, path, query = found
    return urlunsplit((scheme, host + (f":{port}" if port else ""), path or "/", query, ""))


def canonical(url: str) -> str:
    """Return what is the same for every way to write the address of one article."""
    found = _taken_apart(url)
    if found is None:
        return ""
    _, host, port, path, query = found
    for prefix in _MOBILE:
        if host.startswith(prefix) and host.count(".") > 1:
            host = host.removeprefix(prefix)
    path = quote(unquote(re.sub(r"/{2,}", "/", path), errors="replace"), safe="/")
    path = re.sub(r"^/amp(?=/.)|/amp/?$|(?<=.)\.amp(?=\.html?$|$)", "", path).rstrip("/")
    pairs = sorted(parse_qsl(query, keep_blank_values=True))
    tail = f"?{urlencode(pairs)}" if pairs else ""
    return f"{host}{f':{port}' if port else ''}{path}{tail}"


def _taken_apart(url: str) -> tuple[str, str, int | None, str, str] | None:
    """Return scheme, host, port when it is not the usual one, path and query without tracking."""
    url = re.sub(r"[\x00-\x1f\x7f]", "", unescape(url)).strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").lower().rstrip(".")
    if parts.scheme not in ("http", "https") or len(url) > LONGEST_URL:
        return None
    if not re.fullmatch(r"[\w-]+(\.[\w-]+)*", host) or parts.username is not None:
        return None
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~", errors="replace")
    pairs = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKER.fullmatch(key) and value.lower() not in _TRACKING_VALUES.get(key, ())
    ]
    usual = {"http": 80, "https": 443}[parts.scheme]
    return parts.scheme, host, port if port != usual else None, path, urlencode(pairs)


def identity(url: str) -> str:
    """Return the id of the article at an address."""
    return short_hash(canonical(url))


def short_hash(text: str) -> str:
    """Return a short id of a text."""
    return hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()[:16]


def text_hash(text: str) -> str:
    """Return the sha256 of a text as it reads: however it is spaced or capitalised."""
    words = " ".join(plain(text).casefold().split())
    return hashlib.sha256(words.encode()).hexdigest() if words else ""


def wire(text: str) -> str:
    """Return the agency that the dateline at the start of a text names, or ""."""
    found = _DATELINE.search(text[:400])
    if not found:
        return ""
    name = found["brackets"] or found["slashes"] or found["chinese"]
    return _IN_ENGLISH.get(name, name)


def moment(text: str) -> datetime | None:
    """Return the moment that a date of any usual form names, in UTC; None when it names none.

    A date without a zone is taken as UTC; an order of day and month that could be either is none.
    """
    text = text.strip()[:100]
    readings = (parsedate_to_datetime, datetime.fromisoformat, _day_in_words)
    for read in readings:
        try:
            found = read(text)
            return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    for form in _DAYS:
        match = form.search(text)
        if match:
            try:
                return datetime(int(match["y"]), int(match["m"]), int(match["d"]), tzinfo=UTC)
            except ValueError:
                return None
    return None


def _day_in_words(text: str) -> datetime:
    return parsedate_to_datetime(f"{text} 00:00:00 +0000")


def published(text: str, retrieved: datetime) -> tuple[str, str]:
    """Return the day of publication and, where only that is known, the moment it was first seen.

    No page was published after we read it, and none that we read before the web.
    """
    found = moment(text)
    seen = retrieved.astimezone(UTC)
    if found is None or found.date() < date(1991, 1, 1):
        return seen.date().isoformat(), seen.isoformat(timespec="seconds")
    return min(found, seen).date().isoformat(), ""


def record(
    *,
    url: str,
    title: str,
    publisher: str,
    language: str,
    dated: tuple[str, str],
    retrieved: datetime,
    source: str,
    text: str = "",
    wire: str = "",
    topics: tuple[str, ...] = (),
) -> dict[str, object]:
    """Return an article as it lies under observations/: never its text, of it only the hash.

    `text` is what the hash is made of; `dated` is what `published` returned.
    """
    digest = text_hash(text)
    return {
        "id": identity(url) if url else short_hash(digest or title),
        "url": url,
        "title": title,
        "publisher": publisher,
        "published": dated[0],
        "language": language,
        "summary": "",
        "topics": list(topics),
        "claims": [],
        "wire": wire,
        "text_sha256": digest,
        "retrieved": retrieved.astimezone(UTC).isoformat(timespec="seconds"),
        "source": source,
        "seen": dated[1],
    }
