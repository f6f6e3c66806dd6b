"""China customs' table of main imports: the totals that we keep, in their own units."""

import pytest

from etl.errors import BadInput, Unrecognised
from etl.tables import recognise
from tests.tables.books import GOODS, Rows, as_csv, as_xls, as_xlsx, changed
from tests.tables.conftest import TODAY, Reads


def found(rows: list[dict[str, str]]) -> dict[tuple[str, str], str]:
    return {(r["indicator"], r["period_kind"]): f"{r['value']} {r['unit']}" for r in rows}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("goods.xlsx", as_xlsx(GOODS)),
        ("goods.xls", as_xls(GOODS)),
        ("goods.csv", as_csv(GOODS, "gb18030")),
    ],
)
def test_crude_and_coal_of_all_partners_are_read(name: str, content: bytes, reads: Reads) -> None:
    table = reads(name, content)
    assert found(table.rows) == {
        ("coal_cn_total_volume", "month"): "41.005 Mt",
        ("coal_cn_total_volume", "ytd"): "302.005 Mt",
        ("coal_cn_total_volume_yoy", "ytd"): "-3.5 %",
        ("crude_cn_total_volume", "month"): "47.0025 Mt",
        ("crude_cn_total_volume", "ytd"): "378.0075 Mt",
        ("crude_cn_total_volume_yoy", "ytd"): "1.5 %",
    }
    assert table.lines == [6, 6, 6, 7, 7, 7]
    assert {row.get("terms", "") for row in table.rows} == {""}
    assert {row["status"] for row in table.rows} == {"reported"}


def test_the_english_early_table_is_provisional_and_leaves_the_year_before_out(
    reads: Reads,
) -> None:
    rows: Rows = [
        ["(6) China's Major Imports by Quantity and Value, Aug 2026 (in USD)"],
        ["Unit: USD1 Million"],
        ["Commodity", "Unit", "Aug", "", "Jan-Aug", "", "Jan-Aug, last year", "", "Change %", ""],
        ["", "", *["Quantity", "Value"] * 4],
        ["Crude oil", "10,000 tons", "4,700.2", "22,000", "37,800.7", "180,000", *"1234"],
        ["Coal and lignite", "10,000 Tons", "4,100.5", "2,900", "30,200.5", "21,000", *"1234"],
        ["Liquefied natural gas", "10,000 Tons", "600.5", "3,000.5", "4,000", "24,000.5", *"1234"],
        ["Pipeline natural gas", "-", "-", "2,000.5", "-", "15,000.5", "1", "2", "-", "-7.5"],
    ]
    table = reads("goods.csv", as_csv(rows))
    assert {row["status"] for row in table.rows} == {"provisional"}
    assert found(table.rows) == {
        ("crude_cn_total_volume", "month"): "47.002 Mt",
        ("crude_cn_total_volume", "ytd"): "378.007 Mt",
        ("crude_cn_total_volume_yoy", "ytd"): "3 %",
        ("coal_cn_total_volume", "month"): "41.005 Mt",
        ("coal_cn_total_volume", "ytd"): "302.005 Mt",
        ("coal_cn_total_volume_yoy", "ytd"): "3 %",
        ("lng_cn_total_value", "month"): "3000.5 USD million",
        ("lng_cn_total_value", "ytd"): "24000.5 USD million",
        ("pipeline_gas_cn_total_value", "month"): "2000.5 USD million",
        ("pipeline_gas_cn_total_value", "ytd"): "15000.5 USD million",
        ("pipeline_gas_cn_total_value_yoy", "ytd"): "-7.5 %",
    }


def test_january_and_february_give_no_month(reads: Reads) -> None:
    rows = changed(
        GOODS, (1, 2, "2026年1至2月进口主要商品量值表（美元值）"), (3, 4, "2月"), (3, 6, "1至2月")
    )
    assert {row["period_kind"] for row in reads("g.csv", as_csv(rows)).rows} == {"ytd"}


