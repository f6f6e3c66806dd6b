"""Arithmetic on periods: whole months and years, shifted and found before a day."""

from dataclasses import dataclass
from datetime import date, timedelta

# years are kept a little inside of what a date can hold
_FIRST, _LAST = 2, 9998


@dataclass(slots=True, frozen=True)
class Span:
    """A period, both days included."""

    start: date
    end: date

    @property
    def months(self) -> int:
        """Return how many calendar months the period touches."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    def shifted(self, months: int) -> "Span":
        """Return the period of whole months that lies so many months earlier."""
        start = _add(self.start, -months)
        return Span(start, _add(start, self.months) - timedelta(days=1))

    def in_year(self, year: int) -> "Span":
        """Return the same months of another year."""
        return self.shifted(12 * (self.start.year - year))


def months(year: int, first: int, count: int = 1) -> Span:
    """Return `count` months from month `first` of a year on, as far as the calendar goes."""
    start = date(min(max(year, _FIRST), _LAST), first, 1)
    return Span(start, _add(start, count) - timedelta(days=1))


def whole_year(year: int) -> Span:
    """Return a calendar year."""
    return months(year, 1, 12)


def last_begun(month: int, as_of: date) -> Span:
    """Return the month of this name that began last."""
    return months(as_of.year if month <= as_of.month else as_of.year - 1, month)


def last_ended(first: int, count: int, as_of: date) -> Span:
    """Return the last `count` months from month `first` on that had ended by a day."""
    found = months(as_of.year, first, count)
    return found if found.end <= as_of else months(as_of.year - 1, first, count)


def _add(day: date, count: int) -> date:
    number = day.year * 12 + day.month - 1 + count
    return date(min(max(number // 12, _FIRST), _LAST), number % 12 + 1, 1)
