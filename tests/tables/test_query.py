"""The query site's CSV: summed by HS code, with what it does not say taken from the file's name."""

import pytest

from etl.errors import BadInput, Unrecognised
from etl.tables import recognise
from tests.tables.books import Rows, as_csv, changed
from tests.tables.conftest import TODAY, Reads

CHINESE = [
    "商品编码",
    "商品名称",
    "贸易伙伴编码",
    "贸易伙伴名称",
    "贸易方式编码",
    "贸易方式名称",
    "注册地编码",
    "注册地名称",
    "第一数量",
    "第一计量单位",
    "第二数量",
    "第二计量单位",
    "美元",
]
ENGLISH = [
    "Date of data",
    "Trading partner code",
    "Trading partner",
    "Commodity code",
    "Commodity",
    "Customs Regime code",
    "Customs Regime",
    "Quantity",
    "Unit",
    "Supplimentary Quantity",
    "Supplimentary Unit",
    "US dollar",
    "",
]


def goods(
    code: str, amount: str, value: str, regime: str = "10", unit: str = "千克"
) -> list[object]:
    row = [code, "一种\n货物", "344", "俄罗斯", regime, "一般贸易", "11", "北京"]
    return [*row, amount, unit, "0", "-", value]


IMPORTS: Rows = [
    CHINESE,
    goods("27090000", "9,000,000,123", "4,500,000,111"),
    goods("27090000", "1,000,000,000", "500,000,000", "19"),
    goods("27011100", "100,000", "10,000"),
    goods("27011210", "200,000", "30,000"),
    goods("27011900", "300,000", "40,000"),
    goods("27021000", "50,000", "2,000"),
    goods("27112100", "-", "700,000,000"),
    goods("27111100", "600,000,000", "300,000,000"),
]


def found(rows: list[dict[str, str]]) -> dict[str, tuple[str, str, str]]:
    return {row["indicator"]: (row["value"], row["unit"], row["status"]) for row in rows}


def test_the_chinese_file_is_summed_by_code(reads: Reads) -> None:
    table = reads("进口_俄罗斯_202608.csv", as_csv(IMPORTS, "gbk"))
    rows = found(table.rows)
    assert rows["crude_ru_cn_volume"] == ("10000000123", "kg", "derived")
    assert rows["crude_ru_cn_value"] == ("5000000111", "USD", "derived")
    assert rows["hard_coal_ru_cn_volume"] == ("600000", "kg", "derived")
    assert rows["hard_coal_ru_cn_value"] == ("80000", "USD", "derived")
    assert rows["coal_ru_cn_volume"] == ("650000", "kg", "derived")
    assert rows["lng_ru_cn_volume"] == ("600000000", "kg", "reported")
    assert rows["pipeline_gas_ru_cn_value"] == ("700000000", "USD", "reported")
    assert "pipeline_gas_ru_cn_volume" not in rows
    periods = {(r["period_kind"], r["period_start"], r["period_end"]) for r in table.rows}
    assert periods == {("month", "2026-08-01", "2026-08-31")}
    line = dict(zip((r["indicator"] for r in table.rows), table.lines, strict=True))
    # names hold a line break, so that a row takes two lines of the file
    assert (line["crude_ru_cn_value"], line["lng_ru_cn_value"]) == (2, 16)
    assert table.source == "gacc"


def test_the_english_file_carries_its_months(reads: Reads) -> None:
    def row(date: str, code: str, amount: str, unit: str, value: str) -> list[object]:
        return [
            date,
            "344",
            "Russia",
            code,
            "A good",
            "10",
            "Ordinary",
            amount,
            unit,
            "0",
            "-",
            value,
        ]

    rows: Rows = [
        [*ENGLISH],
        row("201806", "8542", "100", "Number of item", "507,713"),
        row("201806", "8703", "42", "Set", "430,000"),
        row("201807", "8542", "100", "Number of item", "7"),
        ["201806", "110", "Hong Kong", "85423100", "A good", "10", "O", "1", "Set", "0", "-", "99"],
    ]
    table = reads("e34420186.csv", as_csv(rows))
    chips = {r["period_end"]: r["value"] for r in table.rows if r["indicator"] == "ics_cn_ru_value"}
    assert chips == {"2018-06-30": "507713", "2018-07-31": "7"}
    cars = [r for r in table.rows if r["indicator"] == "cn_cars_exported_to_ru"]
    assert [(r["value"], r["unit"]) for r in cars] == [("0.042", "thousand cars")]


