"""A timeline for print: lanes of numbered events, and under them the list of what they were."""

from dataclasses import dataclass, replace
from datetime import date

from desk import overlays
from desk.export import layout, scales, typeface
from desk.export.frame import frame
from desk.export.layout import Box, Page, Words
from desk.export.scales import Scale
from desk.export.sheet import Sheet
from desk.export.theme import Theme, readable
from desk.figures import Figure
from desk.rows import Row
from desk.sketch import Spec
from desk.texts import text
from etl.errors import CannotExport
from etl.events import STATUSES

# of the size of type: the list, a numbered disc, the rows and gaps of the lanes
LISTED, DISC, ROW, BETWEEN = 0.8, 1.2, 1.35, 0.5
COLUMNS_FROM = 1000
MOST_LEVELS = 5


@dataclass(frozen=True)
class Mark:
    """An event with its place: lane, level within it, and its number where it is listed."""

    row: Row
    lane: str
    day: date
    level: int = 0
    number: int = 0


@dataclass(frozen=True)
class Lanes:
    """The lanes from top to bottom: their names and the rows that each takes."""

    names: dict[str, str]
    rows: dict[str, int]

    def middle(self, lane: str) -> float:
        """Return the place of a lane's middle on the axis, whose unit is a row."""
        above = list(self.names)[: list(self.names).index(lane)]
        return -sum(self.rows[other] + BETWEEN for other in above) - self.rows[lane] / 2

    @property
    def height(self) -> float:
        """Return the rows that all lanes take."""
        return sum(rows + BETWEEN for rows in self.rows.values())


def dress(figure: Figure, sheet: Sheet, theme: Theme) -> Spec:
    """Return data and layout of a timeline."""
    language = figure.options.language
    bare = layout.arrange(figure, sheet, theme, None)
    used = {row["status"] for row in figure.events}
    names = {s: text(f"event_status.{s}", language) for s in STATUSES.split() if s in used}
    widest = max(typeface.width(name, sheet.type_size * 0.85) for name in names.values())
    left, bottom = sheet.pad + widest + sheet.type_size, bare.box.bottom + sheet.type_size * 1.9
    for count in range(len(figure.events), -1, -1):
        box = Box(left, bare.box.top, bare.box.right, bottom)
        across = _across(figure, box, sheet)
        placed = _placed(figure, across, box, sheet, count)
        lanes = Lanes(names, _rows(placed))
        box = replace(box, bottom=box.top + lanes.height * ROW * sheet.type_size)
        words = _list(figure, sheet, theme, (box.bottom + sheet.type_size * 2.3, bottom), count)
        if words is not None:
            break
    else:
        raise CannotExport(
            f"«{figure.id}» does not fit on {sheet.width}x{sheet.height}; choose a larger size."
        )
    made = frame(Page(box, [*bare.words, *words], []), sheet, theme)
    made |= _axes(across, lanes, sheet, theme)
    return {"data": _marks(placed, lanes, sheet, theme), "layout": made}


def _list(
    figure: Figure, sheet: Sheet, theme: Theme, room: tuple[float, float], count: int
) -> list[Words] | None:
    """Set so many of the newest events between two heights; None where they do not fit."""
    top, bottom = room
    columns = 2 if sheet.width >= COLUMNS_FROM else 1
    gap = sheet.type_size * 2
    wide = (sheet.width - 2 * sheet.pad - gap * (columns - 1)) / columns
    size = sheet.type_size * LISTED
    words: list[Words] = []
    left_out = len(figure.events) - count
    if left_out:
        bottom -= size * layout.LINE
        said = text("picture.more_events", figure.options.language, count=left_out)
        told = typeface.wrap(said, size, wide)
        words = [
            Words(line, sheet.pad, bottom + size * layout.LINE / 2, size, theme.quiet)
            for line in told
        ]
    column, y = 0, top
    for number, row in enumerate(figure.events[::-1][:count], start=1):
        lines = _entry(row, number, size, wide)
        tall = len(lines[1:]) * size * layout.LINE + size * 0.3
        if y + tall > bottom:
            column, y = column + 1, top
        if column == columns or y + tall > bottom:
            return None
        words += _set(lines, sheet.pad + column * (wide + gap), y, size, theme)
        y += tall
    return words if top < bottom else None


