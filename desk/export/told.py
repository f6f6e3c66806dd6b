"""The parts of a briefing in words, the same for slides, document, workbook and archive."""

import shlex
from dataclasses import dataclass
from math import isnan

from desk import wording
from desk.briefing import Briefing
from desk.export import amounts, captions
from desk.ledger import state_of_play
from desk.overview import Tile
from desk.rows import Row
from desk.texts import text

MOST_CHANGES, MOST_EVENTS, MOST_CLAIMS = 8, 9, 8


@dataclass(frozen=True)
class Card:
    """One of the five figures: name, value with unit, period, growth, newest figure, source."""

    name: str
    value: str
    period: str
    growth: str
    newest: str
    source: str


@dataclass(frozen=True)
class Table:
    """A heading, a sentence under it, columns and rows in words, and what was left out."""

    title: str
    lead: str
    columns: list[str]
    rows: list[list[str]]
    left_out: str = ""


def opening(briefing: Briefing) -> str:
    """Return as-of day, build and span in one line."""
    language, options = briefing.language, briefing.order.options
    return text(
        "brief.opening",
        language,
        as_of=wording.day(briefing.as_of, language),
        build=briefing.build_id,
        start=wording.day(options.start, language),
    )


def cards(briefing: Briefing) -> list[Card]:
    """Return the five figures."""
    return [_card(briefing, tile) for tile in briefing.tiles]


def _card(briefing: Briefing, tile: Tile) -> Card:
    language, symbol = briefing.language, briefing.symbols[tile.unit]
    if tile.year is None:
        return Card(tile.label, "–", "", "", "", text("chart.empty", language))
    newest = ""
    if tile.newest:
        told = amounts.of_point(tile.newest, tile.unit, symbol, language)
        newest = f"{tile.newest.label}: {told}"
    growth = ""
    if tile.growth:
        value, printed = tile.growth
        key = "tile.growth_printed" if printed else "tile.growth_computed"
        signed = f"{'+' if value >= 0 else ''}{amounts.amount(value, 0.1, '%', '%', language)}"
        growth = text(key, language, value=signed)
    last = tile.newest or tile.year
    return Card(
        name=tile.label,
        value=amounts.of_point(tile.year, tile.unit, symbol, language),
        period=tile.year.label,
        growth=growth,
        newest=newest,
        source=f"{last.publisher}, {wording.day(last.published, language)}",
    )


def changes(briefing: Briefing) -> tuple[str, list[str]]:
    """Return a heading, and what is new or revised since the day asked for, newest first."""
    language = briefing.language
    since = wording.day(briefing.order.since, language)
    title = text("brief.changed", language, since=since)
    if not briefing.changes:
        as_of = wording.day(briefing.as_of, language)
        return title, [text("brief.no_changes", language, since=since, as_of=as_of)]
    told = [_change(row, briefing) for row in briefing.changes[:MOST_CHANGES]]
    left = len(briefing.changes) - len(told)
    return title, [*told, *([text("brief.more", language, count=left)] if left else [])]


def _change(row: Row, briefing: Briefing) -> str:
    language, unit = briefing.language, briefing.symbols[row["unit"]]
    new = isnan(row["old_value"])
    values = {
        "title": row[f"title_{language}"],
        "period": wording.period(
            row["period_kind"], row["period_start"].date(), row["period_end"].date(), language
        ),
        "value": f"{wording.number(row['new_value'], language)} {unit}",
        "old": "" if new else wording.number(row["old_value"], language),
        "publisher": row["publisher"],
        "date": wording.day(row["published"].date(), language),
    }
    return text("brief.new" if new else "brief.revised", language, **values)


def ledger(briefing: Briefing) -> Table:
    """Return the newest events of the project with its state of play."""
    language = briefing.language
    title = text("brief.ledger", language)
    if not briefing.ledger:
        return Table(title, text("brief.ledger_empty", language), [], [])
    keys = ("date", "event", "status", "said_by", "confirmed_by", "source")
    shown = briefing.ledger[::-1][:MOST_EVENTS]
    rows = [
        [
            row["date_text"],
            row["title"],
            text(f"event_status.{row['status']}", language),
            row["said_by"],
            row["confirmed_by"],
            row["publisher"],
        ]
        for row in shown
    ]
    left = len(briefing.ledger) - len(shown)
    return Table(
        title,
        state_of_play(briefing.ledger, language),
        [text(f"ledger.{key}", language) for key in keys],
        rows,
        text("brief.ledger_older", language, count=left) if left else "",
    )


def claims(briefing: Briefing) -> Table:
    """Return the newest claims that differ from the data, each with what the data say."""
    language = briefing.language
    title = text("brief.claims", language)
    if not briefing.differing:
        key = "brief.claims_none" if briefing.judged else "brief.claims_unjudged"
        return Table(title, text(key, language), [], [])
    shown = briefing.differing[:MOST_CLAIMS]
    rows = [
        [
            f"{row['title']} ({row['publisher']}, {row['published_text']})",
            f"{wording.claim(row, language)} ({wording.claim_period(row, language)})",
            captions.explanation(row, language) or str(row.get("reason") or ""),
        ]
        for row in shown
    ]
    left = len(briefing.differing) - len(shown)
    return Table(
        title,
        "",
        [text(f"brief.{key}", language) for key in ("article", "claim", "found")],
        rows,
        text("brief.claims_more", language, count=left) if left else "",
    )


def sources(briefing: Briefing) -> list[str]:
    """Return every source with its licence."""
    told = [
        f"{row['name']}: {row['licence']}" if row["licence"] else row["name"]
        for row in briefing.sources
    ]
    return [*told, text("cite.facts", briefing.language)]


def terms(briefing: Briefing) -> list[tuple[str, str]]:
    """Return the terms of the glossary, each with its meaning."""
    return [(card.term, card.explanation) for card in briefing.glossary]


def command(briefing: Briefing) -> str:
    """Return the command that gives the briefing again."""
    order = briefing.order
    titled = f"--title {shlex.quote(order.title)} " if order.title else ""
    return (
        f"amur brief --figures {','.join(order.figures)} --as-of {briefing.as_of} "
        f"--build {briefing.build_id} --since {order.since} --lang {briefing.language} "
        f"--from {order.options.start} --to {order.options.end} {titled}--out briefing.zip"
    )
