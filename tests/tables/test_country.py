"""China customs' table by country: every layout gives the same row."""

from datetime import date

import pytest

from etl.tables import recognise
from tests.tables.books import (
    CHINESE,
    ENGLISH,
    EXPRESS,
    Rows,
    as_csv,
    as_page,
    as_xls,
    as_xlsx,
    changed,
)
from tests.tables.conftest import TODAY, Reads

MONTH, YTD = ("month", "2026-08-01", "2026-08-31"), ("ytd", "2026-01-01", "2026-08-31")


def figures(rows: list[dict[str, str]]) -> dict[tuple[str, str], str]:
    """Return the figures by indicator and period kind, each with its unit."""
    found = {(r["indicator"], r["period_kind"]): f"{r['value']} {r['unit']}" for r in rows}
    assert len(found) == len(rows)
    return found


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plain.csv", as_csv(ENGLISH)),
        ("marked.csv", as_csv(ENGLISH, "utf-8-sig")),
        ("wide.csv", as_csv(ENGLISH, "utf-16")),
        ("book.xlsx", as_xlsx(ENGLISH)),
        ("old.xls", as_xls(ENGLISH, (1, 3, 5))),
        ("page.html", as_page(ENGLISH)),
        ("misnamed.xls", as_page(ENGLISH)),
        ("beside.xlsx", as_xlsx(ENGLISH, hidden=[["Imports and Exports by Country, 7.2026"]])),
    ],
)
def test_one_table_reads_the_same_from_every_kind_of_file(
    name: str, content: bytes, reads: Reads
) -> None:
    table = reads(name, content)
    assert figures(table.rows) == {
        ("trade_total", "month"): "19000.111 USD million",
        ("trade_total", "ytd"): "150000.333 USD million",
        ("exports_cn_to_ru", "month"): "9000.111 USD million",
        ("exports_cn_to_ru", "ytd"): "70000.222 USD million",
        ("imports_cn_from_ru", "month"): "10000.000 USD million",
        ("imports_cn_from_ru", "ytd"): "80000.111 USD million",
        ("trade_total_yoy", "ytd"): "2.5 %",
        ("exports_cn_to_ru_yoy", "ytd"): "-1.5 %",
        ("imports_cn_from_ru_yoy", "ytd"): "6.25 %",
    }
    assert {(r["period_kind"], r["period_start"], r["period_end"]) for r in table.rows} == {
        MONTH,
        YTD,
    }
    assert set(table.lines) == {8}
    assert table.source == "gacc"
    assert {row["terms"] for row in table.rows if row["unit"] == "%"} == {"USD"}
    assert {row["status"] for row in table.rows} == {"reported"}
    assert table.said == "China customs, table by country, August 2026, US$1,000, reported"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("国别.xls", as_xls(CHINESE, (2, 4, 6))),
        ("国别.xlsx", as_xlsx(CHINESE)),
        ("gbk.csv", as_csv(CHINESE, "gbk")),
        ("gb18030.csv", as_csv(CHINESE, "gb18030")),
        ("utf8.csv", as_csv(CHINESE)),
    ],
)
def test_the_yuan_table_reads_in_chinese(name: str, content: bytes, reads: Reads) -> None:
    table = reads(name, content)
    found = figures(table.rows)
    assert found[("trade_total", "month")] == "136.00100 CNY bn"
    assert found[("imports_cn_from_ru", "ytd")] == "573.00100 CNY bn"
    assert found[("exports_cn_to_ru_yoy", "ytd")] == "-0.9 %"
    assert {row["terms"] for row in table.rows if row["unit"] == "%"} == {"CNY"}


def test_the_early_table_is_provisional(reads: Reads) -> None:
    table = reads("express.xls", as_xls(EXPRESS))
    assert {row["status"] for row in table.rows} == {"provisional"}
    assert figures(table.rows)[("exports_cn_to_ru", "month")] == "9000.25 USD million"


@pytest.mark.parametrize(
    ("unit", "value"),
    [
        ("Unit: US$ 1,000", "19000.111 USD million"),
        ("Unit: 1000 USD", "19000.111 USD million"),
        ("Unit: USD1 Million", "19000111 USD million"),
        ("单位:千美元", "19000.111 USD million"),
        ("单位：百万美元", "19000111 USD million"),
        ("Unit: RMB 10,000", "190.00111 CNY bn"),
        ("单位：万元人民币", "190.00111 CNY bn"),
    ],
)
def test_units_are_read_as_they_are_written(unit: str, value: str) -> None:
    rows = changed(ENGLISH, (2, 1, unit))
    table = recognise.read("t.csv", as_csv(rows), "", TODAY)
    assert figures(table.rows)[("trade_total", "month")] == value


