"""Make data/geography/routes.csv and land.csv: a few routes and the land, simplified.

    python -m tools.geography GEM.geojson COUNTRIES.topojson RETRIEVED

GEM.geojson: routes of Global Energy Monitor by project id (CC BY 4.0). A feature whose geometry
was taken from OpenStreetMap is refused: its licence (ODbL) binds what is made from it. Where one is
missing, a route goes in straight pieces between towns of towns.csv, or from one known end to the
next, and the row says so (schematic). COUNTRIES.topojson: Natural Earth 1:110m (public domain).
"""

import csv
import json
import sys
from collections.abc import Sequence
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "data" / "geography"
Point = tuple[float, float]

# degrees: what a line may lie beside its source, the smallest island, ends that are one
ROUTE_TOLERANCE, LAND_TOLERANCE, LEAST_AREA, TOUCHING = 0.06, 0.12, 0.6, 0.02
WEST, EAST, SOUTH, NORTH = 30.0, 180.0, 8.0, 83.0

# id: product, project of events.csv, indicator of its flow, what GEM tells where no event does,
# and its pieces: a project of GEM, or the towns between two of them
ROUTES: dict[str, tuple[str, str, str, str, str, tuple[Sequence[str], ...]]] = {
    "pos1": (
        "gas",
        "Power of Siberia 1",
        "pos1_volume",
        "",
        "",
        (
            ("Lensk", "Olyokminsk", "Aldan", "Neryungri", "Skovorodino", "Svobodny", "P6804"),
            ("P6804",),
            ("P6804", "P4483"),
            ("P4483",),
            ("P4486",),
        ),
    ),
    "pos2": ("gas", "Power of Siberia 2", "", "", "", (("P0734",), ("P5409",))),
    "far_east": ("gas", "Far Eastern route", "", "", "", (("P3895",), ("P5513",))),
    "sakhalin_line": ("gas", "", "", "operating", "2011", (("P0758",),)),
    "espo": (
        "oil",
        "ESPO and Mohe-Daqing",
        "crude_ru_cn_pipeline",
        "",
        "",
        (("P0654",), ("P2023",), ("P5174",), ("P2024",)),
    ),
    "kazakhstan": (
        "oil",
        "Kazakhstan transit",
        "crude_ru_kz_transit_cn",
        "",
        "",
        (("P2363",), ("P2363", "P0648"), ("P0648",)),
    ),
}
GEM = {
    "source": "Global Energy Monitor, GOIT and GGIT pipeline routes",
    "licence": "CC BY 4.0",
    "licence_url": "https://creativecommons.org/licenses/by/4.0/",
    "url": "https://github.com/GlobalEnergyMonitor/GOIT-GGIT-pipeline-routes",
}
TOWNS = {
    "source": "Straight lines between the towns named on the page (places: GeoNames)",
    "licence": "CC BY 4.0",
    "licence_url": "https://creativecommons.org/licenses/by/4.0/",
    "url": "https://en.wikipedia.org/wiki/Power_of_Siberia",
}
ENDS = GEM | {"source": "Straight line between the ends of two routes of Global Energy Monitor"}
EARTH = {
    "source": "Natural Earth, countries 1:110m (package world-atlas 2.0.2)",
    "licence": "public domain",
    "licence_url": "https://www.naturalearthdata.com/about/terms-of-use/",
    "url": "https://www.naturalearthdata.com/downloads/110m-cultural-vectors/",
}


def simplified(line: list[Point], tolerance: float) -> list[Point]:
    """Return a line by Douglas and Peucker: no left-out point is farther than the tolerance."""
    if len(line) < 3:
        return line
    first, last = line[0], line[-1]
    far, where = max((_off(point, first, last), n) for n, point in enumerate(line[1:-1], start=1))
    if far <= tolerance:
        return [first, last]
    return simplified(line[: where + 1], tolerance)[:-1] + simplified(line[where:], tolerance)


def _off(point: Point, first: Point, last: Point) -> float:
    """Return how far a point lies from a piece, in degrees of latitude."""
    narrow = cos(radians(point[1]))
    px, py = (point[0] - first[0]) * narrow, point[1] - first[1]
    dx, dy = (last[0] - first[0]) * narrow, last[1] - first[1]
    length = hypot(dx, dy)
    if length == 0:
        return hypot(px, py)
    along = max(0.0, min(1.0, (px * dx + py * dy) / length**2))
    return hypot(px - along * dx, py - along * dy)


def joined(pieces: list[list[Point]]) -> list[list[Point]]:
    """Return the pieces of a source joined where one begins or ends at the end of another."""
    left, done = [list(piece) for piece in pieces], []
    while left:
        line = left.pop(0)
        while longer := next(filter(None, (_longer(line, other) for other in left)), None):
            left.remove(longer[1])
            line = longer[0]
        done.append(line)
    return done


