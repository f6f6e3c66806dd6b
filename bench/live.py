"""Refreshes against a local server: a million Comtrade rows, and one with nothing new."""

import hashlib
import json
import os
import random
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from bench.measure import amur, python, seconds, tell

ROWS_A_CALL = 200_000
CALLS = 5
CODES = ("TOTAL", "2701", "2702", "2709", "2710", "271111", "271121", "8541", "8542", "8703")
PARTNERS = (643, 0, 682, 458, 360, 496, 36, 634, 795)
ROW = (
    '{"typeCode":"C","freqCode":"M","refPeriodId":%d01,"refYear":%d,"refMonth":%d,"period":"%d",'
    '"reporterCode":156,"reporterISO":null,"reporterDesc":null,"flowCode":"%s","flowDesc":null,'
    '"partnerCode":%d,"partnerISO":null,"partnerDesc":null,"partner2Code":0,"partner2ISO":null,'
    '"partner2Desc":null,"classificationCode":"H6","classificationSearchCode":"HS",'
    '"isOriginalClassification":true,"cmdCode":"%s","cmdDesc":null,"aggrLevel":null,"isLeaf":null,'
    '"customsCode":"C00","customsDesc":null,"mosCode":"0","motCode":0,"motDesc":null,'
    '"qtyUnitCode":8,"qtyUnitAbbr":null,"qty":%d.0,"isQtyEstimated":false,"altQtyUnitCode":-1,'
    '"altQtyUnitAbbr":null,"altQty":0.0,"isAltQtyEstimated":false,"netWgt":%d.0,'
    '"isNetWgtEstimated":false,"grossWgt":0.0,"isGrossWgtEstimated":false,"cifvalue":%d.0,'
    '"fobvalue":null,"primaryValue":%d.0,"legacyEstimationFlag":0,"isReported":true,'
    '"isAggregate":false}'
)


EMPTY = b'{"elapsedTime":"0 secs","count":0,"data":[],"error":""}'


def released() -> bytes:
    """Return the releases of 60 months, all of one day."""
    months = [year * 100 + month for year in range(2022, 2027) for month in range(1, 13)]
    rows = [
        {"reporterCode": 156, "period": month, "lastReleased": "2026-11-01T00:00:00"}
        for month in months
        if month < 202610
    ]
    return json.dumps({"count": len(rows), "data": rows, "error": ""}).encode()


def invented(periods: list[int], rows: int) -> bytes:
    """Return an answer of many invented rows: what we ask for, and other countries' trade."""
    chance = random.Random(periods[0])
    made = []
    for period in periods:
        for partner in PARTNERS:
            for code in CODES:
                made.append(_row(chance, period, partner, code))
    while len(made) < rows:
        code = f"{chance.randrange(10_000, 999_999):06}"
        made.append(_row(chance, chance.choice(periods), 1000 + len(made), code))
    listed = ",".join(made)
    return f'{{"elapsedTime":"1 secs","count":{len(made)},"data":[{listed}],"error":""}}'.encode()


def _row(chance: random.Random, period: int, partner: int, code: str) -> str:
    value, year, month = chance.randrange(1, 10**9), period // 100, period % 100
    figures = (value, value, value, value)
    return ROW % (period, year, month, period, "M", partner, code, *figures)


class Server:
    """A Comtrade with a key: large answers for China by month, empty ones otherwise."""

    def __init__(self, folder: Path) -> None:
        """Answer from files under `folder`, made at the first question."""
        self.folder = folder
        self.files: list[Path] = []

    def body(self, query: dict[str, list[str]], path: str) -> bytes:
        """Return the answer to a question."""
        if "/getDa/" in path:
            return released() if "/M/" in path and query["reporterCode"] == ["156"] else EMPTY
        periods = [int(text) for text in query.get("period", ["0"])[0].split(",")]
        wanted = query.get("reporterCode") == ["156"] and periods[0] > 9999 and "/get/" in path
        if not wanted or len(self.files) >= CALLS:
            return EMPTY
        file = self.folder / f"answer-{periods[0]}.json"
        if not file.exists():
            file.write_bytes(invented(periods, ROWS_A_CALL))
        self.files.append(file)
        return file.read_bytes()


@contextmanager
def serving(answer: Callable[[dict[str, list[str]], str], bytes]) -> Iterator[str]:
    """Run a local server with ETags and yield its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            body = answer(parse_qs(parts.query), parts.path)
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            fresh = self.headers.get("If-None-Match") == etag
            self.send_response(304 if fresh else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("ETag", etag)
            self.send_header("Content-Length", "0" if fresh else str(len(body)))
            self.end_headers()
            if not fresh:
                self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


READ = (
    'import duckdb; duckdb.sql("CREATE TABLE t AS SELECT unnest(data, max_depth := 2) FROM '
    'read_json({files!r}, maximum_object_size = 1000000000)")'
)


def bench_comtrade(folder: Path) -> None:
    """A refresh of a million rows against DuckDB's bare read of the same bytes."""
    server = Server(folder)
    with serving(server.body) as address:
        places = {"AMUR_COMTRADE_URL": address, "AMUR_COMTRADE_KEY": "bench", "AMUR_PACE_S": "0"}
        os.environ |= places | {"AMUR_DATA": str(folder / "comtrade")}
        amur("refresh", "--offline")
        # the answers are made before the clock starts
        for name in ("first", "timed"):
            server.files.clear()
            os.environ["AMUR_DATA"] = str(folder / name)
            amur("refresh", "--offline")
            taken = seconds(partial(amur, "refresh", "--source", "comtrade"), 1)[0]
        files = [str(path) for path in server.files]
        floor = statistics.median(seconds(lambda: python(READ.format(files=files)), 2))
        size = sum(path.stat().st_size for path in server.files) / 2**20
        rows = f"{len(files) * ROWS_A_CALL / 1e6:.1f} million rows, {size:.0f} MB"
        tell(
            "comtrade refresh",
            taken,
            floor,
            f"{rows}; fetch, keep, check, read, build; floor: DuckDB reads the same bytes",
        )
        quiet = statistics.median(seconds(partial(amur, "refresh", "--source", "comtrade"), 3))
        empty = statistics.median(seconds(lambda: python("import duckdb, pandas, typer"), 3))
        detail = "every source's answers unchanged; floor: a process that imports the same"
        tell("refresh with nothing new", quiet, empty, detail)
    sys.stdout.flush()
