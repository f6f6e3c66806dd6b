"""The lake of customs flows at 1, 10 and 50 million invented rows: `python -m bench.flows 50`."""

import json
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection
from datetime import date
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any

import duckdb

from bench.measure import ROOT, p95
from bench.spent import Spent, process, run
from desk.sql import statement
from etl.flows import codes, manifest
from etl.flows.manifest import Manifest

TYPES = {
    "typeCode": "VARCHAR",
    "freqCode": "VARCHAR",
    "refPeriodId": "INTEGER",
    "refYear": "INTEGER",
    "refMonth": "INTEGER",
    "period": "INTEGER",
    "reporterCode": "INTEGER",
    "reporterISO": "VARCHAR",
    "flowCode": "VARCHAR",
    "partnerCode": "INTEGER",
    "partnerISO": "VARCHAR",
    "partner2Code": "INTEGER",
    "classificationCode": "VARCHAR",
    "cmdCode": "VARCHAR",
    "customsCode": "VARCHAR",
    "motCode": "INTEGER",
    "qtyUnitCode": "INTEGER",
    "qty": "DOUBLE",
    "isQtyEstimated": "BOOLEAN",
    "netWgt": "DOUBLE",
    "isNetWgtEstimated": "BOOLEAN",
    "primaryValue": "DOUBLE",
}
BARE = "import duckdb; duckdb.read_csv({file!r}, header=True, columns={types!r}).create('t')"
COLD = """
import sys, time
from bench.flows import questions
ask, bare = questions()[sys.argv[1]]
start = time.perf_counter()
(ask if sys.argv[2] == "ours" else bare())()
print(time.perf_counter() - start)
"""
SPARK = """
import json, sys, time
from decimal import Decimal
from etl.flows import derive, engine, manifest
task, _ = derive.plan(manifest.read())
start = time.perf_counter()
answer = engine.engine(sys.argv[1]).run(task)
taken = time.perf_counter() - start
rows = [[name, *row] for name, found in sorted(answer.found.items()) for row in found]
told = lambda value: float(value) if isinstance(value, Decimal) else str(value)
print(json.dumps({"seconds": taken, "rows": rows}, default=told))
"""
RELEASED = ("--released", "2026-03-01")
AS_OF = date(2026, 11, 1)
LARGEST_SPARK = 10
# of a question, of the smallest size; and whether a month lay beside the compacted lake
Medians = dict[tuple[str, bool], float]


def tell(bench: str, value: float, unit: str, floor: float, detail: str) -> None:
    """Print one result."""
    line = {"bench": bench, "value": round(value, 3), "unit": unit, "floor": round(floor, 3)}
    line |= {"ratio": round(value / floor, 3) if floor else None, "detail": detail}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def bench_flows(millions: int, first: Medians, spark: bool = True) -> None:
    """Everything at one size; `first` keeps the warm medians of the smallest size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["AMUR_DATA"] = str(folder / "data")
        made = run(["flows", "generate", "--rows", str(millions * 1_000_000), "--out", name])
        size = f"{millions} million"
        added, rows = _ingest(size, folder / "flows.csv")
        _compact(size)
        derived = _derive()
        full = Spent(added.seconds + derived.seconds, added.peak, added.cpu + derived.cpu)
        _month(size, folder / "flows-new-month.csv", full)
        _questions(f"{size}, its last month not yet compacted", first, ("history", "mirror"))
        run(["flows", "compact"])
        _questions(size, first)
        if spark:
            _engines(size)
        # without the files that the compaction replaced, which go after a minute
        disk = sum(file.size for file in manifest.read().all_files()) / 2**20
        csv = (folder / "flows.csv").stat().st_size / 2**20
        told = f"MB of Parquet for {rows} rows; floor: the CSV; generated in {made.seconds:.0f} s"
        tell(f"flows disk, {size}", disk, "MB", csv, told)


def _ingest(size: str, file: Path) -> tuple[Spent, int]:
    """Time an addition against DuckDB's bare typed read of the same file."""
    bare = BARE.format(file=str(file), types=TYPES)
    floor = process([sys.executable, "-c", bare])
    spent = run(["flows", "add", str(file), *RELEASED])
    rows = held_rows()
    detail = "process start included; floor: DuckDB's bare typed read into memory; "
    detail += f"{spent.cpu:.1f} s of processor, floor {floor.cpu:.1f}"
    rate, bare_rate = rows / spent.seconds, rows / floor.seconds
    tell(f"flows ingest, {size}", rate, "rows/s", bare_rate, detail)
    told = "peak of the process; same floor"
    tell(f"flows ingest memory, {size}", spent.peak, "MB", floor.peak, told)
    return spent, rows


