"""The ECB's CSV: means by name, the cross of the yuan, gaps, and what is no data."""

from datetime import date
from pathlib import Path

import pytest

from etl.errors import BadFigures, ChangedShape, NotTheData
from etl.exchange import Request, Scope
from etl.sources import ecb
from tests.server import Asked, Reply, local
from tests.sources.figure_connectors import by_period, collector, landed, payload, values_built
from tests.support import Small

HEADER = "KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE,OBS_STATUS"
REQUEST = Request("monthly", ecb.PATH, expects="csv")


def line(currency: str, month: str, value: str, denom: str = "EUR", freq: str = "M") -> str:
    key = f"EXR.M.{currency}.{denom}.SP00.A"
    return f"{key},{freq},{currency},{denom},SP00,A,{month},{value},A"


def body(*lines: str, header: str = HEADER) -> bytes:
    return "\r\n".join([header, *lines, ""]).encode()


MONTHS = (
    line("USD", "2024-03", "1.1000000000001"),
    line("USD", "2024-04", "1.25"),
    line("CNY", "2024-03", "8.25"),
    line("CNY", "2024-04", "8.7510"),
    line("RUB", "2022-02", "99.1"),
)


def test_means_land_as_printed_and_the_yuan_is_crossed(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    collect = collector("ecb", ecb, monkeypatch)
    with local(lambda asked: Reply(body(*MONTHS), kind="text/csv")) as server:
        outcome = collect(server.url)
        assert (outcome.error, outcome.fetched) == ("", 1)
        again = collect(server.url)
    rows = landed("ecb")
    assert {key: row["value"] for key, row in rows.items()} == {
        ("fx_eur_usd", "month", "2024-03-01"): "1.1000000000001",
        ("fx_eur_usd", "month", "2024-04-01"): "1.25",
        ("fx_usd_cny", "month", "2024-03-01"): "7.500",
        ("fx_usd_cny", "month", "2024-04-01"): "7.001",
    }
    cross = rows["fx_usd_cny", "month", "2024-04-01"]
    assert (cross["unit"], cross["status"], cross["period_end"]) == (
        "CNY/USD",
        "derived",
        "2024-04-30",
    )
    assert "cross of the monthly means" in cross["note"]
    assert cross["published"] == ""
    assert (again.error, again.fetched, again.landed) == ("", 1, [])
    asked = server.asked[0]
    assert asked.path == "/service/data/EXR/M.USD+CNY.EUR.SP00.A"
    assert asked.query == {"startPeriod": "2015-01", "format": "csvdata"}


def test_a_restated_mean_is_a_second_vintage_and_an_unchanged_one_is_none(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    collect = collector("ecb", ecb, monkeypatch)
    answers = [MONTHS, (line("USD", "2024-03", "1.2"), line("USD", "2024-04", "1.25"))]
    with local(lambda asked: Reply(body(*answers.pop(0)), kind="text/csv")) as server:
        collect(server.url)
        collect(server.url)
    assert values_built("fx_eur_usd", "2024-03-01") == ["1.1000000000001", "1.2"]
    assert values_built("fx_eur_usd", "2024-04-01") == ["1.25"]


@pytest.mark.parametrize(
    ("held", "since"),
    [
        ({"fx_eur_usd": date(2026, 1, 31), "fx_usd_cny": date(2026, 3, 31)}, "2025-11"),
        ({"fx_eur_usd": date(2026, 3, 31)}, "2015-01"),
        ({"fx_eur_usd": date(2015, 1, 31), "fx_usd_cny": date(2015, 1, 31)}, "2015-01"),
    ],
)
def test_it_asks_from_two_months_before_what_is_held(held: dict[str, date], since: str) -> None:
    (request,) = ecb.plan(Scope(date(2026, 7, 15), "https://example.org", held=held))
    assert request.params["startPeriod"] == since


def test_a_missing_value_a_running_month_and_a_lone_currency_are_left_out(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + body(
        line("USD", "2026-05", "NaN"),
        line("CNY", "2026-05", "7.9"),
        line("USD", "2026-06", "1.1"),
        line("USD", "2026-06", "1.10"),
        line("CNY", "2026-06", ""),
        line("USD", "2026-07", "1.1"),
    )
    found = by_period(ecb.parse(payload(tmp_path, REQUEST, content)).observations)
    assert {key: row["value"] for key, row in found.items()} == {
        ("fx_eur_usd", "month", "2026-06-01"): "1.1"
    }


@pytest.mark.parametrize(
    ("content", "error", "told"),
    [
        (body(header="KEY,FREQ,TIME_PERIOD,OBS_VALUE"), ChangedShape, "no column CURRENCY"),
        (body(line("USD", "2024-Q1", "1.1")), ChangedShape, "«2024-Q1» is no month"),
        (body(line("USD", "2024-03", "1.1", "USD")), ChangedShape, "CURRENCY_DENOM is «USD»"),
        (body(line("USD", "2024-03", "1.1", freq="D")), ChangedShape, "FREQ is «D»"),
        (body(line("USD", "2024-03", "one")), BadFigures, "USD rate of 2024-03 is «one»"),
        (body(line("USD", "2024-03", "-1.1")), BadFigures, "cannot be below zero"),
        (body(line("USD", "2024-03", "0")), BadFigures, "USD rate of 2024-03 is zero"),
        (
            body(line("USD", "2024-03", "1.1"), line("USD", "2024-03", "1.2")),
            BadFigures,
            "USD rate of 2024-03 stands twice: 1.1 and 1.2",
        ),
        (body("cut,off"), NotTheData, "line 2 has 2 cells, the header 9"),
        (body(line("USD", "2024-03", '"1.1')), NotTheData, "is no CSV"),
        (HEADER.encode("utf-16"), NotTheData, "is not UTF-8"),
    ],
)
def test_what_cannot_be_is_named(
    content: bytes, error: type[Exception], told: str, tmp_path: Path
) -> None:
    with pytest.raises(error, match=told):
        ecb.parse(payload(tmp_path, REQUEST, content))


def test_nothing_found_is_an_error_with_address_period_and_advice(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(asked: Asked) -> Reply:
        return Reply(b"<title>No results found.</title>", 404, "text/xml")

    with local(nothing) as server:
        outcome = collector("ecb", ecb, monkeypatch)(server.url)
    assert outcome.error.startswith("Refused: the server answered 404: No results found.")
    assert (
        f"{server.url}/service/data/EXR/M.USD+CNY.EUR.SP00.A?startPeriod=2015-01" in outcome.error
    )
    assert "period 2015-01 to " in outcome.error
    assert "update Amur or report it" in outcome.error
    assert landed("ecb") == {}


def test_an_absurd_rate_is_refused_by_the_limits_of_its_indicator(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = body(line("USD", "2024-03", "1100"))
    with local(lambda asked: Reply(content, kind="text/csv")) as server:
        outcome = collector("ecb", ecb, monkeypatch)(server.url)
    assert "BadFigures: 1 of 1 figures cannot be" in outcome.error
    assert "1100 USD/EUR" in outcome.error
    assert landed("ecb") == {}
