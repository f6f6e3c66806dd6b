"""UN Comtrade: what one answer says, and what is wrong with it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl import catalog
from etl.errors import BadFigures, ChangedShape, NotTheData, SourceFailed, Truncated
from etl.exchange import Payload, Request
from etl.sources import comtrade, comtrade_flow, comtrade_scope
from tests.sources.comtrade_server import Key, Row, body, row
from tests.support import DATA

PERIOD = "202409"
CRUDE = ("156", "643", "M", "2709", PERIOD)
COAL = ("156", "643", "M", "2701", PERIOD)
LIGNITE = ("156", "643", "M", "2702", PERIOD)
GAS = ("156", "643", "M", "271121", PERIOD)
CHINA = comtrade_scope.REPORTERS["156"]
CODES = ",".join(code for half in CHINA.halves for code in half)


def payload(folder: Path, content: bytes, codes: str = CODES, periods: str = PERIOD) -> Payload:
    path = folder / "body"
    path.write_bytes(content)
    params = {
        "reporterCode": "156",
        "period": periods,
        "partnerCode": ",".join(CHINA.partners),
        "cmdCode": codes,
        "flowCode": "M,X",
    }
    request = Request("156/M/x", "/public/v1/preview/C/M/HS", params, released=date(2024, 12, 2))
    fetched = datetime(2025, 6, 15, 6, 0, tzinfo=UTC)
    return Payload("comtrade", request, "https://comtradeapi.un.org/x", path, "0", fetched)


def read(folder: Path, rows: list[Row], codes: str = CODES) -> dict[str, tuple[str, str, str]]:
    """Return value, unit and status by indicator."""
    parsed = comtrade.parse(payload(folder, body(rows), codes))
    found = {each["indicator"]: each for each in parsed.observations}
    assert len(found) == len(parsed.observations)
    return {key: (each["value"], each["unit"], each["status"]) for key, each in found.items()}


def test_every_definition_says_what_the_catalogue_says() -> None:
    entries = catalog.load(DATA / "catalog")
    assert len(comtrade_flow.definitions()) > 30
    for each in comtrade_flow.definitions():
        entry = entries.indicators[each.indicator]
        assert entries.line_unit(each.indicator, each.unit) == entry.unit
        assert each.codes == set(entry.hs.split("+")), each.indicator
        for word in (entry.reporter, entry.partner, entry.flow):
            assert f"'{word}'" in each.sql, each.indicator
        assert each.status == ("derived" if len(each.codes) > 1 else "reported")


def test_every_definition_is_asked_for_and_finds_its_cells(tmp_path: Path) -> None:
    asked: set[str] = set()
    for number, reporter in comtrade_scope.REPORTERS.items():
        codes = [code for half in reporter.halves for code in half]
        cells = [
            row((number, partner, flow, code, PERIOD))
            for partner in reporter.partners
            for flow in reporter.flows
            for code in codes
        ]
        question = payload(tmp_path, body(cells), ",".join(codes))
        params = dict(question.request.params) | {"reporterCode": number}
        request = Request("x", question.request.path, params)
        answer = Payload("comtrade", request, "", question.path, "0", question.retrieved)
        asked |= {each["indicator"] for each in comtrade.parse(answer).observations}
    assert asked == {each.indicator for each in comtrade_flow.definitions()}


def test_a_figure_keeps_its_digits(tmp_path: Path) -> None:
    cells = {"primaryValue": 6804128143.0, "netWgt": 41139.393}
    found = read(tmp_path, [row(CRUDE, **cells)])
    assert found["crude_ru_cn_value"] == ("6804128143", "USD", "reported")
    assert found["crude_ru_cn_volume"] == ("41139.393", "kg", "reported")
    big = read(tmp_path, [row(CRUDE, primaryValue=1.25e12, netWgt="12500")])
    assert big["crude_ru_cn_value"][0] == "1250000000000"
    assert big["crude_ru_cn_volume"][0] == "12500"


def test_a_body_with_a_byte_order_mark_text_numbers_and_other_fields_is_read(
    tmp_path: Path,
) -> None:
    odd = row(CRUDE, primaryValue="123.40", netWgt="50", aNewField={"deep": [1]}, motCode="0")
    turned = dict(reversed(odd.items())) | {"reporterCode": "156", "period": int(PERIOD)}
    answer = payload(tmp_path, b"\xef\xbb\xbf" + body([turned], aNewField=[1]))
    [value, weight] = comtrade.parse(answer).observations
    assert (value["value"], weight["value"]) == ("123.4", "50")
    assert value["published"] == "2024-12-02"


def test_no_release_means_the_day_of_retrieval(tmp_path: Path) -> None:
    answer = payload(tmp_path, body([row(CRUDE)]))
    request = Request("x", answer.request.path, answer.request.params)
    answer = Payload("comtrade", request, "", answer.path, "0", answer.retrieved)
    assert {each["published"] for each in comtrade.parse(answer).observations} == {"2025-06-15"}


@pytest.mark.parametrize("nothing", [None, 0, 0.0, "0", ""])
def test_a_weight_that_is_missing_or_0_is_a_gap_and_leaves_the_value(
    tmp_path: Path, nothing: Any
) -> None:
    found = read(tmp_path, [row(CRUDE, netWgt=nothing), row(COAL, netWgt=nothing), row(LIGNITE)])
    assert "crude_ru_cn_value" in found
    assert not {"crude_ru_cn_volume", "hard_coal_ru_cn_volume", "coal_ru_cn_volume"} & set(found)
    assert {"lignite_ru_cn_volume", "coal_ru_cn_value"} <= set(found)


def test_a_value_that_is_missing_is_a_gap_also_in_sums(tmp_path: Path) -> None:
    found = read(tmp_path, [row(COAL, primaryValue=None), row(LIGNITE)])
    assert not {"hard_coal_ru_cn_value", "coal_ru_cn_value"} & set(found)
    assert "coal_ru_cn_value" not in read(tmp_path, [row(COAL)]), "half a sum"


def test_coal_without_lignite_counts_only_where_there_is_none(tmp_path: Path) -> None:
    australia, indonesia = (("156", code, "M", "2701", PERIOD) for code in ("36", "360"))
    found = read(tmp_path, [row(australia, netWgt=700), row(indonesia, netWgt=800)])
    assert found == {"coal_au_cn_volume": ("700", "kg", "derived")}
    lignite = row(("156", "36", "M", "2702", PERIOD), netWgt=0)
    assert read(tmp_path, [row(australia, netWgt=700), lignite]) == {}


def test_an_estimated_weight_is_marked_and_never_stands_for_pipeline_gas(tmp_path: Path) -> None:
    rows = [row(key, isNetWgtEstimated=True) for key in (CRUDE, COAL, LIGNITE, GAS)]
    found = read(tmp_path, rows)
    assert found["crude_ru_cn_volume"][2] == found["coal_ru_cn_volume"][2] == "estimated"
    assert found["crude_ru_cn_value"][2] == "reported"
    assert "pipeline_gas_ru_cn_volume" not in found
    assert "pipeline_gas_ru_cn_volume" in read(tmp_path, [row(GAS)])


def test_cars_are_counted_only_in_items(tmp_path: Path) -> None:
    cars = ("156", "643", "X", "8703", PERIOD)
    found = read(tmp_path, [row(cars, qty=632341.0, qtyUnitCode=5)])
    assert found["cn_cars_exported_to_ru"] == ("632.341", "thousand cars", "reported")
    assert "cn_cars_exported_to_ru" not in read(tmp_path, [row(cars, qtyUnitCode=8)])


def test_a_sum_is_left_out_where_only_some_of_its_codes_were_asked(tmp_path: Path) -> None:
    rows = [row(("156", "36", "M", "2701", PERIOD))]
    assert "coal_au_cn_volume" in read(tmp_path, rows)
    assert read(tmp_path, rows, codes="TOTAL,2701") == {}


def test_breakdowns_copies_and_other_countries_are_left_out(tmp_path: Path) -> None:
    sound = row(CRUDE, primaryValue=10.0)
    others = [
        row(CRUDE, motCode=2100, primaryValue=1.0),
        row(CRUDE, customsCode="C05", primaryValue=2.0),
        row(CRUDE, partner2Code=36, primaryValue=3.0),
        row(("643", "156", "M", "2709", PERIOD), primaryValue=4.0),
        row(("156", "643", "RM", "2709", PERIOD), primaryValue=5.0),
        row(("156", "643", "M", "2709", "202408"), primaryValue=6.0),
        row(("156", "842", "M", "2709", PERIOD), primaryValue=-7.0),
    ]
    found = read(tmp_path, [sound, *others, dict(sound)])
    assert found["crude_ru_cn_value"] == ("10", "USD", "reported")


def test_unfinished_periods_are_left_out(tmp_path: Path) -> None:
    rows = [row((*CRUDE[:4], period)) for period in ("202505", "202506", "2025")]
    answer = payload(tmp_path, body(rows), periods="202505,202506,2025")
    assert {row["period_end"] for row in comtrade.parse(answer).observations} == {"2025-05-31"}


@pytest.mark.parametrize("content", [body([]), body([], error=None), b'{"data": []}'])
def test_an_empty_answer_is_an_error_only_where_a_release_is_named(
    tmp_path: Path, content: bytes
) -> None:
    answer = payload(tmp_path, content)
    unreleased = replace(answer, request=replace(answer.request, name="156/A/2023", released=None))
    assert comtrade.parse(unreleased).observations == []
    released = replace(answer.request, name="156/A/2023", released=date(2024, 12, 2))
    with pytest.raises(NotTheData, match="no row came, though a release of 2024-12-02 is named"):
        comtrade.parse(replace(answer, request=released))
    piece = replace(released, name="156/A/2023/M/1")
    assert comtrade.parse(replace(answer, request=piece)).observations == []


def without(name: str, key: Key = CRUDE) -> Row:
    return {field: cell for field, cell in row(key).items() if field != name}


@pytest.mark.parametrize(
    ("content", "error", "told"),
    [
        (body([], error="bad request"), NotTheData, "bad request"),
        (body([], errorObject={"errorMessage": "no"}), NotTheData, "data: no"),
        (b'{"statusCode": 404, "message": "not here"}', NotTheData, "not here"),
        (b'{"data": [{"period"', NotTheData, "no whole JSON"),
        (b'{"data": []}{"data": []}', NotTheData, "2 JSON values"),
        (b'{"data": [{"period": "\xff"}]}', NotTheData, "no whole JSON in UTF-8"),
        (b'{"validation": true}', ChangedShape, "no list `data`"),
        (b'{"data": {"a": 1}}', ChangedShape, "`data` is no list of rows"),
        (b"[1, 2]", ChangedShape, "`data` is no list of rows"),
        (body([7]), ChangedShape, "`data` is no list of rows"),  # type: ignore[list-item]
        (body([without("netWgt")]), ChangedShape, "no row has the field netWgt"),
        (body([without("cmdCode")]), ChangedShape, "no row has the field cmdCode"),
        (body([row(COAL), without("cmdCode")]), ChangedShape, "row 2: cmdCode is missing"),
        (body([row(COAL, period="2024-09")]), ChangedShape, "row 1: period «2024-09»"),
        (body([row(COAL, period="202413")]), ChangedShape, "row 1: period «202413»"),
        (body([row(COAL, partnerCode={"a": 1})]), ChangedShape, "row 1: partnerCode"),
        (body([row(COAL, flowCode=True)]), ChangedShape, "row 1: flowCode «true»"),
        (body([row(COAL), row(CRUDE)], count=3), Truncated, "2 of 3 rows"),
        (body([row(CRUDE)] * 500), Truncated, "500 rows came, as many as"),
        (
            body([row(CRUDE, primaryValue=-5.5)]),
            BadFigures,
            "primaryValue «-5.5» is negative for reporter 156, partner 643, flow M, code 2709",
        ),
        (body([row(CRUDE, netWgt=-1)]), BadFigures, "netWgt «-1» is negative"),
        (body([row(CRUDE, primaryValue="n/a")]), BadFigures, "«n/a» is not a number"),
        (body([row(CRUDE, primaryValue=float("nan"))]), BadFigures, "is not a number"),
        (body([row(CRUDE, primaryValue=float("inf"))]), BadFigures, "is not a number"),
        (body([row(CRUDE, primaryValue=1e300)]), BadFigures, "is not a number"),
        (body([row(CRUDE, netWgt=[1])]), BadFigures, "netWgt «[1]» is not a number"),
        (
            body([row(CRUDE), row(CRUDE, primaryValue=1.0)]),
            BadFigures,
            "2 rows that differ for reporter 156, partner 643, flow M, code 2709",
        ),
    ],
)
def test_what_is_wrong_with_an_answer_is_named(
    tmp_path: Path, content: bytes, error: type[SourceFailed], told: str
) -> None:
    with pytest.raises(error) as caught:
        comtrade.parse(payload(tmp_path, content))
    assert told in str(caught.value)
    assert str(tmp_path) not in str(caught.value)
    if error is BadFigures:
        assert f"period {PERIOD}" in str(caught.value)


def test_one_row_of_very_many_is_found(tmp_path: Path) -> None:
    crowd = body([row(("156", "643", "M", "2801", PERIOD))] * 20_000 + [row(CRUDE)])
    [value, _] = comtrade.parse(payload(tmp_path, crowd)).observations
    assert value["indicator"] == "crude_ru_cn_value"


def test_definitions_run_on_any_table_of_flows() -> None:
    with duckdb.connect() as con:
        con.execute(
            "CREATE TABLE flow AS SELECT 'year' AS period_kind, DATE '2023-01-01' AS period_start, "
            "DATE '2023-12-31' AS period_end, 'CHN' AS reporter, 'RUS' AS partner, 'X' AS flow, "
            "'TOTAL' AS hs, 1.5 AS value, NULL::DOUBLE AS weight, false AS weight_estimated, "
            "NULL::DOUBLE AS quantity, '' AS quantity_unit, false AS quantity_estimated"
        )
        [found] = comtrade_flow.observations(con, frozenset({"TOTAL"}), "2024-01-05")
    assert found == {
        "indicator": "exports_cn_to_ru",
        "kind": "actual",
        "period_kind": "year",
        "period_start": "2023-01-01",
        "period_end": "2023-12-31",
        "value": "1.5",
        "bound": "=",
        "unit": "USD",
        "status": "reported",
        "published": "2024-01-05",
    }
