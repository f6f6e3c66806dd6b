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

__all__ = ["Table", "is_page_with_table", "read"]

# a table of customs has a name, and at least a month and a year to date
NARROW = 2


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
    found = _known(sheets)
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


def is_page_with_table(name: str, content: bytes) -> bool:
    """Return whether a web page is one of the tables, with rows as wide as theirs: no article."""
    try:
        sheets = sheet.read(name, content)
    except Unrecognised:
        return False
    wide = any(len(line.cells) > NARROW for one in sheets for line in one.lines)
    return wide and bool(_known(sheets))


def _known(sheets: list[Sheet]) -> list[tuple[Sheet, Reader]]:
    """Return the sheets that a reader knows, each with its reader."""
    return [
        (one, reader)
        for one in sheets
        for reader in [next((r for r in READERS if r.looks_like(one)), None)]
        if reader
    ]


def _begins(one: Sheet) -> str:
    """Return the first words of a sheet, as a hint at what it is."""
    line = next(line for line in one.lines if any(line.cells))
    return " | ".join(filter(None, line.cells))[:160]
