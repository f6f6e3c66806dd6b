"""What is known of routes and terminals on a day: status, newest flow, capacity that was named.

A status is what events tell: the furthest stage that a project has reached. Where no event speaks
of one, a delivered volume or the source of its shape may; else it is unknown, and said to be.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb

from desk import evidence, geography, wording
from desk.figures import unit_symbol
from desk.geography import Site
from desk.rows import Row
from desk.series import Query, describe, series
from desk.texts import text

FIRST = date(1990, 1, 1)
# stages in their order, and the statuses of events that say that one is reached
STAGES = {
    "operating": ("started", "delivered"),
    "construction": ("under_construction",),
    "contract": ("contract_signed",),
    "agreed": ("memorandum", "agreed_in_principle"),
    "proposed": ("studied", "proposed"),
}
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Flow:
    """The newest whole year that is known of what went along a route, and who says so.

    `told` is the day of publication with no more precision than is known.
    """

    value: str
    unit: str
    period: str
    status: str
    publisher: str
    published: date
    told: str
    url: str | None
    counted: str


@dataclass(frozen=True)
class Known:
    """A route or terminal as known on a day. `reached`: the event that tells its stage."""

    site: Site
    name: str
    stage: str
    why: str
    reached: Row | None
    newest: Row | None
    capacity: Row | None
    flow: Flow | None


def known(con: duckdb.DuckDBPyConnection, as_of: date, language: str) -> list[Known]:
    """Return what is known on a day; a project of which nothing was known yet is left out."""
    found = [_known(con, site, as_of, language) for site in geography.sites()]
    return [each for each in found if each.stage != UNKNOWN or not each.site.project]


def events(con: duckdb.DuckDBPyConnection, start: date, as_of: date) -> list[Row]:
    """Return the events of every project on the map, oldest first."""
    projects = tuple(dict.fromkeys(site.project for site in geography.sites() if site.project))
    return evidence.events(con, projects, start, as_of, as_of)


def indicators() -> tuple[str, ...]:
    """Return the indicators whose figures stand on the map."""
    return tuple(dict.fromkeys(site.indicator for site in geography.sites() if site.indicator))


def _known(con: duckdb.DuckDBPyConnection, site: Site, as_of: date, language: str) -> Known:
    rows = evidence.events(con, (site.project,), FIRST, as_of, as_of) if site.project else []
    flow = _flow(con, site.indicator, as_of, language) if site.indicator else None
    stage, reached = _stage(rows)
    why = _day(reached, language) if reached else ""
    if stage != "operating" and flow:
        stage, why = "operating", text("map.by_flow", language, period=flow.period)
    elif stage == UNKNOWN and site.told_status and date.fromisoformat(site.published) <= as_of:
        stage = site.told_status
        told = site.parts[0].credit.source
        why = text("map.by_source", language, since=site.told_since, source=told)
    return Known(
        site,
        text(f"map.name.{site.id}", language),
        stage,
        why,
        reached,
        rows[-1] if rows else None,
        next((row for row in reversed(rows) if row["capacity_value"]), None),
        flow,
    )


def _day(event: Row, language: str) -> str:
    """Return the day of an event with no more precision than is known."""
    if event["date_precision"] == "day":
        return wording.day(event["date"], language)
    return str(event["date_text"])


def _stage(rows: list[Row]) -> tuple[str, Row | None]:
    """Return the furthest stage that events tell, and the one to be named.

    Of what is in operation the beginning counts, of what is not the newest word.
    """
    for stage, statuses in STAGES.items():
        told = [row for row in rows if row["status"] in statuses]
        if told:
            return stage, told[0 if stage == "operating" else -1]
    return UNKNOWN, None


def _flow(
    con: duckdb.DuckDBPyConnection, indicator: str, as_of: date, language: str
) -> Flow | None:
    """Return the newest whole year of an indicator as known on a day, or nothing."""
    unit = "Mt" if describe(con, indicator)["unit"] == "mb/d" else None
    found = series(con, Query(indicator, "year", unit=unit), as_of)
    if found.points.empty:
        return None
    row = found.points.iloc[-1]
    return Flow(
        value=wording.exact(float(row["value"]), float(row["precision"]), language),
        unit=unit_symbol(con, found.unit, language),
        period=wording.period(
            "year", row["period_start"].date(), row["period_end"].date(), language
        ),
        status=str(row["status"]),
        publisher=str(row["publisher"]),
        published=row["published"].date(),
        told=_told(row["published"].date(), str(row["published_precision"]), language),
        url=row["url"] or None,
        counted=found.indicator[f"title_{language}"],
    )


def _told(day: date, precision: str, language: str) -> str:
    known = {"month": 7, "year": 4}.get(precision, 10)
    row = {"published": day, "published_text": day.isoformat()[:known]}
    return wording.published(row, language)


def sentence(found: Iterable[Known], language: str) -> str:
    """Return one sentence that tells the map to who cannot see it."""
    told = "; ".join(
        f"{each.name}: {text(f'map.stage.{each.stage}', language)}"
        + (f", {each.flow.value} {each.flow.unit} ({each.flow.period})" if each.flow else "")
        for each in found
    )
    return text("map.alt", language, told=told)
