"""Numbers, periods, dates and claims in words: no more precision than is known."""

from datetime import date
from typing import Any

import pytest

from desk import wording
from desk.texts import catalogue, text


@pytest.mark.parametrize(
    ("value", "precision", "shown"),
    [
        (244.819, 0.001, "244.819"),
        (240.0, 1.0, "240"),
        (240.0, 0.1, "240.0"),
        (108476.5, 1.0, "108,476"),
        (-21.487, 0.001, "-21.487"),
        (2.16, 0.01, "2.16"),
        (0.0, 0.1, "0.0"),
        (1500000.0, 100000.0, "1,500,000"),
    ],
)
def test_a_number_shows_the_digits_that_it_was_printed_with(
    value: float, precision: float, shown: str
) -> None:
    assert wording.exact(value, precision) == shown


def test_a_number_follows_the_language() -> None:
    assert wording.exact(21.4, 0.1, "ru") == "21,4"
    assert wording.exact(240.0, 1.0, "ru") == "240"
    assert wording.exact(244.819, 0.001, "zh") == "244.819"


def test_no_number_is_a_negative_nothing() -> None:
    assert wording.exact(-0.04, 0.1) == "0.0"
    assert wording.number(-0.00001) == "0"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1234.6, "1,235"), (244.819, "244.8"), (20.573, "20.57"), (0.2, "0.2"), (0.01234, "0.0123")],
)
def test_a_number_without_precision_keeps_four_digits(value: float, shown: str) -> None:
    assert wording.number(value) == shown


@pytest.mark.parametrize(
    ("kind", "start", "end", "shown"),
    [
        ("year", "2024-01-01", "2024-12-31", "2024"),
        ("month", "2024-03-01", "2024-03-31", "Mar 2024"),
        ("ytd", "2024-01-01", "2024-02-29", "Jan–Feb 2024"),
        ("ytd", "2025-01-01", "2025-11-30", "Jan–Nov 2025"),
        ("quarter", "2023-10-01", "2023-12-31", "Q4 2023"),
        ("day", "2025-01-13", "2025-01-13", "13 Jan 2025"),
        ("range", "2025-03-01", "2025-03-20", "1 Mar 2025 – 20 Mar 2025"),
    ],
)
def test_a_period_is_told_in_words(kind: str, start: str, end: str, shown: str) -> None:
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    assert wording.period(kind, first, last) == shown


@pytest.mark.parametrize(
    ("start", "end", "kind"),
    [
        ("2024-02-01", "2024-02-29", "month"),
        ("2023-02-01", "2023-02-28", "month"),
        ("2024-02-01", "2024-02-28", "range"),
        ("2024-12-01", "2024-12-31", "month"),
        ("2024-01-01", "2024-12-31", "year"),
        ("2024-01-01", "2024-09-30", "ytd"),
        ("2024-01-01", "2024-03-31", "ytd"),
        ("2024-04-01", "2024-06-30", "quarter"),
        ("2024-05-01", "2024-07-31", "range"),
        ("2023-07-01", "2024-06-30", "range"),
        ("2024-05-05", "2024-05-05", "day"),
    ],
)
def test_two_days_tell_the_kind_of_their_period(start: str, end: str, kind: str) -> None:
    assert wording.kind_of(date.fromisoformat(start), date.fromisoformat(end)) == kind


@pytest.mark.parametrize(
    ("told", "shown"),
    [("2025", "2025"), ("2025-01", "Jan 2025"), ("2025-01-13", "13 Jan 2025")],
)
def test_a_publication_day_is_as_precise_as_it_is_known(told: str, shown: str) -> None:
    known = date.fromisoformat(f"{told}-01-31"[:10] if len(told) < 10 else told)
    assert wording.published({"published_text": told, "published": known}) == shown


def test_days_and_periods_follow_the_language() -> None:
    assert wording.day(date(2025, 1, 13), "zh") == "2025年1月13日"
    assert "2025" in wording.day(date(2025, 1, 13), "ru")
    march = wording.period("month", date(2024, 3, 1), date(2024, 3, 31), "ru")
    assert march.startswith("мар")


def _spaces(words: str) -> str:
    """Take the spaces that keep a mark and its number together for spaces."""
    return words.replace("\u00a0", " ")


def _claim(**changes: Any) -> dict[str, Any]:
    usual = {"value": 240.0, "low": 240.0, "high": 240.0, "bound": "=", "unit": "USD bn"}
    return usual | {"change": None, "direction": None} | changes


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({}, "240 USD bn"),
        ({"bound": ">", "high": None}, "> 240 USD bn"),
        ({"bound": "<", "low": None}, "< 240 USD bn"),
        ({"bound": "~", "low": None, "high": None}, "≈ 240 USD bn"),
        ({"bound": "range", "value": None, "low": 45.0, "high": 50.0, "unit": "%"}, "45–50 %"),
        ({"value": 6.0, "unit": "count"}, "6"),
        ({"value": 244.8e9, "unit": "USD"}, "244.8 USD bn"),
        ({"value": 5e6, "unit": "USD"}, "5,000,000 USD"),
        (
            {"value": 1.9, "unit": "%", "change": "yoy", "direction": "up"},
            "+1.9 % on the year",
        ),
        (
            {"value": 6.9, "unit": "%", "change": "yoy", "direction": "down"},
            "−6.9 % on the year",
        ),
    ],
)
def test_a_claim_is_told_with_its_bound(changes: dict[str, Any], shown: str) -> None:
    assert _spaces(wording.claim(_claim(**changes))) == shown


@pytest.mark.parametrize("kind", ["yoy", "mom", "qoq", "since", "vs"])
def test_every_change_that_a_claim_may_have_has_words(kind: str) -> None:
    assert wording.claim(_claim(change=kind, direction="up")).endswith(text(f"change.{kind}"))


def test_a_claim_without_a_period_has_no_words_for_one() -> None:
    assert wording.claim_period({"period_start": None, "period_end": None}) == ""
    year = {"period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)}
    assert wording.claim_period(year) == "2024"


def test_a_figure_is_repeated_as_its_page_printed_it() -> None:
    row = {"bound": ">", "value_text": "240", "unit_text": "USD bn", "unit": "USD bn"}
    assert _spaces(wording.printed(row)) == "> 240 USD bn"
    row |= {"bound": "range", "low": 45.0, "high": 50.0, "unit": "%"}
    assert _spaces(wording.printed(row)) == "45–50 %"
    row |= {"bound": "=", "value_text": "1 482.4", "unit_text": None}
    assert wording.printed(row) == "1 482.4"


def test_a_missing_text_falls_back_to_english_and_an_unknown_key_is_a_fault() -> None:
    assert text("nav.trade", "zh")
    assert catalogue("tlh") == {}
    assert text("nav.trade", "tlh") == text("nav.trade", "en")
    with pytest.raises(KeyError):
        text("nav.nowhere")