@pytest.mark.parametrize("unit", ["Unit: USD 100 million", "单位:亿美元", "Unit: 亿美元"])
def test_hundred_millions_keep_their_digits(unit: str, reads: Reads) -> None:
    cells = ["190.1", "1500.3", "90.1", "700.2", "100.0", "800.1", "2.5", "-1.5", "6.2"]
    rows = [*ENGLISH[:7], ["Russia", *cells]]
    table = reads("t.csv", as_csv(changed(rows, (2, 1, unit))))
    assert figures(table.rows)[("imports_cn_from_ru", "month")] == "10.00 USD bn"


@pytest.mark.parametrize("unit", ["CNY 100 million", "100 mn CNY", "亿元人民币", "人民币亿元"])
def test_hundred_millions_of_yuan_keep_their_digits(unit: str, reads: Reads) -> None:
    cells = ["1360.1", "10750.3", "640.1", "5020.2", "720.0", "5730.1", "2.5", "-1.5", "6.2"]
    rows = [*ENGLISH[:7], ["Russia", *cells]]
    table = reads("t.csv", as_csv(changed(rows, (2, 1, f"Unit: {unit}"))))
    assert figures(table.rows)[("trade_total", "month")] == "136.01 CNY bn"


@pytest.mark.parametrize(
    "title",
    [
        "Imports and Exports by Country (Region), August 2026",
        "Imports and Exports by Country (Region), Aug. 2026",
        "Imports and Exports by Country (Region), 2026-08",
        "2026年8月进出口商品国别（地区）总值表",
    ],
)
def test_the_period_is_read_from_the_title(title: str, reads: Reads) -> None:
    table = reads("t.csv", as_csv(changed(ENGLISH, (1, 1, title))))
    assert {row["period_end"] for row in table.rows} == {"2026-08-31"}


@pytest.mark.parametrize("title", ["Jan-Feb 2026", "1-2.2026", "2026年1-2月", "2026年1至2月"])
def test_january_and_february_give_no_month(title: str, reads: Reads) -> None:
    rows = changed(ENGLISH, (1, 1, f"Imports and Exports by Country, {title}"))
    for column, text in enumerate(["2", "1to2"] * 3, start=2):
        rows[3][column - 1] = text
    table = reads("t.csv", as_csv(rows))
    assert {(r["period_kind"], r["period_end"]) for r in table.rows} == {("ytd", "2026-02-28")}
    assert len(table.rows) == 6


def test_a_february_that_repeats_both_months_gives_no_month(reads: Reads) -> None:
    rows = changed(ENGLISH, (1, 1, "Imports and Exports by Country, 2.2026"))
    for column, text in enumerate(["2", "1to2"] * 3, start=2):
        rows[3][column - 1] = text
    for column in (2, 4, 6):
        rows[7][column - 1] = rows[7][column]
    assert {row["period_kind"] for row in reads("t.csv", as_csv(rows)).rows} == {"ytd"}


def test_january_is_a_month_and_says_it_once(reads: Reads) -> None:
    rows: Rows = [
        ["（2）2025年1月进出口商品国别（地区）总值表（美元值）"],
        ["单位:千美元"],
        ["国别", "进出口", "出口", "进口", "比去年同期±％", "", ""],
        ["", "", "", "", "进出口", "出口", "进口"],
        ["总值", "9", "5", "4", "1", "2", "3"],
        ["俄罗斯联邦", "19,000", "9,000", "10,000", "1.5", "2.5", "3.5"],
    ]
    table = reads("t.csv", as_csv(rows, "gbk"))
    assert figures(table.rows)[("trade_total", "month")] == "19.000 USD million"
    assert {row["period_kind"] for row in table.rows} == {"month"}
    assert len(table.rows) == 6


def test_december_gives_the_year(reads: Reads) -> None:
    rows = changed(ENGLISH, (1, 1, "Imports and Exports by Country, 12.2025"))
    for column, text in enumerate(["12", "1to12"] * 3, start=2):
        rows[3][column - 1] = text
    found = {
        (r["period_kind"], r["period_start"], r["period_end"])
        for r in reads("t.csv", as_csv(rows)).rows
    }
    assert found == {
        ("month", "2025-12-01", "2025-12-31"),
        ("year", "2025-01-01", "2025-12-31"),
    }


