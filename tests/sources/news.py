"""What the tests of news connectors share: one collection against a local server, and feeds."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from etl import catalog, paths, store
from etl.acceptance import Acceptance
from etl.collect import Collector, Outcome
from etl.exchange import Connector

Article = dict[str, Any]


def settle(monkeypatch: pytest.MonkeyPatch, source: str, url: str) -> None:
    """Point a source at a local server, without patience."""
    monkeypatch.setenv(f"AMUR_{source.upper()}_URL", url)
    for name, value in (("PACE", "0"), ("TIMEOUT", "2")):
        monkeypatch.setenv(f"AMUR_{name}_S", value)
    monkeypatch.setenv("AMUR_RETRIES", "1")


def collect(source: str, connector: Connector, now: datetime | None = None) -> Outcome:
    """Run one connector as a refresh does."""
    moment = now or datetime.now(UTC)
    accept = Acceptance(catalog.load(paths.shipped() / "catalog"), moment.date())
    try:
        return Collector(source, connector, accept, held={}).run(moment)
    finally:
        accept.close()


def landed() -> list[Article]:
    """Return every article that lies under observations/."""
    lines = [line for path in store.files(".jsonl") for line in path.read_text("utf-8").split("\n")]
    return [json.loads(line) for line in lines if line]


def item(title: str, link: str, day: str = "", text: str = "") -> str:
    """Return one item of an RSS 2.0 feed; the words are escaped as a publisher does."""
    dated = f"<pubDate>{day}</pubDate>" if day else ""
    told = f"<description><![CDATA[{text}]]></description>" if text else ""
    return f"<item><title>{title}</title><link>{link}</link>{dated}{told}</item>"


def rss(*items: str, encoding: str = "utf-8") -> bytes:
    prolog = f'<?xml version="1.0" encoding="{encoding}"?>'
    body = f'<rss version="2.0"><channel><title>A paper</title>{"".join(items)}</channel></rss>'
    return (prolog + body).encode(encoding)


def today() -> date:
    return datetime.now(UTC).date()
