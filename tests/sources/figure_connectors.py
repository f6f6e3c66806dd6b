"""What the tests of the figure connectors share: one collection, one body, what landed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from etl import catalog, paths, refresh, warehouse
from etl.acceptance import Acceptance
from etl.collect import Collector, Outcome
from etl.exchange import Connector, Payload, Request

RETRIEVED = datetime(2026, 7, 15, 8, 30, tzinfo=UTC)
Landed = dict[tuple[str, str, str], dict[str, str]]
Collect = Callable[..., Outcome]


def collector(source: str, connector: Connector, monkeypatch: pytest.MonkeyPatch) -> Collect:
    """Return a function that runs the connector once against a local server."""
    for name, value in {"PACE_S": "0", "RETRIES": "1", "TIMEOUT_S": "2"}.items():
        monkeypatch.setenv(f"AMUR_{name}", value)
    monkeypatch.delenv("AMUR_CONTACT", raising=False)

    def run(url: str, held: dict[str, date] | None = None) -> Outcome:
        monkeypatch.setenv(f"AMUR_{source.upper()}_URL", url)
        now = datetime.now(UTC)
        accept = Acceptance(catalog.load(paths.shipped() / "catalog"), now.date())
        try:
            return Collector(source, connector, accept, held or {}).run(now)
        finally:
            accept.close()

    return run


def payload(folder: Path, request: Request, body: bytes, **changes: object) -> Payload:
    """Return an answer as it lies on disk."""
    path = folder / "body"
    path.write_bytes(body)
    made = Payload("source", request, "https://example.org/asked", path, "0" * 64, RETRIEVED)
    return replace(made, **changes)  # type: ignore[arg-type]


def by_period(rows: list[dict[str, str]]) -> Landed:
    """Return rows by indicator, period kind and first day; none stands twice."""
    found = {(row["indicator"], row["period_kind"], row["period_start"]): row for row in rows}
    assert len(found) == len(rows)
    return found


def landed(source: str) -> Landed:
    """Return every landed row of a source that has landed one file."""
    files = sorted((paths.landed() / source).glob("*.parquet"))
    if not files:
        return {}
    frame = duckdb.sql(f"FROM read_parquet({[str(path) for path in files]})").df()
    return by_period(frame.to_dict("records"))


def values_built(indicator: str, start: str) -> list[str]:
    """Build, and return the figures of one period as printed, oldest publication first."""
    refresh.run(lambda stage: None)
    with warehouse.connect(warehouse.current()) as con:
        rows = con.execute(
            "SELECT value_text FROM observation WHERE indicator = ? AND period_start = ?::DATE "
            "AND period_kind <> 'day' ORDER BY published, retrieved",
            [indicator, start],
        ).fetchall()
    return [str(row[0]) for row in rows]
