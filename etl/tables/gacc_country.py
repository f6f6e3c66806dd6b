"""China customs, trade by country: the row of Russia, month and year to date, growth as printed.

The monthly table has columns for the total, exports and imports; an early one may be of one flow
alone, then named in its title.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from etl.errors import Unrecognised
from etl.tables import headed, printed
from etl.tables.days import Months
from etl.tables.handed import Handed, Table, published
from etl.tables.headed import Headed
from etl.tables.printed import Unit
from etl.tables.sheet import Line, Sheet

KIND = "China customs, table by country"
INDICATORS = {"total": "trade_total", "X": "exports_cn_to_ru", "M": "imports_cn_from_ru"}
RUSSIA = ("russia", "russian federation", "russian fed.", "俄罗斯", "俄罗斯联邦")
_TITLE = re.compile(r"by (major )?countr(y|ies)|国别|country ?[(/] ?region|主要国家", re.IGNORECASE)
_BALANCE = re.compile(r"差额|顺差|balance|surplus", re.IGNORECASE)
_EXPORT, _IMPORT = re.compile(r"出口|export", re.I), re.compile(r"进口|import", re.I)
_BOTH = re.compile(r"进出口|exports?.*imports?|imports?.*exports?", re.IGNORECASE)
_TOTAL = re.compile(r"\btotal\b|总值|总额", re.IGNORECASE)

Key = tuple[str, str, bool]


@dataclass(frozen=True)
class Cell:
    """A figure of the row of Russia with the digits printed."""

    figure: Decimal
    precision: Decimal


def looks_like(sheet: Sheet) -> bool:
    """Return whether the title is that of a table by country."""
    return any(_TITLE.search(cell) for line in sheet.lines[:15] for cell in line.cells)


def read(sheet: Sheet, handed: Handed) -> Table:
    """Read the row of Russia; raise Unrecognised or BadInput."""
    table = headed.take_apart(sheet, handed)
    span = headed.months_of(table, handed)
    unit = printed.money(table.above, table.title, handed)
    columns = _columns(table, span, handed)
    row = _russia(table, handed)
    cells = _cells(row, columns, handed)
    cells = _without_repeats(cells, span)
    _demand_sense(cells, span, row, handed)
    day, undated = published(handed, sheet, row.number, span.end)
    shared = {
        "kind": "actual",
        "bound": "=",
        "status": table.status,
        "published": day,
        "note": "; ".join(filter(None, [f"table by country, unit {unit.printed}", undated])),
    }
    rows = [_row(key, cell, span, unit) | shared for key, cell in cells.items()]
    if not rows:
        raise handed.fault(
            row.number, "the row of Russia has no figures", "hand in the table when it is filled"
        )
    said = f"{KIND}, {span}, {unit.printed}, {table.status}"
    return Table("gacc", KIND, rows, [row.number] * len(rows), said)


def _columns(table: Headed, span: Months, handed: Handed) -> dict[Key, int]:
    """Return the column of each (flow, month or ytd, growth or not)."""
    levels: dict[Key, int] = {}
    open_growth: dict[Key, int] = {}
    read = headed.headings(table, span, handed)
    named = any(_flow(table.headings[entry.column]) for entry in read)
    for entry in read:
        words = table.headings[entry.column]
        flow = _flow(words) if named else _flow([table.title])
        if not flow:
            continue
        kind = entry.kind or headed.open_kind(entry.growth, span)
        if not kind:
            raise Unrecognised(
                f"{handed.name}: column {entry.column + 1}, headed «{' / '.join(words)}», does not "
                "say whether it is of the month or of the year to date."
            )
        if entry.growth and not entry.kind:
            _put(open_growth, (flow, "", True), entry.column, words, handed)
        else:
            _put(levels, (flow, kind, entry.growth), entry.column, words, handed)
    for (flow, _, _), column in open_growth.items():
        # beside a growth of the year to date, one that does not say its span is the month's
        taken = (flow, "ytd", True) in levels
        levels[(flow, "month" if taken else "ytd", True)] = column
    if not any(not growth for _, _, growth in levels):
        raise Unrecognised(
            f"{handed.name}: no column of exports, imports or their total was found among the "
            f"headings ({'; '.join(' / '.join(words) for words in table.headings if words)[:200]})."
        )
    return levels


def _put(into: dict[Key, int], key: Key, column: int, words: list[str], handed: Handed) -> None:
    if key in into:
        raise Unrecognised(
            f"{handed.name}: columns {into[key] + 1} and {column + 1} are headed alike "
            f"(«{' / '.join(words)}»); one of them is of another table."
        )
    into[key] = column


def _flow(words: list[str]) -> str:
    """Return the flow of a heading, the nearest word first; nothing for another column."""
    if any(_BALANCE.search(word) for word in words):
        return ""
    for word in reversed(words):
        exports, imports = _EXPORT.search(word), _IMPORT.search(word)
        if _BOTH.search(word) or (_TOTAL.search(word) and not exports and not imports):
            return "total"
        if exports or imports:
            return "X" if exports else "M"
    return ""


def _russia(table: Headed, handed: Handed) -> Line:
    rows = [row for row in table.rows if table.label(row).lower() in RUSSIA]
    if not rows:
        raise Unrecognised(
            f"{handed.name}: no row of Russia (Russia, Russian Federation, 俄罗斯, 俄罗斯联邦) "
            f"stands among its {len(table.rows)} rows; hand in the table by country."
        )
    if len(rows) > 1:
        raise handed.fault(
            rows[1].number,
            f"a second row of Russia; the first is line {rows[0].number}",
            "hand in one table at a time",
        )
    return rows[0]


def _cells(row: Line, columns: dict[Key, int], handed: Handed) -> dict[Key, Cell]:
    cells = {}
    for key, column in sorted(columns.items(), key=lambda item: item[1]):
        text = row.cells[column] if column < len(row.cells) else ""
        figure = printed.number(text, handed, row.number, growth=key[2])
        if figure is not None:
            cells[key] = Cell(figure, Decimal(1).scaleb(int(figure.as_tuple().exponent)))
    return cells


def _without_repeats(cells: dict[Key, Cell], span: Months) -> dict[Key, Cell]:
    """Leave out what is said twice, or of a month that was not published by itself.

    January and February come as one release: its month is a repetition of both, or is missing.
    """
    levels = [(cells.get((f, "month", False)), cells.get((f, "ytd", False))) for f in INDICATORS]
    pairs = [(month, ytd) for month, ytd in levels if month and ytd]
    repeated = span.last == 2 and pairs and all(m.figure == y.figure for m, y in pairs)
    if span.first != span.last or repeated:
        return {key: cell for key, cell in cells.items() if key[1] != "month"}
    if span.last == 1:
        said = {key for key in cells if key[1] == "month"}
        return {key: c for key, c in cells.items() if key in said or _in_month(key) not in said}
    return cells


def _in_month(key: Key) -> Key:
    return key[0], "month", key[2]


def _demand_sense(cells: dict[Key, Cell], span: Months, row: Line, handed: Handed) -> None:
    """Raise when the total is not its parts, or the month no part of the year to date."""
    for kind in ("month", "ytd"):
        total, exports, imports = (cells.get((flow, kind, False)) for flow in INDICATORS)
        if total and exports and imports:
            gap = abs(total.figure - exports.figure - imports.figure)
            if gap > 2 * max(total.precision, exports.precision, imports.precision):
                what = (
                    f"the total {total.figure} of the {kind} is not exports {exports.figure} plus "
                    f"imports {imports.figure}"
                )
                raise handed.fault(
                    row.number, what, "look at the file: a column is not what it says"
                )
    for flow in INDICATORS:
        month, ytd = cells.get((flow, "month", False)), cells.get((flow, "ytd", False))
        if span.last > 1 and month and ytd and month.figure >= ytd.figure:
            what = f"the month {month.figure} is not less than the year to date {ytd.figure}"
            raise handed.fault(row.number, what, "look at the file: the columns are mixed up")


def _row(key: Key, cell: Cell, span: Months, unit: Unit) -> dict[str, str]:
    flow, kind, growth = key
    period_kind, start, end = span.period(kind)
    indicator = INDICATORS[flow]
    if growth:
        measured = {"indicator": f"{indicator}_yoy", "unit": "%", "terms": unit.currency}
        measured["value"] = format(cell.figure, "f")
    else:
        measured = {"indicator": indicator, "unit": unit.id, "value": unit.text(cell.figure)}
    return measured | {"period_kind": period_kind, "period_start": start, "period_end": end}
