"""Marks of the revisions of the HS on a chart of customs flows, each with its sentence. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from desk import renumbering, wording
from desk.flow_sheet import About, Sheet
from desk.palette import NEUTRAL
from desk.renumbering import LISTED, REVISIONS, Break
from desk.rows import Row

NAMED = 6
# how far before a point its column begins
HALF_MONTH, HALF_YEAR = timedelta(days=15), timedelta(days=182)


def marked(about: About, made: Sheet, found: Mapping[str, Sequence[Break]]) -> Sheet:
    """Return a chart with a dotted line and a sentence for each break that its line crosses.

    `found` holds them by whose customs moved on to the next revision.
    """
    days = [_day(row) for row in made.rows]
    crossed = [
        (whose, each) for whose, breaks in found.items() for each in breaks if each.crossed_by(days)
    ]
    # two customs that moved on together share a line
    for start, after in dict.fromkeys((each.start, each.after) for _, each in crossed):
        _line(made, start, after)
    told = [_sentence(about, whose, each) for whose, each in crossed]
    return replace(made, caveats=[*made.caveats, *told])


def recounted(about: About, made: Sheet, year: int, told: Row) -> Sheet:
    """Return a chart of changes that says where two revisions make changes of their own."""
    before, after = (REVISIONS.get(told[key] or "") for key in ("before", "after"))
    if not before or not after or before == after or not told["gone"]:
        return made
    caveat = about.say(
        "renumbered_change",
        year=year,
        earlier=year - 1,
        before=before,
        after=after,
        count=told["gone"],
        listed=LISTED,
    )
    return replace(made, caveats=[*made.caveats, caveat])


def late(about: About, codes: Sequence[str]) -> list[str]:
    """Return the sentence on listed goods that the last revision made, or none."""
    if not codes:
        return []
    return [about.say("renumbered_late", listed=LISTED, codes=_named(codes))]


def _sentence(about: About, whose: str, each: Break) -> str:
    return about.say(
        f"renumbered_{each.kind}",
        hs=each.hs,
        heading=each.hs[: renumbering.HEADING],
        whose=whose,
        before=each.before,
        after=each.after,
        listed=LISTED,
        codes=_named(each.codes),
        month=wording.period("month", each.start, each.start, about.language),
    )


def _named(codes: Sequence[str]) -> str:
    left = len(codes) - NAMED
    return ", ".join(codes[:NAMED]) + (f" (+{left})" if left > 0 else "")


def _line(made: Sheet, start: date, after: str) -> None:
    """Draw the line where the first column of the later revision begins."""
    yearly = "year" in made.rows[0]
    place: date | float
    if yearly:
        place = start.year + (start.month - 1) / 12 - 0.5
    else:
        by_month = made.rows[0]["period_kind"] == "month"
        place = start - (HALF_MONTH if by_month else HALF_YEAR)
    made.plot.add_shape(
        type="line",
        x0=place,
        x1=place,
        y0=0,
        y1=1,
        yref="paper",
        line={"color": NEUTRAL, "width": 1.5, "dash": "dot"},
    )
    made.plot.add_annotation(
        x=place,
        y=1,
        yref="paper",
        yanchor="bottom",
        text=after,
        showarrow=False,
        font={"size": 11},
    )


def _day(row: Row) -> date:
    return date(row["year"], 1, 1) if "year" in row else row["period_start"]
