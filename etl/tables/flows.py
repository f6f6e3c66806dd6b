"""Trade flows from a file as table `flow`, on which the definitions of etl/sql/flows run."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import duckdb

from etl.sources import comtrade_flow

if TYPE_CHECKING:
    import pandas as pd

# the number by which Comtrade knows a quantity in items
ITEMS = "5"


@dataclass(frozen=True)
class Flow:
    """Goods of one HS code between two countries: value in USD, weight in kg.

    `line` is where it stands in the file, `rows` how many rows of the file it sums up.
    """

    period_kind: str
    start: date
    end: date
    reporter: str
    partner: str
    flow: str
    hs: str
    value: Decimal | None
    weight: Decimal | None
    quantity: Decimal | None
    quantity_unit: str = ITEMS
    weight_estimated: bool = False
    quantity_estimated: bool = False
    line: int = 0
    rows: int = 1


def observations(flows: list[Flow]) -> list[tuple[dict[str, str], list[Flow]]]:
    """Return the observations that the definitions make of flows, each with what it rests on."""
    with duckdb.connect() as con:
        con.register("incoming", _frame(flows))
        con.execute(
            "CREATE TEMP TABLE flow AS SELECT * REPLACE (period_start::DATE AS period_start, "
            "period_end::DATE AS period_end, value::DECIMAL(38, 6) AS value, "
            "weight::DECIMAL(38, 6) AS weight, quantity::DECIMAL(38, 6) AS quantity) FROM incoming"
        )
        codes = frozenset(flow.hs for flow in flows)
        rows = comtrade_flow.observations(con, codes, "")
    return [(row, _under(row, flows)) for row in rows]


def _frame(flows: list[Flow]) -> "pd.DataFrame":
    texts: list[dict[str, str | None]] = [
        {
            "period_kind": flow.period_kind,
            "period_start": flow.start.isoformat(),
            "period_end": flow.end.isoformat(),
            "reporter": flow.reporter,
            "partner": flow.partner,
            "flow": flow.flow,
            "hs": flow.hs,
            "quantity_unit": flow.quantity_unit,
            "value": _figure(flow.value),
            "weight": _figure(flow.weight),
            "quantity": _figure(flow.quantity),
        }
        for flow in flows
    ]
    # a third of a second, which a reader of headers need not wait
    import pandas as pd

    frame = pd.DataFrame(texts, dtype="string")
    for name in ("weight_estimated", "quantity_estimated"):
        frame[name] = [getattr(flow, name) for flow in flows]
    return frame


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _under(row: dict[str, str], flows: list[Flow]) -> list[Flow]:
    """Return the flows of the countries, direction, codes and period of an observation."""
    each = next(d for d in comtrade_flow.definitions() if d.indicator == row["indicator"])
    wanted = {
        name: re.search(rf"\b{name} = '(\w+)'", each.sql)
        for name in ("reporter", "partner", "flow")
    }
    return [
        flow
        for flow in flows
        if flow.hs in each.codes
        and (flow.start.isoformat(), flow.end.isoformat())
        == (row["period_start"], row["period_end"])
        and all(match is None or match[1] == getattr(flow, n) for n, match in wanted.items())
    ]
