"""UN Comtrade, asked: what is asked when, what an answer becomes, and how failures are told."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pytest

from etl import build, catalog, paths, store
from etl.acceptance import Acceptance
from etl.collect import Collector, Outcome
from etl.sources import comtrade
from tests.server import Asked, Local, Reply, local
from tests.sources.comtrade_server import (
    HTML,
    Comtrade,
    out_of_quota,
    refused,
    slow_down,
    value,
)
from tests.support import Small

# a day long past: what is asked hangs on it, what is fetched bears the day of the clock
NOW = datetime(2025, 6, 15, 6, 0, tzinfo=UTC)
KEY = "not-a-real-key-7f3a"
RU_CRUDE = ("156", "643", "M", "2709", "202409")
Run = Callable[..., Outcome]


@pytest.fixture
def server() -> Comtrade:
    return Comtrade(
        released={
            ("156", "A"): {"2023": "2024-06-20"},
            ("156", "M"): {"202409": "2024-12-02", "202410": "2025-01-06"},
            ("344", "A"): {"2023": "2024-05-11"},
            ("344", "M"): {"202409": "2024-11-05"},
        }
    )


@pytest.fixture
def desk(
    server: Comtrade, small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Local]:
    with local(server) as running:
        monkeypatch.setenv("AMUR_COMTRADE_URL", running.url)
        monkeypatch.setenv("AMUR_PACE_S", "0")
        monkeypatch.setenv("AMUR_RETRIES", "1")
        monkeypatch.setenv("AMUR_TIMEOUT_S", "2")
        monkeypatch.delenv("AMUR_COMTRADE_KEY", raising=False)
        monkeypatch.delenv("AMUR_COMTRADE_QUOTA", raising=False)
        yield running


@pytest.fixture
def collect(desk: Local) -> Iterator[Run]:
    accept = Acceptance(catalog.load(paths.shipped() / "catalog"), datetime.now(UTC).date())

    def run(now: datetime = NOW) -> Outcome:
        desk.asked.clear()
        return Collector("comtrade", comtrade, accept, held={}).run(now)

    yield run
    accept.close()


def landed(indicator: str, start: str) -> list[dict[Any, Any]]:
    """Return the landed rows of a period, in the order of publication."""
    files = [str(path) for path in store.files(".parquet")]
    with duckdb.connect() as con:
        rows = con.read_parquet(files).filter(f"indicator = '{indicator}'").order("published").df()
    return rows[rows["period_start"] == start].to_dict("records")


def periods(desk: Local) -> list[str]:
    """Return reporter and period of each question for figures."""
    asked = [each.query for each in desk.asked if "getd" not in each.path.lower()]
    return [f"{query['reporterCode']} {query['period']}" for query in asked]


def cents(number: float) -> str:
    """Return plain digits without zeros at the end."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def test_released_periods_are_asked_for_newest_first_and_become_rows_with_their_release(
    collect: Run, desk: Local
) -> None:
    outcome = collect()
    assert (outcome.error, outcome.skipped, outcome.fetched) == ("", "", 9)
    assert periods(desk) == ["156 202410", "156 202409", "344 202409", "156 2023", "344 2023"]
    [found] = landed("crude_ru_cn_value", "2024-09-01")
    assert found["value"] == cents(value(*RU_CRUDE))
    stated = ("source", "period_kind", "period_end", "unit", "status", "published", "bound")
    wanted = ("comtrade", "month", "2024-09-30", "USD", "reported", "2024-12-02", "=")
    assert tuple(found[name] for name in stated) == wanted
    [weight] = landed("crude_ru_cn_volume", "2024-09-01")
    assert (weight["value"], weight["unit"]) == (cents(2 * value(*RU_CRUDE)), "kg")
    [year] = landed("exports_cn_to_ru", "2023-01-01")
    assert (year["period_kind"], year["period_end"]) == ("year", "2023-12-31")


