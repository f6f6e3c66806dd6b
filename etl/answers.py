"""What an answer is before it is parsed: an error by its status, data by its first bytes."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from etl.errors import (
    KeyRefused,
    NotTheData,
    QuotaExhausted,
    RateLimited,
    Refused,
    ServerFailed,
    SourceFailed,
)

# no data is declared as one of these; other wrong types are common and harmless
OTHER_TYPES = re.compile(r"text/html|image/|audio/|video/|application/pdf")
TRANSIENT = (408, 425, 429, 500, 502, 503, 504)
LONGEST_REFUSAL = 1000
LATER = "it is asked again at the next refresh"


def failure(status: int, headers: Mapping[str, str], head: bytes, key: str) -> SourceFailed:
    """Return the named error of a status of 400 or more; `head` is the start of its body.

    `key` says what to do about a key that was refused.
    """
    said = message(head)
    told = f"the server answered {status}" + (f": {said}" if said else "")
    if status == 429:
        wait = retry_after(headers)
        after = f"after {wait:.0f} s" if wait is not None else "later, or set AMUR_PACE_S higher"
        return RateLimited(told, f"ask again {after}")
    if status == 403 and re.search(r"quota|call volume|exceeded|limit", said, re.IGNORECASE):
        return QuotaExhausted(told, f"wait for {replenished(said)}")
    if status in (401, 403, 407):
        return KeyRefused(told, key)
    if status >= 500:
        return ServerFailed(told, LATER)
    if status == 408:
        return ServerFailed(told, LATER)
    return Refused(told, "the address or the parameters changed; update Amur or report it")


def replenished(said: str) -> str:
    """Return when a quota comes back, as the server words it (d.hh:mm:ss)."""
    found = re.search(r"replenished in ((?:(\d+)\.)?(\d+):(\d\d):\d\d)", said)
    if not found:
        return "the quota's renewal"
    days, hours, minutes = (int(found[n] or 0) for n in (2, 3, 4))
    parts = [f"{days} days"] if days else []
    return "the quota's renewal in " + " ".join([*parts, f"{hours} h {minutes} min"])


def demand_patience(head: bytes) -> None:
    """Raise RateLimited when an answer with a good status says in words to ask more slowly."""
    # an article may have these words too, but is no bare line of text
    if kind_of(head) != "text" or len(head) > LONGEST_REFUSAL:
        return
    said = message(head)
    if re.search(
        r"limit requests|too many requests|rate limit (exceeded|reached)", said, re.IGNORECASE
    ):
        raise RateLimited(said, "ask again later, or set AMUR_PACE_S higher")


def unreachable(said: str) -> str:
    """Return in plain words what kept a connection from being made."""
    if "NameResolution" in said or "getaddrinfo" in said:
        return "the name of the host is not known here: is there a network?"
    if "refused" in said:
        return "the host refuses the connection"
    if "SSL" in said or "certificate" in said.lower():
        return "the host's certificate is not trusted"
    return "there is no connection"


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds of a Retry-After header, of either form, or None."""
    text = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d+)?", text):
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def message(head: bytes) -> str:
    """Return what an error body says, one short line, from JSON, HTML or plain text."""
    text = head.decode("utf-8", errors="replace").lstrip("\ufeff").strip()
    try:
        said = _said(json.loads(text))
    except (ValueError, RecursionError):
        said = text
    if re.match(r"(?is)<!doctype html|<html|<\?xml|<", said):
        title = re.search(r"(?is)<title>(.*?)</title>", said)
        said = title[1] if title else re.sub(r"(?s)<[^>]*>", " ", said)
    said = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", said).split())
    return said if len(said) <= 200 else said[:199] + "…"


def _said(body: object) -> str:
    """Find the sentence in the JSON shapes that these servers use."""
    if isinstance(body, dict):
        for key in ("message", "errorMessage", "error_message", "error", "errorObject", "response"):
            if body.get(key):
                return _said(body[key])
        return json.dumps(body)[:200]
    return str(body)


def demand_kind(expects: str, head: bytes, content_type: str) -> None:
    """Raise NotTheData when the first bytes are not of the expected kind."""
    kind = kind_of(head)
    fits = {
        "json": ("json",),
        "csv": ("text",),
        "xml": ("xml",),
        "xlsx": ("zip", "ole"),
        "html": ("html", "xml", "text"),
        "any": ("json", "text", "xml", "html", "zip", "ole", "pdf", "empty", "binary"),
    }[expects]
    stated = content_type.split(";")[0].strip().lower()
    if kind in fits and expects in ("json", "csv", "xlsx") and OTHER_TYPES.match(stated):
        raise NotTheData(
            f"{expects} came declared as {stated}", "something stands between us and the source"
        )
    lone_words = expects == "csv" and kind == "text" and b"," not in head.split(b"\n")[0]
    if kind in fits and not lone_words:
        return
    named = {"zip": "a packed file", "ole": "an Excel file", "text": "plain text"}
    shown = {"html": "a web page", "empty": "nothing", "binary": "unreadable bytes"} | named
    said = message(head[:2000]) if kind in ("html", "text", "xml", "json") else ""
    raise NotTheData(
        f"{shown.get(kind, kind)} came in place of {expects}"
        + (f" ({content_type.split(';')[0]})" if content_type else "")
        + (f": {said}" if said else ""),
        "the server is busy, blocks us or changed; it is asked again at the next refresh",
    )


def kind_of(head: bytes) -> str:
    """Return what the first bytes are: json xml html text zip ole pdf empty or binary."""
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "ole"
    if head.startswith(b"%PDF"):
        return "pdf"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", errors="replace").encode()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:400].lower()
    if not start:
        return "empty"
    if start.startswith((b"{", b"[")):
        return "json"
    if re.match(rb"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html)", start, re.DOTALL):
        return "html"
    if start.startswith(b"<"):
        return (
            "xml"
            if not re.match(rb"<(head|body|title|script|center|h1|p|div)\b", start)
            else "html"
        )
    return "binary" if b"\x00" in start else "text"
