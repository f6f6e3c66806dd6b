"""Bad rows: `amur check` names each by file and line, `amur refresh` keeps the previous build."""

import json
from collections.abc import Callable

import pytest

from tests.support import (
    HEADER,
    Ran,
    Small,
    article,
    correction,
    event,
    observation,
)

Amur = Callable[..., Ran]
TWICE = observation()
LEVEL = {"value": "", "bound": "range"}

BAD_ROWS = {
    "a word for a value": (observation(value="plenty"), "value «plenty» is not a number"),
    "a comma in a number": (observation(value='"19,8"'), "is not a number"),
    "an unknown indicator": (observation(indicator="trade_sum"), "«trade_sum» is unknown"),
    "an unknown unit": (observation(unit="USD lots"), "unit «USD lots» is unknown"),
    "a unit of another dimension": (observation(unit="Mt"), "«Mt» does not fit trade_total"),
    "no value": (observation(value=""), "there is no value"),
    "an end before its start": (
        observation(period_start="2024-05-31", period_end="2024-05-01"),
        "ends before it starts",
    ),
    "no date": (observation(period_end="2024-05-32"), "is not a date"),
    "a month that is none": (observation(period_end="2024-05-30"), "is not a month"),
    "a year that is none": (observation(period_kind="year"), "is not a year"),
    "a quarter that is none": (observation(period_kind="quarter"), "is not a quarter"),
    "a day that is none": (observation(period_kind="day"), "is not a day"),
    "a year to date that is none": (observation(period_kind="ytd"), "is not a ytd"),
    "an unknown period kind": (observation(period_kind="week"), "period_kind «week»"),
    "an unknown kind": (observation(kind="hope"), "kind «hope»"),
    "an unknown bound": (observation(bound=">="), "bound «>=»"),
    "an unknown status": (observation(status="certain"), "status «certain»"),
    "an unknown currency": (observation(terms="GBP"), "terms «GBP»"),
    "no URL": (observation(url=""), "there is no URL"),
    "a URL of another kind": (observation(url="ftp://x.org/1"), "there is no URL"),
    "an unknown source": (observation(source="nobody"), "source «nobody» is unknown"),
    "no publisher": (observation(publisher=""), "there is no publisher"),
    "no publication": (observation(published=""), "is not a date"),
    "a garbled publication": (observation(published="2024-5"), "«2024-5» is not a date"),
    "a future publication": (observation(published="2999-01-01"), "is in the future"),
    "a range upside down": (observation(low="20", high="19", **LEVEL), "upside down"),
    "a range without ends": (observation(**LEVEL), "upside down"),
    "a word for a low": (observation(low="few"), "low «few»"),
    "too many cells": (observation() + ",more", "19 cells instead of 18"),
    "too few cells": ("trade_total,actual", "2 cells instead of 18"),
}


@pytest.mark.parametrize(("row", "said"), BAD_ROWS.values(), ids=list(BAD_ROWS))
def test_check_names_a_bad_row_by_file_and_line(
    small_shipped: Small, amur: Amur, row: str, said: str
) -> None:
    small_shipped.observations(observation(url="https://tass.com/economy/2"), row)
    done = amur("check", "--json")
    assert done.code == 2
    assert done.json["ok"] is False
    [fault] = done.json["faults"]
    assert (fault["file"], fault["line"]) == ("small.csv", 3)
    assert said in fault["what"]
    assert fault["fix"]
    assert f"small.csv:3: {fault['what']}; {fault['fix']}" in done.err


def test_check_names_the_first_copy_of_a_figure_that_stands_twice(
    small_shipped: Small, amur: Amur
) -> None:
    small_shipped.observations(observation(), name="a.csv")
    small_shipped.observations(observation(), name="b.csv")
    (small_shipped.shipped / "observations" / "small.csv").unlink()
    [fault] = amur("check", "--json").json["faults"]
    assert (fault["file"], fault["line"]) == ("b.csv", 2)
    assert "a.csv:2" in fault["what"]


def test_two_counters_on_one_page_are_no_duplicate(small_shipped: Small, amur: Amur) -> None:
    small_shipped.observations(observation(counter="kpler"), observation(counter="vortexa"))
    assert amur("check").code == 0


