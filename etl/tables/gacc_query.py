"""China customs' query site: goods by HS code and partner, summed by HS4 and HS6.

The site gives at most ROWS rows and no hint that it cut off. The Chinese file states neither month
nor direction; they must stand in its name.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from etl.errors import Unrecognised
from etl.tables import days, printed
from etl.tables.days import Months
from etl.tables.flows import Flow, observations
from etl.tables.handed import Handed, Table, published
from etl.tables.sheet import Line, Sheet

KIND = "China customs, query by HS code and partner"
ROWS = 10_000
RUSSIA = "344"
NAMES = ("russia", "russian federation", "俄罗斯", "俄罗斯联邦")
HEADINGS = {
    "数据年月": "date",
    "date of data": "date",
    "商品编码": "code",
    "commodity code": "code",
    "贸易伙伴编码": "partner_code",
    "trading partner code": "partner_code",
    "贸易伙伴名称": "partner",
    "trading partner": "partner",
    "第一数量": "quantity",
    "quantity": "quantity",
    "第一计量单位": "unit",
    "unit": "unit",
    "第二数量": "second",
    "supplimentary quantity": "second",
    "supplementary quantity": "second",
    "第二计量单位": "second_unit",
    "supplimentary unit": "second_unit",
    "supplementary unit": "second_unit",
    "美元": "value",
    "us dollar": "value",
    "人民币": "yuan",
    "rmb": "yuan",
}
FIGURES = ("quantity", "second", "value")
# words of units; 5 is the code by which Comtrade knows a number of items
KILOGRAMS = ("千克", "kilogram", "kg", "公斤")
ITEMS = ("辆", "台", "个", "number of item", "set", "unit")
# headings of which one code is all there is, or all there is from Russia; and the parts of others
ALONE = ("2702", "2709")
PARTS = {"2701": {"270111", "270112", "270119"}}


@dataclass
class Sum:
    """What the rows of one HS code add up to; a missing quantity leaves none."""

    rows: int = 0
    value: Decimal = Decimal(0)
    weight: Decimal | None = Decimal(0)
    items: Decimal | None = Decimal(0)
    lines: list[int] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)


def looks_like(sheet: Sheet) -> bool:
    """Return whether the first line holds the headings of the query site."""
    return {"code", "partner_code"} <= set(_columns(sheet)) or {"code", "partner"} <= set(
        _columns(sheet)
    )


def read(sheet: Sheet, handed: Handed) -> Table:
    """Sum the rows of Russia by month and HS code; raise Unrecognised or BadInput."""
    sums, flow = _read(sheet, handed)
    rows: list[dict[str, str]] = []
    numbers: list[int] = []
    for row, under in observations(_flows(sums, flow)):
        day, undated = published(handed, sheet, 0, under[0].end)
        several = sum(one.rows for one in under)
        codes = "+".join(sorted({one.hs for one in under}))
        note = f"sum of the file's {several} rows of HS {codes}" if several > 1 else ""
        status = "derived" if several > 1 else row["status"]
        told = "; ".join(filter(None, [note, undated]))
        rows.append(row | {"status": status, "published": day, "note": told})
        numbers.append(min(one.line for one in under))
    if not rows:
        raise Unrecognised(
            f"{handed.name}: its codes give no indicator that is kept here; a sum needs all "
            "codes of a heading and all headings (2701, 2702: coal; 8456 to 8466: machine tools)."
        )
    shown = ", ".join(str(months) for months in sorted(sums))
    way = "imports from" if flow == "M" else "exports to"
    return Table("gacc", KIND, rows, numbers, f"{KIND}, {way} Russia, {shown}, US dollars")


def flows(sheet: Sheet, handed: Handed) -> list[tuple[Flow, str]]:
    """Return the sums by month and HS code, each with the day that it counts as published.

    Raises Unrecognised or BadInput.
    """
    sums, flow = _read(sheet, handed)
    return [(one, published(handed, sheet, 0, one.end)[0]) for one in _flows(sums, flow)]


def _read(sheet: Sheet, handed: Handed) -> tuple[dict[Months, dict[str, Sum]], str]:
    """Return the sums of Russia's rows by month and HS code, and the direction."""
    columns = _columns(sheet)
    if "value" not in columns:
        fix = "ask the site for US dollars" if "yuan" in columns else "keep its column 美元"
        raise Unrecognised(f"{handed.name}: there is no column of US dollars; {fix}.")
    flow = _direction(handed)
    lines = [line for line in sheet.lines[1:] if any(line.cells)]
    if len(lines) >= ROWS:
        raise Unrecognised(
            f"{handed.name} holds {len(lines)} rows, and the site gives {ROWS} at most: the rest "
            "is cut off. Ask for Russia alone and for fewer codes."
        )
    sums = _sums(lines, columns, handed)
    if not sums:
        raise Unrecognised(
            f"{handed.name}: no row of Russia (code {RUSSIA}) stands among its {len(lines)} rows."
        )
    return sums, flow


def _columns(sheet: Sheet) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(sheet.lines[0].cells if sheet.lines else []):
        name = HEADINGS.get(cell.lower())
        if name:
            found.setdefault(name, place)
    return found


def _direction(handed: Handed) -> str:
    name = handed.name.lower()
    imports = bool(re.search(r"import|进口|^i\d{3}", name))
    exports = bool(re.search(r"export|出口|^e\d{3}", name))
    if imports == exports:
        raise Unrecognised(
            f"{handed.name}: the columns do not say whether these are imports or exports; put "
            "import, export, 进口 or 出口 into the name of the file."
        )
    return "M" if imports else "X"


