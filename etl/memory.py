"""How much memory heavy work may take, and connections that keep to it and spill to the disk."""

import os
import re
from pathlib import Path

import duckdb

from etl.errors import UnknownRequest

# what Python, its libraries and a piece of a file on its way take beside the database
RESERVE = 160 << 20
LEAST = 384 << 20
_SIZES = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}


def limit() -> int:
    """Return AMUR_MEMORY in bytes, else half the machine; raise UnknownRequest on nonsense."""
    text = os.environ.get("AMUR_MEMORY", "").strip()
    if not text:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?", text, re.IGNORECASE)
    size = int(float(match[1]) * _SIZES[match[2].upper()]) if match else 0
    if size < LEAST:
        raise UnknownRequest(
            f"AMUR_MEMORY «{text}» is no size of at least {LEAST >> 20} MB; write 512MB or 4GB."
        )
    return size


def connect(spill: Path) -> duckdb.DuckDBPyConnection:
    """Return a connection that keeps within the limit; what does not fit goes to `spill`."""
    room = f"{(limit() - RESERVE) >> 20}MiB"
    return duckdb.connect(config={"memory_limit": room, "temp_directory": str(spill)})
