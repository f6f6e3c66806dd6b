"""Fill one warehouse file: catalogue, observations, points, vintages, events, articles, findings.

Everything is text first, faults are collected by file and line, and only a set without faults is
typed and resolved by the statements under etl/sql.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pandas as pd

from etl import articles, catalog, catalog_checks, checks, events, publishers
from etl.entries import LANGUAGES, Catalog, Indicator, Source
from etl.errors import BadInput, Fault
from etl.observations import COLUMNS, CORRECTION_COLUMNS, Row, read
from etl.sql import statement

Progress = Callable[[str], None]


def build_id(folder: Path) -> str:
    """Return the id of the build of `folder`: a hash of inputs, catalogue and our own code."""
    digest = hashlib.sha256()
    code = Path(__file__).parent
    for path in [*inputs(folder), *sorted(code.rglob("*.py")), *sorted(code.rglob("*.sql"))]:
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
    con.execute(statement("macros"))
    con.execute(statement("schema"))
    _load_catalog(con, entries)
    progress("observations")
    faults = _load_raw(con, entries, folder, today)
    faults += events.load(con, folder / "events.csv", today)
    faults += articles.load(con, folder / "articles.jsonl", entries, today)
    if faults:
        raise BadInput(faults)
    progress("series")
    for step in ("observations", "resolve", "vintages", "fill"):
        con.execute(statement(step))
    for entry in catalog_checks.formula_order(entries.indicators):
        _compute(con, entry)
    progress("checks")
    checks.run(con)


def faults_of(folder: Path, today: date) -> list[Fault]:
    """Return every fault of the data files of `folder`, building nothing; raise CatalogError."""
    with duckdb.connect() as con:
        entries = catalog.load(folder / "catalog")
        con.execute(statement("macros"))
        con.execute(statement("schema"))
        _load_catalog(con, entries)
        found = _load_raw(con, entries, folder, today)
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


def _load_catalog(con: duckdb.DuckDBPyConnection, entries: Catalog) -> None:
    frames = {
        "unit": [
            {"id": unit.id, "dimension": unit.dimension, "factor": unit.factor}
            | {f"symbol_{key}": unit.symbol[key] for key in LANGUAGES}
            for unit in entries.units.values()
        ],
        "constant": [vars(constant) for constant in entries.constants.values()],
        "source": [_source_row(source) for source in entries.sources.values()],
        "indicator": [_indicator_row(entry) for entry in entries.indicators.values()],
    }
    for table, rows in frames.items():
        insert(con, table, pd.DataFrame(rows))
    _load_rules(con, entries)
    con.execute("SET VARIABLE retrieved = ?::DATE", [entries.retrieved])


def _source_row(source: Source) -> dict[str, object]:
    row = {
        key: getattr(source, key)
        for key in ("id", "name", "rank", "role", "url", "licence", "licence_url")
    }
    row |= {"class": source.class_, "redistribution": source.redistribution}
    row |= {"cadence": source.cadence, "live": source.live, "ends": source.ends}
    return row | {"note": source.note, "release_day": source.calendar.get("day")}


def _indicator_row(entry: Indicator) -> dict[str, object]:
    copied = (
        "id topic product measure unit basis reporter partner flow hs cadence kind definition "
        "benchmark additive note"
    )
    row: dict[str, object] = {key: getattr(entry, key) for key in copied.split()}
    for key in LANGUAGES:
        row |= {f"title_{key}": entry.title[key], f"short_{key}": entry.short[key]}
    row |= dict(zip(("bound_low", "bound_high"), entry.bounds or (None, None), strict=True))
    row["formula"] = json.dumps(entry.formula, ensure_ascii=False) if entry.formula else ""
    return row | {"aliases": json.dumps(entry.aliases, ensure_ascii=False)}


def _load_rules(con: duckdb.DuckDBPyConnection, entries: Catalog) -> None:
    """Write the catalogue's relations that only the statements of a build need."""
    line_units = []
    for entry in entries.indicators.values():
        for unit in entries.units.values():
            line = entries.line_unit(entry.id, unit.id)
            if line is None:
                continue
            via = unit.id == entry.via.get("unit")
            factor = unit.factor / entries.units[line].factor
            if via:
                factor /= entries.constants[entry.via["constant"]].value
            line_units.append((entry.id, unit.id, line, factor, via))
    rules = {
        "line_unit": pd.DataFrame(
            line_units, columns=["indicator", "unit_text", "unit", "factor", "via"]
        ),
        "source_rule": pd.DataFrame(
            [(s.id, s.published_rule, s.published, s.publisher) for s in entries.sources.values()],
            columns=["id", "published_rule", "published", "publisher"],
        ),
        "stand_in": pd.DataFrame(
            [
                (entry.id, entry.stand_in["indicator"], entry.stand_in["until"])
                for entry in entries.indicators.values()
                if entry.stand_in
            ],
            columns=["indicator", "other", "until"],
        ).astype({"until": "datetime64[us]"}),
        "parts": pd.DataFrame(
            [(entry.id, *entry.parts) for entry in entries.indicators.values() if entry.parts],
            columns=["whole", "first", "second"],
        ),
    }
    for table, frame in rules.items():
        con.register("incoming", frame)
        con.execute(f"CREATE TEMP TABLE {table} AS FROM incoming")
        con.unregister("incoming")


