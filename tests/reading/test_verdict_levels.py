"""Levels against the shipped figures: what agrees, what was revised, what differs and why."""

import pytest

from tests.reading.conftest import Judge


def test_more_than_240_billion_in_2024_agrees_and_the_flat_figure_is_that_of_2023(
    judge: Judge,
) -> None:
    assert judge("trade_total", 240, "USD bn", "2024", bound=">").now.verdict == "agrees"
    flat = judge("trade_total", 240, "USD bn", "2024").now
    assert (flat.verdict, flat.reason) == ("differs", "wrong_period")
    held_against, belongs = flat.evidence[0], flat.evidence[1]
    assert (held_against.value, held_against.period_start.year) == (244.819, 2024)
    assert belongs.period_start.year == 2023
    assert flat.explanation["en"].startswith("This is the figure of 2023 ")
    assert "244.8 billion US dollars" in flat.explanation["en"]


@pytest.mark.parametrize(
    ("bound", "value", "verdict"),
    [
        ("=", 244.8, "agrees"),
        ("=", 244.81, "agrees"),  # cut off
        ("=", 244.82, "agrees"),  # rounded
        ("=", 245, "agrees"),
        ("<", 245, "agrees"),
        ("<", 270, "differs"),
        ("~", 250, "agrees"),
        ("~", 270, "differs"),
        (">", 225, "agrees"),
        (">", 250, "differs"),
    ],
)
def test_a_claim_agrees_within_its_digits_and_its_bound(
    judge: Judge, bound: str, value: float, verdict: str
) -> None:
    assert judge("trade_total", value, "USD bn", "2024", bound=bound).now.verdict == verdict


def test_scaled_and_whole_units_say_the_same(judge: Judge) -> None:
    for value, unit in ((244.8, "USD bn"), (244_800, "USD million"), (244_800_000_000, "USD")):
        assert judge("trade_total", value, unit, "2024").now.verdict == "agrees"
    assert judge("trade_total", 1.74, "CNY tn", "2024").now.verdict == "agrees"
    assert judge("trade_total", 240_000_000_000, "USD", "2024").now.reason == "wrong_period"


def test_months_of_a_statistical_source_add_up_to_what_no_page_prints(judge: Judge) -> None:
    told = ("hard_coal_ru_cn_volume", 53.5, "Mt", "2022-02/2022-11")
    found = judge(*told).now
    assert found.verdict == "agrees"
    assert len(found.evidence) == 10
    assert sum(float(each.value) for each in found.evidence) == pytest.approx(53.525, abs=0.001)


def test_barrels_a_day_are_held_against_tonnes(judge: Judge) -> None:
    assert judge("crude_ru_cn_volume", 2.01, "mb/d", "2022-05").now.verdict == "differs"
    assert judge("crude_ru_cn_volume", 1.98, "mb/d", "2022-05").now.verdict == "agrees"


def test_barrels_a_day_printed_as_tonnes_are_a_misprint(judge: Judge) -> None:
    found = judge("crude_ru_cn_volume", 1.63, "Mt", "2021-11").now
    assert (found.verdict, found.reason) == ("differs", "misprint")
    assert found.evidence[0].value == pytest.approx(6.70297, abs=0.00001)


def test_digits_swapped_or_wrong_are_a_misprint(judge: Judge) -> None:
    for value in (254.8, 248.4, 2448):
        assert judge("trade_total", value, "USD bn", "2024").now.reason == "misprint"


def test_the_other_direction_is_named(judge: Judge) -> None:
    found = judge("imports_cn_from_ru", 16.808, "USD bn", "2024-01/2024-02").now
    assert (found.verdict, found.reason) == ("differs", "wrong_direction")
    assert "exports" in found.explanation["en"]


def test_a_figure_of_all_suppliers_or_of_another_one_is_another_count(judge: Judge) -> None:
    found = judge("crude_ru_cn_volume", 7.82, "Mt", "2022-05").now
    assert (found.verdict, found.reason) == ("differs", "wrong_currency_or_basis")
    assert any(each.indicator == "crude_sa_cn_volume" for each in found.evidence)


def test_yuan_turned_into_dollars_at_the_days_rate_are_not_customs_dollars(judge: Judge) -> None:
    found = judge("trade_total", 184.7, "USD bn", "2025-01/2025-10", published="2025-11-20").now
    assert (found.verdict, found.reason) == ("differs", "wrong_currency_or_basis")
    assert any(each.unit == "CNY bn" for each in found.evidence)


