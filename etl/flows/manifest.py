"""What the lake consists of: segments and their files, committed by replacing one small file."""

import hashlib
import json
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from etl import paths, store
from etl.errors import AmurError, Busy

VERSION = 1
NAME = "MANIFEST.json"
# a reading that was cut off and not taken up again for so long is given up
FORSAKEN_S = 7 * 86400
# files that a compaction replaced stay for the questions that are being asked of them
REPLACED = "replaced"
REPLACED_S = 60


class LakeBroken(AmurError):
    """The manifest or a file that it names is not what was committed."""


@dataclass(frozen=True)
class DataFile:
    """One Parquet file; `path` is relative to flows/data. `role`: rows, history, parts or blocks.

    `rows` are what queries read; `history` holds what later releases replaced; `parts` breakdowns
    by customs procedure, transport and second partner; `blocks` the periods of each reporter.
    `first` and `last` are its reporters by code: files of other reporters need not be opened.
    """

    path: str
    role: str
    rows: int
    size: int
    sha256: str
    first: str
    last: str


@dataclass(frozen=True)
class Segment:
    """What one `flows add` (or a compaction) brought: its files and where they came from.

    `origins` are file names with the sha256 of their bytes; `absorbed` the segments that a
    compaction put into this one. Days are ISO texts.
    """

    id: str
    added: str
    files: tuple[DataFile, ...]
    origins: tuple[tuple[str, str], ...]
    first_released: str
    last_released: str
    absorbed: tuple[str, ...] = ()
    invented: bool = False


@dataclass(frozen=True)
class Manifest:
    """The lake at one moment.

    `overlapped` are reporters of whom two segments tell the same period: their rows are resolved
    when they are read.
    """

    generation: int = 0
    segments: tuple[Segment, ...] = ()
    overlapped: tuple[str, ...] = ()

    def files(self, *roles: str, reporters: Collection[str] = ()) -> list[Path]:
        """Return the files of some roles, in a fixed order; of some reporters, or of all."""
        return [
            data() / file.path
            for file in self.all_files()
            if file.role in roles
            and (not reporters or any(file.first <= name <= file.last for name in reporters))
        ]

    def all_files(self) -> list[DataFile]:
        """Return every file of every segment."""
        return [file for segment in self.segments for file in segment.files]

    def rows(self, *roles: str) -> int:
        """Return how many rows the files of some roles hold."""
        return sum(file.rows for file in self.all_files() if file.role in roles)

    @property
    def invented(self) -> bool:
        """Return whether any figure is invented: then everything that is shown says so."""
        return any(segment.invented for segment in self.segments)

    @property
    def last_released(self) -> str:
        """Return the newest day of release, or nothing."""
        return max((segment.last_released for segment in self.segments), default="")

    @property
    def identity(self) -> str:
        """Return what names these contents: two lakes of one generation may differ."""
        return f"{self.generation}-{text_digest('|'.join(each.id for each in self.segments))[:12]}"

    @property
    def known(self) -> set[str]:
        """Return the ids of all segments, also those that were compacted."""
        return {name for each in self.segments for name in (each.id, *each.absorbed)}

    @property
    def taken(self) -> set[str]:
        """Return the checksums of all files that were handed in."""
        return {digest for segment in self.segments for _, digest in segment.origins}


@dataclass
class Broken:
    """A file of the lake that is not as committed."""

    path: str
    what: str


def data() -> Path:
    """Return the folder of the segments."""
    return paths.flows() / "data"


def read() -> Manifest:
    """Return the lake as committed, an empty one where there is none; raise LakeBroken."""
    path = paths.flows() / NAME
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Manifest()
    except (OSError, ValueError) as error:
        raise LakeBroken(_torn(path, str(error))) from error
    try:
        outer = json.loads(text)
        body = outer["lake"]
        if outer["sha256"] != _digest(body):
            raise LakeBroken(_torn(path, "its checksum differs"))
        return _manifest(body)
    except (ValueError, KeyError, TypeError) as error:
        raise LakeBroken(_torn(path, f"{type(error).__name__}: {error}")) from error


def commit(lake: Manifest) -> None:
    """Make this the lake, whole or not at all; its files must be on the disk already."""
    body = json.loads(json.dumps(asdict(lake)))
    content = {"version": VERSION, "sha256": _digest(body), "lake": body}
    store.write_whole(paths.flows() / NAME, json.dumps(content, indent=1).encode())
    store.sync(paths.flows())


def replace(lake: Manifest, by: Manifest) -> None:
    """Commit another lake in place of one; files that it does not name go after REPLACED_S."""
    gone = _folders(lake) - _folders(by)
    for name in gone:
        (data() / name / REPLACED).touch()
    commit(by)


def verify(lake: Manifest) -> list[Broken]:
    """Return every file that is missing or whose bytes are not those committed."""
    found = []
    for file in lake.all_files():
        path = data() / file.path
        if not path.is_file():
            found.append(Broken(file.path, "is missing"))
        elif path.stat().st_size != file.size or checksum(path) != file.sha256:
            found.append(Broken(file.path, "does not have the checksum of the manifest"))
    return found


@contextmanager
def writing() -> Iterator[Manifest]:
    """Hold the lock of the lake and yield it; what killed writers left is cleared away first."""
    folder = paths.flows()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "lock", timeout=0)
        lock.acquire()
    except Timeout as error:
        raise Busy("Another process is writing to the lake of flows; try again later.") from error
    except OSError as error:
        raise store.not_writable(folder, error) from error
    try:
        lake = read()
        _tidy(lake)
        yield lake
    finally:
        lock.release()


def checksum(path: Path) -> str:
    """Return the sha256 of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _tidy(lake: Manifest) -> None:
    """Remove folders that no segment of the lake names, and files half written."""
    named = _folders(lake)
    if data().is_dir():
        for left in data().iterdir():
            if left.name not in named and not _is_just_replaced(left):
                _remove(left)
    _remove(paths.flows() / "spill")
    for left in paths.flows().glob(f"{NAME}.*.part"):
        left.unlink(missing_ok=True)
    for left in (paths.flows() / "incoming").glob("*"):
        if time.time() - left.stat().st_mtime > FORSAKEN_S:
            _remove(left)


def _folders(lake: Manifest) -> set[str]:
    return {Path(file.path).parts[0] for file in lake.all_files()}


def _is_just_replaced(folder: Path) -> bool:
    try:
        age = time.time() - (folder / REPLACED).stat().st_mtime
    except OSError:
        return False
    # of a clock that was set back nothing is known: a mark of the future is none
    return 0 <= age < REPLACED_S


def _remove(folder: Path) -> None:
    if not folder.is_dir():
        return
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
    folder.rmdir()


def _manifest(body: dict[str, Any]) -> Manifest:
    segments = tuple(
        Segment(
            **each
            | {
                "files": tuple(DataFile(**file) for file in each["files"]),
                "origins": tuple((name, digest) for name, digest in each["origins"]),
                "absorbed": tuple(each["absorbed"]),
            }
        )
        for each in body["segments"]
    )
    return Manifest(int(body["generation"]), segments, tuple(body["overlapped"]))


def text_digest(text: str) -> str:
    """Return the sha256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _digest(body: object) -> str:
    return text_digest(json.dumps(body, sort_keys=True, separators=(",", ":")))


def _torn(path: Path, what: str) -> str:
    return f"{path} cannot be read ({what}); restore it from a backup, or add the files again."
