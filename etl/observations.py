"""Observation files: CSV text with file and line, checked row by row, then typed by SQL.

Shape of a file: the columns of `COLUMNS`, one figure a row, numbers as printed.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from etl.errors import Fault

COLUMNS = (
    "indicator",
    "kind",
    "period_kind",
    "period_start",
    "period_end",
    "value",
    "low",
    "high",
    "bound",
    "unit",
    "terms",
    "status",
    "source",
    "publisher",
    "counter",
    "url",
    "published",
    "note",
)

CORRECTION_COLUMNS = (
    "indicator",
    "period_kind",
    "period_start",
    "period_end",
    "value",
    "unit",
    "terms",
    "url",
    "reason",
    "guard",
)

Row = tuple[str, int, list[str]]


def read(path: Path, columns: tuple[str, ...], faults: list[Fault]) -> Iterator[Row]:
    """Yield (file, line, cells) of a CSV file; what cannot be read goes to `faults`."""
    text = decode(path, faults)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        if tuple(header) != columns:
            faults.append(Fault(path.name, 1, "the header differs", f"write {','.join(columns)}"))
            return
        for cells in reader:
            if len(cells) == len(columns):
                yield path.name, reader.line_num, cells
            elif cells:
                what = f"{len(cells)} cells instead of {len(columns)}"
                faults.append(Fault(path.name, reader.line_num, what, "quote cells with commas"))
    except csv.Error as error:
        faults.append(
            Fault(path.name, reader.line_num, f"the row is no CSV ({error})", "mend the quotes")
        )


def decode(path: Path, faults: list[Fault]) -> str | None:
    """Return the text of a UTF-8 file; name the line that is not UTF-8 otherwise."""
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.append(Fault(path.name, line, "the file is not UTF-8", "save it as UTF-8"))
        return None
