"""Published builds: write aside, publish by renaming, point at the current one, read it.

A build is `warehouse/<build_id>.duckdb`. A name is never used twice for different bytes, because
DuckDB caches databases by path; `CURRENT` holds the name of the published one.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl import paths
from etl.errors import NotBuilt
from etl.store import sync

KEEP = 3
_ID = re.compile(r"[0-9a-f]{4,64}(-\d+)?")


@dataclass(frozen=True)
class Build:
    """One published warehouse file."""

    id: str
    path: Path


def current() -> Build:
    """Return the published build; raise NotBuilt when there is none."""
    pointer = paths.warehouse() / "CURRENT"
    try:
        name = pointer.read_text(encoding="utf-8", errors="replace").strip()
    except OSError as error:
        raise NotBuilt("No build has been published yet; run `amur refresh --offline`.") from error
    return by_name(name)


def by_name(name: str) -> Build:
    """Return the build of a file name; raise NotBuilt when it is gone."""
    path = paths.warehouse() / Path(name).name
    if path.suffix != ".duckdb" or not path.is_file():
        raise NotBuilt(f"Build {path.stem} is not kept here; run `amur refresh --offline`.")
    return Build(path.stem.split("-")[0], path)


def find(build_id: str | None) -> Build:
    """Return the build with this id or its beginning, or the published one for None.

    Raises NotBuilt for one that is gone, for a beginning of several, and for what is no id.
    """
    if build_id is None:
        return current()
    if not _ID.fullmatch(build_id):
        raise NotBuilt(
            f"«{build_id[:40]}» is no id of a build; `amur status` tells the current one."
        )
    kept = sorted(paths.warehouse().glob(f"{build_id}*.duckdb"))
    if len({path.stem.split("-")[0] for path in kept}) > 1:
        raise NotBuilt(f"Several builds begin with {build_id}; give more of the id.")
    return by_name(kept[-1].name if kept else f"{build_id}.duckdb")


@contextmanager
def connect(build: Build) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a build for reading: one short connection a query, never shared between threads."""
    try:
        con = duckdb.connect(str(build.path), read_only=True)
    except (duckdb.Error, OSError) as error:
        raise NotBuilt(
            f"Build {build.id} cannot be read ({type(error).__name__}); "
            "run `amur refresh --offline`."
        ) from error
    try:
        yield con
    except duckdb.Error as error:
        raise NotBuilt(
            f"Build {build.id} cannot answer ({error}); run `amur refresh --offline`."
        ) from error
    finally:
        con.close()


def readable(build: Build) -> bool:
    """Return whether the file says that it is this build, and every block of it can be read.

    A file that was cut off still opens, and answers until somebody asks for what is missing.
    """
    try:
        with connect(build) as con:
            row = con.execute("SELECT value FROM meta WHERE key = 'build_id'").fetchone()
            tables = con.execute("SELECT table_name FROM duckdb_tables()").fetchall()
            for (table,) in tables:
                con.table(table).aggregate("bit_xor(hash(*COLUMNS(*)))").fetchall()
    except (NotBuilt, duckdb.Error):
        return False
    return bool(row and row[0] == build.id)


def publish(part: Path, build_id: str) -> Build:
    """Give a closed, checked file its name and point CURRENT at it; each step is atomic."""
    target = paths.warehouse() / f"{build_id}.duckdb"
    again = 2
    while target.exists():
        # a corrupt build of the same inputs: readers may hold the old file under its name
        target = target.with_name(f"{build_id}-{again}.duckdb")
        again += 1
    sync(part)
    part.replace(target)
    pointer = paths.warehouse() / "CURRENT"
    aside = pointer.with_suffix(".tmp")
    aside.write_text(target.name + "\n", encoding="utf-8")
    sync(aside)
    aside.replace(pointer)
    sync(paths.warehouse())
    return Build(build_id, target)


def tidy() -> None:
    """Remove what killed runs left behind and all but the last builds; never the current one.

    What the desk drew of a build stands beside it, as `<build>.first`, and goes with it.
    """
    folder = paths.warehouse()
    for left in [*folder.glob("*.part"), *folder.glob("*.part.wal"), *folder.glob("CURRENT.tmp")]:
        left.unlink(missing_ok=True)
    try:
        keep = {current().path}
    except NotBuilt:
        keep = set()
    builds = sorted(folder.glob("*.duckdb"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in [path for path in builds if path not in keep][KEEP - 1 :]:
        old.unlink(missing_ok=True)
    for drawn in folder.glob("*.first"):
        if not drawn.with_suffix(".duckdb").exists():
            shutil.rmtree(drawn, ignore_errors=True)
