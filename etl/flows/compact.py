"""Put the segments of the lake together: fewer, larger files, and what was replaced set apart."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import duckdb

from etl import memory, paths, store
from etl.flows import manifest, parquet, segment
from etl.flows.manifest import DataFile, Manifest, Segment
from etl.sql import statement

# rows of a file, by whole reporters: a question of one of them opens one file, and what it takes to
# look through that does not grow with the lake
AT_ONCE = 1_000_000


def compact(tell: Callable[[int, int], None]) -> Segment | None:
    """Make one segment of all; return it, or None where there is nothing to put together.

    Raises Busy or NotWritable; the lake stays as it was then.
    """
    with manifest.writing() as lake:
        if not _worthwhile(lake):
            return None
        con = memory.connect(paths.flows() / "spill")
        # every range of reporters looks at the same files
        con.execute("SET parquet_metadata_cache = true")
        try:
            return _commit(con, lake, _Compaction(con, lake, tell).files())
        finally:
            con.close()


def _worthwhile(lake: Manifest) -> bool:
    return len(lake.segments) > 1 or bool(lake.overlapped) or _scattered(lake)


def _scattered(lake: Manifest) -> bool:
    """Return whether a reporter may have rows in two files."""
    spans = sorted((file.first, file.last) for file in lake.all_files() if file.role == "rows")
    return any(last >= first for (_, last), (first, _) in pairwise(spans))


class _Compaction:
    """The files of the new segment, by ranges of reporters."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, lake: Manifest, tell: Callable[[int, int], None]
    ) -> None:
        self.con, self.lake, self.tell = con, lake, tell
        number = 1 + max(int(name.split("-")[0]) for name in lake.known)
        digest = manifest.text_digest("".join(each.id for each in lake.segments))
        self.folder = manifest.data() / f"{number:06}-{digest[:12]}"

    def files(self) -> list[DataFile]:
        """Write and describe every file; the rows of a reporter lie together."""
        self.folder.mkdir(parents=True, exist_ok=True)
        made: list[DataFile] = []
        ranges = self._ranges()
        for place, names in enumerate(ranges):
            self.tell(place, len(ranges))
            made += self._range(place, names)
        for path in self.lake.files("parts"):
            made.append(self._kept(path, len(made)))
        made.append(segment.blocks(self.con, self.folder, made))
        store.sync(self.folder)
        store.sync(manifest.data())
        return made

    def _ranges(self) -> list[list[str]]:
        """Return reporters in their order, as many together as are sorted at once."""
        listed = [str(path) for path in self.lake.files("blocks")]
        counts = self.con.execute(statement("lake/reporters"), {"files": listed}).fetchall()
        ranges: list[list[str]] = []
        size = AT_ONCE
        for reporter, rows in counts:
            if size + rows > AT_ONCE:
                ranges.append([])
                size = 0
            ranges[-1].append(str(reporter))
            size += int(rows)
        return ranges

    def _range(self, place: int, names: list[str]) -> list[DataFile]:
        """Write the rows that count, and the history where there is any."""
        resolved = bool({*names} & {*self.lake.overlapped})
        history = self.lake.files("history", reporters=names)
        rows = self.lake.files("rows", reporters=names)
        self._set("reporters", names)
        self._set("files", [str(path) for path in rows])
        self.con.execute(statement("lake/ranked"))
        self.con.execute(statement("lake/current" if resolved else "lake/plain"))
        made = [self._written(f"rows-{place:05}", "rows")]
        if resolved or history:
            self._set("files", [str(path) for path in (*rows, *history)])
            self.con.execute(statement("lake/superseded"))
            made.append(self._written(f"history-{place:05}", "history"))
        return [file for file in made if file.rows]

    def _written(self, name: str, role: str) -> DataFile:
        target = self.folder / f"{name}.parquet"
        parquet.write(self.con, "chosen", target)
        return parquet.describe(self.con, target, role)

    def _kept(self, path: Path, place: int) -> DataFile:
        """Take a file over as it is, without copying it where the disk allows that."""
        target = self.folder / f"parts-{place:05}.parquet"
        try:
            os.link(path, target)
        except OSError:
            shutil.copyfile(path, target)
            store.sync(target)
        return parquet.describe(self.con, target, "parts")

    def _set(self, name: str, value: list[str]) -> None:
        self.con.execute(f"SET VARIABLE {name} = ?", [value])


def _commit(con: duckdb.DuckDBPyConnection, lake: Manifest, files: list[DataFile]) -> Segment:
    first = [each.first_released for each in lake.segments]
    made = Segment(
        id=Path(files[0].path).parts[0],
        added=datetime.now(UTC).isoformat(timespec="seconds"),
        files=tuple(files),
        origins=tuple(origin for each in lake.segments for origin in each.origins),
        first_released=min(first),
        last_released=lake.last_released,
        absorbed=tuple(sorted(lake.known)),
        invented=lake.invented,
    )
    compacted = replace(lake, generation=lake.generation + 1, segments=(made,), overlapped=())
    manifest.replace(lake, compacted)
    return made
