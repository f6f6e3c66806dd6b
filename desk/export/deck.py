"""A briefing as slides: five figures, a slide a figure, the ledger, claims that differ, sources."""

from collections.abc import Callable
from typing import Any

from pptx.presentation import Presentation as Deck
from pptx.slide import Slide

from desk.briefing import Briefing
from desk.export import narrative, office, slide, told
from desk.export.office import EDGE, HIGH, LIGHT, QUIET, SMALL, WIDE, Place, Style
from desk.export.told import Card, Table
from desk.texts import text

INSIDE = WIDE - 2 * EDGE
HEAD, VALUE, BODY, LINE = Style(13, bold=True), Style(18, bold=True), Style(10.5), Style(11)
CELL, CELL_HEAD = Style(10), Style(10, bold=True)
TOP, CARD_HIGH, GAP = 1.65, 2.0, 0.2
# shares of the width that the columns take
LEDGER_COLUMNS = (0.09, 0.4, 0.12, 0.13, 0.11, 0.15)
CLAIM_COLUMNS = (0.36, 0.24, 0.4)


def pptx(briefing: Briefing, step: Callable[[str], None]) -> bytes:
    """Return the deck; `step` is told each figure that is done."""
    deck = office.new(briefing.title, briefing.language, briefing.as_of)
    _opening(deck, briefing)
    for figure in briefing.figures:
        slide.place(deck, figure, narrative.sentences(figure))
        step(figure.id)
    _table(deck, briefing, told.ledger(briefing), LEDGER_COLUMNS)
    _table(deck, briefing, told.claims(briefing), CLAIM_COLUMNS)
    _closing(deck, briefing)
    return office.save(deck, briefing.as_of)


def _opening(deck: Deck, briefing: Briefing) -> None:
    language = briefing.language
    made = office.add(deck, briefing.title, language)
    office.words(made, Place(EDGE, 1.2, INSIDE, 0.35), [(told.opening(briefing), QUIET)], language)
    cards = told.cards(briefing)
    wide = (INSIDE - GAP * (len(cards) - 1)) / len(cards)
    for number, card in enumerate(cards):
        left = EDGE + number * (wide + GAP)
        _card(made, card, Place(left, TOP, wide, CARD_HIGH), language)
    title, lines = told.changes(briefing)
    below = [(title, HEAD), *((line, LINE) for line in lines)]
    office.words(made, Place(EDGE, TOP + CARD_HIGH + 0.25, INSIDE, 3.2), below, language)
    office.note(made, [told.opening(briefing), *(_spoken(card) for card in cards), title, *lines])


def _card(made: Slide, card: Card, where: Place, language: str) -> None:
    paragraphs = [
        (card.name, HEAD),
        (card.value, VALUE),
        (f"{card.period} · {card.growth}" if card.growth else card.period, BODY),
        (card.newest, BODY),
        (card.source, SMALL),
    ]
    shown = [(words, style) for words, style in paragraphs if words]
    box = office.words(made, where, shown, language)
    box.fill.solid()
    box.fill.fore_color.rgb = office.rgb(LIGHT.panel)
    for side in ("left", "right", "top", "bottom"):
        setattr(box.text_frame, f"margin_{side}", office.inches(0.12))


def _spoken(card: Card) -> str:
    parts = (card.value, card.period, card.growth, card.newest, card.source)
    return f"{card.name}: " + "; ".join(part for part in parts if part)


def _table(deck: Deck, briefing: Briefing, table: Table, shares: tuple[float, ...]) -> None:
    """Add a slide with a table that can be edited, or with the sentence that there is none."""
    language = briefing.language
    made = office.add(deck, table.title, language)
    if table.lead:
        office.words(made, Place(EDGE, 1.2, INSIDE, 0.4), [(table.lead, HEAD)], language)
    if table.rows:
        where = Place(EDGE, TOP, INSIDE, 0.3 * (len(table.rows) + 1))
        shape = made.shapes.add_table(len(table.rows) + 1, len(table.columns), *where.emu)
        office.describe(
            shape, f"{table.title}. {table.lead} " + "; ".join(map(" ".join, table.rows))
        )
        grid = shape.table
        for number, share in enumerate(shares):
            grid.columns[number].width = office.inches(INSIDE * share)
        for number, cells in enumerate([table.columns, *table.rows]):
            for place, words in enumerate(cells):
                _cell(grid.cell(number, place), words, number == 0, language)
    foot = [line for line in (table.left_out, told.opening(briefing)) if line]
    office.words(
        made, Place(EDGE, HIGH - 0.6, INSIDE, 0.45), [(line, SMALL) for line in foot], language
    )
    office.note(made, [table.lead, *(" · ".join(row) for row in table.rows), *foot])


def _cell(cell: Any, words: str, head: bool, language: str) -> None:
    office.cell(cell, words, CELL_HEAD if head else CELL, language)
    fill = cell.fill
    fill.solid()
    fill.fore_color.rgb = office.rgb(LIGHT.panel if head else LIGHT.paper)


def _closing(deck: Deck, briefing: Briefing) -> None:
    language = briefing.language
    made = office.add(deck, text("brief.sources", language), language)
    lines = told.sources(briefing)
    half = INSIDE / 2 - GAP
    office.words(
        made, Place(EDGE, 1.3, half, HIGH - 2), [(line, Style(9)) for line in lines], language
    )
    terms = [(f"{term}: {meaning}", Style(9)) for term, meaning in told.terms(briefing)]
    where = Place(EDGE + half + 2 * GAP, 1.3, half, HIGH - 2)
    office.words(made, where, [(text("brief.glossary", language), HEAD), *terms], language)
    office.words(
        made, Place(EDGE, HIGH - 0.5, INSIDE, 0.3), [(told.opening(briefing), SMALL)], language
    )
    office.note(made, lines)
