"""Periods, numbers and dates in words, by language."""

from datetime import date
from functools import lru_cache
from typing import Any

from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

from desk import units
from desk.texts import text

NO_BREAK = "\u00a0"
# a mark never stands alone at the end of a line
BOUND_MARKS = {"=": "", ">": ">\u00a0", "<": "<\u00a0", "~": "≈\u00a0"}

# whole money, as texts are read, is told in the units of the lines
MONEY = ("USD", "CNY", "RUB", "EUR")
BILLION = 1e9
# as in desk.series, which needs words itself
Row = dict[str, Any]


def number(value: float, language: str = "en") -> str:
    """Return a number with as many digits as a reader needs: four significant, no noise."""
    size = abs(value)
    digits = 0 if size >= 1000 else 1 if size >= 100 else 2 if size >= 1 else 4
    return format_decimal(round(value, digits) + 0.0, format="#,##0.####", locale=language)


def exact(value: float, precision: float, language: str = "en") -> str:
    """Return a number with the digits that its precision warrants."""
    digits = 0
    while digits < 6 and round(precision * 10**digits, 6) < 0.95:
        digits += 1
    return format_decimal(
        round(value, digits) + 0.0, format="#,##0." + "0" * digits, locale=language
    ).rstrip(".")


# a page says thousands of days and months, most of them many times
@lru_cache(maxsize=8192)
def day(value: date, language: str = "en") -> str:
    """Return a day: 13 Jan 2025."""
    return format_date(value, "d MMM y" if language != "zh" else "y年M月d日", locale=language)


def published(row: Row, language: str = "en") -> str:
    """Return a publication date with no more precision than is known."""
    known = row["published_text"]
    if len(known) == 7:
        return period("month", row["published"], row["published"], language)
    return known if len(known) == 4 else day(row["published"], language)


def period(kind: str, start: date, end: date, language: str = "en") -> str:
    """Return a period: 2024 · Mar 2024 · Jan–Feb 2024 · Q4 2023 · 1 Mar – 20 Mar 2025."""
    if kind == "year":
        return str(start.year)
    if kind == "month":
        return _of_year(month(start, language), start.year, language)
    if kind == "quarter":
        return text("period.quarter", language, number=(start.month + 2) // 3, year=start.year)
    if kind == "day":
        return day(start, language)
    if kind == "ytd" and kind_of(start, end) == "ytd":
        months = f"{month(start, language)}–{month(end, language)}"
        return _of_year(months, end.year, language)
    return f"{day(start, language)} – {day(end, language)}"


def _of_year(months: str, year: int, language: str) -> str:
    """Chinese says the year first."""
    return f"{year}年{months}" if language == "zh" else f"{months} {year}"


def month(value: date, language: str) -> str:
    """Return the short name of a month."""
    return _months(language)[value.month]


@lru_cache
def _months(language: str) -> dict[int, str]:
    return dict(get_month_names("abbreviated", locale=language))


def claim(row: Row, language: str = "en") -> str:
    """Return what a claim states: > 240 USD bn · +55 % on the year · 45–50 %."""
    unit = "" if row["unit"] in (None, "count") else row["unit"]
    mark = BOUND_MARKS.get(row["bound"], "")
    ends = [end for end in (row["low"], row["high"]) if end is not None]
    values = ends if row["value"] is None else [row["value"]]
    if unit in MONEY and values and min(values) >= BILLION:
        unit, values = f"{unit} bn", [value / BILLION for value in values]
    unit = units.symbol(unit, language)
    shown = "–".join(number(value, language) for value in values)
    if row["change"]:
        sign = {"up": "+", "down": "−"}.get(row["direction"] or "", "")
        change = text(f"change.{row['change']}", language)
        return f"{mark}{sign}{shown} {unit} {change}".replace("  ", " ")
    return f"{mark}{shown} {unit}".strip()


def kind_of(start: date, end: date) -> str:
    """Return the period kind that two days make."""
    if start == end:
        return "day"
    last = (date(end.year + end.month // 12, end.month % 12 + 1, 1) - end).days == 1
    if start.day == 1 and last and start.year == end.year:
        months = end.month - start.month + 1
        if months == 1:
            return "month"
        if start.month == 1:
            return "year" if months == 12 else "ytd"
        if months == 3 and start.month in (4, 7, 10):
            return "quarter"
    return "range"


def printed(row: Row) -> str:
    """Return a figure as its page printed it, with its bound and unit."""
    unit = row["unit_text"] or ""
    if row["bound"] == "range":
        return f"{row['low']:g}–{row['high']:g} {row['unit']}"
    return f"{BOUND_MARKS.get(row['bound'], '')}{row['value_text']} {unit}".strip()


def as_reported(row: Row, language: str = "en") -> str:
    """Return the figure of a row of provenance: as its page printed it, or as we computed it."""
    if row.get("value_text"):
        return printed(row)
    return (
        f"{exact(row['value'], row['precision'], language)} {units.symbol(row['unit'], language)}"
    )


def claim_period(row: Row, language: str = "en") -> str:
    """Return the period that a claim speaks of, or nothing."""
    start, end = row["period_start"], row["period_end"]
    return period(kind_of(start, end), start, end, language) if start else ""
