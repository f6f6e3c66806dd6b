"""What the marks of a figure stand for, as glyphs and words."""

from dataclasses import dataclass

from desk import marks, overlays, verdicts
from desk.figures import Figure
from desk.lines import Line
from desk.palette import PALETTE
from desk.texts import text

SOLID, CROSS, DIAMOND, COLUMN, HATCHED, DASH = "●", "×", "◆", "■", "▨", "– –"
EVENT = "▼"


@dataclass(frozen=True)
class Entry:
    """One mark: its glyph, colour and words; `line` is the number of the line it stands for."""

    glyph: str
    colour: str
    words: str
    line: int | None = None


def entries(figure: Figure) -> list[Entry]:
    """Return an entry for every kind of mark on the figure, lines first."""
    language = figure.options.language
    found = [entry for number in range(len(figure.lines)) for entry in _line(figure, number)]
    if figure.chart == "compare_years":
        found = _years(figure, found)
    if figure.claims and figure.chart not in ("timeline", "compare_years"):
        found += _claims(figure)
    if figure.events and figure.chart not in ("timeline", "compare_years"):
        found.append(Entry(EVENT, overlays.EVENT, text("picture.events", language)))
    return found


def _claims(figure: Figure) -> list[Entry]:
    """An entry for every verdict that a claim on the figure has, by colour and shape."""
    language = figure.options.language
    told = {row["verdict"] for row in figure.claims}
    return [
        Entry(
            look.glyph,
            look.colour,
            text("chart.claim", language, verdict=text(f"verdict.{key}", language)),
        )
        for key, look in verdicts.LOOKS.items()
        if key in told
    ]


def colour(figure: Figure, number: int) -> str:
    """Return the colour in which a line is drawn."""
    if figure.chart == "compare_years":
        age = len(figure.lines) - 1 - number
        return PALETTE[age] if age < marks.RECENT_YEARS else marks.FADED
    return PALETTE[number % len(PALETTE)]


def _line(figure: Figure, number: int) -> list[Entry]:
    line, drawn = figure.lines[number], colour(figure, number)
    if line.style == "target" or not line.points:
        return []
    if line.style == "step":
        return [Entry(DASH, overlays.EVENT, line.label, number)]
    if figure.chart in ("columns", "effects"):
        return _columns(line, drawn, figure.options.language, number)
    return [Entry(CROSS if line.marked else SOLID, drawn, line.label, number)]


def _columns(line: Line, drawn: str, language: str, number: int) -> list[Entry]:
    statuses = {point.status for point in line.points}
    return [
        Entry(
            COLUMN if status == "reported" else HATCHED,
            drawn,
            f"{line.label} ({text(f'status.{status}', language)})",
            number,
        )
        for status in ("reported", "provisional", "derived", "estimated")
        if status in statuses
    ]


def _years(figure: Figure, found: list[Entry]) -> list[Entry]:
    """The newest years one by one, the newest first; the faded ones together."""
    faded = [line.label for line in figure.lines[: -marks.RECENT_YEARS]]
    recent = found[len(faded) :][::-1]
    if not faded:
        return recent
    words = text("picture.earlier", figure.options.language, first=faded[0], last=faded[-1])
    return [*recent, Entry(SOLID, marks.FADED, words)]
