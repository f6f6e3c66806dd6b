"""Alerts: thresholds that newest figures cross, and entries of alerts.toml that cannot be."""

import json

import pytest

from etl import alerts, catalog, paths
from etl.alerts import Alert
from etl.errors import CatalogError
from tests.etl.test_digest import compared, yearly
from tests.support import Small


def rule(small: Small, **changes: object) -> list[Alert]:
    """Write one alert, but for the changes, and load it."""
    usual = {
        "id": "a",
        "indicator": "trade_total",
        "period_kind": "year",
        "unit": "USD bn",
        "text": "Trade.",
        "above": 220,
    }
    entry = {key: value for key, value in (usual | changes).items() if value is not None}
    lines = [f"{key} = {json.dumps(value)}" for key, value in entry.items()]
    small.write("catalog/alerts.toml", "\n".join(["[[alert]]", *lines, ""]))
    folder = small.shipped / "catalog"
    return alerts.load(folder, catalog.load(folder))


NOT_ABOVE = {"above": None}


NEWEST = {
    "indicator": "trade_total",
    "period_kind": "year",
    "period_start": "2023-01-01",
    "period_end": "2023-12-31",
    "unit": "USD bn",
    "value": 220.0,
    "change_pct": 10.0,
    "source": "tass",
    "published": "2024-01-12",
}


@pytest.mark.parametrize(
    ("changes", "condition"),
    [
        ({"above": 219.9}, "above 219.9 USD bn"),
        ({"above": 220}, None),
        ({"above": 219_900, "unit": "USD million"}, "above 219900 USD million"),
        ({**NOT_ABOVE, "below": 220.1}, "below 220.1 USD bn"),
        ({**NOT_ABOVE, "below": 220}, None),
        ({**NOT_ABOVE, "change_pct_above": 9.9}, "change on the year above +9.9 %"),
        ({**NOT_ABOVE, "change_pct_above": 10.1}, None),
        ({**NOT_ABOVE, "change_pct_below": 10.1}, "change on the year below +10.1 %"),
        ({"above": 1, "period_kind": "month"}, None),
        ({"above": 1, "indicator": "exports_cn_to_ru"}, None),
        ({"above": 1, "unit": "CNY bn"}, None),
    ],
)
def test_a_threshold_that_the_newest_figure_crosses_is_told(
    changes: dict[str, object], condition: str | None, small_shipped: Small
) -> None:
    told = alerts.fired(rule(small_shipped, **changes), [NEWEST])
    assert [fired.condition for fired in told] == ([condition] if condition else [])
    if told:
        assert (told[0].source, told[0].period_start) == ("tass", "2023-01-01")
        assert told[0].value == (220_000 if told[0].unit == "USD million" else 220)


def test_an_alert_is_told_once_with_its_change_on_the_year(small_shipped: Small) -> None:
    rules = rule(small_shipped, above=None, change_pct_above=9)
    before = [yearly(2022, "200.0")]
    first = compared(small_shipped, before, [*before, yearly(2023, "220.0")], rules=rules)
    [fired] = first.alerts
    assert (fired.value, fired.change_pct, fired.source) == (220.0, 10.0, "tass")
    assert "**Trade.** trade_total, 2023: 220 USD bn" in first.as_markdown()
    # an older period that comes later is no newest figure
    before = [*before, yearly(2023, "220.0")]
    second = compared(small_shipped, before, [*before, yearly(2020, "180.0")], rules=rules)
    assert [point.value for point in second.new] == [180.0]
    assert second.alerts == []


def test_a_change_without_a_figure_of_the_year_before_says_nothing(small_shipped: Small) -> None:
    rules = rule(small_shipped, above=None, change_pct_below=100)
    before = [yearly(2021, "200.0")]
    told = compared(small_shipped, before, [*before, yearly(2023, "220.0")], rules=rules)
    assert [point.value for point in told.new] == [220.0]
    assert told.alerts == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"indicator": "trade_sum"}, "'trade_sum'"),
        ({"unit": "furlong"}, "'furlong'"),
        ({"unit": "Mt"}, "does not fit trade_total"),
        ({"period_kind": "week"}, "'week'"),
        ({"above": None}, "no threshold"),
        ({"above": "much"}, "'much'"),
        ({"above": True}, "True"),
        ({"above": 10, "below": 20}, "always fire"),
        ({"text": None}, "text is missing"),
        ({"colour": "red"}, "'colour'"),
    ],
)
def test_an_alert_that_cannot_be_is_named(
    changes: dict[str, object], named: str, small_shipped: Small
) -> None:
    with pytest.raises(CatalogError, match=r"alerts\.toml: alert 'a'") as caught:
        rule(small_shipped, **changes)
    assert named in str(caught.value)


def test_the_shipped_alerts_hold_together() -> None:
    folder = paths.shipped() / "catalog"
    assert len(alerts.load(folder, catalog.load(folder))) >= 5