def test_sums_are_derived_and_hong_kong_stands_alone(collect: Run) -> None:
    assert not collect().error
    coal = sum(2 * value("156", "643", "M", code, "202409") for code in ("2701", "2702"))
    [found] = landed("coal_ru_cn_volume", "2024-09-01")
    assert (found["value"], found["status"]) == (cents(coal), "derived")
    tools = sum(value("156", "643", "X", str(code), "2023") for code in range(8456, 8467))
    [found] = landed("machine_tools_8456_8466_cn_ru_value", "2023-01-01")
    assert found["value"] == cents(tools)
    chips = sum(value("344", "643", "X", code, "2023") for code in ("8541", "8542"))
    [found] = landed("semiconductors_hk_ru_value", "2023-01-01")
    assert found["value"] == cents(chips)
    [cars] = landed("cn_cars_exported_to_ru", "2023-01-01")
    assert (cars["value"], cars["unit"]) == ("41.250", "thousand cars")


def test_a_total_is_asked_for_without_breakdowns_and_below_the_cap(
    collect: Run, desk: Local, server: Comtrade
) -> None:
    collect()
    for asked in desk.asked_for("/preview/"):
        assert (asked.query["partner2Code"], asked.query["motCode"]) == ("0", "0")
        assert asked.query["customsCode"] == "C00"
        assert len(json.loads(server(asked).body)["data"]) < 500


def test_breakdown_rows_that_come_all_the_same_are_not_counted_twice(
    collect: Run, server: Comtrade
) -> None:
    server.breaks, server.cap = True, 10_000
    assert not collect().error
    [found] = landed("crude_ru_cn_value", "2024-09-01")
    assert found["value"] == cents(value(*RU_CRUDE))


def test_an_unchanged_release_is_not_asked_for_again_and_a_new_one_is(
    collect: Run, desk: Local, server: Comtrade
) -> None:
    collect()
    assert not collect().error
    assert periods(desk) == []
    server.released["156", "M"]["202409"] = "2025-03-03"
    assert not collect().error
    assert periods(desk) == ["156 202409"]


def test_a_second_release_with_another_figure_is_a_second_vintage(
    collect: Run, server: Comtrade, small_shipped: Small
) -> None:
    server.cells[RU_CRUDE] = {"primaryValue": 5_000_000_000.0}
    collect()
    server.cells[RU_CRUDE] = {"primaryValue": 5_100_000_000.0}
    server.released["156", "M"]["202409"] = "2025-03-03"
    assert not collect().error
    with duckdb.connect() as con:
        build.fill(con, small_shipped.shipped, datetime.now(UTC).date(), lambda stage: None)
        found = con.execute(
            "SELECT published, round(value, 4) FROM vintage WHERE indicator = 'crude_ru_cn_value' "
            "AND period_start = DATE '2024-09-01' ORDER BY published"
        ).fetchall()
        same = con.execute(
            "SELECT count(*) FROM observation WHERE source = 'comtrade' "
            "AND indicator = 'crude_sa_cn_value' AND period_start = DATE '2024-09-01'"
        ).fetchone()
    assert found == [(date(2024, 12, 2), 5.0), (date(2025, 3, 3), 5.1)]
    assert same == (1,), "an unchanged cell of a new release is no vintage"


def test_an_answer_cut_off_is_asked_for_in_pieces_that_keep_sums_together(
    collect: Run, desk: Local, server: Comtrade
) -> None:
    server.breaks = True
    assert not collect().error
    asked = [each.query for each in desk.asked_for("/preview/")]
    newest = [each["flowCode"] for each in asked if each["period"] == "202410"]
    assert newest == ["M,X", "M", "M", "M", "X", "X", "X"]
    coal = sum(2 * value("156", "643", "M", code, "202409") for code in ("2701", "2702"))
    assert [each["value"] for each in landed("coal_ru_cn_volume", "2024-09-01")] == [cents(coal)]
    assert landed("machine_tools_8456_8466_cn_ru_value", "2024-09-01")
    collect()
    assert periods(desk) == [], "what came in pieces counts as answered"


def test_the_smallest_piece_that_is_still_full_is_an_error(
    collect: Run, desk: Local, server: Comtrade
) -> None:
    wide = server._rows

    def doubled(query: dict[str, str]) -> Iterator[dict[str, object]]:
        for each in wide(query):
            yield from [each] * (5 if query["reportercode"] == "156" else 1)

    server._rows = doubled  # type: ignore[method-assign]
    outcome = collect()
    assert "Truncated: 500 rows came" in outcome.error
    assert "period 202409" in outcome.error
    asked = [each for each in periods(desk) if each == "156 202409"]
    collect()
    assert [each for each in periods(desk) if each == "156 202409"] == asked, "it stays wanted"


