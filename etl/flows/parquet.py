"""Parquet files of the lake: written from a view, whole or not at all, and described."""

from pathlib import Path

import duckdb

from etl import store
from etl.flows import manifest
from etl.flows.manifest import DataFile

# row groups of about one pair, one way, at one level of codes: a question reads little beside what
# it asks for, and a file still has few of them to look through; no filters that nobody asks
OPTIONS = (
    "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480, WRITE_BLOOM_FILTER false, "
    "DICTIONARY_SIZE_LIMIT 4000"
)


def write(con: duckdb.DuckDBPyConnection, view: str, target: Path) -> int:
    """Write a view of the connection to a file that appears whole; return its number of rows.

    Raises NotWritable when the disk is full or read-only.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f"{target.name}.part")
    try:
        con.execute(f"COPY (FROM {view}) TO '{quoted(aside)}' ({OPTIONS})")
        store.sync(aside)
        aside.replace(target)
    except (OSError, duckdb.IOException) as error:
        aside.unlink(missing_ok=True)
        cause = error if isinstance(error, OSError) else OSError(0, str(error).splitlines()[0])
        raise store.not_writable(target.parent, cause) from error
    return rows(con, target)


def quoted(path: Path) -> str:
    """Return a path as it stands between single quotes of a statement."""
    return str(path).replace("'", "''")


def rows(con: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Return the number of rows of a file, by its own footer."""
    found = con.execute("SELECT num_rows FROM parquet_file_metadata(?)", [str(path)]).fetchone()
    return int(found[0]) if found else 0


def describe(con: duckdb.DuckDBPyConnection, path: Path, role: str) -> DataFile:
    """Return a file of a segment as the manifest keeps it."""
    found = con.execute("SELECT min(reporter), max(reporter) FROM read_parquet(?)", [str(path)])
    first, last = found.fetchone() or ("", "")
    return DataFile(
        path=path.relative_to(manifest.data()).as_posix(),
        role=role,
        rows=rows(con, path),
        size=path.stat().st_size,
        sha256=manifest.checksum(path),
        first=first or "",
        last=last or "",
    )
