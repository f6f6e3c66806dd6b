"""What a file is taken for: the template as it stands, and a clear word for everything else."""

import io
import zipfile

import openpyxl
import pytest

from etl.errors import BadInput, Unrecognised
from etl.observations import COLUMNS
from etl.tables import recognise
from tests.support import MONTH
from tests.tables.books import ENGLISH, EXPRESS, GOODS, as_csv, as_xls, as_xlsx
from tests.tables.conftest import TODAY, Reads

ROW = [MONTH.get(name, "") for name in COLUMNS]


def refusal(name: str, content: bytes) -> str:
    with pytest.raises((Unrecognised, BadInput)) as caught:
        recognise.read(name, content, "", TODAY)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_template_passes_its_rows_on_as_they_are(encoding: str, reads: Reads) -> None:
    content = as_csv(
        [[*COLUMNS], [*ROW], ["", *[""] * 17], [*ROW[:5], "20.80", *ROW[6:]]], encoding
    )
    table = recognise.read("mine.csv", content, "", TODAY)
    assert [row["value"] for row in table.rows] == ["19.8", "20.80"]
    assert table.rows[0] == dict(zip(COLUMNS, ROW, strict=True))
    assert (table.source, table.lines) == ("", [2, 4])


def test_the_template_may_be_a_sheet(reads: Reads) -> None:
    book = openpyxl.Workbook()
    assert book.active
    book.active.append(list(COLUMNS))
    book.active.append(
        [float(cell) if name == "value" else cell for name, cell in zip(COLUMNS, ROW, strict=True)]
    )
    out = io.BytesIO()
    book.save(out)
    table = reads("mine.xlsx", out.getvalue())
    assert table.rows == [dict(zip(COLUMNS, ROW, strict=True))]


def test_a_header_that_is_nearly_ours_says_what_differs() -> None:
    header = [name for name in COLUMNS if name != "bound"] + ["limit"]
    told = refusal("mine.csv", as_csv([[*header], [*ROW]]))
    assert "missing: bound; unknown: limit" in told
    assert "another order" in refusal("mine.csv", as_csv([[*COLUMNS[::-1]], [*ROW]]))


def test_the_template_wants_utf8_whole_rows_and_at_least_one() -> None:
    note = as_csv([[*COLUMNS], [*ROW[:-1], "заметка"]], "cp1251")
    assert "mine.csv:1: the file is not UTF-8" in refusal("mine.csv", note)
    short = as_csv([[*COLUMNS], [*ROW], [*ROW[:-2]], [*ROW, "x"]])
    told = refusal("mine.csv", short)
    assert "mine.csv:3: 16 cells instead of 18" in told
    assert "mine.csv:4: 19 cells instead of 18" in told
    assert "without a row" in refusal("mine.csv", as_csv([[*COLUMNS]]))


def test_an_unknown_table_is_told_what_was_looked_for_and_found() -> None:
    told = refusal("rates.csv", as_csv([["Day", "Rate"], ["2026-08-01", "1"]]))
    assert "rates.csv: no table that is known here" in told
    assert "China customs, table by country" in told
    assert "UN Comtrade CSV" in told
    assert "Found: «Day | Rate»" in told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "holds no cells"),
        (b"\xef\xbb\xbf\r\n\r\n", "holds no cells"),
        (b"%PDF-1.7\n\x00\x01", "no text and no workbook"),
        (b"PK\x03\x04 broken", "cannot be unpacked"),
        (b"\xd0\xcf\x11\xe0 broken", "cannot be opened"),
        (b'a,"b\nc', "the row is no CSV"),
        (as_xlsx([[]]), "holds no cells"),
    ],
)
def test_a_file_that_is_no_table_is_refused(content: bytes, told: str) -> None:
    assert told in refusal("file.bin", content)


def test_a_book_cut_off_midway_is_refused_and_does_not_panic() -> None:
    whole = as_xls(GOODS)
    for length in range(600, len(whole), 400):
        told = refusal("cut.xls", whole[:length])
        assert "cannot be opened" in told or "holds no cells" in told


def test_another_archive_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("letter.txt", "hello")
    assert "is packed, but no xlsx" in refusal("letter.zip", out.getvalue())


def test_semicolons_are_refused_because_a_comma_may_be_a_decimal_mark() -> None:
    text = as_csv(ENGLISH).decode().replace(",", ";").encode()
    assert "separates its cells by semicolons" in refusal("t.csv", text)


def test_tabs_may_stand_between_cells(reads: Reads) -> None:
    lines = ["\t".join(str(cell) for cell in row) for row in ENGLISH]
    assert len(reads("t.txt", "\n".join(lines).encode()).rows) == 9


def test_two_known_tables_in_one_book_are_refused() -> None:
    told = refusal("book.xlsx", as_xlsx(ENGLISH, more=GOODS))
    assert "holds 2 tables that are known" in told


def test_a_sheet_that_is_hidden_is_not_read(reads: Reads) -> None:
    assert reads("book.xlsx", as_xlsx(GOODS, hidden=EXPRESS)).said.startswith(
        "China customs, main imports"
    )


def test_a_sheet_of_absurd_size_is_refused_before_it_is_read() -> None:
    book = openpyxl.Workbook()
    assert book.active
    book.active["A1"] = "x"
    book.active.cell(row=1_000_000, column=16_000, value="y")
    out = io.BytesIO()
    book.save(out)
    assert "spans 1000000 rows" in refusal("wide.xlsx", out.getvalue())


def test_a_book_that_unpacks_to_too_much_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (65 * 2**20))
    assert "unpacks to more than 64 MB" in refusal("bomb.xlsx", out.getvalue())


def test_a_title_without_a_table_is_refused() -> None:
    assert "no headings with rows" in refusal("t.csv", as_csv(ENGLISH[:2]))
