"""Growth against growth: of the same terms and basis, as printed or between two levels."""

import pytest

from tests.reading.conftest import Judge


@pytest.mark.parametrize(
    ("value", "terms", "verdict", "reason"),
    [
        (1.9, "USD", "agrees", None),
        (2.9, "CNY", "agrees", None),
        (2.9, None, "agrees", None),
        (2.9, "USD", "differs", "wrong_currency_or_basis"),
        (-1.9, "USD", "differs", "misprint"),
        (26.3, "USD", "differs", "wrong_period"),
        (13.7, "USD", "differs", "unexplained"),
    ],
)
def test_trade_growth_of_2024_in_its_terms(
    judge: Judge, value: float, terms: str | None, verdict: str, reason: str | None
) -> None:
    found = judge("trade_total", value, "%", "2024", change="yoy", terms=terms).now
    assert (found.verdict, found.reason) == (verdict, reason)


def test_a_fall_may_be_told_by_its_direction_or_by_its_sign(judge: Judge) -> None:
    told = {"change": "yoy", "terms": "USD"}
    period = "2025-01/2025-10"
    down = judge("trade_total", 9, "%", period, direction="down", **told).now
    assert down.verdict == judge("trade_total", -9, "%", period, **told).now.verdict == "agrees"
    assert judge("trade_total", 9, "%", period, direction="up", **told).now.reason == "misprint"


def test_growth_of_a_volume_follows_from_two_levels(judge: Judge) -> None:
    found = judge("crude_ru_cn_volume", 55, "%", "2022-05", change="yoy").now
    assert found.verdict == "agrees"


def test_growth_of_imports_told_of_exports_is_the_wrong_direction(judge: Judge) -> None:
    found = judge("exports_cn_to_ru", -3.4, "%", "2025", change="yoy", terms="CNY").now
    assert (found.verdict, found.reason) == ("differs", "wrong_direction")


def test_a_change_may_name_its_base(judge: Judge) -> None:
    period = "2023-05"
    told = ("crude_ru_cn_volume", 2, "times", period)
    more = judge(*told, change="vs 2022-02", bound=">").now
    assert (more.verdict, more.reason) == ("differs", "unexplained")
    told = ("crude_ru_cn_volume", 1.8, "times", period)
    assert judge(*told, change="vs 2022-02").now.verdict == "agrees"


def test_a_month_is_held_against_the_month_before(judge: Judge) -> None:
    found = judge(
        "trade_total",
        -10.1,
        "%",
        "2024-08",
        change="mom",
        article_url="https://tass.com/economy/1840903",
        publisher="TASS",
        published="2024-09-10",
    ).now
    assert (found.verdict, found.reason) == ("differs", "misprint")


def test_per_cent_of_a_volume_is_its_share_or_its_growth_as_the_sentence_says(judge: Judge) -> None:
    share = "Russia accounted for 20 per cent of crude imports."
    grown = "Imports of Russian crude rose 55 per cent."
    told = judge("crude_ru_cn_volume", 20, "%", "2024", sentence=share).now
    assert told.verdict == "agrees"
    told = judge("crude_ru_cn_volume", 55, "%", "2022-05", sentence=grown).now
    assert told.verdict == "agrees"
