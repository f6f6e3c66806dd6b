"""The reviewed words of judging: data/catalog/verdicts.toml, read once."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from etl.errors import CatalogError

FILE = "verdicts.toml"
_TABLES = (
    "spelled",
    "chinese",
    "words",
    "counter",
    "variant",
    "misread",
    "opposite",
    "milestone",
    "said",
)


@dataclass(frozen=True)
class Rulebook:
    """Units as claims spell them, words that decide, who counts, and the sentences of a verdict."""

    spelled: dict[str, tuple[str, float]]
    chinese: dict[str, tuple[str, float]]
    words: dict[str, re.Pattern[str]]
    counters: dict[str, re.Pattern[str]]
    variants: dict[str, list[str]]
    misread: dict[str, list[str]]
    opposite: dict[str, str]
    statuses: dict[str, re.Pattern[str]]
    sentences: dict[str, dict[str, str]]

    def says(self, word: str, *texts: str) -> bool:
        """Return whether one of the texts has a word of this kind."""
        return any(self.words[word].search(text) for text in texts)

    def counters_named(self, *texts: str) -> set[str]:
        """Return the counters that the texts name."""
        return {
            name
            for name, pattern in self.counters.items()
            if any(pattern.search(text) for text in texts)
        }


def load(folder: Path) -> Rulebook:
    """Read verdicts.toml of a catalogue; raise CatalogError when it does not hold together."""
    try:
        return _load((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogError(f"{FILE} cannot be read ({error}); restore it") from error


@lru_cache(maxsize=2)
def _load(text: str) -> Rulebook:
    try:
        tables = tomllib.loads(text)
        missing = [name for name in _TABLES if name not in tables]
        if missing:
            raise CatalogError(f"{FILE}: there is no table {missing[0]}; restore it")
        return _made(tables)
    except (tomllib.TOMLDecodeError, re.error, KeyError, TypeError, AttributeError) as error:
        raise CatalogError(f"{FILE} does not hold together ({error!r}); mend it") from error


def _made(tables: dict[str, Any]) -> Rulebook:
    return Rulebook(
        {
            name.casefold(): (each["unit"], float(each["factor"]))
            for name, each in tables["spelled"].items()
        },
        {name: (each["unit"], float(each["factor"])) for name, each in tables["chinese"].items()},
        _patterns(tables["words"]),
        _patterns(tables["counter"]),
        tables["variant"],
        tables["misread"],
        tables["opposite"],
        _patterns(tables["milestone"]),
        tables["said"],
    )


def _patterns(table: dict[str, list[str]]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile("|".join(patterns), re.IGNORECASE) for name, patterns in table.items()}
