"""A file of any size as pieces of whole lines, each a small file of its own: memory stays bounded.

Plain, gzip and zip; many members count as many files. A piece is known by the hash of its bytes,
so that a reading that was cut off goes on where it stopped, and only there.
"""

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from etl import memory
from etl.errors import Unrecognised

Readable = IO[bytes] | gzip.GzipFile

LARGEST = 96 << 20
BUFFER = 1 << 20
# no cell of a table of flows runs over so many lines
MOST_QUOTED = 50


@dataclass(frozen=True)
class Piece:
    """Some whole lines of a table: where they begin, and how far the file has been read."""

    number: int
    first_line: int
    content: bytes
    sha256: str
    done: int


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
            return _safe_read(unpacked, count, self.member)

    def unpack(self, target: Path) -> None:
        """Write the whole file, unpacked, for a reader that needs it at once."""
        with ExitStack() as stack:
            _, unpacked = _open(self.member, stack)
            handle = stack.enter_context(target.open("wb"))
            while content := _safe_read(unpacked, BUFFER, self.member):
                self.digest.update(content)
                handle.write(content)

    def pieces(self, header_lines: int) -> Iterator[Piece]:
        """Yield the lines under the header; raise Unrecognised when the file breaks off."""
        with ExitStack() as stack:
            packed, unpacked = _open(self.member, stack)
            line, number, left = 1, 0, b""
            while True:
                fresh = _safe_read(unpacked, size(), self.member)
                self.digest.update(fresh)
                whole, left = _cut(left + fresh, last=not fresh)
                if not number and header_lines and whole:
                    whole = whole.split(b"\n", header_lines)[-1] if b"\n" in whole else b""
                    line += header_lines
                if whole.strip():
                    digest = hashlib.sha256(whole).hexdigest()
                    yield Piece(number, line, as_utf8(whole), digest, packed.tell())
                    number += 1
                    line += whole.count(b"\n")
                elif whole:
                    line += whole.count(b"\n")
                if not fresh:
                    return


def _cut(content: bytes, last: bool) -> tuple[bytes, bytes]:
    """Return whole lines and the rest; a line break between quotes ends no line."""
    if last:
        return (content if content.endswith(b"\n") or not content else content + b"\n"), b""
    end = content.rfind(b"\n")
    for _ in range(MOST_QUOTED):
        if end < 0 or content.count(b'"', 0, end) % 2 == 0:
            break
        end = content.rfind(b"\n", 0, end)
    else:
        raise Unrecognised("A quote in the file is never closed; mend the quotes of its cells.")
    return content[: end + 1], content[end + 1 :]


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


def _safe_read(handle: Readable, count: int, member: Member) -> bytes:
    try:
        return handle.read(count)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise Unrecognised(
            f"{member.name} breaks off or is damaged ({error}); download it again."
        ) from error
