"""Places on the sheet of a map: Lambert's azimuthal equal-area projection, in kilometres."""

from itertools import pairwise
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt

EARTH_KM = 6371.0
# the middle of the map: areas are true everywhere, shapes near it
CENTRE = (102.0, 50.0)
Point = tuple[float, float]


def project(lon: float, lat: float) -> Point:
    """Return how far east and north of the centre of the map a place lies."""
    turn, rise, middle = radians(lon - CENTRE[0]), radians(lat), radians(CENTRE[1])
    facing = 1 + sin(middle) * sin(rise) + cos(middle) * cos(rise) * cos(turn)
    scale = EARTH_KM * sqrt(2 / facing)
    east = scale * cos(rise) * sin(turn)
    return east, scale * (cos(middle) * sin(rise) - sin(middle) * cos(rise) * cos(turn))


def dense(line: list[Point], most_km: float) -> list[Point]:
    """Return a line of (lon, lat) with points between, so that none is farther than so many km.

    Straight is straight on the globe: a line bends as it should, and a pointer finds it anywhere.
    """
    found = line[:1]
    for first, last in pairwise(line):
        pieces = max(1, -int(-_apart(first, last) // most_km))
        found += [_between(first, last, part / pieces) for part in range(1, pieces)] + [last]
    return found


def _apart(first: Point, last: Point) -> float:
    return 2 * EARTH_KM * asin(min(1.0, _chord(_vector(first), _vector(last)) / 2))


def _chord(a: tuple[float, float, float], b: tuple[float, float, float]) -> float:
    return sqrt(sum((p - q) ** 2 for p, q in zip(a, b, strict=True)))


def _vector(point: Point) -> tuple[float, float, float]:
    lon, lat = radians(point[0]), radians(point[1])
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def _between(first: Point, last: Point, part: float) -> Point:
    """Return the place at a part of the way; pieces are short, so that the chord will do."""
    x, y, z = (p + (q - p) * part for p, q in zip(_vector(first), _vector(last), strict=True))
    return degrees(atan2(y, x)), degrees(atan2(z, hypot(x, y)))
