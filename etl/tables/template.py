"""Our own table: the columns of an observations file, in a CSV or on a sheet, as they are."""

from etl.errors import BadInput, Fault, Unrecognised
from etl.observations import COLUMNS
from etl.tables.handed import Handed, Table
from etl.tables.sheet import Sheet

KIND = "Amur template"
ENOUGH = 8


def looks_like(sheet: Sheet) -> bool:
    """Return whether the first line names so many of our columns that it means to be ours."""
    return len(set(_header(sheet)) & set(COLUMNS)) >= ENOUGH


def read(sheet: Sheet, handed: Handed) -> Table:
    """Return the rows under a header that is ours to the letter; raise otherwise."""
    header = _header(sheet)
    if tuple(header) != COLUMNS:
        missing = [name for name in COLUMNS if name not in header]
        other = [name for name in header if name not in COLUMNS]
        told = [f"missing: {', '.join(missing)}"] if missing else []
        told += [f"unknown: {', '.join(other)}"] if other else []
        raise Unrecognised(
            f"{handed.name}: the header is nearly that of the template, but not the same "
            f"({'; '.join(told) or 'another order'}); write {','.join(COLUMNS)}"
        )
    if sheet.encoding not in ("", "utf-8-sig", "utf-16"):
        raise handed.fault(1, "the file is not UTF-8", "save it as UTF-8")
    faults: list[Fault] = []
    rows: list[dict[str, str]] = []
    lines: list[int] = []
    for line in sheet.lines[1:]:
        cells = line.cells
        if not any(cells):
            continue
        given, more = cells[: len(COLUMNS)], cells[len(COLUMNS) :]
        if any(more) or (sheet.encoding and len(cells) != len(COLUMNS)):
            what = f"{len(cells)} cells instead of {len(COLUMNS)}"
            faults.append(Fault(handed.name, line.number, what, "quote cells with commas"))
        rows.append(dict(zip(COLUMNS, [*given, *[""] * len(COLUMNS)], strict=False)))
        lines.append(line.number)
    if faults:
        raise BadInput(faults)
    if not rows:
        raise Unrecognised(f"{handed.name} is the template without a row; fill it in first.")
    return Table("", KIND, rows, lines, f"{KIND}, {len(rows)} rows")


def _header(sheet: Sheet) -> list[str]:
    cells = list(sheet.lines[0].cells) if sheet.lines else []
    while cells and not cells[-1]:
        cells.pop()
    return cells
