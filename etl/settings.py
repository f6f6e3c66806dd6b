"""What the environment says of a source: its address, key, patience. Read once a run."""

import os
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

from etl.errors import UnknownRequest
from etl.exchange import Access

TIMEOUT_S = 60.0
RETRIES = 4


@dataclass(frozen=True)
class Settings:
    """How one source is asked; times in seconds."""

    source: str
    access: Access
    base: str
    overridden: bool
    key: str
    timeout: float
    retries: int
    pace: float
    backoff: float

    @property
    def cap(self) -> int:
        """Return the largest body in bytes."""
        return self.access.cap_mb * 1024 * 1024

    def mask(self, text: str) -> str:
        """Return the text without the key, however it is written."""
        for shape in {self.key, quote(self.key, safe=""), quote_plus(self.key)} - {""}:
            text = text.replace(shape, "***")
        return text


def of(source: str, access: Access) -> Settings:
    """Read AMUR_<SOURCE>_URL and _KEY and the patience; raise UnknownRequest on nonsense."""
    own = os.environ.get(f"AMUR_{source.upper()}_URL", "").strip()
    if own and not own.startswith(("http://", "https://")):
        raise UnknownRequest(f"AMUR_{source.upper()}_URL is no web address; write http(s)://host.")
    pace = _number("AMUR_PACE_S", None)
    return Settings(
        source=source,
        access=access,
        base=(own or access.url).rstrip("/"),
        overridden=bool(own),
        key=os.environ.get(f"AMUR_{source.upper()}_KEY", "").strip(),
        timeout=_number("AMUR_TIMEOUT_S", TIMEOUT_S) or TIMEOUT_S,
        retries=int(_number("AMUR_RETRIES", RETRIES) or 0),
        pace=access.pace if pace is None else pace,
        # a pace of 0 is a test's wish not to wait
        backoff=1.0 if pace is None else min(1.0, pace),
    )


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
