"""The IMF's SDMX-JSON: positions into the structure, SCALE from the answer, estimates marked."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.errors import BadFigures, ChangedShape, NotTheData
from etl.exchange import Request, Scope
from etl.sources import imf
from tests.server import Answers, Asked, Reply, local
from tests.sources.figure_connectors import by_period, collector, landed, payload, values_built
from tests.support import Small

REQUEST = Request("trade.A", "/data", released=date(2026, 6, 30))
Series = dict[str, list[Any]]
EXPORTS, IMPORTS = "RUS.XG_FOB_USD.CHN", "RUS.MG_CIF_USD.G001"


def attribute(name: str, *codes: str) -> dict[str, Any]:
    return {"id": name, "relationship": {}, "values": [{"id": code} for code in codes]}


def message(
    series: Series,
    times: list[str],
    frequency: str = "A",
    level: str = "series",
    scale: str | None = "6",
) -> dict[str, Any]:
    """Return an answer as the IMF builds it, with SCALE at one of its levels."""
    codes: list[list[str]] = [[], [], [], []]
    part: dict[str, Any] = {"structure": 0, "action": "Replace", "series": {}}
    for name, values in series.items():
        places = []
        for known, code in zip(codes, [*name.split("."), frequency], strict=True):
            known.extend([code] if code not in known else [])
            places.append(known.index(code))
        key = ":".join(map(str, places))
        seen = {
            str(number): [value, None, *([0] if level == "observation" else [])]
            for number, value in enumerate(values)
        }
        given = [None, 0] if level == "series" else [None]
        part["series"][key] = {"attributes": given, "observations": seen}
        if level == "dimensionGroup":
            part.setdefault("dimensionGroupAttributes", {})[f":{places[1]}:::"] = [0, 0]
    attributes: dict[str, list[Any]] = {
        "dimensionGroup": [attribute("UNIT", "USD")],
        "series": [attribute("OVERLAP")],
        "observation": [attribute("PRECISION")],
    }
    if scale is not None:
        attributes[level].append(attribute("SCALE", scale))
    ids = ("COUNTRY", "INDICATOR", "COUNTERPART_COUNTRY", "FREQUENCY")
    dimensions = [
        {"id": name, "keyPosition": place, "values": [{"id": code} for code in known]}
        for place, (name, known) in enumerate(zip(ids, codes, strict=True))
    ]
    time = {"id": "TIME_PERIOD", "keyPosition": 4, "values": [{"value": text} for text in times]}
    structure = {
        "dataSets": [0],
        "dimensions": {"series": dimensions, "observation": [time]},
        "measures": {"observation": [{"id": "OBS_VALUE", "roles": []}]},
        "attributes": attributes,
    }
    return {"meta": {}, "data": {"dataSets": [part], "structures": [structure]}}


def body(*arguments: Any, **options: Any) -> bytes:
    return json.dumps(message(*arguments, **options)).encode()


@pytest.mark.parametrize("level", ["series", "dimensionGroup", "observation"])
@pytest.mark.parametrize(
    ("scale", "printed", "value"),
    [
        ("6", "28019.9034670", "28019.9034670"),
        ("0", "28019903467.5", "28019.9034675"),
        ("9", "28.0199", "28019.9"),
    ],
)
def test_scale_is_read_from_wherever_the_answer_states_it(
    level: str, scale: str, printed: str, value: str, tmp_path: Path
) -> None:
    content = body({EXPORTS: [printed]}, ["2021"], level=level, scale=scale)
    found = by_period(imf.parse(payload(tmp_path, REQUEST, content)).observations)
    assert found["imf_ru_exports_to_cn", "year", "2021-01-01"]["value"] == value


def test_years_and_months_since_2022_are_estimates_and_what_is_not_over_is_left_out(
    tmp_path: Path,
) -> None:
    years = body({IMPORTS: ["10.5", 11, None, "12"]}, ["2021", "2022", "2023", "2026"])
    found = by_period(imf.parse(payload(tmp_path, REQUEST, years)).observations)
    told = {start: (row["value"], row["status"]) for (_, _, start), row in found.items()}
    assert told == {"2021-01-01": ("10.5", "reported"), "2022-01-01": ("11", "estimated")}
    row = found["imf_ru_imports_total", "year", "2021-01-01"]
    assert (row["unit"], row["published"], row["note"], row["period_end"]) == (
        "USD million",
        "2026-06-30",
        "IMTS RUS.MG_CIF_USD.G001.A",
        "2021-12-31",
    )
    months = body(
        {EXPORTS: ["1", "NaN", "3", "4"]}, ["2021-M12", "2026-M05", "2026-M06", "2026-M07"], "M"
    )
    found = by_period(imf.parse(payload(tmp_path, REQUEST, months)).observations)
    assert [(key[1:], row["value"]) for key, row in found.items()] == [
        (("month", "2021-12-01"), "1"),
        (("month", "2026-06-01"), "3"),
    ]


def test_other_reporters_and_partners_are_left_out(tmp_path: Path) -> None:
    series: Series = {"CHN.XG_FOB_USD.RUS": ["1"], "CHN.XG_FOB_USD.CHN": ["2"], EXPORTS: ["3"]}
    found = imf.parse(payload(tmp_path, REQUEST, body(series, ["2021"]))).observations
    assert [row["value"] for row in found] == ["3"]


def test_an_answer_without_series_or_body_is_empty(tmp_path: Path) -> None:
    without = message({}, [])
    del without["data"]["dataSets"][0]["series"]
    answers = [json.dumps(without).encode(), body({}, [])]
    for content in answers:
        assert imf.parse(payload(tmp_path, REQUEST, content)).observations == []
    assert imf.parse(payload(tmp_path, REQUEST, b"", status=204)).observations == []


def test_a_period_that_is_null_is_a_gap(tmp_path: Path) -> None:
    answer = message({EXPORTS: ["1", "2", "3"]}, ["2019", "2020", "2021"])
    [series] = answer["data"]["dataSets"][0]["series"].values()
    series["observations"] |= {"0": None, "1": [None, None]}
    found = imf.parse(payload(tmp_path, REQUEST, json.dumps(answer).encode())).observations
    assert [(row["period_start"], row["value"]) for row in found] == [("2021-01-01", "3")]


@pytest.mark.parametrize(
    ("content", "error", "told"),
    [
        (body({EXPORTS: ["1"]}, ["2021"], scale=None), ChangedShape, "CHN.A comes without SCALE"),
        (body({EXPORTS: ["1"]}, ["2021"], scale="Millions"), ChangedShape, "is «Millions», no po"),
        (body({EXPORTS: ["1"]}, ["2021-Q1"]), ChangedShape, "«2021-Q1» does not fit frequency A"),
        (body({EXPORTS: ["1"]}, ["2021"], "M"), ChangedShape, "«2021» does not fit frequency M"),
        (body({EXPORTS: ["-1"]}, ["2021"]), BadFigures, "RUS.XG_FOB_USD.CHN.A of 2021 is -1"),
        (body({EXPORTS: ["many"]}, ["2021"]), BadFigures, "of 2021 is «many», which is no number"),
        (
            body({EXPORTS: ["1", "2"]}, ["2021", "2021-A1"]),
            BadFigures,
            "imf_ru_exports_to_cn of 2021-01-01 stands twice: 1 and 2 USD million",
        ),
        (b'{"data": ', NotTheData, "the body is no JSON"),
        ("{}".encode("utf-16"), NotTheData, "is not UTF-8"),
    ],
)
def test_what_cannot_be_is_named(
    content: bytes, error: type[Exception], told: str, tmp_path: Path
) -> None:
    with pytest.raises(error, match=told):
        imf.parse(payload(tmp_path, REQUEST, content))


def test_identical_values_count_once(tmp_path: Path) -> None:
    content = body({EXPORTS: ["1.5", "1.50"]}, ["2021", "2021-A1"])
    found = imf.parse(payload(tmp_path, REQUEST, content)).observations
    assert [row["value"] for row in found] == ["1.5"]


def flow(updated: str) -> Reply:
    notes = [{"id": "isFinal"}, {"id": "lastUpdatedAt", "value": updated}]
    listed = [{"id": "IMTS", "annotations": notes}]
    return Reply(json.dumps({"data": {"dataflows": listed}}).encode())


def server(years: dict[str, list[Any]], updated: str = "2026-06-30T17:18:44.429573Z") -> Answers:
    def answers(asked: Asked) -> Reply:
        if "/structure/" in asked.path:
            return flow(updated) if updated else Reply(status=503)
        if asked.path.endswith(".A"):
            return Reply(body(years, ["2020", "2021"]))
        return Reply(body({EXPORTS: ["5.5"]}, ["2021-M03"], "M"))

    return answers


def test_years_and_months_land_a_second_fetch_adds_nothing_and_a_restated_year_is_a_vintage(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    collect = collector("imf", imf, monkeypatch)
    with local(server({EXPORTS: ["100.25", "200.5"]})) as running:
        first, again = collect(running.url), collect(running.url)
        rows = landed("imf")
        running.answers = server({EXPORTS: ["100.25", "201.5"]}, "2026-07-30T00:00:00Z")
        restated = collect(running.url)
    assert (first.error, first.fetched, len(first.landed)) == ("", 3, 2)
    assert (again.error, again.landed, restated.error) == ("", [], "")
    assert {key[1:]: row["value"] for key, row in rows.items()} == {
        ("year", "2020-01-01"): "100.25",
        ("year", "2021-01-01"): "200.5",
        ("month", "2021-03-01"): "5.5",
    }
    assert {row["published"] for row in rows.values()} == {"2026-06-30"}
    asked = running.asked_for("/data/")[0]
    assert asked.path == "/data/dataflow/IMF.STA/IMTS/+/RUS.XG_FOB_USD+MG_CIF_USD.CHN+G001.A"
    assert asked.query["c[TIME_PERIOD]"] == "ge:2016"
    assert asked.query["dimensionAtObservation"] == "TIME_PERIOD"
    assert asked.headers["accept"] == "application/json"
    assert values_built("imf_ru_exports_to_cn", "2021-01-01") == ["200.5", "201.5"]
    assert values_built("imf_ru_exports_to_cn", "2020-01-01") == ["100.25"]


@pytest.mark.parametrize("updated", ["", "2999-01-01T00:00:00Z", "soon"])
def test_without_a_sound_day_of_update_figures_count_from_their_retrieval(
    updated: str, small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    with local(server({EXPORTS: ["1", "2"]}, updated)) as running:
        outcome = collector("imf", imf, monkeypatch)(running.url)
    assert outcome.error == ""
    for row in landed("imf").values():
        assert row["published"] == str(row["retrieved"])[:10]


def test_a_passing_401_is_asked_again(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = [Reply(b'{"message": "Access denied"}', 401)] * 2
    sound = server({EXPORTS: ["1", "2"]})

    def answers(asked: Asked) -> Reply:
        return refused.pop() if refused and "/data/" in asked.path else sound(asked)

    collect = collector("imf", imf, monkeypatch)
    with local(answers) as running:
        refused.pop()
        assert collect(running.url).error == ""
        refused.extend([Reply(b'{"message": "Access denied"}', 401)] * 2)
        outcome = collect(running.url)
    assert "KeyRefused: the server answered 401: Access denied" in outcome.error


def test_a_flow_that_is_gone_is_empty_and_a_server_error_is_told_with_its_period(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    collect = collector("imf", imf, monkeypatch)
    with local(lambda asked: Reply(status=204)) as running:
        empty = collect(running.url)
        running.answers = lambda asked: Reply(b'{"message": "Internal error"}', 500)
        failed = collect(running.url)
    assert (empty.error, landed("imf")) == ("", {})
    assert "ServerFailed: the server answered 500: Internal error" in failed.error
    assert f"({running.url}/data/dataflow/IMF.STA/IMTS/+/" in failed.error
    assert "period 2016 to " in failed.error


def test_another_build_of_the_answer_is_a_changed_shape(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    with local(lambda asked: Reply(b'{"Series": []}')) as running:
        outcome = collector("imf", imf, monkeypatch)(running.url)
    assert "ChangedShape: " in outcome.error
    assert "update Amur or report it" in outcome.error
    assert landed("imf") == {}


def test_the_monthly_question_starts_in_a_month() -> None:
    plan = imf.plan(Scope(date(2026, 7, 15), "https://example.org"))
    next(plan)
    asked = [plan.send(None), plan.send(None)]
    assert [request.params["c[TIME_PERIOD]"] for request in asked] == ["ge:2016", "ge:2016-M01"]
    assert [request.released for request in asked] == [None, None]
