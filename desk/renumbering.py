"""Where a product's line crosses from one revision of the HS to the next, and what is known of it.

Two things are known: by which revision each row was told, and which codes are in the last one. A
code that went is named as such; where its goods went, and whether a code that stayed means the
same, no list here tells, and nothing is said of it. Pure.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from desk.rows import Row

# as UN Comtrade calls them, in their order
REVISIONS = {
    "H0": "HS1992",
    "H1": "HS1996",
    "H2": "HS2002",
    "H3": "HS2007",
    "H4": "HS2012",
    "H5": "HS2017",
    "H6": "HS2022",
}
# the one whose codes data/codes/hs.csv marks as current
LAST = "H6"
LISTED = REVISIONS[LAST]
HEADING = 4


@dataclass(frozen=True)
class Break:
    """A change of revision that touched a code or its heading.

    `kind`: `gone` the code ends, `begun` it begins where others of its heading end, `divided` it
    goes on where others of its heading end. `codes` are those that end, `start` the first period
    that the later revision tells.
    """

    hs: str
    kind: str
    start: date
    before: str
    after: str
    codes: tuple[str, ...]

    def crossed_by(self, days: Collection[date]) -> bool:
        """Return whether a line with points on these days shows it."""
        before = any(day < self.start for day in days)
        after = any(day >= self.start for day in days)
        return {"gone": before, "begun": after}.get(self.kind, before and after)


def asks(hs: str) -> bool:
    """Return whether a break can be told: of a chapter or a total the lists say nothing."""
    return hs.isdigit() and len(hs) >= HEADING


def breaks(hs: str, rows: Sequence[Row]) -> list[Break]:
    """Return the breaks of a code's line; rows hold revision, hs, first and listed."""
    known = [row for row in rows if row["revision"] in REVISIONS]
    told: dict[str, set[str]] = {name: set() for name in REVISIONS}
    for row in known:
        told[row["revision"]].add(row["hs"])
    unlisted = {row["hs"] for row in known if not row["listed"]}
    used = [name for name in REVISIONS if told[name]]
    starts = {name: min(r["first"] for r in known if r["revision"] == name) for name in used}
    found = []
    for place, (before, after) in enumerate(pairwise(used)):
        earlier = set().union(*(told[name] for name in used[: place + 1]))
        later = set().union(*(told[name] for name in used[place + 1 :]))
        ended = (told[before] - later) & unlisted
        kind = _kind(hs, ended, earlier, later)
        if kind and starts[before] < starts[after]:
            names = REVISIONS[before], REVISIONS[after]
            found.append(Break(hs, kind, starts[after], *names, tuple(sorted(ended))))
    return found


def _kind(hs: str, ended: set[str], earlier: set[str], later: set[str]) -> str:
    if hs in ended:
        return "gone"
    if not ended or hs not in later:
        return ""
    return "divided" if hs in earlier else "begun"
