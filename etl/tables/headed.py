"""A customs table taken apart: what stands above it, its column headings, its rows.

Headings span one to four rows, and a merged cell holds its text only in its first column. Columns
are known by their words and never by their place.
"""

import re
from dataclasses import dataclass

from etl.errors import Unrecognised
from etl.tables import days, printed
from etl.tables.days import Months
from etl.tables.handed import Handed
from etl.tables.sheet import Line, Sheet

HEADINGS = 6
_FIGURE = re.compile(r"-+|-?[\d, ]+(\.\d+)?%?")
_WORDS = re.compile(
    r"%|累计|当月|本月|同比|环比|金额|数量|出口|进口|month|year|value|quantity|export|import"
    r"|total of|\d\s*(-|至|to|~)\s*\d",
    re.IGNORECASE,
)
_GROWTH = re.compile(
    r"%|±|同比|环比|增长|\bchanges?\b|growth|percentage|\b[ym]o[ym]\b", re.IGNORECASE
)
_AGAINST_MONTH_BEFORE = re.compile(r"环比|上月|month[- ]on[- ]month|\bmom\b|previous month", re.I)
_PRIOR = re.compile(r"去年|上年|last year|previous year|same period|a year earlier", re.IGNORECASE)
_YTD = re.compile(r"累计|cumulat|accumulat|\bytd\b|year[- ]to[- ]date|from january", re.IGNORECASE)
_MONTH = re.compile(r"当月|本月|\bmonth(ly)?\b(?![- ]on)", re.IGNORECASE)
_EARLY = re.compile(
    r"preliminary|快讯|初步|主要国别|重点商品|china's total export|china's major (im|ex)ports",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Headed:
    """A table: the lines above it, its headings by column from top to bottom, its rows."""

    above: list[Line]
    headings: list[list[str]]
    rows: list[Line]

    @property
    def title(self) -> str:
        """Return all that stands above, in one line."""
        cells = (cell for line in self.above for cell in line.cells if not printed.is_unit(cell))
        return " ".join(filter(None, cells))

    @property
    def begins(self) -> int:
        """Return the line of the first row."""
        return self.rows[0].number

    @property
    def status(self) -> str:
        """Return provisional for the tables that customs publishes first, else reported."""
        return "provisional" if _EARLY.search(self.title.replace("’", "'")) else "reported"

    def label(self, row: Line) -> str:
        """Return the name of a row without its marks (part of, subtotal, note)."""
        name = next((cell for cell in row.cells if cell and not _FIGURE.fullmatch(cell)), "")
        return (
            re.sub(r"^(其中|of which|including)\s*:\s*", "", name, flags=re.I).rstrip(":*").strip()
        )


@dataclass(frozen=True)
class Heading:
    """What a column of figures says: growth or level, of the month or the year to date.

    An empty `kind` is one that the heading leaves open.
    """

    column: int
    kind: str
    growth: bool
    months: tuple[int, int] | None
    year: int | None = None


def take_apart(sheet: Sheet, handed: Handed) -> Headed:
    """Find the headings and the first row of figures below them; raise Unrecognised."""
    for place, line in enumerate(sheet.lines):
        if len(_filled(line)) < 3:
            continue
        for after in range(place + 1, min(place + HEADINGS, len(sheet.lines))):
            if _is_row(sheet.lines[after]):
                return Headed(
                    above=sheet.lines[:place],
                    headings=_headings(sheet.lines[place:after]),
                    rows=sheet.lines[after:],
                )
        break
    raise Unrecognised(
        f"{handed.name}: the title is one of China customs' tables, but no headings with rows of "
        "figures below them were found; hand in the table as it was downloaded."
    )


def months_of(table: Headed, handed: Handed) -> Months:
    """Return the period that the title states; raise when it states none, two, or the future."""
    found = days.months(table.title)
    if not found:
        raise Unrecognised(
            f"{handed.name}: no period stands in the title (August 2026, 8.2026, 2026年8月 …); "
            f"it reads «{table.title[:120]}»."
        )
    if len(found) > 1 or next(iter(found)).first not in (1, next(iter(found)).last):
        shown = ", ".join(str(span) for span in sorted(found))
        raise Unrecognised(
            f"{handed.name}: the title states {shown}; a table of one month, or of January on, "
            "is known."
        )
    (span,) = found
    if span.end >= handed.retrieved:
        line = table.above[0].number
        raise handed.fault(
            line, f"the period {span} has not ended", "correct the period in the title"
        )
    return span


def heading(table: Headed, column: int) -> Heading | None:
    """Read one column's heading; None for a column that is not ours (month before, year before)."""
    words = table.headings[column]
    whole = " ".join(words)
    growth = bool(_GROWTH.search(whole))
    if not whole or _AGAINST_MONTH_BEFORE.search(whole) or (not growth and _PRIOR.search(whole)):
        return None
    kind, months = "", None
    years = {span.year for word in words for span in days.months(word)}
    for word in reversed(words):
        months = days.span(word)
        if _YTD.search(word) or (months and months[0] != months[1]):
            kind = "ytd"
        elif _MONTH.search(word) or months:
            kind = "month"
        if kind:
            break
    return Heading(column, kind, growth, months, min(years, default=None))


def headings(table: Headed, span: Months, handed: Handed) -> list[Heading]:
    """Return the headings of figures of this year; raise when one names other months."""
    with_figures = {
        column
        for row in table.rows
        for column, cell in enumerate(row.cells[: len(table.headings)])
        if _FIGURE.fullmatch(cell) and not cell.startswith("--") and cell != "-"
    }
    read = [heading(table, column) for column in sorted(with_figures)]
    found = [entry for entry in read if entry and entry.year in (None, span.year)]
    for entry in found:
        if entry.months and entry.months[1] != span.last:
            raise handed.fault(
                table.begins - 1,
                f"a column is headed by month {entry.months[1]}, the title says {span}",
                "correct the one that is wrong",
            )
    return found


def open_kind(growth: bool, span: Months) -> str:
    """Return what a heading means that names no span: one figure a flow, or growth."""
    if span.last == 1:
        return "month"
    return "ytd" if growth or span.first != span.last else ""


def _filled(line: Line) -> list[str]:
    return [cell for cell in line.cells if cell and not printed.is_unit(cell)]


def _is_row(line: Line) -> bool:
    """Return whether a line is a name with figures, not one more line of headings."""
    filled = [cell for cell in line.cells if cell]
    words = [cell for cell in filled if not _FIGURE.fullmatch(cell)]
    after = line.cells[line.cells.index(words[0]) + 1 :] if words else []
    if any(_WORDS.search(cell) for cell in after if not _FIGURE.fullmatch(cell)):
        return False
    return sum(bool(_FIGURE.fullmatch(cell)) for cell in after) >= 2


def _headings(lines: list[Line]) -> list[list[str]]:
    """Return the words over every column; a merged cell reaches to where any heading begins."""
    width = max(len(line.cells) for line in lines)
    levels: list[list[str]] = []
    begun: set[int] = set()
    for line in lines:
        cells = line.cells + [""] * (width - len(line.cells))
        carried, level = "", []
        for column, cell in enumerate(cells):
            stops = bool(cell) or column in begun or line is lines[-1]
            carried = cell if stops else carried
            level.append(carried)
        levels.append(level)
        begun |= {column for column, cell in enumerate(cells) if cell}
    return [[level[column] for level in levels if level[column]] for column in range(width)]