def _compact(size: str) -> None:
    spent = run(["flows", "compact"])
    detail = f"peak {spent.peak:.0f} MB, {spent.cpu:.1f} s of processor; nothing to compare with"
    tell(f"flows compact, {size}", spent.seconds, "s", 0, detail)


def _derive() -> Spent:
    """Run every definition on the whole lake, as a refresh does."""
    code = (
        "from datetime import UTC, datetime\n"
        "from etl.flows import derive, engine, manifest\n"
        "derive.derive(manifest.read(), engine.engine('duckdb'), datetime.now(UTC))"
    )
    return process([sys.executable, "-c", code])


def _month(size: str, file: Path, full: Spent) -> None:
    """Time one new month, added and derived, against the whole."""
    added, derived = run(["flows", "add", str(file), *RELEASED]), _derive()
    cpu = added.cpu + derived.cpu
    detail = "add and derive one month; floor: add and derive all; process starts in both; "
    detail += f"{cpu:.1f} s of processor, floor {full.cpu:.1f}"
    tell(f"flows one new month, {size}", added.seconds + derived.seconds, "s", full.seconds, detail)


Question = tuple[Callable[[], object], Callable[[], Callable[[], object]]]


def questions() -> dict[str, Question]:
    """Return each question of the pages as they ask it, and by hand with its values written in."""
    from desk import flows
    from etl.flows import lake

    held = lake.held()
    view = flows.View("comtrade", AS_OF, date(2019, 1, 1), date(2026, 12, 31))
    side = flows.Side("CHN", "RUS", "X")
    tools = flows.CLAIMED["machine_tools"][0]
    given: dict[str, Any] = vars(view) | vars(side)
    pair = {"one": "CHN", "other": "RUS", "hs": "TOTAL"}
    year = {"level": 6, "year": 2025, "months": 12, "words": ""}
    asked: dict[str, tuple[Callable[[], object], tuple[str, ...], dict[str, Any]]] = {
        "history": (partial(flows.history, held, view, side, "8542"), ("CHN",), {"hs": "8542"}),
        "mirror": (partial(flows.mirror, held, view, "CHN", "RUS", "TOTAL"), ("CHN", "RUS"), pair),
        "goods": (partial(flows.goods, held, view, side, 6, 2025, 12), ("CHN",), year),
        "suppliers": (partial(flows.suppliers, held, view, side, "8542"), ("CHN",), {"hs": "8542"}),
        "sellers": (
            partial(flows.sellers, held, view, "RUS", tools),
            (),
            {"buyer": "RUS", "codes": list(tools)},
        ),
    }
    return {
        name: (ask, partial(_by_hand, held, name, whose, given | values))
        for name, (ask, whose, values) in asked.items()
    }


def _by_hand(
    held: Manifest, name: str, whose: tuple[str, ...], values: dict[str, Any]
) -> Callable[[], object]:
    """Return a question as one would type it: a connection of its own, the values in the text."""
    files = [str(path) for path in held.files("rows", reporters=whose)]
    text = statement(f"flows/{name}").replace("FROM flow_row", f"FROM read_parquet({files!r})")
    for key, value in sorted(values.items(), key=lambda item: -len(item[0])):
        text = re.sub(rf"\${key}\b", _literal(value), text)
    con = duckdb.connect()
    con.execute("SET parquet_metadata_cache = true")
    if name == "goods":
        codes.load(con)
    return lambda: con.execute(text).fetchall()


