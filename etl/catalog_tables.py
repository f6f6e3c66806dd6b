"""The catalogue as tables of a warehouse, and its relations that only statements need."""

import json

import duckdb
import pandas as pd

from etl.entries import LANGUAGES, Catalog, Indicator, Source, Unit
from etl.sql import statement


def load(con: duckdb.DuckDBPyConnection, entries: Catalog) -> None:
    """Make the tables of the data contract and fill those of the catalogue."""
    con.execute(statement("macros"))
    con.execute(statement("schema"))
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
    return row | {"note": source.note, "next_after_days": source.calendar.get("next_after_days")}


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
    by_dimension: dict[str, list[Unit]] = {}
    for unit in entries.units.values():
        by_dimension.setdefault(unit.dimension, []).append(unit)
    for entry in entries.indicators.values():
        via_unit = entries.units.get(entry.via.get("unit", ""))
        dimensions = {entries.units[name].dimension for name in entry.units}
        of_line = [unit for name in sorted(dimensions) for unit in by_dimension[name]]
        for unit in [*of_line, *([via_unit] if via_unit and via_unit not in of_line else [])]:
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


def insert(con: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    """Append a frame to one of the contract's tables, by column name."""
    con.register("incoming", frame)
    con.table("incoming").query("rows", f"INSERT INTO {table} BY NAME FROM rows")
    con.unregister("incoming")
