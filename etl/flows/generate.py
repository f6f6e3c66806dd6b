"""Invented flows at any size, in UN Comtrade's columns: heavy-tailed, sparse, revised, seeded.

Both sides of a flow are told, at every level of the HS and with every partner and the world, so
that sums are sums. None of it is a figure: it is for tests, benchmarks and demonstrations.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from etl import memory, store
from etl.errors import UnknownRequest
from etl.flows import codes
from etl.sql import statement

FIRST, LAST = 2019, 2025
# one line of trade gives so many rows, about; few lines share fewer sums, so that below a million
# rows fewer lines are wanted and above ten million more, and with less than the least nothing is
# left that sums
ROWS_A_LINE, LEAST_LINES = 490, 20
FEW, FEWER = 1_000_000, 0.644
MANY, MORE = 10_000_000, 0.255
LEAST, MOST = 50_000, 200_000_000
MONTHS = 3


@dataclass(frozen=True)
class Generated:
    """The files: seven years, a later release of the last one, and the month after it."""

    whole: Path
    revised: Path
    month: Path
    rows: int
    revised_rows: int

    @property
    def files(self) -> tuple[Path, Path, Path]:
        """Return the files in the order in which they come."""
        return self.whole, self.revised, self.month


def generate(
    rows: int, folder: Path, seed: int, tell: Callable[[int, int, str], None]
) -> Generated:
    """Write the files to a folder; raise UnknownRequest or NotWritable."""
    if not LEAST <= rows <= MOST:
        raise UnknownRequest(f"--rows {rows} is not between {LEAST:,} and {MOST:,}.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as spill:
            con = memory.connect(Path(spill))
            return _Generator(con, folder, tell).run(rows, seed)
    except (OSError, duckdb.IOException) as error:
        cause = error if isinstance(error, OSError) else OSError(0, str(error).splitlines()[0])
        raise store.not_writable(folder, cause) from error


class _Generator:
    """Writes months after months: what it takes in memory does not grow with the years."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        folder: Path,
        tell: Callable[[int, int, str], None],
    ) -> None:
        self.con, self.folder, self.tell = con, folder, tell
        codes.load(con)

    def run(self, rows: int, seed: int) -> Generated:
        self.con.execute("SET VARIABLE seed = ?", [seed])
        self.con.execute("SET VARIABLE lines = ?", [_lines(rows)])
        self.con.execute(statement("lake/generate_lines"))
        whole, revised = self.folder / "flows.csv", self.folder / "flows-revised.csv"
        month = self.folder / "flows-new-month.csv"
        spans = [
            (date(year, first, 1), _after(year, first + MONTHS - 1))
            for year in range(FIRST, LAST + 1)
            for first in range(1, 13, MONTHS)
        ]
        count = again = 0
        for place, span in enumerate(spans):
            self.tell(place, len(spans), whole.name)
            count += self._append("generated", span, whole, fresh=place == 0)
            if span[0].year == LAST:
                again += self._append("revised", span, revised, fresh=span[0].month == 1)
        self._append("generated", (date(LAST + 1, 1, 1), date(LAST + 1, 2, 1)), month, fresh=True)
        return Generated(whole, revised, month, count, again)

    def _append(self, view: str, span: tuple[date, date], target: Path, fresh: bool) -> int:
        """Append the rows of some months to a file; return how many."""
        part = self.folder / "part.csv"
        for name, day in zip(("first", "after"), span, strict=True):
            self.con.execute(f"SET VARIABLE {name} = ?", [day])
        self.con.execute(statement("lake/generate_rows"))
        self.con.execute(statement("lake/generate_revised"))
        self.con.view(view).write_csv(str(part), header=fresh)
        with part.open("rb") as source, target.open("wb" if fresh else "ab") as sink:
            rows = 0
            while content := source.read(1 << 22):
                rows += content.count(b"\n")
                sink.write(content)
        part.unlink()
        return rows - fresh


def _lines(rows: int) -> int:
    shared = min(1.0, rows / FEW) ** FEWER * max(1.0, rows / MANY) ** MORE
    return max(LEAST_LINES, int(rows / ROWS_A_LINE * shared))


def _after(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)
