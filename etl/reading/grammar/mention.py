"""A period named in a sentence, before anything is assigned to it."""

from dataclasses import dataclass

from etl.reading.grammar.calendar import Span

# MAIN names a period, PRIOR one before the period spoken of, SINCE a beginning, DATE a day, SAME
# the period spoken of, WHOLE the whole year of it
MAIN, PRIOR, SINCE, DATE, SAME, WHOLE = "main", "prior", "since", "date", "same", "whole"
YEARS = range(1985, 2070)


@dataclass(slots=True, frozen=True)
class Mention:
    """A period named at tokens `start` to before `end`.

    `cue` is the word that leads it (in, from, than, since, by …); `months` how far a PRIOR lies
    behind the period spoken of; `year` the year that a PRIOR names ("the same period of 2023");
    `floating` says that no year was named, `open` that the period runs to the day of the article.
    """

    role: str
    start: int
    end: int
    span: Span | None = None
    cue: str = ""
    months: int = 0
    year: int | None = None
    open: bool = False
    floating: bool = False
