"""UN Comtrade: which periods are asked for, driven without a server."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from etl.errors import QuotaExhausted
from etl.exchange import Answer, Payload, Request, Scope
from etl.sources import comtrade
from etl.sources import comtrade_calendar as calendar
from tests.sources.comtrade_server import body

TODAY = date(2025, 6, 15)


def scope(**changes: Any) -> Scope:
    """Return a scope that knows nothing, but for the changes."""
    return replace(Scope(TODAY, "https://comtradeapi.un.org"), **({"memory": {}} | changes))


def follow(scope: Scope, folder: Path, look_up: bytes | None) -> list[Request]:
    """Return what the plan asks for; every look-up gets the same answer, None for a failed one."""
    asked: list[Request] = []
    plan = comtrade.plan(scope)
    answer: Payload | None = None
    while True:
        try:
            request = plan.send(answer)
        except StopIteration:
            return asked
        asked.append(request)
        path = folder / "body"
        path.write_bytes(look_up or b"")
        answer = Payload("comtrade", request, "", path, "", datetime(2025, 6, 15, tzinfo=UTC))
        if request.lookup and look_up is None:
            answer = None


def answered(requests: list[Request]) -> Mapping[str, Answer]:
    return {request.name: Answer("a", "2025-06-15") for request in requests if not request.lookup}


def of_china(requests: list[Request], frequency: str) -> list[str]:
    return [
        request.period
        for request in requests
        if request.name.startswith(f"156/{frequency}/") and not request.lookup
    ]


@pytest.mark.parametrize(
    "look_up",
    [
        pytest.param(None, id="failed"),
        pytest.param(body([]), id="empty"),
        pytest.param(b'{"data": [{"period": 2023, "lastReleased": null}]}', id="undated"),
        pytest.param(b'{"data": [7, {"period": {}, "lastReleased": "2024-01-01"}]}', id="odd"),
        pytest.param(b'{"data": 7}', id="no list"),
        pytest.param(b'{"data": [', id="no JSON"),
    ],
)
def test_without_releases_the_calendar_guides_and_only_the_newest_are_asked_again(
    tmp_path: Path, look_up: bytes | None
) -> None:
    first = follow(scope(), tmp_path, look_up)
    assert of_china(first, "A") == [str(year) for year in range(2024, 2014, -1)]
    months = of_china(first, "M")
    assert (months[0], months[-1], len(months)) == ("202504", "202305", 24)
    assert not any(request.released for request in first)
    again = follow(scope(answers=answered(first)), tmp_path, look_up)
    assert of_china(again, "A") == ["2024", "2023"]
    assert of_china(again, "M") == ["202504", "202503", "202502"]


def test_the_calendar_starts_where_the_figures_do(tmp_path: Path) -> None:
    early = scope(today=date(2022, 5, 3))
    assert of_china(follow(early, tmp_path, None), "M") == ["202203", "202202", "202201"]


def test_a_release_is_read_however_the_look_up_writes_it(tmp_path: Path) -> None:
    rows = [
        {"period": 202409, "reporterCode": "156", "lastReleased": "2024-12-02T09:30:00.123Z"},
        {"period": "202409", "reporterCode": 156, "lastReleased": "2024-11-01"},
        {"period": "202408", "reporterCode": 643, "lastReleased": "2024-11-01"},
        {"period": "202407", "lastReleased": None, "firstReleased": "2024-10-05T00:00:00"},
        {"period": "202406", "lastReleased": "2099-01-01T00:00:00"},
        {"period": "202413", "lastReleased": "2024-10-05T00:00:00"},
    ]
    asked = follow(scope(), tmp_path, b"\xef\xbb\xbf" + json.dumps({"data": rows}).encode())
    found = {request.period: request.released for request in asked if "156/M" in request.name}
    assert found == {
        "": None,
        "202409": date(2024, 12, 2),
        "202407": date(2024, 10, 5),
        "202406": TODAY,
    }


def test_periods_before_the_first_unfinished_and_answered_ones_are_not_asked_for() -> None:
    answers = {
        "156/M/202401,202402": Answer("a", "2024-06-21", released="2024-06-20"),
        "156/M/202403": Answer("b", "2024-06-21", released="2024-06-19"),
        "156/M/202404/X/1": Answer("c", "2024-06-21", released="2024-06-20"),
    }
    months = ["202112", "202201", "202401", "202402", "202403", "202404", "202505", "202506"]
    released = dict.fromkeys([*months, "2024"], date(2024, 6, 20))
    known = calendar.known(answers)
    found = calendar.released_since("156", "M", released, TODAY, known)
    # a piece of an answer does not stand for the whole; another release is asked for
    assert [each.period for each in found] == ["202201", "202403", "202404", "202505"]


def test_every_address_is_short_enough_for_the_server(tmp_path: Path) -> None:
    """The server refuses addresses of more than 4096 characters."""
    asked = follow(scope(keyed=True), tmp_path, None)
    longest = max(asked, key=lambda request: len(request.params.get("period", "")))
    assert longest.period.count(",") == comtrade.PERIODS_A_CALL - 1
    for request in asked:
        assert len(request.path) + len(json.dumps(dict(request.params))) < 4000


def test_pieces_of_a_request_cover_it_exactly(tmp_path: Path) -> None:
    asked = follow(scope(), tmp_path, None)
    [whole] = [request for request in asked if request.name == "156/A/2024"]
    cells = [
        (flow, code)
        for part in whole.parts
        for piece in part.parts
        for flow in piece.params["flowCode"].split(",")
        for code in piece.params["cmdCode"].split(",")
    ]
    flows, codes = whole.params["flowCode"].split(","), whole.params["cmdCode"].split(",")
    assert sorted(cells) == sorted((flow, code) for flow in flows for code in codes)
    assert {part.period for part in whole.parts} == {"2024"}


def test_one_failed_look_up_speaks_for_the_others(tmp_path: Path) -> None:
    assert sum(request.lookup for request in follow(scope(), tmp_path, None)) == 1
    assert sum(request.lookup for request in follow(scope(), tmp_path, body([]))) == 4


def test_a_quota_ends_with_what_waits_and_when_it_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spent = iter(range(100))
    answers = answered(follow(scope(), tmp_path, None))
    released = json.dumps({"data": [{"period": "202409", "lastReleased": "2024-12-02"}]}).encode()
    monkeypatch.setenv("AMUR_COMTRADE_QUOTA", "5")
    told = "the 5 calls of 2025-06 are used up; 1 period waits"
    with pytest.raises(QuotaExhausted, match=told) as caught:
        follow(scope(calls=lambda: next(spent), answers=answers), tmp_path, released)
    assert "asked for from 2025-07-01 on" in caught.value.fix
    monkeypatch.setenv("AMUR_COMTRADE_QUOTA", "50")
    assert len(follow(scope(calls=lambda: 49, answers=answers), tmp_path, released)) == 6


def test_a_quota_that_is_no_number_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMUR_COMTRADE_QUOTA", "many")
    with pytest.raises(QuotaExhausted, match="AMUR_COMTRADE_QUOTA «many» is no number of calls"):
        follow(scope(), tmp_path, None)