def _load_raw(
    con: duckdb.DuckDBPyConnection, entries: Catalog, folder: Path, today: date
) -> list[Fault]:
    """Read observation and correction files into text tables; return their faults."""
    faults: list[Fault] = []
    rows: list[Row] = []
    for path in sorted((folder / "observations").glob("*.csv")):
        rows += read(path, COLUMNS, faults)
    _text_table(con, "raw", rows, COLUMNS)
    corrections = folder / "corrections.csv"
    fixes = list(read(corrections, CORRECTION_COLUMNS, faults)) if corrections.exists() else []
    _text_table(con, "raw_correction", fixes, CORRECTION_COLUMNS)
    lines = sorted({cells[COLUMNS.index("publisher")] for _, _, cells in rows} - {""})
    parts = [(line, publishers.split(line, entries)) for line in lines]
    con.register(
        "incoming",
        pd.DataFrame(
            [(line, p.page, p.wire, p.counter, p.source) for line, p in parts],
            columns=["text", "page", "wire", "counter", "source"],
            dtype=str,
        ),
    )
    con.execute("CREATE OR REPLACE TEMP TABLE publisher_line AS FROM incoming")
    con.execute("SET VARIABLE today = ?::DATE", [today])
    found = con.execute(statement("faults")).fetchall()
    found += con.execute(statement("correction_faults")).fetchall()
    faults += [Fault(*row) for row in found]
    return faults


def _text_table(
    con: duckdb.DuckDBPyConnection, table: str, rows: list[Row], columns: tuple[str, ...]
) -> None:
    frame = pd.DataFrame([cells for _, _, cells in rows], columns=list(columns), dtype=str)
    frame.insert(0, "line", [line for _, line, _ in rows])
    frame.insert(0, "file", pd.Series([file for file, _, _ in rows], dtype=str))
    con.register("incoming", frame)
    con.execute(f"CREATE TEMP TABLE {table} AS FROM incoming")
    con.unregister("incoming")


def insert(con: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    """Append a frame to one of the contract's tables, by column name."""
    con.register("incoming", frame)
    con.table("incoming").query("rows", f"INSERT INTO {table} BY NAME FROM rows")
    con.unregister("incoming")


def _compute(con: duckdb.DuckDBPyConnection, entry: Indicator) -> None:
    """Run one formula; a statement takes what it names of id, unit, op, inputs and constant."""
    op = entry.formula["op"]
    text = statement("formulas/effect" if op.endswith("_effect") else f"formulas/{op}")
    values = dict(zip("ab", entry.formula["inputs"], strict=False))
    values |= {"id": entry.id, "unit": entry.unit, "op": op}
    values["constant"] = entry.formula.get("constant", "")
    con.execute(text, {key: value for key, value in values.items() if f"${key}" in text})