def _longer(line: list[Point], other: list[Point]) -> tuple[list[Point], list[Point]] | None:
    """Return a line with another at one of its ends, and that other; None if they are apart."""
    for turned in (other, other[::-1]):
        if hypot(turned[0][0] - line[-1][0], turned[0][1] - line[-1][1]) < TOUCHING:
            return line + turned[1:], other
        if hypot(turned[-1][0] - line[0][0], turned[-1][1] - line[0][1]) < TOUCHING:
            return turned[:-1] + line, other
    return None


def routes(gem: dict[str, list[list[Point]]], towns: dict[str, Point]) -> list[dict[str, Any]]:
    """Return a row a line."""
    rows = []
    for name, (product, project, indicator, told, since, parts) in ROUTES.items():
        head = {"id": name, "product": product, "project": project, "indicator": indicator}
        head |= {"told_status": told, "told_since": since}
        for part in parts:
            schematic = len(part) > 1
            lines = [_between(part, gem, towns)] if schematic else gem[part[0]]
            for line in lines:
                shown = line if schematic else simplified(line, ROUTE_TOLERANCE)
                rows.append(
                    head
                    | {"part": " – ".join(part), "schematic": "yes" if schematic else "no"}
                    | _source(part, towns)
                    | {"path": _path(shown, 3)}
                )
    return rows


def _source(part: Sequence[str], towns: dict[str, Point]) -> dict[str, str]:
    if any(name in towns for name in part):
        return TOWNS
    return ENDS if len(part) > 1 else GEM


def _between(
    part: Sequence[str], gem: dict[str, list[list[Point]]], towns: dict[str, Point]
) -> list[Point]:
    """Return straight pieces from town to town; a project of GEM stands for its nearest end."""
    line: list[Point] = []
    for number, name in enumerate(part):
        if name in towns:
            line.append(towns[name])
            continue
        near = part[number - 1] if number else part[number + 1]
        aim = (
            [towns[near]]
            if near in towns
            else [end for own in gem[near] for end in (own[0], own[-1])]
        )
        ends = [end for own in gem[name] for end in (own[0], own[-1])]
        line.append(
            min(ends, key=lambda end: min(hypot(end[0] - a[0], end[1] - a[1]) for a in aim))
        )
    return line


def _ends(lines: list[list[Point]]) -> list[Point]:
    return [end for line in lines for end in (line[0], line[-1])]


def land(topology: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a row a ring of land, cut to the frame of the map."""
    arcs = _arcs(topology)
    rows = []
    for country in topology["objects"]["countries"]["geometries"]:
        name = country["properties"]["name"]
        shapes = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for shape in shapes:
            ring = _cut(_ring(shape[0], arcs))
            if len(ring) > 2 and _area(ring) >= LEAST_AREA:
                closed = simplified([*ring, ring[0]], LAND_TOLERANCE)
                rows.append({"country": name} | EARTH | {"path": _path(closed, 2)})
    return rows


def _arcs(topology: dict[str, Any]) -> list[list[Point]]:
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        found.append(line)
    return found


def _ring(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    ring: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[:-1]
    return ring


def _cut(ring: list[Point]) -> list[Point]:
    """Return a ring cut to the frame, side by side (Sutherland and Hodgman)."""
    for axis, bound, sign in ((0, WEST, 1), (0, EAST, -1), (1, SOUTH, 1), (1, NORTH, -1)):
        kept: list[Point] = []
        for before, here in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
            was, now = (sign * (point[axis] - bound) >= 0 for point in (before, here))
            if was != now:
                part = (bound - before[axis]) / (here[axis] - before[axis])
                x, y = (before[n] + part * (here[n] - before[n]) for n in (0, 1))
                kept.append((x, y))
            if now:
                kept.append(here)
        ring = kept
    return ring


def _area(ring: list[Point]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def _path(line: list[Point], digits: int) -> str:
    return ";".join(f"{x:.{digits}f} {y:.{digits}f}" for x, y in line)


def _write(name: str, rows: list[dict[str, Any]], retrieved: str) -> None:
    fields = [*(key for key in rows[0] if key != "path"), "retrieved", "path"]
    with (FOLDER / name).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | {"retrieved": retrieved} for row in rows)


def main(gem_file: str, countries: str, retrieved: str) -> None:
    """Read the sources and write both files."""
    wanted = {name for route in ROUTES.values() for part in route[-1] for name in part}
    gem = {}
    for feature in json.loads(Path(gem_file).read_text(encoding="utf-8"))["features"]:
        name = feature["properties"]["gem_project_id"]
        if name not in wanted:
            continue
        if feature["properties"].get("geometry_has_osm_tags"):
            raise SystemExit(f"{name} was drawn from OpenStreetMap: leave it out")
        lines = [[(p[0], p[1]) for p in line] for line in feature["geometry"]["coordinates"]]
        gem[name] = joined(lines)
    with (FOLDER / "towns.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    towns = {row["name"]: (float(row["lon"]), float(row["lat"])) for row in rows}
    _write("routes.csv", routes(gem, towns), retrieved)
    _write("land.csv", land(json.loads(Path(countries).read_text(encoding="utf-8"))), retrieved)


if __name__ == "__main__":
    main(*sys.argv[1:])
