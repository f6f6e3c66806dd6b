"""Indicators from the lake: the connector's figures from the same answers, only what changed."""

import json
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from etl.errors import UnknownRequest
from etl.flows import add, compact, derive, engine, manifest
from etl.sources import comtrade_flow
from etl.store import Shelf
from tests.flows import tables
from tests.flows.conftest import Take
from tests.sources.comtrade_server import body, row
from tests.sources.test_comtrade_flow import CODES, payload

NOW = datetime(2026, 11, 24, tzinfo=UTC)
PERIOD = "202409"
GOODS = ("TOTAL", "2701", "2702", "2709", "271111", "8541", "8542", "8703")


def derived(ran: str = "duckdb") -> list[dict[str, str]]:
    """Derive what changed and return the rows that landed, by indicator and period."""
    rows = []
    for path in derive.derive(manifest.read(), engine.engine(ran), NOW):
        with duckdb.connect() as con:
            answer = con.execute("FROM read_parquet(?)", [str(path)])
            names = [column[0] for column in answer.description or ()]
            rows += [dict(zip(names, cells, strict=True)) for cells in answer.fetchall()]
    return sorted(rows, key=lambda each: (each["indicator"], each["period_start"]))


def answer(period: str = PERIOD, **changes: object) -> bytes:
    keys = [("156", "643", flow, code, period) for flow in "MX" for code in GOODS]
    return body([row(key, **changes) for key in keys])


def test_the_lake_gives_what_the_connector_gives_of_the_same_answer(home: Path, take: Take) -> None:
    content = answer()
    take(tables.write(home, "answer.json", content), released="2024-12-02")
    (home / "body").mkdir()
    direct = comtrade_flow.read(payload(home / "body", content, CODES))
    keys = ("indicator", "period_start", "period_end", "value", "unit", "status", "published")
    expected = {tuple(each[key] for key in keys) for each in direct}
    found = {tuple(each[key] for key in keys) for each in derived()}
    assert len(found) > 8
    # what needs codes that the lake does not hold is left out
    assert found == {each for each in expected if each[0] != "machine_tools_8456_8466_cn_ru_value"}


def test_a_part_of_a_heading_never_passes_for_the_whole(home: Path, take: Take) -> None:
    keys = [("156", "36", "M", "2701", PERIOD)]
    take(tables.write(home, "hard.json", body([row(key) for key in keys])))
    assert derived() == []


def test_only_what_changed_is_run_and_only_news_lands(home: Path, take: Take) -> None:
    take(tables.write(home, "a.json", answer()), released="2024-12-02")
    assert derived()
    assert derived() == []
    take(tables.write(home, "b.json", answer("202410")), released="2025-01-02")
    task, _ = derive.plan(manifest.read())
    assert [str(day) for _, _, day in task.touched] == ["2024-10-01"]
    assert {each["period_start"] for each in derived()} == {"2024-10-01"}
    compact.compact(lambda done, total: None)
    assert derived() == []
    take(tables.write(home, "c.json", answer(primaryValue=5.0)), released="2025-03-02")
    anew = {each["indicator"]: each for each in derived()}
    assert anew["crude_ru_cn_value"]["value"] == "5"
    assert anew["crude_ru_cn_value"]["published"] == "2025-03-02"
    assert "crude_ru_cn_volume" not in anew


def test_figures_that_vanished_are_derived_again(home: Path, take: Take) -> None:
    take(tables.write(home, "a.json", answer()), released="2024-12-02")
    first = derived()
    for path in Shelf("comtrade").landed.glob("*.parquet"):
        path.unlink()
    assert derived() == first


def test_invented_flows_never_become_observations(home: Path) -> None:
    path = tables.write(home, "a.json", answer())
    add.add(add.handed([path]), lambda done, total, name: None, invented=True)
    assert derive.bring({}, "duckdb", NOW) == {}
    assert not (home / "data/observations").exists()


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(UnknownRequest, match="use duckdb or spark"):
        engine.engine("hadoop")


def test_what_is_remembered_is_only_a_hint(home: Path, take: Take) -> None:
    take(tables.write(home, "a.json", answer()), released="2024-12-02")
    assert derived()
    note = home / "data/raw/flows/derived.json"
    assert json.loads(note.read_text())["segments"]
    note.write_text("torn")
    assert derived() == []