def _entry(row: Row, number: int, size: float, room: float) -> list[str]:
    indent = _indent(size)
    head = f"{number}{typeface.NO_BREAK}"
    return [head, *typeface.wrap(f"{row['date_text']} · {row['title']}", size, room - indent)]


def _indent(size: float) -> float:
    return typeface.width("00 ", size, bold=True) + size * 0.3


def _set(lines: list[str], left: float, y: float, size: float, theme: Theme) -> list[Words]:
    number, *told = lines
    step = size * layout.LINE
    found = [Words(number.strip(), left, y + step / 2, size, theme.ink, bold=True)]
    found += [
        Words(line, left + _indent(size), y + step * (n + 0.5), size, theme.ink)
        for n, line in enumerate(told)
    ]
    return found


def _across(figure: Figure, box: Box, sheet: Sheet) -> Scale:
    days = [scales.place(row["date"]) for row in figure.events]
    if len(set(days)) == 1:
        days.append(days[0] - 400)
    return scales.days(days, False, figure.options.language, box.width, sheet.type_size * 0.85)


def _placed(figure: Figure, across: Scale, box: Box, sheet: Sheet, listed: int) -> list[Mark]:
    """Give every event its lane, and neighbours in a lane levels of their own."""
    total = len(figure.events)
    near = sheet.type_size * DISC * 1.1
    ends: dict[str, list[float]] = {}
    found = []
    # the newest first, so that what is listed finds the rows free
    for place, row in reversed(list(enumerate(figure.events))):
        number = total - place if total - place <= listed else 0
        mark = Mark(row, row["status"], row["date"], number=number)
        x = box.left + across.share(scales.place(mark.day)) * box.width
        taken = ends.setdefault(mark.lane, [float("-inf")] * MOST_LEVELS)
        free = [level for level in range(MOST_LEVELS) if abs(x - taken[level]) >= near]
        level = free[0] if free else min(range(MOST_LEVELS), key=taken.__getitem__)
        if number:
            taken[level] = x
        found.append(replace(mark, level=level))
    return found


def _rows(placed: list[Mark]) -> dict[str, int]:
    """Return how many rows every lane takes."""
    rows: dict[str, int] = {}
    for mark in placed:
        rows[mark.lane] = max(rows.get(mark.lane, 1), mark.level + 1)
    return rows


def _marks(placed: list[Mark], lanes: Lanes, sheet: Sheet, theme: Theme) -> list[Spec]:
    """Draw a numbered disc for what is listed, a small diamond for what is not."""
    return [
        _lane(lane, [m for m in placed if m.lane == lane and bool(m.number) == numbered], lanes)
        | _look(lane, numbered, sheet, theme)
        for lane in lanes.names
        for numbered in (False, True)
    ]


def _lane(lane: str, marks: list[Mark], lanes: Lanes) -> Spec:
    top = lanes.middle(lane) + (lanes.rows[lane] - 1) / 2
    return {
        "type": "scatter",
        "x": [mark.day.isoformat() for mark in marks],
        "y": [top - mark.level for mark in marks],
        "text": [str(mark.number or "") for mark in marks],
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _look(lane: str, numbered: bool, sheet: Sheet, theme: Theme) -> Spec:
    return {
        "uid": f"{lane}{numbered}",
        "mode": "markers+text" if numbered else "markers",
        "textposition": "middle center",
        "textfont": {"size": sheet.type_size * 0.66, "color": theme.paper},
        "marker": {
            "symbol": "circle" if numbered else "diamond-open",
            "size": sheet.type_size * (DISC if numbered else 0.6),
            "color": readable(overlays.STATUS_COLOURS[lane], theme),
        },
    }


def _axes(across: Scale, lanes: Lanes, sheet: Sheet, theme: Theme) -> Spec:
    look = {
        "tickmode": "array",
        "automargin": False,
        "tickfont": {"size": sheet.type_size * 0.85, "color": theme.quiet},
        "gridcolor": theme.grid,
        "zeroline": False,
    }
    return {
        "xaxis": look
        | {
            "type": "date",
            "range": [scales.moment(end) for end in across.range],
            "tickvals": [scales.moment(tick) for tick in across.ticks],
            "ticktext": across.words,
        },
        "yaxis": look
        | {
            "range": [-lanes.height, BETWEEN / 2],
            "tickvals": [lanes.middle(lane) for lane in lanes.names],
            "ticktext": list(lanes.names.values()),
        },
    }
