"""What can be found on the desk, as known on a day: every entry with its words and its place."""

import json
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import duckdb

from desk import figure_list, glossary, wording
from desk.figure_list import FigureSpec
from desk.folding import fold, split
from desk.rows import Row, records
from desk.selection import EVENT, PREFIX
from desk.sql import statement
from desk.texts import catalogue, text
from etl.entries import LANGUAGES

# pages open with the years from this one on; a link to what is older widens them
OPENS_WITH = 2015


@dataclass(frozen=True)
class Place:
    """Where an entry leads: a page of the desk with parameters and an anchor, or another page."""

    page: str | None = None
    parameters: dict[str, str] = field(default_factory=dict)
    anchor: str = ""
    url: str = ""


@dataclass(frozen=True)
class Words:
    """What an entry is found by, folded: its names, what else it is called, what is said of it.

    `names` are whole; the others are lines with a space at both sides of every word.
    """

    names: tuple[str, ...]
    name: str
    also: str
    body: str


@dataclass(frozen=True)
class Entry:
    """One thing that can be found; `about` is said beside its title, `day` is when it was told."""

    kind: str
    id: str
    title: str
    about: str
    words: Words
    place: Place
    day: date | None = None


def entries(con: duckdb.DuckDBPyConnection, as_of: date, language: str) -> list[Entry]:
    """Return everything that can be found by a reader of a language on a day."""
    values = {"as_of": as_of}
    indicators = records(con.execute(statement("find_indicators"), values))
    events = records(con.execute(statement("find_events"), values))
    articles = records(con.execute(statement("find_articles"), values))
    return [
        *_figures(indicators, language),
        *(_indicator(row, language) for row in indicators),
        *(_event(row) for row in events),
        *(_article(row, language) for row in articles),
        *_terms(language),
    ]


def _figures(indicators: list[Row], language: str) -> list[Entry]:
    shorts = {row["id"]: [row[f"short_{other}"] for other in LANGUAGES] for row in indicators}
    return [
        Entry(
            "figure",
            spec.id,
            text(f"figure.{spec.id}.title", language),
            text(f"nav.{spec.page}", language),
            _words(
                [*_told(spec, "title"), spec.id],
                [short for name in spec.indicators for short in shorts.get(name, [])],
                [*_told(spec, "subtitle"), *_told(spec, "caveat"), *spec.events],
            ),
            Place("", {"figure": spec.id}),
        )
        for spec in figure_list.load().values()
    ]


def _told(spec: FigureSpec, part: str) -> list[str]:
    """Return a part of the texts of a figure in every language."""
    return [text(f"figure.{spec.id}.{part}", language) for language in LANGUAGES]


def _indicator(row: Row, language: str) -> Entry:
    called = json.loads(row["aliases"] or "{}").values()
    spec = figure_list.showing(row["id"], row["cadence"])
    spec = spec or next(iter(figure_list.speaking_of({row["id"]})), None)
    return Entry(
        "indicator",
        row["id"],
        row[f"title_{language}"],
        text(f"figure.{spec.id}.title", language) if spec else text("find.no_chart", language),
        _words(
            [row[f"{part}_{other}"] for part in ("title", "short") for other in LANGUAGES]
            + [row["id"]],
            [alias for aliases in called for alias in aliases],
            [row["publishers"], row["definition"]],
        ),
        _of_indicator(spec, row["cadence"]),
    )


def _of_indicator(spec: FigureSpec | None, cadence: str) -> Place:
    """Return the chart that shows an indicator, in its own cadence; else where it is defined."""
    if spec is None:
        return Place("status", anchor="dictionary")
    chosen = {"kind": cadence} if cadence in spec.kinds and cadence != spec.kinds[0] else {}
    return Place("", {"figure": spec.id} | chosen)


def _event(row: Row) -> Entry:
    """Return an event; its place is the figure that lists its project, else its own page."""
    spec = _listing(row["project"])
    return Entry(
        "event",
        row["id"],
        row["title"],
        f"{row['date_text']} · {row['project']} · {row['publisher']}",
        _words(
            [row["title"], row["project"], row["id"]],
            [row["parties"] or "", row["said_by"] or "", *_called(row["project"]), *_status(row)],
            [row["publisher"], row["note"] or "", row["date_text"]],
        ),
        _of_event(spec, row) if spec else Place(url=row["url"]),
        row["date"],
    )


def _of_event(spec: FigureSpec, row: Row) -> Place:
    """Return a chart on which an event is marked, with years that hold it."""
    marked = {f"{PREFIX}{spec.id}": f"{EVENT}:{row['id']}"}
    return Place("", {"figure": spec.id} | marked | _since(row["date"]))


@cache
def _called(project: str) -> tuple[str, ...]:
    """Return what the project of an event is called in every language, as the glossary has it."""
    named = glossary.occurring(project, "en")
    return tuple(
        word for language in LANGUAGES for card in named for word in _names(card.id, language)
    )


def _names(card: str, language: str) -> tuple[str, ...]:
    found = glossary.cards(language)[card]
    return (found.term, *found.triggers)


def _status(row: Row) -> list[str]:
    """Return the status of an event in every language."""
    return [text(f"event_status.{row['status']}", language) for language in LANGUAGES]


def _listing(project: str) -> FigureSpec | None:
    """Return the figure that lists the events of a project with the fewest others."""
    listed = [spec for spec in figure_list.load().values() if project in spec.events]
    return min(listed, key=lambda spec: (len(spec.events), spec.chart != "timeline"), default=None)


def _article(row: Row, language: str) -> Entry:
    return Entry(
        "article",
        row["id"],
        row["title"],
        f"{row['publisher']}, {wording.published(row, language)}",
        _words(
            [row["title"], row["id"]],
            [row["publisher"], *_topics(row["topics"])],
            [row["summary"], row["published_text"]],
        ),
        Place("articles", {"article": row["id"]} | _since(row["published"])),
        row["published"],
    )


def _topics(topics: list[str]) -> list[str]:
    """Return topics in every language: an article is found in those that it is not written in."""
    keys = [f"topic.{topic}" for topic in topics]
    known = [key for key in keys if key in catalogue("en")]
    return [text(key, language) for key in known for language in LANGUAGES]


def _terms(language: str) -> list[Entry]:
    spoken = [glossary.cards(other) for other in LANGUAGES]
    return [
        Entry(
            "term",
            card.id,
            card.term,
            card.explanation,
            _words(
                [cards[card.id].term for cards in spoken],
                [word for cards in spoken for word in cards[card.id].triggers],
                [cards[card.id].explanation for cards in spoken],
            ),
            Place("status", anchor=card.anchor),
        )
        for card in glossary.cards(language).values()
    ]


def _since(day: date) -> dict[str, str]:
    """Return the parameter that widens the years of a page to a day that they leave out."""
    return {"from": str(day.year)} if day.year < OPENS_WITH else {}


def _words(names: list[str], also: list[str], body: list[str]) -> Words:
    return Words(
        tuple(" ".join(split(fold(name))) for name in names),
        *(f" {' '.join(split(fold(' · '.join(texts))))} " for texts in (names, also, body)),
    )
