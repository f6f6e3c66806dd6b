"""Bank of Russia: official rouble rates of the dollar and the yuan, by day and as monthly means."""

import re
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from etl.answers import LATER
from etl.errors import BadFigures, ChangedShape, NotTheData
from etl.exchange import Access, Parsed, Payload, Plan, Request, Scope
from etl.sources import rows
from etl.sources.rows import DOUBT, REPORT, Row

ACCESS = Access("https://www.cbr.ru", pace=1.0, cap_mb=16)
PATH = "/scripts/XML_dynamic.asp"
# code of the currency at the Bank of Russia: its name, our indicator and unit
CURRENCIES = {
    "R01235": ("USD", "fx_usd_rub", "RUB/USD"),
    "R01375": ("CNY", "fx_cny_rub", "RUB/CNY"),
}
FIRST = date(2023, 12, 1)
TEN_THOUSANDTH = Decimal("0.0001")


def plan(scope: Scope) -> Plan:
    """Ask for whole months, from the first day of the month after what is held."""
    for code, (currency, indicator, _) in CURRENCIES.items():
        after = scope.held.get(indicator, FIRST - timedelta(days=1)) + timedelta(days=1)
        start = min(after, scope.today).replace(day=1)
        yield Request(
            name=currency,
            path=PATH,
            params={
                "date_req1": f"{start:%d/%m/%Y}",
                "date_req2": f"{scope.today:%d/%m/%Y}",
                "VAL_NM_RQ": code,
            },
            expects="xml",
            period=f"{start} to {scope.today}",
        )


def parse(payload: Payload) -> Parsed:
    """Read daily rates, and the means of the months that the answer holds whole."""
    root = _root(payload)
    code = root.get("ID", "")
    if code not in CURRENCIES:
        raise ChangedShape(f"the rates are of «{code[:20]}», which was not asked for", REPORT)
    currency, indicator, unit = CURRENCIES[code]
    asked = payload.request.params.get("VAL_NM_RQ", code)
    if asked != code:
        raise ChangedShape(f"{CURRENCIES[asked][0]} was asked for, {currency} came", REPORT)
    days = [
        rows.row(indicator, ("day", day, day), rows.plain(rate), unit, "reported")
        for day, rate in _rates(root, currency)
        if rows.over(payload, day)
    ]
    days = rows.once(days)
    return Parsed(days + _means(payload, _span(payload, root), days))


def _root(payload: Payload) -> Element:
    try:
        root: Element = fromstring(payload.content())
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        raise NotTheData(f"the body is no sound XML ({error})", LATER) from error
    if root.tag != "ValCurs":
        raise NotTheData(f"the XML is <{root.tag[:40]}> in place of <ValCurs>", LATER)
    said = (root.text or "").strip()
    if said:
        raise ChangedShape(f"the server says «{said[:100]}» in place of rates", REPORT)
    return root


def _rates(root: Element, currency: str) -> list[tuple[date, Decimal]]:
    """Return (day, roubles for one unit) of every record; a record without a value is left out."""
    found = []
    for record in root.iter("Record"):
        day = _day(record.get("Date", ""))
        where = f"the {currency} rate of {day}"
        value = rows.figure((record.findtext("Value") or "").replace(",", "."), where)
        if value is None:
            continue
        nominal = (record.findtext("Nominal") or "").strip()
        if not re.fullmatch(r"10{0,6}", nominal):
            what = f"{where} is for «{nominal[:20]}» units, which is no power of ten"
            raise BadFigures(what, DOUBT)
        # a power of ten moves the point: every digit printed is kept
        found.append((day, value.scaleb(1 - len(nominal))))
    return found


def _day(text: str) -> date:
    found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text.strip())
    if found:
        with suppress(ValueError):
            return date(int(found[3]), int(found[2]), int(found[1]))
    raise ChangedShape(f"«{text[:20]}» is no date dd.mm.yyyy", REPORT)


def _span(payload: Payload, root: Element) -> tuple[date, date]:
    """Return the days that the answer covers: what it says, else what was asked."""
    asked = payload.request.params
    said = [
        root.get(f"DateRange{end}") or asked.get(f"date_req{end}", "").replace("/", ".")
        for end in (1, 2)
    ]
    return _day(said[0]), _day(said[1])


def _means(payload: Payload, span: tuple[date, date], days: list[Row]) -> list[Row]:
    by_month: dict[str, list[Row]] = {}
    for day in days:
        by_month.setdefault(day["period_start"][:7], []).append(day)
    found = []
    for name, members in sorted(by_month.items()):
        first, last = rows.month(int(name[:4]), int(name[5:]))
        if span[0] <= first and last <= span[1] and rows.over(payload, last):
            mean = sum((Decimal(day["value"]) for day in members), Decimal(0)) / len(members)
            found.append(
                rows.row(
                    members[0]["indicator"],
                    ("month", first, last),
                    rows.plain(mean.quantize(TEN_THOUSANDTH)),
                    members[0]["unit"],
                    "derived",
                    f"mean of {len(members)} published rates",
                )
            )
    return found
