"""Everything that a server can do wrong, and the named error that it must become."""

import gzip
import json
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO

from tests.server import Asked, Reply

HTML = b"<!DOCTYPE html><html><head><title>Checking your browser</title></head><body/></html>"
NESTED = b"[" * 200_000
XML_BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<rss version="2.0"><channel><title>&d;</title><item><title>Russia China &d;</title>
<link>https://example.org/1</link></item></channel></rss>"""


@dataclass(frozen=True)
class Wrong:
    """A fault of a server, the error that tells it, and a word that its text must hold."""

    name: str
    reply: Callable[[Asked], Reply]
    error: str
    says: str = ""


def status(code: int, body: bytes = b"", kind: str = "application/json", **headers: str) -> Reply:
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    return Reply(body, code, kind, named)


def raw(*pieces: bytes, pause: float = 0.0, hold: float = 0.0) -> Reply:
    """Write bytes on the line as they are, with pauses, then hold the line or drop it."""

    def write(line: BinaryIO) -> None:
        for piece in pieces:
            line.write(piece)
            line.flush()
            time.sleep(pause)
        time.sleep(hold)

    return Reply(write=write)


def endless(prefix: bytes, piece: bytes, limit: int, pause: float = 0.0) -> Reply:
    """Write a head and then the same piece again and again."""

    def write(line: BinaryIO) -> None:
        line.write(prefix)
        for _ in range(limit):
            line.write(piece)
            line.flush()
            if pause:
                time.sleep(pause)

    return Reply(write=write)


@cache
def gzip_bomb(megabytes: int) -> Reply:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b" " * (1 << 20)
    body = b"".join([packer.compress(block) for _ in range(megabytes)] + [packer.flush()])
    return Reply(body, 200, "application/json", {"Content-Encoding": "gzip"})


def redirecting(reply: Reply) -> Reply:
    """Return the reply as a redirect to where it was asked."""
    return Reply(reply.body, 302, reply.kind, dict(reply.headers) | {"Location": "?again"})


def half_packed() -> Reply:
    """Return the first half of a packed body, on a line that then ends as if all were well."""
    packed = gzip.compress(json.dumps({"data": list(range(20_000))}).encode())
    head = OK + b"Content-Encoding: gzip\r\nConnection: close\r\n\r\n"
    return raw(head, packed[: len(packed) // 2])


OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
QUOTA = (
    b'{"statusCode":403,"message":"Out of call volume quota. '
    b'Quota will be replenished in 14.07:13:56."}'
)
BOMB = gzip_bomb(50)
FAULTS = [
    Wrong("429", lambda asked: status(429, b'{"message":"slow down"}'), "RateLimited", "429"),
    Wrong(
        "429 with Retry-After",
        lambda asked: status(429, b"{}", Retry_After="0"),
        "RateLimited",
        "after 0 s",
    ),
    Wrong(
        "429 with an hour's Retry-After",
        lambda asked: status(429, b"{}", Retry_After="3600"),
        "RateLimited",
        "after 3600 s",
    ),
    Wrong("403 quota", lambda asked: status(403, QUOTA), "QuotaExhausted", "14 days"),
    Wrong(
        "401 key",
        lambda asked: status(401, b'{"statusCode":401,"message":"invalid subscription key"}'),
        "KeyRefused",
        "subscription",
    ),
    Wrong("403 page", lambda asked: status(403, HTML, "text/html"), "KeyRefused", "Checking"),
    Wrong("404", lambda asked: status(404, b'{"message":"Resource not found"}'), "Refused", "404"),
    Wrong("400", lambda asked: status(400, b"not json at all"), "Refused", "not json"),
    Wrong("500 page", lambda asked: status(500, HTML, "text/html"), "ServerFailed", "500"),
    Wrong("503", lambda asked: status(503, b'{"message":"maintenance"}'), "ServerFailed", "maint"),
    Wrong("no answer", lambda asked: raw(hold=4), "TimedOut", "no answer"),
    Wrong("a header that drips", lambda asked: endless(OK, b"X-A: b\r\n", 40, 0.2), "TimedOut"),
    Wrong(
        "a body that drips",
        lambda asked: endless(OK + b"Content-Length: 999999\r\n\r\n", b"{", 40, 0.2),
        "TimedOut",
    ),
    Wrong(
        "a body that stops",
        lambda asked: raw(OK + b'Content-Length: 999\r\n\r\n{"data":[', hold=4),
        "TimedOut",
    ),
    Wrong(
        "cut mid-body",
        lambda asked: raw(OK + b'Content-Length: 999\r\n\r\n{"data":[]}'),
        "CutShort",
    ),
    Wrong(
        "cut mid-chunk",
        lambda asked: raw(OK + b"Transfer-Encoding: chunked\r\n\r\nff\r\n{"),
        "CutShort",
    ),
    Wrong("dropped at once", lambda asked: raw(), "Unreachable"),
    Wrong("no HTTP", lambda asked: raw(b"SSH-2.0-OpenSSH_9.9\r\n"), "CutShort|Unreachable"),
    Wrong("200 with a page", lambda asked: Reply(HTML, kind="text/html"), "NotTheData", "web page"),
    Wrong("200 with a text", lambda asked: Reply(b"Please slow down."), "NotTheData|RateLimited"),
    Wrong("an empty body", lambda asked: Reply(b""), "NotTheData", "nothing"),
    Wrong("noise", lambda asked: Reply(bytes(range(256)) * 9), "NotTheData|ChangedShape"),
    Wrong("half a JSON", lambda asked: Reply(b'{"data":[{"period":'), "ChangedShape|NotTheData"),
    Wrong("JSON a mile deep", lambda asked: Reply(NESTED), "ChangedShape|NotTheData"),
    Wrong("another JSON", lambda asked: Reply(b'{"hello":"world"}'), "ChangedShape|NotTheData"),
    Wrong(
        "a body announced as 2 GB",
        lambda asked: raw(OK + b"Content-Length: 2147483648\r\n\r\n{"),
        "TooLarge",
        "2048 MB",
    ),
    Wrong("a broken pack", lambda asked: status(200, b"{}", Content_Encoding="gzip"), "NotTheData"),
    Wrong("a redirect loop", lambda asked: status(302, Location=asked.path), "UnsafeRedirect"),
    Wrong(
        "a redirect to a private address",
        lambda asked: status(302, Location="http://169.254.169.254/latest/meta-data"),
        "UnsafeRedirect",
        "private",
    ),
    Wrong(
        "a redirect to this machine",
        lambda asked: status(307, Location="http://localhost:1/"),
        "UnsafeRedirect",
        "private",
    ),
    Wrong(
        "a redirect to a file",
        lambda asked: status(301, Location="file:///etc/passwd"),
        "UnsafeRedirect",
    ),
    Wrong(
        "a redirect to nonsense",
        lambda asked: status(302, Location="http://[::1"),
        "UnsafeRedirect",
    ),
    Wrong(
        "a redirect with a packed bomb",
        lambda asked: redirecting(BOMB),
        "UnsafeRedirect",
        "redirected more than",
    ),
    Wrong("a pack without its end", lambda asked: half_packed(), "CutShort", "breaks off"),
    Wrong(
        "packed as nobody asked",
        lambda asked: status(200, b"{}", Content_Encoding="br"),
        "NotTheData",
    ),
    Wrong("XML bomb", lambda asked: Reply(XML_BOMB, kind="text/xml"), "NotTheData|ChangedShape"),
]
