"""CREA's tracker: months as the server sums them, days summed here, zeros and nulls as gaps."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from etl.errors import BadFigures, ChangedShape, NotTheData
from etl.exchange import Request, Scope
from etl.sources import crea
from tests.server import Answers, Asked, Reply, local
from tests.sources.figure_connectors import by_period, collector, landed, payload, values_built
from tests.support import Small

COUNTER, OVERLAND = Request("counter", "/v0/counter"), Request("overland", "/v0/overland")
Entry = dict[str, Any]


def month(commodity: str, day: str, tonnes: Any, dollars: Any, **more: Any) -> Entry:
    values = {"value_tonne": tonnes, "value_eur": 1.0, "value_usd": dollars}
    return {"commodity": commodity, "month": day} | values | more


def flow(commodity: str, day: str, tonnes: Any, cubic: Any) -> Entry:
    values = {"value_tonne": tonnes, "value_m3": cubic, "value_eur": 1.0, "value_usd": 1.0}
    return {"commodity": commodity, "date": day, "pricing_scenario": "default"} | values


def body(*entries: Entry, nested: bool = True) -> bytes:
    return json.dumps({"data": entries} if nested else entries).encode()


@pytest.mark.parametrize("nested", [True, False])
def test_months_of_the_counter_are_rounded_to_a_tonne_and_a_dollar(
    nested: bool, tmp_path: Path
) -> None:
    content = body(
        month("crude_oil", "2026-05-01T00:00:00", 4512345.6000001, 2101234567.4999),
        month("natural_gas", "2026-05-01", "1700000", "650000000.5"),
        month("lpg", "2026-05-01", 5.0, 5.0),
        nested=nested,
    )
    found = by_period(crea.parse(payload(tmp_path, COUNTER, content)).observations)
    assert {name: row["value"] for (name, _, _), row in found.items()} == {
        "crea_crude_ru_cn_volume": "4.512346",
        "crea_crude_ru_cn_value": "2.101234567",
        "crea_pipeline_gas_ru_cn_volume": "1.700000",
        "crea_pipeline_gas_ru_cn_value": "0.650000000",
    }
    row = found["crea_crude_ru_cn_value", "month", "2026-05-01"]
    assert (row["unit"], row["status"], row["published"], row["period_end"]) == (
        "USD bn",
        "estimated",
        "2026-07-15",
        "2026-05-31",
    )


def test_zeros_nulls_and_the_running_month_are_left_out(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + body(
        month("coal", "2026-04-01", 0.0, 0),
        month("coal", "2026-05-01", None, 12e8),
        month("coal", "2026-06-01", 7e6, "NaN"),
        month("coal", "2026-07-01", 3e6, 1e8),
    ).replace(b'"NaN"', b"NaN")
    found = by_period(crea.parse(payload(tmp_path, COUNTER, content)).observations)
    assert {key: row["value"] for key, row in found.items()} == {
        ("crea_coal_ru_cn_value", "month", "2026-05-01"): "1.200000000",
        ("crea_coal_ru_cn_volume", "month", "2026-06-01"): "7.000000",
    }


def test_prices_of_another_scenario_are_left_out(tmp_path: Path) -> None:
    content = body(
        month("lng", "2026-05-01", 5e5, 3e8, pricing_scenario="default"),
        month("lng", "2026-05-01", 5e5, 2e8, pricing_scenario="enhanced"),
    )
    found = by_period(crea.parse(payload(tmp_path, COUNTER, content)).observations)
    assert found["crea_lng_ru_cn_value", "month", "2026-05-01"]["value"] == "0.300000000"


def test_days_over_land_are_summed_to_months_that_the_answer_holds_whole(tmp_path: Path) -> None:
    content = body(
        flow("natural_gas", "2026-04-01", 1.0, 80_000_000.25),
        flow("natural_gas", "2026-04-02", 1.0, "90000000.5"),
        flow("natural_gas", "2026-04-02T00:00:00", 1.0, 90_000_000.5),
        flow("natural_gas", "2026-05-31", 1.0, None),
        flow("natural_gas", "2026-05-30", 1.0, 5.0),
        flow("natural_gas", "2026-06-29", 1.0, 70_000_000),
        flow("pipeline_oil", "2026-06-30", 110_000, None),
        flow("pipeline_oil", "2026-06-01", 100_000.6, None),
    )
    found = by_period(crea.parse(payload(tmp_path, OVERLAND, content)).observations)
    assert {
        (name, start): (row["value"], row["unit"]) for (name, _, start), row in found.items()
    } == {
        ("crea_overland_gas_ru_cn_volume", "2026-04-01"): ("0.170000001", "bcm"),
        ("crea_overland_oil_ru_cn_volume", "2026-06-01"): ("0.210001", "Mt"),
    }


@pytest.mark.parametrize(
    ("content", "error", "told"),
    [
        (
            body({"commodity": "coal", "date": "2026-05-01", "value_tonne": 1, "value_usd": 1}),
            ChangedShape,
            "entry 1 has no column month",
        ),
        (
            body({"commodity": "coal", "month": "2026-05-01", "value_tonne": 1}),
            ChangedShape,
            "entry 1 has no column value_usd",
        ),
        (body({"month": "2026-05-01"}), ChangedShape, "entry 1 has no column commodity"),
        (
            body(month("coal", "2026-05-01", 1, 1, destination_iso2="IN")),
            ChangedShape,
            "entry 1 goes to IN",
        ),
        (body(month("coal", "May 2026", 1, 1)), ChangedShape, "«May 2026» is no ISO date"),
        (body(month("coal", "2026-05-01", -1, 1)), BadFigures, "value_tonne of coal, 2026-05-01"),
        (body(month("coal", "2026-05-01", "lots", 1)), BadFigures, "«lots», which is no number"),
        (
            body(month("coal", "2026-05-01", 1, 5), month("coal", "2026-05-01", 1, 6)),
            BadFigures,
            "value_usd of coal, 2026-05-01 stands twice",
        ),
        (b'{"data": "none"}', NotTheData, "no list of entries"),
        (b'{"data": [{]}', NotTheData, "the body is no JSON"),
    ],
)
def test_what_cannot_be_is_named(
    content: bytes, error: type[Exception], told: str, tmp_path: Path
) -> None:
    with pytest.raises(error, match=told):
        crea.parse(payload(tmp_path, COUNTER, content))


def test_it_asks_for_months_that_are_over() -> None:
    counter, overland = crea.plan(Scope(date(2026, 1, 15), "https://example.org"))
    assert (counter.path, counter.params["aggregate_by"]) == ("/v0/counter", "month,commodity")
    assert (overland.path, overland.params["aggregate_by"]) == ("/v0/overland", "date,commodity")
    assert overland.params["commodity"] == "natural_gas,pipeline_oil"
    for request in (counter, overland):
        assert request.params["destination_iso2"] == "CN"
        assert request.params["date_from"] == "2022-01-01"
        assert request.params["date_to"] == "2025-12-31"


def server(dollars: float) -> Answers:
    def answers(asked: Asked) -> Reply:
        if asked.path == "/v0/counter":
            return Reply(
                body(
                    month("crude_oil", "2024-03-01", 5e6, dollars),
                    month("crude_oil", "2024-04-01", 6e6, 3e9),
                )
            )
        return Reply(body(flow("natural_gas", "2024-03-31", 1.0, 3e9)))

    return answers


def test_a_second_fetch_adds_nothing_and_a_restated_model_is_a_second_vintage(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    collect = collector("crea", crea, monkeypatch)
    with local(server(2e9)) as running:
        first, again = collect(running.url), collect(running.url)
        rows = landed("crea")
        # noise of the model below a dollar, beside a restated month
        running.answers = server(2.5e9)
        collect(running.url)
        running.answers = server(2_500_000_000.2)
        collect(running.url)
    assert (first.error, first.fetched, len(first.landed)) == ("", 2, 2)
    assert (again.error, again.fetched, again.landed) == ("", 2, [])
    assert rows["crea_overland_gas_ru_cn_volume", "month", "2024-03-01"]["value"] == "3.000000000"
    assert {row["published"] for row in rows.values()} == {f"{datetime.now(UTC):%Y-%m-%d}"}
    assert values_built("crea_crude_ru_cn_value", "2024-03-01") == ["2.000000000", "2.500000000"]
    assert values_built("crea_crude_ru_cn_value", "2024-04-01") == ["3.000000000"]


def test_a_route_under_maintenance_leaves_the_other_one_in_place(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answers(asked: Asked) -> Reply:
        if asked.path == "/v0/overland":
            return Reply(b'{"message": "API is currently in maintenance mode."}', 503)
        return server(2e9)(asked)

    with local(answers) as running:
        outcome = collector("crea", crea, monkeypatch)(running.url)
    assert outcome.error.startswith("ServerFailed: the server answered 503: API is currently in")
    assert f"({running.url}/v0/overland?date_from=2022-01-01" in outcome.error
    assert "period 2022-01 to " in outcome.error
    assert ("crea_crude_ru_cn_volume", "month", "2024-03-01") in landed("crea")


def test_an_empty_selection_is_no_failure_and_bad_options_are(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    collect = collector("crea", crea, monkeypatch)
    with local(lambda asked: Reply(status=204)) as running:
        empty = collect(running.url)
        running.answers = lambda asked: Reply(b'{"message": "Check your options: date"}', 400)
        bad = collect(running.url)
    assert (empty.error, landed("crea")) == ("", {})
    assert "Refused: the server answered 400: Check your options: date" in bad.error


def test_an_absurd_month_is_refused_whole(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    with local(server(2e12)) as running:
        outcome = collector("crea", crea, monkeypatch)(running.url)
    assert "BadFigures: 1 of 4 figures cannot be" in outcome.error
    assert "2000.000000000 USD bn" in outcome.error
    assert {name for name, _, _ in landed("crea")} == {"crea_overland_gas_ru_cn_volume"}
