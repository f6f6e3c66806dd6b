"""A figure as SVG, PNG or PDF: one vector picture by the renderer, the other two set from it."""

import re
from xml.sax.saxutils import escape

from desk.export import citation, document, paint
from desk.export.renderer import shared
from desk.export.sheet import Sheet
from desk.export.theme import Theme
from desk.figures import Figure

# twice the pixels: sharp on screens of today and in print
PNG_SCALE = 2
_DRAWN_BY_LOT = re.compile(r'id="defs-([0-9a-f]{6})"')
_ATTRIBUTE = re.compile(r'[\w:-]+="[^"]*"')


def png(figure: Figure, sheet: Sheet, theme: Theme) -> bytes:
    """Return a picture in twice as many pixels as the sheet says."""
    return document.pixels(svg(figure, sheet, theme), sheet, PNG_SCALE)


def svg(figure: Figure, sheet: Sheet, theme: Theme) -> bytes:
    """Return vector graphics whose text is text, with title and alternative text."""
    drawn = shared.svg(paint.dress(figure, sheet, theme), sheet.width, sheet.height)
    return _named(_steady(drawn), figure).encode()


def pdf(figure: Figure, sheet: Sheet, theme: Theme) -> bytes:
    """Return one page with the vector picture, its text searchable."""
    return document.picture(figure, svg(figure, sheet, theme), sheet)


def _steady(drawn: str) -> str:
    """Replace what plotly leaves to chance: the same figure gives the same bytes.

    A name is drawn by lot, and one picture in fifty has the attributes of its root in other order.
    """
    for name in dict.fromkeys(_DRAWN_BY_LOT.findall(drawn)):
        drawn = re.sub(rf'(["#][a-z-]*){name}', r"\1amur", drawn)
    head, rest = drawn.split(">", 1)
    return f"<svg {' '.join(sorted(_ATTRIBUTE.findall(head)))}>{rest}"


def _named(drawn: str, figure: Figure) -> str:
    """Put title, description and citation first, where readers and screen readers look."""
    head, rest = drawn.split(">", 1)
    language = figure.options.language
    told = [figure.alt, *(f"{row['date_text']}: {row['title']}" for row in figure.events)]
    return (
        f'{head} role="img" lang="{language}">'
        f"<title>{escape(figure.title)}</title><desc>{escape(' '.join(told))}</desc>"
        f"<metadata>{escape(citation.plain(figure))}</metadata>{rest}"
    )
