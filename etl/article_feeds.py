"""feeds.toml: which feeds and queries are asked, and which of their items are kept."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from etl import paths
from etl.entries import LANGUAGES
from etl.errors import CatalogError

GROUPS = ("russia", "china", "both")


@dataclass(frozen=True)
class Feed:
    """One RSS or Atom feed; `publisher` is a publisher line."""

    name: str
    url: str
    publisher: str
    language: str


@dataclass(frozen=True)
class Query:
    """One question to the GDELT index."""

    name: str
    query: str


@dataclass(frozen=True)
class Feeds:
    """The whole file."""

    feeds: tuple[Feed, ...]
    queries: tuple[Query, ...]
    relevance: dict[str, re.Pattern[str]]
    topics: dict[str, re.Pattern[str]]

    def speaks_of_both(self, text: str) -> bool:
        """Return whether a text speaks of both countries, or of a project of both."""
        found = {group: bool(words.search(text)) for group, words in self.relevance.items()}
        return found["both"] or (found["russia"] and found["china"])

    def speaks_of_either(self, text: str) -> bool:
        """Return whether a text speaks of one of the countries, or of a project of both."""
        return any(words.search(text) for words in self.relevance.values())

    def topics_of(self, text: str) -> tuple[str, ...]:
        """Return what a text is about."""
        return tuple(topic for topic, words in self.topics.items() if words.search(text))


def load() -> Feeds:
    """Read feeds.toml of the shipped catalogue; raise CatalogError with entry and fix."""
    path = paths.shipped() / "catalog" / "feeds.toml"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError as error:
        raise CatalogError("feeds.toml is missing; restore it from the repository") from error


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Feeds:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogError(f"feeds.toml is not valid TOML in UTF-8: {error}; mend it") from error
    feeds = tuple(Feed(**_entry("feed", raw, Feed)) for raw in _list(table, "feed"))
    queries = tuple(Query(**_entry("gdelt", raw, Query)) for raw in _list(table, "gdelt"))
    for label, names in (("feed", [f.name for f in feeds]), ("gdelt", [q.name for q in queries])):
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise CatalogError(f"feeds.toml: {label} {min(twice)} stands twice; rename one")
    for feed in feeds:
        if not re.match(r"https?://[^/\s]+", feed.url):
            raise CatalogError(f"feeds.toml: feed {feed.name}: url {feed.url!r} is no web address")
        if feed.language not in LANGUAGES:
            raise CatalogError(f"feeds.toml: feed {feed.name}: language; use {LANGUAGES}")
    groups = _dict(table, "relevance")
    relevance = {
        group: _pattern(
            [
                word
                for language in LANGUAGES
                for word in _words(
                    _dict(groups, group, "relevance."), language, f"relevance.{group}"
                )
            ]
        )
        for group in GROUPS
    }
    topics = _dict(table, "topics")
    return Feeds(
        feeds,
        queries,
        relevance,
        {topic: _pattern(_words(topics, topic, "topics")) for topic in topics},
    )


def _list(table: dict[str, Any], key: str) -> list[Any]:
    found = table.get(key, [])
    if not isinstance(found, list):
        raise CatalogError(f"feeds.toml: {key} is no list; write [[{key}]]")
    return found


def _dict(table: dict[str, Any], key: str, within: str = "") -> dict[str, Any]:
    found = table.get(key)
    if not isinstance(found, dict) or not found:
        raise CatalogError(f"feeds.toml: [{within}{key}] is missing or empty; write it as a table")
    return found


def _words(table: dict[str, Any], key: str, where: str) -> list[str]:
    words = table.get(key)
    if not isinstance(words, list) or not words:
        raise CatalogError(f"feeds.toml: {where}: {key} is missing or empty; list its words")
    if not all(isinstance(word, str) and word.strip() for word in words):
        raise CatalogError(f"feeds.toml: {where}: {key} holds what is no word; write texts")
    return words


def _entry(label: str, raw: Any, kind: type[Feed] | type[Query]) -> dict[str, Any]:
    """Return an entry that has every key of its kind, in its shape, and no other."""
    shapes = kind.__annotations__
    if not isinstance(raw, dict):
        raise CatalogError(f"feeds.toml: a {label} is no table; write [[{label}]]")
    where = f"feeds.toml: {label} {raw.get('name', '(without name)')}"
    for key in sorted(set(shapes) ^ set(raw)):
        said = "is missing; add it" if key in shapes else "is unknown; remove it"
        raise CatalogError(f"{where}: {key} {said}")
    for key, shape in shapes.items():
        if not isinstance(raw[key], shape) or raw[key] == "":
            raise CatalogError(f"{where}: {key} = {raw[key]!r} has the wrong shape")
    return raw


def _pattern(words: list[str]) -> re.Pattern[str]:
    """Return a pattern of words: the start of a word in letters, anywhere in Chinese."""
    shapes = (
        re.escape(word) if re.match("[㐀-鿿]", word) else rf"(?<![^\W\d_]){re.escape(word)}"
        for word in words
    )
    return re.compile("|".join(shapes), re.IGNORECASE)
