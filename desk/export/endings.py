"""Labels at the ends of lines: which lines take one, how wide they are, where each stands."""

from dataclasses import dataclass
from itertools import pairwise

from desk import marks
from desk.export import legend, typeface
from desk.export.legend import Entry
from desk.export.sheet import Sheet
from desk.figures import Figure
from desk.lines import Point

SIZE, LINE = 0.85, 1.25
MOST_LINES, WIDEST = 7, 0.22
MOST_WRAPPED = 3


@dataclass(frozen=True)
class Ending:
    """A label: its words in lines, the point that it belongs to, its colour."""

    number: int
    words: list[str]
    point: Point
    colour: str

    def height(self, sheet: Sheet) -> float:
        """Return how many pixels it takes."""
        return len(self.words) * sheet.type_size * SIZE * LINE


def fitting(figure: Figure, sheet: Sheet, height: float) -> list[Ending]:
    """Return a label for every line that takes one, or none at all where they would not fit."""
    if figure.chart not in ("line", "compare_years"):
        return []
    numbers = [n for n, line in enumerate(figure.lines) if line.style == "line" and line.points]
    if figure.chart == "compare_years":
        numbers = numbers[-marks.RECENT_YEARS :]
    if not 0 < len(numbers) <= MOST_LINES:
        return []
    found = [_ending(figure, number, sheet) for number in numbers]
    tall = sum(ending.height(sheet) + sheet.type_size * 0.3 for ending in found)
    if tall > height * 0.8 or any(len(ending.words) > MOST_WRAPPED for ending in found):
        return []
    return found


def _ending(figure: Figure, number: int, sheet: Sheet) -> Ending:
    line = figure.lines[number]
    size = sheet.type_size * SIZE
    label = f"{legend.CROSS} {line.label}" if line.marked else line.label
    words = typeface.wrap(label, size, sheet.width * WIDEST, bold=True)
    # the two months of January and February stand apart from the line of months
    joined = [p for p in line.points if p.kind == figure.kind or figure.chart != "line"]
    last = max(joined or line.points, key=lambda point: point.end)
    return Ending(number, words, last, legend.colour(figure, number))


def room(ended: list[Ending], sheet: Sheet) -> float:
    """Return the pixels that the labels need at the right edge."""
    size = sheet.type_size * SIZE
    widths = [typeface.width(word, size, bold=True) for end in ended for word in end.words]
    return max(widths, default=0.0) + sheet.type_size * (1.4 if widths else 0)


def labelled(figure: Figure, entry: Entry) -> bool:
    """Return whether a legend entry says what the label at a line's end says already."""
    return entry.line is not None and figure.lines[entry.line].style == "line"


def spread(wanted: list[float], heights: list[float], top: float, bottom: float) -> list[float]:
    """Return the middles of labels, near where they are wanted, none on another, all in the box."""
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    placed = dict(zip(order, (wanted[n] for n in order), strict=True))
    if order:
        first = order[0]
        placed[first] = max(placed[first], top + heights[first] / 2)
    for before, after in pairwise(order):
        least = placed[before] + (heights[before] + heights[after]) / 2
        placed[after] = max(placed[after], least)
    if order:
        last = order[-1]
        placed[last] = min(placed[last], bottom - heights[last] / 2)
    for after, before in pairwise(reversed(order)):
        most = placed[after] - (heights[before] + heights[after]) / 2
        placed[before] = min(placed[before], most)
    return [placed[n] for n in range(len(wanted))]
