"""Small tables of flows, as each source writes them, with invented figures."""

import gzip
import zipfile
from pathlib import Path
from typing import Any

from tests.sources.comtrade_server import body
from tests.sources.comtrade_server import row as answer_row

NEW = (
    "period,reporterCode,flowCode,partnerCode,partner2Code,classificationCode,cmdCode,customsCode,"
    "motCode,qtyUnitCode,qty,isQtyEstimated,netWgt,isNetWgtEstimated,primaryValue"
)
SNAKE = (
    "period,reporter_code,flow_code,partner_code,partner2code,classification_code,cmd_code,"
    "customs_code,mot_code,qty_unit_code,qty,is_qty_estimated,net_wgt,is_net_wgt_estimated,"
    "primary_value"
)
OLD = (
    "Classification,Year,Period,Trade Flow Code,Trade Flow,Reporter Code,Reporter,Partner Code,"
    "Partner,Commodity Code,Commodity,Qty Unit Code,Qty,Netweight (kg),Trade Value (US$),Flag"
)
CHIPS = {
    "period": "202401",
    "reporter": "156",
    "flow": "X",
    "partner": "643",
    "partner2": "0",
    "revision": "H6",
    "hs": "854231",
    "customs": "C00",
    "transport": "0",
    "unit": "5",
    "quantity": "1000",
    "quantity_estimated": "False",
    "weight": "250.5",
    "weight_estimated": "False",
    "value": "123456.75",
}


def new(*rows: dict[str, str], header: str = NEW) -> str:
    """Return a CSV of UN Comtrade in its present columns: chips to Russia, but for the changes."""
    lines = [",".join((CHIPS | changes).values()) for changes in rows or ({},)]
    return "\n".join([header, *lines, ""])


def old(**changes: str) -> str:
    cells = CHIPS | changes
    figures = ",".join(cells[name] for name in ("quantity", "weight", "value"))
    pair = f"H3,2017,{cells['period']},2,Export,156,China,643,Russian Federation,{cells['hs']}"
    return f'{OLD}\n{pair},"Processors, and controllers",5,{figures},0\n'


def answer(*changes: dict[str, Any]) -> bytes:
    rows = [answer_row(("156", "643", "X", "854231", "202401")) | each for each in changes or ({},)]
    return body(rows)


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    raw = content.encode() if isinstance(content, str) else content
    if name.endswith(".gz"):
        raw = gzip.compress(raw)
    path.write_bytes(raw)
    return path


def packed(folder: Path, name: str, **members: str) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for inner, content in members.items():
            archive.writestr(f"{inner}.csv", content)
    return path
