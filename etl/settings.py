"""What the environment says of a source: its address, key, patience. Read once a run."""

import json
import os
import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from html import escape
from urllib.parse import quote, quote_plus, unquote, urlsplit, urlunsplit

from etl.errors import UnknownRequest
from etl.exchange import Access

TIMEOUT_S = 60.0
RETRIES = 4
HIDDEN = "***"
# no service gives out so short a key
SHORT = 8


@dataclass(frozen=True)
class Settings:
    """How one source is asked; times in seconds.

    `password` is the Authorization header of an address with user and password, which stand
    nowhere else.
    """

    source: str
    access: Access
    base: str
    overridden: bool
    key: str
    password: str
    timeout: float
    retries: int
    pace: float
    backoff: float

    @property
    def cap(self) -> int:
        """Return the largest body in bytes."""
        return self.access.cap_mb * 1024 * 1024

    @property
    def key_advice(self) -> str:
        """Return what to do when the server refuses for want of a right."""
        name = f"AMUR_{self.source.upper()}_KEY"
        if self.key:
            return f"check {name}"
        if self.access.key_header or self.access.key_param:
            return f"set {name}, or try later"
        return "it takes no key: it may block this network; try later or from another one"

    def mask(self, text: str) -> str:
        """Return the text without the key, however it is written."""
        return _pattern(self.key).sub(HIDDEN, text) if self.key else text


@cache
def _pattern(key: str) -> re.Pattern[str]:
    """Return what finds a key as it is, or as addresses, JSON, pages and headers write it."""
    packed = b64encode(key.encode()).decode().rstrip("=")
    shapes = {key, quote(key, safe=""), quote_plus(key), json.dumps(key)[1:-1], escape(key), packed}
    shapes |= {shape.replace("/", r"\/") for shape in shapes}
    words = "|".join(re.escape(shape) for shape in sorted(shapes, key=len, reverse=True))
    if len(key) < SHORT:
        # a key like the Guardian's «test» stands inside words that hold nothing back
        words = rf"(?<!\w)(?:{words})(?!\w)"
    return re.compile(words, re.IGNORECASE)


def of(source: str, access: Access) -> Settings:
    """Read AMUR_<SOURCE>_URL and _KEY and the patience; raise UnknownRequest on nonsense."""
    own = os.environ.get(f"AMUR_{source.upper()}_URL", "").strip()
    if own and not own.startswith(("http://", "https://")):
        raise UnknownRequest(f"AMUR_{source.upper()}_URL is no web address; write http(s)://host.")
    base, password = without_password(own or access.url)
    pace = _number("AMUR_PACE_S", None)
    return Settings(
        source=source,
        access=access,
        base=base.rstrip("/"),
        password=password,
        overridden=bool(own),
        key=os.environ.get(f"AMUR_{source.upper()}_KEY", "").strip(),
        timeout=_number("AMUR_TIMEOUT_S", TIMEOUT_S) or TIMEOUT_S,
        retries=int(_number("AMUR_RETRIES", RETRIES) or 0),
        pace=access.pace if pace is None else pace,
        # a pace of 0 is a test's wish not to wait
        backoff=1.0 if pace is None else min(1.0, pace),
    )


def without_password(address: str) -> tuple[str, str]:
    """Return the address without user and password, and the header that carries them."""
    parts = urlsplit(address)
    if "@" not in parts.netloc:
        return address, ""
    person, _, host = parts.netloc.rpartition("@")
    coded = b64encode(unquote(person).encode()).decode()
    return urlunsplit(parts._replace(netloc=host)), f"Basic {coded}"


def _number(name: str, default: float | None) -> float | None:
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < 1e6:
        raise UnknownRequest(f"{name} «{text}» is no number of seconds or tries; write digits.")
    return value
