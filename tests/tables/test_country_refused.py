"""A table by country that is not sound is refused whole, with the line and what to do."""

import pytest

from etl.errors import BadInput, Unrecognised
from etl.tables import recognise
from tests.tables.books import ENGLISH, Rows, as_csv, changed
from tests.tables.conftest import TODAY


def refusal(rows: Rows, name: str = "table.csv", url: str = "") -> str:
    with pytest.raises((Unrecognised, BadInput)) as caught:
        recognise.read(name, as_csv(rows), url, TODAY)
    return str(caught.value)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([(1, 1, "(2) Imports and Exports by Country")], "no period stands in the title"),
        ([(1, 1, "Imports and Exports by Country, 8.2026 and 7.2026")], "July 2026, August 2026"),
        ([(1, 1, "Imports and Exports by Country, 2026年4至6月")], "April to June 2026"),
        ([(1, 1, "Imports and Exports by Country, 11.2026")], "November 2026 has not ended"),
        ([(1, 1, "Imports and Exports by Country, 7.2026")], "headed by month 8"),
        ([(2, 1, "")], "no unit line"),
        ([(2, 1, "Unit: EUR 1,000")], "the unit «EUR 1,000» is not known"),
        ([(2, 1, "Unit: USD 2,000")], "the unit «USD 2,000» is not known"),
        ([(1, 1, "进出口商品国别总值表(人民币值) 8.2026")], "one of them is of another table"),
        ([(8, 2, "19,000,999")], "table.csv:8: the total 19000999 of the month is not exports"),
        ([(8, 3, "150,000,999")], "the total 150000999 of the ytd is not exports"),
        ([(8, 4, "-9,000,111")], "table.csv:8: «-9,000,111» is negative"),
        ([(8, 4, "9,00,111")], "«9,00,111» is not a number"),
        ([(8, 4, "9.000.111")], "«9.000.111» is not a number"),
        ([(8, 5, "7.0000222E+07")], "show the column as a number"),
        ([(8, 8, "-120.5")], "a growth of -120.5 % cannot be"),
        ([(8, 9, "5,000")], "a growth of 5,000 % cannot be"),
        ([(6, 1, "Russia")], "table.csv:8: a second row of Russia; the first is line 6"),
        ([(8, 1, "Rusia")], "no row of Russia"),
        ([(4, 3, "8")], "columns 2 and 3 are headed alike"),
        ([(4, 3, "")], "does not say whether it is of the month or of the year to date"),
    ],
)
def test_what_cannot_be_is_refused_by_line(
    changes: list[tuple[int, int, object]], told: str
) -> None:
    assert told in refusal(changed(ENGLISH, *changes))


def test_two_units_are_refused() -> None:
    rows = [ENGLISH[0], ["Unit: RMB 10,000"], *ENGLISH[1:]]
    assert "states two units (RMB 10,000, US$1,000)" in refusal(rows)


def test_a_month_above_the_year_to_date_is_refused() -> None:
    swapped = changed(ENGLISH, *[(4, n, "8" if n % 2 else "1to8") for n in range(2, 8)])
    assert "is not less than the year to date" in refusal(swapped)


def test_a_publication_before_the_period_ended_is_refused() -> None:
    url = "http://www.customs.gov.cn/customs/2026-08/18/article_1.html"
    assert "published 2026-08-18, but the period ends on 2026-08-31" in refusal(ENGLISH, url=url)


def test_a_row_without_figures_is_refused() -> None:
    rows = [*ENGLISH[:7], ["Russian Federation", *["-"] * 9]]
    assert "table.csv:8: the row of Russia has no figures" in refusal(rows)
