"""A stand-in for UN Comtrade with invented figures: its caps, its breakdown rows, its errors."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.server import Asked, Reply

Row = dict[str, Any]
Key = tuple[str, str, str, str, str]
NAMES = {"M": "Import", "X": "Export"}
HTML = b"<html><head><title>Service Unavailable</title></head><body>busy</body></html>"


def value(reporter: str, partner: str, flow: str, code: str, period: str) -> float:
    """Return the invented value of one cell; no two cells share one."""
    goods = int(code) if code.isdigit() else 7
    return goods * 1000 + int(partner) + int(period) % 10000 / 100 + (0.5 if flow == "X" else 0)


def row(key: Key, **changes: Any) -> Row:
    """Return one row as the server writes it: reporter, partner, flow, code, period."""
    reporter, partner, flow, code, period = key
    worth = value(*key)
    made: Row = {
        "typeCode": "C",
        "freqCode": "A" if len(period) == 4 else "M",
        "refPeriodId": int(f"{period:0<6}01") if len(period) == 6 else int(f"{period}0101"),
        "refYear": int(period[:4]),
        "refMonth": int(period[4:] or 52),
        "period": period,
        "reporterCode": int(reporter),
        "reporterISO": None,
        "flowCode": flow,
        "flowDesc": None,
        "partnerCode": int(partner),
        "partner2Code": 0,
        "classificationCode": "H6",
        "cmdCode": code,
        "aggrLevel": 0 if code == "TOTAL" else len(code),
        "customsCode": "C00",
        "mosCode": "0",
        "motCode": 0,
        "qtyUnitCode": 5 if code == "8703" else -1 if code == "TOTAL" else 8,
        "qty": 41250.0 if code == "8703" else None,
        "isQtyEstimated": False,
        "netWgt": None if code == "TOTAL" else worth * 2,
        "isNetWgtEstimated": False,
        "cifvalue": worth if flow == "M" else None,
        "fobvalue": worth if flow == "X" else None,
        "primaryValue": worth,
        "legacyEstimationFlag": 0,
        "isReported": False,
        "isAggregate": True,
    }
    return made | changes


def body(rows: list[Row], **changes: Any) -> bytes:
    stated = {"elapsedTime": "0.09 secs", "count": len(rows), "data": rows, "error": ""}
    return json.dumps(stated | changes).encode()


@dataclass
class Comtrade:
    """The server's state; tests change it between runs.

    `released` are the last releases by (reporter, frequency), then period; `cells` what differs
    from the invented figures; `failing` answers to give instead, in turn; `breaks` adds breakdown
    rows even where the three parameters are given.
    """

    released: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    cells: dict[Key, Row] = field(default_factory=dict)
    failing: list[Reply] = field(default_factory=list)
    look_up: Callable[[Asked], Reply] | None = None
    key: str = ""
    cap: int = 500
    breaks: bool = False

    def __call__(self, asked: Asked) -> Reply:
        parts = asked.path.strip("/").split("/")
        query = {name.lower(): text for name, text in asked.query.items()}
        if parts[0] == "data" and asked.headers.get("ocp-apim-subscription-key") != self.key:
            return refused("Access denied due to invalid subscription key. Provide a valid key.")
        if parts[2].lower() == "getda":
            return self.look_up(asked) if self.look_up else self._releases(parts[4], query)
        if self.failing:
            return self.failing.pop(0)
        if parts[2] == "preview" and "," in query["period"]:
            wrong = {"errorObject": {"errorMessage": "The field period is invalid"}}
            return Reply(json.dumps(wrong).encode(), 400)
        cap = self.cap if parts[2] == "preview" else 250_000
        return Reply(body(list(self._rows(query))[:cap]))

    def _releases(self, frequency: str, query: dict[str, str]) -> Reply:
        reporter = query["reportercode"]
        rows = [
            {
                "datasetCode": 20156202401010,
                "reporterCode": int(reporter),
                "period": int(period),
                "classificationCode": "H6",
                "totalRecords": 90,
                "firstReleased": "2019-01-01T00:00:00",
                "lastReleased": f"{day}T09:30:00",
            }
            for period, day in self.released.get((reporter, frequency), {}).items()
        ]
        return Reply(body(rows))

    def _rows(self, query: dict[str, str]) -> Iterator[Row]:
        whole = [query.get(name) for name in ("partner2code", "customscode", "motcode")]
        for period in query["period"].split(","):
            for partner in query["partnercode"].split(","):
                for flow in query["flowcode"].split(","):
                    for code in query["cmdcode"].split(","):
                        if flow not in NAMES:
                            continue
                        key = (query["reportercode"], partner, flow, code, period)
                        yield row(key, **self.cells.get(key, {}))
                        if self.breaks or whole != ["0", "C00", "0"]:
                            yield row(key, motCode=2100, primaryValue=1.0, netWgt=1.0)
                            yield row(key, customsCode="C05", primaryValue=2.0, netWgt=2.0)


def refused(said: str, status: int = 401) -> Reply:
    return Reply(json.dumps({"statusCode": status, "message": said}).encode(), status)


def slow_down() -> Reply:
    said = b'{"statusCode": 429, "message": "Rate limit is exceeded. Try again in 1 seconds."}'
    return Reply(said, 429, headers={"Retry-After": "1"})


def out_of_quota() -> Reply:
    return refused("Out of call volume quota. Quota will be replenished in 14.07:13:56.", 403)
