"""Totals of one article that its own parts contradict, and milestones, which are dates."""

import pytest

from etl.reading import said, verdict
from etl.reading.facts import Facts
from etl.reading.judging import sums
from etl.reading.said import Said
from tests.reading.conftest import Judge, row


def told(known: Facts, *claims: tuple[str, float]) -> list[Said]:
    """Return claims of one article on May 1971, of which nothing is kept, in dollars."""
    rows = [row(indicator, value, "USD bn", "1971-05") for indicator, value in claims]
    return [said.of_row(each, known.entries) for each in rows]


def test_a_total_that_its_parts_contradict_is_found(known: Facts) -> None:
    claims = told(
        known, ("exports_cn_to_ru", 10.1), ("trade_total", 23.4), ("imports_cn_from_ru", 11.2)
    )
    [found] = sums.discords(known, claims)
    assert (found.total, found.parts) == (1, (0, 2))
    assert (found.stated, round(found.adds_up_to, 3)) == (23.4, 21.3)
    judged = verdict.judge_article(known, claims)
    assert judged[1].now.reason == "no_period"
    assert "add up to 21.3 billion US dollars" in judged[1].now.explanation["en"]
    assert "add up" not in judged[0].now.explanation["en"]


@pytest.mark.parametrize("total", [21.3, 21.2, 21.4])
def test_rounding_is_no_contradiction(known: Facts, total: float) -> None:
    claims = told(
        known, ("exports_cn_to_ru", 10.1), ("imports_cn_from_ru", 11.2), ("trade_total", total)
    )
    assert list(sums.discords(known, claims)) == []


def test_parts_of_another_period_or_a_missing_part_are_not_added(known: Facts) -> None:
    parts = told(known, ("exports_cn_to_ru", 10.1), ("trade_total", 23.4))
    assert list(sums.discords(known, parts)) == []
    other = said.of_row(row("imports_cn_from_ru", 11.2, "USD bn", "1971-06"), known.entries)
    assert list(sums.discords(known, [*parts, other])) == []


def test_a_total_differs_where_other_pages_confirm_every_part(known: Facts) -> None:
    period = "2024-01/2024-02"
    rows = [
        row("exports_cn_to_ru", 16.808, "USD bn", period),
        row("imports_cn_from_ru", 20.202, "USD bn", period),
        row("trade_total", 47.01, "USD bn", period),
    ]
    judged = verdict.judge_article(known, [said.of_row(each, known.entries) for each in rows])
    assert [each.now.verdict for each in judged] == ["agrees", "agrees", "differs"]


@pytest.mark.parametrize(
    ("project", "day", "sentence", "verdict", "reason"),
    [
        ("Power of Siberia 1", "2019-12-02", "Gas first flowed.", "agrees", None),
        ("Power of Siberia 1", "2019-12-01", "First gas flowed in December.", "agrees", None),
        ("Power of Siberia 1", "2018-12-01", "Deliveries started in December.", "differs", None),
        ("Far Eastern route", "2022-02-04", "A contract was signed.", "agrees", None),
        ("Power of Siberia 2 / Soyuz", "2025-09-02", "A memorandum was signed.", "agrees", None),
        ("No such project", "2025-09-02", "It was signed.", "not_checkable", "no_series"),
        ("Far Eastern route", "2029-01-01", "It starts.", "not_checkable", "target_or_forecast"),
    ],
)
def test_a_milestone_is_a_date(
    judge: Judge, project: str, day: str, sentence: str, verdict: str, reason: str | None
) -> None:
    year = int(day[:4])
    found = judge(f"milestone:{project}", year, "year", f"{day}/{day}", sentence=sentence).now
    assert found.verdict == verdict
    if reason:
        assert found.reason == reason
    if verdict == "differs":
        assert found.reason == "wrong_period"
