"""Which table a file is, and its rows: whole, or an error that says what was looked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from etl.errors import Unrecognised
from etl.tables import (
    comtrade_csv,
    gacc_commodity,
    gacc_country,
    gacc_query,
    sheet,
    template,
)
from etl.tables.handed import Handed, Table
from etl.tables.sheet import Sheet

__all__ = ["Table", "read"]


@dataclass(frozen=True)
class Reader:
    """One kind of table: how it is known, and how it is read."""

    kind: str
    looks_like: Callable[[Sheet], bool]
    read: Callable[[Sheet, Handed], Table]


# those known by their header come before those known by a title, which is looser
READERS = tuple(
    Reader(module.KIND, module.looks_like, module.read)
    for module in (template, comtrade_csv, gacc_query, gacc_commodity, gacc_country)
)


def read(name: str, content: bytes, url: str, retrieved: date) -> Table:
    """Return the rows of a file; raise Unrecognised, or BadInput with the bad lines.

    `name` is the file's own name: it may carry what the file does not say (month, direction).
    """
    handed = Handed(name, url, retrieved)
    sheets = sheet.read(name, content)
    found = [
        (one, reader)
        for one in sheets
        for reader in [next((r for r in READERS if r.looks_like(one)), None)]
        if reader
    ]
    if len(found) > 1:
        shown = ", ".join(f"{one.name} ({reader.kind})" for one, reader in found)
        raise Unrecognised(
            f"{name} holds {len(found)} tables that are known: {shown}; save the one that is meant "
            "in a file of its own."
        )
    if not found:
        raise Unrecognised(
            f"{name}: no table that is known here. Looked for: "
            + "; ".join(reader.kind for reader in READERS)
            + f". Found: «{_begins(sheets[0])}». See docs/ingest.md."
        )
    one, reader = found[0]
    return reader.read(one, handed)


def _begins(one: Sheet) -> str:
    """Return the first words of a sheet, as a hint at what it is."""
    line = next(line for line in one.lines if any(line.cells))
    return " | ".join(filter(None, line.cells))[:160]
