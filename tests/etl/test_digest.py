"""The digest of two builds: what is new, revised or a record, for people and for machines."""

import json
from pathlib import Path
from typing import Any

import pytest

from etl import digest, refresh, warehouse
from etl.digest import Digest
from etl.warehouse import Build
from tests.support import Small, article, month, observation, year

URL = "https://tass.com/economy/2"


def built() -> Build:
    refresh.run(lambda stage: None)
    return warehouse.current()


def dated(first: str, last: str, **changes: str) -> str:
    """Return a row of a period, published the day after it, on a page of its own."""
    page = f"https://tass.com/economy/{first}{last}"
    usual = {"published": "2026-10-01", "url": page}
    return observation(period_start=first, period_end=last, **(usual | changes))


def yearly(number: int, value: str, **changes: str) -> str:
    return dated(*year(number), period_kind="year", value=value, **changes)


def compared(small: Small, before: list[str], after: list[str], **options: Any) -> Digest:
    small.observations(*before)
    first = built()
    small.observations(*after)
    return digest.of(built(), first, options.pop("failed", {}), **options)


def test_a_period_that_had_no_figure_is_new(small_shipped: Small) -> None:
    june = dated(*month("2024-06"), value="20.1", published="2024-07-10")
    told = compared(small_shipped, [observation()], [observation(), june])
    [point] = told.new
    assert (point.indicator, point.period_kind) == ("trade_total", "month")
    assert (point.period_start, point.period_end) == month("2024-06")
    assert (point.value, point.unit, point.source) == (20.1, "USD bn", "tass")
    assert point.published == "2024-07-10"
    assert (told.revised, told.records, told.days, told.alerts) == ([], [], [], [])
    assert told.news


def test_another_value_of_the_same_period_is_revised_with_its_size_and_both_dates(
    small_shipped: Small,
) -> None:
    later = observation(value="19.9", published="2024-09-01", url=URL)
    told = compared(small_shipped, [observation()], [observation(), later])
    assert told.new == []
    [point] = told.revised
    assert (point.old_value, point.value, point.change) == (19.8, 19.9, 0.1)
    assert point.percent == pytest.approx(100 * 0.1 / 19.8)
    assert (point.old_published, point.published) == ("2024-06-10", "2024-09-01")
    assert "19.8 → 19.9 USD bn (+0.1, +0.51 %)" in told.as_markdown()


def test_one_more_digit_of_the_same_figure_is_no_news(small_shipped: Small) -> None:
    finer = observation(value="19.83", published="2024-09-01", url=URL)
    told = compared(small_shipped, [observation()], [observation(), finer])
    assert (told.new, told.revised, told.news) == ([], [], False)
    assert "Nothing is new since build" in told.as_markdown()


def test_a_fall_below_zero_has_the_sign_of_the_change(small_shipped: Small) -> None:
    growth = {"indicator": "trade_total_yoy", "unit": "%", "terms": "USD"}
    old = observation(value="-4.0", **growth)
    new = observation(value="-2.0", published="2024-09-01", url=URL, **growth)
    [point] = compared(small_shipped, [old], [old, new]).revised
    assert (point.change, point.percent) == (2.0, 50.0)


def test_figures_of_single_days_are_counted_only(small_shipped: Small) -> None:
    def day(number: int, value: str) -> str:
        text = f"2024-05-{number:02d}"
        rate = {"indicator": "price_brent_eia", "unit": "USD/bbl", "period_kind": "day"}
        return dated(text, text, value=value, published="2024-06-01", **rate)

    told = compared(
        small_shipped, [day(1, "80.1")], [day(1, "80.7"), day(2, "81.2"), day(3, "82.0")]
    )
    assert (told.new, told.revised) == ([], [])
    [days] = told.days
    assert (days.new, days.revised, days.newest) == (2, 1, "2024-05-03")
    assert told.news


def test_computed_figures_are_counted_apart(small_shipped: Small) -> None:
    before = [yearly(2022, "200.0")]
    told = compared(small_shipped, before, [*before, yearly(2023, "210.0")])
    assert [point.indicator for point in told.new] == ["trade_total"]
    assert told.computed >= 1


@pytest.mark.parametrize(
    ("value", "extreme", "passed"), [("212.0", "highest", 211.0), ("199.0", "lowest", 200.0)]
)
def test_a_newest_figure_beyond_all_others_is_a_record(
    value: str, extreme: str, passed: float, small_shipped: Small
) -> None:
    before = [yearly(2010 + n, f"{200 + n}.0") for n in range(12)]
    told = compared(small_shipped, before, [*before, yearly(2022, value)])
    [record] = told.records
    assert (record.extreme, record.passed, record.points) == (extreme, passed, 13)
    assert f"the {extreme} of 13, before it {passed:g}" in told.as_markdown()


@pytest.mark.parametrize(
    ("first", "number", "value"), [(2012, 2022, "250.0"), (2010, 2022, "205.5"), (2010, 2009, "9")]
)
def test_a_short_line_a_usual_figure_or_an_old_period_is_no_record(
    first: int, number: int, value: str, small_shipped: Small
) -> None:
    before = [yearly(n, f"{200 + n - 2010}.0") for n in range(first, 2022)]
    told = compared(small_shipped, before, [*before, yearly(number, value)])
    assert [point.value for point in told.new] == [float(value)]
    assert told.records == []


def test_new_articles_and_failed_sources_are_told(small_shipped: Small) -> None:
    first = built()
    small_shipped.articles(article())
    told = digest.of(built(), first, {"ecb": "TimedOut: no answer within 60 s"})
    assert told.articles_new == 1
    shown = told.as_markdown()
    assert "1 new articles" in shown
    assert "- ecb: TimedOut: no answer within 60 s" in shown


def test_without_a_build_to_compare_with_points_are_counted(small_shipped: Small) -> None:
    told = digest.of(built(), None, {})
    assert (told.previous_id, told.new, told.points) == ("", [], 1)
    assert "no build to compare with; this one holds 1 figures" in told.as_markdown()


def test_a_build_of_another_version_is_nothing_to_compare_with(
    small_shipped: Small, tmp_path: Path
) -> None:
    strange = tmp_path / "strange.duckdb"
    strange.write_bytes(b"no database at all" * 1000)
    told = digest.of(built(), Build("strange", strange), {})
    assert (told.previous_id, told.points) == ("", 1)


def test_the_same_build_twice_has_no_news_but_failures(small_shipped: Small) -> None:
    build = built()
    assert not digest.of(build, build, {}).news
    assert digest.of(build, build, {"cbr": "Unreachable: there is no connection"}).news


def test_long_lists_are_cut_for_people_and_whole_as_json(small_shipped: Small) -> None:
    rows = [yearly(1970 + n, f"{100 + n}.0") for n in range(50)]
    told = compared(small_shipped, [observation()], [observation(), *rows])
    shown = told.as_markdown()
    assert "- and 10 more" in shown
    assert shown.partition("## New")[2].count("\n- ") == 41
    whole = json.loads(told.as_json())
    assert len(whole["new"]) == 50
    assert whole["build_id"] == told.build_id
    newest = next(point for point in whole["new"] if point["period_start"] == "2019-01-01")
    assert newest["value"] == 149.0
    assert {"indicator", "period_end", "unit", "source", "published"} <= set(newest)
