"""European Central Bank: monthly means of the euro's dollar and yuan rates.

The yuan for a dollar is the cross of the two means. It follows the mean of daily crosses, which the
shipped file holds, to about a thousandth: so many digits are handed on. There is no rouble rate
since 2022-03; it comes from the Bank of Russia.
"""

import csv
import io
import re
from datetime import date
from decimal import Decimal

from etl.answers import LATER
from etl.errors import BadFigures, ChangedShape, NotTheData
from etl.exchange import Access, Parsed, Payload, Plan, Request, Scope
from etl.sources import rows
from etl.sources.rows import DOUBT, REPORT, Row

ACCESS = Access("https://data-api.ecb.europa.eu", pace=1.0, cap_mb=16)
PATH = "/service/data/EXR/M.USD+CNY.EUR.SP00.A"
FIRST = date(2015, 1, 1)
INDICATORS = ("fx_eur_usd", "fx_usd_cny")
# a start after the newest month would be answered by 404
BACK = 2
THOUSANDTH = Decimal("0.001")
COLUMNS = ("CURRENCY", "TIME_PERIOD", "OBS_VALUE")


def plan(scope: Scope) -> Plan:
    """Ask for the months from two before what is held."""
    held = [scope.held.get(name) for name in INDICATORS]
    last = min((day for day in held if day), default=None)
    start = FIRST if last is None or None in held else max(FIRST, _before(last, BACK))
    since = f"{start:%Y-%m}"
    yield Request(
        name="monthly",
        path=PATH,
        params={"startPeriod": since, "format": "csvdata"},
        expects="csv",
        period=f"{since} to {scope.today:%Y-%m}",
    )


def _before(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def parse(payload: Payload) -> Parsed:
    """Read the CSV by its column names."""
    if payload.status == 204:
        return Parsed()
    means: dict[str, dict[date, Decimal]] = {"USD": {}, "CNY": {}}
    for cells in _lines(rows.text_of(payload)):
        currency, (first, last) = cells["CURRENCY"], _month(cells["TIME_PERIOD"])
        where = f"the {currency} rate of {first:%Y-%m}"
        mean = rows.figure(cells["OBS_VALUE"], where)
        if mean is None or currency not in means or not rows.over(payload, last):
            continue
        if mean == 0:
            raise BadFigures(f"{where} is zero", DOUBT)
        if means[currency].setdefault(first, mean) != mean:
            raise BadFigures(f"{where} stands twice: {means[currency][first]} and {mean}", DOUBT)
    return Parsed(_dollars(means["USD"]) + _crosses(means["USD"], means["CNY"]))


def _dollars(means: dict[date, Decimal]) -> list[Row]:
    note = "monthly mean of the daily rates, computed by the ECB"
    return [
        _row("fx_eur_usd", first, rows.plain(mean), "USD/EUR", note)
        for first, mean in sorted(means.items())
    ]


def _crosses(dollars: dict[date, Decimal], yuan: dict[date, Decimal]) -> list[Row]:
    note = "cross of the monthly means of the euro's yuan and dollar rates"
    found = []
    for first in sorted(dollars.keys() & yuan.keys()):
        cross = (yuan[first] / dollars[first]).quantize(THOUSANDTH)
        found.append(_row("fx_usd_cny", first, rows.plain(cross), "CNY/USD", note))
    return found


def _row(indicator: str, first: date, value: str, unit: str, note: str) -> Row:
    period = ("month", *rows.month(first.year, first.month))
    return rows.row(indicator, period, value, unit, "derived", note)


def _lines(text: str) -> list[dict[str, str]]:
    """Return the lines by column name; raise ChangedShape or NotTheData."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        rows.demand_columns(COLUMNS, header, "the CSV")
        found = []
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                what = f"line {reader.line_num} has {len(cells)} cells, the header {len(header)}"
                raise NotTheData(what, LATER)
            found.append(dict(zip(header, cells, strict=True)))
    except csv.Error as error:
        raise NotTheData(f"line {reader.line_num} is no CSV ({error})", LATER) from error
    _demand_rates(found)
    return found


def _demand_rates(lines: list[dict[str, str]]) -> None:
    """Raise ChangedShape unless these are monthly rates of one euro."""
    for number, cells in enumerate(lines, start=2):
        for name, wanted in (("FREQ", "M"), ("CURRENCY_DENOM", "EUR")):
            if cells.get(name, wanted) != wanted:
                what = f"line {number}: {name} is «{cells[name][:20]}» in place of {wanted}"
                raise ChangedShape(what, REPORT)


def _month(text: str) -> tuple[date, date]:
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text.strip())
    if not found:
        raise ChangedShape(f"TIME_PERIOD «{text[:20]}» is no month", REPORT)
    return rows.month(int(found[1]), int(found[2]))
