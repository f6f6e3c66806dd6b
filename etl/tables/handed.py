"""A table as it was handed in, what was read from it, and the day that it counts as published."""

import re
from dataclasses import dataclass
from datetime import date

from etl.errors import BadInput, Fault
from etl.tables import days
from etl.tables.sheet import Sheet

UNDATED = "publication date not in the file"
_ARTICLE = re.compile(r"/(20\d\d)-(\d\d)/(\d\d)/article")
_RELEASED = re.compile(r"releas|publi|发布|公布", re.IGNORECASE)


@dataclass(frozen=True)
class Handed:
    """The file as a person knows it: its name, its address if it has one, the day of retrieval."""

    name: str
    url: str
    retrieved: date

    def fault(self, line: int, what: str, fix: str) -> BadInput:
        """Return one fault of this file, to be raised."""
        return BadInput([Fault(self.name, line, what, fix)])


@dataclass(frozen=True)
class Table:
    """What was read: rows as text with the file's line of each, and what was recognised.

    `source` is gacc or comtrade, or empty for our own template, whose rows name their own.
    """

    source: str
    kind: str
    rows: list[dict[str, str]]
    lines: list[int]
    said: str


def published(handed: Handed, sheet: Sheet, above: int, ended: date) -> tuple[str, str]:
    """Return the day of publication and a note on it.

    It stands in the address of the page, or in a line before line `above` of the table; else the
    figures count as published on the day that they came here, which is later than the truth.
    """
    found = {day for day in (_in_address(handed.url),) if day}
    line = 1
    for entry in sheet.lines:
        text = " ".join(entry.cells)
        if entry.number < above and _RELEASED.search(text):
            for day in days.full(text):
                found.add(day)
                line = entry.number
    if not found:
        return handed.retrieved.isoformat(), UNDATED
    if len(found) > 1:
        shown = ", ".join(sorted(day.isoformat() for day in found))
        raise handed.fault(line, f"two publication dates: {shown}", "leave the right one")
    (day,) = found
    if not ended < day <= handed.retrieved:
        what = f"published {day.isoformat()}, but the period ends on {ended.isoformat()}"
        if day > handed.retrieved:
            what = f"published {day.isoformat()} is in the future"
        raise handed.fault(line, what, "correct the date in the file")
    return day.isoformat(), ""


def _in_address(url: str) -> date | None:
    found = _ARTICLE.search(url)
    return days.day(found[1], found[2], found[3]) if found else None
