"""China customs, main imports by quantity and value: from all partners, or from Russia alone."""

import re
from decimal import Decimal

from etl.errors import Unrecognised
from etl.tables import headed, printed
from etl.tables.days import Months
from etl.tables.handed import Handed, Table, published
from etl.tables.headed import Headed
from etl.tables.printed import Unit
from etl.tables.sheet import Line, Sheet

KIND = "China customs, main imports by quantity and value"
# what a row gives: the quantity's indicator or the value's, and whether its growth is kept
CRUDE, COAL = (
    ("crude_cn_total_volume", "quantity", True),
    ("coal_cn_total_volume", "quantity", True),
)
COKING = ("coking_coal_cn_total_volume", "quantity", True)
LNG = ("lng_cn_total_value", "value", False)
PIPELINE = ("pipeline_gas_cn_total_value", "value", True)
NAMES = {
    "crude oil": CRUDE,
    "crude petroleum oil": CRUDE,
    "crude petroleum oils": CRUDE,
    "原油": CRUDE,
    "coal and lignite": COAL,
    "coal & lignite": COAL,
    "煤及褐煤": COAL,
    "coking coal": COKING,
    "炼焦煤": COKING,
    "liquefied natural gas": LNG,
    "液化天然气": LNG,
    "natural gas in gaseous state": PIPELINE,
    "pipeline natural gas": PIPELINE,
    "气态天然气": PIPELINE,
    "管道天然气": PIPELINE,
}
# the same goods where the title says that they come from Russia
What = tuple[str, str, bool]
FROM_RUSSIA: dict[What, tuple[What, ...]] = {
    CRUDE: (("crude_ru_cn_volume", "quantity", True), ("crude_ru_cn_value", "value", True)),
    COAL: (("coal_ru_cn_volume", "quantity", True), ("coal_ru_cn_value", "value", False)),
    COKING: (("coking_coal_ru_cn_volume", "quantity", True),),
    LNG: (("lng_ru_cn_volume", "quantity", True), ("lng_ru_cn_value", "value", True)),
    PIPELINE: (("pipeline_gas_ru_cn_value", "value", True),),
}
_RUSSIA = re.compile(r"russia|俄罗斯|自俄|对俄", re.IGNORECASE)
_PARTNER = re.compile(r"\bfrom (?!jan|all\b)[a-z]|自.{2,20}进口", re.IGNORECASE)
_TITLE = re.compile(r"major (import|export)|(主要|重点)商品量值", re.IGNORECASE)
_QUANTITY = re.compile(r"数量|quantity|volume", re.IGNORECASE)
_VALUE = re.compile(r"金额|价值|value|amount", re.IGNORECASE)
_UNIT = re.compile(r"计量单位|^单位$|\bunits?\b", re.IGNORECASE)

Key = tuple[str, str, bool]


def looks_like(sheet: Sheet) -> bool:
    """Return whether the title is that of a commodity table."""
    return any(_TITLE.search(cell) for line in sheet.lines[:15] for cell in line.cells)


def read(sheet: Sheet, handed: Handed) -> Table:
    """Read the rows whose totals we keep; raise Unrecognised or BadInput."""
    table = headed.take_apart(sheet, handed)
    if re.search(r"major export|出口(主要|重点)商品", table.title, re.I):
        raise Unrecognised(
            f"{handed.name} is the table of China's exports to all partners; only its imports "
            "(crude oil, coal, gas) are kept here."
        )
    of_russia = bool(_RUSSIA.search(table.title))
    if not of_russia and _PARTNER.search(table.title):
        raise Unrecognised(
            f"{handed.name}: the title names a partner, «{table.title[:120]}»; the table of all "
            "partners and that of Russia are known."
        )
    span = headed.months_of(table, handed)
    money = printed.money(table.above, table.title, handed)
    columns, units = _columns(table, span, handed)
    day, undated = published(handed, sheet, table.begins, span.end)
    told = "main imports by quantity and value" + (" from Russia" if of_russia else "")
    note = "; ".join(filter(None, [told, undated]))
    shared = {
        "kind": "actual",
        "bound": "=",
        "status": table.status,
        "published": day,
        "note": note,
    }
    rows: list[dict[str, str]] = []
    lines: list[int] = []
    for row, what in _wanted(table, of_russia, handed):
        unit = _unit(row, units, money, what, handed)
        made = _figures(row, columns, span, what, unit, handed) if unit else []
        rows += [figure | shared for figure in made]
        lines += [row.number] * len(made)
    if not rows:
        raise Unrecognised(
            f"{handed.name}: no row of crude oil, coal, coking coal, LNG or pipeline gas with a "
            f"total that is kept here was found ({money.printed})."
        )
    return Table("gacc", KIND, rows, lines, f"{KIND}, {span}, {money.printed}, {table.status}")