def test_a_tracker_named_in_the_sentence_is_another_source(judge: Judge) -> None:
    words = "Ship-tracking data show 32 million tonnes."
    found = judge("crude_ru_cn_volume", 32, "Mt", "2025-01/2025-07", sentence=words).now
    assert (found.verdict, found.reason) == ("differs", "other_source")


def test_a_first_release_that_later_growth_contradicts_is_revised(judge: Judge) -> None:
    found = judge("trade_total", 51.09, "USD bn", "2022-01/2022-04", published="2022-05-20")
    assert (found.then.verdict, found.now.verdict) == ("agrees", "revised")
    assert "growth printed a year later" in found.now.explanation["en"]


def test_what_was_not_known_on_the_articles_day_confirms_it_only_today(judge: Judge) -> None:
    found = judge("trade_total", 244.819, "USD bn", "2024", published="2025-01-02")
    assert (found.then.verdict, found.then.reason) == ("not_checkable", "no_period")
    assert found.now.verdict == "agrees"


def test_a_figure_that_nothing_explains_differs_unexplained(judge: Judge) -> None:
    found = judge("trade_total", 262.5, "USD bn", "2024").now
    assert (found.verdict, found.reason) == ("differs", "unexplained")
    assert found.evidence


def test_ranks_and_cargoes_are_exact(judge: Judge) -> None:
    assert judge("crude_ru_cn_rank", 1, "rank", "2024").now.verdict == "agrees"
    assert judge("crude_ru_cn_rank", 2, "rank", "2024").now.verdict == "differs"


def test_officials_shares_are_held_against_what_they_said_about_then(judge: Judge) -> None:
    at = "2024-05-16"
    share = "settlement_share_local_ccy"
    assert judge(share, 90, "% of trade", f"{at}/{at}", bound=">").now.verdict == "agrees"


def test_a_share_follows_from_two_volumes(judge: Judge) -> None:
    assert judge("crude_ru_cn_share", 20, "%", "2024").now.verdict == "agrees"
    assert judge("crude_ru_cn_share", 27, "%", "2024").now.verdict == "differs"


@pytest.mark.parametrize(
    ("arguments", "changes", "reason"),
    [
        (("trade_total", 200, "USD bn", "2024"), {"published": "2022-02-04"}, "target_or_forecast"),
        (("trade_total", 245, "USD bn", "2024"), {"kind": "forecast"}, "target_or_forecast"),
        (("trade_total", 245, "USD bn", "2024"), {"kind": "negated"}, "opinion"),
        (
            ("pos1_volume", 23.2, "bcm", "2023"),
            {"published": "2023-12-26", "sentence": "Supplies will exceed 23.2 bcm this year."},
            "target_or_forecast",
        ),
        (("pipeline_gas_ru_cn_volume", 38, "bcm/yr", "2024"), {}, "capacity_or_price"),
        (("pos2_capacity", 50, "bcm/yr", "2025"), {}, "capacity_or_price"),
        (("gas_price_ru_cn", 277.1, "USD/1000 m3", "2022"), {}, "capacity_or_price"),
        (("other", 49.48, "USD/bbl", "2023-01"), {}, "capacity_or_price"),
        (("other", 4.7, "TWh", "2022"), {}, "no_series"),
        (("no_such_indicator", 4.7, "Mt", "2022"), {}, "no_series"),
        (("trade_total", 4.7, "Mt", "2022"), {}, "no_series"),
        (("trade_total", 4.7, "USD bn", "1971"), {}, "no_period"),
        (("trade_total", None, None, "2022"), {}, "opinion"),
    ],
)
def test_what_cannot_be_checked_says_why(
    judge: Judge, arguments: tuple[object, ...], changes: dict[str, object], reason: str
) -> None:
    found = judge(*arguments, **changes).now
    assert (found.verdict, found.reason) == ("not_checkable", reason)


def test_a_market_price_is_checked(judge: Judge) -> None:
    assert judge("price_brent", 80.8, "USD/bbl", "2024").now.verdict in ("agrees", "differs")
    assert judge("price_brent", 180, "USD/bbl", "2024").now.verdict == "differs"


def test_the_sentence_stands_in_three_languages(judge: Judge) -> None:
    told = judge("trade_total", 240, "USD bn", "2024").now.explanation
    assert list(told) == ["en", "ru", "zh"]
    assert "Это число за 2023" in told["ru"]
    assert "2023年" in told["zh"]
    assert "2,448亿美元" in told["zh"]
    assert all("{" not in text for text in told.values())
