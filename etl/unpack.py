"""Unpack a body piece by piece: bounded, and whole only when the packer says that it ended."""

import zlib
from collections.abc import Iterator

from etl.errors import NotTheData

PIECE = 1 << 20
# 31 reads gzip, 47 tells gzip from zlib by itself, -15 is the bare stream some servers send
WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 47}


class Unpacker:
    """What unpacks one body; a body that is not packed passes through."""

    def __init__(self, encoding: str) -> None:
        """Take the Content-Encoding; raise NotTheData on one that was not asked for."""
        self._name = encoding.strip().lower()
        if self._name not in ("", "identity", *WINDOWS):
            raise NotTheData(f"the body is packed as «{encoding[:40]}»", FIX)
        self._packer = self._fresh() if self._name in WINDOWS else None
        self._fed = False

    def _fresh(self) -> "zlib._Decompress":
        return zlib.decompressobj(WINDOWS[self._name])

    def feed(self, packed: bytes) -> Iterator[bytes]:
        """Yield what the bytes unpack to, a bounded piece at a time."""
        self._fed = self._fed or bool(packed)
        if self._packer is None:
            yield packed
            return
        try:
            while packed:
                if self._packer.eof:
                    # some servers put one packed member after the other
                    self._packer = self._fresh()
                yield self._packer.decompress(packed, PIECE)
                packed = self._packer.unconsumed_tail or self._packer.unused_data
        except zlib.error as error:
            raise NotTheData("the packed body cannot be unpacked", FIX) from error

    @property
    def whole(self) -> bool:
        """Return whether the end was seen; a body that is not packed cannot say."""
        return self._packer is None or self._packer.eof or not self._fed


FIX = "it is asked again at the next refresh"
