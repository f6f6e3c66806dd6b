"""Routes, terminals and the outline of the land, as data/geography has them."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from etl import paths
from etl.errors import CatalogError

Point = tuple[float, float]
Cells = dict[str, str]


@dataclass(frozen=True)
class Credit:
    """Where a shape was taken from, and what its licence asks."""

    source: str
    licence: str
    url: str


@dataclass(frozen=True)
class Part:
    """A piece of a route, (lon, lat) by point; a schematic one is straight between named places."""

    path: tuple[Point, ...]
    schematic: bool
    credit: Credit


@dataclass(frozen=True)
class Site:
    """A route or a terminal (a part of one point).

    `project` names its events, `indicator` its flow; where both are empty, `told_status` is what
    the source of its shape tells, known from `published` on.
    """

    id: str
    kind: str
    product: str
    project: str
    indicator: str
    parts: tuple[Part, ...]
    told_status: str = ""
    told_since: str = ""
    published: str = ""
    accuracy: str = "exact"


@cache
def land() -> tuple[tuple[Point, ...], ...]:
    """Return the rings of the land in the frame of the map."""
    return tuple(_path(row) for row in _rows("land.csv"))


@cache
def sites() -> tuple[Site, ...]:
    """Return every route and every terminal."""
    return (*_routes(), *_terminals())


@cache
def credits_() -> tuple[Credit, ...]:
    """Return every source of shapes, each once."""
    towns = [_credit(row) for row in _rows("towns.csv")]
    shapes = [part.credit for site in sites() for part in site.parts]
    earth = [_credit(row) for row in _rows("land.csv")]
    return tuple({credit.source: credit for credit in [*shapes, *towns, *earth]}.values())


def _routes() -> list[Site]:
    rows = _rows("routes.csv")
    found = []
    for name in dict.fromkeys(row["id"] for row in rows):
        own = [row for row in rows if row["id"] == name]
        first = own[0]
        parts = tuple(Part(_path(row), row["schematic"] == "yes", _credit(row)) for row in own)
        found.append(
            Site(
                name,
                "route",
                first["product"],
                first["project"],
                first["indicator"],
                parts,
                first["told_status"],
                first["told_since"],
                first["retrieved"],
            )
        )
    return found


def _terminals() -> list[Site]:
    return [
        Site(
            row["id"],
            row["side"],
            "lng",
            row["project"],
            row["indicator"],
            (Part(((float(row["lon"]), float(row["lat"])),), False, _credit(row)),),
            row["told_status"],
            row["told_since"],
            row["published"],
            row["accuracy"],
        )
        for row in _rows("terminals.csv")
    ]


def _rows(name: str) -> list[Cells]:
    path: Path = paths.geography() / name
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            return list(csv.DictReader(handle))
    except OSError as error:
        raise CatalogError(f"{name} cannot be read ({error}); restore data/geography") from error


def _path(row: Cells) -> tuple[Point, ...]:
    pairs = (pair.split(" ") for pair in row["path"].split(";"))
    return tuple((float(lon), float(lat)) for lon, lat in pairs)


def _credit(row: Cells) -> Credit:
    return Credit(row["source"], row["licence"], row["url"])
