"""World Bank Commodity Price Data, the Pink Sheet: one workbook with every month of every price.

Its address changes with the releases: it is looked up on the page of commodity markets, and where
that gives none, the last good address is asked. Every release may restate the whole history.
"""

import html
import re
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from etl import workbook
from etl.answers import LATER
from etl.errors import BadFigures, ChangedShape, NotTheData, Refused, Unrecognised
from etl.exchange import Access, Parsed, Payload, Plan, Request, Scope
from etl.sources import rows
from etl.sources.rows import DOUBT, REPORT, Row

ACCESS = Access("https://www.worldbank.org", pace=1.0, cap_mb=64)
PAGE = "/en/research/commodity-markets"
NAME = "CMO-Historical-Data-Monthly.xlsx"
KNOWN = (
    "https://thedocs.worldbank.org/en/doc/"
    f"74e8be41ceb20fa0da750cda2f6b9e4e-0050012026/related/{NAME}"
)
SHEET = "Monthly Prices"
# name in the sheet (without its marks): our indicator, the unit line, our unit
SERIES = {
    "crude oil, average": ("price_crude_average", "($/bbl)", "USD/bbl"),
    "crude oil, brent": ("price_brent", "($/bbl)", "USD/bbl"),
    "crude oil, dubai": ("price_dubai", "($/bbl)", "USD/bbl"),
    "crude oil, wti": ("price_wti", "($/bbl)", "USD/bbl"),
    "coal, australian": ("price_coal_au", "($/mt)", "USD/t"),
    "coal, south african": ("price_coal_za", "($/mt)", "USD/t"),
    "natural gas, us": ("price_gas_us", "($/mmbtu)", "USD/MMBtu"),
    "natural gas, europe": ("price_gas_eu", "($/mmbtu)", "USD/MMBtu"),
    "liquefied natural gas, japan": ("price_lng_jp", "($/mmbtu)", "USD/MMBtu"),
}
# the sheet starts in 1960; the catalogue's lines start here
FIRST_YEAR = 1990
HEAD_ROWS = 20

Cells = list[list[Any]]


def plan(scope: Scope) -> Plan:
    """Look up the address of the workbook, then ask for it."""
    page = yield Request("page", PAGE, expects="html", lookup=True, optional=True)
    found = _link(page, scope.overridden) if page else ""
    address = found or str(scope.memory.get("workbook") or KNOWN)
    workbook = yield Request(
        name="workbook",
        path=address,
        expects="xlsx",
        period=f"{FIRST_YEAR}-01 to {scope.today:%Y-%m}",
        optional=True,
    )
    if workbook:
        scope.memory["workbook"] = address
    elif not found:
        raise Refused(
            f"the page gave no link to {NAME}, and its last known address did not give it either",
            "open the page: if the workbook is still there, update Amur or report it; "
            "if not, it is looked for again at the next refresh",
            url=scope.base + PAGE,
        )


def _link(page: Payload, anywhere: bool) -> str:
    """Return the address of the workbook that the page names, or nothing."""
    text = html.unescape(page.content().decode("utf-8", errors="replace"))
    for found in re.findall(rf"[^\s\"'<>()\\]*{re.escape(NAME)}", text):
        address: str = urljoin(page.url, found)
        host = urlsplit(address).hostname or ""
        if anywhere or host == "worldbank.org" or host.endswith(".worldbank.org"):
            return address
    return ""


def parse(payload: Payload) -> Parsed:
    """Read the sheet of monthly prices; names and units are found by what they say."""
    cells = _sheet(payload.content())
    head = _head(cells)
    columns = _columns(cells, head)
    note = _updated(cells)
    found = []
    for number, line in enumerate(cells[head + 2 :], start=head + 3):
        month = re.fullmatch(r"(\d{4})M(0[1-9]|1[0-2])", str(line[0]).strip())
        if not month:
            continue
        first, last = rows.month(int(month[1]), int(month[2]))
        if first.year >= FIRST_YEAR and rows.over(payload, last):
            found += _prices(line, number, ("month", first, last), columns, note)
    if not found:
        raise ChangedShape(f"sheet {SHEET} has no month since {FIRST_YEAR}M01", REPORT)
    return Parsed(rows.once(found))


def _sheet(content: bytes) -> Cells:
    """Return the cells of the sheet; raise NotTheData when the file is none or a bomb."""
    try:
        found = workbook.sheets(NAME, content)
    except Unrecognised as error:
        raise NotTheData(str(error).rstrip("."), LATER) from error
    for title, first, lines in found:
        if title == SHEET:
            # rows above the first filled one are there for a person who counts
            return [[""]] * (first - 1) + lines
    names = ", ".join(title for title, _, _ in found[:8])
    raise ChangedShape(f"the workbook has no sheet {SHEET}; it has {names}", REPORT)


def _name(cell: object) -> str:
    """Return the name of a series without footnote marks."""
    return " ".join(str(cell).replace("*", " ").split()).casefold()


def _head(cells: Cells) -> int:
    for number, line in enumerate(cells[:HEAD_ROWS]):
        if "crude oil, brent" in (_name(cell) for cell in line):
            return number
    raise ChangedShape(
        f"the first {HEAD_ROWS} rows of sheet {SHEET} do not name «Crude oil, Brent»", REPORT
    )


def _columns(cells: Cells, head: int) -> dict[int, tuple[str, str]]:
    """Return indicator and unit by column; raise ChangedShape on another name or unit line."""
    names = [_name(cell) for cell in cells[head]]
    rows.demand_columns(SERIES, [name for name in names if name], f"row {head + 1} of {SHEET}")
    units = [str(cell) for cell in cells[head + 1]] if head + 1 < len(cells) else []
    found = {}
    for name, (indicator, wanted, unit) in SERIES.items():
        column = names.index(name)
        said = "".join(units[column].split()) if column < len(units) else ""
        if said.casefold() != wanted:
            raise ChangedShape(
                f"the unit of «{name}» (sheet {SHEET}, row {head + 2}, column {column + 1}) "
                f"is «{said[:30]}» in place of {wanted}",
                REPORT,
            )
        found[column] = (indicator, unit)
    return found


def _prices(
    line: list[Any],
    number: int,
    period: tuple[str, date, date],
    columns: dict[int, tuple[str, str]],
    note: str,
) -> list[Row]:
    found = []
    for column, (indicator, unit) in columns.items():
        where = f"{indicator} of {period[1]:%Y-%m} (row {number})"
        price = rows.figure(line[column], where)
        if price == 0:
            raise BadFigures(f"{where} is zero", DOUBT)
        if price is not None:
            # the shipped history was printed like this: unchanged prices repeat digit by digit
            value = str(round(float(price), 2))
            found.append(rows.row(indicator, period, value, unit, "reported", note))
    return found


def _updated(cells: Cells) -> str:
    """Return when the World Bank says that it updated the sheet, as a note."""
    said = " ".join(str(cell) for line in cells[:10] for cell in line)
    found = re.search(r"updated on\s+([a-z]+ \d{1,2}, \d{4})", said, re.IGNORECASE)
    try:
        day = datetime.strptime(f"{found[1]} +0000", "%B %d, %Y %z") if found else None
    except ValueError:
        return ""
    return f"Pink Sheet updated on {day:%Y-%m-%d}" if day else ""
