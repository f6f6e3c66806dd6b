"""Spark gives what DuckDB gives: every indicator to 1e-9, order and nulls, local and with workers.

Spark comes by its own lock and needs Java 17; without them these tests are skipped loudly, and
CI=true makes that a failure.
"""

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from etl.errors import UnknownRequest
from etl.flows import add, generate
from etl.flows.engine import ordered
from etl.paths import ROOT
from etl.sources.comtrade_flow import Definition, definitions
from tests.flows import tables
from tests.sources.comtrade_server import body, row

MISSING = [name for name in ("pyspark", "sqlglot") if find_spec(name) is None]
MISSING += [] if shutil.which("java") else ["java"]
if MISSING and os.environ.get("CI") == "true":
    pytest.fail(f"CI has no {', '.join(MISSING)}; run `make test`", pytrace=False)
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"no {', '.join(MISSING)}; run `make test`")

MONTHS = ("202401", "202402", "202403", "202404")


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a lake with two releases that meet, gaps, estimates, and generated flows around."""
    home = tmp_path_factory.mktemp("spark")
    os.environ["AMUR_DATA"], before = str(home / "data"), os.environ["AMUR_DATA"]
    try:
        made = generate.generate(50_000, home, 5, lambda done, total, name: None)
        codes = [code for each in definitions() for code in each.codes]
        partners = {"643", "0", "682", "458", "360", "496", "36", "634", "795"}
        for place, day in enumerate(("2024-06-01", "2024-09-01")):
            rows = [
                row(("156", partner, flow, code, month), **_changes(code, month, place))
                for month in MONTHS[place:]
                for partner in sorted(partners)
                for flow in "MX"
                for code in sorted({*codes})
            ]
            rows += (
                [
                    row(("344", "643", "X", code, month))
                    for month in MONTHS
                    for code in ("8541", "8542")
                ]
                if not place
                else []
            )
            path = tables.write(home, f"release{place}.json", body(rows))
            add.add(add.handed([path], date.fromisoformat(day)), lambda done, total, name: None)
        handed = add.handed([made.whole], date(2024, 3, 1))
        add.add(handed, lambda done, total, name: None)
    finally:
        os.environ["AMUR_DATA"] = before
    return home / "data"


def _changes(code: str, month: str, place: int) -> dict[str, Any]:
    """Return what a later release tells anew, months without weight, and estimated weights."""
    changed: dict[str, Any] = {"primaryValue": 1234567.891 * (place + 1)} if place else {}
    if month == "202403":
        changed |= {"netWgt": None}
    if month == "202404" and code == "2702":
        changed |= {"netWgt": 0.125, "isNetWgtEstimated": True}
    return changed


def answer(lake: Path, engine: str, master: str = "") -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.flows.spark_run", engine],
        cwd=ROOT,
        env=os.environ | {"AMUR_DATA": str(lake), "AMUR_SPARK_MASTER": master},
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("master", ["local[2]", "local-cluster[2,1,1024]"])
def test_every_indicator_is_equal_on_spark(lake: Path, master: str) -> None:
    ours = answer(lake, "duckdb")
    theirs = answer(lake, "spark", master)
    assert theirs["held"] == ours["held"]
    assert set(theirs["found"]) == {each.indicator for each in definitions()}
    values = 0
    for name, rows in ours["found"].items():
        others = theirs["found"][name]
        assert [each[:3] + each[4:] for each in others] == [each[:3] + each[4:] for each in rows]
        for one, other in zip(rows, others, strict=True):
            assert (one[3] is None) == (other[3] is None), name
            if one[3] is not None:
                values += 1
                assert float(other[3]) == pytest.approx(float(one[3]), rel=1e-9), name
    assert values > 100
    assert any(each[3] is None for rows in ours["found"].values() for each in rows)


def test_a_refresh_on_spark_publishes_the_same_observations(lake: Path, tmp_path: Path) -> None:
    builds = []
    for engine in ("duckdb", "spark"):
        home = tmp_path / engine
        shutil.copytree(lake, home)
        refreshed = amur(home, "refresh", "--offline", "--engine", engine)
        assert refreshed.returncode == 0, refreshed.stderr
        told = amur(home, "series", "crude_ru_cn_value", "--kind", "month", "--json")
        points = [
            (point["period_start"], point["value"], point["published"])
            for point in json.loads(told.stdout)["points"]
            if point["period_start"].startswith("2024")
        ]
        builds.append(points)
    assert builds[0] == builds[1]
    assert builds[0]


def amur(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command with a patience that a start of Spark on a busy machine needs."""
    return subprocess.run(
        [sys.executable, "-m", "desk.cli", *arguments],
        cwd=ROOT,
        env=os.environ | {"AMUR_DATA": str(home)},
        capture_output=True,
        text=True,
        timeout=900,
    )


@pytest.mark.parametrize(
    "sql",
    ["SELECT ((value FROM flow", "SELECT regexp_extract_all(hs, '(8)', 1, 'i') AS value FROM flow"],
)
def test_what_sparks_dialect_lacks_fails_at_load_by_name(sql: str) -> None:
    from etl.flows.spark import Untranslatable, translate

    bad = Definition("odd", "USD", "reported", frozenset(), sql)
    with pytest.raises(Untranslatable, match=r"flows/odd\.sql cannot be said in Spark's dialect"):
        translate("flows/odd", ordered(bad))


def test_what_spark_cannot_bind_fails_before_a_row_is_read(lake: Path) -> None:
    code = (
        "from dataclasses import replace\n"
        "from etl.flows import derive, engine, manifest\n"
        "task, _ = derive.plan(manifest.read())\n"
        "bad = replace(task.definitions[0], sql='SELECT period_kind, period_start, period_end, "
        "no_such_function(value) AS value, FALSE AS estimated FROM flow')\n"
        "try:\n"
        "    engine.engine('spark').run(replace(task, definitions=[bad]))\n"
        "except Exception as error:\n"
        "    print(type(error).__name__, error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"AMUR_DATA": str(lake)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    told = done.stdout.splitlines()[-1]
    assert told.startswith("Untranslatable flows/")
    assert "cannot be bound by Spark" in told


def test_without_spark_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from etl.flows import spark

    monkeypatch.setattr(spark, "find_spec", lambda name: None)
    with pytest.raises(UnknownRequest, match=r"pip install amur\[spark\]"):
        spark.Spark()
