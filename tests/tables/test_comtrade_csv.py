"""UN Comtrade's CSV in the three generations of its column names."""

import pytest

from etl.errors import BadInput, Unrecognised
from etl.tables import recognise
from tests.tables.books import Rows, as_csv
from tests.tables.conftest import TODAY, Reads

NEW = [
    "typeCode",
    "freqCode",
    "refPeriodId",
    "refYear",
    "refMonth",
    "period",
    "reporterCode",
    "reporterISO",
    "flowCode",
    "partnerCode",
    "partner2Code",
    "cmdCode",
    "customsCode",
    "motCode",
    "qtyUnitCode",
    "qty",
    "isQtyEstimated",
    "netWgt",
    "isNetWgtEstimated",
    "primaryValue",
]
OLD = [
    "Classification",
    "Year",
    "Period",
    "Period Desc.",
    "Trade Flow Code",
    "Trade Flow",
    "Reporter Code",
    "Reporter",
    "Partner Code",
    "Partner",
    "2nd Partner Code",
    "Customs Proc. Code",
    "Mode of Transport Code",
    "Commodity Code",
    "Commodity",
    "Qty Unit Code",
    "Qty",
    "Netweight (kg)",
    "Gross weight (kg)",
    "Trade Value (US$)",
    "Flag",
]


def row(**changes: str) -> list[object]:
    """Return a row of crude from Russia to China with the new names, but for the changes."""
    cells = {
        "period": "202408",
        "reporterCode": "156",
        "partnerCode": "643",
        "partner2Code": "0",
        "flowCode": "M",
        "cmdCode": "2709",
        "customsCode": "C00",
        "motCode": "0",
        "netWgt": "9000000000.0",
        "isNetWgtEstimated": "False",
        "qtyUnitCode": "8",
        "primaryValue": "4500000000.5",
    }
    return [(cells | changes).get(name, "") for name in NEW]


def old(**changes: str) -> list[object]:
    cells = {
        "Period": "2017",
        "Trade Flow Code": "1",
        "Trade Flow": "Import",
        "Reporter Code": "156",
        "Partner Code": "643",
        "Partner": "Côte d'Ivoire, Russia",
        "Commodity Code": "2709",
        "Netweight (kg)": "59000000000",
        "Trade Value (US$)": "23000000000",
        "Flag": "0",
    }
    return [(cells | changes).get(name, "") for name in OLD]


def found(rows: list[dict[str, str]]) -> dict[tuple[str, str], tuple[str, str, str]]:
    return {(r["indicator"], r["period_end"]): (r["value"], r["unit"], r["status"]) for r in rows}


CRUDE = {
    ("crude_ru_cn_volume", "2024-08-31"): ("9000000000", "kg", "reported"),
    ("crude_ru_cn_value", "2024-08-31"): ("4500000000.5", "USD", "reported"),
}


def snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


@pytest.mark.parametrize("header", [NEW, [snake(name) for name in NEW], [n.upper() for n in NEW]])
def test_the_new_columns_are_read_however_they_are_written(header: list[str], reads: Reads) -> None:
    table = reads("comtrade.csv", as_csv([[*header], row()]))
    assert found(table.rows) == CRUDE
    assert table.source == "comtrade"
    assert table.lines == [2, 2]
    assert {r["published"] for r in table.rows} == {TODAY.isoformat()}


def test_the_old_columns_are_read(reads: Reads) -> None:
    table = reads("comtrade.csv", as_csv([[*OLD], old()], "latin-1"))
    assert found(table.rows) == {
        ("crude_ru_cn_volume", "2017-12-31"): ("59000000000", "kg", "reported"),
        ("crude_ru_cn_value", "2017-12-31"): ("23000000000", "USD", "reported"),
    }


def test_the_old_flag_says_that_a_weight_was_estimated(reads: Reads) -> None:
    rows = found(reads("comtrade.csv", as_csv([[*OLD], old(Flag="4")])).rows)
    assert rows[("crude_ru_cn_volume", "2017-12-31")][2] == "estimated"
    assert rows[("crude_ru_cn_value", "2017-12-31")][2] == "reported"


def test_breakdowns_repeats_and_others_do_not_count(reads: Reads) -> None:
    rows: Rows = [
        [*NEW],
        row(motCode="2100", primaryValue="1"),
        row(),
        row(),
        row(customsCode="C01", primaryValue="2"),
        row(partner2Code="398", primaryValue="3"),
        row(partnerCode="842", primaryValue="4"),
        row(reporterCode="392", primaryValue="5"),
        row(flowCode="RX", primaryValue="6"),
        [*row(cmdCode="0101"), ""],
    ]
    table = reads("comtrade.csv", as_csv(rows))
    assert found(table.rows) == CRUDE
    assert table.lines == [3, 3]


@pytest.mark.parametrize("weight", ["", "0", "0.0"])
def test_no_weight_and_a_weight_of_zero_are_gaps(weight: str, reads: Reads) -> None:
    rows = found(reads("comtrade.csv", as_csv([[*NEW], row(netWgt=weight)])).rows)
    assert rows == {key: cells for key, cells in CRUDE.items() if key[0] == "crude_ru_cn_value"}


def test_each_figure_names_the_line_of_its_own_partner(reads: Reads) -> None:
    rows = [[*NEW], row(partnerCode="682"), row()]
    table = reads("comtrade.csv", as_csv(rows))
    lines = dict(zip((r["indicator"] for r in table.rows), table.lines, strict=True))
    assert (lines["crude_sa_cn_value"], lines["crude_ru_cn_value"]) == (2, 3)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([row(), row(primaryValue="5")], ":3: another figure for CHN RUS M 2709 than in line 2"),
        ([row(primaryValue="-5")], ":2: «-5» is negative"),
        ([row(primaryValue="4.5E+09")], "show the column as a number"),
        ([row(period="2024Q1")], ":2: the period «2024Q1» is no year or month"),
        ([row(period="202611")], ":2: the period 202611 has not ended"),
        ([[*row(), "7"]], ":2: 21 cells under 20 headings: the columns are shifted"),
        ([row(reporterCode="842")], "none of its 1 rows is a total flow that is kept here"),
        ([row() for _ in range(500)], "holds 500 rows, as many as the server ever gives"),
    ],
)
def test_a_file_that_is_not_sound_is_refused_whole(rows: Rows, told: str) -> None:
    with pytest.raises((Unrecognised, BadInput)) as caught:
        recognise.read("c.csv", as_csv([[*NEW], *rows]), "", TODAY)
    assert told in str(caught.value)


def test_a_missing_column_is_named() -> None:
    rows = [[name if name != "primaryValue" else "value" for name in NEW], row()]
    with pytest.raises(Unrecognised, match="no column for value"):
        recognise.read("c.csv", as_csv(rows), "", TODAY)