def _columns(table: Headed, span: Months, handed: Handed) -> tuple[dict[Key, int], int | None]:
    """Return the column of each (quantity or value, month or ytd, growth), and of the units."""
    columns: dict[Key, int] = {}
    units = next((n for n, w in enumerate(table.headings) if w and _UNIT.search(w[-1])), None)
    for entry in headed.headings(table, span, handed):
        words = table.headings[entry.column]
        measure = _measure(words)
        if not measure:
            continue
        kind = entry.kind or headed.open_kind(entry.growth, span)
        key = (measure, kind, entry.growth)
        if not kind or key in columns:
            raise Unrecognised(
                f"{handed.name}: column {entry.column + 1}, headed «{' / '.join(words)}», is not "
                "clear: the month or the year to date, of this year, by quantity or by value."
            )
        columns[key] = entry.column
    if not any(not growth for _, _, growth in columns):
        raise Unrecognised(f"{handed.name}: no columns of quantity and value were found.")
    return columns, units


def _measure(words: list[str]) -> str:
    for word in reversed(words):
        if bool(_QUANTITY.search(word)) != bool(_VALUE.search(word)):
            return "quantity" if _QUANTITY.search(word) else "value"
    return ""


def _wanted(table: Headed, of_russia: bool, handed: Handed) -> list[tuple[Line, What]]:
    """Return the rows that are kept, each with every figure that it gives."""
    found: dict[str, Line] = {}
    for row in table.rows:
        what = NAMES.get(table.label(row).lower())
        if what and what[0] in found:
            raise handed.fault(
                row.number,
                f"a second row «{table.label(row)}»; the first is line {found[what[0]].number}",
                "hand in one table at a time",
            )
        if what:
            found[what[0]] = row
    by_id = {what[0]: what for what in NAMES.values()}
    return [
        (row, one)
        for indicator, row in found.items()
        for one in (FROM_RUSSIA[by_id[indicator]] if of_russia else (by_id[indicator],))
    ]


def _unit(row: Line, units: int | None, money: Unit, what: What, handed: Handed) -> Unit | None:
    """Return the unit of the figures of a row; None for values in yuan, which have no line."""
    if what[1] == "value":
        return money if money.currency == "USD" else None
    text = row.cells[units] if units is not None and units < len(row.cells) else ""
    unit = printed.mass(text)
    if unit is None:
        raise handed.fault(
            row.number,
            f"the unit of quantity «{text}» is not known",
            "tonnes (t, 10,000 tons, 万吨) or kilograms are",
        )
    return unit


def _figures(
    row: Line,
    columns: dict[Key, int],
    span: Months,
    what: What,
    unit: Unit,
    handed: Handed,
) -> list[dict[str, str]]:
    indicator, measure, with_growth = what
    figures: dict[tuple[str, bool], Decimal] = {}
    for (of, kind, growth), column in columns.items():
        text = row.cells[column] if column < len(row.cells) else ""
        if of == measure and (with_growth or not growth):
            figure = printed.number(text, handed, row.number, growth=growth)
            if figure is not None:
                figures[(kind, growth)] = figure
    month, ytd = figures.get(("month", False)), figures.get(("ytd", False))
    if span.first != span.last or (span.last == 2 and month == ytd):
        figures = {key: figure for key, figure in figures.items() if key[0] != "month"}
    elif span.last == 1:
        said = {growth for kind, growth in figures if kind == "month"}
        figures = {k: f for k, f in figures.items() if k[0] == "month" or k[1] not in said}
    elif span.last > 1 and month is not None and ytd is not None and month >= ytd:
        raise handed.fault(
            row.number,
            f"the month {month} is not less than the year to date {ytd}",
            "look at the file: the columns are mixed up",
        )
    made = []
    for (kind, growth), figure in figures.items():
        period_kind, start, end = span.period(kind)
        cells = {"period_kind": period_kind, "period_start": start, "period_end": end}
        cells |= {"indicator": indicator, "unit": unit.id, "value": unit.text(figure)}
        if growth:
            cells |= {"indicator": f"{indicator}_yoy", "unit": "%", "terms": unit.currency}
            cells["value"] = format(figure, "f")
        made.append(cells)
    return made
