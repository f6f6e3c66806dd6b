"""The part of the evidence that speaks of what is selected on a chart."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from desk import claim_table
from desk.evidence import Scope
from desk.selection import Selection, Spot
from desk.series import Row

Beside = dict[str, list[Row]]


def narrowed(
    ask: Callable[[Scope], Beside], scope: Scope, events: list[Row], wanted: Selection
) -> Beside:
    """Return articles, claims, pages and events that speak of a selection, each as found.

    `ask` returns what speaks of a scope. A point is spoken of by what has its indicator, or one
    that it is computed from, and its period or one within it; an event by the pages that tell it.
    """
    # a selected target may lie outside of what the figure itself speaks of
    whole = ask(scope)
    claims = [row for row in whole["claims"] if claim_table.name(row) in wanted.claims]
    pages: list[Row] = []
    for indicator in dict.fromkeys(spot.indicator for spot in wanted.spots):
        # one question for all of an indicator: a box may hold a hundred
        spots = [spot for spot in wanted.spots if spot.indicator == indicator]
        span = {"start": min(s.start for s in spots), "end": max(s.end for s in spots)}
        found = ask(replace(scope, indicators=(indicator,), **span))
        claims += [row for row in found["claims"] if any(spot.holds(row) for spot in spots)]
        pages += [row for row in found["pages"] if any(spot.holds(row) for spot in spots)]
    dated = [row for row in events if row["id"] in wanted.events or _within(row, wanted.spots)]
    chosen = {row["url"] for row in dated if row["id"] in wanted.events}
    stories = {row["story"] for row in claims}
    return {
        "articles": [
            row for row in whole["articles"] if row["story"] in stories or row["url"] in chosen
        ],
        "claims": _once(claims, lambda row: claim_table.name(row)),
        "pages": _once(pages, lambda row: str(row["id"])),
        "events": dated,
    }


def _within(event: Row, spots: Iterable[Spot]) -> bool:
    return any(spot.start <= event["date"] <= spot.end for spot in spots)


def _once(rows: list[Row], named: Callable[[Row], str]) -> list[Row]:
    return list({named(row): row for row in rows}.values())
