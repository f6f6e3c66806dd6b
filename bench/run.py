"""`make bench`: one JSON object a line, {bench, value, unit, floor, ratio, detail}."""

import json
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BARE_PAGE = """
import plotly.graph_objects as go
import streamlit as st

st.plotly_chart(go.Figure(go.Scatter(x=[1, 2, 3], y=[1, 4, 9])))
"""
PAGES = ("overview", "trade", "energy", "pipelines", "technology", "articles", "status")


def seconds(work: Callable[[], object], times: int) -> list[float]:
    """Return how long each of some runs took."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return taken


def p95(taken: list[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0]


def tell(bench: str, value: float, floor: float, detail: str) -> None:
    """Print one result; times in milliseconds."""
    line = {"bench": bench, "value": round(value * 1000, 2), "unit": "ms"}
    line |= {"floor": round(floor * 1000, 2), "ratio": round(value / floor, 2), "detail": detail}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def amur(*arguments: str) -> None:
    """Run the command in a process of its own."""
    subprocess.run(
        [sys.executable, "-m", "desk.cli", *arguments], cwd=ROOT, check=True, capture_output=True
    )


def python(code: str) -> None:
    """Run a line of Python in a process of its own."""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)


def bench_build(folder: Path) -> None:
    """A cold build against DuckDB's bare read of the same files; no news against an empty start."""
    files = [str(path) for path in sorted((ROOT / "data" / "observations").glob("*.csv"))]
    options = "all_varchar=True, header=True, quotechar=chr(34)"
    read = f"import duckdb; duckdb.read_csv({files!r}, {options}).create('t')"
    floor = statistics.median(seconds(lambda: python(read), 3))
    cold = seconds(lambda: amur("refresh", "--offline"), 1)[0]
    tell(
        "cold build", cold, floor, "process start included; floor: DuckDB reads the same CSV files"
    )
    empty = statistics.median(seconds(lambda: python("import duckdb, pandas, typer"), 5))
    same = statistics.median(seconds(lambda: amur("refresh", "--offline"), 5))
    tell("no-change build", same, empty, f"floor: a process that imports the same; {folder.name}")


def bench_series() -> None:
    """A series query against a bare query of the same file, connection included in both."""
    from desk.series import Query, series
    from etl import warehouse

    build = warehouse.current()
    as_of = date(2026, 1, 1)
    with warehouse.connect(build) as con:
        names = [row[0] for row in con.execute("SELECT DISTINCT indicator FROM point").fetchall()]

    def ask(name: str) -> None:
        with warehouse.connect(build) as con:
            series(con, Query(name), as_of)

    def bare() -> None:
        with warehouse.connect(build) as con:
            con.execute("SELECT * FROM point WHERE indicator = 'trade_total'").df()

    floor = p95(seconds(bare, 60))
    taken = [seconds(partial(ask, name), 1)[0] for name in names]
    tell("series query p95", p95(taken), floor, f"{len(names)} series; floor: one bare select")


def bench_pages() -> None:
    """The script of each page, warm, against a page with one bare chart."""
    from streamlit.testing.v1 import AppTest

    logging.disable(logging.CRITICAL)
    floor = min(seconds(lambda: AppTest.from_string(BARE_PAGE).run(), 5))
    for page in PAGES:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
        app.switch_page(f"pages/{page}.py").run()
        warm = statistics.median(seconds(app.run, 5))
        tell(f"page {page}", warm, floor, "script time, caches warm; floor: one bare chart")


def main() -> None:
    """Run every bench on a build in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["AMUR_DATA"] = name
        bench_build(Path(name))
        bench_series()
        bench_pages()


if __name__ == "__main__":
    main()
