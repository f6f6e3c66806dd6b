"""A file of any size as pieces of whole lines, each a small file of its own: memory stays bounded.

Plain, gzip and zip; many members count as many files. A piece is known by the hash of the table up
to its end, so that a reading that was cut off goes on where it stopped, and only there.
"""

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from etl import memory, store
from etl.errors import Unrecognised

Readable = IO[bytes] | gzip.GzipFile

LARGEST = 96 << 20
BUFFER = 1 << 20
# no cell of a table of flows runs over so many lines
MOST_QUOTED = 50


@dataclass(frozen=True)
class Piece:
    """Some whole lines of a table: where they begin, and how far the file has been read.

    They lie in a file of their own, as UTF-8, until the next piece but one is read; None where the
    table was read at once. `sha256` is that of the table up to their end: the same lines under
    another header are another piece.
    """

    number: int
    first_line: int
    path: Path | None
    sha256: str
    done: int

    def text(self) -> str:
        """Return the lines."""
        return self.path.read_text(encoding="utf-8", errors="replace") if self.path else ""


@dataclass(frozen=True)
class Member:
    """One table of a file: the file itself, or one of a zip. `size` is that on the disk."""

    file: Path
    name: str
    inner: str = ""

    @property
    def size(self) -> int:
        """Return how many bytes there are to read, packed."""
        return self.file.stat().st_size


def members(file: Path) -> list[Member]:
    """Return the tables of a file; raise Unrecognised when it cannot be opened."""
    try:
        with file.open("rb") as handle:
            start = handle.read(4)
        if start != b"PK\x03\x04" or file.suffix.lower() == ".xlsx":
            return [Member(file, file.name)]
        with zipfile.ZipFile(file) as archive:
            inner = [each.filename for each in archive.infolist() if not each.is_dir()]
    except (OSError, zipfile.BadZipFile) as error:
        raise Unrecognised(f"{file.name} cannot be opened ({error}); check the file.") from error
    if "xl/workbook.xml" in inner:
        return [Member(file, file.name)]
    return [Member(file, f"{file.name}/{name}", name) for name in sorted(inner)]


def size() -> int:
    """Return how many bytes a piece has: what a sort of it takes must fit several times."""
    return min(LARGEST, memory.limit() // 48)


class Reader:
    """The bytes of one member as they unpack, with the hash of all of them so far."""

    def __init__(self, member: Member) -> None:
        """Name the member; nothing is opened yet."""
        self.member = member
        self.digest = hashlib.sha256()

    def header(self) -> bytes:
        """Return the first line as it stands, without its end."""
        return self.start(BUFFER).split(b"\n", 1)[0]

    def start(self, count: int) -> bytes:
        """Return the first bytes, unpacked."""
        with ExitStack() as stack:
            _, unpacked = _open(self.member, stack)
            return _safely(partial(unpacked.read, count), self.member)

    def unpack(self, target: Path) -> None:
        """Write the whole file, unpacked, for a reader that needs it at once."""
        with ExitStack() as stack:
            _, unpacked = _open(self.member, stack)
            handle = stack.enter_context(target.open("wb"))
            while content := _safely(partial(unpacked.read, BUFFER), self.member):
                self.digest.update(content)
                handle.write(content)

    def pieces(self, header_lines: int, folder: Path) -> Iterator[Piece]:
        """Yield the lines under the header; raise Unrecognised when the file breaks off."""
        with ExitStack() as stack:
            packed, unpacked = _open(self.member, stack)
            for _ in range(header_lines):
                self.digest.update(_safely(unpacked.readline, self.member))
            lines, number, first = _Lines(self, unpacked), 0, 1 + header_lines
            while not lines.over:
                path = folder / f"piece-{number % 2}.csv"
                count, blank = lines.write(path)
                if not blank:
                    yield Piece(number, first, path, self.digest.copy().hexdigest(), packed.tell())
                    number += 1
                first += count


class _Lines:
    """The lines of a table on their way into files of pieces, a block at a time."""

    def __init__(self, reader: Reader, source: Readable) -> None:
        self.reader, self.source = reader, source
        self.left = b""
        self.over = False

    def write(self, path: Path) -> tuple[int, bool]:
        """Write whole lines of about the size of a piece; return how many, and whether all empty.

        Raises NotWritable when the disk is full.
        """
        lines, written, quoted, blank, plain = 0, 0, False, True, True
        try:
            path.touch()
            # over the piece before the last: an empty file costs the system twice as much to fill
            with path.open("r+b") as sink:
                whole = False
                while not whole:
                    block, whole = self._block(written, quoted)
                    sink.write(block)
                    lines += block.count(b"\n")
                    written += len(block)
                    quoted ^= block.count(b'"') % 2 == 1
                    blank = blank and not block.strip()
                    plain = plain and block.isascii()
                sink.truncate()
            if not plain:
                path.write_bytes(as_utf8(path.read_bytes()))
        except OSError as error:
            raise store.not_writable(path.parent, error) from error
        return lines, blank

    def _block(self, written: int, quoted: bool) -> tuple[bytes, bool]:
        """Return the next bytes of a piece, and whether it ends with them."""
        fresh = _safely(partial(self.source.read, BUFFER), self.reader.member)
        block, self.left, self.over = self.left + fresh, b"", not fresh
        end = 0
        if written + len(block) >= size():
            end = _end(block, quoted)
        if end:
            block, self.left = block[:end], block[end:]
        self.reader.digest.update(block)
        return block, self.over or end > 0


def _end(block: bytes, quoted: bool) -> int:
    """Return where the last whole line ends, 0 where none does: a break between quotes ends none.

    `quoted` says that the block begins between quotes.
    """
    end = len(block)
    for _ in range(MOST_QUOTED):
        end = block.rfind(b"\n", 0, end)
        if end < 0:
            return 0
        if block.count(b'"', 0, end) % 2 == quoted:
            return end + 1
    raise Unrecognised("A quote in the file is never closed; mend the quotes of its cells.")


def as_utf8(content: bytes) -> bytes:
    """Return the bytes as UTF-8; the old Comtrade pages wrote Latin 1."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    if content.isascii():
        return content
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1").encode()
    return content


def _open(member: Member, stack: ExitStack) -> tuple[IO[bytes], Readable]:
    """Return the file as packed, which tells how far it was read, and its unpacked bytes."""
    try:
        packed: IO[bytes] = stack.enter_context(member.file.open("rb"))
        if member.inner:
            archive = stack.enter_context(zipfile.ZipFile(packed))
            unpacked: Readable = stack.enter_context(archive.open(member.inner))
        else:
            unpacked = packed
        if member.inner.endswith(".gz") or (not member.inner and _is_gzip(packed)):
            unzipped = gzip.GzipFile(fileobj=unpacked, mode="rb")
            stack.enter_context(unzipped)
            return packed, unzipped
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise Unrecognised(f"{member.name} cannot be opened ({error}); check it.") from error
    return packed, unpacked


def _is_gzip(handle: IO[bytes]) -> bool:
    start = handle.read(2)
    handle.seek(0)
    return start == b"\x1f\x8b"


def _safely(read: Callable[[], bytes], member: Member) -> bytes:
    try:
        return read()
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise Unrecognised(
            f"{member.name} breaks off or is damaged ({error}); download it again."
        ) from error
