"""A briefing as a workbook: the five figures, a sheet a figure, and all data in one place."""

from collections.abc import Callable
from typing import Any

from desk.briefing import Briefing
from desk.export import narrative, record, sheet_chart, table, told, workbook
from desk.export.native import native
from desk.export.workbook import Book
from desk.figures import Figure
from desk.texts import text


def xlsx(briefing: Briefing, step: Callable[[str], None]) -> bytes:
    """Return the workbook; `step` is told each figure that is done."""
    book = Book(briefing.as_of, briefing.title)
    _opening(book, briefing)
    for number, figure in enumerate(briefing.figures, start=1):
        _figure(book, figure, number)
        step(figure.id)
    language = briefing.language
    names = {key: text(f"sheet.{key}", language) for key in workbook.SHEETS}
    for key, columns, rows in (
        ("data", table.COLUMNS, table.rows),
        ("provenance", workbook.PROVENANCE, workbook.provenance),
        ("events", table.EVENT_COLUMNS, table.event_rows),
        ("claims", workbook.CLAIM_COLUMNS, record.claims),
    ):
        book.rows(names[key], ("figure", *columns), _joint(briefing, rows))
    ledger, claims = told.ledger(briefing), told.claims(briefing)
    for one in (ledger, claims):
        cells = [dict(zip(one.columns, row, strict=True)) for row in one.rows]
        book.rows(one.title, tuple(one.columns or (one.lead,)), cells)
    _closing(book, briefing)
    return book.save()


def _joint(briefing: Briefing, rows: Any) -> list[dict[str, Any]]:
    return [{"figure": figure.id} | row for figure in briefing.figures for row in rows(figure)]


def _opening(book: Book, briefing: Briefing) -> None:
    made = book.sheet(text("brief.five", briefing.language))
    made.hide_gridlines(2)
    made.set_column(0, 0, 34)
    made.set_column(1, 5, 28)
    made.write_string(0, 0, str(table.safe(briefing.title)), book.title)
    made.write_string(1, 0, told.opening(briefing))
    row = 3
    for card in told.cards(briefing):
        parts = (card.name, card.value, card.period, card.growth, card.newest, card.source)
        for column, words in enumerate(parts):
            book.cell(made, row, column, words)
        row += 1
    title, lines = told.changes(briefing)
    made.write_string(row + 1, 0, title, book.head)
    for number, line in enumerate(lines, start=row + 2):
        book.cell(made, number, 0, line)


def _figure(book: Book, figure: Figure, number: int) -> None:
    """One sheet: captions, sentences and the chart, with what it draws to its right."""
    chart = native(figure)
    sentences = " ".join(narrative.sentences(figure))
    front = workbook.front(book, figure, f"{number} {figure.id}", sentences)
    if chart:
        workbook.chart_data(book, chart, figure, front, f"{number} {sheet_chart.DATA}")


def _closing(book: Book, briefing: Briefing) -> None:
    made = book.sheet(text("brief.sources", briefing.language))
    made.set_column(0, 0, 120, book.wrapped)
    lines = [*told.sources(briefing), "", *(f"{t}: {m}" for t, m in told.terms(briefing))]
    for number, line in enumerate(lines):
        book.cell(made, number, 0, line)