def test_columns_are_known_by_their_words_not_their_place(reads: Reads) -> None:
    heads: Rows = [
        ["Imports and Exports by Country (Region), 8.2026"],
        ["Unit: US$1,000"],
        ["Country", "Exports", "", "Balance", "", "Imports", "", "Total", ""],
        ["", "1-8", "8", "8", "1-8", "8", "1-8", "8", "1-8"],
        ["Russia", "70,000", "9,000", "-1,000", "-10,000", "10,000", "80,000", "19,000", "150,000"],
    ]
    found = figures(reads("t.csv", as_csv(heads)).rows)
    assert found == {
        ("exports_cn_to_ru", "ytd"): "70.000 USD million",
        ("exports_cn_to_ru", "month"): "9.000 USD million",
        ("imports_cn_from_ru", "month"): "10.000 USD million",
        ("imports_cn_from_ru", "ytd"): "80.000 USD million",
        ("trade_total", "month"): "19.000 USD million",
        ("trade_total", "ytd"): "150.000 USD million",
    }


def test_the_six_column_form_takes_its_flow_from_the_title(reads: Reads) -> None:
    rows: Rows = [
        ["Preliminary: Exports by Major Countries (Regions), August 2026"],
        ["Unit: USD 100 million"],
        ["Country", "Month", "YTD", "MoM %", "YoY %", "YTD YoY %"],
        ["Total", "900.0", "7000.0", "1", "2", "3"],
        ["Russia", "90.1", "700.2", "4.5", "-5.5", "6.5"],
    ]
    table = reads("t.csv", as_csv(rows))
    assert figures(table.rows) == {
        ("exports_cn_to_ru", "month"): "9.01 USD bn",
        ("exports_cn_to_ru", "ytd"): "70.02 USD bn",
        ("exports_cn_to_ru_yoy", "month"): "-5.5 %",
        ("exports_cn_to_ru_yoy", "ytd"): "6.5 %",
    }
    assert {row["status"] for row in table.rows} == {"provisional"}


def test_figures_of_a_year_before_are_left_out(reads: Reads) -> None:
    rows: Rows = [
        ["Exports by Country, August 2026"],
        ["Unit: US$1,000"],
        ["Country", "Aug 2026", "Jan-Aug 2026", "Aug 2025", "Jan-Aug 2025"],
        ["Russia", "9,000", "70,000", "8,000", "60,000"],
    ]
    found = figures(reads("t.csv", as_csv(rows)).rows)
    assert found == {
        ("exports_cn_to_ru", "month"): "9.000 USD million",
        ("exports_cn_to_ru", "ytd"): "70.000 USD million",
    }


def test_a_dash_is_a_gap_and_no_zero(reads: Reads) -> None:
    table = reads("t.csv", as_csv(changed(ENGLISH, (8, 4, "-"), (8, 2, ""))))
    found = figures(table.rows)
    assert ("exports_cn_to_ru", "month") not in found
    assert ("trade_total", "month") not in found
    assert len(found) == 7


def test_growth_below_an_old_row_is_not_taken_for_a_country(reads: Reads) -> None:
    rows = [*ENGLISH[:8], ["", "2.5", "2.1", "1.0", "1.1", "3.0", "3.1"]]
    assert len(reads("t.csv", as_csv(rows)).rows) == 9


@pytest.mark.parametrize(
    ("url", "line", "day"),
    [
        ("http://www.customs.gov.cn/customs/2026-09/18/article_1.html", "", "2026-09-18"),
        ("", "发布日期：2026-09-18", "2026-09-18"),
        ("", "Released on September 18, 2026", "2026-09-18"),
    ],
)
def test_the_day_of_publication_is_taken_from_address_or_file(
    url: str, line: str, day: str, reads: Reads
) -> None:
    rows = [ENGLISH[0], [line], *ENGLISH[1:]]
    table = reads("t.csv", as_csv(rows), url)
    assert {row["published"] for row in table.rows} == {day}
    assert not [row for row in table.rows if "not in the file" in row["note"]]


def test_without_a_date_the_figures_count_from_the_day_they_came(reads: Reads) -> None:
    table = reads("t.csv", as_csv(ENGLISH), retrieved=date(2026, 10, 2))
    assert {row["published"] for row in table.rows} == {"2026-10-02"}
    assert all("publication date not in the file" in row["note"] for row in table.rows)