def _literal(value: object) -> str:
    if isinstance(value, date):
        return f"DATE '{value}'"
    return repr(value)


def _questions(size: str, first: Medians, names: Collection[str] = ()) -> None:
    """Time the questions of the pages, cold and warm, against the same by hand."""
    for name, (ask, bare) in questions().items():
        if names and name not in names:
            continue
        by_hand = bare()
        ask()
        by_hand()
        # in turn, so that a busy machine is busy for both
        turns = [(_worked(ask), _worked(by_hand)) for _ in range(40)]
        ours, theirs = [turn[0] for turn in turns], [turn[1] for turn in turns]
        median, floor = (statistics.median(wall for wall, _ in each) for each in (ours, theirs))
        work, floor_work = (statistics.median(cpu for _, cpu in each) for each in (ours, theirs))
        growth = work / first.setdefault((name, bool(names)), work)
        late, floor_late = (p95([wall for wall, _ in each]) * 1000 for each in (ours, theirs))
        detail = f"warm median; p95 {late:.1f}, by hand {floor_late:.1f}; processor "
        detail += f"{work * 1000:.1f} ms, by hand {floor_work * 1000:.1f}, "
        detail += f"{growth:.2f} times the smallest size"
        tell(f"flows {name}, {size}", median * 1000, "ms", floor * 1000, detail)
        cold = [[_cold(name, who) for _ in range(3)] for who in ("ours", "by hand")]
        ours_cold, theirs_cold = (statistics.median(each) * 1000 for each in cold)
        told = "first question of a new process; floor: the same by hand"
        tell(f"flows {name} cold, {size}", ours_cold, "ms", theirs_cold, told)


def _worked(ask: Callable[[], object]) -> tuple[float, float]:
    """Return seconds on the clock and of the processor: the second hardly minds a busy machine."""
    wall, cpu = time.perf_counter(), time.process_time()
    ask()
    return time.perf_counter() - wall, time.process_time() - cpu


def _cold(name: str, who: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", COLD, name, who],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)


def _engines(size: str) -> None:
    """Run every definition on DuckDB and on Spark, local and with two workers."""
    shutil.rmtree(Path(os.environ["AMUR_DATA"]) / "raw", ignore_errors=True)
    masters = {
        "duckdb": "",
        "spark local[2]": "local[2]",
        "spark, 2 workers": "local-cluster[2,1,1024]",
    }
    told: dict[str, Any] = {}
    for name, master in masters.items():
        done = subprocess.run(
            [sys.executable, "-c", SPARK, name.split()[0].strip(",")],
            cwd=ROOT,
            env=os.environ | {"AMUR_SPARK_MASTER": master},
            capture_output=True,
            text=True,
            check=True,
        )
        told[name] = json.loads(done.stdout.splitlines()[-1])
        same = _alike(told[name]["rows"], told["duckdb"]["rows"])
        detail = f"{len(told[name]['rows'])} figures, {'equal' if same else 'NOT EQUAL'}; "
        detail += "start of Spark included; floor: DuckDB"
        floor = told["duckdb"]["seconds"]
        tell(f"flows engine {name}, {size}", told[name]["seconds"], "s", floor, detail)


def _alike(ours: list[list[Any]], theirs: list[list[Any]]) -> bool:
    """Return whether two answers are equal to 1e-9: sums of many rows hang on their order."""
    for one, other in zip_longest(ours, theirs, fillvalue=[]):
        for a, b in zip_longest(one, other):
            figures = isinstance(a, float) and isinstance(b, float)
            if not (math.isclose(a, b, rel_tol=1e-9) if figures else a == b):
                return False
    return True


def held_rows() -> int:
    """Return how many rows the lake holds."""
    return manifest.read().rows("rows")


def main() -> None:
    """Run the sizes given in millions."""
    first: Medians = {}
    for text in sys.argv[1:] or ["1", "10"]:
        # a start of Spark takes longer than all else; two sizes show how it grows
        bench_flows(int(text), first, spark=int(text) <= LARGEST_SPARK)


if __name__ == "__main__":
    main()
