"""The part of the evidence that speaks of what is selected on a chart."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from desk import claim_table
from desk.evidence import Beside, Scope
from desk.rows import Row
from desk.selection import Selection, Spot


def narrowed(
    ask: Callable[[Scope], Beside], scope: Scope, events: list[Row], wanted: Selection
) -> Beside:
    """Return the articles and claims that speak of a selection.

    `ask` returns what speaks of a scope. A point is spoken of by what has its indicator, or one
    that it is computed from, and its period or one within it; an event by the pages that tell it.
    """
    # a selected target may lie outside of what the figure itself speaks of
    whole = ask(scope)
    claims = [row for row in whole.claims if claim_table.name(row) in wanted.claims]
    claims += _within_spots(lambda each: ask(each).claims, scope, wanted)
    chosen = {row["url"] for row in events if row["id"] in wanted.events}
    stories = {row["story"] for row in claims}
    return Beside(
        [row for row in whole.articles if row["story"] in stories or row["url"] in chosen],
        _once(claims, claim_table.name),
    )


def sources(ask: Callable[[Scope], list[Row]], scope: Scope, wanted: Selection) -> list[Row]:
    """Return the pages that the selected points were taken from; `ask` returns those of a scope."""
    return _once(_within_spots(ask, scope, wanted), lambda row: str(row["id"]))


def _within_spots(ask: Callable[[Scope], list[Row]], scope: Scope, wanted: Selection) -> list[Row]:
    found: list[Row] = []
    for indicator in dict.fromkeys(spot.indicator for spot in wanted.spots):
        # one question for all of an indicator: a box may hold a hundred
        spots = [spot for spot in wanted.spots if spot.indicator == indicator]
        span = {"start": min(s.start for s in spots), "end": max(s.end for s in spots)}
        rows = ask(replace(scope, indicators=(indicator,), **span))
        found += [row for row in rows if any(spot.holds(row) for spot in spots)]
    return found


def happened(events: list[Row], wanted: Selection) -> list[Row]:
    """Return the events that are selected or lie within a selected period; all for no selection."""
    if not wanted:
        return events
    return [row for row in events if row["id"] in wanted.events or _within(row, wanted.spots)]


def _within(event: Row, spots: Iterable[Spot]) -> bool:
    return any(spot.start <= event["date"] <= spot.end for spot in spots)


def _once(rows: list[Row], named: Callable[[Row], str]) -> list[Row]:
    return list({named(row): row for row in rows}.values())
