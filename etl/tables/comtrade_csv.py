"""UN Comtrade, a CSV of its web page or its programs: rows of flows by the names of their columns.

Three generations name the columns differently. Breakdowns by transport, customs procedure and
second partner are parts of a total that stands beside them, and are left out.
"""

import calendar
import re
from datetime import date
from decimal import Decimal

from etl.errors import Unrecognised
from etl.sources.comtrade_scope import COUNTRIES
from etl.tables import printed
from etl.tables.flows import ITEMS, Flow, observations
from etl.tables.handed import UNDATED, Handed, Table
from etl.tables.sheet import Line, Sheet

KIND = "UN Comtrade CSV"
COLUMNS = {
    "reportercode": "reporter",
    "partnercode": "partner",
    "flowcode": "flow",
    "tradeflowcode": "flow",
    "cmdcode": "hs",
    "commoditycode": "hs",
    "period": "period",
    "refyear": "year",
    "refmonth": "month",
    "primaryvalue": "value",
    "tradevalueus": "value",
    "netwgt": "weight",
    "netweightkg": "weight",
    "qty": "quantity",
    "qtyunitcode": "unit",
    "isnetwgtestimated": "weight_estimated",
    "isqtyestimated": "quantity_estimated",
    "legacyestimationflag": "flag",
    "flag": "flag",
    "partner2code": "partner2",
    "2ndpartnercode": "partner2",
    "customscode": "customs",
    "customsproccode": "customs",
    "motcode": "transport",
    "modeoftransportcode": "transport",
    "classificationcode": "revision",
    "classification": "revision",
}
NEEDED = ("reporter", "partner", "flow", "hs", "period", "value")
TOTALS = {"partner2": ("", "0"), "customs": ("", "C00"), "transport": ("", "0")}
FLOWS = {"1": "M", "2": "X"}
# the old flag: 2 the quantity was estimated, 4 the weight, 6 both
ESTIMATED = {"weight_estimated": ("4", "6"), "quantity_estimated": ("2", "6")}
CAP = 250_000


def looks_like(sheet: Sheet) -> bool:
    """Return whether the first line names reporter, partner, code and value as Comtrade does."""
    return {"reporter", "partner", "hs"} <= set(_columns(sheet))


def field(heading: str) -> str:
    """Return our name for a column by its heading in any generation; empty for one not used."""
    return COLUMNS.get(re.sub(r"[^a-z0-9]", "", heading.lower()), "")


def read(sheet: Sheet, handed: Handed) -> Table:
    """Read the flows that the definitions use; raise Unrecognised or BadInput."""
    columns = _columns(sheet)
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        names = [name for name, ours in COLUMNS.items() if ours in missing]
        raise Unrecognised(
            f"{handed.name} looks like a UN Comtrade file, but has no column for "
            f"{', '.join(missing)} ({', '.join(names)}); download it with all columns."
        )
    lines = [line for line in sheet.lines[1:] if any(line.cells)]
    if len(lines) in (500, CAP):
        raise Unrecognised(
            f"{handed.name} holds {len(lines)} rows, as many as the server ever gives: the rest is "
            "cut off. Ask for fewer codes, partners or periods."
        )
    flows = _flows(lines, columns, len(sheet.lines[0].cells), handed)
    rows: list[dict[str, str]] = []
    numbers: list[int] = []
    for row, under in observations(flows) if flows else []:
        rows.append(row | {"published": handed.retrieved.isoformat(), "note": UNDATED})
        numbers.append(min(flow.line for flow in under))
    if not rows:
        raise Unrecognised(
            f"{handed.name}: none of its {len(lines)} rows is a total flow that is kept here "
            "(China or Hong Kong as reporter, Russia or a supplier of China as partner)."
        )
    first, last = min(row["period_start"] for row in rows), max(row["period_end"] for row in rows)
    return Table("comtrade", KIND, rows, numbers, f"{KIND}, {first} to {last}, {len(lines)} rows")


def _columns(sheet: Sheet) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(sheet.lines[0].cells if sheet.lines else []):
        name = field(cell)
        if name:
            found.setdefault(name, place)
    return found


def _flows(lines: list[Line], columns: dict[str, int], width: int, handed: Handed) -> list[Flow]:
    """Return one flow a key; a row that only repeats another is left out."""
    kept: dict[tuple[str, ...], tuple[Flow, tuple[object, ...]]] = {}
    for line in lines:
        if any(line.cells[width:]):
            what = f"{len(line.cells)} cells under {width} headings: the columns are shifted"
            raise handed.fault(line.number, what, "quote cells with commas")
        cells = {n: line.cells[p] if p < len(line.cells) else "" for n, p in columns.items()}
        if any(cells.get(name, "") not in totals for name, totals in TOTALS.items()):
            continue
        flow = _flow(cells, line, handed)
        if flow is None:
            continue
        key = (
            flow.reporter,
            flow.partner,
            flow.flow,
            flow.hs,
            flow.start.isoformat(),
            flow.period_kind,
        )
        figures = (flow.value, flow.weight, flow.quantity)
        if key in kept and kept[key][1] != figures:
            what = f"another figure for {' '.join(key[:4])} than in line {kept[key][0].line}"
            raise handed.fault(line.number, what, "hand in one version of the data")
        kept.setdefault(key, (flow, figures))
    return [flow for flow, _ in kept.values()]


def _flow(cells: dict[str, str], line: Line, handed: Handed) -> Flow | None:
    """Return the flow of a row; None for countries and directions that are not ours."""
    reporter, partner = (COUNTRIES.get(cells[name]) for name in ("reporter", "partner"))
    direction = FLOWS.get(cells["flow"], cells["flow"].upper())
    if not reporter or not partner or direction not in ("M", "X"):
        return None
    figures = {
        name: printed.number(cells.get(name, ""), handed, line.number)
        for name in ("value", "weight", "quantity")
    }
    kind, start, end = _period(cells["period"], line, handed)
    estimated = {
        name: cells.get(name, "").lower() in ("true", "1") or cells.get("flag", "") in flags
        for name, flags in ESTIMATED.items()
    }
    return Flow(
        period_kind=kind,
        start=start,
        end=end,
        reporter=reporter,
        partner=partner,
        flow=direction,
        hs=cells["hs"].upper(),
        value=figures["value"],
        weight=_published(figures["weight"]),
        quantity=_published(figures["quantity"]),
        quantity_unit=cells.get("unit", "") or ITEMS * ("unit" not in cells),
        line=line.number,
        **estimated,
    )


def _published(quantity: Decimal | None) -> Decimal | None:
    """Return the quantity; 0 and nothing both say that none was published."""
    return quantity or None


def _period(text: str, line: Line, handed: Handed) -> tuple[str, date, date]:
    match = re.fullmatch(r"(\d{4})(0[1-9]|1[0-2])?", text)
    if not match:
        raise handed.fault(line.number, f"the period «{text}» is no year or month", "write 202608")
    first, last = (int(match[2]),) * 2 if match[2] else (1, 12)
    year = int(match[1])
    end = date(year, last, calendar.monthrange(year, last)[1])
    if end >= handed.retrieved:
        raise handed.fault(line.number, f"the period {text} has not ended", "correct the period")
    return "month" if match[2] else "year", date(year, first, 1), end