@pytest.mark.parametrize(
    ("unit", "value"), [("吨", "4700.25 t"), ("千克", "4700.25 kg"), ("公斤", "4700.25 kg")]
)
def test_quantities_keep_the_unit_of_their_row(unit: str, value: str) -> None:
    rows = changed(GOODS, (7, 3, unit))
    table = recognise.read("g.csv", as_csv(rows), "", TODAY)
    assert found(table.rows)[("crude_cn_total_volume", "month")] == value


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([(7, 3, "桶")], "g.csv:7: the unit of quantity «桶» is not known"),
        ([(7, 3, "")], "g.csv:7: the unit of quantity «» is not known"),
        ([(8, 2, "原油")], "g.csv:8: a second row «原油»; the first is line 7"),
        ([(7, 4, -4700)], "g.csv:7: «-4700» is negative"),
        ([(7, 4, 50000)], "the month 50000 is not less than the year to date 37800.75"),
        ([(1, 2, "2026年8月出口主要商品量值表")], "only its imports"),
        ([(6, 2, "大豆"), (7, 2, "煤")], "no row of crude oil, coal"),
        ([(4, 6, "金额")], "is not clear"),
        ([(2, 2, "")], "no unit line"),
        ([(3, 4, "7月")], "headed by month 7"),
    ],
)
def test_a_table_that_is_not_sound_is_refused_whole(
    changes: list[tuple[int, int, object]], told: str
) -> None:
    with pytest.raises((Unrecognised, BadInput)) as caught:
        recognise.read("g.csv", as_csv(changed(GOODS, *changes)), "", TODAY)
    assert told in str(caught.value)


def test_values_in_yuan_have_no_line_and_are_left_out(reads: Reads) -> None:
    rows = changed(
        GOODS,
        (1, 2, "2026年8月进口主要商品量值表（人民币值）"),
        (2, 2, "单位：万元"),
        (8, 2, "液化天然气"),
    )
    table = reads("g.csv", as_csv(rows))
    assert {row["indicator"] for row in table.rows} == {
        "coal_cn_total_volume",
        "coal_cn_total_volume_yoy",
        "crude_cn_total_volume",
        "crude_cn_total_volume_yoy",
    }


def from_russia(title: str) -> Rows:
    return changed(
        GOODS,
        (1, 2, title),
        *((6, place, cell) for place, cell in ((4, 810.5), (5, 690000), (6, 6200.5), (7, 5100000))),
        *((7, place, cell) for place, cell in ((4, 900.25), (5, 4500000), (6, 7100.75))),
        (7, 7, 36000000),
    )


@pytest.mark.parametrize(
    "title",
    [
        "2026年8月自俄罗斯进口主要商品量值表（美元值）",
        "Major Imports by Quantity and Value from Russia, August 2026 (in USD)",
    ],
)
def test_goods_from_russia_are_no_totals_of_all_partners(title: str, reads: Reads) -> None:
    table = reads("goods.xlsx", as_xlsx(from_russia(title)))
    assert found(table.rows) == {
        ("coal_ru_cn_value", "month"): "690.000 USD million",
        ("coal_ru_cn_value", "ytd"): "5100.000 USD million",
        ("coal_ru_cn_volume", "month"): "8.105 Mt",
        ("coal_ru_cn_volume", "ytd"): "62.005 Mt",
        ("coal_ru_cn_volume_yoy", "ytd"): "-3.5 %",
        ("crude_ru_cn_value", "month"): "4500.000 USD million",
        ("crude_ru_cn_value", "ytd"): "36000.000 USD million",
        ("crude_ru_cn_value_yoy", "ytd"): "-4 %",
        ("crude_ru_cn_volume", "month"): "9.0025 Mt",
        ("crude_ru_cn_volume", "ytd"): "71.0075 Mt",
        ("crude_ru_cn_volume_yoy", "ytd"): "1.5 %",
    }


def test_goods_from_another_partner_are_refused() -> None:
    title = "Major Imports by Quantity and Value from Saudi Arabia, August 2026"
    with pytest.raises(Unrecognised, match="names a partner"):
        recognise.read("goods.csv", as_csv(from_russia(title)), "", TODAY)


@pytest.mark.parametrize(
    ("unit", "volume"),
    [("10,000 t", "47.0025 Mt"), ("10 000 metric tons", "47.0025 Mt"), ("kg", "4700.25 kg")],
)
def test_units_of_quantity_are_read_as_people_write_them(unit: str, volume: str) -> None:
    table = recognise.read("goods.csv", as_csv(changed(GOODS, (7, 3, unit))), "", TODAY)
    assert found(table.rows)["crude_cn_total_volume", "month"] == volume
