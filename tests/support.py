"""What tests share: small shipped folders, rows as printed, series by period, the command."""

import csv
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from desk import series
from desk.series import Query
from etl.events import COLUMNS as EVENT_COLUMNS
from etl.observations import COLUMNS, CORRECTION_COLUMNS
from etl.paths import ROOT

TODAY = date(2026, 11, 23)
DATA = ROOT / "data"
HEADER = ",".join(COLUMNS)
Period = tuple[str, str]
Row = dict[str, Any]

MONTH = {
    "indicator": "trade_total",
    "kind": "actual",
    "period_kind": "month",
    "period_start": "2024-05-01",
    "period_end": "2024-05-31",
    "value": "19.8",
    "bound": "=",
    "unit": "USD bn",
    "status": "reported",
    "publisher": "TASS",
    "url": "https://tass.com/economy/1",
    "published": "2024-06-10",
}
EVENT = {
    "id": "e1",
    "project": "Power of Siberia 2",
    "date": "2024-05",
    "date_precision": "month",
    "title": "A meeting",
    "status": "meeting",
    "url": "https://example.org/1",
    "publisher": "TASS",
    "published": "2024-05-20",
}
CORRECTION = {
    "indicator": "trade_total",
    "period_kind": "month",
    "period_start": "2024-05-01",
    "period_end": "2024-05-31",
    "value": "19.8",
    "unit": "USD bn",
    "url": "https://tass.com/economy/1",
    "reason": "A slip.",
}
CLAIM: Row = {
    "value": 240,
    "low": 240,
    "high": None,
    "bound": ">",
    "unit": "USD bn",
    "period_start": "2024-01-01",
    "period_end": "2024-12-31",
    "change": None,
    "direction": None,
    "indicator": "trade_total",
    "kind": "actual",
    "terms": None,
    "words": "",
    "note": "",
}
ARTICLE: Row = {
    "id": "a1",
    "url": "https://example.org/2",
    "title": "Trade sets a record",
    "publisher": "TASS",
    "published": "2025-01-13",
    "language": "en",
    "summary": "Trade set a record.",
    "topics": ["trade"],
}


def observation(**changes: str) -> str:
    """Return one row of an observations file: a sound month of trade, but for the changes."""
    return _cells(COLUMNS, MONTH | changes)


def event(**changes: str) -> str:
    return _cells(EVENT_COLUMNS, EVENT | changes)


def correction(**changes: str) -> str:
    return _cells(CORRECTION_COLUMNS, CORRECTION | changes)


def article(claim: Row | None = None, **changes: object) -> str:
    """Return one line of articles.jsonl with one claim, but for the changes."""
    return json.dumps(ARTICLE | {"claims": [CLAIM | (claim or {})]} | changes) + "\n"


def _cells(columns: tuple[str, ...], row: Row) -> str:
    return ",".join(row.get(column, "") for column in columns)


@dataclass(frozen=True)
class Small:
    """A shipped folder of its own with the real catalogue and a few rows, and a data folder."""

    shipped: Path
    data: Path

    def observations(self, *rows: str, name: str = "small.csv") -> None:
        self.write(f"observations/{name}", "\n".join([HEADER, *rows, ""]))

    def events(self, *rows: str) -> None:
        self.write("events.csv", "\n".join([",".join(EVENT_COLUMNS), *rows, ""]))

    def corrections(self, *rows: str) -> None:
        self.write("corrections.csv", "\n".join([",".join(CORRECTION_COLUMNS), *rows, ""]))

    def articles(self, *lines: str) -> None:
        self.write("articles.jsonl", "".join(lines))

    def catalogue(self, name: str, old: str, new: str) -> None:
        """Replace one passage of a catalogue file, which must be there."""
        path = self.shipped / "catalog" / name
        text = path.read_text(encoding="utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def write(self, name: str, content: str | bytes) -> None:
        raw = content if isinstance(content, bytes) else content.encode()
        (self.shipped / name).write_bytes(raw)

    def published(self) -> dict[str, bytes]:
        """Return the pointer and every build of the warehouse, byte by byte."""
        folder = self.data / "warehouse"
        kept = [folder / "CURRENT", *folder.glob("*.duckdb")]
        return {path.name: path.read_bytes() for path in kept if path.exists()}


def small(folder: Path) -> Small:
    """Make a small shipped folder with one sound row."""
    made = Small(folder / "shipped", folder / "data")
    shutil.copytree(DATA / "catalog", made.shipped / "catalog")
    (made.shipped / "observations").mkdir()
    made.observations(observation())
    return made


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run_amur(*arguments: str, **environment: str) -> Ran:
    """Run the command as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "desk.cli", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@cache
def shipped_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a shipped observations file as they stand."""
    with (DATA / "observations" / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def printed(name: str, **wanted: str) -> list[dict[str, str]]:
    """Return the shipped rows that have these cells; there is at least one."""
    rows = [row for row in shipped_rows(name) if wanted.items() <= row.items()]
    assert rows, f"{name} carries no row with {wanted}"
    return rows


def line(
    con: duckdb.DuckDBPyConnection,
    indicator: str,
    kind: str | None = None,
    as_of: date = TODAY,
    unit: str | None = None,
) -> dict[Period, Row]:
    """Return the points of a series by (first day, last day)."""
    found = series.series(con, Query(indicator, kind, unit=unit), as_of).points
    for column in ("period_start", "period_end", "published"):
        found[column] = found[column].dt.strftime("%Y-%m-%d")
    rows = found.to_dict("records")
    points = {(str(row["period_start"]), str(row["period_end"])): dict(row) for row in rows}
    assert len(points) == len(rows), "a period has two points"
    return {key: {str(name): cell for name, cell in row.items()} for key, row in points.items()}


def year(number: int) -> Period:
    return f"{number}-01-01", f"{number}-12-31"


def month(text: str) -> Period:
    first = date.fromisoformat(f"{text}-01")
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first.isoformat(), date.fromordinal(after.toordinal() - 1).isoformat()
