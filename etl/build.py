"""Fill one warehouse file: catalogue, observations, points, vintages, events, articles, findings.

Everything is text first, faults are collected by file and line, and only a set without faults is
typed and resolved by the statements under etl/sql.
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from etl import (
    articles,
    catalog,
    catalog_checks,
    catalog_tables,
    checks,
    events,
    raw_rows,
    store,
    verdicts,
)
from etl.entries import Indicator
from etl.errors import BadInput, Fault
from etl.reading import rulebook
from etl.sql import statement

Progress = Callable[[str], None]


def build_id(folder: Path) -> str:
    """Return the id of a build: a hash of `folder`, of what was fetched and of our own code."""
    digest = hashlib.sha256()
    code = Path(__file__).parent
    fetched = [*store.files(".parquet"), *store.files(".jsonl")]
    written = [*sorted(code.rglob("*.py")), *sorted(code.rglob("*.sql"))]
    for path in [*inputs(folder), *fetched, *written]:
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def inputs(folder: Path) -> list[Path]:
    """Return every shipped data file that a build reads, in a fixed order."""
    patterns = ("catalog/*.toml", "observations/*.csv", "events.csv", "articles.jsonl")
    found = [path for pattern in patterns for path in sorted(folder.glob(pattern))]
    corrections = folder / "corrections.csv"
    return [*found, corrections] if corrections.exists() else found


def fill(con: duckdb.DuckDBPyConnection, folder: Path, today: date, progress: Progress) -> None:
    """Fill an empty warehouse from `folder`; raise CatalogError or BadInput."""
    progress("catalogue")
    entries = catalog.load(folder / "catalog")
    # a clock that was set back must not put what is shipped into the future
    today = max(today, entries.retrieved)
    catalog_tables.load(con, entries)
    progress("observations")
    faults = raw_rows.load(con, entries, folder, today)
    faults += events.load(con, folder / "events.csv", today)
    faults += articles.load(con, folder / "articles.jsonl", entries, today)
    if faults:
        raise BadInput(faults)
    progress("series")
    for step in ("observations", "resolve", "vintages", "fill"):
        con.execute(statement(step))
    for entry in catalog_checks.formula_order(entries.indicators):
        _compute(con, entry)
    progress("verdicts")
    verdicts.fill(con, entries, rulebook.load(folder / "catalog"))
    progress("checks")
    checks.run(con)


def faults_of(folder: Path, today: date) -> list[Fault]:
    """Return every fault of the data files of `folder`, building nothing; raise CatalogError."""
    with duckdb.connect() as con:
        entries = catalog.load(folder / "catalog")
        catalog_tables.load(con, entries)
        found = raw_rows.load(con, entries, folder, today)
        found += events.load(con, folder / "events.csv", today)
        return found + articles.load(con, folder / "articles.jsonl", entries, today)


def stamp(con: duckdb.DuckDBPyConnection, identity: str, built: datetime) -> None:
    """Write what this build is."""
    con.execute(
        "INSERT INTO meta VALUES ('build_id', ?), ('built', ?)",
        [identity, built.astimezone(UTC).isoformat(timespec="seconds")],
    )
    con.execute(
        "INSERT INTO meta SELECT 'newest_published', max(published)::VARCHAR FROM observation "
        "WHERE published_precision <> 'assumed'"
    )


def _compute(con: duckdb.DuckDBPyConnection, entry: Indicator) -> None:
    """Run one formula; a statement takes what it names of id, unit, op, inputs and constant."""
    op = entry.formula["op"]
    text = statement("formulas/effect" if op.endswith("_effect") else f"formulas/{op}")
    values = dict(zip("ab", entry.formula["inputs"], strict=False))
    values |= {"id": entry.id, "unit": entry.unit, "op": op}
    values["constant"] = entry.formula.get("constant", "")
    con.execute(text, {key: value for key, value in values.items() if f"${key}" in text})