def test_check_names_a_file_that_is_not_utf8_at_its_line(small_shipped: Small, amur: Amur) -> None:
    text = "\n".join([HEADER, observation(), observation(publisher="ТАСС"), ""])
    small_shipped.write("observations/small.csv", text.encode("cp1251"))
    [fault] = amur("check", "--json").json["faults"]
    assert (fault["file"], fault["line"]) == ("small.csv", 3)
    assert "not UTF-8" in fault["what"]


def test_check_names_a_header_that_differs(small_shipped: Small, amur: Amur) -> None:
    small_shipped.write("observations/small.csv", f"{HEADER},extra\n")
    [fault] = amur("check", "--json").json["faults"]
    assert (fault["file"], fault["line"], fault["what"]) == ("small.csv", 1, "the header differs")


def test_check_names_quotes_that_do_not_close(small_shipped: Small, amur: Amur) -> None:
    small_shipped.observations(observation(), observation(note='"open'))
    [fault] = amur("check", "--json").json["faults"]
    assert "is no CSV" in fault["what"]


def test_check_names_every_bad_row_of_every_file(small_shipped: Small, amur: Amur) -> None:
    small_shipped.observations(observation(value="x"), observation(unit="y", url=""))
    small_shipped.events(event(status="dreamt"))
    small_shipped.articles(article({"unit": "z"}))
    found = {(f["file"], f["line"]) for f in amur("check", "--json").json["faults"]}
    rows = {("small.csv", 2), ("small.csv", 3), ("events.csv", 2), ("articles.jsonl", 1)}
    assert found == rows


BAD_EVENTS = {
    "a date of another precision": (event(date="2024-05-01"), "is not a date of precision month"),
    "no date": (event(date="2024-13"), "is not a date"),
    "an unknown status": (event(status="dreamt"), "status «dreamt»"),
    "no URL": (event(url=""), "there is no URL"),
    "a price that is perhaps settled": (event(price_settled="maybe"), "price_settled"),
    "a word for a capacity": (event(capacity_value="big"), "capacity «big»"),
    "a future publication": (event(published="2999-01-01"), "«2999-01-01» is not a past date"),
    "words after a publication": (event(published="2024-05-20 or so"), "is not a past date"),
    "too few cells": ("e1,Power", "2 cells instead of 17"),
    "an unknown unit": (event(capacity_value="5", capacity_unit="furlong"), "furlong"),
}


@pytest.mark.parametrize(("row", "said"), BAD_EVENTS.values(), ids=list(BAD_EVENTS))
def test_check_names_a_bad_event_by_file_and_line(
    small_shipped: Small, amur: Amur, row: str, said: str
) -> None:
    small_shipped.events(event(id="e0"), row)
    done = amur("check", "--json")
    assert done.code == 2
    [fault] = done.json["faults"]
    assert (fault["file"], fault["line"]) == ("events.csv", 3)
    assert said in fault["what"]


BAD_ARTICLES = {
    "no JSON": ("{oops\n", "is not JSON"),
    "a number": ("3\n", ""),
    "a missing key": (json.dumps({"id": "a1"}) + "\n", "there is no url"),
    "a URL of another kind": (article(url="ftp://x.org"), "is no web address"),
    "no URL": (article(url=""), "is no web address"),
    "a future publication": (article(published="2999"), "«2999» is not a past date"),
    "claims that are no list": (article(claims=None), "claims"),
    "an unknown indicator": (article({"indicator": "trade_sum"}), "«trade_sum» is unknown"),
    "an unknown unit": (article({"unit": "USD lots"}), "unit «USD lots» is unknown"),
    "an unknown kind": (article({"kind": "hope"}), "kind"),
    "an unknown change": (article({"change": "decade"}), "change «decade»"),
    "an end before its start": (article({"period_end": "2023-12-31"}), "period"),
    "an end that is no date": (article({"period_end": "2024-13-40"}), "period"),
    "half a date for a start": (article({"period_start": "2024"}), "period"),
    "a word for a value": (article({"value": "plenty"}), "plenty"),
}


