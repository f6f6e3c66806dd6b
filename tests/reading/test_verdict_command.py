"""`amur verdict --jsonl`: order, fields, bad lines, odd input."""

import io
import json
import sys
from collections.abc import Callable
from typing import Any

import pytest

from etl.warehouse import Build
from tests.reading.conftest import row
from tests.support import Ran

Run = Callable[..., Ran]


class Piped:
    """Standard input with these bytes."""

    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


@pytest.fixture
def judged(amur: Run, build: Build, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], Ran]:
    def run(lines: list[object] | bytes) -> Ran:
        content = lines
        if not isinstance(content, bytes):
            content = "".join(json.dumps(line) + "\n" for line in content).encode()
        monkeypatch.setattr(sys, "stdin", Piped(content))
        return amur("verdict", "--jsonl")

    return run


def test_verdicts_come_in_the_order_of_the_lines_with_the_fields_of_the_contract(
    judged: Callable[[Any], Ran],
) -> None:
    rows = [row("trade_total", value, "USD bn", "2024", id=f"c{value}") for value in (240, 244.8)]
    ran = judged([*rows, {"id": 7, "claim": None}])
    assert (ran.code, ran.err) == (0, "")
    told = [json.loads(line) for line in ran.out.splitlines()]
    assert [each["id"] for each in told] == ["c240", "c244.8", 7]
    assert [each["verdict"] for each in told] == ["differs", "agrees", "not_checkable"]
    for each in told:
        assert list(each) == ["id", "verdict", "reason", "evidence", "explanation"]
    wanted = ["indicator", "period_start", "period_end", "value", "unit", "url", "published"]
    assert all(list(row) == wanted for each in told for row in each["evidence"])
    assert told[1]["reason"] is None


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{bad", "not JSON"),
        (b"[1]", "no JSON object"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"{}", "there is no id"),
        (b'{"id":1,"claim":[]}', "neither an object nor null"),
        (b'{"id":1,"claim":{"value":"5"}}', "value"),
        (b'{"id":1,"claim":{"value":true}}', "value"),
        (b'{"id":1,"claim":{"value":NaN}}', "no finite number"),
        (b'{"id":1,"claim":{"value":1e999}}', "no finite number"),
        (b'{"id":1,"claim":{"bound":"!"}}', "bound"),
        (b'{"id":1,"claim":{"kind":"truth"}}', "kind"),
        (b'{"id":1,"claim":{"change":"soon"}}', "change"),
        (b'{"id":1,"claim":{"period_start":"2024-02-30"}}', "period_start"),
        (b'{"id":1,"claim":{"period_start":"2024-02","period_end":"2023"}}', "before it begins"),
        (b'{"id":1,"published":"yesterday","claim":null}', "published"),
        (b'{"id":1,"sentence":5,"claim":null}', "sentence is no text"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_judged(
    judged: Callable[[Any], Ran], line: bytes, says: str
) -> None:
    ran = judged(b'{"id":0,"claim":null}\n\n' + line + b"\n")
    assert (ran.code, ran.out) == (2, "")
    assert "stdin:3: " in ran.err
    assert says in ran.err


@pytest.mark.parametrize(
    "changes",
    [
        {"period_start": "0001-01-01", "period_end": "9999-12-31"},
        {"period_start": "0001-01-01", "period_end": "0001-01-01"},
        {"period_start": None, "period_end": None},
        {"period_start": "2024-02-29", "period_end": "2024-02-29", "change": "yoy"},
        {"change": "mom", "unit": "%"},
        {"change": "qoq", "unit": "x"},
        {"change": "vs 2022-02", "unit": "x", "value": 0},
        {"change": "since 2022", "unit": "%"},
        {"value": 0},
        {"value": -5},
        {"value": 1e29},
        {"value": None, "low": 1, "high": None, "bound": "range"},
        {"unit": "x" * 10_000},
        {"unit": "%"},
        {"indicator": "milestone:"},
        {"indicator": "trade_total_yoy", "unit": "%"},
        {"indicator": "trade_total_growth", "unit": "%"},
        {"indicator": "crude_ru_cn_unit_price", "unit": "USD/bbl"},
        {"bound": "~", "low": None, "high": None},
        {"qualifier": "more than"},
        {"terms": "XXX", "change": "yoy", "unit": "%"},
    ],
)
def test_odd_claims_get_a_verdict(judged: Callable[[Any], Ran], changes: dict[str, object]) -> None:
    told = row("trade_total", 5, "USD bn", "2024")
    ran = judged([told | {"claim": told["claim"] | changes}])
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    assert found["verdict"] in ("agrees", "revised", "differs", "not_checkable")
    assert "{" not in found["explanation"]


def test_a_megabyte_of_sentence_is_judged(judged: Callable[[Any], Ran]) -> None:
    huge = row("trade_total", 244.8, "USD bn", "2024", sentence="will 1" * 150_000)
    assert json.loads(judged([huge]).out)["verdict"] == "agrees"


def test_without_the_option_the_command_says_how_it_is_called(amur: Run, build: Build) -> None:
    ran = amur("verdict")
    assert ran.code == 2
    assert "--jsonl" in ran.err
