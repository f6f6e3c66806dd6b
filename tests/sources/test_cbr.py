"""The Bank of Russia's XML: windows-1251, decimal commas, nominals, whole months only."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from etl.errors import BadFigures, ChangedShape, NotTheData
from etl.exchange import Request, Scope
from etl.sources import cbr
from tests.server import Asked, Reply, local
from tests.sources.figure_connectors import by_period, collector, landed, payload, values_built
from tests.support import Small

Record = tuple[str, str, str]


def body(
    code: str, records: Sequence[Record], span: tuple[str, str] = ("01.05.2026", "15.07.2026")
) -> bytes:
    lines = "".join(
        f'<Record Date="{day}" Id="{code}"><Nominal>{nominal}</Nominal><Value>{value}</Value>'
        f"<VunitRate>{value}</VunitRate></Record>"
        for day, nominal, value in records
    )
    text = (
        '<?xml version="1.0" encoding="windows-1251"?>'
        f'<ValCurs ID="{code}" DateRange1="{span[0]}" DateRange2="{span[1]}" '
        f'name="Динамика курса">{lines}</ValCurs>'
    )
    return text.encode("cp1251")


def asked_for(code: str = "R01235") -> Request:
    params = {"date_req1": "01/05/2026", "date_req2": "15/07/2026", "VAL_NM_RQ": code}
    return Request("USD", cbr.PATH, params, expects="xml")


def test_days_land_as_printed_and_a_nominal_moves_the_point(tmp_path: Path) -> None:
    content = body("R01375", [("15.05.2026", "10", "115,0730"), ("16.05.2026", "1", "11,5")])
    found = by_period(cbr.parse(payload(tmp_path, asked_for("R01375"), content)).observations)
    assert found["fx_cny_rub", "day", "2026-05-15"]["value"] == "11.50730"
    assert found["fx_cny_rub", "day", "2026-05-15"]["status"] == "reported"
    mean = found["fx_cny_rub", "month", "2026-05-01"]
    assert (mean["value"], mean["unit"], mean["status"]) == ("11.5036", "RUB/CNY", "derived")
    assert (mean["note"], mean["period_end"]) == ("mean of 2 published rates", "2026-05-31")


def test_a_month_that_is_cut_or_not_over_has_no_mean(tmp_path: Path) -> None:
    days = [("30.04.2026", "1", "80,1"), ("05.05.2026", "1", "81"), ("02.06.2026", "1", "82")]
    days += [("14.07.2026", "1", "83"), ("15.07.2026", "1", "84"), ("16.07.2026", "1", "85")]
    content = body("R01235", days, ("02.05.2026", "16.07.2026"))
    found = by_period(cbr.parse(payload(tmp_path, asked_for(), content)).observations)
    assert [start for _, kind, start in found if kind == "month"] == ["2026-06-01"]
    last_day = max(start for _, kind, start in found if kind == "day")
    assert last_day == "2026-07-14", "the day of retrieval is not over"


def test_without_stated_range_the_asked_one_counts(tmp_path: Path) -> None:
    content = (
        b'<ValCurs ID="R01235"><Record Date="05.05.2026"><Nominal>1</Nominal>'
        b"<Value>80,5</Value></Record></ValCurs>"
    )
    found = by_period(cbr.parse(payload(tmp_path, asked_for(), content)).observations)
    assert found["fx_usd_rub", "month", "2026-05-01"]["value"] == "80.5000"


def test_an_empty_answer_is_empty_and_a_blank_value_a_gap(tmp_path: Path) -> None:
    assert cbr.parse(payload(tmp_path, asked_for(), body("R01235", []))).observations == []
    blank = body("R01235", [("05.05.2026", "1", "")])
    assert cbr.parse(payload(tmp_path, asked_for(), blank)).observations == []


def test_identical_records_count_once_in_the_mean(tmp_path: Path) -> None:
    days = [("05.05.2026", "1", "80"), ("05.05.2026", "1", "80,0"), ("06.05.2026", "1", "83")]
    found = by_period(cbr.parse(payload(tmp_path, asked_for(), body("R01235", days))).observations)
    mean = found["fx_usd_rub", "month", "2026-05-01"]
    assert (mean["value"], mean["note"]) == ("81.5000", "mean of 2 published rates")


@pytest.mark.parametrize(
    ("content", "error", "told"),
    [
        (body("R01239", []), ChangedShape, "of «R01239», which was not asked for"),
        (body("R01375", []), ChangedShape, "USD was asked for, CNY came"),
        (body("R01235", [("2026-05-05", "1", "80")]), ChangedShape, "«2026-05-05» is no date"),
        (body("R01235", [("31.02.2026", "1", "80")]), ChangedShape, "«31.02.2026» is no date"),
        (body("R01235", [("05.05.2026", "0", "80")]), BadFigures, "for «0» units"),
        (body("R01235", [("05.05.2026", "1", "-80")]), BadFigures, "cannot be below zero"),
        (body("R01235", [("05.05.2026", "1", "восемь")]), BadFigures, "«восемь», which is no"),
        (
            body("R01235", [("05.05.2026", "1", "80"), ("05.05.2026", "1", "81")]),
            BadFigures,
            "fx_usd_rub of 2026-05-05 stands twice: 80 and 81 RUB/USD",
        ),
        (body("R01235", [("05.05.2026", "1", "80")])[:-20], NotTheData, "no sound XML"),
        (b"<Other/>", NotTheData, "<Other> in place of <ValCurs>"),
        (b"<ValCurs>Error in parameters</ValCurs>", ChangedShape, "«Error in parameters»"),
        (
            b'<!DOCTYPE a [<!ENTITY b "c">]><ValCurs ID="R01235">&b;</ValCurs>',
            NotTheData,
            "no sound XML",
        ),
    ],
)
def test_what_cannot_be_is_named(
    content: bytes, error: type[Exception], told: str, tmp_path: Path
) -> None:
    with pytest.raises(error, match=told):
        cbr.parse(payload(tmp_path, asked_for(), content))


def test_it_asks_for_whole_months_after_what_is_held() -> None:
    held = {"fx_usd_rub": date(2026, 4, 30), "fx_cny_rub": date(2026, 6, 17)}
    asked = list(cbr.plan(Scope(date(2026, 7, 15), "https://example.org", held=held)))
    assert [request.params["date_req1"] for request in asked] == ["01/05/2026", "01/06/2026"]
    assert [request.params["date_req2"] for request in asked] == ["15/07/2026", "15/07/2026"]
    (first, _) = cbr.plan(Scope(date(2026, 7, 15), "https://example.org"))
    assert first.params["date_req1"] == "01/12/2023"


RATES = {"R01235": [("05.03.2024", "1", "90,5")], "R01375": [("05.03.2024", "10", "125,25")]}


def test_both_currencies_land_a_second_fetch_adds_nothing_and_a_restated_mean_is_a_vintage(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates = {code: list(days) for code, days in RATES.items()}
    span = ("01.03.2024", "30.04.2024")

    def answers(asked: Asked) -> Reply:
        code = asked.query["VAL_NM_RQ"]
        return Reply(body(code, rates[code], span), kind="application/xml; charset=windows-1251")

    collect = collector("cbr", cbr, monkeypatch)
    with local(answers) as server:
        first, again = collect(server.url), collect(server.url)
        rows = landed("cbr")
        rates["R01235"].append(("06.03.2024", "1", "91,5"))
        collect(server.url)
    assert (first.error, first.fetched, len(first.landed)) == ("", 2, 2)
    assert (again.error, again.fetched, again.landed) == ("", 2, [])
    assert {key: row["value"] for key, row in rows.items()} == {
        ("fx_usd_rub", "day", "2024-03-05"): "90.5",
        ("fx_usd_rub", "month", "2024-03-01"): "90.5000",
        ("fx_cny_rub", "day", "2024-03-05"): "12.525",
        ("fx_cny_rub", "month", "2024-03-01"): "12.5250",
    }
    assert values_built("fx_usd_rub", "2024-03-01") == ["90.5000", "91.0000"]
    assert values_built("fx_cny_rub", "2024-03-01") == ["12.5250"]


def test_a_page_against_robots_is_a_failure_with_its_address_and_period(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = b"<!DOCTYPE html><html><title>Checking your browser</title></html>"
    with local(lambda asked: Reply(page, kind="text/html")) as server:
        outcome = collector("cbr", cbr, monkeypatch)(server.url)
    assert "NotTheData: a web page came in place of xml" in outcome.error
    assert "Checking your browser" in outcome.error
    assert f"{server.url}/scripts/XML_dynamic.asp" in outcome.error
    assert "period 2023-12-01 to " in outcome.error
    assert landed("cbr") == {}
