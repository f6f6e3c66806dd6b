"""Figures as a workbook: a native chart, data, where they come from, events, claims, citation."""

import io
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from desk.export import captions, citation, record, sheet_chart, table
from desk.export.native import Native, native
from desk.export.steady import repack
from desk.figures import Figure
from desk.texts import text

WIDTHS = {"title": 60, "url": 50, "note": 40, "inputs": 40, "publisher": 30, "line": 28}
USUAL_WIDTH = 14
LINE_LENGTH, LINE_HEIGHT = 125, 16
SHEET_NAME = 31
CLAIM_COLUMNS = record.CLAIM_KEYS
PROVENANCE = (
    "line",
    "indicator",
    "period",
    "value",
    "unit",
    "source",
    "publisher",
    "published",
    "url",
    "vintages",
    "old_value",
    "revised",
    "disputed",
    "low",
    "high",
    "inputs",
    "note",
)


class Book:
    """A workbook that is written in memory; foreign text is text, never a formula or a link."""

    def __init__(self, as_of: date, title: str) -> None:
        """Open it; its date is the as-of day."""
        self.out = io.BytesIO()
        self.as_of = as_of
        self.file = xlsxwriter.Workbook(
            self.out,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_date_format": "yyyy-mm-dd",
            },
        )
        self.file.set_properties(
            {"title": title, "author": "Amur", "created": datetime.combine(as_of, time())}
        )
        self.day = self.file.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self.head = self.file.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self.title = self.file.add_format({"bold": True, "font_size": 16})
        self.wrapped = self.file.add_format({"text_wrap": True, "valign": "top"})

    def sheet(self, name: str) -> Any:
        """Add a sheet; its name fits and is free."""
        taken = {one.get_name().lower() for one in self.file.worksheets()}
        kept = "".join("-" if sign in "[]:*?/\\" else sign for sign in name)[:SHEET_NAME]
        number = 2
        wanted = kept
        while wanted.lower() in taken:
            wanted = f"{kept[: SHEET_NAME - 3]} {number}"
            number += 1
        return self.file.add_worksheet(wanted)

    def rows(self, name: str, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> Any:
        """Add a sheet of rows under a heading that stays in sight and filters."""
        made = self.sheet(name)
        for number, column in enumerate(columns):
            made.write_string(0, number, column, self.head)
            made.set_column(number, number, WIDTHS.get(column, USUAL_WIDTH))
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                self.cell(made, number, place, row.get(column))
        made.freeze_panes(1, 0)
        if rows:
            made.autofilter(0, 0, len(rows), len(columns) - 1)
        return made

    def cell(self, made: Any, row: int, column: int, value: Any) -> None:
        """Write numbers as numbers, days as days, and all text harmless."""
        if value is None or value == "":
            return
        if isinstance(value, bool):
            made.write_boolean(row, column, value)
        elif isinstance(value, int | float):
            made.write_number(row, column, value)
        elif isinstance(value, date):
            made.write_datetime(row, column, datetime.combine(value, time()), self.day)
        else:
            made.write_string(row, column, str(table.safe(str(value))))

    def save(self) -> bytes:
        """Return the file, the same bytes for the same content."""
        self.file.close()
        return repack(self.out.getvalue(), self.as_of)


def single(figure: Figure) -> bytes:
    """Return the workbook of one figure."""
    book = Book(figure.options.as_of, figure.title)
    add(book, figure, "")
    return book.save()


def add(book: Book, figure: Figure, prefix: str) -> None:
    """Add the sheets of a figure; `prefix` tells those of one figure from another's."""
    language = figure.options.language
    names = {key: text(f"sheet.{key}", language) for key in SHEETS}
    named = {key: f"{prefix}{name}" for key, name in names.items()}
    head = front(book, figure, named["figure"])
    chart = native(figure)
    if chart:
        chart_data(book, chart, figure, head, named["chart"])
    if table.rows(figure):
        book.rows(named["data"], table.COLUMNS, table.rows(figure))
        book.rows(named["provenance"], PROVENANCE, provenance(figure))
    if figure.events:
        book.rows(named["events"], table.EVENT_COLUMNS, table.event_rows(figure))
    if figure.claims:
        book.rows(named["claims"], CLAIM_COLUMNS, record.claims(figure))


SHEETS = ("figure", "chart", "data", "provenance", "events", "claims")


def provenance(figure: Figure) -> list[dict[str, Any]]:
    """Return where every point comes from and what it took the place of, newest first."""
    found = [
        vars(point)
        | {"line": line.label, "indicator": line.indicator, "unit": line.unit}
        | {"period": point.label}
        for line in figure.lines
        for point in line.points
    ]
    return sorted(found, key=lambda row: (row["end"], row["line"]), reverse=True)


def front(book: Book, figure: Figure, name: str, sentences: str = "") -> Any:
    """Write the captions and the citation around the place of the chart."""
    made = book.sheet(name)
    made.hide_gridlines(2)
    made.set_column(0, 0, 120, book.wrapped)
    made.write_string(0, 0, str(table.safe(figure.title)), book.title)
    told = [
        figure.subtitle,
        sentences,
        figure.sources,
        *captions.notes(figure, "native" if native(figure) else "print"),
        captions.stamp(figure),
        citation.plain(figure),
        citation.apa(figure),
        citation.command(figure),
        captions.licences(figure),
    ]
    below = sheet_chart.ROWS if native(figure) else 0
    made.write_string(1, 0, str(table.safe(told[0])))
    for number, line in enumerate([line for line in told[1:] if line], start=2 + below):
        made.set_row(number, LINE_HEIGHT * -(-len(line) // LINE_LENGTH))
        made.write_string(number, 0, str(table.safe(line)), book.wrapped)
    return made


def chart_data(book: Book, chart: Native, figure: Figure, head: Any, name: str) -> None:
    """Write what the chart draws, and the chart onto the front sheet."""
    made = book.sheet(name)
    drawn = sheet_chart.write(book, made, chart)
    sheet_chart.insert(book.file, head, drawn, chart, figure)
