"""One figure on a slide: an editable chart, or a picture of what PowerPoint cannot draw."""

import io

from pptx.presentation import Presentation as Deck
from pptx.slide import Slide

from desk.export import captions, citation, native, office, picture, slide_chart
from desk.export.office import EDGE, HIGH, QUIET, SMALL, WIDE, Place, Style
from desk.export.sheet import Sheet
from desk.export.theme import THEMES
from desk.figures import Figure

INSIDE = WIDE - 2 * EDGE
PIXELS_PER_INCH, TYPE_SIZE = 96, 13.5
SENTENCE = Style(15)


def single(figure: Figure) -> bytes:
    """Return a deck of one slide."""
    options = figure.options
    deck = office.new(figure.title, options.language, options.as_of)
    place(deck, figure, [])
    return office.save(deck, options.as_of)


def place(deck: Deck, figure: Figure, sentences: list[str]) -> Slide:
    """Add a figure with its captions, a few sentences, and the notes that it needs."""
    language = figure.options.language
    slide = office.add(deck, figure.title, language)
    office.words(slide, Place(EDGE, 1.2, INSIDE, 0.35), [(figure.subtitle, QUIET)], language)
    top = 1.6
    if sentences:
        told = [(sentence, SENTENCE) for sentence in sentences]
        office.words(slide, Place(EDGE, top, INSIDE, 0.85), told, language)
        top += 0.95
    drawn = "native" if native.native(figure) else "print"
    foot = [figure.sources, " ".join(captions.notes(figure, drawn)), captions.stamp(figure)]
    low = HIGH - 1.0
    office.words(
        slide, Place(EDGE, low, INSIDE, 0.85), [(line, SMALL) for line in foot if line], language
    )
    _draw(slide, figure, Place(EDGE, top, INSIDE, low - top - 0.1))
    office.note(slide, notes(figure))
    return slide


def _draw(slide: Slide, figure: Figure, where: Place) -> None:
    chart = native.native(figure)
    if chart:
        slide_chart.draw(slide, chart, figure, where)
        return
    wide, high = (round(side * PIXELS_PER_INCH) for side in (where.width, where.height))
    # the slide says title, source and caveats already
    drawn = picture.png(figure, Sheet(wide, high, TYPE_SIZE, bare=True), THEMES["light"])
    shape = slide.shapes.add_picture(io.BytesIO(drawn), *where.emu)
    office.describe(shape, figure.alt)


def notes(figure: Figure) -> list[str]:
    """Return what a speaker must be able to answer: caveats, revisions, disputes, claims, pages."""
    return [
        citation.plain(figure),
        *figure.caveats,
        *captions.statements(figure),
        *captions.revisions(figure),
        *captions.disputes(figure),
        *captions.events(figure),
        *captions.claims(figure),
        *captions.pages(figure),
        captions.licences(figure),
    ]
