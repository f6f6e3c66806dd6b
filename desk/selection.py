"""What a reader has selected on a chart: points, claims, dated events; kept in the address.

A mark is written as one word: `trade_total:2024-01-01:2024-12-31` for a point,
`claim:ARTICLE.NUMBER` for a claim, `event:ID` for an event; several are joined by commas.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desk import claim_table
from desk.figures import Figure
from desk.lines import Line, Point
from desk.rows import Row

CLAIM, EVENT = "claim", "event"
# how an address names what is selected on a figure: this and the id of the figure
PREFIX = "at_"
# an address must stay one that can be sent
MOST = 100


@dataclass(frozen=True)
class Spot:
    """A selected point: an indicator and a period."""

    indicator: str
    start: date
    end: date

    def __str__(self) -> str:
        """Return the point as it stands in the address."""
        return f"{self.indicator}:{self.start}:{self.end}"

    def holds(self, row: Row) -> bool:
        """Return whether a row speaks of this period, or of one within it."""
        start, end = row["period_start"], row["period_end"]
        return bool(start and end and self.start <= start and end <= self.end)


@dataclass(frozen=True)
class Selection:
    """Selected spots, claims (`article.number`) and events (ids); all empty: nothing."""

    spots: tuple[Spot, ...] = ()
    claims: tuple[str, ...] = ()
    events: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything is selected."""
        return bool(self.spots or self.claims or self.events)

    def __str__(self) -> str:
        """Return the selection as it stands in the address."""
        told = [*map(str, self.spots)]
        told += [f"{CLAIM}:{name}" for name in self.claims]
        return ",".join([*told, *[f"{EVENT}:{name}" for name in self.events]][:MOST])


NOTHING = Selection()


def of_point(line: Line, point: Point) -> str:
    """Return the word for a point of a line."""
    return str(Spot(line.indicator, point.start, point.end))


def of_claims(rows: Iterable[Row]) -> str:
    """Return the words for the claims that stand at one mark."""
    return ",".join(f"{CLAIM}:{claim_table.name(row)}" for row in rows)


def of_event(row: Row) -> str:
    """Return the word for a dated event."""
    return f"{EVENT}:{row['id']}"


def parse(words: str) -> Selection:
    """Read a selection from an address; what is no mark is left out."""
    spots, claims, events = [], [], []
    for word in dict.fromkeys(words.split(",")):
        kind, _, name = word.partition(":")
        if kind == CLAIM:
            claims.append(name)
        elif kind == EVENT:
            events.append(name)
        elif spot := _spot(word):
            spots.append(spot)
    return Selection(tuple(spots[:MOST]), tuple(claims[:MOST]), tuple(events[:MOST]))


def _spot(word: str) -> Spot | None:
    try:
        indicator, start, end = word.split(":")
        return Spot(indicator, date.fromisoformat(start), date.fromisoformat(end))
    except ValueError:
        return None


def on(figure: Figure, wanted: Selection) -> Selection:
    """Return the part of a selection that has a mark on a figure."""
    drawn = {
        Spot(line.indicator, point.start, point.end)
        for line in figure.lines
        for point in line.points
    }
    stated = {claim_table.name(row) for row in figure.claims}
    dated = {row["id"] for row in figure.events}
    return Selection(
        tuple(spot for spot in wanted.spots if spot in drawn),
        tuple(name for name in wanted.claims if name in stated),
        tuple(name for name in wanted.events if name in dated),
    )


def points(figure: Figure, wanted: Selection) -> list[tuple[Line, Point]]:
    """Return the selected points of a figure with their lines, by line and time."""
    spots = set(wanted.spots)
    found = {
        (number, line.indicator, point.start, point.end): (line, point)
        for number, line in enumerate(figure.lines)
        for point in sorted(line.points, key=lambda point: (point.start, point.end))
        if Spot(line.indicator, point.start, point.end) in spots
    }
    return list(found.values())