def test_with_a_key_periods_of_one_release_share_a_call(
    collect: Run, desk: Local, server: Comtrade, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.key = KEY
    monkeypatch.setenv("AMUR_COMTRADE_KEY", KEY)
    months = [f"2023{month:02}" for month in range(1, 13)] + ["202401", "202402"]
    server.released["156", "M"] = dict.fromkeys(months, "2024-06-20") | {"202403": "2024-07-01"}
    server.released["344", "M"] = {"202401": "2024-06-20"}
    assert not collect().error
    asked = [each.query["period"] for each in desk.asked_for("/data/v1/get/C/M")]
    assert asked == [
        "202403",
        "202402,202401,202312,202311,202310,202309,202308,202307,202306,202305,202304,202303",
        "202401",
        "202302,202301",
    ]
    assert landed("crude_ru_cn_value", "2023-01-01")[0]["published"] == "2024-06-20"
    server.released["156", "M"]["202305"] = "2024-09-09"
    collect()
    asked = [each.query["period"] for each in desk.asked_for("/data/v1/get/C/M")]
    assert asked == ["202305"]


def test_the_key_goes_in_a_header_and_is_kept_nowhere(
    collect: Run,
    desk: Local,
    server: Comtrade,
    small_shipped: Small,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server.key = KEY
    monkeypatch.setenv("AMUR_COMTRADE_KEY", KEY)
    server.failing = [refused(f"no such key {KEY}", 404)]
    outcome = collect()
    assert "404" in outcome.error
    assert KEY not in outcome.error
    assert not collect().error
    assert {each.headers["ocp-apim-subscription-key"] for each in desk.asked} == {KEY}
    assert not any(KEY in json.dumps(each.query) for each in desk.asked)
    kept = [path for path in small_shipped.data.rglob("*") if path.is_file()]
    assert len(kept) > 4
    assert not any(KEY.encode() in path.read_bytes() for path in kept)


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        pytest.param(
            refused("Access denied due to missing subscription key."), "KeyRefused", id="401"
        ),
        pytest.param(out_of_quota(), "renewal in 14 days 7 h 13 min", id="403 quota"),
        pytest.param(
            Reply(HTML, 500, "text/html"), "ServerFailed: the server answered 500", id="500"
        ),
        pytest.param(Reply(HTML, 200, "text/html"), "NotTheData: a web page came", id="page"),
        pytest.param(
            Reply(b"Request URL Too Long", 414, "text/plain"), "Request URL Too Long", id="text"
        ),
        pytest.param(
            Reply(json.dumps({"error": "Something went wrong"}).encode()),
            "the server says in place of data: Something went wrong",
            id="200 with an error",
        ),
    ],
)
def test_what_the_server_answers_in_place_of_data_is_told_with_address_and_period(
    collect: Run, server: Comtrade, reply: Reply, told: str
) -> None:
    server.failing = [reply] * (2 if reply.status >= 500 else 1)
    outcome = collect()
    assert told in outcome.error
    assert "/public/v1/preview/C/M/HS?reporterCode=156" in outcome.error
    assert "period 202410" in outcome.error


def test_a_server_that_asks_to_slow_down_is_asked_again(collect: Run, server: Comtrade) -> None:
    server.failing = [slow_down()]
    assert not collect().error
    assert landed("crude_ru_cn_value", "2024-10-01")


def test_what_came_before_a_failure_stays_and_the_rest_is_asked_for_next_time(
    collect: Run, desk: Local, server: Comtrade
) -> None:
    def stopping(request: Asked) -> Reply:
        return out_of_quota() if len(desk.asked_for("preview")) > 1 else server(request)

    desk.answers = stopping
    assert "QuotaExhausted" in collect().error
    assert landed("crude_ru_cn_value", "2024-10-01")
    desk.answers = server
    assert not collect().error
    assert periods(desk) == ["156 202409", "344 202409", "156 2023", "344 2023"]
