"""How much memory heavy work may take, and connections that keep to it and spill to the disk."""

import os
import re
from pathlib import Path

import duckdb

from etl.errors import UnknownRequest

# what Python, its libraries, a piece of a file on its way and buffers that the database does not
# count take beside it
RESERVE = 300 << 20
LEAST = 448 << 20
# below this, one thread: every thread holds buffers of its own
ROOMY = 1 << 30
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
    allowed = limit()
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{(allowed - RESERVE) >> 20}MiB",
        "temp_directory": str(spill),
    }
    if allowed < ROOMY:
        config["threads"] = 1
    return duckdb.connect(config=config)
