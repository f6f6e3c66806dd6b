"""Which table of flows a file is: its columns by our names, and what it leaves unsaid.

UN Comtrade CSV in the three generations of its column names, BACI, and our own template. The names
of Comtrade's columns are those of etl/tables/comtrade_csv.py.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date, timedelta

from etl.errors import Unrecognised
from etl.flows.pieces import Member, as_utf8
from etl.tables import comtrade_csv

# every field that a table may have: code as printed, figure, or flag
FIELDS = {
    "reporter": "VARCHAR",
    "partner": "VARCHAR",
    "flow": "VARCHAR",
    "revision": "VARCHAR",
    "hs": "VARCHAR",
    "period": "INTEGER",
    "value": "DOUBLE",
    "weight": "DOUBLE",
    "weight_text": "VARCHAR",
    "quantity": "DOUBLE",
    "unit": "VARCHAR",
    "weight_estimated": "VARCHAR",
    "quantity_estimated": "VARCHAR",
    "flag": "VARCHAR",
    "customs": "VARCHAR",
    "transport": "VARCHAR",
    "partner2": "VARCHAR",
    "released": "VARCHAR",
}
TEMPLATE = (
    "reporter",
    "partner",
    "flow",
    "revision",
    "hs",
    "period",
    "value_usd",
    "net_weight_kg",
    "quantity",
    "unit",
    "released",
)
_OURS = {"value_usd": "value", "net_weight_kg": "weight"}
_BACI = {
    "t": "period",
    "i": "reporter",
    "j": "partner",
    "k": "hs",
    "v": "value",
    # printed with blanks before it
    "q": "weight_text",
}


@dataclass(frozen=True)
class Form:
    """How a file is read. Scales turn its figures into USD and kg; `flow` fills in a direction.

    `columns` are our names in the order of the file, `-3` for the fourth where it is not used.
    `released` is the day that the name of the file tells; `digits` fills up HS codes with zeros.
    """

    kind: str
    source: str
    columns: tuple[str, ...]
    delimiter: str = ","
    value_scale: float = 1.0
    weight_scale: float = 1.0
    flow: str = ""
    digits: int = 0
    released: date | None = None

    def types(self, as_text: bool = False) -> dict[str, str]:
        """Return the columns of the file with the type that each is read as."""
        return {
            name: "VARCHAR" if as_text else FIELDS.get(name, "VARCHAR") for name in self.columns
        }


def recognise(member: Member, header: bytes) -> Form:
    """Return the form of a table by its first line; raise Unrecognised."""
    if b"\x00" in header:
        raise Unrecognised(f"{member.name} is no text in UTF-8; save it as CSV in UTF-8.")
    line = as_utf8(header).decode("utf-8").strip("\r")
    delimiter = max(",;\t", key=line.count)
    if delimiter == ";":
        raise Unrecognised(
            f"{member.name} separates its cells by semicolons, so that a comma may be a decimal "
            "mark; save it with commas between cells and points in numbers."
        )
    cells = next(csv.reader([line], delimiter=delimiter), [])
    found = _baci(member, cells) or _template(cells) or _comtrade(member, cells)
    if found is None:
        raise Unrecognised(
            f"{member.name}: no table of flows that is known here. Looked for: UN Comtrade CSV or "
            f"JSON, BACI (t,i,j,k,v,q), China customs' query by HS code, and our template "
            f"({','.join(TEMPLATE)}). Found: «{line[:120]}»."
        )
    return Form(**vars(found) | {"delimiter": delimiter})


def _baci(member: Member, cells: list[str]) -> Form | None:
    """BACI reconciles both sides of a flow: thousands of USD, tonnes, exporter and importer."""
    names = [cell.strip().lower() for cell in cells]
    if names != list(_BACI):
        return None
    version = re.search(r"_V(\d{4})(\d{2})", member.name)
    columns = tuple(_BACI[name] for name in names)
    day = _month_end(int(version[1]), int(version[2])) if version else None
    return Form("BACI", "baci", columns, ",", 1000.0, 1000.0, "X", 6, day)


def _template(cells: list[str]) -> Form | None:
    names = [cell.strip() for cell in cells]
    if not {"value_usd", "net_weight_kg"} & set(names):
        return None
    if tuple(names) != TEMPLATE:
        raise Unrecognised(
            "The header is nearly that of the template of flows, but not the same; write "
            f"{','.join(TEMPLATE)}"
        )
    return Form("Amur template", "template", tuple(_OURS.get(name, name) for name in names))


def _comtrade(member: Member, cells: list[str]) -> Form | None:
    names = [comtrade_csv.field(cell) for cell in cells]
    if not {"reporter", "partner", "hs"} <= set(names):
        return None
    missing = [name for name in comtrade_csv.NEEDED if name not in names]
    if missing:
        raise Unrecognised(
            f"{member.name} looks like a UN Comtrade file, but has no column for "
            f"{', '.join(missing)}; download it with all columns."
        )
    columns = [
        name if name in FIELDS and name not in names[:place] else f"-{place}"
        for place, name in enumerate(names)
    ]
    return Form(comtrade_csv.KIND, "comtrade", tuple(columns))


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
