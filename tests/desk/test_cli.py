"""The `amur` command to the letter of the contract: keys, exit codes, and a clean stdout."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from desk import freshness
from desk.rows import Row
from etl import warehouse
from etl.connectors import CONNECTORS
from etl.store import Shelf, State
from etl.warehouse import Build
from tests.support import TODAY, Ran, Small, observation, run_amur

Amur = Callable[..., Ran]

SERIES_KEYS = ["indicator", "unit", "as_of", "build_id", "points"]
POINT_KEYS = [
    *["period_start", "period_end", "period_kind", "value", "precision", "status", "basis"],
    *["disputed", "source", "publisher", "url", "published", "vintages"],
]
REPORT_KEYS = ["build_id", "published", "started", "finished", "sources", "checks"]
SOURCE_REPORT_KEYS = [
    "source",
    "status",
    "fetched",
    "observations_new",
    "observations_revised",
    "error",
]
STATUS_KEYS = ["build_id", "built", "sources", "last_run"]
STATUS_SOURCE_KEYS = {
    "source",
    "newest_period",
    "newest_published",
    "retrieved",
    "next_expected",
    "stale",
}
INDICATOR_KEYS = ["id", "title", "unit", "topic", "reporter", "partner", "flow", "basis"]
MAY = ["--from", "2024-05-01", "--to", "2024-05-31"]


def test_refresh_reports_sources_and_checks(small_shipped: Small, amur: Amur) -> None:
    done = amur("refresh", "--offline", "--json")
    assert done.code == 0
    report = done.json
    assert list(report) == REPORT_KEYS
    assert report["published"] is True
    assert report["started"] <= report["finished"]
    assert [list(source) for source in report["sources"]] == [SOURCE_REPORT_KEYS]
    assert {s["status"] for s in report["sources"]} <= {"ok", "unchanged"}
    assert all(list(c) == ["check", "severity", "passed", "detail"] for c in report["checks"])
    current = (small_shipped.data / "warehouse" / "CURRENT").read_text(encoding="utf-8").strip()
    assert current == f"{report['build_id']}.duckdb"


def test_a_refused_refresh_still_prints_one_object_for_machines(
    small_shipped: Small, amur: Amur
) -> None:
    small_shipped.observations(observation(value="plenty"))
    done = amur("refresh", "--offline", "--json")
    assert done.code == 3
    assert done.json["published"] is False


def test_refresh_in_a_pipe_shows_no_progress_bar(small_shipped: Small) -> None:
    places = {"AMUR_SHIPPED": str(small_shipped.shipped), "AMUR_DATA": str(small_shipped.data)}
    done = run_amur("refresh", "--offline", **places)
    assert (done.code, done.out) == (0, "")
    assert len(done.err.splitlines()) == 1
    assert "published" in done.err
    assert "%" not in done.err


@pytest.mark.parametrize(
    "arguments", [["--source", "nobody"], ["--engine", "abacus"], ["--sauce", "tass"], ["--source"]]
)
def test_refresh_with_a_wrong_argument_changes_nothing(
    small_shipped: Small, amur: Amur, arguments: list[str]
) -> None:
    done = amur("refresh", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err
    assert small_shipped.published() == {}


def test_check_prints_ok_and_faults(small_shipped: Small, amur: Amur) -> None:
    assert amur("check", "--json").json == {"ok": True, "faults": []}
    small_shipped.observations(observation(value="plenty"))
    done = amur("check", "--json")
    assert done.code == 2
    assert [list(fault) for fault in done.json["faults"]] == [["file", "line", "what", "fix"]]


def test_status_tells_the_build_its_sources_and_the_last_run(build: Build, amur: Amur) -> None:
    done = amur("status", "--json")
    assert done.code == 0
    assert list(done.json) == STATUS_KEYS
    assert done.json["build_id"] == build.id
    assert all(set(source) >= STATUS_SOURCE_KEYS for source in done.json["sources"])
    assert set(REPORT_KEYS) <= set(done.json["last_run"])
    customs = {s["source"]: s for s in done.json["sources"]}["gacc_wind_crea"]
    assert customs["newest_period"] == "2023-02-28"
    assert customs["newest_published"] == "2023-03-22"
    assert customs["retrieved"] == "2026-11-23"


def test_a_curated_file_has_no_calendar_and_is_never_stale(build: Build) -> None:
    with warehouse.connect(build) as con:
        rows = freshness.sources(con, TODAY.replace(year=2036))
    curated = [row for row in rows if not row["live"]]
    assert curated
    assert not any(row["stale"] or row["next_expected"] for row in curated)


def test_a_live_source_is_on_its_calendar_once_it_was_asked_here(
    small_shipped: Small, amur: Amur
) -> None:
    """Rates of May 2024 that were shipped say where they end; asked for, the next are overdue."""
    row = {"indicator": "fx_usd_cny", "unit": "CNY/USD", "value": "7.2"}
    small_shipped.observations(observation(source="ecb", **row))
    assert amur("refresh", "--offline").code == 0
    assert amur("status", "--json").code == 0
    Shelf("ecb").remember(State(attempted="2026-11-20T08:00:00+00:00"))
    done = amur("status", "--json")
    assert done.code == 1
    [told] = done.json["sources"]
    assert (told["source"], told["stale"], told["next_expected"]) == ("ecb", True, "2024-07-06")


def test_due_with_nothing_due_answers_in_the_shape_of_a_refresh(
    small_shipped: Small, amur: Amur
) -> None:
    current = amur("refresh", "--offline", "--json").json["build_id"]
    asked = State(attempted=datetime.now(UTC).isoformat())
    for source in CONNECTORS:
        Shelf(source).remember(asked)
    done = amur("due", "--json")
    assert done.code == 0
    assert list(done.json) == REPORT_KEYS
    assert (done.json["build_id"], done.json["published"]) == (current, False)
    assert done.json["started"] == done.json["finished"] != ""
    assert "Nothing is due; next is" in done.err


def test_indicators_lists_every_indicator_with_its_first_and_last_day(
    build: Build, amur: Amur
) -> None:
    done = amur("indicators", "--json")
    assert done.code == 0
    assert all(list(row) == [*INDICATOR_KEYS, "first", "last"] for row in done.json)
    listed = {row["id"]: row for row in done.json}
    assert len(listed) == len(done.json) > 200
    assert listed["trade_total"]["unit"] == "USD bn"
    assert listed["trade_total"]["first"] <= "2006-01-01"
    assert listed["trade_total"]["last"] >= "2026-02-28"


def test_figures_lists_every_figure_with_indicators_that_exist(build: Build, amur: Amur) -> None:
    done = amur("figures", "--json")
    assert done.code == 0
    assert all(list(row) == ["id", "title", "page", "indicators"] for row in done.json)
    known = {row["id"] for row in amur("indicators", "--json").json}
    assert all(row["indicators"] and set(row["indicators"]) <= known for row in done.json)


def test_series_prints_one_object_with_the_keys_of_the_contract(build: Build, amur: Amur) -> None:
    done = amur("series", "trade_total", "--kind", "year", "--as-of", "2026-11-23", "--json")
    assert done.code == 0
    assert done.err == ""
    assert list(done.json) == SERIES_KEYS
    head = {key: done.json[key] for key in SERIES_KEYS[:4]}
    assert head == {
        "indicator": "trade_total",
        "unit": "USD bn",
        "as_of": "2026-11-23",
        "build_id": build.id,
    }
    assert all(list(point) == POINT_KEYS for point in done.json["points"])
    [point] = [p for p in done.json["points"] if p["period_start"] == "2024-01-01"]
    assert (point["value"], point["precision"]) == (244.819, 0.001)
    assert (point["disputed"], point["basis"]) == (False, "china_customs")


def test_series_as_csv_says_the_same_as_json(build: Build, amur: Amur) -> None:
    arguments = ["series", "crude_ru_cn_volume", "--as-of", "2024-06-30"]
    rows = list(csv.DictReader(io.StringIO(amur(*arguments, "--csv").out)))
    points = amur(*arguments, "--json").json["points"]
    assert len(rows) == len(points) > 100
    assert list(rows[0]) == POINT_KEYS
    told = [{key: "" if p[key] is None else str(p[key]) for key in POINT_KEYS} for p in points]
    assert rows == told


def test_every_series_of_the_contract_is_strict_json(build: Build, amur: Amur) -> None:
    def refuse(word: str) -> Row:
        raise AssertionError(f"{word} is no JSON")

    for indicator in ("trade_total", "lng_ru_cn_value", "fx_usd_rub", "crude_ru_cn_share"):
        for kind in ("month", "ytd", "year"):
            done = amur("series", indicator, "--kind", kind, "--json")
            assert json.loads(done.out, parse_constant=refuse)["indicator"] == indicator


def test_series_keeps_to_the_days_asked_for(build: Build, amur: Amur) -> None:
    points = amur("series", "trade_total", *MAY, "--json").json["points"]
    assert [p["period_start"] for p in points] == ["2024-05-01"]


def test_series_in_another_unit_is_the_same_line(build: Build, amur: Amur) -> None:
    billions, millions = (
        amur("series", "trade_total", "--unit", unit, *MAY, "--json").json
        for unit in ("USD bn", "USD million")
    )
    assert millions["unit"] == "USD million"
    assert millions["points"][0]["value"] == pytest.approx(1e3 * billions["points"][0]["value"])
    assert millions["points"][0]["precision"] == pytest.approx(
        1e3 * billions["points"][0]["precision"]
    )


def test_series_without_points_is_an_empty_list(build: Build, amur: Amur) -> None:
    done = amur("series", "trade_total", "--to", "1950-01-01", "--json")
    assert (done.code, done.json["points"]) == (0, [])


def test_provenance_lists_every_observation_with_the_chosen_one_first(
    build: Build, amur: Amur
) -> None:
    rows = amur("provenance", "trade_total", "2024-01-01", "2024-12-31", "--json").json
    assert len(rows) >= 10
    assert rows[0]["chosen"] is True
    assert rows[0]["value_text"] == "244.819"
    assert all(isinstance(row["chosen"], bool) for row in rows)
    assert all(row["reason"] and row["publisher"] for row in rows)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["series", "trade_sum"], "«trade_sum»"),
        (["series", "trade_total", "--unit", "Mt"], "«Mt»"),
        (["series", "trade_total", "--unit", "furlong"], "«furlong»"),
        (["series", "trade_total", "--kind", "week"], "«week»"),
        (["series", "trade_total", "--as-of", "yesterday"], "«yesterday»"),
        (["series", "trade_total", "--from", "2024-13-01"], "«2024-13-01»"),
        (["series", "trade_total", "--to", "2024"], "«2024»"),
        (["provenance", "trade_sum", "2024-01-01", "2024-12-31"], "«trade_sum»"),
        (["provenance", "trade_total", "2024-01-01", "someday"], "«someday»"),
        (["provenance", "trade_total", "1950-01-01", "1950-12-31"], "1950-01-01"),
    ],
)
def test_a_wrong_name_or_day_is_one_sentence_and_exit_2(
    build: Build, amur: Amur, arguments: list[str], named: str
) -> None:
    for option in ([], ["--json"]):
        done = amur(*arguments, *option)
        assert (done.code, done.out) == (2, "")
        assert named in done.err
        assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [["series"], ["provenance", "trade_total"], ["divine"], ["series", "a", "b"]]
)
def test_wrong_usage_exits_2(build: Build, amur: Amur, arguments: list[str]) -> None:
    done = amur(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err


def test_the_command_as_a_process_keeps_stdout_for_json(build: Build) -> None:
    told = run_amur("status", "--json")
    assert told.code == 0
    assert told.json["build_id"] == build.id
    wrong = run_amur("series", "trade_sum", "--json")
    assert (wrong.code, wrong.out) == (2, "")
    assert "«trade_sum»" in wrong.err
    assert "Traceback" not in wrong.err
