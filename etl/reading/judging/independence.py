"""What may confirm or refute an article: neither its own page nor another page of its agency story.

A customs office that both quote is a reporter, not a wire: two pages that quote it are two.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from etl.article_stories import DAYS
from etl.article_text import canonical
from etl.reading.facts import Facts, Milestone, Observed, Span
from etl.reading.said import Said


def agencies(wire: str) -> frozenset[str]:
    """Return the ids of the agencies that an article names as its wire: "Reuters; AP" are two."""
    named = (re.sub(r"\W+", "_", each.strip().casefold()) for each in re.split("[;,/]", wire))
    return frozenset(each for each in named if each)


@lru_cache(maxsize=16384)
def page(url: str) -> str:
    """Return what is the same for every way to write an address."""
    return canonical(url)


@dataclass(frozen=True)
class View:
    """The facts as one article may be held against them, as known on a day."""

    facts: Facts
    own: str
    wires: frozenset[str]
    first: date
    last: date
    as_of: date
    whole_story: bool = False

    def knows(self, seen: Observed) -> bool:
        """Return whether a figure was known by then, and is not the article's own."""
        if seen.published > self.as_of:
            return False
        if seen.assumed:
            return True
        if self.own and page(seen.url) == self.own:
            return False
        return self.whole_story or not self._same_story(seen)

    def knows_milestone(self, event: Milestone) -> bool:
        """Return the same for a milestone."""
        return event.published <= self.as_of and not (self.own and page(event.url) == self.own)

    def _same_story(self, seen: Observed) -> bool:
        """Return whether a page relays the agency of this article, within a week of it.

        Where the day of either is not known, they are one story when they may be of one day.
        """
        if not seen.wire or seen.wire not in self.wires:
            return False
        dated = seen.first == seen.published and self.first == self.last
        week = timedelta(days=DAYS if dated else 0)
        return seen.first - week <= self.last and self.first - week <= seen.published

    def at(self, indicator: str, span: Span, unit: str, terms: str | None = "") -> list[Observed]:
        """Return the figures of a period in a unit that are known; any terms for None."""
        return [
            seen
            for seen in self.facts.at(indicator, span)
            if seen.unit == unit and (terms is None or seen.terms == terms) and self.knows(seen)
        ]


def view(facts: Facts, said: Said, as_of: date | None, whole_story: bool = False) -> View:
    """Return what was known on `as_of`, or everything for None.

    With `whole_story` other pages of the same agency story are seen too: they never confirm, but
    they may show where a wrong figure belongs.
    """
    last = said.published or facts.today
    return View(
        facts,
        page(said.article_url) if said.article_url else "",
        agencies(said.wire),
        said.first or last,
        last,
        as_of or date.max,
        whole_story,
    )