@pytest.mark.parametrize(("text", "said"), BAD_ARTICLES.values(), ids=list(BAD_ARTICLES))
def test_check_names_a_bad_article_by_file_and_line(
    small_shipped: Small, amur: Amur, text: str, said: str
) -> None:
    small_shipped.articles(article(id="a0"), text)
    done = amur("check", "--json")
    assert done.code == 2
    [fault] = done.json["faults"]
    assert (fault["file"], fault["line"]) == ("articles.jsonl", 2)
    assert said in fault["what"]


BAD_CORRECTIONS = {
    "a start that is no date": correction(period_start="2024-05-99"),
    "an unknown indicator": correction(indicator="trade_sum"),
    "no reason": correction(reason=""),
}


@pytest.mark.parametrize("row", BAD_CORRECTIONS.values(), ids=list(BAD_CORRECTIONS))
def test_check_names_a_bad_correction_by_file_and_line(
    small_shipped: Small, amur: Amur, row: str
) -> None:
    small_shipped.corrections(row)
    done = amur("check", "--json")
    assert done.code == 2
    [fault] = done.json["faults"]
    assert (fault["file"], fault["line"]) == ("corrections.csv", 2)


REFUSED: dict[str, Callable[[Small], None]] = {
    "a bad row": lambda s: s.observations(observation(value="plenty")),
    "a file that is not UTF-8": lambda s: s.write("observations/small.csv", b"\xff\xfe"),
    "a bad event": lambda s: s.events(event(url="")),
    "a bad article": lambda s: s.articles(article({"unit": "z"})),
    "a figure outside its bounds": lambda s: s.observations(observation(value="1980")),
    "a correction of nothing": lambda s: s.corrections(correction(value="17")),
    "a correction without a date": lambda s: s.corrections(correction(period_end="May")),
}


@pytest.mark.parametrize("spoil", REFUSED.values(), ids=list(REFUSED))
def test_refresh_refuses_and_keeps_the_previous_build(
    small_shipped: Small, amur: Amur, spoil: Callable[[Small], None]
) -> None:
    assert amur("refresh", "--offline").code == 0
    before = small_shipped.published()
    assert len(before) == 2
    spoil(small_shipped)
    done = amur("refresh", "--offline")
    assert done.code == 3
    assert "Traceback" not in done.err
    assert small_shipped.published() == before
    assert not list(small_shipped.data.glob("warehouse/*.part*"))
    last_run = amur("status", "--json").json["last_run"]
    assert last_run["published"] is False


def test_a_refused_refresh_lists_the_bad_rows_by_file_and_line(
    small_shipped: Small, amur: Amur
) -> None:
    small_shipped.observations(observation(), observation(value="plenty"))
    done = amur("refresh", "--offline")
    assert done.code == 3
    assert "small.csv:3: value «plenty» is not a number" in done.err


@pytest.mark.parametrize(
    ("value", "check", "detail"),
    [
        ("plenty", "rows that cannot be loaded", "small.csv:2: value «plenty» is not a number"),
        ("1980", "bounds", "1980"),
    ],
)
def test_a_refused_refresh_reports_what_is_current_and_which_check_failed(
    small_shipped: Small, amur: Amur, value: str, check: str, detail: str
) -> None:
    current = amur("refresh", "--offline", "--json").json["build_id"]
    small_shipped.observations(observation(value=value))
    done = amur("refresh", "--offline", "--json")
    assert (done.code, done.json["build_id"], done.json["published"]) == (3, current, False)
    assert done.json["started"] <= done.json["finished"]
    [told] = done.json["checks"]
    assert (told["check"], told["severity"], told["passed"]) == (check, "error", False)
    assert detail in told["detail"]
    assert set(done.json) - {"error"} == {
        "build_id", "published", "started", "finished", "sources", "checks",
    }  # fmt: skip


def test_a_build_recovers_when_the_row_is_mended(small_shipped: Small, amur: Amur) -> None:
    small_shipped.observations(observation(value="plenty"))
    assert amur("refresh", "--offline").code == 3
    small_shipped.observations(observation(value="20.1"))
    assert amur("refresh", "--offline").code == 0
    assert amur("series", "trade_total", "--json").json["points"][0]["value"] == 20.1


def test_the_shipped_files_have_no_fault(amur: Amur, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AMUR_SHIPPED", raising=False)
    done = amur("check", "--json")
    assert done.code == 0
    assert done.json == {"ok": True, "faults": []}
