"""Numbers, units, bounds, ranges and lists, as they are written."""

import pytest

from etl.reading.grammar.quantities import Quantity, quantities
from etl.reading.grammar.tokens import sentences


def read(text: str) -> list[Quantity]:
    return [found for sentence in sentences(text) for found in quantities(sentence.tokens)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("It cost $59.2bn.", 59.2e9, "USD"),
        ("It cost USD59.2bn.", 59.2e9, "USD"),
        ("It cost RMB 58.6 billion.", 58.6e9, "CNY"),
        ("It cost 1,740 billion yuan.", 1.74e12, "CNY"),
        ("It cost two and a half trillion roubles.", 2.5e12, "RUB"),
        ("They agreed on 38bcm/yr.", 38.0, "bcm/yr"),
        ("They agreed on 38 billion cubic metres of gas a year.", 38.0, "bcm/yr"),
        ("Flows were 105 million m³ a day.", 105.0, "mcm/d"),
        ("It shipped 137,000 tonnes.", 137_000.0, "t"),
        ("It shipped 8.3mn t.", 8.3, "Mt"),
        ("It shipped 0.63 million mt.", 0.63, "Mt"),
        ("It took 2.17 million barrels a day.", 2.17, "mb/d"),
        ("It took 400,000 bpd.", 400_000.0, "b/d"),
        ("It fell by a third.", 33.3333333, "%"),
        ("Two in five chips are Chinese.", 40.0, "%"),
        ("Nine out of ten barrels came by sea.", 90.0, "%"),
        ("Half of the coal came by rail.", 50.0, "%"),
        ("The share rose by 60 basis points.", 60.0, "bp"),
        ("The share rose by half a percentage point.", 0.5, "pp"),
        ("Sales have tripled.", 3.0, "x"),
        ("Sales grew 2.5 times.", 2.5, "x"),
        ("It was quoted at $9.50 a barrel.", 9.5, "USD/bbl"),
        ("It was quoted at $257 per 1,000 cubic metres.", 257.0, "USD/kcm"),
        ("Half a dozen LNG cargoes left.", 6.0, "cargo"),
    ],
)
def test_a_quantity_is_read_with_its_unit(text: str, value: float, unit: str) -> None:
    (found,) = read(text)
    assert found.value == pytest.approx(value)
    assert found.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "On 2 September 2025 at 10:30 they met.",
        "Call +86 10 6519 5114 for details.",
        "Article 5 of the accord of 2019 says so.",
        "Power of Siberia 2 was discussed.",
        "An Arc7 carrier berthed in Beihai.",
        "It is the third largest of 14 suppliers.",
        "HS code 271121 covers it.",
        "The 52-year-old trader has two shops.",
        "See Q2 and H1.",
    ],
)
def test_what_is_no_figure_is_left_out(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("It was more than $240 billion.", ">"),
        ("It exceeded $240 billion.", ">"),
        ("It was nearly $240 billion.", "<"),
        ("It was no more than $240 billion.", "<"),
        ("It was about $240 billion.", "~"),
        ("It was $240 billion or so.", "~"),
        ("It was 30-odd bcm.", "~"),
        ("It was $240 billion.", "="),
        ("They want to bring trade up to $250 billion.", "="),
        ("Numbers added up to $250 billion.", "="),
    ],
)
def test_a_bound_is_read_from_its_words(text: str, bound: str) -> None:
    (found,) = read(text)
    assert found.bound == bound


def test_a_dash_makes_a_range_and_from_to_two_figures() -> None:
    (band,) = read("Analysts put it at 7-9 million tonnes.")
    assert (band.value, band.low, band.high, band.bound) == (None, 7.0, 9.0, "range")
    assert [found.value for found in read("It rose from 38 to 44 bcm a year.")] == [38.0, 44.0]
    assert [found.value for found in read("It increased by $4bn to $30bn.")] == [4e9, 30e9]


def test_a_unit_said_once_counts_for_the_list() -> None:
    found = read("Russia, Iraq and Oman sold 8.4, 5.4 and 4.3 million tonnes.")
    assert [(each.value, each.unit) for each in found] == [(8.4, "Mt"), (5.4, "Mt"), (4.3, "Mt")]
    assert [each.value for each in read("Exports and imports fell 8.5 and 7.7 percent.")] == [
        8.5,
        7.7,
    ]


def test_a_bare_number_in_a_comparison_takes_the_unit_before_it() -> None:
    found = read("It took 2.17 million bpd, up from 2.14 a year earlier.")
    assert [(each.value, each.unit) for each in found] == [(2.17, "mb/d"), (2.14, "mb/d")]