def test_all_eleven_headings_make_machine_tools(reads: Reads) -> None:
    tools = [goods(str(code), "1", "1000", unit="台") for code in range(8456, 8467)]
    name = "machine_tools_8456_8466_cn_ru_value"
    assert found(reads("export-2026-08.csv", as_csv([CHINESE, *tools])).rows)[name] == (
        "11000",
        "USD",
        "derived",
    )
    with pytest.raises(Unrecognised, match="all headings"):
        recognise.read("export-2026-08.csv", as_csv([CHINESE, *tools[:-1]]), "", TODAY)


def test_some_codes_of_a_heading_do_not_pass_for_it(reads: Reads) -> None:
    """Two codes of oil products, of dozens: nothing in the file says that it holds all."""
    rows = [CHINESE, goods("27101210", "1", "1000"), goods("27101922", "1", "200")]
    with pytest.raises(Unrecognised):
        recognise.read("import202608.csv", as_csv(rows), "", TODAY)


def test_one_grade_of_coal_does_not_pass_for_all_coal(reads: Reads) -> None:
    rows = [row for row in IMPORTS if row[0] not in ("27011100", "27011900")]
    assert not {
        name for name in found(reads("import202608.csv", as_csv(rows)).rows) if "coal" in name
    }


def test_a_missing_quantity_leaves_a_gap_and_no_smaller_sum(reads: Reads) -> None:
    rows = found(reads("import202608.csv", as_csv(changed(IMPORTS, (3, 9, "-")))).rows)
    assert "crude_ru_cn_volume" not in rows
    assert rows["crude_ru_cn_value"] == ("5000000111", "USD", "derived")
    assert "crude_ru_cn_volume" not in found(
        reads("import202608.csv", as_csv(changed(IMPORTS, (3, 9, "0")))).rows
    )


@pytest.mark.parametrize(
    ("name", "changes", "told"),
    [
        ("202608.csv", [], "do not say whether these are imports or exports"),
        ("import_export_202608.csv", [], "do not say whether these are imports or exports"),
        ("import.csv", [], "one month must stand in its name (202608 or 2026-08)"),
        ("import_202607-202608.csv", [], "one month must stand in its name"),
        ("import202611.csv", [], "import202611.csv:2: November 2026 has not ended"),
        ("import202608.csv", [(1, 13, "人民币")], "ask the site for US dollars"),
        ("import202608.csv", [(2, 4, "中国香港")], ":2: partner 344 is called «中国香港»"),
        ("import202608.csv", [(2, 1, "2709")], "is no HS code like the others"),
        ("import202608.csv", [(2, 13, "-5")], ":2: «-5» is negative"),
        ("import202608.csv", [(2, 13, "")], ":2: the row has no value"),
        ("import202608.csv", [(2, 9, "many")], ":2: «many» is not a number"),
        ("import202608.csv", [(3, 5, "10")], "stand in line 2 too"),
    ],
)
def test_a_file_that_is_not_sound_is_refused_whole(
    name: str, changes: list[tuple[int, int, object]], told: str
) -> None:
    with pytest.raises((Unrecognised, BadInput)) as caught:
        recognise.read(name, as_csv(changed(IMPORTS, *changes), "gb18030"), "", TODAY)
    assert told in str(caught.value)


def test_a_file_without_russia_says_so() -> None:
    rows = [
        CHINESE,
        [*goods("27090000", "1", "1")[:2], "110", "中国香港", *goods("1", "1", "1")[4:]],
    ]
    with pytest.raises(Unrecognised, match="no row of Russia"):
        recognise.read("import202608.csv", as_csv(rows), "", TODAY)


def test_a_file_as_long_as_the_site_ever_gives_is_cut_off() -> None:
    rows = [CHINESE, *[goods("27090000", "1", "1", str(n)) for n in range(10_000)]]
    with pytest.raises(Unrecognised, match="holds 10000 rows, and the site gives 10000 at most"):
        recognise.read("import202608.csv", as_csv(rows), "", TODAY)
