"""Files as a person would download them, with invented figures: xlsx, xls, csv, a saved page."""

import csv
import io
import warnings

import openpyxl

Rows = list[list[object]]

ENGLISH: Rows = [
    ["(2) Imports and Exports by Country (Region) of Origin/Destination, 8.2026"],
    ["Unit:US$1,000"],
    ["Country (Region)", "Total", "", "Exports", "", "Imports", "", "Percentage Change", "", ""],
    ["", "8", "1to8", "8", "1to8", "8", "1to8", "Total", "Exports", "Imports"],
    ["TOTAL", "900,000", "7,000,000", "500,000", "4,000,000", "400,000", "3,000,000", 1, 2, 3],
    ["Europe:", "90,000", "700,000", "50,000", "400,000", "40,000", "300,000", "1", "2", "3"],
    ["Ruritania", "-", "12", "-", "-", "-", "12", "-", "-", "5.0"],
    [
        "Russian Federation",
        "19,000,111",
        "150,000,333",
        "9,000,111",
        "70,000,222",
        "10,000,000",
        "80,000,111",
        "2.5",
        "-1.5",
        "6.25",
    ],
]
CHINESE: Rows = [
    ["", "（2）2026年8月进出口商品国别（地区）总值表（人民币值）"],
    ["", "", "", "", "", "", "", "", "单位：万元"],
    ["", "进出口国别（地区）", "进出口", "", "出口", "", "进口", "", "累计比去年同期±％", "", ""],
    ["", "", "8月", "1至8月", "8月", "1至8月", "8月", "1至8月", "进出口", "出口", "进口"],
    ["", "总值", 9.0, 70.0, 5.0, 40.0, 4.0, 30.0, "1.0", "2.0", "3.0"],
    ["", "  俄罗斯", 13600100, 107500200, 6400050, 50200100, 7200050, 57300100, "3.1", "-0.9", "7"],
]
EXPRESS: Rows = [
    ["", "（4）2026年8月进出口商品主要国别（地区）总值表（美元值）"],
    ["", "单位∶百万美元"],
    ["", "国别（地区）", "进出口", "", "出口", "", "进口", "", "累计比去年同期±％", "", ""],
    ["", "", "8月", "1至8月", "8月", "1至8月", "8月", "1至8月", "进出口", "出口", "进口"],
    ["", "总值", 9.0, 70.0, 5.0, 40.0, 4.0, 30.0, "1.0", "2.0", "3.0"],
    ["", "俄罗斯", 19000.25, 150000.5, 9000.25, 70000.25, 10000.0, 80000.25, "2.5", "-1.5", "6.2"],
]
GOODS: Rows = [
    ["", "（14）2026年8月进口主要商品量值表（美元值）"],
    ["", "单位：千美元"],
    ["", "商品名称", "计量单位", "8月", "", "1至8月", "", "累计比去年同期±％", ""],
    ["", "", "", "数量", "金额", "数量", "金额", "数量", "金额"],
    ["", "农产品*", "-", "-", 1000.0, "-", 9000.0, "-", "1.5"],
    ["", "煤及褐煤", "万吨", 4100.5, 2900000, 30200.5, 21000000, "-3.5", "-12"],
    ["", "原油", "万吨", 4700.25, 22000000, 37800.75, 180000000, "1.5", "-4"],
    ["", "天然气", "万吨", 1100, 6000000, 8600, 47000000, "2", "-1"],
]


def changed(rows: Rows, *cells: tuple[int, int, object]) -> Rows:
    """Return the rows with some cells replaced: (row from 1, column from 1, text)."""
    copy = [list(row) for row in rows]
    for row, column, text in cells:
        copy[row - 1][column - 1] = text
    return copy


def as_csv(rows: Rows, encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(rows: Rows, hidden: Rows | None = None, more: Rows | None = None) -> bytes:
    """Return a workbook; `hidden` is a sheet that nobody sees, `more` a second one."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])
    for content, state in ((hidden, "hidden"), (more, "visible")):
        if content:
            extra = book.create_sheet(f"{state} one")
            extra.sheet_state = state
            for row in content:
                extra.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_xls(rows: Rows, merged: tuple[int, ...] = ()) -> bytes:
    """Return an old workbook; `merged` are columns of row 3 that reach over the next one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import xlwt

        book = xlwt.Workbook(encoding="utf-8")
        sheet = book.add_sheet("M102RMB")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if number == 2 and column in merged:
                    sheet.write_merge(2, 2, column, column + 1, cell)
                elif cell != "":
                    sheet.write(number, column, cell)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()


def as_page(rows: Rows) -> bytes:
    """Return a saved page: the title in a cell over all columns, every text in a span."""
    width = max(len(row) for row in rows)
    lines = []
    for row in rows:
        cells = [(cell, 1) for cell in row]
        if len(row) == 1:
            cells = [(row[0], width)]
        lines.append(
            "<tr>"
            + "".join(f'<td colspan="{wide}"><span>{cell}</span></td>' for cell, wide in cells)
            + "</tr>"
        )
    return f"<!DOCTYPE html><html><table>{''.join(lines)}</table></html>".encode()
