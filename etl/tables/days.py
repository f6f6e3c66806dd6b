"""Days and months as customs tables write them, in English and Chinese."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?<![a-z])(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_TO = r"\s*(?:-|~|to|and|&|至|到)\s*"
_FULL = (
    (re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)"), (1, 3, 4)),
    (re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)"), (3, 2, 1)),
    (re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日"), (1, 2, 3)),
    (re.compile(_MONTH + r"\s*(\d{1,2})(?:st|nd|rd|th)?,\s*(\d{4})"), (3, 1, 2)),
    (re.compile(r"(?<!\d)(\d{1,2})\s+" + _MONTH + r",?\s*(\d{4})"), (3, 2, 1)),
)
# each pattern with its groups: year, first month, last month; the longer ones come first
_SPANS = (
    (re.compile(r"(\d{4})年\s*(\d{1,2})月?" + _TO + r"(\d{1,2})月"), (1, 2, 3)),
    (re.compile(r"(\d{4})年\s*(\d{1,2})月"), (1, 2, 2)),
    (re.compile(_MONTH + _TO + _MONTH + r",?\s*(\d{4})(?!\d)"), (3, 1, 2)),
    (re.compile(_MONTH + r",?\s*(\d{4})(?!\d)"), (2, 1, 1)),
    (re.compile(r"(?<![\d.])(\d{1,2})" + _TO + r"(\d{1,2})\.(\d{4})(?!\d)"), (3, 1, 2)),
    (re.compile(r"(?<![\d.])(\d{1,2})\.(\d{4})(?!\d)"), (2, 1, 1)),
    (re.compile(r"(?<!\d)(\d{4})[.\-/](\d{1,2})(?![\d.\-/])"), (1, 2, 2)),
)


@dataclass(frozen=True, order=True)
class Months:
    """The months of one year that a table speaks of; `first` is 1 in a combined release."""

    year: int
    first: int
    last: int

    @property
    def end(self) -> date:
        """Return the last day."""
        return date(self.year, self.last, calendar.monthrange(self.year, self.last)[1])

    def period(self, kind: str) -> tuple[str, str, str]:
        """Return (period_kind, first day, last day) of the month or of the year to date.

        The year to date of December is the year, that of January the month.
        """
        if kind == "ytd" and self.last == 1:
            kind = "month"
        first = date(self.year, self.last if kind == "month" else 1, 1)
        if kind == "ytd" and self.last == 12:
            kind = "year"
        return kind, first.isoformat(), self.end.isoformat()

    def __str__(self) -> str:
        """Return the months in words."""
        first = calendar.month_name[self.first]
        last = calendar.month_name[self.last]
        return f"{last} {self.year}" if first == last else f"{first} to {last} {self.year}"


def day(year: str, month: str, number: str) -> date | None:
    """Return the day, or None when there is no such day."""
    try:
        return date(int(year), _month(month), int(number))
    except ValueError:
        return None


def full(text: str) -> list[date]:
    """Return the days that a text names in full."""
    found = []
    for pattern, (year, month, number) in _FULL:
        for match in pattern.finditer(text.lower()):
            known = day(match[year], match[month], match[number])
            found += [known] if known else []
        text = pattern.sub(" ", text.lower())
    return found


def months(text: str) -> set[Months]:
    """Return every month or span of months with its year that a text names; days do not count."""
    text = text.lower()
    for pattern, _ in _FULL:
        text = pattern.sub(" ", text)
    found = set()
    for pattern, (year, first, last) in _SPANS:
        for match in pattern.finditer(text):
            span = Months(int(match[year]), _month(match[first]), _month(match[last]))
            if 1 <= span.first <= span.last <= 12 and 1990 <= span.year <= 2100:
                found.add(span)
        text = pattern.sub(" ", text)
    return found


def span(text: str) -> tuple[int, int] | None:
    """Return (first, last) month of a column heading without a year, or None."""
    text = text.lower().strip()
    dated = months(text)
    if len(dated) == 1:
        (known,) = dated
        return known.first, known.last
    pair = re.search(rf"(?<![\d.])(\d{{1,2}})月?{_TO}(\d{{1,2}})(?![\d%])", text)
    pair = pair or re.search(_MONTH + _TO + _MONTH, text)
    alone = re.fullmatch(r"(\d{1,2})月?", text) or re.search(_MONTH, text)
    found = (pair[1], pair[2]) if pair else (alone[1], alone[1]) if alone else None
    return (_month(found[0]), _month(found[1])) if found else None


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _NAMES.index(text[:3]) + 1
