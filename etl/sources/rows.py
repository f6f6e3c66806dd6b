"""What connectors of figures share: bodies as text, numbers as printed, months, rows held once."""

import json
import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from etl.answers import LATER
from etl.errors import BadFigures, ChangedShape, NotTheData
from etl.exchange import Payload

Row = dict[str, str]

REPORT = "the source changed its format; update Amur or report it"
DOUBT = f"nothing of this answer was taken; {LATER}"
# how a cell says that there is no figure; a gap, never zero
MISSING = frozenset({"", "-", "..", "...", "…", "n/a", "#n/a", "na", "nan", "none", "null"})
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?", re.IGNORECASE)
# no figure of trade, price or rate has more digits than this before or after its point
DIGITS = 30


def text_of(payload: Payload) -> str:
    """Return the body as text; raise NotTheData when it is not UTF-8."""
    try:
        return payload.content().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotTheData(f"byte {error.start} of the body is not UTF-8", LATER) from error


def json_of(payload: Payload) -> Any:
    """Return the body as JSON with the digits of its numbers kept; raise NotTheData."""
    text = text_of(payload)
    try:
        # NaN is no JSON, but servers write it for a missing figure
        return json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise NotTheData(f"the body is no JSON ({error})", LATER) from error


def figure(cell: object, where: str) -> Decimal | None:
    """Return a figure that cannot be below zero, None when it is missing; raise BadFigures.

    `where` says in words which figure it is: «USD of 2024-05».
    """
    text = "" if cell is None else str(cell).strip()
    if text.casefold() in MISSING:
        return None
    if isinstance(cell, bool) or not NUMBER.fullmatch(text):
        raise BadFigures(f"{where} is «{text[:40]}», which is no number", DOUBT)
    number = Decimal(text)
    if number < 0:
        raise BadFigures(f"{where} is {text[:40]}: it cannot be below zero", DOUBT)
    if number and abs(number.adjusted()) > DIGITS:
        raise BadFigures(f"{where} is {text[:40]}: no figure is like that", DOUBT)
    return number


def plain(number: Decimal) -> str:
    """Return the digits as they stand, without exponent."""
    return format(number, "f")


def month(year: int, number: int) -> tuple[date, date]:
    """Return the first and the last day of a month."""
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def over(payload: Payload, last: date) -> bool:
    """Return whether a period that ends on this day had ended when the answer came."""
    return last < payload.retrieved.date()


def row(
    indicator: str,
    period: tuple[str, date, date],
    value: str,
    unit: str,
    status: str,
    note: str = "",
    published: str = "",
) -> Row:
    """Return an observation; `period` is its kind, first and last day."""
    kind, first, last = period
    return {
        "indicator": indicator,
        "kind": "actual",
        "period_kind": kind,
        "period_start": first.isoformat(),
        "period_end": last.isoformat(),
        "value": value,
        "bound": "=",
        "unit": unit,
        "status": status,
        "published": published,
        "note": note,
    }


def once(rows: Iterable[Row]) -> list[Row]:
    """Return the rows with identical ones told once; raise BadFigures when two contradict."""
    kept: dict[tuple[str, ...], Row] = {}
    for entry in rows:
        key = tuple(entry[name] for name in ("indicator", "period_kind", "period_start", "unit"))
        other = kept.setdefault(key, entry)
        if Decimal(other["value"]) != Decimal(entry["value"]):
            raise BadFigures(
                f"{entry['indicator']} of {entry['period_start']} stands twice: "
                f"{other['value']} and {entry['value']} {entry['unit']}",
                DOUBT,
            )
    return list(kept.values())


def demand_columns(wanted: Iterable[str], there: Iterable[str], what: str) -> None:
    """Raise ChangedShape naming the columns that are not there."""
    found = list(there)
    missing = [name for name in wanted if name not in found]
    if missing:
        shown = ", ".join(found[:12]) or "none"
        raise ChangedShape(f"{what} has no column {', '.join(missing)}; it has {shown}", REPORT)
