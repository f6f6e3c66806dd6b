"""Text that is made to break a reader is read, and what it says in passing is found."""

from datetime import date

import pytest

from etl.reading.reader import read

DAY = date(2025, 1, 20)
SAID = " Trade with Russia was $244.8 billion in 2024."
HOSTILE = {
    "a megabyte of digits": "9" * 1_000_000,
    "digits and commas": "1,2" * 200_000,
    "nested brackets": "(" * 100_000 + ")" * 100_000,
    "control characters": "\x00\x07\x1b[31m" * 20_000,
    "right-to-left marks": "\u202e\u200f\u2067" * 20_000,
    "ten thousand numbers": "12 million tonnes and " * 10_000,
    "one endless sentence": "from 2 to 3 million tonnes in May, " * 5_000,
    "near misses": "one hundred and " * 20_000,
    "hyphens": "a-" * 100_000,
    "percent": "% " * 100_000,
    "years": "2024 " * 50_000,
    "months": "January to " * 20_000,
    "apostrophes": "o'" * 100_000,
    "surrogate-like": "\U0001f4c8" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_to_its_end(name: str) -> None:
    found = read(HOSTILE[name] + "." + SAID, DAY)
    assert found[-1].value == 244.8e9
    assert found[-1].indicator == "trade_total"


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", ".", "$", "%", "12", "2024", "a" * 100_000])
def test_text_without_a_figure_has_no_claim(text: str) -> None:
    assert read(text, DAY) == []


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31), date(2024, 2, 29)])
def test_the_day_of_an_article_may_be_any(day: date) -> None:
    for words in (
        "last year",
        "next year",
        "a year earlier",
        "in January",
        "last month",
        "in 1H24",
    ):
        read(
            f"Trade was $5bn {words}, and $4bn a year earlier, up 3% since the start of the year.",
            day,
        )
