"""`make bench`: one JSON object a line, {bench, value, unit, floor, ratio, detail}."""

import logging
import os
import statistics
import tempfile
from datetime import date
from functools import partial
from pathlib import Path

from bench.browser import bench_browser
from bench.export import bench_export
from bench.flows import bench_flows
from bench.live import bench_comtrade
from bench.load import bench_load
from bench.measure import ROOT, amur, p95, python, seconds, tell
from bench.reading import bench_article, bench_reading
from desk.navigation import PAGES

BARE_PAGE = """
import plotly.graph_objects as go
import streamlit as st

st.plotly_chart(go.Figure(go.Scatter(x=[1, 2, 3], y=[1, 4, 9])))
"""


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
        bench_reading()
        bench_article()
        bench_pages()
        bench_browser(Path(name) / "floors")
        bench_export(Path(name))
        bench_comtrade(Path(name))
        bench_load(Path(name) / "crowd")
    first: dict[str, float] = {}
    for millions in (1, 10):
        bench_flows(millions, first, spark=False)


if __name__ == "__main__":
    main()
