"""Where a period stands on the axis of time."""

from datetime import date, datetime, time, timedelta

MONTH = timedelta(days=30)


def of(kind: str, start: date, end: date, cadence: str) -> datetime:
    """Return the moment over which the mark of a period stands: its middle.

    A year-to-date figure among its like stands over its last month, for it is known then; among
    months, January and February stand together over the middle of both.
    """
    if kind == "ytd" and cadence == "ytd":
        start = end.replace(day=1)
    return datetime.combine(start, time()) + (end - start) / 2


def width(kind: str, start: date, end: date, cadence: str) -> timedelta:
    """Return how much of the axis a column of the period may take."""
    return MONTH if kind == "ytd" and cadence == "ytd" else end - start + timedelta(days=1)
