"""One table of flows becoming sorted, checked Parquet files, a piece at a time."""

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import duckdb

from etl.errors import Fault
from etl.flows import parquet
from etl.flows.pieces import Piece
from etl.flows.tables import Table
from etl.sql import statement

BREAKDOWN = 1


@dataclass
class Sound:
    """What a piece gave: files with its totals and its parts, or what is wrong with it."""

    files: list[Path] = field(default_factory=list)
    parts_files: list[Path] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    count: int = 0
    parts: int = 0
    groups: int = 0
    repeated: int = 0


@dataclass(frozen=True)
class Look:
    """What one look at a piece finds; `neighbours` share their key with the row before."""

    rows: int
    suspect: bool
    parts: int
    groups: int
    neighbours: int


class Rows:
    """The pieces of one table on their way into files under `folder`.

    `released` is the day that rows without one count as published; a day that the name of the file
    tells goes before it.
    """

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        table: Table,
        name: str,
        folder: Path,
        released: date,
        began: datetime,
    ) -> None:
        """Set what is the same for every row."""
        self.con, self.table, self.name, self.folder = con, table, name, folder
        form = table.form
        values: dict[str, object] = {
            "value_scale": form.value_scale,
            "weight_scale": form.weight_scale,
            "flow": form.flow or None,
            "digits": form.digits,
            "source": form.source,
            "origin": name,
            "released": form.released or released,
            "retrieved": began.replace(tzinfo=None, microsecond=0),
            "today": began.date(),
        }
        for key, value in values.items():
            con.execute(f"SET VARIABLE {key} = ?", [value])
        con.execute(statement("lake/form"))
        con.execute(statement("lake/kinds"))

    def take(self, piece: Piece, place: int) -> Sound:
        """Return the files of a piece: those of an earlier, killed try where they are the same."""
        stem = f"{place:03}-{piece.number:05}-{piece.sha256[:16]}-{piece.first_line}"
        target = self.folder / f"{stem}.parquet"
        if target.exists():
            return self._settled(target, self._look(target))
        unchecked = target.with_suffix(".unchecked")
        try:
            self.table.typed(self.con, piece)
            parts = self._count("broken_down")
            breakdown = statement("lake/rows_parts" if parts else "lake/rows_totals")
            self.con.execute(statement("lake/rows").format(breakdown=breakdown.rstrip()))
            parquet.write(self.con, "lake_row", unchecked)
        except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
            return Sound(faults=self._faults(piece, error))
        seen = self._look(unchecked)
        if seen.suspect:
            return Sound(faults=self._faults(piece, None))
        unchecked.replace(target)
        return self._settled(target, seen)

    def _look(self, path: Path) -> Look:
        found = self.con.execute(statement("lake/look"), {"file": str(path)}).fetchone()
        return Look(*(found or (0, False, 0, 0, 0)))

    def _settled(self, target: Path, seen: Look) -> Sound:
        """Return totals and parts in files of their own, each row once."""
        made = Sound(count=seen.rows, parts=seen.parts, groups=seen.groups)
        files = [str(target)]
        if seen.neighbours and self._count("repeated", files=files):
            bad = self.con.execute(statement("lake/contradictions"), {"files": files}).fetchall()
            made.faults = [contradiction(row) for row in bad]
            if made.faults:
                return made
            made.repeated = self._once(target)
        if not made.parts and not made.groups:
            made.files.append(target)
            return made
        made.files += self._only(target, 0)
        made.parts_files += self._only(target, BREAKDOWN)
        return made

    def _once(self, target: Path) -> int:
        """Keep each row once; return how many were left out."""
        before = parquet.rows(self.con, target)
        self.con.execute("SET VARIABLE files = ?", [[str(target)]])
        self.con.execute(statement("lake/once"))
        return before - parquet.write(self.con, "chosen", target)

    def _only(self, target: Path, aside: int) -> list[Path]:
        """Return the rows of one kind in a file of their own, none where there are none."""
        path = target.with_name(f"{target.stem}.{aside}.parquet")
        self.con.execute("SET VARIABLE files = ?", [[str(target)]])
        self.con.execute("SET VARIABLE aside = ?", [aside])
        self.con.execute(statement("lake/aside"))
        return [path] if path.exists() or parquet.write(self.con, "chosen", path) else []

    def _count(self, name: str, **values: object) -> int:
        found = self.con.execute(statement(f"lake/{name}"), values).fetchone()
        return int(found[0]) if found else 0

    def _faults(self, piece: Piece, error: duckdb.Error | None) -> list[Fault]:
        """Return what is wrong with a piece, by line."""
        try:
            self.table.text(self.con, piece)
            found = self.con.execute(statement("lake/faults")).fetchall()
        except duckdb.Error as again:
            return [self._misshapen(piece, again)]
        lines = _Lines(piece)
        faults = [Fault(self.name, lines.real(line), what, fix) for line, what, fix in found]
        return faults or [self._misshapen(piece, error)]

    def _misshapen(self, piece: Piece, error: duckdb.Error | None) -> Fault:
        """Return the fault of a row that is no row of this table."""
        match = re.search(r"Line: (\d+)", str(error))
        line = piece.first_line - 1 + int(match[1]) if match else piece.first_line
        told = "the row has not the cells that the header names, or a quote is not closed"
        return Fault(self.name, line, told, "quote cells with commas")


class _Lines:
    """Where the records of a piece stand: a cell with line breaks and empty lines move them."""

    def __init__(self, piece: Piece) -> None:
        self.first = piece.first_line
        self.starts: list[int] = []
        text = piece.text()
        if '"' in text or "\n\n" in text or "\n\r\n" in text:
            reader = csv.reader(io.StringIO(text, newline=""))
            begins = 1
            for cells in reader:
                if cells:
                    self.starts.append(begins)
                begins = reader.line_num + 1

    def real(self, line: int) -> int:
        """Return the line of the file where a record begins that was counted as `line`."""
        place = line - self.first
        if 0 <= place < len(self.starts):
            return self.first - 1 + self.starts[place]
        return line


def contradiction(row: tuple[object, ...]) -> Fault:
    """Return the fault of a row that says something else than an earlier one of its key."""
    line, first, origin, *key = row
    what = f"another figure for {' '.join(str(part) for part in key)} than in line {first}"
    return Fault(str(origin), int(str(line)), what, "hand in one version of the data")
