"""Which periods to ask UN Comtrade for: by their last release, or by the calendar."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from etl.exchange import Answer, Payload
from etl.sources.comtrade_scope import REPORTERS

FREQUENCIES = ("A", "M")
FIRST = {"A": "2015", "M": "202201"}
# without releases: so many months back, the newest left out (China reports two months late), and so
# many of the newest asked for again, because they may have been empty or were revised
MONTHS, LATE_MONTHS = 24, 2
AGAIN = {"A": 2, "M": 3}

# released day, or "" when it was not known, by reporter, frequency and period
Known = dict[tuple[str, str, str], str]


@dataclass(frozen=True)
class Wanted:
    """A period to ask for, and the day of its release where that is known."""

    reporter: str
    frequency: str
    period: str
    released: date | None = None

    def order(self) -> tuple[date, int, str]:
        """Sort by the end of the period; of one end, China first, then the year."""
        return last_day(self.period), -list(REPORTERS).index(self.reporter), self.frequency

    @property
    def batch(self) -> tuple[str, str, str]:
        """Return what periods of one call have in common."""
        released = self.released.isoformat() if self.released else ""
        return self.reporter, self.frequency, released


def last_day(period: str) -> date:
    """Return the last day of a period as Comtrade writes it: 2024 or 202405."""
    year, month = int(period[:4]), int(period[4:] or 12)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def name_of(reporter: str, frequency: str, periods: str) -> str:
    """Return the name of a request; `known` reads it back."""
    return f"{reporter}/{frequency}/{periods}"


def known(answers: Mapping[str, Answer]) -> Known:
    """Return the newest release that was answered for each period."""
    found: Known = {}
    for name, answer in answers.items():
        reporter, *rest = name.split("/")
        if reporter not in REPORTERS or len(rest) != 2:
            continue
        for period in rest[1].split(","):
            key = (reporter, rest[0], period)
            found[key] = max(found.get(key, ""), answer.released)
    return found


def by_calendar(today: date, answered: Known) -> list[Wanted]:
    """Return what the calendar alone would ask for, of every reporter."""
    return [
        wanted
        for reporter in REPORTERS
        for frequency in FREQUENCIES
        for wanted in unanswered(reporter, frequency, today, answered)
    ]


def unanswered(reporter: str, frequency: str, today: date, answered: Known) -> list[Wanted]:
    """Return the periods that were never answered, and the newest few again."""
    due = list(_years(today) if frequency == "A" else _months(today))
    return [
        Wanted(reporter, frequency, period)
        for number, period in enumerate(due)
        if number < AGAIN[frequency] or (reporter, frequency, period) not in answered
    ]


def released_since(
    reporter: str, frequency: str, released: Mapping[str, date], today: date, answered: Known
) -> list[Wanted]:
    """Return the periods whose last release is not the one that was answered."""
    return [
        Wanted(reporter, frequency, period, day)
        for period, day in released.items()
        if len(period) == len(FIRST[frequency])
        and period >= FIRST[frequency]
        and last_day(period) < today
        and answered.get((reporter, frequency, period)) != day.isoformat()
    ]


def releases(payload: Payload, reporter: str, today: date) -> dict[str, date]:
    """Return the day of the last release by period; empty where the answer cannot be read."""
    try:
        body = json.loads(payload.content().decode("utf-8-sig"))
    except ValueError:
        return {}
    rows = body.get("data") if isinstance(body, dict) else body
    found: dict[str, date] = {}
    for row in rows if isinstance(rows, list) else []:
        period, day = _release(row, reporter)
        if day:
            # a clock ahead of ours must not date a figure into the future
            found[period] = max(found.get(period, date.min), min(day, today))
    return found


def _release(row: Any, reporter: str) -> tuple[str, date | None]:
    """Return period and day of one row of a look-up, or no day where it says nothing of use."""
    if not isinstance(row, dict) or str(row.get("reporterCode", reporter)) != reporter:
        return "", None
    period = str(row.get("period", ""))
    if not (period.isascii() and period.isdigit()):
        return "", None
    if len(period) != 4 and not (len(period) == 6 and "01" <= period[4:] <= "12"):
        return "", None
    text = str(row.get("lastReleased") or row.get("firstReleased") or "")
    try:
        return period, date.fromisoformat(text[:10])
    except ValueError:
        return "", None


def _years(today: date) -> Iterator[str]:
    for year in range(today.year - 1, int(FIRST["A"]) - 1, -1):
        yield str(year)


def _months(today: date) -> Iterator[str]:
    newest = today.year * 12 + today.month - 1 - LATE_MONTHS
    for number in range(newest, newest - MONTHS, -1):
        period = f"{number // 12}{number % 12 + 1:02}"
        if period >= FIRST["M"]:
            yield period
