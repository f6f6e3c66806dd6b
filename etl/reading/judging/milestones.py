"""A stated date of a milestone against the ledger of dated events."""

from datetime import date

from etl.reading.facts import Milestone, Span
from etl.reading.judging.finding import Finding
from etl.reading.judging.independence import View
from etl.reading.said import Said

PREFIX = "milestone:"
# a claim of a milestone in another unit is of its capacity or price
DATES = (None, "", "year", "month", "day", "date")


def judge(view: View, said: Said) -> Finding:
    """Judge the day, month or year that a claim gives a milestone of `milestone:<project>`."""
    claim = said.claim
    if claim is None:
        return Finding("not_checkable", "opinion", "opinion")
    named = claim.indicator.removeprefix(PREFIX).casefold().split("/")
    events = [each for name in named for each in view.facts.milestones.get(name.strip(), [])]
    if not events:
        return Finding("not_checkable", "no_series", "no_series")
    told = _told(said)
    if told is None:
        return Finding("not_checkable", "no_period", "no_period")
    known = [event for event in events if view.knows_milestone(event)]
    if not known or (said.published and told.start > said.published):
        reason = "no_period" if not known else "target_or_forecast"
        return Finding("not_checkable", reason, reason)
    meant = _meant(view, said)
    alike = [event for event in known if event.status in meant] if meant else known
    fits = [event for event in alike if _fits(event, told)]
    if fits:
        return Finding("agrees", None, "agrees_date", events=(fits[0],))
    if not alike or not meant:
        return Finding("not_checkable", "no_period", "no_period")
    nearest = sorted(alike, key=lambda event: abs((event.first - told.start).days))[:2]
    return Finding("differs", "wrong_period", "wrong_date", events=tuple(nearest))


def _meant(view: View, said: Said) -> set[str]:
    """Return the statuses that the sentence speaks of."""
    return {
        status
        for status, pattern in view.facts.rules.statuses.items()
        if pattern.search(said.sentence)
    }


def _told(said: Said) -> Span | None:
    """Return the days that the claim leaves open: its sentence may name no day, or no month."""
    claim = said.claim
    if claim is None or claim.period_start is None or claim.period_end is None:
        return None
    start, end = claim.period_start, claim.period_end
    if start != end:
        return Span(start, end)
    year = claim.unit == "year" and claim.value is not None
    if year and start == date(start.year, 1, 1) and not said.sentence:
        return Span(start, date(start.year, 12, 31))
    return _named(said.sentence, start)


def _named(sentence: str, day: date) -> Span:
    """Return the day when the sentence names it, else its month or, without one, its year."""
    words = sentence.casefold()
    year_only = (day.month, day.day) == (1, 1) and not any(
        month in words for month in ("january", "jan.", "январ", "1月")
    )
    if year_only:
        return Span(day, date(day.year, 12, 31))
    named = f" {day.day} " in f" {words.replace(',', ' ').replace('.', ' ')} "
    if day.day != 1 or named:
        return Span(day, day)
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return Span(day, date.fromordinal(following.toordinal() - 1))


def _fits(event: Milestone, told: Span) -> bool:
    """Return whether a partial date may be the one told."""
    return event.first <= told.end and event.last >= told.start
