"""From text to claims: period, change, direction, kind and indicator, over sentences."""

from datetime import date
from pathlib import Path

import pytest

from etl.reading.claim import Claim
from etl.reading.reader import read
from tests.reading.gold_score import score

GOLD = Path(__file__).parent / "gold"


def one(text: str, as_of: str = "2025-08-20") -> Claim:
    (found,) = read(text, date.fromisoformat(as_of))
    return found


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("last year", "2024-01-01", "2024-12-31"),
        ("in June", "2025-06-01", "2025-06-30"),
        ("in December", "2024-12-01", "2024-12-31"),
        ("in the first seven months", "2025-01-01", "2025-07-31"),
        ("in January-February", "2025-01-01", "2025-02-28"),
        ("in the second quarter", "2025-04-01", "2025-06-30"),
        ("in 1H24", "2024-01-01", "2024-06-30"),
        ("from January to May 2024", "2024-01-01", "2024-05-31"),
        ("in the year to July", "2025-01-01", "2025-07-31"),
        ("in the 12 months to June", "2024-07-01", "2025-06-30"),
        ("so far this year, to the end of March", "2025-01-01", "2025-03-31"),
    ],
)
def test_a_period_is_read_with_the_day_of_the_article(words: str, start: str, end: str) -> None:
    found = one(f"China bought 8.1 million tonnes of Russian coal {words}.")
    assert (str(found.period_start), str(found.period_end)) == (start, end)


def test_a_prior_figure_carries_the_prior_period() -> None:
    now, change, before = read(
        "In July China took 8.2 million tonnes of Russian coal, down 12% from 9.3 a year earlier.",
        date(2025, 8, 20),
    )
    assert (now.value, str(now.period_start)) == (8.2, "2025-07-01")
    assert (change.change, change.direction) == ("yoy", "down")
    assert (before.value, str(before.period_start), before.change) == (9.3, "2024-07-01", None)


def test_subject_and_period_are_carried_over_sentences() -> None:
    text = (
        "Russian crude shipments to China rose in May.\n\nArrivals came to 8.4 million tonnes. "
        "A year earlier they had been 9.7 million. Saudi Arabia sent 6.3 million tonnes."
    )
    first, before, saudi = read(text, date(2025, 6, 20))
    assert (first.indicator, str(first.period_start)) == ("crude_ru_cn_volume", "2025-05-01")
    assert (before.indicator, str(before.period_start)) == ("crude_ru_cn_volume", "2024-05-01")
    assert saudi.indicator == "other"


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("Russian exports to China were $129 billion in 2024.", "imports_cn_from_ru"),
        ("Russia bought Chinese goods for $115 billion in 2024.", "exports_cn_to_ru"),
        ("China's trade with Russia was $244 billion in 2024.", "trade_total"),
        ("China's trade with the United States was $688 billion in 2024.", "other"),
        ("Germany bought 2 million tonnes of Russian coal in 2024.", "other"),
        ("China bought 543 million tonnes of coal abroad in 2024.", "other"),
        ("Power of Siberia carried 31 bcm in 2024.", "pipeline_gas_ru_cn_volume"),
        ("Power of Siberia 2 is designed for 50 bcm a year.", "pos2_capacity"),
        ("Russia had 19.6% of China's crude imports in 2024.", "crude_ru_cn_share"),
        ("China spent $62 billion on Russian crude in 2024.", "crude_ru_cn_value"),
        ("Two thirds of Russian coal goes to China.", "other"),
    ],
)
def test_a_figure_is_linked_from_either_side(text: str, indicator: str) -> None:
    assert one(text).indicator == indicator


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        (
            "Chinese exports to Russia were $115.5 billion in 2024 and imports from Russia were "
            "$129.3 billion.",
            ["exports_cn_to_ru", "imports_cn_from_ru"],
        ),
        (
            "Russian exports to China were $129.3 billion in 2024 and imports from China were "
            "$115.5 billion.",
            ["imports_cn_from_ru", "exports_cn_to_ru"],
        ),
    ],
)
def test_the_way_of_the_next_figure_is_not_taken_for_this_one(
    text: str, indicators: list[str]
) -> None:
    assert [found.indicator for found in read(text, date(2025, 2, 1))] == indicators


def test_a_list_is_linked_in_its_order() -> None:
    out, into = read("Exports to and imports from Russia were $8bn and $10bn.", date(2025, 5, 9))
    assert (out.indicator, into.indicator) == ("exports_cn_to_ru", "imports_cn_from_ru")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Trade was $244 billion in 2024.", "actual"),
        ("The sides aim for trade of $250 billion by 2030.", "target"),
        ("Analysts expect trade of $250 billion in 2026.", "forecast"),
        ("Trade did not reach $250 billion in 2024.", "negated"),
        (
            "Beijing has not confirmed the 50 bcm a year for the second Siberian line.",
            "unconfirmed",
        ),
        ("If sanctions bite, China would lose 400,000 bpd of Russian oil.", "hypothetical"),
        ("The line has a capacity of 38 bcm a year.", "capacity"),
        ("Officials estimate that China supplied 70% of Russia's machine tools.", "estimate"),
    ],
)
def test_the_kind_of_a_statement_is_told(text: str, kind: str) -> None:
    assert one(text).kind == kind


def test_growth_names_the_currency_that_it_is_told_in() -> None:
    growth, _ = read(
        "Trade with Russia grew 2.9% to 1.74 trillion yuan in 2024.", date(2025, 1, 13)
    )
    assert growth.terms == "CNY"


@pytest.mark.parametrize(
    ("text", "value", "unit", "indicator", "start"),
    [
        ("Товарооборот России и Китая в 2024 году составил $244,8 млрд.", 244.8e9, "USD",
         "trade_total", "2024-01-01"),
        ("Импорт угля из России за семь месяцев составил 53,5 млн т.", 53.5, "Mt",
         "coal_ru_cn_volume", "2025-01-01"),
        ("Экспорт Китая в Россию в июле — около 9,5 млрд долларов.", 9.5e9, "USD",
         "exports_cn_to_ru", "2025-07-01"),
        ("2024年中俄贸易额达2448亿美元。", 244.8e9, "USD", "trade_total", "2024-01-01"),
        ("前7个月，中国对俄罗斯出口572亿美元。", 57.2e9, "USD", "exports_cn_to_ru", "2025-01-01"),
        ("中国自俄罗斯进口原油1.0847亿吨。", 108.47, "Mt", "crude_ru_cn_volume", "None"),
    ],
)  # fmt: skip
def test_russian_and_chinese_follow(
    text: str, value: float, unit: str, indicator: str, start: str
) -> None:
    found = one(text)
    assert found.value == pytest.approx(value)
    assert (found.unit, found.indicator, str(found.period_start)) == (unit, indicator, start)


@pytest.mark.parametrize(
    ("name", "value_unit", "linked", "full"),
    [("sentences", 99, 96, 94), ("articles", 98, 91, 85)],
)
def test_the_grammar_keeps_its_scores(
    name: str, value_unit: float, linked: float, full: float
) -> None:
    found = score(GOLD / f"{name}.jsonl")
    assert found["value_unit"] >= value_unit
    assert found["linked"] >= linked
    assert found["full"] >= full


def test_the_span_of_a_claim_lies_in_the_text() -> None:
    text = "Trade was more than $240 billion in 2024; exports were $115bn."
    for found in read(text, date(2025, 2, 1)):
        assert text[found.start : found.end] == found.span_text
