"""A figure as CSV: opens anywhere, carries what must travel with it, runs nowhere."""

import csv
import io
from dataclasses import replace

import pytest

from desk import figure_list
from desk.export import table
from desk.figures import Figure
from tests.desk.conftest import Make
from tests.support import TODAY

FIGURES = list(figure_list.load())
FORMULAS = ("=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(0)")


def _read(raw: bytes) -> tuple[list[str], list[dict[str, str]]]:
    """Return the lines of the header block and the rows, as a reader of CSV gets them."""
    lines = raw.decode("utf-8-sig").splitlines(keepends=True)
    head = [line for line in lines if line.startswith("#")]
    body = "".join(lines[len(head) :])
    return head, list(csv.DictReader(io.StringIO(body), strict=True))


@pytest.mark.parametrize("name", FIGURES)
def test_a_csv_opens_and_has_a_row_for_every_mark(name: str, make: Make) -> None:
    figure = make(name)
    _, rows = _read(table.as_csv(figure))
    points = sum(len(line.points) for line in figure.lines)
    assert len(rows) == (points or len(figure.events)) > 0


@pytest.mark.parametrize("name", FIGURES)
def test_a_csv_names_its_figure_sources_day_and_build(name: str, make: Make) -> None:
    figure = make(name)
    head = "".join(_read(table.as_csv(figure))[0])
    for words in (figure.title, figure.sources, f"as of {TODAY}", f"build {figure.build_id}"):
        assert words in head


def test_a_csv_is_utf8_with_a_mark_that_spreadsheets_need(make: Make) -> None:
    raw = table.as_csv(make("trade_totals"))
    assert raw.startswith(b"\xef\xbb\xbf")
    assert "–" in raw.decode("utf-8")


def test_every_row_carries_unit_status_publisher_date_and_page(make: Make) -> None:
    _, rows = _read(table.as_csv(make("trade_totals")))
    year = next(row for row in rows if (row["line"], row["period"]) == ("Trade total", "2024"))
    assert (year["value"], year["unit"]) == ("244.819", "USD bn")
    assert (year["period_start"], year["period_end"]) == ("2024-01-01", "2024-12-31")
    assert (year["status"], year["basis"]) == ("reported", "china_customs")
    assert year["url"].startswith("http")
    for row in rows:
        assert row["unit"] == "USD bn"
        assert row["status"] in {"reported", "provisional", "derived", "estimated"}
        assert row["publisher"]
        assert row["published"] <= TODAY.isoformat()


def test_the_newest_row_stands_first(make: Make) -> None:
    _, rows = _read(table.as_csv(make("crude_volume")))
    ends = [row["period_end"] for row in rows]
    assert ends == sorted(ends, reverse=True)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    assert table.safe(text) == f"'{text}"


@pytest.mark.parametrize("value", ["plain", "240–250", "中国海关", -5.3, 0, True])
def test_harmless_cells_and_numbers_stay_as_they_are(value: object) -> None:
    assert table.safe(value) == value


def test_an_unknown_cell_is_blank() -> None:
    assert table.safe(None) == ""


def _foreign(figure: Figure, text: str) -> Figure:
    first, *others = figure.lines
    points = [replace(point, publisher=text, note=text, url=text) for point in first.points]
    return replace(figure, lines=[replace(first, points=points), *others])


@pytest.mark.parametrize("text", [*FORMULAS, 'a "b", c', "two\nlines", "# not a comment"])
def test_foreign_text_neither_runs_nor_breaks_a_row(text: str, make: Make) -> None:
    figure = _foreign(make("crude_volume"), text)
    lines = table.as_csv(figure).decode("utf-8-sig").split("line,period,", 1)[1]
    rows = list(csv.reader(io.StringIO(f"line,period,{lines}", newline=""), strict=True))
    assert {len(row) for row in rows} == {len(table.COLUMNS)}
    cells = [cell for row in rows[1:] for cell in row if not _number(cell)]
    assert any(text.strip()[-2:] in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_foreign_line_break_cannot_leave_the_header_block(make: Make) -> None:
    figure = replace(make("crude_volume"), sources="Source: a\n=1+1\rb")
    head = table.as_csv(figure).decode("utf-8-sig").split("line,period,", 1)[0]
    assert all(line.startswith("# ") for line in head.splitlines())


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
