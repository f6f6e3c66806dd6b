"""Where everything stands on a picture: words around a box that is left for the plot.

All in pixels from the top left corner. Every line of text has its measured place, so that none is
cut and none lies on another.
"""

from dataclasses import dataclass

from desk.export import captions, endings, legend, typeface
from desk.export.legend import Entry
from desk.export.scales import Scale
from desk.export.sheet import Sheet
from desk.export.theme import Theme, readable
from desk.figures import Figure
from etl.errors import CannotExport

LINE = 1.35
TITLE, SMALL, SMALLEST = 1.55, 0.76, 0.64
# below this share of the surface a plot cannot be read
LEAST_PLOT = 0.34


@dataclass(frozen=True)
class Words:
    """One line of text: its left end (or right end), the middle of its height, its look."""

    text: str
    x: float
    y: float
    size: float
    colour: str
    bold: bool = False
    anchor: str = "left"


@dataclass(frozen=True)
class Box:
    """The plot area."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return the width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return the height."""
        return self.bottom - self.top


@dataclass(frozen=True)
class Page:
    """A surface with its words and the box that they leave."""

    box: Box
    words: list[Words]
    ended: list[endings.Ending]


class Column:
    """Lines of text set one under the other from a height on."""

    def __init__(self, sheet: Sheet, top: float) -> None:
        """Begin at a height."""
        self.room = sheet.width - 2 * sheet.pad
        self.left, self.y = sheet.pad, top
        self.words: list[Words] = []

    def add(self, text: str, size: float, colour: str, bold: bool = False) -> None:
        """Set a paragraph."""
        for line in typeface.wrap(text, size, self.room, bold):
            self.words.append(Words(line, self.left, self.y + size * LINE / 2, size, colour, bold))
            self.y += size * LINE

    def skip(self, pixels: float) -> None:
        """Leave a gap."""
        self.y += pixels


def arrange(figure: Figure, sheet: Sheet, theme: Theme, scale: Scale | None) -> Page:
    """Return where everything stands; raise CannotExport when the surface is too small for it.

    `scale` is that of the values, None where the figure has none.
    """
    head = _head(figure, sheet, theme)
    foot_lines = _foot(figure, sheet, theme, head.y)
    foot = sheet.height - sheet.pad - foot_lines.y
    left = sheet.pad + _widest(scale, sheet) + sheet.type_size * 0.6
    bottom = foot - sheet.type_size * 1.9
    ended = endings.fitting(figure, sheet, bottom - head.y) if scale else []
    right = sheet.width - sheet.pad - endings.room(ended, sheet)
    top = _legend(figure, sheet, theme, head, bool(ended))
    box = Box(left, top + sheet.type_size * 0.9, right, bottom)
    if box.height < sheet.height * LEAST_PLOT or box.width < sheet.width * LEAST_PLOT:
        raise CannotExport(
            f"«{figure.id}» does not fit on {sheet.width}x{sheet.height}; choose a larger size."
        )
    lowered = [
        Words(w.text, w.x, w.y + foot, w.size, w.colour, w.bold, w.anchor) for w in foot_lines.words
    ]
    return Page(box, [*head.words, *lowered], ended)


def _head(figure: Figure, sheet: Sheet, theme: Theme) -> Column:
    head = Column(sheet, sheet.pad)
    if sheet.bare:
        return head
    head.add(figure.title, sheet.type_size * TITLE, theme.ink, bold=True)
    head.skip(sheet.type_size * 0.15)
    head.add(figure.subtitle, sheet.type_size, theme.quiet)
    head.skip(sheet.type_size * 0.35)
    return head


def _foot(figure: Figure, sheet: Sheet, theme: Theme, taken: float) -> Column:
    """Set source, caveats and stamp; smaller where they would leave the plot too little."""
    for factor in (SMALL, SMALLEST):
        foot = Column(sheet, 0)
        if sheet.bare:
            break
        size = max(8.0, sheet.type_size * factor)
        foot.add(figure.sources, size, theme.quiet)
        foot.add(" ".join(captions.notes(figure)), size, theme.quiet)
        foot.add(captions.stamp(figure), size, theme.quiet)
        if sheet.height - taken - foot.y > sheet.height * 0.55:
            break
    return foot


def _widest(scale: Scale | None, sheet: Sheet) -> float:
    words = scale.words if scale else []
    return max((typeface.width(word, sheet.type_size * 0.85) for word in words), default=0.0)


def _legend(figure: Figure, sheet: Sheet, theme: Theme, head: Column, ended: bool) -> float:
    """Set the legend in rows under the subtitle; lines that are labelled at their ends are out."""
    size = sheet.type_size * 0.9
    shown = [e for e in legend.entries(figure) if not (ended and endings.labelled(figure, e))]
    x = sheet.pad
    for entry in shown:
        x = _entry(entry, sheet, theme, head, x, size)
    if shown:
        head.skip(size * 1.5)
    return head.y


def _entry(entry: Entry, sheet: Sheet, theme: Theme, head: Column, x: float, size: float) -> float:
    glyph = typeface.width(entry.glyph + " ", size)
    lines = typeface.wrap(entry.words, size, head.room - glyph)
    wide = glyph + max(typeface.width(line, size) for line in lines)
    if x > sheet.pad and x + wide > sheet.width - sheet.pad:
        x = sheet.pad
        head.skip(size * 1.5)
    for number, line in enumerate(lines):
        if number:
            head.skip(size * LINE)
        middle = head.y + size * 0.75
        if not number:
            # the mark of a line has the colour of the line; every other is read as a letter is
            colour = readable(entry.colour, theme) if entry.line is None else entry.colour
            head.words.append(Words(entry.glyph, x, middle, size, colour))
        head.words.append(Words(line, x + glyph, middle, size, readable(theme.ink, theme)))
    return x + wide + size * 1.6
