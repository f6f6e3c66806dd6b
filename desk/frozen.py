"""What differs between a build that is no longer kept and the newest one."""

from dataclasses import dataclass
from datetime import date

from desk import units, wording
from desk.rows import Row
from etl import runs


@dataclass(frozen=True)
class Since:
    """Figures new and revised since a build, and over how many refreshes; rows as in a digest."""

    refreshes: int
    new: list[Row]
    revised: list[Row]


def since(build_id: str, newest: str) -> Since | None:
    """Return what is new since a build, by the digests of the runs; None where they are gone."""
    told = runs.digests_since(build_id, newest)
    if told is None:
        return None
    revised = [row for digest in told for row in digest.get("revised", [])]
    return Since(len(told), [row for digest in told for row in digest.get("new", [])], revised)


def amount(row: Row, key: str, language: str) -> str:
    """Return a figure of a row of a digest with its unit."""
    return f"{wording.number(row[key], language)} {units.symbol(row['unit'], language)}"


def period(row: Row, language: str) -> str:
    """Return the period of a row of a digest in words."""
    start, end = (date.fromisoformat(row[key]) for key in ("period_start", "period_end"))
    return wording.period(row["period_kind"], start, end, language)
