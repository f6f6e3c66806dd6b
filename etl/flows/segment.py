"""The last steps of an addition: settle what pieces share, describe the files, commit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from etl import store
from etl.errors import BadInput
from etl.flows import manifest, parquet
from etl.flows.manifest import DataFile, Manifest, Segment
from etl.flows.rows import contradiction
from etl.sql import statement

# so many rows are sorted as one file; what is larger lies in several
TOGETHER = 1_000_000


@dataclass(frozen=True)
class Made:
    """A segment that was committed: rows that count, sums of parts, what could not be summed."""

    segment: Segment
    rows: int
    summed: int
    unsettled: int
    repeated: int
    superseding: tuple[str, ...]


class Finish:
    """Make a segment of pieces that lie under incoming/."""

    def __init__(self, con: duckdb.DuckDBPyConnection, lake: Manifest, folder: Path) -> None:
        """Keep the connection, the lake as it is, and the folder of the pieces."""
        self.con, self.lake, self.folder = con, lake, folder

    def commit(
        self,
        totals: list[Path],
        parts: list[Path],
        origins: Sequence[tuple[str, str]],
        invented: bool,
    ) -> Made:
        """Commit the segment; raise BadInput where two files contradict each other."""
        repeated = self._demand_agreement(totals)
        totals = self._together(totals)
        summed, unsettled = self._sum(parts, totals) if parts else ([], 0)
        count = sum(parquet.rows(self.con, path) for path in summed)
        digest = "".join(digest for _, digest in origins)
        number = 1 + max((int(name.split("-")[0]) for name in self.lake.known), default=0)
        name = f"{number:06}-{manifest.text_digest(digest)[:12]}"
        files = self._place(name, {"rows": totals + summed, "parts": parts})
        first, last = self._span(files)
        made = Segment(
            id=name,
            added=datetime.now(UTC).isoformat(timespec="seconds"),
            files=tuple(files),
            origins=tuple(origins),
            first_released=first,
            last_released=last,
            invented=invented,
        )
        after = replace(
            self.lake, generation=self.lake.generation + 1, segments=(*self.lake.segments, made)
        )
        shared = overlapped(self.con, after)
        if repeated:
            shared = tuple(sorted({*shared, *self._reporters(files)}))
        manifest.commit(replace(after, overlapped=shared))
        new = tuple(sorted({*shared} & {*self._reporters(files)}))
        rows = sum(file.rows for file in files if file.role == "rows")
        return Made(made, rows, count, unsettled, repeated, new)

    def _demand_agreement(self, totals: list[Path]) -> int:
        """Return how many rows of different pieces repeat each other; raise on contradictions.

        Only pieces that tell the same period of one reporter can meet.
        """
        if len(totals) < 2:
            return 0
        listed = [str(path) for path in totals]
        self.con.execute("SET VARIABLE files = ?", [listed])
        self.con.execute(statement("lake/met"))
        found = self.con.execute(statement("lake/met_repeated")).fetchone()
        if not found or not found[0]:
            return 0
        bad = self.con.execute(statement("lake/contradictions"), {"files": listed}).fetchall()
        if bad:
            raise BadInput([contradiction(row) for row in bad])
        return int(found[0])

    def _together(self, totals: list[Path]) -> list[Path]:
        """Return small files put together, neighbours as long as they stay small."""
        made: list[Path] = []
        batch: list[Path] = []
        size = 0
        for path in [*totals, None]:
            rows = parquet.rows(self.con, path) if path else 0
            if batch and (path is None or size + rows > TOGETHER):
                made.append(self._merged(batch, len(made)) if len(batch) > 1 else batch[0])
                batch, size = [], 0
            if path:
                batch.append(path)
                size += rows
        return made

    def _merged(self, batch: list[Path], number: int) -> Path:
        target = self.folder / f"together-{number:05}.parquet"
        self.con.execute("SET VARIABLE files = ?", [[str(path) for path in batch]])
        self.con.execute(statement("lake/merged"))
        parquet.write(self.con, "chosen", target)
        return target

    def _sum(self, parts: list[Path], totals: list[Path]) -> tuple[list[Path], int]:
        """Return a file of sums of parts that have no total, and how many keys stay without."""
        # a table of parts alone is compared with itself less all of its rows
        against = [str(path) for path in totals or parts]
        self.con.execute("SET VARIABLE parts = ?", [[str(path) for path in parts]])
        self.con.execute("SET VARIABLE totals = ?", [against])
        self.con.execute(statement("lake/sums"))
        found = self.con.execute(statement("lake/unsettled")).fetchone()
        self.con.execute(statement("lake/settled"))
        target = self.folder / "summed.parquet"
        made = parquet.write(self.con, "chosen", target)
        return [target] if made else [], int(found[0]) if found else 0

    def _place(self, name: str, roles: dict[str, list[Path]]) -> list[DataFile]:
        """Move the files to their lasting folder with their blocks; return them described."""
        folder = manifest.data() / name
        folder.mkdir(parents=True, exist_ok=True)
        files: list[DataFile] = []
        for role, paths in roles.items():
            for number, path in enumerate(paths):
                target = folder / f"{role}-{number:05}.parquet"
                path.replace(target)
                files.append(parquet.describe(self.con, target, role))
        files.append(blocks(self.con, folder, files))
        store.sync(folder)
        store.sync(manifest.data())
        return files

    def _span(self, files: list[DataFile]) -> tuple[str, str]:
        path = next(manifest.data() / file.path for file in files if file.role == "blocks")
        found = self.con.execute(statement("lake/span"), {"file": str(path)}).fetchone()
        return (str(found[0] or ""), str(found[1] or "")) if found else ("", "")

    def _reporters(self, files: list[DataFile]) -> list[str]:
        path = next(manifest.data() / file.path for file in files if file.role == "blocks")
        found = self.con.execute("SELECT DISTINCT reporter FROM read_parquet(?)", [str(path)])
        return [str(row[0]) for row in found.fetchall()]


def blocks(con: duckdb.DuckDBPyConnection, folder: Path, files: list[DataFile]) -> DataFile:
    """Write the periods of each reporter in the rows of a segment."""
    rows = [str(manifest.data() / file.path) for file in files if file.role == "rows"]
    con.execute("SET VARIABLE files = ?", [rows])
    con.execute(statement("lake/blocks"))
    target = folder / "blocks.parquet"
    parquet.write(con, "chosen", target)
    return parquet.describe(con, target, "blocks")


def overlapped(con: duckdb.DuckDBPyConnection, lake: Manifest) -> tuple[str, ...]:
    """Return the reporters of whom two segments tell the same period."""
    listed = [str(path) for path in lake.files("blocks")]
    if len(listed) < 2:
        return ()
    found = con.execute(statement("lake/shared_blocks"), {"files": listed}).fetchall()
    return tuple(sorted({str(row[0]) for row in found}))


def clear(folder: Path) -> None:
    """Remove the pieces of an addition that is over."""
    if folder.is_dir():
        for path in folder.iterdir():
            path.unlink(missing_ok=True)
        folder.rmdir()
