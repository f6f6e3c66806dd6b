"""Take files of flows into the lake: all of them as one segment, or nothing.

Each file is read in pieces of bounded size. A piece that was read, checked and sorted lies under
incoming/ by the hash of its bytes, so that a reading that was killed goes on from there.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import duckdb

from etl import memory, paths, store
from etl.errors import BadInput, Fault, UnknownRequest, Unrecognised
from etl.flows import codes, manifest, pieces, segment, tables
from etl.flows.manifest import Manifest
from etl.flows.pieces import Member, Piece, Reader
from etl.flows.rows import Rows
from etl.store import Shelf

# bytes done, bytes in all, name of the file
Tell = Callable[[int, int, str], None]
MOST_FAULTS = 1000


@dataclass(frozen=True)
class Handed:
    """A file, and the day that rows without a day of release count as published."""

    path: Path
    released: date


@dataclass
class Told:
    """What an addition did, for people: counts of rows by rule, and each file with its kind.

    `rows` count in the lake; `repeated` said the same twice and count once; `parts` are breakdowns
    kept aside, `summed` totals made of them, `unsettled` keys that they could not give; `groups`
    are trade of groups of countries, left out. Of `superseding` reporters an earlier release is
    replaced. `known` files are in the lake already.
    """

    segment: str = ""
    rows: int = 0
    repeated: int = 0
    parts: int = 0
    summed: int = 0
    unsettled: int = 0
    groups: int = 0
    superseding: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)


def handed(names: Iterable[str | Path], released: date | None = None) -> list[Handed]:
    """Return files as handed in today; raise Unrecognised for what is no file."""
    day = released or datetime.now(UTC).date()
    found = []
    for name in names:
        path = Path(name).expanduser()
        if not path.is_file():
            raise Unrecognised(f"{name} is no file; hand in tables of flows (csv, json, xls, zip).")
        found.append(Handed(path, day))
    return found


def fetched() -> list[Handed]:
    """Return what the Comtrade connector fetched, each answer with its day of release."""
    shelf = Shelf("comtrade")
    found: dict[str, date] = {}
    for answer in shelf.state().answers.values():
        if shelf.has(answer.sha256) and _tells_rows(shelf.raw / answer.sha256):
            day = date.fromisoformat(answer.released or answer.retrieved[:10])
            found[answer.sha256] = max(day, found.get(answer.sha256, day))
    return [Handed(shelf.raw / digest, day) for digest, day in sorted(found.items())]


def _tells_rows(path: Path) -> bool:
    """Return whether an answer is more than the statement that there is nothing."""
    with path.open("rb") as handle:
        start = b"".join(handle.read(2000).split())
    return bool(start) and b'"data":[]' not in start


def add(files: Sequence[Handed], tell: Tell, invented: bool = False) -> Told:
    """Add files to the lake; return what was done.

    Raises Unrecognised, BadInput, Busy or NotWritable; the lake stays as it was then.
    """
    with manifest.writing() as lake:
        if lake.segments and lake.invented != invented:
            raise UnknownRequest(
                f"The lake in {paths.flows()} holds {'invented' if lake.invented else 'real'} "
                "figures, and the two are never mixed; set AMUR_DATA to another folder."
            )
        shelf = _shelf(files, invented)
        con = memory.connect(paths.flows() / "spill")
        try:
            return _Addition(con, lake, shelf).take(files, tell, invented)
        finally:
            con.close()


@dataclass(frozen=True)
class Incoming:
    """Where the pieces of an addition lie, and when it began: a resumed one keeps its time."""

    folder: Path
    began: datetime


def _shelf(files: Sequence[Handed], invented: bool) -> Incoming:
    """Return the folder of this addition: the same files and options find it again."""
    named = [(str(each.path.resolve()), each.released.isoformat()) for each in files]
    key = json.dumps([named, invented, pieces.size(), manifest.VERSION])
    folder = paths.flows() / "incoming" / hashlib.sha256(key.encode()).hexdigest()[:16]
    note = folder / "began"
    try:
        return Incoming(folder, datetime.fromisoformat(note.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        now = datetime.now(UTC)
        store.write_whole(note, now.isoformat().encode())
        return Incoming(folder, now)


class _Addition:
    """One addition on its way."""

    def __init__(self, con: duckdb.DuckDBPyConnection, lake: Manifest, shelf: Incoming) -> None:
        self.con, self.lake, self.shelf = con, lake, shelf
        self.told = Told()
        self.faults: list[Fault] = []
        self.origins: list[tuple[str, str]] = []
        self.totals: list[Path] = []
        self.parts: list[Path] = []
        codes.load(con)

    def take(self, files: Sequence[Handed], tell: Tell, invented: bool) -> Told:
        """Read every file, then commit what is new; raise BadInput with every bad row."""
        total = sum(each.path.stat().st_size for each in files)
        before = 0
        for each in files:
            for member in pieces.members(each.path):
                self._member(member, each.released, partial(_step, tell, before, total, member))
            before += each.path.stat().st_size
        if self.faults:
            raise BadInput(self.faults)
        if self.origins:
            finish = segment.Finish(self.con, self.lake, self.shelf.folder)
            made = finish.commit(self.totals, self.parts, self.origins, invented)
            self.told.segment, self.told.rows = made.segment.id, made.rows
            self.told.superseding = list(made.superseding)
            self.told.summed, self.told.unsettled = made.summed, made.unsettled
            self.told.repeated += made.repeated
        segment.clear(self.shelf.folder)
        return self.told

    def _member(self, member: Member, released: date, step: Callable[[int], None]) -> None:
        """Read one table; what it gives counts once it is known to be whole and new."""
        reader = Reader(member)
        table = tables.open_table(self.con, reader, self.shelf.folder, self.shelf.began.date())
        rows = Rows(self.con, table, member.name, self.shelf.folder, released, self.shelf.began)
        place = len(self.origins) + len(self.told.known)
        found = []
        for piece in _ahead(table.pieces()):
            sound = rows.take(piece, place)
            self.faults += sound.faults
            if len(self.faults) >= MOST_FAULTS:
                raise BadInput(self.faults)
            found.append(sound)
            step(piece.done)
        digest = reader.digest.hexdigest()
        if digest in {*self.lake.taken, *(known for _, known in self.origins)}:
            self.told.known.append(member.name)
            return
        count = sum(sound.count for sound in found)
        table.demand_whole(count)
        self.told.files.append(f"{member.name}: {table.form.kind}, {count} rows")
        self.origins.append((member.name, digest))
        for sound in found:
            self.totals += sound.files
            self.parts += sound.parts_files
            self.told.parts += sound.parts
            self.told.groups += sound.groups
            self.told.repeated += sound.repeated


def _ahead(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Yield pieces while the next one is cut from its file and hashed beside the work on them."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        coming = beside.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = beside.submit(next, pieces, None)
            yield piece


def _step(tell: Tell, before: int, total: int, member: Member, done: int) -> None:
    tell(before + done, total, member.name)