def _months(text: str, line: Line, handed: Handed) -> Months:
    """Return the month of a row's date, or of the file's name where there is no date."""
    match = re.fullmatch(r"(\d{4})[-/.]?(\d{2})", text)
    if text and not (match and 1 <= int(match[2]) <= 12):
        raise handed.fault(line.number, f"the date «{text}» is no month", "write it as 202608")
    return Months(int(match[1]), int(match[2]), int(match[2])) if match else _named(handed)


def _named(handed: Handed) -> Months:
    name = handed.name.rsplit(".", 1)[0].lower()
    short = re.fullmatch(r"[ie]\d{3}(20\d\d)(\d{1,2})", name)
    pairs = [(short[1], short[2])] if short else []
    pairs = pairs or re.findall(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])(?!\d)", name)
    found = {Months(int(year), int(month), int(month)) for year, month in pairs}
    found |= days.months(name) if not found else set()
    if len(found) != 1 or any(one.first != one.last for one in found):
        raise Unrecognised(
            f"{handed.name}: the file has no column with the month, so that one month must stand "
            "in its name (202608 or 2026-08)."
        )
    return found.pop()


def _sums(
    lines: list[Line], columns: dict[str, int], handed: Handed
) -> dict[Months, dict[str, Sum]]:
    sums: dict[Months, dict[str, Sum]] = defaultdict(lambda: defaultdict(Sum))
    seen: dict[tuple[str, ...], int] = {}
    length = 0
    for line in lines:
        cells = {name: _cell(line, place) for name, place in columns.items()}
        if not _is_russia(cells, line, handed):
            continue
        code = cells["code"].zfill(len(cells["code"]) + len(cells["code"]) % 2)
        if not re.fullmatch(r"\d{4,10}", code) or length not in (0, len(code)):
            raise handed.fault(
                line.number,
                f"the code «{cells['code']}» is no HS code like the others",
                "hand in one length of code at a time, or sums would count twice",
            )
        length = len(code)
        key = tuple(c for n, c in enumerate(line.cells) if n not in _figure_places(columns))
        if key in seen:
            what = f"the same goods, partner and regime stand in line {seen[key]} too"
            raise handed.fault(line.number, what, "remove one, or the sum counts it twice")
        seen[key] = line.number
        months = _months(cells.get("date", ""), line, handed)
        _demand_over(months, line, handed)
        for digits in {4, min(6, length)}:
            sums[months][code[:digits]].codes.add(code)
            _add(sums[months][code[:digits]], cells, line, handed)
    return sums


def _demand_over(months: Months, line: Line, handed: Handed) -> None:
    if months.end >= handed.retrieved:
        raise handed.fault(line.number, f"{months} has not ended", "correct the month")


def _figure_places(columns: dict[str, int]) -> set[int]:
    return {columns[name] for name in FIGURES if name in columns}


def _cell(line: Line, place: int) -> str:
    return line.cells[place] if place < len(line.cells) else ""


def _is_russia(cells: dict[str, str], line: Line, handed: Handed) -> bool:
    code, name = cells.get("partner_code"), cells.get("partner")
    by_code, by_name = code == RUSSIA, (name or "").lower() in NAMES
    if code is not None and name is not None and by_code != by_name:
        raise handed.fault(
            line.number,
            f"partner {code} is called «{name}»; Russia is {RUSSIA} at this site",
            "hand in the file as it was downloaded",
        )
    return by_code or by_name


def _add(into: Sum, cells: dict[str, str], line: Line, handed: Handed) -> None:
    value = printed.number(cells["value"], handed, line.number)
    if value is None:
        raise handed.fault(line.number, "the row has no value", "hand in the file as downloaded")
    into.rows += 1
    into.value += value
    into.lines.append(line.number)
    for attribute, units in (("weight", KILOGRAMS), ("items", ITEMS)):
        so_far = getattr(into, attribute)
        quantity = _quantity(cells, units, line, handed)
        gap = so_far is None or quantity is None or (quantity == 0 and value > 0)
        setattr(into, attribute, None if gap else so_far + quantity)


def _quantity(
    cells: dict[str, str], units: tuple[str, ...], line: Line, handed: Handed
) -> Decimal | None:
    for amount, unit in (("quantity", "unit"), ("second", "second_unit")):
        if cells.get(unit, "").lower() in units:
            return printed.number(cells.get(amount, ""), handed, line.number)
    return None


def _flows(sums: dict[Months, dict[str, Sum]], flow: str) -> list[Flow]:
    return [
        Flow(
            period_kind="month",
            start=date(months.year, months.last, 1),
            end=months.end,
            reporter="CHN",
            partner="RUS",
            flow=flow,
            hs=hs,
            value=one.value,
            weight=one.weight,
            quantity=one.items,
            line=min(one.lines),
            rows=one.rows,
        )
        for months, by_code in sorted(sums.items())
        for hs, one in sorted(by_code.items())
        if _is_whole(hs, one)
    ]


def _is_whole(hs: str, one: Sum) -> bool:
    """Return whether the file is known to hold all of a heading, and not some of its codes.

    A query for coking coal must not pass for hard coal: what may be a part gives no figure.
    """
    below = {code for code in one.codes if len(code) > len(hs)}
    if not below or hs in ALONE or len(hs) == 6:
        return True
    return hs in PARTS and {code[:6] for code in below} >= PARTS[hs]
